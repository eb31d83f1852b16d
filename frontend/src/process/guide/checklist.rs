use etalon_domain::process::{GuideStep, StepState};
use leptos::prelude::*;

use super::{Context, step};
use crate::i18n::{arguments, t, t_with};

/// The steps of the stage, in order; one is open.
pub(super) fn checklist(context: Context) -> AnyView {
    let steps = Memo::new(move |_| context.guide.with(|guide| guide.steps.clone()));
    let progress = move || {
        steps.with(|steps| {
            let done = steps.iter().filter(|step| is_done(step)).count();
            let all = steps.len();
            let arguments = arguments! { "done" => done as i64, "all" => all as i64 };
            (all > 0).then(|| t_with("guide-progress", &arguments))
        })
    };
    view! {
        <section class="guide-list" aria-labelledby="guide-list-title">
            <h3 id="guide-list-title" class="guide-list-head">
                <span>{t("guide-checklist")}</span>
                <span class="text-soft font-normal">{progress}</span>
            </h3>
            <ol class="guide-steps">
                <For
                    each=move || steps.get()
                    key=|step| step.id.clone()
                    children=move |step| step::row(context, step)
                />
            </ol>
        </section>
    }
    .into_any()
}

fn is_done(step: &GuideStep) -> bool {
    matches!(step.state, StepState::Done | StepState::Unsure)
}
