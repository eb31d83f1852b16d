//! Deals: the registry and the page of one deal.

mod actions;
mod board;
mod close_dialog;
mod conflict;
mod filter_editors;
mod filter_row;
mod form;
mod page;
mod registry;
mod reopen_dialog;
mod stages;
mod state;
mod table;
mod timeline;
mod timeline_words;

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

use page::DealPage;

pub(crate) use conflict::{Conflict, ConflictDialog};
pub use registry::Registry;
pub use stages::use_stages;
pub use state::RegistryState;
pub use table::DealRows;
pub use timeline::history;

/// Shows the page of one deal, whose code is fetched first.
#[wasm_split(deal, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn deal_screen() -> Result<AnyView, SplitLoaderError> {
    Ok(view! { <DealPage /> }.into_any())
}
