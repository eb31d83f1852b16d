//! Commands of the simpler records: accounts, contacts, products, departments, people. Each has one
//! form, can be created, changed and removed; deals have their own commands.

use crate::id::ImportId;
use crate::time::Instant;

/// Where a record came from, when it was imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Identifier in the other system.
    pub external_id: Option<String>,
    /// The import that brings it.
    pub import_id: ImportId,
    /// When it was created there; not in the future. Kept of accounts and contacts.
    pub created_at: Option<Instant>,
}

/// A change of a record with the form `D`.
#[derive(Clone, Debug, PartialEq)]
pub enum RecordCommand<D> {
    /// A new record.
    Create {
        /// The form.
        draft: D,
        /// Where it came from, when it was imported.
        origin: Option<Origin>,
    },
    /// New values for all fields of the form.
    Edit(D),
    /// Into the bin; people are deactivated, departments and products removed when nothing names
    /// them.
    Delete,
    /// Out of the bin.
    Restore,
}

impl<D> RecordCommand<D> {
    /// A record that a person creates.
    pub const fn create(draft: D) -> Self {
        Self::Create {
            draft,
            origin: None,
        }
    }
}
