//! Records the SQL that the product itself sends for an operation, so that what is measured raw is
//! the very same and can never be out of date.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};

use crate::value::{Value, parse_binds};

static RECORDING: AtomicBool = AtomicBool::new(false);
static SENT: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// A statement with the values that were bound to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// The SQL, with `?` or `$1` for values.
    pub sql: String,
    /// The values.
    pub binds: Vec<Value>,
}

/// Makes every connection that is opened from now on able to record.
///
/// # Errors
/// When diesel refuses it.
pub fn prepare() -> Result<(), String> {
    set_default_instrumentation(|| Some(Box::new(Recorder) as Box<dyn Instrumentation>))
        .map_err(|e| e.to_string())
}

struct Recorder;

impl Instrumentation for Recorder {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        if !RECORDING.load(Ordering::Relaxed) {
            return;
        }
        if let InstrumentationEvent::StartQuery { query, .. } = event
            && let Ok(mut sent) = SENT.lock()
        {
            sent.push(query.to_string());
        }
    }
}

/// Runs `f` and returns the statements that it sent.
///
/// # Errors
/// What `f` fails with, or that a statement was not understood.
pub fn statements<T>(
    f: impl FnOnce() -> etalon_persistence::Result<T>,
) -> Result<Vec<Statement>, String> {
    if let Ok(mut sent) = SENT.lock() {
        sent.clear();
    }
    RECORDING.store(true, Ordering::Relaxed);
    let outcome = f();
    RECORDING.store(false, Ordering::Relaxed);
    outcome.map_err(|e| e.to_string())?;
    let sent = match SENT.lock() {
        Ok(mut sent) => std::mem::take(&mut *sent),
        Err(_) => return Err("the recorder of SQL is broken".to_owned()),
    };
    // A connection that the pool opens in the meantime is no part of it.
    let is_setting = |text: &&String| {
        let is_set = text.starts_with("SET ") && !text.starts_with("SET LOCAL ");
        text.starts_with("PRAGMA ") || is_set
    };
    (sent.iter().filter(|text| !is_setting(text)))
        .map(|text| statement(text))
        .collect()
}

fn statement(text: &str) -> Result<Statement, String> {
    let (sql, binds) = text.rsplit_once(" -- binds: ").unwrap_or((text, "[]"));
    Ok(Statement {
        sql: sql.to_owned(),
        binds: parse_binds(binds).ok_or_else(|| format!("cannot read the values of: {text}"))?,
    })
}
