use etalon_domain::process::Unknown;
use leptos::prelude::*;

use super::{Context, present_stage};
use crate::i18n::{t, t_count, words};
use crate::ui::{Badge, Tone, icon};

/// How many are shown before the rest is asked for.
const FIRST: usize = 8;

/// What is still unknown about the client: empty fields and questions without a sure answer.
pub(super) fn unknown(context: Context) -> AnyView {
    let all = Memo::new(move |_| context.guide.with(|guide| guide.unknown.clone()));
    let shows_all = RwSignal::new(false);
    let view = move || {
        let all = all.get();
        if all.is_empty() {
            return None;
        }
        let count = all.len();
        let limit = if shows_all.get() { count } else { FIRST };
        let rows = all
            .into_iter()
            .take(limit)
            .map(|each| row(context, each))
            .collect_view();
        let more = (count > limit).then(|| {
            view! {
                <button type="button" class="link-quiet" on:click=move |_| shows_all.set(true)>
                    {t_count("guide-unknown-more", (count - limit) as i64)}
                </button>
            }
        });
        Some(view! {
            <section class="guide-unknown" aria-labelledby="guide-unknown-title">
                <h3 id="guide-unknown-title" class="guide-list-head">
                    <span>{t("guide-unknown")}</span>
                    <span class="text-soft font-normal">{count}</span>
                </h3>
                <ul>{rows}</ul>
                {more}
            </section>
        })
    };
    view.into_any()
}

fn row(context: Context, each: Unknown) -> AnyView {
    let name = match &each.field {
        Some(field) => words::field(field),
        None => each.title.clone(),
    };
    let mark = each.unsure.then(|| {
        view! { <Badge tone=Tone::Warning>{words::word("step-state", "unsure")}</Badge> }
    });
    let (field, step, stage) = (each.field, each.step_id, each.stage);
    let href = move || match (&field, &step) {
        (Some(field), _) => context.changes.href(&[("edit", Some(field))]),
        (None, step) => {
            let present = context.deal.with(|deal| present_stage(deal).to_owned());
            let stage = stage.as_deref().filter(|stage| *stage != present);
            context
                .changes
                .href(&[("stage", stage), ("step", step.as_deref())])
        }
    };
    let content = if context.may_do.get_untracked() {
        view! {
            <a class="guide-unknown-link" href=href>
                {icon!("plus")}
                {name}
            </a>
        }
        .into_any()
    } else {
        view! { <span>{name}</span> }.into_any()
    };
    view! { <li>{content} {mark}</li> }.into_any()
}
