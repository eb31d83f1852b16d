//! Exchange rates by date and conversion between currencies.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use validator::Validate;

use crate::error::{FieldCode, rule};
use crate::money::{Currency, Money};

/// One published rate: how many units of `currency` one unit of `base` buys.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExchangeRate {
    /// The currency of which one unit is priced.
    pub base: Currency,
    /// The currency in which it is priced.
    pub currency: Currency,
    /// The day of publication.
    pub on: NaiveDate,
    /// Units of `currency` for one unit of `base`, as a decimal number.
    #[cfg_attr(feature = "openapi", schema(example = 1.0839))]
    pub rate: f64,
    /// Where it comes from: `manual`, or the name of an imported file.
    pub source: String,
}

/// A rate entered by hand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"base": "EUR", "currency": "USD", "on": "2026-11-20", "rate": 1.08})))]
pub struct ExchangeRateDraft {
    /// The currency of which one unit is priced.
    pub base: Currency,
    /// The currency in which it is priced.
    pub currency: Currency,
    /// The day from which it holds, until the next published one.
    pub on: NaiveDate,
    /// Units of `currency` for one unit of `base`; 0.000000001 to 1000000000.
    #[validate(custom(function = sensible))]
    #[cfg_attr(feature = "openapi", schema(example = 1.0839))]
    pub rate: f64,
}

fn sensible(rate: f64) -> Result<(), validator::ValidationError> {
    check_rate(rate).map_err(|message| rule(FieldCode::OutOfRange, message))
}

/// Whether a rate can be one between two currencies: no two differ by more than nine digits.
///
/// # Errors
/// What is wrong with it.
pub fn check_rate(rate: f64) -> Result<(), &'static str> {
    if (1e-9..=1e9).contains(&rate) {
        Ok(())
    } else {
        Err("must lie between 0.000000001 and 1000000000")
    }
}

/// Largest converted amount in minor units. With a probability in percent it still fits 64 bits;
/// beyond it an amount counts as one that cannot be converted.
pub const MAX_CONVERTED: i64 = 10_000_000_000_000_000;

/// Filters of the list of exchange rates.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(default)]
pub struct ExchangeRateFilter {
    /// Only this priced currency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// Only this day: for each currency the latest rate published on or before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<NaiveDate>,
    /// Size of the page, 1 to 200.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// `next_cursor` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// What an import of a file of rates did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RatesImported {
    /// Rates that were new.
    pub created: u64,
    /// Rates whose number changed.
    pub updated: u64,
    /// Rates that were there already.
    pub unchanged: u64,
    /// Cells without a rate (`N/A` or empty).
    pub missing: u64,
    /// Columns that are no currency Etalon can keep (currencies that no longer exist).
    pub skipped_columns: Vec<String>,
    /// The first day in the file.
    pub first_on: Option<NaiveDate>,
    /// The last day in the file.
    pub last_on: Option<NaiveDate>,
    /// Open deals whose amount in the base currency was computed anew.
    pub revalued_deals: u64,
}

/// A currency as the list of currencies shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CurrencyInfo {
    /// ISO 4217 code.
    pub code: Currency,
    /// ISO 4217 number, three digits.
    pub numeric: String,
    /// English name.
    pub name: String,
    /// Decimals of an amount.
    pub minor_units: u32,
    /// Whether it is the base currency of this company.
    pub is_base: bool,
    /// Units of the base currency for one unit, at today's rate; `null` when no rate is known.
    pub rate_to_base: Option<f64>,
    /// The day of that rate.
    pub rate_on: Option<NaiveDate>,
}

/// The latest rates on or before one day, from which any conversion follows: direct, inverse, or
/// through a common base.
#[derive(Clone, Debug, Default)]
pub struct RateTable {
    /// `(base, currency)` → (units of `currency` per unit of `base`, day of publication).
    quotes: BTreeMap<(&'static str, &'static str), (f64, NaiveDate)>,
}

impl RateTable {
    /// A table of quotes; the later one of a pair wins.
    #[must_use]
    pub fn new(quotes: impl IntoIterator<Item = ExchangeRate>) -> Self {
        let mut table = Self::default();
        for quote in quotes {
            let key = (quote.base.code(), quote.currency.code());
            let entry = table.quotes.entry(key).or_insert((quote.rate, quote.on));
            if quote.on >= entry.1 {
                *entry = (quote.rate, quote.on);
            }
        }
        table
    }

    /// How many units of `to` one unit of `from` is worth, and the day of the older rate used;
    /// `None` when no rate leads from one to the other.
    ///
    /// Through a base the result is `rate_to / rate_from`, both per unit of that base.
    #[must_use]
    pub fn rate(&self, from: Currency, to: Currency) -> Option<(f64, Option<NaiveDate>)> {
        if from == to {
            return Some((1.0, None));
        }
        let (from, to) = (from.code(), to.code());
        if let Some((rate, on)) = self.quotes.get(&(from, to)) {
            return Some((*rate, Some(*on)));
        }
        if let Some((rate, on)) = self.quotes.get(&(to, from)) {
            return Some((1.0 / rate, Some(*on)));
        }
        let mut best: Option<(f64, NaiveDate)> = None;
        for ((base, currency), (rate_from, on_from)) in &self.quotes {
            if *currency != from {
                continue;
            }
            if let Some((rate_to, on_to)) = self.quotes.get(&(*base, to)) {
                let on = (*on_from).min(*on_to);
                if best.is_none_or(|(_, known)| on > known) {
                    best = Some((rate_to / rate_from, on));
                }
            }
        }
        best.map(|(rate, on)| (rate, Some(on)))
    }

    /// Converts an amount; `None` when no rate is known or the result is beyond [`MAX_CONVERTED`].
    /// See [`convert_minor`].
    #[must_use]
    pub fn convert(&self, money: Money, to: Currency) -> Option<Money> {
        let (rate, _) = self.rate(money.currency, to)?;
        let factor = minor_factor(money.currency, to, rate);
        let minor = convert_minor(money.minor, factor);
        (minor.unsigned_abs() <= MAX_CONVERTED.unsigned_abs()).then(|| Money::new(minor, to))
    }
}

/// The factor from minor units of one currency to minor units of another.
#[must_use]
pub fn minor_factor(from: Currency, to: Currency, rate: f64) -> f64 {
    rate * 10f64.powi(to.minor_units() as i32 - from.minor_units() as i32)
}

/// Minor units × factor, rounded half up. The databases compute the same expression on the same
/// IEEE 754 numbers when open deals are valued anew, so that a sum always equals its rows.
#[must_use]
pub fn convert_minor(minor: i64, factor: f64) -> i64 {
    (minor as f64 * factor + 0.5).floor() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quote(currency: &str, rate: f64) -> ExchangeRate {
        ExchangeRate {
            base: Currency::from_code("EUR").unwrap(),
            currency: Currency::from_code(currency).unwrap(),
            on: NaiveDate::from_ymd_opt(2024, 12, 31).unwrap(),
            rate,
            source: "test".into(),
        }
    }

    #[test]
    fn conversion_goes_through_the_base() {
        let table = RateTable::new([quote("USD", 1.0389), quote("GBP", 0.82918)]);
        let usd = Currency::from_code("USD").unwrap();
        let gbp = Currency::from_code("GBP").unwrap();
        let eur = Currency::from_code("EUR").unwrap();
        let pounds = Money::new(100_000, gbp);
        assert_eq!(table.convert(pounds, usd), Some(Money::new(125_292, usd)));
        let dollars = Money::new(100_000, usd);
        assert_eq!(table.convert(dollars, eur), Some(Money::new(96_256, eur)));
        assert_eq!(table.convert(dollars, usd), Some(dollars));
    }

    #[test]
    fn minor_units_differ_between_currencies() {
        let table = RateTable::new([quote("JPY", 160.0)]);
        let jpy = Currency::from_code("JPY").unwrap();
        let eur = Currency::from_code("EUR").unwrap();
        assert_eq!(
            table.convert(Money::new(1_600, jpy), eur),
            Some(Money::new(1_000, eur))
        );
    }

    #[test]
    fn without_a_rate_there_is_no_conversion() {
        let table = RateTable::new([quote("USD", 1.0)]);
        let rub = Currency::from_code("RUB").unwrap();
        let usd = Currency::from_code("USD").unwrap();
        assert_eq!(table.convert(Money::new(1, rub), usd), None);
    }
}
