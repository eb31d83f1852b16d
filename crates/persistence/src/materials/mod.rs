//! Materials of the knowledge base, their published versions, and what of them was used in deals.

mod labels;
mod list;
mod row;
mod suggest;
mod usage;
mod versions;
mod write;

pub use labels::all as labels;
pub use list::list;
pub use suggest::suggest;
pub use usage::{choose, choose_one, of_deal, show, take_back};
pub use versions::{version, versions};
pub use write::execute;

use diesel::prelude::*;
use etalon_domain::error::ErrorCode;
use etalon_domain::id::MaterialId;
use etalon_domain::material::Material;
use etalon_domain::policy::{Access, Actor, material_access};
use row::{Row, joined};

use crate::connection::Tx;
use crate::error::Result;
use crate::schema::materials;

/// A material that the reader may see and that is not in the bin.
///
/// # Errors
/// `not_found`.
pub fn get(tx: &mut Tx<'_>, actor: &Actor, id: &MaterialId) -> Result<Material> {
    let material = load(tx, id)?.ok_or(ErrorCode::NotFound)?;
    if material.deleted_at.is_some() || material_access(actor, &material) == Access::None {
        return Err(ErrorCode::NotFound.into());
    }
    Ok(material)
}

/// A material with its text, whoever may see it, bin included.
fn load(tx: &mut Tx<'_>, id: &MaterialId) -> Result<Option<Material>> {
    let row: Option<Row> = joined!()
        .filter(materials::id.eq(id.as_str()))
        .first(tx.conn)
        .optional()?;
    let Some(row) = row else {
        return Ok(None);
    };
    let Some(mut material) = labels::complete(tx, vec![row])?.pop() else {
        return Ok(None);
    };
    material.body = materials::table
        .filter(materials::id.eq(id.as_str()))
        .select(materials::body)
        .first(tx.conn)?;
    Ok(Some(material))
}
