//! The tree of departments. Everybody who signs in sees it; a head changes the own department and
//! what lies below it.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use etalon_domain::department::{Department, DepartmentDraft, subtree};
use etalon_domain::error::{ErrorCode, FieldCode, FieldError, validate};
use etalon_domain::event::{EventKind, diff, initial};
use etalon_domain::id::DepartmentId;
use etalon_domain::page::Any;
use etalon_domain::policy::may_manage_department;
use etalon_domain::record::RecordCommand;
use etalon_domain::text::normalize_name;
use etalon_domain::time::{from_naive, to_naive};

use crate::connection::Tx;
use crate::context::{Context, new_id};
use crate::error::Result;
use crate::portable::{Lock, lock};
use crate::record::{name_change, note, refuse_invalid, refuse_stale};
use crate::schema::{deals, departments, users};
use crate::timeline::Entity;

#[derive(Clone, Debug, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = departments, treat_none_as_null = true)]
struct Row {
    id: String,
    name: String,
    name_key: String,
    parent_id: Option<String>,
    share_deals: bool,
    version: i64,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
}

/// Every department with the one above it.
///
/// # Errors
/// When the database cannot be read.
pub fn tree(tx: &mut Tx<'_>) -> Result<Vec<(DepartmentId, Option<DepartmentId>)>> {
    let rows: Vec<(String, Option<String>)> = departments::table
        .select((departments::id, departments::parent_id))
        .load(tx.conn)?;
    Ok(rows
        .into_iter()
        .map(|(id, parent)| (DepartmentId::new(id), parent.map(DepartmentId::new)))
        .collect())
}

/// The departments that a filter names, with all below them unless `subtree` is `false`; `none`, which
/// stands for no department, stays.
///
/// # Errors
/// When the database cannot be read.
pub(crate) fn meant(
    tx: &mut Tx<'_>,
    named: &Any<DepartmentId>,
    with_below: Option<bool>,
) -> Result<Vec<String>> {
    let needs_tree = !named.is_empty() && with_below != Some(false);
    let tree = if needs_tree { tree(tx)? } else { Vec::new() };
    Ok(meant_in(&tree, named, with_below))
}

/// The same where the tree is known.
pub(crate) fn meant_in(
    tree: &[(DepartmentId, Option<DepartmentId>)],
    named: &Any<DepartmentId>,
    with_below: Option<bool>,
) -> Vec<String> {
    if with_below == Some(false) {
        return named.0.iter().map(ToString::to_string).collect();
    }
    let all = named.0.iter().flat_map(|id| subtree(id, tree));
    all.map(DepartmentId::into_string).collect()
}

/// All departments, by name.
///
/// # Errors
/// When the database cannot be read.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<Department>> {
    let rows: Vec<Row> = departments::table
        .order((departments::name_key, departments::id))
        .load(tx.conn)?;
    let people: Vec<(Option<String>, i64)> = users::table
        .filter(users::active.eq(true))
        .group_by(users::department_id)
        .select((users::department_id, diesel::dsl::count_star()))
        .load(tx.conn)?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let found = people
                .iter()
                .find(|(id, _)| id.as_deref() == Some(row.id.as_str()));
            into_department(row, found.map_or(0, |(_, count)| *count))
        })
        .collect())
}

/// A department.
///
/// # Errors
/// `not_found`.
pub fn get(tx: &mut Tx<'_>, id: &DepartmentId) -> Result<Department> {
    let row: Row = departments::table
        .filter(departments::id.eq(id.as_str()))
        .first(tx.conn)
        .optional()?
        .ok_or(ErrorCode::NotFound)?;
    let people = users::table
        .filter(users::active.eq(true))
        .filter(users::department_id.eq(id.as_str()))
        .count()
        .get_result(tx.conn)?;
    Ok(into_department(row, people))
}

/// The department with this name below this one. For imports.
///
/// # Errors
/// When the database cannot be read.
pub fn find(
    tx: &mut Tx<'_>,
    parent: Option<&DepartmentId>,
    name: &str,
) -> Result<Option<DepartmentId>> {
    let mut query = departments::table
        .filter(departments::name_key.eq(normalize_name(name)))
        .select(departments::id)
        .into_boxed();
    query = match parent {
        Some(parent) => query.filter(departments::parent_id.eq(parent.as_str())),
        None => query.filter(departments::parent_id.is_null()),
    };
    let id: Option<String> = query.first(tx.conn).optional()?;
    Ok(id.map(DepartmentId::new))
}

fn into_department(row: Row, people: i64) -> Department {
    Department {
        id: DepartmentId::new(row.id),
        name: row.name,
        parent_id: row.parent_id.map(DepartmentId::new),
        share_deals: row.share_deals,
        people,
        version: row.version,
        created_at: from_naive(row.created_at),
        updated_at: from_naive(row.updated_at),
    }
}

/// Carries out a command on a department: the only function that writes one.
///
/// # Errors
/// `not_found`, `forbidden`, `stale_version`, `in_use`, invalid fields, or that the database failed.
pub fn execute(
    tx: &mut Tx<'_>,
    context: &Context,
    id: Option<&DepartmentId>,
    expected_version: Option<i64>,
    command: &RecordCommand<DepartmentDraft>,
) -> Result<Department> {
    if let RecordCommand::Create { draft, .. } = command {
        return create(tx, context, draft);
    }
    let current = get(tx, id.ok_or(ErrorCode::NotFound)?)?;
    if !may_manage_department(&context.actor, Some(&current.id)) {
        return Err(ErrorCode::Forbidden.into());
    }
    refuse_stale(current.version, expected_version)?;
    match command {
        RecordCommand::Edit(draft) => edit(tx, context, &current, draft),
        RecordCommand::Delete => remove(tx, context, current),
        RecordCommand::Create { .. } | RecordCommand::Restore => Err(ErrorCode::NotDeleted.into()),
    }
}

fn create(tx: &mut Tx<'_>, context: &Context, draft: &DepartmentDraft) -> Result<Department> {
    let draft = normalized(draft);
    if !may_manage_department(&context.actor, draft.parent_id.as_ref()) {
        return Err(ErrorCode::Forbidden.into());
    }
    check(tx, None, &draft)?;
    let row = Row {
        id: new_id(),
        name: draft.name.clone(),
        name_key: normalize_name(&draft.name),
        parent_id: draft.parent_id.as_ref().map(|id| id.as_str().into()),
        share_deals: draft.share_deals,
        version: 1,
        created_at: to_naive(context.now),
        updated_at: to_naive(context.now),
    };
    diesel::insert_into(departments::table)
        .values(&row)
        .execute(tx.conn)?;
    let mut changes = initial(&draft);
    let parent = name_of(tx, draft.parent_id.as_ref())?;
    name_change(&mut changes, "parent_id", None, parent.as_deref());
    note(
        tx.conn,
        context,
        Entity::Department,
        &row.id,
        EventKind::Created,
        &changes,
    )?;
    get(tx, &DepartmentId::new(row.id))
}

fn edit(
    tx: &mut Tx<'_>,
    context: &Context,
    current: &Department,
    draft: &DepartmentDraft,
) -> Result<Department> {
    let draft = normalized(draft);
    if draft.parent_id != current.parent_id
        && !may_manage_department(&context.actor, draft.parent_id.as_ref())
    {
        return Err(ErrorCode::Forbidden.into());
    }
    if draft.parent_id != current.parent_id {
        // Two moves at the same moment could make a ring of which each sees only its own half.
        lock(tx.conn, Lock::Departments)?;
    }
    check(tx, Some(current), &draft)?;
    let mut changes = diff(&DepartmentDraft::from(current), &draft);
    if changes.is_empty() {
        return Ok(current.clone());
    }
    let row = departments::table
        .filter(departments::id.eq(current.id.as_str()))
        .filter(departments::version.eq(current.version));
    let changed = diesel::update(row)
        .set((
            departments::name.eq(&draft.name),
            departments::name_key.eq(normalize_name(&draft.name)),
            departments::parent_id.eq(draft.parent_id.as_ref().map(|id| id.as_str())),
            departments::share_deals.eq(draft.share_deals),
            departments::version.eq(current.version + 1),
            departments::updated_at.eq(to_naive(context.now)),
        ))
        .execute(tx.conn)?;
    if changed == 0 {
        return Err(ErrorCode::StaleVersion.into());
    }
    let before = name_of(tx, current.parent_id.as_ref())?;
    let after = name_of(tx, draft.parent_id.as_ref())?;
    name_change(
        &mut changes,
        "parent_id",
        before.as_deref(),
        after.as_deref(),
    );
    note(
        tx.conn,
        context,
        Entity::Department,
        current.id.as_str(),
        EventKind::Updated,
        &changes,
    )?;
    get(tx, &current.id)
}

fn remove(tx: &mut Tx<'_>, context: &Context, current: Department) -> Result<Department> {
    let id = current.id.as_str();
    let children: i64 = departments::table
        .filter(departments::parent_id.eq(id))
        .count()
        .get_result(tx.conn)?;
    let people: i64 = users::table
        .filter(users::department_id.eq(id))
        .count()
        .get_result(tx.conn)?;
    let sales: i64 = deals::table
        .filter(deals::department_id.eq(id))
        .count()
        .get_result(tx.conn)?;
    if children + people + sales > 0 {
        return Err(ErrorCode::InUse.into());
    }
    diesel::delete(departments::table.filter(departments::id.eq(id))).execute(tx.conn)?;
    note(
        tx.conn,
        context,
        Entity::Department,
        id,
        EventKind::Deleted,
        &[],
    )?;
    Ok(current)
}

fn name_of(tx: &mut Tx<'_>, id: Option<&DepartmentId>) -> Result<Option<String>> {
    let Some(id) = id else {
        return Ok(None);
    };
    Ok(departments::table
        .filter(departments::id.eq(id.as_str()))
        .select(departments::name)
        .first(tx.conn)
        .optional()?)
}

fn normalized(draft: &DepartmentDraft) -> DepartmentDraft {
    DepartmentDraft {
        name: draft.name.trim().to_owned(),
        ..draft.clone()
    }
}

fn check(tx: &mut Tx<'_>, current: Option<&Department>, draft: &DepartmentDraft) -> Result<()> {
    let mut errors = validate(draft);
    if let Some(parent) = &draft.parent_id {
        let tree = tree(tx)?;
        if !tree.iter().any(|(id, _)| id == parent) {
            errors.push(FieldError::unknown("parent_id"));
        } else if current.is_some_and(|c| subtree(&c.id, &tree).contains(parent)) {
            errors.push(FieldError::new(
                "parent_id",
                FieldCode::Cycle,
                "lies below this department",
            ));
        }
    }
    let same = find(tx, draft.parent_id.as_ref(), &draft.name)?;
    if !draft.name.is_empty() && same.is_some_and(|id| current.is_none_or(|c| c.id != id)) {
        errors.push(FieldError::new(
            "name",
            FieldCode::AlreadyUsed,
            "another department there has this name",
        ));
    }
    refuse_invalid(errors)
}
