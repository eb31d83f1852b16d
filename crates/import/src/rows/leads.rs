//! Rows of leads.

use chrono::NaiveDate;
use etalon_domain::import::{ImportColumn, ImportField as F, PreviewValue};
use etalon_domain::money::Money;
use etalon_domain::time::Instant;

use super::{Mention, Parsed, Row, Values, read_all};
use crate::reader::{RowReader, Settings};
use crate::table::Table;

/// A lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeadRow {
    /// Number of the row in the file.
    pub row: u32,
    /// Identifier in the source system.
    pub external_id: Option<String>,
    /// What they are interested in; made of the company or the person when absent.
    pub title: Option<String>,
    /// The company.
    pub account: Option<Mention>,
    /// The person's name.
    pub person: Option<String>,
    /// E-mail address of the person.
    pub email: Option<String>,
    /// Phone of the person.
    pub phone: Option<String>,
    /// Tax number of the company.
    pub tax_number: Option<String>,
    /// What was written along.
    pub message: Option<String>,
    /// Where the interest came from.
    pub source: Option<String>,
    /// Who works on it.
    pub owner: Option<Mention>,
    /// What they say they can spend.
    pub budget: Option<Money>,
    /// What they say they need.
    pub need: Option<String>,
    /// When they say they decide.
    pub decision_on: Option<NaiveDate>,
    /// When it was created in the source system.
    pub created_at: Option<Instant>,
    /// When it was last changed in the source system.
    pub updated_at: Option<Instant>,
}

impl LeadRow {
    /// The title, or what stands for it: the company, the person, an address.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        let company = self.account.as_ref().and_then(|m| m.name.as_ref());
        let candidates = [
            self.title.as_ref(),
            company,
            self.person.as_ref(),
            self.email.as_ref(),
            self.phone.as_ref(),
        ];
        candidates.into_iter().flatten().next().map(String::as_str)
    }
}

impl Row for LeadRow {
    fn number(&self) -> u32 {
        self.row
    }

    fn key(&self) -> Option<(F, String)> {
        let id = self.external_id.clone()?;
        Some((F::ExternalId, id))
    }

    fn changed_at(&self) -> Option<Instant> {
        self.updated_at
    }

    fn values(&self) -> Vec<PreviewValue> {
        let mut values = Values::default();
        values.add(F::ExternalId, self.external_id.as_ref());
        values.add(F::Title, self.title());
        values.mention(F::Account, F::AccountExternalId, self.account.as_ref());
        values.add(F::Name, self.person.as_ref());
        values.add(F::Email, self.email.as_ref());
        values.add(F::Phone, self.phone.as_ref());
        values.add(F::TaxNumber, self.tax_number.as_ref());
        values.add(F::Source, self.source.as_ref());
        values.mention(F::Owner, F::OwnerExternalId, self.owner.as_ref());
        values.add(F::Budget, self.budget);
        values.add(F::Need, self.need.as_ref());
        values.add(F::DecisionOn, self.decision_on);
        values.add(F::Description, self.message.as_ref());
        values.instant(F::CreatedAt, self.created_at);
        values.0
    }
}

/// Reads the rows of leads.
#[must_use]
pub fn leads(table: &Table, columns: &[ImportColumn], settings: &Settings) -> Parsed<LeadRow> {
    read_all(table, columns, settings, lead)
}

fn lead(reader: &mut RowReader<'_>) -> LeadRow {
    let currency = reader.currency();
    let row = LeadRow {
        row: reader.record.row,
        external_id: reader.text(F::ExternalId),
        title: reader.text(F::Title),
        account: reader.mention(F::Account, F::AccountExternalId),
        person: person(reader),
        email: reader.email(),
        phone: reader.text(F::Phone),
        tax_number: reader.text(F::TaxNumber),
        message: reader.text(F::Description),
        source: reader.text(F::Source),
        owner: reader.mention(F::Owner, F::OwnerExternalId),
        budget: reader.money(F::Budget, currency),
        need: reader.text(F::Need),
        decision_on: reader.day(F::DecisionOn),
        created_at: reader.instant(F::CreatedAt),
        updated_at: reader.instant(F::UpdatedAt),
    };
    if row.title().is_none() {
        reader.missing(F::Title);
    }
    row
}

/// The person's name, in one column or in two.
fn person(reader: &RowReader<'_>) -> Option<String> {
    let parts = [F::FirstName, F::LastName].map(|field| reader.text(field));
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    reader
        .text(F::Name)
        .or_else(|| (!parts.is_empty()).then(|| parts.join(" ")))
}

#[cfg(test)]
mod tests {
    use crate::rows::tests::parsed;
    use etalon_domain::import::ImportKind;

    #[test]
    fn leads_are_named_by_what_there_is() {
        let parsed = parsed(
            ImportKind::Leads,
            "lead id,lead name,company,first name,last name,email,budget,decision date\n\
             1,Line 4,Luna,Ann,Lee,ann@luna.example,50000,2027-03-01\n2,,Sol,,,,,\n3,,,Bo,,,,\n4,,,,,,,\n",
            super::leads,
        );
        let titles: Vec<_> = parsed.rows.iter().map(|row| row.title()).collect();
        assert_eq!(titles, [Some("Line 4"), Some("Sol"), Some("Bo")]);
        assert_eq!(parsed.failed, 1);
        assert_eq!(parsed.rows[0].person.as_deref(), Some("Ann Lee"));
        assert_eq!(parsed.rows[0].budget.map(|b| b.minor), Some(5_000_000));
    }
}
