//! All that a step of a draft says.

use etalon_domain::activity::ActivityKind;
use etalon_domain::deal::DealType;
use etalon_domain::process::{StepDefinition, StepKind};
use leptos::prelude::*;

use super::add::kinds;
use super::draft::Draft;
use super::fields::{Checks, both_lines, both_texts};
use super::place::OfStep;
use super::stage_form::small;
use super::words::{kind_help, local};
use crate::i18n::{t, words};
use crate::ui::{Checkbox, Choice, NumberField, SelectField};

/// The fields of a step, in place of its line.
#[component]
pub(super) fn StepForm(
    /// The draft.
    draft: Draft,
    /// The step.
    id: String,
) -> impl IntoView {
    let place = OfStep(id.clone());
    let title = draft.both(
        &place,
        ["title.en", "title.ru"],
        |step: &StepDefinition| &step.title,
        |step| &mut step.title,
    );
    let hint = draft.both(
        &place,
        ["hint.en", "hint.ru"],
        |step: &StepDefinition| &step.hint,
        |step| &mut step.hint,
    );
    let mandatory = draft.field(
        &place,
        "mandatory",
        |step: &StepDefinition| step.mandatory,
        |step, mandatory| step.mandatory = mandatory,
    );
    view! {
        <div class="process-step-form form-stack">
            {both_lines(title, "title")}
            {both_texts(hint, "hint", 2)}
            {how(draft, &place)}
            <Checkbox
                bound=mandatory
                label=t("process-field-mandatory")
                help=t("process-mandatory-help")
            />
            {when(draft, &place)}
            {for_whom(draft, &place)}
            <p class="text-soft">
                {t("process-code")} " " <code class="process-code">{id}</code>
            </p>
        </div>
    }
    .into_any()
}

/// How it is done, and what belongs to that way only.
fn how(draft: Draft, place: &OfStep) -> AnyView {
    let bound = draft.field(
        place,
        "kind",
        |step: &StepDefinition| step.kind.to_string(),
        |step, kind: String| {
            step.kind = kind.parse().unwrap_or(step.kind);
            if step.kind != StepKind::Task {
                step.task = None;
            }
            if step.kind != StepKind::Document {
                step.signed = false;
            }
        },
    );
    let chosen = bound.get;
    let kind = Memo::new(move |_| chosen.with(|kind| kind.parse::<StepKind>().ok()));
    let task = draft.field(
        place,
        "task",
        |step: &StepDefinition| step.task.unwrap_or(ActivityKind::Task).to_string(),
        |step, kind: String| step.task = kind.parse().ok(),
    );
    let signed = draft.field(
        place,
        "signed",
        |step: &StepDefinition| step.signed,
        |step, signed| step.signed = signed,
    );
    let more = move || match kind.get()? {
        StepKind::Task => {
            let choices: Vec<Choice> = (ActivityKind::ALL.iter())
                .map(|each| Choice::new(each.as_str(), words::word("activity-kind", each.as_str())))
                .collect();
            let bound = task.clone();
            Some(view! { <SelectField bound label=t("process-field-task") choices /> }.into_any())
        }
        StepKind::Document => {
            let bound = signed.clone();
            Some(
                view! {
                    <Checkbox
                        bound
                        label=t("process-field-signed")
                        help=t("process-signed-help")
                    />
                }
                .into_any(),
            )
        }
        _ => None,
    };
    view! {
        <div class="form-pair">
            <div>
                <SelectField bound label=t("process-field-kind") choices=kinds() />
                <p class="field-help">{move || kind.get().map(kind_help)}</p>
            </div>
            <div>{more}</div>
        </div>
    }
    .into_any()
}

/// When its turn comes, and until when it is to be done.
fn when(draft: Draft, place: &OfStep) -> AnyView {
    let due = draft.field(
        place,
        "due_days",
        |step: &StepDefinition| step.due_days.map(i64::from),
        |step, days: Option<i64>| step.due_days = days.map(small),
    );
    let after = draft.field(
        place,
        "after",
        |step: &StepDefinition| step.after.clone().unwrap_or_default(),
        |step, after: String| step.after = (!after.is_empty()).then_some(after),
    );
    let (own, present) = (place.clone(), after.get);
    let choices = Memo::new(move |_| {
        let mut choices = vec![Choice::new("", t("process-after-nothing"))];
        draft.definition.with(|d| {
            let steps = d.step(&own.0).map(|(stage, _)| stage.steps.iter());
            let earlier = steps
                .into_iter()
                .flatten()
                .take_while(|step| step.id != own.0);
            choices.extend(earlier.map(|step| Choice::new(step.id.clone(), local(&step.title))));
        });
        let after = present.get();
        if choices.iter().all(|choice| choice.value != after) {
            let label = draft
                .definition
                .with(|d| d.step(&after).map(|(_, step)| local(&step.title)));
            let label = label.unwrap_or_else(|| format!("{after} ({})", t("process-gone")));
            choices.push(Choice::new(after, label));
        }
        choices
    });
    view! {
        <div class="form-pair">
            <NumberField
                bound=due
                label=t("process-field-due-days")
                help=t("process-due-help")
            />
            <SelectField
                bound=after
                label=t("process-field-after")
                choices
                help=t("process-after-help")
            />
        </div>
    }
    .into_any()
}

/// Of which deals it is asked.
fn for_whom(draft: Draft, place: &OfStep) -> AnyView {
    let needs = draft.field(
        place,
        "need_types",
        |step: &StepDefinition| step.need_types.clone(),
        |step, needs| step.need_types = needs,
    );
    let known = Memo::new(move |_| {
        draft.definition.with(|d| {
            let needs = d.need_types.iter();
            needs
                .map(|need| Choice::new(need.code.clone(), local(&need.name)))
                .collect::<Vec<_>>()
        })
    });
    let types = draft.field(
        place,
        "deal_types",
        |step: &StepDefinition| step.deal_types.iter().map(ToString::to_string).collect(),
        |step, types: Vec<String>| {
            step.deal_types = types.iter().filter_map(|kind| kind.parse().ok()).collect();
        },
    );
    let deal_types: Vec<Choice> = (DealType::ALL.iter())
        .map(|each| Choice::new(each.as_str(), words::deal_type(*each)))
        .collect();
    let chosen = needs.get;
    let has_needs = Memo::new(move |_| {
        known.with(|known| !known.is_empty()) || chosen.with(|chosen| !chosen.is_empty())
    });
    view! {
        <div class="form-pair">
            {move || {
                let bound = needs.clone();
                has_needs
                    .get()
                    .then(|| {
                        view! {
                            <Checks
                                bound
                                label=t("process-field-step-needs")
                                help=t("process-for-all-help")
                                choices=known
                            />
                        }
                    })
            }}
            <Checks
                bound=types
                label=t("process-field-deal-types")
                help=t("process-for-all-help")
                choices=deal_types
            />
        </div>
    }
    .into_any()
}
