//! Requirements of the process that hold a deal up, and passing them with a reason.

use serde_json::{Value, json};

use super::history::change;
use crate::deal::{Deal, DecidedEntry, Gates, Rules};
use crate::error::{Error, ErrorCode};
use crate::event::EventKind;
use crate::policy::may_override_process;
use crate::process::{Clock, Requirement, Severity, requirements_between, unmet_error};
use crate::user::Language;

/// Refuses a way forward that the process does not have.
pub(super) fn check_transition(deal: &Deal, target: &str, rules: Rules<'_>) -> Result<(), Error> {
    if matches!(rules.gates, Gates::Past) {
        return Ok(());
    }
    let stage = rules.process.definition.stage(&deal.stage);
    match stage.and_then(|stage| stage.transitions.as_ref()) {
        Some(allowed) if !allowed.iter().any(|code| code == target) => {
            Err(ErrorCode::TransitionNotAllowed.into())
        }
        _ => Ok(()),
    }
}

/// Lets a deal go forward to a stage (`None`: to be won): because everything is met, or with a reason of
/// somebody who may give one. The entry records what was passed, and why.
pub(super) fn pass(
    deal: &Deal,
    target: Option<&str>,
    reason: Option<&str>,
    rules: Rules<'_>,
) -> Result<Option<DecidedEntry>, Error> {
    let Gates::Enforced { facts, today } = rules.gates else {
        return Ok(None);
    };
    let clock = Clock {
        now: rules.at,
        today,
    };
    let process = &rules.process.definition;
    let all = requirements_between(process, deal, target, facts, clock, Language::En);
    let unmet: Vec<&Requirement> = all.iter().filter(|requirement| !requirement.met).collect();
    if unmet.is_empty() {
        return Ok(None);
    }
    let only_warns = unmet.iter().all(|r| r.severity == Severity::Warn);
    let allowed = only_warns || may_override_process(rules.actor, deal, process);
    match reason.map(str::trim).filter(|reason| !reason.is_empty()) {
        Some(reason) if allowed => Ok(Some(override_entry(&unmet, reason, rules))),
        _ => Err(unmet_error(&all)),
    }
}

/// Like [`pass`], for a new deal that starts in a later stage than the first.
pub(super) fn pass_from_start(
    deal: &Deal,
    reason: Option<&str>,
    rules: Rules<'_>,
) -> Result<Option<DecidedEntry>, Error> {
    let Some(first) = rules.stages().first() else {
        return Ok(None);
    };
    let mut start = deal.clone();
    start.stage.clone_from(&first.code);
    pass(&start, Some(&deal.stage), reason, rules)
}

/// The record of what was passed without being met, and why.
fn override_entry(unmet: &[&Requirement], reason: &str, rules: Rules<'_>) -> DecidedEntry {
    let passed: Vec<&str> = unmet.iter().map(|r| r.detail.as_str()).collect();
    DecidedEntry {
        at: rules.at,
        kind: EventKind::GateOverridden,
        changes: vec![change("requirements", Value::Null, json!(passed))],
        reason: Some(reason.to_owned()),
    }
}
