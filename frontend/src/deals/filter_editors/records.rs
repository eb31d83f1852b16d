//! Several records of one kind.

use etalon_domain::deal::DealFilter;
use etalon_domain::page::Any;
use leptos::prelude::*;

use crate::i18n::{arguments, t, t_with};
use crate::ui::chosen::{chosen_names, chosen_row};
use crate::ui::{Picked, Picker, PickerSource};

pub(super) fn records<T>(
    filter: Memo<DealFilter>,
    update: Callback<DealFilter>,
    source: PickerSource,
    part: fn(&mut DealFilter) -> &mut Any<T>,
) -> AnyView
where
    T: ToString + From<String> + 'static,
{
    let ids = Memo::new(move |_| {
        let mut present = filter.get();
        part(&mut present)
            .0
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    });
    let names = chosen_names(ids.into(), source);
    let remove = move |id: &str| {
        let mut next = filter.get_untracked();
        part(&mut next).0.retain(|each| each.to_string() != id);
        update.run(next);
    };
    let pick = move |picked: Option<Picked>| {
        if let Some(picked) = picked {
            let mut next = filter.get_untracked();
            let chosen = &mut part(&mut next).0;
            if chosen.iter().all(|each| each.to_string() != picked.id) {
                chosen.push(picked.id.into());
            }
            update.run(next);
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
    view! {
        <ul class="editor-list">{rows}</ul>
        <Picker
            source
            id="filter-picker"
            label=t("picker-search")
            value=Signal::stored(String::new())
            on_pick=pick
            clear_after=true
        />
    }
    .into_any()
}
