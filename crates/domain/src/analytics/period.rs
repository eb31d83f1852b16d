//! Periods: days in the reader's time zone, first and last included.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::error::{Error, FieldCode};
use crate::time::check_day;

text_enum! {
    /// A period that moves with the calendar.
    pub enum Preset {
        /// The present week, from Monday.
        ThisWeek = "this_week",
        /// The week before.
        LastWeek = "last_week",
        /// The present month.
        ThisMonth = "this_month",
        /// The month before.
        LastMonth = "last_month",
        /// The present quarter.
        ThisQuarter = "this_quarter",
        /// The quarter before.
        LastQuarter = "last_quarter",
        /// The quarter after.
        NextQuarter = "next_quarter",
        /// The present year.
        ThisYear = "this_year",
        /// The year before.
        LastYear = "last_year",
        /// The last 30 days, today included.
        Last30Days = "last_30_days",
        /// The last 90 days, today included.
        Last90Days = "last_90_days",
        /// The last twelve months, today included.
        Last12Months = "last_12_months",
    }
}

/// Days in the reader's time zone, first and last included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Period {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

impl Period {
    /// The days of a preset, seen from a day.
    #[must_use]
    pub fn of(preset: Preset, today: NaiveDate) -> Self {
        let month = |months_back: i32| shifted(today.with_day(1).unwrap_or(today), -months_back);
        let quarter_first = {
            let since = today.month0() % 3;
            month(since as i32)
        };
        let year = |year: i32| Self {
            from: NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(today),
            to: NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or(today),
        };
        let monday = today - Days::new(today.weekday().num_days_from_monday().into());
        let week = |first: NaiveDate| Self {
            from: first,
            to: first + Days::new(6),
        };
        let months = |first: NaiveDate, count: i32| Self {
            from: first,
            to: shifted(first, count) - Days::new(1),
        };
        match preset {
            Preset::ThisWeek => week(monday),
            Preset::LastWeek => week(monday - Days::new(7)),
            Preset::ThisMonth => months(month(0), 1),
            Preset::LastMonth => months(month(1), 1),
            Preset::ThisQuarter => months(quarter_first, 3),
            Preset::LastQuarter => months(shifted(quarter_first, -3), 3),
            Preset::NextQuarter => months(shifted(quarter_first, 3), 3),
            Preset::ThisYear => year(today.year()),
            Preset::LastYear => year(today.year() - 1),
            Preset::Last30Days => Self {
                from: today - Days::new(29),
                to: today,
            },
            Preset::Last90Days => Self {
                from: today - Days::new(89),
                to: today,
            },
            Preset::Last12Months => Self {
                from: shifted(today, -12) + Days::new(1),
                to: today,
            },
        }
    }

    /// How many days it has.
    #[must_use]
    pub fn days(self) -> i64 {
        (self.to - self.from).num_days() + 1
    }

    /// The period of the same length right before. Whole months are compared with whole months.
    #[must_use]
    pub fn before(self) -> Self {
        let after = self.to + Days::new(1);
        if self.from.day() == 1 && after.day() == 1 {
            let months = (after.year() - self.from.year()) * 12 + after.month0() as i32
                - self.from.month0() as i32;
            return Self {
                from: shifted(self.from, -months),
                to: self.from - Days::new(1),
            };
        }
        let days = Days::new(self.days().unsigned_abs());
        Self {
            from: self.from - days,
            to: self.to - days,
        }
    }

    /// Of the period before, as many first days as have passed of this one by the end of a day, and no more
    /// than it has: what goes on is not compared with a whole. All of it from the last day of this one on,
    /// and before this one begins.
    #[must_use]
    pub fn before_so_far(self, today: NaiveDate) -> Self {
        let before = self.before();
        if !self.contains(today) || today == self.to {
            return before;
        }
        Self {
            to: before.to.min(before.from + (today - self.from)),
            ..before
        }
    }

    /// Whether it has a day.
    #[must_use]
    pub fn contains(self, day: NaiveDate) -> bool {
        (self.from..=self.to).contains(&day)
    }

    /// The weeks (from Monday) of which it has days, each cut to it.
    #[must_use]
    pub fn weeks(self) -> Vec<Self> {
        let monday = self.from - Days::new(self.from.weekday().num_days_from_monday().into());
        self.cut(monday, |first| first + Days::new(7))
    }

    /// The same weeks, whole.
    #[must_use]
    pub fn whole_weeks(self) -> Vec<Self> {
        let weeks = self.weeks().into_iter();
        weeks
            .map(|week| {
                let monday =
                    week.from - Days::new(week.from.weekday().num_days_from_monday().into());
                Self {
                    from: monday,
                    to: monday + Days::new(6),
                }
            })
            .collect()
    }

    /// The calendar months of which it has days, each cut to it.
    #[must_use]
    pub fn months(self) -> Vec<Self> {
        let first = self.from.with_day(1).unwrap_or(self.from);
        self.cut(first, |first| shifted(first, 1))
    }

    /// The calendar quarters of which it has days, each cut to it.
    #[must_use]
    pub fn quarters(self) -> Vec<Self> {
        let first = self.from.with_day(1).unwrap_or(self.from);
        let first = shifted(first, -((first.month0() % 3) as i32));
        self.cut(first, |first| shifted(first, 3))
    }

    fn cut(self, mut first: NaiveDate, next: impl Fn(NaiveDate) -> NaiveDate) -> Vec<Self> {
        let mut found = Vec::new();
        while first <= self.to {
            let after = next(first);
            found.push(Self {
                from: first.max(self.from),
                to: (after - Days::new(1)).min(self.to),
            });
            first = after;
        }
        found
    }
}

/// A day so many months later or, with a negative number, earlier.
#[must_use]
pub fn shifted(day: NaiveDate, months: i32) -> NaiveDate {
    let count = Months::new(months.unsigned_abs());
    let moved = if months < 0 {
        day.checked_sub_months(count)
    } else {
        day.checked_add_months(count)
    };
    moved.unwrap_or(day)
}

/// How long a period may be.
pub const MAX_DAYS: i64 = 366 * 20;

/// The period of a report and the day as of which it is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(default)]
pub struct PeriodQuery {
    /// A period that moves with the calendar; `from` and `to` come before it. The present quarter
    /// when nothing is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<Preset>,
    /// First day of the period, in the reader's time zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// Last day of the period, in the reader's time zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
    /// The day at whose end things are told, in the reader's time zone: what happened later is left
    /// out. Today when absent; today and later mean now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<NaiveDate>,
}

impl PeriodQuery {
    /// The days that are meant, seen from a day.
    ///
    /// # Errors
    /// `invalid_fields` when a day is none that can be meant, the last day is before the first, only one
    /// of them is given, or the period is too long.
    pub fn resolve(&self, today: NaiveDate) -> Result<Period, Error> {
        for (field, day) in [("from", self.from), ("to", self.to), ("as_of", self.as_of)] {
            if let Some(Err(message)) = day.map(check_day) {
                return Err(Error::field(field, FieldCode::OutOfRange, message));
            }
        }
        let period = match (self.from, self.to) {
            (None, None) => Period::of(self.period.unwrap_or(Preset::ThisQuarter), today),
            (Some(from), Some(to)) => Period { from, to },
            (Some(from), None) => Period {
                from,
                to: today.max(from),
            },
            (None, Some(_)) => {
                return Err(Error::field(
                    "from",
                    FieldCode::Required,
                    "must be given with to",
                ));
            }
        };
        if period.to < period.from {
            return Err(Error::field(
                "to",
                FieldCode::OutOfRange,
                "must not be before from",
            ));
        }
        if period.days() > MAX_DAYS {
            return Err(Error::field(
                "to",
                FieldCode::OutOfRange,
                "the period is longer than 20 years",
            ));
        }
        Ok(period)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn period(from: &str, to: &str) -> Period {
        Period {
            from: day(from),
            to: day(to),
        }
    }

    #[test]
    fn presets_follow_the_calendar() {
        let today = day("2026-11-26");
        let of = |preset| Period::of(preset, today);
        assert_eq!(of(Preset::ThisWeek), period("2026-11-23", "2026-11-29"));
        assert_eq!(of(Preset::ThisMonth), period("2026-11-01", "2026-11-30"));
        assert_eq!(of(Preset::LastMonth), period("2026-10-01", "2026-10-31"));
        assert_eq!(of(Preset::ThisQuarter), period("2026-10-01", "2026-12-31"));
        assert_eq!(of(Preset::LastQuarter), period("2026-07-01", "2026-09-30"));
        assert_eq!(of(Preset::NextQuarter), period("2027-01-01", "2027-03-31"));
        assert_eq!(of(Preset::LastYear), period("2025-01-01", "2025-12-31"));
        assert_eq!(of(Preset::Last30Days), period("2026-10-28", "2026-11-26"));
        assert_eq!(of(Preset::Last12Months), period("2025-11-27", "2026-11-26"));
    }

    #[test]
    fn the_period_before_has_the_same_length_or_as_many_months() {
        let quarter = period("2026-10-01", "2026-12-31");
        assert_eq!(quarter.before(), period("2026-07-01", "2026-09-30"));
        let february = period("2024-02-01", "2024-02-29");
        assert_eq!(february.before(), period("2024-01-01", "2024-01-31"));
        let days = period("2026-03-03", "2026-03-05");
        assert_eq!(days.before(), period("2026-02-28", "2026-03-02"));
    }

    #[test]
    fn what_goes_on_is_compared_with_as_many_days() {
        let quarter = period("2026-10-01", "2026-12-31");
        let so_far = |today| quarter.before_so_far(day(today));
        assert_eq!(so_far("2026-10-01"), period("2026-07-01", "2026-07-01"));
        assert_eq!(so_far("2026-11-28"), period("2026-07-01", "2026-08-28"));
        for whole in ["2026-12-31", "2027-02-01", "2026-09-30"] {
            assert_eq!(so_far(whole), quarter.before());
        }
        let year = period("2028-01-01", "2028-12-31");
        let before = year.before_so_far(day("2028-02-29"));
        assert_eq!(before, period("2027-01-01", "2027-03-01"));
        let days = period("2026-04-10", "2026-04-19");
        let before = days.before_so_far(day("2026-04-12"));
        assert_eq!(before, period("2026-03-31", "2026-04-02"));
        let one = period("2026-04-10", "2026-04-10");
        assert_eq!(one.before_so_far(one.to), one.before());
        // February has no more days than it has, and its last day makes it whole.
        let february = period("2026-02-01", "2026-02-28");
        let before = february.before_so_far(day("2026-02-27"));
        assert_eq!(before, period("2026-01-01", "2026-01-27"));
        assert_eq!(february.before_so_far(february.to), february.before());
        let march = period("2026-03-01", "2026-03-31");
        let before = march.before_so_far(day("2026-03-30"));
        assert_eq!(before, period("2026-02-01", "2026-02-28"));
    }

    #[test]
    fn parts_cover_a_period_without_gap_or_overlap() {
        let whole = period("2026-01-15", "2026-05-10");
        for parts in [whole.weeks(), whole.months(), whole.quarters()] {
            assert_eq!(parts.first().unwrap().from, whole.from);
            assert_eq!(parts.last().unwrap().to, whole.to);
            for pair in parts.windows(2) {
                assert_eq!(pair[0].to + Days::new(1), pair[1].from);
            }
        }
        assert_eq!(whole.months().len(), 5);
        assert_eq!(whole.quarters().len(), 2);
    }

    #[test]
    fn a_query_that_makes_no_period_is_refused() {
        let today = day("2026-11-26");
        let query = PeriodQuery {
            from: Some(day("2026-02-01")),
            to: Some(day("2026-01-01")),
            ..PeriodQuery::default()
        };
        assert!(query.resolve(today).is_err());
        let only_to = PeriodQuery {
            to: Some(today),
            ..PeriodQuery::default()
        };
        assert!(only_to.resolve(today).is_err());
        let endless = PeriodQuery {
            from: Some(NaiveDate::MAX - Days::new(30)),
            to: Some(NaiveDate::MAX),
            ..PeriodQuery::default()
        };
        assert!(endless.resolve(today).is_err());
        let long_ago = PeriodQuery {
            as_of: Some(NaiveDate::MIN),
            ..PeriodQuery::default()
        };
        assert!(long_ago.resolve(today).is_err());
        assert_eq!(
            PeriodQuery::default().resolve(today).unwrap(),
            period("2026-10-01", "2026-12-31")
        );
    }
}
