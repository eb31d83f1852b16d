//! How far something is.

use leptos::prelude::*;

/// A bar that fills; what it says in words stands beside it.
#[component]
pub fn ProgressBar(
    /// What is under way, read aloud.
    #[prop(into)]
    label: String,
    /// How much is done, 0 to 1; `None` while nobody knows.
    #[prop(into)]
    done: Signal<Option<f64>>,
) -> impl IntoView {
    let percent = move || {
        done.get()
            .map(|done| (done.clamp(0.0, 1.0) * 100.0).round() as i64)
    };
    view! {
        <div
            class="progress-bar"
            class:progress-unknown=move || done.with(Option::is_none)
            role="progressbar"
            aria-label=label
            aria-valuemin="0"
            aria-valuemax="100"
            aria-valuenow=move || percent().map(|percent| percent.to_string())
        >
            <div style:width=move || format!("{}%", percent().unwrap_or(100))></div>
        </div>
    }
    .into_any()
}
