mod checks;
mod told;

use chrono::Duration;
use serde_json::{Value, json};

use self::checks::{check_people, check_subjects, past, problems};
use self::told::{changed, entry, field, kind_of, label, named};
use super::{
    Activity, ActivityCommand, ActivityDecision, ActivityDraft, ActivityOrigin, ActivityReferences,
    ActivityRules, ActivityStatus, CancelActivity, CompleteActivity, Standing, StepOrigin, Subject,
};
use crate::error::{Error, ErrorCode, FieldCode, FieldError, validate};
use crate::event::{EventKind, diff};
use crate::id::{DealId, LeadId, Ref};
use crate::policy::Access;
use crate::text::non_empty;

/// Decides what a command does to an activity, or why it is refused: permission first, then state,
/// then fields.
///
/// # Errors
/// `not_found`, `forbidden`, `deal_closed`, `activity_not_planned` and other conflicts with the
/// state, or the invalid fields.
pub fn decide(
    current: Option<Standing<'_>>,
    command: &ActivityCommand,
    references: &ActivityReferences,
    rules: ActivityRules<'_>,
) -> Result<ActivityDecision, Error> {
    if let ActivityCommand::Create { draft, step } = command {
        return create(draft, step.as_ref(), references, rules);
    }
    let standing = current.ok_or(ErrorCode::NotFound)?;
    match standing.access {
        Access::None => return Err(ErrorCode::NotFound.into()),
        Access::Read => return Err(ErrorCode::Forbidden.into()),
        Access::Write => {}
    }
    let activity = standing.activity;
    match command {
        ActivityCommand::Create { .. } => Err(ErrorCode::Internal.into()),
        ActivityCommand::Edit(draft) => edit(standing, draft, references, rules),
        ActivityCommand::Complete(complete) => done(activity, complete, rules),
        ActivityCommand::Cancel(cancel) => cancelled(activity, cancel, rules),
        ActivityCommand::Reopen => reopened(standing, rules),
    }
}

fn create(
    draft: &ActivityDraft,
    step: Option<&StepOrigin>,
    references: &ActivityReferences,
    rules: ActivityRules<'_>,
) -> Result<ActivityDecision, Error> {
    if !rules.actor.writes() {
        return Err(ErrorCode::Forbidden.into());
    }
    let mut draft = draft.clone().normalized();
    let mut errors = problems(&draft);
    check_people(None, &draft, references, &mut errors);
    check_subjects(None, &draft, references, &mut errors)?;
    draft.done_at = draft
        .done_at
        .and_then(|at| past(at, "done_at", rules, &mut errors));
    let Some(owner) = references.owner.as_ref().filter(|_| errors.is_empty()) else {
        return Err(Error::Invalid(errors));
    };
    let mut activity = Activity {
        id: rules.new_id.clone(),
        kind: draft.kind,
        title: String::new(),
        note: None,
        deal_id: None,
        deal_number: None,
        deal_title: None,
        lead_id: None,
        lead_title: None,
        account_id: None,
        account_name: None,
        owner_id: owner.user_id.clone(),
        owner_name: owner.name.clone(),
        department_id: None,
        status: ActivityStatus::Planned,
        due_on: None,
        starts_at: None,
        duration_minutes: None,
        result: None,
        done_at: None,
        origin: ActivityOrigin::Person,
        step_id: None,
        stage: None,
        contacts: Vec::new(),
        participants: Vec::new(),
        remind_at: None,
        overdue: false,
        changeable: true,
        version: 1,
        created_at: rules.now,
        updated_at: rules.now,
    };
    if let Some(step) = step {
        activity.origin = ActivityOrigin::Process;
        activity.step_id = Some(step.step_id.clone());
        activity.stage = Some(step.stage.clone());
    }
    fill(&mut activity, &draft, references);
    if draft.done_at.is_some() {
        activity.status = ActivityStatus::Done;
        activity.done_at = draft.done_at;
    }
    activity.overdue = activity.is_overdue(rules.now, rules.today);
    let kind = match activity.status {
        ActivityStatus::Done => EventKind::ActivityDone,
        _ => EventKind::ActivityPlanned,
    };
    let mut changes = vec![named(&activity), kind_of(&activity)];
    changes.extend(field("due_on", Value::Null, json!(activity.due_on)));
    changes.extend(field("starts_at", Value::Null, json!(activity.starts_at)));
    let owner = json!({"id": activity.owner_id, "name": activity.owner_name});
    changes.extend(field("owner_id", Value::Null, owner));
    changes.extend(field("result", Value::Null, json!(activity.result)));
    Ok(ActivityDecision {
        entries: vec![entry(kind, changes, None, rules)],
        activity,
    })
}

fn edit(
    standing: Standing<'_>,
    draft: &ActivityDraft,
    references: &ActivityReferences,
    rules: ActivityRules<'_>,
) -> Result<ActivityDecision, Error> {
    let current = standing.activity;
    if let Some(refusal) = standing.refusal {
        return Err(refusal.into());
    }
    if current.status == ActivityStatus::Cancelled {
        return Err(ErrorCode::ActivityNotPlanned.into());
    }
    let before = ActivityDraft::from(current);
    let mut draft = draft.clone().normalized();
    draft.owner_id = draft.owner_id.or_else(|| before.owner_id.clone());
    let mut errors = problems(&draft);
    check_people(Some(current), &draft, references, &mut errors);
    check_subjects(Some(current), &draft, references, &mut errors)?;
    match (current.status, draft.done_at) {
        (ActivityStatus::Done, None) => errors.push(FieldError::required("done_at")),
        (ActivityStatus::Done, Some(at)) => {
            draft.done_at = past(at, "done_at", rules, &mut errors);
        }
        (_, Some(_)) => errors.push(FieldError::new(
            "done_at",
            FieldCode::NotAllowed,
            "is set by completing the activity",
        )),
        (_, None) => {}
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    move_reminder(&mut draft, &before);
    let mut activity = current.clone();
    fill(&mut activity, &draft, references);
    activity.done_at = draft.done_at;
    let mut changes = diff(&before, &ActivityDraft::from(&activity));
    label(&mut changes, current, &activity);
    Ok(changed(
        current,
        activity,
        EventKind::ActivityChanged,
        changes,
        None,
        rules,
    ))
}

/// A reminder that was left as it is moves along with the time.
fn move_reminder(draft: &mut ActivityDraft, before: &ActivityDraft) {
    if draft.remind_at != before.remind_at {
        return;
    }
    let by = match (
        before.starts_at.zip(draft.starts_at),
        before.due_on.zip(draft.due_on),
    ) {
        (Some((from, to)), _) => to - from,
        (_, Some((from, to))) => to - from,
        _ => Duration::zero(),
    };
    draft.remind_at = draft.remind_at.map(|at| at + by);
}

fn done(
    current: &Activity,
    complete: &CompleteActivity,
    rules: ActivityRules<'_>,
) -> Result<ActivityDecision, Error> {
    require_planned(current)?;
    let mut errors = validate(complete);
    let at = complete.done_at.map_or(Some(rules.now), |at| {
        past(at, "done_at", rules, &mut errors)
    });
    let Some(at) = at.filter(|_| errors.is_empty()) else {
        return Err(Error::Invalid(errors));
    };
    let mut activity = current.clone();
    activity.status = ActivityStatus::Done;
    activity.done_at = Some(at);
    activity.result = non_empty(complete.result.clone()).or(activity.result);
    activity.duration_minutes = complete.duration_minutes.or(activity.duration_minutes);
    let mut changes = vec![kind_of(&activity)];
    changes.extend(field("result", Value::Null, json!(activity.result)));
    let minutes = json!(activity.duration_minutes);
    changes.extend(field("duration_minutes", Value::Null, minutes));
    let kind = EventKind::ActivityDone;
    Ok(changed(current, activity, kind, changes, None, rules))
}

fn cancelled(
    current: &Activity,
    cancel: &CancelActivity,
    rules: ActivityRules<'_>,
) -> Result<ActivityDecision, Error> {
    require_planned(current)?;
    let errors = validate(cancel);
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let mut activity = current.clone();
    activity.status = ActivityStatus::Cancelled;
    let changes = vec![kind_of(&activity)];
    let reason = non_empty(cancel.reason.clone());
    let kind = EventKind::ActivityCancelled;
    Ok(changed(current, activity, kind, changes, reason, rules))
}

fn reopened(standing: Standing<'_>, rules: ActivityRules<'_>) -> Result<ActivityDecision, Error> {
    let current = standing.activity;
    if let Some(refusal) = standing.refusal {
        return Err(refusal.into());
    }
    if current.status == ActivityStatus::Planned {
        return Err(ErrorCode::ActivityPlanned.into());
    }
    let mut activity = current.clone();
    activity.status = ActivityStatus::Planned;
    activity.done_at = None;
    let changes = vec![kind_of(&activity)];
    let kind = EventKind::ActivityPlanned;
    Ok(changed(current, activity, kind, changes, None, rules))
}

fn require_planned(activity: &Activity) -> Result<(), Error> {
    if activity.status == ActivityStatus::Planned {
        Ok(())
    } else {
        Err(ErrorCode::ActivityNotPlanned.into())
    }
}

fn fill(activity: &mut Activity, draft: &ActivityDraft, references: &ActivityReferences) {
    activity.kind = draft.kind;
    activity.title.clone_from(&draft.title);
    activity.note.clone_from(&draft.note);
    activity.due_on = draft.due_on;
    activity.starts_at = draft.starts_at;
    activity.duration_minutes = draft.duration_minutes;
    activity.result.clone_from(&draft.result);
    activity.remind_at = draft.remind_at;
    if let Some(owner) = &references.owner
        && draft
            .owner_id
            .as_ref()
            .is_none_or(|id| *id == owner.user_id)
    {
        activity.owner_id = owner.user_id.clone();
        activity.owner_name.clone_from(&owner.name);
        activity.department_id = owner.department.as_ref().map(|(id, _)| id.clone());
    }
    let chosen = |ids: Vec<&str>, found: &[Ref], before: &[Ref]| -> Vec<Ref> {
        ids.into_iter()
            .filter_map(|id| found.iter().chain(before).find(|r| r.id == id))
            .cloned()
            .collect()
    };
    let owner = activity.owner_id.clone();
    let contact_ids = draft.contact_ids.iter().map(|id| id.as_str()).collect();
    activity.contacts = chosen(contact_ids, &references.contacts, &activity.contacts);
    // Whoever does it takes part anyway.
    let participants = (draft.participant_ids.iter())
        .filter(|id| **id != owner)
        .map(|id| id.as_str())
        .collect();
    activity.participants = chosen(
        participants,
        &references.participants,
        &activity.participants,
    );
    if activity.deal_id != draft.deal_id {
        let deal = references.deal.as_ref().filter(|_| draft.deal_id.is_some());
        activity.deal_id = deal.map(|d| DealId::new(d.reference.id.clone()));
        activity.deal_title = deal.map(|d| d.reference.name.clone());
        activity.deal_number = deal.and_then(|_| references.deal_number.clone());
    }
    if activity.lead_id != draft.lead_id {
        let lead: Option<&Subject> = references.lead.as_ref().filter(|_| draft.lead_id.is_some());
        activity.lead_id = lead.map(|l| LeadId::new(l.reference.id.clone()));
        activity.lead_title = lead.map(|l| l.reference.name.clone());
    }
    let hangs_alone = draft.deal_id.is_none() && draft.lead_id.is_none();
    if hangs_alone && activity.account_id != draft.account_id {
        let account = references
            .account
            .as_ref()
            .filter(|_| draft.account_id.is_some());
        activity.account_id = account.map(|a| a.id.clone().into());
        activity.account_name = account.map(|a| a.name.clone());
    }
}
