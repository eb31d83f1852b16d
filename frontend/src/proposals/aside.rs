use etalon_domain::endpoint::ListDealProposals;
use etalon_domain::proposal::Proposal;
use etalon_domain::visa::VisaState;
use leptos::prelude::*;

use super::words::{names, status_mark};
use crate::i18n::{arguments, format, t, t_with, words};
use crate::query::use_query;
use crate::records::person;
use crate::routes::paths;
use crate::ui::{Fact, Facts, link_fact, text_fact};

/// Beside the offer: for whom, at which rate, who approved it, when it went out, all its versions.
#[component]
pub(super) fn Aside(
    /// The version.
    proposal: Proposal,
) -> impl IntoView {
    let contact = proposal
        .contact_id
        .clone()
        .zip(proposal.contact_name.clone());
    let contact = contact.map(|(id, name)| link_fact(paths::contact(id.as_str()), name));
    let owner = Some(person(Some(proposal.owner.name.clone())));
    let currency = text_fact(Some(proposal.currency.code().to_owned()));
    let created = text_fact(Some(format::instant(proposal.created_at)));
    let rate = proposal.rate_to_base.filter(|rate| *rate != 1.0);
    view! {
        <section class="card-box">
            <h2>{t("proposal-facts")}</h2>
            <Facts>
                <Fact label=t("field-contact-id") value=contact />
                <Fact label=t("field-owner-id") value=owner />
                <Fact label=t("field-currency") value=currency />
                {rate
                    .map(|rate| {
                        let shown = format::decimal(rate, 6);
                        view! { <Fact label=t("proposal-rate") value=text_fact(Some(shown)) /> }
                    })}
                <Fact label=t("fact-created-at") value=created />
            </Facts>
        </section>
        {approval(&proposal)}
        {sending(&proposal)}
        <Versions proposal />
    }
    .into_any()
}

fn approval(proposal: &Proposal) -> Option<AnyView> {
    let visa = proposal.visa.as_ref()?;
    let state = words::word("visa-state", visa.state.as_str());
    let by = match visa.state {
        VisaState::Waiting => names(&visa.approvers),
        _ => visa
            .decided_by
            .as_ref()
            .map(|by| by.name.clone())
            .unwrap_or_default(),
    };
    let at = visa.decided_at.unwrap_or(visa.requested_at);
    let words = visa.comment.clone();
    let section = view! {
        <section class="card-box">
            <h2>{t("proposal-approval")}</h2>
            <Facts>
                <Fact label=t("field-status") value=text_fact(Some(state)) />
                <Fact label=t("proposal-approver") value=text_fact(Some(by).filter(|by| !by.is_empty())) />
                <Fact label=t("proposal-when") value=text_fact(Some(format::instant(at))) />
            </Facts>
            {words.map(|words| view! { <p class="record-notes">{words}</p> })}
        </section>
    };
    Some(section.into_any())
}

fn sending(proposal: &Proposal) -> Option<AnyView> {
    let sent_on = proposal.sent_on?;
    let channel = proposal.channel.map(|c| words::word("channel", c.as_str()));
    let to = proposal
        .sent_to
        .as_ref()
        .map(|to| link_fact(paths::contact(&to.id), to.name.clone()));
    let answer = proposal.decided_on.map(format::day);
    let section = view! {
        <section class="card-box">
            <h2>{t("proposal-sending")}</h2>
            <Facts>
                <Fact label=t("field-sent-on") value=text_fact(Some(format::day(sent_on))) />
                <Fact label=t("field-sent-to") value=to />
                <Fact label=t("field-channel") value=text_fact(channel) />
                {answer
                    .map(|day| view! { <Fact label=t("field-decided-on") value=text_fact(Some(day)) /> })}
            </Facts>
            {proposal
                .decision_note
                .clone()
                .map(|words| view! { <p class="record-notes">{words}</p> })}
        </section>
    };
    Some(section.into_any())
}

/// All versions of this proposal, the newest first.
#[component]
fn Versions(proposal: Proposal) -> impl IntoView {
    let deal = proposal.deal_id.to_string();
    let query = use_query(move || Some(ListDealProposals(deal.clone())));
    let number = proposal.number.clone();
    let id = proposal.id;
    let content = move || {
        let page = query.data.get()?;
        let all: Vec<Proposal> = (page.items.into_iter())
            .filter(|each| each.number == number)
            .collect();
        if all.len() < 2 {
            return None;
        }
        let entry = |each: Proposal| {
            let name = t_with(
                "proposal-version",
                &arguments! { "revision" => each.revision },
            );
            let is_this = each.id == id;
            view! {
                <li>
                    <a
                        class="link"
                        href=paths::proposal(each.id.as_str())
                        aria-current=is_this.then_some("page")
                    >
                        {name}
                    </a>
                    {status_mark(each.status)}
                    <span class="version-total">{format::money(each.totals.total)}</span>
                </li>
            }
        };
        let section = view! {
            <section class="card-box">
                <h2>{t("proposal-versions")}</h2>
                <ul class="version-list">{all.into_iter().map(entry).collect_view()}</ul>
            </section>
        };
        Some(section.into_any())
    };
    content.into_any()
}
