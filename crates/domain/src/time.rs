//! Instants and days. Instants are UTC with millisecond precision everywhere; days are calendar days
//! without a zone.

use chrono::{DateTime, NaiveDate, NaiveDateTime, SubsecRound, Utc};

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
