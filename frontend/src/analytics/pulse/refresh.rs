//! Asking again, and filling the screen.

use std::time::Duration;

use leptos::prelude::*;

use crate::ui::dom;

/// How often the numbers are read anew.
const PERIOD: Duration = Duration::from_secs(15);

/// Asks again every quarter of a minute while somebody can see the page, and at once when somebody
/// comes back to it.
pub(super) fn keep_fresh(again: impl Fn() + Copy + 'static) {
    let is_seen = || dom::document().is_some_and(|document| !document.hidden());
    let timer = set_interval_with_handle(
        move || {
            if is_seen() {
                again();
            }
        },
        PERIOD,
    );
    let seen = window_event_listener_untyped("visibilitychange", move |_| {
        if is_seen() {
            again();
        }
    });
    on_cleanup(move || {
        if let Ok(timer) = timer {
            timer.clear();
        }
        seen.remove();
    });
}

/// Fills the screen with the page. Only the press of a button may do that; a browser that refuses
/// shows the page in its window.
pub(super) fn fill_screen() {
    if let Some(root) = dom::document().and_then(|document| document.document_element()) {
        let _ = root.request_fullscreen();
    }
}

/// Gives the screen back.
pub(super) fn free_screen() {
    if let Some(document) = dom::document()
        && document.fullscreen_element().is_some()
    {
        document.exit_fullscreen();
    }
}

/// Whether the page fills the screen now.
pub(super) fn fills_screen() -> bool {
    dom::document().is_some_and(|document| document.fullscreen_element().is_some())
}
