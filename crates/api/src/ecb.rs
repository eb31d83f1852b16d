//! The European Central Bank's file of euro reference rates: `Date,USD,JPY,…`, one row a day, newest
//! first, `N/A` where a currency was not published, a comma at the end of every line.

use chrono::NaiveDate;
use etalon_domain::error::FieldCode;
use etalon_domain::money::Currency;
use etalon_domain::rate::ExchangeRate;

use crate::error::{ApiError, ApiResult};

/// What such a file holds.
#[derive(Clone, Debug, PartialEq)]
pub struct EcbFile {
    /// The rates: units of a currency for one euro.
    pub rates: Vec<ExchangeRate>,
    /// Cells without a rate.
    pub missing: u64,
    /// Columns of currencies that ISO 4217 no longer has.
    pub skipped_columns: Vec<String>,
}

/// Reads such a file; an error names the row and the column.
///
/// # Errors
/// `invalid_fields` on `file`.
pub fn parse(name: &str, bytes: &[u8]) -> ApiResult<EcbFile> {
    let wrong = |message: String| ApiError::field("file", FieldCode::InvalidFormat, message);
    let text = std::str::from_utf8(bytes)
        .map_err(|_| wrong("is not a text in UTF-8".into()))?
        .trim_start_matches('\u{feff}');
    let mut lines = text.lines();
    let header: Vec<&str> = lines
        .next()
        .unwrap_or_default()
        .split(',')
        .map(str::trim)
        .collect();
    if !header
        .first()
        .is_some_and(|h| h.eq_ignore_ascii_case("date"))
    {
        return Err(wrong("has no header that begins with Date,".into()));
    }
    let euro = Currency::from_code("EUR").ok_or_else(|| wrong("needs the euro".into()))?;
    let mut skipped_columns = Vec::new();
    let columns: Vec<Option<Currency>> = header
        .iter()
        .enumerate()
        .map(|(index, code)| {
            let currency = Currency::from_code(code);
            if index > 0 && currency.is_none() && !code.is_empty() {
                skipped_columns.push((*code).to_owned());
            }
            currency.filter(|_| index > 0)
        })
        .collect();
    let mut file = EcbFile {
        rates: Vec::new(),
        missing: 0,
        skipped_columns,
    };
    for (number, line) in (2..).zip(lines).filter(|(_, line)| !line.trim().is_empty()) {
        let mut cells = line.split(',').map(str::trim);
        let day = cells.next().unwrap_or_default();
        let on = NaiveDate::parse_from_str(day, "%Y-%m-%d").map_err(|_| {
            wrong(format!(
                "row {number}: '{day}' is not a date like 2024-12-31"
            ))
        })?;
        for (cell, currency) in cells.zip(columns.iter().skip(1)) {
            let Some(currency) = currency else {
                continue;
            };
            if cell.is_empty() || cell == "N/A" {
                file.missing += 1;
                continue;
            }
            let rate: f64 = cell
                .parse()
                .ok()
                .filter(|r: &f64| r.is_finite() && *r > 0.0)
                .ok_or_else(|| {
                    wrong(format!("row {number}, {currency}: '{cell}' is not a rate"))
                })?;
            file.rates.push(ExchangeRate {
                base: euro,
                currency: *currency,
                on,
                rate,
                source: name.to_owned(),
            });
        }
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_cells_dead_currencies_and_the_last_comma_are_no_errors() {
        let text = "Date,USD,SIT,RUB,\n2024-01-03,1.1,N/A,N/A,\n2024-01-02,1.2,N/A,99.5,\n";
        let file = parse("rates.csv", text.as_bytes()).unwrap();
        assert_eq!(file.rates.len(), 3);
        assert_eq!(file.missing, 1);
        assert_eq!(file.skipped_columns, ["SIT"]);
    }

    #[test]
    fn an_error_names_row_and_column() {
        let error = parse("x", b"Date,USD\n2024-01-02,abc\n").unwrap_err();
        assert!(error.problem().errors[0].message.contains("row 2, USD"));
        assert!(parse("x", b"a,b\n1,2\n").is_err());
    }
}
