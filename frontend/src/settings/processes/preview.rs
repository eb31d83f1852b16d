//! A process as a manager would meet it with a new deal.

use chrono::Days;
use etalon_domain::deal::DealType;
use etalon_domain::process::{Definition, StageDefinition, StepDefinition, field_name};
use etalon_domain::user::Language;
use leptos::prelude::*;

use super::columns::Columns;
use super::words::{due, kind, local, picture};
use crate::address::{use_changes, use_choice, use_value};
use crate::i18n::{arguments, format, language, t, t_with, words};
use crate::settings::languages;
use crate::ui::{Badge, Bound, Choice, SelectField, icon};

/// The deal for which the process is shown, and in which language.
#[derive(Clone, Copy)]
struct Sample {
    language: Memo<Language>,
    need: Memo<Option<String>>,
    deal_type: Memo<DealType>,
}

impl Sample {
    fn new() -> Self {
        let (in_language, need) = (use_value("language"), use_value("need"));
        Self {
            language: Memo::new(move |_| {
                let named = in_language.with(|text| text.as_deref()?.parse().ok());
                named.unwrap_or_else(language)
            }),
            need,
            deal_type: use_choice("type", DealType::Direct),
        }
    }
}

/// The stages as a manager sees them.
#[component]
pub(super) fn Preview(
    /// What is previewed.
    definition: Signal<Definition>,
) -> impl IntoView {
    let sample = Sample::new();
    let show = Callback::new(move |code: Option<String>| {
        let content = move || {
            let code = code.clone()?;
            definition.with(|d| d.stage(&code).map(|stage| seen(d, stage, sample)))
        };
        content.into_any()
    });
    view! {
        <div class="process-body">
            <p class="text-soft">{t("process-preview-text")}</p>
            {controls(definition, sample)}
        </div>
        <Columns definition show />
    }
    .into_any()
}

fn controls(definition: Signal<Definition>, sample: Sample) -> AnyView {
    let changes = use_changes();
    let in_address = move |name: &'static str, value: Signal<String>| {
        Bound::at_once(
            name,
            format!("process-sample-{name}"),
            value,
            move |chosen: String| {
                changes.apply(&[(name, Some(chosen.as_str()).filter(|text| !text.is_empty()))]);
            },
        )
    };
    let in_language = Signal::derive(move || sample.language.get().to_string());
    let need = Signal::derive(move || sample.need.get().unwrap_or_default());
    let kind = Signal::derive(move || sample.deal_type.get().to_string());
    let needs = Memo::new(move |_| {
        let mut choices = vec![Choice::new("", t("process-sample-no-need"))];
        definition.with(|d| {
            let needs = d.need_types.iter();
            choices.extend(needs.map(|need| Choice::new(need.code.clone(), local(&need.name))));
        });
        choices
    });
    let types: Vec<Choice> = (DealType::ALL.iter())
        .map(|each| Choice::new(each.as_str(), words::deal_type(*each)))
        .collect();
    view! {
        <div class="process-numbers">
            <SelectField
                bound=in_address("language", in_language)
                label=t("field-language")
                choices=languages()
            />
            <SelectField bound=in_address("need", need) label=t("field-need-type") choices=needs />
            <SelectField bound=in_address("type", kind) label=t("field-deal-type") choices=types />
        </div>
    }
    .into_any()
}

/// A stage of a deal that has just entered it.
fn seen(definition: &Definition, stage: &StageDefinition, sample: Sample) -> AnyView {
    let tongue = sample.language.get();
    let (need, deal_type) = (sample.need.get(), sample.deal_type.get());
    let asked: Vec<&StepDefinition> = (stage.steps.iter())
        .filter(|step| step.applies_to(need.as_deref(), deal_type))
        .collect();
    let required: Vec<String> = (asked.iter())
        .filter(|step| step.mandatory)
        .map(|step| step.title.in_language(tongue).to_owned())
        .chain(
            (stage.required_fields.iter())
                .map(|field| field_name(field).in_language(tongue).to_owned()),
        )
        .collect();
    let is_free = required.is_empty();
    let steps = (asked.into_iter())
        .map(|step| step_seen(definition, step, tongue))
        .collect_view();
    let required = required
        .into_iter()
        .map(|text| view! { <li>{icon!("circle")} <span>{text}</span></li> });
    view! {
        <article class="process-part process-seen" lang=tongue.as_str()>
            <h2>{stage.name.in_language(tongue).to_owned()}</h2>
            <p class="process-text">{stage.guidance.in_language(tongue).to_owned()}</p>
            <ol class="process-seen-steps">{steps}</ol>
            <h3>{t("process-seen-exit")}</h3>
            {is_free.then(|| view! { <p class="text-soft">{t("process-seen-free")}</p> })}
            <ul class="process-seen-exit">{required.collect_view()}</ul>
        </article>
    }
    .into_any()
}

fn step_seen(definition: &Definition, step: &StepDefinition, tongue: Language) -> AnyView {
    let hint = step.hint.in_language(tongue).to_owned();
    let until = match (&step.after, step.due_days) {
        (None, Some(days)) => {
            let day = u64::try_from(days)
                .ok()
                .and_then(|days| format::today().checked_add_days(Days::new(days)));
            day.map(|day| {
                t_with(
                    "process-seen-due",
                    &arguments! { "day" => format::day(day) },
                )
            })
        }
        _ => due(step),
    };
    let waits = step
        .after
        .as_ref()
        .and_then(|id| definition.step(id))
        .map(|(_, before)| {
            let name = before.title.in_language(tongue).to_owned();
            t_with("process-seen-after", &arguments! { "name" => name })
        });
    let mut under = vec![kind(step.kind)];
    under.extend(until);
    under.extend(waits);
    view! {
        <li class="process-seen-step">
            <span class="process-step-picture">{picture(step.kind)}</span>
            <div class="process-step-name">
                <span>{step.title.in_language(tongue).to_owned()}</span>
                {(!hint.is_empty()).then(|| view! { <span class="process-text">{hint}</span> })}
                <span class="text-soft">{under.join(" · ")}</span>
            </div>
            {step.mandatory.then(|| view! { <Badge>{icon!("lock")} {t("process-mandatory")}</Badge> })}
        </li>
    }
    .into_any()
}
