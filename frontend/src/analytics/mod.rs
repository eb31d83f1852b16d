//! Figures.

mod summary;

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

use summary::SummaryPage;

/// Shows the summary, whose code is fetched first.
#[wasm_split(analytics, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn summary_screen() -> Result<AnyView, SplitLoaderError> {
    Ok(view! { <SummaryPage /> }.into_any())
}
