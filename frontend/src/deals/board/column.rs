use etalon_domain::endpoint::{Deals, List};
use etalon_domain::money::Money as Amount;
use etalon_domain::page::StageTotals;
use etalon_domain::stage::Stage;
use leptos::prelude::*;

use super::card::card;
use super::{Context, filter_of};
use crate::deals::marks::use_marks;
use crate::i18n::{format, t, t_count, words};
use crate::query::use_pages;
use crate::ui::{ErrorState, LoadMore, Money, Skeleton, icon};

/// A stage with its count, sums and cards; more cards are read as one scrolls.
#[component]
pub(super) fn Column(
    /// What the board shares.
    board: Context,
    /// The stage.
    stage: Stage,
    /// Count and sums of every stage.
    totals: Memo<Vec<StageTotals>>,
) -> impl IntoView {
    let name = words::stage(&stage);
    let code = stage.code.clone();
    let pages = {
        let stage = stage.clone();
        use_pages(move |cursor, limit| {
            let mut filter = board.filter.with(|filter| filter_of(filter, &stage));
            filter.limit = Some(limit);
            filter.cursor = cursor;
            List::<Deals>(filter)
        })
    };
    board.columns.update_value(|columns| {
        columns.insert(code.clone(), pages);
    });
    let own = {
        let code = code.clone();
        Memo::new(move |_| totals.with(|t| t.iter().find(|t| t.stage == code).cloned()))
    };
    let marks = use_marks(pages.items);
    let is_known = pages.ready;
    let head = move || {
        let base = crate::session::me()?.base_currency;
        let own = own.get().unwrap_or_else(|| StageTotals {
            stage: String::new(),
            count: 0,
            amount: Amount::zero(base),
            weighted: Amount::zero(base),
        });
        is_known.get().then(|| {
            view! {
                <span class="board-count">{format::number(own.count)}</span>
                <p class="board-sums">
                    <Money value=own.amount compact=true />
                    <span title=format!("{}: {}", t("weighted"), format::money(own.weighted))>
                        {icon!("scale")}
                        {format::compact_amount(own.weighted)}
                    </span>
                </p>
            }
        })
    };
    let is_target = {
        let code = code.clone();
        move || {
            board.drag.with(|d| {
                d.as_ref()
                    .is_some_and(|d| d.over == code && d.deal.stage != code)
            })
        }
    };
    let label = {
        let name = name.clone();
        move || {
            let count = own.with(|o| o.as_ref().map_or(0, |o| o.count));
            format!("{name}, {}", t_count("deals-count", count))
        }
    };
    let empty = move || pages.ready.get() && pages.items.with(Vec::is_empty);
    let has_cards = move || pages.items.with(|items| !items.is_empty());
    let trouble = move || {
        pages
            .failure
            .get()
            .map(|failure| view! { <ErrorState failure on_retry=move |()| pages.retry() /> })
    };
    view! {
        <section class="board-column" class:is-target=is_target data-stage=code aria-label=label>
            <header class="board-head">
                <h2 title=name.clone()>{name.clone()}</h2>
                {head}
            </header>
            <div class="board-cards" role=move || has_cards().then_some("list")>
                {trouble}
                <Show when=move || !pages.ready.get() && pages.slow.get()>
                    <div class="board-card">
                        <Skeleton class="h-4 w-40" />
                        <Skeleton class="h-3 w-24 mt-2" />
                        <Skeleton class="h-3 w-32 mt-2" />
                    </div>
                </Show>
                <For
                    each=move || pages.items.get()
                    key=|deal| (deal.id.clone(), deal.version, deal.stage.clone())
                    children=move |deal| card(deal, board, marks)
                />
                <Show when=empty>
                    <p class="board-empty">{t("board-empty")}</p>
                </Show>
                <LoadMore pages />
            </div>
        </section>
    }
    .into_any()
}

/// The final stages as places to drop on.
#[component]
pub(super) fn DropZones(
    /// What the board shares.
    board: Context,
    /// The final stages.
    zones: Memo<Vec<Stage>>,
) -> impl IntoView {
    let rows =
        move || {
            zones
            .get()
            .into_iter()
            .map(|stage| {
                let code = stage.code.clone();
                let is_target = move || {
                    board.drag.with(|d| d.as_ref().is_some_and(|d| d.over == code))
                };
                let picture = match stage.status {
                    etalon_domain::deal::DealStatus::Won => icon!("trophy"),
                    etalon_domain::deal::DealStatus::Lost => icon!("circle-x"),
                    etalon_domain::deal::DealStatus::Rerouted => icon!("forward"),
                    _ => icon!("circle-slash"),
                };
                view! {
                    <div class="board-zone" class:is-target=is_target data-stage=stage.code.clone()>
                        {picture}
                        {words::stage(&stage)}
                    </div>
                }
            })
            .collect_view()
        };
    view! {
        <section class="board-zones" aria-label=t("board-zones")>
            <header class="board-head">
                <h2>{t("board-zones")}</h2>
            </header>
            {rows}
        </section>
    }
    .into_any()
}
