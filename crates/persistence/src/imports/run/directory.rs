//! The records that rows can mention, in memory, so that a row costs no queries to find them.

mod taking_back;

use std::collections::HashMap;

use diesel::prelude::*;
use etalon_domain::id::DepartmentId;
use etalon_domain::policy::Actor;
use etalon_domain::text::normalize_name;
use etalon_domain::user::Role;

use crate::connection::Tx;
use crate::error::Result;
use crate::schema::{accounts, contacts, departments, products, users};
use taking_back::Added;

/// A person whom rows can mention.
#[derive(Clone, Debug)]
pub(super) struct Person {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) email: Option<String>,
    pub(super) role: Role,
    pub(super) department: Option<String>,
    pub(super) active: bool,
    /// Whether a password is set: such people are not changed by imports.
    pub(super) signs_in: bool,
}

/// A department.
#[derive(Clone, Debug)]
pub(super) struct Department {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) name_key: String,
    pub(super) parent: Option<String>,
}

/// A contact.
#[derive(Clone, Debug)]
pub(super) struct Contact {
    pub(super) id: String,
    pub(super) account: Option<String>,
}

/// Records by name. People and departments are those that the importing person leads; accounts,
/// contacts and products are everybody's.
#[derive(Clone, Debug, Default)]
pub(super) struct Directory {
    pub(super) departments: Vec<Department>,
    people: HashMap<String, Person>,
    people_by_name: HashMap<String, Vec<String>>,
    people_by_email: HashMap<String, String>,
    products: HashMap<String, (String, String)>,
    accounts_by_name: HashMap<String, Vec<String>>,
    account_names: HashMap<String, String>,
    product_names: HashMap<String, String>,
    contacts_by_name: HashMap<String, Vec<Contact>>,
    contact_names: HashMap<String, String>,
    /// What the present row added, in this order.
    added: Vec<Added>,
}

impl Directory {
    /// Reads what the importing person may refer to.
    pub(super) fn load(tx: &mut Tx<'_>, actor: &Actor) -> Result<Self> {
        let mut directory = Self::default();
        directory.load_people(tx, actor)?;
        let rows: Vec<(String, String)> = products::table
            .select((products::id, products::name))
            .load(tx.conn)?;
        for (id, name) in rows {
            directory.add_product(id, &name);
        }
        let rows: Vec<(String, String)> = accounts::table
            .filter(accounts::deleted_at.is_null())
            .order(accounts::seq)
            .select((accounts::id, accounts::name))
            .load(tx.conn)?;
        for (id, name) in rows {
            directory.add_account(id, &name);
        }
        let rows: Vec<(String, String, Option<String>)> = contacts::table
            .filter(contacts::deleted_at.is_null())
            .order(contacts::seq)
            .select((contacts::id, contacts::name, contacts::account_id))
            .load(tx.conn)?;
        for (id, name, account) in rows {
            directory.add_contact(id, &name, account);
        }
        directory.added = Vec::new();
        Ok(directory)
    }

    fn load_people(&mut self, tx: &mut Tx<'_>, actor: &Actor) -> Result<()> {
        let rows: Vec<(String, String, Option<String>)> = departments::table
            .order((departments::name_key, departments::id))
            .select((departments::id, departments::name, departments::parent_id))
            .load(tx.conn)?;
        for (id, name, parent) in rows {
            if actor.leads(Some(&DepartmentId::new(&id))) {
                self.add_department(id, &name, parent);
            }
        }
        type Row = (
            String,
            String,
            Option<String>,
            String,
            Option<String>,
            bool,
            Option<String>,
        );
        let rows: Vec<Row> = users::table
            .order((users::created_at, users::id))
            .select((
                users::id,
                users::name,
                users::email,
                users::role,
                users::department_id,
                users::active,
                users::password_hash,
            ))
            .load(tx.conn)?;
        for (id, name, email, role, department, active, hash) in rows {
            let of = department.as_ref().map(DepartmentId::new);
            if id != actor.user_id.as_str() && !actor.leads(of.as_ref()) {
                continue;
            }
            self.put_person(Person {
                id,
                name,
                email,
                role: role.parse()?,
                department,
                active,
                signs_in: hash.is_some(),
            });
        }
        Ok(())
    }

    /// Adds a person or what became of one.
    pub(super) fn put_person(&mut self, person: Person) {
        let before = self.remove_person(&person.id);
        self.added.push(Added::Person {
            id: person.id.clone(),
            before,
        });
        self.insert_person(person);
    }

    fn insert_person(&mut self, person: Person) {
        let named = self.people_by_name.entry(normalize_name(&person.name));
        named.or_default().push(person.id.clone());
        if let Some(email) = &person.email {
            self.people_by_email
                .insert(email.to_lowercase(), person.id.clone());
        }
        self.people.insert(person.id.clone(), person);
    }

    fn remove_person(&mut self, id: &str) -> Option<Person> {
        let person = self.people.remove(id)?;
        if let Some(ids) = self.people_by_name.get_mut(&normalize_name(&person.name)) {
            ids.retain(|other| other != id);
        }
        if let Some(email) = &person.email {
            let key = email.to_lowercase();
            if self.people_by_email.get(&key).is_some_and(|of| of == id) {
                self.people_by_email.remove(&key);
            }
        }
        Some(person)
    }

    /// A person by identifier.
    pub(super) fn person(&self, id: &str) -> Option<&Person> {
        self.people.get(id)
    }

    /// A person by e-mail address.
    pub(super) fn person_by_email(&self, email: &str) -> Option<&Person> {
        let id = self.people_by_email.get(&email.to_lowercase())?;
        self.people.get(id)
    }

    /// The people of a name; active ones first.
    pub(super) fn people_named(&self, name: &str) -> Vec<&Person> {
        let ids = self.people_by_name.get(&normalize_name(name));
        let found = ids.into_iter().flatten();
        let mut people: Vec<&Person> = found.filter_map(|id| self.people.get(id)).collect();
        people.sort_by_key(|person| !person.active);
        people
    }

    /// Adds a product.
    pub(super) fn add_product(&mut self, id: String, name: &str) {
        let key = normalize_name(name);
        self.product_names.insert(id.clone(), name.to_owned());
        let product = (id.clone(), name.to_owned());
        let before = self.products.insert(key.clone(), product);
        self.added.push(Added::Product { id, key, before });
    }

    /// A product by its letters and digits: identifier and name.
    pub(super) fn product_named(&self, name: &str) -> Option<(String, String)> {
        self.products.get(&normalize_name(name)).cloned()
    }

    /// The name of a product.
    pub(super) fn product_name(&self, id: &str) -> Option<&str> {
        self.product_names.get(id).map(String::as_str)
    }

    /// Adds an account.
    pub(super) fn add_account(&mut self, id: String, name: &str) {
        let key = normalize_name(name);
        self.account_names.insert(id.clone(), name.to_owned());
        let named = self.accounts_by_name.entry(key.clone());
        named.or_default().push(id.clone());
        self.added.push(Added::Account { id, key });
    }

    /// The accounts of a name, the oldest first.
    pub(super) fn accounts_named(&self, name: &str) -> &[String] {
        let found = self.accounts_by_name.get(&normalize_name(name));
        found.map_or(&[], Vec::as_slice)
    }

    /// The name of an account that is not in the bin.
    pub(super) fn account_name(&self, id: &str) -> Option<&str> {
        self.account_names.get(id).map(String::as_str)
    }

    /// Adds a contact.
    pub(super) fn add_contact(&mut self, id: String, name: &str, account: Option<String>) {
        let key = normalize_name(name);
        self.contact_names.insert(id.clone(), name.to_owned());
        let named = self.contacts_by_name.entry(key.clone());
        let contact = Contact {
            id: id.clone(),
            account,
        };
        named.or_default().push(contact);
        self.added.push(Added::Contact { id, key });
    }

    /// The contacts of a name, the oldest first.
    pub(super) fn contacts_named(&self, name: &str) -> &[Contact] {
        let found = self.contacts_by_name.get(&normalize_name(name));
        found.map_or(&[], Vec::as_slice)
    }

    /// The name of a contact that is not in the bin.
    pub(super) fn contact_name(&self, id: &str) -> Option<&str> {
        self.contact_names.get(id).map(String::as_str)
    }

    /// Adds a department.
    pub(super) fn add_department(&mut self, id: String, name: &str, parent: Option<String>) {
        self.departments.push(Department {
            id,
            name: name.to_owned(),
            name_key: normalize_name(name),
            parent,
        });
        self.added.push(Added::Department);
    }

    /// The department of a name in the subtree of `parent` (in the whole tree without one): the
    /// parent itself, else the one nearest to it.
    pub(super) fn department_named(&self, name: &str, parent: Option<&str>) -> Option<String> {
        let key = normalize_name(name);
        let depth = |department: &Department| {
            let mut at = Some(department.id.as_str());
            for steps in 0..64 {
                if at == parent {
                    return Some(steps);
                }
                at = match at.and_then(|id| self.departments.iter().find(|d| d.id == id)) {
                    Some(found) => found.parent.as_deref(),
                    None => return None,
                };
            }
            None
        };
        let named = self.departments.iter().filter(|d| d.name_key == key);
        let near = named.filter_map(|d| Some((depth(d)?, d)));
        let (_, found) = near.min_by_key(|(depth, _)| *depth)?;
        Some(found.id.clone())
    }
}
