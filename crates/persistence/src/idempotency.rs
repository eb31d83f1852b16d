//! Answers remembered by `Idempotency-Key`, so that a repeated POST does not act twice.

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;
use etalon_domain::time::{Instant, to_naive};

use crate::connection::Tx;
use crate::error::{Error, Result, is_unique_violation};
use crate::schema::idempotency_keys;

/// A remembered answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Headers worth keeping, as JSON.
    pub headers: String,
    /// Body.
    pub body: String,
}

/// What is known of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// Nothing: the caller goes ahead and must [`remember`] or [`forget`].
    Fresh,
    /// The same request was answered so.
    Answered(Answer),
    /// The key belongs to another request, or the first one still runs.
    Taken,
}

/// Claims a key of a person for a request with this fingerprint.
///
/// # Errors
/// When the database cannot be written.
pub fn claim(
    tx: &mut Tx<'_>,
    user: &str,
    key: &str,
    fingerprint: &str,
    now: Instant,
) -> Result<Claim> {
    type Found = (
        String,
        Option<i32>,
        Option<String>,
        Option<String>,
        NaiveDateTime,
    );
    let id = format!("{user}:{key}");
    let found: Option<Found> = idempotency_keys::table
        .filter(idempotency_keys::id.eq(&id))
        .select((
            idempotency_keys::fingerprint,
            idempotency_keys::status,
            idempotency_keys::headers,
            idempotency_keys::body,
            idempotency_keys::created_at,
        ))
        .first(tx.conn)
        .optional()?;
    match found {
        Some((known, Some(status), headers, body, _)) if known == fingerprint => {
            Ok(Claim::Answered(Answer {
                status: u16::try_from(status).unwrap_or(500),
                headers: headers.unwrap_or_default(),
                body: body.unwrap_or_default(),
            }))
        }
        // A server that was killed while it answered left the key behind.
        Some((known, None, _, _, created))
            if known == fingerprint && to_naive(now) - created > Duration::minutes(10) =>
        {
            take_over(tx, &id, created, now)
        }
        Some(_) => Ok(Claim::Taken),
        None => {
            let inserted = diesel::insert_into(idempotency_keys::table)
                .values((
                    idempotency_keys::id.eq(&id),
                    idempotency_keys::fingerprint.eq(fingerprint),
                    idempotency_keys::created_at.eq(to_naive(now)),
                ))
                .execute(tx.conn);
            match inserted {
                Ok(_) => Ok(Claim::Fresh),
                Err(error) if is_unique_violation(&error) => Ok(Claim::Taken),
                Err(error) => Err(Error::Database(error)),
            }
        }
    }
}

/// Claims a key that was left behind, unless somebody else just did.
fn take_over(tx: &mut Tx<'_>, id: &str, created: NaiveDateTime, now: Instant) -> Result<Claim> {
    let row = idempotency_keys::table
        .filter(idempotency_keys::id.eq(id))
        .filter(idempotency_keys::status.is_null())
        .filter(idempotency_keys::created_at.eq(created));
    let taken = diesel::update(row)
        .set(idempotency_keys::created_at.eq(to_naive(now)))
        .execute(tx.conn)?;
    Ok(if taken == 1 {
        Claim::Fresh
    } else {
        Claim::Taken
    })
}

/// Remembers the answer of a request that was claimed.
///
/// # Errors
/// When the database cannot be written.
pub fn remember(tx: &mut Tx<'_>, user: &str, key: &str, answer: &Answer) -> Result<()> {
    let id = format!("{user}:{key}");
    diesel::update(idempotency_keys::table.filter(idempotency_keys::id.eq(id)))
        .set((
            idempotency_keys::status.eq(i32::from(answer.status)),
            idempotency_keys::headers.eq(&answer.headers),
            idempotency_keys::body.eq(&answer.body),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// Gives a key back after a failure of the server, so that the request can be repeated.
///
/// # Errors
/// When the database cannot be written.
pub fn forget(tx: &mut Tx<'_>, user: &str, key: &str) -> Result<()> {
    let id = format!("{user}:{key}");
    diesel::delete(idempotency_keys::table.filter(idempotency_keys::id.eq(id))).execute(tx.conn)?;
    Ok(())
}

/// Removes keys older than a day.
///
/// # Errors
/// When the database cannot be written.
pub fn clean_up(tx: &mut Tx<'_>, now: Instant) -> Result<()> {
    let old = to_naive(now) - Duration::days(1);
    diesel::delete(idempotency_keys::table.filter(idempotency_keys::created_at.lt(old)))
        .execute(tx.conn)?;
    Ok(())
}
