//! What happened, step by step.

use etalon_domain::analytics::{
    AnalyticsFilter, Dynamics, DynamicsPoint, Ended, Period, PeriodQuery, Step,
};
use etalon_domain::policy::Actor;
use etalon_domain::time::Instant;

use super::scope::{Scope, money};
use super::selection::{Selection, Total, total};
use crate::connection::Tx;
use crate::error::Result;

/// What was created, won and lost in the steps of a period, and what was open at their ends.
///
/// # Errors
/// `invalid_fields` when the period is none, or the database cannot be read.
pub fn dynamics(
    tx: &mut Tx<'_>,
    actor: &Actor,
    step: Option<Step>,
    period: &PeriodQuery,
    filter: &AnalyticsFilter,
    now: Instant,
) -> Result<Dynamics> {
    let scope = Scope::new(tx, actor, period, filter, now)?;
    let steps = match step.unwrap_or(Step::Month) {
        Step::Week => scope.period.weeks(),
        Step::Month => scope.period.months(),
        Step::Quarter => scope.period.quarters(),
    };
    Ok(Dynamics {
        from: scope.period.from,
        to: scope.period.to,
        points: points(tx, &scope, &steps, true)?,
    })
}

/// What happened in each step; what was open at its end when asked for and over.
///
/// # Errors
/// When the database cannot be read.
pub(super) fn points(
    tx: &mut Tx<'_>,
    scope: &Scope,
    steps: &[Period],
    with_open: bool,
) -> Result<Vec<DynamicsPoint>> {
    let mut points = Vec::with_capacity(steps.len());
    for step in steps {
        let within = scope.within(*step);
        let has_begun = step.from <= scope.today;
        let open = if with_open && has_begun {
            Some(open_at_end(tx, &within)?)
        } else {
            None
        };
        let created = total(tx, &within, &Selection::cohort(&within))?;
        let won = total(tx, &within, &Selection::won(&within))?;
        let lost = total(tx, &within, &Selection::closed(&within, &["lost"]))?;
        points.push(DynamicsPoint {
            from: step.from,
            to: step.to,
            created: ended(tx, created),
            won: ended(tx, won),
            lost: ended(tx, lost),
            open: open.map(|total| ended(tx, total)),
        });
    }
    Ok(points)
}

/// The deals open at the end of the period of a scope, at the rates of that day.
fn open_at_end(tx: &mut Tx<'_>, scope: &Scope) -> Result<Total> {
    let then = scope.as_of(tx, scope.period.to)?;
    total(tx, &then, &Selection::open(&then))
}

fn ended(tx: &Tx<'_>, total: Total) -> Ended {
    Ended {
        deals: total.deals,
        amount: money(tx, total.worth),
    }
}
