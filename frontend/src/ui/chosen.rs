//! Several that are chosen: records by their names, and words.

use leptos::prelude::*;

use super::{Choice, Picked, Picker, PickerSource, icon};
use crate::i18n::{arguments, t, t_with};

/// The word that stands for "no record" in a filter.
const NONE: &str = "none";

/// The chosen records with their names, each looked up once.
pub fn chosen_names(ids: Signal<Vec<String>>, source: PickerSource) -> Signal<Vec<Picked>> {
    type Known = Vec<(String, Signal<Option<String>>)>;
    let owner = Owner::current();
    let known = StoredValue::new(Known::new());
    let names = Memo::new(move |_| {
        let ids = ids.get();
        for id in &ids {
            let is_new = known.with_value(|known| known.iter().all(|(k, _)| k != id));
            if let Some(owner) = owner.as_ref().filter(|_| is_new) {
                let name = if id == NONE {
                    Signal::stored(Some(t("not-set")))
                } else {
                    owner.with(|| source.name_of(id.clone()))
                };
                known.update_value(|known| known.push((id.clone(), name)));
            }
        }
        ids.into_iter()
            .map(|id| {
                let name = known.with_value(|known| {
                    let found = known.iter().find(|(k, _)| *k == id);
                    found.and_then(|(_, name)| name.get())
                });
                Picked {
                    name: name.unwrap_or_else(|| "…".to_owned()),
                    id,
                    hint: None,
                }
            })
            .collect::<Vec<_>>()
    });
    names.into()
}

/// Something chosen, with the button that takes it away; `label` says so aloud.
pub fn chosen_row(name: String, label: String, remove: impl Fn() + 'static) -> AnyView {
    view! {
        <li class="chosen-row">
            <span class="truncate">{name}</span>
            <button
                type="button"
                class="btn btn-ghost btn-square"
                aria-label=label
                on:click=move |_| remove()
            >
                {icon!("x")}
            </button>
        </li>
    }
    .into_any()
}

/// Some of a few words, each to be checked.
pub fn chosen_checks(
    choices: Vec<Choice>,
    chosen: Signal<Vec<String>>,
    choose: Callback<Vec<String>>,
) -> AnyView {
    let rows = choices
        .into_iter()
        .map(|Choice { value, label }| {
            let known = value.clone();
            let is_chosen = move || chosen.with(|chosen| chosen.contains(&known));
            let toggle = move |event| {
                let mut next = chosen.get_untracked();
                next.retain(|each| *each != value);
                if event_target_checked(&event) {
                    next.push(value.clone());
                }
                choose.run(next);
            };
            view! {
                <label class="check-row">
                    <input type="checkbox" class="checkbox" prop:checked=is_chosen on:change=toggle />
                    <span>{label}</span>
                </label>
            }
        })
        .collect_view();
    view! { <div class="editor-list">{rows}</div> }.into_any()
}

/// The chosen records, each with a cross that removes it, and a search that adds more, up to `most`.
pub fn chosen_records(
    source: PickerSource,
    label: &str,
    chosen: Signal<Vec<String>>,
    choose: Callback<Vec<String>>,
    most: Option<usize>,
) -> AnyView {
    let names = chosen_names(chosen, source);
    let remove = move |id: &str| {
        let mut next = chosen.get_untracked();
        next.retain(|each| each != id);
        choose.run(next);
    };
    let has_room = move |count: usize| most.is_none_or(|most| count < most);
    let pick = move |picked: Option<Picked>| {
        let mut next = chosen.get_untracked();
        if let Some(picked) = picked
            && has_room(next.len())
            && !next.contains(&picked.id)
        {
            next.push(picked.id);
            choose.run(next);
        }
    };
    let rows = move || {
        names
            .get()
            .into_iter()
            .map(|Picked { id, name, .. }| {
                let label = t_with("filter-remove", &arguments! { "name" => name.clone() });
                chosen_row(name, label, move || remove(&id))
            })
            .collect_view()
    };
    let label = label.to_owned();
    view! {
        <ul class="editor-list">{rows}</ul>
        <Show when=move || has_room(chosen.with(Vec::len))>
            <Picker
                source
                id="filter-picker"
                label=label.clone()
                value=Signal::stored(String::new())
                on_pick=pick
                clear_after=true
            />
        </Show>
    }
    .into_any()
}
