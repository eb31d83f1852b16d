use etalon_domain::error::FieldCode;
use etalon_domain::money::{Currency, Money, MoneyError};
use etalon_domain::target::{MAX_TARGET, TargetCell};
use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use super::grid::State;
use crate::i18n::{arguments, format, t, t_with, words};
use crate::ui::icon;
use crate::ui::money::{code_of, read};

/// Identifier of what is wrong with what is typed.
const WRONG_ID: &str = "target-wrong";

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
    let is_touch = StoredValue::new(false);
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
                if state.typed.with_untracked(Option::is_none) {
                    state.place.set(place);
                }
            }
            on:mousedown=move |event: ev::MouseEvent| {
                if is_here.get_untracked() {
                    return;
                }
                if state.accept() {
                    state.typed.set(None);
                    state.place.set(place);
                } else {
                    event.prevent_default();
                    state.go_back();
                }
            }
            on:pointerdown=move |event: ev::PointerEvent| {
                is_touch.set_value(event.pointer_type() == "touch");
            }
            on:click=move |_| {
                // A finger has no keys to begin with: one touch is enough.
                if is_touch.get_value() && is_here.get_untracked() && !is_typing.get_untracked() {
                    state.edit(None);
                }
            }
            on:dblclick=move |_| {
                if is_here.get_untracked() && !is_typing.get_untracked() {
                    state.edit(None);
                }
            }
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
        // Focus that leaves by a press elsewhere writes; what cannot be read stays, and says why.
        if state.typed.try_with_untracked(Option::is_some) == Some(true) {
            state.accept();
        }
    };
    let is_wrong = move || state.wrong.with(Option::is_some);
    let class = move || {
        if is_wrong() {
            "input input-error target-input"
        } else {
            "input target-input"
        }
    };
    let wrong = move || {
        state.wrong.get().map(|wrong| {
            view! {
                <p class="field-error target-wrong" id=WRONG_ID role="alert">
                    {icon!("circle-alert")}
                    <span>{wrong}</span>
                </p>
            }
        })
    };
    view! {
        <input
            node_ref=input
            type="text"
            inputmode="decimal"
            autocomplete="off"
            class=class
            aria-label=t("field-amount")
            aria-invalid=move || is_wrong().then_some("true")
            aria-describedby=move || is_wrong().then_some(WRONG_ID)
            prop:value=move || state.typed.get().unwrap_or_default()
            on:input=move |event| state.type_in(event_target_value(&event))
            on:blur=leave
        />
        {wrong}
    }
    .into_any()
}

/// The target that a text says; nothing when it is empty.
///
/// # Errors
/// What is wrong with the text, in the reader's language.
pub(super) fn read_target(text: &str, base: Currency) -> Result<Option<Money>, String> {
    let amount = read(text, base).map_err(|error| match error {
        MoneyError::NotANumber => {
            let example = format::number(30_000);
            t_with("targets-not-a-number", &arguments! { "example" => example })
        }
        other => words::field_error(code_of(other)),
    })?;
    match amount {
        Some(money) if !(0..=MAX_TARGET).contains(&money.minor) => {
            Err(words::field_error(FieldCode::OutOfRange))
        }
        amount => Ok(amount),
    }
}
