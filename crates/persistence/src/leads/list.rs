//! Pages of leads.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use etalon_domain::lead::{Lead, LeadFilter, LeadSort};
use etalon_domain::page::{Page, Sort, Totals};
use etalon_domain::policy::{Actor, Reach};

use super::row::{Row, joined};
use crate::connection::Tx;
use crate::error::Result;
use crate::page::{decode, encode, keyset, limit};
use crate::portable::{backend, search, search_in};
use crate::schema::{leads, users};
use crate::zone::{day_end, day_start, zone};

/// A page of the leads that the reader may see and the filter selects.
///
/// # Errors
/// `invalid_fields` when a filter is not valid, or the database cannot be read.
pub fn list(tx: &mut Tx<'_>, actor: &Actor, filter: &LeadFilter) -> Result<Page<Lead>> {
    let wanted = limit(filter.limit)?;
    let sort = filter.sort.unwrap_or(Sort {
        field: LeadSort::CreatedAt,
        descending: true,
    });
    let order = sort.to_string();
    let cursor = filter.cursor.as_deref();
    let zone = zone(&actor.time_zone);
    let found = search(backend(tx.conn), "leads", "seq", filter.q.as_deref());
    let departments = crate::departments::meant(tx, &filter.department_id, None)?;
    macro_rules! narrow {
        ($query:expr) => {{
            let mut query = $query;
            query = if filter.deleted == Some(true) {
                query.filter(leads::deleted_at.is_not_null())
            } else {
                query.filter(leads::deleted_at.is_null())
            };
            let own = leads::owner_id.eq(actor.user_id.as_str().to_owned());
            query = match &actor.reach {
                Reach::All => query,
                Reach::Own => query.filter(own),
                Reach::Departments { departments } => {
                    let visible: Vec<String> = departments.iter().map(|d| d.to_string()).collect();
                    query.filter(own.nullable().or(leads::department_id.eq_any(visible)))
                }
            };
            macro_rules! any_of {
                ($values:expr, $column:expr) => {
                    if !$values.is_empty() {
                        let values: Vec<String> =
                            $values.0.iter().map(ToString::to_string).collect();
                        query = query.filter($column.eq_any(values));
                    }
                };
            }
            any_of!(filter.owner_id, leads::owner_id);
            any_of!(filter.account_id, leads::account_id);
            any_of!(filter.status, leads::status);
            any_of!(filter.source, leads::source);
            if !filter.department_id.is_empty() {
                query = query.filter(leads::department_id.eq_any(departments.clone()));
            }
            if let Some(import) = &filter.import_id {
                query = query.filter(leads::import_id.eq(import.as_str().to_owned()));
            }
            if let Some(form) = &filter.form_id {
                query = query.filter(leads::form_id.eq(form.as_str().to_owned()));
            }
            if let Some(score) = filter.score_min {
                query = query.filter(leads::score.ge(score));
            }
            if let Some(score) = filter.score_max {
                query = query.filter(leads::score.le(score));
            }
            if let Some(day) = filter.created_from {
                query = query.filter(leads::created_at.ge(day_start(day, zone)));
            }
            if let Some(day) = filter.created_to {
                query = query.filter(leads::created_at.lt(day_end(day, zone)));
            }
            search_in!(query, &found)
        }};
    }
    macro_rules! by {
        ($type:ty, $column:expr, $value:expr) => {{
            let cursor = decode::<$type>(&order, cursor)?;
            let mut rows: Vec<Row> = keyset!(
                tx.conn,
                narrow!(joined!()),
                $column,
                leads::id,
                cursor,
                sort.descending,
                wanted + 1
            );
            let more = rows.len() > wanted;
            rows.truncate(wanted);
            let value: fn(&Row) -> Option<$type> = $value;
            let next = rows
                .last()
                .filter(|_| more)
                .map(|row| encode(&order, value(row).as_ref(), &row.values.id));
            (rows, next)
        }};
    }
    let (rows, next_cursor) = match sort.field {
        LeadSort::Title => by!(String, leads::search_text, |r| Some(
            r.values.search_text.clone()
        )),
        LeadSort::Owner => by!(String, users::search_text, |r| Some(r.owner_key.clone())),
        LeadSort::Score => by!(i32, leads::score, |r| Some(r.values.score)),
        LeadSort::NurtureUntil => {
            by!(NaiveDate, leads::nurture_until, |r| r.values.nurture_until)
        }
        LeadSort::CreatedAt => by!(NaiveDateTime, leads::created_at, |r| Some(
            r.values.created_at
        )),
        LeadSort::UpdatedAt => by!(NaiveDateTime, leads::updated_at, |r| Some(
            r.values.updated_at
        )),
    };
    let totals = if filter.totals == Some(true) {
        let query = leads::table.select(diesel::dsl::count_star()).into_boxed();
        Some(Totals {
            count: narrow!(query).first(tx.conn)?,
            amount: None,
            weighted: None,
            unconverted: 0,
            stages: Vec::new(),
        })
    } else {
        None
    };
    Ok(Page {
        items: rows
            .into_iter()
            .map(Row::into_lead)
            .collect::<Result<_>>()?,
        next_cursor,
        totals,
    })
}
