//! Deals: reading what the actor may see, and `execute`, the only function that writes one.

mod consequences;
pub mod contract;
pub(crate) mod facts;
pub(crate) mod filter;
mod guide;
mod list;
mod news;
pub mod parts;
pub(crate) mod references;
pub(crate) mod row;
pub(crate) mod versions;
mod write;

pub(crate) use guide::{clock, present};
pub use guide::{guide, marks, preview};
pub use list::list;
pub use parts::effects::plan_unlocked;
pub use write::undo_move;
pub use write::{Outcome, execute, execute_bulk, touch};
pub(crate) use write::{execute_at, execute_new, gates, goes_forward, settled_until};

use chrono::NaiveDate;
use diesel::prelude::*;
use etalon_domain::deal::Deal;
use etalon_domain::error::ErrorCode;
use etalon_domain::id::DealId;
use etalon_domain::policy::{Access, Actor, deal_access};
use etalon_domain::time::Instant;

use crate::connection::Tx;
use crate::error::Result;
use crate::schema::{accounts, contacts, deal_team, deals, departments, products, stages, users};
use crate::zone::{day_at, zone};
use row::{Row, Values, joined};

/// A deal that the reader may see and that is not in the bin.
///
/// # Errors
/// `not_found`, also for a deal that exists but that the reader may not see.
pub fn get(tx: &mut Tx<'_>, actor: &Actor, id: &DealId, now: Instant) -> Result<Deal> {
    let deal = load(tx, actor, id, now)?.ok_or(ErrorCode::NotFound)?;
    if deal.deleted_at.is_some() || deal_access(actor, &deal) == Access::None {
        return Err(ErrorCode::NotFound.into());
    }
    Ok(deal)
}

/// A deal, whoever may see it, bin included.
pub(crate) fn load(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: &DealId,
    now: Instant,
) -> Result<Option<Deal>> {
    let row: Option<Row> = joined!(actor)
        .filter(deals::id.eq(id.as_str()))
        .first(tx.conn)
        .optional()?;
    let Some(row) = row else {
        return Ok(None);
    };
    let today = day_at(now, zone(&actor.time_zone));
    Ok(with_competitor_names(tx, vec![row], now, today)?.pop())
}

/// Turns rows into deals; the names of competitors that won or were beaten take one more query, only when there are
/// any.
fn with_competitor_names(
    tx: &mut Tx<'_>,
    rows: Vec<Row>,
    now: Instant,
    today: NaiveDate,
) -> Result<Vec<Deal>> {
    let winners: Vec<&str> = rows
        .iter()
        .flat_map(|row| [&row.values.winner_account_id, &row.values.beaten_account_id])
        .filter_map(|id| id.as_deref())
        .collect();
    let names: Vec<(String, String)> = if winners.is_empty() {
        Vec::new()
    } else {
        accounts::table
            .filter(accounts::id.eq_any(winners))
            .select((accounts::id, accounts::name))
            .load(tx.conn)?
    };
    let name_of = |id: &str| {
        let found = names.iter().find(|(known, _)| known == id);
        found.map(|(_, name)| name.clone())
    };
    rows.into_iter()
        .map(|row| row.into_deal(tx.company, name_of, now, today))
        .collect()
}
