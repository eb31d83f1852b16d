//! How much was done and is planned, by person: the counts of lists.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::dsl::count_star;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Nullable, Text};
use etalon_domain::activity::{ActivityFilter, ActivityStatus};
use etalon_domain::analytics::{ActivityCounts, Period};
use etalon_domain::page::Any;
use etalon_domain::policy::{Actor, Reach};
use etalon_domain::time::{Instant, to_naive};

use super::list::{Interval, narrowed};
use crate::connection::Tx;
use crate::error::Result;
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

/// What each person did in the period, has planned until its end, and has let pass: the second and third
/// are how many the list has with `status=planned&overdue=false&to` and with `overdue=true`.
///
/// # Errors
/// When the database cannot be read.
pub(crate) fn by_owner(
    tx: &mut Tx<'_>,
    asked: &CountsQuery<'_>,
) -> Result<BTreeMap<String, ActivityCounts>> {
    let planned = ActivityFilter {
        status: Any::one(ActivityStatus::Planned),
        to: Some(asked.period.to),
        overdue: Some(false),
        ..asked.filter.clone()
    };
    let overdue = ActivityFilter {
        overdue: Some(true),
        ..asked.filter.clone()
    };
    let mut counts = BTreeMap::<String, ActivityCounts>::new();
    for (owner, count) in done_by_owner(tx, asked)? {
        counts.entry(owner).or_default().done = count;
    }
    for (owner, count) in of_filter(tx, asked, &planned)? {
        counts.entry(owner).or_default().planned = count;
    }
    for (owner, count) in of_filter(tx, asked, &overdue)? {
        counts.entry(owner).or_default().overdue = count;
    }
    Ok(counts)
}

fn of_filter(
    tx: &mut Tx<'_>,
    asked: &CountsQuery<'_>,
    filter: &ActivityFilter,
) -> Result<BTreeMap<String, i64>> {
    let query = activities::table
        .inner_join(users::table.on(users::id.eq(activities::owner_id)))
        .left_join(deals::table.on(deals::id.nullable().eq(activities::deal_id)))
        .left_join(leads::table.on(leads::id.nullable().eq(activities::lead_id)))
        .group_by(activities::owner_id)
        .select((activities::owner_id, count_star()))
        .into_boxed();
    let (actor, now) = (asked.actor, asked.now);
    let rows: Vec<(String, i64)> =
        narrowed!(query, actor, filter, asked.departments, now).load(tx.conn)?;
    Ok(rows.into_iter().collect())
}
