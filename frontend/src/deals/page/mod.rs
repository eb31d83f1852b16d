//! The page of one deal.

mod facts;
mod fields;
mod header;
mod track;

use etalon_domain::deal::{Deal, Outcome};
use etalon_domain::endpoint::{Deals, GetRecord};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::close_dialog::CloseDialog;
use super::form::DealEditor;
use super::reopen_dialog::ReopenDialog;
use crate::activities::{ActivitiesOf, NextActivity};
use crate::address::{use_changes, use_value};
use crate::i18n::t;
use crate::layout::set_trail;
use crate::query::use_query;
use crate::routes::paths;
use crate::ui::{ErrorState, Skeleton, Tab, Tabs};

use facts::Facts;
use fields::Fields;
use header::Header;
use track::Track;

/// Which dialog lies over the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Over {
    /// None.
    Nothing,
    /// The end of the deal.
    Close(Outcome),
    /// The way back into work.
    Reopen,
}

/// A deal: where it stands, what to do next, all its fields, its history.
#[component]
pub fn DealPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|p| p.get("id")).unwrap_or_default());
    let query = use_query(move || Some(GetRecord::<Deals>::new(id.get())));
    Effect::new(move |_| {
        let last = query.data.with(|d| d.as_ref().map(|d| d.title.clone()));
        set_trail(vec![
            (t("nav-deals"), Some(paths::DEALS.to_owned())),
            (last.unwrap_or_else(|| "…".to_owned()), None),
        ]);
    });
    let shape = Memo::new(move |_| {
        (
            query.data.with(|d| d.as_ref().map(|d| d.id.clone())),
            query
                .failure
                .get()
                .filter(|_| query.data.with(Option::is_none)),
            query.slow.get(),
        )
    });
    move || match shape.get() {
        (Some(_), ..) => {
            let deal = Memo::new(move |before: Option<&Option<Deal>>| {
                query.data.get().or_else(|| before.cloned().flatten())
            });
            view! { <Body deal=Signal::derive(move || deal.get()) /> }.into_any()
        }
        (None, Some(failure), _) => {
            view! { <ErrorState failure on_retry=move |()| query.retry() /> }.into_any()
        }
        (None, None, true) => skeleton(),
        (None, None, false) => ().into_any(),
    }
}

#[component]
fn Body(deal: Signal<Option<Deal>>) -> impl IntoView {
    let over = RwSignal::new(Over::Nothing);
    let tab = use_value("tab");
    let edit = use_value("edit");
    let changes = use_changes();
    let is_history = Memo::new(move |_| tab.get().as_deref() == Some("history"));
    let is_activities = Memo::new(move |_| tab.get().as_deref() == Some("activities"));
    let each = move |show: fn(Deal, RwSignal<Over>) -> AnyView| {
        move || deal.get().map(|deal| show(deal, over))
    };
    let content = move || {
        if is_activities.get() {
            let deal = untrack(|| deal.get());
            deal.map(|deal| {
                let may_plan = super::actions::is_changeable(&deal);
                view! { <ActivitiesOf deal=deal.id title=deal.title may_plan /> }
            })
            .into_any()
        } else if is_history.get() {
            let id = untrack(|| deal.get())
                .map(|d| d.id.into_string())
                .unwrap_or_default();
            super::history::<Deals>(id)
        } else {
            view! { {move || deal.get().map(|deal| view! { <Fields deal /> })} }.into_any()
        }
    };
    let close = Callback::new(move |()| changes.apply(&[("edit", None)]));
    let dialogs = move || {
        let deal = untrack(|| deal.get())?;
        match over.get() {
            Over::Nothing => None,
            Over::Close(outcome) => Some(
                view! { <CloseDialog deal outcome on_close=move |_| over.set(Over::Nothing) /> }
                    .into_any(),
            ),
            Over::Reopen => Some(
                view! { <ReopenDialog deal on_close=move |()| over.set(Over::Nothing) /> }
                    .into_any(),
            ),
        }
    };
    let editor = move || {
        let focus = edit.get()?;
        let deal = untrack(|| deal.get())?;
        super::actions::is_changeable(&deal)
            .then(|| view! { <DealEditor deal focus on_close=close /> })
    };
    view! {
        <div class="deal-page">
            {each(|deal, over| view! { <Header deal over /> }.into_any())}
            {each(|deal, over| view! { <Track deal over /> }.into_any())}
            <div class="deal-columns">
                <section class="deal-work" aria-label=t("deal-work")>
                    <Tabs label=t("deal-tabs")>
                        <Tab
                            href=Signal::derive(move || changes.href(&[("tab", None)]))
                            active=Signal::derive(move || !is_history.get() && !is_activities.get())
                        >
                            {t("tab-fields")}
                        </Tab>
                        <Tab
                            href=Signal::derive(move || {
                                changes.href(&[("tab", Some("activities"))])
                            })
                            active=is_activities
                        >
                            {t("tab-activities")}
                        </Tab>
                        <Tab
                            href=Signal::derive(move || changes.href(&[("tab", Some("history"))]))
                            active=is_history
                        >
                            {t("tab-history")}
                        </Tab>
                    </Tabs>
                    <div class="deal-tab">{content}</div>
                </section>
                <aside class="deal-aside" aria-label=t("deal-facts")>
                    {each(|deal, _| {
                        let may_plan = super::actions::is_changeable(&deal);
                        view! { <NextActivity deal=deal.id may_plan /> }.into_any()
                    })}
                    {each(|deal, _| view! { <Facts deal /> }.into_any())}
                </aside>
            </div>
        </div>
        {dialogs}
        {editor}
    }
    .into_any()
}

fn skeleton() -> AnyView {
    view! {
        <div class="deal-page" role="status" aria-label=t("loading")>
            <div class="deal-head">
                <Skeleton class="h-7 w-72" />
            </div>
            <div class="px-4 py-3">
                <Skeleton class="h-10 w-full" />
            </div>
            <div class="form-stack px-4">
                <Skeleton class="h-4 w-1/2" />
                <Skeleton class="h-4 w-2/3" />
                <Skeleton class="h-4 w-1/3" />
            </div>
        </div>
    }
    .into_any()
}
