//! Deals: the registry and the page of one deal.

mod actions;
mod board;
mod bulk;
mod close_dialog;
mod conflict;
mod filter_editors;
mod filter_row;
mod form;
mod marks;
mod moving;
mod page;
mod people;
mod registry;
mod reopen_dialog;
mod rivalry;
mod rows_words;
mod selection;
mod stages;
mod state;
mod table;
mod timeline;
mod timeline_words;

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

use page::DealPage;

pub(crate) use actions::changed;
pub(crate) use conflict::{Conflict, ConflictDialog};
pub use moving::MoveDialogs;
pub(crate) use moving::{Unmet, is_moving, start_move};
pub use registry::Registry;
pub use stages::{use_stages, use_stages_of};
pub use state::RegistryState;
pub use table::DealRows;
pub use timeline::history;

/// Shows the page of one deal, whose code is fetched first.
#[wasm_split(deal, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn deal_screen() -> Result<AnyView, SplitLoaderError> {
    Ok(view! { <DealPage /> }.into_any())
}
