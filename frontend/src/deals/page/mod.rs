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
use super::people::{KeyContactsOf, TeamOf};
use super::reopen_dialog::ReopenDialog;
use super::rivalry::RivalryOf;
use crate::activities::{ActivitiesOf, NextActivity};
use crate::address::{use_changes, use_value};
use crate::files::FilesOf;
use crate::i18n::t;
use crate::knowledge::KnowledgeBeside;
use crate::layout::set_trail;
use crate::process::{GuideOf, ProcessOf};
use crate::proposals::ProposalsOf;
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

/// The tabs: how the address names each and the text on it. The first is the usual one.
const TABS: [(Option<&str>, &str); 8] = [
    (None, "tab-guide"),
    (Some("fields"), "tab-fields"),
    (Some("activities"), "tab-activities"),
    (Some("contacts"), "tab-key-contacts"),
    (Some("competitors"), "tab-competitors"),
    (Some("proposals"), "tab-proposals"),
    (Some("files"), "tab-files"),
    (Some("history"), "tab-history"),
];

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
    let ending = use_value("close");
    let changes = use_changes();
    let shown = Memo::new(move |_| {
        let named = tab.get();
        (TABS.iter().copied())
            .find(|(name, _)| *name == named.as_deref())
            .and_then(|(name, _)| name)
    });
    let each = move |show: fn(Deal, RwSignal<Over>) -> AnyView| {
        move || deal.get().map(|deal| show(deal, over))
    };
    let content = move || {
        let shown = shown.get();
        let present = untrack(|| deal.get())?;
        // The deal as it is now, for what follows its changes.
        let current = {
            let present = present.clone();
            Signal::derive(move || deal.get().unwrap_or_else(|| present.clone()))
        };
        Some(match shown {
            None => view! { <GuideOf deal=current /> }.into_any(),
            Some("activities") => {
                let may_plan = super::actions::is_changeable(&present);
                view! { <ActivitiesOf deal=present.id title=present.title may_plan /> }.into_any()
            }
            Some("contacts") => view! { <KeyContactsOf deal=present /> }.into_any(),
            Some("competitors") => view! { <RivalryOf deal=current /> }.into_any(),
            Some("proposals") => view! { <ProposalsOf deal=current /> }.into_any(),
            Some("files") => view! { <FilesOf deal=present /> }.into_any(),
            Some("history") => super::history::<Deals>(present.id.into_string()),
            Some(_) => {
                view! { {move || deal.get().map(|deal| view! { <Fields deal /> })} }.into_any()
            }
        })
    };
    // A link may lead to the end of the deal: `close=won`.
    Effect::new(move |_| {
        let outcome = ending.with(|word| word.as_deref().and_then(|word| word.parse().ok()));
        if let Some(outcome) = outcome
            && deal.with_untracked(|deal| deal.as_ref().is_some_and(super::actions::is_changeable))
        {
            over.set(Over::Close(outcome));
        }
    });
    let close = Callback::new(move |()| changes.apply(&[("edit", None)]));
    let dialogs = move || {
        let deal = untrack(|| deal.get())?;
        let leave = move |_| {
            over.set(Over::Nothing);
            if ending.with_untracked(Option::is_some) {
                changes.apply(&[("close", None)]);
            }
        };
        match over.get() {
            Over::Nothing => None,
            Over::Close(outcome) => {
                Some(view! { <CloseDialog deal outcome on_close=leave /> }.into_any())
            }
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
    let tabs = (TABS.iter().copied())
        .map(|(name, label)| {
            view! {
                <Tab
                    href=Signal::derive(move || changes.href(&[("tab", name)]))
                    active=Signal::derive(move || shown.get() == name)
                >
                    {t(label)}
                </Tab>
            }
        })
        .collect_view();
    view! {
        <div class="deal-page">
            {each(|deal, over| view! { <Header deal over /> }.into_any())}
            {each(|deal, over| view! { <Track deal over /> }.into_any())}
            <div class="deal-columns">
                <section class="deal-work" aria-label=t("deal-work")>
                    <Tabs label=t("deal-tabs")>
                        {tabs}
                    </Tabs>
                    <div class="deal-tab">{content}</div>
                </section>
                <aside class="deal-aside" aria-label=t("deal-facts")>
                    {each(|deal, _| {
                        let may_plan = super::actions::is_changeable(&deal);
                        view! { <NextActivity deal=deal.id may_plan /> }.into_any()
                    })}
                    {each(|deal, _| view! { <TeamOf deal /> }.into_any())}
                    <KnowledgeBeside deal />
                    {each(|deal, _| view! { <Facts deal /> }.into_any())}
                    {each(|deal, _| {
                        let may_change = super::actions::is_changeable(&deal);
                        view! { <ProcessOf deal may_change /> }.into_any()
                    })}
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
