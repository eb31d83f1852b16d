//! The frame around every screen: sidebar, top bar, palette.

mod frame;
mod palette;
mod sidebar;
mod top_bar;

pub use frame::{Home, NotFound, PageHead, Shell};
pub use top_bar::LanguageSwitch;

use leptos::prelude::*;

/// What the frame knows about the present screen. A screen sets its title here.
#[derive(Clone, Copy)]
pub struct Frame {
    /// What the top bar shows: names and, for all but the last, where they lead.
    pub trail: RwSignal<Vec<(String, Option<String>)>>,
    /// Whether the palette is open.
    pub palette: RwSignal<bool>,
    /// Whether the sidebar shows icons only.
    pub narrow: RwSignal<bool>,
}

/// Tells the frame where the reader is: the section and, below it, a record. Also the window's title.
pub fn set_trail(trail: Vec<(String, Option<String>)>) {
    if let Some((name, _)) = trail.last() {
        crate::ui::dom::set_title(name);
    }
    if let Some(frame) = use_context::<Frame>() {
        frame.trail.set(trail);
    }
}
