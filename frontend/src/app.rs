//! The app as a whole: texts, router, session, messages.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::Router;

use crate::i18n::tracked_language;
use crate::session::{self, Session};
use crate::ui::toast::{self, Toasts};
use crate::ui::{ErrorState, icon};
use crate::{layout, login};

/// The app.
#[component]
pub fn App() -> impl IntoView {
    toast::start();
    view! {
        <Router>
            <Body />
        </Router>
    }
}

/// Whatever the session allows to see, built anew when the language changes.
#[component]
fn Body() -> impl IntoView {
    session::start();
    let stage = Memo::new(|_| match session::session().get() {
        Session::Starting => Stage::Starting,
        Session::Unreachable(failure) => Stage::Unreachable(failure),
        Session::Guest => Stage::Guest,
        Session::SignedIn(me) => Stage::SignedIn(me.user.id.into_string()),
    });
    move || {
        tracked_language();
        let screen = match stage.get() {
            Stage::Starting => view! { <Starting /> }.into_any(),
            Stage::Unreachable(failure) => view! {
                <main class="center-screen">
                    <ErrorState failure on_retry=|()| spawn_local(session::resume()) />
                </main>
            }
            .into_any(),
            Stage::Guest => view! { <login::Door /> }.into_any(),
            Stage::SignedIn(_) => view! { <layout::Shell /> }.into_any(),
        };
        view! {
            {screen}
            <Toasts />
        }
        .into_any()
    }
}

/// What the screens depend on: a changed profile does not build them anew, another person does.
#[derive(Clone, PartialEq)]
enum Stage {
    Starting,
    Unreachable(crate::api::Failure),
    Guest,
    SignedIn(String),
}

/// Shown for the moment in which the session is looked up.
#[component]
fn Starting() -> impl IntoView {
    view! {
        <main class="center-screen" aria-busy="true">
            <span class="brand-mark brand-waiting">{icon!("briefcase-business")}</span>
        </main>
    }
}
