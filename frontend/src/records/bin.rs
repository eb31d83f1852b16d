use std::time::Duration;

use etalon_domain::endpoint::{Delete, Restorable, Restore};
use leptos::prelude::set_timeout;
use leptos::task::spawn_local;

use crate::api;
use crate::query::invalidate;
use crate::ui::toast;

/// Puts a record into the bin, says so and offers to take it out again. `kinds` are the lists that
/// show it.
pub fn delete<R: Restorable + 'static>(
    id: String,
    deleted: String,
    restored: String,
    kinds: &'static [&'static str],
    done: impl Fn() + 'static,
) {
    spawn_local(async move {
        match api::call(Delete::<R>::new(id.clone())).await {
            Ok(()) => {
                toast::done_with_undo(deleted, move || {
                    restore::<R>(id.clone(), restored.clone(), kinds);
                });
                done();
                // After the page of the record has gone: it must not ask for it again.
                set_timeout(move || invalidate(kinds), Duration::ZERO);
            }
            Err(failure) => toast::failed(&failure),
        }
    });
}

/// Takes a record out of the bin and says so.
pub fn restore<R: Restorable + 'static>(
    id: String,
    restored: String,
    kinds: &'static [&'static str],
) {
    spawn_local(async move {
        match api::call(Restore::<R>::new(id)).await {
            Ok(_) => {
                invalidate(kinds);
                toast::done(restored);
            }
            Err(failure) => toast::failed(&failure),
        }
    });
}
