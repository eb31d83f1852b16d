//! To which field each column of a file leads and how its cells are to be read.

use std::collections::HashSet;

use etalon_domain::import::{Delimiter, ImportColumn, ImportColumnDraft, ImportField, ImportKind};

use crate::{Table, dates, headers, numbers};

/// Scale of a column of shares of one, which become percent.
pub(crate) const SHARES: i64 = 100;
/// How many values of a column are shown.
const SAMPLES: usize = 5;
/// Headers that together are peculiar to a public training set, whose revenue is in millions
/// although its header does not say so.
const REVENUE_IN_MILLIONS: [&str; 3] = ["year_established", "office_location", "subsidiary_of"];

/// Maps the columns by their headers: each field gets the column whose header fits best.
#[must_use]
pub fn detect(kind: ImportKind, table: &Table) -> Vec<ImportColumn> {
    let meanings: Vec<_> = table
        .headers
        .iter()
        .map(|header| headers::meaning(kind, header))
        .collect();
    let best = |field: ImportField| {
        let fits = meanings.iter().enumerate().filter_map(|(index, meaning)| {
            let (found, rank) = (*meaning)?;
            (found == field).then_some((rank, index))
        });
        fits.min().map(|(_, index)| index)
    };
    let mut fields = vec![None; table.headers.len()];
    for field in kind.fields() {
        if let Some(index) = best(*field) {
            fields[index] = Some(*field);
        }
    }
    fields
        .into_iter()
        .enumerate()
        .map(|(index, field)| column(table, index, field))
        .collect()
}

/// Maps the columns as a person wants them; what the person leaves open is detected.
#[must_use]
pub fn by_hand(kind: ImportKind, table: &Table, wanted: &[ImportColumnDraft]) -> Vec<ImportColumn> {
    let mut columns = Vec::with_capacity(table.headers.len());
    for index in 0..table.headers.len() {
        let draft = wanted.iter().find(|w| w.index as usize == index);
        let field = draft
            .and_then(|d| d.field)
            .filter(|field| kind.fields().contains(field));
        let mut column = column(table, index, field);
        if let Some(draft) = draft {
            if let (true, Some(mark)) = (column.decimal_mark.is_some(), draft.decimal_mark) {
                column.decimal_mark = Some(mark);
                column.ambiguous = false;
                column.scale = scale(table, &column);
            }
            if let (true, Some(order)) = (column.date_order.is_some(), draft.date_order) {
                column.date_order = Some(order);
                column.ambiguous = false;
            }
            if let (true, Some(scale @ (1 | 1_000 | 1_000_000))) =
                (field.is_some_and(ImportField::is_money), draft.scale)
            {
                column.scale = scale;
            }
        }
        columns.push(column);
    }
    columns
}

/// A column that leads to a field, with the format of its cells detected.
fn column(table: &Table, index: usize, field: Option<ImportField>) -> ImportColumn {
    let header = table.headers[index].clone();
    let mut column = ImportColumn {
        index: u32::try_from(index).unwrap_or(u32::MAX),
        field,
        decimal_mark: None,
        date_order: None,
        scale: 1,
        ambiguous: false,
        samples: samples(table, index),
        header,
    };
    let Some(field) = field else {
        return column;
    };
    if field.is_number() {
        let format = numbers::detect(table.column(index), table.delimiter);
        column.decimal_mark = Some(format.mark);
        column.ambiguous = format.ambiguous;
    }
    column.scale = scale(table, &column);
    if field.is_date() {
        let format = dates::detect(table.column(index), day_first(table));
        column.date_order = Some(format.order);
        column.ambiguous = format.ambiguous;
    }
    column
}

/// By what the numbers of a column are multiplied; dates and texts by nothing.
fn scale(table: &Table, column: &ImportColumn) -> i64 {
    let has = |wanted: &&str| table.headers.iter().any(|h| h == wanted);
    match (column.field, column.decimal_mark) {
        (Some(ImportField::AnnualRevenue), _) if REVENUE_IN_MILLIONS.iter().all(has) => 1_000_000,
        (Some(ImportField::Probability), Some(mark)) => {
            let cells = table.column(column.index as usize);
            if numbers::are_shares(cells, mark) {
                SHARES
            } else {
                1
            }
        }
        (Some(field), _) if field.is_money() => headers::scale(&column.header),
        _ => 1,
    }
}

/// Whether a date with slashes more likely begins with its day: in files of countries that write
/// decimal commas or Cyrillic.
fn day_first(table: &Table) -> bool {
    let cyrillic = |header: &String| header.chars().any(|c| ('а'..='я').contains(&c));
    table.delimiter == Delimiter::Semicolon || table.headers.iter().any(cyrillic)
}

fn samples(table: &Table, index: usize) -> Vec<String> {
    let mut seen = HashSet::new();
    table
        .column(index)
        .filter(|cell| !cell.is_empty() && seen.insert(*cell))
        .take(SAMPLES)
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use etalon_domain::import::{DateOrder, DecimalMark};

    fn table(text: &str) -> Table {
        crate::read("t.csv", text.as_bytes(), None, None)
    }

    fn fields(columns: &[ImportColumn]) -> Vec<Option<ImportField>> {
        columns.iter().map(|c| c.field).collect()
    }

    #[test]
    fn columns_are_mapped_by_their_headers() {
        let table =
            table("id;Сделка;Этап;Бюджет;Цвет;Дата создания\n1;А;Новая;1 500,50;red;03.04.2025\n");
        let columns = detect(ImportKind::Deals, &table);
        assert_eq!(
            fields(&columns),
            [
                Some(ImportField::ExternalId),
                Some(ImportField::Title),
                Some(ImportField::Stage),
                Some(ImportField::Amount),
                None,
                Some(ImportField::CreatedAt),
            ]
        );
        assert_eq!(columns[3].decimal_mark, Some(DecimalMark::Comma));
        assert_eq!(columns[5].date_order, Some(DateOrder::Dmy));
        assert_eq!(columns[4].samples, ["red"]);
    }

    #[test]
    fn of_two_columns_for_one_field_the_better_header_wins() {
        let table = table("name,deal name,status,deal stage\na,b,c,d\n");
        assert_eq!(
            fields(&detect(ImportKind::Deals, &table)),
            [
                None,
                Some(ImportField::Title),
                None,
                Some(ImportField::Stage)
            ]
        );
    }

    #[test]
    fn a_person_decides_and_the_rest_is_detected() {
        let table = table("x,y\n\"1,234\",2025-01-02\n");
        let draft = |index, field| ImportColumnDraft {
            index,
            field,
            decimal_mark: None,
            date_order: None,
            scale: None,
        };
        let mut wanted = vec![
            draft(0, Some(ImportField::Amount)),
            draft(1, Some(ImportField::ClosedAt)),
        ];
        let columns = by_hand(ImportKind::Deals, &table, &wanted);
        assert!(columns[0].ambiguous);
        assert_eq!(columns[0].decimal_mark, Some(DecimalMark::Point));
        wanted[0].decimal_mark = Some(DecimalMark::Comma);
        wanted[0].scale = Some(1000);
        let columns = by_hand(ImportKind::Deals, &table, &wanted);
        assert!(!columns[0].ambiguous);
        assert_eq!(columns[0].decimal_mark, Some(DecimalMark::Comma));
        assert_eq!(columns[0].scale, 1000);
    }

    #[test]
    fn shares_of_one_are_told_from_percent_by_the_whole_column() {
        let scale = |cells: &str| {
            let table = table(&format!("deal;probability\n{cells}"));
            detect(ImportKind::Deals, &table)[1].scale
        };
        assert_eq!(scale("a;0,9\nb;1\nc;\nd;0\n"), SHARES);
        assert_eq!(scale("a;1\nb;0\n"), SHARES);
        assert_eq!(scale("a;0,9\nb;60\n"), 1);
        assert_eq!(scale("a;1 %\nb;0,9 %\n"), 1);
        assert_eq!(scale("a;0\nb;n/a\n"), 1);
    }

    #[test]
    fn the_decimal_mark_of_a_person_decides_about_shares_too() {
        let table = table("deal;probability\na;0.900\nb;1\n");
        let mut wanted = ImportColumnDraft {
            index: 1,
            field: Some(ImportField::Probability),
            decimal_mark: Some(DecimalMark::Point),
            date_order: None,
            scale: None,
        };
        let scale = |draft: &ImportColumnDraft| {
            by_hand(ImportKind::Deals, &table, std::slice::from_ref(draft))[1].scale
        };
        assert_eq!(scale(&wanted), SHARES);
        wanted.decimal_mark = Some(DecimalMark::Comma);
        assert_eq!(scale(&wanted), 1);
    }

    #[test]
    fn revenue_in_millions_is_known_from_the_header_or_the_set() {
        let header = table("name,Revenue (M),city\na,1.5,X\n");
        assert_eq!(detect(ImportKind::Accounts, &header)[1].scale, 1_000_000);
        let set = table(
            "account,year_established,revenue,office_location,subsidiary_of\na,1990,1.5,X,\n",
        );
        assert_eq!(detect(ImportKind::Accounts, &set)[2].scale, 1_000_000);
    }
}
