//! A deal follows another version of a process.

use serde_json::json;

use super::history::{change, state_changes};
use super::state::enter;
use super::{changed, require_open};
use crate::deal::{Deal, Decision, FollowProcess, References, Rules};
use crate::error::{Error, FieldCode, FieldError};
use crate::event::EventKind;
use crate::user::Language;

pub(super) fn follow(
    current: &Deal,
    to: &FollowProcess,
    references: &References,
    rules: Rules<'_>,
) -> Result<Decision, Error> {
    require_open(current)?;
    let Some(target) = &references.process else {
        return Err(Error::Invalid(vec![FieldError::unknown(
            "process_version_id",
        )]));
    };
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
    let mut changes = Vec::new();
    if deal.process_version_id != current.process_version_id {
        let name = |id: &str, name: &str| json!({"id": id, "name": name});
        let before = rules.process.definition.name.in_language(Language::En);
        let after = target.definition.name.in_language(Language::En);
        changes.push(change(
            "process_version_id",
            name(current.process_version_id.as_str(), before),
            name(target.id.as_str(), after),
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
        enter(&mut deal, stage, rules.at);
    }
    changes.extend(state_changes(current, &deal));
    let kind = EventKind::ProcessChanged;
    Ok(changed(current, deal, kind, changes, None, rules))
}
