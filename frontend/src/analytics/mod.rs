//! Figures: reports, the rows behind them, and pictures of both.

mod activity_rows;
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
mod results;
mod rows;
mod scope;
mod shares;
mod stalling;
mod summary;
mod targets;

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use leptos_router::hooks::use_location;

use crate::layout::NotFound;
use crate::routes::paths;

/// A screen of the reports.
#[derive(Clone, Debug, PartialEq)]
enum Screen {
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
    Manager(String),
    /// What happened week by week.
    Dynamics,
    /// Win rate, cycle, velocity.
    Results,
    /// Reasons, sources, competitors.
    Reasons,
    /// Where deals rot.
    Stalling,
    /// Sums by group.
    Summary,
    /// None.
    Nowhere,
}

impl Screen {
    /// The screen of a path.
    fn of(path: &str) -> Self {
        match path.trim_end_matches('/') {
            paths::ANALYTICS => Self::Pulse,
            paths::FUNNEL => Self::Funnel,
            paths::FORECAST => Self::Forecast,
            paths::TARGETS => Self::Targets,
            paths::LEADERBOARD => Self::Leaderboard,
            paths::DYNAMICS => Self::Dynamics,
            paths::RESULTS => Self::Results,
            paths::REASONS => Self::Reasons,
            paths::STALLING => Self::Stalling,
            paths::SUMMARY => Self::Summary,
            other => match other.strip_prefix(&paths::manager("")) {
                Some(id) if !id.is_empty() && !id.contains('/') => Self::Manager(id.to_owned()),
                _ => Self::Nowhere,
            },
        }
    }
}

/// Shows the report of the present path, whose code is fetched first. The paths of the reports are told
/// apart here, so that they take no room in the main module.
#[wasm_split(analytics, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn screen() -> Result<AnyView, SplitLoaderError> {
    Ok(view! { <Reports /> }.into_any())
}

#[component]
fn Reports() -> impl IntoView {
    let path = use_location().pathname;
    let screen = Memo::new(move |before: Option<&Screen>| {
        let path = path.get();
        // On the way to another area the report stays until that is there.
        match before {
            Some(before) if !path.starts_with(paths::ANALYTICS) => before.clone(),
            _ => Screen::of(&path),
        }
    });
    move || match screen.get() {
        Screen::Pulse => view! { <pulse::PulsePage /> }.into_any(),
        Screen::Funnel => view! { <funnel::FunnelPage /> }.into_any(),
        Screen::Forecast => view! { <forecast::ForecastPage /> }.into_any(),
        Screen::Targets => view! { <targets::TargetsPage /> }.into_any(),
        Screen::Leaderboard => view! { <leaderboard::LeaderboardPage /> }.into_any(),
        Screen::Manager(id) => view! { <manager::ManagerPage id /> }.into_any(),
        Screen::Dynamics => view! { <dynamics::DynamicsPage /> }.into_any(),
        Screen::Results => view! { <results::ResultsPage /> }.into_any(),
        Screen::Reasons => view! { <reasons::ReasonsPage /> }.into_any(),
        Screen::Stalling => view! { <stalling::StallingPage /> }.into_any(),
        Screen::Summary => view! { <summary::SummaryPage /> }.into_any(),
        Screen::Nowhere => view! { <NotFound /> }.into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_report_has_its_path() {
        assert_eq!(Screen::of("/analytics"), Screen::Pulse);
        assert_eq!(Screen::of("/analytics/"), Screen::Pulse);
        assert_eq!(Screen::of("/analytics/funnel"), Screen::Funnel);
        assert_eq!(
            Screen::of("/analytics/managers/u1"),
            Screen::Manager("u1".to_owned())
        );
        assert_eq!(Screen::of("/analytics/managers"), Screen::Nowhere);
        assert_eq!(Screen::of("/analytics/managers/u1/x"), Screen::Nowhere);
        assert_eq!(Screen::of("/analytics/weather"), Screen::Nowhere);
    }
}
