//! What a command does to a deal.

mod create;
mod end;
mod fill;
mod follow;
mod gates;
mod history;
mod import;
mod references;
mod state;

use create::create;
use end::{close_deal, reopen_deal};
use fill::fill;
use follow::follow;
use gates::{check_transition, pass};
use history::{change, label, state_changes};
use import::import_deal;
use references::{Placing, check_references};
use state::{analytic, enter, known_stage, value, version_of};

use chrono::Duration;
use serde_json::{Value, json};

use crate::deal::{
    Deal, DealCommand, DealDraft, DealStatus, DecidedEntry, Decision, MoveDeal, References, Rules,
    UndoMove, Version,
};
use crate::error::{Error, ErrorCode, FieldCode, FieldError, validate};
use crate::event::{EventKind, FieldChange, diff};
use crate::policy::{may_delete_deal, require_deal_write};
use crate::text::non_empty;

/// For how long a move may be taken back whatever the gates say.
const UNDO_MINUTES: i64 = 15;

/// Decides what a command does to a deal, or why it is refused: permission first, then state, then
/// fields.
///
/// # Errors
/// `not_found`, `forbidden`, a conflict with the state, or the invalid fields.
pub fn decide(
    current: Option<&Deal>,
    command: &DealCommand,
    references: &References,
    rules: Rules<'_>,
) -> Result<Decision, Error> {
    match command {
        DealCommand::Create(draft) => create(draft, references, Placing::Chosen, rules),
        DealCommand::Convert(draft) => create(draft, references, Placing::Kept, rules),
        DealCommand::Import(import) => import_deal(import, references, rules),
        DealCommand::Edit(draft) => edit(present(current, rules)?, draft, references, rules),
        DealCommand::Move(to) => move_deal(present(current, rules)?, to, rules),
        DealCommand::Undo(to) => undo_move(present(current, rules)?, to, rules),
        DealCommand::Close(close) => close_deal(present(current, rules)?, close, references, rules),
        DealCommand::Reopen(reopen) => reopen_deal(present(current, rules)?, reopen, rules),
        DealCommand::Follow(to) => follow(present(current, rules)?, to, references, rules),
        DealCommand::Delete => delete(present(current, rules)?, rules),
        DealCommand::Restore => restore(current, rules),
    }
}

/// The deal that a command changes: visible, changeable, not in the bin.
fn present<'a>(current: Option<&'a Deal>, rules: Rules<'_>) -> Result<&'a Deal, Error> {
    let deal = current.ok_or(ErrorCode::NotFound)?;
    require_deal_write(rules.actor, deal)?;
    if deal.deleted_at.is_some() {
        return Err(ErrorCode::NotFound.into());
    }
    Ok(deal)
}

pub(super) fn require_open(deal: &Deal) -> Result<(), Error> {
    if deal.status == DealStatus::Open {
        Ok(())
    } else {
        Err(ErrorCode::DealClosed.into())
    }
}

fn edit(
    current: &Deal,
    draft: &DealDraft,
    references: &References,
    rules: Rules<'_>,
) -> Result<Decision, Error> {
    require_open(current)?;
    let draft = draft.clone().normalized();
    let mut errors = validate(&draft);
    if draft
        .stage
        .as_ref()
        .is_some_and(|stage| *stage != current.stage)
    {
        errors.push(FieldError::new(
            "stage",
            FieldCode::NotAllowed,
            "is changed by moving or closing the deal, not by an edit",
        ));
    }
    if draft.process_id.is_some() {
        errors.push(FieldError::new(
            "process_id",
            FieldCode::NotAllowed,
            "is chosen for a new deal; later the deal is moved to another version",
        ));
    }
    check_references(
        Some(current),
        &draft,
        references,
        Placing::Chosen,
        rules,
        &mut errors,
    );
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let mut deal = current.clone();
    deal.title.clone_from(&draft.title);
    fill(&mut deal, &draft, references, rules);
    let mut changes = diff(&DealDraft::from(current), &DealDraft::from(&deal));
    label(&mut changes, Some(current), &deal);
    Ok(changed(
        current,
        deal,
        EventKind::Updated,
        changes,
        None,
        rules,
    ))
}

fn move_deal(current: &Deal, to: &MoveDeal, rules: Rules<'_>) -> Result<Decision, Error> {
    require_open(current)?;
    let errors = validate(to);
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let stage = known_stage(rules.stages(), &to.stage)?;
    if !stage.is_open() {
        return Err(ErrorCode::CloseInstead.into());
    }
    if stage.code == current.stage {
        return Err(ErrorCode::SameStage.into());
    }
    let position = rules.stages().get(&current.stage).map_or(0, |s| s.position);
    let forward = stage.position > position;
    let mut passed = None;
    let kind = if forward {
        check_transition(current, &current.stage, &stage.code, rules)?;
        passed = pass(
            current,
            Some(&stage.code),
            to.override_reason.as_deref(),
            rules,
        )?;
        EventKind::StageAdvanced
    } else {
        EventKind::StageReturned
    };
    let mut deal = current.clone();
    enter(&mut deal, stage, rules.at);
    let changes = state_changes(current, &deal);
    let reason = non_empty(to.reason.clone());
    let mut decision = changed(current, deal, kind, changes, reason, rules);
    decision.entries.extend(passed);
    Ok(decision)
}

/// Takes a move back: whoever made it a moment ago may do so whatever the gates say, since the deal was
/// there by right. Anything else is a move like any other.
fn undo_move(current: &Deal, to: &UndoMove, rules: Rules<'_>) -> Result<Decision, Error> {
    require_open(current)?;
    let undone = to.last.as_ref().filter(|last| {
        last.by.as_ref() == Some(&rules.actor.user_id)
            && last.from == to.stage
            && last.to == current.stage
            && last.at >= current.stage_entered_at
            && rules.now - last.at <= Duration::minutes(UNDO_MINUTES)
    });
    let stage = rules.stages().get(&to.stage).filter(|s| s.is_open());
    let (Some(_), Some(stage)) = (undone, stage) else {
        let to = MoveDeal {
            stage: to.stage.clone(),
            reason: None,
            override_reason: to.override_reason.clone(),
        };
        return move_deal(current, &to, rules);
    };
    let position = rules.stages().get(&current.stage).map_or(0, |s| s.position);
    let kind = match stage.position > position {
        true => EventKind::StageAdvanced,
        false => EventKind::StageReturned,
    };
    let mut deal = current.clone();
    enter(&mut deal, stage, rules.at);
    let mut changes = state_changes(current, &deal);
    changes.push(change("undo", Value::Null, json!(true)));
    Ok(changed(current, deal, kind, changes, None, rules))
}

/// Closed deals are what the reports count, so only those who may reopen one may bin it.
fn delete(current: &Deal, rules: Rules<'_>) -> Result<Decision, Error> {
    if !may_delete_deal(rules.actor, current) {
        return Err(ErrorCode::DealClosed.into());
    }
    let mut deal = current.clone();
    deal.deleted_at = Some(rules.now);
    Ok(marked(current, deal, EventKind::Deleted, rules))
}

fn restore(current: Option<&Deal>, rules: Rules<'_>) -> Result<Decision, Error> {
    let current = current.ok_or(ErrorCode::NotFound)?;
    require_deal_write(rules.actor, current)?;
    if current.deleted_at.is_none() {
        return Err(ErrorCode::NotDeleted.into());
    }
    let mut deal = current.clone();
    deal.deleted_at = None;
    if deal.status == DealStatus::Open {
        value(&mut deal, rules);
    }
    Ok(marked(current, deal, EventKind::Restored, rules))
}

/// Into the bin or out of it: an entry even when no field changed.
fn marked(current: &Deal, mut deal: Deal, kind: EventKind, rules: Rules<'_>) -> Decision {
    touch(&mut deal, rules);
    Decision {
        entries: vec![DecidedEntry {
            at: rules.now,
            kind,
            changes: state_changes(current, &deal),
            reason: None,
        }],
        versions: new_version(current, &deal, rules),
        deal,
    }
}

/// Wraps up a change of an existing deal; nothing happens when no field changed.
pub(super) fn changed(
    current: &Deal,
    mut deal: Deal,
    kind: EventKind,
    changes: Vec<FieldChange>,
    reason: Option<String>,
    rules: Rules<'_>,
) -> Decision {
    if changes.is_empty() {
        return Decision {
            deal: current.clone(),
            entries: Vec::new(),
            versions: Vec::new(),
        };
    }
    touch(&mut deal, rules);
    let versions = new_version(current, &deal, rules);
    Decision {
        entries: vec![DecidedEntry {
            at: rules.at,
            kind,
            changes,
            reason,
        }],
        versions,
        deal,
    }
}

/// The stay that begins when a field changes that the reports read.
fn new_version(current: &Deal, deal: &Deal, rules: Rules<'_>) -> Vec<Version> {
    if analytic(current) == analytic(deal) {
        Vec::new()
    } else {
        vec![version_of(deal, rules.at)]
    }
}

fn touch(deal: &mut Deal, rules: Rules<'_>) {
    deal.version += 1;
    deal.updated_at = rules.now;
    deal.updated_by = Some(rules.actor.user_id.clone());
}
