//! The lists: deals to close, leaders, what changed.

use chrono::{DateTime, Utc};
use etalon_domain::analytics::{Dimension, Leader, RecentChange, RowDeal, RowsPart, RowsQuery};
use etalon_domain::endpoint::ReportQuery;
use etalon_domain::event::EventKind;
use etalon_domain::stage::Stages;
use leptos::prelude::*;

use super::tiles::tile_rows;
use crate::analytics::leaderboard::{movement, won_rows};
use crate::analytics::parts::sum;
use crate::analytics::rows::RowsLink;
use crate::analytics::scope::{manager_href, narrowed, report_href, rows_text};
use crate::deals::use_stages;
use crate::i18n::{arguments, format, t, t_with, words};
use crate::routes::paths;
use crate::ui::{Avatar, Money, icon};

/// The largest open deals that are expected to close.
pub(super) fn top_list(deals: &[RowDeal], report: &ReportQuery) -> AnyView {
    let rows = deals
        .iter()
        .map(|deal| {
            let is_past = deal
                .expected_close_on
                .is_some_and(|day| day < format::today());
            let day = deal.expected_close_on.map(format::day);
            view! {
                <li class="pulse-row">
                    <Avatar name=deal.owner_name.clone() />
                    <span class="min-w-0 flex-1">
                        <a class="cell-title" href=paths::deal(deal.deal_id.as_str())>
                            {deal.title.clone()}
                        </a>
                        <span class="cell-under">
                            {deal.account_name.clone().unwrap_or_else(|| t("no-account"))}
                        </span>
                    </span>
                    <span class="pulse-value">
                        <Money value=deal.amount compact=true />
                        <span class="text-soft" class:is-past=is_past>
                            {format::percent(deal.probability)}
                            {day.map(|day| format!(" · {day}"))}
                        </span>
                    </span>
                </li>
            }
        })
        .collect_view();
    let all = rows_text(report, &tile_rows(RowsPart::Open));
    let empty = deals
        .is_empty()
        .then(|| view! { <p class="text-soft">{t("pulse-top-empty")}</p> });
    view! {
        <header class="pulse-head">
            <h2>{t("pulse-top")}</h2>
            <RowsLink rows=all>{t("pulse-all")}</RowsLink>
        </header>
        {empty}
        <ul>{rows}</ul>
    }
    .into_any()
}

/// The rows of what somebody won.
pub(super) fn won_by(leader: &Leader, report: &ReportQuery) -> (ReportQuery, RowsQuery) {
    let own = narrowed(report, Dimension::Owner, Some(&leader.id));
    (own, won_rows())
}

/// Who won most.
pub(super) fn leaders_list(leaders: &[Leader], report: &ReportQuery) -> AnyView {
    let rows = leaders
        .iter()
        .map(|leader| {
            let (own, rows) = won_by(leader, report);
            let name = leader.name.clone();
            let name = match leader.opens_card {
                true => {
                    let href = manager_href(&leader.id, report);
                    view! { <a class="cell-title min-w-0 flex-1" href=href>{name}</a> }.into_any()
                }
                false => view! { <span class="min-w-0 flex-1 truncate">{name}</span> }.into_any(),
            };
            view! {
                <li class="pulse-row">
                    <span class="leader-rank" class:is-first=leader.rank == 1>
                        {format::number(leader.rank)}
                    </span>
                    {movement(leader)}
                    <Avatar name=leader.name.clone() />
                    {name}
                    <span class="pulse-value">{sum(Some(leader.won_amount), &own, rows)}</span>
                </li>
            }
        })
        .collect_view();
    let empty = leaders
        .is_empty()
        .then(|| view! { <p class="text-soft">{t("leaders-empty-text")}</p> });
    view! {
        <header class="pulse-head">
            <h2>{t("pulse-leaders")}</h2>
            <a class="rows-link" href=report_href(paths::LEADERBOARD, report)>{t("pulse-all")}</a>
        </header>
        {empty}
        <ul>{rows}</ul>
    }
    .into_any()
}

/// What changed in the last 24 hours; `at` is when that was read.
pub(super) fn changes_list(
    changes: Memo<Option<Vec<RecentChange>>>,
    at: Memo<Option<DateTime<Utc>>>,
) -> AnyView {
    let stages = use_stages();
    let is_empty = move || changes.with(|all| all.as_ref().is_none_or(Vec::is_empty));
    view! {
        <header class="pulse-head">
            <h2>{t("pulse-changes")}</h2>
        </header>
        <Show when=is_empty>
            <p class="text-soft">{t("pulse-changes-empty")}</p>
        </Show>
        <ul class="pulse-changes">
            <For
                each=move || changes.get().unwrap_or_default()
                key=|change| change.id.clone()
                children=move |change| change_row(change, at, stages)
            />
        </ul>
    }
    .into_any()
}

fn change_row(
    change: RecentChange,
    read_at: Memo<Option<DateTime<Utc>>>,
    stages: Memo<Stages>,
) -> AnyView {
    let when = change.at;
    let near = move || {
        read_at.track();
        format::near_instant(when)
    };
    let actor = change
        .actor_name
        .clone()
        .unwrap_or_else(|| t("actor-system"));
    let href = paths::deal(change.deal_id.as_str());
    let (title, amount) = (change.title.clone(), change.amount);
    view! {
        <li class="pulse-row">
            {mark(&change)}
            <span class="min-w-0 flex-1">
                <a class="cell-title" href=href>{title}</a>
                <span class="cell-under">
                    {move || stages.with(|stages| told(&change, stages))}
                    " · "
                    {actor}
                </span>
            </span>
            <span class="pulse-value">
                <Money value=amount compact=true />
                <span class="text-soft">{near}</span>
            </span>
        </li>
    }
    .into_any()
}

fn mark(change: &RecentChange) -> AnyView {
    let is_won = change.to_stage.as_deref() == Some("won");
    let (class, picture) = match change.kind {
        EventKind::Closed if is_won => ("pulse-mark is-good", icon!("trophy")),
        EventKind::Closed => ("pulse-mark is-bad", icon!("x")),
        EventKind::StageAdvanced => ("pulse-mark", icon!("trending-up")),
        EventKind::StageReturned => ("pulse-mark", icon!("trending-down")),
        EventKind::Created => ("pulse-mark", icon!("plus")),
        _ => ("pulse-mark", icon!("pencil")),
    };
    view! {
        <span class=class aria-hidden="true">
            {picture}
        </span>
    }
    .into_any()
}

/// What happened, in one sentence.
pub(super) fn told(change: &RecentChange, stages: &Stages) -> String {
    let name = |code: &str| {
        stages
            .get(code)
            .map_or_else(|| code.to_owned(), words::stage)
    };
    match (change.kind, &change.from_stage, &change.to_stage) {
        (EventKind::StageAdvanced | EventKind::StageReturned, Some(from), Some(to)) => {
            let id = match change.kind {
                EventKind::StageReturned => "event-stage-returned-from",
                _ => "event-stage-advanced-from",
            };
            t_with(id, &arguments! { "from" => name(from), "to" => name(to) })
        }
        (EventKind::Closed, _, Some(to)) => {
            t_with("event-closed-as", &arguments! { "outcome" => name(to) })
        }
        (EventKind::Reopened, _, Some(to)) => {
            t_with("event-reopened-in", &arguments! { "to" => name(to) })
        }
        (kind, ..) => words::word("event", kind.as_str()),
    }
}
