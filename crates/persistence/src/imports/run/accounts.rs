//! Accounts.

use etalon_domain::account::{AccountDraft, AccountKind};
use etalon_domain::error::{Error as DomainError, ErrorCode};
use etalon_domain::id::{AccountId, UserId};
use etalon_domain::import::{ImportFile, ImportKind, ImportProblem, ProblemCode};
use etalon_domain::record::RecordCommand;
use etalon_domain::text::normalize_name;
use etalon_import::problems::Place;
use etalon_import::{AccountRow, Mention, Table};

use super::order::{Mentioned, mentioned_first};
use super::step::{Step, Taken, is_imagined};
use super::{Run, batch};
use crate::accounts;
use crate::error::{Error, Result};
use crate::imports::links::{fingerprint, id_key};

const KIND: ImportKind = ImportKind::Accounts;

impl Mentioned for AccountRow {
    fn external_id(&self) -> Option<&str> {
        self.external_id.as_deref()
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn above(&self) -> Option<&Mention> {
        self.parent.as_ref()
    }
}

/// Takes the accounts of a file, companies before those that belong to them.
pub(super) fn import(
    run: &mut Run<'_>,
    file: &ImportFile,
    table: &Table,
) -> Result<Vec<ImportProblem>> {
    let mut parsed = etalon_import::accounts(table, &file.columns, &run.settings);
    parsed.rows = mentioned_first(parsed.rows);
    batch::rows(run, file, parsed, account)
}

fn account(step: &mut Step<'_, '_, '_>, row: &AccountRow) -> Result<Taken> {
    let parent = match &row.parent {
        Some(mention) if is_itself(row, mention) => None,
        Some(mention) => step.account(mention)?.map(AccountId::new),
        None => None,
    };
    let owner = step.caretaker(row.owner.as_ref());
    let draft = form(row, None, parent, owner);
    let key = match &row.external_id {
        Some(id) => id_key(id),
        None => format!("={}", normalize_name(&row.name)),
    };
    let print = fingerprint(&draft)?;
    let known = match step.link(KIND, &key, &print) {
        Some((_, true)) => return Ok(Taken::Unchanged),
        Some((id, false)) => Some(id),
        None => same_account(step, row),
    };
    let Some(id) = known else {
        let origin = step.origin_since(row.external_id.as_ref(), row.created_at);
        let id = step.create(&draft, |step| {
            let draft = draft.clone();
            let command = RecordCommand::Create { draft, origin };
            let made = accounts::execute(step.tx, &step.run.context, None, None, &command)?;
            Ok(made.id.into_string())
        })?;
        step.run.directory.add_account(id.clone(), &row.name);
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

fn is_itself(row: &AccountRow, mention: &Mention) -> bool {
    let same_id = mention.external_id.is_some() && mention.external_id == row.external_id;
    let name = mention.name.as_deref().map(normalize_name);
    same_id || name == Some(normalize_name(&row.name))
}

/// An account of that name that no other row of the source stands for.
fn same_account(step: &Step<'_, '_, '_>, row: &AccountRow) -> Option<String> {
    let named = step.run.directory.accounts_named(&row.name).iter();
    let other = |id: &str| row.external_id.is_some() && step.run.links.is_identified(KIND, id);
    let mut free = named.filter(|id| !other(id));
    free.next().cloned()
}

/// Writes what the row says over what is there.
fn merge(
    step: &mut Step<'_, '_, '_>,
    id: &str,
    row: &AccountRow,
    wanted: &AccountDraft,
) -> Result<bool> {
    if is_imagined(id) {
        return Ok(false);
    }
    let id = AccountId::new(id);
    let before = AccountDraft::from(&accounts::get(step.tx, &step.run.context.actor, &id)?);
    step.warn_of_renaming(&before.name, &row.name);
    let parent = wanted.parent_id.clone().filter(|parent| *parent != id);
    let draft = form(row, Some(&before), parent, wanted.owner_id.clone());
    let changed = draft != before;
    if changed && !step.run.is_dry() {
        let command = RecordCommand::Edit(draft);
        step.write(|tx, context| accounts::execute(tx, context, Some(&id), None, &command))?;
    }
    Ok(changed)
}

/// The form of an account: what the row says, else what was there before.
fn form(
    row: &AccountRow,
    before: Option<&AccountDraft>,
    parent_id: Option<AccountId>,
    owner_id: Option<UserId>,
) -> AccountDraft {
    let plain = AccountDraft::named(&row.name);
    let b = before.unwrap_or(&plain);
    let text = |new: &Option<String>, old: &Option<String>| new.clone().or_else(|| old.clone());
    let year = row
        .founded_year
        .map(|year| i32::try_from(year).unwrap_or(i32::MAX));
    let kind = if before.is_some() {
        b.kind
    } else {
        AccountKind::Customer
    };
    AccountDraft {
        name: row.name.clone(),
        kind: row.kind.unwrap_or(kind),
        tax_number: text(&row.tax_number, &b.tax_number),
        industry: text(&row.industry, &b.industry),
        website: text(&row.website, &b.website),
        phone: text(&row.phone, &b.phone),
        email: text(&row.email, &b.email),
        country: text(&row.country, &b.country),
        city: text(&row.city, &b.city),
        address: text(&row.address, &b.address),
        employees: row.employees.or(b.employees),
        annual_revenue: row.annual_revenue.or(b.annual_revenue),
        founded_year: year.or(b.founded_year),
        parent_id: parent_id.or_else(|| b.parent_id.clone()),
        owner_id: owner_id.or_else(|| b.owner_id.clone()),
        description: text(&row.description, &b.description),
    }
}
