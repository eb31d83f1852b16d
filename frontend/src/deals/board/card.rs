use etalon_domain::deal::Deal;
use leptos::html;
use leptos::prelude::*;

use super::{Context, drag, keyboard};
use crate::deals::marks::{Marks, mark_icons};
use crate::deals::{actions, table};
use crate::i18n::t;
use crate::routes::paths;
use crate::ui::{Avatar, Money, icon};

/// A deal on the board: title, account, and what it is worth, when and whose.
pub(super) fn card(deal: Deal, board: Context, marks: Marks) -> AnyView {
    let href = paths::deal(deal.id.as_str());
    let id = deal.id.clone();
    let is_lifted = move || {
        board
            .drag
            .with(|d| d.as_ref().is_some_and(|d| d.deal.id == id))
    };
    let may_move = actions::is_changeable(&deal);
    let element = NodeRef::<html::A>::new();
    let kept = StoredValue::new(deal.clone());
    let account = deal.account_name.clone().unwrap_or_else(|| t("no-account"));
    let is_overdue = deal.derived.overdue;
    let rotting = deal.derived.rotting.then(|| {
        view! {
            <span class="card-mark" title=t("rotting") role="img" aria-label=t("rotting")>
                {icon!("hourglass")}
            </span>
        }
    });
    let mark = marks.of(&deal.id);
    let icons = move || mark.with(|mark| mark.as_ref().map(mark_icons));
    let next = move || {
        let title = mark.with(|mark| Some(mark.as_ref()?.next_step.as_ref()?.title.clone()))?;
        Some(
            view! { <span class="card-next" title=title.clone()>{icon!("arrow-right")} <span class="truncate">{title.clone()}</span></span> },
        )
    };
    let takes_focus = board
        .focused
        .with_value(|focused| focused.as_ref() == Some(&deal.id));
    if takes_focus {
        element.on_load(|element| {
            request_animation_frame(move || {
                let _ = element.focus();
            });
        });
    }
    let on_down = move |event: leptos::ev::PointerEvent| {
        board.focused.set_value(None);
        if may_move && let Some(element) = element.get_untracked() {
            drag::begin(&event, &element, kept.get_value(), board);
        }
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        keyboard::handle(&event, &kept.get_value(), board, may_move);
    };
    view! {
        <div role="listitem" class="board-item">
            <a
                class="board-card"
                class:is-lifted=is_lifted
                class:is-movable=may_move
                href=href
                draggable="false"
                node_ref=element
                data-deal=deal.id.to_string()
                aria-describedby=may_move.then_some("board-help")
                on:pointerdown=on_down
                on:keydown=on_key
                on:blur=move |_| keyboard::forget(board)
            >
                <span class="board-title">{deal.title}</span>
                <span class="card-account">
                    <span class="truncate">{account}</span>
                    <span class="card-marks">{rotting} {icons}</span>
                </span>
                <span class="card-line">
                    <Money value=deal.amount compact=true />
                    <span class="card-day" class:is-past=is_overdue>
                        {table::day_cell(deal.expected_close_on, is_overdue)}
                    </span>
                    <Avatar name=deal.owner_name />
                </span>
                {next}
            </a>
        </div>
    }
    .into_any()
}
