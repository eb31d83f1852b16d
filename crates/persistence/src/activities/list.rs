//! Pages of activities.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};
use chrono_tz::Tz;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Nullable, Text};
use etalon_domain::activity::{Activity, ActivityFilter, ActivitySort};
use etalon_domain::page::{MAX_LIMIT, Page, Sort, Totals};
use etalon_domain::policy::{Actor, Reach};
use etalon_domain::time::{Instant, to_naive};

use super::row::{Row, into_activities, joined, related};
use crate::connection::Tx;
use crate::departments;
use crate::error::Result;
use crate::page::{decode, encode, keyset, limit};
use crate::schema::{activities, activity_contacts, activity_users, deals, leads, users};
use crate::zone::{day_at, day_end, day_start, zone};

/// About how many activities a calendar program gets at most.
const MOST_IN_CALENDAR: usize = 5000;

/// An interval of days as the rows have it: of whole days without a zone, of instants in UTC.
#[derive(Clone, Copy, Debug)]
pub(super) struct Interval {
    pub(super) whole: (NaiveDateTime, NaiveDateTime),
    pub(super) timed: (NaiveDateTime, NaiveDateTime),
}

impl Interval {
    /// From the beginning of a day to the end of another one, in a zone.
    pub(super) fn new(from: NaiveDate, to: NaiveDate, zone: Tz) -> Self {
        let after = to.succ_opt().unwrap_or(to);
        Self {
            whole: (
                from.and_time(NaiveTime::MIN),
                after.and_time(NaiveTime::MIN),
            ),
            timed: (day_start(from, zone), day_end(to, zone)),
        }
    }

    /// The days of a filter; an open end reaches as far as days are meant.
    pub(super) fn over(from: Option<NaiveDate>, to: Option<NaiveDate>, zone: Tz) -> Option<Self> {
        if from.is_none() && to.is_none() {
            return None;
        }
        let first = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap_or_default();
        let last = NaiveDate::from_ymd_opt(2200, 12, 31).unwrap_or_default();
        let from = from.unwrap_or(first).clamp(first, last);
        let to = to.unwrap_or(last).clamp(first, last);
        Some(Self::new(from, to, zone))
    }

    /// What lies in both intervals; an index can serve it.
    pub(super) fn around(self) -> (NaiveDateTime, NaiveDateTime) {
        (
            self.whole.0.min(self.timed.0),
            self.whole.1.max(self.timed.1),
        )
    }
}

/// Narrows a query to what is due in an interval.
macro_rules! due_in {
    ($query:expr, $interval:expr) => {{
        let interval: crate::activities::list::Interval = $interval;
        let (first, last) = interval.around();
        $query
            .filter(activities::due_at.ge(first))
            .filter(activities::due_at.lt(last))
            .filter(
                (activities::all_day.eq(true))
                    .and(activities::due_at.ge(interval.whole.0))
                    .and(activities::due_at.lt(interval.whole.1))
                    .or((activities::all_day.eq(false))
                        .and(activities::due_at.ge(interval.timed.0))
                        .and(activities::due_at.lt(interval.timed.1))),
            )
    }};
}

/// Narrows a query to what is planned and overdue at an instant; `$today` is the reader's day.
macro_rules! overdue_at {
    ($query:expr, $now:expr, $today:expr) => {{
        let (now, today) = ($now, $today.and_time(chrono::NaiveTime::MIN));
        $query
            .filter(activities::status.eq("planned"))
            .filter(activities::due_at.lt(now.max(today)))
            .filter(
                (activities::all_day.eq(true))
                    .and(activities::ends_at.le(today))
                    .or((activities::all_day.eq(false)).and(activities::ends_at.lt(now))),
            )
    }};
}

/// Narrows a query to what does not hang on a deal or lead in the bin.
macro_rules! present {
    ($query:expr) => {
        $query.filter(deals::deleted_at.is_null()).filter(
            leads::deleted_at
                .is_null()
                .or(activities::deal_id.is_not_null()),
        )
    };
}

/// Narrows a query over activities with their owners, deals and leads to what the reader may see and a
/// filter selects; `$departments` are those that the filter means.
macro_rules! narrowed {
    ($query:expr, $actor:expr, $filter:expr, $departments:expr, $now:expr) => {{
        let actor: &Actor = $actor;
        let filter: &ActivityFilter = $filter;
        let departments: &[String] = $departments;
        let now: Instant = $now;
        let zone = crate::zone::zone(&actor.time_zone);
        let mut query = crate::activities::list::present!($query);
        let visible: Option<Vec<String>> = match &actor.reach {
            Reach::All => None,
            Reach::Own => Some(Vec::new()),
            Reach::Departments { departments } => {
                Some(departments.iter().map(ToString::to_string).collect())
            }
        };
        if let Some(visible) = visible {
            let me = actor.user_id.as_str().to_owned();
            let takes_part = activity_users::table
                .filter(activity_users::user_id.eq(me.clone()))
                .select(activity_users::activity_id);
            let on_team = diesel::dsl::sql::<Nullable<Bool>>(
                "activities.deal_id IN (SELECT deal_id FROM deal_team WHERE user_id = ",
            )
            .bind::<Text, _>(me.clone())
            .sql(")");
            let no_deal = activities::deal_id.is_null();
            let alone = no_deal.and(activities::lead_id.is_null());
            query = query.filter(
                (activities::owner_id.eq(me.clone()).nullable())
                    .or(activities::id.eq_any(takes_part).nullable())
                    .or(deals::owner_id.nullable().eq(me.clone()))
                    .or(on_team)
                    .or(deals::department_id.nullable().eq_any(visible.clone()))
                    .or(no_deal.and(leads::owner_id.nullable().eq(me)).nullable())
                    .or(no_deal
                        .and(leads::department_id.nullable().eq_any(visible.clone()))
                        .nullable())
                    .or(alone.and(users::department_id.eq_any(visible)).nullable()),
            );
        }
        macro_rules! any_of {
            ($values:expr, $column:expr) => {
                if let [value] = $values.0.as_slice() {
                    query = query.filter($column.eq(value.to_string()));
                } else if !$values.is_empty() {
                    let values: Vec<String> = $values.0.iter().map(ToString::to_string).collect();
                    query = query.filter($column.eq_any(values));
                }
            };
        }
        any_of!(filter.owner_id, activities::owner_id);
        any_of!(filter.deal_id, activities::deal_id);
        any_of!(filter.lead_id, activities::lead_id);
        any_of!(filter.kind, activities::kind);
        any_of!(filter.status, activities::status);
        any_of!(filter.origin, activities::origin);
        if !departments.is_empty() {
            let of_one = users::department_id.eq_any(departments.to_vec());
            query = if departments.iter().any(|id| id == "none") {
                query.filter(of_one.or(users::department_id.is_null()))
            } else {
                query.filter(of_one)
            };
        }
        if let Some(person) = &filter.person_id {
            let takes_part = activity_users::table
                .filter(activity_users::user_id.eq(person.to_string()))
                .select(activity_users::activity_id);
            query = query.filter(
                (activities::owner_id.eq(person.to_string())).or(activities::id.eq_any(takes_part)),
            );
        }
        if let Some(contact) = &filter.contact_id {
            let with = activity_contacts::table
                .filter(activity_contacts::contact_id.eq(contact.to_string()))
                .select(activity_contacts::activity_id);
            query = query.filter(activities::id.eq_any(with));
        }
        if !filter.account_id.is_empty() {
            let ids: Vec<String> = (filter.account_id.0.iter())
                .map(ToString::to_string)
                .collect();
            query = query.filter(
                (activities::account_id.eq_any(ids.clone()))
                    .or(deals::account_id.nullable().eq_any(ids.clone()))
                    .or(leads::account_id.nullable().eq_any(ids)),
            );
        }
        macro_rules! of_deal {
            ($values:expr, $column:expr) => {
                if !$values.is_empty() {
                    query = query.filter(activities::deal_id.is_not_null());
                    query = crate::portable::any_or_none!(query, $values.0, $column);
                }
            };
        }
        of_deal!(filter.source, "deals.source");
        of_deal!(filter.category, "deals.category");
        of_deal!(filter.product_id, "deals.product_id");
        of_deal!(
            filter.industry,
            "(SELECT a.industry FROM accounts AS a WHERE a.id = deals.account_id)"
        );
        of_deal!(
            filter.process_id,
            "(SELECT p.process_id FROM process_versions AS p WHERE p.id = deals.process_version_id)"
        );
        if let Some(interval) = Interval::over(filter.from, filter.to, zone) {
            query = crate::activities::list::due_in!(query, interval);
        }
        if let Some(interval) = Interval::over(filter.done_from, filter.done_to, zone) {
            query = query
                .filter(activities::done_at.ge(interval.timed.0))
                .filter(activities::done_at.lt(interval.timed.1));
        }
        let today = crate::zone::day_at(now, zone);
        match filter.overdue {
            Some(true) => {
                query = crate::activities::list::overdue_at!(query, to_naive(now), today);
            }
            Some(false) => {
                let (now, today) = (to_naive(now), today.and_time(chrono::NaiveTime::MIN));
                query = query.filter(
                    (activities::status.ne("planned"))
                        .or((activities::all_day.eq(true)).and(activities::ends_at.gt(today)))
                        .or((activities::all_day.eq(false)).and(activities::ends_at.ge(now))),
                );
            }
            None => {}
        }
        query
    }};
}

pub(super) use {due_in, narrowed, overdue_at, present};

/// A page of the activities that the reader may see and the filter selects.
///
/// # Errors
/// `invalid_fields` when a filter is not valid, or the database cannot be read.
pub fn list(
    tx: &mut Tx<'_>,
    actor: &Actor,
    filter: &ActivityFilter,
    now: Instant,
) -> Result<Page<Activity>> {
    let wanted = limit(filter.limit)?;
    let sort = filter.sort.unwrap_or(Sort {
        field: ActivitySort::DueAt,
        descending: false,
    });
    let order = sort.to_string();
    let cursor = filter.cursor.as_deref();
    let departments = departments::meant(tx, &filter.department_id, filter.subtree)?;
    let me = actor.user_id.as_str().to_owned();
    macro_rules! by {
        ($column:expr, $value:expr) => {{
            let cursor = decode::<NaiveDateTime>(&order, cursor)?;
            let mut rows: Vec<Row> = keyset!(
                tx.conn,
                narrowed!(joined!(me.as_str()), actor, filter, &departments, now),
                $column,
                activities::id,
                cursor,
                sort.descending,
                wanted + 1
            );
            let more = rows.len() > wanted;
            rows.truncate(wanted);
            let value: fn(&Row) -> Option<NaiveDateTime> = $value;
            let next = rows
                .last()
                .filter(|_| more)
                .map(|row| encode(&order, value(row).as_ref(), &row.values.id));
            (rows, next)
        }};
    }
    let (rows, next_cursor) = match sort.field {
        ActivitySort::DueAt => by!(activities::due_at, |r| Some(r.values.due_at)),
        ActivitySort::DoneAt => by!(activities::done_at, |r| r.values.done_at),
        ActivitySort::CreatedAt => by!(activities::created_at, |r| Some(r.values.created_at)),
    };
    let totals = match filter.totals {
        Some(true) => {
            let query = related!().select(diesel::dsl::count_star()).into_boxed();
            Some(Totals {
                count: narrowed!(query, actor, filter, &departments, now).first(tx.conn)?,
                amount: None,
                weighted: None,
                unconverted: 0,
                stages: Vec::new(),
            })
        }
        _ => None,
    };
    let found = into_activities(tx, Some((actor, now)), rows)?;
    Ok(Page {
        items: found.into_iter().map(|(activity, _)| activity).collect(),
        next_cursor,
        totals,
    })
}

/// What a calendar program shows of a person: what the person owns or takes part in, from a month ago
/// to a year ahead, called-off activities included, so that they disappear there.
///
/// # Errors
/// When the database cannot be read.
pub fn for_calendar(tx: &mut Tx<'_>, actor: &Actor, now: Instant) -> Result<Vec<Activity>> {
    let today = day_at(now, zone(&actor.time_zone));
    let filter = ActivityFilter {
        person_id: Some(actor.user_id.clone()),
        from: today.checked_sub_days(Days::new(31)),
        to: today.checked_add_days(Days::new(366)),
        limit: Some(MAX_LIMIT),
        ..ActivityFilter::default()
    };
    let mut found = Vec::new();
    let mut cursor = None;
    loop {
        let filter = ActivityFilter {
            cursor,
            ..filter.clone()
        };
        let page = list(tx, actor, &filter, now)?;
        found.extend(page.items);
        cursor = page.next_cursor;
        if cursor.is_none() || found.len() >= MOST_IN_CALENDAR {
            return Ok(found);
        }
    }
}
