//! A row, and the file that it stands for.

use chrono::NaiveDateTime;
use diesel::dsl::sql;
use diesel::expression::SqlLiteral;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};
use etalon_domain::file::{File, FileOwner};
use etalon_domain::id::{FileId, Ref};
use etalon_domain::time::from_naive;

use crate::error::{Error, Result};
use crate::schema::files;

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = files)]
pub(super) struct Values {
    pub(super) id: String,
    pub(super) owner_kind: String,
    pub(super) owner_id: String,
    pub(super) name: String,
    pub(super) name_key: String,
    pub(super) version: i32,
    pub(super) sha256: String,
    pub(super) size: i64,
    pub(super) media_type: String,
    pub(super) created_at: NaiveDateTime,
    pub(super) created_by: Option<String>,
    pub(super) deleted_at: Option<NaiveDateTime>,
}

#[derive(Queryable)]
pub(super) struct Row {
    pub(super) values: Values,
    created_by_name: Option<String>,
    versions: i64,
}

/// The joined source of every read of files, boxed, with the columns of [`Row`].
macro_rules! joined {
    () => {
        $crate::schema::files::table
            .left_join(
                $crate::schema::users::table.on($crate::schema::users::id
                    .nullable()
                    .eq($crate::schema::files::created_by)),
            )
            .select((
                $crate::files::row::Values::as_select(),
                $crate::schema::users::name.nullable(),
                $crate::files::row::versions(),
            ))
            .into_boxed()
    };
}

pub(super) use joined;

/// How many versions of a file are there.
pub(super) fn versions() -> SqlLiteral<BigInt> {
    sql(
        "(SELECT COUNT(*) FROM files other WHERE other.owner_kind = files.owner_kind \
         AND other.owner_id = files.owner_id AND other.name_key = files.name_key \
         AND other.deleted_at IS NULL)",
    )
}

/// Whether a file is the newest version of its name.
pub(super) fn is_newest() -> SqlLiteral<Bool> {
    sql(
        "NOT EXISTS (SELECT 1 FROM files newer WHERE newer.owner_kind = files.owner_kind \
         AND newer.owner_id = files.owner_id AND newer.name_key = files.name_key \
         AND newer.version > files.version AND newer.deleted_at IS NULL)",
    )
}

impl Row {
    pub(super) fn into_file(self) -> Result<File> {
        let v = self.values;
        let owner = FileOwner::read(&v.owner_kind, v.owner_id)
            .ok_or_else(|| Error::Corrupt(format!("a file of a '{}'", v.owner_kind)))?;
        Ok(File {
            id: FileId::new(v.id),
            owner,
            name: v.name,
            version: v.version,
            versions: self.versions,
            size: v.size,
            media_type: v.media_type,
            sha256: v.sha256,
            created_at: from_naive(v.created_at),
            created_by: v
                .created_by
                .zip(self.created_by_name)
                .map(|(id, name)| Ref { id, name }),
            deleted_at: v.deleted_at.map(from_naive),
        })
    }
}
