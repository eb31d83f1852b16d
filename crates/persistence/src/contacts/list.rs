//! Pages of contacts.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use etalon_domain::contact::{Contact, ContactFilter, ContactSort};
use etalon_domain::page::{Page, Sort, Totals};

use super::row::{Row, joined};
use crate::connection::Tx;
use crate::error::Result;
use crate::page::{decode, encode, keyset, limit};
use crate::portable::{backend, search, search_in};
use crate::schema::{accounts, contacts};

/// A page of the contacts that the filter selects.
///
/// # Errors
/// `invalid_fields` when a filter is not valid, or the database cannot be read.
pub fn list(tx: &mut Tx<'_>, filter: &ContactFilter) -> Result<Page<Contact>> {
    let wanted = limit(filter.limit)?;
    let sort = filter.sort.unwrap_or(Sort {
        field: ContactSort::Name,
        descending: false,
    });
    let order = sort.to_string();
    let cursor = filter.cursor.as_deref();
    let found = search(backend(tx.conn), "contacts", "seq", filter.q.as_deref());
    macro_rules! narrow {
        ($query:expr) => {{
            let mut query = $query;
            query = if filter.deleted == Some(true) {
                query.filter(contacts::deleted_at.is_not_null())
            } else {
                query.filter(contacts::deleted_at.is_null())
            };
            if !filter.account_id.is_empty() {
                let ids: Vec<&str> = filter.account_id.0.iter().map(|id| id.as_str()).collect();
                query = query.filter(contacts::account_id.eq_any(ids));
            }
            if !filter.owner_id.is_empty() {
                let ids: Vec<&str> = filter.owner_id.0.iter().map(|id| id.as_str()).collect();
                query = query.filter(contacts::owner_id.eq_any(ids));
            }
            if let Some(import) = &filter.import_id {
                query = query.filter(contacts::import_id.eq(import.as_str()));
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
                contacts::id,
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
        ContactSort::Name => {
            by!(String, contacts::search_text, |r| Some(
                r.values.search_text.clone()
            ))
        }
        ContactSort::Account => {
            by!(String, accounts::search_text.nullable(), |r| r
                .account_key
                .clone())
        }
        ContactSort::CreatedAt => {
            by!(NaiveDateTime, contacts::created_at, |r| Some(
                r.values.created_at
            ))
        }
        ContactSort::UpdatedAt => {
            by!(NaiveDateTime, contacts::updated_at, |r| Some(
                r.values.updated_at
            ))
        }
    };
    let totals = if filter.totals == Some(true) {
        let query = contacts::table
            .select(diesel::dsl::count_star())
            .into_boxed();
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
        items: rows.into_iter().map(Row::into_contact).collect(),
        next_cursor,
        totals,
    })
}
