//! Sales Pulse: the state of sales on one screen that renews itself.

mod compared;
mod lists;
mod screen;
mod tiles;
mod wall;

use std::time::Duration;

use etalon_domain::analytics::Pulse;
use etalon_domain::endpoint::{GetPulse, ReportQuery};
use leptos::prelude::*;

use super::activity_rows::ActivityRowsPanel;
use super::bar::ScopeBar;
use super::frame::Report;
use super::rows::RowsPanel;
use super::scope::use_report;
use crate::address::{use_changes, use_value};
use crate::i18n::{arguments, format, t, t_with};
use crate::query::{Query, keep_fresh, use_query};
use crate::routes::paths;
use crate::ui::{Button, ErrorState, SkeletonRows, icon};

/// How often the numbers are read anew.
const PERIOD: Duration = Duration::from_secs(15);

/// What the tiles are made of. Each takes its own part of the answer, so that a renewal changes only
/// what is different.
#[derive(Clone, Copy)]
struct State {
    query: Query<Pulse>,
    report: Memo<ReportQuery>,
}

impl State {
    /// A part of the answer; nothing until there is one.
    fn part<T>(self, part: fn(&Pulse) -> T) -> Memo<Option<T>>
    where
        T: Clone + PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| self.query.data.with(|pulse| pulse.as_ref().map(part)))
    }

    /// A view of a part of the answer, made anew only when that part is another.
    fn show<T>(self, part: fn(&Pulse) -> T, show: fn(T, &ReportQuery) -> AnyView) -> AnyView
    where
        T: Clone + PartialEq + Send + Sync + 'static,
    {
        let part = self.part(part);
        let report = self.report;
        (move || part.get().map(|part| show(part, &report.get()))).into_any()
    }
}

/// The state of sales; with `wall=1` in large letters for a screen on the wall.
#[component]
pub(super) fn PulsePage() -> impl IntoView {
    let asked = use_report();
    // Pulse tells of now, whatever the day as of which another report was told.
    let report = Memo::new(move |_| {
        let mut report = asked.get();
        report.period.as_of = None;
        report
    });
    let changes = use_changes();
    let wanted = use_value("wall");
    let is_wall = Memo::new(move |_| wanted.with(Option::is_some));
    let query = use_query(move || {
        Some(GetPulse {
            report: report.get(),
        })
    });
    let state = State { query, report };
    keep_fresh(PERIOD, move || query.retry());
    let to_wall = move |()| {
        screen::fill_screen();
        changes.apply(&[("wall", Some("1"))]);
    };
    let actions = move || {
        view! {
            {updated(state)}
            <Button on_press=to_wall>{icon!("maximize")} {t("pulse-wall")}</Button>
        }
        .into_any()
    };
    let has_answer = Memo::new(move |_| query.data.with(Option::is_some));
    let failure = Memo::new(move |_| {
        let is_alone = !has_answer.get();
        query.failure.get().filter(|_| is_alone)
    });
    let content = move || {
        if has_answer.get() {
            return if is_wall.get() {
                wall::wall(state)
            } else {
                tiles::tiles(state)
            };
        }
        match failure.get() {
            Some(failure) => {
                view! { <ErrorState failure on_retry=move |()| query.retry() /> }.into_any()
            }
            None => view! {
                <Show when=move || query.slow.get()>
                    <SkeletonRows />
                </Show>
            }
            .into_any(),
        }
    };
    move || {
        if is_wall.get() {
            view! {
                <div class="wall">{content}</div>
                <RowsPanel />
                <ActivityRowsPanel report />
            }
            .into_any()
        } else {
            view! {
                <Report path=paths::ANALYTICS actions=ViewFn::from(actions)>
                    <ScopeBar as_of=false />
                    {content}
                </Report>
                <ActivityRowsPanel report />
            }
            .into_any()
        }
    }
}

/// Whether the numbers could not be renewed.
fn is_old(state: State) -> Memo<bool> {
    let has_failed = move || state.query.failure.with(Option::is_some);
    let has_answer = move || state.query.data.with(Option::is_some);
    Memo::new(move |_| has_failed() && has_answer())
}

/// When the numbers were read, and whether they could not be renewed.
fn updated(state: State) -> AnyView {
    let at = state.part(|pulse| pulse.at);
    let text = move || {
        let at = at.get()?;
        let time = format::local_time(at);
        Some(t_with("pulse-updated", &arguments! { "time" => time }))
    };
    let is_old = is_old(state);
    view! {
        <span class="pulse-updated" class:is-past=is_old>
            <i class="pulse-dot" aria-hidden="true"></i>
            {text}
            {move || is_old.get().then(|| t("pulse-offline"))}
        </span>
    }
    .into_any()
}
