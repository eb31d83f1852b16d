//! A deal follows another version of a process.

use serde_json::json;

use super::gates::pass;
use super::history::{change, state_changes};
use super::state::enter;
use super::{changed, require_open};
use crate::deal::{Deal, DecidedEntry, Decision, FollowProcess, References, Rules};
use crate::error::{Error, ErrorCode, FieldCode, FieldError, validate};
use crate::event::EventKind;
use crate::policy::may_manage_company;
use crate::process::Published;
use crate::stage::Stage;

pub(super) fn follow(
    current: &Deal,
    to: &FollowProcess,
    references: &References,
    rules: Rules<'_>,
) -> Result<Decision, Error> {
    require_open(current)?;
    let errors = validate(to);
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let Some(target) = &references.process else {
        return Err(Error::Invalid(vec![FieldError::unknown(
            "process_version_id",
        )]));
    };
    check_version(target, rules)?;
    let mut deal = current.clone();
    deal.process_version_id = target.id.clone();
    let stage = to.stage.as_deref().unwrap_or(&current.stage);
    let known = target.stages.get(stage).filter(|stage| stage.is_open());
    let Some(stage) = known else {
        return Err(Error::field(
            "stage",
            FieldCode::Required,
            "must name a stage of that version: it does not have the present one",
        ));
    };
    let kept = target.definition.stage(&current.stage).is_some();
    if stage.code != current.stage && kept {
        return Err(Error::field(
            "stage",
            FieldCode::NotAllowed,
            "may only differ when that version does not have the present stage",
        ));
    }
    let mut passed = None;
    let mut changes = Vec::new();
    if deal.process_version_id != current.process_version_id {
        let named = |version: &Published| {
            let name = &version.definition.name;
            let (id, number) = (version.id.as_str(), version.number);
            json!({"id": id, "name": name.en, "name_ru": name.ru, "number": number})
        };
        changes.push(change(
            "process_version_id",
            named(rules.process),
            named(target),
        ));
    }
    if stage.code == current.stage {
        // The defaults of the version hold from now on.
        if !deal.probability_manual {
            deal.probability = stage.probability;
        }
        if !deal.forecast_category_manual {
            deal.forecast_category = stage.forecast_category;
        }
    } else {
        passed = check_stage(current, target, stage, to, rules)?;
        enter(&mut deal, stage, rules.at);
    }
    changes.extend(state_changes(current, &deal));
    let kind = EventKind::ProcessChanged;
    let mut decision = changed(current, deal, kind, changes, None, rules);
    decision.entries.extend(passed);
    Ok(decision)
}

/// Refuses a way around the gates of a process: back to a version that asked less, or, but for
/// administrators, into another process.
fn check_version(target: &Published, rules: Rules<'_>) -> Result<(), Error> {
    let present = rules.process;
    if target.process_id != present.process_id {
        return match may_manage_company(rules.actor) {
            true => Ok(()),
            false => Err(ErrorCode::Forbidden.into()),
        };
    }
    if target.number < present.number {
        return Err(Error::field(
            "process_version_id",
            FieldCode::NotAllowed,
            "must not be older than the present version",
        ));
    }
    Ok(())
}

/// Lets a deal whose stage the version does not have go on in another one: freely in the nearest earlier
/// one that it has, or in one before that; further on only past the requirements on the way.
fn check_stage(
    current: &Deal,
    target: &Published,
    stage: &Stage,
    to: &FollowProcess,
    rules: Rules<'_>,
) -> Result<Option<DecidedEntry>, Error> {
    let work = &rules.process.definition.stages;
    let place = rules.process.definition.index(&current.stage).unwrap_or(0);
    let earlier = work.iter().take(place).rev();
    let nearest = earlier
        .filter_map(|earlier| target.stages.get(&earlier.code))
        .find(|stage| stage.is_open())
        .or(target.stages.first());
    let Some(nearest) = nearest.filter(|nearest| nearest.position < stage.position) else {
        return Ok(None);
    };
    let mut start = current.clone();
    start.stage.clone_from(&nearest.code);
    let there = Rules {
        process: target,
        ..rules
    };
    pass(
        &start,
        Some(&stage.code),
        to.override_reason.as_deref(),
        there,
    )
}
