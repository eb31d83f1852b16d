//! A row, and the material that it stands for.

use chrono::NaiveDateTime;
use diesel::dsl::sql;
use diesel::expression::SqlLiteral;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Timestamp};
use etalon_domain::id::{MaterialId, Ref};
use etalon_domain::material::{Material, MaterialUsage};
use etalon_domain::time::from_naive;

use crate::error::Result;
use crate::schema::materials;

/// The columns of a material that lists need: all but its text.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = materials)]
pub(super) struct Values {
    pub(super) id: String,
    title: String,
    pub(super) title_key: String,
    summary: Option<String>,
    language: String,
    status: String,
    edition: i32,
    author_id: String,
    published_at: Option<NaiveDateTime>,
    deleted_at: Option<NaiveDateTime>,
    version: i64,
    created_at: NaiveDateTime,
    pub(super) updated_at: NaiveDateTime,
}

#[derive(Clone, Debug, Queryable)]
pub(super) struct Row {
    pub(super) values: Values,
    author_name: String,
    files: i64,
    pub(super) deals: i64,
    won: i64,
    last_used_at: Option<NaiveDateTime>,
}

/// The joined source of every read of materials, boxed, with the columns of [`Row`].
macro_rules! joined {
    () => {
        $crate::schema::materials::table
            .inner_join(
                $crate::schema::users::table
                    .on($crate::schema::users::id.eq($crate::schema::materials::author_id)),
            )
            .select((
                $crate::materials::row::Values::as_select(),
                $crate::schema::users::name,
                $crate::materials::row::files(),
                $crate::materials::row::deals(),
                $crate::materials::row::won(),
                $crate::materials::row::last_used_at(),
            ))
            .into_boxed()
    };
}

pub(super) use joined;

pub(super) fn files() -> SqlLiteral<BigInt> {
    sql("(SELECT COUNT(DISTINCT files.name_key) FROM files \
         WHERE files.owner_kind = 'material' AND files.owner_id = materials.id \
         AND files.deleted_at IS NULL)")
}

/// In how many deals a material was shown.
pub(super) fn deals() -> SqlLiteral<BigInt> {
    sql(
        "(SELECT COUNT(DISTINCT used.deal_id) FROM deal_materials used \
         INNER JOIN deals ON deals.id = used.deal_id AND deals.deleted_at IS NULL \
         WHERE used.material_id = materials.id AND used.shown_at IS NOT NULL)",
    )
}

pub(super) fn won() -> SqlLiteral<BigInt> {
    sql(
        "(SELECT COUNT(DISTINCT used.deal_id) FROM deal_materials used \
         INNER JOIN deals ON deals.id = used.deal_id AND deals.deleted_at IS NULL \
         AND deals.status = 'won' \
         WHERE used.material_id = materials.id AND used.shown_at IS NOT NULL)",
    )
}

pub(super) fn last_used_at() -> SqlLiteral<Nullable<Timestamp>> {
    sql("(SELECT MAX(used.shown_at) FROM deal_materials used \
         INNER JOIN deals ON deals.id = used.deal_id AND deals.deleted_at IS NULL \
         WHERE used.material_id = materials.id)")
}

impl Row {
    /// The material without its text and its labels.
    pub(super) fn into_material(self) -> Result<Material> {
        let v = self.values;
        Ok(Material {
            id: MaterialId::new(v.id),
            title: v.title,
            summary: v.summary,
            body: String::new(),
            tags: Vec::new(),
            products: Vec::new(),
            industries: Vec::new(),
            need_types: Vec::new(),
            language: v.language,
            status: v.status.parse()?,
            number: v.edition,
            author: Ref {
                id: v.author_id,
                name: self.author_name,
            },
            files: self.files,
            usage: MaterialUsage {
                deals: self.deals,
                won: self.won,
                last_used_at: self.last_used_at.map(from_naive),
            },
            published_at: v.published_at.map(from_naive),
            deleted_at: v.deleted_at.map(from_naive),
            version: v.version,
            created_at: from_naive(v.created_at),
            updated_at: from_naive(v.updated_at),
        })
    }
}
