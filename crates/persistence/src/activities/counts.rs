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

/// One of the numbers.
type Part = fn(&mut ActivityCounts) -> &mut i64;

/// What each person did in a period, has planned until its end, and has let pass, as far as the reader
/// may see it: how many activities the list has with `status=done&done_from&done_to`, the latter not after
/// `as_of`, with `status=planned&overdue=false&to` and with `overdue=true`. `departments` are the only ones whose
/// people count, unless there are none.
///
/// # Errors
/// When the database cannot be read.
pub(crate) fn by_owner(
    tx: &mut Tx<'_>,
    actor: &Actor,
    filter: &ActivityFilter,
    departments: &[String],
    period: Period,
    as_of: NaiveDate,
    now: Instant,
) -> Result<BTreeMap<String, ActivityCounts>> {
    let done = ActivityFilter {
        status: Any::one(ActivityStatus::Done),
        done_from: Some(period.from),
        done_to: Some(period.to.min(as_of)),
        ..filter.clone()
    };
    let planned = ActivityFilter {
        status: Any::one(ActivityStatus::Planned),
        to: Some(period.to),
        overdue: Some(false),
        ..filter.clone()
    };
    let overdue = ActivityFilter {
        overdue: Some(true),
        ..filter.clone()
    };
    let mut counts = BTreeMap::<String, ActivityCounts>::new();
    let parts: [(ActivityFilter, Part); 3] = [
        (done, |counts| &mut counts.done),
        (planned, |counts| &mut counts.planned),
        (overdue, |counts| &mut counts.overdue),
    ];
    for (filter, part) in parts {
        let query = activities::table
            .inner_join(users::table.on(users::id.eq(activities::owner_id)))
            .left_join(deals::table.on(deals::id.nullable().eq(activities::deal_id)))
            .left_join(leads::table.on(leads::id.nullable().eq(activities::lead_id)))
            .group_by(activities::owner_id)
            .select((activities::owner_id, count_star()))
            .into_boxed();
        let rows: Vec<(String, i64)> =
            narrowed!(query, actor, &filter, departments, now).load(tx.conn)?;
        for (owner, count) in rows {
            *part(counts.entry(owner).or_default()) = count;
        }
    }
    Ok(counts)
}
