//! Leads. What a file says of budget, need and timing counts as claimed.

use std::collections::HashMap;

use etalon_domain::deal::Need;
use etalon_domain::id::AccountId;
use etalon_domain::import::{ImportFile, ImportKind, ImportProblem, ProblemCode};
use etalon_domain::lead::{
    BantChange, BantItem, BantState, BudgetInput, Lead, LeadCommand, LeadDraft, LeadOrigin,
    LeadStatus, NeedInput, TimingInput,
};
use etalon_domain::policy::{Access, lead_access};
use etalon_domain::text::{normalize_name, phone_key};
use etalon_import::problems::Place;
use etalon_import::rows::Row;
use etalon_import::{LeadRow, Mention, Table};

use super::step::{Step, Taken, is_imagined};
use super::{Run, batch};
use crate::error::Result;
use crate::imports::links::{fingerprint, id_key};
use crate::leads;

const KIND: ImportKind = ImportKind::Leads;
/// Longest title, in characters.
const TITLE: usize = 200;

/// Takes the leads of a file.
pub(super) fn import(
    run: &mut Run<'_>,
    file: &ImportFile,
    table: &Table,
) -> Result<Vec<ImportProblem>> {
    let parsed = etalon_import::leads(table, &file.columns, &run.settings);
    let keys = keys(&parsed.rows)?;
    batch::rows(run, file, parsed, |step, row| {
        let key = keys.get(&row.number()).cloned().unwrap_or_default();
        lead(step, row, key)
    })
}

/// What makes a row the same lead in another run: its identifier, else who it is and what they want,
/// counted when several rows share it.
fn keys(rows: &[LeadRow]) -> Result<HashMap<u32, String>> {
    let mut seen: HashMap<String, u32> = HashMap::new();
    let mut keys = HashMap::with_capacity(rows.len());
    for row in rows {
        let key = match &row.external_id {
            Some(id) => id_key(id),
            None => {
                let base = fingerprint(&(
                    row.title.as_deref().map(normalize_name),
                    row.account.as_ref().map(|m| normalize_name(m.text())),
                    row.person.as_deref().map(normalize_name),
                    row.email.as_deref().map(str::to_lowercase),
                    row.phone.as_deref().and_then(phone_key),
                ))?;
                let count = seen.entry(base.clone()).or_default();
                *count += 1;
                format!("~{base}.{count}")
            }
        };
        keys.insert(row.row, key);
    }
    Ok(keys)
}

fn lead(step: &mut Step<'_, '_, '_>, row: &LeadRow, key: String) -> Result<Taken> {
    let account = row.account.as_ref().and_then(|m| step.known_account(m));
    let Some(owner) = step.owner(row.owner.as_ref())? else {
        return Ok(Taken::Failed);
    };
    let draft = LeadDraft {
        title: row
            .title()
            .unwrap_or_default()
            .chars()
            .take(TITLE)
            .collect(),
        company_name: row.account.as_ref().and_then(|m| m.name.clone()),
        account_id: account.map(AccountId::new),
        person_name: row.person.clone(),
        email: row.email.clone(),
        phone: row.phone.clone(),
        tax_number: row.tax_number.clone(),
        message: row.message.clone(),
        source: row.source.clone(),
        owner_id: Some(owner),
        ..LeadDraft::default()
    };
    let print = fingerprint(&(
        &draft,
        row.budget,
        (&row.need, row.decision_on),
        row.created_at,
    ))?;
    let Some((id, same)) = step.link(KIND, &key, &print) else {
        let id = create(step, row, &draft)?;
        step.remember(KIND, key, &id, print);
        return Ok(Taken::Created);
    };
    if same || is_imagined(&id) {
        return Ok(Taken::Unchanged);
    }
    let Some(current) = current(step, &id)? else {
        return Ok(Taken::Failed);
    };
    if let Some(message) = is_over(&current) {
        step.problems
            .warning(ProblemCode::InBin, Place::row(step.row), message);
        return Ok(Taken::Unchanged);
    }
    let taken = update(step, row, &current, draft)?;
    step.remember(KIND, key, &id, print);
    Ok(taken)
}

fn create(step: &mut Step<'_, '_, '_>, row: &LeadRow, draft: &LeadDraft) -> Result<String> {
    let origin = step.origin_since(row.external_id.as_ref(), row.created_at);
    let changes = claims(row);
    step.create(draft, |step| {
        let command = LeadCommand::Create {
            draft: draft.clone(),
            origin: origin.map(LeadOrigin::Import),
        };
        let context = &step.run.context;
        let mut made = leads::execute(step.tx, context, None, None, &command)?;
        for change in changes {
            let command = LeadCommand::Answer(change);
            made = leads::execute(step.tx, context, Some(&made.id), None, &command)?;
        }
        Ok(made.id.into_string())
    })
}

/// What the row says of the four questions.
fn claims(row: &LeadRow) -> Vec<BantChange> {
    let state = BantState::Claimed;
    let budget = row.budget.filter(|budget| budget.minor > 0).map(|value| {
        BantChange::Budget(BudgetInput {
            state,
            value: Some(value),
        })
    });
    let need = row.need.clone().map(|text| {
        BantChange::Need(NeedInput {
            state,
            value: Some(Need { kind: None, text }),
        })
    });
    let timing = row.decision_on.map(|day| {
        BantChange::Timing(TimingInput {
            state,
            value: Some(day),
        })
    });
    [budget, need, timing].into_iter().flatten().collect()
}

/// The lead that an earlier import made of the row; `None`, with an error, when the importing person
/// may not change it.
fn current(step: &mut Step<'_, '_, '_>, id: &str) -> Result<Option<Lead>> {
    let found = leads::load(step.tx, &id.to_owned().into())?;
    let actor = &step.run.context.actor;
    let writable = found.filter(|lead| lead_access(actor, lead) == Access::Write);
    if writable.is_none() {
        let message = "is a lead that you may not change any more";
        step.problems
            .error(ProblemCode::NotAllowed, Place::row(step.row), message);
    }
    Ok(writable)
}

/// Why a lead is left as it is.
fn is_over(lead: &Lead) -> Option<&'static str> {
    if lead.deleted_at.is_some() {
        return Some("is in the bin and is left there");
    }
    match lead.status {
        LeadStatus::Qualified => Some("became a deal already and is left as it is"),
        LeadStatus::Disqualified => Some("is disqualified and is left as it is"),
        LeadStatus::New | LeadStatus::Qualifying | LeadStatus::Nurturing => None,
    }
}

/// Writes what the row says over what is there. What somebody has confirmed stays.
fn update(
    step: &mut Step<'_, '_, '_>,
    row: &LeadRow,
    current: &Lead,
    wanted: LeadDraft,
) -> Result<Taken> {
    let before = LeadDraft::from(current);
    let text = |new: Option<String>, old: &Option<String>| new.or_else(|| old.clone());
    let draft = LeadDraft {
        title: wanted.title,
        company_name: text(wanted.company_name, &before.company_name),
        account_id: wanted.account_id.or_else(|| before.account_id.clone()),
        person_name: text(wanted.person_name, &before.person_name),
        contact_id: before.contact_id.clone(),
        email: text(wanted.email, &before.email),
        phone: text(wanted.phone, &before.phone),
        tax_number: text(wanted.tax_number, &before.tax_number),
        message: text(wanted.message, &before.message),
        source: text(wanted.source, &before.source),
        department_id: before
            .department_id
            .clone()
            .filter(|_| wanted.owner_id == before.owner_id),
        owner_id: wanted.owner_id,
    };
    let confirmed = |item: BantItem| current.bant.state(item) == BantState::Confirmed;
    let mut commands: Vec<LeadCommand> = claims(row)
        .into_iter()
        .filter(|change| !confirmed(change.item()))
        .map(LeadCommand::Answer)
        .collect();
    if draft != before {
        commands.insert(0, LeadCommand::Edit(draft));
    }
    if step.run.is_dry() {
        return Ok(Taken::Updated);
    }
    let mut version = current.version;
    for command in &commands {
        let id = current.id.clone();
        let lead = step
            .write(|tx, context| leads::execute(tx, context, Some(&id), Some(version), command))?;
        version = lead.version;
    }
    Ok(if version == current.version {
        Taken::Unchanged
    } else {
        Taken::Updated
    })
}

impl Step<'_, '_, '_> {
    /// The account that is mentioned, when it is there already: a lead does not make one.
    fn known_account(&self, mention: &Mention) -> Option<String> {
        if let Some(id) = self.linked(ImportKind::Accounts, mention)
            && self.run.directory.account_name(&id).is_some()
        {
            return Some(id);
        }
        let named = self.run.directory.accounts_named(mention.name.as_ref()?);
        match named {
            [only] => Some(only.clone()).filter(|id| !is_imagined(id)),
            _ => None,
        }
    }
}
