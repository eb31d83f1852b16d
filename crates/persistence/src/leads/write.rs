//! The only way to change a lead.

use diesel::prelude::*;
use etalon_domain::deal::Place;
use etalon_domain::error::{ErrorCode, FieldError};
use etalon_domain::id::{DealId, LeadId};
use etalon_domain::lead::{
    AuthorityInput, BantChange, Lead, LeadCommand, LeadDecision, LeadDraft, LeadReferences,
    LeadRules, decide,
};
use etalon_domain::policy::{Access, lead_access};

use super::load;
use super::row::Values;
use crate::connection::Tx;
use crate::context::{Context, new_id};
use crate::deals::references;
use crate::error::Result;
use crate::record::refuse_invalid;
use crate::schema::leads;
use crate::timeline::{self, Entity, Entry};
use crate::zone::{day_at, zone};

/// Carries out a command on a lead: the only function that writes one. What it refuses may have
/// written already, so the caller's transaction must then be rolled back.
///
/// # Errors
/// What [`decide`] refuses, `stale_version`, or that the database failed.
pub fn execute(
    tx: &mut Tx<'_>,
    context: &Context,
    id: Option<&LeadId>,
    expected_version: Option<i64>,
    command: &LeadCommand,
) -> Result<Lead> {
    let current = match id {
        Some(id) => load(tx, id)?,
        None => None,
    };
    if let Some(lead) = &current {
        let visible = lead_access(&context.actor, lead) != Access::None;
        if visible && expected_version.is_some_and(|version| version != lead.version) {
            return Err(ErrorCode::StaleVersion.into());
        }
    }
    let references = match command {
        LeadCommand::Create { draft, .. } | LeadCommand::Edit(draft) => {
            named(tx, context, current.as_ref(), draft)?
        }
        _ => LeadReferences::default(),
    };
    if let LeadCommand::Answer(BantChange::Authority(answer)) = command {
        check_contacts(tx, answer)?;
    }
    let (new_lead, new_deal) = (LeadId::new(new_id()), DealId::new(new_id()));
    let rules = rules(context, &new_lead, &new_deal);
    let decision = decide(current.as_ref(), command, &references, rules)?;
    if decision.entries.is_empty() {
        return Ok(decision.lead);
    }
    store(tx, context, current.as_ref(), decision)
}

/// Refuses an answer that names contacts which are not there.
fn check_contacts(tx: &mut Tx<'_>, answer: &AuthorityInput) -> Result<()> {
    let mut errors = Vec::new();
    for (at, person) in answer.value.iter().flatten().enumerate() {
        if let Some(id) = &person.contact_id
            && references::contact(tx, id.as_str())?.is_none()
        {
            errors.push(FieldError::unknown(&format!("value.{at}.contact_id")));
        }
    }
    refuse_invalid(errors)
}

/// What a decision about a lead depends on besides the lead.
pub(super) fn rules<'a>(
    context: &'a Context,
    new_lead: &'a LeadId,
    new_deal: &'a DealId,
) -> LeadRules<'a> {
    LeadRules {
        actor: &context.actor,
        now: context.now,
        today: day_at(context.now, zone(&context.actor.time_zone)),
        new_id: new_lead,
        deal_id: new_deal,
    }
}

fn store(
    tx: &mut Tx<'_>,
    context: &Context,
    current: Option<&Lead>,
    decision: LeadDecision,
) -> Result<Lead> {
    let LeadDecision { lead, entries } = decision;
    let values = Values::of(&lead)?;
    match current {
        None => {
            diesel::insert_into(leads::table)
                .values(&values)
                .execute(tx.conn)?;
        }
        Some(before) => {
            let row = leads::table
                .filter(leads::id.eq(before.id.as_str()))
                .filter(leads::version.eq(before.version));
            if diesel::update(row).set(&values).execute(tx.conn)? == 0 {
                return Err(ErrorCode::StaleVersion.into());
            }
        }
    }
    for entry in &entries {
        let entry = Entry {
            at: entry.at,
            kind: entry.kind,
            changes: &entry.changes,
            reason: entry.reason.as_deref(),
        };
        timeline::append(tx.conn, context, Entity::Lead, lead.id.as_str(), &entry)?;
    }
    Ok(lead)
}

/// Looks up the records that a form names. What an edit leaves as it is is not looked up again.
fn named(
    tx: &mut Tx<'_>,
    context: &Context,
    current: Option<&Lead>,
    draft: &LeadDraft,
) -> Result<LeadReferences> {
    let mut found = LeadReferences::default();
    let owner = (draft.owner_id.as_ref())
        .or(current.map(|lead| &lead.owner_id))
        .unwrap_or(&context.actor.user_id);
    found.owner = match current {
        Some(lead) if lead.owner_id == *owner && lead.department_id.is_some() => Some(Place {
            user_id: lead.owner_id.clone(),
            name: lead.owner_name.clone(),
            department: None,
            active: true,
        }),
        _ => references::owner(tx, owner)?,
    };
    if let Some(id) = &draft.department_id
        && current.is_none_or(|lead| lead.department_id.as_ref() != Some(id))
    {
        found.department = references::department(tx, id.as_str())?;
    }
    if let Some(id) = &draft.account_id
        && current.is_none_or(|lead| lead.account_id.as_ref() != Some(id))
    {
        found.account = references::account(tx, id.as_str())?;
    }
    if let Some(id) = &draft.contact_id
        && current.is_none_or(|lead| lead.contact_id.as_ref() != Some(id))
    {
        found.contact = references::contact(tx, id.as_str())?;
    }
    Ok(found)
}
