//! Activities: reading what the actor may see, and `execute`, the only function that writes one.

mod counts;
mod list;
mod my_day;
mod row;
mod steps;
mod write;

pub(crate) use counts::{CountsQuery, done_by_owner, to_do};
pub use list::{for_calendar, list};
pub use my_day::my_day;
pub(crate) use my_day::overdue_of;
pub use steps::{
    StepActivity, cancel_unfinished_of_stage, complete_of_step, hand_over, last_meetings, of_steps,
    plan_for_step,
};
pub use write::execute;
pub(crate) use write::follow_lead;

use diesel::prelude::*;
use etalon_domain::activity::Activity;
use etalon_domain::error::ErrorCode;
use etalon_domain::id::ActivityId;
use etalon_domain::policy::{Access, Actor};
use etalon_domain::time::Instant;
use row::{Row, into_activities, joined};

use crate::connection::Tx;
use crate::error::Result;
use crate::schema::activities;

/// An activity that the reader may see.
///
/// # Errors
/// `not_found`, also for one that exists but that the reader may not see.
pub fn get(tx: &mut Tx<'_>, actor: &Actor, id: &ActivityId, now: Instant) -> Result<Activity> {
    match load(tx, actor, id, now)? {
        Some(found) if found.access != Access::None => Ok(found.activity),
        _ => Err(ErrorCode::NotFound.into()),
    }
}

/// An activity with what decides about changing it.
struct Loaded {
    activity: Activity,
    access: Access,
    refusal: Option<ErrorCode>,
}

/// An activity, whoever may see it; `None` also when what it hangs on is in the bin.
fn load(tx: &mut Tx<'_>, actor: &Actor, id: &ActivityId, now: Instant) -> Result<Option<Loaded>> {
    let row: Option<Row> = joined!(actor.user_id.as_str())
        .filter(activities::id.eq(id.as_str()))
        .first(tx.conn)
        .optional()?;
    let Some(row) = row.filter(|row| !row.is_gone()) else {
        return Ok(None);
    };
    let refusal = row.refusal()?;
    let found = into_activities(tx, Some((actor, now)), vec![row])?.pop();
    Ok(found.map(|(activity, access)| Loaded {
        activity,
        access,
        refusal,
    }))
}

/// An activity, whoever may see it; `None` when it or what it hangs on is not there any more.
pub(crate) fn present(tx: &mut Tx<'_>, id: &ActivityId) -> Result<Option<Activity>> {
    let row: Option<Row> = joined!()
        .filter(activities::id.eq(id.as_str()))
        .first(tx.conn)
        .optional()?;
    let rows = row.filter(|row| !row.is_gone()).into_iter().collect();
    let found = into_activities(tx, None, rows)?.pop();
    Ok(found.map(|(activity, _)| activity))
}
