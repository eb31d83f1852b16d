//! Exact decimal numbers with a fixed number of decimals: quantities and percentages.

use std::fmt;

/// Why a text is no such number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecimalError {
    /// Not a decimal number.
    NotANumber,
    /// More decimals than the kind of number has.
    TooManyDecimals,
    /// Larger than what can be kept.
    TooLarge,
}

impl fmt::Display for DecimalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotANumber => "invalid_format: is not a decimal number such as \"2.5\"",
            Self::TooManyDecimals => "too_many_decimals: has too many decimals",
            Self::TooLarge => "out_of_range: is too large",
        })
    }
}

impl std::error::Error for DecimalError {}

fn parse(text: &str, decimals: u32) -> Result<i64, DecimalError> {
    let text = text.trim();
    let (negative, digits) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let fraction = fraction.trim_end_matches('0');
    let is_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !is_digits(whole) || !is_digits(fraction) {
        return Err(DecimalError::NotANumber);
    }
    let padding = (decimals as usize)
        .checked_sub(fraction.len())
        .ok_or(DecimalError::TooManyDecimals)?;
    let digits = format!("{whole}{fraction}{}", "0".repeat(padding));
    let units: i64 = digits.parse().map_err(|_| DecimalError::TooLarge)?;
    Ok(if negative { -units } else { units })
}

/// The shortest text: without zeros at the end.
fn write(f: &mut fmt::Formatter<'_>, units: i64, decimals: u32) -> fmt::Result {
    let sign = if units < 0 { "-" } else { "" };
    let width = decimals as usize + 1;
    let digits = format!("{:0>width$}", units.unsigned_abs());
    let (whole, fraction) = digits.split_at(digits.len() - decimals as usize);
    match fraction.trim_end_matches('0') {
        "" => write!(f, "{sign}{whole}"),
        fraction => write!(f, "{sign}{whole}.{fraction}"),
    }
}

/// Reads texts, and numbers by their shortest decimal text, which is what was written.
struct Visitor<T>(std::marker::PhantomData<T>);

impl<T: std::str::FromStr<Err = DecimalError>> serde::de::Visitor<'_> for Visitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a decimal number such as \"2.5\"")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<T, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<T, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<T, E> {
        self.visit_str(&number.to_string())
    }
}

macro_rules! decimal_type {
    ($( $(#[$meta:meta])* $name:ident: $decimals:literal, $pattern:literal, $example:literal; )+) => { $(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(i64);

        impl $name {
            /// How many decimals are kept.
            pub const DECIMALS: u32 = $decimals;
            /// How many units make one.
            pub const SCALE: i64 = 10_i64.pow($decimals);

            /// A number of the smallest units.
            #[must_use]
            pub const fn from_units(units: i64) -> Self {
                Self(units)
            }

            /// A whole number; saturates far beyond what is allowed anywhere.
            #[must_use]
            pub const fn whole(number: i64) -> Self {
                Self(number.saturating_mul(Self::SCALE))
            }

            /// The number in its smallest units.
            #[must_use]
            pub const fn units(self) -> i64 {
                self.0
            }

            /// Whether it is zero.
            #[must_use]
            pub const fn is_zero(self) -> bool {
                self.0 == 0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write(f, self.0, Self::DECIMALS)
            }
        }

        impl std::str::FromStr for $name {
            type Err = DecimalError;

            fn from_str(text: &str) -> Result<Self, DecimalError> {
                parse(text, Self::DECIMALS).map(Self)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any(Visitor(std::marker::PhantomData))
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                use utoipa::openapi::schema::{Object, ObjectBuilder, SchemaType, Type};
                let object: Object = ObjectBuilder::new()
                    .schema_type(SchemaType::new(Type::String))
                    .pattern(Some($pattern))
                    .description(Some(concat!(
                        "Decimal number as text, exact, with at most ",
                        stringify!($decimals),
                        " decimals.",
                    )))
                    .examples([serde_json::json!($example)])
                    .build();
                object.into()
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::ToSchema for $name {}
    )+ };
}

decimal_type! {
    /// How much of something: a decimal number with up to four decimals. In JSON a text.
    Quantity: 4, r"^-?\d+(\.\d{1,4})?$", "2.5";
    /// A percentage with up to two decimals. In JSON a text.
    Percent: 2, r"^-?\d+(\.\d{1,2})?$", "12.5";
}

impl Percent {
    /// The whole: one hundred percent.
    pub const HUNDRED: Self = Self::whole(100);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn texts_and_numbers_are_read_exactly() {
        for (json, units) in [
            ("\"2.5\"", 25_000),
            ("\"0.0001\"", 1),
            ("\"-3\"", -30_000),
            ("2", 20_000),
            ("1.1", 11_000),
            ("0.3", 3_000),
            ("\"7.50000\"", 75_000),
        ] {
            let quantity: Quantity = serde_json::from_str(json).unwrap();
            assert_eq!(quantity.units(), units, "{json}");
        }
        assert_eq!(
            serde_json::to_string(&Percent::from_units(1250)).unwrap(),
            "\"12.5\""
        );
        assert_eq!(Percent::HUNDRED.to_string(), "100");
    }

    #[test]
    fn what_is_no_such_number_is_refused() {
        let read = str::parse::<Percent>;
        assert_eq!(read("1.234"), Err(DecimalError::TooManyDecimals));
        for wrong in ["", "1,5", "1e3", ".5", "--1", "many"] {
            assert_eq!(read(wrong), Err(DecimalError::NotANumber), "{wrong}");
        }
        assert_eq!(read("99999999999999999999"), Err(DecimalError::TooLarge));
        assert!(serde_json::from_str::<Percent>("1e300").is_err());
        assert!(serde_json::from_str::<Percent>("true").is_err());
    }

    proptest! {
        #[test]
        fn json_keeps_every_number(units in any::<i64>()) {
            prop_assume!(units != i64::MIN);
            let quantity = Quantity::from_units(units);
            let text = serde_json::to_string(&quantity).unwrap();
            prop_assert_eq!(serde_json::from_str::<Quantity>(&text).unwrap(), quantity);
        }
    }
}
