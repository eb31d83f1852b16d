//! The page of one lead.

mod authority;
mod bant;
mod editors;
mod facts;
mod header;
mod item_history;

use etalon_domain::endpoint::{GetRecord, Leads};
use etalon_domain::lead::Lead;
use leptos::prelude::*;

use super::actions;
use super::convert::ConvertDialog;
use super::dialogs::{DisqualifyDialog, NurtureDialog};
use super::form::LeadEditor;
use crate::address::{use_changes, use_value};
use crate::deals;
use crate::i18n::t;
use crate::query::Query;
use crate::records::{Section, record_page};
use crate::routes::paths;
use crate::ui::{Tab, Tabs};

use bant::BantCards;
use header::head;

/// A lead: what is known, what to ask next, where it goes.
#[component]
pub fn LeadPage() -> impl IntoView {
    let section = Section {
        label: "nav-leads",
        href: paths::LEADS,
    };
    record_page(
        section,
        GetRecord::<Leads>::new,
        |lead| lead.title.clone(),
        body,
    )
}

fn body(lead: RwSignal<Lead>, _query: Query<Lead>) -> AnyView {
    let changes = use_changes();
    let edit = use_value("edit");
    let doing = use_value("do");
    let tab = use_value("tab");
    let id = lead.with_untracked(|lead| lead.id.clone());
    let tab_link = move |name: Option<&'static str>, label: &'static str| {
        let href = Signal::derive(move || changes.href(&[("tab", name)]));
        let active = Signal::derive(move || tab.get().as_deref() == name);
        view! {
            <Tab href active>
                {t(label)}
            </Tab>
        }
    };
    let content = move || match tab.get().as_deref() {
        Some("history") => deals::history::<Leads>(id.to_string()),
        _ => view! { {move || facts::details(lead.get())} }.into_any(),
    };
    let close = Callback::new(move |()| changes.apply(&[("edit", None), ("do", None)]));
    let editor = move || {
        edit.get()?;
        let lead = lead.get_untracked();
        actions::is_changeable(&lead).then(|| view! { <LeadEditor lead on_close=close /> })
    };
    let dialog = move || {
        let wanted = doing.get()?;
        let lead = lead.get_untracked();
        if !actions::is_changeable(&lead) {
            return None;
        }
        match wanted.as_str() {
            "convert" => Some(view! { <ConvertDialog lead on_close=close /> }.into_any()),
            "nurture" => Some(view! { <NurtureDialog lead on_close=close /> }.into_any()),
            "disqualify" => Some(view! { <DisqualifyDialog lead on_close=close /> }.into_any()),
            _ => None,
        }
    };
    view! {
        <div class="deal-page">
            {move || head(lead.get())} <BantCards lead />
            <div class="deal-columns">
                <section class="deal-work" aria-label=t("lead-work")>
                    <Tabs label=t("lead-work")>
                        {tab_link(None, "tab-details")} {tab_link(Some("history"), "tab-history")}
                    </Tabs>
                    <div class="deal-tab">{content}</div>
                </section>
                <aside class="deal-aside" aria-label=t("lead-facts")>
                    {move || facts::aside(lead.get())}
                </aside>
            </div>
        </div>
        {editor}
        {dialog}
    }
    .into_any()
}
