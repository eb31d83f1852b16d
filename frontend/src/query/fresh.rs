//! Asking again from time to time.

use std::time::Duration;

use leptos::prelude::*;

use crate::ui::dom;

/// Asks again after every `period` while somebody can see the page, and at once when somebody comes back
/// to it; until the screen, or the effect that began it, is gone.
pub fn keep_fresh(period: Duration, again: impl Fn() + Copy + 'static) {
    let is_seen = || dom::document().is_some_and(|document| !document.hidden());
    let timer = set_interval_with_handle(
        move || {
            if is_seen() {
                again();
            }
        },
        period,
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
