//! Import: files of other systems, how they are understood, and what became of their rows.

mod columns;
mod download;
mod editing;
mod file_card;
mod options;
mod page;
mod preview;
mod problems;
mod report;
mod start;
mod status;
mod wording;

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

use page::ImportPage;
use start::ImportsPage;

/// A screen of the import.
#[derive(Clone, Copy)]
pub enum Screen {
    /// The imports, and the start of a new one.
    List,
    /// One import.
    One,
}

/// Shows a screen of the import, whose code is fetched first.
#[wasm_split(settings, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn screen(screen: Screen) -> Result<AnyView, SplitLoaderError> {
    Ok(match screen {
        Screen::List => view! { <ImportsPage /> }.into_any(),
        Screen::One => view! { <ImportPage /> }.into_any(),
    })
}
