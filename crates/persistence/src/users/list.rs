//! Pages of people.

use diesel::prelude::*;
use etalon_domain::page::Page;
use etalon_domain::text::fold;
use etalon_domain::user::{User, UserFilter};

use super::row::{Row, joined};
use crate::connection::Tx;
use crate::error::Result;
use crate::page::{decode, encode, keyset, limit};
use crate::schema::users;

/// A page of people, by name.
///
/// # Errors
/// `invalid_fields` when a filter is not valid, or the database cannot be read.
pub fn list(tx: &mut Tx<'_>, filter: &UserFilter) -> Result<Page<User>> {
    const ORDER: &str = "name";
    let wanted = limit(filter.limit)?;
    let cursor = decode::<String>(ORDER, filter.cursor.as_deref())?;
    let pattern = filter.q.as_deref().map(fold).filter(|q| !q.is_empty());
    let narrow = || {
        let mut query = joined!();
        if let Some(q) = &pattern {
            let escaped = q
                .replace('\\', "\\\\")
                .replace('%', "\\%")
                .replace('_', "\\_");
            query = query.filter(users::search_text.like(format!("%{escaped}%")).escape('\\'));
        }
        if !filter.department_id.is_empty() {
            let ids: Vec<String> = filter
                .department_id
                .0
                .iter()
                .map(ToString::to_string)
                .collect();
            query = query.filter(users::department_id.eq_any(ids));
        }
        if !filter.role.is_empty() {
            let roles: Vec<String> = filter.role.0.iter().map(ToString::to_string).collect();
            query = query.filter(users::role.eq_any(roles));
        }
        if let Some(active) = filter.active {
            query = query.filter(users::active.eq(active));
        }
        query
    };
    let mut rows: Vec<Row> = keyset!(
        tx.conn,
        narrow(),
        users::search_text,
        users::id,
        cursor,
        false,
        wanted + 1
    );
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    let next_cursor = rows
        .last()
        .filter(|_| more)
        .map(|row| encode(ORDER, Some(&row.values.search_text), &row.values.id));
    let items = rows
        .into_iter()
        .map(|row| row.into_credentials().map(|c| c.user))
        .collect::<Result<_>>()?;
    Ok(Page {
        items,
        next_cursor,
        totals: None,
    })
}
