//! The competitors in a deal.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use etalon_domain::competitor::{DealCompetitor, DealCompetitorDraft};
use etalon_domain::error::{Error as DomainError, ErrorCode, FieldCode, FieldError, validate};
use etalon_domain::event::{EventKind, diff, initial};
use etalon_domain::id::{AccountId, DealId};
use etalon_domain::policy::Actor;
use etalon_domain::time::{Instant, to_naive};
use serde_json::{Value, json};

use super::{change, changeable, note};
use crate::connection::Tx;
use crate::context::{Context, new_id};
use crate::deals::row::money;
use crate::deals::{get, references};
use crate::error::Result;
use crate::record::refuse_stale;
use crate::schema::{accounts, deal_competitors};

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = deal_competitors)]
struct Row {
    id: String,
    deal_id: String,
    account_id: String,
    product: Option<String>,
    price: Option<i64>,
    price_currency: Option<String>,
    strengths: Option<String>,
    weaknesses: Option<String>,
    threat: Option<String>,
    won: bool,
    version: i64,
    created_at: NaiveDateTime,
}

/// The competitors in a deal, in the order in which they were added.
///
/// # Errors
/// `not_found`, or that the database cannot be read.
pub fn list(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: &DealId,
    now: Instant,
) -> Result<Vec<DealCompetitor>> {
    get(tx, actor, id, now)?;
    of_deal(tx, id)
}

/// The competitors in a deal.
pub(crate) fn of_deal(tx: &mut Tx<'_>, id: &DealId) -> Result<Vec<DealCompetitor>> {
    let rows: Vec<(Row, String)> = deal_competitors::table
        .inner_join(accounts::table.on(accounts::id.eq(deal_competitors::account_id)))
        .filter(deal_competitors::deal_id.eq(id.as_str()))
        .order((deal_competitors::created_at, deal_competitors::id))
        .select((Row::as_select(), accounts::name))
        .load(tx.conn)?;
    let entry = |(row, account_name): (Row, String)| {
        Ok(DealCompetitor {
            id: row.id,
            account_id: AccountId::new(row.account_id),
            account_name,
            product: row.product,
            price: money(row.price, row.price_currency)?,
            strengths: row.strengths,
            weaknesses: row.weaknesses,
            threat: row.threat.map(|word| word.parse()).transpose()?,
            won: row.won,
            version: row.version,
        })
    };
    rows.into_iter().map(entry).collect()
}

fn find(tx: &mut Tx<'_>, deal: &DealId, id: &str) -> Result<DealCompetitor> {
    let found = of_deal(tx, deal)?.into_iter().find(|entry| entry.id == id);
    found.ok_or_else(|| ErrorCode::NotFound.into())
}

/// Adds a competitor to a deal.
///
/// # Errors
/// `not_found`, `forbidden`, `deal_closed`, invalid fields, or that the database failed.
pub fn add(
    tx: &mut Tx<'_>,
    context: &Context,
    id: &DealId,
    draft: &DealCompetitorDraft,
) -> Result<DealCompetitor> {
    changeable(tx, context, id)?;
    let (draft, account) = checked(tx, id, None, draft)?;
    let row = Row {
        id: new_id(),
        version: 1,
        won: false,
        created_at: to_naive(context.now),
        ..row_of(id, &draft)
    };
    diesel::insert_into(deal_competitors::table)
        .values(&row)
        .execute(tx.conn)?;
    let mut changes = initial(&draft);
    for change in &mut changes {
        if change.field == "account_id" {
            change.to = json!(account);
        }
    }
    note(
        tx,
        context,
        id,
        EventKind::CompetitorChanged,
        &changes,
        None,
    )?;
    find(tx, id, &row.id)
}

/// Changes a competitor in a deal.
///
/// # Errors
/// `not_found`, `forbidden`, `deal_closed`, `stale_version`, invalid fields, or that the database
/// failed.
pub fn replace(
    tx: &mut Tx<'_>,
    context: &Context,
    id: &DealId,
    entry: &str,
    expected_version: Option<i64>,
    draft: &DealCompetitorDraft,
) -> Result<DealCompetitor> {
    changeable(tx, context, id)?;
    let before = find(tx, id, entry)?;
    refuse_stale(before.version, expected_version)?;
    let (draft, account) = checked(tx, id, Some(entry), draft)?;
    let mut changes = diff(&DealCompetitorDraft::from(&before), &draft);
    if changes.is_empty() {
        return Ok(before);
    }
    let row = row_of(id, &draft);
    let mine = deal_competitors::table
        .filter(deal_competitors::id.eq(entry))
        .filter(deal_competitors::version.eq(before.version));
    let updated = diesel::update(mine)
        .set((
            deal_competitors::account_id.eq(row.account_id),
            deal_competitors::product.eq(row.product),
            deal_competitors::price.eq(row.price),
            deal_competitors::price_currency.eq(row.price_currency),
            deal_competitors::strengths.eq(row.strengths),
            deal_competitors::weaknesses.eq(row.weaknesses),
            deal_competitors::threat.eq(row.threat),
            deal_competitors::version.eq(before.version + 1),
        ))
        .execute(tx.conn)?;
    if updated == 0 {
        return Err(ErrorCode::StaleVersion.into());
    }
    let was = json!({"id": before.account_id, "name": before.account_name});
    changes.retain(|change| change.field != "account_id");
    changes.insert(0, change("account_id", was, json!(account)));
    note(
        tx,
        context,
        id,
        EventKind::CompetitorChanged,
        &changes,
        None,
    )?;
    find(tx, id, entry)
}

/// Takes a competitor out of a deal.
///
/// # Errors
/// `not_found`, `forbidden`, `deal_closed`, or that the database failed.
pub fn remove(tx: &mut Tx<'_>, context: &Context, id: &DealId, entry: &str) -> Result<()> {
    changeable(tx, context, id)?;
    let before = find(tx, id, entry)?;
    diesel::delete(deal_competitors::table.filter(deal_competitors::id.eq(entry)))
        .execute(tx.conn)?;
    let from = json!({"id": before.account_id, "name": before.account_name});
    let changes = [change("account_id", from, Value::Null)];
    note(
        tx,
        context,
        id,
        EventKind::CompetitorChanged,
        &changes,
        None,
    )
}

/// Marks which competitor won a deal that was lost (`None`: none of them, or it was reopened).
pub(crate) fn mark_winner(
    tx: &mut Tx<'_>,
    deal: &DealId,
    winner: Option<&AccountId>,
) -> Result<()> {
    let mine = deal_competitors::table.filter(deal_competitors::deal_id.eq(deal.as_str()));
    let winner = winner.map_or("", AccountId::as_str);
    diesel::update(mine)
        .set(deal_competitors::won.eq(deal_competitors::account_id.eq(winner)))
        .execute(tx.conn)?;
    Ok(())
}

fn row_of(deal: &DealId, draft: &DealCompetitorDraft) -> Row {
    Row {
        id: String::new(),
        deal_id: deal.as_str().to_owned(),
        account_id: draft
            .account_id
            .as_ref()
            .map(|id| id.as_str().to_owned())
            .unwrap_or_default(),
        product: draft.product.clone(),
        price: draft.price.map(|price| price.minor),
        price_currency: draft.price.map(|price| price.currency.code().to_owned()),
        strengths: draft.strengths.clone(),
        weaknesses: draft.weaknesses.clone(),
        threat: draft.threat.map(|threat| threat.to_string()),
        won: false,
        version: 1,
        created_at: NaiveDateTime::default(),
    }
}

/// The draft, trimmed, and the competitor that it names: an account that is not in the deal yet.
fn checked(
    tx: &mut Tx<'_>,
    deal: &DealId,
    entry: Option<&str>,
    draft: &DealCompetitorDraft,
) -> Result<(DealCompetitorDraft, etalon_domain::id::Ref)> {
    let draft = draft.clone().normalized();
    let mut errors = validate(&draft);
    let account = match &draft.account_id {
        None => {
            errors.push(FieldError::required("account_id"));
            None
        }
        Some(id) => references::account(tx, id.as_str())?,
    };
    if draft.account_id.is_some() && account.is_none() {
        errors.push(FieldError::unknown("account_id"));
    }
    let others = of_deal(tx, deal)?;
    if others.iter().any(|other| {
        Some(other.id.as_str()) != entry && Some(&other.account_id) == draft.account_id.as_ref()
    }) {
        errors.push(FieldError::new(
            "account_id",
            FieldCode::AlreadyUsed,
            "is a competitor in the deal already",
        ));
    }
    match account {
        Some(account) if errors.is_empty() => Ok((draft, account)),
        _ => Err(DomainError::Invalid(errors).into()),
    }
}
