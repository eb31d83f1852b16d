//! Pages of accounts.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use etalon_domain::account::{Account, AccountFilter, AccountSort};
use etalon_domain::page::{Page, Sort, Totals};
use etalon_domain::policy::{Actor, Reach};

use super::row::{Row, joined};
use crate::connection::Tx;
use crate::error::Result;
use crate::page::{decode, encode, keyset, limit};
use crate::portable::{backend, search, search_in};
use crate::schema::{accounts, deals};

/// A page of the accounts that the filter selects; the number of open deals counts those that the
/// reader may see.
///
/// # Errors
/// `invalid_fields` when a filter is not valid, or the database cannot be read.
pub fn list(tx: &mut Tx<'_>, actor: &Actor, filter: &AccountFilter) -> Result<Page<Account>> {
    let wanted = limit(filter.limit)?;
    let sort = filter.sort.unwrap_or(Sort {
        field: AccountSort::Name,
        descending: false,
    });
    let order = sort.to_string();
    let cursor = filter.cursor.as_deref();
    let found = search(backend(tx.conn), "accounts", "seq", filter.q.as_deref());
    macro_rules! narrow {
        ($query:expr) => {{
            let mut query = $query;
            query = if filter.deleted == Some(true) {
                query.filter(accounts::deleted_at.is_not_null())
            } else {
                query.filter(accounts::deleted_at.is_null())
            };
            if !filter.kind.is_empty() {
                let kinds: Vec<&str> = filter.kind.0.iter().map(|k| k.as_str()).collect();
                query = query.filter(accounts::kind.eq_any(kinds));
            }
            if !filter.industry.is_empty() {
                query = query.filter(accounts::industry.eq_any(filter.industry.0.clone()));
            }
            if !filter.owner_id.is_empty() {
                let ids: Vec<&str> = filter.owner_id.0.iter().map(|id| id.as_str()).collect();
                query = query.filter(accounts::owner_id.eq_any(ids));
            }
            if let Some(parent) = &filter.parent_id {
                query = query.filter(accounts::parent_id.eq(parent.as_str()));
            }
            if let Some(import) = &filter.import_id {
                query = query.filter(accounts::import_id.eq(import.as_str()));
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
                accounts::id,
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
        AccountSort::Name => {
            by!(String, accounts::search_text, |r| Some(
                r.values.search_text.clone()
            ))
        }
        AccountSort::Industry => by!(String, accounts::industry, |r| r.values.industry.clone()),
        AccountSort::Country => by!(String, accounts::country, |r| r.values.country.clone()),
        AccountSort::Employees => by!(i64, accounts::employees, |r| r.values.employees),
        AccountSort::CreatedAt => {
            by!(NaiveDateTime, accounts::created_at, |r| Some(
                r.values.created_at
            ))
        }
        AccountSort::UpdatedAt => {
            by!(NaiveDateTime, accounts::updated_at, |r| Some(
                r.values.updated_at
            ))
        }
    };
    let totals = if filter.totals == Some(true) {
        let query = accounts::table
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
    let mut items = rows
        .into_iter()
        .map(Row::into_account)
        .collect::<Result<Vec<_>>>()?;
    count_open_deals(tx, actor, &mut items)?;
    Ok(Page {
        items,
        next_cursor,
        totals,
    })
}

pub(super) fn count_open_deals(
    tx: &mut Tx<'_>,
    actor: &Actor,
    items: &mut [Account],
) -> Result<()> {
    if items.is_empty() {
        return Ok(());
    }
    let ids: Vec<&str> = items.iter().map(|a| a.id.as_str()).collect();
    let mut query = deals::table
        .group_by(deals::account_id)
        .select((deals::account_id, diesel::dsl::count_star()))
        .filter(deals::account_id.eq_any(ids))
        .filter(deals::status.eq("open"))
        .filter(deals::deleted_at.is_null())
        .into_boxed();
    let own = deals::owner_id.eq(actor.user_id.as_str());
    match &actor.reach {
        Reach::All => {}
        Reach::Own => query = query.filter(own),
        Reach::Departments { departments } => {
            let visible: Vec<&str> = departments.iter().map(|d| d.as_str()).collect();
            query = query.filter(own.nullable().or(deals::department_id.eq_any(visible)));
        }
    }
    let counts: Vec<(Option<String>, i64)> = query.load(tx.conn)?;
    for item in items {
        let found = counts
            .iter()
            .find(|(id, _)| id.as_deref() == Some(item.id.as_str()));
        item.open_deals = found.map_or(0, |(_, count)| *count);
    }
    Ok(())
}
