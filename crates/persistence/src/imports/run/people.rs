//! People, their heads and their departments.

use std::collections::HashSet;

use etalon_domain::department::DepartmentDraft;
use etalon_domain::id::{DepartmentId, UserId};
use etalon_domain::import::{ImportFile, ImportKind, ImportProblem, ImportedRecord, ProblemCode};
use etalon_domain::record::RecordCommand;
use etalon_domain::text::normalize_name;
use etalon_domain::user::{Role, UserDraft};
use etalon_import::problems::Place;
use etalon_import::{Mention, PersonRow, Table};

use super::Run;
use super::batch;
use super::directory::Person;
use super::mentions::Who;
use super::order::{Mentioned, mentioned_first};
use super::step::{Step, Taken, is_imagined};
use crate::error::Result;
use crate::imports::links::{fingerprint, id_key};
use crate::{departments, users};

const KIND: ImportKind = ImportKind::People;

impl Mentioned for PersonRow {
    fn external_id(&self) -> Option<&str> {
        self.external_id.as_deref()
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn above(&self) -> Option<&Mention> {
        self.manager.as_ref()
    }
}

/// Takes the people of a file. Whoever is named as somebody's head becomes one.
pub(super) fn import(
    run: &mut Run<'_>,
    file: &ImportFile,
    table: &Table,
) -> Result<Vec<ImportProblem>> {
    let mut parsed = etalon_import::people(table, &file.columns, &run.settings);
    let heads: HashSet<String> = parsed
        .rows
        .iter()
        .filter_map(|row| row.manager.as_ref())
        .map(|manager| normalize_name(manager.text()))
        .collect();
    parsed.rows = mentioned_first(parsed.rows);
    batch::rows(run, file, parsed, |step, row| person(step, row, &heads))
}

fn person(step: &mut Step<'_, '_, '_>, row: &PersonRow, heads: &HashSet<String>) -> Result<Taken> {
    if row.role == Some(Role::Admin) && step.run.context.actor.role != Role::Admin {
        let place = Place {
            value: Some(&row.name),
            ..Place::row(step.row)
        };
        let message = "is an administrator; only administrators make others";
        step.problems.error(ProblemCode::NotAllowed, place, message);
        return Ok(Taken::Failed);
    }
    let department = department_of(step, row)?;
    let manager = match &row.manager {
        Some(mention) => Some(head(step, mention, department.as_ref())?),
        None => None,
    };
    let is_head = heads.contains(&normalize_name(&row.name))
        || row
            .external_id
            .as_ref()
            .is_some_and(|id| heads.contains(&normalize_name(id)));
    let fresh = if is_head { Role::Head } else { Role::Manager };
    let key = match &row.external_id {
        Some(id) => id_key(id),
        None => format!("={}", normalize_name(&row.name)),
    };
    let print = fingerprint(&(
        (
            &row.external_id,
            &row.name,
            &row.email,
            row.role,
            row.active,
        ),
        (&department, &manager, is_head),
    ))?;
    let known = match step.link(KIND, &key, &print) {
        Some((_, true)) => return Ok(Taken::Unchanged),
        Some((id, false)) => Some(id),
        None => same_person(step, row),
    };
    let Some(id) = known else {
        let mut draft = step.person_draft(&row.name, row.role.unwrap_or(fresh), department);
        draft.email.clone_from(&row.email);
        draft.manager_id = manager;
        draft.active = row.active.unwrap_or(true);
        let id = step.add_person(&draft, row.external_id.as_ref())?;
        step.remember(KIND, key, &id, print);
        return Ok(Taken::Created);
    };
    let taken = merge(step, &id, row, (department, manager), is_head)?;
    if taken != Taken::Failed {
        step.remember(KIND, key, &id, print);
    }
    Ok(taken)
}

/// Somebody who is there already: by e-mail address, else by name when nothing tells them apart.
fn same_person(step: &Step<'_, '_, '_>, row: &PersonRow) -> Option<String> {
    let directory = &step.run.directory;
    if let Some(email) = &row.email
        && let Some(person) = directory.person_by_email(email)
    {
        return Some(person.id.clone());
    }
    let contradicts = |person: &&Person| match (&row.email, &person.email) {
        (Some(a), Some(b)) => !a.eq_ignore_ascii_case(b),
        _ => false,
    };
    let identified = |id: &str| row.external_id.is_some() && step.run.links.is_identified(KIND, id);
    let named = directory.people_named(&row.name);
    let mut free = named
        .into_iter()
        .filter(|person| !contradicts(person) && !identified(&person.id));
    free.next().map(|person| person.id.clone())
}

/// Writes what the row says over what is there; people who can sign in are left as they are. Somebody
/// whom the importing person does not lead any more is not changed, which is an error of the row.
fn merge(
    step: &mut Step<'_, '_, '_>,
    id: &str,
    row: &PersonRow,
    (department, manager): (Option<DepartmentId>, Option<UserId>),
    is_head: bool,
) -> Result<Taken> {
    let named = Place {
        value: Some(&row.name),
        ..Place::row(step.row)
    };
    let Some(before) = draft_of(step, id)? else {
        let message = "is a person whom you do not lead any more";
        step.problems.error(ProblemCode::NotAllowed, named, message);
        return Ok(Taken::Failed);
    };
    let role = match (row.role, is_head) {
        (Some(role), _) => role,
        (None, true) if before.role == Role::Manager => Role::Head,
        (None, _) => before.role,
    };
    let draft = UserDraft {
        name: row.name.clone(),
        email: row.email.clone().or_else(|| before.email.clone()),
        role,
        department_id: department.or_else(|| before.department_id.clone()),
        manager_id: manager.or_else(|| before.manager_id.clone()),
        active: row.active.unwrap_or(before.active),
        ..before.clone()
    };
    if draft == before {
        return Ok(Taken::Unchanged);
    }
    if step.run.directory.person(id).is_some_and(|p| p.signs_in) {
        let message = "can sign in and is left as it is; change the person in the settings";
        step.problems.note(ProblemCode::KeptPerson, named, message);
        return Ok(Taken::Unchanged);
    }
    Ok(match step.edit_person(id, &draft)? {
        true => Taken::Updated,
        false => Taken::Unchanged,
    })
}

/// The form of a person as it is; of an imagined one what is known. `None` for people beyond reach.
fn draft_of(step: &mut Step<'_, '_, '_>, id: &str) -> Result<Option<UserDraft>> {
    let Some(person) = step.run.directory.person(id).cloned() else {
        return Ok(None);
    };
    if !is_imagined(id) {
        let user = users::get(step.tx, &UserId::new(id))?;
        return Ok(Some(UserDraft::from(&user)));
    }
    let department = person.department.map(DepartmentId::new);
    let mut draft = step.person_draft(&person.name, person.role, department);
    draft.email = person.email;
    draft.active = person.active;
    Ok(Some(draft))
}

/// The department that a row names, created below that of the import when it is missing; without one
/// that of the import.
fn department_of(step: &mut Step<'_, '_, '_>, row: &PersonRow) -> Result<Option<DepartmentId>> {
    let parent = step.run.import.options.parent_department_id.clone();
    let Some(name) = &row.department else {
        return Ok(parent);
    };
    let above = parent.as_ref().map(|id| id.as_str());
    if let Some(found) = step.run.directory.department_named(name, above) {
        return Ok(Some(DepartmentId::new(found)));
    }
    let draft = DepartmentDraft {
        name: name.clone(),
        parent_id: parent.clone(),
        share_deals: false,
    };
    let id = step.create(&draft, |step| {
        let command = RecordCommand::create(draft.clone());
        let made = departments::execute(step.tx, &step.run.context, None, None, &command)?;
        // A head leads what lies below: also what was just created.
        let id = step.run.context.actor.user_id.clone();
        if let Some(actor) = users::actor(step.tx, &id)? {
            step.run.context.actor = actor;
        }
        Ok(made.id.into_string())
    })?;
    let above = parent.map(DepartmentId::into_string);
    step.run.directory.add_department(id.clone(), name, above);
    step.also_created(ImportedRecord::Department);
    Ok(Some(DepartmentId::new(id)))
}

/// The head who is mentioned, created in the department of the row when nobody is known by that
/// name; an imported manager becomes a head.
fn head(
    step: &mut Step<'_, '_, '_>,
    mention: &Mention,
    department: Option<&DepartmentId>,
) -> Result<UserId> {
    match step.who(mention) {
        Who::One(person) => {
            if person.role == Role::Manager
                && !person.signs_in
                && let Some(before) = draft_of(step, &person.id)?
            {
                let draft = UserDraft {
                    role: Role::Head,
                    ..before
                };
                step.edit_person(&person.id, &draft)?;
            }
            Ok(UserId::new(person.id))
        }
        Who::Nobody => {
            let name = mention.name.as_deref().unwrap_or_else(|| mention.text());
            let draft = step.person_draft(name, Role::Head, department.cloned());
            let id = step.add_person(&draft, None)?;
            step.also_created(ImportedRecord::Person);
            Ok(UserId::new(id))
        }
        Who::Several => {
            let message = "is the name of several people; the first is taken";
            step.warn(mention, ProblemCode::AmbiguousReference, message);
            let name = mention.name.as_deref().unwrap_or_else(|| mention.text());
            let named = step.run.directory.people_named(name);
            let id = named.first().map(|p| p.id.clone()).unwrap_or_default();
            Ok(UserId::new(id))
        }
    }
}
