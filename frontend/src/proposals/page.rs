use std::time::Duration;

use etalon_domain::endpoint::{GetRecord, Proposals};
use etalon_domain::proposal::{Proposal, ProposalAction, ProposalStatus};
use etalon_domain::visa::VisaState;
use leptos::prelude::*;

use super::aside::Aside;
use super::dialogs::{Over, dialog};
use super::difference::Difference;
use super::editor::Editor;
use super::header::Header;
use super::reading::Reading;
use super::words::{names, title};
use crate::address::{use_changes, use_value};
use crate::deals;
use crate::i18n::{arguments, format, t, t_with};
use crate::query::{Query, keep_fresh};
use crate::records::{Section, record_page};
use crate::routes::paths;
use crate::ui::{Tab, Tabs, icon};

/// How often one asks whether a proposal that waits is decided.
const PERIOD: Duration = Duration::from_secs(15);

/// A version of a proposal: what it offers, where it stands, what is to be done next.
#[component]
pub(super) fn ProposalPage() -> impl IntoView {
    let section = Section {
        label: "nav-deals",
        href: paths::DEALS,
    };
    record_page(section, GetRecord::<Proposals>::new, title, body)
}

/// Whether the offer is open on the screen to be changed: a draft always, what waits or was approved
/// only when the person says so, because that voids the visa.
fn is_written(proposal: &Proposal, asked: bool) -> bool {
    let is_draft = matches!(
        proposal.status,
        ProposalStatus::Draft | ProposalStatus::Rejected
    );
    proposal.actions.contains(&ProposalAction::Edit) && (is_draft || asked)
}

fn body(proposal: RwSignal<Proposal>, query: Query<Proposal>) -> AnyView {
    let changes = use_changes();
    let tab = use_value("tab");
    let edit = use_value("edit");
    let over = RwSignal::new(Over::Nothing);
    // Saves what is being written before a step is taken; the editor puts it there.
    let save = RwSignal::new(None::<Callback<Callback<()>>>);
    let first = proposal.with_untracked(|p| p.id.clone());
    let tab_link = move |name: Option<&'static str>, label: &'static str| {
        let href = Signal::derive(move || changes.href(&[("tab", name)]));
        let active = Signal::derive(move || tab.get().as_deref() == name);
        view! {
            <Tab href active>
                {t(label)}
            </Tab>
        }
    };
    let waits = Memo::new(move |_| proposal.with(|p| p.status == ProposalStatus::InApproval));
    Effect::new(move |_| {
        // What the head decides appears by itself.
        if waits.get() && edit.get().is_none() {
            keep_fresh(PERIOD, move || query.retry());
        }
    });
    let written = Memo::new(move |_| proposal.with(|p| is_written(p, edit.get().is_some())));
    let has_earlier = Memo::new(move |_| proposal.with(|p| p.revision > 1));
    let content = move || match tab.get().as_deref() {
        Some("history") => deals::history::<Proposals>(first.to_string()),
        Some("difference") => (move || {
            let proposal = proposal.get();
            view! { <Difference proposal /> }
        })
        .into_any(),
        _ if written.get() => {
            let present = proposal.get_untracked();
            let done = Callback::new(move |()| {
                if edit.get_untracked().is_some() {
                    changes.apply(&[("edit", None)]);
                }
            });
            view! { <Editor proposal=present current=proposal save done /> }.into_any()
        }
        _ => (move || {
            let proposal = proposal.get();
            view! { <Reading proposal /> }
        })
        .into_any(),
    };
    let step = Callback::new(move |next: Over| match save.get_untracked() {
        Some(save) => save.run(Callback::new(move |()| over.set(next))),
        None => over.set(next),
    });
    view! {
        <div class="deal-page">
            {move || {
                let proposal = proposal.get();
                view! { <Header proposal step /> }
            }}
            {move || notice(&proposal.get())}
            <div class="deal-columns">
                <section class="deal-work" aria-label=t("proposal-work")>
                    <Tabs label=t("proposal-work")>
                        {tab_link(None, "tab-offer")}
                        {move || has_earlier.get().then(|| tab_link(Some("difference"), "tab-difference"))}
                        {tab_link(Some("history"), "tab-history")}
                    </Tabs>
                    <div class="deal-tab">{content}</div>
                </section>
                <aside class="deal-aside" aria-label=t("proposal-facts")>
                    {move || {
                        let proposal = proposal.get();
                        view! { <Aside proposal /> }
                    }}
                </aside>
            </div>
        </div>
        {move || dialog(over, proposal)}
    }
    .into_any()
}

/// What one must know before reading on: what it waits for, why it came back, that it is out of date.
fn notice(proposal: &Proposal) -> Option<AnyView> {
    let visa = proposal.visa.as_ref();
    let note = |class: &'static str, picture: AnyView, text: String, words: Option<String>| {
        view! {
            <div class=format!("notice mx-4 mb-3 {class}") role="note">
                {picture}
                <div class="min-w-0">
                    <p>{text}</p>
                    {words.map(|words| view! { <p class="history-reason">{words}</p> })}
                </div>
            </div>
        }
        .into_any()
    };
    match (proposal.status, visa) {
        (ProposalStatus::InApproval, Some(visa)) => {
            let (names, since) = (
                names(&visa.approvers),
                format::near_instant(visa.requested_at),
            );
            let arguments = arguments! { "names" => names, "since" => since };
            let text = t_with("proposal-waiting", &arguments);
            Some(note("", icon!("hourglass"), text, visa.note.clone()))
        }
        (ProposalStatus::Rejected | ProposalStatus::Draft, Some(visa))
            if visa.state == VisaState::Rejected =>
        {
            let name = visa.decided_by.as_ref().map(|by| by.name.clone());
            let arguments = arguments! { "name" => name.unwrap_or_default() };
            let text = t_with("proposal-rejected-by", &arguments);
            let words = visa.comment.clone();
            Some(note("notice-error", icon!("circle-x"), text, words))
        }
        (ProposalStatus::Draft, Some(visa)) if visa.state == VisaState::Void => {
            let text = t("proposal-visa-void");
            Some(note("", icon!("info"), text, None))
        }
        (ProposalStatus::Expired, _) => {
            let text = t("proposal-expired");
            Some(note("", icon!("calendar-x"), text, None))
        }
        _ => None,
    }
}
