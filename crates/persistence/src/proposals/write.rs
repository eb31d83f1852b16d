//! The only way to change a proposal.

use diesel::prelude::*;
use etalon_domain::deal::{Deal, DecidedEntry};
use etalon_domain::error::ErrorCode;
use etalon_domain::event::{EventKind, FieldChange};
use etalon_domain::id::{ContactId, DealId, ProposalId, Ref};
use etalon_domain::process::Bilingual;
use etalon_domain::proposal::{
    Proposal, ProposalCommand, ProposalDecision, ProposalDraft, ProposalReferences, ProposalRules,
    ProposalStatus, VisaEffect, decide, format_number, superseded,
};
use etalon_domain::rate::RateTable;
use etalon_domain::visa::VisaDocument;
use serde_json::{Value, json};

use super::row::{LineValues, Row, Values, joined};
use super::{assemble, load};
use crate::connection::Tx;
use crate::context::{Context, new_id};
use crate::deals::{self, references};
use crate::error::{Error, Result, is_unique_violation};
use crate::record::refuse_stale;
use crate::schema::{proposal_lines, proposal_numbers, proposals};
use crate::timeline::{self, Entity, Entry};
use crate::visas::{self, VisaRequest};
use crate::zone::{day_at, zone};
use crate::{products, rates};

/// Writes a new proposal of a deal.
///
/// # Errors
/// What [`decide`] refuses, or that the database failed.
pub fn create(
    tx: &mut Tx<'_>,
    context: &Context,
    deal_id: &DealId,
    draft: ProposalDraft,
) -> Result<Proposal> {
    let deal = deals::get(tx, &context.actor, deal_id, context.now)?;
    carry_out(tx, context, &deal, None, &ProposalCommand::Create(draft))
}

/// Carries out a command on a version of a proposal. What it refuses may have written already, so the
/// caller's transaction must then be rolled back.
///
/// # Errors
/// What [`decide`] refuses, `stale_version`, or that the database failed.
pub fn execute(
    tx: &mut Tx<'_>,
    context: &Context,
    id: &ProposalId,
    expected_version: Option<i64>,
    command: &ProposalCommand,
) -> Result<Proposal> {
    let (current, deal) = load(tx, &context.actor, id, context.now)?;
    refuse_stale(current.version, expected_version)?;
    carry_out(tx, context, &deal, Some(&current), command)
}

fn carry_out(
    tx: &mut Tx<'_>,
    context: &Context,
    deal: &Deal,
    current: Option<&Proposal>,
    command: &ProposalCommand,
) -> Result<Proposal> {
    let references = named(tx, deal, current, command)?;
    let rates = rates_for(tx, context, deal, current, command)?;
    let hash = current.map_or_else(String::new, |p| visas::hash(&p.canonical()));
    let fresh = ProposalId::new(new_id());
    let rules = ProposalRules {
        actor: &context.actor,
        deal,
        now: context.now,
        today: day_at(context.now, zone(&context.actor.time_zone)),
        new_id: &fresh,
        next_revision: next_revision(tx, current)?,
        hash: &hash,
        rates: &rates,
        base: tx.company.base_currency,
    };
    let decision = decide(current, command, &references, rules)?;
    let (id, is_removed) = (
        decision.proposal.id.clone(),
        decision.proposal.deleted_at.is_some(),
    );
    if decision.entries.is_empty() || is_removed {
        let proposal = decision.proposal.clone();
        if is_removed {
            store(tx, context, current, decision)?;
        }
        return Ok(proposal);
    }
    let supersedes = decision.supersedes;
    let (visa, proposal) = (
        decision.visa.clone(),
        store(tx, context, current, decision)?,
    );
    if let Some(effect) = visa {
        settle_visa(tx, context, &proposal, &hash, &effect)?;
    }
    if supersedes {
        for earlier in sent_before(tx, context, deal, &proposal)? {
            store(tx, context, Some(&earlier), superseded(&earlier, rules))?;
        }
    }
    // What the reader gets is what is stored, with names and what may be done next.
    load(tx, &context.actor, &id, context.now).map(|(proposal, _)| proposal)
}

/// Looks up the records that a command names. A contact that an edit leaves is not looked up again.
fn named(
    tx: &mut Tx<'_>,
    deal: &Deal,
    current: Option<&Proposal>,
    command: &ProposalCommand,
) -> Result<ProposalReferences> {
    let (contact, lines) = match command {
        ProposalCommand::Create(draft) => {
            let contact = draft.contact_id.as_ref().or(deal.contact_id.as_ref());
            (contact, draft.lines.as_slice())
        }
        ProposalCommand::Edit(draft) => (draft.contact_id.as_ref(), draft.lines.as_slice()),
        ProposalCommand::Send(send) => {
            let own = current.and_then(|proposal| proposal.contact_id.as_ref());
            (send.contact_id.as_ref().or(own), [].as_slice())
        }
        _ => return Ok(ProposalReferences::default()),
    };
    let mut ids: Vec<&str> = lines
        .iter()
        .filter_map(|line| line.product_id.as_ref().map(|id| id.as_str()))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    Ok(ProposalReferences {
        contact: match contact {
            Some(id) => known_contact(tx, current, id)?,
            None => None,
        },
        products: products::with_ids(tx, &ids)?,
    })
}

fn known_contact(
    tx: &mut Tx<'_>,
    current: Option<&Proposal>,
    id: &ContactId,
) -> Result<Option<Ref>> {
    let kept = current.filter(|proposal| proposal.contact_id.as_ref() == Some(id));
    match kept.and_then(|proposal| proposal.contact_name.clone()) {
        Some(name) => Ok(Some(Ref {
            id: id.as_str().to_owned(),
            name,
        })),
        None => references::contact(tx, id.as_str()),
    }
}

/// The rates that a new version freezes. The base currency needs none.
fn rates_for(
    tx: &mut Tx<'_>,
    context: &Context,
    deal: &Deal,
    current: Option<&Proposal>,
    command: &ProposalCommand,
) -> Result<RateTable> {
    let base = tx.company.base_currency;
    let present = current.map(|proposal| proposal.currency);
    let currency = match command {
        ProposalCommand::Create(draft) => {
            draft.currency.or(deal.amount.map(|amount| amount.currency))
        }
        ProposalCommand::Edit(draft) => draft.currency.filter(|c| Some(*c) != present),
        ProposalCommand::Revise => present,
        _ => None,
    };
    match currency {
        Some(currency) if currency != base => {
            rates::table_on(tx, rates::newest_day(context.now), &[currency, base])
        }
        _ => Ok(RateTable::default()),
    }
}

/// The version after all that there ever were of a proposal.
fn next_revision(tx: &mut Tx<'_>, current: Option<&Proposal>) -> Result<i32> {
    let Some(current) = current else {
        return Ok(1);
    };
    let number = proposals::table
        .filter(proposals::id.eq(current.id.as_str()))
        .select(proposals::number)
        .first::<i64>(tx.conn)?;
    let last: Option<i32> = proposals::table
        .filter(proposals::number.eq(number))
        .select(diesel::dsl::max(proposals::revision))
        .first(tx.conn)?;
    Ok(last.unwrap_or(0) + 1)
}

/// The earlier versions that the customer still has.
fn sent_before(
    tx: &mut Tx<'_>,
    context: &Context,
    deal: &Deal,
    proposal: &Proposal,
) -> Result<Vec<Proposal>> {
    let with_customer = [ProposalStatus::Sent, ProposalStatus::Accepted].map(|s| s.as_str());
    let rows: Vec<Row> = joined!()
        .filter(proposals::deal_id.eq(deal.id.as_str().to_owned()))
        .filter(proposals::status.eq_any(with_customer))
        .filter(proposals::revision.lt(proposal.revision))
        .filter(proposals::deleted_at.is_null())
        .order(proposals::revision)
        .load(tx.conn)?;
    let mut found = assemble(tx, &context.actor, deal, rows, context.now)?;
    found.retain(|earlier| earlier.number == proposal.number);
    Ok(found)
}

/// Writes what was decided: the row, its lines, the history of the version and of its deal.
fn store(
    tx: &mut Tx<'_>,
    context: &Context,
    current: Option<&Proposal>,
    decision: ProposalDecision,
) -> Result<Proposal> {
    let mut proposal = decision.proposal;
    let before = current.filter(|current| current.id == proposal.id);
    match before {
        Some(before) => {
            let row = proposals::table
                .filter(proposals::id.eq(before.id.as_str()))
                .filter(proposals::version.eq(before.version));
            let number = number_of(tx, before)?;
            let values = Values::of(&proposal, number);
            if diesel::update(row).set(&values).execute(tx.conn)? == 0 {
                return Err(ErrorCode::StaleVersion.into());
            }
        }
        None => {
            let number = match current {
                Some(earlier) => number_of(tx, earlier)?,
                None => new_number(tx, &proposal)?,
            };
            proposal.number = format_number(number);
            let inserted = diesel::insert_into(proposals::table)
                .values(&Values::of(&proposal, number))
                .execute(tx.conn);
            inserted.map_err(|error| {
                // Somebody else made that version at the same moment.
                if is_unique_violation(&error) {
                    ErrorCode::ProposalRevised.into()
                } else {
                    Error::from(error)
                }
            })?;
        }
    }
    if before.is_none_or(|before| before.lines != proposal.lines) {
        let old = proposal_lines::proposal_id.eq(proposal.id.as_str());
        diesel::delete(proposal_lines::table.filter(old)).execute(tx.conn)?;
        for line in LineValues::of(&proposal) {
            diesel::insert_into(proposal_lines::table)
                .values(&line)
                .execute(tx.conn)?;
        }
    }
    for entry in &decision.entries {
        record(tx, context, &proposal, entry)?;
    }
    Ok(proposal)
}

fn number_of(tx: &mut Tx<'_>, proposal: &Proposal) -> Result<i64> {
    Ok(proposals::table
        .filter(proposals::id.eq(proposal.id.as_str()))
        .select(proposals::number)
        .first(tx.conn)?)
}

fn new_number(tx: &mut Tx<'_>, proposal: &Proposal) -> Result<i64> {
    let first = proposal_numbers::id.eq(proposal.id.as_str());
    diesel::insert_into(proposal_numbers::table)
        .values(first)
        .execute(tx.conn)?;
    Ok(proposal_numbers::table
        .filter(first)
        .select(proposal_numbers::number)
        .first(tx.conn)?)
}

/// One entry in the history of the version, and the same, with its name, in that of the deal. What a
/// visa says there is written with the visa.
fn record(
    tx: &mut Tx<'_>,
    context: &Context,
    proposal: &Proposal,
    decided: &DecidedEntry,
) -> Result<()> {
    let own = Entry {
        at: decided.at,
        kind: decided.kind,
        changes: &decided.changes,
        reason: decided.reason.as_deref(),
    };
    timeline::append(
        tx.conn,
        context,
        Entity::Proposal,
        proposal.id.as_str(),
        &own,
    )?;
    if decided.kind == EventKind::VisaGiven {
        return Ok(());
    }
    let mut changes = vec![FieldChange {
        field: VisaDocument::Proposal.as_str().to_owned(),
        from: Value::Null,
        to: json!({"id": proposal.id, "name": proposal.label()}),
    }];
    changes.extend_from_slice(&decided.changes);
    let entry = Entry {
        changes: &changes,
        ..own
    };
    timeline::append(
        tx.conn,
        context,
        Entity::Deal,
        proposal.deal_id.as_str(),
        &entry,
    )
}

fn settle_visa(
    tx: &mut Tx<'_>,
    context: &Context,
    proposal: &Proposal,
    hash: &str,
    effect: &VisaEffect,
) -> Result<()> {
    let kind = VisaDocument::Proposal;
    let id = proposal.id.as_str();
    match effect {
        VisaEffect::Request(note) => {
            let label = proposal.label();
            let name = Bilingual {
                en: label.clone(),
                ru: label,
            };
            let request = VisaRequest {
                document_kind: kind,
                document_id: id,
                document_name: &name,
                deal_id: &proposal.deal_id,
                amount: Some(proposal.totals.total),
                hash,
                note: note.as_deref(),
            };
            visas::request(tx, context, &request)
        }
        VisaEffect::Decide(decision, comment) => {
            let comment = comment.as_deref();
            visas::decide(tx, context, (kind, id, None), hash, *decision, comment)?;
            Ok(())
        }
        VisaEffect::Void => visas::void(tx, context, kind, id).map(|_| ()),
    }
}
