//! Deals with their past.

use std::collections::HashMap;

use etalon_domain::deal::{Deal, DealDraft, Need};
use etalon_domain::id::{AccountId, ContactId, DealId, ProductId};
use etalon_domain::import::{ImportFile, ImportKind, ImportProblem, ProblemCode};
use etalon_domain::policy::{Access, deal_access};
use etalon_domain::text::normalize_name;
use etalon_domain::user::Language;
use etalon_import::problems::Place;
use etalon_import::rows::Row;
use etalon_import::{DealRow, Mention, Table};

use super::deal_changes::{create, update};
use super::step::{Step, Taken, is_imagined};
use super::{Run, batch, words};
use crate::error::Result;
use crate::imports::links::{fingerprint, id_key};

const KIND: ImportKind = ImportKind::Deals;
/// Longest title, in characters.
const TITLE: usize = 200;

/// Takes the deals of a file.
pub(super) fn import(
    run: &mut Run<'_>,
    file: &ImportFile,
    table: &Table,
) -> Result<Vec<ImportProblem>> {
    let parsed = etalon_import::deals(table, &file.columns, &run.settings);
    let keys = keys(&parsed.rows)?;
    batch::rows(run, file, parsed, |step, row| {
        let key = keys.get(&row.number()).cloned().unwrap_or_default();
        deal(step, row, key)
    })
}

/// What makes a row the same deal in another run: its identifier, else what does not change in a
/// deal's life, counted when several rows share it.
fn keys(rows: &[DealRow]) -> Result<HashMap<u32, String>> {
    let mut seen: HashMap<String, u32> = HashMap::new();
    let mut keys = HashMap::with_capacity(rows.len());
    for row in rows {
        let key = match &row.external_id {
            Some(id) => id_key(id),
            None => {
                let text = |m: &Option<Mention>| m.as_ref().map(|m| normalize_name(m.text()));
                let base = fingerprint(&(
                    row.title.as_deref().map(normalize_name),
                    text(&row.account),
                    text(&row.contact),
                    text(&row.product),
                    row.began_at(),
                ))?;
                let count = seen.entry(base.clone()).or_default();
                *count += 1;
                format!("~{base}.{count}")
            }
        };
        keys.insert(row.row, key);
    }
    Ok(keys)
}

fn deal(step: &mut Step<'_, '_, '_>, row: &DealRow, key: String) -> Result<Taken> {
    let account = match &row.account {
        Some(mention) => step.account(mention)?,
        None => None,
    };
    let contact = match &row.contact {
        Some(mention) => step.contact(mention, account.as_deref())?,
        None => None,
    };
    let product = match &row.product {
        Some(mention) => step.product(mention)?,
        None => None,
    };
    let Some(owner) = step.owner(row.owner.as_ref())? else {
        return Ok(Taken::Failed);
    };
    let title = row.title.clone().unwrap_or_else(|| {
        let directory = &step.run.directory;
        let account = account.as_deref().and_then(|id| directory.account_name(id));
        let product = product.as_deref().and_then(|id| directory.product_name(id));
        let zone = step.run.settings.zone;
        let began = row.began_at().map(|at| zone.day(at).to_string());
        let mark = began.or_else(|| row.external_id.clone());
        title_of(account, product, mark.as_deref(), step.run.language)
    });
    let draft = DealDraft {
        title,
        account_id: account.map(AccountId::new),
        contact_id: contact.map(ContactId::new),
        owner_id: Some(owner),
        product_id: product.map(ProductId::new),
        deal_type: row.deal_type,
        category: row.category,
        source: row.source.clone(),
        budget: row.budget,
        amount: row.amount,
        probability: row.probability,
        expected_close_on: row.expected_close_on,
        need: row.need.clone().map(|text| Need { kind: None, text }),
        decision_on: row.decision_on,
        ..DealDraft::default()
    };
    let print = fingerprint(&(
        // A title that is made of names follows them.
        DealDraft {
            title: row.title.clone().unwrap_or_default(),
            ..draft.clone()
        },
        (&row.stage, row.created_at, row.engaged_at),
        (row.closed_at, &row.close_reason),
    ))?;
    let Some((id, same)) = step.link(KIND, &key, &print) else {
        let id = create(step, row, draft)?;
        step.remember(KIND, key, &id, print);
        return Ok(Taken::Created);
    };
    if same || is_imagined(&id) {
        return Ok(Taken::Unchanged);
    }
    let Some(current) = current(step, &id)? else {
        return Ok(Taken::Failed);
    };
    if current.deleted_at.is_some() {
        let message = "is in the bin and is left there";
        step.problems
            .warning(ProblemCode::InBin, Place::row(step.row), message);
        return Ok(Taken::Unchanged);
    }
    let taken = update(step, row, &current, draft)?;
    if taken != Taken::Failed {
        step.remember(KIND, key, &id, print);
    }
    Ok(taken)
}

/// The deal that an earlier import made of the row; `None`, with an error, when the importing person
/// may not change it.
fn current(step: &mut Step<'_, '_, '_>, id: &str) -> Result<Option<Deal>> {
    let context = &step.run.context;
    let found = crate::deals::load(step.tx, &context.actor, &DealId::new(id), context.now)?;
    let writable = found.filter(|deal| deal_access(&context.actor, deal) == Access::Write);
    if writable.is_none() {
        let message = "is a deal that you may not change any more";
        step.problems
            .error(ProblemCode::NotAllowed, Place::row(step.row), message);
    }
    Ok(writable)
}

/// The title of a deal without one: account and product. Without an account a mark tells it apart: the
/// day on which it began, or its identifier.
fn title_of(
    account: Option<&str>,
    product: Option<&str>,
    mark: Option<&str>,
    language: Language,
) -> String {
    let parts = match (account, product) {
        (Some(_), _) => [account, product],
        (None, Some(_)) => [product, mark],
        (None, None) => [Some(words::deal(language)), mark],
    };
    let parts: Vec<&str> = parts.into_iter().flatten().collect();
    parts.join(" – ").chars().take(TITLE).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_made_of_account_and_product_or_say_nothing_in_another_language() {
        let day = Some("2025-01-10");
        let title = |account, product, mark| title_of(account, product, mark, Language::Ru);
        assert_eq!(title(Some("Luna"), Some("AX 1"), day), "Luna – AX 1");
        assert_eq!(title(Some("Luna"), None, day), "Luna");
        assert_eq!(title(None, Some("AX 1"), day), "AX 1 – 2025-01-10");
        assert_eq!(title(None, Some("AX 1"), None), "AX 1");
        assert_eq!(title(None, None, Some("17")), "Сделка – 17");
        assert_eq!(title_of(None, None, None, Language::En), "Deal");
        let long = "й".repeat(300);
        assert_eq!(title(Some(&long), None, None).chars().count(), 200);
    }
}
