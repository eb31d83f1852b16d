//! What the history says of an activity.

use serde_json::{Value, json};

use crate::activity::{Activity, ActivityDecision, ActivityRules};
use crate::deal::DecidedEntry;
use crate::event::{EventKind, FieldChange};

/// An activity after a change with what its history says of it; without changes it stays as it was.
pub(super) fn changed(
    current: &Activity,
    mut activity: Activity,
    kind: EventKind,
    changes: Vec<FieldChange>,
    reason: Option<String>,
    rules: ActivityRules<'_>,
) -> ActivityDecision {
    if changes.is_empty() {
        return ActivityDecision {
            activity: current.clone(),
            entries: Vec::new(),
        };
    }
    activity.version += 1;
    activity.updated_at = rules.now;
    activity.overdue = activity.is_overdue(rules.now, rules.today);
    let mut told = vec![named(&activity)];
    told.extend(changes);
    ActivityDecision {
        entries: vec![entry(kind, told, reason, rules)],
        activity,
    }
}

/// What the history of the record says.
pub(super) fn entry(
    kind: EventKind,
    changes: Vec<FieldChange>,
    reason: Option<String>,
    rules: ActivityRules<'_>,
) -> DecidedEntry {
    DecidedEntry {
        at: rules.now,
        kind,
        changes,
        reason,
    }
}

/// Which activity it is about.
pub(super) fn named(activity: &Activity) -> FieldChange {
    FieldChange {
        field: "activity".into(),
        from: Value::Null,
        to: json!({"id": activity.id, "name": activity.title}),
    }
}

/// What kind of activity it is.
pub(super) fn kind_of(activity: &Activity) -> FieldChange {
    FieldChange {
        field: "activity_kind".into(),
        from: Value::Null,
        to: json!(activity.kind),
    }
}

/// A change of a field; nothing when it is none.
pub(super) fn field(name: &str, from: Value, to: Value) -> Option<FieldChange> {
    (from != to).then(|| FieldChange {
        field: name.into(),
        from,
        to,
    })
}

/// Gives the changes names of their own where other records have the same field with another
/// meaning, and readable references.
pub(super) fn label(changes: &mut [FieldChange], before: &Activity, after: &Activity) {
    let reference = |id: Option<&str>, name: Option<&str>| match (id, name) {
        (Some(id), Some(name)) => json!({"id": id, "name": name}),
        _ => Value::Null,
    };
    let values = |activity: &Activity, field: &str| match field {
        "owner_id" => Some(json!({"id": activity.owner_id, "name": activity.owner_name})),
        "deal_id" => Some(reference(
            activity.deal_id.as_ref().map(|id| id.as_str()),
            activity.deal_title.as_deref(),
        )),
        "lead_id" => Some(reference(
            activity.lead_id.as_ref().map(|id| id.as_str()),
            activity.lead_title.as_deref(),
        )),
        "account_id" => Some(reference(
            activity.account_id.as_ref().map(|id| id.as_str()),
            activity.account_name.as_deref(),
        )),
        "contact_ids" => Some(json!(activity.contacts)),
        "participant_ids" => Some(json!(activity.participants)),
        _ => None,
    };
    for change in changes {
        if let Some(from) = values(before, &change.field) {
            change.from = from;
        }
        if let Some(to) = values(after, &change.field) {
            change.to = to;
        }
        if change.field == "kind" {
            change.field = "activity_kind".into();
        }
    }
}
