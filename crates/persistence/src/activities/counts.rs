//! How much was done and is planned, by person.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Timestamp};
use etalon_domain::analytics::ActivityCounts;
use etalon_domain::policy::{Actor, Reach};
use etalon_domain::time::{Instant, to_naive};

use crate::connection::Tx;
use crate::error::Result;
use crate::schema::{activities, activity_users, deal_team, deals, leads, users};
use crate::zone::{day_at, zone};

/// What each person did between two instants (first included, last not), has planned until the second
/// one, and has let pass, as far as the reader may see it.
///
/// # Errors
/// When the database cannot be read.
pub(crate) fn by_owner(
    tx: &mut Tx<'_>,
    actor: &Actor,
    from: NaiveDateTime,
    before: NaiveDateTime,
    now: Instant,
) -> Result<BTreeMap<String, ActivityCounts>> {
    type Row = (String, Option<i64>, Option<i64>, Option<i64>);
    let today = day_at(now, zone(&actor.time_zone)).and_time(chrono::NaiveTime::MIN);
    let now = to_naive(now);
    let sum =
        |condition: &str| sql::<Nullable<BigInt>>(&format!("CAST(SUM(CASE WHEN {condition} "));
    const END: &str = " THEN 1 ELSE 0 END) AS BIGINT)";
    // Of a whole day the end is a midnight in no zone.
    const LATE: &str = "((activities.all_day AND activities.ends_at <= ";
    let mut query = activities::table
        .inner_join(users::table.on(users::id.eq(activities::owner_id)))
        .left_join(deals::table.on(deals::id.nullable().eq(activities::deal_id)))
        .left_join(leads::table.on(leads::id.nullable().eq(activities::lead_id)))
        .group_by(activities::owner_id)
        .select((
            activities::owner_id,
            sum("activities.status = 'done' AND activities.done_at >=")
                .bind::<Timestamp, _>(from)
                .sql(" AND activities.done_at < ")
                .bind::<Timestamp, _>(before)
                .sql(END),
            sum("activities.status = 'planned' AND activities.due_at <")
                .bind::<Timestamp, _>(before)
                .sql(&format!(" AND NOT {LATE}"))
                .bind::<Timestamp, _>(today)
                .sql(") OR (NOT activities.all_day AND activities.ends_at < ")
                .bind::<Timestamp, _>(now)
                .sql("))")
                .sql(END),
            sum(&format!("activities.status = 'planned' AND {LATE}"))
                .bind::<Timestamp, _>(today)
                .sql(") OR (NOT activities.all_day AND activities.ends_at < ")
                .bind::<Timestamp, _>(now)
                .sql("))")
                .sql(END),
        ))
        .filter(
            activities::status
                .eq("planned")
                .or((activities::status.eq("done"))
                    .and(activities::done_at.ge(from))
                    .and(activities::done_at.lt(before))
                    .assume_not_null()),
        )
        .filter(deals::deleted_at.is_null())
        .filter(
            leads::deleted_at
                .is_null()
                .or(activities::deal_id.is_not_null()),
        )
        .into_boxed();
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
        let team = deal_team::table
            .filter(deal_team::user_id.eq(me.clone()))
            .select(deal_team::deal_id.nullable());
        let no_deal = activities::deal_id.is_null();
        let alone = no_deal.and(activities::lead_id.is_null());
        query = query.filter(
            (activities::owner_id.eq(me.clone()).nullable())
                .or(activities::id.eq_any(takes_part).nullable())
                .or(activities::deal_id.eq_any(team))
                .or(deals::owner_id.nullable().eq(me.clone()))
                .or(deals::department_id.nullable().eq_any(visible.clone()))
                .or(no_deal.and(leads::owner_id.nullable().eq(me)).nullable())
                .or(no_deal
                    .and(leads::department_id.nullable().eq_any(visible.clone()))
                    .nullable())
                .or(alone.and(users::department_id.eq_any(visible)).nullable()),
        );
    }
    let rows: Vec<Row> = query.load(tx.conn)?;
    let counts = rows.into_iter().map(|(owner, done, planned, overdue)| {
        let counts = ActivityCounts {
            done: done.unwrap_or(0),
            planned: planned.unwrap_or(0),
            overdue: overdue.unwrap_or(0),
        };
        (owner, counts)
    });
    Ok(counts.collect())
}
