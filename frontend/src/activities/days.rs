//! Which days the calendar shows.

use chrono::{Datelike, Days, Months, NaiveDate};

/// How much of the calendar is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Span {
    /// One day.
    Day,
    /// Monday to Sunday.
    Week,
    /// The weeks of a month.
    Month,
}

impl Span {
    /// All spans.
    pub(super) const ALL: [Self; 3] = [Self::Day, Self::Week, Self::Month];

    /// The span that the address names; a week when it names none.
    pub(super) fn of(text: Option<&str>) -> Self {
        match text {
            Some("day") => Self::Day,
            Some("month") => Self::Month,
            _ => Self::Week,
        }
    }

    /// The word in the address.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }

    /// The days that are shown around one of them.
    pub(super) fn days(self, around: NaiveDate) -> Vec<NaiveDate> {
        let (first, count) = match self {
            Self::Day => (around, 1),
            Self::Week => (monday(around), 7),
            Self::Month => {
                let first = around.with_day(1).unwrap_or(around);
                let next = first + Months::new(1);
                let start = monday(first);
                let weeks = ((next - start).num_days() as u64).div_ceil(7);
                (start, weeks * 7)
            }
        };
        (0..count).map(|n| first + Days::new(n)).collect()
    }

    /// The same span, one step later or earlier.
    pub(super) fn step(self, from: NaiveDate, forward: bool) -> NaiveDate {
        match (self, forward) {
            (Self::Day, true) => from + Days::new(1),
            (Self::Day, false) => from - Days::new(1),
            (Self::Week, true) => from + Days::new(7),
            (Self::Week, false) => from - Days::new(7),
            (Self::Month, true) => from + Months::new(1),
            (Self::Month, false) => from - Months::new(1),
        }
    }
}

fn monday(day: NaiveDate) -> NaiveDate {
    day - Days::new(day.weekday().num_days_from_monday().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_month_has_whole_weeks_from_monday_to_sunday() {
        let november = Span::Month.days(day("2026-11-24"));
        assert_eq!(november.first(), Some(&day("2026-10-26")));
        assert_eq!(november.last(), Some(&day("2026-12-06")));
        // February 2027 begins on a Monday and ends on a Sunday.
        assert_eq!(Span::Month.days(day("2027-02-14")).len(), 28);
    }

    #[test]
    fn a_week_begins_on_monday() {
        let week = Span::Week.days(day("2026-11-29"));
        assert_eq!(week.first(), Some(&day("2026-11-23")));
        assert_eq!(Span::Month.step(day("2027-01-31"), true), day("2027-02-28"));
    }
}
