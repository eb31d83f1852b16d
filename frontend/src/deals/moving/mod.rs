//! Moving deals: one way for every screen. What holds a deal up is shown in a dialog, with a link to
//! mend each requirement and, for those who may, a reason to go on all the same.

mod dialogs;
mod requirements;

use etalon_domain::deal::{Deal, MoveDeal};
use etalon_domain::endpoint::MoveDealEndpoint;
use etalon_domain::error::ErrorCode;
use etalon_domain::id::DealId;
use etalon_domain::stage::Stages;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use leptos_router::hooks::use_location;

use super::{actions, stages};
use crate::api::{self, Failure};
use crate::i18n::{arguments, t_with};
use crate::lazy::{Make, part};
use crate::ui::toast;

pub(crate) use requirements::Unmet;
pub(super) use requirements::{requirement_name, use_way};

/// What a dialog asks before a deal moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Question {
    /// Requirements are not met.
    Unmet,
    /// The deal goes back: why?
    Return,
}

/// A move that waits for an answer.
#[derive(Clone, PartialEq)]
struct Asked {
    deal: Deal,
    stage: String,
    question: Question,
    /// The stages of the deal's process.
    stages: Stages,
}

thread_local! {
    // Of no screen: a move is asked for on one and may end on another.
    static ASKED: ArcRwSignal<Option<Asked>> = ArcRwSignal::new(None);
    static UNDER_WAY: ArcRwSignal<Option<DealId>> = ArcRwSignal::new(None);
}

fn asked() -> ArcRwSignal<Option<Asked>> {
    ASKED.with(Clone::clone)
}

fn under_way() -> ArcRwSignal<Option<DealId>> {
    UNDER_WAY.with(Clone::clone)
}

/// Moves a deal to another stage of the work. A way back asks for a reason first; a refusal is
/// explained, with what may be done about it.
pub(crate) fn start_move(deal: &Deal, stage: &str) {
    if under_way().with_untracked(Option::is_some) {
        return;
    }
    under_way().set(Some(deal.id.clone()));
    let (deal, stage) = (deal.clone(), stage.to_owned());
    spawn_local(async move {
        let known = stages::read_of(&deal).await;
        if is_before(&known, &stage, &deal.stage) {
            asked().set(Some(Asked {
                deal,
                stage,
                question: Question::Return,
                stages: known,
            }));
        } else if let Err(refusal) = move_now(&deal, &stage).await {
            refusal.explain();
        }
        under_way().set(None);
    });
}

/// Whether a deal is being moved. Tracked.
pub(crate) fn is_moving(deal: &DealId) -> bool {
    under_way().with(|moving| moving.as_ref() == Some(deal))
}

/// Why a deal was not moved.
pub(super) struct Refusal {
    failure: Failure,
    asked: Asked,
}

impl Refusal {
    /// Says why, and what may be done about it.
    pub(super) fn explain(self) {
        if self.failure.is(ErrorCode::StageRequirementsUnmet) {
            asked().set(Some(self.asked));
            return;
        }
        let Asked {
            deal,
            stage,
            stages,
            ..
        } = self.asked;
        let reason = if self.failure.is(ErrorCode::TransitionNotAllowed) {
            let from = stages::name_of(&stages, &deal.stage);
            let to = stages::name_of(&stages, &stage);
            t_with("move-no-way", &arguments! { "from" => from, "to" => to })
        } else {
            self.failure.message()
        };
        let text = t_with(
            "board-refused",
            &arguments! { "name" => deal.title, "reason" => reason },
        );
        toast::refused(text, &self.failure);
    }
}

/// Moves a deal at once and says so.
pub(super) async fn move_now(deal: &Deal, stage: &str) -> Result<Deal, Refusal> {
    let moved = send(deal, stage, None, None).await;
    let stages = stages::read_of(deal).await;
    match moved {
        Ok(after) => {
            tell(deal, &after, &stages);
            Ok(after)
        }
        Err(failure) => Err(Refusal {
            failure,
            asked: Asked {
                deal: deal.clone(),
                stage: stage.to_owned(),
                question: Question::Unmet,
                stages,
            },
        }),
    }
}

async fn send(
    deal: &Deal,
    stage: &str,
    reason: Option<String>,
    override_reason: Option<String>,
) -> Result<Deal, Failure> {
    let moved = api::call(MoveDealEndpoint {
        id: deal.id.to_string(),
        version: Some(deal.version),
        body: MoveDeal {
            stage: stage.to_owned(),
            reason,
            override_reason,
        },
    })
    .await;
    // Also when somebody else was quicker: what is shown is then out of date.
    let is_stale = |failure: &Failure| failure.is(ErrorCode::StaleVersion);
    if moved.as_ref().err().is_none_or(is_stale) {
        actions::changed();
    }
    moved
}

/// Says where a deal is now. A step forward can be taken back.
fn tell(before: &Deal, after: &Deal, stages: &Stages) {
    let name = stages::name_of(stages, &after.stage);
    let text = t_with("deal-moved", &arguments! { "stage" => name });
    if !is_before(stages, &before.stage, &after.stage) {
        toast::done(text);
        return;
    }
    let (deal, stage, stages) = (after.clone(), before.stage.clone(), stages.clone());
    toast::done_with_undo(text, move || {
        let (deal, stage, stages) = (deal.clone(), stage.clone(), stages.clone());
        spawn_local(async move {
            match send(&deal, &stage, None, None).await {
                Ok(after) => tell(&deal, &after, &stages),
                Err(failure) => toast::failed(&failure),
            }
        });
    });
}

fn is_before(stages: &Stages, one: &str, other: &str) -> bool {
    let position = |code: &str| stages.get(code).map(|stage| stage.position);
    position(one)
        .zip(position(other))
        .is_some_and(|(one, other)| one < other)
}

/// Where what is to be asked before a deal moves is asked, on every screen.
#[component]
pub fn MoveDialogs() -> impl IntoView {
    let waiting = asked();
    let path = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let now = path.get();
        if before.is_some_and(|before| before != now) {
            asked().set(None);
        }
        now
    });
    on_cleanup(|| asked().set(None));
    move || {
        let about = waiting.get()?;
        Some(part(code(), about, || asked().set(None)))
    }
}

#[wasm_split(deal, wasm_split_path = ::leptos::wasm_split, fallible)]
fn code() -> Result<Make<Asked>, SplitLoaderError> {
    Ok(dialogs::show)
}
