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

/// How far the consequences of a change reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// What is over plans and tells nothing.
    Facts,
    /// Activities are called off and planned, but nobody is told: an import changes many deals at once.
    Plans,
    /// People are told, too.
    People,
}

/// A change of a deal.
#[derive(Clone, Copy, Debug)]
pub(super) struct Change<'a> {
    /// The deal before; `None` for a new one.
    pub before: Option<&'a Deal>,
    /// The deal afterwards.
    pub after: &'a Deal,
    /// The version of a process that it follows afterwards.
    pub process: &'a Published,
}

/// Carries out what follows from a change of a deal: its main contact is a key contact; entering a stage
/// calls off what the process had planned in the stage that was left, and plans its tasks; a new owner
/// takes the planned tasks over; a win is told to everybody; whoever gets the deal or works on one that
/// is won is notified.
pub(super) fn follow(
    tx: &mut Tx<'_>,
    context: &Context,
    change: Change<'_>,
    reach: Reach,
) -> Result<()> {
    let Change {
        before,
        after,
        process,
    } = change;
    if before.map(|deal| &deal.contact_id) != Some(&after.contact_id) {
        key_contacts::include_main(tx, context, after)?;
    }
    let closed_anew = before.is_some_and(|deal| deal.status != after.status);
    if closed_anew {
        let winner = after.winner_account_id.as_ref();
        competitors::mark_winner(tx, &after.id, winner)?;
    }
    if reach == Reach::Facts {
        return Ok(());
    }
    call_off(tx, context, change)?;
    let handed_over = before.is_some_and(|before| before.owner_id != after.owner_id);
    if handed_over {
        activities::hand_over(tx, &context.by_system(), &after.id, &after.owner_id)?;
    }
    if enters(change) && after.status == DealStatus::Open {
        effects::plan_stage(tx, context, after, process)?;
    }
    if reach == Reach::Plans {
        return Ok(());
    }
    if handed_over {
        let kind = NotificationKind::DealAssigned;
        news::tell(tx, context, after, kind, &after.owner_id)?;
    }
    if closed_anew && after.status == DealStatus::Won {
        tell_win(tx, context, after)?;
    }
    Ok(())
}

/// Whether a deal comes into a stage, or under a version that may ask something else in it.
fn enters(change: Change<'_>) -> bool {
    change.before.is_none_or(|before| {
        let after = change.after;
        before.stage != after.stage || before.process_version_id != after.process_version_id
    })
}

/// Calls off what the process had planned and nobody has done: in a stage that was left all of it, under
/// another version in the same stage what this one does not ask.
fn call_off(tx: &mut Tx<'_>, context: &Context, change: Change<'_>) -> Result<()> {
    let after = change.after;
    let left = change
        .before
        .filter(|before| enters(change) && before.status == DealStatus::Open);
    let Some(before) = left else {
        return Ok(());
    };
    let kept: Vec<&str> = match change.process.definition.stage(&after.stage) {
        Some(stage) if before.stage == after.stage => {
            stage.steps.iter().map(|step| step.id.as_str()).collect()
        }
        _ => Vec::new(),
    };
    let context = context.by_system();
    activities::cancel_unfinished_of_stage(tx, &context, &after.id, &before.stage, &kept)?;
    Ok(())
}

/// Tells everybody of a win, and those who worked on it by name.
fn tell_win(tx: &mut Tx<'_>, context: &Context, deal: &Deal) -> Result<()> {
    posts::won(tx, context, deal)?;
    let mut told: Vec<UserId> = vec![deal.owner_id.clone()];
    let members = team::members(tx, &deal.id)?;
    told.extend(members.into_iter().map(|member| member.user_id));
    told.dedup();
    for person in told {
        news::tell(tx, context, deal, NotificationKind::DealWon, &person)?;
    }
    Ok(())
}
