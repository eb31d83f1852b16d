//! Exchange rates by date. Whoever writes one values the open deals anew in the same transaction, so
//! that amounts in the base currency are never stale.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use diesel::prelude::*;
use etalon_domain::error::{Error as DomainError, ErrorCode, FieldCode, validate};
use etalon_domain::event::{EventKind, FieldChange};
use etalon_domain::money::Currency;
use etalon_domain::page::Page;
use etalon_domain::policy::may_manage_company;
use etalon_domain::rate::{
    CurrencyInfo, ExchangeRate, ExchangeRateDraft, ExchangeRateFilter, MAX_CONVERTED, RateTable,
    check_rate, minor_factor,
};
use etalon_domain::time::Instant;
use serde_json::json;

use crate::connection::{Backend, Tx};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::page::{decode, encode, limit};
use crate::portable::{backend, convert_sql};
use crate::record::{note, refuse_invalid};
use crate::schema::{deals, exchange_rates};
use crate::timeline::Entity;

#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = exchange_rates)]
struct Row {
    base: String,
    currency: String,
    rate_on: NaiveDate,
    rate: f64,
    source: String,
}

fn known(code: &str) -> Result<Currency> {
    Currency::from_code(code).ok_or_else(|| Error::Corrupt(format!("currency {code}")))
}

fn into_rate(row: Row) -> Result<ExchangeRate> {
    Ok(ExchangeRate {
        base: known(&row.base)?,
        currency: known(&row.currency)?,
        on: row.rate_on,
        rate: row.rate,
        source: row.source,
    })
}

/// The newest day on which rates may stand: it has begun somewhere on earth. Open deals are valued
/// at the rates of this day, so a rate that is entered where it is tomorrow already counts at once.
#[must_use]
pub fn newest_day(now: Instant) -> NaiveDate {
    let today = now.date_naive();
    today.succ_opt().unwrap_or(today)
}

/// The rates of a day: for each pair the latest one published on or before it, however long ago,
/// since an old rate is better than none. Only the pairs of `currencies`, or all when it is empty.
///
/// # Errors
/// When the database cannot be read.
pub fn table_on(tx: &mut Tx<'_>, on: NaiveDate, currencies: &[Currency]) -> Result<RateTable> {
    let rates = latest(tx, on, currencies)?;
    Ok(RateTable::new(
        rates
            .into_iter()
            .map(into_rate)
            .collect::<Result<Vec<_>>>()?,
    ))
}

/// For each pair the latest rate on or before a day, ordered by currency and base.
fn latest(tx: &mut Tx<'_>, on: NaiveDate, currencies: &[Currency]) -> Result<Vec<Row>> {
    let codes: Vec<&str> = currencies.iter().map(|c| c.code()).collect();
    let mut days = exchange_rates::table
        .filter(exchange_rates::rate_on.le(on))
        .group_by((exchange_rates::currency, exchange_rates::base))
        .select((
            exchange_rates::currency,
            exchange_rates::base,
            diesel::dsl::max(exchange_rates::rate_on),
        ))
        .into_boxed();
    if !codes.is_empty() {
        days = days.filter(exchange_rates::currency.eq_any(codes));
    }
    let days: Vec<(String, String, Option<NaiveDate>)> = days.load(tx.conn)?;
    let wanted: BTreeSet<NaiveDate> = days.iter().filter_map(|(.., day)| *day).collect();
    let days: HashMap<(String, String), NaiveDate> = (days.into_iter())
        .filter_map(|(currency, base, day)| Some(((currency, base), day?)))
        .collect();
    let rows: Vec<Row> = exchange_rates::table
        .filter(exchange_rates::rate_on.eq_any(wanted.into_iter().collect::<Vec<_>>()))
        .order((exchange_rates::currency, exchange_rates::base))
        .load(tx.conn)?;
    let is_latest =
        |row: &Row| days.get(&(row.currency.clone(), row.base.clone())) == Some(&row.rate_on);
    Ok(rows.into_iter().filter(is_latest).collect())
}

/// A page of rates, newest first; with `on`, for each pair the latest on or before that day.
///
/// # Errors
/// `invalid_fields` when a filter is not valid, or the database cannot be read.
pub fn list(tx: &mut Tx<'_>, filter: &ExchangeRateFilter) -> Result<Page<ExchangeRate>> {
    const ORDER: &str = "-on";
    let wanted = limit(filter.limit)?;
    let mut query = exchange_rates::table
        .order((
            exchange_rates::rate_on.desc(),
            exchange_rates::currency.asc(),
            exchange_rates::base.asc(),
        ))
        .into_boxed();
    if let Some(currency) = filter.currency {
        query = query.filter(exchange_rates::currency.eq(currency.code()));
    }
    if let Some(on) = filter.on {
        return latest_page(tx, on, filter.currency, wanted, filter.cursor.as_deref());
    }
    if let Some(cursor) = decode::<NaiveDate>(ORDER, filter.cursor.as_deref())?
        && let Some(on) = cursor.value
    {
        let (currency, base) = cursor.id.split_once('/').unwrap_or((&cursor.id, ""));
        query = query.filter(
            exchange_rates::rate_on
                .lt(on)
                .or(exchange_rates::rate_on
                    .eq(on)
                    .and(exchange_rates::currency.gt(currency.to_owned())))
                .or(exchange_rates::rate_on
                    .eq(on)
                    .and(exchange_rates::currency.eq(currency.to_owned()))
                    .and(exchange_rates::base.gt(base.to_owned()))),
        );
    }
    let mut rows: Vec<Row> = query.limit(wanted as i64 + 1).load(tx.conn)?;
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    let next_cursor = rows.last().filter(|_| more).map(|row| {
        let id = format!("{}/{}", row.currency, row.base);
        encode(ORDER, Some(&row.rate_on), &id)
    });
    Ok(Page {
        items: rows.into_iter().map(into_rate).collect::<Result<_>>()?,
        next_cursor,
        totals: None,
    })
}

/// A page of the rates of a day, by currency and base.
fn latest_page(
    tx: &mut Tx<'_>,
    on: NaiveDate,
    currency: Option<Currency>,
    wanted: usize,
    cursor: Option<&str>,
) -> Result<Page<ExchangeRate>> {
    const ORDER: &str = "currency";
    let place = |row: &Row| format!("{}/{}", row.currency, row.base);
    let mut rows = latest(tx, on, currency.as_slice())?;
    if let Some(cursor) = decode::<String>(ORDER, cursor)? {
        rows.retain(|row| place(row) > cursor.id);
    }
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    let next_cursor =
        (rows.last().filter(|_| more)).map(|row| encode(ORDER, Some(&row.currency), &place(row)));
    Ok(Page {
        items: rows.into_iter().map(into_rate).collect::<Result<_>>()?,
        next_cursor,
        totals: None,
    })
}

/// All currencies with their rate to the base currency on a day.
///
/// # Errors
/// When the database cannot be read.
pub fn currencies(tx: &mut Tx<'_>, on: NaiveDate) -> Result<Vec<CurrencyInfo>> {
    let table = table_on(tx, on, &[])?;
    let base = tx.company.base_currency;
    Ok(Currency::all()
        .into_iter()
        .map(|currency| {
            let rate = table.rate(currency, base);
            CurrencyInfo {
                code: currency,
                numeric: currency.numeric(),
                name: currency.name(),
                minor_units: currency.minor_units(),
                is_base: currency == base,
                rate_to_base: rate.map(|(rate, _)| rate),
                rate_on: rate.and_then(|(_, on)| on),
            }
        })
        .collect())
}

/// What writing rates did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stored {
    /// Rates that were new.
    pub created: u64,
    /// Rates whose number changed.
    pub updated: u64,
    /// Rates that were there already.
    pub unchanged: u64,
    /// Open deals that were valued anew.
    pub revalued: u64,
}

/// Enters one rate by hand.
///
/// # Errors
/// `forbidden`, invalid fields, or that the database failed.
pub fn enter(
    tx: &mut Tx<'_>,
    context: &Context,
    draft: &ExchangeRateDraft,
) -> Result<ExchangeRate> {
    let mut errors = validate(draft);
    if draft.base == draft.currency {
        errors.push(etalon_domain::error::FieldError::new(
            "currency",
            FieldCode::NotAllowed,
            "must differ from the base",
        ));
    }
    if !may_manage_company(&context.actor) {
        return Err(ErrorCode::Forbidden.into());
    }
    refuse_invalid(errors)?;
    let rate = ExchangeRate {
        base: draft.base,
        currency: draft.currency,
        on: draft.on,
        rate: draft.rate,
        source: "manual".into(),
    };
    store(tx, context, std::slice::from_ref(&rate))?;
    Ok(rate)
}

/// Writes rates and values the open deals anew: the only function that writes rates.
///
/// # Errors
/// `forbidden`, a day that has not begun anywhere, or that the database failed.
pub fn store(tx: &mut Tx<'_>, context: &Context, rates: &[ExchangeRate]) -> Result<Stored> {
    if !may_manage_company(&context.actor) {
        return Err(ErrorCode::Forbidden.into());
    }
    let newest = newest_day(context.now);
    if rates.iter().any(|rate| rate.on > newest) {
        return Err(DomainError::field("on", FieldCode::OutOfRange, "lies in the future").into());
    }
    if let Some(message) = rates.iter().find_map(|rate| check_rate(rate.rate).err()) {
        return Err(DomainError::field("rate", FieldCode::OutOfRange, message).into());
    }
    let first = rates.iter().map(|rate| rate.on).min();
    let mut present: HashMap<(String, String, NaiveDate), f64> = HashMap::new();
    if let Some(first) = first {
        let rows: Vec<Row> = exchange_rates::table
            .filter(exchange_rates::rate_on.ge(first))
            .load(tx.conn)?;
        present.extend(
            rows.into_iter()
                .map(|row| ((row.base, row.currency, row.rate_on), row.rate)),
        );
    }
    let mut stored = Stored::default();
    for rate in rates {
        let key = (
            rate.base.code().to_owned(),
            rate.currency.code().to_owned(),
            rate.on,
        );
        match present.get(&key) {
            Some(known) if *known == rate.rate => stored.unchanged += 1,
            Some(_) => {
                let row = exchange_rates::table
                    .filter(exchange_rates::base.eq(&key.0))
                    .filter(exchange_rates::currency.eq(&key.1))
                    .filter(exchange_rates::rate_on.eq(rate.on));
                diesel::update(row)
                    .set((
                        exchange_rates::rate.eq(rate.rate),
                        exchange_rates::source.eq(&rate.source),
                    ))
                    .execute(tx.conn)?;
                stored.updated += 1;
            }
            None => {
                diesel::insert_into(exchange_rates::table)
                    .values(Row {
                        base: key.0.clone(),
                        currency: key.1.clone(),
                        rate_on: rate.on,
                        rate: rate.rate,
                        source: rate.source.clone(),
                    })
                    .execute(tx.conn)?;
                stored.created += 1;
            }
        }
        present.insert(key, rate.rate);
    }
    if stored.created + stored.updated > 0 {
        stored.revalued = revalue(tx, context)?;
        let change = FieldChange {
            field: "rates".into(),
            from: serde_json::Value::Null,
            to: json!({"created": stored.created, "updated": stored.updated}),
        };
        note(
            tx.conn,
            context,
            Entity::Rates,
            "rates",
            EventKind::Updated,
            &[change],
        )?;
    }
    Ok(stored)
}

/// Values every open deal in a foreign currency at today's rate, one statement per currency.
fn revalue(tx: &mut Tx<'_>, context: &Context) -> Result<u64> {
    let base = tx.company.base_currency;
    let codes: Vec<Option<String>> = deals::table
        .filter(deals::status.eq("open"))
        .filter(deals::currency.ne(base.code()))
        .select(deals::currency)
        .distinct()
        .load(tx.conn)?;
    let table = table_on(tx, newest_day(context.now), &[])?;
    let backend = backend(tx.conn);
    let mut changed = 0;
    for code in codes.into_iter().flatten() {
        let value = valued_sql(backend, &table, known(&code)?, base, "amount");
        let sql = format!(
            "UPDATE deals SET amount_base = {value} WHERE status = 'open' AND currency = '{code}'"
        );
        changed += diesel::sql_query(sql).execute(tx.conn)? as u64;
    }
    Ok(changed)
}

/// SQL for what an amount of a currency in a column is worth in the base currency, as
/// [`RateTable::convert`] says; `NULL` when no rate is known or it is too large.
pub(crate) fn valued_sql(
    backend: Backend,
    table: &RateTable,
    currency: Currency,
    base: Currency,
    column: &str,
) -> String {
    if currency == base {
        return column.to_owned();
    }
    match table.rate(currency, base) {
        Some((rate, _)) => {
            let factor = format!("{:e}", minor_factor(currency, base, rate));
            let value = convert_sql(backend, column, &factor);
            format!("CASE WHEN {column} * {factor} < {MAX_CONVERTED} THEN {value} END")
        }
        None => "NULL".to_owned(),
    }
}

/// The currencies in which deals have amounts.
///
/// # Errors
/// When the database cannot be read.
pub(crate) fn currencies_of_deals(tx: &mut Tx<'_>) -> Result<Vec<Currency>> {
    #[derive(QueryableByName)]
    struct Code {
        #[diesel(sql_type = diesel::sql_types::Text)]
        code: String,
    }
    // From one to the next by the index, instead of reading them all.
    let found: Vec<Code> = diesel::sql_query(
        "WITH RECURSIVE found(code) AS (SELECT MIN(currency) FROM deals UNION ALL \
         SELECT (SELECT MIN(currency) FROM deals WHERE currency > found.code) FROM found \
         WHERE found.code IS NOT NULL) SELECT code FROM found WHERE code IS NOT NULL",
    )
    .load(tx.conn)?;
    found.iter().map(|row| known(&row.code)).collect()
}
