//! The recorded SQL run in this process on SQLite, prepared once, with the PRAGMAs of the product.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use etalon_persistence::reports::{CountedRow, GroupTally};
use rusqlite::Connection;
use rusqlite::functions::{Aggregate, Context, FunctionFlags};
use rusqlite::types::Value as SqlValue;

use crate::repeat::{Slot, Template};
use crate::run::Pace;
use crate::scenario::Raw;
use crate::value::Value;

/// As many readers as there are cores on a small server.
const READERS: usize = 2;

/// Gives every repeated write an instant of its own, one millisecond apart, after all real ones.
static INSTANTS: AtomicU64 = AtomicU64::new(4_000_000_000_000);
static FRESH: AtomicU64 = AtomicU64::new(1);

/// Runs recorded statements and returns operations per second: readers on two threads, writers on
/// one, since SQLite lets one write at a time.
///
/// # Errors
/// When the database refuses a statement.
pub fn measure(file: &Path, raw: &Raw, pace: &Pace) -> Result<f64, String> {
    let threads = if raw.writes { 1 } else { READERS };
    let begin = Instant::now() + Duration::from_secs(pace.warm_up);
    let end = begin + Duration::from_secs(pace.seconds);
    let results: Vec<Result<u64, String>> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads)
            .map(|thread| {
                scope.spawn(move || {
                    work(file, raw, thread, begin, end).map_err(|e| format!("SQLite: {e}"))
                })
            })
            .collect();
        let broken = || Err("a raw reader panicked".to_owned());
        (running.into_iter())
            .map(|thread| thread.join().unwrap_or_else(|_| broken()))
            .collect()
    });
    let mut runs = 0;
    for result in results {
        runs += result?;
    }
    Ok(runs as f64 * raw.per_run() as f64 / pace.seconds as f64)
}

fn work(
    file: &Path,
    raw: &Raw,
    thread: usize,
    begin: Instant,
    end: Instant,
) -> rusqlite::Result<u64> {
    let connection = open(file)?;
    let mut runs = 0;
    let mut round = thread;
    loop {
        let variant = &raw.variants[round % raw.variants.len()];
        let repetition = raw.recorded + (round / raw.variants.len()) as i64;
        for step in variant {
            run(&connection, step, repetition)?;
        }
        round += 1;
        let now = Instant::now();
        if now >= end {
            return Ok(runs);
        }
        runs += u64::from(now >= begin);
    }
}

/// Opens a file as the product does.
///
/// # Errors
/// When SQLite refuses it.
pub fn open(file: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open(file)?;
    connection.execute_batch(etalon_persistence::SQLITE_PRAGMAS)?;
    connection.set_prepared_statement_cache_capacity(200);
    connection.create_aggregate_function(
        GroupTally::NAME,
        GroupTally::ARGUMENTS,
        FunctionFlags::SQLITE_UTF8,
        Tallying,
    )?;
    Ok(connection)
}

/// The product's own aggregate function.
struct Tallying;

impl Aggregate<GroupTally, String> for Tallying {
    fn init(&self, _: &mut Context<'_>) -> rusqlite::Result<GroupTally> {
        Ok(GroupTally::default())
    }

    fn step(&self, row: &mut Context<'_>, tally: &mut GroupTally) -> rusqlite::Result<()> {
        tally.add(CountedRow {
            key: (row.get(0)?, row.get(1)?, row.get(2)?),
            amount: row.get(3)?,
            value: row.get(4)?,
            probability: row.get(5)?,
            days: row.get(6)?,
        });
        Ok(())
    }

    fn finalize(&self, _: &mut Context<'_>, tally: Option<GroupTally>) -> rusqlite::Result<String> {
        Ok(tally.unwrap_or_default().finish())
    }
}

/// How SQLite goes about a statement, one line for each step.
///
/// # Errors
/// When SQLite refuses it.
pub fn plan(connection: &Connection, template: &Template) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {}", template.sql))?;
    let mut rows = statement.raw_query();
    let mut lines = Vec::new();
    while let Some(row) = rows.next()? {
        lines.push(row.get(3)?);
    }
    Ok(lines)
}

/// Runs one operation and reads all its rows.
///
/// # Errors
/// When SQLite refuses a statement.
pub fn run(
    connection: &Connection,
    templates: &[Template],
    repetition: i64,
) -> rusqlite::Result<()> {
    let fresh = FRESH.fetch_add(1, Ordering::Relaxed);
    let instant = INSTANTS.fetch_add(1, Ordering::Relaxed);
    for template in templates {
        let mut statement = connection.prepare_cached(&template.sql)?;
        for (index, slot) in template.slots.iter().enumerate() {
            statement.raw_bind_parameter(index + 1, value(slot, repetition, fresh, instant))?;
        }
        let columns = statement.column_count();
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next()? {
            for column in 0..columns {
                std::hint::black_box(row.get_ref(column)?);
            }
        }
    }
    Ok(())
}

fn value(slot: &Slot, repetition: i64, fresh: u64, instant: u64) -> SqlValue {
    match slot {
        Slot::Same(value) => constant(value),
        Slot::Fresh(number) => SqlValue::Text(format!("raw-{number}-{fresh:026}")),
        Slot::Now => SqlValue::Text(moment(instant)),
        Slot::Counter { first, step } => SqlValue::Integer(first + repetition * step),
    }
}

fn constant(value: &Value) -> SqlValue {
    match value {
        Value::Int(number) => SqlValue::Integer(*number),
        Value::Bool(yes) => SqlValue::Integer(i64::from(*yes)),
        Value::Moment(text) => SqlValue::Text(text.replace('T', " ")),
        Value::Text(text) => SqlValue::Text(text.clone()),
        // SQLite has no arrays.
        Value::Null | Value::List(_) => SqlValue::Null,
    }
}

/// Milliseconds since 1970 in the form in which instants are stored.
fn moment(millis: u64) -> String {
    let instant = i64::try_from(millis)
        .ok()
        .and_then(chrono::DateTime::from_timestamp_millis)
        .unwrap_or_default();
    instant.format("%Y-%m-%d %H:%M:%S%.3f").to_string()
}
