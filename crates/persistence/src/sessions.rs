//! Signed-in browsers: refresh tokens that rotate.

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;
use etalon_domain::auth::Session;
use etalon_domain::error::ErrorCode;
use etalon_domain::id::{SessionId, UserId};
use etalon_domain::time::{Instant, from_naive, to_naive};

use crate::connection::Tx;
use crate::context::new_id;
use crate::error::Result;
use crate::schema::sessions;

/// How long a session lives without being used.
const LIFETIME_DAYS: i64 = 30;
/// How long the previous refresh token is still taken: two tabs may renew at the same moment.
const GRACE_SECONDS: i64 = 20;

#[derive(Queryable, Insertable)]
#[diesel(table_name = sessions)]
struct Row {
    id: String,
    user_id: String,
    token_hash: String,
    previous_hash: Option<String>,
    rotated_at: Option<NaiveDateTime>,
    user_agent: Option<String>,
    ip: Option<String>,
    created_at: NaiveDateTime,
    last_used_at: NaiveDateTime,
    expires_at: NaiveDateTime,
    revoked_at: Option<NaiveDateTime>,
}

/// From where a person signs in.
#[derive(Clone, Debug, Default)]
pub struct Device {
    /// What the browser calls itself.
    pub user_agent: Option<String>,
    /// Its address.
    pub ip: Option<String>,
}

/// Begins a session with the hash of its first refresh token.
///
/// # Errors
/// When the database cannot be written.
pub fn begin(
    tx: &mut Tx<'_>,
    user: &UserId,
    token_hash: &str,
    device: &Device,
    now: Instant,
) -> Result<SessionId> {
    let at = to_naive(now);
    let row = Row {
        id: new_id(),
        user_id: user.as_str().into(),
        token_hash: token_hash.into(),
        previous_hash: None,
        rotated_at: None,
        user_agent: device.user_agent.clone(),
        ip: device.ip.clone(),
        created_at: at,
        last_used_at: at,
        expires_at: at + Duration::days(LIFETIME_DAYS),
        revoked_at: None,
    };
    diesel::insert_into(sessions::table)
        .values(&row)
        .execute(tx.conn)?;
    Ok(SessionId::new(row.id))
}

/// What came of a refresh token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Renewal {
    /// The token was the current one; the new hash is stored.
    Rotated(UserId),
    /// The token was replaced a moment ago by the same browser: grant access, keep the cookie.
    JustRotated(UserId),
    /// The session is over, or the token was used twice, which ends it.
    Refused,
}

/// Exchanges a refresh token for a new one. A token that was already exchanged ends the session:
/// somebody else has it.
///
/// # Errors
/// When the database cannot be written.
pub fn renew(
    tx: &mut Tx<'_>,
    id: &SessionId,
    presented_hash: &str,
    new_hash: &str,
    now: Instant,
) -> Result<Renewal> {
    let at = to_naive(now);
    let row: Option<Row> = sessions::table
        .filter(sessions::id.eq(id.as_str()))
        .first(tx.conn)
        .optional()?;
    let Some(row) = row.filter(|row| row.revoked_at.is_none() && row.expires_at > at) else {
        return Ok(Renewal::Refused);
    };
    let user = UserId::new(row.user_id);
    if row.token_hash == presented_hash {
        let current = sessions::table
            .filter(sessions::id.eq(id.as_str()))
            .filter(sessions::token_hash.eq(presented_hash));
        let changed = diesel::update(current)
            .set((
                sessions::token_hash.eq(new_hash),
                sessions::previous_hash.eq(presented_hash),
                sessions::rotated_at.eq(at),
                sessions::last_used_at.eq(at),
                sessions::expires_at.eq(at + Duration::days(LIFETIME_DAYS)),
            ))
            .execute(tx.conn)?;
        return Ok(if changed == 1 {
            Renewal::Rotated(user)
        } else {
            Renewal::JustRotated(user)
        });
    }
    let just_rotated = row.previous_hash.as_deref() == Some(presented_hash)
        && row
            .rotated_at
            .is_some_and(|rotated| at - rotated < Duration::seconds(GRACE_SECONDS));
    if just_rotated {
        return Ok(Renewal::JustRotated(user));
    }
    revoke(tx, &user, id, now)?;
    log::warn!("a used refresh token came back: session {id} of user {user} was ended");
    Ok(Renewal::Refused)
}

/// The person of a session that still lives.
///
/// # Errors
/// When the database cannot be read.
pub fn user_of(tx: &mut Tx<'_>, id: &SessionId, now: Instant) -> Result<Option<UserId>> {
    let user: Option<String> = sessions::table
        .filter(sessions::id.eq(id.as_str()))
        .filter(sessions::revoked_at.is_null())
        .filter(sessions::expires_at.gt(to_naive(now)))
        .select(sessions::user_id)
        .first(tx.conn)
        .optional()?;
    Ok(user.map(UserId::new))
}

/// The living sessions of a person, last used first.
///
/// # Errors
/// When the database cannot be read.
pub fn list(
    tx: &mut Tx<'_>,
    user: &UserId,
    current: &SessionId,
    now: Instant,
) -> Result<Vec<Session>> {
    let rows: Vec<Row> = sessions::table
        .filter(sessions::user_id.eq(user.as_str()))
        .filter(sessions::revoked_at.is_null())
        .filter(sessions::expires_at.gt(to_naive(now)))
        .order(sessions::last_used_at.desc())
        .limit(100)
        .load(tx.conn)?;
    Ok(rows
        .into_iter()
        .map(|row| Session {
            current: row.id == current.as_str(),
            id: SessionId::new(row.id),
            user_agent: row.user_agent,
            ip: row.ip,
            created_at: from_naive(row.created_at),
            last_used_at: from_naive(row.last_used_at),
        })
        .collect())
}

/// Ends one session of a person.
///
/// # Errors
/// `not_found` when the person has no such living session.
pub fn revoke(tx: &mut Tx<'_>, user: &UserId, id: &SessionId, now: Instant) -> Result<()> {
    let row = sessions::table
        .filter(sessions::id.eq(id.as_str()))
        .filter(sessions::user_id.eq(user.as_str()))
        .filter(sessions::revoked_at.is_null());
    let ended = diesel::update(row)
        .set(sessions::revoked_at.eq(to_naive(now)))
        .execute(tx.conn)?;
    if ended == 0 {
        return Err(ErrorCode::NotFound.into());
    }
    Ok(())
}

/// Ends every session of a person but one.
///
/// # Errors
/// When the database cannot be written.
pub fn revoke_all(
    tx: &mut Tx<'_>,
    user: &UserId,
    keep: Option<&SessionId>,
    now: Instant,
) -> Result<()> {
    let keep = keep.map_or("", |id| id.as_str());
    let rows = sessions::table
        .filter(sessions::user_id.eq(user.as_str()))
        .filter(sessions::id.ne(keep))
        .filter(sessions::revoked_at.is_null());
    diesel::update(rows)
        .set(sessions::revoked_at.eq(to_naive(now)))
        .execute(tx.conn)?;
    Ok(())
}

/// Revives a session that [`revoke_all`] ended a moment ago in the same transaction: the one in
/// which a person changes the own password.
///
/// # Errors
/// When the database cannot be written.
pub fn keep(tx: &mut Tx<'_>, user: &UserId, id: &SessionId) -> Result<()> {
    let row = sessions::table
        .filter(sessions::id.eq(id.as_str()))
        .filter(sessions::user_id.eq(user.as_str()));
    diesel::update(row)
        .set(sessions::revoked_at.eq(None::<NaiveDateTime>))
        .execute(tx.conn)?;
    Ok(())
}

/// Removes sessions that are long over.
///
/// # Errors
/// When the database cannot be written.
pub fn clean_up(tx: &mut Tx<'_>, now: Instant) -> Result<()> {
    let old = to_naive(now) - Duration::days(7);
    diesel::delete(sessions::table.filter(sessions::expires_at.lt(old))).execute(tx.conn)?;
    diesel::delete(sessions::table.filter(sessions::revoked_at.lt(old))).execute(tx.conn)?;
    Ok(())
}
