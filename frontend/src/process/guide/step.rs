use etalon_domain::process::{GuideStep, StepKind, StepState};
use leptos::prelude::*;

use super::Context;
use super::work::{self, Work};
use crate::i18n::{arguments, format, t, t_with, words};
use crate::ui::{Badge, Tone, icon};

/// Identifier of the head of a step.
pub(super) fn head_id(step: &str) -> String {
    format!("step-{step}")
}

/// Identifier of the place where a step is done.
pub(super) fn place_id(step: &str) -> String {
    format!("step-{step}-place")
}

/// A step: where it stands, and when it is open how to go about it and the place where it is done.
pub(super) fn row(context: Context, first: GuideStep) -> AnyView {
    let id = first.id.clone();
    let (head, place) = (head_id(&id), place_id(&id));
    let step = Memo::new(move |before: Option<&GuideStep>| {
        let present = context
            .guide
            .with(|guide| guide.steps.iter().find(|step| step.id == first.id).cloned());
        present
            .or_else(|| before.cloned())
            .unwrap_or_else(|| first.clone())
    });
    let own = id.clone();
    let is_open = Memo::new(move |_| context.open.with(|open| open.as_deref() == Some(&*own)));
    let toggle = move |_| {
        let next = if is_open.get_untracked() {
            ""
        } else {
            id.as_str()
        };
        context.changes.apply(&[("step", Some(next))]);
    };
    let body = {
        let (head, place) = (head.clone(), place.clone());
        move || {
            is_open.get().then(|| {
                view! {
                    <div class="step-body" id=place.clone() role="region" aria-labelledby=head.clone()>
                        {inside(context, step)}
                    </div>
                }
            })
        }
    };
    let class = move || {
        let state = step.with(|step| step.state.as_str());
        let expanded = if is_open.get() { " is-expanded" } else { "" };
        format!("guide-step is-{state}{expanded}")
    };
    view! {
        <li class=class>
            <button
                type="button"
                class="step-head"
                id=head
                aria-expanded=move || is_open.get().to_string()
                aria-controls=place
                on:click=toggle
            >
                {move || step.with(state_icon)}
                <span class="step-title">
                    {move || step.with(|step| step.title.clone())} {move || step.with(mandatory_mark)}
                </span>
                <span class="step-facts">{move || step.with(facts)}</span>
                <span class="step-chevron" aria-hidden="true">
                    {move || if is_open.get() { icon!("chevron-up") } else { icon!("chevron-down") }}
                </span>
            </button>
            {body}
        </li>
    }
    .into_any()
}

/// What of a step its work place depends on. Materials are chosen one after the other, so their place
/// stays as it is when the first is.
fn place_key(step: &GuideStep) -> (i64, bool, Option<String>, Option<StepState>) {
    let version = step.record.as_ref().map_or(0, |record| record.version);
    let state = (step.kind != StepKind::Material).then_some(step.state);
    (version, step.pending, step.activity_id.clone(), state)
}

fn inside(context: Context, step: Memo<GuideStep>) -> AnyView {
    let key = Memo::new(move |_| step.with(place_key));
    let hint = step.with_untracked(|step| step.hint.clone());
    let hint = Some(hint).filter(|hint| !hint.is_empty());
    // What is done anew in every visit can only be done in the stage that the deal is in; minutes of a
    // meeting may be sent later.
    let per_visit =
        step.with_untracked(|step| step.kind.is_per_visit() && step.kind != StepKind::Minutes);
    let may_do = Memo::new(move |_| context.may_do.get() && (!per_visit || context.is_present()));
    // The card of a decision shows the fields of the deal.
    let decides = step.with_untracked(|step| step.kind == StepKind::Decision);
    let version = Memo::new(move |_| decides.then(|| context.deal.with(|deal| deal.version)));
    let place = move || {
        // Read, not only tracked: a memo that nobody has read follows nothing.
        let _ = (key.get(), version.get());
        let may_do = may_do.get();
        let step = step.get_untracked();
        if step.state == StepState::Waiting {
            return view! { <p class="text-soft">{t("step-waits")}</p> }.into_any();
        }
        work::show(Work {
            deal: context.deal.get_untracked(),
            step,
            shown: context.shown.get_untracked(),
            may_do,
            on_done: context.on_done,
        })
    };
    view! {
        {hint.map(|hint| view! { <p class="step-hint">{hint}</p> })}
        {place}
    }
    .into_any()
}

fn state_icon(step: &GuideStep) -> AnyView {
    let picture = match step.state {
        StepState::Done => icon!("circle-check"),
        StepState::Unsure => icon!("circle-help"),
        StepState::Waiting => icon!("clock"),
        StepState::Open => icon!("circle"),
    };
    view! {
        <span class="step-icon">
            {picture} <span class="sr-only">{words::word("step-state", step.state.as_str())}</span>
        </span>
    }
    .into_any()
}

fn mandatory_mark(step: &GuideStep) -> Option<AnyView> {
    let shows = step.mandatory && step.state != StepState::Done;
    shows.then(|| {
        view! {
            <span class="step-mandatory" title=t("step-mandatory")>
                "*" <span class="sr-only">{t("step-mandatory")}</span>
            </span>
        }
        .into_any()
    })
}

/// When it is due or who did it.
fn facts(step: &GuideStep) -> AnyView {
    if let Some(at) = step.done_at {
        let by = step.record.as_ref().and_then(|record| record.by.as_ref());
        let when = format::near_instant(at);
        let text = match by {
            Some(by) => t_with(
                "step-done-by",
                &arguments! { "name" => by.name.clone(), "when" => when },
            ),
            None => when,
        };
        return view! { <span class="text-soft">{text}</span> }.into_any();
    }
    if step.pending {
        return view! { <Badge tone=Tone::Info>{t("step-pending")}</Badge> }.into_any();
    }
    if step.state == StepState::Unsure {
        return view! { <Badge tone=Tone::Warning>{words::word("step-state", "unsure")}</Badge> }
            .into_any();
    }
    let Some(due) = step.due_on else {
        return ().into_any();
    };
    let (day, exact) = (format::near_day(due), format::full_day(due));
    if step.overdue {
        view! {
            <span class="step-late" title=exact>
                {icon!("clock-alert")}
                {day}
                <span class="sr-only">{t("guide-overdue")}</span>
            </span>
        }
        .into_any()
    } else {
        view! { <span class="text-soft" title=exact>{day}</span> }.into_any()
    }
}
