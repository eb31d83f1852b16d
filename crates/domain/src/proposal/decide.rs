//! What a command does to a proposal.

mod history;
mod write;

use chrono::NaiveDate;

use super::action::{require_right, require_state};
use super::command::{
    AcceptProposal, DeclineProposal, ProposalCommand, ProposalDecision, ProposalReferences,
    ProposalRules, SendProposal, VisaEffect,
};
use super::{Proposal, ProposalAction, ProposalStatus};
use crate::deal::{DealStatus, DecidedEntry};
use crate::error::{Error, ErrorCode, FieldCode, FieldError, validate};
use crate::event::{EventKind, FieldChange};
use crate::id::Ref;
use crate::policy::require_deal_write;
use crate::text::non_empty;
use crate::visa::{VisaComment, VisaDecision};
use history::status_change;
use write::{create, edit, revise};

/// Decides what a command does to a proposal, or why it is refused: permission first, then state,
/// then fields.
///
/// # Errors
/// `not_found`, `forbidden`, `deal_closed` and other conflicts with the state, or the invalid
/// fields.
pub fn decide(
    current: Option<&Proposal>,
    command: &ProposalCommand,
    references: &ProposalReferences,
    rules: ProposalRules<'_>,
) -> Result<ProposalDecision, Error> {
    if let ProposalCommand::Create(draft) = command {
        require_deal_write(rules.actor, rules.deal)?;
        if rules.deal.status != DealStatus::Open {
            return Err(ErrorCode::DealClosed.into());
        }
        return create(draft, references, rules);
    }
    let proposal = current.ok_or(ErrorCode::NotFound)?;
    if matches!(command, ProposalCommand::Restore) {
        return restore(proposal, rules);
    }
    let action = action_of(command);
    require_right(action, rules.deal, rules.actor)?;
    if proposal.deleted_at.is_some() {
        return Err(ErrorCode::NotFound.into());
    }
    require_state(action, proposal, rules.deal)?;
    match command {
        ProposalCommand::Edit(draft) => edit(proposal, draft, references, rules),
        ProposalCommand::Submit(words) => submit(proposal, words, rules),
        ProposalCommand::Recall => Ok(recall(proposal, rules)),
        ProposalCommand::Decide(decision, words) => give_visa(proposal, *decision, words, rules),
        ProposalCommand::Send(send) => send_out(proposal, send, references, rules),
        ProposalCommand::Accept(accept) => accepted(proposal, accept, rules),
        ProposalCommand::Decline(decline) => declined(proposal, decline, rules),
        ProposalCommand::Revise => Ok(revise(proposal, rules)),
        ProposalCommand::Delete => Ok(remove(proposal, rules)),
        ProposalCommand::Create(_) | ProposalCommand::Restore => Err(ErrorCode::Internal.into()),
    }
}

const fn action_of(command: &ProposalCommand) -> ProposalAction {
    match command {
        ProposalCommand::Create(_) | ProposalCommand::Edit(_) => ProposalAction::Edit,
        ProposalCommand::Delete | ProposalCommand::Restore => ProposalAction::Delete,
        ProposalCommand::Submit(_) => ProposalAction::Submit,
        ProposalCommand::Recall => ProposalAction::Recall,
        ProposalCommand::Decide(VisaDecision::Approved, _) => ProposalAction::Approve,
        ProposalCommand::Decide(VisaDecision::Rejected, _) => ProposalAction::Reject,
        ProposalCommand::Send(_) => ProposalAction::Send,
        ProposalCommand::Accept(_) => ProposalAction::Accept,
        ProposalCommand::Decline(_) => ProposalAction::Decline,
        ProposalCommand::Revise => ProposalAction::Revise,
    }
}

fn submit(
    current: &Proposal,
    words: &VisaComment,
    rules: ProposalRules<'_>,
) -> Result<ProposalDecision, Error> {
    let words = words.checked(None)?;
    let mut errors = Vec::new();
    if current.lines.is_empty() {
        errors.push(FieldError::required("lines"));
    }
    if current.valid_until.is_some_and(|until| until < rules.today) {
        errors.push(passed("valid_until"));
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let mut proposal = current.clone();
    proposal.status = ProposalStatus::InApproval;
    let mut decision = changed(current, proposal, EventKind::ProposalSubmitted, rules);
    note(&mut decision, words.clone());
    decision.visa = Some(VisaEffect::Request(words));
    Ok(decision)
}

fn recall(current: &Proposal, rules: ProposalRules<'_>) -> ProposalDecision {
    let mut proposal = current.clone();
    proposal.status = ProposalStatus::Draft;
    let mut decision = changed(current, proposal, EventKind::ProposalChanged, rules);
    decision.visa = Some(VisaEffect::Void);
    decision
}

fn give_visa(
    current: &Proposal,
    how: VisaDecision,
    words: &VisaComment,
    rules: ProposalRules<'_>,
) -> Result<ProposalDecision, Error> {
    let words = words.checked(Some(how))?;
    let mut proposal = current.clone();
    proposal.status = match how {
        VisaDecision::Approved => ProposalStatus::Approved,
        VisaDecision::Rejected => ProposalStatus::Rejected,
    };
    let mut decision = changed(current, proposal, EventKind::VisaGiven, rules);
    note(&mut decision, words.clone());
    decision.visa = Some(VisaEffect::Decide(how, words));
    Ok(decision)
}

/// Only what was approved may go out, exactly as it was approved.
fn send_out(
    current: &Proposal,
    send: &SendProposal,
    references: &ProposalReferences,
    rules: ProposalRules<'_>,
) -> Result<ProposalDecision, Error> {
    let is_approved = current
        .visa
        .as_ref()
        .is_some_and(|visa| visa.approves(rules.hash));
    if !is_approved {
        return Err(ErrorCode::ProposalNotApproved.into());
    }
    let mut errors = validate(send);
    let sent_on = send.sent_on.unwrap_or(rules.today);
    check_past("sent_on", sent_on, None, rules.today, &mut errors);
    if current.valid_until.is_some_and(|until| until < sent_on) {
        errors.push(passed("valid_until"));
    }
    let named = send.contact_id.as_ref().or(current.contact_id.as_ref());
    match (named, &references.contact) {
        (None, _) => errors.push(FieldError::required("contact_id")),
        (Some(_), None) => errors.push(FieldError::unknown("contact_id")),
        (Some(_), Some(_)) => {}
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let mut proposal = current.clone();
    proposal.status = ProposalStatus::Sent.seen_on(rules.today, current.valid_until);
    proposal.sent_at = Some(rules.now);
    proposal.sent_on = Some(sent_on);
    proposal.sent_to.clone_from(&references.contact);
    proposal.channel = Some(send.channel);
    let mut decision = changed(current, proposal, EventKind::ProposalSent, rules);
    decision.supersedes = true;
    Ok(decision)
}

fn accepted(
    current: &Proposal,
    accept: &AcceptProposal,
    rules: ProposalRules<'_>,
) -> Result<ProposalDecision, Error> {
    let mut errors = validate(accept);
    let on = accept.decided_on.unwrap_or(rules.today);
    check_past("decided_on", on, current.sent_on, rules.today, &mut errors);
    if current.valid_until.is_some_and(|until| until < on) {
        errors.push(FieldError::new(
            "decided_on",
            FieldCode::OutOfRange,
            "lies after the last day on which the offer held",
        ));
    }
    let note = non_empty(accept.note.clone());
    answered(current, ProposalStatus::Accepted, on, note, errors, rules)
}

fn declined(
    current: &Proposal,
    decline: &DeclineProposal,
    rules: ProposalRules<'_>,
) -> Result<ProposalDecision, Error> {
    let decline = DeclineProposal {
        reason: decline.reason.trim().to_owned(),
        ..decline.clone()
    };
    let mut errors = validate(&decline);
    let on = decline.decided_on.unwrap_or(rules.today);
    check_past("decided_on", on, current.sent_on, rules.today, &mut errors);
    let reason = Some(decline.reason);
    answered(current, ProposalStatus::Declined, on, reason, errors, rules)
}

fn answered(
    current: &Proposal,
    status: ProposalStatus,
    on: NaiveDate,
    words: Option<String>,
    errors: Vec<FieldError>,
    rules: ProposalRules<'_>,
) -> Result<ProposalDecision, Error> {
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let mut proposal = current.clone();
    proposal.status = status;
    proposal.decided_on = Some(on);
    proposal.decision_note.clone_from(&words);
    let mut decision = changed(current, proposal, EventKind::ProposalDecided, rules);
    note(&mut decision, words);
    Ok(decision)
}

fn remove(current: &Proposal, rules: ProposalRules<'_>) -> ProposalDecision {
    let mut proposal = current.clone();
    proposal.deleted_at = Some(rules.now);
    changed(current, proposal, EventKind::ProposalChanged, rules)
}

fn restore(current: &Proposal, rules: ProposalRules<'_>) -> Result<ProposalDecision, Error> {
    require_deal_write(rules.actor, rules.deal)?;
    if rules.deal.status != DealStatus::Open {
        return Err(ErrorCode::DealClosed.into());
    }
    if current.deleted_at.is_none() {
        return Err(ErrorCode::NotDeleted.into());
    }
    if current.revision + 1 != rules.next_revision {
        return Err(ErrorCode::ProposalRevised.into());
    }
    let mut proposal = current.clone();
    proposal.deleted_at = None;
    Ok(changed(
        current,
        proposal,
        EventKind::ProposalChanged,
        rules,
    ))
}

/// A day on which something happened: not in the future, and not before another.
fn check_past(
    field: &str,
    day: NaiveDate,
    not_before: Option<NaiveDate>,
    today: NaiveDate,
    errors: &mut Vec<FieldError>,
) {
    let message = if day > today {
        "must not lie after today"
    } else if not_before.is_some_and(|first| day < first) {
        "must not lie before the day on which it was sent"
    } else if let Err(message) = crate::time::check_day(day) {
        message
    } else {
        return;
    };
    errors.push(FieldError::new(field, FieldCode::OutOfRange, message));
}

fn passed(field: &str) -> FieldError {
    FieldError::new(field, FieldCode::OutOfRange, "has passed")
}

/// Wraps up a change of an existing version.
fn changed(
    current: &Proposal,
    mut proposal: Proposal,
    kind: EventKind,
    rules: ProposalRules<'_>,
) -> ProposalDecision {
    let mut changes = history::changes(Some(current), &proposal);
    changes.extend(status_change(Some(current), &proposal));
    proposal.version += 1;
    proposal.updated_at = rules.now;
    proposal.updated_by = Some(rules.actor.user_id.clone());
    ProposalDecision {
        entries: vec![entry(kind, changes, rules)],
        proposal,
        visa: None,
        supersedes: false,
    }
}

fn entry(kind: EventKind, changes: Vec<FieldChange>, rules: ProposalRules<'_>) -> DecidedEntry {
    DecidedEntry {
        at: rules.now,
        kind,
        changes,
        reason: None,
    }
}

/// Words that the history keeps beside the change.
fn note(decision: &mut ProposalDecision, words: Option<String>) {
    for entry in &mut decision.entries {
        entry.reason.clone_from(&words);
    }
}

/// The version that another one replaced with the customer.
#[must_use]
pub fn superseded(current: &Proposal, rules: ProposalRules<'_>) -> ProposalDecision {
    let mut proposal = current.clone();
    proposal.status = ProposalStatus::Superseded;
    changed(current, proposal, EventKind::ProposalChanged, rules)
}

fn reference(id: Option<&str>, name: Option<&str>) -> Option<Ref> {
    id.zip(name).map(|(id, name)| Ref {
        id: id.to_owned(),
        name: name.to_owned(),
    })
}
