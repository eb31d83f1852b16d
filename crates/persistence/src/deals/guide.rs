//! What the process says of deals.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use etalon_domain::deal::{Deal, DealStatus, Outcome};
use etalon_domain::error::{ErrorCode, FieldError};
use etalon_domain::id::{DealId, ProcessVersionId};
use etalon_domain::policy::{Access, Actor, deal_access, may_override_process};
use etalon_domain::process::{
    Clock, Definition, Guide, GuideMark, GuideQuery, Severity, StageVisit, guide as decide,
};
use etalon_domain::time::{Instant, from_naive};
use etalon_domain::user::Language;

use super::{facts, get, load};
use crate::connection::Tx;
use crate::error::Result;
use crate::record::refuse_invalid;
use crate::schema::deal_versions;
use crate::zone::{offset_at, zone};

/// What the process says of a deal.
///
/// # Errors
/// `not_found`, a stage that the process does not have, or that the database cannot be read.
pub fn guide(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: &DealId,
    query: &GuideQuery,
    language: Language,
    now: Instant,
) -> Result<Guide> {
    let deal = get(tx, actor, id, now)?;
    let process = crate::process::find(tx, &deal.process_version_id)?.ok_or(ErrorCode::Internal)?;
    check_stages(query, &process.definition)?;
    let facts = facts::load(tx, &deal)?;
    let mut guide = decide(
        &process.definition,
        &deal,
        &facts,
        query.stage.as_deref(),
        query.to.as_deref(),
        clock(actor, now),
        language,
    );
    guide.process_version_id = deal.process_version_id.as_str().to_owned();
    let unmet = || guide.requirements.iter().filter(|r| !r.met);
    let only_warns = unmet().all(|r| r.severity == Severity::Warn);
    guide.may_override = deal_access(actor, &deal) == Access::Write
        && (only_warns || may_override_process(actor, &deal, &process.definition));
    guide.visits = visits(tx, &deal, now)?;
    Ok(guide)
}

/// What another version of a process would say of a deal; `None` when there is no such published version.
///
/// # Errors
/// `not_found`, a stage that the version does not have, or that the database cannot be read.
pub fn preview(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: &DealId,
    version: &ProcessVersionId,
    query: &GuideQuery,
    language: Language,
    now: Instant,
) -> Result<Option<Guide>> {
    let deal = get(tx, actor, id, now)?;
    let Some(process) = crate::process::find(tx, version)? else {
        return Ok(None);
    };
    let definition = &process.definition;
    check_stages(query, definition)?;
    let facts = facts::load(tx, &deal)?;
    let (shown, target) = (query.stage.as_deref(), query.to.as_deref());
    let clock = clock(actor, now);
    let mut guide = decide(definition, &deal, &facts, shown, target, clock, language);
    guide.process_version_id = version.as_str().to_owned();
    Ok(Some(guide))
}

/// Refuses stages that a process does not have. What must be met to win may be asked for.
fn check_stages(query: &GuideQuery, process: &Definition) -> Result<()> {
    let is_unknown = |code: &str| process.stage(code).is_none();
    let mut errors = Vec::new();
    if query.stage.as_deref().is_some_and(is_unknown) {
        errors.push(FieldError::unknown("stage"));
    }
    let to = query
        .to
        .as_deref()
        .filter(|to| *to != Outcome::Won.as_str());
    if to.is_some_and(is_unknown) {
        errors.push(FieldError::unknown("to"));
    }
    refuse_invalid(errors)
}

pub(crate) fn clock(actor: &Actor, now: Instant) -> Clock {
    Clock {
        now,
        offset: offset_at(now, zone(&actor.time_zone)),
    }
}

/// What is to be marked on the cards of these deals. Those that the reader may not see are left out.
///
/// # Errors
/// When the database cannot be read.
pub fn marks(
    tx: &mut Tx<'_>,
    actor: &Actor,
    ids: &[DealId],
    language: Language,
    now: Instant,
) -> Result<Vec<GuideMark>> {
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        let Some(deal) = load(tx, actor, id, now)? else {
            continue;
        };
        if deal.deleted_at.is_some()
            || deal_access(actor, &deal) == Access::None
            || deal.status != DealStatus::Open
        {
            continue;
        }
        let guide = present(tx, actor, &deal, language, now)?;
        found.push(GuideMark {
            deal_id: deal.id,
            blocked: guide.blocked,
            minutes_due: guide.minutes_due,
            overdue_steps: guide.overdue_steps,
            next_step: guide.next_step,
        });
    }
    Ok(found)
}

/// What the process says of a deal where it stands.
pub(crate) fn present(
    tx: &mut Tx<'_>,
    actor: &Actor,
    deal: &Deal,
    language: Language,
    now: Instant,
) -> Result<Guide> {
    let process = crate::process::find(tx, &deal.process_version_id)?.ok_or(ErrorCode::Internal)?;
    let facts = facts::load(tx, deal)?;
    let clock = clock(actor, now);
    Ok(decide(
        &process.definition,
        deal,
        &facts,
        None,
        None,
        clock,
        language,
    ))
}

/// The stays of a deal in the stages of the work, oldest first: its intervals, those that follow each
/// other in the same stage as one.
pub(crate) fn visits(tx: &mut Tx<'_>, deal: &Deal, now: Instant) -> Result<Vec<StageVisit>> {
    let rows: Vec<(String, String, NaiveDateTime, Option<NaiveDateTime>)> = deal_versions::table
        .filter(deal_versions::deal_id.eq(deal.id.as_str()))
        .order(deal_versions::valid_from)
        .select((
            deal_versions::stage,
            deal_versions::status,
            deal_versions::valid_from,
            deal_versions::valid_to,
        ))
        .load(tx.conn)?;
    let mut visits: Vec<StageVisit> = Vec::new();
    let mut before_was_open = false;
    for (stage, status, from, to) in rows {
        let open = status == DealStatus::Open.as_str();
        let continues = before_was_open && visits.last().is_some_and(|last| last.stage == stage);
        before_was_open = open;
        if !open {
            continue;
        }
        let left_at = to.map(from_naive);
        match visits.last_mut().filter(|_| continues) {
            Some(last) => last.left_at = left_at,
            None => visits.push(StageVisit {
                stage,
                entered_at: from_naive(from),
                left_at,
                days: 0,
            }),
        }
    }
    for visit in &mut visits {
        let end = visit.left_at.unwrap_or(now);
        visit.days = (end - visit.entered_at).num_days().max(0);
    }
    Ok(visits)
}
