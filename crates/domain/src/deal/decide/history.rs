//! What the history says of a change.

use serde_json::{Value, json};

use crate::deal::Deal;
use crate::event::FieldChange;
use crate::id::AccountId;

pub(super) fn change(field: &str, from: Value, to: Value) -> FieldChange {
    FieldChange {
        field: field.into(),
        from,
        to,
    }
}

/// The differences of the fields that commands other than an edit change.
pub(super) fn state_changes(before: &Deal, after: &Deal) -> Vec<FieldChange> {
    let named = |id: &Option<AccountId>, name: &Option<String>| match id {
        Some(id) => json!({"id": id, "name": name}),
        None => Value::Null,
    };
    let pairs = [
        ("stage", json!(before.stage), json!(after.stage)),
        ("status", json!(before.status), json!(after.status)),
        ("amount", json!(before.amount), json!(after.amount)),
        (
            "amount_base",
            json!(before.amount_base),
            json!(after.amount_base),
        ),
        (
            "probability",
            json!(before.probability),
            json!(after.probability),
        ),
        (
            "forecast_category",
            json!(before.forecast_category),
            json!(after.forecast_category),
        ),
        ("closed_at", json!(before.closed_at), json!(after.closed_at)),
        (
            "close_reason",
            json!(before.close_reason),
            json!(after.close_reason),
        ),
        (
            "winner_account_id",
            named(&before.winner_account_id, &before.winner_account_name),
            named(&after.winner_account_id, &after.winner_account_name),
        ),
        (
            "beaten_account_id",
            named(&before.beaten_account_id, &before.beaten_account_name),
            named(&after.beaten_account_id, &after.beaten_account_name),
        ),
        (
            "rerouted_to",
            json!(before.rerouted_to),
            json!(after.rerouted_to),
        ),
        (
            "next_contact_on",
            json!(before.next_contact_on),
            json!(after.next_contact_on),
        ),
    ];
    pairs
        .into_iter()
        .filter(|(_, from, to)| from != to)
        .map(|(field, from, to)| change(field, from, to))
        .collect()
}

/// Replaces the identifiers in changes of references by `{id, name}`, so that the history stays
/// readable after a renaming.
pub(super) fn label(changes: &mut [FieldChange], before: Option<&Deal>, after: &Deal) {
    let name = |deal: &Deal, field: &str| match field {
        "account_id" => deal.account_name.clone(),
        "contact_id" => deal.contact_name.clone(),
        "owner_id" => Some(deal.owner_name.clone()),
        "department_id" => deal.department_name.clone(),
        "product_id" => deal.product_name.clone(),
        _ => None,
    };
    for change in changes {
        for (side, deal) in [(&mut change.from, before), (&mut change.to, Some(after))] {
            if let (Some(id), Some(name)) = (
                side.as_str().map(str::to_owned),
                deal.and_then(|d| name(d, &change.field)),
            ) {
                *side = json!({"id": id, "name": name});
            }
        }
    }
}
