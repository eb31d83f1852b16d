//! Which rows of a table are selected.

use etalon_domain::deal::Deal;
use etalon_domain::id::DealId;
use leptos::prelude::*;

use crate::i18n::{arguments, t, t_with};

/// The deals that are selected in a table, in its order.
#[derive(Clone, Copy)]
pub struct Selection {
    chosen: RwSignal<Vec<Deal>>,
    last: RwSignal<Option<DealId>>,
}

impl Selection {
    /// Nothing.
    pub(super) fn new() -> Self {
        Self {
            chosen: RwSignal::new(Vec::new()),
            last: RwSignal::new(None),
        }
    }

    /// The deals. Tracked.
    pub(super) fn deals(self) -> RwSignal<Vec<Deal>> {
        self.chosen
    }

    /// Selects nothing any more.
    pub(super) fn clear(self) {
        self.chosen.set(Vec::new());
        self.last.set(None);
    }

    fn has(self, id: &DealId) -> bool {
        self.chosen
            .with(|chosen| chosen.iter().any(|deal| deal.id == *id))
    }

    /// Keeps what is still shown, as it is now.
    pub(super) fn follow(self, shown: &[Deal]) {
        let before = self.chosen.get_untracked();
        if before.is_empty() {
            return;
        }
        let kept: Vec<Deal> = (shown.iter())
            .filter(|deal| before.iter().any(|known| known.id == deal.id))
            .cloned()
            .collect();
        if kept != before {
            self.chosen.set(kept);
        }
    }

    /// Selects a row or not; with `range` all rows between it and the last one, too.
    fn choose(self, deal: &Deal, on: bool, range: bool, shown: &[Deal]) {
        let position = |id: &DealId| shown.iter().position(|each| each.id == *id);
        let last = self
            .last
            .get_untracked()
            .and_then(|id| position(&id))
            .filter(|_| range);
        let ids: Vec<&DealId> = match (last, position(&deal.id)) {
            (Some(last), Some(at)) => {
                let rows = shown.get(last.min(at)..=last.max(at)).unwrap_or_default();
                rows.iter().map(|each| &each.id).collect()
            }
            _ => vec![&deal.id],
        };
        self.chosen.update(|chosen| {
            let next = shown.iter().filter(|each| {
                let is_meant = ids.contains(&&each.id);
                (is_meant && on) || (!is_meant && chosen.iter().any(|known| known.id == each.id))
            });
            *chosen = next.cloned().collect();
        });
        self.last.set(Some(deal.id.clone()));
    }
}

/// The box of a row.
pub(super) fn row_box(selection: Selection, deal: &Deal, shown: RwSignal<Vec<Deal>>) -> AnyView {
    let id = deal.id.clone();
    let deal = deal.clone();
    let label = t_with("bulk-select", &arguments! { "name" => deal.title.clone() });
    let press = move |event: leptos::ev::MouseEvent| {
        event.stop_propagation();
        let on = event_target_checked(&event);
        let range = event.shift_key();
        shown.with_untracked(|shown| selection.choose(&deal, on, range, shown));
    };
    view! {
        <td class="cell-check">
            <input
                type="checkbox"
                class="checkbox"
                aria-label=label
                prop:checked=move || selection.has(&id)
                on:click=press
            />
        </td>
    }
    .into_any()
}

/// The box in the head, for all rows that are shown.
pub(super) fn head_box(selection: Selection, shown: RwSignal<Vec<Deal>>) -> AnyView {
    let is_all = move || {
        let count = selection.chosen.with(Vec::len);
        count > 0 && count == shown.with(Vec::len)
    };
    let press = move |event| {
        if event_target_checked(&event) {
            selection.chosen.set(shown.get_untracked());
        } else {
            selection.clear();
        }
    };
    view! {
        <th scope="col" class="cell-check">
            <input
                type="checkbox"
                class="checkbox"
                aria-label=t("bulk-select-all")
                prop:checked=is_all
                on:change=press
            />
        </th>
    }
    .into_any()
}
