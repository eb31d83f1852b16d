//! How often somebody may try a password or send a form. An attempt is counted before it is looked
//! at, by one statement that also tells whether it may go on: of any number of simultaneous attempts only
//! the free ones pass.

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;
use diesel::sql_types::{Integer, Text, Timestamp};
use etalon_domain::id::{LeadFormId, UserId};
use etalon_domain::time::{Instant, to_naive};

use crate::connection::Tx;
use crate::error::Result;
use crate::schema::sign_in_attempts;

/// The longest wait.
const LONGEST_SECONDS: i64 = 300;

/// Whose attempts are counted together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Throttle {
    key: String,
    free: i32,
}

impl Throttle {
    /// The attempts to sign in with an e-mail address, whoever makes them: five are free, and a
    /// success or an hour without an attempt forgets them.
    #[must_use]
    pub fn account(email: &str) -> Self {
        // Nobody has a longer address, and keys of any length are not for an index.
        let email: String = email.trim().to_lowercase().chars().take(200).collect();
        Self {
            key: format!("email:{email}"),
            free: 5,
        }
    }

    /// The attempts to tell the own password while signed in: as those of an account.
    #[must_use]
    pub fn password(user: &UserId) -> Self {
        Self {
            key: format!("password:{user}"),
            free: 5,
        }
    }

    /// The failures of a network address, behind which a whole company may sit: two hundred are free
    /// within each quarter of an hour.
    #[must_use]
    pub fn address(ip: &str, now: Instant) -> Self {
        Self {
            key: format!("ip:{ip}:{}", now.timestamp().div_euclid(900)),
            free: 200,
        }
    }

    /// What one network address sends to forms: thirty requests within each quarter of an hour.
    #[must_use]
    pub fn form_sender(ip: &str, now: Instant) -> Self {
        Self {
            key: format!("form-ip:{ip}:{}", now.timestamp().div_euclid(900)),
            free: 30,
        }
    }

    /// What everybody together sends to one form: six hundred requests within each quarter of an
    /// hour.
    #[must_use]
    pub fn form(form: &LeadFormId, now: Instant) -> Self {
        Self {
            key: format!("form:{form}:{}", now.timestamp().div_euclid(900)),
            free: 600,
        }
    }

    /// When an attempt is allowed again after so many of them; `None`: at once.
    fn blocked_until(&self, attempts: i32, at: NaiveDateTime) -> Option<NaiveDateTime> {
        let over = u32::try_from(attempts - self.free).ok()?;
        let seconds = 2_i64.saturating_pow(1 + over.min(10));
        Some(at + Duration::seconds(seconds.min(LONGEST_SECONDS)))
    }
}

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = Integer)]
    failures: i32,
}

/// Counts an attempt. Returns the seconds to wait when it may not go on; then nothing is counted.
///
/// The last free attempt and every one after it make the next wait: two seconds, then twice as long
/// each time, up to five minutes.
///
/// # Errors
/// When the database cannot be written.
pub fn attempt(tx: &mut Tx<'_>, throttle: &Throttle, now: Instant) -> Result<Option<i64>> {
    // Both databases know this form of an insert. SQLite numbers `$1`, `$2` in the order in which
    // they first appear.
    const COUNT: &str = "INSERT INTO sign_in_attempts (key, failures, updated_at) \
         VALUES ($1, 1, $2) \
         ON CONFLICT (key) DO UPDATE SET \
         failures = CASE WHEN sign_in_attempts.updated_at < $3 THEN 1 \
                    ELSE sign_in_attempts.failures + 1 END, \
         blocked_until = NULL, updated_at = excluded.updated_at \
         WHERE sign_in_attempts.blocked_until IS NULL \
            OR sign_in_attempts.blocked_until <= excluded.updated_at \
         RETURNING failures";
    let at = to_naive(now);
    let counted: Option<Counted> = diesel::sql_query(COUNT)
        .bind::<Text, _>(&throttle.key)
        .bind::<Timestamp, _>(at)
        .bind::<Timestamp, _>(at - Duration::hours(1))
        .get_result(tx.conn)
        .optional()?;
    let Some(Counted { failures }) = counted else {
        return wait_seconds(tx, throttle, at).map(Some);
    };
    // The row is ours until the end of the transaction.
    if let Some(until) = throttle.blocked_until(failures, at) {
        diesel::update(sign_in_attempts::table.filter(sign_in_attempts::key.eq(&throttle.key)))
            .set(sign_in_attempts::blocked_until.eq(until))
            .execute(tx.conn)?;
    }
    Ok(None)
}

fn wait_seconds(tx: &mut Tx<'_>, throttle: &Throttle, at: NaiveDateTime) -> Result<i64> {
    let until: Option<Option<NaiveDateTime>> = sign_in_attempts::table
        .filter(sign_in_attempts::key.eq(&throttle.key))
        .select(sign_in_attempts::blocked_until)
        .first(tx.conn)
        .optional()?;
    let left = until.flatten().map_or(0, |u| (u - at).num_milliseconds());
    Ok((left.max(1) + 999) / 1000)
}

/// Forgets all attempts after a success.
///
/// # Errors
/// When the database cannot be written.
pub fn forget(tx: &mut Tx<'_>, throttle: &Throttle) -> Result<()> {
    let row = sign_in_attempts::table.filter(sign_in_attempts::key.eq(&throttle.key));
    diesel::delete(row).execute(tx.conn)?;
    Ok(())
}

/// Takes back one attempt that did not fail, with the wait that it made; the others stay.
///
/// # Errors
/// When the database cannot be written.
pub fn take_back(tx: &mut Tx<'_>, throttle: &Throttle) -> Result<()> {
    let row = sign_in_attempts::table
        .filter(sign_in_attempts::key.eq(&throttle.key))
        .filter(sign_in_attempts::failures.gt(0));
    diesel::update(row)
        .set((
            sign_in_attempts::failures.eq(sign_in_attempts::failures - 1),
            sign_in_attempts::blocked_until.eq(None::<NaiveDateTime>),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// Removes attempts that count no more.
///
/// # Errors
/// When the database cannot be written.
pub fn clean_up(tx: &mut Tx<'_>, now: Instant) -> Result<()> {
    let old = to_naive(now) - Duration::days(1);
    diesel::delete(sign_in_attempts::table.filter(sign_in_attempts::updated_at.lt(old)))
        .execute(tx.conn)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_from_two_seconds_to_five_minutes() {
        let account = Throttle::account(" Anna@X.example ");
        assert_eq!(account, Throttle::account("anna@x.example"));
        let at = NaiveDateTime::default();
        let wait = |attempts| {
            let until = account.blocked_until(attempts, at);
            until.map(|until| (until - at).num_seconds())
        };
        assert_eq!([wait(1), wait(4)], [None, None]);
        assert_eq!([wait(5), wait(6), wait(7)], [Some(2), Some(4), Some(8)]);
        assert_eq!([wait(12), wait(1000)], [Some(256), Some(LONGEST_SECONDS)]);
    }

    #[test]
    fn a_network_address_starts_anew_every_quarter_of_an_hour() {
        let at =
            |seconds| Throttle::address("192.0.2.1", Instant::from_timestamp(seconds, 0).unwrap());
        assert_eq!(at(900), at(1799));
        assert_ne!(at(1799), at(1800));
    }
}
