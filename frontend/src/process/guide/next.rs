use etalon_domain::deal::{Deal, DealStatus};
use etalon_domain::process::{Guide, NextAction, NextStep, WorkPlace};
use leptos::prelude::*;

use super::{Context, guide_of};
use crate::address::{Changes, use_changes, use_value};
use crate::deals::{is_moving, start_move};
use crate::i18n::{format, t, words};
use crate::ui::{Badge, Button, Look, Tone, dom, icon};

/// Identifier of the card with the next step.
pub(super) const CARD: &str = "guide-next";

/// The one thing to do next, as a card with a button that leads there. Nothing of a closed deal.
pub(super) fn card(context: Context) -> AnyView {
    let next = Memo::new(move |_| context.guide.with(|guide| guide.next_step.clone()));
    let view = move || {
        let next = next.get()?;
        let due = due_view(&next);
        let button = context.may_do.get().then(|| {
            let label = verb(&next);
            button(
                context.deal.get_untracked(),
                next.clone(),
                label,
                context.changes,
            )
        });
        Some(view! {
            <section class="guide-next" id=CARD tabindex="-1" aria-labelledby="guide-next-title">
                <div class="min-w-0">
                    <p class="guide-eyebrow">{t("guide-next")}</p>
                    <h2 id="guide-next-title" class="guide-next-title">
                        {next.title}
                    </h2>
                    {due}
                </div>
                {button}
            </section>
        })
    };
    view.into_any()
}

/// The one thing to do next in the head of the page of a deal. The guide itself shows it larger.
#[component]
pub fn NextButton(
    /// The deal, open.
    deal: Deal,
) -> impl IntoView {
    let changes = use_changes();
    let tab = use_value("tab");
    let guide = guide_of(&deal);
    let next = Memo::new(move |_| {
        guide
            .data
            .with(|guide: &Option<Guide>| guide.as_ref().and_then(|guide| guide.next_step.clone()))
    });
    let view = move || {
        tab.get()?;
        let next = next.get().filter(|_| deal.status == DealStatus::Open)?;
        // On the tab where it is done, the button would lead nowhere.
        let is_here = matches!(next.action, NextAction::Step | NextAction::Requirement)
            && tab_of(next.place).is_some_and(|place| tab.get().as_deref() == Some(place));
        if is_here {
            return Some(
                view! {
                    <p class="next-here">
                        <span class="text-soft">{t("guide-next")} ": "</span>
                        {next.title}
                    </p>
                }
                .into_any(),
            );
        }
        let label = next.title.clone();
        Some(button(deal.clone(), next, label, changes))
    };
    view.into_any()
}

fn due_view(next: &NextStep) -> Option<AnyView> {
    let due = next.due_on?;
    let is_past = due < format::today();
    let day = format::near_day(due);
    let mark = is_past.then(
        || view! { <Badge tone=Tone::Danger>{icon!("clock-alert")} {t("guide-overdue")}</Badge> },
    );
    Some(
        view! {
            <p class="guide-next-due">
                {mark} <span title=format::full_day(due)>{t("field-due-on")} ": " {day}</span>
            </p>
        }
        .into_any(),
    )
}

/// What the button of a step says.
fn verb(next: &NextStep) -> String {
    match (next.action, next.kind) {
        (NextAction::Step, Some(kind)) => words::word("step-verb", kind.as_str()),
        (NextAction::Step | NextAction::Requirement, _) => t("guide-mend"),
        (NextAction::Move | NextAction::Win, _) => next.title.clone(),
    }
}

fn button(deal: Deal, next: NextStep, label: String, changes: Changes) -> AnyView {
    let id = deal.id.clone();
    let busy = Signal::derive(move || is_moving(&id));
    let title = next.title.clone();
    let press = move |()| go(&deal, &next, changes);
    view! {
        <Button look=Look::Primary busy on_press=press>
            <span class="guide-next-label" title=title>
                {label}
            </span>
            {icon!("arrow-right")}
        </Button>
    }
    .into_any()
}

/// Leads to where the next step is done.
fn go(deal: &Deal, next: &NextStep, changes: Changes) {
    match (next.action, &next.stage) {
        (NextAction::Move, Some(stage)) => start_move(deal, stage),
        (NextAction::Win, _) => changes.apply(&[("close", Some("won"))]),
        _ => match next.place {
            WorkPlace::Fields => {
                changes.apply(&[("edit", Some(next.field.as_deref().unwrap_or_default()))])
            }
            place => {
                if let Some(tab) = tab_of(place) {
                    return to_tab(changes, tab);
                }
                let step = next.step_id.as_deref().unwrap_or_default();
                changes.apply(&[("tab", None), ("stage", None), ("step", Some(step))]);
                let place = super::step::place_id(step);
                request_animation_frame(move || focus_first_field(&place));
            }
        },
    }
}

fn to_tab(changes: Changes, tab: &str) {
    changes.apply(&[("tab", Some(tab)), ("stage", None), ("step", None)]);
}

/// The tab on which something is done; nothing for the guide and for the form.
fn tab_of(place: WorkPlace) -> Option<&'static str> {
    match place {
        WorkPlace::Contacts => Some("contacts"),
        WorkPlace::Competitors => Some("competitors"),
        WorkPlace::Proposals => Some("proposals"),
        WorkPlace::Fields | WorkPlace::Steps => None,
    }
}

/// Puts the cursor where the step is done, which also scrolls there.
fn focus_first_field(place: &str) {
    let Some(place) = document().get_element_by_id(place) else {
        return;
    };
    if let Some(field) = dom::first(&place, ":is(input, textarea, select, button, a)") {
        let _ = field.focus();
    }
}
