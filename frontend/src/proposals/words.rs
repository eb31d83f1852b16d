use etalon_domain::id::Ref;
use etalon_domain::proposal::{Proposal, ProposalStatus};
use leptos::prelude::*;

use crate::i18n::{arguments, t_with, words};
use crate::ui::{Badge, Tone, icon};

/// Where a version stands, as a small label.
pub(super) fn status_mark(status: ProposalStatus) -> AnyView {
    let name = words::word("proposal-status", status.as_str());
    let (tone, picture) = match status {
        ProposalStatus::Draft => (Tone::Neutral, icon!("pencil")),
        ProposalStatus::InApproval => (Tone::Warning, icon!("hourglass")),
        ProposalStatus::Approved => (Tone::Success, icon!("check")),
        ProposalStatus::Rejected => (Tone::Danger, icon!("circle-x")),
        ProposalStatus::Sent => (Tone::Info, icon!("send")),
        ProposalStatus::Accepted => (Tone::Success, icon!("handshake")),
        ProposalStatus::Declined => (Tone::Danger, icon!("circle-slash")),
        ProposalStatus::Expired => (Tone::Warning, icon!("calendar-x")),
        ProposalStatus::Superseded => (Tone::Neutral, icon!("history")),
    };
    view! {
        <Badge tone>
            {picture}
            {name}
        </Badge>
    }
    .into_any()
}

/// Number and version in the reader's language.
pub(super) fn title(proposal: &Proposal) -> String {
    let (number, revision) = (proposal.number.clone(), proposal.revision);
    t_with(
        "proposal-title",
        &arguments! { "number" => number, "revision" => revision },
    )
}

/// Who is to decide: names, joined.
pub(super) fn names(people: &[Ref]) -> String {
    let names: Vec<&str> = people.iter().map(|person| person.name.as_str()).collect();
    names.join(", ")
}
