//! Rows of people.

use etalon_domain::import::{ImportColumn, ImportField as F, PreviewValue, ProblemCode};
use etalon_domain::time::Instant;
use etalon_domain::user::Role;

use super::{Mention, Parsed, Row, Values, key_of, read_all};
use crate::reader::{RowReader, Settings};
use crate::table::Table;
use crate::words;

/// A person with department and head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRow {
    /// Number of the row in the file.
    pub row: u32,
    /// Identifier in the source system.
    pub external_id: Option<String>,
    /// Full name.
    pub name: String,
    /// Address to sign in with.
    pub email: Option<String>,
    /// What the person may do.
    pub role: Option<Role>,
    /// Whether the person is active.
    pub active: Option<bool>,
    /// The person's head.
    pub manager: Option<Mention>,
    /// Name of the department.
    pub department: Option<String>,
}

impl Row for PersonRow {
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
        values.add(F::Email, self.email.as_ref());
        values.add(F::Role, self.role);
        values.add(F::Active, self.active);
        values.mention(F::Manager, F::ManagerExternalId, self.manager.as_ref());
        values.add(F::Department, self.department.as_ref());
        values.0
    }
}

/// Reads the rows of people.
#[must_use]
pub fn people(table: &Table, columns: &[ImportColumn], settings: &Settings) -> Parsed<PersonRow> {
    read_all(table, columns, settings, person)
}

fn person(reader: &mut RowReader<'_>) -> PersonRow {
    PersonRow {
        row: reader.record.row,
        external_id: reader.text(F::ExternalId),
        name: reader.full_name(),
        email: reader.email(),
        role: role(reader),
        active: reader.word(F::Active, words::boolean),
        manager: reader.mention(F::Manager, F::ManagerExternalId),
        department: reader.text(F::Department),
    }
}

/// An unknown word, such as the title of a post, gives no rights beyond those of a manager.
fn role(reader: &mut RowReader<'_>) -> Option<Role> {
    let cell = reader.cell(F::Role)?;
    let role = words::role(cell.value);
    if role.is_none() {
        let place = reader.place(cell);
        let message = "is no known role; the person becomes a manager";
        reader
            .problems
            .note(ProblemCode::InvalidValue, place, message);
    }
    role
}

#[cfg(test)]
mod tests {
    use crate::rows::tests::parsed;
    use etalon_domain::import::{ImportKind, ProblemCode, Severity};
    use etalon_domain::user::Role;

    #[test]
    fn people_with_heads_and_departments() {
        let parsed = parsed(
            ImportKind::People,
            "user_id,name,manager,office,role,active,email\n\
             1,Ann Lee,Bo Ray,North,sales rep,yes,ann@example.com\n\
             2,,Bo Ray,North,,,\n\
             3,Cy Fox,,,wizard,,not an address\n",
            super::people,
        );
        assert_eq!(parsed.rows.len(), 2);
        assert_eq!(parsed.failed, 1);
        let ann = &parsed.rows[0];
        assert_eq!(ann.role, Some(Role::Manager));
        assert_eq!(ann.manager.as_ref().map(|m| m.text()), Some("Bo Ray"));
        assert_eq!(ann.department.as_deref(), Some("North"));
        let codes: Vec<_> = parsed
            .problems
            .list()
            .iter()
            .map(|p| (p.row, p.severity, p.code))
            .collect();
        assert_eq!(
            codes,
            [
                (Some(3), Severity::Error, ProblemCode::Required),
                (Some(4), Severity::Warning, ProblemCode::InvalidEmail),
                (Some(4), Severity::Note, ProblemCode::InvalidValue),
            ]
        );
    }

    #[test]
    fn a_name_in_two_columns() {
        let text = "first name,last name,team\nAnn,Lee,North\n";
        let parsed = parsed(ImportKind::People, text, super::people);
        assert_eq!(parsed.rows[0].name, "Ann Lee");
    }
}
