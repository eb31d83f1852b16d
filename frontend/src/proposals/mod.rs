//! Proposals: those of a deal, and the page on which one is written, approved and sent.

mod aside;
mod cells;
mod dialogs;
mod difference;
mod editor;
mod header;
mod lines;
mod of_deal;
mod offered;
mod page;
mod reading;
mod row;
mod words;

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

use page::ProposalPage;

pub use of_deal::ProposalsOf;
pub use offered::OfferedAmount;

/// What shows proposals, or what a proposal changes.
const KINDS: &[&str] = &["proposals", "deals", "visas"];

/// Shows the page of a proposal, whose code is fetched first.
#[wasm_split(deal, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn screen() -> Result<AnyView, SplitLoaderError> {
    Ok(view! { <ProposalPage /> }.into_any())
}
