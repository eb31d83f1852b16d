//! From a lead to a deal.

use std::collections::BTreeMap;

use diesel::prelude::*;
use etalon_domain::account::AccountDraft;
use etalon_domain::contact::ContactDraft;
use etalon_domain::deal::{Deal, DealCommand};
use etalon_domain::error::{Error as DomainError, ErrorCode, FieldError};
use etalon_domain::id::{DealId, LeadId, Ref};
use etalon_domain::lead::{
    ConvertLead, Converted, Lead, LeadCommand, LeadDuplicates, LeadMatch, MatchReason,
    company_domain, deal_of,
};
use etalon_domain::policy::{Access, Actor, lead_access};
use etalon_domain::record::RecordCommand;
use etalon_domain::text::normalize_name;

use super::write::{execute, rules};
use super::{get, load};
use crate::connection::Tx;
use crate::context::{Context, new_id};
use crate::deals::references;
use crate::error::Result;
use crate::schema::{accounts, contacts};
use crate::{accounts as account_base, activities, contacts as contact_base, deals};

/// How many resembling records of each kind are offered.
const OFFERED: i64 = 10;

/// Makes a deal of a lead: with the account and contact that are chosen, known, or made of what the
/// lead says, and with what is known of budget, need and timing. All of it, or nothing: the caller's
/// transaction must be rolled back on an error.
///
/// # Errors
/// `not_found`, `forbidden`, `stale_version`, `bant_incomplete`, `lead_already_converted`, invalid
/// fields, or that the database failed.
pub fn convert(
    tx: &mut Tx<'_>,
    context: &Context,
    id: &LeadId,
    expected_version: Option<i64>,
    how: &ConvertLead,
) -> Result<(Lead, Deal)> {
    let lead = load(tx, id)?.ok_or(ErrorCode::NotFound)?;
    let visible = lead_access(&context.actor, &lead) != Access::None;
    if visible && expected_version.is_some_and(|version| version != lead.version) {
        return Err(ErrorCode::StaleVersion.into());
    }
    let (new_lead, new_deal) = (LeadId::new(new_id()), DealId::new(new_id()));
    let (mut draft, how) = deal_of(&lead, how, rules(context, &new_lead, &new_deal))?;
    let account = match &draft.account_id {
        Some(id) => {
            Some(references::account(tx, id.as_str())?.ok_or_else(|| unknown("account_id"))?)
        }
        None => new_account(tx, context, &lead)?,
    };
    draft.account_id = account.as_ref().map(|account| account.id.clone().into());
    let contact = match &draft.contact_id {
        Some(id) => {
            Some(references::contact(tx, id.as_str())?.ok_or_else(|| unknown("contact_id"))?)
        }
        None => new_contact(tx, context, &lead, account.as_ref())?,
    };
    draft.contact_id = contact.as_ref().map(|contact| contact.id.clone().into());
    let created = deals::execute(tx, context, None, None, &DealCommand::Create(draft))?.deal;
    activities::follow_lead(tx, context, id, &created.id)?;
    // The number is the database's to give.
    let deal = deals::get(tx, &context.actor, &created.id, context.now)?;
    let converted = Converted {
        how,
        deal: Ref {
            id: deal.id.as_str().to_owned(),
            name: deal.title.clone(),
        },
        number: deal.number.clone(),
        account,
        contact,
    };
    let command = LeadCommand::Convert(Box::new(converted));
    let lead = execute(tx, context, Some(id), Some(lead.version), &command)?;
    Ok((lead, deal))
}

fn unknown(field: &str) -> DomainError {
    DomainError::Invalid(vec![FieldError::unknown(field)])
}

fn new_account(tx: &mut Tx<'_>, context: &Context, lead: &Lead) -> Result<Option<Ref>> {
    let Some(name) = &lead.company_name else {
        return Ok(None);
    };
    let command = RecordCommand::create(AccountDraft {
        owner_id: Some(lead.owner_id.clone()),
        ..AccountDraft::named(name.clone())
    });
    let account = account_base::execute(tx, context, None, None, &command)?;
    Ok(Some(Ref {
        id: account.id.into_string(),
        name: account.name,
    }))
}

fn new_contact(
    tx: &mut Tx<'_>,
    context: &Context,
    lead: &Lead,
    account: Option<&Ref>,
) -> Result<Option<Ref>> {
    let Some(name) = &lead.person_name else {
        return Ok(None);
    };
    let command = RecordCommand::create(ContactDraft {
        name: name.clone(),
        account_id: account.map(|account| account.id.clone().into()),
        email: lead.email.clone(),
        phone: lead.phone.clone(),
        owner_id: Some(lead.owner_id.clone()),
        ..ContactDraft::default()
    });
    let contact = contact_base::execute(tx, context, None, None, &command)?;
    Ok(Some(Ref {
        id: contact.id.into_string(),
        name: contact.name,
    }))
}

/// The accounts and contacts that a lead may be about, to be offered before new ones are made.
///
/// # Errors
/// `not_found`, or that the database cannot be read.
pub fn duplicates(tx: &mut Tx<'_>, actor: &Actor, id: &LeadId) -> Result<LeadDuplicates> {
    let lead = get(tx, actor, id)?;
    Ok(LeadDuplicates {
        accounts: companies_like(tx, &lead)?,
        contacts: people_like(tx, &lead)?,
    })
}

type Found = (String, String, Option<String>);

/// Gathers what was found by each reason, the most reasons first.
fn gathered(found: Vec<(MatchReason, Vec<Found>)>) -> Vec<LeadMatch> {
    let mut matches: BTreeMap<String, LeadMatch> = BTreeMap::new();
    for (reason, rows) in found {
        for (id, name, account_name) in rows {
            let entry = matches.entry(id.clone()).or_insert_with(|| LeadMatch {
                id,
                name,
                account_name,
                by: Vec::new(),
            });
            if !entry.by.contains(&reason) {
                entry.by.push(reason);
            }
        }
    }
    let mut matches: Vec<_> = matches.into_values().collect();
    matches.sort_by(|a, b| (b.by.len().cmp(&a.by.len())).then_with(|| a.name.cmp(&b.name)));
    matches
}

fn companies_like(tx: &mut Tx<'_>, lead: &Lead) -> Result<Vec<LeadMatch>> {
    let mut found = Vec::new();
    let columns = (
        accounts::id,
        accounts::name,
        diesel::dsl::sql::<diesel::sql_types::Nullable<diesel::sql_types::Text>>("NULL"),
    );
    let base = || {
        accounts::table
            .filter(accounts::deleted_at.is_null())
            .order(accounts::id)
            .limit(OFFERED)
    };
    if let Some(name) = &lead.company_name {
        let rows = base()
            .filter(accounts::name_key.eq(normalize_name(name)))
            .select(columns.clone())
            .load(tx.conn)?;
        found.push((MatchReason::Name, rows));
    }
    if let Some(phone) = &lead.phone {
        let rows = base()
            .filter(accounts::phone.eq(phone))
            .select(columns.clone())
            .load(tx.conn)?;
        found.push((MatchReason::Phone, rows));
    }
    if let Some(domain) = lead.email.as_deref().and_then(company_domain) {
        let at = format!("%@{domain}");
        let own = base()
            .filter(accounts::email.like(at.clone()))
            .select(columns.clone())
            .load(tx.conn)?;
        let of_people = base()
            .inner_join(contacts::table.on(contacts::account_id.eq(accounts::id.nullable())))
            .filter(contacts::deleted_at.is_null())
            .filter(contacts::email.like(at))
            .select(columns)
            .load(tx.conn)?;
        found.push((MatchReason::EmailDomain, own));
        found.push((MatchReason::EmailDomain, of_people));
    }
    Ok(gathered(found))
}

fn people_like(tx: &mut Tx<'_>, lead: &Lead) -> Result<Vec<LeadMatch>> {
    let mut found = Vec::new();
    let columns = (contacts::id, contacts::name, accounts::name.nullable());
    let base = || {
        contacts::table
            .left_join(accounts::table.on(accounts::id.nullable().eq(contacts::account_id)))
            .filter(contacts::deleted_at.is_null())
            .order(contacts::id)
            .limit(OFFERED)
    };
    if let Some(name) = &lead.person_name {
        let rows = base()
            .filter(contacts::name_key.eq(normalize_name(name)))
            .select(columns)
            .load(tx.conn)?;
        found.push((MatchReason::Name, rows));
    }
    if let Some(email) = &lead.email {
        let rows = base()
            .filter(contacts::email.like(email.clone()))
            .select(columns)
            .load(tx.conn)?;
        found.push((MatchReason::Email, rows));
    }
    if let Some(phone) = &lead.phone {
        let rows = base()
            .filter(contacts::phone.eq(phone))
            .select(columns)
            .load(tx.conn)?;
        found.push((MatchReason::Phone, rows));
    }
    Ok(gathered(found))
}
