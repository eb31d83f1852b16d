//! Instants and days. Instants are UTC with millisecond precision everywhere; days are calendar days
//! without a zone.

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveDateTime, SubsecRound, Utc};

/// A UTC instant, truncated to milliseconds when it is stored.
pub type Instant = DateTime<Utc>;

/// Cuts an instant to the precision of the databases: one millisecond.
#[must_use]
pub fn truncate(at: Instant) -> Instant {
    at.trunc_subsecs(3)
}

/// The stored form of an instant: naive UTC.
#[must_use]
pub fn to_naive(at: Instant) -> NaiveDateTime {
    truncate(at).naive_utc()
}

/// An instant from its stored form.
#[must_use]
pub fn from_naive(at: NaiveDateTime) -> Instant {
    at.and_utc()
}

/// Whether a day can be meant: no calendar of ours has others, and the databases not all of them.
///
/// # Errors
/// What is wrong with it.
pub fn check_day(day: NaiveDate) -> Result<(), &'static str> {
    if (1900..=2200).contains(&day.year()) {
        Ok(())
    } else {
        Err("must lie between 1900 and 2200")
    }
}

/// Whole days from `from` to `to`; negative when `to` is earlier.
#[must_use]
pub fn days_between(from: NaiveDate, to: NaiveDate) -> i64 {
    (to - from).num_days()
}

/// Noon UTC of a day: the instant that stands for a date without a time, because it falls on that
/// date in every zone from UTC−12 to UTC+11.
#[must_use]
pub fn noon(day: NaiveDate) -> Instant {
    day.and_hms_opt(12, 0, 0)
        .unwrap_or(NaiveDateTime::MIN)
        .and_utc()
}
