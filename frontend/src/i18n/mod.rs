//! Texts in the reader's language, and numbers, money and dates as the reader writes them.

pub mod format;
mod intl;
#[cfg(test)]
mod tests;
pub mod words;

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;

use etalon_domain::user::Language;
use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::static_loader;
use leptos::prelude::*;
use leptos_fluent::{I18n, leptos_fluent};

static_loader! {
    static TRANSLATIONS = {
        locales: "./locales",
        fallback_language: "en",
        // The marks would show up in attributes and in tests; both languages run left to right.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

thread_local! {
    static I18N: OnceCell<I18n> = const { OnceCell::new() };
}

/// The values of a text's placeholders.
pub type Arguments = HashMap<Cow<'static, str>, FluentValue<'static>>;

/// Makes texts available to everything below and keeps the language in the browser.
#[component]
pub fn Texts(children: Children) -> impl IntoView {
    leptos_fluent! {
        children: {
            I18N.with(|i18n| { let _ = i18n.set(expect_context::<I18n>()); });
            children()
        },
        translations: [TRANSLATIONS],
        locales: "./locales",
        default_language: "en",
        sync_html_tag_lang: true,
        local_storage_key: "language",
        initial_language_from_local_storage: true,
        set_language_to_local_storage: true,
        initial_language_from_navigator: true,
    }
}

/// The text of an identifier in the present language. A change of the language builds all screens
/// anew, so nothing needs to watch a single text.
pub fn t(id: &str) -> String {
    untrack(|| I18N.with(|i18n| i18n.get().map_or_else(String::new, |i18n| i18n.tr(id))))
}

/// The text of an identifier with values for its placeholders; see [`arguments!`].
pub fn t_with(id: &str, arguments: &Arguments) -> String {
    untrack(|| {
        I18N.with(|i18n| {
            i18n.get()
                .map_or_else(String::new, |i18n| i18n.tr_with_args(id, arguments))
        })
    })
}

/// The text of an identifier that counts something: `count` chooses the plural form, `shown` is the
/// number as the reader writes it.
pub fn t_count(id: &str, count: i64) -> String {
    let mut arguments = Arguments::new();
    arguments.insert("count".into(), FluentValue::from(count));
    arguments.insert("shown".into(), FluentValue::from(format::number(count)));
    t_with(id, &arguments)
}

/// The values of a text's placeholders: `arguments! { "name" => name }`.
macro_rules! arguments {
    ($( $name:literal => $value:expr ),* $(,)?) => {{
        let mut arguments = $crate::i18n::Arguments::new();
        $( arguments.insert($name.into(), ($value).into()); )*
        arguments
    }};
}
pub(crate) use arguments;

/// The present language.
pub fn language() -> Language {
    untrack(tracked_language)
}

/// The present language. Tracked: for the one place that builds the screens anew.
pub fn tracked_language() -> Language {
    I18N.with(|i18n| match i18n.get() {
        Some(i18n) if i18n.language.get().id == "ru" => Language::Ru,
        _ => Language::En,
    })
}

/// Changes the language of everything on the screen.
pub fn set_language(language: Language) {
    I18N.with(|i18n| {
        let Some(i18n) = i18n.get() else { return };
        let wanted = i18n.languages.iter().find(|l| l.id == language.as_str());
        if let Some(wanted) = wanted
            && i18n.language.get_untracked().id != wanted.id
        {
            i18n.language.set(wanted);
        }
    });
}
