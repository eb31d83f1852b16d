//! What was conceded in the negotiation of a deal.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use etalon_domain::competitor::{Concession, ConcessionDraft};
use etalon_domain::error::{Error as DomainError, ErrorCode, FieldCode, FieldError, validate};
use etalon_domain::event::{EventKind, initial};
use etalon_domain::id::{DealId, Ref};
use etalon_domain::policy::Actor;
use etalon_domain::text::non_empty;
use etalon_domain::time::{Instant, check_day, from_naive, to_naive};
use serde_json::{Value, json};

use super::{change, changeable, note};
use crate::connection::Tx;
use crate::context::{Context, new_id};
use crate::deals::{get, references};
use crate::error::Result;
use crate::schema::{deal_concessions, users};
use crate::zone::{day_at, zone};

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = deal_concessions)]
struct Row {
    id: String,
    deal_id: String,
    gave: String,
    got: Option<String>,
    allowed_by: Option<String>,
    given_on: NaiveDate,
    noted_at: NaiveDateTime,
    noted_by: Option<String>,
}

/// What was conceded in a deal, newest first.
///
/// # Errors
/// `not_found`, or that the database cannot be read.
pub fn list(tx: &mut Tx<'_>, actor: &Actor, id: &DealId, now: Instant) -> Result<Vec<Concession>> {
    get(tx, actor, id, now)?;
    of_deal(tx, id)
}

fn of_deal(tx: &mut Tx<'_>, id: &DealId) -> Result<Vec<Concession>> {
    let (allowing, noting) = diesel::alias!(users as allowing, users as noting);
    let rows: Vec<(Row, Option<String>, Option<String>)> = deal_concessions::table
        .left_join(
            allowing.on(allowing
                .field(users::id)
                .nullable()
                .eq(deal_concessions::allowed_by)),
        )
        .left_join(
            noting.on(noting
                .field(users::id)
                .nullable()
                .eq(deal_concessions::noted_by)),
        )
        .filter(deal_concessions::deal_id.eq(id.as_str()))
        .order((
            deal_concessions::given_on.desc(),
            deal_concessions::id.desc(),
        ))
        .select((
            Row::as_select(),
            allowing.field(users::name).nullable(),
            noting.field(users::name).nullable(),
        ))
        .load(tx.conn)?;
    let named = |id: Option<String>, name: Option<String>| {
        let (id, name) = id.zip(name)?;
        Some(Ref { id, name })
    };
    let shown = rows.into_iter().map(|(row, allowed, noted)| Concession {
        id: row.id,
        gave: row.gave,
        got: row.got,
        allowed_by: named(row.allowed_by, allowed),
        given_on: row.given_on,
        noted_at: from_naive(row.noted_at),
        noted_by: named(row.noted_by, noted),
    });
    Ok(shown.collect())
}

/// Notes a concession.
///
/// # Errors
/// `not_found`, `forbidden`, `deal_closed`, invalid fields, or that the database failed.
pub fn add(
    tx: &mut Tx<'_>,
    context: &Context,
    id: &DealId,
    draft: &ConcessionDraft,
) -> Result<Concession> {
    changeable(tx, context, id)?;
    let draft = ConcessionDraft {
        gave: draft.gave.trim().to_owned(),
        got: non_empty(draft.got.clone()),
        ..draft.clone()
    };
    let mut errors = validate(&draft);
    let allowed_by = match &draft.allowed_by {
        Some(user) => references::owner(tx, user)?,
        None => None,
    };
    if draft.allowed_by.is_some() && allowed_by.is_none() {
        errors.push(FieldError::unknown("allowed_by"));
    }
    let today = day_at(context.now, zone(&context.actor.time_zone));
    let given_on = draft.given_on.unwrap_or(today);
    if let Err(message) = check_day(given_on) {
        errors.push(FieldError::new("given_on", FieldCode::OutOfRange, message));
    }
    if !errors.is_empty() {
        return Err(DomainError::Invalid(errors).into());
    }
    let row = Row {
        id: new_id(),
        deal_id: id.as_str().to_owned(),
        gave: draft.gave.clone(),
        got: draft.got.clone(),
        allowed_by: draft
            .allowed_by
            .as_ref()
            .map(|user| user.as_str().to_owned()),
        given_on,
        noted_at: to_naive(context.now),
        noted_by: Some(context.actor.user_id.as_str().to_owned()),
    };
    diesel::insert_into(deal_concessions::table)
        .values(&row)
        .execute(tx.conn)?;
    let mut changes = initial(&draft);
    for change in &mut changes {
        if let ("allowed_by", Some(person)) = (change.field.as_str(), &allowed_by) {
            change.to = json!({"id": person.user_id, "name": person.name});
        }
    }
    note(
        tx,
        context,
        id,
        EventKind::ConcessionChanged,
        &changes,
        None,
    )?;
    let found = of_deal(tx, id)?
        .into_iter()
        .find(|entry| entry.id == row.id);
    found.ok_or_else(|| ErrorCode::Internal.into())
}

/// Strikes a concession that was noted by mistake; the history keeps it.
///
/// # Errors
/// `not_found`, `forbidden`, `deal_closed`, or that the database failed.
pub fn remove(tx: &mut Tx<'_>, context: &Context, id: &DealId, entry: &str) -> Result<()> {
    changeable(tx, context, id)?;
    let before = of_deal(tx, id)?.into_iter().find(|known| known.id == entry);
    let before = before.ok_or(ErrorCode::NotFound)?;
    diesel::delete(deal_concessions::table.filter(deal_concessions::id.eq(entry)))
        .execute(tx.conn)?;
    let changes = [
        change("gave", json!(before.gave), Value::Null),
        change("got", json!(before.got), Value::Null),
    ];
    note(
        tx,
        context,
        id,
        EventKind::ConcessionChanged,
        &changes,
        None,
    )
}
