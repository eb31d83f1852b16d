//! SQL that the two databases spell differently.

use chrono::NaiveDateTime;
use diesel::RunQueryDsl as _;
use etalon_domain::text::fold;

use crate::connection::{AnyConnection, Backend};
use crate::error::Result;

/// The backend of a connection.
#[must_use]
pub fn backend(conn: &AnyConnection) -> Backend {
    match conn {
        AnyConnection::Sqlite(_) => Backend::Sqlite,
        AnyConnection::Postgres(_) => Backend::Postgres,
    }
}

/// What only one transaction at a time may decide about.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Lock {
    /// Who is an administrator.
    Administrators,
    /// What lies below which department.
    Departments,
    /// Which version of its name a file is.
    Files,
}

/// Waits until no other transaction holds the lock, and holds it to the end of this one: whatever is
/// read after it includes what the others wrote. SQLite has one writer, which is the same.
///
/// # Errors
/// When the database fails.
pub(crate) fn lock(conn: &mut AnyConnection, lock: Lock) -> Result<()> {
    if let AnyConnection::Postgres(conn) = conn {
        let key = match lock {
            Lock::Administrators => 1,
            Lock::Departments => 2,
            Lock::Files => 3,
        };
        diesel::sql_query(format!("SELECT pg_advisory_xact_lock({key})")).execute(conn)?;
    }
    Ok(())
}

/// On SQLite: whether a column is one of the values. They are bound as one list, so that the
/// statement stays the same for any number of them and is prepared once.
macro_rules! among {
    ($column:expr, $values:expr) => {
        diesel::dsl::sql::<diesel::sql_types::Nullable<diesel::sql_types::Bool>>($column)
            .sql(" IN (SELECT value FROM json_each(")
            .bind::<diesel::sql_types::Text, _>(crate::portable::list($values))
            .sql("))")
    };
}

pub(crate) use among;

/// Narrows a boxed query to the rows in which a column, in SQL, has one of the values; `none` among them
/// stands for no value. No values narrow nothing.
macro_rules! any_or_none {
    ($query:expr, $values:expr, $column:expr) => {{
        let values: Vec<String> = $values.iter().map(|value| value.to_string()).collect();
        let column =
            || diesel::dsl::sql::<diesel::sql_types::Nullable<diesel::sql_types::Text>>($column);
        if values.is_empty() {
            $query
        } else if values.iter().any(|value| value == "none") {
            $query.filter(column().is_null().nullable().or(column().eq_any(values)))
        } else if let [value] = values.as_slice() {
            $query.filter(column().eq(value.clone()))
        } else {
            $query.filter(column().eq_any(values))
        }
    }};
}

pub(crate) use any_or_none;

/// SQL before and after a bound list in JSON: whether a column is one of its texts.
pub(crate) fn in_json_list(backend: Backend, column: &str) -> (String, &'static str) {
    match backend {
        Backend::Sqlite => (format!("{column} IN (SELECT value FROM json_each("), "))"),
        Backend::Postgres => (
            format!("{column} IN (SELECT jsonb_array_elements_text(CAST("),
            " AS JSONB)))",
        ),
    }
}

/// An instant in SQL, as the columns have it.
pub(crate) fn instant(at: NaiveDateTime) -> String {
    format!("'{}'", at.format("%F %T%.f"))
}

/// A list of texts as JSON.
pub(crate) fn list(texts: &[String]) -> String {
    serde_json::Value::from(texts).to_string()
}

/// The words of a search for a part of `search_text`, folded as the column is.
pub(crate) struct Search {
    /// SQL before the bound value.
    pub before: String,
    /// The value to bind.
    pub value: String,
    /// SQL after it.
    pub after: String,
}

/// A search in a table that has `search_text` and, on SQLite, a trigram index `<table>_search` by
/// `key`. `None` for an empty text.
pub(crate) fn search(
    backend: Backend,
    table: &str,
    key: &str,
    text: Option<&str>,
) -> Option<Search> {
    let folded = fold(text?);
    if folded.is_empty() {
        return None;
    }
    Some(match backend {
        Backend::Sqlite if folded.chars().count() >= 3 => Search {
            before: format!(
                "({table}.{key} IN (SELECT rowid FROM {table}_search WHERE {table}_search MATCH "
            ),
            value: format!("\"{}\"", folded.replace('"', "\"\"")),
            after: "))".to_owned(),
        },
        Backend::Sqlite => Search {
            before: format!("(instr({table}.search_text, "),
            value: folded,
            after: ") > 0)".to_owned(),
        },
        Backend::Postgres => Search {
            before: format!("({table}.search_text LIKE "),
            value: like_pattern(&folded),
            after: ")".to_owned(),
        },
    })
}

/// A search of deals: a number, written `D-000123` or `123`, finds that deal too.
pub(crate) fn search_deals(backend: Backend, text: Option<&str>) -> Option<Search> {
    let mut search = search(backend, "deals", "number", text)?;
    let digits = text?
        .trim()
        .trim_start_matches(['d', 'D'])
        .trim_start_matches('-');
    if let Ok(number) = digits.parse::<u32>() {
        search.before = format!("(deals.number = {number} OR {}", search.before);
        search.after.push(')');
    }
    Some(search)
}

/// Narrows a boxed query by a search, when there is one.
macro_rules! search_in {
    ($query:expr, $search:expr) => {
        match $search {
            Some(search) => $query.filter(
                diesel::dsl::sql::<diesel::sql_types::Bool>(&search.before)
                    .bind::<diesel::sql_types::Text, _>(search.value.clone())
                    .sql(&search.after),
            ),
            None => $query,
        }
    };
}

pub(crate) use search_in;

/// A pattern that finds a text anywhere.
fn like_pattern(text: &str) -> String {
    format!("%{}%", escaped(text))
}

/// A text in a pattern of `LIKE … ESCAPE '\\'` that stands for itself.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_")
}

/// Multiplies minor units in SQL exactly as [`etalon_domain::rate::convert_minor`] does: both
/// databases compute with IEEE 754 numbers and cut after adding a half.
pub(crate) fn convert_sql(backend: Backend, column: &str, factor: &str) -> String {
    match backend {
        Backend::Sqlite => format!("CAST({column} * {factor} + 0.5 AS BIGINT)"),
        Backend::Postgres => {
            format!("CAST(FLOOR(CAST({column} AS DOUBLE PRECISION) * {factor} + 0.5) AS BIGINT)")
        }
    }
}
