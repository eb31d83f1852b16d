//! What a row added to the directory goes with the row when it fails.

use super::{Directory, Person};

/// Something that a row added.
#[derive(Clone, Debug)]
pub(super) enum Added {
    /// A person, or what became of one.
    Person {
        /// Identifier.
        id: String,
        /// The person before.
        before: Option<Person>,
    },
    /// A product.
    Product {
        /// Identifier.
        id: String,
        /// Its letters and digits.
        key: String,
        /// The product that had them before.
        before: Option<(String, String)>,
    },
    /// An account.
    Account {
        /// Identifier.
        id: String,
        /// Its letters and digits.
        key: String,
    },
    /// A contact.
    Contact {
        /// Identifier.
        id: String,
        /// Its letters and digits.
        key: String,
    },
    /// The department that is the last.
    Department,
}

impl Directory {
    /// Begins a row: what was added before stays.
    pub(in super::super) fn begin_row(&mut self) {
        self.added.clear();
    }

    /// Takes back what the row added; whether a department was among it.
    pub(in super::super) fn take_back_row(&mut self) -> bool {
        let mut lost_department = false;
        for added in std::mem::take(&mut self.added).into_iter().rev() {
            match added {
                Added::Person { id, before } => {
                    self.remove_person(&id);
                    if let Some(before) = before {
                        self.insert_person(before);
                    }
                }
                Added::Product { id, key, before } => {
                    self.product_names.remove(&id);
                    match before {
                        Some(before) => self.products.insert(key, before),
                        None => self.products.remove(&key),
                    };
                }
                Added::Account { id, key } => {
                    self.account_names.remove(&id);
                    if let Some(ids) = self.accounts_by_name.get_mut(&key) {
                        ids.retain(|other| *other != id);
                    }
                }
                Added::Contact { id, key } => {
                    self.contact_names.remove(&id);
                    if let Some(contacts) = self.contacts_by_name.get_mut(&key) {
                        contacts.retain(|other| other.id != id);
                    }
                }
                Added::Department => {
                    self.departments.pop();
                    lost_department = true;
                }
            }
        }
        lost_department
    }
}

#[cfg(test)]
mod tests {
    use etalon_domain::user::Role;

    use super::*;

    fn person(id: &str, name: &str, email: &str) -> Person {
        Person {
            id: id.to_owned(),
            name: name.to_owned(),
            email: Some(email.to_owned()),
            role: Role::Manager,
            department: None,
            active: true,
            signs_in: false,
        }
    }

    #[test]
    fn what_a_failed_row_added_is_gone_and_what_was_before_is_back() {
        let mut directory = Directory::default();
        directory.put_person(person("1", "Ann", "ann@x.example"));
        directory.add_product("p".into(), "AX 1");
        directory.add_account("a".into(), "Luna");
        directory.begin_row();
        directory.put_person(person("1", "Anna", "anna@x.example"));
        directory.put_person(person("2", "Bo", "bo@x.example"));
        directory.add_product("q".into(), "AX1");
        directory.add_account("b".into(), "Luna");
        directory.add_contact("c".into(), "Eve", Some("b".into()));
        directory.add_department("d".into(), "North", None);
        assert!(directory.take_back_row());
        assert_eq!(
            directory
                .person_by_email("ann@x.example")
                .map(|p| p.name.as_str()),
            Some("Ann")
        );
        assert!(directory.person_by_email("anna@x.example").is_none());
        assert!(directory.people_named("Anna").is_empty());
        assert_eq!(directory.people_named("Ann").len(), 1);
        assert!(directory.person("2").is_none());
        assert_eq!(
            directory.product_named("AX1").map(|(id, _)| id).as_deref(),
            Some("p")
        );
        assert_eq!(directory.accounts_named("Luna"), ["a"]);
        assert!(directory.contacts_named("Eve").is_empty() && directory.departments.is_empty());
        assert!(!directory.take_back_row());
    }
}
