//! Contacts: the list and the page of one contact.

mod actions;
mod form;
mod list;
mod of_account;
mod page;

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

use list::ContactList;
use page::ContactPage;

pub use form::NewContact;
pub use of_account::ContactsOf;

/// A screen of contacts.
#[derive(Clone, Copy)]
pub enum Screen {
    /// The list.
    List,
    /// One contact.
    One,
}

/// Shows a screen of contacts, whose code is fetched first.
#[wasm_split(records, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn screen(screen: Screen) -> Result<AnyView, SplitLoaderError> {
    Ok(match screen {
        Screen::List => view! { <ContactList /> }.into_any(),
        Screen::One => view! { <ContactPage /> }.into_any(),
    })
}
