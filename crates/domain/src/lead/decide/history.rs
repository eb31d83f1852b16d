//! What the history of a lead gains.

use serde_json::{Value, json};

use crate::deal::DecidedEntry;
use crate::event::{EventKind, FieldChange};
use crate::lead::{Lead, LeadDecision, LeadRules};

pub(super) fn unchanged(current: &Lead) -> LeadDecision {
    LeadDecision {
        lead: current.clone(),
        entries: Vec::new(),
    }
}

pub(super) fn state_changed(
    current: &Lead,
    lead: Lead,
    kind: EventKind,
    reason: Option<String>,
    rules: LeadRules<'_>,
) -> LeadDecision {
    let changes = state_changes(current, &lead);
    changed(current, lead, kind, changes, reason, rules)
}

pub(super) fn changed(
    current: &Lead,
    mut lead: Lead,
    kind: EventKind,
    changes: Vec<FieldChange>,
    reason: Option<String>,
    rules: LeadRules<'_>,
) -> LeadDecision {
    if changes.is_empty() {
        return unchanged(current);
    }
    touch(&mut lead, rules);
    LeadDecision {
        entries: vec![entry(kind, changes, reason, rules)],
        lead,
    }
}

pub(super) fn touch(lead: &mut Lead, rules: LeadRules<'_>) {
    follow(lead);
    lead.version += 1;
    lead.updated_at = rules.now;
}

/// Sets what follows from the answers.
pub(super) fn follow(lead: &mut Lead) {
    lead.score = lead.bant.score();
    let is_worked_on = lead.status.is_open();
    lead.next_question = (lead.bant.next_question()).filter(|_| is_worked_on);
}

pub(super) fn entry(
    kind: EventKind,
    changes: Vec<FieldChange>,
    reason: Option<String>,
    rules: LeadRules<'_>,
) -> DecidedEntry {
    DecidedEntry {
        at: rules.now,
        kind,
        changes,
        reason,
    }
}

pub(super) fn field(name: &str, from: Value, to: Value) -> FieldChange {
    FieldChange {
        field: name.into(),
        from,
        to,
    }
}

/// The differences of the fields that no form has.
pub(super) fn state_changes(before: &Lead, after: &Lead) -> Vec<FieldChange> {
    let of = |lead: &Lead| {
        [
            ("status", json!(lead.status)),
            ("nurture_until", json!(lead.nurture_until)),
            ("disqualify_reason", json!(lead.disqualify_reason)),
        ]
    };
    (of(before).into_iter().zip(of(after)))
        .filter(|((_, from), (_, to))| from != to)
        .map(|((name, from), (_, to))| field(name, from, to))
        .collect()
}

/// Replaces the identifiers in changes of references by `{id, name}`, so that the history stays
/// readable after a renaming.
pub(super) fn label(changes: &mut [FieldChange], before: Option<&Lead>, after: &Lead) {
    let name = |lead: &Lead, field: &str| match field {
        "account_id" => lead.account_name.clone(),
        "contact_id" => lead.contact_name.clone(),
        "owner_id" => Some(lead.owner_name.clone()),
        "department_id" => lead.department_name.clone(),
        _ => None,
    };
    for change in changes {
        for (side, lead) in [(&mut change.from, before), (&mut change.to, Some(after))] {
            let id = side.as_str().map(str::to_owned);
            if let (Some(id), Some(name)) = (id, lead.and_then(|l| name(l, &change.field))) {
                *side = json!({"id": id, "name": name});
            }
        }
    }
}
