//! Tabs that are links: every one has its own address.

use leptos::html;
use leptos::prelude::*;

use super::dom;

/// A row of tabs.
#[component]
pub fn Tabs(
    /// What they choose between.
    #[prop(into)]
    label: String,
    /// The tabs.
    children: Children,
) -> impl IntoView {
    let row = NodeRef::<html::Nav>::new();
    Effect::new(move |_| {
        if let Some(row) = row.get() {
            show_present(&row);
        }
    });
    view! {
        <nav class="tab-row" aria-label=label node_ref=row>
            {children()}
        </nav>
    }
    .into_any()
}

/// Moves a row that is wider than the page as far as its present tab is in the middle of it.
fn show_present(row: &web_sys::HtmlElement) {
    if let Some(tab) = dom::first(row, "[aria-current]") {
        let (outer, inner) = (
            row.get_bounding_client_rect(),
            tab.get_bounding_client_rect(),
        );
        let aside = inner.left() - outer.left() - (outer.width() - inner.width()) / 2.0;
        row.set_scroll_left(row.scroll_left() + aside as i32);
    }
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
