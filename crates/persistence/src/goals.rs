//! Targets of people and departments: the grid, and the one function that changes it.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use etalon_domain::analytics::{AnalyticsFilter, Period};
use etalon_domain::error::{Error as DomainError, ErrorCode, FieldError};
use etalon_domain::event::{EventKind, FieldChange};
use etalon_domain::id::{DepartmentId, UserId};
use etalon_domain::money::Money;
use etalon_domain::policy::{Actor, Reach, may_set_target};
use etalon_domain::target::{
    Goals, Holder, TargetCell, TargetDraft, TargetDrafts, TargetGrid, TargetRow,
};
use etalon_domain::time::{from_naive, to_naive};

use crate::connection::Tx;
use crate::context::{Context, new_id};
use crate::error::Result;
use crate::record::note;
use crate::schema::{departments, targets, users};
use crate::timeline::Entity;

/// A target as it is stored.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = targets)]
struct Row {
    id: String,
    owner_id: Option<String>,
    department_id: Option<String>,
    month: NaiveDate,
    amount: i64,
    version: i64,
    updated_at: NaiveDateTime,
}

impl Row {
    fn holder(&self) -> Option<Holder> {
        match (&self.owner_id, &self.department_id) {
            (Some(owner), _) => Some(Holder::Person(owner.clone())),
            (None, Some(department)) => Some(Holder::Department(department.clone())),
            (None, None) => None,
        }
    }
}

/// A person in the tree of departments.
#[derive(Clone, Debug, Queryable)]
struct Person {
    id: String,
    name: String,
    department: Option<String>,
    active: bool,
    sells: String,
}

/// Whether a reader may see a target: his own, and those of departments whose deals he sees with their
/// people; the goals know who belongs where.
pub(crate) fn is_seen(actor: &Actor, goals: &Goals, holder: &Holder) -> bool {
    let home = match holder {
        Holder::Person(id) => goals.department_of(id),
        Holder::Department(id) => Some(id.as_str()),
    };
    let is_own = matches!(holder, Holder::Person(id) if id == actor.user_id.as_str());
    is_own || actor.reaches(home.map(DepartmentId::new).as_ref())
}

/// The targets of the months of a period that the reader may see and the filter selects, by people and
/// departments: departments, each followed by its people; with a filter by people only these.
///
/// # Errors
/// When the database cannot be read.
pub fn grid(
    tx: &mut Tx<'_>,
    actor: &Actor,
    period: Period,
    filter: &AnalyticsFilter,
) -> Result<TargetGrid> {
    let meant = crate::departments::meant(tx, &filter.department_id, filter.subtree)?;
    let months: Vec<NaiveDate> = (period.months().iter())
        .map(|month| month.from.with_day(1).unwrap_or(month.from))
        .collect();
    let whole = |month: NaiveDate| Period {
        from: month,
        to: etalon_domain::analytics::shifted(month, 1)
            .pred_opt()
            .unwrap_or(month),
    };
    let entered: Vec<Row> = targets::table
        .filter(targets::month.eq_any(&months))
        .select(Row::as_select())
        .load(tx.conn)?;
    let people: Vec<Person> = users::table
        .order((users::search_text, users::id))
        .select((
            users::id,
            users::name,
            users::department_id,
            users::active,
            users::role,
        ))
        .load(tx.conn)?;
    let tree = crate::departments::tree(tx)?;
    let names: Vec<(String, String)> = departments::table
        .order((departments::name_key, departments::id))
        .select((departments::id, departments::name))
        .load(tx.conn)?;
    let mut goals = Goals::new(tree.clone());
    let mut stored = BTreeMap::new();
    for person in &people {
        goals.add_person(&person.id, person.department.as_deref());
    }
    for row in &entered {
        let seen = (row.holder()).filter(|holder| is_seen(actor, &goals, holder));
        if let Some(holder) = seen {
            goals.enter(holder.clone(), row.month, row.amount);
            stored.insert((holder, row.month), row);
        }
    }
    let base = tx.company.base_currency;
    let money = |minor: Option<i64>| minor.map(|minor| Money::new(minor, base));
    let row = |holder: Holder, name: &str, department: Option<&str>, depth: i32| {
        let department = department.map(DepartmentId::new);
        let cells: Vec<TargetCell> = (months.iter())
            .map(|month| {
                let known = stored.get(&(holder.clone(), *month));
                let amount = known.map(|row| row.amount);
                TargetCell {
                    month: *month,
                    amount: money(amount),
                    effective: money(match &holder {
                        Holder::Person(_) => amount,
                        Holder::Department(id) => goals.of_month(id, *month),
                    }),
                    version: known.map_or(0, |row| row.version),
                    updated_at: known.map(|row| from_naive(row.updated_at)),
                }
            })
            .collect();
        TargetRow {
            may_edit: may_set_target(actor, department.as_ref()),
            owner_id: match &holder {
                Holder::Person(id) => Some(UserId::new(id.clone())),
                Holder::Department(_) => None,
            },
            department_id: department,
            name: name.to_owned(),
            depth,
            total: money(sum(cells.iter().map(|cell| cell.effective))),
            cells,
        }
    };
    let has_target = |id: &str| {
        let holder = Holder::Person(id.to_owned());
        stored.keys().any(|(known, _)| *known == holder)
    };
    // Who reads only sells nothing; who left is shown while there is something to show.
    let owners = &filter.owner_id.0;
    let people_of = |department: Option<&str>| -> Vec<&Person> {
        (people.iter())
            .filter(|person| person.department.as_deref() == department)
            .filter(|person| owners.is_empty() || owners.iter().any(|o| o.as_str() == person.id))
            .filter(|person| person.active && person.sells != "viewer" || has_target(&person.id))
            .collect()
    };
    let is_meant = |department: Option<&str>| {
        let word = department.unwrap_or("none");
        meant.is_empty() || meant.iter().any(|id| id == word)
    };
    let mut rows = Vec::new();
    let mut place = vec![(None::<String>, 0)];
    let mut order = Vec::new();
    while let Some((above, depth)) = place.pop() {
        if let Some(id) = &above {
            order.push((id.clone(), depth - 1));
        }
        let below = names.iter().rev().filter(|(id, _)| {
            let found = tree.iter().find(|(known, _)| known.as_str() == id);
            found.is_some_and(|(_, parent)| parent.as_ref().map(|p| p.as_str()) == above.as_deref())
        });
        place.extend(below.map(|(id, _)| (Some(id.clone()), depth + 1)));
    }
    for (id, depth) in &order {
        let department = Some(DepartmentId::new(id.clone()));
        if !actor.reaches(department.as_ref()) || !is_meant(Some(id)) {
            continue;
        }
        let name = names.iter().find(|(known, _)| known == id);
        let name = name.map_or("", |(_, name)| name.as_str());
        if owners.is_empty() {
            rows.push(row(Holder::Department(id.clone()), name, Some(id), *depth));
        }
        for person in people_of(Some(id)) {
            let holder = Holder::Person(person.id.clone());
            rows.push(row(holder, &person.name, Some(id), depth + 1));
        }
    }
    match &actor.reach {
        Reach::All if is_meant(None) => {
            for person in people_of(None) {
                rows.push(row(
                    Holder::Person(person.id.clone()),
                    &person.name,
                    None,
                    0,
                ));
            }
        }
        Reach::Own => {
            let me = people
                .iter()
                .find(|person| person.id == actor.user_id.as_str());
            let is_asked = |me: &&Person| {
                let is_named = owners.is_empty() || owners.contains(&actor.user_id);
                is_named && is_meant(me.department.as_deref())
            };
            if let Some(me) = me.filter(is_asked) {
                let department = me.department.as_deref();
                rows.push(row(Holder::Person(me.id.clone()), &me.name, department, 0));
            }
        }
        Reach::All | Reach::Departments { .. } => {}
    }
    let totals: Vec<TargetCell> = (months.iter())
        .map(|month| {
            let period = whole(*month);
            let total = crate::reports::target_of(actor, filter, &meant, &goals, period);
            TargetCell {
                month: *month,
                amount: None,
                effective: money(total),
                version: 0,
                updated_at: None,
            }
        })
        .collect();
    Ok(TargetGrid {
        total: money(sum(totals.iter().map(|cell| cell.effective))),
        months,
        rows,
        totals,
    })
}

fn sum(each: impl Iterator<Item = Option<Money>>) -> Option<i64> {
    each.flatten().map(|money| money.minor).reduce(|a, b| a + b)
}

/// Changes targets, all of them or none: the only function that writes them.
///
/// # Errors
/// `not_found` for somebody the reader does not see, `forbidden`, `stale_version`, invalid fields, or that
/// the database failed.
pub fn replace(tx: &mut Tx<'_>, context: &Context, drafts: &TargetDrafts) -> Result<()> {
    drafts.check()?;
    let mut errors = Vec::new();
    let mut changes = Vec::with_capacity(drafts.items.len());
    for (at, draft) in drafts.items.iter().enumerate() {
        match draft.holder(at, tx.company.base_currency) {
            Ok(holder) => changes.push((holder, draft, at)),
            Err(found) => errors.extend(found),
        }
    }
    if !errors.is_empty() {
        return Err(DomainError::Invalid(errors).into());
    }
    let mut departments_of = BTreeMap::new();
    for (holder, draft, at) in changes {
        let department = match departments_of.get(&holder) {
            Some(department) => Clone::clone(department),
            None => {
                let found = department_of(tx, &holder, at)?;
                departments_of.insert(holder.clone(), found.clone());
                found
            }
        };
        if !may_set_target(&context.actor, department.as_ref()) {
            return Err(ErrorCode::Forbidden.into());
        }
        change(tx, context, &holder, draft)?;
    }
    Ok(())
}

/// The department by which it is decided who may set a target.
fn department_of(tx: &mut Tx<'_>, holder: &Holder, at: usize) -> Result<Option<DepartmentId>> {
    let unknown = |field: &str| {
        DomainError::Invalid(vec![FieldError::unknown(&format!("items.{at}.{field}"))])
    };
    match holder {
        Holder::Person(id) => {
            let found: Option<Option<String>> = users::table
                .filter(users::id.eq(id))
                .select(users::department_id)
                .first(tx.conn)
                .optional()?;
            let department = found.ok_or_else(|| unknown("owner_id"))?;
            Ok(department.map(DepartmentId::new))
        }
        Holder::Department(id) => {
            let tree = crate::departments::tree(tx)?;
            let known = tree.into_iter().find(|(known, _)| known.as_str() == id);
            let (id, _) = known.ok_or_else(|| unknown("department_id"))?;
            Ok(Some(id))
        }
    }
}

fn change(tx: &mut Tx<'_>, context: &Context, holder: &Holder, draft: &TargetDraft) -> Result<()> {
    let (owner, department) = match holder {
        Holder::Person(id) => (Some(id.as_str()), None),
        Holder::Department(id) => (None, Some(id.as_str())),
    };
    let current: Option<Row> = match holder {
        Holder::Person(id) => targets::table
            .filter(targets::owner_id.eq(id))
            .filter(targets::month.eq(draft.month))
            .select(Row::as_select())
            .first(tx.conn)
            .optional()?,
        Holder::Department(id) => targets::table
            .filter(targets::department_id.eq(id))
            .filter(targets::month.eq(draft.month))
            .select(Row::as_select())
            .first(tx.conn)
            .optional()?,
    };
    let version = current.as_ref().map_or(0, |row| row.version);
    if draft.version.is_some_and(|seen| seen != version) {
        return Err(ErrorCode::StaleVersion.into());
    }
    let before = current.as_ref().map(|row| row.amount);
    let after = draft.amount.map(|money| money.minor);
    if before == after {
        return Ok(());
    }
    let now = to_naive(context.now);
    let by = context.actor.user_id.as_str();
    match (&current, after) {
        (None, Some(amount)) => {
            diesel::insert_into(targets::table)
                .values((
                    targets::id.eq(new_id()),
                    targets::owner_id.eq(owner),
                    targets::department_id.eq(department),
                    targets::month.eq(draft.month),
                    targets::amount.eq(amount),
                    targets::version.eq(1),
                    targets::updated_at.eq(now),
                    targets::updated_by.eq(by),
                ))
                .execute(tx.conn)?;
        }
        (Some(row), Some(amount)) => {
            let same = targets::table
                .filter(targets::id.eq(&row.id))
                .filter(targets::version.eq(row.version));
            let changed = diesel::update(same)
                .set((
                    targets::amount.eq(amount),
                    targets::version.eq(row.version + 1),
                    targets::updated_at.eq(now),
                    targets::updated_by.eq(by),
                ))
                .execute(tx.conn)?;
            if changed == 0 {
                return Err(ErrorCode::StaleVersion.into());
            }
        }
        (Some(row), None) => {
            diesel::delete(targets::table.filter(targets::id.eq(&row.id))).execute(tx.conn)?;
        }
        (None, None) => {}
    }
    let base = tx.company.base_currency;
    let value = |minor: Option<i64>| serde_json::to_value(minor.map(|m| Money::new(m, base)));
    let told = FieldChange {
        field: draft.month.format("%Y-%m").to_string(),
        from: value(before)?,
        to: value(after)?,
    };
    let entity_id = owner.or(department).unwrap_or_default();
    note(
        tx.conn,
        context,
        Entity::Targets,
        entity_id,
        EventKind::Updated,
        &[told],
    )
}
