//! The only way to change processes. Administrators do.

use diesel::prelude::*;
use etalon_domain::deal::{DealCommand, FollowProcess};
use etalon_domain::error::{Error as DomainError, ErrorCode};
use etalon_domain::event::EventKind;
use etalon_domain::id::{DealId, ProcessId, ProcessVersionId};
use etalon_domain::policy::may_manage_company;
use etalon_domain::process::{
    Definition, MigrationReport, Process, ProcessDraft, ProcessVersion, VersionStatus, check,
    reference,
};
use etalon_domain::stage::Stage;
use etalon_domain::time::to_naive;

use super::list::{get, version};
use super::row::VersionRow;
use crate::connection::{AnyConnection, Tx};
use crate::context::{Context, new_id};
use crate::error::{Result, is_unique_violation};
use crate::record::refuse_stale;
use crate::schema::{deals, process_versions, processes, stages};
use crate::timeline::{self, Entity, Entry};

fn require_admin(context: &Context) -> Result<()> {
    if may_manage_company(&context.actor) {
        Ok(())
    } else {
        Err(ErrorCode::Forbidden.into())
    }
}

fn note(tx: &mut Tx<'_>, context: &Context, id: &ProcessId, kind: EventKind) -> Result<()> {
    let entry = Entry {
        at: context.now,
        kind,
        changes: &[],
        reason: None,
    };
    timeline::append(tx.conn, context, Entity::Process, id.as_str(), &entry)
}

/// Creates a process with a draft of its first version.
///
/// # Errors
/// `forbidden`, `not_found` when the version to copy is not there, or that the database failed.
pub fn create(tx: &mut Tx<'_>, context: &Context, draft: &ProcessDraft) -> Result<Process> {
    require_admin(context)?;
    let mut definition = match &draft.copy_of {
        Some(id) => version(tx, id)?.definition,
        None => reference(),
    };
    definition.name = draft.name.clone();
    let id = ProcessId::new(new_id());
    diesel::insert_into(processes::table)
        .values((
            processes::id.eq(id.as_str()),
            processes::is_default.eq(false),
            processes::created_at.eq(to_naive(context.now)),
        ))
        .execute(tx.conn)?;
    insert_draft(tx, context, &id, 1, &definition)?;
    note(tx, context, &id, EventKind::Created)?;
    get(tx, &context.actor, &id)
}

fn insert_draft(
    tx: &mut Tx<'_>,
    context: &Context,
    process: &ProcessId,
    number: i64,
    definition: &Definition,
) -> Result<ProcessVersionId> {
    let now = to_naive(context.now);
    let id = new_id();
    let inserted = diesel::insert_into(process_versions::table)
        .values(VersionRow {
            id: id.clone(),
            process_id: process.as_str().to_owned(),
            number,
            status: VersionStatus::Draft.as_str().to_owned(),
            definition: serde_json::to_string(definition)?,
            version: 1,
            published_at: None,
            published_by: None,
            created_at: now,
            updated_at: now,
        })
        .execute(tx.conn);
    match inserted {
        Ok(_) => Ok(ProcessVersionId::new(id)),
        // Somebody else has made the draft at the same time.
        Err(error) if is_unique_violation(&error) => Err(ErrorCode::StaleVersion.into()),
        Err(error) => Err(error.into()),
    }
}

fn draft_of(tx: &mut Tx<'_>, process: &ProcessId) -> Result<Option<VersionRow>> {
    Ok(process_versions::table
        .filter(process_versions::process_id.eq(process.as_str()))
        .filter(process_versions::status.eq(VersionStatus::Draft.as_str()))
        .select(VersionRow::as_select())
        .first(tx.conn)
        .optional()?)
}

/// Saves the draft of the next version of a process; the first save makes it, unless it is that of a draft
/// which somebody has published or thrown away meanwhile. A draft may be incomplete: it is checked when it
/// is published.
///
/// # Errors
/// `forbidden`, `not_found`, `stale_version`, or that the database failed.
pub fn replace_draft(
    tx: &mut Tx<'_>,
    context: &Context,
    process: &ProcessId,
    expected_version: Option<i64>,
    definition: &Definition,
) -> Result<ProcessVersion> {
    require_admin(context)?;
    let known = get(tx, &context.actor, process)?;
    let id = match draft_of(tx, process)? {
        Some(row) => {
            refuse_stale(row.version, expected_version)?;
            let mine = process_versions::table
                .filter(process_versions::id.eq(&row.id))
                .filter(process_versions::version.eq(row.version));
            let changed = diesel::update(mine)
                .set((
                    process_versions::definition.eq(serde_json::to_string(definition)?),
                    process_versions::version.eq(row.version + 1),
                    process_versions::updated_at.eq(to_naive(context.now)),
                ))
                .execute(tx.conn)?;
            if changed == 0 {
                return Err(ErrorCode::StaleVersion.into());
            }
            ProcessVersionId::new(row.id)
        }
        None if expected_version.is_some_and(|version| version != 0) => {
            return Err(ErrorCode::StaleVersion.into());
        }
        None => {
            let newest = known.versions.iter().map(|v| v.number).max().unwrap_or(0);
            insert_draft(tx, context, process, newest + 1, definition)?
        }
    };
    version(tx, &id)
}

/// Throws the draft of a process away.
///
/// # Errors
/// `forbidden`, `not_found` when there is none, `in_use` for the only version, or that the database
/// failed.
pub fn discard(tx: &mut Tx<'_>, context: &Context, process: &ProcessId) -> Result<()> {
    require_admin(context)?;
    let known = get(tx, &context.actor, process)?;
    let draft = draft_of(tx, process)?.ok_or(ErrorCode::NotFound)?;
    diesel::delete(process_versions::table.filter(process_versions::id.eq(&draft.id)))
        .execute(tx.conn)?;
    if known.versions.len() == 1 {
        diesel::delete(processes::table.filter(processes::id.eq(process.as_str())))
            .execute(tx.conn)?;
    }
    note(tx, context, process, EventKind::Deleted)
}

/// Publishes the draft of a process: from now on new deals follow it, and it is never changed again.
/// Call [`crate::Db::reload_company`] afterwards.
///
/// # Errors
/// `forbidden`, `not_found` without a draft, `stale_version`, the fields that are not valid, or that the
/// database failed.
pub fn publish(
    tx: &mut Tx<'_>,
    context: &Context,
    process: &ProcessId,
    expected_version: Option<i64>,
) -> Result<ProcessVersion> {
    require_admin(context)?;
    let known = get(tx, &context.actor, process)?;
    let draft = draft_of(tx, process)?.ok_or(ErrorCode::NotFound)?;
    refuse_stale(draft.version, expected_version)?;
    let definition: Definition = serde_json::from_str(&draft.definition)?;
    let errors = check(&definition);
    if !errors.is_empty() {
        return Err(DomainError::Invalid(errors).into());
    }
    let mine = process_versions::table
        .filter(process_versions::id.eq(&draft.id))
        .filter(process_versions::version.eq(draft.version));
    let now = to_naive(context.now);
    let changed = diesel::update(mine)
        .set((
            process_versions::status.eq(VersionStatus::Published.as_str()),
            process_versions::version.eq(draft.version + 1),
            process_versions::published_at.eq(now),
            process_versions::published_by.eq(context.actor.user_id.as_str()),
            process_versions::updated_at.eq(now),
        ))
        .execute(tx.conn)?;
    if changed == 0 {
        return Err(ErrorCode::StaleVersion.into());
    }
    if known.is_default {
        refresh_stages(tx.conn, &definition)?;
    } else {
        add_stages(tx.conn, &definition)?;
    }
    note(tx, context, process, EventKind::Updated)?;
    version(tx, &ProcessVersionId::new(draft.id))
}

/// Makes a process the one that new deals follow. Call [`crate::Db::reload_company`] afterwards.
///
/// # Errors
/// `forbidden`, `not_found` when it or a published version of it is not there, or that the database failed.
pub fn make_default(tx: &mut Tx<'_>, context: &Context, process: &ProcessId) -> Result<Process> {
    require_admin(context)?;
    let known = get(tx, &context.actor, process)?;
    let current = known.current_version_id.ok_or(ErrorCode::NotFound)?;
    diesel::update(processes::table)
        .set(processes::is_default.eq(false))
        .execute(tx.conn)?;
    diesel::update(processes::table.filter(processes::id.eq(process.as_str())))
        .set(processes::is_default.eq(true))
        .execute(tx.conn)?;
    let definition = version(tx, &current)?.definition;
    refresh_stages(tx.conn, &definition)?;
    note(tx, context, process, EventKind::Updated)?;
    get(tx, &context.actor, process)
}

/// How many deals one transaction moves to another version.
const BATCH: i64 = 100;

/// Moves some of the open deals that follow older versions of a process to one of its versions: those
/// behind a number, in the order of their numbers. Deals in a stage that the version does not have stay as
/// they are and are counted. Returns the number behind which to go on; `None` when all were looked at.
///
/// # Errors
/// `forbidden`, `not_found`, or that the database failed.
pub fn migrate(
    tx: &mut Tx<'_>,
    context: &Context,
    to: &ProcessVersionId,
    behind: i64,
) -> Result<(MigrationReport, Option<i64>)> {
    require_admin(context)?;
    let target = version(tx, to)?;
    if target.status != VersionStatus::Published {
        return Err(ErrorCode::NotFound.into());
    }
    let found: Vec<(String, i64, String)> = deals::table
        .inner_join(process_versions::table.on(process_versions::id.eq(deals::process_version_id)))
        .filter(process_versions::process_id.eq(target.process_id.as_str()))
        .filter(process_versions::number.lt(target.number))
        .filter(deals::status.eq("open"))
        .filter(deals::deleted_at.is_null())
        .filter(deals::number.gt(behind))
        .order(deals::number)
        .select((deals::id, deals::number, deals::stage))
        .limit(BATCH)
        .load(tx.conn)?;
    let next = (found.last()).map(|(_, number, _)| *number);
    let mut report = MigrationReport::default();
    for (id, _, stage) in found {
        if target.definition.stage(&stage).is_none() {
            report.left += 1;
            continue;
        }
        let command = DealCommand::Follow(FollowProcess {
            process_version_id: to.clone(),
            stage: None,
            override_reason: None,
        });
        crate::deals::execute_bulk(tx, context, Some(&DealId::new(id)), &command)?;
        report.moved += 1;
    }
    Ok((report, next))
}

/// Brings the common list of stages to the order and names of a definition; stages that only other
/// processes or older versions have come behind them, the final ones last.
pub(super) fn refresh_stages(conn: &mut AnyConnection, definition: &Definition) -> Result<()> {
    let known: Vec<(String, String)> = stages::table
        .order(stages::position)
        .select((stages::code, stages::status))
        .load(conn)?;
    // Out of the way first: positions are unique.
    diesel::update(stages::table)
        .set(stages::position.eq(stages::position + 10_000))
        .execute(conn)?;
    let all = definition.to_stages();
    let mut position = 0;
    for stage in all.open() {
        position += 1;
        put(
            conn,
            stage,
            position,
            known.iter().any(|(code, _)| *code == stage.code),
        )?;
    }
    for (code, status) in &known {
        if status == "open" && all.get(code).is_none() {
            position += 1;
            diesel::update(stages::table.filter(stages::code.eq(code)))
                .set(stages::position.eq(position))
                .execute(conn)?;
        }
    }
    for stage in all.all().iter().filter(|stage| !stage.is_open()) {
        position += 1;
        put(
            conn,
            stage,
            position,
            known.iter().any(|(code, _)| *code == stage.code),
        )?;
    }
    Ok(())
}

/// Adds the stages of a definition that the common list does not have, behind the others of the work.
fn add_stages(conn: &mut AnyConnection, definition: &Definition) -> Result<()> {
    let known: Vec<String> = stages::table.select(stages::code).load(conn)?;
    let all = definition.to_stages();
    let new: Vec<&Stage> = (all.open())
        .filter(|stage| !known.contains(&stage.code))
        .collect();
    if new.is_empty() {
        return Ok(());
    }
    let last: Option<i32> = stages::table
        .filter(stages::status.eq("open"))
        .select(diesel::dsl::max(stages::position))
        .first(conn)?;
    let last = last.unwrap_or(0);
    let shift = new.len() as i32;
    for offset in [10_000, shift - 10_000] {
        let ends = stages::table.filter(stages::status.ne("open"));
        diesel::update(ends)
            .set(stages::position.eq(stages::position + offset))
            .execute(conn)?;
    }
    for (stage, position) in new.into_iter().zip(last + 1..) {
        put(conn, stage, position, false)?;
    }
    Ok(())
}

fn put(conn: &mut AnyConnection, stage: &Stage, position: i32, known: bool) -> Result<()> {
    let values = (
        stages::position.eq(position),
        stages::name_en.eq(&stage.name_en),
        stages::name_ru.eq(&stage.name_ru),
        stages::status.eq(stage.status.as_str()),
        stages::probability.eq(stage.probability),
        stages::forecast_category.eq(stage.forecast_category.as_str()),
        stages::rotting_days.eq(stage.rotting_days),
    );
    if known {
        diesel::update(stages::table.filter(stages::code.eq(&stage.code)))
            .set(values)
            .execute(conn)?;
    } else {
        diesel::insert_into(stages::table)
            .values((stages::code.eq(&stage.code), values))
            .execute(conn)?;
    }
    Ok(())
}
