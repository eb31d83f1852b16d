//! Money: an exact amount in minor units and its ISO 4217 currency.

use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An ISO 4217 currency that has minor units (so neither gold nor *no currency*).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// The currency of a code in capital letters; `None` when there is no such currency.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let currency = iso_currency::Currency::from_code(code)?;
        currency.exponent().map(|_| Self(currency))
    }

    /// The three-letter code.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// How many decimals an amount has: 0 for JPY, 2 for USD, 3 for KWD.
    #[must_use]
    pub fn minor_units(self) -> u32 {
        self.0.exponent().unwrap_or(0).into()
    }

    /// The English name.
    #[must_use]
    pub fn name(self) -> String {
        self.0.name().to_owned()
    }

    /// The three-digit number with leading zeros.
    #[must_use]
    pub fn numeric(self) -> String {
        format!("{:03}", self.0.numeric())
    }

    /// Every currency, by code.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let letters = || b'A'..=b'Z';
        let mut found = Vec::new();
        for a in letters() {
            for b in letters() {
                for c in letters() {
                    let code = [a, b, c];
                    if let Some(currency) =
                        std::str::from_utf8(&code).ok().and_then(Self::from_code)
                    {
                        found.push(currency);
                    }
                }
            }
        }
        found
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Currency {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::from_code(text).ok_or(MoneyError::UnknownCurrency)
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::from_code(&code)
            .ok_or_else(|| D::Error::custom("unknown_currency: is not an ISO 4217 currency"))
    }
}

#[cfg(feature = "openapi")]
mod schema {
    use utoipa::openapi::schema::{Object, ObjectBuilder, SchemaType, Type};
    use utoipa::openapi::{RefOr, Schema};

    use super::Currency;

    impl utoipa::PartialSchema for Currency {
        fn schema() -> RefOr<Schema> {
            let object: Object = ObjectBuilder::new()
                .schema_type(SchemaType::new(Type::String))
                .pattern(Some("^[A-Z]{3}$"))
                .description(Some("ISO 4217 code of a currency that has minor units."))
                .examples([serde_json::json!("USD")])
                .build();
            object.into()
        }
    }

    impl utoipa::ToSchema for Currency {}
}

/// Why a text is no amount of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyError {
    /// Not an ISO 4217 currency with minor units.
    UnknownCurrency,
    /// Not a decimal number.
    NotANumber,
    /// More decimals than the currency has.
    TooManyDecimals,
    /// Larger than what can be kept (about 9 × 10¹⁸ minor units).
    TooLarge,
}

impl fmt::Display for MoneyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UnknownCurrency => "unknown_currency: is not an ISO 4217 currency",
            Self::NotANumber => "invalid_format: is not a decimal number such as \"12500.00\"",
            Self::TooManyDecimals => "too_many_decimals: has more decimals than its currency",
            Self::TooLarge => "out_of_range: is too large",
        })
    }
}

impl std::error::Error for MoneyError {}

/// An exact amount in one currency. In JSON `{"amount":"12500.00","currency":"USD"}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    /// The amount in minor units (cents).
    pub minor: i64,
    /// The currency.
    pub currency: Currency,
}

impl Money {
    /// An amount in minor units.
    #[must_use]
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing, in a currency.
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// Reads a decimal number with a point, exactly.
    ///
    /// # Errors
    /// When the text is no number, has too many decimals (zeros at the end do not count), or is too
    /// large.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let text = text.trim();
        let (negative, digits) = match text.strip_prefix(['-', '−']) {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let fraction = fraction.trim_end_matches('0');
        if whole.is_empty()
            || !whole.bytes().all(|b| b.is_ascii_digit())
            || !fraction.bytes().all(|b| b.is_ascii_digit())
        {
            return Err(MoneyError::NotANumber);
        }
        let decimals = currency.minor_units();
        let padding = (decimals as usize)
            .checked_sub(fraction.len())
            .ok_or(MoneyError::TooManyDecimals)?;
        let text = format!("{whole}{fraction}{}", "0".repeat(padding));
        let minor: i64 = text.parse().map_err(|_| MoneyError::TooLarge)?;
        Ok(Self::new(if negative { -minor } else { minor }, currency))
    }

    /// The amount as a decimal number with a point and all decimals of the currency.
    #[must_use]
    pub fn decimal(&self) -> String {
        let decimals = self.currency.minor_units() as usize;
        let sign = if self.minor < 0 { "-" } else { "" };
        let digits = format!(
            "{:0>width$}",
            self.minor.unsigned_abs(),
            width = decimals + 1
        );
        let (whole, fraction) = digits.split_at(digits.len() - decimals);
        if decimals == 0 {
            format!("{sign}{whole}")
        } else {
            format!("{sign}{whole}.{fraction}")
        }
    }

    /// The amount as a floating-point number of major units, for pictures only.
    #[must_use]
    pub fn approximate(&self) -> f64 {
        self.minor as f64 / 10f64.powi(self.currency.minor_units() as i32)
    }

    /// Whether the amount is below zero.
    #[must_use]
    pub const fn is_negative(&self) -> bool {
        self.minor < 0
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.decimal(), self.currency)
    }
}

/// The JSON form of [`Money`].
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = Money, example = json!({"amount": "12500.00", "currency": "USD"})))]
pub struct MoneyJson {
    /// Decimal number as text, exact, with at most as many decimals as the currency has.
    pub amount: String,
    /// ISO 4217 code.
    pub currency: Currency,
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        MoneyJson {
            amount: self.decimal(),
            currency: self.currency,
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = MoneyJson::deserialize(deserializer)?;
        Self::parse(&json.amount, json.currency).map_err(D::Error::custom)
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Money {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        <MoneyJson as utoipa::PartialSchema>::schema()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Money {
    fn schemas(schemas: &mut Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::Schema>)>) {
        schemas.push((
            "Currency".into(),
            <Currency as utoipa::PartialSchema>::schema(),
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn currency(code: &str) -> Currency {
        Currency::from_code(code).unwrap()
    }

    #[test]
    fn decimals_follow_the_currency() {
        for (code, text, minor) in [
            ("USD", "12500.00", 1_250_000),
            ("USD", "-0.05", -5),
            ("JPY", "300", 300),
            ("KWD", "1.234", 1234),
        ] {
            let money = Money::parse(text, currency(code)).unwrap();
            assert_eq!(money.minor, minor);
            assert_eq!(money.decimal(), text);
        }
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        let usd = currency("USD");
        assert_eq!(Money::parse("1.001", usd), Err(MoneyError::TooManyDecimals));
        assert_eq!(Money::parse("1,5", usd), Err(MoneyError::NotANumber));
        assert_eq!(Money::parse("", usd), Err(MoneyError::NotANumber));
        assert_eq!(Money::parse("1e3", usd), Err(MoneyError::NotANumber));
        assert_eq!(Money::parse("--1", usd), Err(MoneyError::NotANumber));
        assert_eq!(
            Money::parse("99999999999999999999", usd),
            Err(MoneyError::TooLarge)
        );
    }

    #[test]
    fn zeros_beyond_the_decimals_do_not_count() {
        assert_eq!(Money::parse("7.000", currency("JPY")).unwrap().minor, 7);
    }

    #[test]
    fn metals_and_test_codes_are_no_currencies() {
        assert_eq!(Currency::from_code("XAU"), None);
        assert_eq!(Currency::from_code("XXX"), None);
        assert_eq!(Currency::from_code("usd"), None);
        assert!(Currency::all().len() > 140);
    }

    proptest! {
        #[test]
        fn json_keeps_every_amount(minor in any::<i64>(), code in prop::sample::select(vec!["USD", "JPY", "KWD", "RUB"])) {
            prop_assume!(minor != i64::MIN);
            let money = Money::new(minor, currency(code));
            let text = serde_json::to_string(&money).unwrap();
            prop_assert_eq!(serde_json::from_str::<Money>(&text).unwrap(), money);
        }
    }
}
