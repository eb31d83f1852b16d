//! Filling the screen.

use crate::ui::dom;

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
