//! A plot as a file.

use etalon_domain::user::Language;
use wasm_bindgen::JsValue;

use super::plot::Plot;
use crate::i18n::{format, language};
use crate::ui::save_as;

/// Lets the browser save the numbers of a plot as a table that spreadsheets open.
pub(super) fn save_csv(plot: &Plot, name: &str) {
    // Spreadsheets take the separator from the reader's language, and UTF-8 only with its mark.
    let text = format!("\u{feff}{}", csv(plot, separator()));
    let parts = js_sys::Array::of1(&JsValue::from_str(&text));
    if let Ok(blob) = web_sys::Blob::new_with_str_sequence(&parts)
        && let Ok(url) = web_sys::Url::create_object_url_with_blob(&blob)
    {
        save_as(&url, &file_name(name, "csv"));
    }
}

/// A name for a file that any system takes.
pub(super) fn file_name(title: &str, extension: &str) -> String {
    let words: Vec<&str> = (title.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .collect();
    format!("{}.{extension}", words.join("-"))
}

fn separator() -> char {
    match language() {
        Language::En => ',',
        Language::Ru => ';',
    }
}

fn csv(plot: &Plot, separator: char) -> String {
    let mut rows = vec![line(
        std::iter::once(plot.head.clone()).chain(plot.series.iter().map(|s| s.name.clone())),
        separator,
    )];
    for (at, category) in plot.categories.iter().enumerate() {
        let numbers = plot.series.iter().map(|series| {
            let value = series.points.get(at).and_then(|point| point.value);
            value.map_or_else(String::new, |v| format::plain_decimal(&v.to_string()))
        });
        let name = match plot.days.get(at) {
            Some(day) => day.to_string(),
            None => harmless(category),
        };
        rows.push(line(std::iter::once(name).chain(numbers), separator));
    }
    rows.join("\r\n")
}

fn line(cells: impl Iterator<Item = String>, separator: char) -> String {
    let quoted: Vec<String> = cells
        .map(|cell| {
            if cell.contains([separator, '"', '\n', '\r']) {
                format!("\"{}\"", cell.replace('"', "\"\""))
            } else {
                cell
            }
        })
        .collect();
    quoted.join(&separator.to_string())
}

/// A text that a spreadsheet does not take for a formula.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::super::plot::{Form, Point, Unit};
    use super::*;

    #[test]
    fn cells_are_quoted_and_undefined_ones_are_empty() {
        let point = |value| Point {
            value,
            shown: String::new(),
            exact: String::new(),
            rows: None,
        };
        let categories = vec!["A, \"B\"".to_owned(), "=1+1".to_owned()];
        let plot = Plot::new("Stage".into(), categories, Unit::Count).with(
            "Deals".into(),
            Form::Bars,
            "1",
            vec![point(Some(2.5)), point(None)],
        );
        assert_eq!(
            csv(&plot, ','),
            "Stage,Deals\r\n\"A, \"\"B\"\"\",2.5\r\n'=1+1,"
        );
        let days = vec!["2026-10-01".parse().unwrap(), "2026-11-01".parse().unwrap()];
        let plot = Plot { days, ..plot };
        assert_eq!(
            csv(&plot, ','),
            "Stage,Deals\r\n2026-10-01,2.5\r\n2026-11-01,"
        );
    }

    #[test]
    fn a_file_has_a_name_that_any_system_takes() {
        assert_eq!(file_name("Won / lost: 2026", "csv"), "Won-lost-2026.csv");
    }
}
