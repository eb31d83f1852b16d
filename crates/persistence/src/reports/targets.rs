//! The targets that a report is compared with.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use etalon_domain::analytics::{AnalyticsFilter, Period};
use etalon_domain::page::Any;
use etalon_domain::policy::{Actor, Reach};
use etalon_domain::target::{Goals, Holder};

use super::scope::Scope;
use crate::connection::Tx;
use crate::error::Result;
use crate::schema::{departments, targets, users};

/// The targets of the months of a scope that its reader may see, as in the grid: all, those of the
/// departments whose deals he sees and of their people, or only his own; with who belongs where.
///
/// # Errors
/// When the database cannot be read.
pub(super) fn goals(tx: &mut Tx<'_>, scope: &Scope) -> Result<Goals> {
    let period = scope.period;
    type Entered = (Option<String>, Option<String>, NaiveDate, i64);
    let months = period.months();
    let first = months
        .first()
        .map_or(period.from, |month| first_of(month.from));
    let entered: Vec<Entered> = targets::table
        .filter(targets::month.ge(first))
        .filter(targets::month.le(period.to))
        .select((
            targets::owner_id,
            targets::department_id,
            targets::month,
            targets::amount,
        ))
        .load(tx.conn)?;
    let mut goals = Goals::new(crate::departments::tree(tx)?);
    let people: Vec<(String, Option<String>)> = users::table
        .select((users::id, users::department_id))
        .load(tx.conn)?;
    for (person, department) in people {
        goals.add_person(&person, department.as_deref());
    }
    for (owner, department, month, amount) in entered {
        let holder = match (owner, department) {
            (Some(owner), _) => Holder::Person(owner),
            (None, Some(department)) => Holder::Department(department),
            (None, None) => continue,
        };
        if crate::goals::is_seen(&scope.actor, &goals, &holder) {
            goals.enter(holder, month, amount);
        }
    }
    Ok(goals)
}

fn first_of(day: NaiveDate) -> NaiveDate {
    use chrono::Datelike as _;
    day.with_day(1).unwrap_or(day)
}

/// The target that the deals of a scope are to meet, in minor units: of the people or departments of its
/// filter, else of all whose deals the reader sees. `None` when none was entered, or when deals are
/// narrowed by more than people and departments.
pub(super) fn of_scope(scope: &Scope, goals: &Goals) -> Option<i64> {
    of_filter(
        &scope.actor,
        &scope.filter,
        &scope.departments,
        goals,
        scope.period,
    )
}

/// The same of a filter; `departments` are those that it means.
pub(crate) fn of_filter(
    actor: &Actor,
    filter: &AnalyticsFilter,
    departments: &[String],
    goals: &Goals,
    period: Period,
) -> Option<i64> {
    if !filter.has_targets() {
        return None;
    }
    if !filter.owner_id.is_empty() {
        let people = filter.owner_id.0.iter();
        return sum(people.map(|id| of_person_at(departments, goals, id.as_str(), period)));
    }
    if !filter.department_id.is_empty() {
        let named: Vec<&str> = (filter.department_id.0.iter())
            .filter(|id| actor.reaches(Some(*id)))
            .map(|id| id.as_str())
            .collect();
        if filter.subtree == Some(false) {
            let each = named.iter();
            return sum(each.map(|id| goals.of_department_alone(id, period)));
        }
        return goals.of_departments(&named, period);
    }
    match &actor.reach {
        Reach::All => goals.of_company(period),
        Reach::Departments { departments } => {
            let seen: Vec<&str> = departments.iter().map(|id| id.as_str()).collect();
            goals.of_departments(&seen, period)
        }
        Reach::Own => goals.of_person(actor.user_id.as_str(), period),
    }
}

/// The deals that count towards the target of a scope: without a filter by person or department those of
/// whom the target is, where the reader sees others too. `None` when they are all of its deals.
pub(super) fn towards(scope: &Scope) -> Option<Scope> {
    let filter = &scope.filter;
    let is_narrowed = !filter.owner_id.is_empty() || !filter.department_id.is_empty();
    if is_narrowed || !filter.has_targets() {
        return None;
    }
    let mut own = scope.clone();
    match &scope.actor.reach {
        Reach::All => return None,
        Reach::Own => own.filter.owner_id = Any::one(scope.actor.user_id.clone()),
        Reach::Departments { departments } => {
            own.filter.department_id = Any(departments.clone());
            own.departments = departments.iter().map(ToString::to_string).collect();
        }
    }
    Some(own)
}

/// SQL for whether a version counts towards the target of a scope: what [`towards`] narrows it by.
pub(super) fn towards_sql(scope: &Scope) -> String {
    let Some(own) = towards(scope) else {
        return "1 = 1".to_owned();
    };
    let (column, ids): (_, Vec<&str>) = match own.departments.as_slice() {
        [] => {
            let owners = own.filter.owner_id.0.iter();
            ("owner_id", owners.map(|id| id.as_str()).collect())
        }
        departments => (
            "department_id",
            departments.iter().map(String::as_str).collect(),
        ),
    };
    if ids.is_empty() {
        return "1 = 1".to_owned();
    }
    let ids: Vec<String> = (ids.iter())
        .map(|id| format!("'{}'", id.replace('\'', "''")))
        .collect();
    format!("deal_versions.{column} IN ({})", ids.join(", "))
}

/// The target of a person in the period of a scope, when the person belongs to what its filter selects.
pub(super) fn of_person(scope: &Scope, goals: &Goals, id: &str) -> Option<i64> {
    of_person_at(&scope.departments, goals, id, scope.period)
}

fn of_person_at(departments: &[String], goals: &Goals, id: &str, period: Period) -> Option<i64> {
    let home = goals.department_of(id);
    let is_there = departments.is_empty()
        || departments.iter().any(|known| match home {
            Some(home) => known == home,
            None => known == "none",
        });
    is_there.then(|| goals.of_person(id, period)).flatten()
}

/// The target of a department by itself in the period of a scope, for those who see its deals.
pub(super) fn of_department(scope: &Scope, goals: &Goals, id: &str) -> Option<i64> {
    (goals.of_department_alone(id, scope.period)).filter(|_| scope.sees_department(Some(id)))
}

/// The target of the deals of a scope, read by itself.
///
/// # Errors
/// When the database cannot be read.
pub(super) fn target(tx: &mut Tx<'_>, scope: &Scope) -> Result<Option<i64>> {
    if !scope.filter.has_targets() {
        return Ok(None);
    }
    let goals = goals(tx, scope)?;
    Ok(of_scope(scope, &goals))
}

fn sum(each: impl Iterator<Item = Option<i64>>) -> Option<i64> {
    each.flatten().reduce(|a, b| a + b)
}

/// The names of people by identifier.
///
/// # Errors
/// When the database cannot be read.
pub(super) fn names_of_people(tx: &mut Tx<'_>) -> Result<BTreeMap<String, String>> {
    let names: Vec<(String, String)> = users::table
        .select((users::id, users::name))
        .load(tx.conn)?;
    Ok(names.into_iter().collect())
}

/// The names of the departments by identifier.
///
/// # Errors
/// When the database cannot be read.
pub(super) fn names_of_departments(tx: &mut Tx<'_>) -> Result<BTreeMap<String, String>> {
    let names: Vec<(String, String)> = departments::table
        .select((departments::id, departments::name))
        .load(tx.conn)?;
    Ok(names.into_iter().collect())
}

/// Whether the reader sees how a person sells: himself, and the people of departments whose deals he sees.
pub(super) fn sees_person(scope: &Scope, goals: &Goals, id: &str) -> bool {
    id == scope.actor.user_id.as_str() || scope.sees_department(goals.department_of(id))
}

/// The people who have a target in the period of a scope and are selected by its filter.
pub(super) fn people_with_target(scope: &Scope, goals: &Goals) -> Vec<String> {
    if !scope.filter.has_targets() {
        return Vec::new();
    }
    let owners = &scope.filter.owner_id.0;
    (goals.people().into_iter())
        .filter(|id| of_person(scope, goals, id).is_some_and(|target| target > 0))
        .filter(|id| owners.is_empty() || owners.iter().any(|owner| owner.as_str() == *id))
        .map(str::to_owned)
        .collect()
}

/// The departments that have a target by themselves in the period of a scope and are selected by its filter.
pub(super) fn departments_with_target(scope: &Scope, goals: &Goals) -> Vec<String> {
    if !scope.filter.has_targets() || !scope.filter.owner_id.is_empty() {
        return Vec::new();
    }
    (goals.departments().into_iter())
        .filter(|id| of_department(scope, goals, id).is_some_and(|target| target > 0))
        .filter(|id| {
            scope.departments.is_empty() || scope.departments.iter().any(|known| known == id)
        })
        .map(str::to_owned)
        .collect()
}
