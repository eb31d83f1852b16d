//! The job that sends a notification by e-mail.

use chrono::Utc;
use etalon_persistence::jobs::Job;
use etalon_persistence::notifications;

use crate::state::State;

/// Sends the notification that a job names, unless it was sent, read or is not wanted any more. A
/// server without a mail server has nothing to do.
///
/// # Errors
/// One sentence that says what is wrong; the job is then tried again.
pub fn send(state: &State, job: &Job) -> Result<(), String> {
    let Some(smtp) = &state.settings().smtp else {
        return Ok(());
    };
    let id = notifications::of_job(&job.payload).ok_or("the job names no notification")?;
    let letter = state
        .db()
        .read(|tx| notifications::letter(tx, &id, Utc::now()))
        .map_err(|e| e.to_string())?;
    let Some(letter) = letter else {
        return Ok(());
    };
    smtp.send(&letter, &state.settings().public_url)?;
    state
        .db()
        .write(|tx| notifications::mailed(tx, &id, Utc::now()))
        .map_err(|e| e.to_string())
}
