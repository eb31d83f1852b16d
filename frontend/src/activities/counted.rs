//! The activities behind a number of a report.

use etalon_domain::activity::{Activity, ActivityFilter};
use etalon_domain::endpoint::{Activities, List};
use leptos::prelude::*;

use super::when;
use crate::i18n::{arguments, format, t, t_with, words};
use crate::query::use_pages;
use crate::records::{ListBody, status_of};
use crate::routes::paths;
use crate::ui::{Avatar, LoadMore};

/// The activities that a filter selects, with their number above them.
pub fn counted(filter: ActivityFilter) -> AnyView {
    let pages = use_pages(move |cursor: Option<String>, limit| {
        List::<Activities>(ActivityFilter {
            limit: Some(limit),
            totals: cursor.is_none().then_some(true),
            cursor,
            ..filter.clone()
        })
    });
    let count = move || {
        let count = pages.totals.with(|totals| totals.as_ref().map(|t| t.count));
        count.map(format::number)
    };
    let empty = || view! { <p class="rows-none">{t("activities-none-behind")}</p> };
    view! {
        <ListBody status=status_of(pages) empty>
            <dl class="rows-sums">
                <div>
                    <dt>{t("activities-counted")}</dt>
                    <dd>{count}</dd>
                </div>
            </dl>
            <ul class="rows-list">
                <For
                    each=move || pages.items.get()
                    key=|activity: &Activity| (activity.id.clone(), activity.version)
                    children=row
                />
            </ul>
            <LoadMore pages />
        </ListBody>
    }
    .into_any()
}

fn row(activity: Activity) -> AnyView {
    let own = format!("activity={}", activity.id);
    let href = match (&activity.deal_id, &activity.lead_id) {
        (Some(deal), _) => format!("{}?tab=activities&{own}", paths::deal(deal.as_str())),
        (None, Some(lead)) => paths::lead(lead.as_str()),
        (None, None) => format!("{}?{own}", paths::CALENDAR),
    };
    let kind = words::word("activity-kind", activity.kind.as_str());
    let about = activity.deal_title.clone().or(activity.lead_title.clone());
    let about = about.map_or_else(|| kind.clone(), |about| format!("{kind} · {about}"));
    let told = match activity.done_at {
        Some(at) => t_with(
            "activity-done-at",
            &arguments! { "when" => format::near_instant(at) },
        ),
        None => when::words(&activity),
    };
    view! {
        <li class="rows-item">
            <Avatar name=activity.owner_name.clone() />
            <div class="min-w-0 flex-1">
                <a class="cell-title" href=href>
                    {activity.title.clone()}
                </a>
                <p class="cell-under">{about}</p>
                <p class="rows-facts">
                    <span class:is-past=activity.overdue>{told}</span>
                </p>
            </div>
        </li>
    }
    .into_any()
}
