//! Numbers, money and dates as the reader writes them.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Utc};
use etalon_domain::decimal::{Percent, Quantity};
use etalon_domain::money::{Currency, Money};
use etalon_domain::user::Language;

use super::{arguments, intl, language, t_with};
use crate::session;

fn locale() -> &'static str {
    match language() {
        // Day before month, as most readers of an English text outside America expect it.
        Language::En => "en-GB",
        Language::Ru => "ru-RU",
    }
}

/// A whole number, grouped.
pub fn number(value: i64) -> String {
    intl::number(locale(), value as f64, &[])
}

/// A number with up to so many decimals.
pub fn decimal(value: f64, decimals: u32) -> String {
    intl::number(
        locale(),
        value,
        &[("maximumFractionDigits", &decimals.to_string())],
    )
}

/// A size in bytes, in the largest unit that leaves a number above one.
pub fn bytes(size: i64) -> String {
    let (unit, divisor, decimals) = match size {
        ..1_000 => ("bytes-b", 1.0, 0),
        1_000..1_000_000 => ("bytes-kb", 1e3, 0),
        1_000_000..1_000_000_000 => ("bytes-mb", 1e6, 1),
        _ => ("bytes-gb", 1e9, 1),
    };
    let shown = decimal(size as f64 / divisor, decimals);
    t_with(unit, &arguments! { "size" => shown })
}

/// Whole percent, given as 0 to 100.
pub fn percent(value: i32) -> String {
    share(f64::from(value) / 100.0, 0)
}

/// A share, given as 0 to 1, in percent with up to so many decimals.
pub fn share(value: f64, decimals: u32) -> String {
    intl::number(
        locale(),
        value,
        &[
            ("style", "percent"),
            ("maximumFractionDigits", &decimals.to_string()),
        ],
    )
}

/// An amount without its currency; decimals only when it has any.
pub fn amount(money: Money) -> String {
    let units = money.currency.minor_units();
    let is_whole = money.minor % 10i64.pow(units) == 0;
    let decimals = if is_whole { 0 } else { units }.to_string();
    intl::number(
        locale(),
        money.approximate(),
        &[
            ("minimumFractionDigits", &decimals),
            ("maximumFractionDigits", &decimals),
        ],
    )
}

/// An amount without its currency, with all its decimals, so that a column of them lines up.
pub fn full_amount(money: Money) -> String {
    let decimals = money.currency.minor_units().to_string();
    intl::number(
        locale(),
        money.approximate(),
        &[
            ("minimumFractionDigits", &decimals),
            ("maximumFractionDigits", &decimals),
        ],
    )
}

/// A quantity, grouped, with the decimals that it has.
pub fn quantity(quantity: Quantity) -> String {
    let value = quantity.units() as f64 / Quantity::SCALE as f64;
    decimal(value, Quantity::DECIMALS)
}

/// A percentage with the decimals that it has.
pub fn exact_percent(percent: Percent) -> String {
    let whole = (100 * Percent::SCALE) as f64;
    share(percent.units() as f64 / whole, Percent::DECIMALS)
}

/// An exact decimal number as it is typed: not grouped, with the reader's decimal mark.
pub fn plain_decimal(number: &str) -> String {
    match language() {
        Language::En => number.to_owned(),
        Language::Ru => number.replace('.', ","),
    }
}

/// An amount with its currency's code: `12,500 USD`.
pub fn money(money: Money) -> String {
    format!("{}\u{a0}{}", amount(money), money.currency.code())
}

/// An amount in a few characters, without its currency: `1.2M`, `1,2 млн`.
pub fn compact_amount(money: Money) -> String {
    // British English would write `m` for millions, which others read as a thousandth.
    let locale = match language() {
        Language::En => "en-US",
        Language::Ru => locale(),
    };
    intl::number(
        locale,
        money.approximate(),
        &[("notation", "compact"), ("maximumFractionDigits", "1")],
    )
}

/// The name of a currency.
pub fn currency_name(currency: Currency) -> String {
    intl::currency_name(locale(), currency.code()).unwrap_or_else(|| currency.name())
}

/// A day: `23 Nov 2026`, without the year when it is the present one.
pub fn day(day: NaiveDate) -> String {
    short_day(day, day.year() != today().year())
}

/// A day always with its year, for what is read elsewhere and later: `23 Nov 2026`.
pub fn dated(day: NaiveDate) -> String {
    short_day(day, true)
}

fn short_day(day: NaiveDate, with_year: bool) -> String {
    let noon = etalon_domain::time::noon(day).timestamp_millis() as f64;
    let mut options = vec![("day", "numeric"), ("month", "short"), ("timeZone", "UTC")];
    if with_year {
        options.push(("year", "numeric"));
    }
    trim_year_mark(intl::date(locale(), noon, &options))
}

/// A day with its year and the name of the weekday, for tooltips.
pub fn full_day(day: NaiveDate) -> String {
    let noon = etalon_domain::time::noon(day).timestamp_millis() as f64;
    let options = [("dateStyle", "full"), ("timeZone", "UTC")];
    intl::date(locale(), noon, &options)
}

/// A day relative to today up to a week, then absolute: "tomorrow", "3 days ago", `23 Nov`.
pub fn near_day(on: NaiveDate) -> String {
    let days = (on - today()).num_days();
    if days.abs() < 7 {
        intl::relative(locale(), days, "day")
    } else {
        day(on)
    }
}

/// An instant with its time, in the reader's time zone.
pub fn instant(at: DateTime<Utc>) -> String {
    let zone = time_zone();
    let options = [
        ("dateStyle", "medium"),
        ("timeStyle", "short"),
        ("timeZone", zone.as_str()),
    ];
    trim_year_mark(intl::date(locale(), at.timestamp_millis() as f64, &options))
}

/// An instant relative to now up to a week, then its day.
pub fn near_instant(at: DateTime<Utc>) -> String {
    let minutes = ((now() - at).num_milliseconds() as f64 / 60_000.0).round() as i64;
    let (amount, unit) = match minutes.abs() {
        0..60 => (minutes, "minute"),
        60..1_440 => (minutes / 60, "hour"),
        _ => {
            let days = (today() - local_day(at)).num_days();
            if days.abs() >= 7 {
                return day(local_day(at));
            }
            (days, "day")
        }
    };
    intl::relative(locale(), -amount, unit)
}

/// The present instant.
pub fn now() -> DateTime<Utc> {
    DateTime::from_timestamp_millis(js_sys::Date::now() as i64).unwrap_or_default()
}

/// The present day in the reader's time zone.
pub fn today() -> NaiveDate {
    local_day(now())
}

/// The day of an instant in the reader's time zone.
pub fn local_day(at: DateTime<Utc>) -> NaiveDate {
    let zone = time_zone();
    let options = [
        ("year", "numeric"),
        ("month", "2-digit"),
        ("day", "2-digit"),
        ("timeZone", zone.as_str()),
    ];
    // Swedes write days as ISO 8601 does.
    intl::date("sv-SE", at.timestamp_millis() as f64, &options)
        .parse()
        .unwrap_or_else(|_| at.date_naive())
}

/// The time of an instant in the reader's time zone: `09:30`.
pub fn local_time(at: DateTime<Utc>) -> String {
    let zone = time_zone();
    let options = [
        ("hour", "2-digit"),
        ("minute", "2-digit"),
        ("timeZone", zone.as_str()),
    ];
    intl::date("sv-SE", at.timestamp_millis() as f64, &options)
}

/// The instant of a day and a time in the reader's time zone. Of a time that the clocks skip, one
/// beside it.
pub fn instant_at(day: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
    let wanted = day.and_time(time);
    let mut at = wanted.and_utc();
    // The second round corrects an offset that changed between the guess and the instant.
    for _ in 0..2 {
        let shown = NaiveTime::parse_from_str(&local_time(at), "%H:%M").unwrap_or_default();
        at += wanted - local_day(at).and_time(shown);
    }
    at
}

/// The name of a month with its year.
pub fn month(day: NaiveDate) -> String {
    let noon = etalon_domain::time::noon(day).timestamp_millis() as f64;
    let options = [("month", "long"), ("year", "numeric"), ("timeZone", "UTC")];
    trim_year_mark(intl::date(locale(), noon, &options))
}

/// The short name of a month, without its year.
pub fn short_month(day: NaiveDate) -> String {
    let noon = etalon_domain::time::noon(day).timestamp_millis() as f64;
    intl::date(locale(), noon, &[("month", "short"), ("timeZone", "UTC")])
}

/// The short name of a weekday.
pub fn weekday(day: NaiveDate) -> String {
    let noon = etalon_domain::time::noon(day).timestamp_millis() as f64;
    intl::date(locale(), noon, &[("weekday", "short"), ("timeZone", "UTC")])
}

/// The browser's own time zone, by its IANA name.
pub fn browser_time_zone() -> String {
    intl::time_zone().unwrap_or_else(|| "UTC".to_owned())
}

fn time_zone() -> String {
    session::time_zone().unwrap_or_else(browser_time_zone)
}

/// Russian dates end in "г.", which only takes room.
fn trim_year_mark(text: String) -> String {
    text.replace("\u{a0}г.", "").replace(" г.", "")
}
