//! Small labels, and chips that hold a filter.

use leptos::prelude::*;

use super::{Popover, icon};
use crate::i18n::{arguments, t_with};

/// What a label means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing in particular.
    #[default]
    Neutral,
    /// Good.
    Success,
    /// To be watched.
    Warning,
    /// Bad.
    Danger,
    /// Worth knowing.
    Info,
}

impl Tone {
    const fn class(self) -> &'static str {
        match self {
            Self::Neutral => "mark",
            Self::Success => "mark mark-success",
            Self::Warning => "mark mark-warning",
            Self::Danger => "mark mark-danger",
            Self::Info => "mark mark-info",
        }
    }
}

/// A small label.
#[component]
pub fn Badge(
    /// What it means.
    #[prop(optional)]
    tone: Tone,
    /// Icon and text.
    children: Children,
) -> impl IntoView {
    view! { <span class=tone.class()>{children()}</span> }.into_any()
}

/// A filter: its name and value, an editor that opens below it, a cross that removes it.
#[component]
pub fn FilterChip(
    /// Name of the filter.
    #[prop(into)]
    label: String,
    /// Its value in words.
    #[prop(into)]
    value: Signal<String>,
    /// Whether the editor is open.
    open: RwSignal<bool>,
    /// Removes the filter.
    #[prop(into)]
    on_remove: Callback<()>,
    /// The editor.
    children: ChildrenFn,
) -> impl IntoView {
    let remove_label = t_with("filter-remove", &arguments! { "name" => label.clone() });
    let said = {
        let label = label.clone();
        move || {
            let value = Some(value.get()).filter(|value| !value.is_empty());
            value.map(|value| format!("{label}: {value}"))
        }
    };
    let trigger = view! {
        <span class="filter-chip" data-said=said>
            <button
                type="button"
                class="filter-chip-value"
                aria-expanded=move || open.get().to_string()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <span class="filter-chip-name">{label.clone()}</span>
                <span class="truncate">{move || value.get()}</span>
            </button>
            <button
                type="button"
                class="filter-chip-remove"
                aria-label=remove_label.clone()
                title=remove_label
                on:click=move |_| on_remove.run(())
            >
                {icon!("x")}
            </button>
        </span>
    }
    .into_any();
    view! {
        <Popover open trigger>
            {children()}
        </Popover>
    }
    .into_any()
}
