use etalon_domain::error::{FieldError, validate};
use etalon_domain::id::ContactId;
use etalon_domain::process::{Confidence, StepInput, StepRecord, StepState};
use etalon_domain::text::non_empty;
use leptos::prelude::*;

use super::Work;
use super::parts::{by_line, form_view, reopen, words_view};
use crate::i18n::{arguments, t, t_with, words};
use crate::routes::paths;
use crate::ui::{Badge, Bound, Button, Form, PickerField, PickerSource, TextArea, Tone, icon};

/// A question to the client: the answer, who said so, how sure it is. An unsure answer counts and
/// becomes a task.
pub(super) fn show(work: Work) -> AnyView {
    let editing = RwSignal::new(work.may_do && !work.is_done());
    let view = move || {
        if editing.get() {
            form(work.clone(), editing)
        } else {
            answered(&work, editing)
        }
    };
    view.into_any()
}

fn answered(work: &Work, editing: RwSignal<bool>) -> AnyView {
    let Some(record) = work.step.record.clone().filter(|r| r.answer.is_some()) else {
        return view! { <p class="text-faint">{t("work-no-answer")}</p> }.into_any();
    };
    let is_unsure = work.step.state == StepState::Unsure;
    let verb = if is_unsure {
        "work-clear-up"
    } else {
        "work-change"
    };
    let change = work.may_do.then(|| {
        view! { <Button on_press=move |()| editing.set(true)>{t(verb)}</Button> }
    });
    view! {
        {words_view(work)}
        <p class="work-source">{source(&record)} {confidence_mark(&record)}</p>
        {by_line(work)}
        <div class="work-foot">{change} {reopen(work)}</div>
    }
    .into_any()
}

fn source(record: &StepRecord) -> Option<AnyView> {
    let contact = record.contact.clone()?;
    let text = t_with("work-said-by", &arguments! { "name" => contact.name });
    let href = paths::contact(&contact.id);
    Some(
        view! {
            <a class="link" href=href>
                {text}
            </a>
        }
        .into_any(),
    )
}

fn confidence_mark(record: &StepRecord) -> Option<AnyView> {
    let confidence = record.confidence?;
    let name = words::word("confidence", confidence.as_str());
    Some(match confidence {
        Confidence::Sure => {
            view! { <Badge tone=Tone::Success>{icon!("check")} {name}</Badge> }.into_any()
        }
        Confidence::Unsure => {
            view! { <Badge tone=Tone::Warning>{icon!("circle-help")} {name}</Badge> }.into_any()
        }
    })
}

fn form(work: Work, editing: RwSignal<bool>) -> AnyView {
    let before = work.step.record.clone();
    let contact_name = before
        .as_ref()
        .and_then(|r| r.contact.clone())
        .map(|c| c.name);
    let form = Form::new(StepInput {
        answer: before.as_ref().and_then(|r| r.answer.clone()),
        contact_id: before
            .as_ref()
            .and_then(|r| r.contact.clone())
            .map(|c| ContactId::new(c.id)),
        confidence: Some(Confidence::Sure),
        ..StepInput::default()
    });
    let answer = form.optional_text("answer", |d| &d.answer, |d, v| d.answer = v);
    let contact = form.field(
        "contact_id",
        |d: &StepInput| d.contact_id.as_ref().map(ToString::to_string),
        |d, v| d.contact_id = v.map(ContactId::new),
    );
    let confidence = form.field(
        "confidence",
        |d: &StepInput| d.confidence.unwrap_or(Confidence::Sure).to_string(),
        |d, v| d.confidence = v.parse().ok(),
    );
    let account = work.deal.account_id.as_ref().map(ToString::to_string);
    let source = PickerSource::Contacts(Signal::stored(account));
    let fields = view! {
        <TextArea bound=answer label=t("field-answer") required=true />
        <PickerField bound=contact label=t("work-who-said") source name=contact_name />
        {confidences(&confidence)}
    };
    let is_known = work.is_done();
    let submit = move || {
        let sender = work.clone();
        form.submit(
            check,
            move |input| sender.send(input),
            work.finish("work-answered"),
        );
    };
    let cancel = is_known.then(|| {
        view! { <Button on_press=move |()| editing.set(false)>{t("cancel")}</Button> }
    });
    form_view(
        form,
        fields.into_any(),
        t("work-save-answer"),
        submit,
        cancel.into_any(),
    )
}

fn check(input: &StepInput) -> Vec<FieldError> {
    let mut errors = validate(input);
    if non_empty(input.answer.clone()).is_none() {
        errors.push(FieldError::required("answer"));
    }
    errors
}

/// Sure or not, side by side.
fn confidences(bound: &Bound<String>) -> AnyView {
    let (get, set, name) = (bound.get, bound.set, bound.id.clone());
    let choices = Confidence::ALL
        .iter()
        .map(|each| {
            let value = each.as_str();
            view! {
                <label class="segment">
                    <input
                        type="radio"
                        class="sr-only"
                        name=name.clone()
                        prop:checked=move || get.with(|chosen| chosen == value)
                        on:change=move |_| set.run(value.to_owned())
                    />
                    <span>{words::word("confidence", value)}</span>
                </label>
            }
        })
        .collect_view();
    let is_unsure = move || get.with(|chosen| chosen == Confidence::Unsure.as_str());
    view! {
        <div>
            <div class="segments" role="radiogroup" aria-label=t("field-confidence")>
                {choices}
            </div>
            <p class="field-help" aria-live="polite">
                {move || is_unsure().then(|| t("work-unsure-help"))}
            </p>
        </div>
    }
    .into_any()
}
