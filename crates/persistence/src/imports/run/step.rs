//! One row on its way to a record.

use etalon_domain::error::{Error as DomainError, ErrorCode, FieldCode, validate};
use etalon_domain::import::{ImportKind, ImportedRecord, ProblemCode};
use etalon_domain::record::Origin;
use etalon_import::problems::Place;
use etalon_import::{Mention, Problems};

use super::Run;
use crate::connection::Tx;
use crate::context::new_id;
use crate::error::Result;
use crate::imports::links::Link;

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// It is a new record.
    Created,
    /// It changed a record.
    Updated,
    /// It says what is there already.
    Unchanged,
    /// It could not be taken; the problems say why.
    Failed,
}

/// A row, the transaction in which it is taken, and all that the run knows.
pub(super) struct Step<'s, 'r, 't> {
    /// The run.
    pub(super) run: &'s mut Run<'r>,
    /// The transaction.
    pub(super) tx: &'s mut Tx<'t>,
    /// Number of the row.
    pub(super) row: u32,
    /// The problems of the batch.
    pub(super) problems: &'s mut Problems,
}

/// Records that exist only in the mind of a dry run begin with this.
const IMAGINED: &str = "dry-run:";

/// Whether a record exists only in the mind of a dry run.
pub(super) fn is_imagined(id: &str) -> bool {
    id.starts_with(IMAGINED)
}

impl Step<'_, '_, '_> {
    /// Creates a record: checks the form in a dry run, else carries out `execute`. The identifier
    /// of the record.
    pub(super) fn create<D: validator::Validate>(
        &mut self,
        draft: &D,
        execute: impl FnOnce(&mut Self) -> Result<String>,
    ) -> Result<String> {
        if !self.run.is_dry() {
            return execute(self);
        }
        let errors = validate(draft);
        if errors.is_empty() {
            Ok(format!("{IMAGINED}{}", new_id()))
        } else {
            Err(DomainError::Invalid(errors).into())
        }
    }

    /// Where a record of this run comes from.
    pub(super) fn origin(&self, external_id: Option<&String>) -> Option<Origin> {
        Some(Origin {
            external_id: external_id.cloned(),
            import_id: self.run.import.id.clone(),
        })
    }

    /// Counts a record that was created only because a row mentions it.
    pub(super) fn also_created(&mut self, record: ImportedRecord) {
        *self.run.also.entry(record).or_default() += 1;
    }

    /// Whether records of a kind are created when rows mention them.
    pub(super) fn creates_missing(&self, kind: ImportKind) -> bool {
        self.run.import.options.create_missing.contains(&kind)
    }

    /// The record that stood for this row before, and whether the row still says the same.
    pub(super) fn link(
        &self,
        kind: ImportKind,
        key: &str,
        fingerprint: &str,
    ) -> Option<(String, bool)> {
        let link = self.run.links.get(kind, key)?;
        Some((link.record.clone(), link.fingerprint == fingerprint))
    }

    /// Remembers which record stands for this row.
    pub(super) fn remember(
        &mut self,
        kind: ImportKind,
        key: String,
        record: &str,
        fingerprint: String,
    ) {
        let link = Link {
            record: record.to_owned(),
            fingerprint,
        };
        self.run.links.set(kind, key, link);
    }

    /// Reports why the domain refuses the row.
    pub(super) fn refused(&mut self, error: &DomainError) -> Taken {
        match error {
            DomainError::Refused(code) => {
                let problem = match code {
                    ErrorCode::Forbidden | ErrorCode::NotFound => ProblemCode::NotAllowed,
                    ErrorCode::Deleted => ProblemCode::InBin,
                    _ => ProblemCode::Refused,
                };
                self.problems
                    .error(problem, Place::row(self.row), code.title());
            }
            DomainError::Invalid(errors) => {
                for error in errors {
                    let place = Place {
                        column: Some(&error.field),
                        ..Place::row(self.row)
                    };
                    let message = error.message.clone();
                    self.problems.error(problem_of(error.code), place, message);
                }
            }
        }
        Taken::Failed
    }

    /// Reports a mention because of which something is left out or assumed.
    pub(super) fn warn(&mut self, mention: &Mention, code: ProblemCode, message: &str) {
        let place = Place::cell(self.row, &mention.column, mention.text());
        self.problems.warning(code, place, message);
    }

    /// Reports a mention because of which the row cannot be taken.
    pub(super) fn fail(&mut self, mention: &Mention, code: ProblemCode, message: &str) {
        let place = Place::cell(self.row, &mention.column, mention.text());
        self.problems.error(code, place, message);
    }

    /// Remarks that a name is written differently elsewhere.
    pub(super) fn note_spelling(&mut self, mention: &Mention, name: &str) {
        let Some(written) = &mention.name else { return };
        if written != name {
            let place = Place::cell(self.row, &mention.column, written);
            let message = format!("is taken as '{name}'");
            self.problems.note(ProblemCode::SimilarName, place, message);
        }
    }
}

fn problem_of(code: FieldCode) -> ProblemCode {
    match code {
        FieldCode::Required => ProblemCode::Required,
        FieldCode::TooLong => ProblemCode::TooLong,
        FieldCode::OutOfRange => ProblemCode::OutOfRange,
        FieldCode::InvalidEmail => ProblemCode::InvalidEmail,
        FieldCode::TooManyDecimals => ProblemCode::TooManyDecimals,
        FieldCode::UnknownCurrency => ProblemCode::UnknownCurrency,
        FieldCode::NotAllowed => ProblemCode::NotAllowed,
        FieldCode::UnknownReference => ProblemCode::UnknownReference,
        _ => ProblemCode::Refused,
    }
}
