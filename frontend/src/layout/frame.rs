use leptos::ev;
use leptos::prelude::*;
use leptos_router::components::Redirect;

use super::palette::Palette;
use super::sidebar::{BottomBar, Sidebar};
use super::top_bar::TopBar;
use super::{Frame, set_trail};
use crate::deals::MoveDialogs;
use crate::i18n::t;
use crate::routes::{Screens, paths};
use crate::ui::{EmptyState, LinkButton, Look, icon};

/// The frame and, in it, the screen of the present address.
#[component]
pub fn Shell() -> impl IntoView {
    let frame = Frame {
        trail: RwSignal::new(Vec::new()),
        palette: RwSignal::new(false),
        narrow: RwSignal::new(super::sidebar::was_narrow()),
    };
    provide_context(frame);
    let keys = window_event_listener(ev::keydown, move |event| {
        let is_command = event.meta_key() || event.ctrl_key();
        if is_command && event.key().eq_ignore_ascii_case("k") {
            event.prevent_default();
            frame.palette.update(|open| *open = !*open);
        }
    });
    on_cleanup(move || keys.remove());
    view! {
        <a href="#main" class="skip-link">{t("skip-to-content")}</a>
        <div class="shell" class:shell-narrow=move || frame.narrow.get()>
            <Sidebar />
            <div class="shell-body">
                <TopBar />
                <main id="main" class="shell-main" tabindex="-1">
                    <Screens />
                </main>
            </div>
            <BottomBar />
        </div>
        <Show when=move || frame.palette.get()>
            <Palette />
        </Show>
        <MoveDialogs />
    }
}

/// The head of a screen: its title and what one can do there.
#[component]
pub fn PageHead(
    /// The title.
    #[prop(into)]
    title: Signal<String>,
    /// What stands at its right.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <header class="page-head">
            <h1>{move || title.get()}</h1>
            {children.map(|children| view! { <div class="page-actions">{children()}</div> })}
        </header>
    }
    .into_any()
}

/// The start: what is to be done today.
#[component]
pub fn Home() -> impl IntoView {
    view! { <Redirect path=paths::MY_DAY /> }
}

/// An address that leads nowhere.
#[component]
pub fn NotFound() -> impl IntoView {
    set_trail(vec![(t("not-found-title"), None)]);
    view! {
        <EmptyState picture=icon!("compass") title=t("not-found-title") text=t("not-found-text")>
            <LinkButton href=paths::DEALS.to_owned() look=Look::Primary>
                {t("to-deals")}
            </LinkButton>
        </EmptyState>
    }
}
