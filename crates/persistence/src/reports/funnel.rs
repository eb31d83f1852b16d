//! The funnel in its three modes.

use std::collections::BTreeMap;

use etalon_domain::analytics::{
    AnalyticsFilter, Frame, Fullness, FullnessInput, Funnel, FunnelMode, Part, Period, PeriodQuery,
    Preset, Tally, cohort, flow, fullness, snapshot,
};
use etalon_domain::policy::Actor;
use etalon_domain::stage::Stages;
use etalon_domain::time::Instant;
use etalon_domain::user::Language;

use super::scope::{Scope, money};
use super::selection::{By, DAY, Group, NOTHING, Selection, Total, grouped, rotting_sql, total};
use super::targets;
use crate::connection::Tx;
use crate::error::Result;

/// The part of the open deals that count towards the target and are expected to close in the period.
const EXPECTED: &str = "expected";
/// The part of the other open deals that count towards it.
const OTHER: &str = "other";
/// What comes before the part of those that rot.
const ROTTING: &str = "rotting ";

/// A funnel, and what rots in each stage of a snapshot.
#[derive(Debug)]
pub(super) struct Told {
    pub funnel: Funnel,
    pub rotting: BTreeMap<String, Total>,
}

/// The funnel of the deals that the reader may see and the filter selects.
///
/// # Errors
/// `invalid_fields` when the period is none, or the database cannot be read.
pub fn funnel(
    tx: &mut Tx<'_>,
    actor: &Actor,
    mode: FunnelMode,
    period: &PeriodQuery,
    filter: &AnalyticsFilter,
    language: Language,
    now: Instant,
) -> Result<Funnel> {
    let scope = Scope::new(tx, actor, period, filter, now)?;
    Ok(of_scope(tx, &scope, mode, language)?.funnel)
}

/// The funnel of a scope.
///
/// # Errors
/// When the database cannot be read.
pub(super) fn of_scope(
    tx: &mut Tx<'_>,
    scope: &Scope,
    mode: FunnelMode,
    language: Language,
) -> Result<Told> {
    let names = targets::names_of_people(tx)?;
    let stages = stages(tx, scope);
    let told = match mode {
        FunnelMode::Flow => scope.of_flow(tx)?,
        FunnelMode::Snapshot | FunnelMode::Cohort => scope.clone(),
    };
    let groups = groups(tx, &told, mode)?;
    let tallies: Vec<Tally> = groups.iter().map(|group| tally(group, mode)).collect();
    let rotting = rotting(&groups);
    let stage_name = |code: &str| stage_name(&stages, code, language);
    let person = |id: &str| names.get(id).cloned().unwrap_or_default();
    let frame = Frame {
        stages: &stages,
        stage_name: &stage_name,
        person: &person,
        base: tx.company.base_currency,
    };
    let rows = match mode {
        FunnelMode::Snapshot => snapshot(&frame, &tallies, |code| {
            rotting.get(code).map_or(0, |sums| sums.deals)
        }),
        FunnelMode::Flow => flow(&frame, &tallies),
        FunnelMode::Cohort => cohort(&frame, &tallies),
    };
    let there = (mode == FunnelMode::Snapshot).then_some(groups.as_slice());
    let fullness = fullness_of(tx, scope, &frame, there)?;
    let whole = mode != FunnelMode::Flow;
    let funnel = Funnel {
        mode,
        from: scope.period.from,
        to: scope.period.to,
        as_of: told.as_of,
        stages: rows.stages,
        deals: whole.then_some(rows.deals),
        amount: whole.then(|| money(tx, rows.amount)),
        unconverted: rows.unconverted,
        fullness,
    };
    Ok(Told { funnel, rotting })
}

/// The stages that the rows are made of: those of the one process that is asked for, the stages that only
/// its older versions have among them, else all.
pub(super) fn stages(tx: &Tx<'_>, scope: &Scope) -> Stages {
    let [process] = scope.filter.process_id.0.as_slice() else {
        return tx.company.stages.clone();
    };
    let mut versions: Vec<_> = (tx.company.processes.values())
        .filter(|version| version.process_id == *process)
        .collect();
    versions.sort_by_key(|version| std::cmp::Reverse(version.number));
    match versions.split_first() {
        Some((newest, older)) => (newest.stages).with_dropped(older.iter().map(|v| &v.stages)),
        None => tx.company.stages.clone(),
    }
}

/// The name of a stage in a language.
pub(super) fn stage_name(stages: &Stages, code: &str, language: Language) -> String {
    stages.get(code).map_or_else(
        || code.to_owned(),
        |stage| match language {
            Language::En => stage.name_en.clone(),
            Language::Ru => stage.name_ru.clone(),
        },
    )
}

fn groups(tx: &mut Tx<'_>, scope: &Scope, mode: FunnelMode) -> Result<Vec<Group>> {
    let (selection, by) = match mode {
        FunnelMode::Snapshot => {
            let age = format!(
                "({} - deal_versions.created_ms) / {DAY}",
                scope.moment.millis()
            );
            let by = By::key("deal_versions.stage").days(&age).weighted();
            (
                Selection::snapshot(scope),
                by.part(&standing_sql(tx, scope)),
            )
        }
        FunnelMode::Flow => {
            let left = format!("deal_versions.left_ms < {}", scope.moment.millis());
            let part = left_for(scope);
            let days = format!(
                "CASE WHEN {left} THEN (deal_versions.left_ms - deal_versions.stage_entered_ms) / \
                 {DAY} ELSE 0 END"
            );
            (
                Selection::flow(scope),
                By::key("deal_versions.stage").part(&part).days(&days),
            )
        }
        FunnelMode::Cohort => (
            Selection::cohort(scope),
            By::key("deal_versions.way").part("deal_versions.status"),
        ),
    };
    let by = by.owner(selection.owner());
    grouped(tx, scope, &selection, &by)
}

/// SQL for how a visit had ended by the moment of a scope.
pub(super) fn left_for(scope: &Scope) -> String {
    format!(
        "CASE WHEN deal_versions.left_ms < {} THEN deal_versions.left_for ELSE 'remaining' END",
        scope.moment.millis()
    )
}

fn tally(group: &Group, mode: FunnelMode) -> Tally {
    let part = match (mode, group.part.as_deref()) {
        (FunnelMode::Snapshot, _) => Part::There,
        (FunnelMode::Flow, Some("advanced")) => Part::Advanced,
        (FunnelMode::Flow, Some("returned")) => Part::Returned,
        (FunnelMode::Flow, Some("closed")) => Part::Closed,
        (FunnelMode::Flow, _) => Part::Remaining,
        (FunnelMode::Cohort, Some("open")) => Part::Open,
        (FunnelMode::Cohort, _) => Part::Ended,
    };
    Tally {
        part,
        deals: group.deals,
        amount: group.amount(),
        weighted: group.weighted(),
        days: group.days(),
        unconverted: group.unconverted(),
        key: group.key.clone().unwrap_or_default(),
        owner: group.owner.clone().unwrap_or_default(),
    }
}

/// What rots in each stage, of groups by stage, split by [`standing_sql`].
fn rotting(groups: &[Group]) -> BTreeMap<String, Total> {
    let mut rotting = BTreeMap::<String, Total>::new();
    let rots = |group: &&Group| {
        group
            .part
            .as_deref()
            .is_some_and(|part| part.starts_with(ROTTING))
    };
    for group in groups.iter().filter(rots) {
        let stage = group.key.clone().unwrap_or_default();
        rotting.entry(stage).or_default().add(group);
    }
    rotting
}

/// SQL for the part of a deal in a snapshot: that of [`open_sql`], after [`ROTTING`] when it rots.
fn standing_sql(tx: &Tx<'_>, scope: &Scope) -> String {
    let rots = rotting_sql(tx, scope.moment);
    let part = match scope.filter.has_targets() {
        true => open_sql(scope),
        false => NOTHING.to_owned(),
    };
    format!(
        "CASE WHEN deal_versions.status = 'open' AND {rots} THEN '{ROTTING}' || COALESCE({part}, \
         '') ELSE {part} END"
    )
}

/// SQL for the part of a deal in what is open and counts towards the target of a scope.
fn open_sql(scope: &Scope) -> String {
    let Period { from, to } = scope.period;
    format!(
        "CASE WHEN deal_versions.status = 'open' AND {} THEN CASE WHEN \
         deal_versions.expected_close_on BETWEEN '{from}' AND '{to}' THEN '{EXPECTED}' ELSE \
         '{OTHER}' END END",
        targets::towards_sql(scope)
    )
}

/// What is open and counts towards a target: in each stage, and expected to close in the period.
#[derive(Debug, Default)]
struct Open {
    amounts: BTreeMap<String, i64>,
    expected: Total,
}

impl Open {
    /// Adds up groups by stage, split by [`open_sql`] or [`standing_sql`].
    fn of(groups: &[Group]) -> Self {
        let mut open = Self::default();
        for group in groups {
            let part = group.part.as_deref().unwrap_or_default();
            let part = part.strip_prefix(ROTTING).unwrap_or(part);
            if ![EXPECTED, OTHER].contains(&part) {
                continue;
            }
            let stage = group.key.clone().unwrap_or_default();
            *open.amounts.entry(stage).or_default() += group.amount();
            if part == EXPECTED {
                open.expected.add(group);
            }
        }
        open
    }
}

/// The fullness of the funnel of a scope; `None` when its deals are narrowed by more than people and
/// departments, for which there are no targets. `there` are the groups of its snapshot, where they are known.
fn fullness_of(
    tx: &mut Tx<'_>,
    scope: &Scope,
    frame: &Frame<'_>,
    there: Option<&[Group]>,
) -> Result<Option<Fullness>> {
    if !scope.filter.has_targets() {
        return Ok(None);
    }
    let target = targets::target(tx, scope)?;
    let open = match there {
        Some(groups) => Open::of(groups),
        None => {
            let by = By::key("deal_versions.stage").part(&open_sql(scope));
            Open::of(&grouped(tx, scope, &Selection::open(scope), &by)?)
        }
    };
    // Where the reader sees more deals than those that count towards the target, only these.
    let own = targets::towards(scope);
    let scope = own.as_ref().unwrap_or(scope);
    let won = total(tx, scope, &Selection::won(scope))?;
    let year = scope.within(Period::of(Preset::Last12Months, scope.as_of));
    let by = (By::key("deal_versions.way").part("deal_versions.status")).only_counts();
    let ended = grouped(tx, &year, &Selection::closed(&year, &["won", "lost"]), &by)?;
    let ended: Vec<(String, bool, i64)> = (ended.into_iter())
        .map(|group| {
            let is_won = group.part.as_deref() == Some("won");
            (group.key.unwrap_or_default(), is_won, group.deals)
        })
        .collect();
    Ok(Some(fullness(
        frame,
        &FullnessInput {
            period: scope.period,
            open_amount: open.expected.worth,
            target,
            won: won.worth,
            unconverted: open.expected.unconverted + won.unconverted,
            ended: &ended,
            open_in: &|stage| open.amounts.get(stage).copied().unwrap_or(0),
        },
    )))
}
