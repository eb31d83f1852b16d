//! A stage of a draft: what it is called and says, what it counts as, what it takes to leave it.

use etalon_domain::deal::ForecastCategory;
use etalon_domain::process::{Definition, REQUIRED_FIELDS, StageDefinition};
use leptos::prelude::*;

use super::draft::Draft;
use super::edit::Taken;
use super::fields::{Checks, both_lines, both_texts};
use super::place::{OfStage, Place};
use super::steps::Steps;
use super::words::local;
use crate::address::use_changes;
use crate::i18n::{arguments, t, t_with, words};
use crate::ui::{Button, Checkbox, Choice, NumberField, SelectField, icon, toast};

/// The fields and the steps of a stage.
#[component]
pub(super) fn StageForm(
    /// The draft.
    draft: Draft,
    /// Code of the stage.
    code: String,
    /// The version in use.
    in_use: Option<Definition>,
) -> impl IntoView {
    let place = OfStage(code.clone());
    let name = {
        let place = place.clone();
        Memo::new(move |_| {
            let name = draft
                .definition
                .with(|d| place.find(d).map(|stage| local(&stage.name)));
            name.unwrap_or_default()
        })
    };
    view! {
        <section class="process-part" aria-labelledby="process-stage">
            <header class="process-part-head">
                <h2 id="process-stage">{move || name.get()}</h2>
                <code class="process-code" title=t("process-code-help")>
                    {code.clone()}
                </code>
                {remove_button(draft, code.clone(), name)}
            </header>
            <div class="form-stack">{basics(draft, &place)}</div>
        </section>
        <Steps draft stage=code in_use />
        <section class="process-part" aria-labelledby="process-leave">
            <h3 id="process-leave">{t("process-to-leave")}</h3>
            <p class="text-soft">{t("process-to-leave-text")}</p>
            <div class="form-stack">{exits(draft, &place)}</div>
        </section>
    }
    .into_any()
}

fn basics(draft: Draft, place: &OfStage) -> AnyView {
    let name = draft.both(
        place,
        ["name.en", "name.ru"],
        |stage: &StageDefinition| &stage.name,
        |stage| &mut stage.name,
    );
    let guidance = draft.both(
        place,
        ["guidance.en", "guidance.ru"],
        |stage: &StageDefinition| &stage.guidance,
        |stage| &mut stage.guidance,
    );
    let probability = draft.field(
        place,
        "probability",
        |stage: &StageDefinition| Some(i64::from(stage.probability)),
        |stage, percent: Option<i64>| stage.probability = small(percent.unwrap_or_default()),
    );
    let rotting = draft.field(
        place,
        "rotting_days",
        |stage: &StageDefinition| stage.rotting_days.map(i64::from),
        |stage, days: Option<i64>| stage.rotting_days = days.map(small),
    );
    let forecast = draft.field(
        place,
        "forecast_category",
        |stage: &StageDefinition| stage.forecast_category.to_string(),
        |stage, category: String| {
            stage.forecast_category = category.parse().unwrap_or(ForecastCategory::Pipeline);
        },
    );
    let categories: Vec<Choice> = (ForecastCategory::ALL.iter())
        .map(|each| Choice::new(each.as_str(), words::forecast(*each)))
        .collect();
    view! {
        {both_lines(name, "name")}
        {both_texts(guidance, "guidance", 4)}
        <div class="process-numbers">
            <NumberField bound=probability label=t("process-field-probability") unit="%" />
            <SelectField
                bound=forecast
                label=t("process-field-forecast-category")
                choices=categories
            />
            <NumberField
                bound=rotting
                label=t("process-field-rotting-days")
                help=t("process-rotting-help")
            />
        </div>
    }
    .into_any()
}

/// A whole number as definitions keep it. What is far too large stays too large, so that it is refused.
pub(super) fn small(number: i64) -> i32 {
    i32::try_from(number).unwrap_or(if number < 0 { i32::MIN } else { i32::MAX })
}

fn exits(draft: Draft, place: &OfStage) -> AnyView {
    let required = draft.field(
        place,
        "required_fields",
        |stage: &StageDefinition| stage.required_fields.clone(),
        |stage, fields| stage.required_fields = fields,
    );
    let fields: Vec<Choice> = (REQUIRED_FIELDS.into_iter())
        .map(|field| Choice::new(field, words::field(field)))
        .collect();
    let limited = draft.field(
        place,
        "limited",
        |stage: &StageDefinition| stage.transitions.is_some(),
        |stage, limited| stage.transitions = limited.then(Vec::new),
    );
    let is_limited = limited.get;
    let targets = draft.field(
        place,
        "transitions",
        |stage: &StageDefinition| stage.transitions.clone().unwrap_or_default(),
        |stage, targets| stage.transitions = Some(targets),
    );
    let own = place.0.clone();
    let stages = Memo::new(move |_| {
        draft.definition.with(|d| {
            let others = d.stages.iter().filter(|stage| stage.code != own);
            others
                .map(|stage| Choice::new(stage.code.clone(), local(&stage.name)))
                .collect::<Vec<_>>()
        })
    });
    view! {
        <Checks bound=required label=t("process-field-required-fields") choices=fields />
        <Checkbox bound=limited label=t("process-limited") help=t("process-limited-help") />
        {move || {
            let bound = targets.clone();
            is_limited
                .get()
                .then(|| {
                    view! {
                        <Checks bound label=t("process-field-transitions") choices=stages />
                    }
                })
        }}
    }
    .into_any()
}

fn remove_button(draft: Draft, code: String, name: Memo<String>) -> AnyView {
    let changes = use_changes();
    let remove = move |()| {
        let shown = name.get_untracked();
        let at = draft.definition.with_untracked(|d| d.index(&code));
        let mut taken = None;
        draft.change(|d| taken = Taken::from(&mut d.stages, |stage| stage.code == code));
        let (Some(taken), Some(at)) = (taken, at) else {
            return;
        };
        let neighbor = draft.definition.with_untracked(|d| {
            let stage = d.stages.get(at).or_else(|| d.stages.last());
            stage.map(|stage| stage.code.clone())
        });
        changes.apply(&[("stage", neighbor.as_deref()), ("step", None)]);
        let text = t_with("process-removed", &arguments! { "name" => shown });
        toast::done_with_undo(text, move || {
            draft.change(|d| taken.clone().put_back(&mut d.stages));
        });
    };
    let alone = Memo::new(move |_| draft.definition.with(|d| d.stages.len() <= 1));
    view! {
        <Button disabled=alone on_press=remove>
            {icon!("trash-2")}
            {t("process-stage-remove")}
        </Button>
    }
    .into_any()
}
