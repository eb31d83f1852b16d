//! Which versions of deals a number counts. Every number of every report is the count or the sum of one
//! selection, or of several that share no deal; the rows behind it are those of the same selections.

mod counted;
mod groups;
mod tally;

use chrono::{NaiveDate, NaiveDateTime};
use etalon_domain::analytics::Period;

use super::scope::{Moment, Scope};

pub(super) use counted::{counted, rotting_sql, visited_sql};
pub(super) use groups::{By, Group, NOTHING, Total, grouped, total};
pub(crate) use tally::register;
pub use tally::{CountedRow, GroupTally};

/// Milliseconds of a day.
pub(super) const DAY: i64 = 86_400_000;

/// What is added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Worth {
    /// The amount.
    Amount,
    /// Amount × probability.
    Weighted,
}

/// How the last visit of a stage ended by the end of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Left {
    /// For this.
    For(&'static str),
    /// Not yet.
    Not,
}

/// Of the versions that held at a moment in the past, those that lie in the same index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Since {
    /// They hold until now.
    Lasting,
    /// They ended since.
    Ended,
}

/// Which versions a number counts. Absent parts narrow nothing.
#[derive(Clone, Debug)]
pub(super) struct Selection {
    /// Those that hold at this moment.
    pub standing: Option<Moment>,
    /// Of those only these.
    pub since: Option<Since>,
    /// Those that begin a visit between two instants: first included, last not.
    pub entered: Option<(NaiveDateTime, NaiveDateTime)>,
    /// Those that begin a visit which ended between two instants: first included, last not.
    pub ended: Option<(NaiveDateTime, NaiveDateTime)>,
    /// Of several visits of one stage before an instant only the last.
    pub last_before: Option<NaiveDateTime>,
    /// Those whose visit was not left at this moment.
    pub still_at: Option<Moment>,
    /// Those whose deal is not in the bin at this moment.
    pub kept_at: Option<Moment>,
    /// Whether owner and department are those of the creation.
    pub by_origin: bool,
    /// Only these states.
    pub status: &'static [&'static str],
    /// Only this stage.
    pub stage: Option<String>,
    /// Only deals that have been in one of these stages.
    pub reached: Option<Vec<String>>,
    /// Only deals that have never been in this stage.
    pub skipped: Option<String>,
    /// How the visit ended before an instant.
    pub left: Option<(Left, NaiveDateTime)>,
    /// Only deals created between two instants in milliseconds: first included, last not.
    pub created: Option<(i64, i64)>,
    /// Only this category of the forecast.
    pub category: Option<&'static str>,
    /// Only deals that are expected to close on these days.
    pub expected: Option<Period>,
    /// Only deals that were expected to close before this day.
    pub overdue: Option<NaiveDate>,
    /// Only deals without a touch for longer than their stage's limit.
    pub rotting: Option<Moment>,
    /// Only deals closed for this reason; the inner `None`: without one.
    pub reason: Option<Option<String>>,
    /// Only deals in which this competitor takes part.
    pub competitor: Option<String>,
    /// What is added up.
    pub worth: Worth,
}

const WON: &[&str] = &["won"];
const OPEN: &[&str] = &["open"];

impl Selection {
    const fn all() -> Self {
        Self {
            standing: None,
            since: None,
            entered: None,
            ended: None,
            last_before: None,
            still_at: None,
            kept_at: None,
            by_origin: false,
            status: &[],
            stage: None,
            reached: None,
            skipped: None,
            left: None,
            created: None,
            category: None,
            expected: None,
            overdue: None,
            rotting: None,
            reason: None,
            competitor: None,
            worth: Worth::Amount,
        }
    }

    /// All deals at the moment of a scope.
    pub(super) fn present(scope: &Scope) -> Self {
        Self {
            standing: Some(scope.moment),
            ..Self::all()
        }
    }

    /// The deals open at the moment of a scope.
    pub(super) fn open(scope: &Scope) -> Self {
        Self {
            standing: Some(scope.moment),
            status: OPEN,
            ..Self::all()
        }
    }

    /// The deals of a snapshot: those at work, and those won.
    pub(super) fn snapshot(scope: &Scope) -> Self {
        Self {
            standing: Some(scope.moment),
            status: &["open", "won"],
            ..Self::all()
        }
    }

    /// The deals open and expected to close in the period of a scope.
    pub(super) fn expected(scope: &Scope) -> Self {
        Self {
            expected: Some(scope.period),
            ..Self::open(scope)
        }
    }

    /// Those of them in the category commit.
    pub(super) fn committed(scope: &Scope) -> Self {
        Self {
            category: Some("commit"),
            ..Self::expected(scope)
        }
    }

    /// The open deals without a touch for longer than their stage's limit.
    pub(super) fn rotting(scope: &Scope) -> Self {
        Self {
            rotting: Some(scope.moment),
            ..Self::open(scope)
        }
    }

    /// The open deals that were expected to close before the day of a scope.
    pub(super) fn overdue(scope: &Scope) -> Self {
        Self {
            overdue: Some(scope.as_of),
            ..Self::open(scope)
        }
    }

    /// The deals that were closed so in the period of a scope, and are at its moment.
    pub(super) fn closed(scope: &Scope, status: &'static [&'static str]) -> Self {
        let (from, before) = scope.bounds(scope.period);
        Self {
            entered: Some((from, before.min(scope.moment.at))),
            still_at: Some(scope.moment),
            kept_at: Some(scope.moment),
            status,
            ..Self::all()
        }
    }

    /// The deals won in the period of a scope.
    pub(super) fn won(scope: &Scope) -> Self {
        Self::closed(scope, WON)
    }

    /// The visits that began in the period of a scope, told at its moment; see [`Scope::of_flow`].
    pub(super) fn flow(scope: &Scope) -> Self {
        let (from, _) = scope.bounds(scope.period);
        Self {
            entered: Some((from, scope.moment.at)),
            last_before: Some(scope.moment.at),
            kept_at: Some(scope.moment),
            ..Self::all()
        }
    }

    /// The visits that ended in the period of a scope, whenever they began.
    pub(super) fn stays(scope: &Scope) -> Self {
        let (from, before) = scope.bounds(scope.period);
        Self {
            ended: Some((from, before.min(scope.moment.at))),
            kept_at: Some(scope.moment),
            ..Self::all()
        }
    }

    /// The deals created in the period of a scope, as they are at its moment.
    pub(super) fn cohort(scope: &Scope) -> Self {
        let (from, before) = scope.bounds(scope.period);
        let millis = |at: NaiveDateTime| at.and_utc().timestamp_millis();
        Self {
            standing: Some(scope.moment),
            by_origin: true,
            created: Some((millis(from), millis(before))),
            ..Self::all()
        }
    }

    /// Those of it whose amount counts by its probability.
    pub(super) fn weighted(self) -> Self {
        Self {
            worth: Worth::Weighted,
            ..self
        }
    }

    /// Who owned the deal at the moment that is counted.
    pub(super) const fn owner(&self) -> &'static str {
        if self.by_origin {
            "deal_versions.first_owner_id"
        } else {
            "deal_versions.owner_id"
        }
    }

    /// Where the deal was at the moment that is counted.
    pub(super) const fn department(&self) -> &'static str {
        if self.by_origin {
            "deal_versions.first_department_id"
        } else {
            "deal_versions.department_id"
        }
    }

    /// SQL for the amount of a version in the base currency: that of the closing for closed deals, for
    /// open ones at the rates of the day as of which the report is told.
    pub(super) fn value(&self, scope: &Scope) -> String {
        let of_open = &scope.open_value;
        let has_open = self.status.is_empty() || self.status.contains(&OPEN[0]);
        match has_open {
            true if self.status == OPEN => of_open.clone(),
            true => format!(
                "(CASE WHEN deal_versions.status <> 'open' THEN deal_versions.amount_base ELSE \
                 {of_open} END)"
            ),
            false => "deal_versions.amount_base".to_owned(),
        }
    }

    /// SQL for what a deal adds to the number.
    pub(super) fn worth(&self, scope: &Scope) -> String {
        let value = self.value(scope);
        match self.worth {
            Worth::Amount => value,
            Worth::Weighted => weighted_sql(&value),
        }
    }

    /// Selections that share no deal and together are this one; each is read from one index.
    pub(super) fn parts(&self) -> Vec<Self> {
        let Some(moment) = self.standing else {
            return vec![self.clone()];
        };
        let since: &[Option<Since>] = match moment.present {
            true => &[None],
            false => &[Some(Since::Lasting), Some(Since::Ended)],
        };
        let status: Vec<&'static [&'static str]> = match self.status {
            [] => vec![&[]],
            several => several.chunks(1).collect(),
        };
        let part = |status, since| Self {
            status,
            since,
            ..self.clone()
        };
        (status.into_iter())
            .flat_map(|status| since.iter().map(move |since| part(status, *since)))
            .collect()
    }
}

/// SQL for amount × probability, as [`etalon_domain::deal::weighted`] rounds it.
pub(super) fn weighted_sql(value: &str) -> String {
    format!("(({value} * deal_versions.probability + 50) / 100)")
}
