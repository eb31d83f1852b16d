//! Small things that only the browser's own objects can do.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// The document.
pub fn document() -> Option<web_sys::Document> {
    web_sys::window()?.document()
}

/// Moves the focus to the element with an identifier.
pub fn focus(id: &str) {
    if let Some(element) = document().and_then(|d| d.get_element_by_id(id)) {
        focus_on(&element);
    }
}

/// Moves the focus to an element.
pub fn focus_on(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    }
}

/// Which element has the focus.
pub fn focused() -> Option<HtmlElement> {
    document()?.active_element()?.dyn_into().ok()
}

/// The address of the page without what stands behind its question mark; nothing when it has none.
pub fn bare_address() -> Option<String> {
    let location = web_sys::window()?.location();
    let query = location.search().ok()?;
    (!query.is_empty())
        .then(|| location.pathname().ok())
        .flatten()
}

/// The first element below another that a selector finds.
pub fn first(below: &Element, selector: &str) -> Option<HtmlElement> {
    below.query_selector(selector).ok()??.dyn_into().ok()
}

/// All elements below another that a selector finds.
pub fn all(below: &Element, selector: &str) -> Vec<HtmlElement> {
    let Ok(list) = below.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..list.length())
        .filter_map(|i| list.get(i)?.dyn_into().ok())
        .collect()
}

/// Whether somebody is typing: single keys are text then, not commands.
pub fn is_typing(event: &web_sys::KeyboardEvent) -> bool {
    let target = event
        .target()
        .and_then(|t| t.dyn_into::<HtmlElement>().ok());
    target.is_some_and(|t| {
        matches!(t.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT") || t.is_content_editable()
    })
}

/// Whether a dialog is open: commands of the page behind it rest.
pub fn has_dialog() -> bool {
    document().is_some_and(|d| d.query_selector("dialog[open]").ok().flatten().is_some())
}

/// Whether an event happened inside an element.
pub fn is_inside(event: &web_sys::Event, element: &Element) -> bool {
    event
        .target()
        .and_then(|t| t.dyn_into::<web_sys::Node>().ok())
        .is_some_and(|node| element.contains(Some(&node)))
}

/// Sets the title of the window.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(&format!("{title} · Etalon"));
    }
}
