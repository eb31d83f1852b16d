//! The forecast: closed, commit and weighted against the target.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Days;
use etalon_domain::analytics::{
    AnalyticsFilter, Forecast, ForecastLine, PastForecast, Period, PeriodQuery, Step, share,
};
use etalon_domain::policy::Actor;
use etalon_domain::target::Goals;
use etalon_domain::time::Instant;

use super::scope::{Scope, money};
use super::selection::{By, Group, Selection, grouped, total};
use super::targets;
use crate::connection::Tx;
use crate::error::Result;

/// The forecast of a period, with its parts, owners and departments, and as it stood before.
///
/// # Errors
/// `invalid_fields` when the period is none, or the database cannot be read.
pub fn forecast(
    tx: &mut Tx<'_>,
    actor: &Actor,
    step: Option<Step>,
    period: &PeriodQuery,
    filter: &AnalyticsFilter,
    now: Instant,
) -> Result<Forecast> {
    let scope = Scope::new(tx, actor, period, filter, now)?;
    let goals = targets::goals(tx, &scope)?;
    let (by_owner, by_department) = lines(tx, &scope)?;
    let sum = by_owner.values().fold(Line::default(), Line::plus);
    let people = targets::names_of_people(tx)?;
    let departments = targets::names_of_departments(tx)?;
    let has_targets = scope.filter.has_targets();
    let expected = targets::people_with_target(&scope, &goals);
    let mut owners = named(tx, &scope, by_owner, &people, expected, |id| {
        has_targets
            .then(|| targets::of_person(&scope, &goals, id))
            .flatten()
    });
    for line in &mut owners {
        let id = line.id.as_deref().unwrap_or_default();
        line.opens_card = targets::sees_person(&scope, &goals, id);
    }
    by_weight(&mut owners);
    let expected = targets::departments_with_target(&scope, &goals);
    let mut departments = named(tx, &scope, by_department, &departments, expected, |id| {
        has_targets
            .then(|| targets::of_department(&scope, &goals, id))
            .flatten()
    });
    by_weight(&mut departments);
    let steps = match step.unwrap_or(Step::Month) {
        Step::Week => scope.period.weeks(),
        Step::Month => scope.period.months(),
        Step::Quarter => scope.period.quarters(),
    };
    let mut parts = Vec::with_capacity(steps.len());
    for step in steps {
        parts.push(line(tx, &scope.within(step), &goals)?);
    }
    let mut history = Vec::new();
    for weeks_ago in [1, 4, 13] {
        let day = scope.as_of - Days::new(7 * weeks_ago);
        let past = scope.as_of(tx, day)?;
        let line = sums(tx, &past)?;
        history.push(PastForecast {
            weeks_ago: weeks_ago as i64,
            as_of: day,
            closed: money(tx, line.closed),
            commit: money(tx, line.closed + line.commit),
            weighted: money(tx, line.closed + line.weighted),
            unconverted: line.unconverted,
        });
    }
    let target = targets::of_scope(&scope, &goals);
    let mut whole = shown(tx, scope.period, None, None, &sum, target);
    count_towards(tx, &scope, &mut whole)?;
    Ok(Forecast {
        from: scope.period.from,
        to: scope.period.to,
        as_of: scope.as_of,
        unconverted: sum.unconverted,
        total: whole,
        parts,
        owners,
        departments,
        history,
    })
}

/// The line of a scope.
///
/// # Errors
/// When the database cannot be read.
pub(super) fn line(tx: &mut Tx<'_>, scope: &Scope, goals: &Goals) -> Result<ForecastLine> {
    let line = sums(tx, scope)?;
    let target = targets::of_scope(scope, goals);
    let mut line = shown(tx, scope.period, None, None, &line, target);
    count_towards(tx, scope, &mut line)?;
    Ok(line)
}

/// Compares a target with the deals that count towards it only, where the reader sees more.
fn count_towards(tx: &mut Tx<'_>, scope: &Scope, line: &mut ForecastLine) -> Result<()> {
    let (Some(target), Some(own)) = (line.target, targets::towards(scope)) else {
        return Ok(());
    };
    let won = total(tx, &own, &Selection::won(&own))?;
    line.towards_target = Some(money(tx, won.worth));
    line.attainment = share(won.worth, target.minor);
    Ok(())
}

/// What is added up of one owner, department or the whole; in minor units.
#[derive(Clone, Copy, Debug, Default)]
struct Line {
    closed: i64,
    closed_deals: i64,
    commit: i64,
    commit_deals: i64,
    weighted: i64,
    open: i64,
    open_deals: i64,
    unconverted: i64,
}

impl Line {
    fn plus(self, other: &Self) -> Self {
        Self {
            closed: self.closed + other.closed,
            closed_deals: self.closed_deals + other.closed_deals,
            commit: self.commit + other.commit,
            commit_deals: self.commit_deals + other.commit_deals,
            weighted: self.weighted + other.weighted,
            open: self.open + other.open,
            open_deals: self.open_deals + other.open_deals,
            unconverted: self.unconverted + other.unconverted,
        }
    }

    fn close(&mut self, group: &Group) {
        self.closed += group.amount();
        self.closed_deals += group.deals;
        self.unconverted += group.unconverted();
    }

    fn expect(&mut self, group: &Group) {
        if group.part.as_deref() == Some("commit") {
            self.commit += group.amount();
            self.commit_deals += group.deals;
        }
        self.weighted += group.weighted();
        self.open += group.amount();
        self.open_deals += group.deals;
        self.unconverted += group.unconverted();
    }
}

/// The lines by owner or department.
type Lines = BTreeMap<Option<String>, Line>;

/// The lines of each owner and of each department, read once.
fn lines(tx: &mut Tx<'_>, scope: &Scope) -> Result<(Lines, Lines)> {
    let (mut owners, mut departments) = (Lines::new(), Lines::new());
    let mut add = |group: &Group, to: fn(&mut Line, &Group)| {
        to(owners.entry(group.owner.clone()).or_default(), group);
        to(departments.entry(group.key.clone()).or_default(), group);
    };
    let split = |selection: &Selection| By::key(selection.department()).owner(selection.owner());
    let won = Selection::won(scope);
    for group in grouped(tx, scope, &won, &split(&won))? {
        add(&group, Line::close);
    }
    let open = Selection::expected(scope);
    let by = split(&open)
        .part("deal_versions.forecast_category")
        .weighted();
    for group in grouped(tx, scope, &open, &by)? {
        add(&group, Line::expect);
    }
    Ok((owners, departments))
}

fn sums(tx: &mut Tx<'_>, scope: &Scope) -> Result<Line> {
    let mut line = Line::default();
    for group in grouped(
        tx,
        scope,
        &Selection::won(scope),
        &By::key("deal_versions.status"),
    )? {
        line.close(&group);
    }
    let by = (By::key("deal_versions.status").part("deal_versions.forecast_category")).weighted();
    for group in grouped(tx, scope, &Selection::expected(scope), &by)? {
        line.expect(&group);
    }
    Ok(line)
}

/// The lines with names and targets; who has a target is there, too, without any deal.
fn named(
    tx: &Tx<'_>,
    scope: &Scope,
    lines: BTreeMap<Option<String>, Line>,
    names: &BTreeMap<String, String>,
    expected: Vec<String>,
    target: impl Fn(&str) -> Option<i64>,
) -> Vec<ForecastLine> {
    let expected = expected.into_iter().map(Some);
    let ids: BTreeSet<Option<String>> = lines.keys().cloned().chain(expected).collect();
    (ids.into_iter())
        .map(|id| {
            let line = lines.get(&id).copied().unwrap_or_default();
            let target = id.as_deref().and_then(&target);
            let name = id.as_ref().and_then(|id| names.get(id).cloned());
            shown(tx, scope.period, id, name, &line, target)
        })
        .collect()
}

fn by_weight(lines: &mut [ForecastLine]) {
    lines.sort_by(|a, b| {
        (b.weighted.minor.cmp(&a.weighted.minor))
            .then_with(|| a.name.cmp(&b.name))
            .then_with(|| a.id.cmp(&b.id))
    });
}

fn shown(
    tx: &Tx<'_>,
    period: Period,
    id: Option<String>,
    name: Option<String>,
    line: &Line,
    target: Option<i64>,
) -> ForecastLine {
    ForecastLine {
        id,
        name,
        period,
        closed: money(tx, line.closed),
        commit: money(tx, line.closed + line.commit),
        weighted: money(tx, line.closed + line.weighted),
        open: money(tx, line.open),
        closed_deals: line.closed_deals,
        commit_deals: line.closed_deals + line.commit_deals,
        weighted_deals: line.closed_deals + line.open_deals,
        unconverted: line.unconverted,
        target: target.map(|minor| money(tx, minor)),
        towards_target: target.map(|_| money(tx, line.closed)),
        opens_card: false,
        attainment: target.and_then(|target| share(line.closed, target)),
    }
}
