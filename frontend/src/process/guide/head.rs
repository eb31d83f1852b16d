use etalon_domain::deal::DealStatus;
use leptos::prelude::*;

use super::{Context, present_stage};
use crate::deals::use_stages_of;
use crate::i18n::{arguments, t, t_count, t_with, words};
use crate::ui::{Bound, Choice, SelectField, icon};

/// The stage that is shown, what it is about, how long the deal is in it, and a way to look at the
/// others.
pub(super) fn head(context: Context) -> AnyView {
    let stages = context.deal.with_untracked(use_stages_of);
    let choices = Signal::derive(move || {
        stages.with(|stages| {
            let open = stages.open();
            open.map(|stage| Choice::new(stage.code.clone(), words::stage(stage)))
                .collect::<Vec<_>>()
        })
    });
    let bound = Bound::at_once(
        "stage",
        "guide-stage",
        Signal::derive(move || context.guide.with(|guide| guide.stage.clone())),
        move |code: String| {
            let present = context
                .deal
                .with_untracked(|deal| present_stage(deal).to_owned());
            let stage = Some(code.as_str()).filter(|code| *code != present);
            context.changes.apply(&[("stage", stage), ("step", None)]);
        },
    );
    let title = move || context.guide.with(|guide| guide.stage_name.clone());
    let guidance = move || context.guide.with(|guide| guide.guidance.clone());
    view! {
        <header class="guide-head">
            <div class="min-w-0">
                <h2 class="guide-stage">{title}</h2>
                <p class="guide-since">{move || since(context)}</p>
            </div>
            <SelectField bound label=t("guide-look-at") choices />
        </header>
        {move || elsewhere(context)}
        <p class="guide-guidance">{guidance}</p>
    }
    .into_any()
}

/// How long the deal is in the stage, or was in all.
fn since(context: Context) -> Option<String> {
    let visits = context.guide.with(|guide| {
        let of_stage = guide
            .visits
            .iter()
            .filter(|visit| visit.stage == guide.stage);
        of_stage.map(|visit| visit.days).collect::<Vec<_>>()
    });
    let count = visits.len() as i64;
    let days = t_count("days", visits.iter().sum());
    match count {
        0 => None,
        1 => Some(days),
        _ => Some(format!("{days} · {}", t_count("guide-visits", count))),
    }
}

/// Says that another stage is shown than the one that the deal is in, and leads back.
fn elsewhere(context: Context) -> Option<AnyView> {
    let deal = context.deal.get();
    if deal.status != DealStatus::Open {
        let text = words::status(deal.status);
        let said = t_with("guide-closed", &arguments! { "status" => text });
        return Some(view! { <p class="notice">{icon!("flag")} {said}</p> }.into_any());
    }
    if context.is_present() {
        return None;
    }
    let href = move || context.changes.href(&[("stage", None), ("step", None)]);
    Some(
        view! {
            <p class="notice">
                {icon!("eye")} <span>{t("guide-other-stage")}</span>
                <a class="link" href=href>
                    {t("guide-back")}
                </a>
            </p>
        }
        .into_any(),
    )
}
