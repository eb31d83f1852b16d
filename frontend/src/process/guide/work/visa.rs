use etalon_domain::endpoint::{DecideStepVisa, ListVisas};
use etalon_domain::error::{Error, FieldError};
use etalon_domain::page::Any;
use etalon_domain::process::{StepInput, StepVisa};
use etalon_domain::text::non_empty;
use etalon_domain::visa::{Visa, VisaComment, VisaDecision, VisaDocument, VisaFilter, VisaState};
use leptos::prelude::*;

use super::Work;
use super::parts::at_once;
use crate::i18n::{arguments, format, t, t_with, words};
use crate::query::use_query;
use crate::session;
use crate::ui::{Badge, Button, ErrorSummary, Form, Look, TextArea, Tone};
use crate::{api, query};

/// The head's visa on the contract: asked for, given or refused. It counts no more when a document
/// changes.
pub(super) fn show(work: Work) -> AnyView {
    let deal = work.deal.id.clone();
    let document = format!("{}:{}", work.deal.id, work.step.id);
    let visas = use_query(move || {
        Some(ListVisas(VisaFilter {
            deal_id: Any::one(deal.clone()),
            document_kind: Any::one(VisaDocument::Contract),
            ..VisaFilter::default()
        }))
    });
    let latest = Memo::new(move |_| {
        let all = visas.data.get()?.items;
        (all.into_iter())
            .filter(|visa| visa.document_id == document)
            .max_by_key(|visa| visa.requested_at)
    });
    let view = move || match latest.get() {
        Some(visa) if visa.state == VisaState::Waiting => waiting(&work, visa),
        Some(visa) => decided(&work, &visa),
        None => ask(&work, "work-ask-visa", Look::Primary),
    };
    view.into_any()
}

/// A button that asks the head, if that is the reader's to do.
fn ask(work: &Work, label: &'static str, look: Look) -> AnyView {
    let button = (work.may_do && !work.is_done()).then(|| {
        let input = StepInput::default();
        at_once(work, label, "work-visa-asked", look, input)
    });
    view! { <div class="work-foot">{button}</div> }.into_any()
}

fn decided(work: &Work, visa: &Visa) -> AnyView {
    let state = words::word("visa-state", visa.state.as_str());
    let tone = match visa.state {
        VisaState::Approved => Tone::Success,
        VisaState::Rejected => Tone::Danger,
        VisaState::Waiting | VisaState::Void => Tone::Neutral,
    };
    let by = visa
        .decided_by
        .as_ref()
        .zip(visa.decided_at)
        .map(|(by, at)| {
            let by = arguments! { "name" => by.name.clone(), "when" => format::near_instant(at) };
            view! { <p class="work-by">{t_with("work-by", &by)}</p> }
        });
    let comment = (visa.comment.clone()).map(|words| view! { <p class="work-words">{words}</p> });
    let void = (visa.state == VisaState::Void).then(|| {
        let text = if visa.decided_at.is_some() {
            "work-visa-void"
        } else {
            "work-visa-outdated"
        };
        view! { <p class="text-soft">{t(text)}</p> }
    });
    view! {
        <p>
            <Badge tone>{state}</Badge>
        </p>
        {comment}
        {by}
        {void}
        {ask(work, "work-ask-visa-again", Look::Primary)}
    }
    .into_any()
}

fn waiting(work: &Work, visa: Visa) -> AnyView {
    let names: Vec<_> = visa
        .approvers
        .iter()
        .map(|each| each.name.as_str())
        .collect();
    let text = t_with(
        "work-visa-waits",
        &arguments! { "names" => names.join(", ") },
    );
    let me = session::me().map(|me| me.user.id.into_string());
    let is_mine =
        work.step.pending && me.is_some_and(|me| visa.approvers.iter().any(|each| each.id == me));
    let form = is_mine.then(|| decision_form(work.clone()));
    // What waits may be about documents that have changed since: then there is nothing to decide, and
    // only another request leads on.
    let outdated =
        (!work.step.pending).then(|| view! { <p class="text-soft">{t("work-visa-outdated")}</p> });
    let look = if work.step.pending {
        Look::Plain
    } else {
        Look::Primary
    };
    let again = (!is_mine).then(|| ask(work, "work-ask-visa-again", look));
    view! {
        <p>
            <Badge tone=Tone::Warning>{words::word("visa-state", visa.state.as_str())}</Badge>
            " "
            {text}
        </p>
        {visa.note.map(|note| view! { <p class="work-words">{note}</p> })}
        {outdated}
        {form}
        {again}
    }
    .into_any()
}

fn decision_form(work: Work) -> AnyView {
    let form = Form::new(VisaComment::default());
    let comment = form.optional_text("comment", |d| &d.comment, |d, v| d.comment = v);
    let decide = Callback::new(move |decision: VisaDecision| {
        let sender = work.clone();
        let send = move |said: VisaComment| async move {
            let call = DecideStepVisa {
                id: sender.deal.id.to_string(),
                step_id: sender.step.id.clone(),
                query: sender.shown.clone(),
                body: StepVisa {
                    decision,
                    comment: non_empty(said.comment),
                },
            };
            let answer = api::call(call).await;
            query::invalidate(&["visas"]);
            answer
        };
        let told = match decision {
            VisaDecision::Approved => "work-visa-given",
            VisaDecision::Rejected => "work-visa-refused",
        };
        form.submit(move |said| check(said, decision), send, work.finish(told));
    });
    view! {
        <form class="work-form" novalidate on:submit=move |event| event.prevent_default()>
            <ErrorSummary form />
            <TextArea bound=comment label=t("field-comment") rows=2 />
            <footer class="work-foot">
                <Button
                    look=Look::Primary
                    busy=form.busy
                    on_press=move |()| decide.run(VisaDecision::Approved)
                >
                    {t("work-give-visa")}
                </Button>
                <Button busy=form.busy on_press=move |()| decide.run(VisaDecision::Rejected)>
                    {t("work-refuse-visa")}
                </Button>
            </footer>
        </form>
    }
    .into_any()
}

fn check(said: &VisaComment, decision: VisaDecision) -> Vec<FieldError> {
    match said.checked(Some(decision)) {
        Err(Error::Invalid(errors)) => errors,
        _ => Vec::new(),
    }
}
