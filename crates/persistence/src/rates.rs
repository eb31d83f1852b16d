//! Exchange rates by date. Whoever writes one values the open deals anew in the same transaction, so
//! that amounts in the base currency are never stale.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use etalon_domain::error::{Error as DomainError, ErrorCode, FieldCode, validate};
use etalon_domain::event::{EventKind, FieldChange};
use etalon_domain::money::Currency;
use etalon_domain::page::Page;
use etalon_domain::policy::may_manage_company;
use etalon_domain::rate::{
    CurrencyInfo, ExchangeRate, ExchangeRateDraft, ExchangeRateFilter, RateTable, minor_factor,
};
use serde_json::json;

use crate::connection::Tx;
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

/// How old a rate may be to still stand for a day: holidays are shorter, currencies that are no
/// longer published are older.
const OLDEST_DAYS: u64 = 31;

/// The rates that lead between these currencies on a day: for each pair the latest one published on
/// or before it, at most a month earlier.
///
/// # Errors
/// When the database cannot be read.
pub fn table_on(tx: &mut Tx<'_>, on: NaiveDate, currencies: &[Currency]) -> Result<RateTable> {
    let oldest = on.checked_sub_days(Days::new(OLDEST_DAYS)).unwrap_or(on);
    let mut query = exchange_rates::table
        .filter(exchange_rates::rate_on.le(on))
        .filter(exchange_rates::rate_on.ge(oldest))
        .into_boxed();
    if !currencies.is_empty() {
        let codes: Vec<&str> = currencies.iter().map(|c| c.code()).collect();
        query = query.filter(exchange_rates::currency.eq_any(codes));
    }
    let mut rows: Vec<Row> = query.load(tx.conn)?;
    if rows.is_empty() && on > NaiveDate::MIN {
        rows = latest_before(tx, on, currencies)?;
    }
    let rates = rows
        .into_iter()
        .map(into_rate)
        .collect::<Result<Vec<_>>>()?;
    Ok(RateTable::new(rates))
}

/// The rates of the last day on which any of these was published, however long ago: better an old
/// rate than none.
fn latest_before(tx: &mut Tx<'_>, on: NaiveDate, currencies: &[Currency]) -> Result<Vec<Row>> {
    let codes: Vec<&str> = currencies.iter().map(|c| c.code()).collect();
    let mut query = exchange_rates::table
        .filter(exchange_rates::rate_on.le(on))
        .select(exchange_rates::rate_on)
        .order(exchange_rates::rate_on.desc())
        .into_boxed();
    if !codes.is_empty() {
        query = query.filter(exchange_rates::currency.eq_any(codes.clone()));
    }
    let last: Option<NaiveDate> = query.first(tx.conn).optional()?;
    let Some(last) = last else {
        return Ok(Vec::new());
    };
    let from = last
        .checked_sub_days(Days::new(OLDEST_DAYS))
        .unwrap_or(last);
    Ok(exchange_rates::table
        .filter(exchange_rates::rate_on.le(last))
        .filter(exchange_rates::rate_on.ge(from))
        .load(tx.conn)?)
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
        let oldest = on.checked_sub_days(Days::new(OLDEST_DAYS)).unwrap_or(on);
        let rows: Vec<Row> = query
            .filter(exchange_rates::rate_on.le(on))
            .filter(exchange_rates::rate_on.ge(oldest))
            .load(tx.conn)?;
        let mut seen = std::collections::BTreeSet::new();
        let items = rows
            .into_iter()
            .filter(|row| seen.insert((row.base.clone(), row.currency.clone())))
            .map(into_rate)
            .collect::<Result<_>>()?;
        return Ok(Page {
            items,
            next_cursor: None,
            totals: None,
        });
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
    let tomorrow = context.now.date_naive().checked_add_days(Days::new(1));
    if rates.iter().any(|rate| Some(rate.on) > tomorrow) {
        return Err(DomainError::field("on", FieldCode::OutOfRange, "lies in the future").into());
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
    let table = table_on(tx, context.now.date_naive(), &[])?;
    let backend = backend(tx.conn);
    let mut changed = 0;
    for code in codes.into_iter().flatten() {
        let currency = known(&code)?;
        let value = match table.rate(currency, base) {
            Some((rate, _)) => {
                let factor = format!("{:e}", minor_factor(currency, base, rate));
                convert_sql(backend, "amount", &factor)
            }
            None => "NULL".to_owned(),
        };
        let sql = format!(
            "UPDATE deals SET amount_base = {value} WHERE status = 'open' AND currency = '{code}'"
        );
        changed += diesel::sql_query(sql).execute(tx.conn)? as u64;
    }
    Ok(changed)
}
