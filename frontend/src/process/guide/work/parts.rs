//! What the work places have in common.

use etalon_domain::process::StepInput;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Work;
use crate::i18n::{arguments, format, t, t_with};
use crate::ui::{Button, ErrorSummary, Form, Look, toast};

/// A form in its place: what is wrong, its fields, the button that sends it, and others beside it.
pub(super) fn form_view<D: Clone + PartialEq + Send + Sync + 'static>(
    form: Form<D>,
    fields: AnyView,
    verb: impl Into<Signal<String>>,
    on_submit: impl Fn() + 'static,
    more: AnyView,
) -> AnyView {
    let verb = verb.into();
    view! {
        <form
            class="work-form"
            novalidate
            on:submit=move |event| {
                event.prevent_default();
                on_submit();
            }
        >
            <ErrorSummary form />
            <div class="form-stack">{fields}</div>
            <footer class="work-foot">
                <Button look=Look::Primary submit=true busy=form.busy>
                    {move || verb.get()}
                </Button>
                {more}
            </footer>
        </form>
    }
    .into_any()
}

/// Who did it, and when.
pub(super) fn by_line(work: &Work) -> Option<AnyView> {
    let record = work.step.record.as_ref();
    let at = work.step.done_at.or(record.map(|record| record.at))?;
    let by = (work.step.done_by.as_ref()).or(record.and_then(|record| record.by.as_ref()));
    let when = format::near_instant(at);
    let text = match by {
        Some(by) => t_with(
            "work-by",
            &arguments! { "name" => by.name.clone(), "when" => when },
        ),
        None => when,
    };
    let exact = format::instant(at);
    Some(
        view! {
            <p class="work-by" title=exact>
                {text}
            </p>
        }
        .into_any(),
    )
}

/// The words that were entered, as written.
pub(super) fn words_view(work: &Work) -> Option<AnyView> {
    let words = work.step.record.as_ref()?.answer.clone()?;
    Some(view! { <p class="work-words">{words}</p> }.into_any())
}

/// A button that sends something at once.
pub(super) fn at_once(
    work: &Work,
    label: &'static str,
    told: &'static str,
    look: Look,
    input: StepInput,
) -> AnyView {
    let busy = RwSignal::new(false);
    let work = work.clone();
    let press = move |()| {
        busy.set(true);
        let sending = work.send(input.clone());
        let finish = work.finish(told);
        spawn_local(async move {
            let answer = sending.await;
            busy.try_set(false);
            match answer {
                Ok(guide) => finish(guide),
                Err(failure) => toast::failed(&failure),
            }
        });
    };
    view! {
        <Button look busy on_press=press>
            {t(label)}
        </Button>
    }
    .into_any()
}

/// The button that opens a done step again.
pub(super) fn reopen(work: &Work) -> Option<AnyView> {
    let input = StepInput {
        done: Some(false),
        ..StepInput::default()
    };
    let is_marked = work.step.record.as_ref().is_some_and(|record| record.done);
    let shows = work.may_do && work.is_done() && (is_marked || work.step.activity_id.is_some());
    shows.then(|| at_once(work, "work-reopen", "work-reopened", Look::Plain, input))
}
