//! Typed rows of every kind of file.

mod accounts;
mod contacts;
mod deals;
mod leads;
mod people;
mod products;

pub use accounts::{AccountRow, accounts};
pub use contacts::{ContactRow, contacts};
pub use deals::{DealRow, deals};
pub use leads::{LeadRow, leads};
pub use people::{PersonRow, people};
pub use products::{ProductRow, products};

use etalon_domain::import::{ImportColumn, ImportField, PreviewValue, ProblemCode};
use etalon_domain::text::normalize_name;
use etalon_domain::time::Instant;

use crate::duplicates::supersede;
use crate::problems::{Place, Problems};
use crate::reader::{Mapping, RowReader, Settings};
use crate::table::Table;

/// What another record is called in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Its name.
    pub name: Option<String>,
    /// Its identifier in the source system.
    pub external_id: Option<String>,
    /// Header of the column in which it stands.
    pub column: String,
}

impl Mention {
    /// The text by which a problem names it.
    #[must_use]
    pub fn text(&self) -> &str {
        let text = self.external_id.as_deref().or(self.name.as_deref());
        text.unwrap_or_default()
    }
}

/// The rows of a file as values.
#[derive(Clone, Debug)]
pub struct Parsed<T> {
    /// The rows that can be imported, from top to bottom.
    pub rows: Vec<T>,
    /// How many rows cannot be imported; the problems say why.
    pub failed: i64,
    /// How many rows gave way to another one with the same identifier.
    pub superseded: i64,
    /// Everything that is wrong with the file and its rows so far.
    pub problems: Problems,
}

/// A row of one kind of file.
pub trait Row: Sized {
    /// Number of the row in the file.
    fn number(&self) -> u32;

    /// What makes two rows of one file the same record, and the header of the column where it
    /// stands: the identifier, else for shared records the name.
    fn key(&self) -> Option<(ImportField, String)>;

    /// When the record was last changed in the source system.
    fn changed_at(&self) -> Option<Instant>;

    /// The values as they will be stored.
    fn values(&self) -> Vec<PreviewValue>;
}

/// Reads every row of a table and leaves out those that are broken, fail, or give way to another.
fn read_all<T: Row>(
    table: &Table,
    columns: &[ImportColumn],
    settings: &Settings,
    read: impl Fn(&mut RowReader<'_>) -> T,
) -> Parsed<T> {
    let mut problems = table.problems.clone();
    let mapping = Mapping::new(table, columns, &mut problems);
    let mut rows = Vec::with_capacity(table.records.len());
    let mut failed = 0;
    for record in &table.records {
        if record.broken {
            failed += 1;
            continue;
        }
        let mut reader = RowReader {
            record,
            mapping: &mapping,
            settings,
            problems: &mut problems,
            failed: false,
        };
        let row = read(&mut reader);
        if reader.failed {
            failed += 1;
        } else {
            rows.push(row);
        }
    }
    let (rows, losers) = supersede(rows);
    for loser in &losers {
        let place = Place {
            row: Some(loser.row),
            column: Some(mapping.header(loser.field)),
            value: Some(&loser.key),
        };
        let message = format!("stands again in row {}, which is used", loser.winner);
        problems.warning(ProblemCode::DuplicateIdentifier, place, message);
    }
    Parsed {
        rows,
        failed,
        superseded: i64::try_from(losers.len()).unwrap_or(i64::MAX),
        problems,
    }
}

/// The key of a shared record: its identifier, else its name.
fn key_of(external_id: Option<&String>, name: &str) -> Option<(ImportField, String)> {
    match external_id {
        Some(id) => Some((ImportField::ExternalId, id.clone())),
        None => Some((ImportField::Name, normalize_name(name))),
    }
}

/// Collects the values of a previewed row.
#[derive(Default)]
struct Values(Vec<PreviewValue>);

impl Values {
    fn add(&mut self, field: ImportField, value: Option<impl ToString>) {
        if let Some(value) = value {
            self.0.push(PreviewValue {
                field,
                value: value.to_string(),
            });
        }
    }

    fn mention(&mut self, name: ImportField, id: ImportField, mention: Option<&Mention>) {
        self.add(name, mention.and_then(|m| m.name.as_ref()));
        self.add(id, mention.and_then(|m| m.external_id.as_ref()));
    }

    fn instant(&mut self, field: ImportField, at: Option<Instant>) {
        let text = at.map(|at| at.format("%Y-%m-%dT%H:%M:%SZ"));
        self.add(field, text);
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::collections::BTreeMap;

    use etalon_domain::import::{ImportColumn, ImportKind};
    use etalon_domain::money::Currency;
    use etalon_domain::stage::reference;

    use super::Parsed;
    use crate::{Settings, StageNames, Table, Zone, columns};

    pub(crate) fn settings() -> Settings {
        Settings {
            zone: Zone::parse("UTC").unwrap(),
            currency: Currency::from_code("USD").unwrap(),
            stages: StageNames::new(reference(), &BTreeMap::new()),
        }
    }

    pub(crate) fn parsed<T>(
        kind: ImportKind,
        text: &str,
        read: impl Fn(&Table, &[ImportColumn], &Settings) -> Parsed<T>,
    ) -> Parsed<T> {
        let table = crate::read("t.csv", text.as_bytes(), None, None);
        let columns = columns::detect(kind, &table);
        read(&table, &columns, &settings())
    }
}
