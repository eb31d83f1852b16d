//! What the store holds. A content is noted before it is stored and removed only while nobody can
//! note it, so that no clean-up takes away what a file is about to refer to.

use chrono::Duration;
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text, Timestamp};
use etalon_domain::time::{Instant, to_naive};

use crate::connection::Tx;
use crate::error::{Error, Result};
use crate::schema::{file_objects, files};

/// How long a content without a file is kept.
const KEPT_HOURS: i64 = 24;
/// How many contents one clean-up removes.
const BATCH: i64 = 200;

/// Notes that the store is about to hold a content, so that no clean-up removes it for a day.
///
/// # Errors
/// When the database cannot be written.
pub fn keep(tx: &mut Tx<'_>, sha256: &str, size: i64, now: Instant) -> Result<()> {
    // Both databases know this form of an insert.
    const KEEP: &str = "INSERT INTO file_objects (sha256, size, touched_at) VALUES ($1, $2, $3) \
         ON CONFLICT (sha256) DO UPDATE SET touched_at = excluded.touched_at";
    diesel::sql_query(KEEP)
        .bind::<Text, _>(sha256)
        .bind::<BigInt, _>(size)
        .bind::<Timestamp, _>(to_naive(now))
        .execute(tx.conn)?;
    Ok(())
}

/// Removes contents to which no file has referred for a day. `remove` takes one out of the store; it
/// succeeds, too, when the store does not have it.
///
/// # Errors
/// When the database cannot be written or a content not removed; nothing is forgotten then.
pub fn clean_up(
    tx: &mut Tx<'_>,
    now: Instant,
    mut remove: impl FnMut(&str) -> std::result::Result<(), String>,
) -> Result<usize> {
    let before = to_naive(now) - Duration::hours(KEPT_HOURS);
    let used = || exists(files::table.filter(files::sha256.eq(file_objects::sha256)));
    let idle: Vec<String> = file_objects::table
        .filter(file_objects::touched_at.lt(before))
        .filter(not(used()))
        .order((file_objects::touched_at, file_objects::sha256))
        .select(file_objects::sha256)
        .limit(BATCH)
        .load(tx.conn)?;
    let mut removed = 0;
    for sha256 in idle {
        let row = file_objects::table
            .filter(file_objects::sha256.eq(&sha256))
            .filter(file_objects::touched_at.lt(before))
            .filter(not(used()));
        // Until the end of the transaction whoever sends the same content waits for this row.
        if diesel::delete(row).execute(tx.conn)? == 1 {
            remove(&sha256).map_err(Error::Store)?;
            removed += 1;
        }
    }
    Ok(removed)
}
