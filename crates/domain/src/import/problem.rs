//! What can be wrong with a row of a file.

use serde::{Deserialize, Serialize};

text_enum! {
    /// How much a problem matters.
    pub enum Severity {
        /// The row is not imported.
        Error = "error",
        /// The row is imported with something left out or assumed.
        Warning = "warning",
        /// The row is imported; a person may want to know.
        Note = "note",
    }
}

text_enum! {
    /// What is wrong. The web app has a sentence for each in every language.
    pub enum ProblemCode {
        /// The file is empty or has no rows below its headers.
        EmptyFile = "empty_file",
        /// The file is none of those that Etalon knows and is left out.
        UnknownKind = "unknown_kind",
        /// Some bytes are no characters of the encoding.
        UndecodableBytes = "undecodable_bytes",
        /// A quotation mark is opened and never closed.
        UnclosedQuote = "unclosed_quote",
        /// The row has fewer or more cells than there are headers.
        RaggedRow = "ragged_row",
        /// The row has no cell with a value.
        EmptyRow = "empty_row",
        /// A column that is needed is not mapped.
        ColumnMissing = "column_missing",
        /// Two columns lead to the same field; the first is used.
        ColumnTwice = "column_twice",
        /// A needed value is empty.
        Required = "required",
        /// The value is no number.
        InvalidNumber = "invalid_number",
        /// The value is no date, or does not fit the order of the column.
        InvalidDate = "invalid_date",
        /// The number or date lies outside what is allowed.
        OutOfRange = "out_of_range",
        /// The value is none of those that the field can have.
        InvalidValue = "invalid_value",
        /// The value is no e-mail address.
        InvalidEmail = "invalid_email",
        /// The value is longer than allowed.
        TooLong = "too_long",
        /// The amount has more decimals than its currency.
        TooManyDecimals = "too_many_decimals",
        /// The currency is not known.
        UnknownCurrency = "unknown_currency",
        /// The row has no currency; that of the import is used.
        CurrencyAssumed = "currency_assumed",
        /// The stage is not known; it can be mapped by hand.
        UnknownStage = "unknown_stage",
        /// The time has no zone, unlike others of the column; the zone of the import is used.
        ZoneAssumed = "zone_assumed",
        /// The deal is closed and has no date of closing.
        CloseDateMissing = "close_date_missing",
        /// The deal is closed and has no date of closing; that of its last change is used.
        CloseDateAssumed = "close_date_assumed",
        /// The deal is open; its closing date is taken as the expected one.
        CloseDateExpected = "close_date_expected",
        /// Another row of the file has the same identifier and is used instead.
        DuplicateIdentifier = "duplicate_identifier",
        /// The name is written differently elsewhere.
        SimilarName = "similar_name",
        /// The mentioned record does not exist.
        UnknownReference = "unknown_reference",
        /// Several records fit what is mentioned.
        AmbiguousReference = "ambiguous_reference",
        /// The row has no owner, or an unknown one; that of the import is used.
        OwnerAssumed = "owner_assumed",
        /// The importing person may not write this record.
        NotAllowed = "not_allowed",
        /// The record is in the bin and is left there.
        InBin = "in_bin",
        /// The person can sign in and is not changed by imports.
        KeptPerson = "kept_person",
        /// The rules of the record refuse the row.
        Refused = "refused",
    }
}

/// Something wrong with a file, a row or a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportProblem {
    /// Name of the file.
    pub file: String,
    /// Row in the file as a spreadsheet numbers it, from 1; `null`: the file as a whole.
    pub row: Option<i64>,
    /// Header of the column.
    pub column: Option<String>,
    /// The value as it stands in the file.
    pub value: Option<String>,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong, for programs and for translation.
    pub code: ProblemCode,
    /// What is wrong, in English.
    pub message: String,
    /// How many rows it stands for: equal notes are told once, with their first row.
    pub count: i64,
}
