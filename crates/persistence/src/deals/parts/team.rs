//! The team of a deal.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use etalon_domain::error::{Error as DomainError, ErrorCode, FieldError};
use etalon_domain::event::EventKind;
use etalon_domain::id::{DealId, UserId};
use etalon_domain::notification::NotificationKind;
use etalon_domain::policy::Actor;
use etalon_domain::team::{TeamMember, TeamMemberDraft};
use etalon_domain::time::{from_naive, to_naive};
use serde_json::{Value, json};

use super::{change, changeable, note};
use crate::connection::Tx;
use crate::context::Context;
use crate::deals::{get, news, references};
use crate::error::Result;
use crate::schema::{deal_team, users};

/// The people on the team of a deal, by name.
///
/// # Errors
/// `not_found`, or that the database cannot be read.
pub fn list(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: &DealId,
    now: etalon_domain::time::Instant,
) -> Result<Vec<TeamMember>> {
    get(tx, actor, id, now)?;
    members(tx, id)
}

/// The people on the team of a deal, by name.
pub(crate) fn members(tx: &mut Tx<'_>, id: &DealId) -> Result<Vec<TeamMember>> {
    let rows: Vec<(String, String, String, NaiveDateTime)> = deal_team::table
        .inner_join(users::table.on(users::id.eq(deal_team::user_id)))
        .filter(deal_team::deal_id.eq(id.as_str()))
        .order((users::search_text, users::id))
        .select((
            deal_team::user_id,
            users::name,
            deal_team::role,
            deal_team::since,
        ))
        .load(tx.conn)?;
    let member = |(user_id, user_name, role, since): (String, String, String, NaiveDateTime)| {
        Ok(TeamMember {
            user_id: UserId::new(user_id),
            user_name,
            role: role.parse()?,
            since: from_naive(since),
        })
    };
    rows.into_iter().map(member).collect()
}

/// Adds a person to the team of a deal, or gives one on it another role.
///
/// # Errors
/// `not_found`, `forbidden`, `deal_closed`, an unknown or inactive person, or that the database failed.
pub fn put(
    tx: &mut Tx<'_>,
    context: &Context,
    id: &DealId,
    draft: &TeamMemberDraft,
) -> Result<TeamMember> {
    let deal = changeable(tx, context, id)?;
    let person = references::owner(tx, &draft.user_id)?.filter(|person| person.active);
    let person =
        person.ok_or_else(|| DomainError::Invalid(vec![FieldError::unknown("user_id")]))?;
    let before = members(tx, id)?
        .into_iter()
        .find(|member| member.user_id == draft.user_id);
    if before
        .as_ref()
        .is_some_and(|before| before.role == draft.role)
    {
        return before.ok_or_else(|| ErrorCode::Internal.into());
    }
    let role = draft.role.as_str();
    match &before {
        Some(_) => {
            diesel::update(member_row(&deal.id, &draft.user_id))
                .set(deal_team::role.eq(role))
                .execute(tx.conn)?;
        }
        None => {
            diesel::insert_into(deal_team::table)
                .values((
                    deal_team::deal_id.eq(id.as_str()),
                    deal_team::user_id.eq(draft.user_id.as_str()),
                    deal_team::role.eq(role),
                    deal_team::since.eq(to_naive(context.now)),
                ))
                .execute(tx.conn)?;
            let kind = NotificationKind::TeamJoined;
            news::tell(tx, context, &deal, kind, &draft.user_id)?;
        }
    }
    let told = |role: &str| json!({"id": draft.user_id, "name": person.name, "role": role});
    let from = before.map_or(Value::Null, |before| told(before.role.as_str()));
    let changes = [change("team", from, told(role))];
    note(tx, context, id, EventKind::TeamChanged, &changes, None)?;
    let found = members(tx, id)?
        .into_iter()
        .find(|m| m.user_id == draft.user_id);
    found.ok_or_else(|| ErrorCode::Internal.into())
}

/// Takes a person off the team of a deal.
///
/// # Errors
/// `not_found`, `forbidden`, `deal_closed`, or that the database failed.
pub fn remove(tx: &mut Tx<'_>, context: &Context, id: &DealId, user: &UserId) -> Result<()> {
    changeable(tx, context, id)?;
    let members = members(tx, id)?;
    let member = members.iter().find(|member| member.user_id == *user);
    let member = member.ok_or(ErrorCode::NotFound)?;
    diesel::delete(member_row(id, user)).execute(tx.conn)?;
    let from = json!({"id": user, "name": member.user_name, "role": member.role});
    let changes = [change("team", from, Value::Null)];
    note(tx, context, id, EventKind::TeamChanged, &changes, None)
}

#[diesel::dsl::auto_type]
fn member_row<'a>(deal: &'a DealId, user: &'a UserId) -> _ {
    let deal: &'a str = deal.as_str();
    let user: &'a str = user.as_str();
    deal_team::table
        .filter(deal_team::deal_id.eq(deal))
        .filter(deal_team::user_id.eq(user))
}
