//! The activities behind a number.

use etalon_domain::activity::{ActivityFilter, ActivitySort, ActivityStatus};
use etalon_domain::endpoint::ReportQuery;
use etalon_domain::page::{Any, Sort};
use leptos::prelude::*;

use crate::activities::counted;
use crate::address::{use_changes, use_value};
use crate::analytics::scope::days_of;
use crate::i18n::{format, words};
use crate::ui::Panel;

/// A number of activities that opens them.
pub(in crate::analytics) fn activities_link(part: &'static str, number: i64) -> AnyView {
    activities_of(part, None, number)
}

/// The same of one of those in a leaderboard.
pub(in crate::analytics) fn activities_of(
    part: &'static str,
    of: Option<&str>,
    number: i64,
) -> AnyView {
    if number == 0 {
        return view! { <span class="text-faint">{format::number(0)}</span> }.into_any();
    }
    let changes = use_changes();
    let of = of.map(str::to_owned);
    let href = move || changes.href(&[("activities", Some(part)), ("of", of.as_deref())]);
    view! {
        <a class="rows-link" href=href>
            {format::number(number)}
        </a>
    }
    .into_any()
}

/// The panel that lists the activities which the address asks for.
#[component]
pub(in crate::analytics) fn ActivityRowsPanel(
    /// Period and filters.
    report: Memo<ReportQuery>,
) -> impl IntoView {
    let wanted = use_value("activities");
    let changes = use_changes();
    let close = move |()| changes.apply(&[("activities", None), ("of", None)]);
    move || {
        let part = wanted.get()?;
        let filter = filter_of(&part, &report.get())?;
        let title = words::word("activities", &part);
        Some(view! {
            <Panel title on_close=close>
                <div class="dialog-body rows-panel">{counted(filter)}</div>
            </Panel>
        })
    }
}

/// The activities that a number counts, as the server counts them.
fn filter_of(part: &str, report: &ReportQuery) -> Option<ActivityFilter> {
    let days = days_of(&report.period);
    let all = ActivityFilter {
        owner_id: report.filter.owner_id.clone(),
        department_id: report.filter.department_id.clone(),
        subtree: report.filter.subtree,
        source: report.filter.source.clone(),
        category: report.filter.category.clone(),
        product_id: report.filter.product_id.clone(),
        industry: report.filter.industry.clone(),
        process_id: report.filter.process_id.clone(),
        ..ActivityFilter::default()
    };
    match part {
        "done" => Some(ActivityFilter {
            status: Any::one(ActivityStatus::Done),
            done_from: Some(days.from),
            done_to: Some(report.period.as_of.map_or(days.to, |day| day.min(days.to))),
            sort: Some(Sort {
                field: ActivitySort::DoneAt,
                descending: true,
            }),
            ..all
        }),
        "planned" => Some(ActivityFilter {
            status: Any::one(ActivityStatus::Planned),
            to: Some(days.to),
            overdue: Some(false),
            ..all
        }),
        "overdue" => Some(ActivityFilter {
            overdue: Some(true),
            ..all
        }),
        _ => None,
    }
}
