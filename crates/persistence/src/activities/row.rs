//! A row, and the activity that it stands for.

use std::collections::HashMap;

use chrono::{NaiveDateTime, NaiveTime};
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};
use etalon_domain::activity::{Activity, Due};
use etalon_domain::deal::{DealStatus, format_number};
use etalon_domain::error::ErrorCode;
use etalon_domain::id::{AccountId, ActivityId, DealId, DepartmentId, LeadId, Ref, UserId};
use etalon_domain::lead::LeadStatus;
use etalon_domain::policy::{Access, Actor, access, access_with_team, activity_access};
use etalon_domain::time::{Instant, from_naive, to_naive};

use crate::connection::{Backend, Tx};
use crate::error::Result;
use crate::portable::{among, backend};
use crate::schema::{activities, activity_contacts, activity_users, contacts, users};
use crate::zone::{day_at, zone};

#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = activities, treat_none_as_null = true)]
pub(super) struct Values {
    pub(super) id: String,
    kind: String,
    title: String,
    note: Option<String>,
    deal_id: Option<String>,
    lead_id: Option<String>,
    account_id: Option<String>,
    owner_id: String,
    status: String,
    all_day: bool,
    pub(super) due_at: NaiveDateTime,
    ends_at: NaiveDateTime,
    duration_minutes: Option<i32>,
    result: Option<String>,
    pub(super) done_at: Option<NaiveDateTime>,
    origin: String,
    step_id: Option<String>,
    stage: Option<String>,
    remind_at: Option<NaiveDateTime>,
    version: i64,
    pub(super) created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
}

#[derive(Clone, Debug, Queryable)]
pub(super) struct OfDeal {
    number: Option<i64>,
    title: Option<String>,
    owner_id: Option<String>,
    department_id: Option<String>,
    status: Option<String>,
    deleted_at: Option<NaiveDateTime>,
    /// What the reader does on its team.
    team_role: Option<String>,
}

#[derive(Clone, Debug, Queryable)]
pub(super) struct OfLead {
    title: Option<String>,
    owner_id: Option<String>,
    department_id: Option<String>,
    status: Option<String>,
    deleted_at: Option<NaiveDateTime>,
}

/// An activity with the names of what it refers to and what decides who may see it.
#[derive(Clone, Debug, Queryable)]
pub(super) struct Row {
    pub(super) values: Values,
    owner_name: String,
    owner_department: Option<String>,
    deal: OfDeal,
    lead: OfLead,
    account_id: Option<String>,
    account_name: Option<String>,
}

#[diesel::declare_sql_function]
extern "SQL" {
    /// The first that is not null. A function instead of written SQL: a statement with that would be
    /// planned anew each time, which takes PostgreSQL longer than to run it.
    #[sql_name = "COALESCE"]
    fn first_known(a: Nullable<Text>, b: Nullable<Text>, c: Nullable<Text>) -> Nullable<Text>;
}

/// Activities with their owners, deals and leads: what a filter and the reader's rights are about.
macro_rules! related {
    () => {{
        use $crate::schema::{activities, deals, leads, users};
        activities::table
            .inner_join(users::table.on(users::id.eq(activities::owner_id)))
            .left_join(deals::table.on(deals::id.nullable().eq(activities::deal_id)))
            .left_join(leads::table.on(leads::id.nullable().eq(activities::lead_id)))
    }};
}

/// The joined source of every read of activities for a person, boxed, with the columns of [`Row`];
/// without a reader nobody is on the team.
macro_rules! joined {
    () => {
        $crate::activities::row::joined!("")
    };
    ($reader:expr) => {{
        use $crate::activities::row::{Values, first_known};
        use $crate::schema::{accounts, activities, deal_team, deals, leads, users};
        let reader: &str = $reader;
        let account = first_known(
            activities::account_id,
            deals::account_id.nullable(),
            leads::account_id.nullable(),
        );
        $crate::activities::row::related!()
            .left_join(accounts::table.on(accounts::id.nullable().eq(account)))
            .left_join(
                deal_team::table.on(deal_team::deal_id
                    .nullable()
                    .eq(activities::deal_id)
                    .and(deal_team::user_id.eq(reader.to_owned()))),
            )
            .select((
                Values::as_select(),
                users::name,
                users::department_id,
                (
                    deals::number.nullable(),
                    deals::title.nullable(),
                    deals::owner_id.nullable(),
                    deals::department_id.nullable(),
                    deals::status.nullable(),
                    deals::deleted_at.nullable(),
                    deal_team::role.nullable(),
                ),
                (
                    leads::title.nullable(),
                    leads::owner_id.nullable(),
                    leads::department_id.nullable(),
                    leads::status.nullable(),
                    leads::deleted_at.nullable(),
                ),
                accounts::id.nullable(),
                accounts::name.nullable(),
            ))
            .into_boxed()
    }};
}

pub(super) use {joined, related};

impl Values {
    /// The columns of an activity.
    pub(super) fn of(activity: &Activity) -> Self {
        let text = |id: Option<&str>| id.map(str::to_owned);
        let hangs_alone = activity.deal_id.is_none() && activity.lead_id.is_none();
        let account = activity.account_id.as_ref().filter(|_| hangs_alone);
        Self {
            id: activity.id.as_str().into(),
            kind: activity.kind.as_str().into(),
            title: activity.title.clone(),
            note: activity.note.clone(),
            deal_id: text(activity.deal_id.as_ref().map(|id| id.as_str())),
            lead_id: text(activity.lead_id.as_ref().map(|id| id.as_str())),
            account_id: text(account.map(|id| id.as_str())),
            owner_id: activity.owner_id.as_str().into(),
            status: activity.status.as_str().into(),
            all_day: matches!(activity.due(), Due::Day(_)),
            due_at: stored(activity.due()),
            ends_at: stored(activity.ends()),
            duration_minutes: activity.duration_minutes,
            result: activity.result.clone(),
            done_at: activity.done_at.map(to_naive),
            origin: activity.origin.as_str().into(),
            step_id: activity.step_id.clone(),
            stage: activity.stage.clone(),
            remind_at: activity.remind_at.map(to_naive),
            version: activity.version,
            created_at: to_naive(activity.created_at),
            updated_at: to_naive(activity.updated_at),
        }
    }
}

fn stored(due: Due) -> NaiveDateTime {
    match due {
        Due::Day(day) => day.and_time(NaiveTime::MIN),
        Due::At(at) => to_naive(at),
    }
}

impl Row {
    /// What the actor may do with the deal or lead that the activity hangs on; `None` without one.
    fn on(&self, actor: &Actor) -> Result<Option<Access>> {
        let place = |owner: &Option<String>, department: &Option<String>| {
            let owner = UserId::new(owner.clone().unwrap_or_default());
            (owner, department.clone().map(DepartmentId::new))
        };
        if self.is_gone() {
            return Ok(Some(Access::None));
        }
        if self.values.deal_id.is_some() {
            let deal = &self.deal;
            let (owner, department) = place(&deal.owner_id, &deal.department_id);
            let role = deal.team_role.as_deref().map(str::parse).transpose()?;
            let access = access_with_team(actor, &owner, department.as_ref(), role);
            return Ok(Some(access));
        }
        if self.values.lead_id.is_some() {
            let (owner, department) = place(&self.lead.owner_id, &self.lead.department_id);
            return Ok(Some(access(actor, &owner, department.as_ref())));
        }
        Ok(None)
    }

    /// Whether what the activity hangs on is in the bin.
    pub(super) fn is_gone(&self) -> bool {
        match self.values.deal_id {
            Some(_) => self.deal.deleted_at.is_some(),
            None => self.lead.deleted_at.is_some(),
        }
    }

    /// Why nothing new may be planned on what the activity hangs on.
    pub(super) fn refusal(&self) -> Result<Option<ErrorCode>> {
        let deal: Option<DealStatus> = self.deal.status.as_deref().map(str::parse).transpose()?;
        let lead: Option<LeadStatus> = self.lead.status.as_deref().map(str::parse).transpose()?;
        Ok(match (deal, lead) {
            (Some(status), _) => (status != DealStatus::Open).then_some(ErrorCode::DealClosed),
            (None, Some(status)) => of_lead(status),
            (None, None) => None,
        })
    }
}

/// Why nothing new may be planned on a lead with this status.
pub(super) fn of_lead(status: LeadStatus) -> Option<ErrorCode> {
    match status {
        LeadStatus::New | LeadStatus::Qualifying | LeadStatus::Nurturing => None,
        LeadStatus::Qualified => Some(ErrorCode::LeadAlreadyConverted),
        LeadStatus::Disqualified => Some(ErrorCode::LeadClosed),
    }
}

/// The activities that rows stand for, each with what the reader may do with it; without a reader
/// nothing is said about that and about what is overdue.
pub(super) fn into_activities(
    tx: &mut Tx<'_>,
    reader: Option<(&Actor, Instant)>,
    rows: Vec<Row>,
) -> Result<Vec<(Activity, Access)>> {
    let ids: Vec<String> = rows.iter().map(|row| row.values.id.clone()).collect();
    let mut contacts = people(tx, &ids, People::Contacts)?;
    let mut participants = people(tx, &ids, People::Colleagues)?;
    let today = reader.map(|(actor, now)| day_at(now, zone(&actor.time_zone)));
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let on = match reader {
            Some((actor, _)) => row.on(actor)?,
            None => None,
        };
        let mut activity = activity(row)?;
        activity.contacts = contacts.remove(activity.id.as_str()).unwrap_or_default();
        activity.participants = (participants.remove(activity.id.as_str())).unwrap_or_default();
        let mut access = Access::None;
        if let (Some((actor, now)), Some(today)) = (reader, today) {
            access = activity_access(actor, &activity, on);
            activity.changeable = access == Access::Write;
            activity.overdue = activity.is_overdue(now, today);
        }
        found.push((activity, access));
    }
    Ok(found)
}

fn activity(row: Row) -> Result<Activity> {
    let v = row.values;
    let at = from_naive(v.due_at);
    Ok(Activity {
        id: ActivityId::new(v.id),
        kind: v.kind.parse()?,
        title: v.title,
        note: v.note,
        deal_id: v.deal_id.map(DealId::new),
        deal_number: row.deal.number.map(format_number),
        deal_title: row.deal.title,
        lead_id: v.lead_id.map(LeadId::new),
        lead_title: row.lead.title,
        account_id: row.account_id.map(AccountId::new),
        account_name: row.account_name,
        owner_id: UserId::new(v.owner_id),
        owner_name: row.owner_name,
        department_id: row.owner_department.map(DepartmentId::new),
        status: v.status.parse()?,
        due_on: v.all_day.then(|| v.due_at.date()),
        starts_at: (!v.all_day).then_some(at),
        duration_minutes: v.duration_minutes,
        result: v.result,
        done_at: v.done_at.map(from_naive),
        origin: v.origin.parse()?,
        step_id: v.step_id,
        stage: v.stage,
        contacts: Vec::new(),
        participants: Vec::new(),
        remind_at: v.remind_at.map(from_naive),
        overdue: false,
        changeable: false,
        version: v.version,
        created_at: from_naive(v.created_at),
        updated_at: from_naive(v.updated_at),
    })
}

enum People {
    Contacts,
    Colleagues,
}

/// Who takes part in which of these activities, by name.
fn people(tx: &mut Tx<'_>, ids: &[String], which: People) -> Result<HashMap<String, Vec<Ref>>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    macro_rules! load {
        ($link:ident, $person:ident, $id:ident) => {{
            let query = $link::table
                .inner_join($person::table.on($person::id.eq($link::$id)))
                .order(($person::search_text, $person::id))
                .select(($link::activity_id, $person::id, $person::name))
                .into_boxed();
            match backend(tx.conn) {
                Backend::Sqlite => query
                    .filter(among!(concat!(stringify!($link), ".activity_id"), ids))
                    .load(tx.conn)?,
                Backend::Postgres => query
                    .filter($link::activity_id.eq_any(ids.to_vec()))
                    .load(tx.conn)?,
            }
        }};
    }
    let rows: Vec<(String, String, String)> = match which {
        People::Contacts => load!(activity_contacts, contacts, contact_id),
        People::Colleagues => load!(activity_users, users, user_id),
    };
    let mut by_activity: HashMap<String, Vec<Ref>> = HashMap::new();
    for (activity, id, name) in rows {
        by_activity
            .entry(activity)
            .or_default()
            .push(Ref { id, name });
    }
    Ok(by_activity)
}
