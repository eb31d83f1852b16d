//! Work that comes back: every period makes one job, whose identifier is the period. Of several servers
//! that make it one succeeds, and whoever claims it first does it.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use etalon_persistence::jobs::Job;
use etalon_persistence::{Db, Result, Tx, jobs, leads, reminders};
use serde_json::json;

/// Work that comes back.
struct Periodic {
    /// Kind of its jobs.
    kind: &'static str,
    /// Length of a period.
    seconds: i64,
    /// Does it.
    run: fn(&Db, DateTime<Utc>) -> Result<()>,
}

/// All work that comes back.
const WORK: [Periodic; 2] = [
    Periodic {
        kind: "reminders",
        seconds: 60,
        run: remind,
    },
    Periodic {
        kind: "deadlines",
        seconds: 900,
        run: watch_deadlines,
    },
];

/// Looks after one kind of deadline.
type Watch = fn(&mut Tx<'_>, DateTime<Utc>) -> Result<()>;

/// What is looked after every quarter of an hour, each in a transaction of its own, before the leads
/// whose day has come return.
const DEADLINES: &[Watch] = &[
    reminders::tell_overdue,
    reminders::tell_reviews,
    reminders::tell_expiring,
    reminders::plan_steps,
];

/// The periods for which this process has made the jobs.
#[derive(Default)]
pub(super) struct Plan {
    periods: HashMap<&'static str, i64>,
}

impl Plan {
    /// The work whose next period has begun since this was last asked.
    pub(super) fn next(&mut self, now: DateTime<Utc>) -> Vec<(&'static str, i64)> {
        let mut begun = Vec::new();
        for work in &WORK {
            let period = now.timestamp().div_euclid(work.seconds);
            if self.periods.insert(work.kind, period) != Some(period) {
                begun.push((work.kind, period));
            }
        }
        begun
    }

    /// Forgets what it has said, after the jobs could not be made.
    pub(super) fn forget(&mut self) {
        self.periods.clear();
    }
}

/// Makes the jobs of periods that have begun, unless another server has.
pub(super) fn enqueue(
    tx: &mut Tx<'_>,
    begun: &[(&'static str, i64)],
    now: DateTime<Utc>,
) -> Result<()> {
    for (kind, period) in begun {
        jobs::enqueue_once(tx, &format!("{kind}:{period}"), kind, &json!({}), now)?;
    }
    Ok(())
}

/// Does the work of a kind; `None` when there is none that comes back.
pub(super) fn perform(db: &Db, kind: &str) -> Option<std::result::Result<(), String>> {
    let work = WORK.iter().find(|work| work.kind == kind)?;
    Some((work.run)(db, Utc::now()).map_err(|e| e.to_string()))
}

fn remind(db: &Db, now: DateTime<Utc>) -> Result<()> {
    while db.write(|tx| reminders::remind(tx, now))? > 0 {}
    Ok(())
}

fn watch_deadlines(db: &Db, now: DateTime<Utc>) -> Result<()> {
    for watch in DEADLINES {
        db.write(|tx| watch(tx, now))?;
    }
    while !db.write(|tx| leads::return_due(tx, now))?.is_empty() {}
    Ok(())
}

/// Tells the person whom a job names of overdue steps, some deals at a time.
pub(super) fn tell_steps(db: &Db, job: &Job) -> std::result::Result<(), String> {
    let user = reminders::of_steps_job(&job.payload).ok_or("the job names nobody")?;
    let now = Utc::now();
    let mut behind = None;
    loop {
        behind = db
            .write(|tx| reminders::tell_steps(tx, &user, behind.as_ref(), now))
            .map_err(|e| e.to_string())?;
        if behind.is_none() {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_named_once() {
        let at = |seconds| DateTime::from_timestamp(seconds, 0).unwrap();
        let mut plan = Plan::default();
        assert_eq!(plan.next(at(0)), [("reminders", 0), ("deadlines", 0)]);
        assert_eq!(plan.next(at(59)), []);
        assert_eq!(plan.next(at(60)), [("reminders", 1)]);
        assert_eq!(plan.next(at(900)), [("reminders", 15), ("deadlines", 1)]);
        plan.forget();
        assert_eq!(plan.next(at(900)).len(), 2);
    }
}
