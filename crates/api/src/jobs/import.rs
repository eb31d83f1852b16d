//! The job that runs an import.

use std::cell::Cell;
use std::time::{Duration, Instant};

use chrono::Utc;
use etalon_domain::error::ErrorCode;
use etalon_persistence::jobs::{self, Job};
use etalon_persistence::{Db, imports};

/// How often the claim on the job is extended.
const SIGN_OF_LIFE: Duration = Duration::from_secs(20);

/// Runs the import that a job names. What is wrong with the import itself becomes part of it; an
/// error means that the job is to be tried again.
///
/// # Errors
/// One sentence that says what is wrong.
pub fn run(db: &Db, job: &Job, lease: chrono::Duration) -> Result<(), String> {
    let id = imports::of_job(&job.payload).ok_or("the job names no import")?;
    let last = Cell::new(Instant::now());
    let alive = || {
        if last.get().elapsed() < SIGN_OF_LIFE {
            return Ok(());
        }
        last.set(Instant::now());
        if db.write(|tx| jobs::extend(tx, job, lease, Utc::now()))? {
            Ok(())
        } else {
            Err(ErrorCode::ImportBusy.into())
        }
    };
    imports::run(db, &id, &alive).map_err(|e| e.to_string())
}
