use leptos::prelude::*;

use crate::address::use_changes;
use crate::i18n::t;
use crate::ui::{Avatar, EmptyState, Tab, Tabs, icon};

/// Everything that is there, and what is in the bin.
#[component]
pub fn BinTabs(
    /// Whether the bin is shown.
    #[prop(into)]
    is_bin: Signal<bool>,
) -> impl IntoView {
    let changes = use_changes();
    let href = move |deleted: Option<&'static str>| {
        Signal::derive(move || changes.href(&[("deleted", deleted)]))
    };
    view! {
        <Tabs label=t("registry-views")>
            <Tab href=href(None) active=Signal::derive(move || !is_bin.get())>
                {t("view-everything")}
            </Tab>
            <Tab href=href(Some("true")) active=is_bin>
                {t("view-bin")}
            </Tab>
        </Tabs>
    }
    .into_any()
}

/// What stands in the place of an empty bin.
pub fn empty_bin() -> AnyView {
    view! {
        <EmptyState
            picture=icon!("trash-2")
            title=t("bin-empty-title")
            text=t("bin-empty-text")
        />
    }
    .into_any()
}

/// The name of a record in the first cell of its row; it leads to the record unless that is in the
/// bin, where nobody can open it.
pub fn row_title(name: String, href: Option<String>) -> AnyView {
    match href {
        Some(href) => view! {
            <a class="cell-title" href=href>
                {name}
            </a>
        }
        .into_any(),
        None => view! { <span class="cell-title">{name}</span> }.into_any(),
    }
}

/// A text, or a dash in its place.
pub fn or_dash(text: Option<String>) -> AnyView {
    match text {
        Some(text) => text.into_any(),
        None => view! { <span class="text-faint">"–"</span> }.into_any(),
    }
}

/// A person with face and name, or a dash.
pub fn person(name: Option<String>) -> AnyView {
    match name {
        Some(name) => view! {
            <span class="person">
                <Avatar name=name.clone() />
                <span class="person-name">{name}</span>
            </span>
        }
        .into_any(),
        None => or_dash(None),
    }
}
