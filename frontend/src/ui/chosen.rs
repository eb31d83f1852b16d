//! Several chosen records by their names.

use leptos::prelude::*;

use super::{Picked, PickerSource, icon};
use crate::i18n::t;

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
