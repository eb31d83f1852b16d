//! The knowledge base: searched, read, written, and used beside a deal.

mod beside;
mod cards;
mod editor;
mod fields;
mod list;
mod markdown;
mod of_deal;
mod page;
mod picker;
mod reading;
mod shown;
mod versions;

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

use list::MaterialList;
use page::MaterialPage;

pub use beside::KnowledgeBeside;
pub use of_deal::MaterialsOf;

/// The lists that show materials or their use.
const KINDS: &[&str] = &["materials", "deals"];

/// A screen of the knowledge base.
#[derive(Clone, Copy)]
pub enum Screen {
    /// The list.
    List,
    /// One material.
    One,
}

/// Shows a screen of the knowledge base, whose code is fetched first.
#[wasm_split(work, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn screen(screen: Screen) -> Result<AnyView, SplitLoaderError> {
    Ok(match screen {
        Screen::List => view! { <MaterialList /> }.into_any(),
        Screen::One => view! { <MaterialPage /> }.into_any(),
    })
}
