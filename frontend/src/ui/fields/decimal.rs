//! Exact decimal numbers.

use std::fmt::Display;
use std::str::FromStr;

use etalon_domain::decimal::DecimalError;
use etalon_domain::error::FieldCode;
use etalon_domain::user::Language;
use leptos::prelude::*;

use super::{described_by, frame};
use crate::i18n::{format, language};
use crate::ui::Bound;

/// Reads a decimal number as people write it: blanks and apostrophes group, a comma or a point is the
/// decimal mark. `None` for an empty text.
///
/// # Errors
/// What is wrong with the text.
pub fn read_decimal<T: FromStr<Err = DecimalError>>(text: &str) -> Result<Option<T>, DecimalError> {
    read(text, language() == Language::En)
}

/// A comma before exactly three digits groups where a point is the decimal mark.
fn read<T: FromStr<Err = DecimalError>>(
    text: &str,
    has_point: bool,
) -> Result<Option<T>, DecimalError> {
    let is_blank = |c: &char| c.is_whitespace() || matches!(c, '\'' | '’');
    let compact: String = text.chars().filter(|c| !is_blank(c)).collect();
    if compact.is_empty() {
        return Ok(None);
    }
    let groups = |part: &str| part.len() == 3 && part.bytes().all(|b| b.is_ascii_digit());
    let is_grouped = match compact.rsplit_once('.') {
        Some((whole, _)) => whole.contains(','),
        None => has_point && compact.split(',').skip(1).all(groups) && compact.contains(','),
    };
    let plain = if is_grouped {
        compact.replace(',', "")
    } else {
        compact.replace(',', ".")
    };
    plain.trim_end_matches('.').parse().map(Some)
}

/// A decimal number, such as a percentage.
#[component]
pub fn DecimalField<T>(
    /// The field.
    bound: Bound<Option<T>>,
    /// Its label.
    #[prop(into)]
    label: String,
    /// What helps to fill it.
    #[prop(optional, into)]
    help: Option<String>,
    /// What follows the number, such as `%`.
    #[prop(optional, into)]
    unit: Option<String>,
) -> impl IntoView
where
    T: FromStr<Err = DecimalError> + Display + Copy + PartialEq + Send + Sync + 'static,
{
    let Bound {
        id,
        get,
        set,
        error,
        unreadable,
        ..
    } = bound;
    let described = described_by(&id, help.is_some(), error);
    let shown = |value: Option<T>| {
        let text = value.map(|value| format::plain_decimal(&value.to_string()));
        text.unwrap_or_default()
    };
    let typed = RwSignal::new(shown(get.get_untracked()));
    Effect::new(move |_| {
        let value = get.get();
        if read_decimal(&typed.get_untracked()).ok().flatten() != value {
            typed.set(shown(value));
        }
    });
    let accept = move |text: String| {
        match read_decimal(&text) {
            Ok(value) => {
                unreadable.run(None);
                set.run(value);
            }
            Err(wrong) => unreadable.run(Some(code_of(wrong))),
        }
        typed.set(text);
    };
    let control = view! {
        <div class="input-with-unit">
            <input
                id=id.clone()
                type="text"
                inputmode="decimal"
                autocomplete="off"
                class="input tabular-nums"
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=described
                prop:value=move || typed.get()
                on:input=move |event| accept(event_target_value(&event))
            />
            {unit.map(|unit| view! { <span class="input-unit">{unit}</span> })}
        </div>
    }
    .into_any();
    frame(&id, label, help, false, error, control)
}

/// What is wrong with a number that cannot be read.
pub const fn code_of(error: DecimalError) -> FieldCode {
    match error {
        DecimalError::NotANumber => FieldCode::InvalidFormat,
        DecimalError::TooManyDecimals => FieldCode::TooManyDecimals,
        DecimalError::TooLarge => FieldCode::OutOfRange,
    }
}

#[cfg(test)]
mod tests {
    use etalon_domain::decimal::Quantity;

    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let units = |text: &str, has_point| {
            read::<Quantity>(text, has_point).map(|number| number.map(Quantity::units))
        };
        assert_eq!(units("", true), Ok(None));
        assert_eq!(units("1 500", false), Ok(Some(15_000_000)));
        assert_eq!(units("1,500", true), Ok(Some(15_000_000)));
        assert_eq!(units("1,500", false), Ok(Some(15_000)));
        assert_eq!(units("1,5", true), Ok(Some(15_000)));
        assert_eq!(units("1,234,567.5", true), Ok(Some(12_345_675_000)));
        assert_eq!(units("7.", true), Ok(Some(70_000)));
        assert_eq!(units("0.00001", true), Err(DecimalError::TooManyDecimals));
        assert_eq!(units("much", true), Err(DecimalError::NotANumber));
    }
}
