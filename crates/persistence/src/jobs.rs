//! Work that runs later: a queue in the database, filled in the transaction that makes the work
//! necessary, claimed by a conditional update, retried with growing waits.

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;
use diesel::sql_types::{Integer, Text, Timestamp};
use etalon_domain::time::{Instant, to_naive};

use crate::connection::Tx;
use crate::context::new_id;
use crate::error::Result;
use crate::schema::jobs;

/// How often a job of a kind is tried. A mail server may be away for a day: the waits grow to an hour, so
/// this often takes a little more than that.
fn max_attempts(kind: &str) -> i32 {
    match kind {
        crate::notifications::MAIL_JOB => 33,
        _ => 5,
    }
}

/// How long to wait after so many attempts: ten seconds, then twice as long each time, an hour at most.
fn wait_after(attempts: i32) -> Duration {
    Duration::seconds((5 << attempts.clamp(0, 10)).min(3600))
}

/// Which work a runner takes. What may take long does not hold up the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Imports: one may take many minutes.
    Imports,
    /// Everything that is in no other lane, such as reminders.
    Other,
    /// Letters: a mail server may not answer for long.
    Letters,
}

impl Lane {
    /// Every lane, each before those into which its jobs put work.
    pub const ALL: [Self; 3] = [Self::Imports, Self::Other, Self::Letters];
}

/// A claimed job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Identifier.
    pub id: String,
    /// What is to be done.
    pub kind: String,
    /// With what, as JSON.
    pub payload: String,
    /// How often it was tried, this time included.
    pub attempts: i32,
    /// Who has claimed it.
    pub claimed_by: String,
}

#[derive(Insertable)]
#[diesel(table_name = jobs)]
struct NewJob<'a> {
    id: String,
    kind: &'a str,
    payload: String,
    run_at: NaiveDateTime,
    attempts: i32,
    claimed_by: Option<&'a str>,
    claimed_until: Option<NaiveDateTime>,
    created_at: NaiveDateTime,
}

/// Puts work into the queue, in the caller's transaction.
///
/// # Errors
/// When the database cannot be written.
pub fn enqueue(
    tx: &mut Tx<'_>,
    kind: &str,
    payload: &serde_json::Value,
    run_at: Instant,
    now: Instant,
) -> Result<String> {
    let job = NewJob {
        id: new_id(),
        kind,
        payload: payload.to_string(),
        run_at: to_naive(run_at),
        attempts: 0,
        claimed_by: None,
        claimed_until: None,
        created_at: to_naive(now),
    };
    diesel::insert_into(jobs::table)
        .values(&job)
        .execute(tx.conn)?;
    Ok(job.id)
}

/// Puts work into the queue under an identifier that says what it is, such as a period of time. Returns
/// whether it is new: of several servers that do so at once it is for one.
///
/// # Errors
/// When the database cannot be written.
pub fn enqueue_once(
    tx: &mut Tx<'_>,
    id: &str,
    kind: &str,
    payload: &serde_json::Value,
    now: Instant,
) -> Result<bool> {
    // Both databases know this form, which leaves the transaction usable when the identifier is taken.
    let inserted = diesel::sql_query(
        "INSERT INTO jobs (id, kind, payload, run_at, attempts, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING",
    )
    .bind::<Text, _>(id)
    .bind::<Text, _>(kind)
    .bind::<Text, _>(payload.to_string())
    .bind::<Timestamp, _>(to_naive(now))
    .bind::<Integer, _>(0)
    .bind::<Timestamp, _>(to_naive(now))
    .execute(tx.conn)?;
    Ok(inserted == 1)
}

/// Puts work into the queue that the caller does at once. It is claimed from the beginning, so that
/// another worker has it only when the caller dies.
///
/// # Errors
/// When the database cannot be written.
pub fn enqueue_claimed(
    tx: &mut Tx<'_>,
    kind: &str,
    payload: &serde_json::Value,
    worker: &str,
    lease: Duration,
    now: Instant,
) -> Result<Job> {
    let at = to_naive(now);
    let job = NewJob {
        id: new_id(),
        kind,
        payload: payload.to_string(),
        run_at: at,
        attempts: 1,
        claimed_by: Some(worker),
        claimed_until: Some(at + lease),
        created_at: at,
    };
    diesel::insert_into(jobs::table)
        .values(&job)
        .execute(tx.conn)?;
    Ok(Job {
        id: job.id,
        kind: kind.to_owned(),
        payload: job.payload,
        attempts: job.attempts,
        claimed_by: worker.to_owned(),
    })
}

/// Whether a job of this kind with this payload is not finished yet.
///
/// # Errors
/// When the database cannot be read.
pub fn is_waiting(tx: &mut Tx<'_>, kind: &str, payload: &serde_json::Value) -> Result<bool> {
    let found: Option<String> = jobs::table
        .filter(jobs::finished_at.is_null())
        .filter(jobs::kind.eq(kind))
        .filter(jobs::payload.eq(payload.to_string()))
        .select(jobs::id)
        .first(tx.conn)
        .optional()?;
    Ok(found.is_some())
}

/// The jobs of a lane that are due and free.
macro_rules! due {
    ($columns:expr, $lane:expr, $at:expr) => {{
        let query = jobs::table
            .filter(jobs::finished_at.is_null())
            .filter(jobs::run_at.le($at))
            .filter(
                jobs::claimed_until
                    .is_null()
                    .nullable()
                    .or(jobs::claimed_until.lt($at)),
            )
            .select($columns)
            .into_boxed();
        match $lane {
            Lane::Imports => query.filter(jobs::kind.eq(crate::imports::JOB)),
            Lane::Letters => query.filter(jobs::kind.eq(crate::notifications::MAIL_JOB)),
            Lane::Other => query
                .filter(jobs::kind.ne(crate::imports::JOB))
                .filter(jobs::kind.ne(crate::notifications::MAIL_JOB)),
        }
    }};
}

/// Claims the next due job of a lane for a while; another worker may have it when the while is over. `None`
/// when nothing is due.
///
/// # Errors
/// When the database cannot be written.
pub fn claim(
    tx: &mut Tx<'_>,
    worker: &str,
    lane: Lane,
    lease: Duration,
    now: Instant,
) -> Result<Option<Job>> {
    let at = to_naive(now);
    let columns = (jobs::id, jobs::kind, jobs::payload, jobs::attempts);
    let due: Vec<(String, String, String, i32)> = due!(columns, lane, at)
        .order((jobs::run_at, jobs::id))
        .limit(5)
        .load(tx.conn)?;
    for (id, kind, payload, attempts) in due {
        let free = jobs::table
            .filter(jobs::id.eq(&id))
            .filter(jobs::attempts.eq(attempts))
            .filter(jobs::finished_at.is_null());
        let claimed = diesel::update(free)
            .set((
                jobs::claimed_by.eq(worker),
                jobs::claimed_until.eq(at + lease),
                jobs::attempts.eq(attempts + 1),
            ))
            .execute(tx.conn)?;
        if claimed == 1 {
            return Ok(Some(Job {
                id,
                kind,
                payload,
                attempts: attempts + 1,
                claimed_by: worker.to_owned(),
            }));
        }
    }
    Ok(None)
}

/// The job in the database as long as it is still claimed as it was: nobody else has it by now, and it
/// is not finished.
macro_rules! claimed {
    ($job:expr) => {
        jobs::table
            .filter(jobs::id.eq(&$job.id))
            .filter(jobs::claimed_by.eq(&$job.claimed_by))
            .filter(jobs::attempts.eq($job.attempts))
            .filter(jobs::finished_at.is_null())
    };
}

/// Extends the claim on a job that takes long; whether it still held. Without it the work must stop:
/// another worker has it.
///
/// # Errors
/// When the database cannot be written.
pub fn extend(tx: &mut Tx<'_>, job: &Job, lease: Duration, now: Instant) -> Result<bool> {
    let extended = diesel::update(claimed!(job))
        .set(jobs::claimed_until.eq(to_naive(now) + lease))
        .execute(tx.conn)?;
    Ok(extended == 1)
}

/// Marks a job as done; whether the claim on it still held.
///
/// # Errors
/// When the database cannot be written.
pub fn finish(tx: &mut Tx<'_>, job: &Job, now: Instant) -> Result<bool> {
    let finished = diesel::update(claimed!(job))
        .set(jobs::finished_at.eq(to_naive(now)))
        .execute(tx.conn)?;
    Ok(finished == 1)
}

/// Notes that a job failed: it is tried again after a wait that grows, or given up after the fifth time, a
/// letter after a day. Returns whether it was given up; a job that another worker has by now is not.
///
/// # Errors
/// When the database cannot be written.
pub fn fail(tx: &mut Tx<'_>, job: &Job, error: &str, now: Instant) -> Result<bool> {
    let at = to_naive(now);
    let given_up = job.attempts >= max_attempts(&job.kind);
    let wait = wait_after(job.attempts);
    let noted = diesel::update(claimed!(job))
        .set((
            jobs::last_error.eq(error),
            jobs::claimed_by.eq(None::<String>),
            jobs::claimed_until.eq(None::<NaiveDateTime>),
            jobs::run_at.eq(at + wait),
            jobs::finished_at.eq(given_up.then_some(at)),
        ))
        .execute(tx.conn)?;
    Ok(given_up && noted == 1)
}

/// Removes jobs that were finished more than a week ago.
///
/// # Errors
/// When the database cannot be written.
pub fn clean_up(tx: &mut Tx<'_>, now: Instant) -> Result<()> {
    let old = to_naive(now) - Duration::days(7);
    diesel::delete(jobs::table.filter(jobs::finished_at.lt(old))).execute(tx.conn)?;
    Ok(())
}

/// Whether a job of a lane is due and free.
///
/// # Errors
/// When the database cannot be read.
pub fn is_due(tx: &mut Tx<'_>, lane: Lane, now: Instant) -> Result<bool> {
    let at = to_naive(now);
    let found: Option<String> = due!(jobs::id, lane, at).first(tx.conn).optional()?;
    Ok(found.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_tried_for_a_day_and_other_work_for_minutes() {
        let tried = |kind: &str| -> Duration { (1..max_attempts(kind)).map(wait_after).sum() };
        let letters = tried(crate::notifications::MAIL_JOB);
        assert!(letters >= Duration::hours(24) && letters < Duration::hours(27));
        assert!(tried("import") < Duration::minutes(5));
        assert_eq!(wait_after(100), Duration::hours(1));
    }
}
