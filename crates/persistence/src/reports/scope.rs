//! What every report knows before it counts: whose deals, of which days, as of when, worth what.

use chrono::{Duration, NaiveDate, NaiveDateTime};
use chrono_tz::Tz;
use etalon_domain::analytics::{AnalyticsFilter, Period, PeriodQuery};
use etalon_domain::id::DepartmentId;
use etalon_domain::money::Money;
use etalon_domain::policy::{Actor, Reach};
use etalon_domain::time::{Instant, to_naive};

use crate::connection::{Backend, Tx};
use crate::error::Result;
use crate::portable::backend;
use crate::zone::{day_at, day_end, day_start, zone};

/// A moment at which the deals are looked at: just before `at`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    /// What begins here is not yet seen.
    pub at: NaiveDateTime,
    /// Whether it is now: the versions without an end.
    pub present: bool,
}

impl Moment {
    /// The moment in milliseconds.
    pub(super) fn millis(self) -> i64 {
        self.at.and_utc().timestamp_millis()
    }
}

/// What a report knows before it counts.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    pub backend: Backend,
    pub actor: Actor,
    pub zone: Tz,
    pub now: Instant,
    pub today: NaiveDate,
    pub period: Period,
    pub as_of: NaiveDate,
    /// The end of the day as of which the report is told.
    pub moment: Moment,
    pub filter: AnalyticsFilter,
    /// The departments of the filter, with all below them unless it says otherwise.
    pub departments: Vec<String>,
    /// All departments that there are.
    every_department: Vec<String>,
    /// SQL for the amount of an open version in the base currency, at the rates of the day as of which the
    /// report is told.
    pub open_value: String,
}

impl Scope {
    /// Looks up what a report needs.
    ///
    /// # Errors
    /// `invalid_fields` when the period is none, or the database cannot be read.
    pub(super) fn new(
        tx: &mut Tx<'_>,
        actor: &Actor,
        query: &PeriodQuery,
        filter: &AnalyticsFilter,
        now: Instant,
    ) -> Result<Self> {
        let zone = zone(&actor.time_zone);
        let today = day_at(now, zone);
        let period = query.resolve(today)?;
        let tree = crate::departments::tree(tx)?;
        let departments =
            crate::departments::meant_in(&tree, &filter.department_id, filter.subtree);
        let every_department = (tree.into_iter()).map(|(id, _)| id.into_string()).collect();
        let mut scope = Self {
            backend: backend(tx.conn),
            actor: actor.clone(),
            zone,
            now,
            today,
            period,
            as_of: today,
            moment: Moment {
                at: to_naive(now),
                present: true,
            },
            filter: filter.clone(),
            departments,
            every_department,
            open_value: String::new(),
        };
        scope.look_from(tx, query.as_of.unwrap_or(today))?;
        Ok(scope)
    }

    /// The same, told as of another day.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(super) fn as_of(&self, tx: &mut Tx<'_>, day: NaiveDate) -> Result<Self> {
        let mut scope = self.clone();
        scope.look_from(tx, day)?;
        Ok(scope)
    }

    /// The same, told as of the end of its period at the latest: a flow is over with its period.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(super) fn of_flow(&self, tx: &mut Tx<'_>) -> Result<Self> {
        self.as_of(tx, self.period.to.min(self.as_of))
    }

    /// The same over another period.
    pub(super) fn within(&self, period: Period) -> Self {
        Self {
            period,
            ..self.clone()
        }
    }

    fn look_from(&mut self, tx: &mut Tx<'_>, day: NaiveDate) -> Result<()> {
        self.as_of = day.min(self.today);
        self.moment = self.end_of(day);
        self.open_value = open_value(tx, self.backend, self.now, self.as_of, self.moment.present)?;
        Ok(())
    }

    /// The end of a day, or now when that is not over.
    fn end_of(&self, day: NaiveDate) -> Moment {
        // A change in this very millisecond is seen.
        let now = to_naive(self.now + Duration::milliseconds(1));
        if day >= self.today {
            Moment {
                at: now,
                present: true,
            }
        } else {
            Moment {
                at: day_end(day, self.zone),
                present: false,
            }
        }
    }

    /// The instants between which a period lies: first included, last not.
    pub(super) fn bounds(&self, period: Period) -> (NaiveDateTime, NaiveDateTime) {
        (
            day_start(period.from, self.zone),
            day_end(period.to, self.zone),
        )
    }

    /// Whether the reader sees the deals of a department, or those of none.
    pub(super) fn sees_department(&self, department: Option<&str>) -> bool {
        self.actor
            .reaches(department.map(DepartmentId::new).as_ref())
    }

    /// Whether departments are all that there are: a deal that lies in any lies in one of them now. In the
    /// past it may have been in one that was removed since.
    pub(super) fn is_every_department(&self, departments: &[String]) -> bool {
        !departments.is_empty()
            && !departments.iter().any(|id| id == "none")
            && (self.every_department.iter()).all(|id| departments.contains(id))
    }

    /// The departments whose deals the reader sees; `None` when everybody's.
    pub(super) fn visible_departments(&self) -> Option<Vec<String>> {
        match &self.actor.reach {
            Reach::All => None,
            Reach::Departments { departments } => {
                Some(departments.iter().map(ToString::to_string).collect())
            }
            Reach::Own => Some(Vec::new()),
        }
    }
}

/// SQL for the amount of an open version in the base currency at the rates of a day. One rule for now and
/// the past, the same as of the registry.
fn open_value(
    tx: &mut Tx<'_>,
    backend: Backend,
    now: Instant,
    day: NaiveDate,
    present: bool,
) -> Result<String> {
    let base = tx.company.base_currency;
    let mut currencies = crate::rates::currencies_of_deals(tx)?;
    currencies.retain(|currency| *currency != base);
    let column = "deal_versions.amount";
    let mut branches = String::new();
    if !currencies.is_empty() {
        let on = if present {
            crate::rates::newest_day(now)
        } else {
            day
        };
        let wanted: Vec<_> = currencies.iter().copied().chain([base]).collect();
        let table = crate::rates::table_on(tx, on, &wanted)?;
        for currency in currencies {
            let value = crate::rates::valued_sql(backend, &table, currency, base, column);
            branches.push_str(&format!(" WHEN '{}' THEN {value}", currency.code()));
        }
    }
    Ok(format!(
        "(CASE deal_versions.currency WHEN '{}' THEN {column}{branches} END)",
        base.code()
    ))
}

/// A sum in the base currency.
pub(super) fn money(tx: &Tx<'_>, minor: i64) -> Money {
    Money::new(minor, tx.company.base_currency)
}
