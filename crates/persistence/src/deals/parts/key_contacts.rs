//! The key contacts of a deal. The main contact of the deal is always one of them.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use etalon_domain::deal::{Deal, DealCommand, DealDraft};
use etalon_domain::error::{Error as DomainError, ErrorCode, FieldError, validate};
use etalon_domain::event::{EventKind, diff, initial};
use etalon_domain::id::{ContactId, DealId};
use etalon_domain::key_contact::{
    DecisionRole, KeyContact, KeyContactDraft, KeyContacts, standing,
};
use etalon_domain::policy::Actor;
use etalon_domain::time::{Instant, to_naive};
use serde_json::{Value, json};

use super::{change, changeable, note};
use crate::connection::Tx;
use crate::context::Context;
use crate::deals::{get, references};
use crate::error::Result;
use crate::record::refuse_stale;
use crate::schema::{contacts, deal_contacts};

#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = deal_contacts, treat_none_as_null = true)]
struct Row {
    deal_id: String,
    contact_id: String,
    role: Option<String>,
    influence: Option<String>,
    loyalty: Option<String>,
    motivators: String,
    motivator_note: Option<String>,
    reports_to: Option<String>,
    notes: Option<String>,
    version: i64,
    created_at: NaiveDateTime,
}

/// The key contacts of a deal, the main one first, with how they stand to us.
///
/// # Errors
/// `not_found`, or that the database cannot be read.
pub fn list(tx: &mut Tx<'_>, actor: &Actor, id: &DealId, now: Instant) -> Result<KeyContacts> {
    let deal = get(tx, actor, id, now)?;
    let items = of_deal(tx, &deal)?;
    Ok(KeyContacts {
        standing: standing(&items, now),
        items,
    })
}

/// The key contacts of a deal, the main one first, then in the order in which they were added.
pub(crate) fn of_deal(tx: &mut Tx<'_>, deal: &Deal) -> Result<Vec<KeyContact>> {
    let rows: Vec<(Row, String, Option<String>)> = deal_contacts::table
        .inner_join(contacts::table.on(contacts::id.eq(deal_contacts::contact_id)))
        .filter(deal_contacts::deal_id.eq(deal.id.as_str()))
        .order((deal_contacts::created_at, deal_contacts::contact_id))
        .select((Row::as_select(), contacts::name, contacts::position))
        .load(tx.conn)?;
    let met = crate::activities::last_meetings(tx, &deal.id)?;
    let mut found = Vec::with_capacity(rows.len());
    for (row, contact_name, position) in rows {
        let last_met_at = met.iter().find(|(id, _)| id.as_str() == row.contact_id);
        found.push(KeyContact {
            main: deal.contact_id.as_ref().map(|id| id.as_str()) == Some(&row.contact_id),
            contact_id: ContactId::new(row.contact_id),
            contact_name,
            position,
            role: row.role.map(|word| word.parse()).transpose()?,
            influence: row.influence.map(|word| word.parse()).transpose()?,
            loyalty: row.loyalty.map(|word| word.parse()).transpose()?,
            motivators: serde_json::from_str(&row.motivators)?,
            motivator_note: row.motivator_note,
            reports_to: row.reports_to.map(ContactId::new),
            notes: row.notes,
            last_met_at: last_met_at.map(|(_, at)| *at),
            version: row.version,
        });
    }
    found.sort_by_key(|contact| !contact.main);
    Ok(found)
}

/// Adds a key contact to a deal.
///
/// # Errors
/// `not_found`, `forbidden`, `deal_closed`, invalid fields, or that the database failed.
pub fn add(
    tx: &mut Tx<'_>,
    context: &Context,
    id: &DealId,
    draft: &KeyContactDraft,
) -> Result<KeyContact> {
    let deal = changeable(tx, context, id)?;
    let draft = checked(tx, &deal, draft)?;
    let contact = draft.contact_id.as_ref().ok_or(ErrorCode::Internal)?;
    let known = of_deal(tx, &deal)?;
    if known.iter().any(|other| other.contact_id == *contact) {
        return Err(DomainError::field(
            "contact_id",
            etalon_domain::error::FieldCode::AlreadyUsed,
            "is a key contact of the deal already",
        )
        .into());
    }
    insert(tx, context, &deal, contact, &draft)?;
    let added = find(tx, &deal, contact)?;
    let mut changes = initial(&draft);
    changes.retain(|change| change.to != json!([]) && change.to != json!(false));
    for change in &mut changes {
        if change.field == "contact_id" {
            change.to = json!({"id": contact, "name": added.contact_name});
        }
    }
    note(
        tx,
        context,
        id,
        EventKind::KeyContactChanged,
        &changes,
        None,
    )?;
    make_main(tx, context, &deal, contact, draft.main)?;
    reread(tx, context, id, contact)
}

/// Changes a key contact of a deal.
///
/// # Errors
/// `not_found`, `forbidden`, `deal_closed`, `stale_version`, invalid fields, or that the database
/// failed.
pub fn replace(
    tx: &mut Tx<'_>,
    context: &Context,
    id: &DealId,
    contact: &ContactId,
    expected_version: Option<i64>,
    draft: &KeyContactDraft,
) -> Result<KeyContact> {
    let deal = changeable(tx, context, id)?;
    let before = find(tx, &deal, contact)?;
    refuse_stale(before.version, expected_version)?;
    let draft = KeyContactDraft {
        contact_id: Some(contact.clone()),
        ..draft.clone()
    };
    let draft = checked(tx, &deal, &draft)?;
    let mut changes = diff(&KeyContactDraft::from(&before), &draft);
    if changes.is_empty() {
        return Ok(before);
    }
    let row = row_of(&deal, contact, &draft, before.version + 1, context.now)?;
    let mine = deal_contacts::table
        .filter(deal_contacts::deal_id.eq(id.as_str()))
        .filter(deal_contacts::contact_id.eq(contact.as_str()))
        .filter(deal_contacts::version.eq(before.version));
    let updated = diesel::update(mine)
        .set((
            deal_contacts::role.eq(row.role),
            deal_contacts::influence.eq(row.influence),
            deal_contacts::loyalty.eq(row.loyalty),
            deal_contacts::motivators.eq(row.motivators),
            deal_contacts::motivator_note.eq(row.motivator_note),
            deal_contacts::reports_to.eq(row.reports_to),
            deal_contacts::notes.eq(row.notes),
            deal_contacts::version.eq(row.version),
        ))
        .execute(tx.conn)?;
    if updated == 0 {
        return Err(ErrorCode::StaleVersion.into());
    }
    let who = json!({"id": contact, "name": before.contact_name});
    changes.insert(0, change("contact_id", who.clone(), who));
    note(
        tx,
        context,
        id,
        EventKind::KeyContactChanged,
        &changes,
        None,
    )?;
    make_main(tx, context, &deal, contact, draft.main)?;
    reread(tx, context, id, contact)
}

/// Takes a key contact off a deal; the main one cannot be taken off before another is.
///
/// # Errors
/// `not_found`, `forbidden`, `deal_closed`, `in_use` for the main contact, or that the database failed.
pub fn remove(tx: &mut Tx<'_>, context: &Context, id: &DealId, contact: &ContactId) -> Result<()> {
    let deal = changeable(tx, context, id)?;
    let before = find(tx, &deal, contact)?;
    if before.main {
        return Err(ErrorCode::InUse.into());
    }
    let mine = deal_contacts::table
        .filter(deal_contacts::deal_id.eq(id.as_str()))
        .filter(deal_contacts::contact_id.eq(contact.as_str()));
    diesel::delete(mine).execute(tx.conn)?;
    let below = deal_contacts::table
        .filter(deal_contacts::deal_id.eq(id.as_str()))
        .filter(deal_contacts::reports_to.eq(contact.as_str()));
    diesel::update(below)
        .set(deal_contacts::reports_to.eq(None::<String>))
        .execute(tx.conn)?;
    let from = json!({"id": contact, "name": before.contact_name});
    let changes = [change("contact_id", from, Value::Null)];
    note(
        tx,
        context,
        id,
        EventKind::KeyContactChanged,
        &changes,
        None,
    )
}

/// Makes sure that the main contact of a deal is one of its key contacts.
pub(crate) fn include_main(tx: &mut Tx<'_>, context: &Context, deal: &Deal) -> Result<()> {
    let Some(contact) = &deal.contact_id else {
        return Ok(());
    };
    let known: i64 = deal_contacts::table
        .filter(deal_contacts::deal_id.eq(deal.id.as_str()))
        .filter(deal_contacts::contact_id.eq(contact.as_str()))
        .count()
        .get_result(tx.conn)?;
    if known > 0 {
        return Ok(());
    }
    insert(tx, context, deal, contact, &KeyContactDraft::default())
}

/// Makes sure that a person with a role is one of the key contacts of a deal. A role that is known
/// already stays.
///
/// # Errors
/// As [`add`] and [`replace`].
pub(crate) fn include(
    tx: &mut Tx<'_>,
    context: &Context,
    id: &DealId,
    contact: &ContactId,
    role: DecisionRole,
) -> Result<()> {
    let deal = changeable(tx, context, id)?;
    let known = of_deal(tx, &deal)?;
    let known = known.iter().find(|other| other.contact_id == *contact);
    let draft = KeyContactDraft {
        contact_id: Some(contact.clone()),
        role: Some(role),
        ..known.map(KeyContactDraft::from).unwrap_or_default()
    };
    match known {
        None => add(tx, context, id, &draft)?,
        Some(known) if known.role.is_none() => replace(tx, context, id, contact, None, &draft)?,
        Some(_) => return Ok(()),
    };
    Ok(())
}

fn insert(
    tx: &mut Tx<'_>,
    context: &Context,
    deal: &Deal,
    contact: &ContactId,
    draft: &KeyContactDraft,
) -> Result<()> {
    diesel::insert_into(deal_contacts::table)
        .values(row_of(deal, contact, draft, 1, context.now)?)
        .execute(tx.conn)?;
    Ok(())
}

fn row_of(
    deal: &Deal,
    contact: &ContactId,
    draft: &KeyContactDraft,
    version: i64,
    now: Instant,
) -> Result<Row> {
    Ok(Row {
        deal_id: deal.id.as_str().to_owned(),
        contact_id: contact.as_str().to_owned(),
        role: draft.role.map(|word| word.to_string()),
        influence: draft.influence.map(|word| word.to_string()),
        loyalty: draft.loyalty.map(|word| word.to_string()),
        motivators: serde_json::to_string(&draft.motivators)?,
        motivator_note: draft.motivator_note.clone(),
        reports_to: draft.reports_to.as_ref().map(|id| id.as_str().to_owned()),
        notes: draft.notes.clone(),
        version,
        created_at: to_naive(now),
    })
}

fn find(tx: &mut Tx<'_>, deal: &Deal, contact: &ContactId) -> Result<KeyContact> {
    let all = of_deal(tx, deal)?;
    let found = all.into_iter().find(|other| other.contact_id == *contact);
    found.ok_or_else(|| ErrorCode::NotFound.into())
}

fn reread(
    tx: &mut Tx<'_>,
    context: &Context,
    id: &DealId,
    contact: &ContactId,
) -> Result<KeyContact> {
    let deal = get(tx, &context.actor, id, context.now)?;
    find(tx, &deal, contact)
}

/// The draft, trimmed, when the people that it names exist and nobody reports to himself.
fn checked(tx: &mut Tx<'_>, deal: &Deal, draft: &KeyContactDraft) -> Result<KeyContactDraft> {
    let draft = draft.clone().normalized();
    let mut errors = validate(&draft);
    match &draft.contact_id {
        None => errors.push(FieldError::required("contact_id")),
        Some(contact) => {
            if references::contact(tx, contact.as_str())?.is_none() {
                errors.push(FieldError::unknown("contact_id"));
            }
        }
    }
    if let Some(above) = &draft.reports_to {
        let others = of_deal(tx, deal)?;
        if !others.iter().any(|other| other.contact_id == *above) {
            errors.push(FieldError::unknown("reports_to"));
        } else if is_below(&others, above, draft.contact_id.as_ref()) {
            errors.push(FieldError::new(
                "reports_to",
                etalon_domain::error::FieldCode::Cycle,
                "nobody reports to himself",
            ));
        }
    }
    if errors.is_empty() {
        Ok(draft)
    } else {
        Err(DomainError::Invalid(errors).into())
    }
}

/// Whether somebody is a person or reports to that person over others.
fn is_below(all: &[KeyContact], who: &ContactId, above: Option<&ContactId>) -> bool {
    let mut at = Some(who);
    for _ in 0..=all.len() {
        let Some(present) = at else { return false };
        if Some(present) == above {
            return true;
        }
        let contact = all.iter().find(|other| other.contact_id == *present);
        at = contact.and_then(|contact| contact.reports_to.as_ref());
    }
    true
}

/// Makes a contact the main one of the deal.
fn make_main(
    tx: &mut Tx<'_>,
    context: &Context,
    deal: &Deal,
    contact: &ContactId,
    main: bool,
) -> Result<()> {
    if !main || deal.contact_id.as_ref() == Some(contact) {
        return Ok(());
    }
    let draft = DealDraft {
        contact_id: Some(contact.clone()),
        ..DealDraft::from(deal)
    };
    crate::deals::execute_bulk(tx, context, Some(&deal.id), &DealCommand::Edit(draft))?;
    Ok(())
}
