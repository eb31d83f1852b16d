//! Table rows that lead to a record: by a press anywhere in the row, by arrow keys.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::dom;
use crate::address::Go;

/// What a press on a row does: goes where the link in its first cell leads. The link itself, other
/// controls and presses with a modifier are left to the browser. Without an address nothing happens.
pub fn open_row(go: Go, href: Option<String>) -> impl Fn(ev::MouseEvent) {
    move |event| {
        let is_control = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
            .is_some_and(|target| {
                let control = target.closest("a, button, input, label, [role=menu]");
                control.ok().flatten().is_some()
            });
        if let Some(href) = &href
            && !is_control
            && !event.ctrl_key()
            && !event.meta_key()
        {
            go.to(href.clone());
        }
    }
}

/// What keys do in a table: arrows go from row to row, by the links of the first cells.
pub fn walk_rows(body: NodeRef<html::Tbody>) -> impl Fn(ev::KeyboardEvent) {
    move |event| {
        let step = match event.key().as_str() {
            "ArrowDown" => 1,
            "ArrowUp" => -1,
            _ => return,
        };
        let Some(body) = body.get_untracked() else {
            return;
        };
        let links = dom::all(&body, ".cell-title");
        let here = dom::focused();
        let Some(at) = links.iter().position(|link| Some(link) == here.as_ref()) else {
            return;
        };
        if let Some(link) = links.get((at as i64 + step).max(0) as usize) {
            event.prevent_default();
            let _ = link.focus();
        }
    }
}
