//! Rows of products.

use etalon_domain::import::{ImportColumn, ImportField as F, PreviewValue};
use etalon_domain::money::Money;
use etalon_domain::time::Instant;

use super::{Parsed, Row, Values, key_of, read_all};
use crate::reader::{RowReader, Settings};
use crate::table::Table;
use crate::words;

/// A product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductRow {
    /// Number of the row in the file.
    pub row: u32,
    /// Identifier in the source system.
    pub external_id: Option<String>,
    /// Name.
    pub name: String,
    /// Series or group.
    pub category: Option<String>,
    /// List price.
    pub price: Option<Money>,
    /// Whether it is offered.
    pub active: Option<bool>,
}

impl Row for ProductRow {
    fn number(&self) -> u32 {
        self.row
    }

    fn key(&self) -> Option<(F, String)> {
        key_of(self.external_id.as_ref(), &self.name)
    }

    fn changed_at(&self) -> Option<Instant> {
        None
    }

    fn values(&self) -> Vec<PreviewValue> {
        let mut values = Values::default();
        values.add(F::ExternalId, self.external_id.as_ref());
        values.add(F::Name, Some(&self.name));
        values.add(F::Category, self.category.as_ref());
        values.add(F::Price, self.price);
        values.add(F::Active, self.active);
        values.0
    }
}

/// Reads the rows of products.
#[must_use]
pub fn products(
    table: &Table,
    columns: &[ImportColumn],
    settings: &Settings,
) -> Parsed<ProductRow> {
    read_all(table, columns, settings, product)
}

fn product(reader: &mut RowReader<'_>) -> ProductRow {
    let currency = reader.currency();
    ProductRow {
        row: reader.record.row,
        external_id: reader.text(F::ExternalId),
        name: reader.required(F::Name),
        category: reader.text(F::Category),
        price: reader.money(F::Price, currency),
        active: reader.word(F::Active, words::boolean),
    }
}

#[cfg(test)]
mod tests {
    use crate::rows::tests::parsed;
    use etalon_domain::import::ImportKind;

    #[test]
    fn names_that_differ_by_blanks_are_one_product() {
        let text = "product,series,price\nAX 1,A,10\nAX1,A,12.5\nBX,B,\n";
        let parsed = parsed(ImportKind::Products, text, super::products);
        assert_eq!(parsed.superseded, 1);
        let prices: Vec<_> = parsed
            .rows
            .iter()
            .map(|r| r.price.map(|p| p.decimal()))
            .collect();
        assert_eq!(prices, [Some("12.50".to_owned()), None]);
    }
}
