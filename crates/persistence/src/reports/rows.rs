//! The rows behind a number.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable};
use etalon_domain::analytics::{
    AnalyticsFilter, FunnelMode, OwnerPart, PeriodQuery, RowDeal, Rows, RowsPart, RowsQuery,
    RowsReport,
};
use etalon_domain::deal::format_number;
use etalon_domain::endpoint::{decode_component, from_strict_query, names_of};
use etalon_domain::error::{Error as DomainError, FieldCode};
use etalon_domain::id::{DealId, UserId};
use etalon_domain::policy::Actor;
use etalon_domain::time::{Instant, from_naive};

use super::behind::selections;
use super::scope::{Scope, money};
use super::selection::{By, Selection, Worth, counted, grouped};
use super::targets::names_of_people;
use crate::connection::Tx;
use crate::error::Result;
use crate::page::{decode, encode, keyset, limit};
use crate::schema::{accounts, deal_versions, deals};

/// A page of the deals behind a number, the largest value first.
///
/// # Errors
/// `invalid_fields` when there is no such number, or the database cannot be read.
pub fn rows(
    tx: &mut Tx<'_>,
    actor: &Actor,
    query: &RowsQuery,
    period: &PeriodQuery,
    filter: &AnalyticsFilter,
    now: Instant,
) -> Result<Rows> {
    let wanted = limit(query.limit)?;
    let scope = scope_of(tx, actor, query, period, filter, now)?;
    let selections = selections(tx, &scope, query)?;
    let names = names_of_people(tx)?;
    let mut items = Vec::new();
    let (mut count, mut sum, mut amount, mut unconverted) = (0, 0, 0, 0);
    let mut owners = std::collections::BTreeMap::<String, (i64, i64)>::new();
    for selection in &selections {
        let by = match selection.worth {
            Worth::Amount => By::key(selection.owner()),
            Worth::Weighted => By::key(selection.owner()).weighted(),
        };
        for group in grouped(tx, &scope, selection, &by)? {
            let worth = match selection.worth {
                Worth::Amount => group.amount(),
                Worth::Weighted => group.weighted(),
            };
            count += group.deals;
            sum += worth;
            amount += group.amount();
            unconverted += group.unconverted();
            let part = owners.entry(group.key.unwrap_or_default()).or_default();
            part.0 += group.deals;
            part.1 += worth;
        }
        items.extend(page(
            tx,
            &scope,
            selection,
            query.cursor.as_deref(),
            wanted + 1,
        )?);
    }
    in_order(&mut items);
    let more = items.len() > wanted;
    items.truncate(wanted);
    let next_cursor =
        (items.last().filter(|_| more)).map(|row| encode(ORDER, row.worth.as_ref(), &row.id));
    let mut owners: Vec<OwnerPart> = (owners.into_iter())
        .map(|(id, (deals, worth))| OwnerPart {
            name: names.get(&id).cloned().unwrap_or_default(),
            id: UserId::new(id),
            deals,
            amount: money(tx, worth),
        })
        .collect();
    owners.sort_by(|a, b| {
        (b.amount.minor.cmp(&a.amount.minor))
            .then(b.deals.cmp(&a.deals))
            .then_with(|| a.name.cmp(&b.name))
    });
    Ok(Rows {
        items: items
            .into_iter()
            .map(|row| row.into_deal(tx, &names))
            .collect::<Result<_>>()?,
        next_cursor,
        count,
        sum: money(tx, sum),
        amount: money(tx, amount),
        unconverted,
        owners,
    })
}

/// The identifiers of all deals behind a number, which the query string of the rows names, as of now.
///
/// # Errors
/// `invalid_fields` when there is no such number, or the database cannot be read.
pub(crate) fn deals_behind(tx: &mut Tx<'_>, actor: &Actor, query: &str) -> Result<Vec<String>> {
    let pairs: Vec<(String, String)> = (query.split('&'))
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (decode_component(name), decode_component(value)))
        .collect();
    let refused = |code, message: &str| DomainError::field("rows", code, message);
    let known = [
        names_of::<RowsQuery>(),
        names_of::<PeriodQuery>(),
        names_of::<AnalyticsFilter>(),
    ]
    .concat();
    let is_unknown =
        |(name, value): &&(String, String)| !value.is_empty() && !known.contains(&name.as_str());
    if let Some((name, _)) = pairs.iter().find(is_unknown) {
        let message = format!("has {name}, which is not known here");
        return Err(refused(FieldCode::UnknownParameter, &message).into());
    }
    let read = || {
        let query: RowsQuery = from_strict_query(&pairs)?;
        let period: PeriodQuery = from_strict_query(&pairs)?;
        let filter: AnalyticsFilter = from_strict_query(&pairs)?;
        Some((query, period, filter))
    };
    let (query, period, filter) =
        read().ok_or_else(|| refused(FieldCode::InvalidFormat, "has a value that does not fit"))?;
    let scope = scope_of(tx, actor, &query, &period, &filter, chrono::Utc::now())?;
    let mut found = Vec::new();
    let selections = selections(tx, &scope, &query)?;
    for selection in selections.iter().flat_map(Selection::parts) {
        let ids = deal_versions::table
            .select(deal_versions::deal_id)
            .into_boxed();
        let ids: Vec<String> = counted!(ids, tx, &scope, &selection).load(tx.conn)?;
        found.extend(ids);
    }
    Ok(found)
}

/// What the number is told as of: a flow, and what was open at the end of a step of the dynamics, at the
/// end of the period at the latest, all else as asked for.
fn scope_of(
    tx: &mut Tx<'_>,
    actor: &Actor,
    query: &RowsQuery,
    period: &PeriodQuery,
    filter: &AnalyticsFilter,
    now: Instant,
) -> Result<Scope> {
    let as_of = match query.report {
        // Pulse is always of now.
        Some(RowsReport::Pulse) => None,
        _ => period.as_of,
    };
    let period = PeriodQuery { as_of, ..*period };
    let scope = Scope::new(tx, actor, &period, filter, now)?;
    let ends_with_period = match query.report {
        Some(RowsReport::Dynamics) => query.part == Some(RowsPart::Open),
        Some(RowsReport::Funnel) => query.mode == Some(FunnelMode::Flow),
        _ => false,
    };
    match ends_with_period {
        true => scope.of_flow(tx),
        false => Ok(scope),
    }
}

/// The first deals of a selection, the largest value first.
///
/// # Errors
/// When the database cannot be read.
pub(super) fn largest(
    tx: &mut Tx<'_>,
    scope: &Scope,
    selection: &Selection,
    wanted: usize,
) -> Result<Vec<RowDeal>> {
    let names = names_of_people(tx)?;
    let rows = page(tx, scope, selection, None, wanted)?;
    rows.into_iter()
        .map(|row| row.into_deal(tx, &names))
        .collect()
}

const ORDER: &str = "-value";

/// A version with what is told of its deal.
#[derive(Clone, Debug, Queryable)]
pub(super) struct Row {
    id: String,
    deal_id: String,
    number: i64,
    title: String,
    account_name: Option<String>,
    owner_id: String,
    stage: String,
    status: String,
    probability: i32,
    forecast_category: String,
    expected_close_on: Option<NaiveDate>,
    created_ms: i64,
    stage_entered_ms: i64,
    amount: Option<i64>,
    worth: Option<i64>,
    deleted_at: Option<NaiveDateTime>,
}

impl Row {
    fn into_deal(
        self,
        tx: &Tx<'_>,
        names: &std::collections::BTreeMap<String, String>,
    ) -> Result<RowDeal> {
        let instant = |millis| chrono::DateTime::from_timestamp_millis(millis).unwrap_or_default();
        Ok(RowDeal {
            deal_id: DealId::new(self.deal_id),
            number: format_number(self.number),
            title: self.title,
            account_name: self.account_name,
            owner_name: names.get(&self.owner_id).cloned().unwrap_or_default(),
            owner_id: UserId::new(self.owner_id),
            stage: self.stage,
            status: self.status.parse()?,
            probability: self.probability,
            forecast_category: self.forecast_category.parse()?,
            expected_close_on: self.expected_close_on,
            created_at: instant(self.created_ms),
            since: instant(self.stage_entered_ms),
            amount: self.amount.map(|minor| money(tx, minor)),
            value: self.worth.map(|minor| money(tx, minor)),
            deleted: self.deleted_at.map(from_naive).is_some(),
        })
    }
}

fn page(
    tx: &mut Tx<'_>,
    scope: &Scope,
    selection: &Selection,
    cursor: Option<&str>,
    wanted: usize,
) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for part in selection.parts() {
        let cursor = decode::<i64>(ORDER, cursor)?;
        let worth = part.worth(scope);
        // The identifiers first: nothing wide is sorted.
        let ids: Vec<String> = keyset!(
            tx.conn,
            counted!(
                deal_versions::table.select(deal_versions::id).into_boxed(),
                tx,
                scope,
                &part
            ),
            sql::<Nullable<BigInt>>(&worth),
            deal_versions::id,
            cursor,
            true,
            wanted
        );
        rows.extend(rows_of(tx, scope, selection, ids)?);
    }
    in_order(&mut rows);
    rows.truncate(wanted);
    Ok(rows)
}

/// The largest value first.
fn in_order(rows: &mut [Row]) {
    rows.sort_by(|a, b| b.worth.cmp(&a.worth).then_with(|| b.id.cmp(&a.id)));
}

/// What is told of the deals of these versions.
fn rows_of(
    tx: &mut Tx<'_>,
    scope: &Scope,
    selection: &Selection,
    ids: Vec<String>,
) -> Result<Vec<Row>> {
    let worth = selection.worth(scope);
    Ok(deal_versions::table
        .inner_join(deals::table.on(deals::id.eq(deal_versions::deal_id)))
        .left_join(accounts::table.on(accounts::id.nullable().eq(deals::account_id)))
        .filter(deal_versions::id.eq_any(ids))
        .select((
            deal_versions::id,
            deal_versions::deal_id,
            deals::number,
            deals::title,
            accounts::name.nullable(),
            sql::<diesel::sql_types::Text>(selection.owner()),
            deal_versions::stage,
            deal_versions::status,
            deal_versions::probability,
            deal_versions::forecast_category,
            deal_versions::expected_close_on,
            deal_versions::created_ms,
            deal_versions::stage_entered_ms,
            sql::<Nullable<BigInt>>(&selection.value(scope)),
            sql::<Nullable<BigInt>>(&worth),
            deals::deleted_at,
        ))
        .load(tx.conn)?)
}

/// What is told of the deals of these versions, by version.
///
/// # Errors
/// When the database cannot be read.
pub(super) fn deals_of(
    tx: &mut Tx<'_>,
    scope: &Scope,
    selection: &Selection,
    ids: Vec<String>,
) -> Result<std::collections::BTreeMap<String, RowDeal>> {
    let names = names_of_people(tx)?;
    let rows = rows_of(tx, scope, selection, ids)?;
    rows.into_iter()
        .map(|row| Ok((row.id.clone(), row.into_deal(tx, &names)?)))
        .collect()
}
