//! One activity in a list.

use etalon_domain::activity::{Activity, ActivityOrigin, ActivityStatus};
use leptos::prelude::*;

use super::{actions, when};
use crate::address::use_changes;
use crate::i18n::{arguments, t, t_with, words};
use crate::routes::paths;
use crate::session;
use crate::ui::{Badge, Menu, MenuItem, Tone, icon};

/// What a list says about each activity.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum About {
    /// Also what it belongs to.
    Everything,
    /// Not its deal, on whose page it stands.
    OfDeal,
}

/// A row: what is to be done, when, for which deal; done with one press.
pub(super) fn activity_row(activity: Activity, about: About) -> AnyView {
    let changes = use_changes();
    let is_planned = activity.status == ActivityStatus::Planned;
    let may_change = activity.changeable;
    let id = activity.id.to_string();
    let href = Signal::derive(move || changes.href(&[("activity", Some(&id))]));
    let title = activity.title.clone();
    let label = t_with(
        "activity-complete-this",
        &arguments! { "name" => title.clone() },
    );
    let mark = match activity.status {
        ActivityStatus::Done => icon!("circle-check"),
        ActivityStatus::Cancelled => icon!("x"),
        ActivityStatus::Planned => icon!("circle"),
    };
    let of_others = session::me()
        .is_none_or(|me| me.user.id != activity.owner_id)
        .then(|| activity.owner_name.clone());
    let deal = (about == About::Everything)
        .then(|| activity.deal_id.clone().zip(activity.deal_title.clone()))
        .flatten()
        .map(|(id, title)| view! { <a class="link-quiet truncate" href=paths::deal(id.as_str())>{title}</a> });
    let account = (about == About::Everything)
        .then(|| activity.account_name.clone())
        .flatten();
    let lead = activity
        .lead_title
        .clone()
        .filter(|_| activity.deal_id.is_none());
    let people: Vec<String> = activity.contacts.iter().map(|c| c.name.clone()).collect();
    let people = (!people.is_empty()).then(|| people.join(", "));
    let result = activity.result.clone().filter(|_| !is_planned);
    let by_process = activity.origin == ActivityOrigin::Process;
    let due = when::words(&activity);
    let overdue = activity.overdue;
    let kind = words::word("activity-kind", activity.kind.as_str());
    let picture = when::kind_icon(activity.kind);
    let stored = StoredValue::new(activity);
    let complete = move |_| stored.with_value(|activity| actions::complete(activity, None));
    let tick = if is_planned && may_change {
        view! {
            <button type="button" class="activity-tick" aria-label=label.clone() title=label on:click=complete>
                {mark}
            </button>
        }
        .into_any()
    } else {
        view! { <span class="activity-tick" data-state=if is_planned { "planned" } else { "done" }>{mark}</span> }.into_any()
    };
    let menu = (is_planned && may_change).then(|| {
        let act = move |f: fn(&Activity)| move |()| stored.with_value(f);
        view! {
            <Menu label=t("more-actions") end=true trigger=icon!("ellipsis")>
                <MenuItem on_select=act(|a| actions::move_to(a, 1))>{icon!("calendar")} {t("activity-tomorrow")}</MenuItem>
                <MenuItem on_select=act(|a| actions::move_to(a, 7))>{icon!("calendar")} {t("activity-next-week")}</MenuItem>
                <MenuItem on_select=act(actions::cancel)>{icon!("x")} {t("activity-cancel")}</MenuItem>
            </Menu>
        }
    });
    view! {
        <li class="activity-row" class:is-overdue=overdue>
            {tick}
            <div class="min-w-0 flex-1">
                <p class="activity-title">
                    <span class="activity-kind" role="img" aria-label=kind.clone() title=kind>{picture}</span>
                    <a class="cell-title" href=move || href.get()>{title}</a>
                    {by_process.then(|| view! { <Badge tone=Tone::Info>{icon!("route")} {t("activity-by-process")}</Badge> })}
                </p>
                <p class="activity-under">
                    <span class="activity-due">
                        {overdue.then(|| icon!("circle-alert"))} {due}
                    </span>
                    {deal} {lead.map(|text| view! { <span class="truncate">{text}</span> })}
                    {account.map(|text| view! { <span class="truncate">{text}</span> })}
                    {people.map(|text| view! { <span class="truncate">{text}</span> })}
                    {of_others.map(|text| view! { <span class="truncate">{text}</span> })}
                </p>
                {result.map(|text| view! { <p class="activity-result">{text}</p> })}
            </div>
            {menu}
        </li>
    }
    .into_any()
}
