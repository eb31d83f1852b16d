//! What a person decides about an import.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use validator::Validate;

use super::{
    DateOrder, DecimalMark, Delimiter, ImportColumn, ImportField, ImportFile, ImportKind, Severity,
    TextEncoding,
};
use crate::id::{DepartmentId, ImportFileId, UserId};
use crate::money::Currency;

/// What holds for all files of an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct ImportOptions {
    /// Name of the source system, 1 to 80 characters: identifiers are unique within it, so that
    /// two systems may use the same ones. Records are found again by everybody who names it and may
    /// change them; those of `csv`, where nobody named one, only by whoever imported them.
    #[validate(length(min = 1, max = 80))]
    pub source: String,
    /// Currency of amounts that name none; `null`: the base currency.
    pub currency: Option<Currency>,
    /// Time zone of times that name none: an IANA name or an offset such as `+05:00`.
    #[cfg_attr(feature = "openapi", schema(example = "Asia/Yekaterinburg"))]
    #[validate(length(min = 1, max = 60))]
    pub time_zone: String,
    /// The department below which new departments are created; `null`: at the top, or below the
    /// importing head's own.
    pub parent_department_id: Option<DepartmentId>,
    /// Owner of deals that name none or an unknown one; `null`: such rows are reported.
    pub default_owner_id: Option<UserId>,
    /// What is created when rows mention it by name and it is not there.
    pub create_missing: Vec<ImportKind>,
    /// Stages by hand: the text in the file → code of the stage.
    pub stage_mapping: BTreeMap<String, String>,
    /// Whether deals that are here already go forward or are won although requirements of the process
    /// are not met, where the importing person may override them: the history then names what was
    /// passed, with the import as reason. Else such rows are reported.
    pub pass_gates: bool,
}

/// The source of an import for which nobody named one.
const UNNAMED_SOURCE: &str = "csv";

impl ImportOptions {
    /// The name of the source system, when somebody gave it one.
    #[must_use]
    pub fn named_source(&self) -> Option<&str> {
        Some(self.source.as_str()).filter(|source| *source != UNNAMED_SOURCE)
    }
}

impl Default for ImportOptions {
    fn default() -> Self {
        Self {
            source: UNNAMED_SOURCE.to_owned(),
            currency: None,
            time_zone: "UTC".to_owned(),
            parent_department_id: None,
            default_owner_id: None,
            create_missing: vec![
                ImportKind::Products,
                ImportKind::Accounts,
                ImportKind::Contacts,
            ],
            stage_mapping: BTreeMap::new(),
            pass_gates: false,
        }
    }
}

/// What a person sets of an import before it runs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"options": {"source": "maven", "currency": "USD", "time_zone": "Europe/Berlin", "create_missing": ["products", "accounts"], "stage_mapping": {"Engaging": "needs"}}})))]
pub struct ImportDraft {
    /// What holds for all files.
    #[serde(default)]
    #[validate(nested)]
    pub options: ImportOptions,
    /// The files to be understood differently; those that are absent stay as they are.
    #[serde(default)]
    pub files: Vec<ImportFileDraft>,
}

/// How a person wants a file to be understood.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportFileDraft {
    /// Which file.
    pub id: ImportFileId,
    /// What its rows are; `unknown` leaves the file out.
    pub kind: ImportKind,
    /// How its characters are written.
    pub encoding: TextEncoding,
    /// What separates its cells.
    pub delimiter: Delimiter,
    /// Its columns. When kind, encoding or delimiter change, they are detected anew instead.
    #[serde(default)]
    pub columns: Vec<ImportColumnDraft>,
}

/// To what a person leads a column. What is absent is detected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportColumnDraft {
    /// Place in the file, from 0.
    pub index: u32,
    /// The field that it fills; `null` leaves the column out.
    pub field: Option<ImportField>,
    /// What separates decimals.
    #[serde(default)]
    pub decimal_mark: Option<DecimalMark>,
    /// The order of dates.
    #[serde(default)]
    pub date_order: Option<DateOrder>,
    /// By what amounts are multiplied: 1, 1000 or 1000000.
    #[serde(default)]
    pub scale: Option<i64>,
}

impl From<&ImportFile> for ImportFileDraft {
    fn from(file: &ImportFile) -> Self {
        Self {
            id: file.id.clone(),
            kind: file.kind,
            encoding: file.encoding,
            delimiter: file.delimiter,
            columns: file.columns.iter().map(ImportColumnDraft::from).collect(),
        }
    }
}

impl From<&ImportColumn> for ImportColumnDraft {
    fn from(column: &ImportColumn) -> Self {
        Self {
            index: column.index,
            field: column.field,
            decimal_mark: column.decimal_mark,
            date_order: column.date_order,
            scale: Some(column.scale),
        }
    }
}

/// Starts a run of an import.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"dry_run": true})))]
pub struct ImportRun {
    /// Only check and report; write nothing.
    #[serde(default)]
    pub dry_run: bool,
}

/// Page of the list of imports, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(default)]
pub struct ImportFilter {
    /// Size of the page, 1 to 200.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// `next_cursor` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// Filters and page of the problems of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(default)]
pub struct ProblemFilter {
    /// Only problems that matter this much.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
    /// Size of the page, 1 to 200.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// `next_cursor` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}
