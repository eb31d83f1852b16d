//! From what a row mentions to records, created when they are missing and the import wants it.

use etalon_domain::account::AccountDraft;
use etalon_domain::contact::ContactDraft;
use etalon_domain::id::{AccountId, DepartmentId, UserId};
use etalon_domain::import::{ImportKind, ImportedRecord, ProblemCode};
use etalon_domain::product::ProductDraft;
use etalon_domain::record::RecordCommand;
use etalon_domain::user::{Role, UserDraft};
use etalon_import::Mention;
use etalon_import::problems::Place;

use super::directory::Person;
use super::step::{Step, is_imagined};
use crate::error::Result;
use crate::imports::links::id_key;
use crate::users::UserChange;
use crate::{accounts, contacts, products, users};

/// Who is meant by a name.
pub(super) enum Who {
    /// One person.
    One(Person),
    /// Nobody whom the importing person leads.
    Nobody,
    /// Several active people.
    Several,
}

impl Step<'_, '_, '_> {
    pub(super) fn linked(&self, kind: ImportKind, mention: &Mention) -> Option<String> {
        let id = mention.external_id.as_ref()?;
        let link = self.run.links.get(kind, &id_key(id))?;
        Some(link.record.clone())
    }

    /// The account that is mentioned.
    pub(super) fn account(&mut self, mention: &Mention) -> Result<Option<String>> {
        if let Some(id) = self.linked(ImportKind::Accounts, mention)
            && self.run.directory.account_name(&id).is_some()
        {
            return Ok(Some(id));
        }
        let Some(name) = &mention.name else {
            self.warn(
                mention,
                ProblemCode::UnknownReference,
                "is no known account",
            );
            return Ok(None);
        };
        let named = self.run.directory.accounts_named(name);
        if let Some(id) = named.first().cloned() {
            if named.len() > 1 {
                let message = "is the name of several accounts; the oldest is taken";
                self.warn(mention, ProblemCode::AmbiguousReference, message);
            }
            let known = self.run.directory.account_name(&id).map(str::to_owned);
            self.note_spelling(mention, &known.unwrap_or_default());
            return Ok(Some(id));
        }
        if !self.creates_missing(ImportKind::Accounts) {
            self.warn(
                mention,
                ProblemCode::UnknownReference,
                "is no known account",
            );
            return Ok(None);
        }
        let draft = AccountDraft::named(name);
        let id = self.create(&draft, |step| {
            let origin = step.origin(None);
            let draft = draft.clone();
            let command = RecordCommand::Create { draft, origin };
            let made = accounts::execute(step.tx, &step.run.context, None, None, &command)?;
            Ok(made.id.into_string())
        })?;
        self.run.directory.add_account(id.clone(), name);
        self.also_created(ImportedRecord::Account);
        Ok(Some(id))
    }

    /// The contact that is mentioned: of that account, else of none, else the only one.
    pub(super) fn contact(
        &mut self,
        mention: &Mention,
        account: Option<&str>,
    ) -> Result<Option<String>> {
        if let Some(id) = self.linked(ImportKind::Contacts, mention)
            && self.run.directory.contact_name(&id).is_some()
        {
            return Ok(Some(id));
        }
        let Some(name) = &mention.name else {
            self.warn(
                mention,
                ProblemCode::UnknownReference,
                "is no known contact",
            );
            return Ok(None);
        };
        let named = self.run.directory.contacts_named(name);
        let here = named.iter().find(|c| c.account.as_deref() == account);
        let free = named.iter().find(|c| c.account.is_none());
        let only = named
            .first()
            .filter(|_| account.is_none() && named.len() == 1);
        if let Some(found) = here.or(free).or(only) {
            let id = found.id.clone();
            let known = self.run.directory.contact_name(&id).map(str::to_owned);
            self.note_spelling(mention, &known.unwrap_or_default());
            return Ok(Some(id));
        }
        if !self.creates_missing(ImportKind::Contacts) {
            self.warn(
                mention,
                ProblemCode::UnknownReference,
                "is no known contact",
            );
            return Ok(None);
        }
        let draft = ContactDraft {
            name: name.clone(),
            account_id: account.map(AccountId::new),
            ..ContactDraft::default()
        };
        let id = self.create(&draft, |step| {
            let origin = step.origin(None);
            let draft = draft.clone();
            let command = RecordCommand::Create { draft, origin };
            let made = contacts::execute(step.tx, &step.run.context, None, None, &command)?;
            Ok(made.id.into_string())
        })?;
        let account = account.map(str::to_owned);
        self.run.directory.add_contact(id.clone(), name, account);
        self.also_created(ImportedRecord::Contact);
        Ok(Some(id))
    }

    /// The product that is mentioned.
    pub(super) fn product(&mut self, mention: &Mention) -> Result<Option<String>> {
        if let Some(id) = self.linked(ImportKind::Products, mention)
            && self.run.directory.product_name(&id).is_some()
        {
            return Ok(Some(id));
        }
        let Some(name) = &mention.name else {
            self.warn(
                mention,
                ProblemCode::UnknownReference,
                "is no known product",
            );
            return Ok(None);
        };
        if let Some((id, known)) = self.run.directory.product_named(name) {
            self.note_spelling(mention, &known);
            return Ok(Some(id));
        }
        if !self.creates_missing(ImportKind::Products) {
            self.warn(
                mention,
                ProblemCode::UnknownReference,
                "is no known product",
            );
            return Ok(None);
        }
        let draft = ProductDraft::named(name.clone());
        let id = self.create(&draft, |step| {
            let origin = step.origin(None);
            let draft = draft.clone();
            let command = RecordCommand::Create { draft, origin };
            let made = products::execute(step.tx, &step.run.context, None, None, &command)?;
            Ok(made.id.into_string())
        })?;
        self.run.directory.add_product(id.clone(), name);
        self.also_created(ImportedRecord::Product);
        Ok(Some(id))
    }

    /// The person who is mentioned, among those whom the importing person leads.
    pub(super) fn who(&mut self, mention: &Mention) -> Who {
        if let Some(id) = self.linked(ImportKind::People, mention)
            && let Some(person) = self.run.directory.person(&id)
        {
            return Who::One(person.clone());
        }
        let Some(name) = &mention.name else {
            return Who::Nobody;
        };
        let found = self.run.directory.people_named(name);
        let active = found.iter().filter(|p| p.active).count();
        let person = match found.first() {
            None => return Who::Nobody,
            Some(_) if active > 1 => return Who::Several,
            Some(person) => (*person).clone(),
        };
        self.note_spelling(mention, &person.name);
        Who::One(person)
    }

    /// An active person who looks after an account or contact; nobody, with a warning, when there is
    /// none of that name.
    pub(super) fn caretaker(&mut self, mention: Option<&Mention>) -> Option<UserId> {
        let mention = mention?;
        match self.who(mention) {
            Who::One(person) if person.active => return Some(UserId::new(person.id)),
            Who::One(_) => self.warn(mention, ProblemCode::UnknownReference, "is not active"),
            Who::Nobody => {
                self.warn(
                    mention,
                    ProblemCode::UnknownReference,
                    "is nobody whom you lead",
                );
            }
            Who::Several => {
                let message = "is the name of several people; none is taken";
                self.warn(mention, ProblemCode::AmbiguousReference, message);
            }
        }
        None
    }

    /// The owner of a deal: who is mentioned, else the default owner of the import; `None`, with an
    /// error, when there is neither.
    pub(super) fn owner(&mut self, mention: Option<&Mention>) -> Result<Option<UserId>> {
        let default = self.run.import.options.default_owner_id.clone();
        let Some(mention) = mention else {
            let place = Place {
                column: Some("owner"),
                ..Place::row(self.row)
            };
            if default.is_some() {
                let message = "is empty; the owner chosen for the import is taken";
                self.problems
                    .warning(ProblemCode::OwnerAssumed, place, message);
            } else {
                let message = "is empty; choose an owner for such deals";
                self.problems.error(ProblemCode::Required, place, message);
            }
            return Ok(default);
        };
        let code = match self.who(mention) {
            Who::One(person) => return Ok(Some(UserId::new(person.id))),
            Who::Several => ProblemCode::AmbiguousReference,
            Who::Nobody => ProblemCode::UnknownReference,
        };
        if code == ProblemCode::UnknownReference
            && self.creates_missing(ImportKind::People)
            && let Some(name) = &mention.name
        {
            let parent = self.run.import.options.parent_department_id.clone();
            let draft = self.person_draft(name, Role::Manager, parent);
            let id = self.add_person(&draft, None)?;
            self.also_created(ImportedRecord::Person);
            return Ok(Some(UserId::new(id)));
        }
        if default.is_some() {
            let message = "is nobody whom you lead; the owner chosen for the import is taken";
            self.warn(mention, ProblemCode::OwnerAssumed, message);
        } else if code == ProblemCode::AmbiguousReference {
            self.fail(mention, code, "is the name of several people");
        } else {
            self.fail(mention, code, "is nobody whom you lead");
        }
        Ok(default)
    }

    /// The form of a new person: language and time zone are those of the importing person.
    pub(super) fn person_draft(
        &self,
        name: &str,
        role: Role,
        department_id: Option<DepartmentId>,
    ) -> UserDraft {
        UserDraft {
            name: name.to_owned(),
            email: None,
            role,
            department_id,
            manager_id: None,
            active: true,
            language: self.run.language,
            time_zone: self.run.context.actor.time_zone.clone(),
            password: None,
        }
    }

    /// Adds a person.
    pub(super) fn add_person(
        &mut self,
        draft: &UserDraft,
        external_id: Option<&String>,
    ) -> Result<String> {
        let id = self.create(draft, |step| {
            let origin = step.origin(external_id);
            let change = UserChange {
                command: RecordCommand::Create {
                    draft: draft.clone(),
                    origin,
                },
                password_hash: None,
            };
            let made = users::execute(step.tx, &step.run.context, None, None, &change)?;
            Ok(made.id.into_string())
        })?;
        self.put_person(&id, draft, false);
        Ok(id)
    }

    /// Changes a person; whether anything changed.
    pub(super) fn edit_person(&mut self, id: &str, draft: &UserDraft) -> Result<bool> {
        let mut changed = true;
        if !is_imagined(id) {
            let id = UserId::new(id);
            let before = users::get(self.tx, &id)?;
            changed = UserDraft::from(&before) != *draft;
            if changed && !self.run.is_dry() {
                let change = UserChange {
                    command: RecordCommand::Edit(draft.clone()),
                    password_hash: None,
                };
                self.write(|tx, context| users::execute(tx, context, Some(&id), None, &change))?;
            }
        }
        self.put_person(id, draft, false);
        Ok(changed)
    }

    fn put_person(&mut self, id: &str, draft: &UserDraft, signs_in: bool) {
        self.run.directory.put_person(Person {
            id: id.to_owned(),
            name: draft.name.clone(),
            email: draft.email.clone(),
            role: draft.role,
            department: draft.department_id.as_ref().map(|d| d.as_str().to_owned()),
            active: draft.active,
            signs_in,
        });
    }
}
