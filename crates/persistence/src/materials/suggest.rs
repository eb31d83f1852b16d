//! Which materials fit a deal.

use std::collections::BTreeMap;

use diesel::prelude::*;
use etalon_domain::deal::Deal;
use etalon_domain::id::MaterialId;
use etalon_domain::material::{MaterialStatus, MaterialSuggestion, SuggestionReason};
use etalon_domain::policy::Actor;
use etalon_domain::text::fold;

use super::labels::{self, INDUSTRY, NEED, PRODUCT};
use super::row::{Row, deals, joined};
use crate::connection::Tx;
use crate::error::Result;
use crate::schema::{accounts, material_labels, materials, users};

/// How many materials are suggested.
const MANY: usize = 8;
/// How many of the most used materials are looked at besides those whose labels fit.
const MOST_USED: i64 = 20;

/// The published materials that fit a deal, best first: by its product, the customer's need and
/// branch of business, by what was shown in won deals, and by the reader's language.
///
/// # Errors
/// When the database cannot be read.
pub fn suggest(tx: &mut Tx<'_>, actor: &Actor, deal: &Deal) -> Result<Vec<MaterialSuggestion>> {
    let fitting = fitting(tx, deal)?;
    let language: Option<String> = users::table
        .filter(users::id.eq(actor.user_id.as_str()))
        .select(users::language)
        .first(tx.conn)
        .optional()?;
    let published = || {
        joined!()
            .filter(materials::status.eq(MaterialStatus::Published.as_str()))
            .filter(materials::deleted_at.is_null())
    };
    let mut rows: Vec<Row> = published()
        .filter(materials::id.eq_any(fitting.keys().cloned().collect::<Vec<_>>()))
        .load(tx.conn)?;
    let used: Vec<Row> = published()
        .order((deals().desc(), materials::id.desc()))
        .limit(MOST_USED)
        .load(tx.conn)?;
    for row in used {
        if !fitting.contains_key(&row.values.id) {
            rows.push(row);
        }
    }
    let mut suggestions = Vec::new();
    for material in labels::complete(tx, rows)? {
        let mut reasons = fitting
            .get(material.id.as_str())
            .cloned()
            .unwrap_or_default();
        if material.usage.won > 0 {
            reasons.push(SuggestionReason::Won);
        }
        if language.as_ref() == Some(&material.language) {
            reasons.push(SuggestionReason::Language);
        }
        // The language alone is no reason.
        if reasons
            .iter()
            .any(|reason| *reason != SuggestionReason::Language)
        {
            reasons.sort_by_key(|reason| -reason.weight());
            suggestions.push(MaterialSuggestion { material, reasons });
        }
    }
    suggestions.sort_by_key(|s| (-s.score(), -s.material.usage.won, s.material.id.clone()));
    suggestions.truncate(MANY);
    Ok(suggestions)
}

/// The materials with labels of the deal, by identifier, and which of them fit.
fn fitting(tx: &mut Tx<'_>, deal: &Deal) -> Result<BTreeMap<String, Vec<SuggestionReason>>> {
    let industry: Option<Option<String>> = match &deal.account_id {
        Some(id) => accounts::table
            .filter(accounts::id.eq(id.as_str()))
            .select(accounts::industry)
            .first(tx.conn)
            .optional()?,
        None => None,
    };
    let need = deal.need.as_ref().and_then(|need| need.kind.clone());
    let product = deal.product_id.as_ref().map(ToString::to_string);
    let mut found: BTreeMap<String, Vec<SuggestionReason>> = BTreeMap::new();
    for (kind, value, reason) in [
        (PRODUCT, product, SuggestionReason::Product),
        (NEED, need, SuggestionReason::Need),
        (INDUSTRY, industry.flatten(), SuggestionReason::Industry),
    ] {
        let Some(value) = value else {
            continue;
        };
        let with: Vec<String> = material_labels::table
            .filter(material_labels::kind.eq(kind))
            .filter(material_labels::value_key.eq(fold(&value)))
            .select(material_labels::material_id)
            .load(tx.conn)?;
        for id in with {
            found
                .entry(MaterialId::new(id).into_string())
                .or_default()
                .push(reason);
        }
    }
    Ok(found)
}
