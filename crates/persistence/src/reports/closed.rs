//! Reports over the deals closed in a period: win rate, cycle, velocity.

use std::collections::BTreeMap;

use diesel::prelude::*;
use etalon_domain::analytics::{
    AnalyticsFilter, Cycle, CycleHistogram, CycleRow, Dimension, PeriodQuery, Velocity, WinRate,
    WinRateRow, round, wilson, win_rate as rate,
};
use etalon_domain::policy::Actor;
use etalon_domain::time::Instant;

use super::scope::{Scope, money};
use super::selection::{By, Group, Selection, Total, grouped, total};
use super::targets::{names_of_departments, names_of_people};
use crate::connection::Tx;
use crate::error::Result;
use crate::schema::products;

const ENDED: &[&str] = &["won", "lost", "rejected", "rerouted"];

/// The win rate of the deals closed in a period.
///
/// # Errors
/// `invalid_fields` when the period is none, or the database cannot be read.
pub fn win_rate(
    tx: &mut Tx<'_>,
    actor: &Actor,
    split: Option<Dimension>,
    period: &PeriodQuery,
    filter: &AnalyticsFilter,
    now: Instant,
) -> Result<WinRate> {
    let scope = Scope::new(tx, actor, period, filter, now)?;
    let (total, groups) = match split {
        Some(split) => rates(tx, &scope, split)?,
        None => (total_rate(tx, &scope)?, Vec::new()),
    };
    Ok(WinRate {
        from: scope.period.from,
        to: scope.period.to,
        total,
        groups,
    })
}

/// The win rate of a scope as a whole.
///
/// # Errors
/// When the database cannot be read.
pub(super) fn total_rate(tx: &mut Tx<'_>, scope: &Scope) -> Result<WinRateRow> {
    let by = By::key("deal_versions.status");
    let mut ends = Ends::default();
    for group in grouped(tx, scope, &Selection::closed(scope, ENDED), &by)? {
        ends.add(group.key.as_deref(), &group);
    }
    Ok(ends.row(tx, None, None))
}

/// The win rate of a scope as a whole, and by what it is split.
///
/// # Errors
/// When the database cannot be read.
pub(super) fn rates(
    tx: &mut Tx<'_>,
    scope: &Scope,
    split: Dimension,
) -> Result<(WinRateRow, Vec<WinRateRow>)> {
    let selection = Selection::closed(scope, ENDED);
    let by = By::key(column(split)).part("deal_versions.status");
    let mut all = Ends::default();
    let mut ends = BTreeMap::<Option<String>, Ends>::new();
    for group in grouped(tx, scope, &selection, &by)? {
        let status = group.part.clone();
        all.add(status.as_deref(), &group);
        ends.entry(group.key.clone())
            .or_default()
            .add(status.as_deref(), &group);
    }
    let names = names(tx, split)?;
    let mut rows: Vec<WinRateRow> = (ends.into_iter())
        .map(|(key, ends)| {
            let name = key.as_ref().and_then(|key| names.get(key).cloned());
            ends.row(tx, key, name)
        })
        .collect();
    rows.sort_by(|a, b| {
        let closed = |row: &WinRateRow| row.won.deals + row.lost.deals;
        (closed(b).cmp(&closed(a)))
            .then_with(|| a.name.cmp(&b.name))
            .then_with(|| a.key.cmp(&b.key))
    });
    Ok((all.row(tx, None, None), rows))
}

const fn column(split: Dimension) -> &'static str {
    match split {
        Dimension::Owner => "deal_versions.owner_id",
        Dimension::Department => "deal_versions.department_id",
        Dimension::Source => "deal_versions.source",
        Dimension::Category => "deal_versions.category",
        Dimension::Product => "deal_versions.product_id",
        Dimension::Industry => "deal_versions.industry",
    }
}

fn names(tx: &mut Tx<'_>, split: Dimension) -> Result<BTreeMap<String, String>> {
    match split {
        Dimension::Owner => names_of_people(tx),
        Dimension::Department => names_of_departments(tx),
        Dimension::Product => {
            let names: Vec<(String, String)> = products::table
                .select((products::id, products::name))
                .load(tx.conn)?;
            Ok(names.into_iter().collect())
        }
        Dimension::Source | Dimension::Category | Dimension::Industry => Ok(BTreeMap::new()),
    }
}

/// How deals ended.
#[derive(Clone, Debug, Default)]
struct Ends(BTreeMap<&'static str, Total>);

impl Ends {
    fn add(&mut self, status: Option<&str>, group: &Group) {
        let Some(status) = ENDED.iter().find(|known| Some(**known) == status) else {
            return;
        };
        self.0.entry(status).or_default().add(group);
    }

    fn row(&self, tx: &Tx<'_>, key: Option<String>, name: Option<String>) -> WinRateRow {
        let end = |status| self.0.get(status).copied().unwrap_or_default();
        let (won, lost) = (end("won"), end("lost"));
        WinRateRow {
            key,
            name,
            won: won.ended(tx),
            lost: lost.ended(tx),
            rejected: end("rejected").ended(tx),
            rerouted: end("rerouted").ended(tx),
            by_count: rate(won.deals, lost.deals),
            by_value: rate(won.worth, lost.worth),
            interval: wilson(won.deals, won.deals + lost.deals),
        }
    }
}

/// How long the deals closed in a period took.
///
/// # Errors
/// `invalid_fields` when the period is none, or the database cannot be read.
pub fn cycle(
    tx: &mut Tx<'_>,
    actor: &Actor,
    split: Option<Dimension>,
    period: &PeriodQuery,
    filter: &AnalyticsFilter,
    now: Instant,
) -> Result<Cycle> {
    let scope = Scope::new(tx, actor, period, filter, now)?;
    let Cycles { won, lost } = cycles(tx, &scope)?;
    let mut closed = won.clone();
    closed.merge(&lost);
    let groups = match split {
        Some(split) => split_cycles(tx, &scope, split)?,
        None => Vec::new(),
    };
    Ok(Cycle {
        from: scope.period.from,
        to: scope.period.to,
        won: cycle_row(None, None, &won),
        lost: cycle_row(None, None, &lost),
        closed: cycle_row(None, None, &closed),
        groups,
    })
}

fn split_cycles(tx: &mut Tx<'_>, scope: &Scope, split: Dimension) -> Result<Vec<CycleRow>> {
    let by = By::key(column(split)).part(DAYS).only_counts();
    let mut found = BTreeMap::<Option<String>, CycleHistogram>::new();
    for group in grouped(tx, scope, &Selection::won(scope), &by)? {
        if let Some(days) = days_of(&group) {
            found
                .entry(group.key.clone())
                .or_default()
                .add(days, group.deals);
        }
    }
    let names = names(tx, split)?;
    let mut rows: Vec<CycleRow> = (found.into_iter())
        .map(|(key, cycle)| {
            let name = key.as_ref().and_then(|key| names.get(key).cloned());
            cycle_row(key, name, &cycle)
        })
        .collect();
    rows.sort_by(|a, b| b.deals.cmp(&a.deals).then_with(|| a.name.cmp(&b.name)));
    Ok(rows)
}

const DAYS: &str = "CAST(deal_versions.cycle_days AS TEXT)";

fn days_of(group: &Group) -> Option<i64> {
    group.part.as_deref()?.parse().ok()
}

/// The days from creation to closing.
#[derive(Clone, Debug, Default)]
pub(super) struct Cycles {
    /// Of the deals won.
    pub won: CycleHistogram,
    /// Of those lost.
    pub lost: CycleHistogram,
}

/// The days from creation to closing of the deals closed in the period of a scope.
///
/// # Errors
/// When the database cannot be read.
pub(super) fn cycles(tx: &mut Tx<'_>, scope: &Scope) -> Result<Cycles> {
    let by = (By::key("deal_versions.status").part(DAYS)).only_counts();
    let mut cycles = Cycles::default();
    for group in grouped(tx, scope, &Selection::closed(scope, &["won", "lost"]), &by)? {
        let Some(days) = days_of(&group) else {
            continue;
        };
        match group.key.as_deref() {
            Some("won") => cycles.won.add(days, group.deals),
            _ => cycles.lost.add(days, group.deals),
        }
    }
    Ok(cycles)
}

pub(super) fn cycle_row(
    key: Option<String>,
    name: Option<String>,
    cycle: &CycleHistogram,
) -> CycleRow {
    CycleRow {
        key,
        name,
        deals: cycle.count(),
        average_days: cycle.mean(),
        median_days: cycle.median(),
        p90_days: cycle.percentile(90),
    }
}

/// SQL for 1 when the amount of a closed deal is known in the base currency.
const KNOWN: &str = "CASE WHEN deal_versions.amount_base IS NULL THEN 0 ELSE 1 END";

/// How much is won a day at the present rate.
///
/// # Errors
/// `invalid_fields` when the period is none, or the database cannot be read.
pub fn velocity(
    tx: &mut Tx<'_>,
    actor: &Actor,
    period: &PeriodQuery,
    filter: &AnalyticsFilter,
    now: Instant,
) -> Result<Velocity> {
    let scope = Scope::new(tx, actor, period, filter, now)?;
    let open = total(tx, &scope, &Selection::open(&scope))?;
    let by = By::key("deal_versions.status").days(KNOWN);
    let (mut won, mut lost, mut worth, mut known, mut unconverted) = (0, 0, 0, 0, 0);
    for group in grouped(
        tx,
        &scope,
        &Selection::closed(&scope, &["won", "lost"]),
        &by,
    )? {
        match group.key.as_deref() {
            Some("won") => {
                won += group.deals;
                worth += group.amount();
                known += group.days();
                unconverted += group.unconverted();
            }
            _ => lost += group.deals,
        }
    }
    let cycle = cycles(tx, &scope)?.won;
    let win_rate = rate(won, lost);
    let average = (known > 0).then(|| worth as f64 / known as f64);
    let days = cycle.mean();
    let per_day = match (average, days) {
        (Some(average), Some(days)) if days > 0.0 => {
            // From whole numbers, not from the rounded rate.
            let rate = won as f64 / (won + lost) as f64;
            Some(round(open.deals as f64 * rate * average / days, 0) as i64)
        }
        _ => None,
    };
    Ok(Velocity {
        from: scope.period.from,
        to: scope.period.to,
        open_deals: open.deals,
        win_rate,
        average_won: average.map(|minor| money(tx, round(minor, 0) as i64)),
        unconverted,
        average_cycle_days: days,
        per_day: per_day.map(|minor| money(tx, minor)),
    })
}
