//! Activities that steps of the process make: for the process, not for people.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use etalon_domain::activity::{
    Activity, ActivityCommand, ActivityDraft, ActivityKind, ActivityOrigin, ActivityStatus,
    CancelActivity, CompleteActivity, StepOrigin,
};
use etalon_domain::id::{ActivityId, ContactId, DealId, UserId};
use etalon_domain::time::{Instant, from_naive};

use super::row::{Row, into_activities, joined};
use super::write::execute;
use crate::connection::Tx;
use crate::context::Context;
use crate::error::Result;
use crate::schema::{activities, activity_contacts};
use crate::users::zone_of;
use crate::zone::morning;

/// An activity that a step asks for.
#[derive(Clone, Debug)]
pub struct StepActivity<'a> {
    /// The deal.
    pub deal_id: &'a DealId,
    /// Identifier of the step.
    pub step_id: &'a str,
    /// Code of its stage.
    pub stage: &'a str,
    /// What is to be done.
    pub kind: ActivityKind,
    /// In a few words.
    pub title: &'a str,
    /// In more words.
    pub note: Option<&'a str>,
    /// The day on which it is due.
    pub due_on: NaiveDate,
    /// Who is to do it.
    pub owner_id: &'a UserId,
}

/// Plans what a step asks for, with a reminder in the morning of the day on which it is due.
///
/// # Errors
/// As [`execute`].
pub fn plan_for_step(
    tx: &mut Tx<'_>,
    context: &Context,
    step: &StepActivity<'_>,
) -> Result<ActivityId> {
    let remind_at = morning(step.due_on, zone_of(tx, step.owner_id)?);
    let draft = ActivityDraft {
        remind_at: Some(remind_at).filter(|at| *at > context.now),
        note: step.note.map(str::to_owned),
        deal_id: Some(step.deal_id.clone()),
        owner_id: Some(step.owner_id.clone()),
        due_on: Some(step.due_on),
        ..ActivityDraft::new(step.kind, step.title)
    };
    let command = ActivityCommand::Create {
        draft,
        step: Some(StepOrigin {
            step_id: step.step_id.to_owned(),
            stage: step.stage.to_owned(),
        }),
    };
    Ok(execute(tx, context, None, None, &command)?.id)
}

/// Everything that steps of the process made on a deal, oldest first. What is overdue and who may
/// change it is not said.
///
/// # Errors
/// When the database cannot be read.
pub fn of_steps(tx: &mut Tx<'_>, deal: &DealId) -> Result<Vec<Activity>> {
    let rows: Vec<Row> = joined!()
        .filter(activities::deal_id.eq(deal.as_str()))
        .filter(activities::step_id.is_not_null())
        .order((activities::created_at, activities::id))
        .load(tx.conn)?;
    let found = into_activities(tx, None, rows)?;
    Ok(found.into_iter().map(|(activity, _)| activity).collect())
}

/// The planned activities of a deal that the process made and a further condition selects.
macro_rules! planned_by_process {
    ($tx:expr, $deal:expr, $($condition:expr)?) => {{
        let ids: Vec<String> = activities::table
            .filter(activities::deal_id.eq($deal.as_str()))
            .filter(activities::origin.eq(ActivityOrigin::Process.as_str()))
            .filter(activities::status.eq(ActivityStatus::Planned.as_str()))
            $(.filter($condition))?
            .order((activities::created_at, activities::id))
            .select(activities::id)
            .load($tx.conn)?;
        ids.into_iter().map(ActivityId::new)
    }};
}

/// Calls off what the process made in a stage and nobody has done, but for some steps; how many there
/// were.
///
/// # Errors
/// As [`execute`].
pub fn cancel_unfinished_of_stage(
    tx: &mut Tx<'_>,
    context: &Context,
    deal: &DealId,
    stage: &str,
    kept_steps: &[&str],
) -> Result<usize> {
    let command = ActivityCommand::Cancel(CancelActivity::default());
    let mut count = 0;
    let of_other_step = activities::step_id
        .is_null()
        .nullable()
        .or(activities::step_id.ne_all(kept_steps));
    let condition = (activities::stage.eq(stage)).and(of_other_step);
    for id in planned_by_process!(tx, deal, condition) {
        execute(tx, context, Some(&id), None, &command)?;
        count += 1;
    }
    Ok(count)
}

/// Marks as done what a step made, because the step itself was done; how many there were.
///
/// # Errors
/// As [`execute`].
pub fn complete_of_step(
    tx: &mut Tx<'_>,
    context: &Context,
    deal: &DealId,
    step: &str,
    result: Option<&str>,
) -> Result<usize> {
    let command = ActivityCommand::Complete(CompleteActivity {
        result: result.map(str::to_owned),
        ..CompleteActivity::default()
    });
    let mut count = 0;
    for id in planned_by_process!(tx, deal, activities::step_id.eq(step)) {
        execute(tx, context, Some(&id), None, &command)?;
        count += 1;
    }
    Ok(count)
}

/// Gives what the process made and nobody has done to the new owner of a deal; how many there were.
///
/// # Errors
/// As [`execute`].
pub fn hand_over(
    tx: &mut Tx<'_>,
    context: &Context,
    deal: &DealId,
    owner: &UserId,
) -> Result<usize> {
    let mut count = 0;
    for id in planned_by_process!(tx, deal, activities::owner_id.ne(owner.as_str())) {
        let activity = super::get(tx, &context.actor, &id, context.now)?;
        let draft = ActivityDraft {
            owner_id: Some(owner.clone()),
            ..ActivityDraft::from(&activity)
        };
        execute(tx, context, Some(&id), None, &ActivityCommand::Edit(draft))?;
        count += 1;
    }
    Ok(count)
}

/// When each contact of a deal was last talked to: in a call or a meeting that was done.
///
/// # Errors
/// When the database cannot be read.
pub fn last_meetings(tx: &mut Tx<'_>, deal: &DealId) -> Result<Vec<(ContactId, Instant)>> {
    let talks = [ActivityKind::Call.as_str(), ActivityKind::Meeting.as_str()];
    let rows: Vec<(String, Option<NaiveDateTime>)> = activities::table
        .inner_join(activity_contacts::table.on(activity_contacts::activity_id.eq(activities::id)))
        .filter(activities::deal_id.eq(deal.as_str()))
        .filter(activities::status.eq(ActivityStatus::Done.as_str()))
        .filter(activities::kind.eq_any(talks))
        .select((activity_contacts::contact_id, activities::done_at))
        .load(tx.conn)?;
    let mut last: BTreeMap<String, NaiveDateTime> = BTreeMap::new();
    for (contact, at) in rows {
        let Some(at) = at else { continue };
        let latest = last.entry(contact).or_insert(at);
        *latest = at.max(*latest);
    }
    let last = last.into_iter();
    Ok(last
        .map(|(contact, at)| (ContactId::new(contact), from_naive(at)))
        .collect())
}
