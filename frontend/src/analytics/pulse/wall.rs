//! The tiles on a wall: few, in letters that can be read from five metres.

use etalon_domain::analytics::{
    Ended, ForecastLine, Fullness, FunnelStage, Leader, RecentChange, RowsPart,
};
use etalon_domain::endpoint::ReportQuery;
use etalon_domain::event::EventKind;
use etalon_domain::money::Money as Amount;
use leptos::prelude::*;

use super::compared::Compared;
use super::lists::{told, won_by};
use super::screen::{fill_screen, fills_screen, free_screen};
use super::tiles::{stage_rows, tile_rows};
use super::{State, is_old};
use crate::address::{use_changes, use_pairs, value_of};
use crate::analytics::forecast;
use crate::analytics::parts::{rate, times};
use crate::analytics::rows::RowsLink;
use crate::analytics::scope::{counts_own, period_name, report_href, rows_text};
use crate::deals::use_stages;
use crate::i18n::{arguments, format, t, t_count, t_with};
use crate::routes::paths;
use crate::session;
use crate::ui::icon;

/// How many leaders and changes fit on a wall.
const LEADERS: usize = 5;
const CHANGES: usize = 3;

/// The wall.
pub(super) fn wall(state: State) -> AnyView {
    view! {
        {head(state)}
        <div class="wall-grid">
            <div class="wall-numbers">
                {state.show(|pulse| (pulse.forecast.clone(), Compared::of(pulse)), |(line, compared), report| won(&line, &compared, report))}
                {state.show(|pulse| pulse.forecast.clone(), |line, report| lines(&line, report))}
                {state.show(|pulse| pulse.fullness.clone(), fullness)}
            </div>
            <section class="wall-tile wall-funnel">
                <h2>{t("pulse-funnel")}</h2>
                {state.show(|pulse| pulse.funnel.clone(), |stages, report| funnel(&stages, report))}
            </section>
            <section class="wall-tile wall-leaders">
                <h2>
                    <a href=move || report_href(paths::LEADERBOARD, &state.report.get())>
                        {t("pulse-leaders")}
                    </a>
                </h2>
                {state.show(|pulse| pulse.leaders.clone(), |leaders, report| leaders_list(&leaders, report))}
            </section>
            <div class="wall-attention">
                {state.show(|pulse| pulse.overdue, |ended, report| attention("pulse-overdue", ended, RowsPart::Overdue, report))}
                {state.show(|pulse| pulse.rotting, |ended, report| attention("pulse-rotting", ended, RowsPart::Rotting, report))}
            </div>
            <section class="wall-tile wall-changes">
                <h2>{t("pulse-changes")}</h2>
                {changes(state)}
            </section>
        </div>
    }
    .into_any()
}

fn head(state: State) -> AnyView {
    let changes = use_changes();
    let company = session::me().map(|me| me.company).unwrap_or_default();
    let at = state.part(|pulse| pulse.at);
    let time = move || at.get().map(format::local_time);
    let period = move || period_name(&state.report.get().period);
    let is_old = is_old(state);
    let leave = move || {
        free_screen();
        changes.apply(&[("wall", None)]);
    };
    let pairs = use_pairs();
    let keys = window_event_listener(leptos::ev::keydown, move |event| {
        // A panel above the wall is closed first.
        let is_alone = pairs.with_untracked(|pairs| {
            value_of(pairs, "rows").is_none() && value_of(pairs, "activities").is_none()
        });
        if event.key() == "Escape" && is_alone {
            leave();
        }
    });
    on_cleanup(move || keys.remove());
    let toggle = move |_| {
        if fills_screen() {
            free_screen();
        } else {
            fill_screen();
        }
    };
    view! {
        <header class="wall-head">
            <h1>{company}</h1>
            <p>{period}</p>
            <p class="wall-time" class:is-past=is_old>
                <i class="pulse-dot" aria-hidden="true"></i>
                {time}
                {move || is_old.get().then(|| t("pulse-offline"))}
            </p>
            <button
                type="button"
                class="wall-button"
                aria-label=t("wall-full")
                title=t("wall-full")
                on:click=toggle
            >
                {icon!("maximize")}
            </button>
            <button
                type="button"
                class="wall-button"
                aria-label=t("wall-leave")
                title=t("wall-leave")
                on:click=move |_| leave()
            >
                {icon!("x")}
            </button>
        </header>
    }
    .into_any()
}

fn big(money: Amount) -> AnyView {
    view! {
        <span class="wall-money">
            {format::compact_amount(money)}
            <small>{money.currency.code()}</small>
        </span>
    }
    .into_any()
}

fn linked(report: &ReportQuery, part: RowsPart, money: Amount) -> AnyView {
    let rows = rows_text(report, &forecast::rows_of(part));
    view! { <RowsLink rows>{big(money)}</RowsLink> }.into_any()
}

fn won(line: &ForecastLine, compared: &Compared, report: &ReportQuery) -> AnyView {
    let part = line.attainment.unwrap_or_default().clamp(0.0, 1.0);
    let bar = line.target.map(|target| {
        let text = t_with(
            if counts_own(line.target, report) {
                "wall-of-target-own"
            } else {
                "wall-of-target"
            },
            &arguments! {
                "share" => rate(line.attainment),
                "target" => format::compact_amount(target),
            },
        );
        view! {
            <div class="wall-bar" aria-hidden="true">
                <i style=format!("width: {:.1}%", part * 100.0)></i>
            </div>
            <p>{text}</p>
        }
    });
    let text = if compared.is_part() {
        "wall-change-so-far"
    } else {
        "pulse-change"
    };
    let change = compared.change().map(|change| {
        view! { <p>{t_with(text, &arguments! { "change" => change })}</p> }
    });
    view! {
        <section class="wall-tile wall-won">
            <h2>{t("forecast-closed")}</h2>
            {linked(report, RowsPart::Closed, line.closed)}
            {bar}
            {change}
        </section>
    }
    .into_any()
}

fn lines(line: &ForecastLine, report: &ReportQuery) -> AnyView {
    view! {
        <section class="wall-tile">
            <h2>{t("forecast-commit-line")}</h2>
            {linked(report, RowsPart::Commit, line.commit)}
        </section>
        <section class="wall-tile">
            <h2>{t("forecast-weighted")}</h2>
            {linked(report, RowsPart::Weighted, line.weighted)}
        </section>
    }
    .into_any()
}

fn fullness(found: Option<Fullness>, report: &ReportQuery) -> AnyView {
    let value = found.as_ref().and_then(|found| found.value);
    let required = found.as_ref().and_then(|found| found.required);
    let note = t_with(
        "fullness-required",
        &arguments! { "required" => times(required) },
    );
    view! {
        <section class="wall-tile">
            <h2>{t("fullness")}</h2>
            <a class="rows-link wall-money" href=report_href(paths::FUNNEL, report)>
                {times(value)}
            </a>
            <p>{note}</p>
        </section>
    }
    .into_any()
}

fn funnel(stages: &[FunnelStage], report: &ReportQuery) -> AnyView {
    let open: Vec<&FunnelStage> = (stages.iter()).filter(|s| s.stage != "won").collect();
    let most = open.iter().map(|s| s.deals).max().unwrap_or(0).max(1);
    let rows = open
        .into_iter()
        .map(|stage| {
            let width = format!("width: {:.1}%", stage.deals as f64 / most as f64 * 100.0);
            let rows = rows_text(report, &stage_rows(stage));
            let (name, deals, amount) = (stage.name.clone(), stage.deals, stage.amount);
            view! {
                <li>
                    <RowsLink rows>
                        <span class="wall-stage">{name}</span>
                        <span class="wall-stage-bar" aria-hidden="true">
                            <i style=width></i>
                        </span>
                        <b>{format::number(deals)}</b>
                        <span class="wall-stage-sum">{format::compact_amount(amount)}</span>
                    </RowsLink>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="wall-stages">{rows}</ul> }.into_any()
}

fn leaders_list(leaders: &[Leader], report: &ReportQuery) -> AnyView {
    let rows = leaders
        .iter()
        .take(LEADERS)
        .map(|leader| {
            let (own, rows) = won_by(leader, report);
            let (rank, name, won) = (leader.rank, leader.name.clone(), leader.won_amount);
            view! {
                <li>
                    <RowsLink rows=rows_text(&own, &rows)>
                        <span class="wall-rank">{format::number(rank)}</span>
                        <span class="truncate">{name}</span>
                        <b>{format::compact_amount(won)}</b>
                    </RowsLink>
                </li>
            }
        })
        .collect_view();
    let empty = leaders
        .is_empty()
        .then(|| view! { <p>{t("pulse-no-wins")}</p> });
    view! {
        {empty}
        <ol class="wall-list">{rows}</ol>
    }
    .into_any()
}

fn attention(label: &'static str, ended: Ended, part: RowsPart, report: &ReportQuery) -> AnyView {
    let rows = rows_text(report, &tile_rows(part));
    view! {
        <section class="wall-tile" class:is-alarming=ended.deals != 0>
            <h2>{t(label)}</h2>
            <RowsLink rows>
                <span class="wall-money">{format::number(ended.deals)}</span>
            </RowsLink>
            <p>{format::compact_amount(ended.amount)} " " {ended.amount.currency.code()}</p>
        </section>
    }
    .into_any()
}

/// The last changes that a room cares about: deals that moved or ended.
fn changes(state: State) -> AnyView {
    let all = state.part(|pulse| pulse.changes.clone());
    let stages = use_stages();
    let matters = |change: &RecentChange| {
        matches!(
            change.kind,
            EventKind::Closed | EventKind::StageAdvanced | EventKind::Created
        )
    };
    let rows = move || {
        let shown: Vec<RecentChange> = (all.get().unwrap_or_default().into_iter())
            .filter(matters)
            .take(CHANGES)
            .collect();
        if shown.is_empty() {
            return view! { <p>{t("pulse-changes-empty")}</p> }.into_any();
        }
        let rows = shown
            .into_iter()
            .map(|change| {
                let sentence = stages.with(|stages| told(&change, stages));
                let amount = change.amount.map(format::compact_amount);
                view! {
                    <li>
                        <a href=paths::deal(change.deal_id.as_str())>
                            <span class="truncate">{change.title.clone()}</span>
                            <span class="wall-soft truncate">{sentence}</span>
                            <b>{amount}</b>
                        </a>
                    </li>
                }
            })
            .collect_view();
        view! { <ul class="wall-list wall-moves">{rows}</ul> }.into_any()
    };
    let count = move || {
        let count = all.with(|all| all.as_ref().map_or(0, Vec::len) as i64);
        (count > 0).then(|| t_count("wall-changes-count", count))
    };
    view! {
        {rows}
        <p class="sr-only">{count}</p>
    }
    .into_any()
}
