//! What hangs on a deal: its team, key contacts, competitors, concessions, and what was done in the
//! steps of its process. Each has one function that writes it, and every write leaves an entry in the
//! history of the deal.

pub mod competitors;
pub mod concessions;
pub(crate) mod effects;
pub mod key_contacts;
pub mod steps;
pub mod team;

use etalon_domain::deal::{Deal, DealStatus};
use etalon_domain::error::ErrorCode;
use etalon_domain::event::{EventKind, FieldChange};
use etalon_domain::id::DealId;
use etalon_domain::policy::require_deal_write;
use serde_json::Value;

use crate::connection::Tx;
use crate::context::Context;
use crate::error::Result;
use crate::timeline::{self, Entity, Entry};

/// The deal on which something is to be changed.
///
/// # Errors
/// `not_found`, `forbidden`, or `deal_closed`.
pub(crate) fn changeable(tx: &mut Tx<'_>, context: &Context, id: &DealId) -> Result<Deal> {
    let deal = super::load(tx, &context.actor, id, context.now)?.ok_or(ErrorCode::NotFound)?;
    require_deal_write(&context.actor, &deal)?;
    if deal.deleted_at.is_some() {
        return Err(ErrorCode::NotFound.into());
    }
    if deal.status != DealStatus::Open {
        return Err(ErrorCode::DealClosed.into());
    }
    Ok(deal)
}

/// Adds an entry to the history of a deal.
pub(crate) fn note(
    tx: &mut Tx<'_>,
    context: &Context,
    id: &DealId,
    kind: EventKind,
    changes: &[FieldChange],
    reason: Option<&str>,
) -> Result<()> {
    let entry = Entry {
        at: context.now,
        kind,
        changes,
        reason,
    };
    timeline::append(tx.conn, context, Entity::Deal, id.as_str(), &entry)
}

/// A change of one field.
pub(crate) fn change(field: &str, from: Value, to: Value) -> FieldChange {
    FieldChange {
        field: field.to_owned(),
        from,
        to,
    }
}
