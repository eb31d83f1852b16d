//! Where a lead stands: its answers, set aside, out, back, converted.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::history::{changed, entry, field, state_changed, state_changes, touch, unchanged};
use super::{deal_of, require_open};
use crate::error::{Error, ErrorCode, FieldCode, FieldError, validate};
use crate::event::EventKind;
use crate::id::{DealId, Ref, UserId};
use crate::lead::{
    Bant, BantChange, Converted, DisqualifyLead, Lead, LeadDecision, LeadRules, LeadStatus,
    NurtureLead, ReopenLead,
};
use crate::text::non_empty;

/// An answer also begins the work on a new lead.
pub(super) fn answer(
    current: &Lead,
    change: &BantChange,
    rules: LeadRules<'_>,
) -> Result<LeadDecision, Error> {
    require_open(current)?;
    let by = Ref {
        id: rules.actor.user_id.as_str().to_owned(),
        name: rules.actor.name.clone(),
    };
    let mut lead = current.clone();
    lead.bant = change.apply(&current.bant, &by, rules.now)?;
    let item = change.item().as_str();
    let (from, to) = (said(&current.bant, item), said(&lead.bant, item));
    if from == to {
        return Ok(unchanged(current));
    }
    if lead.status == LeadStatus::New {
        lead.status = LeadStatus::Qualifying;
    }
    let mut changes = vec![field(item, from, to)];
    changes.extend(state_changes(current, &lead));
    Ok(changed(
        current,
        lead,
        EventKind::Updated,
        changes,
        None,
        rules,
    ))
}

/// State and value of an answer, without who and when.
fn said(bant: &Bant, item: &str) -> Value {
    let answer = json!(bant)[item].clone();
    match answer["state"].as_str() {
        Some("unknown") | None => Value::Null,
        Some(state) => json!({"state": state, "value": answer["value"]}),
    }
}

pub(super) fn set_aside(
    current: &Lead,
    nurture: &NurtureLead,
    rules: LeadRules<'_>,
) -> Result<LeadDecision, Error> {
    require_open(current)?;
    let mut errors = validate(nurture);
    if nurture.until <= rules.today {
        let message = "must lie after today";
        errors.push(FieldError::new("until", FieldCode::OutOfRange, message));
    }
    if let Err(message) = crate::time::check_day(nurture.until) {
        errors.push(FieldError::new("until", FieldCode::OutOfRange, message));
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let mut lead = current.clone();
    lead.status = LeadStatus::Nurturing;
    lead.nurture_until = Some(nurture.until);
    let reason = non_empty(nurture.reason.clone());
    Ok(state_changed(
        current,
        lead,
        EventKind::Updated,
        reason,
        rules,
    ))
}

pub(super) fn disqualified(
    current: &Lead,
    disqualify: &DisqualifyLead,
    rules: LeadRules<'_>,
) -> Result<LeadDecision, Error> {
    require_open(current)?;
    let errors = validate(disqualify);
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let mut lead = current.clone();
    lead.status = LeadStatus::Disqualified;
    lead.disqualify_reason = Some(disqualify.reason);
    lead.disqualify_note = non_empty(disqualify.note.clone());
    lead.nurture_until = None;
    lead.closed_at = Some(rules.now);
    let reason = lead.disqualify_note.clone();
    Ok(state_changed(
        current,
        lead,
        EventKind::Closed,
        reason,
        rules,
    ))
}

pub(super) fn reopened(
    current: &Lead,
    reopen: &ReopenLead,
    rules: LeadRules<'_>,
) -> Result<LeadDecision, Error> {
    if current.status.is_open() {
        return Err(ErrorCode::LeadOpen.into());
    }
    let errors = validate(reopen);
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let lead = worked_on(current);
    let reason = non_empty(reopen.reason.clone());
    Ok(state_changed(
        current,
        lead,
        EventKind::Reopened,
        reason,
        rules,
    ))
}

/// Comes back when its day has come, to its owner or to whoever takes it over; nothing happens to any other
/// lead.
pub(super) fn returned(current: &Lead, to: Option<&Ref>, rules: LeadRules<'_>) -> LeadDecision {
    let is_due = |until: NaiveDate| until <= rules.today;
    if current.status != LeadStatus::Nurturing || !current.nurture_until.is_some_and(is_due) {
        return unchanged(current);
    }
    let mut lead = worked_on(current);
    let mut changes = state_changes(current, &lead);
    if let Some(person) = to {
        let from = json!({"id": lead.owner_id, "name": lead.owner_name});
        lead.owner_id = UserId::new(person.id.as_str());
        lead.owner_name.clone_from(&person.name);
        changes.push(field("owner_id", from, json!(person)));
    }
    changed(current, lead, EventKind::Reopened, changes, None, rules)
}

fn worked_on(current: &Lead) -> Lead {
    let mut lead = current.clone();
    lead.status = LeadStatus::Qualifying;
    lead.nurture_until = None;
    lead.disqualify_reason = None;
    lead.disqualify_note = None;
    lead.closed_at = None;
    lead
}

pub(super) fn convert(
    current: &Lead,
    converted: &Converted,
    rules: LeadRules<'_>,
) -> Result<LeadDecision, Error> {
    let (_, how) = deal_of(current, &converted.how, rules)?;
    let mut lead = current.clone();
    lead.status = LeadStatus::Qualified;
    lead.nurture_until = None;
    lead.deal_id = Some(DealId::new(converted.deal.id.clone()));
    lead.deal_number = Some(converted.number.clone());
    if let Some(account) = &converted.account {
        lead.account_id = Some(account.id.clone().into());
        lead.account_name = Some(account.name.clone());
    }
    if let Some(contact) = &converted.contact {
        lead.contact_id = Some(contact.id.clone().into());
        lead.contact_name = Some(contact.name.clone());
    }
    lead.override_reason = (how.override_reason).filter(|_| !current.bant.unknown().is_empty());
    lead.closed_at = Some(rules.now);
    let reason = lead.override_reason.clone();
    let mut decision = state_changed(current, lead, EventKind::Closed, reason, rules);
    let deal = json!({"id": converted.deal.id, "name": converted.number});
    for entry in &mut decision.entries {
        entry
            .changes
            .push(field("deal_id", Value::Null, deal.clone()));
    }
    Ok(decision)
}

pub(super) fn marked(current: &Lead, kind: EventKind, rules: LeadRules<'_>) -> LeadDecision {
    let mut lead = current.clone();
    lead.deleted_at = (kind == EventKind::Deleted).then_some(rules.now);
    touch(&mut lead, rules);
    LeadDecision {
        lead,
        entries: vec![entry(kind, Vec::new(), None, rules)],
    }
}
