//! Keyset paging. Records without a sort value come last in either direction, so a list is read in
//! two phases, each of which an ordinary index serves: first the records with a value, then those
//! without.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use etalon_domain::error::{Error as DomainError, FieldCode};
use etalon_domain::page::{DEFAULT_LIMIT, MAX_LIMIT};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::error::Result;

/// Where the next page begins: after this sort value and identifier.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Cursor<T> {
    /// Sort value of the last record; `None` when the records without a value have begun.
    pub value: Option<T>,
    /// Its identifier.
    pub id: String,
}

/// Encodes a cursor for a sort order. The order is part of it, so that a cursor of another order is
/// refused.
#[must_use]
pub fn encode<T: Serialize>(order: &str, value: Option<&T>, id: &str) -> String {
    let json = serde_json::json!([order, value, id]);
    URL_SAFE_NO_PAD.encode(json.to_string())
}

/// Decodes a cursor of a sort order.
///
/// # Errors
/// `invalid_fields` on `cursor` when it is not one of ours for that order.
pub fn decode<T: DeserializeOwned>(order: &str, cursor: Option<&str>) -> Result<Option<Cursor<T>>> {
    let Some(text) = cursor else {
        return Ok(None);
    };
    let decoded = URL_SAFE_NO_PAD
        .decode(text)
        .ok()
        .and_then(|bytes| serde_json::from_slice::<(String, Option<T>, String)>(&bytes).ok());
    match decoded {
        Some((of, value, id)) if of == order && id.chars().all(|c| !c.is_control()) => {
            Ok(Some(Cursor { value, id }))
        }
        _ => Err(DomainError::field(
            "cursor",
            FieldCode::InvalidFormat,
            "is not a cursor of this list in this order",
        )
        .into()),
    }
}

/// The size of a page.
///
/// # Errors
/// `invalid_fields` on `limit` when it is not between 1 and 200.
pub fn limit(limit: Option<u32>) -> Result<usize> {
    match limit.unwrap_or(DEFAULT_LIMIT) {
        n @ 1..=MAX_LIMIT => Ok(n as usize),
        _ => Err(
            DomainError::field("limit", FieldCode::OutOfRange, "must lie between 1 and 200").into(),
        ),
    }
}

/// Reads one page, sorted by a column and then by identifier, in two phases.
///
/// `$query` is an expression that makes the boxed, filtered query anew; `$column` the sort column;
/// `$id` the identifier column; `$cursor` an `Option<Cursor<T>>`; `$wanted` how many rows to read.
macro_rules! keyset {
    ($conn:expr, $query:expr, $column:expr, $id:expr, $cursor:expr, $descending:expr, $wanted:expr) => {{
        let cursor = $cursor;
        let wanted = $wanted as i64;
        let mut rows = Vec::new();
        let in_nulls = cursor.as_ref().is_some_and(|c| c.value.is_none());
        if !in_nulls {
            let mut query = $query.filter($column.is_not_null());
            if let Some(crate::page::Cursor {
                value: Some(value),
                id,
            }) = &cursor
            {
                query = if $descending {
                    query
                        .filter($column.le(value.clone()))
                        .filter($column.lt(value.clone()).or($id.lt(id.clone())))
                } else {
                    query
                        .filter($column.ge(value.clone()))
                        .filter($column.gt(value.clone()).or($id.gt(id.clone())))
                };
            }
            query = if $descending {
                query.order(($column.desc(), $id.desc()))
            } else {
                query.order(($column.asc(), $id.asc()))
            };
            rows = query.limit(wanted).load($conn)?;
        }
        if (rows.len() as i64) < wanted {
            let mut query = $query.filter($column.is_null());
            if let (true, Some(cursor)) = (in_nulls, &cursor) {
                query = if $descending {
                    query.filter($id.lt(cursor.id.clone()))
                } else {
                    query.filter($id.gt(cursor.id.clone()))
                };
            }
            query = if $descending {
                query.order($id.desc())
            } else {
                query.order($id.asc())
            };
            rows.extend(query.limit(wanted - rows.len() as i64).load($conn)?);
        }
        rows
    }};
}

pub(crate) use keyset;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_belongs_to_its_order() {
        let text = encode("-amount", Some(&5_i64), "x");
        let cursor = decode::<i64>("-amount", Some(&text)).unwrap().unwrap();
        assert_eq!((cursor.value, cursor.id.as_str()), (Some(5), "x"));
        assert!(decode::<i64>("amount", Some(&text)).is_err());
        assert!(decode::<i64>("amount", Some("nonsense")).is_err());
    }
}
