use etalon_domain::key_contact::DecisionRole;
use etalon_domain::lead::{BantItem, BantState, DisqualifyReason, LeadStatus, MatchReason};

use crate::i18n::words::word;

/// Where a lead stands.
pub(super) fn status(status: LeadStatus) -> String {
    word("lead-status", status.as_str())
}

/// One of the four questions by its short name.
pub(super) fn item(item: BantItem) -> String {
    word("bant", item.as_str())
}

/// One of the four questions as one would ask it.
pub(super) fn question(item: BantItem) -> String {
    word("bant-question", item.as_str())
}

/// How sure an answer is.
pub(super) fn state(state: BantState) -> String {
    word("bant-state", state.as_str())
}

/// What a person is in the decision.
pub(super) fn role(role: DecisionRole) -> String {
    word("decision-role", role.as_str())
}

/// Why a lead will not become a deal.
pub(super) fn reason(reason: DisqualifyReason) -> String {
    word("disqualify", reason.as_str())
}

/// By what a record resembles a lead.
pub(super) fn match_reason(reason: MatchReason) -> String {
    word("match", reason.as_str())
}
