//! Figures: reports, the rows behind them, and pictures of both.

mod bar;
mod chart;
mod dynamics;
mod forecast;
mod frame;
mod funnel;
mod leaderboard;
mod manager;
mod parts;
mod pulse;
mod reasons;
mod rows;
mod scope;
mod shares;
mod stalling;
mod summary;
mod targets;

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

/// A screen of the reports.
#[derive(Clone, Copy)]
pub enum Screen {
    /// The state of sales on one screen.
    Pulse,
    /// The funnel.
    Funnel,
    /// The forecast.
    Forecast,
    /// The targets.
    Targets,
    /// Who leads.
    Leaderboard,
    /// How one manager sells.
    Manager,
    /// What happened week by week.
    Dynamics,
    /// Reasons, sources, competitors.
    Reasons,
    /// Where deals rot.
    Stalling,
    /// Sums by group.
    Summary,
}

/// Shows a screen of the reports, whose code is fetched first.
#[wasm_split(analytics, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn screen(screen: Screen) -> Result<AnyView, SplitLoaderError> {
    Ok(match screen {
        Screen::Pulse => view! { <pulse::PulsePage /> }.into_any(),
        Screen::Funnel => view! { <funnel::FunnelPage /> }.into_any(),
        Screen::Forecast => view! { <forecast::ForecastPage /> }.into_any(),
        Screen::Targets => view! { <targets::TargetsPage /> }.into_any(),
        Screen::Leaderboard => view! { <leaderboard::LeaderboardPage /> }.into_any(),
        Screen::Manager => view! { <manager::ManagerPage /> }.into_any(),
        Screen::Dynamics => view! { <dynamics::DynamicsPage /> }.into_any(),
        Screen::Reasons => view! { <reasons::ReasonsPage /> }.into_any(),
        Screen::Stalling => view! { <stalling::StallingPage /> }.into_any(),
        Screen::Summary => view! { <summary::SummaryPage /> }.into_any(),
    })
}
