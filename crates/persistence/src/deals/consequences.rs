//! What a change of a deal brings about beside the deal itself, in the same transaction.

use etalon_domain::deal::{Deal, DealStatus};
use etalon_domain::id::UserId;
use etalon_domain::notification::NotificationKind;
use etalon_domain::process::Published;

use super::news;
use super::parts::{competitors, effects, key_contacts, team};
use crate::connection::Tx;
use crate::context::Context;
use crate::error::Result;
use crate::{activities, posts};

/// Carries out what follows from a change of a deal: its main contact is a key contact; entering a stage
/// calls off what the process had planned in the stage that was left, and plans its tasks; a new owner
/// takes the planned tasks over; a win is told to everybody; whoever gets the deal or works on one that is won is notified. What is over plans and tells nothing.
pub(super) fn follow(
    tx: &mut Tx<'_>,
    context: &Context,
    before: Option<&Deal>,
    after: &Deal,
    process: &Published,
    past: bool,
) -> Result<()> {
    if before.map(|deal| &deal.contact_id) != Some(&after.contact_id) {
        key_contacts::include_main(tx, context, after)?;
    }
    let closed_anew = before.is_some_and(|deal| deal.status != after.status);
    if closed_anew {
        let winner = after.winner_account_id.as_ref();
        competitors::mark_winner(tx, &after.id, winner)?;
    }
    if past {
        return Ok(());
    }
    let entered = before.is_none_or(|before| {
        before.stage != after.stage || before.process_version_id != after.process_version_id
    });
    if let Some(before) = before.filter(|before| entered && before.status == DealStatus::Open) {
        activities::cancel_unfinished_of_stage(tx, context, &after.id, &before.stage)?;
    }
    let handed_over = before.is_some_and(|before| before.owner_id != after.owner_id);
    if handed_over {
        activities::hand_over(tx, context, &after.id, &after.owner_id)?;
        let kind = NotificationKind::DealAssigned;
        news::tell(tx, context, after, kind, &after.owner_id)?;
    }
    if entered && after.status == DealStatus::Open {
        effects::plan_stage(tx, context, after, process)?;
    }
    if closed_anew && after.status == DealStatus::Won {
        posts::won(tx, context, after)?;
        let mut told: Vec<UserId> = vec![after.owner_id.clone()];
        let members = team::members(tx, &after.id)?;
        told.extend(members.into_iter().map(|member| member.user_id));
        told.dedup();
        for person in told {
            news::tell(tx, context, after, NotificationKind::DealWon, &person)?;
        }
    }
    Ok(())
}
