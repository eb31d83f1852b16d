//! Days of a time zone as intervals of UTC.

use chrono::{
    DateTime, Days, Duration, FixedOffset, NaiveDate, NaiveDateTime, Offset as _, TimeZone, Utc,
};
use chrono_tz::Tz;

/// Whether a text is the IANA name of a time zone.
#[must_use]
pub fn is_zone(name: &str) -> bool {
    name.parse::<Tz>().is_ok()
}

/// A zone by name; UTC when the name is unknown.
#[must_use]
pub fn zone(name: &str) -> Tz {
    name.parse().unwrap_or(Tz::UTC)
}

/// The calendar day in a zone at an instant.
#[must_use]
pub fn day_at(at: DateTime<Utc>, zone: Tz) -> NaiveDate {
    at.with_timezone(&zone).date_naive()
}

/// By how much the clocks of a zone are ahead of UTC at an instant.
#[must_use]
pub fn offset_at(at: DateTime<Utc>, zone: Tz) -> FixedOffset {
    at.with_timezone(&zone).offset().fix()
}

/// The hour, in a person's time zone, from which on the day's news are told.
pub(crate) const MORNING: u32 = 8;

/// The instant of a day's morning in a zone.
#[must_use]
pub fn morning(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    day_start(day, zone).and_utc() + Duration::hours(MORNING.into())
}

/// The instant at which a day begins in a zone, as stored. Where clocks skip midnight, the first
/// instant after the gap.
#[must_use]
pub fn day_start(day: NaiveDate, zone: Tz) -> NaiveDateTime {
    let mut local = day.and_time(chrono::NaiveTime::MIN);
    for _ in 0..8 {
        if let Some(found) = zone.from_local_datetime(&local).earliest() {
            return found.naive_utc();
        }
        local += chrono::Duration::minutes(30);
    }
    day.and_time(chrono::NaiveTime::MIN)
}

/// The instant at which a day ends in a zone: the beginning of the next.
#[must_use]
pub fn day_end(day: NaiveDate, zone: Tz) -> NaiveDateTime {
    day_start(day.checked_add_days(Days::new(1)).unwrap_or(day), zone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_where_its_zone_says() {
        let day = NaiveDate::from_ymd_opt(2024, 6, 1).unwrap();
        assert_eq!(
            day_start(day, zone("Asia/Yekaterinburg")).to_string(),
            "2024-05-31 19:00:00"
        );
        // Midnight does not exist on this day in Cuba.
        let skipped = NaiveDate::from_ymd_opt(2024, 3, 10).unwrap();
        assert_eq!(
            day_start(skipped, zone("America/Havana")).to_string(),
            "2024-03-10 05:00:00"
        );
    }
}
