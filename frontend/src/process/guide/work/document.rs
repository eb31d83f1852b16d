use etalon_domain::endpoint::ListFiles;
use etalon_domain::error::{FieldError, validate};
use etalon_domain::file::{FileFilter, FileOwner};
use etalon_domain::id::FileId;
use etalon_domain::page::MAX_LIMIT;
use etalon_domain::process::StepInput;
use etalon_domain::text::non_empty;
use leptos::prelude::*;

use super::Work;
use super::parts::{by_line, form_view, reopen, words_view};
use crate::files::{FileLink, SendFiles};
use crate::i18n::{arguments, format, t, t_with};
use crate::query::use_query;
use crate::ui::{Choice, DateField, Form, SelectField, TextArea};

/// A document of the contract: its file among those of the deal, when it was signed, a note.
pub(super) fn show(work: Work) -> AnyView {
    if !work.is_done() && work.may_do {
        return form(work);
    }
    let record = work.step.record.clone();
    let file = record.as_ref().and_then(|r| r.file.clone());
    let signed = record.and_then(|r| r.signed_on).map(|day| {
        let text = t_with(
            "work-signed-on",
            &arguments! { "day" => format::full_day(day) },
        );
        view! { <p>{text}</p> }
    });
    view! {
        {file.map(|file| view! { <FileLink id=FileId::new(file.id) name=file.name /> })}
        {signed}
        {words_view(&work)}
        {by_line(&work)}
        <div class="work-foot">{reopen(&work)}</div>
    }
    .into_any()
}

fn form(work: Work) -> AnyView {
    let before = work.step.record.clone();
    let form = Form::new(StepInput {
        file_id: before
            .as_ref()
            .and_then(|r| r.file.clone())
            .map(|f| FileId::new(f.id)),
        signed_on: before.as_ref().and_then(|r| r.signed_on),
        answer: before.and_then(|r| r.answer),
        ..StepInput::default()
    });
    let owner = FileOwner::Deal(work.deal.id.clone());
    let of = owner.clone();
    let files = use_query(move || {
        Some(ListFiles {
            owner: of.clone(),
            filter: FileFilter {
                limit: Some(MAX_LIMIT),
                ..FileFilter::default()
            },
        })
    });
    let file = form.field(
        "file_id",
        |d: &StepInput| {
            d.file_id
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default()
        },
        |d, v| d.file_id = Some(v).filter(|id| !id.is_empty()).map(FileId::new),
    );
    let signed_on = form.field(
        "signed_on",
        |d: &StepInput| d.signed_on,
        |d, v| d.signed_on = v,
    );
    let note = form.optional_text("answer", |d| &d.answer, |d, v| d.answer = v);
    let choices = Signal::derive(move || {
        let mut choices = vec![Choice::new("", t("work-no-file"))];
        let known = files.data.get().map(|page| page.items).unwrap_or_default();
        choices.extend(
            known
                .into_iter()
                .map(|file| Choice::new(file.id.to_string(), file.name)),
        );
        choices
    });
    let take = {
        let set = file.set;
        Callback::new(move |id: FileId| set.run(id.to_string()))
    };
    let is_signed = work.step.signed;
    let fields = view! {
        <SelectField bound=file label=t("field-file-id") choices required=is_signed />
        <SendFiles owner on_sent=take />
        {is_signed.then(|| view! { <DateField bound=signed_on label=t("field-signed-on") required=true /> })}
        <TextArea bound=note label=t("field-note") rows=2 />
        {(!is_signed).then(|| view! { <p class="field-help">{t("work-document-help")}</p> })}
    };
    let submit = move || {
        let sender = work.clone();
        form.submit(
            move |input| check(input, is_signed),
            move |input| sender.send(input),
            work.finish("work-done"),
        );
    };
    form_view(
        form,
        fields.into_any(),
        t("work-document-ready"),
        submit,
        ().into_any(),
    )
}

fn check(input: &StepInput, is_signed: bool) -> Vec<FieldError> {
    let mut errors = validate(input);
    let elsewhere = !is_signed && non_empty(input.answer.clone()).is_some();
    if input.file_id.is_none() && !elsewhere {
        errors.push(FieldError::required("file_id"));
    }
    if is_signed && input.signed_on.is_none() {
        errors.push(FieldError::required("signed_on"));
    }
    errors
}
