//! Leads: reading what the actor may see, and `execute`, the only function that writes one.

mod convert;
mod duplicates;
mod list;
mod news;
mod returning;
mod row;
mod worker;
mod write;

pub use convert::convert;
pub use duplicates::duplicates;
pub use list::list;
pub(crate) use news::tell_owner;
pub use returning::return_due;
pub(crate) use worker::worker;
pub use write::execute;

use diesel::prelude::*;
use etalon_domain::error::ErrorCode;
use etalon_domain::id::LeadId;
use etalon_domain::lead::Lead;
use etalon_domain::policy::{Access, Actor, lead_access};
use row::{Row, joined};

use crate::connection::Tx;
use crate::error::Result;
use crate::schema::leads;

/// A lead that the reader may see and that is not in the bin.
///
/// # Errors
/// `not_found`, also for a lead that exists but that the reader may not see.
pub fn get(tx: &mut Tx<'_>, actor: &Actor, id: &LeadId) -> Result<Lead> {
    let lead = load(tx, id)?.ok_or(ErrorCode::NotFound)?;
    if lead.deleted_at.is_some() || lead_access(actor, &lead) == Access::None {
        return Err(ErrorCode::NotFound.into());
    }
    Ok(lead)
}

/// A lead, whoever may see it, bin included.
pub(crate) fn load(tx: &mut Tx<'_>, id: &LeadId) -> Result<Option<Lead>> {
    let row: Option<Row> = joined!()
        .filter(leads::id.eq(id.as_str()))
        .first(tx.conn)
        .optional()?;
    row.map(Row::into_lead).transpose()
}
