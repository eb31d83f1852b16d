//! Which character separates the cells.

use etalon_domain::import::Delimiter;

/// How many rows the detection looks at.
const SAMPLE_ROWS: usize = 100;

/// The delimiter by which the first rows fall into the most equal pieces; a comma when there is only
/// one column.
#[must_use]
pub fn detect(text: &str) -> Delimiter {
    if let Some((delimiter, _)) = declared(text) {
        return delimiter;
    }
    let mut best = (0.0, Delimiter::Comma);
    for delimiter in Delimiter::ALL {
        let score = score(text, *delimiter);
        if score > best.0 {
            best = (score, *delimiter);
        }
    }
    best.1
}

/// The delimiter that a first line `sep=;` declares, as spreadsheets write and read it, and the
/// length of that line.
#[must_use]
pub fn declared(text: &str) -> Option<(Delimiter, usize)> {
    let line = text.split_inclusive('\n').next()?;
    let (name, value) = line.trim_end_matches(['\r', '\n']).split_once('=')?;
    if !name.eq_ignore_ascii_case("sep") {
        return None;
    }
    let delimiter = Delimiter::ALL
        .iter()
        .find(|d| value.as_bytes() == [d.byte()])?;
    Some((*delimiter, line.len()))
}

/// Rows with the most frequent number of cells, as a share, weighed by that number; 0 when the
/// delimiter does not occur.
fn score(text: &str, delimiter: Delimiter) -> f64 {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter.byte())
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut counts: Vec<usize> = Vec::new();
    for record in reader.byte_records().take(SAMPLE_ROWS).flatten() {
        counts.push(record.len());
    }
    let Some(headers) = counts.first().copied() else {
        return 0.0;
    };
    if headers < 2 {
        return 0.0;
    }
    let equal = counts.iter().filter(|count| **count == headers).count();
    let share = equal as f64 / counts.len() as f64;
    share * share * (headers as f64).ln_1p()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_found_despite_other_marks_in_cells() {
        for (text, delimiter) in [
            ("a,b\n1,2\n", Delimiter::Comma),
            ("Имя;Сумма\nЛуч;10,5\nМир;7,25\n", Delimiter::Semicolon),
            ("a\tb\tc\n1,5\t2,5\t3;3\n", Delimiter::Tab),
            ("a|b\n\"x,y,z\"|2\n", Delimiter::Pipe),
            ("a,b\n\"1;2;3;4\",2\n\"1;2;3;4\",2\n", Delimiter::Comma),
            ("one column\nvalue\n", Delimiter::Comma),
            ("", Delimiter::Comma),
        ] {
            assert_eq!(detect(text), delimiter, "{text:?}");
        }
    }

    #[test]
    fn a_declared_delimiter_wins() {
        assert_eq!(detect("sep=|\na,b|c\n"), Delimiter::Pipe);
        assert_eq!(declared("sep=;\r\nx"), Some((Delimiter::Semicolon, 7)));
        assert_eq!(declared("separator,x"), None);
    }
}
