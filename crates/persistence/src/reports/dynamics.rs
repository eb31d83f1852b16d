//! What happened, step by step.

use etalon_domain::analytics::{
    AnalyticsFilter, Dynamics, DynamicsPoint, Period, PeriodQuery, Step,
};
use etalon_domain::policy::Actor;
use etalon_domain::time::Instant;

use super::scope::Scope;
use super::selection::{By, Group, Selection, Total, grouped, total};
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
    let (Some(first), Some(last)) = (steps.first(), steps.last()) else {
        return Ok(Vec::new());
    };
    let whole = scope.within(Period {
        from: first.from,
        to: last.to,
    });
    let by = By::key(&step_of(scope, steps, "deal_versions.created_ms"));
    let cohort = grouped(tx, &whole, &Selection::cohort(&whole), &by)?;
    let created = by_step(&cohort, steps.len(), |_| true);
    // A closing begins a visit.
    let by = By::key(&step_of(scope, steps, "deal_versions.stage_entered_ms"));
    let ends = Selection::closed(&whole, &["won", "lost"]);
    let ends = grouped(tx, &whole, &ends, &by.part("deal_versions.status"))?;
    let is = |group: &Group, status: &str| group.part.as_deref() == Some(status);
    let won = by_step(&ends, steps.len(), |group| is(group, "won"));
    let lost = by_step(&ends, steps.len(), |group| is(group, "lost"));
    let mut points = Vec::with_capacity(steps.len());
    for (index, step) in steps.iter().enumerate() {
        let has_begun = step.from <= scope.as_of;
        let open = if with_open && has_begun {
            Some(open_at_end(tx, &scope.within(*step))?)
        } else {
            None
        };
        points.push(DynamicsPoint {
            from: step.from,
            to: step.to,
            created: created[index].ended(tx),
            won: won[index].ended(tx),
            lost: lost[index].ended(tx),
            open: open.map(|open| open.ended(tx)),
        });
    }
    Ok(points)
}

/// SQL for the place of the step in which an instant lies: steps follow one another without a gap.
fn step_of(scope: &Scope, steps: &[Period], column: &str) -> String {
    let mut place = "CASE".to_owned();
    for (index, step) in steps.iter().enumerate() {
        let before = scope.bounds(*step).1.and_utc().timestamp_millis();
        place.push_str(&format!(" WHEN {column} < {before} THEN '{index}'"));
    }
    place.push_str(" END");
    place
}

/// Adds up for each step the groups that count.
fn by_step(groups: &[Group], steps: usize, counts: impl Fn(&Group) -> bool) -> Vec<Total> {
    let mut totals = vec![Total::default(); steps];
    for group in groups.iter().filter(|group| counts(group)) {
        let place = group.key.as_deref().and_then(|place| place.parse().ok());
        if let Some(total) = place.and_then(|place: usize| totals.get_mut(place)) {
            total.add(group);
        }
    }
    totals
}

/// The deals open at the end of the period of a scope, or at its moment when that is earlier, at the rates
/// of that day.
fn open_at_end(tx: &mut Tx<'_>, scope: &Scope) -> Result<Total> {
    let then = scope.of_flow(tx)?;
    total(tx, &then, &Selection::open(&then))
}
