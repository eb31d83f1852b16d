//! Leads: the registry and the page of one lead.

mod actions;
mod cells;
mod convert;
mod dialogs;
mod form;
mod list;
mod of_account;
mod page;
mod words;

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

use list::LeadList;
use page::LeadPage;

pub(crate) use cells::state_mark;
pub use of_account::LeadsOf;

/// A screen of leads.
#[derive(Clone, Copy)]
pub enum Screen {
    /// The registry.
    List,
    /// One lead.
    One,
}

/// Shows a screen of leads, whose code is fetched first.
#[wasm_split(records, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn screen(screen: Screen) -> Result<AnyView, SplitLoaderError> {
    Ok(match screen {
        Screen::List => view! { <LeadList /> }.into_any(),
        Screen::One => view! { <LeadPage /> }.into_any(),
    })
}
