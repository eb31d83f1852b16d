//! A deal that comes with its past.

use serde_json::{Value, json};

use super::create::new_deal;
use super::history::{change, label};
use super::references::Placing;
use super::state::{end, enter, known_stage, version_of};
use crate::deal::{DecidedEntry, Decision, ImportDeal, Place, References, Rules};
use crate::error::{Error, FieldCode};
use crate::event::{EventKind, initial};
use crate::time::Instant;

pub(super) fn import_deal(
    import: &ImportDeal,
    references: &References,
    rules: Rules<'_>,
) -> Result<Decision, Error> {
    let first = import
        .visits
        .first()
        .ok_or_else(|| no_visit("must have at least one stay"))?;
    let created_at = import.created_at.unwrap_or(first.at).min(first.at);
    let mut draft = import.draft.clone();
    draft.stage = None;
    // The past also has people who are not active any more.
    let references = &References {
        owner: references.owner.clone().map(|owner| Place {
            active: true,
            ..owner
        }),
        ..references.clone()
    };
    let (mut deal, draft) = new_deal(&draft, references, Placing::Chosen, rules, created_at)?;
    deal.external_id.clone_from(&import.external_id);
    deal.import_id = Some(import.import_id.clone());
    let mut changes = initial(&draft);
    changes.retain(|change| change.field != "stage");
    label(&mut changes, None, &deal);
    let mut entries = vec![DecidedEntry {
        at: created_at,
        kind: EventKind::Created,
        changes,
        reason: None,
    }];
    let mut versions = Vec::with_capacity(import.visits.len());
    let mut before: Option<(Instant, i32)> = None;
    for (index, visit) in import.visits.iter().enumerate() {
        let stage = known_stage(rules.stages(), &visit.stage)?;
        let last = index + 1 == import.visits.len();
        if before.is_some_and(|(at, _)| visit.at < at) || visit.at > rules.now {
            return Err(no_visit("times must go forward and not lie in the future"));
        }
        if !stage.is_open() && !last {
            return Err(no_visit("a final stage may only be the last"));
        }
        let from = index.checked_sub(1).map(|_| deal.stage.clone());
        if !stage.is_open() {
            end(&mut deal, stage, visit.at, before.is_none(), rules);
            deal.close_reason.clone_from(&import.close_reason);
        } else {
            enter(&mut deal, stage, visit.at);
        }
        let kind = match before {
            _ if !stage.is_open() => EventKind::Closed,
            Some((_, position)) if stage.position < position => EventKind::StageReturned,
            _ => EventKind::StageAdvanced,
        };
        if from.is_some() || !stage.is_open() {
            entries.push(DecidedEntry {
                at: visit.at,
                kind,
                changes: vec![change("stage", json!(from), json!(stage.code))],
                reason: (!stage.is_open())
                    .then(|| import.close_reason.clone())
                    .flatten(),
            });
        } else if let Some(created) = entries.first_mut() {
            created
                .changes
                .push(change("stage", Value::Null, json!(stage.code)));
        }
        versions.push(version_of(&deal, visit.at));
        before = Some((visit.at, stage.position));
    }
    Ok(Decision {
        deal,
        entries,
        versions,
    })
}

pub(super) fn no_visit(message: &str) -> Error {
    Error::field("stage", FieldCode::OutOfRange, message)
}
