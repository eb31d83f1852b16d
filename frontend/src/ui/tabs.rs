//! Tabs that are links: every one has its own address.

use leptos::prelude::*;

/// A row of tabs.
#[component]
pub fn Tabs(
    /// What they choose between.
    #[prop(into)]
    label: String,
    /// The tabs.
    children: Children,
) -> impl IntoView {
    view! {
        <nav class="tab-row" aria-label=label>
            {children()}
        </nav>
    }
    .into_any()
}

/// One tab.
#[component]
pub fn Tab(
    /// Its address.
    #[prop(into)]
    href: Signal<String>,
    /// Whether it is the present one.
    #[prop(into)]
    active: Signal<bool>,
    /// Its label.
    children: Children,
) -> impl IntoView {
    view! {
        <a
            class="tab-link"
            href=move || href.get()
            aria-current=move || active.get().then_some("page")
        >
            {children()}
        </a>
    }
    .into_any()
}
