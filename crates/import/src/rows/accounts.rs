//! Rows of accounts.

use etalon_domain::account::AccountKind;
use etalon_domain::import::{ImportColumn, ImportField as F, PreviewValue};
use etalon_domain::money::Money;
use etalon_domain::time::Instant;

use super::{Mention, Parsed, Row, Values, key_of, read_all};
use crate::reader::{RowReader, Settings};
use crate::table::Table;
use crate::words;

/// An account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountRow {
    /// Number of the row in the file.
    pub row: u32,
    /// Identifier in the source system.
    pub external_id: Option<String>,
    /// Name.
    pub name: String,
    /// What it is to us.
    pub kind: Option<AccountKind>,
    /// Tax number.
    pub tax_number: Option<String>,
    /// Branch of business.
    pub industry: Option<String>,
    /// Web site.
    pub website: Option<String>,
    /// Phone.
    pub phone: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Country.
    pub country: Option<String>,
    /// City.
    pub city: Option<String>,
    /// Postal address.
    pub address: Option<String>,
    /// Number of employees.
    pub employees: Option<i64>,
    /// Revenue of a year.
    pub annual_revenue: Option<Money>,
    /// Year of foundation.
    pub founded_year: Option<i64>,
    /// The company it belongs to.
    pub parent: Option<Mention>,
    /// Who looks after it.
    pub owner: Option<Mention>,
    /// Notes.
    pub description: Option<String>,
    /// When it was created in the source system.
    pub created_at: Option<Instant>,
    /// When it was last changed in the source system.
    pub updated_at: Option<Instant>,
}

impl Row for AccountRow {
    fn number(&self) -> u32 {
        self.row
    }

    fn key(&self) -> Option<(F, String)> {
        key_of(self.external_id.as_ref(), &self.name)
    }

    fn changed_at(&self) -> Option<Instant> {
        self.updated_at
    }

    fn values(&self) -> Vec<PreviewValue> {
        let mut values = Values::default();
        values.add(F::ExternalId, self.external_id.as_ref());
        values.add(F::Name, Some(&self.name));
        values.add(F::AccountKind, self.kind);
        values.add(F::TaxNumber, self.tax_number.as_ref());
        values.add(F::Industry, self.industry.as_ref());
        values.add(F::Website, self.website.as_ref());
        values.add(F::Phone, self.phone.as_ref());
        values.add(F::Email, self.email.as_ref());
        values.add(F::Country, self.country.as_ref());
        values.add(F::City, self.city.as_ref());
        values.add(F::Address, self.address.as_ref());
        values.add(F::Employees, self.employees);
        values.add(F::AnnualRevenue, self.annual_revenue);
        values.add(F::FoundedYear, self.founded_year);
        values.mention(F::Parent, F::ParentExternalId, self.parent.as_ref());
        values.mention(F::Owner, F::OwnerExternalId, self.owner.as_ref());
        values.add(F::Description, self.description.as_ref());
        values.instant(F::CreatedAt, self.created_at);
        values.0
    }
}

/// Reads the rows of accounts.
#[must_use]
pub fn accounts(
    table: &Table,
    columns: &[ImportColumn],
    settings: &Settings,
) -> Parsed<AccountRow> {
    read_all(table, columns, settings, account)
}

fn account(reader: &mut RowReader<'_>) -> AccountRow {
    let currency = reader.currency();
    AccountRow {
        row: reader.record.row,
        external_id: reader.text(F::ExternalId),
        name: reader.required(F::Name),
        kind: reader.word(F::AccountKind, words::account_kind),
        tax_number: reader.text(F::TaxNumber),
        industry: reader.text(F::Industry),
        website: reader.text(F::Website),
        phone: reader.text(F::Phone),
        email: reader.email(),
        country: reader.text(F::Country),
        city: reader.text(F::City),
        address: reader.text(F::Address),
        employees: reader.integer(F::Employees),
        annual_revenue: reader.money(F::AnnualRevenue, currency),
        founded_year: reader.integer(F::FoundedYear),
        parent: reader.mention(F::Parent, F::ParentExternalId),
        owner: reader.mention(F::Owner, F::OwnerExternalId),
        description: reader.text(F::Description),
        created_at: reader.instant(F::CreatedAt),
        updated_at: reader.instant(F::UpdatedAt),
    }
}

#[cfg(test)]
mod tests {
    use crate::rows::tests::parsed;
    use etalon_domain::import::{ImportKind, ProblemCode};

    #[test]
    fn an_account_with_everything() {
        let parsed = parsed(
            ImportKind::Accounts,
            "company,sector,employees,revenue (M),parent company,tax number,founded\n\
             Luna Ltd,retail,\"1,250\",4.5478,Sol AG,0123,1999\n\
             Sol AG,retail,many,,,,\n",
            super::accounts,
        );
        let luna = &parsed.rows[0];
        assert_eq!(luna.employees, Some(1250));
        let revenue = luna.annual_revenue.map(|m| m.decimal());
        assert_eq!(revenue.as_deref(), Some("4547800.00"));
        assert_eq!(luna.parent.as_ref().map(|p| p.text()), Some("Sol AG"));
        assert_eq!(luna.tax_number.as_deref(), Some("0123"));
        assert_eq!(parsed.failed, 1);
        assert_eq!(parsed.problems.list()[0].code, ProblemCode::InvalidNumber);
    }
}
