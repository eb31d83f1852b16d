//! What the history keeps of a change of a proposal.

use serde_json::{Value, json};

use super::reference;
use crate::event::FieldChange;
use crate::proposal::{Proposal, ProposalLine, compare_lines};

/// What differs between two states of a version, fields and lines; of a new one what is filled.
pub(super) fn changes(before: Option<&Proposal>, after: &Proposal) -> Vec<FieldChange> {
    let of = |proposal: Option<&Proposal>| proposal.map_or_else(Vec::new, told);
    let (from, to) = (of(before), told(after));
    let mut changes = Vec::new();
    for (field, to) in to {
        let earlier = from.iter().find(|(name, _)| *name == field);
        let from = earlier.map_or(Value::Null, |(_, value)| value.clone());
        if from != to {
            changes.push(change(field, from, to));
        }
    }
    let lines = before.map_or(&[][..], |proposal| &proposal.lines);
    for line in compare_lines(lines, &after.lines) {
        changes.push(change("line", said(line.before), said(line.after)));
    }
    changes
}

/// Where a version stands, when that changed.
pub(super) fn status_change(before: Option<&Proposal>, after: &Proposal) -> Option<FieldChange> {
    let word = |proposal: &Proposal| {
        if proposal.deleted_at.is_some() {
            json!("deleted")
        } else {
            json!(proposal.status.stored())
        }
    };
    let from = before.map_or(Value::Null, word);
    let to = word(after);
    (from != to).then(|| change("proposal_status", from, to))
}

fn change(field: &str, from: Value, to: Value) -> FieldChange {
    FieldChange {
        field: field.to_owned(),
        from,
        to,
    }
}

fn told(proposal: &Proposal) -> Vec<(&'static str, Value)> {
    let contact = reference(
        proposal.contact_id.as_ref().map(|id| id.as_str()),
        proposal.contact_name.as_deref(),
    );
    let account = reference(
        proposal.account_id.as_ref().map(|id| id.as_str()),
        proposal.account_name.as_deref(),
    );
    let total = (!proposal.lines.is_empty()).then_some(proposal.totals.total);
    vec![
        ("total", json!(total)),
        ("account_id", json!(account)),
        ("contact_id", json!(contact)),
        ("currency", json!(proposal.currency)),
        ("valid_until", json!(proposal.valid_until)),
        ("introduction", json!(proposal.introduction)),
        ("terms", json!(proposal.terms)),
        ("sent_on", json!(proposal.sent_on)),
        ("sent_to", json!(proposal.sent_to)),
        ("channel", json!(proposal.channel)),
        ("decided_on", json!(proposal.decided_on)),
    ]
}

/// A line in signs that every language reads: what, how many at which price, less the discount,
/// plus the tax.
fn said(line: Option<&ProposalLine>) -> Value {
    let Some(line) = line else {
        return Value::Null;
    };
    let mut text = format!("{}: {} × {}", line.title, line.quantity, line.unit_price);
    if !line.discount.is_zero() {
        text.push_str(&format!(" − {} %", line.discount));
    }
    if !line.vat_rate.is_zero() {
        text.push_str(&format!(" + {} %", line.vat_rate));
    }
    json!({"name": text, "description": line.description, "unit": line.unit})
}
