//! The stage of a deal as a small bar of segments.

use leptos::prelude::*;

/// As many segments as there are stages of the work, filled up to the present one. The name beside it
/// says the same in words.
#[component]
pub fn StageDots(
    /// How many stages the work has.
    total: usize,
    /// Which of them it is, from 1; 0 when the deal is closed.
    present: usize,
    /// `won` or `lost` for a closed deal, else empty.
    #[prop(default = "")]
    ended: &'static str,
    /// Name of the stage.
    #[prop(into)]
    name: String,
) -> impl IntoView {
    let segments = (1..=total)
        .map(|at| view! { <i class:is-done=move || !ended.is_empty() || at <= present></i> })
        .collect_view();
    view! {
        <span class="stage-dots" title=name.clone()>
            <span class=format!("stage-dots-bar {ended}") aria-hidden="true">
                {segments}
            </span>
            <span class="truncate">{name.clone()}</span>
        </span>
    }
    .into_any()
}
