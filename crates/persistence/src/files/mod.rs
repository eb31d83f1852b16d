//! Files that hang on a record. Their contents lie in the store of the server, by their hash; here
//! is what they are called, whose they are, and who may see them.

mod list;
mod objects;
mod row;
mod write;

pub use list::list;
pub use objects::{clean_up, keep};
pub use write::{attach, remove, restore};

use diesel::prelude::*;
use etalon_domain::error::ErrorCode;
use etalon_domain::file::{File, FileOwner};
use etalon_domain::id::FileId;
use etalon_domain::policy::{Access, deal_access, material_access};
use row::{Row, joined};

use crate::connection::Tx;
use crate::context::Context;
use crate::error::Result;
use crate::schema::files;

/// A file that is not removed, on a record that the reader may see.
///
/// # Errors
/// `not_found`.
pub fn get(tx: &mut Tx<'_>, context: &Context, id: &FileId) -> Result<File> {
    let file = visible(tx, context, id)?;
    if file.deleted_at.is_some() {
        return Err(ErrorCode::NotFound.into());
    }
    Ok(file)
}

/// The newest version of every file of a record, by name. The caller has made sure that the reader
/// may see the record.
///
/// # Errors
/// When the database cannot be read.
pub fn of(tx: &mut Tx<'_>, owner: &FileOwner) -> Result<Vec<File>> {
    joined!()
        .filter(files::owner_kind.eq(owner.kind()))
        .filter(files::owner_id.eq(owner.id()))
        .filter(files::deleted_at.is_null())
        .filter(row::is_newest())
        .order((files::name_key, files::id))
        .load::<Row>(tx.conn)?
        .into_iter()
        .map(Row::into_file)
        .collect()
}

/// Refuses somebody who may not add files to a record or remove them.
///
/// # Errors
/// `not_found` when the record is not even visible, `forbidden` when it is.
pub fn require_write(tx: &mut Tx<'_>, context: &Context, owner: &FileOwner) -> Result<()> {
    match access(tx, context, owner)? {
        Access::Write => Ok(()),
        Access::Read => Err(ErrorCode::Forbidden.into()),
        Access::None => Err(ErrorCode::NotFound.into()),
    }
}

/// What the actor may do with the record that files hang on.
fn access(tx: &mut Tx<'_>, context: &Context, owner: &FileOwner) -> Result<Access> {
    match owner {
        FileOwner::Deal(id) => {
            let deal = crate::deals::get(tx, &context.actor, id, context.now)?;
            Ok(deal_access(&context.actor, &deal))
        }
        FileOwner::Material(id) => {
            let material = crate::materials::get(tx, &context.actor, id)?;
            Ok(material_access(&context.actor, &material))
        }
    }
}

/// A file on a record that the reader may see, removed ones included.
fn visible(tx: &mut Tx<'_>, context: &Context, id: &FileId) -> Result<File> {
    let row: Option<Row> = joined!()
        .filter(files::id.eq(id.as_str()))
        .first(tx.conn)
        .optional()?;
    let file = row.ok_or(ErrorCode::NotFound)?.into_file()?;
    match access(tx, context, &file.owner)? {
        Access::None => Err(ErrorCode::NotFound.into()),
        Access::Read | Access::Write => Ok(file),
    }
}
