//! Inputs with their labels, help and errors.

use chrono::NaiveDate;
use etalon_domain::error::FieldCode;
use leptos::prelude::*;

use super::{Bound, icon};

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

/// What surrounds an input: label above, help and error below. `labels` says whether the label is
/// tied to the input by `for`.
pub(super) fn frame(
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
pub(super) fn described_by(
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

fn input(
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
    frame(&id, label, help, false, error, control)
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
