//! What was won beside what was won in the same days of the period before.

use chrono::NaiveDate;
use etalon_domain::analytics::{EndedIn, Period, Pulse};

use crate::i18n::format;

/// What was won, and with what it is compared.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Compared {
    /// The days in which it was won, some of which may be still to come.
    pub(super) period: Period,
    /// What was won before, in as many days as have passed.
    pub(super) so_far: EndedIn,
    today: NaiveDate,
    now: i64,
}

impl Compared {
    pub(super) fn of(pulse: &Pulse) -> Self {
        Self {
            period: Period {
                from: pulse.from,
                to: pulse.to,
            },
            so_far: pulse.won_before_so_far,
            today: format::local_day(pulse.at),
            now: pulse.forecast.closed.minor,
        }
    }

    /// Whether it is compared with a part of the period before, as this one goes on.
    pub(super) fn is_part(&self) -> bool {
        self.so_far.period != self.period.before()
    }

    /// How much more or less was won, in words: `+12 %`. Nothing when there is nothing to compare with, or
    /// the period is still to come.
    pub(super) fn change(&self) -> Option<String> {
        let before = self.so_far.amount.minor;
        if before <= 0 || self.period.from > self.today {
            return None;
        }
        let change = (self.now - before) as f64 / before as f64;
        let sign = if change > 0.0 { "+" } else { "" };
        Some(format!("{sign}{}", format::share(change, 0)))
    }
}
