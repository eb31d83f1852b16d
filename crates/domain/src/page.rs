//! Lists: one page, its continuation, and totals over everything that the filters select.

use std::fmt::Display;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::money::Money;

/// How many items a page has when the request does not say.
pub const DEFAULT_LIMIT: u32 = 50;
/// How many items a page may have.
pub const MAX_LIMIT: u32 = 200;

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    /// The items, in the requested order.
    pub items: Vec<T>,
    /// Give it back as `cursor` for the next page; `null` on the last one.
    pub next_cursor: Option<String>,
    /// Totals over the whole filtered set, when `totals=true` was asked for.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub totals: Option<Totals>,
}

impl<T> Page<T> {
    /// A list that is always read whole.
    #[must_use]
    pub const fn whole(items: Vec<T>) -> Self {
        Self {
            items,
            next_cursor: None,
            totals: None,
        }
    }
}

/// Which page of a list without filters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(default)]
pub struct PageQuery {
    /// Size of the page, 1 to 200.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// `next_cursor` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// Totals over the whole filtered set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Totals {
    /// How many records the filters select.
    pub count: i64,
    /// Sum of the amounts in the base currency; `null` for lists without amounts.
    #[serde(default)]
    pub amount: Option<Money>,
    /// Sum of amount × probability in the base currency; `null` for lists without amounts.
    #[serde(default)]
    pub weighted: Option<Money>,
    /// How many records have an amount for which no exchange rate is known, so that the sums leave
    /// them out.
    #[serde(default)]
    pub unconverted: i64,
    /// Count and sums per stage, when the list is one of deals.
    #[serde(default)]
    pub stages: Vec<StageTotals>,
}

/// Totals of one stage within the filtered set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StageTotals {
    /// Code of the stage.
    pub stage: String,
    /// How many deals are in it.
    pub count: i64,
    /// Sum of their amounts in the base currency.
    pub amount: Money,
    /// Sum of amount × probability in the base currency.
    pub weighted: Money,
}

/// Several values of one filter, in a query string as `a,b,c`. Empty means: do not filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Any<T>(pub Vec<T>);

impl<T> Default for Any<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Any<T> {
    /// A filter for exactly one value.
    pub fn one(value: T) -> Self {
        Self(vec![value])
    }

    /// Whether the filter selects everything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T: Display> Serialize for Any<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let words: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        serializer.serialize_str(&words.join(","))
    }
}

impl<'de, T> Deserialize<'de> for Any<T>
where
    T: FromStr,
    T::Err: Display,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.split(',')
            .filter(|word| !word.is_empty())
            .map(|word| word.parse().map_err(serde::de::Error::custom))
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

/// The order of a list: a field, ascending or descending (`-amount`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort<F> {
    /// The field to sort by.
    pub field: F,
    /// Whether the largest comes first.
    pub descending: bool,
}

impl<F: Display> Display for Sort<F> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{}{}",
            if self.descending { "-" } else { "" },
            self.field
        )
    }
}

impl<F: FromStr> FromStr for Sort<F> {
    type Err = F::Err;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (name, descending) = match text.strip_prefix('-') {
            Some(name) => (name, true),
            None => (text, false),
        };
        Ok(Self {
            field: name.parse()?,
            descending,
        })
    }
}

impl<F: Display> Serialize for Sort<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, F> Deserialize<'de> for Sort<F>
where
    F: FromStr,
    F::Err: Display,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}
