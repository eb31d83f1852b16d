//! Moving cards by keyboard: space lifts and drops, arrows choose the stage, Escape takes back. What
//! happens is read aloud.

use etalon_domain::deal::Deal;
use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::Context;
use super::drag::Drag;
use crate::i18n::words;
use crate::ui::dom;

/// A key on a card.
pub(super) fn handle(event: &KeyboardEvent, deal: &Deal, board: Context, may_move: bool) {
    board.focused.set_value(None);
    let lifted = board.drag.with_untracked(|d| {
        d.as_ref()
            .filter(|d| d.by_keyboard && d.deal.id == deal.id)
            .cloned()
    });
    match (event.key().as_str(), lifted) {
        (" ", None) if may_move => {
            board.drag.set(Some(Drag {
                over: deal.stage.clone(),
                deal: deal.clone(),
                by_keyboard: true,
            }));
            board.announce("board-lifted", &deal.title, &name_of(board, &deal.stage));
        }
        (" " | "Enter", Some(drag)) => {
            board.drag.set(None);
            if drag.over == deal.stage {
                board.announce("board-kept", &deal.title, &name_of(board, &deal.stage));
            } else {
                board.focused.set_value(Some(deal.id.clone()));
                board.drop_on(drag.deal, &drag.over);
            }
        }
        ("Escape", Some(_)) => {
            board.drag.set(None);
            board.announce("board-kept", &deal.title, &name_of(board, &deal.stage));
        }
        ("ArrowRight", Some(drag)) => choose(board, drag, 1),
        ("ArrowLeft", Some(drag)) => choose(board, drag, -1),
        ("ArrowDown", None) => walk(event, 0, 1),
        ("ArrowUp", None) => walk(event, 0, -1),
        ("ArrowRight", None) => walk(event, 1, 0),
        ("ArrowLeft", None) => walk(event, -1, 0),
        _ => return,
    }
    event.prevent_default();
    event.stop_propagation();
}

/// The focus has left a card: what was lifted by keyboard stays where it was.
pub(super) fn forget(board: Context) {
    let is_lifted = board
        .drag
        .try_with_untracked(|d| d.as_ref().is_some_and(|d| d.by_keyboard));
    if is_lifted == Some(true) {
        board.drag.set(None);
    }
}

fn choose(board: Context, drag: Drag, step: i64) {
    let stages = board.stages.get_untracked();
    let Some(at) = stages.iter().position(|s| s.code == drag.over) else {
        return;
    };
    let last = stages.len().saturating_sub(1) as i64;
    let next = (at as i64 + step).clamp(0, last) as usize;
    let Some(stage) = stages.get(next) else {
        return;
    };
    board.announce("board-over", &drag.deal.title, &words::stage(stage));
    let selector = format!("[data-stage=\"{}\"]", stage.code);
    if let Some(column) = dom::document().and_then(|d| d.query_selector(&selector).ok().flatten()) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_inline(web_sys::ScrollLogicalPosition::Nearest);
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        column.scroll_into_view_with_scroll_into_view_options(&options);
    }
    board.drag.set(Some(Drag {
        over: stage.code.clone(),
        ..drag
    }));
}

fn name_of(board: Context, code: &str) -> String {
    board
        .stages
        .with_untracked(|stages| stages.iter().find(|s| s.code == code).map(words::stage))
        .unwrap_or_default()
}

/// Moves the focus to the card beside, above or below.
fn walk(event: &KeyboardEvent, columns: i64, cards: i64) {
    use wasm_bindgen::JsCast;
    let Some(card) = event
        .current_target()
        .and_then(|t| t.dyn_into::<web_sys::Element>().ok())
    else {
        return;
    };
    let Some(column) = card.closest(".board-column").ok().flatten() else {
        return;
    };
    let Some(frame) = column.closest(".board").ok().flatten() else {
        return;
    };
    let in_column = dom::all(&column, "a.board-card");
    let at = in_column
        .iter()
        .position(|each| **each == card)
        .unwrap_or(0);
    let target = if columns == 0 {
        in_column.get((at as i64 + cards).max(0) as usize).cloned()
    } else {
        let all = dom::all(&frame, ".board-column");
        let here = all.iter().position(|each| **each == column).unwrap_or(0) as i64;
        let mut next = here + columns;
        loop {
            let Some(other) = usize::try_from(next).ok().and_then(|n| all.get(n)) else {
                break None;
            };
            let others = dom::all(other, "a.board-card");
            if let Some(found) = others.get(at.min(others.len().saturating_sub(1))) {
                break Some(found.clone());
            }
            next += columns;
        }
    };
    if let Some(target) = target {
        let _ = target.focus();
    }
}
