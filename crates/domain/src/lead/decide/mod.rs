mod fields;
mod history;
mod state;

use super::{ConvertLead, Lead, LeadCommand, LeadDecision, LeadReferences, LeadRules, LeadStatus};
use crate::deal::DealDraft;
use crate::error::{Error, ErrorCode, validate};
use crate::event::EventKind;
use crate::policy::{may_override, require_lead_write};
use crate::text::non_empty;
use fields::{create, edit};
use state::{answer, convert, disqualified, marked, reopened, returned, set_aside};

/// Decides what a command does to a lead, or why it is refused: permission first, then state, then
/// fields.
///
/// # Errors
/// `not_found`, `forbidden`, `lead_already_converted` and other conflicts with the state, or the
/// invalid fields.
pub fn decide(
    current: Option<&Lead>,
    command: &LeadCommand,
    references: &LeadReferences,
    rules: LeadRules<'_>,
) -> Result<LeadDecision, Error> {
    if let LeadCommand::Create { draft, origin } = command {
        return create(draft, origin.as_ref(), references, rules);
    }
    let lead = current.ok_or(ErrorCode::NotFound)?;
    require_lead_write(rules.actor, lead)?;
    match command {
        LeadCommand::Restore if lead.deleted_at.is_none() => Err(ErrorCode::NotDeleted.into()),
        LeadCommand::Restore => Ok(marked(lead, EventKind::Restored, rules)),
        _ if lead.deleted_at.is_some() => Err(ErrorCode::NotFound.into()),
        LeadCommand::Create { .. } => Err(ErrorCode::Internal.into()),
        LeadCommand::Delete => Ok(marked(lead, EventKind::Deleted, rules)),
        _ if lead.status == LeadStatus::Qualified => Err(ErrorCode::LeadAlreadyConverted.into()),
        LeadCommand::Edit(draft) => edit(lead, draft, references, rules),
        LeadCommand::Answer(change) => answer(lead, change, rules),
        LeadCommand::Nurture(nurture) => set_aside(lead, nurture, rules),
        LeadCommand::Disqualify(disqualify) => disqualified(lead, disqualify, rules),
        LeadCommand::Reopen(reopen) => reopened(lead, reopen, rules),
        LeadCommand::Return { owner } => Ok(returned(lead, owner.as_ref(), rules)),
        LeadCommand::Convert(converted) => convert(lead, converted, rules),
    }
}

/// The form of the deal that a lead becomes: what is known of budget, need and timing comes along.
///
/// # Errors
/// As [`decide`] of a conversion: who may not, the state, `bant_incomplete`, or invalid fields.
pub fn deal_of(
    lead: &Lead,
    how: &ConvertLead,
    rules: LeadRules<'_>,
) -> Result<(DealDraft, ConvertLead), Error> {
    require_lead_write(rules.actor, lead)?;
    if lead.deleted_at.is_some() {
        return Err(ErrorCode::NotFound.into());
    }
    if lead.status == LeadStatus::Qualified {
        return Err(ErrorCode::LeadAlreadyConverted.into());
    }
    require_open(lead)?;
    let how = ConvertLead {
        title: non_empty(how.title.clone()),
        override_reason: non_empty(how.override_reason.clone()),
        ..how.clone()
    };
    let errors = validate(&how);
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    if !lead.bant.unknown().is_empty() {
        if how.override_reason.is_none() {
            return Err(ErrorCode::BantIncomplete.into());
        }
        if !may_override(rules.actor, lead.department_id.as_ref()) {
            return Err(ErrorCode::Forbidden.into());
        }
    }
    let bant = &lead.bant;
    let draft = DealDraft {
        title: how.title.clone().unwrap_or_else(|| lead.title.clone()),
        account_id: how.account_id.clone().or_else(|| lead.account_id.clone()),
        contact_id: how.contact_id.clone().or_else(|| lead.contact_id.clone()),
        owner_id: Some(lead.owner_id.clone()),
        department_id: lead.department_id.clone(),
        source: lead.source.clone(),
        amount: how.amount,
        expected_close_on: how.expected_close_on,
        budget: bant.budget.value,
        need: bant.need.value.clone(),
        decision_on: bant.timing.value,
        ..DealDraft::default()
    };
    Ok((draft, how))
}

fn require_open(lead: &Lead) -> Result<(), Error> {
    match lead.status {
        LeadStatus::New | LeadStatus::Qualifying | LeadStatus::Nurturing => Ok(()),
        LeadStatus::Qualified => Err(ErrorCode::LeadAlreadyConverted.into()),
        LeadStatus::Disqualified => Err(ErrorCode::LeadClosed.into()),
    }
}
