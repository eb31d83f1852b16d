//! An amount and its currency side by side.

use etalon_domain::endpoint::ListCurrencies;
use etalon_domain::error::FieldCode;
use etalon_domain::money::{Currency, Money, MoneyError};
use leptos::prelude::*;

use super::Bound;
use super::fields::{described_by, frame};
use crate::i18n::t;
use crate::query::use_query;
use crate::session;

/// An amount of money. The amount may be typed as people write it: with blanks, with a comma.
#[component]
pub fn MoneyField(
    /// The field.
    bound: Bound<Option<Money>>,
    /// Its label.
    #[prop(into)]
    label: String,
    /// What helps to fill it.
    #[prop(optional, into)]
    help: Option<String>,
) -> impl IntoView {
    let Bound {
        id,
        get,
        set,
        error,
        unreadable,
        ..
    } = bound;
    let described = described_by(&id, help.is_some(), error);
    let start = get.get_untracked();
    let base = session::me().map(|me| me.base_currency);
    let code = RwSignal::new(
        start
            .map(|m| m.currency)
            .or(base)
            .map_or("USD", Currency::code)
            .to_owned(),
    );
    let typed = RwSignal::new(start.map(plain).unwrap_or_default());
    Effect::new(move |_| {
        let value = get.get();
        let shown = currency_of(&code.get_untracked())
            .and_then(|currency| read(&typed.get_untracked(), currency).ok().flatten());
        if value != shown {
            typed.set(value.map(plain).unwrap_or_default());
            if let Some(money) = value {
                code.set(money.currency.code().to_owned());
            }
        }
    });
    let accept = move || {
        let Some(currency) = currency_of(&code.get_untracked()) else {
            return;
        };
        match read(&typed.get_untracked(), currency) {
            Ok(money) => {
                unreadable.run(None);
                set.run(money);
            }
            Err(wrong) => unreadable.run(Some(code_of(wrong))),
        }
    };
    let currencies = use_query(|| Some(ListCurrencies));
    let codes = move || {
        let mut codes = vec![code.get()];
        if let Some(page) = currencies.data.get() {
            let mut known: Vec<_> = page.items;
            // Those with a rate are those in use.
            known.sort_by_key(|c| (!c.is_base, c.rate_to_base.is_none(), c.code.code()));
            codes.extend(known.into_iter().map(|c| c.code.code().to_owned()));
        }
        let mut seen = Vec::new();
        codes.retain(|code| {
            let is_new = !seen.contains(code);
            seen.push(code.clone());
            is_new
        });
        codes
            .into_iter()
            .map(|each| {
                let is_chosen = each == code.get_untracked();
                view! { <option value=each.clone() selected=is_chosen>{each.clone()}</option> }
            })
            .collect_view()
    };
    let control = view! {
        <div class="money-input">
            <input
                id=id.clone()
                type="text"
                inputmode="decimal"
                autocomplete="off"
                class="input tabular-nums"
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=described
                prop:value=move || typed.get()
                on:input=move |event| {
                    typed.set(event_target_value(&event));
                    accept();
                }
            />
            <select
                class="select"
                aria-label=format!("{label}: {}", t("currency"))
                on:change=move |event| {
                    code.set(event_target_value(&event));
                    accept();
                }
            >
                {codes}
            </select>
        </div>
    }
    .into_any();
    frame(&id, label, help, false, error, control)
}

/// Reads an amount as people write it: blanks and apostrophes group, the last comma or point is the
/// decimal one, unless it groups: three digits follow that the currency does not have, and a number
/// precedes.
pub fn read(text: &str, currency: Currency) -> Result<Option<Money>, MoneyError> {
    let compact: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '\'' && *c != '’')
        .collect();
    if compact.is_empty() {
        return Ok(None);
    }
    let decimal_at = compact.rfind([',', '.']).filter(|at| {
        let mark = compact.as_bytes()[*at];
        let digits_after = compact.len() - at - 1;
        let repeats = compact.bytes().filter(|b| *b == mark).count() > 1;
        // After the other mark this one can only be the decimal one.
        let is_second = compact[..*at].contains(if mark == b',' { '.' } else { ',' });
        let groups = digits_after == 3 && !is_second && !matches!(&compact[..*at], "" | "0");
        !repeats && (!groups || currency.minor_units() == 3)
    });
    let mut plain = String::with_capacity(compact.len());
    for (at, c) in compact.char_indices() {
        match c {
            ',' | '.' if Some(at) == decimal_at => plain.push('.'),
            ',' | '.' => {}
            other => plain.push(other),
        }
    }
    let plain = plain.trim_end_matches('.');
    Money::parse(plain, currency).map(Some)
}

/// What is wrong with an amount that cannot be read.
pub const fn code_of(error: MoneyError) -> FieldCode {
    match error {
        MoneyError::UnknownCurrency => FieldCode::UnknownCurrency,
        MoneyError::NotANumber => FieldCode::InvalidFormat,
        MoneyError::TooManyDecimals => FieldCode::TooManyDecimals,
        MoneyError::TooLarge => FieldCode::OutOfRange,
    }
}

/// An amount as one types it: without its currency, and without cents when there are none.
pub fn plain(money: Money) -> String {
    let decimal = money.decimal();
    match decimal.split_once('.') {
        Some((whole, fraction)) if fraction.bytes().all(|b| b == b'0') => whole.to_owned(),
        _ => decimal,
    }
}

fn currency_of(code: &str) -> Option<Currency> {
    Currency::from_code(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minor(text: &str) -> Result<Option<i64>, MoneyError> {
        let usd = Currency::from_code("USD").unwrap();
        read(text, usd).map(|money| money.map(|m| m.minor))
    }

    #[test]
    fn amounts_are_read_as_people_write_them() {
        assert_eq!(minor(""), Ok(None));
        assert_eq!(minor("12 500"), Ok(Some(1_250_000)));
        assert_eq!(minor("12,500"), Ok(Some(1_250_000)));
        assert_eq!(minor("12.500,50"), Ok(Some(1_250_050)));
        assert_eq!(minor("12,500.5"), Ok(Some(1_250_050)));
        assert_eq!(minor("1,234,567"), Ok(Some(123_456_700)));
        assert_eq!(minor("0,5"), Ok(Some(50)));
        assert_eq!(minor("7."), Ok(Some(700)));
        assert_eq!(minor("0.125"), Err(MoneyError::TooManyDecimals));
        assert_eq!(minor("1,234.567"), Err(MoneyError::TooManyDecimals));
        assert_eq!(minor("1.234,567"), Err(MoneyError::TooManyDecimals));
        assert_eq!(minor("1.2345"), Err(MoneyError::TooManyDecimals));
        assert_eq!(minor("many"), Err(MoneyError::NotANumber));
    }
}
