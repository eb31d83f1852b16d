//! Imports: files of other systems, how they are understood, and the run that turns their rows into
//! records. Only administrators and heads import; a head sees the own imports.

mod content;
mod links;
mod options;
mod problems;
mod row;
pub mod run;
mod write;

pub use options::{MAX_BYTES, MAX_FILES};
pub use problems::{all as all_problems, failed_rows, list as problems};
pub use run::run;
pub use write::{JOB, Upload, delete, enqueue, enqueue_claimed, of_job, start, update, upload};

use diesel::prelude::*;
use etalon_domain::error::ErrorCode;
use etalon_domain::id::ImportId;
use etalon_domain::import::{Import, ImportFilter, ImportSummary};
use etalon_domain::page::Page;
use etalon_domain::policy::{Actor, may_manage_people};
use etalon_domain::user::Role;

use crate::connection::Tx;
use crate::error::Result;
use crate::page::{decode, encode, limit};
use crate::schema::{import_files, imports, users};
use row::{FileRow, ImportRow};

/// The imports that the reader may see, newest first.
///
/// # Errors
/// `forbidden` for those who may not import, `invalid_fields` for a wrong page.
pub fn list(tx: &mut Tx<'_>, actor: &Actor, filter: &ImportFilter) -> Result<Page<ImportSummary>> {
    const ORDER: &str = "-id";
    require_importer(actor)?;
    let wanted = limit(filter.limit)?;
    let cursor = decode::<String>(ORDER, filter.cursor.as_deref())?;
    let mut query = imports::table
        .inner_join(users::table.on(users::id.eq(imports::created_by)))
        .select((ImportRow::as_select(), users::name))
        .order(imports::id.desc())
        .limit(wanted as i64 + 1)
        .into_boxed();
    if actor.role != Role::Admin {
        query = query.filter(imports::created_by.eq(actor.user_id.as_str()));
    }
    if let Some(cursor) = cursor {
        query = query.filter(imports::id.lt(cursor.id));
    }
    let mut rows: Vec<(ImportRow, String)> = query.load(tx.conn)?;
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    let last = rows.last().filter(|_| more);
    let next_cursor = last.map(|(row, _)| encode::<String>(ORDER, None, &row.id));
    let ids: Vec<&str> = rows.iter().map(|(row, _)| row.id.as_str()).collect();
    let names: Vec<(String, String)> = import_files::table
        .filter(import_files::import_id.eq_any(ids))
        .order((import_files::import_id, import_files::position))
        .select((import_files::import_id, import_files::name))
        .load(tx.conn)?;
    let items = rows
        .into_iter()
        .map(|(row, by)| {
            let own = names.iter().filter(|(import, _)| *import == row.id);
            let file_names = own.map(|(_, name)| name.clone()).collect();
            row.into_summary(by, file_names)
        })
        .collect::<Result<_>>()?;
    Ok(Page {
        items,
        next_cursor,
        totals: None,
    })
}

/// An import that the reader may see.
///
/// # Errors
/// `forbidden` for those who may not import, `not_found`.
pub fn get(tx: &mut Tx<'_>, actor: &Actor, id: &ImportId) -> Result<Import> {
    require_importer(actor)?;
    let import = load(tx, id)?.ok_or(ErrorCode::NotFound)?;
    if actor.role != Role::Admin && import.created_by.id != actor.user_id.as_str() {
        return Err(ErrorCode::NotFound.into());
    }
    Ok(import)
}

/// An import, whoever may see it.
fn load(tx: &mut Tx<'_>, id: &ImportId) -> Result<Option<Import>> {
    let found: Option<(ImportRow, String)> = imports::table
        .inner_join(users::table.on(users::id.eq(imports::created_by)))
        .filter(imports::id.eq(id.as_str()))
        .select((ImportRow::as_select(), users::name))
        .first(tx.conn)
        .optional()?;
    let Some((row, by)) = found else {
        return Ok(None);
    };
    let files: Vec<FileRow> = import_files::table
        .filter(import_files::import_id.eq(id.as_str()))
        .order(import_files::position)
        .select(FileRow::as_select())
        .load(tx.conn)?;
    let files = files.into_iter().map(FileRow::into_file);
    row.into_import(by, files.collect::<Result<_>>()?).map(Some)
}

/// Refuses people who may not import.
fn require_importer(actor: &Actor) -> Result<()> {
    if may_manage_people(actor) {
        Ok(())
    } else {
        Err(ErrorCode::Forbidden.into())
    }
}
