use etalon_domain::error::validate;
use etalon_domain::process::StepInput;
use etalon_domain::text::non_empty;
use leptos::prelude::*;

use super::Work;
use super::parts::{by_line, form_view, reopen, words_view};
use crate::address::use_changes;
use crate::i18n::t;
use crate::ui::{Form, LinkButton, TextArea, icon};

/// Something to do: what came of it, and that it is done. Planned as an activity, it can also be done
/// there.
pub(super) fn show(work: Work) -> AnyView {
    let changes = use_changes();
    let activity = work.step.activity_id.clone().map(|id| {
        let href = Signal::derive(move || {
            changes.href(&[
                ("tab", Some("activities")),
                ("activity", Some(&id)),
                ("step", None),
            ])
        });
        view! {
            <LinkButton href>
                {icon!("calendar")}
                {t("work-open-activity")}
            </LinkButton>
        }
        .into_any()
    });
    if work.is_done() || !work.may_do {
        return view! {
            {words_view(&work)}
            {by_line(&work)}
            <div class="work-foot">{reopen(&work)} {activity}</div>
        }
        .into_any();
    }
    let form = Form::new(StepInput::default());
    let result = form.optional_text("answer", |d| &d.answer, |d, v| d.answer = v);
    let fields = view! {
        <TextArea bound=result label=t("work-result") help=t("work-result-help") rows=2 />
    };
    let submit = move || {
        let sender = work.clone();
        form.submit(
            validate,
            move |input| {
                sender.send(StepInput {
                    answer: non_empty(input.answer),
                    ..StepInput::default()
                })
            },
            work.finish("work-done"),
        );
    };
    form_view(
        form,
        fields.into_any(),
        t("work-mark-done"),
        submit,
        activity.into_any(),
    )
}
