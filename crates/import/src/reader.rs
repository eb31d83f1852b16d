//! Reads the cells of one row as values.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use etalon_domain::deal::MAX_MINOR;
use etalon_domain::import::{DateOrder, DecimalMark, ImportColumn, ImportField, ProblemCode};
use etalon_domain::money::{Currency, Money, MoneyError};
use etalon_domain::text::is_email;

use crate::columns::SHARES;
use crate::dates::{self, Moment};
use crate::problems::{Place, Problems};
use crate::rows::Mention;
use crate::stages::StageNames;
use crate::table::{Record, Table};
use crate::zone::Zone;
use crate::{amounts, numbers};

/// What holds for all files of an import.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The zone of times that name none.
    pub zone: Zone,
    /// The currency of amounts that name none.
    pub currency: Currency,
    /// What the texts of stages mean.
    pub stages: StageNames,
}

/// The columns of a file by field.
pub(crate) struct Mapping<'a> {
    columns: HashMap<ImportField, &'a ImportColumn>,
    /// Date fields whose column has times with a zone.
    zoned: Vec<ImportField>,
}

impl<'a> Mapping<'a> {
    /// The first column of each field; further ones are reported.
    pub(crate) fn new(table: &Table, columns: &'a [ImportColumn], problems: &mut Problems) -> Self {
        let mut by_field: HashMap<ImportField, &ImportColumn> = HashMap::new();
        for column in columns {
            let Some(field) = column.field else { continue };
            if let Some(first) = by_field.get(&field) {
                let place = Place {
                    column: Some(&column.header),
                    ..Place::default()
                };
                let message = format!("leads to {field} like '{}', which is used", first.header);
                problems.warning(ProblemCode::ColumnTwice, place, message);
            } else {
                by_field.insert(field, column);
            }
        }
        let is_zoned = |column: &ImportColumn| {
            let order = column.date_order.unwrap_or(DateOrder::Ymd);
            table
                .column(column.index as usize)
                .any(|cell| matches!(dates::parse(cell, order), Some(Moment::Instant(_))))
        };
        let dated = by_field.iter().filter(|(field, _)| field.is_date());
        Self {
            zoned: dated
                .filter(|(_, c)| is_zoned(c))
                .map(|(f, _)| *f)
                .collect(),
            columns: by_field,
        }
    }

    /// Whether a column leads to a field.
    pub(crate) fn has(&self, field: ImportField) -> bool {
        self.columns.contains_key(&field)
    }

    /// The header of the column that leads to a field; the field's own name when there is none.
    pub(crate) fn header(&self, field: ImportField) -> &str {
        let column = self.columns.get(&field);
        column.map_or(field.as_str(), |column| &column.header)
    }
}

/// Reads one row; problems are collected, and an error marks the row as failed.
pub(crate) struct RowReader<'a> {
    /// The row.
    pub(crate) record: &'a Record,
    /// The columns.
    pub(crate) mapping: &'a Mapping<'a>,
    /// What holds for all files.
    pub(crate) settings: &'a Settings,
    /// Where problems go.
    pub(crate) problems: &'a mut Problems,
    /// Whether the row cannot be imported.
    pub(crate) failed: bool,
}

impl<'a> RowReader<'a> {
    /// The cell of a field and its header, unless it is empty.
    pub(crate) fn cell(&self, field: ImportField) -> Option<Cell<'a>> {
        let column = *self.mapping.columns.get(&field)?;
        let value = self.record.cell(column.index as usize);
        (!value.is_empty()).then_some(Cell { column, value })
    }

    /// A cell whose value is no text: words for *nothing* count as empty.
    fn typed_cell(&self, field: ImportField) -> Option<Cell<'a>> {
        self.cell(field).filter(|cell| {
            let folded = cell.value.to_lowercase();
            !matches!(
                folded.as_str(),
                "-" | "—" | "–" | "n/a" | "#n/a" | "null" | "none" | "нет"
            )
        })
    }

    /// A text.
    pub(crate) fn text(&self, field: ImportField) -> Option<String> {
        self.cell(field).map(|cell| cell.value.to_owned())
    }

    /// A text without which the row cannot be imported.
    pub(crate) fn required(&mut self, field: ImportField) -> String {
        self.text(field).unwrap_or_else(|| {
            self.missing(field);
            String::new()
        })
    }

    /// Reports that a field without which the row cannot be imported is empty.
    pub(crate) fn missing(&mut self, field: ImportField) {
        let header = self.mapping.columns.get(&field).map(|c| c.header.as_str());
        let place = Place {
            row: Some(self.record.row),
            column: Some(header.unwrap_or(field.as_str())),
            value: None,
        };
        let (code, message) = match header {
            Some(_) => (ProblemCode::Required, "is empty"),
            None => (
                ProblemCode::ColumnMissing,
                "is needed, but no column leads to it",
            ),
        };
        self.problems.error(code, place, message);
        self.failed = true;
    }

    /// A name that may stand in one column or in two.
    pub(crate) fn full_name(&mut self) -> String {
        if let Some(name) = self.text(ImportField::Name) {
            return name;
        }
        let parts = [ImportField::FirstName, ImportField::LastName].map(|f| self.text(f));
        let name: Vec<String> = parts.into_iter().flatten().collect();
        if name.is_empty() {
            self.missing(ImportField::Name);
        }
        name.join(" ")
    }

    /// Another record, by identifier, name or both.
    pub(crate) fn mention(&self, name: ImportField, id: ImportField) -> Option<Mention> {
        let (by_name, by_id) = (self.cell(name), self.cell(id));
        let column = by_id.or(by_name)?.column.header.clone();
        Some(Mention {
            name: by_name.map(|c| c.value.to_owned()),
            external_id: by_id.map(|c| c.value.to_owned()),
            column,
        })
    }

    /// The currency of the row; that of the import, with a note, when its cell is empty.
    pub(crate) fn currency(&mut self) -> Currency {
        let field = ImportField::Currency;
        let default = self.settings.currency;
        let Some(cell) = self.typed_cell(field) else {
            if let Some(column) = self.mapping.columns.get(&field) {
                let place = Place::cell(self.record.row, &column.header, "");
                let message = format!("is empty; {default} is assumed");
                self.problems
                    .warning(ProblemCode::CurrencyAssumed, place, message);
            }
            return default;
        };
        amounts::currency(cell.value).unwrap_or_else(|| {
            self.fail(cell, ProblemCode::UnknownCurrency, "is no currency");
            default
        })
    }

    /// An amount, not below zero. Decimals beyond those of the currency are rounded, with a warning.
    pub(crate) fn money(&mut self, field: ImportField, currency: Currency) -> Option<Money> {
        let cell = self.typed_cell(field)?;
        let decimal = self.decimal(cell)?;
        let decimal = amounts::scaled(&decimal, cell.column.scale);
        let money = match Money::parse(&decimal, currency) {
            Err(MoneyError::TooManyDecimals) => {
                let rounded = amounts::rounded(&decimal, currency.minor_units() as usize);
                let message = format!("has more decimals than {currency}; {rounded} is stored");
                let place = self.place(cell);
                self.problems
                    .warning(ProblemCode::TooManyDecimals, place, message);
                Money::parse(&rounded, currency)
            }
            parsed => parsed,
        };
        match money {
            Ok(money) if money.is_negative() => {
                self.fail(cell, ProblemCode::OutOfRange, "is below zero");
                None
            }
            Ok(money) if is_of_deal(field) && money.minor > MAX_MINOR => {
                self.fail(cell, ProblemCode::OutOfRange, "is too large");
                None
            }
            Ok(money) => Some(money),
            Err(_) => {
                self.fail(cell, ProblemCode::OutOfRange, "is too large");
                None
            }
        }
    }

    /// A whole number.
    pub(crate) fn integer(&mut self, field: ImportField) -> Option<i64> {
        let cell = self.typed_cell(field)?;
        let decimal = self.decimal(cell)?;
        let (whole, fraction) = decimal.split_once('.').unwrap_or((&decimal, ""));
        let parsed = whole.parse().ok();
        match parsed.filter(|_| fraction.bytes().all(|b| b == b'0')) {
            Some(number) => Some(number),
            None => {
                self.fail(cell, ProblemCode::InvalidNumber, "is no whole number");
                None
            }
        }
    }

    /// A share in whole percent; in a column of shares of one `0.6` is 60 and `1` is 100.
    pub(crate) fn percent(&mut self, field: ImportField) -> Option<i32> {
        let cell = self.typed_cell(field)?;
        let number: f64 = self.decimal(cell)?.parse().ok()?;
        let percent = if cell.column.scale == SHARES {
            number * 100.0
        } else {
            number
        };
        if (0.0..=100.0).contains(&percent) {
            return Some(percent.round() as i32);
        }
        self.fail(cell, ProblemCode::OutOfRange, "is not between 0 and 100");
        None
    }

    fn decimal(&mut self, cell: Cell<'a>) -> Option<String> {
        let mark = cell.column.decimal_mark.unwrap_or(DecimalMark::Point);
        let parsed = numbers::parse(cell.value, mark);
        if parsed.is_none() {
            self.fail(cell, ProblemCode::InvalidNumber, "is no number");
        }
        parsed
    }

    /// A date, with or without a time.
    pub(crate) fn moment(&mut self, field: ImportField) -> Option<Moment> {
        let cell = self.typed_cell(field)?;
        let order = cell.column.date_order.unwrap_or(DateOrder::Ymd);
        let Some(moment) = dates::parse(cell.value, order) else {
            let message = format!("is no date in the order {order}");
            self.fail(cell, ProblemCode::InvalidDate, message);
            return None;
        };
        if matches!(moment, Moment::Local(_)) && self.mapping.zoned.contains(&field) {
            let message =
                "has no time zone, unlike others of the column; that of the import is used";
            let place = self.place(cell);
            self.problems
                .warning(ProblemCode::ZoneAssumed, place, message);
        }
        Some(moment)
    }

    /// An instant.
    pub(crate) fn instant(&mut self, field: ImportField) -> Option<DateTime<Utc>> {
        let moment = self.moment(field)?;
        Some(moment.instant(self.settings.zone))
    }

    /// A calendar day.
    pub(crate) fn day(&mut self, field: ImportField) -> Option<NaiveDate> {
        let moment = self.moment(field)?;
        Some(moment.day(self.settings.zone))
    }

    /// An e-mail address: the first of a list. One that is none is left out, with a warning.
    pub(crate) fn email(&mut self) -> Option<String> {
        let cell = self.cell(ImportField::Email)?;
        let mut parts = cell.value.split([',', ';', ' ']).map(str::trim);
        let first = parts.find(|part| is_email(part));
        if first.is_none() {
            let message = "is no e-mail address and is left out";
            self.left_out(cell, ProblemCode::InvalidEmail, message);
        }
        first.map(str::to_owned)
    }

    /// A word of a closed set. An unknown one is left out, with a warning.
    pub(crate) fn word<T>(
        &mut self,
        field: ImportField,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let cell = self.cell(field)?;
        let found = read(cell.value);
        if found.is_none() {
            let message = format!("is no known {field} and is left out");
            self.left_out(cell, ProblemCode::InvalidValue, message);
        }
        found
    }

    /// Reports a value because of which the row cannot be imported.
    pub(crate) fn fail(&mut self, cell: Cell<'a>, code: ProblemCode, message: impl Into<String>) {
        let place = self.place(cell);
        self.problems.error(code, place, message);
        self.failed = true;
    }

    /// Reports a value that is left out.
    pub(crate) fn left_out(
        &mut self,
        cell: Cell<'a>,
        code: ProblemCode,
        message: impl Into<String>,
    ) {
        let place = self.place(cell);
        self.problems.warning(code, place, message);
    }

    /// Where a cell stands.
    pub(crate) fn place(&self, cell: Cell<'a>) -> Place<'a> {
        Place::cell(self.record.row, &cell.column.header, cell.value)
    }
}

/// Whether a field is an amount of a deal, which has a limit.
const fn is_of_deal(field: ImportField) -> bool {
    matches!(field, ImportField::Amount | ImportField::Budget)
}

/// A cell with a value.
#[derive(Clone, Copy)]
pub(crate) struct Cell<'a> {
    /// Its column.
    pub(crate) column: &'a ImportColumn,
    /// Its value, trimmed.
    pub(crate) value: &'a str,
}
