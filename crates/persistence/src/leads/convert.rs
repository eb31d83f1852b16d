//! From a lead to a deal.

use diesel::prelude::*;
use etalon_domain::account::AccountDraft;
use etalon_domain::contact::ContactDraft;
use etalon_domain::deal::{Deal, DealCommand};
use etalon_domain::error::{Error as DomainError, ErrorCode, FieldError};
use etalon_domain::id::{ContactId, DealId, LeadId, Ref};
use etalon_domain::lead::{ConvertLead, Converted, Lead, LeadCommand, deal_of};
use etalon_domain::notification::NotificationKind;
use etalon_domain::policy::{Access, lead_access};
use etalon_domain::record::RecordCommand;
use etalon_domain::text::normalize_name;

use super::load;
use super::news::tell_owner;
use super::write::{execute, rules};
use crate::connection::Tx;
use crate::context::{Context, new_id};
use crate::deals::parts::key_contacts;
use crate::deals::references;
use crate::error::Result;
use crate::schema::contacts;
use crate::{accounts as account_base, activities, contacts as contact_base, deals};

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
    let created = deals::execute(tx, context, None, None, &DealCommand::Convert(draft))?.deal;
    activities::follow_lead(tx, context, id, &created.id)?;
    enter_deciders(
        tx,
        context,
        &lead,
        &created.id,
        (account.as_ref(), contact.as_ref()),
    )?;
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
    // Whoever does it knows.
    if lead.owner_id != context.actor.user_id {
        tell_owner(tx, &lead, NotificationKind::LeadConverted, context.now)?;
    }
    Ok((lead, deal))
}

/// Enters the people who decide as key contacts of the deal: those that are known, and those that the
/// lead only names. These are the deal's main contact when they have the same name, else they become
/// contacts of the account unless it has one of that name.
fn enter_deciders(
    tx: &mut Tx<'_>,
    context: &Context,
    lead: &Lead,
    deal: &DealId,
    (account, main): (Option<&Ref>, Option<&Ref>),
) -> Result<()> {
    for person in lead.bant.authority.value.iter().flatten() {
        let name = normalize_name(&person.name);
        let same = main.filter(|main| normalize_name(&main.name) == name);
        let contact = match (&person.contact_id, same) {
            (Some(id), _) => id.clone(),
            (None, Some(main)) => ContactId::new(main.id.clone()),
            (None, None) => named_contact(tx, context, lead, &person.name, account)?,
        };
        key_contacts::include(tx, context, deal, &contact, person.role)?;
    }
    Ok(())
}

fn named_contact(
    tx: &mut Tx<'_>,
    context: &Context,
    lead: &Lead,
    name: &str,
    account: Option<&Ref>,
) -> Result<ContactId> {
    let named = contacts::table
        .filter(contacts::deleted_at.is_null())
        .filter(contacts::name_key.eq(normalize_name(name)))
        .order(contacts::id)
        .select(contacts::id)
        .into_boxed();
    let named = match account {
        Some(account) => named.filter(contacts::account_id.eq(&account.id)),
        None => named.filter(contacts::account_id.is_null()),
    };
    let known: Option<String> = named.first(tx.conn).optional()?;
    if let Some(id) = known {
        return Ok(ContactId::new(id));
    }
    let command = RecordCommand::create(ContactDraft {
        name: name.to_owned(),
        account_id: account.map(|account| account.id.clone().into()),
        owner_id: Some(lead.owner_id.clone()),
        ..ContactDraft::default()
    });
    Ok(contact_base::execute(tx, context, None, None, &command)?.id)
}

fn unknown(field: &str) -> DomainError {
    DomainError::Invalid(vec![FieldError::unknown(field)])
}

fn new_account(tx: &mut Tx<'_>, context: &Context, lead: &Lead) -> Result<Option<Ref>> {
    let Some(name) = &lead.company_name else {
        return Ok(None);
    };
    let command = RecordCommand::create(AccountDraft {
        tax_number: lead.tax_number.clone(),
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
