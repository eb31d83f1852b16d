//! What the process says of a deal: where it stands, what is to be done, what comes next.

mod checklist;
mod head;
mod next;
mod requirements;
mod step;
mod unknown;
mod work;

use etalon_domain::deal::{Deal, DealStatus};
use etalon_domain::endpoint::GetGuide;
use etalon_domain::policy::{Access, deal_access};
use etalon_domain::process::{Guide, GuideQuery};
use leptos::prelude::*;

use crate::address::{Changes, use_changes, use_value};
use crate::i18n::language;
use crate::query::use_query;
use crate::session;
use crate::ui::{ErrorState, SkeletonRows, dom};
use crate::{deals, query};

pub use next::NextButton;

/// What the parts of the guide share.
#[derive(Clone, Copy)]
struct Context {
    /// The deal.
    deal: Signal<Deal>,
    /// What the process says of it.
    guide: Signal<Guide>,
    /// Which stage is shown, in which language.
    shown: Memo<GuideQuery>,
    /// The step that is open.
    open: Memo<Option<String>>,
    /// Whether the reader may do what is to be done.
    may_do: Memo<bool>,
    /// The address.
    changes: Changes,
    /// Takes what the process says after a step was done.
    on_done: Callback<Guide>,
}

impl Context {
    /// Whether the stage that is shown is the one that the deal is in.
    fn is_present(&self) -> bool {
        let stage = self.deal.with(|deal| present_stage(deal).to_owned());
        self.guide.with(|guide| guide.stage == stage)
    }
}

/// The stage in which a deal is, or from which it was closed.
fn present_stage(deal: &Deal) -> &str {
    deal.closed_from_stage.as_deref().unwrap_or(&deal.stage)
}

/// The guide of a deal in its present stage.
pub fn guide_of(deal: &Deal) -> query::Query<Guide> {
    // What is in the bin has no next step.
    let id = deal.deleted_at.is_none().then(|| deal.id.to_string());
    use_query(move || {
        let id = id.clone()?;
        let query = in_own_language(None);
        Some(GetGuide { id, query })
    })
}

fn in_own_language(stage: Option<String>) -> GuideQuery {
    GuideQuery {
        stage,
        to: None,
        language: Some(language()),
    }
}

/// What the process says of a deal: the one thing to do next, what holds the deal up, the checklist of
/// its stage with a work place for each step, what is still unknown. Stage and open step stand in the
/// address.
#[component]
pub fn GuideOf(
    /// The deal.
    deal: Signal<Deal>,
) -> impl IntoView {
    let changes = use_changes();
    let (stage, step) = (use_value("stage"), use_value("step"));
    let shown = Memo::new(move |_| in_own_language(stage.get()));
    let id = deal.with_untracked(|deal| deal.id.to_string());
    let asked = use_query(move || {
        Some(GetGuide {
            id: id.clone(),
            query: shown.get(),
        })
    });
    let last = Memo::new(move |before: Option<&Option<Guide>>| {
        asked.data.get().or_else(|| before.cloned().flatten())
    });
    let is_there = Memo::new(move |_| last.with(Option::is_some));
    let may_do = Memo::new(move |_| {
        deal.with(|deal| {
            deal.status == DealStatus::Open
                && deal.deleted_at.is_none()
                && session::may(|actor| deal_access(actor, deal) == Access::Write)
        })
    });
    // Without a word in the address the next step is open; an empty word keeps all closed.
    let open = Memo::new(move |_| match step.get() {
        Some(step) => Some(step).filter(|step| !step.is_empty()),
        None => last.with(|guide| guide.as_ref()?.next_step.as_ref()?.step_id.clone()),
    });
    let on_done = Callback::new(move |guide: Guide| {
        let next = guide
            .next_step
            .as_ref()
            .and_then(|next| next.step_id.clone());
        asked.data.set(Some(guide));
        deals::changed();
        changes.apply(&[("step", None)]);
        request_animation_frame(move || match next {
            Some(step) => dom::focus(&step::head_id(&step)),
            None => dom::focus(next::CARD),
        });
    });
    move || {
        if !is_there.get() {
            return match asked.failure.get() {
                Some(failure) => {
                    view! { <ErrorState failure on_retry=move |()| asked.retry() /> }.into_any()
                }
                None => view! {
                    <Show when=move || asked.slow.get()>
                        <SkeletonRows rows=6 />
                    </Show>
                }
                .into_any(),
            };
        }
        let Some(first) = last.get_untracked() else {
            return ().into_any();
        };
        let guide = Signal::derive(move || last.get().unwrap_or_else(|| first.clone()));
        let context = Context {
            deal,
            guide,
            shown,
            open,
            may_do,
            changes,
            on_done,
        };
        view! {
            <div class="guide">
                {next::card(context)}
                {head::head(context)}
                {checklist::checklist(context)}
                {requirements::requirements(context)}
                {unknown::unknown(context)}
            </div>
        }
        .into_any()
    }
}
