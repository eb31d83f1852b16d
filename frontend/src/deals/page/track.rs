use etalon_domain::deal::{Deal, DealStatus, Outcome};
use etalon_domain::process::StageVisit;
use etalon_domain::stage::Stage;
use leptos::html;
use leptos::prelude::*;

use super::Over;
use crate::deals::{actions, moving, stages, use_stages_of};
use crate::i18n::{arguments, format, t, t_count, t_with, words};
use crate::process::guide_of;
use crate::ui::{dom, icon};

/// The stages across the page: the days spent in the past ones, the age of the present one, and what
/// the present one still expects. A press moves the deal.
#[component]
pub(super) fn Track(
    /// The deal.
    deal: Deal,
    /// Which dialog lies over the page.
    over: RwSignal<Over>,
) -> impl IntoView {
    let all = use_stages_of(&deal);
    let guide = guide_of(&deal);
    let visits = Memo::new(move |_| {
        guide
            .data
            .with(|guide| guide.as_ref().map(|guide| guide.visits.clone()))
    });
    let may_move = actions::is_changeable(&deal);
    let pending = RwSignal::new(None::<String>);
    let id = deal.id.clone();
    let deal = StoredValue::new(deal);
    Effect::new(move |_| {
        if !moving::is_moving(&id) {
            pending.set(None);
        }
    });
    let press = Callback::new(move |stage: Stage| {
        let deal = deal.get_value();
        if stage.code != deal.stage {
            pending.set(Some(stage.code.clone()));
            moving::start_move(&deal, &stage.code);
        }
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
                    let stay = visits.with(|visits| Stay::of(visits.as_deref(), &stage.code));
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

/// How long a deal was in a stage, or is.
#[derive(Clone, PartialEq)]
enum Stay {
    /// What the process says is still on its way.
    Unknown,
    /// Never.
    None,
    /// So long in each visit.
    Visits(Vec<StageVisit>),
}

impl Stay {
    fn of(all: Option<&[StageVisit]>, stage: &str) -> Self {
        let Some(all) = all else {
            return Self::Unknown;
        };
        let of_stage: Vec<_> = all
            .iter()
            .filter(|visit| visit.stage == stage)
            .cloned()
            .collect();
        if of_stage.is_empty() {
            Self::None
        } else {
            Self::Visits(of_stage)
        }
    }

    /// The days of each visit.
    fn days(&self) -> Option<String> {
        let Self::Visits(visits) = self else {
            return None;
        };
        let days: Vec<_> = visits
            .iter()
            .map(|visit| t_count("days-short", visit.days))
            .collect();
        Some(days.join(" + "))
    }

    /// From when to when each visit was.
    fn exact(&self) -> Option<String> {
        let Self::Visits(visits) = self else {
            return None;
        };
        let lines = visits.iter().map(|visit| {
            let from = format::local_day(visit.entered_at);
            let to = visit.left_at.map_or_else(format::today, format::local_day);
            format!(
                "{} – {}: {}",
                format::day(from),
                format::day(to),
                t_count("days", visit.days)
            )
        });
        Some(lines.collect::<Vec<_>>().join("\n"))
    }
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
    let note = match (stay.days(), &stay) {
        (Some(days), _) if is_present && missing > 0 => {
            format!("{days} · {}", t_count("missing-count", missing))
        }
        (Some(days), _) => days,
        (None, Stay::None) if is_past => t("stage-skipped"),
        (None, _) if is_present => t_count("days-short", deal.derived.days_in_stage),
        _ => String::new(),
    };
    let exact = match stay.exact() {
        Some(exact) => format!("{name}\n{exact}"),
        None => name.clone(),
    };
    let class = match (is_present, is_past, &stay) {
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
        let title = t_with("move-to", &arguments! { "stage" => exact });
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
        view! { <span class="track-button" title=exact>{content}</span> }.into_any()
    };
    view! {
        <li class=class aria-current=is_present.then_some("step")>
            {body}
        </li>
    }
    .into_any()
}
