//! Exchange rates of the demo: invented, plausible, one row a week.

use chrono::{Days, NaiveDate};
use etalon_domain::money::{Currency, Money};
use etalon_domain::rate::ExchangeRate;

/// How many weeks of rates there are.
const WEEKS: u64 = 64;

/// What one euro buys: the currency, the rate about which it swings, and how far, in percent.
const QUOTES: [(&str, f64, f64); 4] = [
    ("USD", 1.09, 3.0),
    ("GBP", 0.85, 2.0),
    ("JPY", 163.0, 4.0),
    ("RUB", 98.0, 6.0),
];

/// The rates up to and including a day, oldest first.
pub(crate) fn until(today: NaiveDate) -> Vec<ExchangeRate> {
    let Some(euro) = Currency::from_code("EUR") else {
        return Vec::new();
    };
    let mut rates = Vec::new();
    for week in (0..WEEKS).rev() {
        let Some(on) = today.checked_sub_days(Days::new(week * 7)) else {
            continue;
        };
        for (index, (code, middle, percent)) in QUOTES.iter().enumerate() {
            let Some(currency) = Currency::from_code(code) else {
                continue;
            };
            let phase = week as f64 / (7.0 + index as f64) + index as f64;
            let rate = middle * (1.0 + percent / 100.0 * phase.sin());
            rates.push(ExchangeRate {
                base: euro,
                currency,
                on,
                rate: (rate * 10_000.0).round() / 10_000.0,
                source: "demo".to_owned(),
            });
        }
    }
    rates
}

/// An amount of US dollars in another currency at the middle rate, in the round figures of an offer.
pub(crate) fn offer(dollars: i64, currency: Currency) -> Money {
    let per_euro = |code: &str| {
        let quote = QUOTES.iter().find(|(known, ..)| *known == code);
        quote.map_or(1.0, |(_, rate, _)| *rate)
    };
    let rate = per_euro(currency.code()) / per_euro("USD");
    let major = dollars as f64 * rate;
    let step = match major {
        m if m < 20_000.0 => 100.0,
        m if m < 200_000.0 => 500.0,
        m if m < 2_000_000.0 => 5_000.0,
        _ => 50_000.0,
    };
    let round = (major / step).round().max(1.0) * step;
    Money::new(round as i64 * 10_i64.pow(currency.minor_units()), currency)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offers_are_round_figures_in_any_currency() {
        let in_currency = |code| offer(100_000, Currency::from_code(code).unwrap()).to_string();
        assert_eq!(in_currency("USD"), "100000.00 USD");
        assert_eq!(in_currency("EUR"), "91500.00 EUR");
        assert_eq!(in_currency("JPY"), "14950000 JPY");
    }

    #[test]
    fn the_last_rates_are_of_today() {
        let today = NaiveDate::from_ymd_opt(2026, 3, 31).unwrap();
        let rates = until(today);
        assert_eq!(rates.len(), WEEKS as usize * QUOTES.len());
        assert_eq!(rates.last().unwrap().on, today);
        assert!(rates.iter().all(|rate| rate.rate > 0.0));
    }
}
