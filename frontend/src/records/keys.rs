use leptos::ev;
use leptos::prelude::*;

use crate::ui::{dom, filter_bar};

/// The keys of a list while its screen is there: `/` searches, `n` begins a new record, if one may.
pub fn list_keys(create: Option<Callback<()>>) {
    let keys = window_event_listener(ev::keydown, move |event| {
        if dom::is_typing(&event) || dom::has_dialog() || event.ctrl_key() || event.meta_key() {
            return;
        }
        match (event.key().as_str(), create) {
            ("n", Some(create)) => create.run(()),
            ("/", _) => dom::focus(filter_bar::SEARCH_ID),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || keys.remove());
}
