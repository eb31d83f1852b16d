use std::collections::HashMap;

use etalon_domain::deal::{Deal, DealStatus, Outcome};
use etalon_domain::endpoint::{Deals, Timeline};
use etalon_domain::event::{EventKind, TimelineEntry, TimelineFilter};
use etalon_domain::page::{Any, MAX_LIMIT};
use etalon_domain::stage::Stage;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Over;
use crate::deals::{actions, stages, use_stages};
use crate::i18n::{arguments, t, t_count, t_with, words};
use crate::query::use_query;
use crate::ui::{dom, icon, toast};

/// The stages across the page: the days spent in the past ones, the age of the present one, and what
/// the present one still expects. A press moves the deal.
#[component]
pub(super) fn Track(
    /// The deal.
    deal: Deal,
    /// Which dialog lies over the page.
    over: RwSignal<Over>,
) -> impl IntoView {
    let all = use_stages();
    let id = deal.id.to_string();
    let moves = use_query(move || {
        let kind = Any(vec![
            EventKind::Created,
            EventKind::StageAdvanced,
            EventKind::StageReturned,
            EventKind::Closed,
            EventKind::Reopened,
        ]);
        let filter = TimelineFilter {
            kind,
            limit: Some(MAX_LIMIT),
            cursor: None,
        };
        Some(Timeline::<Deals>::new(id.clone(), filter))
    });
    let spent = Memo::new(move |_| {
        moves
            .data
            .with(|page| page.as_ref().map(|page| days_by_stage(&page.items)))
    });
    let may_move = actions::is_changeable(&deal);
    let pending = RwSignal::new(None::<String>);
    let deal = StoredValue::new(deal);
    let press = Callback::new(move |stage: Stage| {
        let deal = deal.get_value();
        if stage.code == deal.stage || pending.get_untracked().is_some() {
            return;
        }
        pending.set(Some(stage.code.clone()));
        spawn_local(async move {
            let outcome = actions::move_to(&deal, &stage.code).await;
            pending.try_set(None);
            match outcome {
                Ok(_) => {
                    let stage = words::stage(&stage);
                    toast::done(t_with("deal-moved", &arguments! { "stage" => stage }));
                }
                Err(failure) => toast::failed(&failure),
            }
        });
    });
    let steps = move || {
        let deal = deal.get_value();
        let present_code = deal
            .closed_from_stage
            .clone()
            .unwrap_or_else(|| deal.stage.clone());
        all.with(|all| {
            let present = stages::index_of(all, &present_code);
            all.open()
                .enumerate()
                .map(|(at, stage)| {
                    let stay = spent.with(|spent| match spent {
                        None => Stay::Unknown,
                        Some(spent) => {
                            (spent.get(&stage.code).copied()).map_or(Stay::None, Stay::Days)
                        }
                    });
                    step(
                        stage,
                        &deal,
                        at + 1,
                        present,
                        stay,
                        may_move,
                        pending,
                        press,
                    )
                })
                .collect_view()
        })
    };
    let end = move || {
        let deal = deal.get_value();
        match deal.status {
            DealStatus::Open => may_move.then(|| {
                view! {
                    <li class="track-step track-end">
                        <button
                            type="button"
                            class="track-button"
                            on:click=move |_| over.set(Over::Close(Outcome::Won))
                        >
                            <span class="track-name">{icon!("flag")} {t("close-deal")}</span>
                        </button>
                    </li>
                }
                .into_any()
            }),
            status => {
                let class = if status == DealStatus::Won {
                    "track-won"
                } else {
                    "track-lost"
                };
                Some(
                    view! {
                        <li class=format!("track-step track-end {class}") aria-current="step">
                            <span class="track-button">
                                <span class="track-name">{words::status(status)}</span>
                            </span>
                        </li>
                    }
                    .into_any(),
                )
            }
        }
    };
    let track = NodeRef::<html::Nav>::new();
    Effect::new(move |_| {
        let Some(track) = track.get() else { return };
        if let Some(present) = dom::first(&track, "[aria-current]") {
            let before = present.offset_left() - track.offset_left();
            track.set_scroll_left(before - track.client_width() / 3);
        }
    });
    view! {
        <nav class="track" aria-label=t("stages") node_ref=track>
            <ol>
                {steps}
                {end}
            </ol>
        </nav>
    }
    .into_any()
}

/// How long a deal was in a stage that it is not in now.
#[derive(Clone, Copy, PartialEq)]
enum Stay {
    /// The history is still on its way.
    Unknown,
    /// Never.
    None,
    /// So many whole days in all.
    Days(i64),
}

#[expect(
    clippy::too_many_arguments,
    reason = "one step is drawn in one place from all of them"
)]
fn step(
    stage: &Stage,
    deal: &Deal,
    at: usize,
    present: usize,
    stay: Stay,
    may_move: bool,
    pending: RwSignal<Option<String>>,
    press: Callback<Stage>,
) -> AnyView {
    let is_present = at == present && deal.status == DealStatus::Open;
    let is_past = at < present || deal.status == DealStatus::Won;
    let name = words::stage(stage);
    let missing = deal.derived.missing_fields.len() as i64;
    let note = if is_present {
        let age = t_count("days-short", deal.derived.days_in_stage);
        if missing > 0 {
            format!("{age} · {}", t_count("missing-count", missing))
        } else {
            age
        }
    } else {
        match stay {
            Stay::Days(days) => t_count("days-short", days),
            Stay::None if is_past => t("stage-skipped"),
            Stay::None | Stay::Unknown => String::new(),
        }
    };
    let class = match (is_present, is_past, stay) {
        (true, ..) => "track-step track-present",
        (_, true, Stay::None) => "track-step track-skipped",
        (_, true, _) => "track-step track-past",
        _ => "track-step",
    };
    let content = view! {
        <span class="track-name">{name.clone()}</span>
        <span class="track-note" class:is-past=is_present && deal.derived.rotting>{note}</span>
    };
    let target = stage.clone();
    let code = stage.code.clone();
    let body = if may_move && !is_present {
        let title = t_with("move-to", &arguments! { "stage" => name });
        view! {
            <button
                type="button"
                class="track-button"
                title=title
                aria-busy=move || pending.with(|p| p.as_deref() == Some(&*code)).then_some("true")
                on:click=move |_| press.run(target.clone())
            >
                {content}
            </button>
        }
        .into_any()
    } else {
        view! { <span class="track-button" title=name>{content}</span> }.into_any()
    };
    view! {
        <li class=class aria-current=is_present.then_some("step")>
            {body}
        </li>
    }
    .into_any()
}

/// Whole days spent in each stage that was left, from the moves of a history.
fn days_by_stage(entries: &[TimelineEntry]) -> HashMap<String, i64> {
    let mut visits: Vec<_> = entries
        .iter()
        .filter_map(|entry| {
            let change = entry.changes.iter().find(|c| c.field == "stage")?;
            Some((entry.at, change.to.as_str()?.to_owned()))
        })
        .collect();
    visits.sort();
    let mut seconds: HashMap<String, i64> = HashMap::new();
    for pair in visits.windows(2) {
        let stay = (pair[1].0 - pair[0].0).num_seconds();
        *seconds.entry(pair[0].1.clone()).or_default() += stay;
    }
    seconds
        .into_iter()
        .map(|(stage, s)| (stage, s / 86_400))
        .collect()
}
