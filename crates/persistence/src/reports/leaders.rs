//! Who leads, and how one manager sells.

use std::collections::BTreeMap;

use diesel::prelude::*;
use etalon_domain::activity::ActivityFilter;
use etalon_domain::analytics::{
    ActivityCounts, AnalyticsFilter, CycleHistogram, Leader, LeaderKind, LeaderMeasure,
    Leaderboard, ManagerCard, PeriodQuery, StagePace, share,
};
use etalon_domain::error::ErrorCode;
use etalon_domain::id::{DepartmentId, Ref, UserId};
use etalon_domain::page::Any;
use etalon_domain::policy::{Actor, Reach};
use etalon_domain::target::Goals;
use etalon_domain::time::Instant;
use etalon_domain::user::Language;

use super::closed::{cycle_row, cycles, total_rate};
use super::funnel::{left_for, stage_name, stages};
use super::scope::{Scope, money};
use super::selection::{By, DAY, Group, Selection, grouped};
use super::{forecast, targets};
use crate::activities;
use crate::connection::Tx;
use crate::error::Result;
use crate::schema::users;

/// Who leads in a period, compared with the period before.
///
/// # Errors
/// `invalid_fields` when the period is none, or the database cannot be read.
pub fn leaderboard(
    tx: &mut Tx<'_>,
    actor: &Actor,
    by: Option<LeaderKind>,
    measure: Option<LeaderMeasure>,
    period: &PeriodQuery,
    filter: &AnalyticsFilter,
    now: Instant,
) -> Result<Leaderboard> {
    let scope = Scope::new(tx, actor, period, filter, now)?;
    let by = by.unwrap_or(LeaderKind::Person);
    let measure = measure.unwrap_or(LeaderMeasure::WonAmount);
    Ok(Leaderboard {
        from: scope.period.from,
        to: scope.period.to,
        by,
        measure,
        leaders: leaders(tx, &scope, by, measure)?,
    })
}

/// A person with the department.
struct Place {
    name: String,
    department: Option<String>,
}

/// What somebody achieved; the amount in minor units.
#[derive(Clone, Copy, Debug, Default)]
struct Achieved {
    amount: i64,
    wins: i64,
    unconverted: i64,
    activities: i64,
}

/// The places of a leaderboard.
///
/// # Errors
/// When the database cannot be read.
pub(super) fn leaders(
    tx: &mut Tx<'_>,
    scope: &Scope,
    by: LeaderKind,
    measure: LeaderMeasure,
) -> Result<Vec<Leader>> {
    let people = people(tx)?;
    let departments = targets::names_of_departments(tx)?;
    let goals = targets::goals(tx, scope)?;
    let mut leaders = compared(tx, scope, by, &people, &departments, &goals)?;
    let earlier = scope.within(scope.period.before());
    let past_goals = targets::goals(tx, &earlier)?;
    let mut before = compared(tx, &earlier, by, &people, &departments, &past_goals)?;
    rank(&mut leaders, measure);
    rank(&mut before, measure);
    for leader in &mut leaders {
        let same = before.iter().find(|past| past.id == leader.id);
        leader.previous_rank = same.map(|past| past.rank);
    }
    Ok(leaders)
}

fn people(tx: &mut Tx<'_>) -> Result<BTreeMap<String, Place>> {
    let rows: Vec<(String, String, Option<String>)> = users::table
        .select((users::id, users::name, users::department_id))
        .load(tx.conn)?;
    let places = rows
        .into_iter()
        .map(|(id, name, department)| (id, Place { name, department }));
    Ok(places.collect())
}

fn compared(
    tx: &mut Tx<'_>,
    scope: &Scope,
    by: LeaderKind,
    people: &BTreeMap<String, Place>,
    departments: &BTreeMap<String, String>,
    goals: &Goals,
) -> Result<Vec<Leader>> {
    let won = Selection::won(scope);
    let key = match by {
        LeaderKind::Person => won.owner(),
        LeaderKind::Department => won.department(),
    };
    let mut sums = BTreeMap::<String, Achieved>::new();
    for group in grouped(tx, scope, &won, &By::key(key))? {
        let sum = sums
            .entry(group.key.clone().unwrap_or_default())
            .or_default();
        sum.amount += group.amount();
        sum.wins += group.deals;
        sum.unconverted += group.unconverted();
    }
    for (owner, done) in activities::done_by_owner(tx, &activities_of(scope))? {
        let key = match by {
            LeaderKind::Person => Some(owner.clone()),
            LeaderKind::Department => people.get(&owner).and_then(|p| p.department.clone()),
        };
        sums.entry(key.unwrap_or_default()).or_default().activities += done;
    }
    // Who has a target is compared with it, even when nothing came of it yet.
    let expected: Vec<String> = match by {
        LeaderKind::Person => targets::people_with_target(scope, goals),
        LeaderKind::Department => targets::departments_with_target(scope, goals),
    };
    for id in expected {
        sums.entry(id).or_default();
    }
    let mut leaders = Vec::with_capacity(sums.len());
    for (id, sum) in sums {
        let (name, department_name, target) = match by {
            LeaderKind::Person => {
                let place = people.get(&id);
                let department = place.and_then(|place| place.department.as_ref());
                (
                    place.map(|place| place.name.clone()),
                    department.and_then(|id| departments.get(id).cloned()),
                    targets::of_person(scope, goals, &id),
                )
            }
            LeaderKind::Department => (
                departments.get(&id).cloned(),
                None,
                targets::of_department(scope, goals, &id),
            ),
        };
        // What belongs to no department is compared with none.
        let Some(name) = name else {
            continue;
        };
        let target = target.filter(|_| scope.filter.has_targets());
        leaders.push(Leader {
            rank: 0,
            opens_card: by == LeaderKind::Person && targets::sees_person(scope, goals, &id),
            id,
            name,
            department_name,
            won_amount: money(tx, sum.amount),
            wins: sum.wins,
            unconverted: sum.unconverted,
            activities: sum.activities,
            target: target.map(|minor| money(tx, minor)),
            attainment: target.and_then(|target| share(sum.amount, target)),
            previous_rank: None,
        });
    }
    Ok(leaders)
}

/// Puts leaders in order and gives equal ones the same place.
fn rank(leaders: &mut [Leader], measure: LeaderMeasure) {
    let value = |leader: &Leader| match measure {
        LeaderMeasure::WonAmount => leader.won_amount.minor as f64,
        LeaderMeasure::Wins => leader.wins as f64,
        LeaderMeasure::Activities => leader.activities as f64,
        LeaderMeasure::Attainment => leader.attainment.unwrap_or(-1.0),
    };
    leaders.sort_by(|a, b| {
        (value(b).total_cmp(&value(a)))
            .then_with(|| b.won_amount.minor.cmp(&a.won_amount.minor))
            .then_with(|| a.name.cmp(&b.name))
            .then_with(|| a.id.cmp(&b.id))
    });
    let mut before: Option<(f64, i64)> = None;
    for (leader, place) in leaders.iter_mut().zip(1..) {
        let value = value(leader);
        leader.rank = match before {
            Some((same, rank)) if same == value => rank,
            _ => place,
        };
        before = Some((value, leader.rank));
    }
}

/// The activities of the people that the filter selects: done by the as-of day, planned and overdue as of
/// now.
fn activities_of(scope: &Scope) -> activities::CountsQuery<'_> {
    activities::CountsQuery {
        actor: &scope.actor,
        filter: ActivityFilter {
            owner_id: scope.filter.owner_id.clone(),
            source: scope.filter.source.clone(),
            category: scope.filter.category.clone(),
            product_id: scope.filter.product_id.clone(),
            industry: scope.filter.industry.clone(),
            process_id: scope.filter.process_id.clone(),
            ..ActivityFilter::default()
        },
        departments: &scope.departments,
        period: scope.period,
        as_of: scope.as_of,
        now: scope.now,
    }
}

/// How much was and is to be done in the period of a scope; `done`, where it is known, is what was.
///
/// # Errors
/// When the database cannot be read.
pub(super) fn activity_counts(
    tx: &mut Tx<'_>,
    scope: &Scope,
    done: Option<i64>,
) -> Result<ActivityCounts> {
    let asked = activities_of(scope);
    let done = match done {
        Some(done) => done,
        None => activities::done_by_owner(tx, &asked)?.values().sum(),
    };
    let (planned, overdue) = activities::to_do(tx, &asked)?;
    Ok(ActivityCounts {
        done,
        planned,
        overdue,
    })
}

/// How a manager sells, beside the department as far as the reader sees it.
///
/// # Errors
/// `not_found` for somebody whose deals the reader does not see, `invalid_fields` when the period is
/// none, or the database cannot be read.
pub fn manager(
    tx: &mut Tx<'_>,
    actor: &Actor,
    person: &UserId,
    period: &PeriodQuery,
    filter: &AnalyticsFilter,
    language: Language,
    now: Instant,
) -> Result<ManagerCard> {
    let people = people(tx)?;
    let place = people.get(person.as_str()).ok_or(ErrorCode::NotFound)?;
    let department = place.department.clone().map(DepartmentId::new);
    let is_seen = match &actor.reach {
        Reach::All => true,
        Reach::Own => false,
        Reach::Departments { .. } => actor.reaches(department.as_ref()),
    };
    if !is_seen && actor.user_id != *person {
        return Err(ErrorCode::NotFound.into());
    }
    let own = AnalyticsFilter {
        owner_id: Any::one(person.clone()),
        department_id: Any::default(),
        subtree: None,
        ..filter.clone()
    };
    let scope = Scope::new(tx, actor, period, &own, now)?;
    let beside = match department.filter(|_| is_seen) {
        Some(id) => {
            let whole = AnalyticsFilter {
                owner_id: Any::default(),
                department_id: Any::one(id.clone()),
                ..own
            };
            Some((id, Scope::new(tx, actor, period, &whole, now)?))
        }
        None => None,
    };
    let mine = paces(tx, &scope)?;
    let theirs = match &beside {
        Some((_, scope)) => paces(tx, scope)?,
        None => BTreeMap::new(),
    };
    let order = stages(tx, &scope);
    let pace = |stage: &str| {
        let (mine, theirs) = (mine.get(stage), theirs.get(stage));
        StagePace {
            stage: stage.to_owned(),
            name: stage_name(&order, stage, language),
            entered: mine.map_or(0, |pace| pace.entered),
            conversion: mine.and_then(|pace| share(pace.advanced, pace.entered)),
            department_conversion: theirs.and_then(|pace| share(pace.advanced, pace.entered)),
            average_days: mine.and_then(|pace| pace.days.mean()),
            p90_days: mine.and_then(|pace| pace.days.percentile(90)),
            department_average_days: theirs.and_then(|pace| pace.days.mean()),
        }
    };
    let names = targets::names_of_departments(tx)?;
    let goals = targets::goals(tx, &scope)?;
    let department_win_rate = match &beside {
        Some((_, scope)) => Some(total_rate(tx, scope)?),
        None => None,
    };
    Ok(ManagerCard {
        person: Ref {
            id: person.as_str().to_owned(),
            name: place.name.clone(),
        },
        department: beside.map(|(id, _)| Ref {
            name: names.get(id.as_str()).cloned().unwrap_or_default(),
            id: id.into_string(),
        }),
        from: scope.period.from,
        to: scope.period.to,
        stages: order.open().map(|stage| pace(&stage.code)).collect(),
        win_rate: total_rate(tx, &scope)?,
        department_win_rate,
        cycle: cycle_row(None, None, &cycles(tx, &scope)?.won),
        forecast: forecast::line(tx, &scope, &goals)?,
        activities: activity_counts(tx, &scope, None)?,
    })
}

/// What became of the visits of one stage.
#[derive(Clone, Debug, Default)]
struct Pace {
    entered: i64,
    advanced: i64,
    days: CycleHistogram,
}

/// How the visits of each stage that began in the period went on by its end, and how long those took that
/// ended in it.
fn paces(tx: &mut Tx<'_>, scope: &Scope) -> Result<BTreeMap<String, Pace>> {
    let scope = scope.of_flow(tx)?;
    let mut found = BTreeMap::<String, Pace>::new();
    let stage = |group: &Group| group.key.clone().unwrap_or_default();
    let by = By::key("deal_versions.stage").part(&left_for(&scope));
    for group in grouped(tx, &scope, &Selection::flow(&scope), &by.only_counts())? {
        let pace = found.entry(stage(&group)).or_default();
        pace.entered += group.deals;
        if group.part.as_deref() == Some("advanced") {
            pace.advanced += group.deals;
        }
    }
    let days =
        format!("CAST((deal_versions.left_ms - deal_versions.stage_entered_ms) / {DAY} AS TEXT)");
    let by = By::key("deal_versions.stage").part(&days);
    for group in grouped(tx, &scope, &Selection::stays(&scope), &by.only_counts())? {
        if let Some(days) = group.part.as_deref().and_then(|days| days.parse().ok()) {
            let pace = found.entry(stage(&group)).or_default();
            pace.days.add(days, group.deals);
        }
    }
    Ok(found)
}
