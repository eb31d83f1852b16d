//! What a person has to do on a day.

use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use etalon_domain::activity::{
    Activity, ActivityFilter, ActivityStatus, DealToMove, Due, GuidedDeal, LeadToWork, MyDay,
    MyDayQuery,
};
use etalon_domain::deal::format_number;
use etalon_domain::id::{DealId, LeadId, Ref, UserId};
use etalon_domain::lead::{Bant, LeadStatus};
use etalon_domain::policy::Actor;
use etalon_domain::time::{Instant, to_naive};

use super::list::{Interval, due_in, list, overdue_at, present};
use super::row::{Row, into_activities, joined};
use crate::connection::Tx;
use crate::error::Result;
use crate::notifications;
use crate::schema::{accounts, activities, activity_users, deals, leads};
use crate::zone::{day_at, day_end, day_start, zone};

/// How many entries each list has at most.
const MOST: i64 = 100;
/// Of how many deals the process is asked, those first that are in their stage for longest. Each takes some
/// queries, and most that wait for days have something due, so there is little to leave out before.
const MOST_GUIDED: i64 = 100;

/// What the actor has to do on a day: only what is his own.
///
/// Each list is read twice, by the owner's index and by that of those who take part, so that neither
/// looks at anybody else's activities.
///
/// # Errors
/// When the database cannot be read.
pub fn my_day(tx: &mut Tx<'_>, actor: &Actor, query: MyDayQuery, now: Instant) -> Result<MyDay> {
    let zone = zone(&actor.time_zone);
    let today = day_at(now, zone);
    let day = query.day.unwrap_or(today);
    let next = day.succ_opt().unwrap_or(day);
    let week = day.checked_add_days(Days::new(7)).unwrap_or(day);
    let me = actor.user_id.as_str();
    macro_rules! load {
        ($query:ident => $narrow:expr) => {{
            let mut rows: Vec<Row> = {
                let $query = present!(joined!(me)).filter(activities::owner_id.eq(me));
                $narrow.load(tx.conn)?
            };
            let takes_part = activity_users::table
                .filter(activity_users::user_id.eq(me))
                .select(activity_users::activity_id);
            let others: Vec<Row> = {
                let $query = present!(joined!(me))
                    .filter(activities::id.eq_any(takes_part))
                    .filter(activities::owner_id.ne(me));
                $narrow.load(tx.conn)?
            };
            rows.extend(others);
            let found = into_activities(tx, Some((actor, now)), rows)?;
            found
                .into_iter()
                .map(|(activity, _)| activity)
                .collect::<Vec<Activity>>()
        }};
    }
    macro_rules! planned {
        ($from:expr, $to:expr) => {{
            let mut found = load!(query => due_in!(query, Interval::new($from, $to, zone))
                .filter(activities::status.eq(ActivityStatus::Planned.as_str()))
                .order((activities::due_at, activities::id))
                .limit(MOST));
            by_due(&mut found);
            found
        }};
    }
    let mut overdue = load!(query => overdue_at!(query, to_naive(now), today)
        .order((activities::due_at, activities::id))
        .limit(MOST));
    by_due(&mut overdue);
    let mut of_day = planned!(day, day);
    of_day.retain(|activity| !activity.overdue);
    let mut done = load!(query => query
        .filter(activities::done_at.ge(day_start(day, zone)))
        .filter(activities::done_at.lt(day_end(day, zone)))
        .filter(activities::status.eq(ActivityStatus::Done.as_str()))
        .order(activities::done_at.desc())
        .limit(MOST));
    done.sort_by_key(|activity| std::cmp::Reverse(activity.done_at));
    Ok(MyDay {
        day,
        overdue_count: count_overdue(tx, actor, &overdue, now)?,
        overdue,
        today: of_day,
        upcoming: planned!(next, week),
        done,
        deals: deals_to_move(tx, actor, day)?,
        guided: guided(tx, actor, day, now)?,
        leads: leads_to_work(tx, actor)?,
        unread: notifications::unread(tx, &actor.user_id, now)?,
    })
}

/// Sorts by day and time; what is due on a day as a whole comes first on it.
fn by_due(found: &mut [Activity]) {
    found.sort_by_key(|activity| match activity.due() {
        Due::Day(day) => (day.and_time(chrono::NaiveTime::MIN), activity.id.clone()),
        Due::At(at) => (to_naive(at), activity.id.clone()),
    });
}

/// How many activities are overdue in all; they are counted only when not all were read.
fn count_overdue(tx: &mut Tx<'_>, actor: &Actor, read: &[Activity], now: Instant) -> Result<i64> {
    if (read.len() as i64) < MOST {
        return Ok(read.len() as i64);
    }
    let filter = ActivityFilter {
        person_id: Some(actor.user_id.clone()),
        overdue: Some(true),
        limit: Some(1),
        totals: Some(true),
        ..ActivityFilter::default()
    };
    Ok(list(tx, actor, &filter, now)?
        .totals
        .map_or(0, |totals| totals.count))
}

/// Own open deals whose next step is due by a day.
fn deals_to_move(tx: &mut Tx<'_>, actor: &Actor, day: NaiveDate) -> Result<Vec<DealToMove>> {
    type Found = (
        String,
        i64,
        String,
        Option<String>,
        String,
        Option<NaiveDate>,
    );
    let rows: Vec<Found> = deals::table
        .left_join(accounts::table.on(accounts::id.nullable().eq(deals::account_id)))
        .filter(deals::owner_id.eq(actor.user_id.as_str()))
        .filter(deals::status.eq("open"))
        .filter(deals::deleted_at.is_null())
        .filter(deals::next_step_on.le(day))
        .order((deals::next_step_on, deals::id))
        .select((
            deals::id,
            deals::number,
            deals::title,
            accounts::name.nullable(),
            deals::stage,
            deals::next_step_on,
        ))
        .limit(MOST)
        .load(tx.conn)?;
    let deals = rows.into_iter();
    Ok(deals
        .map(
            |(id, number, title, account_name, stage, next)| DealToMove {
                id: DealId::new(id),
                number: format_number(number),
                title,
                account_name,
                stage,
                next_step_on: next.unwrap_or(day),
            },
        )
        .collect())
}

/// Own open deals in which the process wants something done by a day.
fn guided(tx: &mut Tx<'_>, actor: &Actor, day: NaiveDate, now: Instant) -> Result<Vec<GuidedDeal>> {
    let language = crate::users::language_of(tx, &actor.user_id)?;
    let ids: Vec<String> = deals::table
        .filter(deals::owner_id.eq(actor.user_id.as_str()))
        .filter(deals::status.eq("open"))
        .filter(deals::deleted_at.is_null())
        .order((deals::stage_entered_at, deals::id))
        .select(deals::id)
        .limit(MOST_GUIDED)
        .load(tx.conn)?;
    let mut found = Vec::new();
    for id in ids {
        let Some(deal) = crate::deals::load(tx, actor, &DealId::new(id), now)? else {
            continue;
        };
        let guide = crate::deals::present(tx, actor, &deal, language, now)?;
        let Some(next_step) = guide.next_step else {
            continue;
        };
        let is_due = next_step.due_on.is_some_and(|due| due <= day);
        if guide.overdue_steps > 0 || guide.minutes_due || is_due {
            found.push(GuidedDeal {
                id: deal.id,
                number: deal.number,
                title: deal.title,
                account_name: deal.account_name,
                stage: deal.stage,
                next_step,
                overdue_steps: guide.overdue_steps,
                minutes_due: guide.minutes_due,
            });
        }
    }
    found.sort_by_key(|deal| std::cmp::Reverse((deal.minutes_due, deal.overdue_steps)));
    Ok(found)
}

/// Own leads that are worked on.
fn leads_to_work(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<LeadToWork>> {
    type Found = (
        String,
        String,
        Option<String>,
        Option<String>,
        String,
        String,
        i32,
    );
    let open = [LeadStatus::New.as_str(), LeadStatus::Qualifying.as_str()];
    let rows: Vec<Found> = leads::table
        .left_join(accounts::table.on(accounts::id.nullable().eq(leads::account_id)))
        .filter(leads::owner_id.eq(actor.user_id.as_str()))
        .filter(leads::status.eq_any(open))
        .filter(leads::deleted_at.is_null())
        .order((leads::score.desc(), leads::created_at, leads::id))
        .select((
            leads::id,
            leads::title,
            accounts::name.nullable(),
            leads::company_name,
            leads::status,
            leads::bant,
            leads::score,
        ))
        .limit(MOST)
        .load(tx.conn)?;
    rows.into_iter()
        .map(|(id, title, account, company, status, bant, score)| {
            let bant: Bant = serde_json::from_str(&bant)?;
            Ok(LeadToWork {
                id: LeadId::new(id),
                title,
                company_name: account.or(company),
                status: status.parse()?,
                score,
                next_question: bant.next_question(),
            })
        })
        .collect()
}

/// How many own planned activities of a person are overdue, and the oldest of them; `None` when none
/// is.
pub(crate) fn overdue_of(
    tx: &mut Tx<'_>,
    user: &UserId,
    now: Instant,
    today: NaiveDate,
) -> Result<Option<(i64, Ref)>> {
    macro_rules! overdue {
        ($columns:expr) => {{
            let query = activities::table
                .left_join(deals::table.on(deals::id.nullable().eq(activities::deal_id)))
                .left_join(leads::table.on(leads::id.nullable().eq(activities::lead_id)))
                .select($columns)
                .into_boxed();
            let query = present!(query).filter(activities::owner_id.eq(user.as_str()));
            overdue_at!(query, to_naive(now), today)
        }};
    }
    let count: i64 = overdue!(diesel::dsl::count_star()).first(tx.conn)?;
    if count == 0 {
        return Ok(None);
    }
    let (id, name): (String, String) = overdue!((activities::id, activities::title))
        .order((activities::due_at, activities::id))
        .first(tx.conn)?;
    Ok(Some((count, Ref { id, name })))
}
