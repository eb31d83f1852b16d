//! Parts of a transaction that are taken back as a whole. Both databases spell them alike.

use diesel::connection::SimpleConnection;

use crate::connection::AnyConnection;
use crate::error::Result;

/// What is done with the savepoint of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Savepoint {
    /// From here on it can be taken back.
    Set,
    /// It stays.
    Keep,
    /// It is taken back; the transaction goes on as if nothing had been written since.
    TakeBack,
}

/// Sets, keeps or takes back the savepoint of a row.
///
/// # Errors
/// When the database fails.
pub(super) fn savepoint(conn: &mut AnyConnection, what: Savepoint) -> Result<()> {
    conn.batch_execute(match what {
        Savepoint::Set => "SAVEPOINT import_row",
        Savepoint::Keep => "RELEASE SAVEPOINT import_row",
        Savepoint::TakeBack => "ROLLBACK TO SAVEPOINT import_row; RELEASE SAVEPOINT import_row",
    })?;
    Ok(())
}
