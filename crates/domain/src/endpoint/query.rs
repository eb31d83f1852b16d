//! Query strings: filters to text and back.

use std::fmt;

use serde::de::value::MapDeserializer;
use serde::de::{self, DeserializeOwned, Deserializer, IntoDeserializer, Visitor};
use serde::{Serialize, forward_to_deserialize_any};
use serde_json::Value;

/// The query string of a filter, without the question mark; fields that are `null` are left out.
pub fn to_query<T: Serialize>(filter: &T) -> String {
    let Ok(Value::Object(fields)) = serde_json::to_value(filter) else {
        return String::new();
    };
    let mut query = String::new();
    for (name, value) in &fields {
        let text = match value {
            Value::Null => continue,
            Value::String(text) => encode_component(text),
            other => encode_component(&other.to_string()),
        };
        if !query.is_empty() {
            query.push('&');
        }
        query.push_str(name);
        query.push('=');
        query.push_str(&text);
    }
    query
}

/// Reads a filter from the decoded pairs of a query string. Pairs that the filter does not know or
/// cannot read are left out, so that an old or mangled link still opens.
pub fn from_query<T: DeserializeOwned + Default>(pairs: &[(String, String)]) -> T {
    if let Ok(filter) = read(pairs) {
        return filter;
    }
    let readable: Vec<(String, String)> = pairs
        .iter()
        .filter(|pair| read::<T>(std::slice::from_ref(*pair)).is_ok())
        .cloned()
        .collect();
    read(&readable).unwrap_or_default()
}

/// The same, but nothing when a pair cannot be read.
#[must_use]
pub fn from_strict_query<T: DeserializeOwned>(pairs: &[(String, String)]) -> Option<T> {
    read(pairs).ok()
}

fn read<T: DeserializeOwned>(pairs: &[(String, String)]) -> Result<T, QueryError> {
    let pairs = pairs
        .iter()
        .map(|(name, value)| (name.as_str(), Text(value)));
    T::deserialize(MapDeserializer::new(pairs))
}

/// The names that the fields of a filter have in a query string.
#[must_use]
pub fn names_of<T: DeserializeOwned>() -> &'static [&'static str] {
    let mut names: &'static [&'static str] = &[];
    // It says which fields it has, and gets none.
    let _ = T::deserialize(Names(&mut names));
    names
}

/// Encodes a text for a query string or a path segment. Commas and colons stay readable.
#[must_use]
pub fn encode_component(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b',' | b':' => {
                encoded.push(char::from(byte));
            }
            _ => {
                const HEX: &[u8; 16] = b"0123456789ABCDEF";
                encoded.push('%');
                encoded.push(char::from(HEX[usize::from(byte >> 4)]));
                encoded.push(char::from(HEX[usize::from(byte & 15)]));
            }
        }
    }
    encoded
}

/// Decodes a part of a query string; what is no valid escape stays as it is.
#[must_use]
pub fn decode_component(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let mut ahead = rest.clone();
                let digit = |b: Option<u8>| b.and_then(|b| char::from(b).to_digit(16));
                if let (Some(high), Some(low)) = (digit(ahead.next()), digit(ahead.next())) {
                    bytes.push((high * 16 + low) as u8);
                    rest = ahead;
                } else {
                    bytes.push(b'%');
                }
            }
            other => bytes.push(other),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Why a query string is no filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryError(String);

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for QueryError {}

impl de::Error for QueryError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

/// Notes which fields a struct asks for.
struct Names<'a>(&'a mut &'static [&'static str]);

impl<'de> Deserializer<'de> for Names<'_> {
    type Error = QueryError;

    fn deserialize_any<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, QueryError> {
        Err(QueryError("only the names of fields are asked for".into()))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, QueryError> {
        *self.0 = fields;
        self.deserialize_any(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

/// One value of a query string, which becomes what the field asks for.
struct Text<'a>(&'a str);

impl<'de> IntoDeserializer<'de, QueryError> for Text<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl Text<'_> {
    fn parse<T: std::str::FromStr>(&self) -> Result<T, QueryError> {
        self.0
            .parse()
            .map_err(|_| QueryError(format!("cannot read '{}'", self.0)))
    }
}

impl<'de> Deserializer<'de> for Text<'_> {
    type Error = QueryError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, QueryError> {
        visitor.visit_str(self.0)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, QueryError> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, QueryError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, QueryError> {
        visitor.visit_enum(self.0.into_deserializer())
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, QueryError> {
        visitor.visit_bool(self.parse()?)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, QueryError> {
        visitor.visit_u32(self.parse()?)
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, QueryError> {
        visitor.visit_i64(self.parse()?)
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i128 u8 u16 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        seq tuple tuple_struct map struct identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analytics::PeriodQuery;
    use crate::deal::{DealFilter, DealSort, DealStatus};
    use crate::page::{Any, Sort};

    fn pairs(query: &str) -> Vec<(String, String)> {
        query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (decode_component(name), decode_component(value)))
            .collect()
    }

    #[test]
    fn a_filter_survives_the_way_through_a_query_string() {
        let filter = DealFilter {
            q: Some("Ёлка & Co + 100%".into()),
            status: Any(vec![DealStatus::Open, DealStatus::Won]),
            amount_min: Some("1000.5".into()),
            expected_close_from: chrono::NaiveDate::from_ymd_opt(2026, 11, 23),
            sort: Some(Sort {
                field: DealSort::Amount,
                descending: true,
            }),
            limit: Some(100),
            totals: Some(true),
            ..DealFilter::default()
        };
        let query = to_query(&filter);
        assert_eq!(from_query::<DealFilter>(&pairs(&query)), filter);
    }

    #[test]
    fn what_cannot_be_read_is_left_out() {
        let filter: DealFilter = from_query(&pairs("status=sleeping&q=x&view=board&limit=many"));
        assert_eq!(
            filter,
            DealFilter {
                q: Some("x".into()),
                ..DealFilter::default()
            }
        );
    }

    #[test]
    fn a_filter_says_which_names_it_knows() {
        assert_eq!(names_of::<PeriodQuery>(), ["period", "from", "to", "as_of"]);
        assert!(names_of::<DealFilter>().contains(&"account_id"));
    }

    #[test]
    fn components_are_decoded_leniently() {
        assert_eq!(decode_component("%D0%81%zz+%"), "Ё%zz %");
        assert_eq!(encode_component("a b,ё"), "a%20b,%D1%91");
    }
}
