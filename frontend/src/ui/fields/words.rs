//! Several words as chips.

use etalon_domain::text::fold;
use leptos::ev;
use leptos::prelude::*;

use super::{described_by, frame};
use crate::i18n::{arguments, t, t_with};
use crate::ui::{Bound, dom, icon};

/// Several words. Enter or a comma adds what is typed, a cross or Backspace takes one away; words that
/// others have used are offered.
#[component]
pub fn WordsField(
    /// The field.
    bound: Bound<Vec<String>>,
    /// Its label.
    #[prop(into)]
    label: String,
    /// Words that are offered.
    #[prop(into)]
    known: Signal<Vec<String>>,
    /// What helps to fill it.
    #[prop(optional, into)]
    help: Option<String>,
) -> impl IntoView {
    let Bound {
        id,
        get,
        set,
        error,
        ..
    } = bound;
    let typed = RwSignal::new(String::new());
    let add = move || {
        let text = typed.get_untracked();
        typed.set(String::new());
        let mut words = get.get_untracked();
        let before = words.len();
        for word in text.split(',').map(str::trim) {
            let is_new = words.iter().all(|each| fold(each) != fold(word));
            if !word.is_empty() && is_new {
                words.push(word.to_owned());
            }
        }
        if words.len() > before {
            set.run(words);
        }
    };
    let on_key = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Enter" | "," if !typed.with_untracked(|typed| typed.trim().is_empty()) => {
            event.prevent_default();
            add();
        }
        "Backspace" if typed.with_untracked(String::is_empty) => {
            let mut words = get.get_untracked();
            if words.pop().is_some() {
                set.run(words);
            }
        }
        _ => {}
    };
    let input = StoredValue::new(id.clone());
    let chips = move || {
        get.get()
            .into_iter()
            .map(|word| {
                let name = t_with("item-remove", &arguments! { "name" => word.clone() });
                let gone = word.clone();
                let remove = move |_| {
                    let mut words = get.get_untracked();
                    words.retain(|each| *each != gone);
                    set.run(words);
                    input.with_value(|input| dom::focus(input));
                };
                view! {
                    <li class="word-chip">
                        <span class="truncate">{word}</span>
                        <button type="button" aria-label=name on:click=remove>
                            {icon!("x")}
                        </button>
                    </li>
                }
            })
            .collect_view()
    };
    let list = format!("{id}-known");
    let options = move || {
        let chosen = get.get();
        let mut offered = known.get();
        offered.retain(|word| !chosen.contains(word));
        offered
            .into_iter()
            .map(|word| view! { <option value=word></option> })
            .collect_view()
    };
    let is_empty = move || get.with(Vec::is_empty);
    let described = described_by(&id, help.is_some(), error);
    let control = view! {
        <ul class="word-chips" class:hidden=is_empty>
            {chips}
        </ul>
        <input
            id=id.clone()
            type="text"
            class="input"
            autocomplete="off"
            list=list.clone()
            placeholder=t("words-add")
            aria-invalid=move || error.with(Option::is_some).then_some("true")
            aria-describedby=described
            prop:value=move || typed.get()
            on:input=move |event| typed.set(event_target_value(&event))
            on:keydown=on_key
            on:change=move |_| add()
        />
        <datalist id=list>{options}</datalist>
    }
    .into_any();
    frame(&id, label, help, false, error, control)
}
