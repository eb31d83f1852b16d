//! Pages of visas.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::sql_types::Text;
use etalon_domain::deal::DealFilter;
use etalon_domain::id::{DepartmentId, UserId};
use etalon_domain::page::Page;
use etalon_domain::policy::Actor;
use etalon_domain::time::Instant;
use etalon_domain::visa::{Visa, VisaFilter};

use super::approvers;
use super::row::{Row, into_visas, joined};
use crate::connection::Tx;
use crate::deals::filter::{Resolved, narrow};
use crate::error::Result;
use crate::page::{decode, encode, keyset, limit};
use crate::schema::{deals, visas};
use crate::zone::{day_at, zone};

/// Where a visa stands, as [`etalon_domain::visa::Visa::state_of`] says it.
const STATE: &str = "(CASE WHEN visas.void_at IS NOT NULL THEN 'void' \
                     WHEN visas.decision IS NULL THEN 'waiting' ELSE visas.decision END)";

/// A page of the visas on documents of the deals that the reader sees, newest first; those that wait
/// for him, the oldest first.
///
/// # Errors
/// `invalid_fields` when a filter is not valid, or the database cannot be read.
pub fn list(
    tx: &mut Tx<'_>,
    actor: &Actor,
    filter: &VisaFilter,
    now: Instant,
) -> Result<Page<Visa>> {
    let wanted = limit(filter.limit)?;
    let is_mine = filter.mine == Some(true);
    let order = if is_mine {
        "requested_at"
    } else {
        "-requested_at"
    };
    let cursor = decode::<NaiveDateTime>(order, filter.cursor.as_deref())?;
    let zone = zone(&actor.time_zone);
    let seen = Resolved::new(tx, actor, &DealFilter::default(), zone, day_at(now, zone))?;
    let mine = if is_mine {
        Some(waiting_for(tx, actor, &seen)?)
    } else {
        None
    };
    let kinds: Vec<&str> = filter.document_kind.0.iter().map(|k| k.as_str()).collect();
    let narrowed = || {
        let mut query = narrow!(joined!(), &seen);
        if !kinds.is_empty() {
            query = query.filter(visas::document_kind.eq_any(kinds.clone()));
        }
        if !filter.deal_id.is_empty() {
            let deals: Vec<&str> = filter.deal_id.0.iter().map(|id| id.as_str()).collect();
            query = query.filter(visas::deal_id.eq_any(deals));
        }
        if !filter.state.is_empty() {
            let states: Vec<&str> = filter.state.0.iter().map(|s| s.as_str()).collect();
            query = query.filter(diesel::dsl::sql::<Text>(STATE).eq_any(states));
        }
        if let Some(ids) = &mine {
            query = query.filter(visas::id.eq_any(ids.clone()));
        }
        query
    };
    let mut rows: Vec<Row> = keyset!(
        tx.conn,
        narrowed(),
        visas::requested_at,
        visas::id,
        cursor,
        !is_mine,
        wanted + 1
    );
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    let next_cursor = rows
        .last()
        .filter(|_| more)
        .map(|row| encode(order, Some(&row.values.requested_at), &row.values.id));
    Ok(Page {
        items: into_visas(tx, rows)?,
        next_cursor,
        totals: None,
    })
}

/// The visas that wait for a person. Who is next in line follows from the tree of departments, so it
/// is decided here over what waits, which is never much.
fn waiting_for(tx: &mut Tx<'_>, actor: &Actor, seen: &Resolved) -> Result<Vec<String>> {
    type Found = (String, Option<String>, String);
    let query = visas::table
        .inner_join(deals::table.on(deals::id.eq(visas::deal_id)))
        .filter(visas::decided_at.is_null())
        .filter(visas::void_at.is_null())
        .select((visas::id, deals::department_id, deals::owner_id))
        .into_boxed();
    let waiting: Vec<Found> = narrow!(query, seen).load(tx.conn)?;
    let approvers = approvers(tx)?;
    let is_mine = |(_, department, owner): &Found| {
        let department = department.as_deref().map(DepartmentId::new);
        let line = approvers.nearest(department.as_ref(), &UserId::new(owner));
        line.iter()
            .any(|person| person.id == actor.user_id.as_str())
    };
    Ok(waiting
        .into_iter()
        .filter(is_mine)
        .map(|(id, ..)| id)
        .collect())
}
