//! What a lead may be about.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};
use etalon_domain::id::LeadId;
use etalon_domain::lead::{Lead, LeadDuplicates, LeadMatch, MatchReason, company_domain};
use etalon_domain::policy::Actor;
use etalon_domain::text::{company_names, normalize_name, phone_key, tax_key};

use super::get;
use crate::connection::Tx;
use crate::error::Result;
use crate::portable::escaped;
use crate::schema::{accounts, contacts};

/// How many resembling records of each kind are offered.
const OFFERED: i64 = 10;

#[diesel::declare_sql_function]
extern "SQL" {
    fn lower(text: Nullable<Text>) -> Nullable<Text>;
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
            .filter(accounts::name_key.eq_any(company_names(name)))
            .select(columns.clone())
            .load(tx.conn)?;
        found.push((MatchReason::Name, rows));
    }
    if let Some(key) = lead.tax_number.as_deref().and_then(tax_key) {
        let rows = base()
            .filter(accounts::tax_key.eq(key))
            .select(columns.clone())
            .load(tx.conn)?;
        found.push((MatchReason::TaxNumber, rows));
    }
    if let Some(key) = lead.phone.as_deref().and_then(phone_key) {
        let rows = base()
            .filter(accounts::phone_key.eq(key))
            .select(columns.clone())
            .load(tx.conn)?;
        found.push((MatchReason::Phone, rows));
    }
    if let Some(domain) = lead.email.as_deref().and_then(company_domain) {
        let at = format!("%@{}", escaped(&domain));
        let own = base()
            .filter(lower(accounts::email).like(at.clone()).escape('\\'))
            .select(columns.clone())
            .load(tx.conn)?;
        let of_people = base()
            .inner_join(contacts::table.on(contacts::account_id.eq(accounts::id.nullable())))
            .filter(contacts::deleted_at.is_null())
            .filter(lower(contacts::email).like(at).escape('\\'))
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
            .filter(lower(contacts::email).eq(email.to_lowercase()))
            .select(columns)
            .load(tx.conn)?;
        found.push((MatchReason::Email, rows));
    }
    if let Some(key) = lead.phone.as_deref().and_then(phone_key) {
        let rows = base()
            .filter(contacts::phone_key.eq(key))
            .select(columns)
            .load(tx.conn)?;
        found.push((MatchReason::Phone, rows));
    }
    Ok(gathered(found))
}
