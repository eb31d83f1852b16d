//! History for people: append-only entries of every record.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use etalon_domain::event::{EventKind, FieldChange, TimelineEntry, TimelineFilter};
use etalon_domain::id::{EntryId, Ref};
use etalon_domain::page::Page;
use etalon_domain::time::{Instant, from_naive, to_naive};

use crate::connection::{AnyConnection, Tx};
use crate::context::{Context, new_id};
use crate::error::Result;
use crate::page::{Cursor, decode, encode, limit};
use crate::schema::timeline;

/// Kinds of records that have a history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entity {
    /// A lead.
    Lead,
    /// A form that makes leads.
    LeadForm,
    /// A deal.
    Deal,
    /// An account.
    Account,
    /// A contact.
    Contact,
    /// A product.
    Product,
    /// A person.
    User,
    /// A department.
    Department,
    /// A version of a proposal.
    Proposal,
    /// The exchange rates.
    Rates,
    /// A material of the knowledge base.
    Material,
    /// A process.
    Process,
    /// The targets of a person or department.
    Targets,
}

impl Entity {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::LeadForm => "lead_form",
            Self::Deal => "deal",
            Self::Account => "account",
            Self::Contact => "contact",
            Self::Product => "product",
            Self::User => "user",
            Self::Department => "department",
            Self::Proposal => "proposal",
            Self::Rates => "rates",
            Self::Material => "material",
            Self::Process => "process",
            Self::Targets => "targets",
        }
    }
}

#[derive(Queryable, Insertable)]
#[diesel(table_name = timeline)]
struct Row {
    id: String,
    entity: String,
    entity_id: String,
    at: NaiveDateTime,
    recorded_at: NaiveDateTime,
    kind: String,
    actor_id: Option<String>,
    actor_name: Option<String>,
    via: String,
    changes: String,
    reason: Option<String>,
    request_id: Option<String>,
}

/// What an entry tells.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// When it happened.
    pub at: Instant,
    /// What happened.
    pub kind: EventKind,
    /// What changed.
    pub changes: &'a [FieldChange],
    /// Why.
    pub reason: Option<&'a str>,
}

/// Adds an entry to the history of a record, in the transaction that changes the record.
///
/// # Errors
/// When the database cannot be written.
pub fn append(
    conn: &mut AnyConnection,
    context: &Context,
    entity: Entity,
    entity_id: &str,
    entry: &Entry<'_>,
) -> Result<()> {
    let person = Some(&context.actor).filter(|actor| !actor.is_system());
    diesel::insert_into(timeline::table)
        .values(Row {
            id: new_id(),
            entity: entity.as_str().into(),
            entity_id: entity_id.into(),
            at: to_naive(entry.at),
            recorded_at: to_naive(context.now),
            kind: entry.kind.as_str().into(),
            actor_id: person.map(|actor| actor.user_id.as_str().into()),
            actor_name: person.map(|actor| actor.name.clone()),
            via: context.via.as_str().into(),
            changes: serde_json::to_string(entry.changes)?,
            reason: entry.reason.map(str::to_owned),
            request_id: context.request_id.clone(),
        })
        .execute(conn)?;
    Ok(())
}

/// A page of the history of a record, newest first. The caller has made sure that the reader may see
/// the record.
///
/// # Errors
/// When the cursor is not one of this list, or the database cannot be read.
pub fn list(
    tx: &mut Tx<'_>,
    entity: Entity,
    entity_id: &str,
    filter: &TimelineFilter,
) -> Result<Page<TimelineEntry>> {
    const ORDER: &str = "-at";
    let wanted = limit(filter.limit)?;
    let cursor: Option<Cursor<NaiveDateTime>> = decode(ORDER, filter.cursor.as_deref())?;
    let mut query = timeline::table
        .filter(timeline::entity.eq(entity.as_str()))
        .filter(timeline::entity_id.eq(entity_id))
        .order((timeline::at.desc(), timeline::id.desc()))
        .limit(wanted as i64 + 1)
        .into_boxed();
    if !filter.kind.is_empty() {
        let kinds: Vec<&str> = filter.kind.0.iter().map(|k| k.as_str()).collect();
        query = query.filter(timeline::kind.eq_any(kinds));
    }
    if let Some(Cursor {
        value: Some(at),
        id,
    }) = cursor
    {
        query = query
            .filter(timeline::at.le(at))
            .filter(timeline::at.lt(at).or(timeline::id.lt(id)));
    }
    let mut rows: Vec<Row> = query.load(tx.conn)?;
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    let next_cursor = rows
        .last()
        .filter(|_| more)
        .map(|row| encode(ORDER, Some(&row.at), &row.id));
    let items = rows.into_iter().map(entry).collect::<Result<_>>()?;
    Ok(Page {
        items,
        next_cursor,
        totals: None,
    })
}

fn entry(row: Row) -> Result<TimelineEntry> {
    Ok(TimelineEntry {
        id: EntryId::new(row.id),
        at: from_naive(row.at),
        recorded_at: from_naive(row.recorded_at),
        kind: row.kind.parse()?,
        actor: row
            .actor_id
            .zip(row.actor_name)
            .map(|(id, name)| Ref { id, name }),
        via: row.via.parse()?,
        changes: serde_json::from_str(&row.changes)?,
        reason: row.reason,
        request_id: row.request_id,
    })
}
