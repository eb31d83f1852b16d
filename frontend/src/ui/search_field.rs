//! A text search whose value follows a moment after the typing.

use std::time::Duration;

use leptos::prelude::*;

use super::icon;

/// How long after the last letter the search begins.
const PAUSE: Duration = Duration::from_millis(250);

/// A text search.
#[component]
pub fn SearchField(
    /// Identifier of the input.
    #[prop(into)]
    id: String,
    /// What is searched, shown while the input is empty and read aloud.
    #[prop(into)]
    label: String,
    /// The present text.
    #[prop(into)]
    value: Signal<String>,
    /// Takes another text, trimmed, a moment after the typing.
    #[prop(into)]
    on_search: Callback<String>,
) -> impl IntoView {
    let typed = RwSignal::new(value.get_untracked());
    Effect::new(move |_| {
        let present = value.get();
        if present != typed.get_untracked().trim() {
            typed.set(present);
        }
    });
    let pending = StoredValue::new(0u32);
    let on_input = move |event| {
        typed.set(event_target_value(&event));
        let ticket = pending.get_value() + 1;
        pending.set_value(ticket);
        set_timeout(
            move || {
                if pending.try_get_value() == Some(ticket) {
                    on_search.run(typed.get_untracked().trim().to_owned());
                }
            },
            PAUSE,
        );
    };
    view! {
        <div class="filter-search">
            {icon!("search")}
            <input
                id=id
                type="search"
                class="input"
                autocomplete="off"
                placeholder=label.clone()
                aria-label=label
                aria-keyshortcuts="/"
                prop:value=move || typed.get()
                on:input=on_input
            />
        </div>
    }
    .into_any()
}
