//! Who is signed in.

mod hint;

use std::cell::OnceCell;

use etalon_domain::auth::{AccessGranted, Me, ProfileDraft, SignIn};
use etalon_domain::endpoint::{GetMe, SignInEndpoint, SignOut, UpdateProfile};
use etalon_domain::policy::Actor;
use etalon_domain::user::Language;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{self, Failure};
use crate::{i18n, query};

/// Where the session stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Session {
    /// Not known yet.
    Starting,
    /// The server cannot be reached.
    Unreachable(Failure),
    /// Nobody is signed in.
    Guest,
    /// Somebody is.
    SignedIn(Box<Me>),
}

thread_local! {
    static SESSION: OnceCell<RwSignal<Session>> = const { OnceCell::new() };
}

/// Creates the session and finds out who is signed in, by the refresh cookie. Called once.
pub fn start() {
    SESSION.with(|cell| {
        let _ = cell.set(RwSignal::new(Session::Starting));
    });
    spawn_local(resume());
}

/// The session. Lives as long as the app.
pub fn session() -> RwSignal<Session> {
    SESSION.with(|cell| *cell.get_or_init(|| RwSignal::new(Session::Starting)))
}

/// Tries again to find out who is signed in. A browser in which nobody has signed in needs no answer
/// of the server for that.
pub async fn resume() {
    if !hint::is_set() {
        session().set(Session::Guest);
        return;
    }
    let outcome = match api::renew_access().await {
        Ok(()) => api::call(GetMe).await,
        Err(failure) => Err(failure),
    };
    match outcome {
        Ok(me) => signed_in(me),
        Err(failure) if failure.code().is_some() => ended(),
        Err(failure) => session().set(Session::Unreachable(failure)),
    }
}

/// Signs in.
pub async fn sign_in(credentials: SignIn) -> Result<(), Failure> {
    let granted = api::call_public(SignInEndpoint(credentials)).await?;
    accept(&granted).await
}

/// Takes over a session that the server has just granted.
pub async fn accept(granted: &AccessGranted) -> Result<(), Failure> {
    api::keep_access(granted);
    signed_in(api::call(GetMe).await?);
    Ok(())
}

/// Signs out. The app forgets everything even when the server cannot be told.
pub async fn sign_out() {
    let _ = api::call(SignOut).await;
    ended();
}

/// The session is over: forgets all that was read in it.
pub fn ended() {
    hint::clear();
    api::forget_access();
    query::forget_everything();
    session().set(Session::Guest);
}

/// Shows a changed profile everywhere.
pub fn signed_in(me: Me) {
    hint::set();
    i18n::set_language(me.user.language);
    session().set(Session::SignedIn(Box::new(me)));
}

/// Changes the language on the screen at once and in the profile after it.
pub fn choose_language(language: Language) {
    i18n::set_language(language);
    let Some(me) = session().with_untracked(me_of) else {
        return;
    };
    spawn_local(async move {
        let draft = ProfileDraft {
            name: me.user.name,
            language,
            time_zone: me.user.time_zone,
        };
        if let Ok(me) = api::call(UpdateProfile(draft)).await {
            session().set(Session::SignedIn(Box::new(me)));
        }
    });
}

/// Who is signed in. Not tracked: another person builds all screens anew.
pub fn me() -> Option<Me> {
    session().with_untracked(me_of)
}

/// Whether the person who is signed in may do something. Not tracked.
pub fn may(rule: impl FnOnce(&Actor) -> bool) -> bool {
    session().with_untracked(|session| match session {
        Session::SignedIn(me) => rule(&me.actor),
        _ => false,
    })
}

/// The time zone of the person who is signed in.
pub fn time_zone() -> Option<String> {
    session().with_untracked(|session| match session {
        Session::SignedIn(me) => Some(me.user.time_zone.clone()),
        _ => None,
    })
}

fn me_of(session: &Session) -> Option<Me> {
    match session {
        Session::SignedIn(me) => Some((**me).clone()),
        _ => None,
    }
}
