//! What a row does to a deal: it brings a new one with its past, or changes one that an earlier import
//! brought.

use std::sync::Arc;

use chrono::TimeDelta;
use etalon_domain::deal::{
    CloseDeal, Deal, DealCommand, DealDraft, DealStatus, ImportDeal, ImportedVisit, MoveDeal,
    Outcome, Place as Owner, References, Rules, decide,
};
use etalon_domain::id::{DealId, DepartmentId, Ref, UserId};
use etalon_domain::import::ProblemCode;
use etalon_domain::process::Facts;
use etalon_domain::rate::RateTable;
use etalon_domain::time::{Instant, truncate};
use etalon_import::DealRow;
use etalon_import::problems::Place;

use super::step::{Step, Taken, not_after};
use super::words;
use crate::context::Context;
use crate::deals::{
    execute_at, execute_bulk, execute_new, facts, gates, goes_forward, settled_until,
};
use crate::error::Result;

/// How long before its end a deal gets the values that it ends with.
const BEFORE_THE_END: TimeDelta = TimeDelta::milliseconds(1);

/// Brings a new deal with its past; the identifier of the deal.
pub(super) fn create(
    step: &mut Step<'_, '_, '_>,
    row: &DealRow,
    draft: DealDraft,
) -> Result<String> {
    let visits = visits(step, row);
    let command = DealCommand::Import(Box::new(ImportDeal {
        created_at: row.began_at().map(truncate),
        external_id: row.external_id.clone(),
        import_id: step.run.import.id.clone(),
        visits,
        close_reason: row.close_reason.clone(),
        draft: draft.clone(),
    }));
    let references = references(step, &draft);
    if step.run.is_dry() {
        let past = step.run.context.clone();
        check(step, None, &command, &references, &past)?;
    }
    step.create(&draft, |step| {
        let outcome = execute_new(step.tx, &step.run.context, &command, references)?;
        Ok(outcome.deal.id.into_string())
    })
}

/// The stays of a new deal: first stage, the second from the engagement on, the stage of the row, its
/// end. What happened before the present stage and is not known is left out.
fn visits(step: &Step<'_, '_, '_>, row: &DealRow) -> Vec<ImportedVisit> {
    let now = step.run.context.now;
    let stages = &step.run.settings.stages;
    let visit = |stage: &str, at: Instant| ImportedVisit {
        stage: stage.to_owned(),
        at: not_after(truncate(at), now),
    };
    let first = stages.first();
    let began = row.began_at();
    let engaged = row.engaged_at.zip(stages.engaged());
    let mut visits = Vec::with_capacity(3);
    if let (Some(created), Some((engaged, _))) = (row.created_at, engaged)
        && created < engaged
        && row.stage != first
    {
        visits.push(visit(first, created));
    }
    if let Some(closed) = row.closed_at {
        match engaged {
            Some((at, stage)) => visits.push(visit(stage, at)),
            None if visits.is_empty() => visits.push(visit(first, began.unwrap_or(closed))),
            None => {}
        }
        visits.push(visit(&row.stage, closed));
    } else {
        let at = match visits.is_empty() {
            true => began,
            false => row.engaged_at,
        };
        visits.push(visit(&row.stage, at.unwrap_or(now)));
    }
    visits
}

/// The records that a new deal names, from the directory.
fn references(step: &Step<'_, '_, '_>, draft: &DealDraft) -> References {
    let directory = &step.run.directory;
    let named = |id: Option<&str>, name: Option<&str>| {
        id.zip(name).map(|(id, name)| Ref {
            id: id.to_owned(),
            name: name.to_owned(),
        })
    };
    let owner = draft.owner_id.as_ref();
    let person = owner.and_then(|id| directory.person(id.as_str()));
    let account = draft.account_id.as_ref().map(|id| id.as_str());
    let contact = draft.contact_id.as_ref().map(|id| id.as_str());
    let product = draft.product_id.as_ref().map(|id| id.as_str());
    References {
        owner: person.map(|person| Owner {
            user_id: UserId::new(&person.id),
            name: person.name.clone(),
            department: person.department.as_ref().map(|id| {
                let found = directory.departments.iter().find(|d| d.id == *id);
                let name = found.map(|d| d.name.clone()).unwrap_or_default();
                (DepartmentId::new(id), name)
            }),
            active: person.active,
        }),
        account: named(account, account.and_then(|id| directory.account_name(id))),
        contact: named(contact, contact.and_then(|id| directory.contact_name(id))),
        product: named(product, product.and_then(|id| directory.product_name(id))),
        ..References::default()
    }
}

/// Asks the domain what it would say to a command of a dry run; the deal afterwards.
fn check(
    step: &mut Step<'_, '_, '_>,
    current: Option<&Deal>,
    command: &DealCommand,
    references: &References,
    context: &Context,
) -> Result<Deal> {
    let usual = Arc::clone(&step.tx.company.usual_process);
    let (process, known) = match current {
        Some(deal) => {
            let found = crate::process::find(step.tx, &deal.process_version_id)?;
            let facts = match goes_forward(command) && !context.past {
                true => facts::load(step.tx, deal)?,
                false => Facts::default(),
            };
            (found.unwrap_or(usual), facts)
        }
        None => (usual, Facts::default()),
    };
    let directory = &step.run.directory;
    // Departments that exist only in the mind of the dry run are led by whoever would create them.
    let mut actor = step.run.context.actor.clone();
    if let etalon_domain::policy::Reach::Departments { departments } = &mut actor.reach {
        let known = directory
            .departments
            .iter()
            .map(|d| DepartmentId::new(&d.id));
        departments.extend(known);
    }
    let rules = Rules {
        actor: &actor,
        now: step.run.context.now,
        at: step.run.context.now,
        new_id: &DealId::new("new"),
        process: &process,
        gates: gates(context, &known),
        rates: &RateTable::default(),
        base: step.tx.company.base_currency,
    };
    Ok(decide(current, command, references, rules)?.deal)
}

/// Changes a deal to what the row says: its fields, its stage, its end. A closed deal is changed by
/// people only.
pub(super) fn update(
    step: &mut Step<'_, '_, '_>,
    row: &DealRow,
    current: &Deal,
    wanted: DealDraft,
) -> Result<Taken> {
    let before = DealDraft::from(current);
    let draft = merged(row, &before, wanted);
    let stage_moves = row.stage != current.stage;
    if current.status != DealStatus::Open {
        if draft == before && !stage_moves {
            return Ok(Taken::Unchanged);
        }
        let message = "is closed; reopen the deal to change it";
        step.problems
            .error(ProblemCode::Refused, Place::row(step.row), message);
        return Ok(Taken::Failed);
    }
    let references = references(step, &draft);
    let context = of_present(step);
    let mut commands = Vec::new();
    if draft != before {
        commands.push(DealCommand::Edit(draft));
    }
    let mut ended_at = None;
    if let Some(outcome) = outcome_of(step, row) {
        ended_at = ended_at_there(step, row, current)?;
        commands.push(DealCommand::Close(closing(step, row, outcome)));
    } else if stage_moves {
        commands.push(DealCommand::Move(MoveDeal {
            stage: row.stage.clone(),
            reason: None,
            override_reason: None,
        }));
    }
    if commands.is_empty() {
        return Ok(Taken::Unchanged);
    }
    if step.run.is_dry() {
        let mut deal = current.clone();
        for command in &commands {
            deal = check(step, Some(&deal), command, &references, &context)?;
        }
        return Ok(Taken::Updated);
    }
    let id = &current.id;
    for command in &commands {
        match ended_at {
            Some(end) => {
                let is_end = matches!(command, DealCommand::Close(_));
                let at = if is_end { end } else { end - BEFORE_THE_END };
                step.write(|tx, _| execute_at(tx, &context, id, at, command))?;
            }
            None => {
                step.write(|tx, _| execute_bulk(tx, &context, Some(id), command))?;
            }
        }
    }
    Ok(Taken::Updated)
}

/// In what context a deal that is here already is changed: its process goes on, and what it requires is
/// passed only when the import may do that, with the import as reason.
fn of_present(step: &Step<'_, '_, '_>) -> Context {
    let run = &step.run;
    let options = &run.import.options;
    let reason = || words::imported_from(run.language, options.named_source());
    Context {
        past: false,
        passing: options.pass_gates.then(reason),
        ..run.context.clone()
    }
}

/// What the row says over what is there.
fn merged(row: &DealRow, before: &DealDraft, wanted: DealDraft) -> DealDraft {
    let title = match row.title {
        Some(_) => wanted.title,
        None => before.title.clone(),
    };
    // A new owner brings the own department.
    let same_owner = wanted.owner_id == before.owner_id;
    let department_id = before.department_id.clone().filter(|_| same_owner);
    DealDraft {
        title,
        account_id: wanted.account_id.or_else(|| before.account_id.clone()),
        contact_id: wanted.contact_id.or_else(|| before.contact_id.clone()),
        owner_id: wanted.owner_id,
        department_id,
        product_id: wanted.product_id.or_else(|| before.product_id.clone()),
        deal_type: wanted.deal_type.or(before.deal_type),
        category: wanted.category.or(before.category),
        source: wanted.source.or_else(|| before.source.clone()),
        budget: wanted.budget.or(before.budget),
        amount: wanted.amount.or(before.amount),
        probability: wanted.probability.or(before.probability),
        expected_close_on: wanted.expected_close_on.or(before.expected_close_on),
        need: wanted.need.or_else(|| before.need.clone()),
        decision_on: wanted.decision_on.or(before.decision_on),
        ..before.clone()
    }
}

fn outcome_of(step: &Step<'_, '_, '_>, row: &DealRow) -> Option<Outcome> {
    let stage = step.run.settings.stages.stages().get(&row.stage)?;
    let outcomes = Outcome::ALL.iter().copied();
    outcomes.into_iter().find(|o| o.status() == stage.status)
}

fn closing(step: &Step<'_, '_, '_>, row: &DealRow, outcome: Outcome) -> CloseDeal {
    let language = step.run.language;
    let reason = row.close_reason.clone();
    let reason = reason.unwrap_or_else(|| {
        let source = step.run.import.options.named_source();
        words::closed_there(language, source)
    });
    let somebody = || words::rerouted_to_somebody(language).to_owned();
    CloseDeal {
        reason,
        amount: row.amount,
        rerouted_to: (outcome == Outcome::Rerouted).then(somebody),
        ..CloseDeal::new(outcome)
    }
}

/// When the row says that the deal ended. `None`, with a warning, when it does not fit: it lies in the
/// future, or the deal has changed here since.
fn ended_at_there(
    step: &mut Step<'_, '_, '_>,
    row: &DealRow,
    current: &Deal,
) -> Result<Option<Instant>> {
    let now = step.run.context.now;
    let Some(at) = row.closed_at.map(|at| not_after(truncate(at), now)) else {
        return Ok(None);
    };
    let settled = settled_until(step.tx, &current.id)?;
    if at <= now && settled.is_none_or(|settled| at - BEFORE_THE_END > settled) {
        return Ok(Some(at));
    }
    let day = at.date_naive().to_string();
    let place = Place {
        column: Some("closed_at"),
        value: Some(&day),
        ..Place::row(step.row)
    };
    let message = "is in the future or before the deal last changed here; it ends now";
    step.problems
        .warning(ProblemCode::OutOfRange, place, message);
    Ok(None)
}
