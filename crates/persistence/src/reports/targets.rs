//! The targets that a report is compared with.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use diesel::prelude::*;
use etalon_domain::id::DepartmentId;
use etalon_domain::policy::Reach;
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
    if entered.is_empty() {
        return Ok(goals);
    }
    let people: Vec<(String, Option<String>)> = users::table
        .select((users::id, users::department_id))
        .load(tx.conn)?;
    let mut seen = BTreeSet::from([scope.actor.user_id.as_str().to_owned()]);
    for (person, department) in people {
        goals.add_person(&person, department.as_deref());
        if scope.sees_department(department.as_deref()) {
            seen.insert(person);
        }
    }
    for (owner, department, month, amount) in entered {
        match (owner, department) {
            (Some(owner), _) if seen.contains(&owner) => {
                goals.enter(Holder::Person(owner), month, amount);
            }
            (None, Some(department)) if scope.sees_department(Some(&department)) => {
                goals.enter(Holder::Department(department), month, amount);
            }
            _ => {}
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
    if !scope.filter.has_targets() {
        return None;
    }
    let period = scope.period;
    if !scope.filter.owner_id.is_empty() {
        let people = scope.filter.owner_id.0.iter();
        return sum(people.map(|id| goals.of_person(id.as_str(), period)));
    }
    if !scope.filter.department_id.is_empty() {
        let named: Vec<&DepartmentId> = (scope.filter.department_id.0.iter())
            .filter(|id| scope.actor.reaches(Some(*id)))
            .collect();
        if scope.filter.subtree == Some(false) {
            let each = named.iter();
            return sum(each.map(|id| of_department(scope, goals, id.as_str())));
        }
        let named: Vec<&str> = named.iter().map(|id| id.as_str()).collect();
        return goals.of_departments(&named, period);
    }
    match &scope.actor.reach {
        Reach::All => goals.of_company(period),
        Reach::Departments { departments } => {
            let seen: Vec<&str> = departments.iter().map(|id| id.as_str()).collect();
            goals.of_departments(&seen, period)
        }
        Reach::Own => goals.of_person(scope.actor.user_id.as_str(), period),
    }
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

/// The people who have a target in the period of a scope and are selected by its filter.
pub(super) fn people_with_target(scope: &Scope, goals: &Goals) -> Vec<String> {
    if !scope.filter.has_targets() {
        return Vec::new();
    }
    let (owners, departments) = (&scope.filter.owner_id.0, &scope.departments);
    let is_at_home = |id: &str| {
        let home = goals.department_of(id);
        home.is_some_and(|home| departments.iter().any(|known| known == home))
    };
    (goals.people().into_iter())
        .filter(|id| (goals.of_person(id, scope.period)).is_some_and(|target| target > 0))
        .filter(|id| owners.is_empty() || owners.iter().any(|owner| owner.as_str() == *id))
        .filter(|id| departments.is_empty() || is_at_home(id))
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
