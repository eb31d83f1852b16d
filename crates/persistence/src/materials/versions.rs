//! What of a material was published.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use etalon_domain::error::ErrorCode;
use etalon_domain::id::{MaterialId, Ref};
use etalon_domain::material::{MaterialDraft, MaterialVersion};
use etalon_domain::policy::Actor;
use etalon_domain::time::{from_naive, to_naive};

use crate::connection::Tx;
use crate::context::{Context, new_id};
use crate::error::Result;
use crate::schema::{material_versions, users};

#[derive(Insertable)]
#[diesel(table_name = material_versions)]
struct NewVersion<'a> {
    id: String,
    material_id: &'a str,
    edition: i32,
    title: &'a str,
    content: String,
    created_at: NaiveDateTime,
    created_by: &'a str,
}

type Row = (i32, String, NaiveDateTime, Option<String>, Option<String>);

fn read((number, content, at, id, name): Row) -> Result<MaterialVersion> {
    Ok(MaterialVersion {
        number,
        content: serde_json::from_str(&content)?,
        created_at: from_naive(at),
        created_by: id.zip(name).map(|(id, name)| Ref { id, name }),
    })
}

macro_rules! of {
    ($material:expr) => {
        material_versions::table
            .left_join(users::table.on(users::id.nullable().eq(material_versions::created_by)))
            .filter(material_versions::material_id.eq($material.as_str()))
            .select((
                material_versions::edition,
                material_versions::content,
                material_versions::created_at,
                material_versions::created_by,
                users::name.nullable(),
            ))
    };
}

/// The published versions of a material, newest first, without their texts.
///
/// # Errors
/// `not_found`.
pub fn versions(tx: &mut Tx<'_>, actor: &Actor, id: &MaterialId) -> Result<Vec<MaterialVersion>> {
    super::get(tx, actor, id)?;
    let rows: Vec<Row> = of!(id)
        .order(material_versions::edition.desc())
        .load(tx.conn)?;
    let mut versions = rows.into_iter().map(read).collect::<Result<Vec<_>>>()?;
    for version in &mut versions {
        version.content.body.clear();
    }
    Ok(versions)
}

/// One published version with its text.
///
/// # Errors
/// `not_found`.
pub fn version(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: &MaterialId,
    number: i32,
) -> Result<MaterialVersion> {
    super::get(tx, actor, id)?;
    let row: Option<Row> = of!(id)
        .filter(material_versions::edition.eq(number))
        .first(tx.conn)
        .optional()?;
    read(row.ok_or(ErrorCode::NotFound)?)
}

/// Keeps what was just published.
pub(super) fn store(
    tx: &mut Tx<'_>,
    context: &Context,
    material: &str,
    number: i32,
    draft: &MaterialDraft,
) -> Result<()> {
    diesel::insert_into(material_versions::table)
        .values(NewVersion {
            id: new_id(),
            material_id: material,
            edition: number,
            title: &draft.title,
            content: serde_json::to_string(draft)?,
            created_at: to_naive(context.now),
            created_by: context.actor.user_id.as_str(),
        })
        .execute(tx.conn)?;
    Ok(())
}
