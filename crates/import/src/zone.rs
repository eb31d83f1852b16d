//! The zone of times that name none.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc};

/// A time zone: an IANA name or a fixed offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// A zone with its history of summer times.
    Named(chrono_tz::Tz),
    /// A fixed difference to UTC.
    Fixed(FixedOffset),
}

impl Zone {
    /// Reads an IANA name (`Europe/Berlin`) or an offset (`+05:00`).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Ok(zone) = text.parse::<chrono_tz::Tz>() {
            return Some(Self::Named(zone));
        }
        offset(text).map(Self::Fixed)
    }

    /// The instant of a local time. A time that the clock shows twice is the first; one that it
    /// skips is taken an hour later.
    #[must_use]
    pub fn instant(self, local: NaiveDateTime) -> DateTime<Utc> {
        match self {
            Self::Named(zone) => resolve(zone, local),
            Self::Fixed(zone) => resolve(zone, local),
        }
    }

    /// The calendar day of an instant.
    #[must_use]
    pub fn day(self, at: DateTime<Utc>) -> NaiveDate {
        match self {
            Self::Named(zone) => at.with_timezone(&zone).date_naive(),
            Self::Fixed(zone) => at.with_timezone(&zone).date_naive(),
        }
    }
}

/// Reads `Z`, `UTC`, `+05:00`, `+0500` or `+05`.
#[must_use]
pub fn offset(text: &str) -> Option<FixedOffset> {
    if matches!(text.to_ascii_uppercase().as_str(), "Z" | "UTC" | "GMT") {
        return Some(Utc.fix());
    }
    let (sign, digits) = match text.strip_prefix('+') {
        Some(digits) => (1, digits),
        None => (-1, text.strip_prefix(['-', '−'])?),
    };
    let digits = digits.replace(':', "");
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes): (i32, i32) = match digits.len() {
        1 | 2 => (digits.parse().ok()?, 0),
        4 => (digits[..2].parse().ok()?, digits[2..].parse().ok()?),
        _ => return None,
    };
    if hours > 14 || minutes > 59 {
        return None;
    }
    FixedOffset::east_opt(sign * (hours * 3600 + minutes * 60))
}

fn resolve<Z: TimeZone>(zone: Z, local: NaiveDateTime) -> DateTime<Utc> {
    let found = zone.from_local_datetime(&local).earliest();
    let found = found.or_else(|| {
        zone.from_local_datetime(&(local + TimeDelta::hours(1)))
            .earliest()
    });
    found.map_or_else(|| local.and_utc(), |at| at.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn local(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    #[test]
    fn names_and_offsets() {
        let at = local("2026-06-01T09:14:58");
        for name in ["Asia/Yekaterinburg", "+05:00", "+0500", "+5"] {
            let zone = Zone::parse(name).unwrap();
            assert_eq!(zone.instant(at).to_rfc3339(), "2026-06-01T04:14:58+00:00");
        }
        assert_eq!(Zone::parse("UTC").unwrap().instant(at), at.and_utc());
        for bad in ["", "Mars/Base", "+25:00", "05:00", "+5:7:1"] {
            assert_eq!(Zone::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_skipped_and_a_doubled_hour() {
        let berlin = Zone::parse("Europe/Berlin").unwrap();
        let skipped = berlin.instant(local("2024-03-31T02:30:00"));
        assert_eq!(skipped.to_rfc3339(), "2024-03-31T01:30:00+00:00");
        let doubled = berlin.instant(local("2024-10-27T02:30:00"));
        assert_eq!(doubled.to_rfc3339(), "2024-10-27T00:30:00+00:00");
    }

    #[test]
    fn the_day_depends_on_the_zone() {
        let at = local("2026-06-01T22:00:00").and_utc();
        let day = |name| Zone::parse(name).unwrap().day(at).to_string();
        assert_eq!(day("UTC"), "2026-06-01");
        assert_eq!(day("+05:00"), "2026-06-02");
    }
}
