//! What is compared side by side, as the address says it: `compare=owner:id,id`.

use chrono::NaiveDate;
use etalon_domain::analytics::{FunnelMode, Period, Preset};
use etalon_domain::endpoint::ReportQuery;
use etalon_domain::page::Any;

/// How many funnels stand side by side at most.
pub(super) const MOST: usize = 4;

/// By what funnels are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// People.
    Owner,
    /// Departments, each with those below it.
    Department,
    /// Periods.
    Period,
}

impl By {
    /// All of them.
    pub(super) const ALL: &'static [Self] = &[Self::Owner, Self::Department, Self::Period];

    /// The word in the address.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Department => "department",
            Self::Period => "period",
        }
    }
}

/// What is compared: one to four of a kind.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Comparison {
    /// The kind.
    pub(super) by: By,
    /// Identifiers, or periods: the code of a preset, or `first..last`.
    pub(super) values: Vec<String>,
}

impl Comparison {
    /// What an address says.
    pub(super) fn read(text: Option<&str>) -> Option<Self> {
        let (by, values) = text?.split_once(':')?;
        let by = *By::ALL.iter().find(|each| each.as_str() == by)?;
        let mut kept: Vec<String> = Vec::new();
        for value in values.split(',').filter(|value| !value.is_empty()) {
            let is_known = by != By::Period || period_of(value).is_some();
            if is_known && !kept.iter().any(|known| known == value) {
                kept.push(value.to_owned());
            }
        }
        kept.truncate(MOST);
        (!kept.is_empty()).then_some(Self { by, values: kept })
    }

    /// The text in the address; nothing when nothing is compared.
    pub(super) fn write(by: By, values: &[String]) -> Option<String> {
        (!values.is_empty()).then(|| format!("{}:{}", by.as_str(), values.join(",")))
    }

    /// The report of one of them. How deals stand in a period is how they stood at its end.
    pub(super) fn report(
        &self,
        value: &str,
        report: &ReportQuery,
        mode: FunnelMode,
        today: NaiveDate,
    ) -> ReportQuery {
        let mut report = report.clone();
        match self.by {
            By::Owner => report.filter.owner_id = Any::one(value.to_owned().into()),
            By::Department => {
                report.filter.department_id = Any::one(value.to_owned().into());
                report.filter.subtree = None;
            }
            By::Period => match period_of(value) {
                Some(Chosen::Preset(preset)) => {
                    report.period.period = Some(preset);
                    (report.period.from, report.period.to) = (None, None);
                }
                Some(Chosen::Days(days)) => {
                    report.period.period = None;
                    report.period.from = Some(days.from);
                    report.period.to = Some(days.to);
                }
                None => {}
            },
        }
        if self.by == By::Period
            && mode == FunnelMode::Snapshot
            && let Ok(days) = report.period.resolve(today)
        {
            report.period.as_of = (days.to < today).then_some(days.to);
        }
        report
    }
}

/// A period that is compared.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Chosen {
    Preset(Preset),
    Days(Period),
}

fn period_of(text: &str) -> Option<Chosen> {
    if let Ok(preset) = text.parse() {
        return Some(Chosen::Preset(preset));
    }
    days_of(text).map(Chosen::Days)
}

/// The days of `first..last`; nothing for anything else.
pub(super) fn days_of(text: &str) -> Option<Period> {
    let (from, to) = text.split_once("..")?;
    let days = Period {
        from: from.parse().ok()?,
        to: to.parse().ok()?,
    };
    (days.from <= days.to).then_some(days)
}

/// Days as the address has them.
pub(super) fn write_days(days: Period) -> String {
    format!("{}..{}", days.from, days.to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comparison_survives_the_address() {
        for text in [
            "owner:u1,u2",
            "department:d1",
            "period:this_quarter,2026-01-01..2026-03-31",
        ] {
            let read = Comparison::read(Some(text)).unwrap();
            let written = Comparison::write(read.by, &read.values);
            assert_eq!(written.as_deref(), Some(text));
        }
    }

    #[test]
    fn a_mangled_comparison_compares_nothing() {
        for text in ["", "owner:", "planet:mars", "period:someday"] {
            assert_eq!(Comparison::read(Some(text)), None);
        }
        let five = Comparison::read(Some("owner:a,b,c,d,e,a")).unwrap();
        assert_eq!(five.values.len(), MOST);
    }

    #[test]
    fn each_period_has_its_own_report() {
        let both = Comparison::read(Some("period:last_year,2026-01-01..2026-03-31")).unwrap();
        let today = NaiveDate::from_ymd_opt(2026, 11, 27).unwrap();
        let of = |at: usize, report: &ReportQuery, mode| {
            both.report(&both.values[at], report, mode, today)
        };
        let report = of(1, &ReportQuery::default(), FunnelMode::Flow);
        assert_eq!(report.period.from.unwrap().to_string(), "2026-01-01");
        assert_eq!(report.period.as_of, None);
        let report = of(0, &report, FunnelMode::Snapshot);
        assert_eq!(report.period.period, Some(Preset::LastYear));
        assert_eq!(report.period.from, None);
        assert_eq!(report.period.as_of.unwrap().to_string(), "2025-12-31");
    }
}
