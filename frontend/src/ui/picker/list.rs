use leptos::prelude::*;

use super::{Picked, Picker, PickerSource};
use crate::i18n::{arguments, t_with};
use crate::ui::chosen::{chosen_names, chosen_row};
use crate::ui::fields::frame;
use crate::ui::{Bound, dom};

/// A field of a form that names several records: each on a line with a cross that takes it out, below
/// them the search that adds another.
#[component]
pub fn PickerList(
    /// The field: the identifiers of the records.
    bound: Bound<Vec<String>>,
    /// Its label.
    #[prop(into)]
    label: String,
    /// Of what kind the records are.
    source: PickerSource,
    /// What helps to choose.
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
    let named = chosen_names(get, source);
    let pick = move |picked: Option<Picked>| {
        let mut all = get.get_untracked();
        if let Some(picked) = picked.filter(|picked| !all.contains(&picked.id)) {
            all.push(picked.id);
            set.run(all);
        }
    };
    let input = StoredValue::new(id.clone());
    let chosen = move || {
        named
            .get()
            .into_iter()
            .map(|Picked { id, name, .. }| {
                let label = t_with("item-remove", &arguments! { "name" => name.clone() });
                let remove = move || {
                    let mut all = get.get_untracked();
                    all.retain(|each| *each != id);
                    set.run(all);
                    input.with_value(|input| dom::focus(input));
                };
                chosen_row(name, label, remove)
            })
            .collect_view()
    };
    let is_empty = move || get.with(Vec::is_empty);
    let control = view! {
        <ul class="editor-list" class:hidden=is_empty>
            {chosen}
        </ul>
        <Picker
            source
            id=id.clone()
            value=Signal::stored(String::new())
            on_pick=pick
            error
            clear_after=true
        />
    }
    .into_any();
    frame(&id, label, help, false, error, control)
}
