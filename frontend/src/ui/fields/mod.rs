//! Inputs with their labels, help and errors.

mod choice;
mod decimal;
mod number;
mod text;
mod words;

pub use choice::{Checkbox, Choice, SelectField};
pub use decimal::{DecimalField, code_of, read_decimal};
pub use number::{DateField, NumberField};
pub use text::{PasswordField, TextArea, TextField};
pub use words::WordsField;

use crate::ui::icon;
use leptos::prelude::*;

/// What surrounds an input: label above, help and error below. `labels` says whether the label is
/// tied to the input by `for`.
pub(in crate::ui) fn frame(
    id: &str,
    label: String,
    help: Option<String>,
    required: bool,
    error: Signal<Option<String>>,
    control: AnyView,
) -> AnyView {
    let error_id = format!("{id}-error");
    let help_id = format!("{id}-help");
    view! {
        <div class="field">
            <label for=id.to_owned() class="field-label">
                {label}
                {required.then(|| view! { <span class="field-mark" aria-hidden="true">"*"</span> })}
            </label>
            {control}
            {help.map(|help| view! { <p class="field-help" id=help_id>{help}</p> })}
            {move || {
                let error_id = error_id.clone();
                error
                    .get()
                    .map(|error| {
                        view! {
                            <p class="field-error" id=error_id>
                                {icon!("circle-alert")}
                                <span>{error}</span>
                            </p>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}

/// The identifiers of what describes an input.
pub(in crate::ui) fn described_by(
    id: &str,
    has_help: bool,
    error: Signal<Option<String>>,
) -> impl Fn() -> Option<String> + use<> {
    let id = id.to_owned();
    move || match (error.with(Option::is_some), has_help) {
        (true, _) => Some(format!("{id}-error")),
        (false, true) => Some(format!("{id}-help")),
        (false, false) => None,
    }
}
