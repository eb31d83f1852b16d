//! Background work: takes jobs from the database's queue and carries them out, in this process or in
//! any other on the same database.

mod files;
mod import;
mod mail;
mod periodic;

use std::time::Duration;

use chrono::Utc;
use etalon_persistence::jobs::{self, Job, Lane};
use etalon_persistence::{Db, idempotency, imports, notifications, reminders, sessions, throttle};

use crate::state::State;
use periodic::Plan;

/// How long a claimed job belongs to its worker without a sign of life.
const LEASE_SECONDS: i64 = 120;
/// How long the runner sleeps when there is nothing to do.
const IDLE: Duration = Duration::from_secs(2);
/// How often old sessions and keys are removed.
const CLEAN_UP_EVERY: Duration = Duration::from_secs(3600);
/// How often what other servers changed of the company is read.
const RELOAD_EVERY: Duration = Duration::from_secs(30);

/// Runs jobs until the process ends, those of each lane one after the other: neither an import nor a mail
/// server that does not answer holds up the reminders.
pub async fn run(state: State) {
    tokio::join!(
        run_lane(&state, Lane::Imports),
        run_lane(&state, Lane::Other),
        run_lane(&state, Lane::Letters),
    );
}

/// Runs the jobs of a lane until the process ends. The lane of what comes back also makes that work, and
/// clears away.
async fn run_lane(state: &State, lane: Lane) {
    let worker = uuid::Uuid::now_v7().simple().to_string();
    let mut cleaned: Option<std::time::Instant> = None;
    let mut plan = Plan::default();
    loop {
        if lane == Lane::Other {
            begin_periods(state, &mut plan).await;
            if cleaned.is_none_or(|at| at.elapsed() > CLEAN_UP_EVERY) {
                clean_up(state).await;
                cleaned = Some(std::time::Instant::now());
            }
        }
        match next(state, &worker, lane).await {
            Some(job) => carry_out(state, job).await,
            None => state.job_wanted(IDLE).await,
        }
    }
}

/// Does everything that is due, the work that comes back included, and returns.
pub async fn run_due(state: &State) {
    let worker = uuid::Uuid::now_v7().simple().to_string();
    begin_periods(state, &mut Plan::default()).await;
    for lane in Lane::ALL {
        while let Some(job) = next(state, &worker, lane).await {
            carry_out(state, job).await;
        }
    }
}

/// Reads again and again what other servers changed of the company, until the process ends.
pub async fn keep_company(state: State) {
    loop {
        tokio::time::sleep(RELOAD_EVERY).await;
        let db = state.db().clone();
        match state.blocking(move || db.reload_company()).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => log::warn!("cannot read the company: {error}"),
            Err(error) => log::warn!("cannot read the company: {error}"),
        }
    }
}

/// Makes the jobs of periods that have begun.
async fn begin_periods(state: &State, plan: &mut Plan) {
    let now = Utc::now();
    let begun = plan.next(now);
    if begun.is_empty() {
        return;
    }
    if let Err(error) = state
        .write(move |tx| periodic::enqueue(tx, &begun, now))
        .await
    {
        plan.forget();
        log::error!("cannot make the jobs of a period: {error}");
    }
}

async fn next(state: &State, worker: &str, lane: Lane) -> Option<Job> {
    let worker = worker.to_owned();
    let waiting = state
        .read(move |tx| jobs::is_due(tx, lane, Utc::now()))
        .await;
    if !matches!(waiting, Ok(true)) {
        return None;
    }
    state
        .write(move |tx| jobs::claim(tx, &worker, lane, lease(), Utc::now()))
        .await
        .unwrap_or_else(|error| {
            log::error!("cannot claim a job: {error}");
            None
        })
}

/// How long a claimed job belongs to its worker without a sign of life.
pub(crate) fn lease() -> chrono::Duration {
    chrono::Duration::seconds(LEASE_SECONDS)
}

/// Runs an import whose job this process claimed when it put it into the queue.
///
/// # Errors
/// One sentence that says what is wrong.
pub(crate) fn run_import(db: &Db, job: &Job) -> Result<(), String> {
    let done = import::run(db, job, lease());
    let noted = db.write(|tx| jobs::finish(tx, job, Utc::now()));
    done.and(noted.map(|_| ()).map_err(|e| e.to_string()))
}

async fn carry_out(state: &State, job: Job) {
    let outcome = {
        let (state, job) = (state.clone(), job.clone());
        let worker = state.clone();
        state.blocking(move || perform(&worker, &job)).await
    };
    let result = match outcome {
        Ok(result) => result,
        Err(error) => Err(error.to_string()),
    };
    let written = match result {
        Ok(()) => {
            state
                .write(move |tx| jobs::finish(tx, &job, Utc::now()).map(|_| ()))
                .await
        }
        Err(message) => {
            log::error!("job {} ({}) failed: {message}", job.id, job.kind);
            state
                .write(move |tx| jobs::fail(tx, &job, &message, Utc::now()).map(|_| ()))
                .await
        }
    };
    if let Err(error) = written {
        log::error!("cannot note the end of a job: {error}");
    }
}

/// Carries out one job on a thread of its own.
fn perform(state: &State, job: &Job) -> Result<(), String> {
    match job.kind.as_str() {
        imports::JOB => import::run(state.db(), job, lease()),
        notifications::MAIL_JOB => mail::send(state, job),
        reminders::STEPS_JOB => periodic::tell_steps(state.db(), job),
        other => periodic::perform(state.db(), other)
            .unwrap_or_else(|| Err(format!("there is no job of the kind '{other}'"))),
    }
}

async fn clean_up(state: &State) {
    let done = state
        .write(|tx| {
            let now = Utc::now();
            sessions::clean_up(tx, now)?;
            throttle::clean_up(tx, now)?;
            idempotency::clean_up(tx, now)?;
            jobs::clean_up(tx, now)
        })
        .await;
    if let Err(error) = done {
        log::error!("clean-up failed: {error}");
    }
    files::clean_up(state).await;
}
