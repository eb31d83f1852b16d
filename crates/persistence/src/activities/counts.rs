//! How much was done and is planned: the counts of lists.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};
use diesel::dsl::{count_star, sql};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Nullable, Text};
use etalon_domain::activity::{ActivityFilter, ActivityStatus};
use etalon_domain::analytics::Period;
use etalon_domain::page::Any;
use etalon_domain::policy::{Actor, Reach};
use etalon_domain::time::{Instant, to_naive};

use super::list::{Interval, narrowed};
use super::row::related;
use crate::connection::Tx;
use crate::error::Result;
use crate::portable::instant;
use crate::schema::{activities, activity_contacts, activity_users, deals, leads, users};

/// Of which activities the numbers are: those of a filter, of the people of some departments, as far as a
/// reader may see them.
#[derive(Clone, Debug)]
pub(crate) struct CountsQuery<'a> {
    pub actor: &'a Actor,
    pub filter: ActivityFilter,
    /// The only ones whose people count, unless there are none.
    pub departments: &'a [String],
    pub period: Period,
    /// What was done later does not count.
    pub as_of: NaiveDate,
    pub now: Instant,
}

/// How much each person did in the period: how many activities the list has with
/// `status=done&done_from&done_to`.
///
/// # Errors
/// When the database cannot be read.
pub(crate) fn done_by_owner(
    tx: &mut Tx<'_>,
    asked: &CountsQuery<'_>,
) -> Result<BTreeMap<String, i64>> {
    let done = ActivityFilter {
        status: Any::one(ActivityStatus::Done),
        done_from: Some(asked.period.from),
        done_to: Some(asked.period.to.min(asked.as_of)),
        ..asked.filter.clone()
    };
    of_filter(tx, asked, &done)
}

/// How much is planned until the end of the period, and how much is overdue: how many activities the list
/// has with `status=planned&overdue=false&to` and with `overdue=true`.
///
/// # Errors
/// When the database cannot be read.
pub(crate) fn to_do(tx: &mut Tx<'_>, asked: &CountsQuery<'_>) -> Result<(i64, i64)> {
    let planned = ActivityFilter {
        status: Any::one(ActivityStatus::Planned),
        ..asked.filter.clone()
    };
    let (actor, now, filter) = (asked.actor, asked.now, &planned);
    let zone = crate::zone::zone(&actor.time_zone);
    let due = Interval::new(asked.period.from, asked.period.to, zone);
    let today = crate::zone::day_at(now, zone).and_time(NaiveTime::MIN);
    // As `overdue_at` and `due_in` of the list.
    let part = format!(
        "CASE WHEN activities.all_day AND activities.ends_at <= {today} OR NOT activities.all_day \
         AND activities.ends_at < {now} THEN 'overdue' WHEN activities.all_day AND \
         activities.due_at < {whole} OR NOT activities.all_day AND activities.due_at < {timed} \
         THEN 'planned' END",
        today = instant(today),
        now = instant(to_naive(now)),
        whole = instant(due.whole.1),
        timed = instant(due.timed.1),
    );
    let last = due.around().1.max(to_naive(now)).max(today);
    let query = related!()
        .filter(activities::due_at.lt(last))
        .group_by(sql::<Text>("1"))
        .select((sql::<Nullable<Text>>(&part), count_star()))
        .into_boxed();
    let rows: Vec<(Option<String>, i64)> =
        narrowed!(query, actor, filter, asked.departments, now).load(tx.conn)?;
    let count = |part: &str| {
        let found = rows
            .iter()
            .find(|(found, _)| found.as_deref() == Some(part));
        found.map_or(0, |(_, count)| *count)
    };
    Ok((count("planned"), count("overdue")))
}

fn of_filter(
    tx: &mut Tx<'_>,
    asked: &CountsQuery<'_>,
    filter: &ActivityFilter,
) -> Result<BTreeMap<String, i64>> {
    let query = related!()
        .group_by(activities::owner_id)
        .select((activities::owner_id, count_star()))
        .into_boxed();
    let (actor, now) = (asked.actor, asked.now);
    let rows: Vec<(String, i64)> =
        narrowed!(query, actor, filter, asked.departments, now).load(tx.conn)?;
    Ok(rows.into_iter().collect())
}
