//! Leads whose day has come.

use chrono::NaiveDate;
use diesel::prelude::*;
use etalon_domain::error::ErrorCode;
use etalon_domain::event::Via;
use etalon_domain::id::{DepartmentId, LeadId, UserId};
use etalon_domain::lead::{Lead, LeadCommand, LeadStatus};
use etalon_domain::notification::NotificationKind;
use etalon_domain::policy::Actor;
use etalon_domain::time::Instant;

use super::news::tell_owner;
use super::worker::worker;
use super::write::execute;
use crate::connection::Tx;
use crate::context::Context;
use crate::error::Result;
use crate::schema::{leads, users};
use crate::zone::{day_at, zone};

/// How many leads return in one transaction.
const AT_ONCE: usize = 200;

/// A lead that waits: identifier, version, until when, its owner's time zone, owner, department.
type Waiting = (String, i64, NaiveDate, String, String, Option<String>);

/// Takes up again the leads that were set aside until a day that has come where their owner is, at
/// most two hundred of them. Each returns once, however many servers do this at the same time: what
/// another one has just taken up is left alone. Those of people who work on leads no longer go to
/// somebody who does. Their owners are told. Returns those that came back.
///
/// # Errors
/// When the database fails.
pub fn return_due(tx: &mut Tx<'_>, now: Instant) -> Result<Vec<Lead>> {
    // The earth's first zone is most of a day ahead of UTC.
    let latest = now.date_naive() + chrono::Days::new(1);
    let waiting: Vec<Waiting> = leads::table
        .inner_join(users::table.on(users::id.eq(leads::owner_id)))
        .filter(leads::status.eq(LeadStatus::Nurturing.as_str()))
        .filter(leads::deleted_at.is_null())
        .filter(leads::nurture_until.le(latest))
        .order((leads::nurture_until, leads::id))
        .select((
            leads::id,
            leads::version,
            leads::nurture_until.assume_not_null(),
            users::time_zone,
            leads::owner_id,
            leads::department_id,
        ))
        .load(tx.conn)?;
    let due = (waiting.into_iter())
        .filter(|(_, _, until, time_zone, ..)| *until <= day_at(now, zone(time_zone)))
        .take(AT_ONCE);
    let mut returned = Vec::new();
    for (id, version, _, time_zone, owner, department) in due.collect::<Vec<_>>() {
        let context = Context {
            now,
            ..Context::new(Actor::system(time_zone), Via::System, None)
        };
        let id = LeadId::new(id);
        let department = department.map(DepartmentId::new);
        let person = worker(tx, &UserId::new(owner.as_str()), department.as_ref())?;
        let command = LeadCommand::Return {
            owner: Some(person).filter(|person| person.id != owner),
        };
        match execute(tx, &context, Some(&id), Some(version), &command) {
            Ok(lead) => {
                tell_owner(tx, &lead, NotificationKind::LeadReturned, now)?;
                returned.push(lead);
            }
            // Another server was quicker; nothing was written here.
            Err(error) if error.is(ErrorCode::StaleVersion) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(returned)
}
