use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use etalon_domain::deal::{Deal, DealFilter, DealSort};
use etalon_domain::money::Money;
use etalon_domain::page::{Page, Sort, StageTotals, Totals};
use etalon_domain::policy::Actor;
use etalon_domain::time::Instant;

use super::filter::{Resolved, narrow};
use super::row::{Row, Values, joined};
use super::with_competitor_names;
use crate::connection::{Backend, Tx};
use crate::error::Result;
use crate::page::{decode, encode, keyset, limit};
use crate::portable::{among, backend};
use crate::schema::{accounts, contacts, deal_team, deals, departments, products, stages, users};
use crate::zone::{day_at, zone};

/// A page of the deals that the reader may see and the filter selects; with totals over all of them
/// when asked for.
///
/// # Errors
/// `invalid_fields` when a filter is not valid, or the database cannot be read.
pub fn list(
    tx: &mut Tx<'_>,
    actor: &Actor,
    filter: &DealFilter,
    now: Instant,
) -> Result<Page<Deal>> {
    let wanted = limit(filter.limit)?;
    let zone = zone(&actor.time_zone);
    let today = day_at(now, zone);
    let resolved = Resolved::new(tx, actor, filter, zone, today)?;
    let sort = filter.sort.unwrap_or(Sort {
        field: DealSort::CreatedAt,
        descending: true,
    });
    let (mut rows, key) = sorted(tx, &resolved, sort, wanted + 1)?;
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    let next_cursor = rows.last().filter(|_| more).map(key);
    let totals = match filter.totals {
        Some(true) => Some(totals(tx, &resolved)?),
        _ => None,
    };
    Ok(Page {
        items: with_competitor_names(tx, rows, now, today)?,
        next_cursor,
        totals,
    })
}

type Key = Box<dyn Fn(&Row) -> String>;

/// Reads the rows of a page in an order, and how to point behind one of them.
///
/// First the identifiers alone, without what is joined: the order then comes from an index, nothing
/// wide is sorted, and PostgreSQL plans a query over one table instead of seven. Then the rows.
fn sorted(
    tx: &mut Tx<'_>,
    resolved: &Resolved,
    sort: Sort<DealSort>,
    wanted: usize,
) -> Result<(Vec<Row>, Key)> {
    let order = sort.to_string();
    let cursor = resolved.filter.cursor.as_deref();
    macro_rules! by {
        ($type:ty, $column:expr, $value:expr) => {
            by!(deals::table, $type, $column, $value)
        };
        ($source:expr, $type:ty, $column:expr, $value:expr) => {{
            let cursor = decode::<$type>(&order, cursor)?;
            let ids: Vec<String> = keyset!(
                tx.conn,
                narrow!($source.select(deals::id).into_boxed(), resolved),
                $column,
                deals::id,
                cursor,
                sort.descending,
                wanted
            );
            let rows = in_order(tx, &resolved.actor, &ids)?;
            let value: fn(&Row) -> Option<$type> = $value;
            let key: Key = Box::new(move |row| encode(&order, value(row).as_ref(), &row.values.id));
            Ok((rows, key))
        }};
    }
    let with_account =
        deals::table.left_join(accounts::table.on(accounts::id.nullable().eq(deals::account_id)));
    let with_owner = deals::table.inner_join(users::table.on(users::id.eq(deals::owner_id)));
    let with_stage = deals::table.inner_join(stages::table.on(stages::code.eq(deals::stage)));
    match sort.field {
        DealSort::Number => by!(i64, deals::number, |r| Some(r.number)),
        DealSort::Title => by!(String, deals::search_text, |r| Some(
            r.values.search_text.clone()
        )),
        DealSort::Account => by!(
            with_account,
            String,
            accounts::search_text.nullable(),
            |r| r.account_key.clone()
        ),
        DealSort::Owner => by!(with_owner, String, users::search_text, |r| Some(
            r.owner_key.clone()
        )),
        DealSort::Stage => by!(with_stage, i32, stages::position, |r| Some(
            r.stage_position
        )),
        DealSort::Amount => by!(i64, deals::amount_base, |r| r.values.amount_base),
        DealSort::Probability => by!(i32, deals::probability, |r| Some(r.values.probability)),
        DealSort::ExpectedCloseOn => {
            by!(NaiveDate, deals::expected_close_on, |r| r
                .values
                .expected_close_on)
        }
        DealSort::NextStepOn => by!(NaiveDate, deals::next_step_on, |r| r.values.next_step_on),
        DealSort::LastTouchAt => {
            by!(NaiveDateTime, deals::last_touch_at, |r| r
                .values
                .last_touch_at)
        }
        DealSort::ClosedAt => by!(NaiveDateTime, deals::closed_at, |r| r.values.closed_at),
        DealSort::CreatedAt => by!(NaiveDateTime, deals::created_at, |r| Some(
            r.values.created_at
        )),
        DealSort::UpdatedAt => by!(NaiveDateTime, deals::updated_at, |r| Some(
            r.values.updated_at
        )),
    }
}

/// The rows of these deals, in the order of the identifiers.
fn in_order(tx: &mut Tx<'_>, actor: &Actor, ids: &[String]) -> Result<Vec<Row>> {
    let places: HashMap<&str, usize> = ids.iter().map(String::as_str).zip(0..).collect();
    let mut rows: Vec<Row> = match backend(tx.conn) {
        Backend::Sqlite => joined!(actor)
            .filter(among!("deals.id", ids))
            .load(tx.conn)?,
        Backend::Postgres => joined!(actor)
            .filter(deals::id.eq_any(ids.to_vec()))
            .load(tx.conn)?,
    };
    rows.sort_by_key(|row| places.get(row.values.id.as_str()).copied());
    Ok(rows)
}

/// Count and sums over everything that the filter selects, in one pass.
fn totals(tx: &mut Tx<'_>, resolved: &Resolved) -> Result<Totals> {
    type Sums = (String, i64, Option<i64>, Option<i64>, Option<i64>);
    let query = deals::table
        .group_by(deals::stage)
        .select((
            deals::stage,
            diesel::dsl::count_star(),
            sql::<diesel::sql_types::Nullable<BigInt>>("CAST(SUM(deals.amount_base) AS BIGINT)"),
            sql::<diesel::sql_types::Nullable<BigInt>>(
                "CAST(SUM((deals.amount_base * deals.probability + 50) / 100) AS BIGINT)",
            ),
            sql::<diesel::sql_types::Nullable<BigInt>>(
                "CAST(SUM(CASE WHEN deals.amount IS NOT NULL AND deals.amount_base IS NULL \
                 THEN 1 ELSE 0 END) AS BIGINT)",
            ),
        ))
        .into_boxed();
    let sums: Vec<Sums> = narrow!(query, resolved).load(tx.conn)?;
    let base = tx.company.base_currency;
    let mut totals = Totals {
        count: 0,
        amount: Some(Money::zero(base)),
        weighted: Some(Money::zero(base)),
        unconverted: 0,
        stages: Vec::new(),
    };
    let (mut amount, mut weighted) = (0, 0);
    for stage in tx.company.stages.all() {
        let found = sums.iter().find(|(code, ..)| *code == stage.code);
        let Some((code, count, stage_amount, stage_weighted, unconverted)) = found else {
            continue;
        };
        totals.count += count;
        totals.unconverted += unconverted.unwrap_or(0);
        amount += stage_amount.unwrap_or(0);
        weighted += stage_weighted.unwrap_or(0);
        totals.stages.push(StageTotals {
            stage: code.clone(),
            count: *count,
            amount: Money::new(stage_amount.unwrap_or(0), base),
            weighted: Money::new(stage_weighted.unwrap_or(0), base),
        });
    }
    totals.amount = Some(Money::new(amount, base));
    totals.weighted = Some(Money::new(weighted, base));
    Ok(totals)
}
