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
pub(super) fn check_transition(
    deal: &Deal,
    from: &str,
    target: &str,
    rules: Rules<'_>,
) -> Result<(), Error> {
    let process = &rules.process.definition;
    let passed = match rules.gates {
        Gates::Enforced { .. } => false,
        Gates::Passed { .. } => may_override_process(rules.actor, deal, process),
        Gates::Past => true,
    };
    if passed {
        return Ok(());
    }
    let stage = process.stage(from);
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
    let (facts, offset, given) = match rules.gates {
        Gates::Enforced { facts, offset } => (facts, offset, None),
        Gates::Passed {
            facts,
            offset,
            reason,
        } => (facts, offset, Some(reason)),
        Gates::Past => return Ok(None),
    };
    let clock = Clock {
        now: rules.at,
        offset,
    };
    let process = &rules.process.definition;
    let asked = |language| requirements_between(process, deal, target, facts, clock, language);
    let all = asked(Language::En);
    let unmet = || all.iter().filter(|requirement| !requirement.met);
    if unmet().next().is_none() {
        return Ok(None);
    }
    let only_warns = unmet().all(|r| r.severity == Severity::Warn);
    let allowed = only_warns || may_override_process(rules.actor, deal, process);
    let reason = given.or(reason).map(str::trim);
    match reason.filter(|reason| !reason.is_empty()) {
        Some(reason) if allowed => {
            let russian = asked(Language::Ru);
            Ok(Some(override_entry(&all, &russian, reason, rules)))
        }
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
    if deal.stage != first.code {
        check_transition(deal, &first.code, &deal.stage, rules)?;
    }
    let mut start = deal.clone();
    start.stage.clone_from(&first.code);
    pass(&start, Some(&deal.stage), reason, rules)
}

/// The record of what was passed without being met, in both languages, and why.
fn override_entry(
    english: &[Requirement],
    russian: &[Requirement],
    reason: &str,
    rules: Rules<'_>,
) -> DecidedEntry {
    let unmet = english.iter().zip(russian).filter(|(en, _)| !en.met);
    let passed: Vec<Value> = unmet
        .map(|(en, ru)| json!({"name": en.detail, "name_ru": ru.detail}))
        .collect();
    DecidedEntry {
        at: rules.at,
        kind: EventKind::GateOverridden,
        changes: vec![change("requirements", Value::Null, json!(passed))],
        reason: Some(reason.to_owned()),
    }
}
