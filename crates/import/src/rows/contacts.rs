//! Rows of contacts.

use etalon_domain::import::{ImportColumn, ImportField as F, PreviewValue};
use etalon_domain::text::normalize_name;
use etalon_domain::time::Instant;

use super::{Mention, Parsed, Row, Values, read_all};
use crate::reader::{RowReader, Settings};
use crate::table::Table;

/// A contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactRow {
    /// Number of the row in the file.
    pub row: u32,
    /// Identifier in the source system.
    pub external_id: Option<String>,
    /// Full name.
    pub name: String,
    /// The company.
    pub account: Option<Mention>,
    /// Position in the company.
    pub position: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Phone.
    pub phone: Option<String>,
    /// Who looks after the contact.
    pub owner: Option<Mention>,
    /// Notes.
    pub description: Option<String>,
    /// When it was created in the source system.
    pub created_at: Option<Instant>,
    /// When it was last changed in the source system.
    pub updated_at: Option<Instant>,
}

impl Row for ContactRow {
    fn number(&self) -> u32 {
        self.row
    }

    /// Two people of one company and one name are one contact, as long as nothing tells them apart.
    fn key(&self) -> Option<(F, String)> {
        if let Some(id) = &self.external_id {
            return Some((F::ExternalId, id.clone()));
        }
        let company = self.account.as_ref().map_or("", Mention::text);
        let name = normalize_name(&self.name);
        Some((F::Name, format!("{name} @ {}", normalize_name(company))))
    }

    fn changed_at(&self) -> Option<Instant> {
        self.updated_at
    }

    fn values(&self) -> Vec<PreviewValue> {
        let mut values = Values::default();
        values.add(F::ExternalId, self.external_id.as_ref());
        values.add(F::Name, Some(&self.name));
        values.mention(F::Account, F::AccountExternalId, self.account.as_ref());
        values.add(F::Position, self.position.as_ref());
        values.add(F::Email, self.email.as_ref());
        values.add(F::Phone, self.phone.as_ref());
        values.mention(F::Owner, F::OwnerExternalId, self.owner.as_ref());
        values.add(F::Description, self.description.as_ref());
        values.instant(F::CreatedAt, self.created_at);
        values.0
    }
}

/// Reads the rows of contacts.
#[must_use]
pub fn contacts(
    table: &Table,
    columns: &[ImportColumn],
    settings: &Settings,
) -> Parsed<ContactRow> {
    read_all(table, columns, settings, contact)
}

fn contact(reader: &mut RowReader<'_>) -> ContactRow {
    ContactRow {
        row: reader.record.row,
        external_id: reader.text(F::ExternalId),
        name: reader.full_name(),
        account: reader.mention(F::Account, F::AccountExternalId),
        position: reader.text(F::Position),
        email: reader.email(),
        phone: reader.text(F::Phone),
        owner: reader.mention(F::Owner, F::OwnerExternalId),
        description: reader.text(F::Description),
        created_at: reader.instant(F::CreatedAt),
        updated_at: reader.instant(F::UpdatedAt),
    }
}

#[cfg(test)]
mod tests {
    use crate::rows::tests::parsed;
    use etalon_domain::import::ImportKind;

    #[test]
    fn namesakes_of_two_companies_are_two_contacts() {
        let parsed = parsed(
            ImportKind::Contacts,
            "name,company,email\nAnn Lee,Luna,ann@luna.example; a@b.example\nAnn Lee,Sol,\nann lee,Luna,x@y.example\n",
            super::contacts,
        );
        assert_eq!(parsed.rows.len(), 2);
        assert_eq!(parsed.superseded, 1);
        assert_eq!(parsed.rows[1].email.as_deref(), Some("x@y.example"));
    }
}
