//! What the product tells people because of the time: reminders of activities, what is overdue, what
//! is to be reviewed. Each is told once, however many servers look after it.

use std::collections::HashSet;

use chrono::{Days, NaiveDate, NaiveDateTime, Timelike as _};
use diesel::prelude::*;
use etalon_domain::id::{ActivityId, DealId, UserId};
use etalon_domain::notification::{NotificationKind, NotificationSubject};
use etalon_domain::proposal::ProposalStatus;
use etalon_domain::time::{Instant, to_naive};
use serde_json::json;

use crate::connection::Tx;
use crate::error::Result;
use crate::notifications::{NewNotification, notify};
use crate::schema::{activities as rows, deals, notifications, proposals, users};
use crate::zone::{MORNING, day_at, zone};
use crate::{activities, jobs};

/// How many reminders one transaction sends.
const BATCH: i64 = 100;
/// For how many days after its date a review is still asked for.
const REVIEW_DAYS: u64 = 7;
/// For how many days after its date a step is still told of.
const STEP_DAYS: i64 = 7;
/// Of how many deals one transaction looks for overdue steps.
const STEP_BATCH: i64 = 50;

/// Kind of the jobs that tell the owner of deals of steps that are overdue; the payload names the person.
pub const STEPS_JOB: &str = "steps";
/// How many days before its last day a proposal is about to expire.
const EXPIRY_DAYS: u64 = 3;

/// Tells the owners and the colleagues of the activities whose reminder has come, once. Returns how
/// many activities there were: while it is not zero, there may be more.
///
/// # Errors
/// When the database cannot be read or written.
pub fn remind(tx: &mut Tx<'_>, now: Instant) -> Result<usize> {
    let at = to_naive(now);
    let due: Vec<(String, Option<NaiveDateTime>)> = rows::table
        .filter(rows::status.eq("planned"))
        .filter(rows::reminded_at.is_null())
        .filter(rows::remind_at.le(at))
        .order((rows::remind_at, rows::id))
        .select((rows::id, rows::remind_at))
        .limit(BATCH)
        .load(tx.conn)?;
    for (id, remind_at) in &due {
        // Of several servers that have read the row one changes it.
        let ours = rows::table
            .filter(rows::id.eq(id))
            .filter(rows::reminded_at.is_null());
        let changed = diesel::update(ours)
            .set(rows::reminded_at.eq(at))
            .execute(tx.conn)?;
        if changed == 1 {
            let occasion = remind_at.map_or(0, |at| at.and_utc().timestamp_millis());
            tell_of(tx, &ActivityId::new(id.clone()), occasion, now)?;
        }
    }
    Ok(due.len())
}

fn tell_of(tx: &mut Tx<'_>, id: &ActivityId, occasion: i64, now: Instant) -> Result<()> {
    let Some(activity) = activities::present(tx, id)? else {
        return Ok(());
    };
    let data = json!({
        "kind": activity.kind,
        "due_on": activity.due_on,
        "starts_at": activity.starts_at,
        "deal_id": activity.deal_id,
        "deal_title": activity.deal_title,
        "account_name": activity.account_name,
    });
    let others = activity
        .participants
        .iter()
        .map(|p| UserId::new(p.id.clone()));
    for user_id in std::iter::once(activity.owner_id.clone()).chain(others) {
        let news = NewNotification {
            user_id: &user_id,
            kind: NotificationKind::Reminder,
            entity: NotificationSubject::Activity,
            id: activity.id.as_str(),
            title: &activity.title,
            data: data.clone(),
            dedupe_key: format!("reminder:{id}:{occasion}:{user_id}"),
        };
        notify(tx, &news, now)?;
    }
    Ok(())
}

/// Tells everybody in the morning, once a day, how many of the own activities are overdue.
///
/// # Errors
/// When the database cannot be read or written.
pub fn tell_overdue(tx: &mut Tx<'_>, now: Instant) -> Result<()> {
    let people: Vec<(String, String)> = users::table
        .filter(users::active.eq(true))
        .select((users::id, users::time_zone))
        .load(tx.conn)?;
    let mut waiting = Vec::new();
    for (id, time_zone) in people {
        let zone = zone(&time_zone);
        if now.with_timezone(&zone).hour() >= MORNING {
            let today = day_at(now, zone);
            waiting.push((format!("overdue:{id}:{today}"), UserId::new(id), today));
        }
    }
    let told = told(tx, waiting.iter().map(|(key, ..)| key.clone()).collect())?;
    waiting.retain(|(key, ..)| !told.contains(key));
    for (dedupe_key, user_id, today) in waiting {
        let overdue = activities::overdue_of(tx, &user_id, now, today)?;
        let Some((count, first)) = overdue else {
            continue;
        };
        let news = NewNotification {
            user_id: &user_id,
            kind: NotificationKind::ActivitiesOverdue,
            entity: NotificationSubject::Activity,
            id: first.id.as_str(),
            title: &first.name,
            data: json!({"count": count}),
            dedupe_key,
        };
        notify(tx, &news, now)?;
    }
    Ok(())
}

/// Tells the owners of open deals that the day has come to look at the tactic again, once for each
/// such day.
///
/// # Errors
/// When the database cannot be read or written.
pub fn tell_reviews(tx: &mut Tx<'_>, now: Instant) -> Result<()> {
    type Found = (String, String, Option<NaiveDate>, String, String);
    let day = now.date_naive();
    let from = day.checked_sub_days(Days::new(REVIEW_DAYS)).unwrap_or(day);
    let to = day.succ_opt().unwrap_or(day);
    let found: Vec<Found> = deals::table
        .inner_join(users::table.on(users::id.eq(deals::owner_id)))
        .filter(deals::status.eq("open"))
        .filter(deals::deleted_at.is_null())
        .filter(deals::tactic_review_on.between(from, to))
        .select((
            deals::id,
            deals::title,
            deals::tactic_review_on,
            users::id,
            users::time_zone,
        ))
        .load(tx.conn)?;
    let mut due = Vec::new();
    for (id, title, on, owner, time_zone) in found {
        if let Some(on) = on.filter(|on| *on <= day_at(now, zone(&time_zone))) {
            due.push((format!("tactic:{id}:{on}"), id, title, on, owner));
        }
    }
    let told = told(tx, due.iter().map(|(key, ..)| key.clone()).collect())?;
    due.retain(|(key, ..)| !told.contains(key));
    for (dedupe_key, id, title, on, owner) in due {
        let news = NewNotification {
            user_id: &UserId::new(owner),
            kind: NotificationKind::TacticReview,
            entity: NotificationSubject::Deal,
            id: &id,
            title: &title,
            data: json!({"tactic_review_on": on}),
            dedupe_key,
        };
        notify(tx, &news, now)?;
    }
    Ok(())
}

/// Makes in the morning, once a day, a job for everybody who owns open deals: it looks for steps of the
/// process that are overdue.
///
/// # Errors
/// When the database cannot be read or written.
pub fn plan_steps(tx: &mut Tx<'_>, now: Instant) -> Result<()> {
    let owners = deals::table
        .filter(deals::status.eq("open"))
        .filter(deals::deleted_at.is_null())
        .select(deals::owner_id);
    let people: Vec<(String, String)> = users::table
        .filter(users::active.eq(true))
        .filter(users::id.eq_any(owners))
        .select((users::id, users::time_zone))
        .load(tx.conn)?;
    for (id, time_zone) in people {
        let zone = zone(&time_zone);
        if now.with_timezone(&zone).hour() >= MORNING {
            let job = format!("{STEPS_JOB}:{id}:{}", day_at(now, zone));
            jobs::enqueue_once(tx, &job, STEPS_JOB, &json!({"user": id}), now)?;
        }
    }
    Ok(())
}

/// The person whom a job of [`plan_steps`] is about; `None` when the payload is none of them.
#[must_use]
pub fn of_steps_job(payload: &str) -> Option<UserId> {
    let value: serde_json::Value = serde_json::from_str(payload).ok()?;
    Some(UserId::new(value.get("user")?.as_str()?))
}

/// Tells the owner of deals, once per step and its day, which steps of the process are overdue and have no
/// activity that reminds of them. It looks at some deals behind one; returns the deal behind which to go on,
/// `None` after the last.
///
/// # Errors
/// When the database cannot be read or written.
pub fn tell_steps(
    tx: &mut Tx<'_>,
    user: &UserId,
    behind: Option<&DealId>,
    now: Instant,
) -> Result<Option<DealId>> {
    let Some(actor) = crate::users::actor(tx, user)? else {
        return Ok(None);
    };
    let language = crate::users::language_of(tx, user)?;
    let today = day_at(now, zone(&actor.time_zone));
    let ids: Vec<String> = deals::table
        .filter(deals::owner_id.eq(user.as_str()))
        .filter(deals::status.eq("open"))
        .filter(deals::deleted_at.is_null())
        .filter(deals::id.gt(behind.map_or("", |id| id.as_str())))
        .order(deals::id)
        .select(deals::id)
        .limit(STEP_BATCH)
        .load(tx.conn)?;
    for id in &ids {
        let id = DealId::new(id.clone());
        let Some(deal) = crate::deals::load(tx, &actor, &id, now)? else {
            continue;
        };
        let guide = crate::deals::present(tx, &actor, &deal, language, now)?;
        for step in guide.steps {
            let Some(due_on) = step.due_on.filter(|_| step.overdue) else {
                continue;
            };
            if step.activity_id.is_some() || (today - due_on).num_days() > STEP_DAYS {
                continue;
            }
            let news = NewNotification {
                user_id: user,
                kind: NotificationKind::StepOverdue,
                entity: NotificationSubject::Deal,
                id: id.as_str(),
                title: &deal.title,
                data: json!({"step_id": step.id, "step": step.title, "due_on": due_on}),
                dedupe_key: format!("step:{id}:{}:{due_on}:{user}", step.id),
            };
            notify(tx, &news, now)?;
        }
    }
    Ok(ids.last().map(|id| DealId::new(id.clone())))
}

/// Tells the owners of deals, once per version, which sent proposals expire within three days.
///
/// # Errors
/// When the database cannot be read or written.
pub fn tell_expiring(tx: &mut Tx<'_>, now: Instant) -> Result<()> {
    type Found = (String, String, Option<NaiveDate>, String, String);
    let day = now.date_naive();
    let to = day + Days::new(EXPIRY_DAYS + 1);
    let found: Vec<Found> = proposals::table
        .inner_join(deals::table.on(deals::id.eq(proposals::deal_id)))
        .inner_join(users::table.on(users::id.eq(deals::owner_id)))
        .filter(proposals::status.eq(ProposalStatus::Sent.as_str()))
        .filter(proposals::deleted_at.is_null())
        .filter(deals::status.eq("open"))
        .filter(deals::deleted_at.is_null())
        .filter(proposals::valid_until.between(day.pred_opt().unwrap_or(day), to))
        .select((
            proposals::id,
            deals::title,
            proposals::valid_until,
            users::id,
            users::time_zone,
        ))
        .load(tx.conn)?;
    let mut due = Vec::new();
    for (id, title, until, owner, time_zone) in found {
        let today = day_at(now, zone(&time_zone));
        if let Some(until) = until.filter(|u| *u >= today && *u <= today + Days::new(EXPIRY_DAYS)) {
            due.push((format!("expiring:{id}:{until}"), id, title, until, owner));
        }
    }
    let told = told(tx, due.iter().map(|(key, ..)| key.clone()).collect())?;
    due.retain(|(key, ..)| !told.contains(key));
    for (dedupe_key, id, title, until, owner) in due {
        let news = NewNotification {
            user_id: &UserId::new(owner),
            kind: NotificationKind::ProposalExpiring,
            entity: NotificationSubject::Proposal,
            id: &id,
            title: &title,
            data: json!({"valid_until": until}),
            dedupe_key,
        };
        notify(tx, &news, now)?;
    }
    Ok(())
}

/// Which of these occasions were told already.
fn told(tx: &mut Tx<'_>, keys: Vec<String>) -> Result<HashSet<String>> {
    let mut found = HashSet::new();
    // Few enough for the longest list of bound values.
    for part in keys.chunks(500) {
        let known: Vec<String> = notifications::table
            .filter(notifications::dedupe_key.eq_any(part))
            .select(notifications::dedupe_key)
            .load(tx.conn)?;
        found.extend(known);
    }
    Ok(found)
}
