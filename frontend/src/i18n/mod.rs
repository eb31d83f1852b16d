//! Texts in the reader's language, and numbers, money and dates as the reader writes them.

pub mod format;
mod intl;
#[cfg(test)]
mod tests;
pub mod words;

use std::cell::RefCell;
use std::rc::Rc;

use etalon_domain::user::Language;
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use leptos::prelude::*;
use leptos::task::spawn_local;
use unic_langid::LanguageIdentifier;
use wasm_bindgen::prelude::*;

use crate::api::Failure;
use crate::query;
use crate::ui::toast;

#[wasm_bindgen]
extern "C" {
    /// All texts of a language, as `main.js` fetches them: only the reader's language is ever loaded.
    #[wasm_bindgen(js_namespace = etalon, catch)]
    async fn texts(language: &str) -> Result<JsValue, JsValue>;
}

/// Where the browser keeps the reader's language; `boot.js` reads it before the first paint.
const STORAGE_KEY: &str = "language";

/// The texts of one language, parsed.
type Texts = FluentBundle<FluentResource>;

thread_local! {
    static TEXTS: RefCell<Option<Rc<Texts>>> = const { RefCell::new(None) };
    static WANTED: RefCell<Option<Language>> = const { RefCell::new(None) };
    static LANGUAGE: RwSignal<Language> = RwSignal::new(Language::En);
}

/// The values of a text's placeholders.
pub type Arguments = FluentArgs<'static>;

/// Fetches the texts of the language that the page was opened in. Nothing can be shown before, and
/// nothing at all without them.
pub async fn start() -> Result<(), JsValue> {
    let tag = document()
        .document_element()
        .and_then(|root| root.get_attribute("lang"));
    let language = match tag.as_deref() {
        Some("ru") => Language::Ru,
        _ => Language::En,
    };
    TEXTS.set(Some(Rc::new(fetch(language).await?)));
    LANGUAGE.with(|signal| signal.set(language));
    Ok(())
}

/// The text of an identifier in the present language. A change of the language builds all screens
/// anew, so nothing needs to watch a single text.
pub fn t(id: &str) -> String {
    format_text(id, None)
}

/// The text of an identifier with values for its placeholders; see [`arguments!`].
pub fn t_with(id: &str, arguments: &Arguments) -> String {
    format_text(id, Some(arguments))
}

/// The text of an identifier that counts something: `count` chooses the plural form, `shown` is the
/// number as the reader writes it.
pub fn t_count(id: &str, count: i64) -> String {
    let mut arguments = Arguments::new();
    arguments.set("count", FluentValue::from(count));
    arguments.set("shown", FluentValue::from(format::number(count)));
    t_with(id, &arguments)
}

/// The values of a text's placeholders: `arguments! { "name" => name }`.
macro_rules! arguments {
    ($( $name:literal => $value:expr ),* $(,)?) => {{
        let mut arguments = $crate::i18n::Arguments::new();
        $( arguments.set($name, $value); )*
        arguments
    }};
}
pub(crate) use arguments;

/// The present language.
pub fn language() -> Language {
    LANGUAGE.with(|signal| signal.get_untracked())
}

/// The present language. Tracked: for the one place that builds the screens anew.
pub fn tracked_language() -> Language {
    LANGUAGE.with(|signal| signal.get())
}

/// Changes the language of everything on the screen, once its texts are there. When they cannot be
/// fetched, the reader is told so and the language stays.
pub fn set_language(wanted: Language) {
    WANTED.set(Some(wanted));
    if language() == wanted {
        return;
    }
    spawn_local(async move {
        let fetched = fetch(wanted).await;
        if WANTED.with_borrow(|latest| *latest != Some(wanted)) {
            return;
        }
        let Ok(texts) = fetched else {
            toast::failed(&Failure::Offline);
            return;
        };
        TEXTS.set(Some(Rc::new(texts)));
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("lang", wanted.as_str());
        }
        if let Ok(Some(storage)) = window().local_storage() {
            let _ = storage.set_item(STORAGE_KEY, wanted.as_str());
        }
        // Answers hold names in the language in which they were asked for.
        query::forget_everything();
        LANGUAGE.with(|signal| signal.set(wanted));
    });
}

async fn fetch(language: Language) -> Result<Texts, JsValue> {
    let source = texts(language.as_str()).await?;
    Ok(parsed(language, source.as_string().unwrap_or_default()))
}

/// Texts from their source. What cannot be read is left out: a test reads all of it strictly.
fn parsed(language: Language, source: String) -> Texts {
    let tag: LanguageIdentifier = language.as_str().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new(vec![tag]);
    // The marks would show up in attributes and in tests; both languages run left to right.
    bundle.set_use_isolating(false);
    let resource = FluentResource::try_new(source).unwrap_or_else(|(partial, _)| partial);
    let _ = bundle.add_resource(resource);
    bundle
}

/// The text of an identifier, or the identifier itself when there is none.
fn format_text(id: &str, arguments: Option<&Arguments>) -> String {
    TEXTS.with_borrow(|texts| {
        let Some(texts) = texts.as_deref() else {
            return String::new();
        };
        let Some(pattern) = texts.get_message(id).and_then(|text| text.value()) else {
            return id.to_owned();
        };
        texts
            .format_pattern(pattern, arguments, &mut Vec::new())
            .into_owned()
    })
}
