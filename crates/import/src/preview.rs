//! How a file is understood: what a person sees and corrects before anything is imported.

use std::collections::HashMap;

use etalon_domain::import::{
    Delimiter, ImportColumn, ImportColumnDraft, ImportField, ImportKind, ImportProblem, PreviewRow,
    ProblemCode, StageValue, TextEncoding,
};

use crate::problems::Place;
use crate::reader::Settings;
use crate::rows::{self, Parsed, Row};
use crate::table::{Record, Table};
use crate::{columns, kind};

/// How many rows are shown.
const PREVIEW_ROWS: usize = 20;
/// How many different stages are listed.
const MAX_STAGES: usize = 200;
/// How many problems of the file as a whole are listed.
const MAX_PROBLEMS: usize = 50;

/// A file and how it is understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Understood {
    /// What its rows are.
    pub kind: ImportKind,
    /// How its characters are written.
    pub encoding: TextEncoding,
    /// What separates its cells.
    pub delimiter: Delimiter,
    /// Rows below the headers that are not empty.
    pub rows: i64,
    /// Its columns.
    pub columns: Vec<ImportColumn>,
    /// The stages that its rows name.
    pub stage_values: Vec<StageValue>,
    /// The first rows as they will be stored.
    pub preview: Vec<PreviewRow>,
    /// What is wrong with the file as a whole.
    pub problems: Vec<ImportProblem>,
}

/// What a person decided about a file.
#[derive(Clone, Copy, Debug)]
pub struct Choice<'a> {
    /// What its rows are.
    pub kind: ImportKind,
    /// How its characters are written.
    pub encoding: TextEncoding,
    /// What separates its cells.
    pub delimiter: Delimiter,
    /// Its columns; `None`: they are detected.
    pub columns: Option<&'a [ImportColumnDraft]>,
}

/// Understands a file for the first time: everything is detected.
#[must_use]
pub fn understand(file: &str, bytes: &[u8], settings: &Settings) -> Understood {
    let table = crate::read(file, bytes, None, None);
    let kind = kind::detect(file, &table.headers);
    let columns = columns::detect(kind, &table);
    finish(table, kind, columns, settings)
}

/// Understands a file as a person wants it.
#[must_use]
pub fn understand_again(
    file: &str,
    bytes: &[u8],
    choice: Choice<'_>,
    settings: &Settings,
) -> Understood {
    let table = crate::read(file, bytes, Some(choice.encoding), Some(choice.delimiter));
    let columns = match choice.columns {
        Some(wanted) => columns::by_hand(choice.kind, &table, wanted),
        None => columns::detect(choice.kind, &table),
    };
    finish(table, choice.kind, columns, settings)
}

fn finish(
    mut table: Table,
    kind: ImportKind,
    columns: Vec<ImportColumn>,
    settings: &Settings,
) -> Understood {
    if kind == ImportKind::Unknown && !table.headers.is_empty() {
        let message = "is none of the files that can be imported and is left out";
        table
            .problems
            .warning(ProblemCode::UnknownKind, Place::default(), message);
    }
    let mut problems: Vec<ImportProblem> = Vec::new();
    problems.extend(table.problems.list().iter().take(MAX_PROBLEMS).cloned());
    let preview = match kind {
        ImportKind::People => preview(&table, &columns, settings, rows::people),
        ImportKind::Products => preview(&table, &columns, settings, rows::products),
        ImportKind::Accounts => preview(&table, &columns, settings, rows::accounts),
        ImportKind::Contacts => preview(&table, &columns, settings, rows::contacts),
        ImportKind::Leads => preview(&table, &columns, settings, rows::leads),
        ImportKind::Deals => preview(&table, &columns, settings, rows::deals),
        ImportKind::Unknown => Vec::new(),
    };
    Understood {
        kind,
        encoding: table.encoding,
        delimiter: table.delimiter,
        rows: i64::try_from(table.records.len()).unwrap_or(i64::MAX),
        stage_values: stage_values(&table, &columns, settings),
        columns,
        preview,
        problems,
    }
}

/// Reads the first rows only; the rest of the table stays as it is.
fn preview<T: Row>(
    table: &Table,
    columns: &[ImportColumn],
    settings: &Settings,
    read: impl Fn(&Table, &[ImportColumn], &Settings) -> Parsed<T>,
) -> Vec<PreviewRow> {
    let records: Vec<Record> = table.records.iter().take(PREVIEW_ROWS).cloned().collect();
    let numbers: Vec<u32> = records.iter().map(|r| r.row).collect();
    let first = Table {
        headers: table.headers.clone(),
        records,
        encoding: table.encoding,
        delimiter: table.delimiter,
        problems: table.problems.clone(),
    };
    let parsed = read(&first, columns, settings);
    let problems = parsed.problems.list();
    numbers
        .into_iter()
        .map(|number| {
            let row = Some(i64::from(number));
            let stored = parsed.rows.iter().find(|r| r.number() == number);
            PreviewRow {
                row: number.into(),
                values: stored.map(Row::values).unwrap_or_default(),
                problems: problems.iter().filter(|p| p.row == row).cloned().collect(),
            }
        })
        .collect()
}

/// The different stages of a file with deals, the most frequent first.
fn stage_values(table: &Table, columns: &[ImportColumn], settings: &Settings) -> Vec<StageValue> {
    let column = columns.iter().find(|c| c.field == Some(ImportField::Stage));
    let Some(column) = column else {
        return Vec::new();
    };
    let mut counts: HashMap<&str, i64> = HashMap::new();
    for cell in table.column(column.index as usize) {
        if !cell.is_empty() {
            *counts.entry(cell).or_default() += 1;
        }
    }
    let mut counts: Vec<(&str, i64)> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    counts
        .into_iter()
        .take(MAX_STAGES)
        .map(|(value, count)| StageValue {
            value: value.to_owned(),
            count,
            stage: settings.stages.code(value).map(str::to_owned),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::tests::settings;
    use etalon_domain::import::Severity;

    #[test]
    fn a_file_is_understood_by_itself() {
        let text = "ID;Название сделки;Этап;Бюджет\n1;Луч;Договор;1 500,50\n2;Мир;На Луне;7\n";
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(text);
        let file = understand("сделки.csv", &bytes, &settings());
        assert_eq!(file.kind, ImportKind::Deals);
        assert_eq!(file.encoding, TextEncoding::Windows1251);
        assert_eq!(file.delimiter, Delimiter::Semicolon);
        assert_eq!(file.rows, 2);
        let amount = file.preview[0]
            .values
            .iter()
            .find(|v| v.field == ImportField::Amount);
        assert_eq!(amount.map(|v| v.value.as_str()), Some("1500.50 USD"));
        assert!(file.preview[1].values.is_empty());
        assert_eq!(file.preview[1].problems[0].code, ProblemCode::UnknownStage);
        let stages: Vec<_> = file
            .stage_values
            .iter()
            .map(|s| s.stage.as_deref())
            .collect();
        assert_eq!(stages, [Some("contracting"), None]);
    }

    #[test]
    fn a_choice_is_followed() {
        let text = "a,b\n1,New\n";
        let drafts = [ImportColumnDraft {
            index: 1,
            field: Some(ImportField::Stage),
            decimal_mark: None,
            date_order: None,
            scale: None,
        }];
        let choice = Choice {
            kind: ImportKind::Deals,
            encoding: TextEncoding::Utf8,
            delimiter: Delimiter::Comma,
            columns: Some(&drafts),
        };
        let file = understand_again("x.csv", text.as_bytes(), choice, &settings());
        assert_eq!(file.columns[0].field, None);
        assert_eq!(file.columns[1].field, Some(ImportField::Stage));
        assert_eq!(file.stage_values[0].stage.as_deref(), Some("potential"));
    }

    #[test]
    fn an_unknown_file_is_left_out_visibly() {
        let file = understand("d.csv", b"Table,Field\na,b\n", &settings());
        assert_eq!(file.kind, ImportKind::Unknown);
        assert_eq!(file.problems[0].code, ProblemCode::UnknownKind);
        assert_eq!(file.problems[0].severity, Severity::Warning);
    }
}
