//! Changes of many deals at once, from the rows that are selected.

mod bar;
mod editors;
mod refused;

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

use super::selection::Selection;
use crate::lazy::{Make, part};

/// What can be done with the selected deals; nothing while there are none.
pub(super) fn bulk_bar(selection: Selection) -> AnyView {
    let has_any = Memo::new(move |_| selection.deals().with(|deals| !deals.is_empty()));
    let view = move || {
        has_any
            .get()
            .then(|| part(code(), selection, move || selection.clear()))
    };
    view.into_any()
}

#[wasm_split(deal, wasm_split_path = ::leptos::wasm_split, fallible)]
fn code() -> Result<Make<Selection>, SplitLoaderError> {
    Ok(bar::show)
}
