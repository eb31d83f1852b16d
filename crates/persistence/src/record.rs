//! What the command functions of the simpler records share.

use etalon_domain::error::{Error as DomainError, ErrorCode, FieldError};
use etalon_domain::event::{EventKind, FieldChange};
use serde_json::{Value, json};

use crate::connection::AnyConnection;
use crate::context::Context;
use crate::error::Result;
use crate::timeline::{self, Entity, Entry};

/// Refuses a command when the record changed since it was read.
pub(crate) fn refuse_stale(version: i64, expected: Option<i64>) -> Result<()> {
    match expected {
        Some(expected) if expected != version => Err(ErrorCode::StaleVersion.into()),
        _ => Ok(()),
    }
}

/// Refuses a form with invalid fields.
pub(crate) fn refuse_invalid(errors: Vec<FieldError>) -> Result<()> {
    if errors.is_empty() {
        Ok(())
    } else {
        Err(DomainError::Invalid(errors).into())
    }
}

/// Adds one entry to the history of a record.
pub(crate) fn note(
    conn: &mut AnyConnection,
    context: &Context,
    entity: Entity,
    id: &str,
    kind: EventKind,
    changes: &[FieldChange],
) -> Result<()> {
    let entry = Entry {
        at: context.now,
        kind,
        changes,
        reason: None,
    };
    timeline::append(conn, context, entity, id, &entry)
}

/// Replaces the identifier in a change of a reference by `{id, name}`, so that the history stays
/// readable after a renaming.
pub(crate) fn name_change(
    changes: &mut [FieldChange],
    field: &str,
    before: Option<&str>,
    after: Option<&str>,
) {
    let named = |id: &Value, name: Option<&str>| match (id.as_str(), name) {
        (Some(id), Some(name)) => json!({"id": id, "name": name}),
        _ => id.clone(),
    };
    for change in changes.iter_mut().filter(|c| c.field == field) {
        change.from = named(&change.from, before);
        change.to = named(&change.to, after);
    }
}
