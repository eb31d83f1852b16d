//! Lucide icons, from the sprite that the build puts into the page.

use leptos::prelude::*;

/// The icon with a Lucide name: `icon!("plus")`. It is a picture only; whatever it stands on has the
/// label.
macro_rules! icon {
    ($name:literal) => {
        $crate::ui::icon::sprite(concat!("#icon-", $name))
    };
}
pub(crate) use icon;

/// An icon of the sprite.
pub fn sprite(reference: &'static str) -> AnyView {
    view! {
        <svg class="icon" aria-hidden="true">
            <use href=reference></use>
        </svg>
    }
    .into_any()
}
