//! The only way to change an activity.

use diesel::prelude::*;
use etalon_domain::activity::{
    Activity, ActivityCommand, ActivityDecision, ActivityDraft, ActivityOrigin, ActivityReferences,
    ActivityRules, ActivityStatus, Standing, Subject, decide,
};
use etalon_domain::deal::DealStatus;
use etalon_domain::error::{Error as DomainError, ErrorCode};
use etalon_domain::id::{ActivityId, DealId, LeadId, Ref};
use etalon_domain::notification::{NotificationKind, NotificationSubject};
use etalon_domain::policy::{Access, deal_access, lead_access};
use serde_json::json;

use super::row::{Values, of_lead};
use super::{Loaded, load};
use crate::connection::Tx;
use crate::context::{Context, new_id};
use crate::deals::references;
use crate::error::{Error, Result};
use crate::notifications::{NewNotification, notify};
use crate::schema::{
    activities, activity_contacts, activity_users, contacts, deals as deal_rows, users,
};
use crate::timeline::{self, Entity, Entry};
use crate::zone::{day_at, zone};
use crate::{deals, leads};

/// Carries out a command on an activity: the only function that writes one. The history goes to the
/// deal, lead or account that it belongs to. What it refuses may have written already, so the caller's
/// transaction must then be rolled back.
///
/// # Errors
/// What [`decide`] refuses, `stale_version`, or that the database failed.
pub fn execute(
    tx: &mut Tx<'_>,
    context: &Context,
    id: Option<&ActivityId>,
    expected_version: Option<i64>,
    command: &ActivityCommand,
) -> Result<Activity> {
    let current = match id {
        Some(id) => load(tx, &context.actor, id, context.now)?,
        None => None,
    };
    if let Some(found) = &current {
        let visible = found.access != Access::None;
        if visible && expected_version.is_some_and(|version| version != found.activity.version) {
            return Err(ErrorCode::StaleVersion.into());
        }
    }
    let references = match command {
        ActivityCommand::Create { draft, .. } | ActivityCommand::Edit(draft) => {
            named(tx, context, current.as_ref(), draft)?
        }
        _ => ActivityReferences::default(),
    };
    let fresh = ActivityId::new(new_id());
    let rules = ActivityRules {
        actor: &context.actor,
        now: context.now,
        today: day_at(context.now, zone(&context.actor.time_zone)),
        new_id: &fresh,
    };
    let standing = current.as_ref().map(|found| Standing {
        activity: &found.activity,
        access: found.access,
        refusal: found.refusal,
    });
    let decision = decide(standing, command, &references, rules)?;
    if decision.entries.is_empty() {
        return Ok(decision.activity);
    }
    store(
        tx,
        context,
        current.as_ref().map(|c| &c.activity),
        &decision,
    )?;
    // What the reader gets is what is stored, with names.
    let stored = load(tx, &context.actor, &decision.activity.id, context.now)?;
    Ok(stored.ok_or(ErrorCode::Internal)?.activity)
}

fn store(
    tx: &mut Tx<'_>,
    context: &Context,
    before: Option<&Activity>,
    decision: &ActivityDecision,
) -> Result<()> {
    let activity = &decision.activity;
    let values = Values::of(activity);
    let row = activities::table.filter(activities::id.eq(activity.id.as_str()));
    match before {
        None => {
            diesel::insert_into(activities::table)
                .values(&values)
                .execute(tx.conn)?;
        }
        Some(before) => {
            let unchanged = row.filter(activities::version.eq(before.version));
            if diesel::update(unchanged).set(&values).execute(tx.conn)? == 0 {
                return Err(ErrorCode::StaleVersion.into());
            }
            if before.remind_at != activity.remind_at || before.status != activity.status {
                diesel::update(row)
                    .set(activities::reminded_at.eq(None::<chrono::NaiveDateTime>))
                    .execute(tx.conn)?;
            }
        }
    }
    store_people(tx, before, activity)?;
    if let (Some(deal), Some(at)) = (&activity.deal_id, activity.done_at) {
        deals::touch(tx, deal, at, context.now)?;
    }
    append(tx, context, before, decision)?;
    tell(tx, context, before, activity)?;
    let finished = activity.status == ActivityStatus::Done
        && before.is_none_or(|before| before.status != ActivityStatus::Done);
    match &activity.deal_id {
        Some(deal) if finished && activity.step_id.is_some() => {
            deals::plan_unlocked(tx, context, deal)
        }
        _ => Ok(()),
    }
}

/// Brings the rows of those who take part up to date.
fn store_people(tx: &mut Tx<'_>, before: Option<&Activity>, activity: &Activity) -> Result<()> {
    macro_rules! renew {
        ($field:ident, $table:ident, $column:ident) => {
            if before.map_or(&Vec::new(), |b| &b.$field) != &activity.$field {
                let present = $table::table.filter($table::activity_id.eq(activity.id.as_str()));
                diesel::delete(present).execute(tx.conn)?;
                for person in &activity.$field {
                    diesel::insert_into($table::table)
                        .values((
                            $table::activity_id.eq(activity.id.as_str()),
                            $table::$column.eq(&person.id),
                        ))
                        .execute(tx.conn)?;
                }
            }
        };
    }
    renew!(contacts, activity_contacts, contact_id);
    renew!(participants, activity_users, user_id);
    Ok(())
}

/// The record whose history tells of an activity.
fn teller(activity: &Activity) -> Option<(Entity, &str)> {
    let deal = activity
        .deal_id
        .as_ref()
        .map(|id| (Entity::Deal, id.as_str()));
    let lead = activity
        .lead_id
        .as_ref()
        .map(|id| (Entity::Lead, id.as_str()));
    let account = (activity.account_id.as_ref()).map(|id| (Entity::Account, id.as_str()));
    deal.or(lead).or(account)
}

fn append(
    tx: &mut Tx<'_>,
    context: &Context,
    before: Option<&Activity>,
    decision: &ActivityDecision,
) -> Result<()> {
    let mut tellers: Vec<(Entity, &str)> = before.and_then(teller).into_iter().collect();
    tellers.extend(teller(&decision.activity).filter(|new| !tellers.contains(new)));
    for (entity, id) in tellers {
        for entry in &decision.entries {
            let entry = Entry {
                at: entry.at,
                kind: entry.kind,
                changes: &entry.changes,
                reason: entry.reason.as_deref(),
            };
            timeline::append(tx.conn, context, entity, id, &entry)?;
        }
    }
    Ok(())
}

/// Tells those whom somebody else has given the activity. What the process makes, and what goes to a new
/// owner with the deal, stands on the page of the deal.
fn tell(
    tx: &mut Tx<'_>,
    context: &Context,
    before: Option<&Activity>,
    activity: &Activity,
) -> Result<()> {
    let made_by_process = activity.origin == ActivityOrigin::Process && before.is_none();
    if activity.status != ActivityStatus::Planned || made_by_process {
        return Ok(());
    }
    let mut told = Vec::new();
    let new_owner = before.is_none_or(|b| b.owner_id != activity.owner_id);
    if new_owner && !comes_with_the_deal(tx, activity)? {
        told.push((activity.owner_id.clone(), "owner"));
    }
    for person in &activity.participants {
        if before.is_none_or(|b| !b.participants.contains(person)) {
            told.push((person.id.clone().into(), "participant"));
        }
    }
    for (user_id, part) in told {
        if user_id == context.actor.user_id {
            continue;
        }
        let data = json!({
            "part": part,
            "by": context.actor.name,
            "due_on": activity.due_on,
            "starts_at": activity.starts_at,
        });
        let news = NewNotification {
            kind: NotificationKind::ActivityAssigned,
            entity: NotificationSubject::Activity,
            id: activity.id.as_str(),
            title: &activity.title,
            data,
            dedupe_key: format!("assigned:{}:{}:{user_id}", activity.id, activity.version),
            user_id: &user_id,
        };
        notify(tx, &news, context.now)?;
    }
    Ok(())
}

/// Whether the process made an activity and the owner of its deal is to do it.
fn comes_with_the_deal(tx: &mut Tx<'_>, activity: &Activity) -> Result<bool> {
    let Some(deal) = &activity.deal_id else {
        return Ok(false);
    };
    if activity.origin != ActivityOrigin::Process {
        return Ok(false);
    }
    let owner: Option<String> = deal_rows::table
        .filter(deal_rows::id.eq(deal.as_str()))
        .select(deal_rows::owner_id)
        .first(tx.conn)
        .optional()?;
    Ok(owner.as_deref() == Some(activity.owner_id.as_str()))
}

/// Looks up the records that a form names. What an edit leaves as it is is not looked up again.
fn named(
    tx: &mut Tx<'_>,
    context: &Context,
    current: Option<&Loaded>,
    draft: &ActivityDraft,
) -> Result<ActivityReferences> {
    let current = current.map(|found| &found.activity);
    let mut found = ActivityReferences::default();
    let owner = (draft.owner_id.as_ref())
        .or(current.map(|activity| &activity.owner_id))
        .unwrap_or(&context.actor.user_id);
    if current.is_none_or(|activity| activity.owner_id != *owner) {
        found.owner = references::owner(tx, owner)?;
    }
    if let Some(id) = &draft.deal_id
        && current.is_none_or(|activity| activity.deal_id.as_ref() != Some(id))
    {
        (found.deal, found.deal_number) = deal(tx, context, id)?;
    }
    if let Some(id) = &draft.lead_id
        && current.is_none_or(|activity| activity.lead_id.as_ref() != Some(id))
    {
        found.lead = lead(tx, context, id)?;
    }
    if let Some(id) = &draft.account_id {
        found.account = references::account(tx, id.as_str())?;
    }
    let contact_ids: Vec<&str> = draft.contact_ids.iter().map(|id| id.as_str()).collect();
    found.contacts = contacts::table
        .filter(contacts::id.eq_any(contact_ids))
        .filter(contacts::deleted_at.is_null())
        .select((contacts::id, contacts::name))
        .load::<(String, String)>(tx.conn)?
        .into_iter()
        .map(|(id, name)| Ref { id, name })
        .collect();
    let user_ids: Vec<&str> = draft.participant_ids.iter().map(|id| id.as_str()).collect();
    found.participants = users::table
        .filter(users::id.eq_any(user_ids))
        .filter(users::active.eq(true))
        .select((users::id, users::name))
        .load::<(String, String)>(tx.conn)?
        .into_iter()
        .map(|(id, name)| Ref { id, name })
        .collect();
    Ok(found)
}

/// What is `None` when it is not found.
fn if_found<T>(result: Result<T>) -> Result<Option<T>> {
    match result {
        Ok(found) => Ok(Some(found)),
        Err(Error::Domain(DomainError::Refused(ErrorCode::NotFound))) => Ok(None),
        Err(error) => Err(error),
    }
}

fn deal(
    tx: &mut Tx<'_>,
    context: &Context,
    id: &DealId,
) -> Result<(Option<Subject>, Option<String>)> {
    let Some(deal) = if_found(deals::get(tx, &context.actor, id, context.now))? else {
        return Ok((None, None));
    };
    let subject = Subject {
        access: deal_access(&context.actor, &deal),
        refusal: (deal.status != DealStatus::Open).then_some(ErrorCode::DealClosed),
        reference: Ref {
            id: deal.id.into_string(),
            name: deal.title,
        },
    };
    Ok((Some(subject), Some(deal.number)))
}

fn lead(tx: &mut Tx<'_>, context: &Context, id: &LeadId) -> Result<Option<Subject>> {
    let lead = if_found(leads::get(tx, &context.actor, id))?;
    Ok(lead.map(|lead| Subject {
        access: lead_access(&context.actor, &lead),
        refusal: of_lead(lead.status),
        reference: Ref {
            id: lead.id.into_string(),
            name: lead.title,
        },
    }))
}

/// What was planned and done on a lead belongs also to the deal that it becomes. To be called before
/// the lead is marked as converted.
pub(crate) fn follow_lead(
    tx: &mut Tx<'_>,
    context: &Context,
    lead: &LeadId,
    deal: &DealId,
) -> Result<()> {
    let ids: Vec<String> = activities::table
        .filter(activities::lead_id.eq(lead.as_str()))
        .filter(activities::deal_id.is_null())
        .filter(activities::status.ne(ActivityStatus::Cancelled.as_str()))
        .order((activities::due_at, activities::id))
        .select(activities::id)
        .load(tx.conn)?;
    for id in ids {
        let id = ActivityId::new(id);
        let Some(found) = load(tx, &context.actor, &id, context.now)? else {
            continue;
        };
        let draft = ActivityDraft {
            deal_id: Some(deal.clone()),
            ..ActivityDraft::from(&found.activity)
        };
        execute(tx, context, Some(&id), None, &ActivityCommand::Edit(draft))?;
    }
    Ok(())
}
