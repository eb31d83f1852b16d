//! The dialog that ends a deal.

mod form;
mod rival;
mod unmet;

use etalon_domain::deal::{Deal, Outcome};
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

use crate::lazy::{Make, part};

/// A deal that is to end, and how.
#[derive(Clone)]
struct Ending {
    deal: Deal,
    outcome: Outcome,
    on_close: Callback<bool>,
}

/// Ends a deal: won, lost, rejected or rerouted, each with its reason.
#[component]
pub(super) fn CloseDialog(
    /// The deal.
    deal: Deal,
    /// The outcome to begin with.
    outcome: Outcome,
    /// Leaves; tells whether the deal was closed.
    #[prop(into)]
    on_close: Callback<bool>,
) -> impl IntoView {
    let ending = Ending {
        deal,
        outcome,
        on_close,
    };
    part(code(), ending, move || on_close.run(false))
}

#[wasm_split(deal, wasm_split_path = ::leptos::wasm_split, fallible)]
fn code() -> Result<Make<Ending>, SplitLoaderError> {
    Ok(form::show)
}
