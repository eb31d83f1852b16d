//! Pages of files.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use etalon_domain::file::{File, FileFilter, FileOwner, name_key};
use etalon_domain::page::Page;

use super::row::{Row, is_newest, joined};
use crate::connection::Tx;
use crate::context::Context;
use crate::error::Result;
use crate::page::{decode, encode, keyset, limit};
use crate::schema::files;

/// A page of the files of a record, newest first.
///
/// # Errors
/// `not_found` when the reader may not see the record, `invalid_fields` when a filter is not valid.
pub fn list(
    tx: &mut Tx<'_>,
    context: &Context,
    owner: &FileOwner,
    filter: &FileFilter,
) -> Result<Page<File>> {
    const ORDER: &str = "-created_at";
    super::access(tx, context, owner)?;
    let wanted = limit(filter.limit)?;
    let cursor = decode::<NaiveDateTime>(ORDER, filter.cursor.as_deref())?;
    let narrow = || {
        let mut query = joined!()
            .filter(files::owner_kind.eq(owner.kind()))
            .filter(files::owner_id.eq(owner.id().to_owned()))
            .filter(files::deleted_at.is_null());
        if filter.versions != Some(true) {
            query = query.filter(is_newest());
        }
        if let Some(name) = &filter.name {
            query = query.filter(files::name_key.eq(name_key(name)));
        }
        query
    };
    let mut rows: Vec<Row> = keyset!(
        tx.conn,
        narrow(),
        files::created_at,
        files::id,
        cursor,
        true,
        wanted + 1
    );
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    let next_cursor = rows
        .last()
        .filter(|_| more)
        .map(|row| encode(ORDER, Some(&row.values.created_at), &row.values.id));
    Ok(Page {
        items: rows
            .into_iter()
            .map(Row::into_file)
            .collect::<Result<_>>()?,
        next_cursor,
        totals: None,
    })
}
