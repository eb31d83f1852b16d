//! The Etalon web app.

use fluent_templates::static_loader;
use leptos::prelude::*;
use leptos_fluent::{leptos_fluent, move_tr};
use leptos_router::components::{Route, Router, Routes};
use leptos_router::path;

static_loader! {
    static TRANSLATIONS = {
        locales: "./locales",
        fallback_language: "en",
    };
}

/// The address of a Lucide icon for `<use href=...>`. The build collects the
/// names and puts the icons into the page.
macro_rules! icon {
    ($name:literal) => {
        concat!("#icon-", $name)
    };
}

fn main() {
    mount_to_body(App);
}

#[component]
fn App() -> impl IntoView {
    leptos_fluent! {
        children: view! {
            <Router>
                <Routes fallback=Home>
                    <Route path=path!("/") view=Home />
                </Routes>
            </Router>
        },
        translations: [TRANSLATIONS],
        locales: "./locales",
        default_language: "en",
        check_translations: "./src/**/*.rs",
        sync_html_tag_lang: true,
        local_storage_key: "language",
        initial_language_from_local_storage: true,
        set_language_to_local_storage: true,
        initial_language_from_navigator: true,
    }
}

#[component]
fn Home() -> impl IntoView {
    view! {
        <main class="mx-auto flex min-h-dvh max-w-md flex-col items-center justify-center gap-2 p-6">
            <svg class="size-5 fill-none stroke-current stroke-2 text-primary" aria-hidden="true">
                <use href=icon!("briefcase")></use>
            </svg>
            <h1 class="text-xl font-semibold">{move_tr!("app-name")}</h1>
            <p class="text-base-content/70">{move_tr!("app-tagline")}</p>
        </main>
    }
}
