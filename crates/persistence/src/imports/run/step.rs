//! One row on its way to a record.

use std::collections::BTreeMap;

use chrono::Duration;
use diesel::result::DatabaseErrorKind;
use etalon_domain::error::{Error as DomainError, ErrorCode, FieldCode, validate};
use etalon_domain::import::{ImportKind, ImportedRecord, ProblemCode};
use etalon_domain::record::Origin;
use etalon_domain::text::normalize_name;
use etalon_domain::time::{Instant, truncate};
use etalon_import::problems::Place;
use etalon_import::{Mention, Problems};

use super::Run;
use super::savepoint::{Savepoint, savepoint};
use crate::connection::Tx;
use crate::context::{Context, new_id};
use crate::error::{Error, Result};
use crate::imports::links::Link;
use crate::users;

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
    /// The problems of the file.
    pub(super) problems: &'s mut Problems,
    /// Whether the row has written anything, behind a savepoint.
    wrote: bool,
    /// What earlier rows created because they mention it.
    also_before: BTreeMap<ImportedRecord, i64>,
}

/// Records that exist only in the mind of a dry run begin with this.
const IMAGINED: &str = "dry-run:";

/// Whether a record exists only in the mind of a dry run.
pub(super) fn is_imagined(id: &str) -> bool {
    id.starts_with(IMAGINED)
}

impl<'s, 'r, 't> Step<'s, 'r, 't> {
    /// Begins a row.
    pub(super) fn begin(
        run: &'s mut Run<'r>,
        tx: &'s mut Tx<'t>,
        row: u32,
        problems: &'s mut Problems,
    ) -> Self {
        run.directory.begin_row();
        Self {
            also_before: run.also.clone(),
            run,
            tx,
            row,
            problems,
            wrote: false,
        }
    }

    /// Ends a row: what it wrote stays, unless it failed.
    pub(super) fn end(self, taken: Taken) -> Result<()> {
        if taken != Taken::Failed {
            if self.wrote {
                savepoint(self.tx.conn, Savepoint::Keep)?;
            }
            return Ok(());
        }
        if self.wrote {
            savepoint(self.tx.conn, Savepoint::TakeBack)?;
        }
        self.run.also = self.also_before;
        let lost_department = self.run.directory.take_back_row();
        if lost_department && !self.run.is_dry() {
            let id = self.run.context.actor.user_id.clone();
            self.run.context.actor = users::actor(self.tx, &id)?.ok_or(ErrorCode::Forbidden)?;
        }
        Ok(())
    }
}

impl<'t> Step<'_, '_, 't> {
    /// Makes sure that what is written from here on can be taken back with the row.
    fn begin_writing(&mut self) -> Result<()> {
        if !self.wrote {
            savepoint(self.tx.conn, Savepoint::Set)?;
            self.wrote = true;
        }
        Ok(())
    }

    /// Writes something of the row.
    pub(super) fn write<T>(
        &mut self,
        write: impl FnOnce(&mut Tx<'t>, &Context) -> Result<T>,
    ) -> Result<T> {
        self.begin_writing()?;
        write(self.tx, &self.run.context)
    }

    /// Creates a record: checks the form in a dry run, else carries out `execute`. The identifier
    /// of the record.
    pub(super) fn create<D: validator::Validate>(
        &mut self,
        draft: &D,
        execute: impl FnOnce(&mut Self) -> Result<String>,
    ) -> Result<String> {
        if !self.run.is_dry() {
            self.begin_writing()?;
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
            created_at: None,
        })
    }

    /// Where a record comes from that the source system has had since `created_at`. A day in the
    /// future is left out, with a warning.
    pub(super) fn origin_since(
        &mut self,
        external_id: Option<&String>,
        created_at: Option<Instant>,
    ) -> Option<Origin> {
        let now = self.run.context.now;
        let created_at = created_at.map(|at| not_after(truncate(at), now));
        if created_at.is_some_and(|at| at > now) {
            let place = Place {
                column: Some("created_at"),
                ..Place::row(self.row)
            };
            let message = "lies in the future and is left out";
            self.problems
                .warning(ProblemCode::OutOfRange, place, message);
        }
        let origin = self.origin(external_id)?;
        Some(Origin {
            created_at: created_at.filter(|at| *at <= now),
            ..origin
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

    /// Reports why the row is refused, by the domain or by a constraint of the database.
    ///
    /// # Errors
    /// Whatever else went wrong: it stops the run.
    pub(super) fn refused(&mut self, error: Error) -> Result<Taken> {
        match error {
            Error::Domain(error) => self.refused_by_domain(&error),
            Error::Database(error) => {
                if !is_broken_constraint(&error) {
                    return Err(error.into());
                }
                log::warn!("row {} is refused: {error}", self.row);
                let message = "is refused by the database: it contradicts another record";
                self.problems
                    .error(ProblemCode::Refused, Place::row(self.row), message);
            }
            other => return Err(other),
        }
        Ok(Taken::Failed)
    }

    fn refused_by_domain(&mut self, error: &DomainError) {
        match error {
            DomainError::Refused(code) | DomainError::Conflict(code, _) => {
                let problem = match code {
                    ErrorCode::Forbidden | ErrorCode::NotFound => ProblemCode::NotAllowed,
                    _ => ProblemCode::Refused,
                };
                let mut message = code.title().to_owned();
                if let DomainError::Conflict(_, errors) = error {
                    let told: Vec<&str> = errors.iter().map(|e| e.message.as_str()).collect();
                    if !told.is_empty() {
                        message = format!("{message}: {}", told.join("; "));
                    }
                }
                self.problems.error(problem, Place::row(self.row), message);
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

    /// Warns of a record that gets another name by its identifier, when nobody named the source
    /// system: the files may be those of another one that counts from the same number.
    pub(super) fn warn_of_renaming(&mut self, before: &str, after: &str) {
        let named = self.run.import.options.named_source().is_some();
        if named || normalize_name(before) == normalize_name(after) {
            return;
        }
        let place = Place {
            value: Some(after),
            ..Place::row(self.row)
        };
        let message =
            format!("takes the place of '{before}'; name the former system if it is another one");
        self.problems
            .warning(ProblemCode::SimilarName, place, message);
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

/// A day without a time stands for its noon: of today, that may still be to come.
pub(super) fn not_after(at: Instant, now: Instant) -> Instant {
    if at > now && at - now <= Duration::hours(24) {
        now
    } else {
        at
    }
}

fn is_broken_constraint(error: &diesel::result::Error) -> bool {
    use DatabaseErrorKind as Kind;
    matches!(
        error,
        diesel::result::Error::DatabaseError(
            Kind::UniqueViolation
                | Kind::ForeignKeyViolation
                | Kind::NotNullViolation
                | Kind::CheckViolation,
            _
        )
    )
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
