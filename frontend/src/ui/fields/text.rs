//! Texts, one line or several, and passwords.

use super::{described_by, frame};
use crate::ui::Bound;
use leptos::prelude::*;

pub(super) fn input(
    kind: &'static str,
    bound: Bound<String>,
    has_help: bool,
    required: bool,
    autocomplete: &'static str,
    autofocus: bool,
) -> AnyView {
    let Bound {
        id,
        get,
        set,
        error,
        ..
    } = bound;
    let described = described_by(&id, has_help, error);
    view! {
        <input
            id=id
            type=kind
            class="input"
            autocomplete=autocomplete
            data-autofocus=autofocus.then_some("")
            aria-required=required.then_some("true")
            aria-invalid=move || error.with(Option::is_some).then_some("true")
            aria-describedby=described
            prop:value=move || get.get()
            on:input=move |event| set.run(event_target_value(&event))
        />
    }
    .into_any()
}

/// A line of text.
#[component]
pub fn TextField(
    /// The field.
    bound: Bound<String>,
    /// Its label.
    #[prop(into)]
    label: String,
    /// What helps to fill it.
    #[prop(optional, into)]
    help: Option<String>,
    /// Whether it must be filled.
    #[prop(optional)]
    required: bool,
    /// Whether the form begins here.
    #[prop(optional)]
    autofocus: bool,
    /// Kind of input: `text`, `email`, `tel`, `url`, `search`.
    #[prop(default = "text")]
    kind: &'static str,
    /// What the browser may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
) -> impl IntoView {
    let (id, error) = (bound.id.clone(), bound.error);
    let control = input(
        kind,
        bound,
        help.is_some(),
        required,
        autocomplete,
        autofocus,
    );
    frame(&id, label, help, required, error, control)
}

/// A secret.
#[component]
pub fn PasswordField(
    /// The field.
    bound: Bound<String>,
    /// Its label.
    #[prop(into)]
    label: String,
    /// What helps to fill it.
    #[prop(optional, into)]
    help: Option<String>,
    /// What the browser may fill in: `current-password` or `new-password`.
    #[prop(default = "current-password")]
    autocomplete: &'static str,
    /// Whether it may stay empty.
    #[prop(optional)]
    optional: bool,
) -> impl IntoView {
    let (id, error) = (bound.id.clone(), bound.error);
    let required = !optional;
    let control = input(
        "password",
        bound,
        help.is_some(),
        required,
        autocomplete,
        false,
    );
    frame(&id, label, help, required, error, control)
}

/// Several lines of text.
#[component]
pub fn TextArea(
    /// The field.
    bound: Bound<String>,
    /// Its label.
    #[prop(into)]
    label: String,
    /// What helps to fill it.
    #[prop(optional, into)]
    help: Option<String>,
    /// Whether it must be filled.
    #[prop(optional)]
    required: bool,
    /// Whether the form begins here.
    #[prop(optional)]
    autofocus: bool,
    /// How many lines are visible.
    #[prop(default = 3)]
    rows: u32,
) -> impl IntoView {
    let Bound {
        id,
        get,
        set,
        error,
        ..
    } = bound;
    let described = described_by(&id, help.is_some(), error);
    let control = view! {
        <textarea
            id=id.clone()
            class="textarea"
            rows=rows
            data-autofocus=autofocus.then_some("")
            aria-required=required.then_some("true")
            aria-invalid=move || error.with(Option::is_some).then_some("true")
            aria-describedby=described
            prop:value=move || get.get()
            on:input=move |event| set.run(event_target_value(&event))
        ></textarea>
    }
    .into_any();
    frame(&id, label, help, required, error, control)
}
