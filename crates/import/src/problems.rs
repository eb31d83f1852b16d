//! Collects what is wrong with one file.

use std::collections::HashMap;

use etalon_domain::import::{ImportProblem, ProblemCode, Severity};

/// Longest value that a problem repeats, in characters.
const MAX_VALUE: usize = 200;

/// The problems of one file, in the order in which they were found.
#[derive(Clone, Debug, Default)]
pub struct Problems {
    file: String,
    list: Vec<ImportProblem>,
    notes: HashMap<(ProblemCode, Option<String>, Option<String>), usize>,
}

/// Where a problem is and what stands there.
#[derive(Clone, Copy, Debug, Default)]
pub struct Place<'a> {
    /// Row as a spreadsheet numbers it.
    pub row: Option<u32>,
    /// Header of the column.
    pub column: Option<&'a str>,
    /// The value.
    pub value: Option<&'a str>,
}

impl<'a> Place<'a> {
    /// A whole row.
    #[must_use]
    pub const fn row(row: u32) -> Self {
        Self {
            row: Some(row),
            column: None,
            value: None,
        }
    }

    /// A cell.
    #[must_use]
    pub const fn cell(row: u32, column: &'a str, value: &'a str) -> Self {
        Self {
            row: Some(row),
            column: Some(column),
            value: Some(value),
        }
    }
}

impl Problems {
    /// An empty collection for a file.
    pub fn new(file: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            ..Self::default()
        }
    }

    /// Adds a problem. Notes that are equal but for the row are counted, not repeated.
    pub fn add(
        &mut self,
        severity: Severity,
        code: ProblemCode,
        place: Place<'_>,
        message: impl Into<String>,
    ) {
        let column = place.column.map(str::to_owned);
        let value = place.value.map(shorten);
        if severity == Severity::Note {
            let key = (code, column.clone(), value.clone());
            if let Some(known) = self.notes.get(&key) {
                self.list[*known].count += 1;
                return;
            }
            self.notes.insert(key, self.list.len());
        }
        self.list.push(ImportProblem {
            file: self.file.clone(),
            row: place.row.map(i64::from),
            column,
            value,
            severity,
            code,
            message: message.into(),
            count: 1,
        });
    }

    /// Adds a problem because of which the row is not imported.
    pub fn error(&mut self, code: ProblemCode, place: Place<'_>, message: impl Into<String>) {
        self.add(Severity::Error, code, place, message);
    }

    /// Adds something that was left out or assumed.
    pub fn warning(&mut self, code: ProblemCode, place: Place<'_>, message: impl Into<String>) {
        self.add(Severity::Warning, code, place, message);
    }

    /// Adds a remark.
    pub fn note(&mut self, code: ProblemCode, place: Place<'_>, message: impl Into<String>) {
        self.add(Severity::Note, code, place, message);
    }

    /// The problems so far.
    #[must_use]
    pub fn list(&self) -> &[ImportProblem] {
        &self.list
    }

    /// How many problems there are so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The problems, by row.
    #[must_use]
    pub fn into_sorted(self) -> Vec<ImportProblem> {
        let mut list = self.list;
        list.sort_by_key(|problem| problem.row);
        list
    }
}

fn shorten(value: &str) -> String {
    match value.char_indices().nth(MAX_VALUE) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_notes_are_counted_and_errors_are_not() {
        let mut problems = Problems::new("f.csv");
        for row in 2..5 {
            let place = Place::cell(row, "product", "X1");
            problems.note(ProblemCode::SimilarName, place, "is X 1");
            problems.error(ProblemCode::Required, Place::row(row), "is empty");
        }
        let list = problems.into_sorted();
        assert_eq!(list.len(), 4);
        assert_eq!((list[0].row, list[0].count), (Some(2), 3));
    }

    #[test]
    fn long_values_are_cut() {
        let mut problems = Problems::new("f.csv");
        let long = "й".repeat(500);
        let place = Place::cell(2, "c", &long);
        problems.error(ProblemCode::TooLong, place, "is too long");
        let value = problems.list()[0].value.clone();
        assert_eq!(value.map(|v| v.chars().count()), Some(MAX_VALUE + 1));
    }
}
