//! Reading processes. Everybody who signs in may: deals are explained by them.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use etalon_domain::deal::{DealFilter, DealStatus};
use etalon_domain::error::ErrorCode;
use etalon_domain::id::{ProcessId, ProcessVersionId, Ref};
use etalon_domain::page::Any;
use etalon_domain::policy::Actor;
use etalon_domain::process::{
    Definition, Process, ProcessPreview, ProcessVersion, StageDeals, VersionStatus, VersionSummary,
    differences,
};
use etalon_domain::stage::Stages;
use etalon_domain::time::from_naive;

use super::row::VersionRow;
use crate::connection::Tx;
use crate::deals::filter::{Resolved, narrow};
use crate::error::Result;
use crate::schema::{deals, process_versions, processes, users};

/// The open deals that a reader may see.
fn visible(tx: &mut Tx<'_>, reader: &Actor) -> Result<Resolved> {
    let filter = DealFilter {
        status: Any(vec![DealStatus::Open]),
        ..DealFilter::default()
    };
    Resolved::new(
        tx,
        reader,
        &filter,
        chrono_tz::Tz::UTC,
        NaiveDate::default(),
    )
}

/// All processes with their versions, the usual one first. Of the deals that follow them those are counted
/// that the reader may see.
///
/// # Errors
/// When the database cannot be read.
pub fn list(tx: &mut Tx<'_>, reader: &Actor) -> Result<Vec<Process>> {
    let rows: Vec<(String, bool, NaiveDateTime)> = processes::table
        .order((
            processes::is_default.desc(),
            processes::created_at,
            processes::id,
        ))
        .select((processes::id, processes::is_default, processes::created_at))
        .load(tx.conn)?;
    let resolved = visible(tx, reader)?;
    let open = deals::table
        .group_by(deals::process_version_id)
        .select((deals::process_version_id, diesel::dsl::count_star()))
        .into_boxed();
    let open: HashMap<String, i64> = narrow!(open, &resolved)
        .load::<(String, i64)>(tx.conn)?
        .into_iter()
        .collect();
    let mut found = Vec::with_capacity(rows.len());
    for (id, is_default, created_at) in rows {
        let versions: Vec<(VersionRow, Option<String>)> = process_versions::table
            .left_join(users::table.on(users::id.nullable().eq(process_versions::published_by)))
            .filter(process_versions::process_id.eq(&id))
            .order(process_versions::number.desc())
            .select((VersionRow::as_select(), users::name.nullable()))
            .load(tx.conn)?;
        let mut summaries = Vec::with_capacity(versions.len());
        let (mut name, mut current) = (None, None);
        for (row, publisher) in versions {
            let definition: Definition = serde_json::from_str(&row.definition)?;
            let status: VersionStatus = row.status.parse()?;
            if status == VersionStatus::Published && current.is_none() {
                current = Some(ProcessVersionId::new(row.id.clone()));
                name = Some(definition.name.clone());
            }
            name = name.or(Some(definition.name));
            summaries.push(VersionSummary {
                open_deals: open.get(&row.id).copied().unwrap_or(0),
                id: ProcessVersionId::new(row.id),
                number: row.number,
                status,
                published_at: row.published_at.map(from_naive),
                published_by: (row.published_by.zip(publisher)).map(|(id, name)| Ref { id, name }),
            });
        }
        found.push(Process {
            id: ProcessId::new(id),
            name: name.unwrap_or_default(),
            is_default,
            current_version_id: current,
            versions: summaries,
            created_at: from_naive(created_at),
        });
    }
    Ok(found)
}

/// One process with its versions.
///
/// # Errors
/// `not_found`, or that the database cannot be read.
pub fn get(tx: &mut Tx<'_>, reader: &Actor, id: &ProcessId) -> Result<Process> {
    let found = list(tx, reader)?
        .into_iter()
        .find(|process| process.id == *id);
    found.ok_or_else(|| ErrorCode::NotFound.into())
}

/// A version with everything in it.
///
/// # Errors
/// `not_found`, or that the database cannot be read.
pub fn version(tx: &mut Tx<'_>, id: &ProcessVersionId) -> Result<ProcessVersion> {
    let row: Option<VersionRow> = process_versions::table
        .filter(process_versions::id.eq(id.as_str()))
        .select(VersionRow::as_select())
        .first(tx.conn)
        .optional()?;
    row.ok_or(ErrorCode::NotFound)?.into_version()
}

/// The stages of a published version, with the final ones.
///
/// # Errors
/// `not_found`, or that the database cannot be read.
pub fn stages(tx: &mut Tx<'_>, id: &ProcessVersionId) -> Result<Stages> {
    let found = super::find(tx, id)?.ok_or(ErrorCode::NotFound)?;
    Ok(found.stages.clone())
}

/// The newest published version of a process.
///
/// # Errors
/// When the database cannot be read.
pub fn current_of(tx: &mut Tx<'_>, id: &ProcessId) -> Result<Option<ProcessVersionId>> {
    let found: Option<String> = process_versions::table
        .filter(process_versions::process_id.eq(id.as_str()))
        .filter(process_versions::status.eq(VersionStatus::Published.as_str()))
        .order(process_versions::number.desc())
        .select(process_versions::id)
        .first(tx.conn)
        .optional()?;
    Ok(found.map(ProcessVersionId::new))
}

/// What a version changes against the one before, and which open deals that the reader may see follow the
/// other ones, by stage.
///
/// # Errors
/// `not_found`, or that the database cannot be read.
pub fn preview(tx: &mut Tx<'_>, reader: &Actor, id: &ProcessVersionId) -> Result<ProcessPreview> {
    let newer = version(tx, id)?;
    let before: Option<VersionRow> = process_versions::table
        .filter(process_versions::process_id.eq(newer.process_id.as_str()))
        .filter(process_versions::number.lt(newer.number))
        .order(process_versions::number.desc())
        .select(VersionRow::as_select())
        .first(tx.conn)
        .optional()?;
    let before = before.map(VersionRow::into_version).transpose()?;
    let resolved = visible(tx, reader)?;
    let versions = process_versions::table
        .filter(process_versions::process_id.eq(newer.process_id.as_str()))
        .filter(process_versions::id.ne(newer.id.as_str()))
        .select(process_versions::id);
    let others = deals::table
        .group_by(deals::stage)
        .select((deals::stage, diesel::dsl::count_star()))
        .filter(deals::process_version_id.eq_any(versions))
        .into_boxed();
    let others: Vec<(String, i64)> = narrow!(others, &resolved).load(tx.conn)?;
    let deals = others.into_iter().map(|(stage, count)| StageDeals {
        known: newer.definition.stage(&stage).is_some(),
        stage,
        count,
    });
    Ok(ProcessPreview {
        differences: before
            .map(|before| differences(&before.definition, &newer.definition))
            .unwrap_or_default(),
        errors: etalon_domain::process::check(&newer.definition),
        open_deals: deals.collect(),
    })
}
