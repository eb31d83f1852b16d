//! Versions that an earlier release of the program wrote.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;
use etalon_domain::id::ProcessVersionId;

use super::row::{LeftFor, Row, end_visit, follow, mark_return};
use crate::connection::{AnyConnection, Company};
use crate::error::Result;
use crate::schema::{accounts, deal_versions, deals};

/// Fills what follows from the rows before in versions that an earlier release of the program wrote.
///
/// # Errors
/// When the database fails.
pub(crate) fn complete(conn: &mut AnyConnection, company: &Company) -> Result<usize> {
    let mut completed = 0;
    loop {
        let some: Vec<String> = deal_versions::table
            .filter(deal_versions::way.eq(""))
            .select(deal_versions::deal_id)
            .distinct()
            .limit(500)
            .load(conn)?;
        if some.is_empty() {
            return Ok(completed);
        }
        completed += some.len();
        complete_some(conn, company, &some)?;
    }
}

/// What [`complete_some`] needs to know of a deal.
#[derive(Queryable)]
struct Known {
    id: String,
    created_at: NaiveDateTime,
    owner_id: String,
    department_id: Option<String>,
    process_version_id: String,
    industry: Option<String>,
    deleted_at: Option<NaiveDateTime>,
    cycle_days: Option<i32>,
    close_reason: Option<String>,
    winner_account_id: Option<String>,
}

fn complete_some(conn: &mut AnyConnection, company: &Company, some: &[String]) -> Result<()> {
    let known: Vec<Known> = deals::table
        .left_join(accounts::table.on(accounts::id.nullable().eq(deals::account_id)))
        .filter(deals::id.eq_any(some))
        .select((
            deals::id,
            deals::created_at,
            deals::owner_id,
            deals::department_id,
            deals::process_version_id,
            accounts::industry.nullable(),
            deals::deleted_at,
            deals::cycle_days,
            deals::close_reason,
            deals::winner_account_id,
        ))
        .load(conn)?;
    let mut rows: Vec<Row> = deal_versions::table
        .filter(deal_versions::deal_id.eq_any(some))
        .order((deal_versions::deal_id, deal_versions::valid_from))
        .select(Row::as_select())
        .load(conn)?;
    let known: BTreeMap<&str, &Known> = known.iter().map(|deal| (deal.id.as_str(), deal)).collect();
    for versions in rows.chunk_by_mut(|a, b| a.deal_id == b.deal_id) {
        let Some(deal) = versions
            .first()
            .and_then(|row| known.get(row.deal_id.as_str()))
        else {
            continue;
        };
        derive(versions, deal, company);
    }
    for row in &rows {
        diesel::update(deal_versions::table.filter(deal_versions::id.eq(&row.id)))
            .set((
                (
                    deal_versions::created_ms.eq(row.created_ms),
                    deal_versions::first_owner_id.eq(&row.first_owner_id),
                    deal_versions::first_department_id.eq(&row.first_department_id),
                    deal_versions::now_owner_id.eq(&row.now_owner_id),
                    deal_versions::now_department_id.eq(&row.now_department_id),
                    deal_versions::process_id.eq(&row.process_id),
                    deal_versions::industry.eq(&row.industry),
                    deal_versions::binned.eq(row.binned),
                    deal_versions::way.eq(&row.way),
                    deal_versions::rotting_days.eq(row.rotting_days),
                ),
                (
                    deal_versions::stage_entered_ms.eq(row.stage_entered_ms),
                    deal_versions::entered.eq(row.entered),
                    deal_versions::left_at.eq(row.left_at),
                    deal_versions::left_ms.eq(row.left_ms),
                    deal_versions::left_for.eq(&row.left_for),
                    deal_versions::reentered_at.eq(row.reentered_at),
                    deal_versions::cycle_days.eq(row.cycle_days),
                    deal_versions::close_reason.eq(&row.close_reason),
                    deal_versions::winner_account_id.eq(&row.winner_account_id),
                ),
            ))
            .execute(conn)?;
    }
    Ok(())
}

fn derive(versions: &mut [Row], deal: &Known, company: &Company) {
    let process = company.process(&ProcessVersionId::new(deal.process_version_id.clone()));
    let last = versions.len() - 1;
    for index in 0..versions.len() {
        let (earlier, rest) = versions.split_at_mut(index);
        let Some(row) = rest.first_mut() else {
            continue;
        };
        row.created_ms = deal.created_at.and_utc().timestamp_millis();
        row.now_owner_id.clone_from(&deal.owner_id);
        row.now_department_id.clone_from(&deal.department_id);
        row.process_id = process.process_id.as_str().to_owned();
        row.industry.clone_from(&deal.industry);
        row.binned = index == last && deal.deleted_at.is_some();
        row.rotting_days = process
            .stages
            .get(&row.stage)
            .and_then(|stage| stage.rotting_days);
        if index == last {
            row.cycle_days = deal.cycle_days;
            row.close_reason.clone_from(&deal.close_reason);
            row.winner_account_id.clone_from(&deal.winner_account_id);
        }
        let first = earlier.first().unwrap_or(row);
        let (owner, department) = (first.owner_id.clone(), first.department_id.clone());
        row.first_owner_id = owner;
        row.first_department_id = department;
        let left = follow(row, earlier.last(), |from, to| {
            LeftFor::between(&process.stages, company, from, to)
        });
        if let Some(left_for) = left {
            end_visit(earlier, row, left_for);
            mark_return(earlier, row);
        }
    }
}
