//! Inputs that only processes have.

use leptos::prelude::*;

use crate::i18n::t;
use crate::ui::{Bound, Choice, TextArea, TextField, icon};

/// A text in both languages, side by side.
pub(super) fn both_lines(bound: [Bound<String>; 2], label: &str) -> AnyView {
    let [english, russian] = bound;
    view! {
        <div class="form-pair">
            <TextField bound=english label=in_english(label) required=true />
            <TextField bound=russian label=in_russian(label) required=true />
        </div>
    }
    .into_any()
}

/// A longer text in both languages, side by side.
pub(super) fn both_texts(bound: [Bound<String>; 2], label: &str, rows: u32) -> AnyView {
    let [english, russian] = bound;
    view! {
        <div class="form-pair">
            <TextArea bound=english label=in_english(label) rows />
            <TextArea bound=russian label=in_russian(label) rows />
        </div>
    }
    .into_any()
}

fn in_english(label: &str) -> String {
    t(&format!("process-field-{label}-en"))
}

fn in_russian(label: &str) -> String {
    t(&format!("process-field-{label}-ru"))
}

/// Several of a few choices. What is chosen and not among them any more can only be taken away.
#[component]
pub(super) fn Checks(
    /// The field; its values are those of choices.
    bound: Bound<Vec<String>>,
    /// Its label.
    #[prop(into)]
    label: String,
    /// The choices.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// What helps to choose.
    #[prop(optional, into)]
    help: Option<String>,
) -> impl IntoView {
    let Bound {
        id,
        get,
        set,
        error,
        ..
    } = bound;
    let offered = Memo::new(move |_| {
        let mut offered = choices.get();
        for value in get.get() {
            if offered.iter().all(|choice| choice.value != value) {
                let label = format!("{value} ({})", t("process-gone"));
                offered.push(Choice::new(value, label));
            }
        }
        offered
    });
    let toggle = move |value: &str, on: bool| {
        let mut chosen = get.get_untracked();
        chosen.retain(|each| each != value);
        if on {
            chosen.push(value.to_owned());
        }
        let order = offered.get_untracked();
        chosen.sort_by_key(|each| order.iter().position(|choice| choice.value == *each));
        set.run(chosen);
    };
    let boxes = {
        let id = id.clone();
        move || {
            let id = id.clone();
            offered
                .get()
                .into_iter()
                .enumerate()
                .map(move |(at, choice)| {
                    let box_id = format!("{id}-{at}");
                    let (value, changed) = (choice.value.clone(), choice.value);
                    view! {
                        <div class="check-row">
                            <input
                                id=box_id.clone()
                                type="checkbox"
                                class="checkbox"
                                prop:checked=move || get.with(|all| all.contains(&value))
                                on:change=move |event| toggle(&changed, event_target_checked(&event))
                            />
                            <label for=box_id>{choice.label}</label>
                        </div>
                    }
                })
                .collect_view()
        }
    };
    let help_id = format!("{id}-help");
    let described = help.is_some().then(|| help_id.clone());
    view! {
        <fieldset
            class="process-checks"
            id=id.clone()
            tabindex="-1"
            aria-describedby=described
        >
            <legend class="field-label">{label}</legend>
            {help.map(|help| view! { <p class="field-help" id=help_id>{help}</p> })}
            <div class="process-check-grid">{boxes}</div>
            {move || {
                error
                    .get()
                    .map(|error| {
                        view! {
                            <p class="field-error">
                                {icon!("circle-alert")}
                                <span>{error}</span>
                            </p>
                        }
                    })
            }}
        </fieldset>
    }
    .into_any()
}

/// Two buttons that move a thing by one place. They stay usable at the ends, so that the focus is not
/// lost there, but say that they do nothing.
#[component]
pub(super) fn Movers(
    /// What is moved, by name.
    up_label: Signal<String>,
    /// What is moved, by name.
    down_label: Signal<String>,
    /// Names the buttons in identifiers.
    key: String,
    /// Whether it is the first.
    #[prop(into)]
    first: Signal<bool>,
    /// Whether it is the last.
    #[prop(into)]
    last: Signal<bool>,
    /// Moves it; `true` is down.
    on_move: Callback<bool>,
) -> impl IntoView {
    let button = move |id: String, label: Signal<String>, at_end: Signal<bool>, down: bool| {
        view! {
            <button
                id=id
                type="button"
                class="btn btn-ghost btn-square"
                aria-label=move || label.get()
                title=move || label.get()
                aria-disabled=move || at_end.get().then_some("true")
                on:click=move |_| {
                    if !at_end.get_untracked() {
                        on_move.run(down);
                    }
                }
            >
                {if down { icon!("arrow-down") } else { icon!("arrow-up") }}
            </button>
        }
    };
    view! {
        {button(format!("{key}-up"), up_label, first, false)}
        {button(format!("{key}-down"), down_label, last, true)}
    }
    .into_any()
}
