use etalon_domain::target::TargetCell;
use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use super::grid::State;
use crate::i18n::{arguments, format, t, t_with};

/// A cell of the grid, by row and month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// Which row.
    pub(super) row: usize,
    /// Which month.
    pub(super) month: usize,
}

/// One month of a person or a department.
pub(super) fn cell_view(place: Place, state: State) -> AnyView {
    let cell = Memo::new(move |_| {
        state.query.data.with(|grid| {
            let row = grid.as_ref()?.rows.get(place.row)?;
            row.cells.get(place.month).cloned()
        })
    });
    let may_edit = state.at(place).is_some_and(|(row, _)| row.may_edit);
    let is_here = Memo::new(move |_| state.place.get() == place);
    let is_typing = Memo::new(move |_| is_here.get() && state.typed.with(Option::is_some));
    let is_rolled_up = move || {
        cell.with(|cell| {
            cell.as_ref()
                .is_some_and(|cell| cell.amount.is_none() && cell.effective.is_some())
        })
    };
    let content = move || {
        if is_typing.get() {
            editor(state)
        } else {
            shown(cell.get())
        }
    };
    view! {
        <td
            class="cell-number target-cell"
            class:is-rolled-up=is_rolled_up
            class:is-fixed=!may_edit
            role="gridcell"
            aria-readonly=(!may_edit).then_some("true")
            data-cell=format!("{}-{}", place.row, place.month)
            tabindex=move || if is_here.get() && !is_typing.get() { "0" } else { "-1" }
            title=move || if is_rolled_up() { t("targets-rolled-up") } else { String::new() }
            on:focus=move |_| {
                if !is_typing.get_untracked() {
                    state.place.set(place);
                }
            }
            on:mousedown=move |_| {
                if !is_here.get_untracked() {
                    state.accept();
                    state.typed.set(None);
                    state.place.set(place);
                }
            }
            on:dblclick=move |_| state.edit(None)
        >
            {content}
        </td>
    }
    .into_any()
}

fn shown(cell: Option<TargetCell>) -> AnyView {
    let Some(cell) = cell else {
        return ().into_any();
    };
    let Some(money) = cell.amount.or(cell.effective) else {
        return view! { <span class="text-faint">"–"</span> }.into_any();
    };
    let changed = cell.updated_at.map(|at| {
        t_with(
            "targets-changed-at",
            &arguments! { "when" => format::near_instant(at) },
        )
    });
    view! { <span title=changed>{format::amount(money)}</span> }.into_any()
}

fn editor(state: State) -> AnyView {
    let input = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if let Some(input) = input.get() {
            let _ = input.focus();
        }
    });
    let leave = move |_: ev::FocusEvent| {
        // Focus that leaves by a press elsewhere writes; a number that cannot be read is given up.
        if state.typed.try_with_untracked(Option::is_some) == Some(true) && !state.accept() {
            state.typed.set(None);
        }
    };
    view! {
        <input
            node_ref=input
            type="text"
            inputmode="decimal"
            autocomplete="off"
            class="input target-input"
            aria-label=t("field-amount")
            aria-invalid=move || state.wrong.get().then_some("true")
            prop:value=move || state.typed.get().unwrap_or_default()
            on:input=move |event| {
                state.wrong.set(false);
                state.typed.set(Some(event_target_value(&event)));
            }
            on:blur=leave
        />
    }
    .into_any()
}
