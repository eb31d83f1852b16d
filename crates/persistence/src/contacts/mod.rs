//! Contacts: one shared base that everybody who signs in sees.

mod list;
mod row;
mod write;

pub use list::list;
pub use write::execute;
pub(crate) use write::refresh_search;

use diesel::prelude::*;
use etalon_domain::contact::Contact;
use etalon_domain::error::ErrorCode;
use etalon_domain::id::ContactId;
use row::{Row, joined};

use crate::connection::Tx;
use crate::error::Result;
use crate::schema::contacts;

/// A contact that is not in the bin.
///
/// # Errors
/// `not_found`.
pub fn get(tx: &mut Tx<'_>, id: &ContactId) -> Result<Contact> {
    load(tx, id)?
        .filter(|contact| contact.deleted_at.is_none())
        .ok_or_else(|| ErrorCode::NotFound.into())
}

pub(super) fn load(tx: &mut Tx<'_>, id: &ContactId) -> Result<Option<Contact>> {
    Ok(joined!()
        .filter(contacts::id.eq(id.as_str()))
        .first::<Row>(tx.conn)
        .optional()?
        .map(Row::into_contact))
}
