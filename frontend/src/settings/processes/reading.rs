//! A version as it is: published ones are never changed.

use etalon_domain::process::{Bilingual, Definition, StageDefinition, StepDefinition, StepKind};
use leptos::prelude::*;

use super::steps::glance;
use super::words::{field, local};
use crate::i18n::{format, t, t_count, words};
use crate::ui::{Fact, Facts, text_fact};

/// A stage, or the process as a whole.
pub(super) fn reading(definition: &Definition, code: Option<&str>) -> AnyView {
    match code.and_then(|code| definition.stage(code)) {
        Some(stage) => stage_reading(definition, stage),
        None => whole(definition),
    }
}

/// A text in both languages, one below the other.
fn both(text: &Bilingual) -> Option<AnyView> {
    let line = |language: &'static str, text: &str| {
        (!text.trim().is_empty()).then(|| {
            let text = text.to_owned();
            view! {
                <span class="process-text" lang=language>
                    {text}
                </span>
            }
        })
    };
    let (english, russian) = (line("en", &text.en), line("ru", &text.ru));
    (english.is_some() || russian.is_some()).then(|| view! { {english} {russian} }.into_any())
}

fn names(texts: impl Iterator<Item = String>) -> Option<AnyView> {
    let texts: Vec<String> = texts.collect();
    text_fact((!texts.is_empty()).then(|| texts.join(", ")))
}

fn need_names(definition: &Definition, codes: &[String]) -> Option<AnyView> {
    names(codes.iter().map(|code| {
        let need = definition.need_types.iter().find(|need| need.code == *code);
        need.map_or_else(|| code.clone(), |need| local(&need.name))
    }))
}

fn whole(definition: &Definition) -> AnyView {
    let name = both(&definition.name);
    let roles = names(
        definition
            .override_roles
            .iter()
            .map(|role| words::role(*role)),
    );
    let needs = (definition.need_types.iter())
        .map(|need| view! { <li>{both(&need.name)}</li> })
        .collect_view();
    view! {
        <section class="process-part" aria-labelledby="process-whole">
            <h2 id="process-whole">{t("process-whole")}</h2>
            <div class="process-facts">
                <Facts>
                    <Fact label=t("field-name") value=name />
                    <Fact label=field("override_roles") value=roles />
                </Facts>
            </div>
        </section>
        <section class="process-part" aria-labelledby="process-needs">
            <h3 id="process-needs">{field("need_types")}</h3>
            <ul class="process-read-list">{needs}</ul>
        </section>
    }
    .into_any()
}

fn stage_reading(definition: &Definition, stage: &StageDefinition) -> AnyView {
    let rotting = stage
        .rotting_days
        .map(|days| t_count("days", i64::from(days)));
    let targets = stage.transitions.as_ref().and_then(|codes| {
        names(codes.iter().map(|code| {
            let stage = definition.stage(code);
            stage.map_or_else(|| code.clone(), |stage| local(&stage.name))
        }))
    });
    let targets = match (&stage.transitions, targets) {
        (None, _) => text_fact(Some(t("process-any-stage"))),
        (Some(_), None) => text_fact(Some(t("process-no-stage"))),
        (Some(_), targets) => targets,
    };
    let steps = (stage.steps.iter())
        .map(|step| step_reading(definition, step))
        .collect_view();
    let required = names(
        stage
            .required_fields
            .iter()
            .map(|field| words::field(field)),
    );
    let (title, code) = (local(&stage.name), stage.code.clone());
    let (name, guidance) = (both(&stage.name), both(&stage.guidance));
    let probability = text_fact(Some(format::percent(stage.probability)));
    let forecast = text_fact(Some(words::forecast(stage.forecast_category)));
    view! {
        <section class="process-part" aria-labelledby="process-stage">
            <header class="process-part-head">
                <h2 id="process-stage">{title}</h2>
                <code class="process-code">{code}</code>
            </header>
            <div class="process-facts">
                <Facts>
                    <Fact label=t("field-name") value=name />
                    <Fact label=field("guidance") value=guidance />
                    <Fact label=field("probability") value=probability />
                    <Fact label=field("forecast_category") value=forecast />
                    <Fact label=field("rotting_days") value=text_fact(rotting) />
                    <Fact label=field("transitions") value=targets />
                    <Fact label=field("required_fields") value=required />
                </Facts>
            </div>
        </section>
        <section class="process-part" aria-labelledby="process-steps">
            <h3 id="process-steps">{t("process-field-steps")}</h3>
            <ol class="process-steps">{steps}</ol>
        </section>
    }
    .into_any()
}

fn step_reading(definition: &Definition, step: &StepDefinition) -> AnyView {
    let after = step.after.as_ref().map(|id| {
        let step = definition.step(id);
        step.map_or_else(|| id.clone(), |(_, step)| local(&step.title))
    });
    let task = (step.kind == StepKind::Task).then(|| {
        let kind = step
            .task
            .unwrap_or(etalon_domain::activity::ActivityKind::Task);
        let value = text_fact(Some(words::word("activity-kind", kind.as_str())));
        view! { <Fact label=field("task") value /> }
    });
    let signed = (step.kind == StepKind::Document).then(|| {
        let value = text_fact(Some(t(if step.signed { "yes" } else { "no" })));
        view! { <Fact label=field("signed") value /> }
    });
    let (title, hint) = (both(&step.title), both(&step.hint));
    let (glance, id) = (glance(step), step.id.clone());
    let needs = need_names(definition, &step.need_types)
        .map(|value| view! { <Fact label=field("step_needs") value=Some(value) /> });
    let types = names(step.deal_types.iter().map(|kind| words::deal_type(*kind)));
    view! {
        <li class="process-step">
            <details>
                <summary class="process-step-link">{glance}</summary>
                <div class="process-step-form process-facts">
                    <Facts>
                        <Fact label=field("title") value=title />
                        <Fact label=field("hint") value=hint />
                        {task}
                        {signed}
                        {after
                            .map(|after| {
                                view! { <Fact label=field("after") value=text_fact(Some(after)) /> }
                            })}
                        {needs}
                        {types
                            .map(|value| view! { <Fact label=field("deal_types") value=Some(value) /> })}
                    </Facts>
                    <p class="text-soft">
                        {t("process-code")} " " <code class="process-code">{id}</code>
                    </p>
                </div>
            </details>
        </li>
    }
    .into_any()
}
