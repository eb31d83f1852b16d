//! A table of texts: what every file format is brought to before its rows get a meaning.

use csv::StringRecord;
use etalon_domain::import::{Delimiter, ProblemCode, TextEncoding};

use crate::problems::{Place, Problems};
use crate::{delimiter, encoding};

/// Headers and rows of a file.
#[derive(Clone, Debug)]
pub struct Table {
    /// The headers, trimmed, from left to right.
    pub headers: Vec<String>,
    /// The rows that have at least one value.
    pub records: Vec<Record>,
    /// How the bytes were read.
    pub encoding: TextEncoding,
    /// What separates the cells.
    pub delimiter: Delimiter,
    /// What is wrong with the file and its rows so far.
    pub problems: Problems,
}

/// A row of a file.
#[derive(Clone, Debug)]
pub struct Record {
    /// Its number as a spreadsheet shows it: the headers are row 1.
    pub row: u32,
    /// Whether the row as a whole cannot be imported; the problems say why.
    pub broken: bool,
    cells: StringRecord,
}

impl Record {
    /// A row of the given cells.
    #[must_use]
    pub fn new(row: u32, cells: StringRecord) -> Self {
        Self {
            row,
            broken: false,
            cells,
        }
    }

    /// A cell, trimmed; empty when the row is too short.
    #[must_use]
    pub fn cell(&self, index: usize) -> &str {
        trim(self.cells.get(index).unwrap_or_default())
    }

    /// The cells as they stand in the file.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        self.cells.iter()
    }

    /// How many cells the row has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether no cell has a value.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| trim(cell).is_empty())
    }
}

impl Table {
    /// The cells of a column, trimmed, from top to bottom.
    pub fn column(&self, index: usize) -> impl Iterator<Item = &str> {
        self.records.iter().map(move |record| record.cell(index))
    }
}

/// Reads a CSV file; encoding and delimiter are detected unless they are given. Empty rows are
/// counted in a note, rows with too few cells get a warning, rows with values beyond the last header
/// and an unclosed quotation mark are errors.
#[must_use]
pub fn read(
    file: &str,
    bytes: &[u8],
    encoding: Option<TextEncoding>,
    delimiter: Option<Delimiter>,
) -> Table {
    let decoded = encoding::decode(bytes, encoding);
    let mut text = decoded.text.as_str();
    let chosen = delimiter.unwrap_or_else(|| delimiter::detect(text));
    let mut row = 0;
    if let Some((_, length)) = delimiter::declared(text) {
        text = &text[length..];
        row = 1;
    }
    let mut table = Table {
        headers: Vec::new(),
        records: Vec::new(),
        encoding: decoded.encoding,
        delimiter: chosen,
        problems: Problems::new(file),
    };
    fill(&mut table, text, row);
    if decoded.damaged {
        report_damage(&mut table);
    }
    if table.records.is_empty() {
        table.problems.error(
            ProblemCode::EmptyFile,
            Place::default(),
            "has no rows below its headers",
        );
    }
    table
}

fn fill(table: &mut Table, text: &str, rows_before: u32) {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(table.delimiter.byte())
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut row = rows_before;
    let mut start = 0;
    let mut record = StringRecord::new();
    // The text is valid UTF-8 and rows may be ragged, so no record can fail.
    while let Ok(true) = reader.read_record(&mut record) {
        let end = byte_position(&reader, text);
        let raw = &text[start..end];
        row += blank_lines(raw, text[..start].ends_with('\r')) + 1;
        start = end;
        let open = end == text.len() && is_open(raw, &record, table.headers.len());
        add(table, row, std::mem::take(&mut record), open);
    }
}

fn byte_position(reader: &csv::Reader<&[u8]>, text: &str) -> usize {
    usize::try_from(reader.position().byte())
        .unwrap_or(text.len())
        .min(text.len())
}

/// Empty lines before a record: the reader skips them, a spreadsheet shows them. `after_return` says
/// that the record before ended in the first half of `\r\n`.
fn blank_lines(raw: &str, after_return: bool) -> u32 {
    let mut blank = &raw[..raw.len() - raw.trim_start_matches(['\r', '\n']).len()];
    if after_return {
        blank = blank.strip_prefix('\n').unwrap_or(blank);
    }
    let ends = blank.matches('\n').count() + blank.replace("\r\n", "").matches('\r').count();
    u32::try_from(ends).unwrap_or(u32::MAX)
}

/// Whether the last record of a file ends within a quotation.
fn is_open(raw: &str, record: &StringRecord, expected: usize) -> bool {
    raw.matches('"').count() % 2 == 1
        && (record.len() < expected || record.iter().any(|cell| cell.contains('\n')))
}

fn add(table: &mut Table, row: u32, cells: StringRecord, open: bool) {
    let mut record = Record::new(row, cells);
    let place = Place::row(row);
    if record.is_empty() {
        if !table.headers.is_empty() {
            let message = "has no value and is skipped";
            table.problems.note(ProblemCode::EmptyRow, place, message);
        }
        return;
    }
    if table.headers.is_empty() {
        table.headers = record.cells().map(|cell| trim(cell).to_owned()).collect();
        return;
    }
    let expected = table.headers.len();
    if open {
        record.broken = true;
        table.problems.error(
            ProblemCode::UnclosedQuote,
            place,
            "opens a quotation mark that is never closed; the rest of the file was read as one cell",
        );
    } else if record
        .cells()
        .skip(expected)
        .any(|cell| !trim(cell).is_empty())
    {
        record.broken = true;
        let message = format!(
            "has {} cells, but there are {expected} headers",
            record.len()
        );
        table.problems.error(ProblemCode::RaggedRow, place, message);
    } else if record.len() < expected {
        let message = format!(
            "has {} cells, but there are {expected} headers; the missing ones are taken as empty",
            record.len()
        );
        table
            .problems
            .warning(ProblemCode::RaggedRow, place, message);
    }
    table.records.push(record);
}

fn report_damage(table: &mut Table) {
    for record in &table.records {
        for (index, cell) in record.cells().enumerate() {
            if cell.contains('\u{fffd}') {
                let header = table.headers.get(index).map_or("", String::as_str);
                table.problems.warning(
                    ProblemCode::UndecodableBytes,
                    Place::cell(record.row, header, cell),
                    "has bytes that are no characters of the encoding",
                );
            }
        }
    }
}

/// Cuts white space, including the kinds without a break, and stray byte order marks.
fn trim(cell: &str) -> &str {
    cell.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use etalon_domain::import::Severity;
    use proptest::prelude::*;

    fn table(text: &str) -> Table {
        read("t.csv", text.as_bytes(), None, None)
    }

    fn rows(table: &Table) -> Vec<(u32, Vec<&str>)> {
        table
            .records
            .iter()
            .map(|r| (r.row, r.cells().collect()))
            .collect()
    }

    fn codes(table: &Table) -> Vec<(Severity, ProblemCode, Option<i64>)> {
        let list = table.problems.list();
        list.iter().map(|p| (p.severity, p.code, p.row)).collect()
    }

    #[test]
    fn line_ends_and_a_missing_last_one_make_no_difference() {
        let expected = vec![(2, vec!["1", "2"]), (3, vec!["3", "4"])];
        for text in [
            "a,b\n1,2\n3,4\n",
            "a,b\r\n1,2\r\n3,4",
            "a,b\r\n1,2\r\n3,4\r\n",
        ] {
            assert_eq!(rows(&table(text)), expected, "{text:?}");
        }
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_does() {
        let text = "a,b\r\n\"two\r\nlines\",1\r\n\r\n\r\nx,2\r\n,\r\ny,3\r\n";
        let table = table(text);
        let numbers: Vec<_> = table.records.iter().map(|r| r.row).collect();
        assert_eq!(numbers, [2, 5, 7]);
        assert_eq!(
            codes(&table),
            [(Severity::Note, ProblemCode::EmptyRow, Some(6))]
        );
    }

    #[test]
    fn a_declared_delimiter_counts_as_a_row() {
        let table = table("sep=;\na;b\n1;2\n");
        assert_eq!(table.headers, ["a", "b"]);
        assert_eq!(rows(&table), [(3, vec!["1", "2"])]);
    }

    #[test]
    fn ragged_rows_stay_and_are_reported() {
        let table = table("a,b,c\n1,2,3\n1,2\n1,2,3,4\n1,2,3,\n");
        assert_eq!(table.records.len(), 4);
        assert_eq!(
            codes(&table),
            [
                (Severity::Warning, ProblemCode::RaggedRow, Some(3)),
                (Severity::Error, ProblemCode::RaggedRow, Some(4)),
            ]
        );
        assert!(table.records[2].broken);
    }

    #[test]
    fn an_unclosed_quotation_mark_is_an_error_of_its_row() {
        let table = table("a,b\n1,2\n\"3,4\n5,6\n");
        assert_eq!(
            codes(&table),
            [(Severity::Error, ProblemCode::UnclosedQuote, Some(3))]
        );
    }

    #[test]
    fn a_file_without_rows_says_so() {
        for text in ["", "a,b\n"] {
            assert_eq!(
                codes(&table(text)),
                [(Severity::Error, ProblemCode::EmptyFile, None)]
            );
        }
    }

    proptest! {
        #[test]
        fn every_written_row_is_read_again(
            written in proptest::collection::vec(proptest::collection::vec("[a-zа-я0-9 ,;\"\n.-]{0,12}[a-z]", 3), 1..20)
        ) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(["h1", "h2", "h3"]).unwrap();
            for row in &written {
                writer.write_record(row).unwrap();
            }
            let bytes = writer.into_inner().unwrap();
            let table = read("t.csv", &bytes, None, Some(Delimiter::Comma));
            let read: Vec<Vec<String>> = table
                .records
                .iter()
                .map(|r| r.cells().map(str::to_owned).collect())
                .collect();
            prop_assert_eq!(read, written);
            prop_assert!(table.problems.is_empty());
        }
    }
}
