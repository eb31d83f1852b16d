//! One file of an import and how it is understood.

use serde::{Deserialize, Serialize};

use super::{
    DateOrder, DecimalMark, Delimiter, ImportField, ImportKind, ImportProblem, TextEncoding,
};
use crate::id::ImportFileId;

/// A file of an import.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportFile {
    /// Identifier.
    pub id: ImportFileId,
    /// Name as it was uploaded.
    pub name: String,
    /// Size in bytes.
    pub size: i64,
    /// What its rows are; `unknown` leaves the file out.
    pub kind: ImportKind,
    /// How its characters are written.
    pub encoding: TextEncoding,
    /// What separates its cells.
    pub delimiter: Delimiter,
    /// Rows below the headers that are not empty.
    pub rows: i64,
    /// Its columns, from left to right.
    pub columns: Vec<ImportColumn>,
    /// The stages that its rows name, when it has deals, the most frequent first.
    pub stage_values: Vec<StageValue>,
    /// The first rows as they will be stored.
    pub preview: Vec<PreviewRow>,
    /// What is wrong with the file as a whole.
    pub problems: Vec<ImportProblem>,
}

/// A column of a file and to what it leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportColumn {
    /// Place in the file, from 0.
    pub index: u32,
    /// Header as it stands in the file.
    pub header: String,
    /// The field that it fills; `null`: the column is left out.
    pub field: Option<ImportField>,
    /// What separates decimals, when the field is a number.
    pub decimal_mark: Option<DecimalMark>,
    /// The order of dates, when the field is a date.
    pub date_order: Option<DateOrder>,
    /// By what amounts are multiplied: 1, 1000 or 1000000; 100 for a column of shares of one, which
    /// become percent.
    pub scale: i64,
    /// Whether the cells can be read in more than one way, so that a person should look.
    pub ambiguous: bool,
    /// The first values, different from each other.
    pub samples: Vec<String>,
}

/// A stage as the file names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StageValue {
    /// The text in the file.
    pub value: String,
    /// How many rows have it.
    pub count: i64,
    /// Code of the stage to which it leads; `null`: unknown, its rows are reported.
    pub stage: Option<String>,
}

/// A row as it will be stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PreviewRow {
    /// Row in the file, as a spreadsheet numbers it.
    pub row: i64,
    /// The fields that have a value.
    pub values: Vec<PreviewValue>,
    /// What is wrong with the row.
    pub problems: Vec<ImportProblem>,
}

/// One field of a previewed row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PreviewValue {
    /// The field.
    pub field: ImportField,
    /// Its value: names as text, amounts with their currency, dates in ISO form, stages by code.
    pub value: String,
}
