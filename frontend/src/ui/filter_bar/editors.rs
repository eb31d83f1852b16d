//! The values of a filter in words, and what changes them.

use leptos::prelude::*;

use super::FilterKind;
use crate::i18n::{format, t};
use crate::ui::chosen::{chosen_checks, chosen_names, chosen_records};
use crate::ui::{Choice, DayRange, DayRangeEditor, range_text};

/// The chosen values in words.
pub(super) fn shown_value(kind: &FilterKind, chosen: Signal<Vec<String>>) -> Signal<String> {
    match kind {
        FilterKind::Choices(choices) | FilterKind::Choice(choices) => {
            let choices = choices.clone();
            Signal::derive(move || {
                let chosen = chosen.get();
                let labels = choices.iter().filter(|c| chosen.contains(&c.value));
                labels
                    .map(|c| c.label.as_str())
                    .collect::<Vec<_>>()
                    .join(", ")
            })
        }
        FilterKind::Records(source) => {
            let names = chosen_names(chosen, *source);
            Signal::derive(move || {
                let names: Vec<_> = names.get().into_iter().map(|picked| picked.name).collect();
                names.join(", ")
            })
        }
        FilterKind::Words => Signal::derive(move || chosen.get().join(", ")),
        FilterKind::Days { .. } => Signal::derive(move || {
            let (from, to) = days_of(&chosen.get());
            range_text(from.map(format::day), to.map(format::day))
        }),
        FilterKind::Given(text) => Signal::stored(text.clone()),
    }
}

/// What changes the values of a filter.
pub(super) fn editor(
    kind: &FilterKind,
    label: &str,
    chosen: Signal<Vec<String>>,
    choose: Callback<Vec<String>>,
) -> AnyView {
    match kind {
        FilterKind::Choices(choices) => chosen_checks(choices.clone(), chosen, choose),
        FilterKind::Choice(choices) => radios(choices.clone(), label, chosen, choose),
        FilterKind::Records(source) => chosen_records(*source, label, chosen, choose, None),
        FilterKind::Words => words(label, chosen, choose),
        FilterKind::Days { .. } => days(chosen, choose),
        FilterKind::Given(text) => text.clone().into_any(),
    }
}

fn radios(
    choices: Vec<Choice>,
    label: &str,
    chosen: Signal<Vec<String>>,
    choose: Callback<Vec<String>>,
) -> AnyView {
    let rows = choices
        .into_iter()
        .map(|Choice { value, label }| {
            let known = value.clone();
            let is_chosen = move || chosen.with(|chosen| chosen.contains(&known));
            view! {
                <label class="check-row">
                    <input
                        type="radio"
                        class="radio radio-sm"
                        name="filter-choice"
                        prop:checked=is_chosen
                        on:change=move |_| choose.run(vec![value.clone()])
                    />
                    <span>{label}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <div class="editor-list" role="radiogroup" aria-label=label.to_owned()>
            {rows}
        </div>
    }
    .into_any()
}

/// The days of a range as the address has them.
fn days_of(values: &[String]) -> DayRange {
    let day = |at: usize| values.get(at).and_then(|text| text.parse().ok());
    (day(0), day(1))
}

fn days(chosen: Signal<Vec<String>>, choose: Callback<Vec<String>>) -> AnyView {
    let value = Signal::derive(move || days_of(&chosen.get()));
    let change = move |(from, to): DayRange| {
        let text = |day: Option<chrono::NaiveDate>| day.map(|d| d.to_string()).unwrap_or_default();
        choose.run(vec![text(from), text(to)]);
    };
    view! { <DayRangeEditor value on_change=change /> }.into_any()
}

fn words(label: &str, chosen: Signal<Vec<String>>, choose: Callback<Vec<String>>) -> AnyView {
    view! {
        <label class="field">
            <span class="field-label">{label.to_owned()}</span>
            <input
                type="text"
                class="input"
                autocomplete="off"
                prop:value=move || chosen.get().join(", ")
                on:change=move |event| {
                    let text = event_target_value(&event);
                    let values = text.split(',').map(|part| part.trim().to_owned());
                    choose.run(values.filter(|part| !part.is_empty()).collect());
                }
            />
            <span class="field-help">{t("filter-words-help")}</span>
        </label>
    }
    .into_any()
}
