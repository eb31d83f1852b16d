//! Light and dark.

use wasm_bindgen::JsValue;

/// What the reader chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// As the system.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Every choice, in the order in which it is offered.
pub const THEMES: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];

const KEY: &str = "theme";

impl Theme {
    /// The word that the browser keeps.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// The reader's choice, as the browser kept it.
pub fn chosen() -> Theme {
    match storage()
        .and_then(|s| s.get_item(KEY).ok().flatten())
        .as_deref()
    {
        Some("dark") => Theme::Dark,
        Some("light") => Theme::Light,
        _ => Theme::System,
    }
}

/// Shows a theme at once and keeps it in the browser.
pub fn choose(theme: Theme) {
    if let Some(storage) = storage() {
        // A browser that keeps nothing only forgets the choice.
        let _: Result<(), JsValue> = match theme {
            Theme::System => storage.remove_item(KEY),
            other => storage.set_item(KEY, other.as_str()),
        };
    }
    let is_dark = match theme {
        Theme::Dark => true,
        Theme::Light => false,
        Theme::System => web_sys::window()
            .and_then(|w| w.match_media("(prefers-color-scheme: dark)").ok().flatten())
            .is_some_and(|query| query.matches()),
    };
    let root = web_sys::window()
        .and_then(|w| w.document())
        .and_then(|d| d.document_element());
    if let Some(root) = root {
        let name = if is_dark {
            "etalon-dark"
        } else {
            "etalon-light"
        };
        let _ = root.set_attribute("data-theme", name);
    }
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}
