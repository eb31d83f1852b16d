//! The end of a deal, and taking it up again.

use super::gates::{check_transition, pass};
use super::history::state_changes;
use super::state::{end, enter, known_stage, value};
use super::{changed, require_open};
use crate::deal::{CloseDeal, Deal, DealStatus, Decision, Outcome, References, ReopenDeal, Rules};
use crate::error::{Error, ErrorCode, FieldCode, FieldError, validate};
use crate::event::EventKind;
use crate::policy::may_reopen;
use crate::text::non_empty;

pub(super) fn close_deal(
    current: &Deal,
    close: &CloseDeal,
    references: &References,
    rules: Rules<'_>,
) -> Result<Decision, Error> {
    require_open(current)?;
    let close = CloseDeal {
        reason: close.reason.trim().to_owned(),
        rerouted_to: non_empty(close.rerouted_to.clone()),
        ..close.clone()
    };
    let mut errors = validate(&close);
    if close.outcome == Outcome::Rerouted && close.rerouted_to.is_none() {
        errors.push(FieldError::required("rerouted_to"));
    }
    if close.winner_account_id.is_some() && references.winner.is_none() {
        errors.push(FieldError::unknown("winner_account_id"));
    }
    if close.beaten_account_id.is_some() && references.beaten.is_none() {
        errors.push(FieldError::unknown("beaten_account_id"));
    }
    let stage = rules.stages().of_outcome(close.outcome.status());
    let (Some(stage), true) = (stage, errors.is_empty()) else {
        return Err(Error::Invalid(errors));
    };
    let mut deal = current.clone();
    if close.amount.is_some() {
        deal.amount = close.amount;
    }
    let passed = match close.outcome {
        Outcome::Won => pass(&deal, None, close.override_reason.as_deref(), rules)?,
        Outcome::Lost | Outcome::Rejected | Outcome::Rerouted => None,
    };
    end(&mut deal, stage, rules.at, false, rules);
    deal.close_reason = Some(close.reason.clone());
    if close.outcome == Outcome::Lost {
        deal.winner_account_id = close.winner_account_id;
        deal.winner_account_name = references.winner.as_ref().map(|w| w.name.clone());
        deal.next_contact_on = close.next_contact_on;
    }
    if close.outcome == Outcome::Won {
        deal.beaten_account_id = close.beaten_account_id;
        deal.beaten_account_name = references.beaten.as_ref().map(|b| b.name.clone());
    }
    if close.outcome == Outcome::Rerouted {
        deal.rerouted_to = close.rerouted_to;
    }
    let changes = state_changes(current, &deal);
    let reason = Some(close.reason);
    let mut decision = changed(current, deal, EventKind::Closed, changes, reason, rules);
    decision.entries.extend(passed);
    Ok(decision)
}

pub(super) fn reopen_deal(
    current: &Deal,
    reopen: &ReopenDeal,
    rules: Rules<'_>,
) -> Result<Decision, Error> {
    if !may_reopen(rules.actor, current) {
        return Err(ErrorCode::Forbidden.into());
    }
    if current.status == DealStatus::Open {
        return Err(ErrorCode::DealOpen.into());
    }
    let reopen = ReopenDeal {
        reason: reopen.reason.trim().to_owned(),
        stage: reopen.stage.clone(),
    };
    let errors = validate(&reopen);
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let code = reopen.stage.as_ref().or(current.closed_from_stage.as_ref());
    let stage = match code {
        Some(code) => known_stage(rules.stages(), code)?,
        None => rules.stages().first().ok_or(ErrorCode::Internal)?,
    };
    if !stage.is_open() {
        return Err(Error::field(
            "stage",
            FieldCode::NotAllowed,
            "is not a stage of the work",
        ));
    }
    // Of a deal that came with nothing but its end, nothing is known to be met.
    let before = current.closed_from_stage.as_deref();
    let before = before.and_then(|code| rules.stages().get(code));
    let skipped = match before.or(rules.stages().first()) {
        Some(before) if before.position < stage.position => {
            check_transition(current, &before.code, &stage.code, rules)?;
            pass(current, Some(&stage.code), Some(&reopen.reason), rules)?
        }
        _ => None,
    };
    let mut deal = current.clone();
    deal.closed_at = None;
    deal.close_reason = None;
    deal.winner_account_id = None;
    deal.winner_account_name = None;
    deal.beaten_account_id = None;
    deal.beaten_account_name = None;
    deal.rerouted_to = None;
    deal.next_contact_on = None;
    deal.closed_from_stage = None;
    deal.status = DealStatus::Open;
    enter(&mut deal, stage, rules.at);
    deal.probability = stage.probability;
    deal.forecast_category = stage.forecast_category;
    value(&mut deal, rules);
    let changes = state_changes(current, &deal);
    let reason = Some(reopen.reason);
    let mut decision = changed(current, deal, EventKind::Reopened, changes, reason, rules);
    decision.entries.extend(skipped);
    Ok(decision)
}
