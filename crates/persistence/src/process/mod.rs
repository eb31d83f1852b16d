//! Processes and their versions. A published version is never changed, so it may be remembered.

mod list;
mod row;
mod write;

pub use list::{current_of, get, list, preview, stages, version};
pub use write::{create, discard, make_default, migrate, publish, replace_draft};

use std::collections::HashMap;
use std::sync::Arc;

use diesel::prelude::*;
use etalon_domain::id::{ProcessId, ProcessVersionId};
use etalon_domain::process::{
    Definition, Published, REFERENCE_PROCESS, REFERENCE_VERSION, VersionStatus, reference,
};
use etalon_domain::time::{from_naive, to_naive};

use crate::connection::{AnyConnection, Tx};
use crate::error::{Error, Result};
use crate::schema::{process_versions, processes};
use row::VersionRow;

type Versions = HashMap<ProcessVersionId, Arc<Published>>;

/// Identifier, process, number and definition of a published version.
type Stored = (String, String, i64, String);

/// All published versions, and the one that new deals follow. A fresh database gets the reference
/// process.
pub(crate) fn published(conn: &mut AnyConnection) -> Result<(Versions, Arc<Published>)> {
    let rows: Vec<Stored> = process_versions::table
        .filter(process_versions::status.eq(VersionStatus::Published.as_str()))
        .select((
            process_versions::id,
            process_versions::process_id,
            process_versions::number,
            process_versions::definition,
        ))
        .load(conn)?;
    if rows.is_empty() {
        create_reference(conn)?;
        return published(conn);
    }
    let mut found = Versions::new();
    for row in rows {
        let version = prepared(row)?;
        found.insert(version.id.clone(), Arc::new(version));
    }
    let usual = usual(conn)?.ok_or_else(|| Error::Corrupt("no process is usual".to_owned()))?;
    let usual = found
        .get(&usual)
        .cloned()
        .ok_or_else(|| Error::Corrupt(format!("process version {usual}")))?;
    Ok((found, usual))
}

fn prepared((id, process, number, definition): Stored) -> Result<Published> {
    let definition: Definition = serde_json::from_str(&definition)?;
    Ok(Published::new(
        ProcessVersionId::new(id),
        ProcessId::new(process),
        number,
        definition,
    ))
}

/// The newest published version of the usual process.
fn usual(conn: &mut AnyConnection) -> Result<Option<ProcessVersionId>> {
    let found: Option<String> = process_versions::table
        .inner_join(processes::table.on(processes::id.eq(process_versions::process_id)))
        .filter(processes::is_default.eq(true))
        .filter(process_versions::status.eq(VersionStatus::Published.as_str()))
        .order(process_versions::number.desc())
        .select(process_versions::id)
        .first(conn)
        .optional()?;
    Ok(found.map(ProcessVersionId::new))
}

/// The version that a new deal follows: the newest published one of the process that is chosen, else of
/// the usual one. `None` when there is no such process or none of its versions is published.
pub(crate) fn for_new_deal(
    tx: &mut Tx<'_>,
    process: Option<&ProcessId>,
) -> Result<Option<Arc<Published>>> {
    let id = match process {
        None => usual(tx.conn)?,
        Some(process) => current_of(tx, process)?,
    };
    match id {
        Some(id) => find(tx, &id),
        None => Ok(None),
    }
}

/// A published version.
pub(crate) fn find(tx: &mut Tx<'_>, id: &ProcessVersionId) -> Result<Option<Arc<Published>>> {
    if let Some(known) = tx.company.processes.get(id) {
        return Ok(Some(Arc::clone(known)));
    }
    let row: Option<Stored> = process_versions::table
        .filter(process_versions::id.eq(id.as_str()))
        .filter(process_versions::status.eq(VersionStatus::Published.as_str()))
        .select((
            process_versions::id,
            process_versions::process_id,
            process_versions::number,
            process_versions::definition,
        ))
        .first(tx.conn)
        .optional()?;
    row.map(|row| prepared(row).map(Arc::new)).transpose()
}

fn create_reference(conn: &mut AnyConnection) -> Result<()> {
    let now = to_naive(from_naive(chrono::NaiveDateTime::default()));
    diesel::insert_into(processes::table)
        .values((
            processes::id.eq(REFERENCE_PROCESS),
            processes::is_default.eq(true),
            processes::created_at.eq(now),
        ))
        .execute(conn)?;
    let definition = reference();
    diesel::insert_into(process_versions::table)
        .values(VersionRow {
            id: REFERENCE_VERSION.to_owned(),
            process_id: REFERENCE_PROCESS.to_owned(),
            number: 1,
            status: VersionStatus::Published.as_str().to_owned(),
            definition: serde_json::to_string(&definition)?,
            version: 1,
            published_at: Some(now),
            published_by: None,
            created_at: now,
            updated_at: now,
        })
        .execute(conn)?;
    write::refresh_stages(conn, &definition)
}
