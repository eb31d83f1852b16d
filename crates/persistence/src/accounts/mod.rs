//! Accounts: one shared base that everybody who signs in sees.

mod list;
mod row;
mod write;

pub use list::list;
pub use write::execute;

use diesel::prelude::*;
use etalon_domain::account::Account;
use etalon_domain::error::ErrorCode;
use etalon_domain::id::AccountId;
use etalon_domain::policy::Actor;
use list::count_open_deals;
use row::{Row, joined};

use crate::connection::Tx;
use crate::error::Result;
use crate::schema::accounts;

/// An account that is not in the bin.
///
/// # Errors
/// `not_found`.
pub fn get(tx: &mut Tx<'_>, actor: &Actor, id: &AccountId) -> Result<Account> {
    let account = load(tx, id)?
        .filter(|account| account.deleted_at.is_none())
        .ok_or(ErrorCode::NotFound)?;
    let mut items = vec![account];
    count_open_deals(tx, actor, &mut items)?;
    items.pop().ok_or_else(|| ErrorCode::NotFound.into())
}

pub(super) fn load(tx: &mut Tx<'_>, id: &AccountId) -> Result<Option<Account>> {
    joined!()
        .filter(accounts::id.eq(id.as_str()))
        .first::<Row>(tx.conn)
        .optional()?
        .map(Row::into_account)
        .transpose()
}
