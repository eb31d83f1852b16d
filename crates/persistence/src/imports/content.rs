//! The bytes of uploaded files, in pieces, so that every worker reaches them.

use diesel::prelude::*;
use etalon_domain::id::ImportFileId;

use crate::connection::Tx;
use crate::context::new_id;
use crate::error::Result;
use crate::schema::import_chunks;

/// Size of a piece in bytes.
const PIECE: usize = 1 << 20;

#[derive(Insertable)]
#[diesel(table_name = import_chunks)]
struct Piece<'a> {
    id: String,
    file_id: &'a str,
    position: i32,
    content: &'a [u8],
}

/// Stores the bytes of a file.
pub(super) fn store(tx: &mut Tx<'_>, file: &str, bytes: &[u8]) -> Result<()> {
    for (content, position) in bytes.chunks(PIECE).zip(0..) {
        diesel::insert_into(import_chunks::table)
            .values(Piece {
                id: new_id(),
                file_id: file,
                position,
                content,
            })
            .execute(tx.conn)?;
    }
    Ok(())
}

/// The bytes of a file.
pub(super) fn load(tx: &mut Tx<'_>, file: &ImportFileId) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    for position in 0.. {
        let piece: Option<Vec<u8>> = import_chunks::table
            .filter(import_chunks::file_id.eq(file.as_str()))
            .filter(import_chunks::position.eq(position))
            .select(import_chunks::content)
            .first(tx.conn)
            .optional()?;
        match piece {
            Some(piece) => bytes.extend_from_slice(&piece),
            None => break,
        }
    }
    Ok(bytes)
}

/// Removes the bytes of a file.
pub(super) fn remove(tx: &mut Tx<'_>, file: &ImportFileId) -> Result<()> {
    diesel::delete(import_chunks::table.filter(import_chunks::file_id.eq(file.as_str())))
        .execute(tx.conn)?;
    Ok(())
}
