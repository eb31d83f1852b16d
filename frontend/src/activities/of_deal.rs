//! The activities of one deal: what is planned, what was done, and a call noted in a moment.

use etalon_domain::activity::{Activity, ActivityFilter, ActivitySort, ActivityStatus};
use etalon_domain::endpoint::{Activities, List};
use etalon_domain::id::{DealId, Ref};
use etalon_domain::page::{Any, Sort};
use leptos::prelude::*;

use super::panel::panels;
use super::row::{About, activity_row};
use super::when;
use crate::address::use_changes;
use crate::i18n::t;
use crate::query::{use_pages, use_query};
use crate::records::{ListBody, status_of};
use crate::ui::{Button, EmptyState, LoadMore, icon};

/// The activities of a deal, planned ones first.
#[component]
pub fn ActivitiesOf(
    /// The deal.
    deal: DealId,
    /// Its title.
    title: String,
    /// Whether something new may be planned.
    may_plan: bool,
) -> impl IntoView {
    let changes = use_changes();
    let plan = move |()| changes.apply(&[("new", Some("activity"))]);
    let log = move |()| changes.apply(&[("new", Some("done")), ("kind", Some("call"))]);
    let deal_ref = Ref {
        id: deal.to_string(),
        name: title,
    };
    view! {
        <div class="tab-tools">
            {may_plan
                .then(|| {
                    view! {
                        <Button on_press=log>{icon!("phone")} {t("activity-log")}</Button>
                        <Button on_press=plan>{icon!("plus")} {t("create-activity")}</Button>
                    }
                })}
        </div>
        {list(deal.clone(), ActivityStatus::Planned)} {list(deal, ActivityStatus::Done)}
        {panels(Some(deal_ref))}
    }
    .into_any()
}

fn list(deal: DealId, status: ActivityStatus) -> AnyView {
    let is_planned = status == ActivityStatus::Planned;
    let pages = use_pages(move |cursor, limit| {
        List::<Activities>(ActivityFilter {
            deal_id: Any::one(deal.clone()),
            status: Any::one(status),
            sort: Some(match is_planned {
                true => Sort {
                    field: ActivitySort::DueAt,
                    descending: false,
                },
                false => Sort {
                    field: ActivitySort::DoneAt,
                    descending: true,
                },
            }),
            limit: Some(limit),
            cursor,
            ..ActivityFilter::default()
        })
    });
    let empty = move || {
        if is_planned {
            view! {
                <EmptyState
                    picture=icon!("calendar")
                    title=t("deal-activities-empty-title")
                    text=t("deal-activities-empty-text")
                />
            }
            .into_any()
        } else {
            ().into_any()
        }
    };
    let name = if is_planned {
        "deal-activities-planned"
    } else {
        "my-day-done"
    };
    view! {
        <ListBody status=status_of(pages) empty>
            <section class="activity-section" aria-label=t(name)>
                <h3 class="section-title">{t(name)}</h3>
                <ul class="activity-list">
                    <For
                        each=move || pages.items.get()
                        key=|activity: &Activity| (activity.id.clone(), activity.version)
                        children=|activity| activity_row(activity, About::OfDeal)
                    />
                </ul>
                <LoadMore pages />
            </section>
        </ListBody>
    }
    .into_any()
}

/// The next planned activity of a deal, in a card; or the way to plan one.
#[component]
pub fn NextActivity(
    /// The deal.
    deal: DealId,
    /// Whether something new may be planned.
    may_plan: bool,
) -> impl IntoView {
    let changes = use_changes();
    let query = use_query(move || {
        Some(List::<Activities>(ActivityFilter {
            deal_id: Any::one(deal.clone()),
            status: Any::one(ActivityStatus::Planned),
            limit: Some(1),
            ..ActivityFilter::default()
        }))
    });
    let content = move || {
        let next = query.data.get()?.items.into_iter().next();
        Some(match next {
            Some(activity) => {
                let id = activity.id.to_string();
                let href =
                    move || changes.href(&[("tab", Some("activities")), ("activity", Some(&id))]);
                view! {
                    <p class="activity-title">
                        <span class="activity-kind">{when::kind_icon(activity.kind)}</span>
                        <a class="cell-title" href=href>
                            {activity.title.clone()}
                        </a>
                    </p>
                    <p class="activity-under" class:is-overdue=activity.overdue>
                        <span class="activity-due">{when::words(&activity)}</span>
                    </p>
                }
                .into_any()
            }
            None if may_plan => {
                let href =
                    move || changes.href(&[("tab", Some("activities")), ("new", Some("activity"))]);
                view! {
                    <a class="missing-link" href=href>
                        {icon!("plus")}
                        {t("create-activity")}
                    </a>
                }
                .into_any()
            }
            None => view! { <span class="text-faint">"–"</span> }.into_any(),
        })
    };
    view! {
        <section class="card-box">
            <h2>{t("deal-next-activity")}</h2>
            {content}
        </section>
    }
    .into_any()
}
