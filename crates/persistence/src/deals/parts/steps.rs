//! What is done in the steps of a deal's process.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use etalon_domain::deal::Deal;
use etalon_domain::error::{Error as DomainError, ErrorCode, FieldError};
use etalon_domain::file::FileOwner;
use etalon_domain::id::{DealId, FileId, Ref};
use etalon_domain::process::{
    Clock, Decision, StepDefinition, StepInput, StepKind, StepRecord, answer as decide, visit_of,
};
use etalon_domain::time::{from_naive, to_naive};
use serde_json::{Value, json};

use super::effects::{carry_out, plan_unlocked};
use super::{change, changeable, note};
use crate::connection::Tx;
use crate::context::{Context, new_id};
use crate::deals::{contract, facts, references};
use crate::error::Result;
use crate::files;
use crate::schema::{contacts, deal_steps, files as file_rows, users};

#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = deal_steps, treat_none_as_null = true)]
struct Row {
    id: String,
    deal_id: String,
    step_id: String,
    visit: String,
    done: bool,
    answer: Option<String>,
    contact_id: Option<String>,
    confidence: Option<String>,
    decision: Option<String>,
    reason: Option<String>,
    items: String,
    sent_at: Option<NaiveDateTime>,
    file_id: Option<String>,
    file_name: Option<String>,
    signed_on: Option<NaiveDate>,
    nobody: bool,
    version: i64,
    updated_at: NaiveDateTime,
    updated_by: Option<String>,
}

/// What was done in all steps of a deal, in all visits.
pub(crate) fn of_deal(tx: &mut Tx<'_>, id: &DealId) -> Result<Vec<StepRecord>> {
    // A file that was removed is no document any more.
    let rows: Vec<Found> = deal_steps::table
        .left_join(
            file_rows::table.on(file_rows::id
                .nullable()
                .eq(deal_steps::file_id)
                .and(file_rows::deleted_at.is_null())),
        )
        .left_join(contacts::table.on(contacts::id.nullable().eq(deal_steps::contact_id)))
        .left_join(users::table.on(users::id.nullable().eq(deal_steps::updated_by)))
        .filter(deal_steps::deal_id.eq(id.as_str()))
        .order(deal_steps::updated_at)
        .select((
            Row::as_select(),
            contacts::name.nullable(),
            users::name.nullable(),
            file_rows::id.nullable(),
        ))
        .load(tx.conn)?;
    rows.into_iter().map(record).collect()
}

type Found = (Row, Option<String>, Option<String>, Option<String>);

fn record((row, contact, person, file): Found) -> Result<StepRecord> {
    let named = |id: Option<String>, name: Option<String>| {
        let (id, name) = id.zip(name)?;
        Some(Ref { id, name })
    };
    let decision = match row.decision {
        Some(word) => Some(Decision {
            pursuit: word.parse()?,
            reason: row.reason,
        }),
        None => None,
    };
    Ok(StepRecord {
        step_id: row.step_id,
        visit: row.visit,
        done: row.done,
        answer: row.answer,
        contact: named(row.contact_id, contact),
        confidence: row.confidence.map(|word| word.parse()).transpose()?,
        decision,
        items: serde_json::from_str(&row.items)?,
        sent_at: row.sent_at.map(from_naive),
        file: named(file, row.file_name),
        signed_on: row.signed_on,
        nobody: row.nobody,
        at: from_naive(row.updated_at),
        by: named(row.updated_by, person),
        version: row.version,
    })
}

/// Answers or completes a step of a deal, or opens it again, with all that follows: tasks for what is
/// unsure or promised, the choice of an owner and a team, the end of a deal that is not pursued.
///
/// # Errors
/// `not_found`, `forbidden`, `deal_closed`, `step_not_possible`, `stale_version`, invalid fields, or that
/// the database failed.
pub fn answer(
    tx: &mut Tx<'_>,
    context: &Context,
    id: &DealId,
    step_id: &str,
    expected_version: Option<i64>,
    input: &StepInput,
) -> Result<()> {
    let deal = changeable(tx, context, id)?;
    let process = crate::process::find(tx, &deal.process_version_id)?.ok_or(ErrorCode::Internal)?;
    let (stage, step) = process
        .definition
        .step(step_id)
        .ok_or(ErrorCode::NotFound)?;
    let facts = facts::load(tx, &deal)?;
    let clock = clock(context);
    let visit = visit_of(stage, step, &deal, &facts, clock);
    let before = (facts.records.iter())
        .find(|record| record.step_id == step.id && record.visit == visit)
        .cloned();
    let version = before.as_ref().map_or(0, |record| record.version);
    if expected_version.is_some_and(|expected| expected != version) {
        return Err(ErrorCode::StaleVersion.into());
    }
    let mut changed = decide(stage, step, &deal, &facts, input, clock)?;
    if let Some(contact) = &input.contact_id {
        let found = references::contact(tx, contact.as_str())?;
        let found = found.ok_or_else(|| invalid("contact_id"))?;
        changed.record.contact = Some(found);
    }
    if let Some(id) = &input.file_id {
        changed.record.file = Some(document(tx, context, &deal, id)?);
    }
    store(tx, context, &deal, before.as_ref(), &changed.record)?;
    let changes = told(step, before.as_ref(), &changed.record);
    let reason = changed.record.decision.as_ref();
    let reason = reason.and_then(|decision| decision.reason.clone());
    note(tx, context, id, changed.kind, &changes, reason.as_deref())?;
    if step.kind == StepKind::Document {
        contract::void_after(tx, context, &deal, stage, step)?;
    }
    for effect in changed.effects {
        carry_out(tx, context, &deal, stage, step, input, effect)?;
    }
    plan_unlocked(tx, context, id)
}

/// When it is for the actor.
pub(crate) fn clock(context: &Context) -> Clock {
    crate::deals::clock(&context.actor, context.now)
}

/// A file of the deal itself, by its name.
fn document(tx: &mut Tx<'_>, context: &Context, deal: &Deal, id: &FileId) -> Result<Ref> {
    let file = match files::get(tx, context, id) {
        Err(error) if error.is(ErrorCode::NotFound) => None,
        found => Some(found?),
    };
    let owner = FileOwner::Deal(deal.id.clone());
    let file = file.filter(|file| file.owner == owner);
    let file = file.ok_or_else(|| invalid("file_id"))?;
    Ok(Ref {
        id: file.id.into_string(),
        name: file.name,
    })
}

fn invalid(field: &str) -> DomainError {
    DomainError::Invalid(vec![FieldError::unknown(field)])
}

fn store(
    tx: &mut Tx<'_>,
    context: &Context,
    deal: &Deal,
    before: Option<&StepRecord>,
    after: &StepRecord,
) -> Result<()> {
    let row = Row {
        id: new_id(),
        deal_id: deal.id.as_str().to_owned(),
        step_id: after.step_id.clone(),
        visit: after.visit.clone(),
        done: after.done,
        answer: after.answer.clone(),
        contact_id: after.contact.as_ref().map(|contact| contact.id.clone()),
        confidence: after.confidence.map(|word| word.to_string()),
        decision: after.decision.as_ref().map(|d| d.pursuit.to_string()),
        reason: after.decision.as_ref().and_then(|d| d.reason.clone()),
        items: serde_json::to_string(&after.items)?,
        sent_at: after.sent_at.map(to_naive),
        file_id: after.file.as_ref().map(|file| file.id.clone()),
        file_name: after.file.as_ref().map(|file| file.name.clone()),
        signed_on: after.signed_on,
        nobody: after.nobody,
        version: before.map_or(1, |before| before.version + 1),
        updated_at: to_naive(context.now),
        updated_by: Some(context.actor.user_id.as_str().to_owned()),
    };
    let Some(before) = before else {
        diesel::insert_into(deal_steps::table)
            .values(&row)
            .execute(tx.conn)?;
        return Ok(());
    };
    let mine = deal_steps::table
        .filter(deal_steps::deal_id.eq(&row.deal_id))
        .filter(deal_steps::step_id.eq(&row.step_id))
        .filter(deal_steps::visit.eq(&row.visit))
        .filter(deal_steps::version.eq(before.version));
    let id: Option<String> = mine.select(deal_steps::id).first(tx.conn).optional()?;
    let id = id.ok_or(ErrorCode::StaleVersion)?;
    let same = deal_steps::table
        .filter(deal_steps::id.eq(id.clone()))
        .filter(deal_steps::version.eq(before.version));
    if diesel::update(same)
        .set(Row { id, ..row })
        .execute(tx.conn)?
        == 0
    {
        return Err(ErrorCode::StaleVersion.into());
    }
    Ok(())
}

/// What the history says of a step: which one, and what changed in it.
fn told(
    step: &StepDefinition,
    before: Option<&StepRecord>,
    after: &StepRecord,
) -> Vec<etalon_domain::event::FieldChange> {
    let named = json!({"id": step.id, "name": step.title.en, "name_ru": step.title.ru});
    let mut changes = vec![change("step", Value::Null, named)];
    let pairs = |record: &StepRecord| {
        [
            ("answer", json!(record.answer)),
            ("contact_id", json!(record.contact)),
            ("confidence", json!(record.confidence)),
            (
                "decision",
                json!(record.decision.as_ref().map(|d| d.pursuit)),
            ),
            (
                "minutes",
                json!(record.items.iter().map(|i| &i.text).collect::<Vec<_>>()),
            ),
            ("file_id", json!(record.file)),
            ("signed_on", json!(record.signed_on)),
            ("nobody", json!(record.nobody)),
        ]
    };
    let empty = StepRecord::open(&step.id, String::new(), after.at);
    let (from, to) = (pairs(before.unwrap_or(&empty)), pairs(after));
    for ((field, from), (_, to)) in from.into_iter().zip(to) {
        if from != to {
            changes.push(change(field, from, to));
        }
    }
    changes
}
