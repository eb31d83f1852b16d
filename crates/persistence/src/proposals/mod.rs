//! Proposals of deals: who sees the deal sees them. `create` and `execute` are the only ways to write
//! one.

mod row;
mod write;

pub use write::{create, execute};

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use etalon_domain::deal::Deal;
use etalon_domain::error::ErrorCode;
use etalon_domain::id::{DealId, ProposalId, Ref};
use etalon_domain::policy::Actor;
use etalon_domain::proposal::{Proposal, ProposalStatus, allowed, format_number};
use etalon_domain::time::{Instant, from_naive};
use etalon_domain::visa::{VisaDocument, VisaState};

use crate::connection::Tx;
use crate::error::Result;
use crate::schema::{contacts, proposal_lines, proposals};
use crate::zone::{day_at, zone};
use crate::{deals, visas};
use row::{LineValues, Parts, Row, joined};

/// What the process asks about a version of a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposalFacts {
    /// Identifier of the version.
    pub id: ProposalId,
    /// Number of the proposal.
    pub number: String,
    /// Which version it is.
    pub revision: i32,
    /// Where it stands; a sent one stays `sent` whether or not it has expired.
    pub status: ProposalStatus,
    /// The last day on which the offer holds.
    pub valid_until: Option<NaiveDate>,
    /// Whether its content was approved.
    pub approved: bool,
    /// When it was sent.
    pub sent_at: Option<Instant>,
}

/// What there is of proposals in a deal, newest first. For the process; whoever asks has made sure
/// that the reader may see the deal.
///
/// # Errors
/// When the database cannot be read.
pub fn facts(tx: &mut Tx<'_>, deal_id: &DealId) -> Result<Vec<ProposalFacts>> {
    type Found = (
        String,
        i64,
        i32,
        String,
        Option<NaiveDate>,
        Option<NaiveDateTime>,
    );
    let rows: Vec<Found> = proposals::table
        .filter(proposals::deal_id.eq(deal_id.as_str()))
        .filter(proposals::deleted_at.is_null())
        .order((proposals::number.desc(), proposals::revision.desc()))
        .select((
            proposals::id,
            proposals::number,
            proposals::revision,
            proposals::status,
            proposals::valid_until,
            proposals::sent_at,
        ))
        .load(tx.conn)?;
    let ids: Vec<String> = rows.iter().map(|(id, ..)| id.clone()).collect();
    let visas = visas::latest(tx, VisaDocument::Proposal, &ids)?;
    rows.into_iter()
        .map(|(id, number, revision, status, valid_until, sent_at)| {
            let visa = visas.get(&id);
            Ok(ProposalFacts {
                approved: visa.is_some_and(|visa| visa.state == VisaState::Approved),
                id: ProposalId::new(id),
                number: format_number(number),
                revision,
                status: status.parse()?,
                valid_until,
                sent_at: sent_at.map(from_naive),
            })
        })
        .collect()
}

/// All versions of all proposals of a deal, the newest first.
///
/// # Errors
/// `not_found` when the reader may not see the deal, or the database cannot be read.
pub fn of_deal(
    tx: &mut Tx<'_>,
    actor: &Actor,
    deal_id: &DealId,
    now: Instant,
) -> Result<Vec<Proposal>> {
    let deal = deals::get(tx, actor, deal_id, now)?;
    let rows: Vec<Row> = joined!()
        .filter(proposals::deal_id.eq(deal_id.as_str()))
        .filter(proposals::deleted_at.is_null())
        .order((proposals::number.desc(), proposals::revision.desc()))
        .load(tx.conn)?;
    assemble(tx, actor, &deal, rows, now)
}

/// A version of a proposal of a deal that the reader may see.
///
/// # Errors
/// `not_found`, also for one that was removed or whose deal the reader may not see.
pub fn get(tx: &mut Tx<'_>, actor: &Actor, id: &ProposalId, now: Instant) -> Result<Proposal> {
    let (proposal, _) = load(tx, actor, id, now)?;
    if proposal.deleted_at.is_some() {
        return Err(ErrorCode::NotFound.into());
    }
    Ok(proposal)
}

/// A version, removed or not, with its deal, which the reader sees.
fn load(tx: &mut Tx<'_>, actor: &Actor, id: &ProposalId, now: Instant) -> Result<(Proposal, Deal)> {
    let row: Option<Row> = joined!()
        .filter(proposals::id.eq(id.as_str()))
        .first(tx.conn)
        .optional()?;
    let row = row.ok_or(ErrorCode::NotFound)?;
    let deal_id = DealId::new(&row.values.deal_id);
    let deal = deals::get(tx, actor, &deal_id, now)?;
    let found = assemble(tx, actor, &deal, vec![row], now)?.pop();
    Ok((found.ok_or(ErrorCode::NotFound)?, deal))
}

/// Puts together what belongs to versions of one deal.
fn assemble(
    tx: &mut Tx<'_>,
    actor: &Actor,
    deal: &Deal,
    rows: Vec<Row>,
    now: Instant,
) -> Result<Vec<Proposal>> {
    let ids: Vec<String> = rows.iter().map(|row| row.values.id.clone()).collect();
    let mut lines: HashMap<String, Vec<LineValues>> = HashMap::new();
    let all: Vec<LineValues> = proposal_lines::table
        .filter(proposal_lines::proposal_id.eq_any(&ids))
        .order(proposal_lines::position)
        .select(LineValues::as_select())
        .load(tx.conn)?;
    for line in all {
        let of = lines.entry(line.proposal_id.clone()).or_default();
        of.push(line);
    }
    let mut visas = visas::latest(tx, VisaDocument::Proposal, &ids)?;
    let recipients: Vec<&str> = rows
        .iter()
        .filter_map(|row| row.values.sent_to_id.as_deref())
        .collect();
    let recipients: Vec<(String, String)> = contacts::table
        .filter(contacts::id.eq_any(recipients))
        .select((contacts::id, contacts::name))
        .load(tx.conn)?;
    let newest: Vec<(i64, Option<i32>)> = proposals::table
        .filter(proposals::deal_id.eq(deal.id.as_str()))
        .filter(proposals::deleted_at.is_null())
        .group_by(proposals::number)
        .select((proposals::number, diesel::dsl::max(proposals::revision)))
        .load(tx.conn)?;
    let today = day_at(now, zone(&actor.time_zone));
    let base = tx.company.base_currency;
    rows.into_iter()
        .map(|row| {
            let values = &row.values;
            let sent_to = values.sent_to_id.as_ref().and_then(|id| {
                let found = recipients.iter().find(|(known, _)| known == id);
                found.map(|(id, name)| Ref {
                    id: id.clone(),
                    name: name.clone(),
                })
            });
            let parts = Parts {
                lines: lines.remove(&values.id).unwrap_or_default(),
                visa: visas.remove(&values.id),
                sent_to,
                is_latest: newest.contains(&(values.number, Some(values.revision))),
            };
            let mut proposal = row.into_proposal(deal, base, today, parts)?;
            proposal.actions = allowed(&proposal, deal, actor);
            Ok(proposal)
        })
        .collect()
}
