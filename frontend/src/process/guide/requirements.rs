use etalon_domain::deal::DealStatus;
use etalon_domain::process::Requirement;
use leptos::prelude::*;

use super::Context;
use crate::deals::{Unmet, start_move, use_stages_of};
use crate::i18n::{arguments, t, t_count, t_with};
use crate::ui::{Button, icon};

/// What the stage requires before the deal may go on: what is not met with the way to mend it, what is
/// met on demand, and who may pass it.
pub(super) fn requirements(context: Context) -> AnyView {
    let all = Memo::new(move |_| context.guide.with(|guide| guide.requirements.clone()));
    let stages = context.deal.with_untracked(use_stages_of);
    let view = move || {
        let requirements = all.get();
        if requirements.is_empty() {
            return None;
        }
        let met: Vec<_> = requirements.iter().filter(|r| r.met).cloned().collect();
        let unmet = requirements.len() - met.len();
        let progress =
            arguments! { "done" => met.len() as i64, "all" => requirements.len() as i64 };
        let deal = context.deal.get();
        let list = (unmet > 0).then(|| {
            view! {
                <Unmet deal requirements stages=stages.get() on_leave=|()| () />
                {move || passing(context)}
            }
        });
        let nothing = (unmet == 0).then(|| view! { <p class="text-soft">{t("guide-all-met")}</p> });
        Some(view! {
            <section class="guide-gate" aria-labelledby="guide-gate-title">
                <h3 id="guide-gate-title" class="guide-list-head">
                    <span>{t("guide-gate")}</span>
                    <span class="text-soft font-normal">{t_with("guide-met", &progress)}</span>
                </h3>
                {nothing}
                {list}
                {met_list(&met)}
            </section>
        })
    };
    view.into_any()
}

fn met_list(met: &[Requirement]) -> Option<AnyView> {
    if met.is_empty() {
        return None;
    }
    let rows = met
        .iter()
        .map(|requirement| view! { <li>{icon!("check")} {requirement.detail.clone()}</li> })
        .collect_view();
    Some(
        view! {
            <details class="guide-met">
                <summary>{t_count("guide-met-count", met.len() as i64)}</summary>
                <ul>{rows}</ul>
            </details>
        }
        .into_any(),
    )
}

/// Who may go on all the same.
fn passing(context: Context) -> Option<AnyView> {
    let deal = context.deal.get();
    if deal.status != DealStatus::Open || !context.may_do.get() || !context.is_present() {
        return None;
    }
    let (may_override, needs, next) = context
        .guide
        .with(|g| (g.may_override, g.needs_override, g.next_stage.clone()));
    if !may_override {
        let text = if needs { "guide-held" } else { "guide-warned" };
        return Some(view! { <p class="field-help">{t(text)}</p> }.into_any());
    }
    let press = move |()| match &next {
        Some(stage) => start_move(&deal, stage),
        None => context.changes.apply(&[("close", Some("won"))]),
    };
    Some(
        view! {
            <div class="guide-pass">
                <p class="field-help">{t("guide-may-pass")}</p>
                <Button on_press=press>{t("guide-pass")}</Button>
            </div>
        }
        .into_any(),
    )
}
