//! Pages of materials.

use chrono::NaiveDateTime;
use diesel::dsl::{exists, sql};
use diesel::expression::SqlLiteral;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use etalon_domain::material::{Material, MaterialFilter, MaterialSort, MaterialStatus, stems};
use etalon_domain::page::{Page, Sort, Totals};
use etalon_domain::policy::Actor;
use etalon_domain::text::fold;
use etalon_domain::user::Role;

use super::labels::{self, INDUSTRY, NEED, PRODUCT, TAG};
use super::row::{Row, deals, joined};
use crate::connection::{Backend, Tx};
use crate::error::Result;
use crate::page::{decode, encode, keyset, limit};
use crate::portable::{Search, backend, search, search_in};
use crate::schema::{material_labels, materials};

/// A page of the materials that the reader may see and the filter selects, without their texts.
///
/// # Errors
/// `invalid_fields` when a filter is not valid, or the database cannot be read.
pub fn list(tx: &mut Tx<'_>, actor: &Actor, filter: &MaterialFilter) -> Result<Page<Material>> {
    let wanted = limit(filter.limit)?;
    let stems = stems(filter.q.as_deref().unwrap_or_default());
    let asks = filter.q.as_deref().is_some_and(|q| !q.trim().is_empty());
    let sort = filter.sort.unwrap_or(match stems.is_empty() {
        true => Sort {
            field: MaterialSort::UpdatedAt,
            descending: true,
        },
        false => Sort {
            field: MaterialSort::Relevance,
            descending: false,
        },
    });
    let order = sort.to_string();
    let cursor = filter.cursor.as_deref();
    let on = backend(tx.conn);
    let found: Vec<Search> = stems
        .iter()
        .filter_map(|stem| search(on, "materials", "seq", Some(stem)))
        .collect();
    let sees_all = matches!(actor.role, Role::Admin | Role::Head);
    macro_rules! narrow {
        ($query:expr) => {{
            let mut query = $query;
            query = if filter.deleted == Some(true) {
                query.filter(materials::deleted_at.is_not_null())
            } else {
                query.filter(materials::deleted_at.is_null())
            };
            if !sees_all {
                let own = materials::author_id.eq(actor.user_id.as_str().to_owned());
                let shown = materials::status.ne(MaterialStatus::Draft.as_str());
                query = query.filter(own.or(shown));
            }
            query = if filter.status.is_empty() {
                query.filter(materials::status.ne(MaterialStatus::Archived.as_str()))
            } else {
                let status: Vec<&str> = filter.status.0.iter().map(|s| s.as_str()).collect();
                query.filter(materials::status.eq_any(status))
            };
            if !filter.language.is_empty() {
                query = query.filter(materials::language.eq_any(filter.language.0.clone()));
            }
            macro_rules! labeled {
                ($kind:expr, $words:expr) => {
                    if !$words.is_empty() {
                        let keys: Vec<String> =
                            $words.0.iter().map(|word| fold(word.as_ref())).collect();
                        let label = material_labels::table
                            .filter(material_labels::material_id.eq(materials::id))
                            .filter(material_labels::kind.eq($kind))
                            .filter(material_labels::value_key.eq_any(keys));
                        query = query.filter(exists(label));
                    }
                };
            }
            labeled!(TAG, filter.tag);
            labeled!(INDUSTRY, filter.industry);
            labeled!(NEED, filter.need_type);
            labeled!(PRODUCT, filter.product_id);
            if asks && stems.is_empty() {
                // A search for signs only finds nothing.
                query = query.filter(materials::id.eq(""));
            }
            for word in &found {
                query = search_in!(query, Some(word));
            }
            query
        }};
    }
    macro_rules! by {
        ($type:ty, $column:expr, $value:expr) => {{
            let cursor = decode::<$type>(&order, cursor)?;
            let mut rows: Vec<Row> = keyset!(
                tx.conn,
                narrow!(joined!()),
                $column,
                materials::id,
                cursor,
                sort.descending,
                wanted + 1
            );
            let more = rows.len() > wanted;
            rows.truncate(wanted);
            let value = $value;
            let next = rows
                .last()
                .filter(|_| more)
                .map(|row: &Row| encode(&order, Some(&value(row)), &row.values.id));
            (rows, next)
        }};
    }
    let (rows, next_cursor) = match sort.field {
        MaterialSort::Relevance => by!(i64, rank(on, &stems), |r: &Row| {
            i64::from(!stems.iter().all(|stem| r.values.title_key.contains(stem)))
        }),
        MaterialSort::Title => by!(String, materials::title_key, |r: &Row| {
            r.values.title_key.clone()
        }),
        MaterialSort::UpdatedAt => {
            by!(NaiveDateTime, materials::updated_at, |r: &Row| r
                .values
                .updated_at)
        }
        MaterialSort::Used => by!(i64, deals(), |r: &Row| r.deals),
    };
    let totals = if filter.totals == Some(true) {
        let query = materials::table
            .select(diesel::dsl::count_star())
            .into_boxed();
        Some(Totals {
            count: narrow!(query).first(tx.conn)?,
            amount: None,
            weighted: None,
            unconverted: 0,
            stages: Vec::new(),
        })
    } else {
        None
    };
    Ok(Page {
        items: labels::complete(tx, rows)?,
        next_cursor,
        totals,
    })
}

/// 0 for materials with every word of the search in the title, else 1. The stems have letters and
/// digits only, so they can stand in the statement.
fn rank(backend: Backend, stems: &[String]) -> SqlLiteral<BigInt> {
    let position = match backend {
        Backend::Sqlite => "instr",
        Backend::Postgres => "strpos",
    };
    let in_title: Vec<String> = stems
        .iter()
        .map(|stem| format!("{position}(materials.title_key, '{stem}') > 0"))
        .collect();
    if in_title.is_empty() {
        return sql("CAST(1 AS BIGINT)");
    }
    sql(&format!(
        "CAST(CASE WHEN {} THEN 0 ELSE 1 END AS BIGINT)",
        in_title.join(" AND ")
    ))
}
