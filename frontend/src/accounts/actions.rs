use etalon_domain::account::Account;
use etalon_domain::endpoint::Accounts;

use crate::i18n::{arguments, t_with};
use crate::records;

/// The lists that show accounts or name them.
pub(super) const KINDS: &[&str] = &["accounts", "contacts", "deals"];

/// Puts an account into the bin and offers to take it out again.
pub(super) fn delete(account: &Account, done: impl Fn() + 'static) {
    let name = account.name.clone();
    records::delete::<Accounts>(
        account.id.to_string(),
        t_with("account-deleted", &arguments! { "name" => name.clone() }),
        t_with("account-restored", &arguments! { "name" => name }),
        KINDS,
        done,
    );
}

/// Takes an account out of the bin.
pub(super) fn restore(account: &Account) {
    let name = account.name.clone();
    let restored = t_with("account-restored", &arguments! { "name" => name });
    records::restore::<Accounts>(account.id.to_string(), restored, KINDS);
}
