//! Accounts: the list and the page of one account.

mod actions;
mod form;
mod list;
mod page;

pub use list::AccountList;
pub use page::AccountPage;

use etalon_domain::account::AccountKind;

use crate::i18n::words;

/// What an account is to us, in words.
pub fn kind_name(kind: AccountKind) -> String {
    words::word("account-kind", kind.as_str())
}
