//! Accounts: the list and the page of one account.

mod actions;
mod form;
mod list;
mod page;

use etalon_domain::account::AccountKind;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

use list::AccountList;
use page::AccountPage;

use crate::i18n::words;

/// What an account is to us, in words.
pub fn kind_name(kind: AccountKind) -> String {
    words::word("account-kind", kind.as_str())
}

/// A screen of accounts.
#[derive(Clone, Copy)]
pub enum Screen {
    /// The list.
    List,
    /// One account.
    One,
}

/// Shows a screen of accounts, whose code is fetched first.
#[wasm_split(records, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn screen(screen: Screen) -> Result<AnyView, SplitLoaderError> {
    Ok(match screen {
        Screen::List => view! { <AccountList /> }.into_any(),
        Screen::One => view! { <AccountPage /> }.into_any(),
    })
}
