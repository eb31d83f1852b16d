//! What the API and the web app share about imports: files of another system become people,
//! products, accounts, contacts, leads and deals.
//!
//! Several files are one import. A draft shows how each file was understood; a person corrects it;
//! a run, dry or real, goes through every row and reports each that it could not take.

mod draft;
mod field;
mod file;
mod format;
mod problem;

pub use draft::{
    ImportColumnDraft, ImportDraft, ImportFileDraft, ImportFilter, ImportOptions, ImportRun,
    ProblemFilter,
};
pub use field::ImportField;
pub use file::{ImportColumn, ImportFile, PreviewRow, PreviewValue, StageValue};
pub use format::{DateOrder, DecimalMark, Delimiter, TextEncoding};
pub use problem::{ImportProblem, ProblemCode, Severity};

use serde::{Deserialize, Serialize};

use crate::error::ErrorCode;
use crate::id::{ImportId, Ref};
use chrono::{DateTime, Utc};

text_enum! {
    /// What the rows of a file are.
    pub enum ImportKind {
        /// People with their departments and heads.
        People = "people",
        /// Products.
        Products = "products",
        /// Accounts.
        Accounts = "accounts",
        /// Contacts.
        Contacts = "contacts",
        /// Leads.
        Leads = "leads",
        /// Deals.
        Deals = "deals",
        /// Nothing that Etalon knows; the file is left out.
        Unknown = "unknown",
    }
}

impl ImportKind {
    /// The kinds that are imported, in the order in which their files are applied, whatever the
    /// order of upload: later kinds refer to earlier ones.
    pub const ORDER: [Self; 6] = [
        Self::People,
        Self::Products,
        Self::Accounts,
        Self::Contacts,
        Self::Leads,
        Self::Deals,
    ];

    /// The fields to which a column of such a file can lead.
    #[must_use]
    pub const fn fields(self) -> &'static [ImportField] {
        field::of_kind(self)
    }
}

text_enum! {
    /// Where an import stands.
    pub enum ImportStatus {
        /// Uploaded and understood; a person checks it.
        Draft = "draft",
        /// Waits for a worker.
        Queued = "queued",
        /// Goes through the rows.
        Running = "running",
        /// The dry run is finished, nothing was written; can be changed and run.
        Checked = "checked",
        /// The rows are written, but for the reported ones.
        Done = "done",
        /// Stopped by an error that has nothing to do with single rows; can be run again.
        Failed = "failed",
    }
}

impl ImportStatus {
    /// Whether options and mappings may be changed and a run may be started.
    #[must_use]
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Queued | Self::Running)
    }
}

/// An import: its files, how they are understood, and what became of their rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Import {
    /// Identifier.
    pub id: ImportId,
    /// Where it stands.
    pub status: ImportStatus,
    /// Whether the last or present run writes nothing.
    pub dry_run: bool,
    /// What holds for all files.
    pub options: ImportOptions,
    /// The files, in the order of upload.
    pub files: Vec<ImportFile>,
    /// How far the present run is.
    pub progress: ImportProgress,
    /// What the last finished run did.
    pub report: Option<ImportReport>,
    /// Why the last run stopped, when it did, in English.
    pub error: Option<String>,
    /// Why the last run stopped, for programs and for translation.
    #[serde(default)]
    pub error_code: Option<ErrorCode>,
    /// Who uploaded it.
    pub created_by: Ref,
    /// Counts changes of options and mappings, for `If-Match`.
    pub version: i64,
    /// When it was uploaded.
    pub created_at: DateTime<Utc>,
    /// When the last run began.
    pub started_at: Option<DateTime<Utc>>,
    /// When the last run ended.
    pub finished_at: Option<DateTime<Utc>>,
}

/// An import as the list shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportSummary {
    /// Identifier.
    pub id: ImportId,
    /// Where it stands.
    pub status: ImportStatus,
    /// Whether the last or present run writes nothing.
    pub dry_run: bool,
    /// Name of the source system.
    pub source: String,
    /// Names of the files, in the order of upload.
    pub file_names: Vec<String>,
    /// How far the present run is.
    pub progress: ImportProgress,
    /// What the last finished run did.
    pub report: Option<ImportReport>,
    /// Who uploaded it.
    pub created_by: Ref,
    /// When it was uploaded.
    pub created_at: DateTime<Utc>,
    /// When the last run ended.
    pub finished_at: Option<DateTime<Utc>>,
}

/// How far a run is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportProgress {
    /// Rows gone through.
    pub done: i64,
    /// Rows of all files that are imported.
    pub total: i64,
}

/// What a run did, or what it would have done when it was dry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportReport {
    /// Whether nothing was written.
    pub dry_run: bool,
    /// One entry per kind that the files had, in the order in which they were applied.
    pub kinds: Vec<KindReport>,
    /// Records that the rows only mentioned and that were created for them.
    pub also_created: Vec<AlsoCreated>,
    /// How many rows could not be taken.
    pub errors: i64,
    /// How many rows were taken with something left out or assumed.
    pub warnings: i64,
    /// How many remarks there are.
    pub notes: i64,
    /// How long the run took.
    pub milliseconds: i64,
}

/// What became of the rows of one kind. `rows` is the sum of the other numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KindReport {
    /// The kind.
    pub kind: ImportKind,
    /// Rows in the files.
    pub rows: i64,
    /// Rows that became new records.
    pub created: i64,
    /// Rows that changed records.
    pub updated: i64,
    /// Rows that say what is there already.
    pub unchanged: i64,
    /// Rows that could not be taken; each is among the problems.
    pub failed: i64,
    /// Rows that gave way to another row of the same file with the same identifier.
    pub superseded: i64,
}

impl KindReport {
    /// A report of a kind of which nothing was seen yet.
    #[must_use]
    pub const fn new(kind: ImportKind) -> Self {
        Self {
            kind,
            rows: 0,
            created: 0,
            updated: 0,
            unchanged: 0,
            failed: 0,
            superseded: 0,
        }
    }
}

text_enum! {
    /// A kind of record that rows can mention.
    pub enum ImportedRecord {
        /// A department.
        Department = "department",
        /// A person.
        Person = "person",
        /// A product.
        Product = "product",
        /// An account.
        Account = "account",
        /// A contact.
        Contact = "contact",
        /// A deal.
        Deal = "deal",
    }
}

/// How many records of one kind were created because rows mentioned them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AlsoCreated {
    /// The kind of record.
    pub record: ImportedRecord,
    /// How many.
    pub count: i64,
}
