use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use etalon_domain::deal::Outcome::Won;
use etalon_domain::deal::{
    Deal, DealCommand, Decision, Gates, LastMove, References, Rules, UndoMove, decide,
};
use etalon_domain::error::{Error as DomainError, ErrorCode, FieldError};
use etalon_domain::event::{EventKind, TimelineFilter, Via};
use etalon_domain::id::{DealId, UserId};
use etalon_domain::page::Any;
use etalon_domain::policy::{Access, deal_access};
use etalon_domain::process::{Facts, Published};
use etalon_domain::rate::RateTable;
use etalon_domain::time::{Instant, from_naive, to_naive};

use super::consequences::{self, Reach};
use super::references;
use super::row::Values;
use crate::connection::Tx;
use crate::context::{Context, new_id};
use crate::error::Result;
use crate::process;
use crate::schema::{deal_touches, deal_versions, deals};
use crate::timeline::{self, Entity, Entry};
use crate::zone::{offset_at, zone};

/// What a command did.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The deal afterwards, as it is stored.
    pub deal: Deal,
    /// Whether anything changed.
    pub changed: bool,
}

/// Carries out a command on a deal: the only function that writes one.
///
/// In the caller's transaction it loads the deal, lets the domain decide (permission, state, fields),
/// writes the row if its version is still the one that was read, and adds the history and the stay
/// in its stage. `expected_version` refuses the command when somebody changed the deal in between.
///
/// # Errors
/// `not_found`, `forbidden`, `stale_version`, a conflict with the state, invalid fields, or that the
/// database failed. The caller's transaction must then be rolled back.
pub fn execute(
    tx: &mut Tx<'_>,
    context: &Context,
    id: Option<&DealId>,
    expected_version: Option<i64>,
    command: &DealCommand,
) -> Result<Outcome> {
    let outcome = apply(tx, context, id, expected_version, command, None, None)?;
    // What the reader gets is what is stored, with names and derived values.
    let deal = super::load(tx, &context.actor, &outcome.deal.id, context.now)?
        .ok_or(ErrorCode::Internal)?;
    Ok(Outcome { deal, ..outcome })
}

/// Like [`execute`], for many commands in a row: the deal is not read again afterwards, so its number,
/// names and derived values may be missing in the outcome.
///
/// # Errors
/// As [`execute`].
pub fn execute_bulk(
    tx: &mut Tx<'_>,
    context: &Context,
    id: Option<&DealId>,
    command: &DealCommand,
) -> Result<Outcome> {
    apply(tx, context, id, None, command, None, None)
}

/// Like [`execute_bulk`], for a change that another system knew before: it happens at `at`, which must
/// lie after [`settled_until`], and is recorded now.
///
/// # Errors
/// As [`execute`].
pub(crate) fn execute_at(
    tx: &mut Tx<'_>,
    context: &Context,
    id: &DealId,
    at: Instant,
    command: &DealCommand,
) -> Result<Outcome> {
    apply(tx, context, Some(id), None, command, None, Some(at))
}

/// When the present values of a deal that the reports read began: its history says what was before.
///
/// # Errors
/// When the database cannot be read.
pub(crate) fn settled_until(tx: &mut Tx<'_>, id: &DealId) -> Result<Option<Instant>> {
    let began: Option<NaiveDateTime> = deal_versions::table
        .filter(deal_versions::deal_id.eq(id.as_str()))
        .filter(deal_versions::valid_to.is_null())
        .select(deal_versions::valid_from)
        .first(tx.conn)
        .optional()?;
    Ok(began.map(from_naive))
}

/// Like [`execute_bulk`], for a new deal whose references the caller has just looked up for many.
///
/// # Errors
/// As [`execute`].
pub(crate) fn execute_new(
    tx: &mut Tx<'_>,
    context: &Context,
    command: &DealCommand,
    references: References,
) -> Result<Outcome> {
    apply(tx, context, None, None, command, Some(references), None)
}

/// Puts a deal back into a stage in which it was directly before; any other stage is a move like any
/// other.
///
/// # Errors
/// As [`execute`].
pub fn undo_move(
    tx: &mut Tx<'_>,
    context: &Context,
    id: &DealId,
    stage: String,
    override_reason: Option<String>,
) -> Result<Outcome> {
    let last = last_move(tx, id)?;
    let command = DealCommand::Undo(UndoMove {
        stage,
        override_reason,
        last,
    });
    apply(tx, context, Some(id), None, &command, None, None)
}

fn last_move(tx: &mut Tx<'_>, id: &DealId) -> Result<Option<LastMove>> {
    let filter = TimelineFilter {
        kind: Any(vec![EventKind::StageAdvanced, EventKind::StageReturned]),
        limit: Some(1),
        ..TimelineFilter::default()
    };
    let page = timeline::list(tx, Entity::Deal, id.as_str(), &filter)?;
    Ok(page.items.into_iter().next().and_then(|entry| {
        let mut changes = entry.changes.iter();
        let change = changes.find(|change| change.field == "stage")?;
        Some(LastMove {
            at: entry.at,
            by: entry.actor.map(|person| UserId::new(person.id)),
            from: change.from.as_str()?.to_owned(),
            to: change.to.as_str()?.to_owned(),
        })
    }))
}

/// Notes that something was done in a deal: an activity, a message, a post or a file. It shows in
/// [`Deal::last_touch_at`] and is no change of the deal itself; the caller writes the history. `now` is
/// when it was told, so that a report as of an earlier day does not know it.
///
/// # Errors
/// When the database cannot be written.
pub fn touch(tx: &mut Tx<'_>, id: &DealId, at: Instant, now: Instant) -> Result<()> {
    let at = to_naive(at);
    let earlier = deals::table.filter(deals::id.eq(id.as_str())).filter(
        deals::last_touch_at
            .is_null()
            .or(deals::last_touch_at.lt(at).assume_not_null()),
    );
    diesel::update(earlier)
        .set(deals::last_touch_at.eq(at))
        .execute(tx.conn)?;
    let known = deal_touches::table
        .filter(deal_touches::deal_id.eq(id.as_str()))
        .filter(deal_touches::touched_at.eq(at));
    let is_known: bool = diesel::select(diesel::dsl::exists(known)).get_result(tx.conn)?;
    if !is_known {
        diesel::insert_into(deal_touches::table)
            .values((
                deal_touches::deal_id.eq(id.as_str()),
                deal_touches::touched_at.eq(at),
                deal_touches::recorded_at.eq(to_naive(now)),
            ))
            .execute(tx.conn)?;
    }
    Ok(())
}

fn apply(
    tx: &mut Tx<'_>,
    context: &Context,
    id: Option<&DealId>,
    expected_version: Option<i64>,
    command: &DealCommand,
    known: Option<References>,
    at: Option<Instant>,
) -> Result<Outcome> {
    let current = match id {
        Some(id) => super::load(tx, &context.actor, id, context.now)?,
        None => None,
    };
    if let Some(deal) = &current {
        refuse_stale(context, deal, expected_version)?;
    }
    let references = match known {
        Some(references) => references,
        None => references::find(tx, context, current.as_ref(), command)?,
    };
    let valued_on = match at {
        Some(at) => at.date_naive(),
        None => crate::rates::newest_day(context.now),
    };
    let rates = rates_for(tx, valued_on, current.as_ref(), command)?;
    let fresh = DealId::new(new_id());
    let now = moment(context.now, current.as_ref());
    let process = process_of(tx, current.as_ref(), command)?;
    let facts = match &current {
        Some(deal) if !context.past && goes_forward(command) => super::facts::load(tx, deal)?,
        _ => Facts::default(),
    };
    let gates = gates(context, &facts);
    let rules = Rules {
        actor: &context.actor,
        now,
        at: at.unwrap_or(now),
        new_id: &fresh,
        process: &process,
        gates,
        rates: &rates,
        base: tx.company.base_currency,
    };
    let decision = decide(current.as_ref(), command, &references, rules)?;
    let changed = !decision.entries.is_empty();
    let deal = if changed {
        let followed = match references.process {
            Some(followed) => Arc::new(followed),
            None => process,
        };
        let deal = store(tx, context, current.as_ref(), decision, &followed)?;
        let reach = match command {
            _ if context.past => Reach::Facts,
            DealCommand::Import(_) => Reach::Facts,
            _ if context.via == Via::Import => Reach::Plans,
            _ => Reach::People,
        };
        let change = consequences::Change {
            before: current.as_ref(),
            after: &deal,
            process: &followed,
        };
        consequences::follow(tx, context, change, reach)?;
        deal
    } else {
        decision.deal
    };
    Ok(Outcome { deal, changed })
}

/// Whether the requirements of the process hold a deal up in a context.
pub(crate) fn gates<'a>(context: &'a Context, facts: &'a Facts) -> Gates<'a> {
    let offset = offset_at(context.now, zone(&context.actor.time_zone));
    match &context.passing {
        _ if context.past => Gates::Past,
        Some(reason) => Gates::Passed {
            facts,
            offset,
            reason,
        },
        None => Gates::Enforced { facts, offset },
    }
}

/// The version of a process by which a command on a deal is decided.
fn process_of(
    tx: &mut Tx<'_>,
    current: Option<&Deal>,
    command: &DealCommand,
) -> Result<Arc<Published>> {
    let found = match (current, command) {
        (Some(deal), _) => process::find(tx, &deal.process_version_id)?,
        (None, DealCommand::Create(draft) | DealCommand::Convert(draft)) => {
            let chosen = draft.process_id.as_ref();
            let found = process::for_new_deal(tx, chosen)?;
            if found.is_none() && chosen.is_some() {
                return Err(DomainError::Invalid(vec![FieldError::unknown("process_id")]).into());
            }
            found
        }
        // Of an import in progress all deals follow the same version.
        (None, _) => Some(Arc::clone(&tx.company.usual_process)),
    };
    found.ok_or_else(|| ErrorCode::Internal.into())
}

/// Whether the requirements of the process may hold a command up.
pub(crate) fn goes_forward(command: &DealCommand) -> bool {
    match command {
        DealCommand::Move(_) => true,
        DealCommand::Close(close) => close.outcome == Won,
        DealCommand::Reopen(reopen) => reopen.stage.is_some(),
        DealCommand::Follow(to) => to.stage.is_some(),
        DealCommand::Undo(_) => true,
        _ => false,
    }
}

/// The instant of a change: later than whatever the deal has seen, should a clock go back.
fn moment(now: Instant, current: Option<&Deal>) -> Instant {
    match current {
        Some(deal) if deal.updated_at >= now => deal.updated_at + chrono::Duration::milliseconds(1),
        _ => now,
    }
}

fn refuse_stale(context: &Context, deal: &Deal, expected: Option<i64>) -> Result<()> {
    let visible = deal_access(&context.actor, deal) != Access::None;
    if visible && expected.is_some_and(|version| version != deal.version) {
        return Err(ErrorCode::StaleVersion.into());
    }
    Ok(())
}

/// The rates that value the deal: of the day of the change, or of the day on which an imported deal was
/// closed. Deals in the base currency need none.
fn rates_for(
    tx: &mut Tx<'_>,
    mut on: NaiveDate,
    current: Option<&Deal>,
    command: &DealCommand,
) -> Result<RateTable> {
    let mut amount = current.and_then(|deal| deal.amount);
    match command {
        DealCommand::Create(draft) | DealCommand::Convert(draft) | DealCommand::Edit(draft) => {
            amount = draft.amount.or(amount);
        }
        DealCommand::Close(close) => amount = close.amount.or(amount),
        DealCommand::Import(import) => {
            amount = import.draft.amount;
            if let Some(last) = import.visits.last()
                && tx
                    .company
                    .stages
                    .get(&last.stage)
                    .is_some_and(|s| !s.is_open())
            {
                on = last.at.date_naive();
            }
        }
        _ => {}
    }
    match amount {
        Some(money) if money.currency != tx.company.base_currency => {
            crate::rates::table_on(tx, on, &[money.currency, tx.company.base_currency])
        }
        _ => Ok(RateTable::default()),
    }
}

/// Writes what was decided: the row, the stays, the history.
fn store(
    tx: &mut Tx<'_>,
    context: &Context,
    current: Option<&Deal>,
    decision: Decision,
    process: &Published,
) -> Result<Deal> {
    let Decision {
        deal,
        entries,
        versions,
    } = decision;
    let values = Values::of(&deal);
    match current {
        None => {
            diesel::insert_into(deals::table)
                .values(&values)
                .execute(tx.conn)?;
        }
        Some(before) => {
            let row = deals::table
                .filter(deals::id.eq(before.id.as_str()))
                .filter(deals::version.eq(before.version));
            if diesel::update(row).set(&values).execute(tx.conn)? == 0 {
                return Err(ErrorCode::StaleVersion.into());
            }
        }
    }
    super::versions::begin(tx, current, &deal, &versions, process)?;
    for entry in &entries {
        let entry = Entry {
            at: entry.at,
            kind: entry.kind,
            changes: &entry.changes,
            reason: entry.reason.as_deref(),
        };
        timeline::append(tx.conn, context, Entity::Deal, deal.id.as_str(), &entry)?;
    }
    Ok(deal)
}
