use etalon_domain::error::validate;
use etalon_domain::process::StepInput;
use etalon_domain::text::non_empty;
use leptos::prelude::*;

use super::Work;
use super::parts::{by_line, form_view, reopen, words_view};
use crate::address::{use_changes, use_go, use_value};
use crate::i18n::t;
use crate::knowledge::MaterialsOf;
use crate::ui::{Form, TextArea};

/// What is shown to the client: materials chosen for the step and noted as shown, or in words what
/// else.
pub(super) fn show(work: Work) -> AnyView {
    // Choosing the first material does the step, and the next one would open in its place: whoever is at
    // work here stays until they leave.
    let stay = {
        let (changes, go, opened) = (use_changes(), use_go(), use_value("step"));
        let id = work.step.id.clone();
        move |_| {
            if opened.get_untracked().as_ref() != Some(&id) {
                go.replace(untrack(|| changes.href(&[("step", Some(&id))])));
            }
        }
    };
    let materials = view! {
        <div on:click=stay>
            <MaterialsOf deal=Signal::stored(work.deal.clone()) step=work.step.id.clone() />
        </div>
    };
    if work.is_done() || !work.may_do {
        return view! {
            {materials}
            {words_view(&work)}
            {by_line(&work)}
            <div class="work-foot">{reopen(&work)}</div>
        }
        .into_any();
    }
    view! {
        {materials}
        <details class="work-more">
            <summary>{t("work-other-material")}</summary>
            {in_words(work)}
        </details>
    }
    .into_any()
}

fn in_words(work: Work) -> AnyView {
    let form = Form::new(StepInput::default());
    let note = form.optional_text("answer", |d| &d.answer, |d, v| d.answer = v);
    let fields = view! { <TextArea bound=note label=t("work-what-shown") rows=2 required=true /> };
    let submit = move || {
        let sender = work.clone();
        form.submit(
            |input| {
                let mut errors = validate(input);
                if non_empty(input.answer.clone()).is_none() {
                    errors.push(etalon_domain::error::FieldError::required("answer"));
                }
                errors
            },
            move |input| sender.send(input),
            work.finish("work-done"),
        );
    };
    form_view(
        form,
        fields.into_any(),
        t("work-mark-done"),
        submit,
        ().into_any(),
    )
}
