//! One of several, and yes or no.

use super::{described_by, frame};
use crate::ui::Bound;
use leptos::prelude::*;

/// One choice of a select.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// What is stored.
    pub value: String,
    /// What is shown.
    pub label: String,
}

impl Choice {
    /// A choice.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
        }
    }
}

/// One of a few choices.
#[component]
pub fn SelectField(
    /// The field; its value is that of a choice.
    bound: Bound<String>,
    /// Its label.
    #[prop(into)]
    label: String,
    /// The choices.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// What helps to choose.
    #[prop(optional, into)]
    help: Option<String>,
    /// Whether a choice must be made.
    #[prop(optional)]
    required: bool,
) -> impl IntoView {
    let Bound {
        id,
        get,
        set,
        error,
        ..
    } = bound;
    let described = described_by(&id, help.is_some(), error);
    let options = move || {
        choices
            .get()
            .into_iter()
            .map(|choice| {
                let value = choice.value.clone();
                view! {
                    <option value=choice.value selected=move || get.get() == value>
                        {choice.label}
                    </option>
                }
            })
            .collect_view()
    };
    let control = view! {
        <select
            id=id.clone()
            class="select"
            aria-required=required.then_some("true")
            aria-invalid=move || error.with(Option::is_some).then_some("true")
            aria-describedby=described
            prop:value=move || get.get()
            on:change=move |event| set.run(event_target_value(&event))
        >
            {options}
        </select>
    }
    .into_any();
    frame(&id, label, help, required, error, control)
}

/// Yes or no.
#[component]
pub fn Checkbox(
    /// The field.
    bound: Bound<bool>,
    /// Its label.
    #[prop(into)]
    label: String,
    /// What it means.
    #[prop(optional, into)]
    help: Option<String>,
) -> impl IntoView {
    let Bound { id, get, set, .. } = bound;
    view! {
        <div class="check-row">
            <input
                id=id.clone()
                type="checkbox"
                class="checkbox"
                prop:checked=move || get.get()
                on:change=move |event| set.run(event_target_checked(&event))
            />
            <label for=id>
                {label}
                {help.map(|help| view! { <span class="field-help">{help}</span> })}
            </label>
        </div>
    }
    .into_any()
}
