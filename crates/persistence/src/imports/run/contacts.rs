//! Contacts.

use etalon_domain::contact::ContactDraft;
use etalon_domain::error::{Error as DomainError, ErrorCode};
use etalon_domain::id::{AccountId, ContactId, UserId};
use etalon_domain::import::{ImportFile, ImportKind, ImportProblem, ProblemCode};
use etalon_domain::record::RecordCommand;
use etalon_domain::text::normalize_name;
use etalon_import::problems::Place;
use etalon_import::{ContactRow, Table};

use super::step::{Step, Taken, is_imagined};
use super::{Run, batch};
use crate::contacts;
use crate::error::{Error, Result};
use crate::imports::links::{fingerprint, id_key};

const KIND: ImportKind = ImportKind::Contacts;

/// Takes the contacts of a file.
pub(super) fn import(
    run: &mut Run<'_>,
    file: &ImportFile,
    table: &Table,
) -> Result<Vec<ImportProblem>> {
    let parsed = etalon_import::contacts(table, &file.columns, &run.settings);
    batch::rows(run, file, parsed, contact)
}

fn contact(step: &mut Step<'_, '_, '_>, row: &ContactRow) -> Result<Taken> {
    let account = match &row.account {
        Some(mention) => step.account(mention)?,
        None => None,
    };
    let owner = step.caretaker(row.owner.as_ref());
    let plain = ContactDraft::default();
    let draft = form(row, &plain, account.as_deref(), owner);
    let key = match &row.external_id {
        Some(id) => id_key(id),
        None => {
            let company = account.as_deref().unwrap_or_default();
            format!("={} @ {company}", normalize_name(&row.name))
        }
    };
    let print = fingerprint(&draft)?;
    let known = match step.link(KIND, &key, &print) {
        Some((_, true)) => return Ok(Taken::Unchanged),
        Some((id, false)) => Some(id),
        None => same_contact(step, row, account.as_deref()),
    };
    let Some(id) = known else {
        let origin = step.origin_since(row.external_id.as_ref(), row.created_at);
        let id = step.create(&draft, |step| {
            let draft = draft.clone();
            let command = RecordCommand::Create { draft, origin };
            let made = contacts::execute(step.tx, &step.run.context, None, None, &command)?;
            Ok(made.id.into_string())
        })?;
        step.run
            .directory
            .add_contact(id.clone(), &row.name, account);
        step.remember(KIND, key, &id, print);
        return Ok(Taken::Created);
    };
    let changed = match merge(step, &id, row, &draft) {
        Err(Error::Domain(DomainError::Refused(ErrorCode::NotFound))) => {
            let place = Place {
                value: Some(&row.name),
                ..Place::row(step.row)
            };
            let message = "is in the bin and is left there";
            step.problems.warning(ProblemCode::InBin, place, message);
            return Ok(Taken::Unchanged);
        }
        result => result?,
    };
    step.remember(KIND, key, &id, print);
    Ok(if changed {
        Taken::Updated
    } else {
        Taken::Unchanged
    })
}

/// A contact of that name at that account that no other row of the source stands for.
fn same_contact(
    step: &Step<'_, '_, '_>,
    row: &ContactRow,
    account: Option<&str>,
) -> Option<String> {
    let named = step.run.directory.contacts_named(&row.name).iter();
    let here = named.filter(|contact| contact.account.as_deref() == account);
    let other = |id: &str| row.external_id.is_some() && step.run.links.is_identified(KIND, id);
    let mut free = here.filter(|contact| !other(&contact.id));
    free.next().map(|contact| contact.id.clone())
}

/// Writes what the row says over what is there.
fn merge(
    step: &mut Step<'_, '_, '_>,
    id: &str,
    row: &ContactRow,
    wanted: &ContactDraft,
) -> Result<bool> {
    if is_imagined(id) {
        return Ok(false);
    }
    let id = ContactId::new(id);
    let before = ContactDraft::from(&contacts::get(step.tx, &id)?);
    step.warn_of_renaming(&before.name, &row.name);
    let account = wanted.account_id.as_ref().map(|id| id.as_str());
    let draft = form(row, &before, account, wanted.owner_id.clone());
    let changed = draft != before;
    if changed && !step.run.is_dry() {
        let command = RecordCommand::Edit(draft);
        step.write(|tx, context| contacts::execute(tx, context, Some(&id), None, &command))?;
    }
    Ok(changed)
}

/// The form of a contact: what the row says, else what was there before.
fn form(
    row: &ContactRow,
    before: &ContactDraft,
    account: Option<&str>,
    owner_id: Option<UserId>,
) -> ContactDraft {
    let text = |new: &Option<String>, old: &Option<String>| new.clone().or_else(|| old.clone());
    ContactDraft {
        name: row.name.clone(),
        account_id: account
            .map(AccountId::new)
            .or_else(|| before.account_id.clone()),
        position: text(&row.position, &before.position),
        email: text(&row.email, &before.email),
        phone: text(&row.phone, &before.phone),
        owner_id: owner_id.or_else(|| before.owner_id.clone()),
        description: text(&row.description, &before.description),
    }
}
