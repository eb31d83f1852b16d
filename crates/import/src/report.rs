//! What a person downloads: the problems, and the rows that could not be taken.

use std::collections::HashMap;

use etalon_domain::import::ImportProblem;

use crate::numbers;
use crate::table::Table;

/// A byte order mark, by which spreadsheets recognize UTF-8.
const MARK: &str = "\u{feff}";

/// The problems as a CSV file: file, row, column, value, severity, code, message, count.
#[must_use]
pub fn problems_csv(problems: &[ImportProblem]) -> String {
    let header = [
        "file", "row", "column", "value", "severity", "code", "message", "count",
    ];
    let mut lines = vec![header.map(str::to_owned).to_vec()];
    for problem in problems {
        lines.push(vec![
            harmless(&problem.file),
            problem.row.map(|row| row.to_string()).unwrap_or_default(),
            harmless(problem.column.as_deref().unwrap_or_default()),
            harmless(problem.value.as_deref().unwrap_or_default()),
            problem.severity.to_string(),
            problem.code.to_string(),
            harmless(&problem.message),
            problem.count.to_string(),
        ]);
    }
    write(&lines, b',')
}

/// The failed rows of a file as they stand in it, with its headers and delimiter, and what is wrong
/// with each in a last column: to be corrected and uploaded again. `reasons` is by row.
#[must_use]
pub fn failed_rows_csv(table: &Table, reasons: &HashMap<u32, Vec<String>>) -> String {
    let mut headers = table.headers.clone();
    headers.push("import_problem".to_owned());
    let width = headers.len();
    let mut lines = vec![headers];
    for record in &table.records {
        if let Some(reasons) = reasons.get(&record.row) {
            let mut line: Vec<String> = record.cells().map(str::to_owned).collect();
            line.resize(line.len().max(width - 1), String::new());
            line.push(reasons.join("; "));
            lines.push(line);
        }
    }
    write(&lines, table.delimiter.byte())
}

/// A text from a file of somebody else, so that a spreadsheet does not run it as a formula.
fn harmless(text: &str) -> String {
    let is_number = || {
        use etalon_domain::import::DecimalMark::{Comma, Point};
        numbers::parse(text, Point)
            .or_else(|| numbers::parse(text, Comma))
            .is_some()
    };
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number() {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

fn write(lines: &[Vec<String>], delimiter: u8) -> String {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for line in lines {
        // Writing to memory does not fail.
        let _ = writer.write_record(line);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    format!("{MARK}{}", String::from_utf8_lossy(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problems::{Place, Problems};
    use etalon_domain::import::ProblemCode;

    #[test]
    fn problems_cannot_run_as_formulas() {
        let mut problems = Problems::new("f.csv");
        let place = Place::cell(2, "amount", "-12 000,00");
        problems.error(ProblemCode::OutOfRange, place, "is below zero");
        let place = Place::cell(3, "title", "=HYPERLINK(1)");
        problems.error(ProblemCode::Refused, place, "is \"bad\"");
        let text = problems_csv(&problems.into_sorted());
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 3);
        assert!(lines[1].contains(",-12 000,00\"") || lines[1].contains("\"-12 000,00\""));
        assert!(lines[2].contains("'=HYPERLINK(1)"));
        assert!(lines[2].contains("\"is \"\"bad\"\"\""));
    }

    #[test]
    fn failed_rows_can_be_read_again() {
        let table = crate::read("f.csv", "a;b\n1;2\n3\n5;6\n".as_bytes(), None, None);
        let reasons = HashMap::from([(3, vec!["is empty".to_owned(), "is odd".to_owned()])]);
        let text = failed_rows_csv(&table, &reasons);
        let again = crate::read("g.csv", text.as_bytes(), None, None);
        assert_eq!(again.headers, ["a", "b", "import_problem"]);
        assert_eq!(again.records.len(), 1);
        assert_eq!(again.records[0].cell(0), "3");
        assert_eq!(again.records[0].cell(2), "is empty; is odd");
    }
}
