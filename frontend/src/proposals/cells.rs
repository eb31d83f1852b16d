//! The inputs within a line of an offer: small, labeled for those who listen, errors below.

use etalon_domain::error::FieldCode;
use leptos::prelude::*;

use super::row::Row;
use crate::ui::icon;

/// What a cell of a line is bound to.
#[derive(Clone, Copy)]
pub(super) struct Cell {
    /// The line.
    pub row: Row,
    /// Name of the field.
    pub field: &'static str,
}

impl Cell {
    fn id(self) -> impl Fn() -> String + Copy {
        move || self.row.id_of(self.field)
    }

    fn error(self) -> Signal<Option<String>> {
        Signal::derive(move || self.row.error_of(self.field))
    }
}

/// A number in a line. It counts while one types; when the input is left, it is written as such
/// numbers are.
pub(super) fn number(
    cell: Cell,
    label: Signal<String>,
    shown: Signal<String>,
    read: impl Fn(&str) -> Result<(), FieldCode> + Copy + Send + Sync + 'static,
) -> AnyView {
    let typed = RwSignal::new(None::<String>);
    let (id, error) = (cell.id(), cell.error());
    let accept = move |text: String| {
        let wrong = read(&text).err();
        cell.row.set_unreadable(cell.field, wrong);
        typed.set(Some(text));
    };
    view! {
        <input
            id=id
            type="text"
            inputmode="decimal"
            autocomplete="off"
            class="input tabular-nums"
            aria-label=move || label.get()
            aria-invalid=move || error.with(Option::is_some).then_some("true")
            aria-describedby=move || error.with(Option::is_some).then(|| id() + "-error")
            prop:value=move || typed.get().unwrap_or_else(|| shown.get())
            on:focus=move |event| {
                event_target::<web_sys::HtmlInputElement>(&event).select();
            }
            on:input=move |event| accept(event_target_value(&event))
            on:blur=move |_| {
                if !cell.row.is_unreadable(cell.field) {
                    typed.try_set(None);
                }
            }
        />
        {message(id, error)}
    }
    .into_any()
}

/// A text in a line.
pub(super) fn text(
    cell: Cell,
    label: Signal<String>,
    placeholder: String,
    get: Signal<String>,
    set: impl Fn(String) + Copy + 'static,
) -> AnyView {
    let (id, error) = (cell.id(), cell.error());
    view! {
        <input
            id=id
            type="text"
            autocomplete="off"
            class="input"
            placeholder=placeholder
            aria-label=move || label.get()
            aria-invalid=move || error.with(Option::is_some).then_some("true")
            aria-describedby=move || error.with(Option::is_some).then(|| id() + "-error")
            prop:value=move || get.get()
            on:input=move |event| {
                cell.row.clear(cell.field);
                set(event_target_value(&event));
            }
        />
        {message(id, error)}
    }
    .into_any()
}

fn message(
    id: impl Fn() -> String + Copy + Send + 'static,
    error: Signal<Option<String>>,
) -> AnyView {
    let shown = move || {
        error.get().map(|error| {
            view! {
                <p class="field-error" id=id() + "-error">
                    {icon!("circle-alert")}
                    <span>{error}</span>
                </p>
            }
        })
    };
    shown.into_any()
}
