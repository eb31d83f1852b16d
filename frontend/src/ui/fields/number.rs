//! Numbers and days.

use chrono::NaiveDate;
use etalon_domain::error::FieldCode;
use leptos::prelude::*;

use super::{described_by, frame};
use crate::ui::Bound;

/// A day.
#[component]
pub fn DateField(
    /// The field.
    bound: Bound<Option<NaiveDate>>,
    /// Its label.
    #[prop(into)]
    label: String,
    /// What helps to fill it.
    #[prop(optional, into)]
    help: Option<String>,
    /// Whether it must be filled in.
    #[prop(optional)]
    required: bool,
) -> impl IntoView {
    let Bound {
        id,
        get,
        set,
        error,
        unreadable,
        ..
    } = bound;
    let described = described_by(&id, help.is_some(), error);
    let control = view! {
        <input
            id=id.clone()
            type="date"
            class="input"
            aria-required=required.then_some("true")
            aria-invalid=move || error.with(Option::is_some).then_some("true")
            aria-describedby=described
            prop:value=move || get.get().map(|day| day.to_string()).unwrap_or_default()
            on:change=move |event| {
                let text = event_target_value(&event);
                let day = text.parse::<NaiveDate>().ok();
                let is_wrong = day.is_none() && !text.is_empty();
                unreadable.run(is_wrong.then_some(FieldCode::InvalidFormat));
                set.run(day);
            }
        />
    }
    .into_any();
    frame(&id, label, help, required, error, control)
}

/// A whole number.
#[component]
pub fn NumberField(
    /// The field.
    bound: Bound<Option<i64>>,
    /// Its label.
    #[prop(into)]
    label: String,
    /// What helps to fill it.
    #[prop(optional, into)]
    help: Option<String>,
    /// What follows the number, such as `%`.
    #[prop(optional, into)]
    unit: Option<String>,
) -> impl IntoView {
    let Bound {
        id,
        get,
        set,
        error,
        unreadable,
        ..
    } = bound;
    let described = described_by(&id, help.is_some(), error);
    let typed = RwSignal::new(
        get.get_untracked()
            .map(|n| n.to_string())
            .unwrap_or_default(),
    );
    Effect::new(move |_| {
        let value = get.get();
        let shown = typed.get_untracked();
        if shown.trim().parse::<i64>().ok() != value {
            typed.set(value.map(|n| n.to_string()).unwrap_or_default());
        }
    });
    let control = view! {
        <div class="input-with-unit">
            <input
                id=id.clone()
                type="text"
                inputmode="numeric"
                autocomplete="off"
                class="input tabular-nums"
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=described
                prop:value=move || typed.get()
                on:change=move |event| {
                    let text = event_target_value(&event);
                    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
                    let number = digits.parse::<i64>().ok();
                    let is_wrong = number.is_none() && !digits.is_empty();
                    typed.set(if is_wrong { text } else { digits });
                    unreadable.run(is_wrong.then_some(FieldCode::InvalidFormat));
                    if !is_wrong {
                        set.run(number);
                    }
                }
            />
            {unit.map(|unit| view! { <span class="input-unit">{unit}</span> })}
        </div>
    }
    .into_any();
    frame(&id, label, help, false, error, control)
}
