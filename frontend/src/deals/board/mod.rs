//! The registry as a board: a column for every stage, cards to be moved by mouse, touch and keyboard.

mod card;
mod column;
mod drag;
mod keyboard;

use std::collections::HashMap;

use etalon_domain::deal::{Deal, DealFilter, DealStatus, Outcome};
use etalon_domain::endpoint::{Deals, List};
use etalon_domain::id::DealId;
use etalon_domain::page::{Any, StageTotals};
use etalon_domain::stage::Stage;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::close_dialog::CloseDialog;
use super::state::RegistryState;
use super::{actions, moving};
use crate::i18n::{arguments, t, t_with, words};
use crate::query::{Pages, use_query};

use column::{Column, DropZones};
use drag::Drag;

/// What the parts of the board share.
#[derive(Clone, Copy)]
pub(super) struct Context {
    /// Which deals.
    filter: Memo<DealFilter>,
    /// The cards that have been read, by stage.
    columns: StoredValue<HashMap<String, Pages<Deal>>>,
    /// What is being dragged or lifted, and over which stage.
    drag: RwSignal<Option<Drag>>,
    /// What is read aloud.
    announcement: RwSignal<String>,
    /// The deal that is about to be closed.
    closing: RwSignal<Option<(Deal, Outcome)>>,
    /// The stages on the board, in order.
    stages: Memo<Vec<Stage>>,
    /// The deal that was dropped by keyboard: its card keeps the focus when it is built anew.
    focused: StoredValue<Option<DealId>>,
}

impl Context {
    /// Drops a deal on a stage: moves it at once and takes it back when the server refuses; a final
    /// stage asks for the reason first.
    fn drop_on(&self, deal: Deal, code: &str) {
        if deal.stage == code {
            return;
        }
        let Some(stage) = self
            .stages
            .get_untracked()
            .into_iter()
            .find(|s| s.code == code)
        else {
            return;
        };
        let name = words::stage(&stage);
        if let Some(outcome) = outcome_of(stage.status) {
            self.closing.set(Some((deal, outcome)));
            return;
        }
        let from = deal.stage.clone();
        self.take(&from, &deal);
        let mut moved = deal.clone();
        moved.stage = stage.code.clone();
        self.put(&stage.code, moved.clone());
        let board = *self;
        spawn_local(async move {
            match moving::move_now(&deal, &stage.code).await {
                Ok(_) => board.announce("board-moved", &deal.title, &name),
                Err(refusal) => {
                    board.take(&stage.code, &moved);
                    board.put(&from, deal.clone());
                    refusal.explain();
                    actions::changed();
                }
            }
        });
    }

    /// Reads a sentence about a deal and a stage aloud.
    fn announce(&self, id: &str, deal: &str, stage: &str) {
        let text = t_with(
            id,
            &arguments! { "name" => deal.to_owned(), "stage" => stage.to_owned() },
        );
        self.announcement.try_set(text);
    }

    fn column(&self, stage: &str) -> Option<Pages<Deal>> {
        self.columns
            .try_with_value(|columns| columns.get(stage).copied())
            .flatten()
    }

    fn take(&self, stage: &str, deal: &Deal) {
        if let Some(column) = self.column(stage) {
            column
                .items
                .update(|items| items.retain(|each| each.id != deal.id));
        }
    }

    fn put(&self, stage: &str, deal: Deal) {
        if let Some(column) = self.column(stage) {
            column.items.update(|items| items.insert(0, deal));
        }
    }
}

/// How a deal ends in a final stage.
fn outcome_of(status: DealStatus) -> Option<Outcome> {
    match status {
        DealStatus::Open => None,
        DealStatus::Won => Some(Outcome::Won),
        DealStatus::Lost => Some(Outcome::Lost),
        DealStatus::Rejected => Some(Outcome::Rejected),
        DealStatus::Rerouted => Some(Outcome::Rerouted),
    }
}

/// The board.
#[component]
pub(super) fn Board(
    /// What is shown.
    state: Memo<RegistryState>,
) -> impl IntoView {
    let all = super::use_stages();
    let filter = Memo::new(move |_| state.get().filter);
    let board = Context {
        filter,
        columns: StoredValue::new(HashMap::new()),
        drag: RwSignal::new(None),
        announcement: RwSignal::new(String::new()),
        closing: RwSignal::new(None),
        stages: Memo::new(move |_| all.with(|all| all.all().to_vec())),
        focused: StoredValue::new(None),
    };
    let totals = use_query(move || {
        let mut filter = filter.get();
        filter.limit = Some(1);
        filter.totals = Some(true);
        Some(List::<Deals>(filter))
    });
    // While new totals are read the old ones stay, so that no head changes its height.
    let by_stage = Memo::new(move |before: Option<&Vec<StageTotals>>| {
        match totals.data.get().and_then(|page| page.totals) {
            Some(totals) => totals.stages,
            None => before.cloned().unwrap_or_default(),
        }
    });
    // Stages that the filter cannot select are no columns; without closed deals the final ones are
    // places to drop on.
    let columns = Memo::new(move |_| {
        let filter = filter.get();
        let selects = |stage: &Stage| {
            (filter.stage.is_empty() || filter.stage.0.contains(&stage.code))
                && (filter.status.is_empty() || filter.status.0.contains(&stage.status))
        };
        board
            .stages
            .get()
            .into_iter()
            .filter(selects)
            .collect::<Vec<_>>()
    });
    let zones = Memo::new(move |_| {
        let shown = columns.get();
        board
            .stages
            .get()
            .into_iter()
            .filter(|stage| !stage.is_open() && !shown.iter().any(|s| s.code == stage.code))
            .collect::<Vec<_>>()
    });
    let frame = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let Some(frame) = frame.get() {
            drag::keep_touch(&frame, board.drag);
        }
    });
    let dialog = move || {
        board.closing.get().map(|(deal, outcome)| {
            view! { <CloseDialog deal outcome on_close=move |_| board.closing.set(None) /> }
        })
    };
    view! {
        <p id="board-help" class="sr-only">
            {t("board-help")}
        </p>
        <div class="sr-only" aria-live="assertive">
            {move || board.announcement.get()}
        </div>
        <div
            class="board"
            class:is-dragging=move || board.drag.with(Option::is_some)
            role="region"
            aria-label=t("view-board")
            tabindex="-1"
            node_ref=frame
        >
            <For
                each=move || columns.get()
                key=|stage| stage.code.clone()
                children=move |stage| view! { <Column board stage totals=by_stage /> }
            />
            <Show when=move || zones.with(|z| !z.is_empty())>
                <DropZones board zones />
            </Show>
        </div>
        {dialog}
    }
    .into_any()
}

/// The filter of one column.
fn filter_of(filter: &DealFilter, stage: &Stage) -> DealFilter {
    DealFilter {
        stage: Any::one(stage.code.clone()),
        ..filter.clone()
    }
}
