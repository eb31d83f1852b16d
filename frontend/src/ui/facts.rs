//! The fields of a record, read rather than edited.

use leptos::prelude::*;

/// A list of facts.
#[component]
pub fn Facts(
    /// The facts.
    children: Children,
) -> impl IntoView {
    view! { <dl class="fact-list">{children()}</dl> }.into_any()
}

/// One fact; without a value a dash.
#[component]
pub fn Fact(
    /// Its name.
    #[prop(into)]
    label: String,
    /// Its value.
    value: Option<AnyView>,
) -> impl IntoView {
    let value = value.unwrap_or_else(|| view! { <span class="text-faint">"–"</span> }.into_any());
    view! {
        <div>
            <dt>{label}</dt>
            <dd>{value}</dd>
        </div>
    }
    .into_any()
}

/// A text as the value of a fact.
pub fn text_fact(value: Option<String>) -> Option<AnyView> {
    value.map(IntoAny::into_any)
}

/// A link as the value of a fact.
pub fn link_fact(href: String, text: String) -> AnyView {
    view! {
        <a class="link" href=href>
            {text}
        </a>
    }
    .into_any()
}
