//! Signing in and out, and the own profile.

use super::{Endpoint, Method, encode_component, json};
use crate::auth::{
    AccessGranted, CalendarLink, Me, PasswordChange, Preferences, PreferencesDraft, ProfileDraft,
    Session, SetupDraft, SignIn, Welcome,
};
use crate::page::Page;

macro_rules! plain {
    ($( $(#[$meta:meta])* $name:ident: $method:ident $path:literal -> $answer:ty; )+) => { $(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name;

        impl Endpoint for $name {
            type Answer = $answer;
            const METHOD: Method = Method::$method;

            fn path(&self) -> String {
                $path.to_owned()
            }
        }
    )+ };
}

macro_rules! with_body {
    ($( $(#[$meta:meta])* $name:ident($body:ty): $method:ident $path:literal -> $answer:ty; )+) => { $(
        $(#[$meta])*
        #[derive(Clone, Debug)]
        pub struct $name(
            /// What the person entered.
            pub $body,
        );

        impl Endpoint for $name {
            type Answer = $answer;
            const METHOD: Method = Method::$method;

            fn path(&self) -> String {
                $path.to_owned()
            }

            fn body(&self) -> Option<String> {
                json(&self.0)
            }
        }
    )+ };
}

plain! {
    /// What a visitor who is not signed in may know.
    GetWelcome: Get "/welcome" -> Welcome;
    /// A fresh access token for the refresh cookie.
    RefreshAccess: Post "/auth/refresh" -> AccessGranted;
    /// Ends this session.
    SignOut: Post "/auth/logout" -> ();
    /// Ends all sessions of the person.
    SignOutEverywhere: Post "/auth/logout-everywhere" -> ();
    /// The sessions of the person.
    ListSessions: Get "/auth/sessions" -> Page<Session>;
    /// Who is signed in.
    GetMe: Get "/me" -> Me;
    /// What the person wants of the product.
    GetPreferences: Get "/me/preferences" -> Preferences;
    /// The link to the own calendar.
    GetCalendarLink: Get "/me/calendar" -> CalendarLink;
    /// Makes a new link to the own calendar.
    RenewCalendarLink: Post "/me/calendar/renew" -> CalendarLink;
    /// Removes the link to the own calendar.
    DeleteCalendarLink: Delete "/me/calendar" -> ();
}

with_body! {
    /// Signs in.
    SignInEndpoint(SignIn): Post "/auth/login" -> AccessGranted;
    /// Creates the first administrator.
    SetUp(SetupDraft): Post "/setup" -> AccessGranted;
    /// Changes the own profile.
    UpdateProfile(ProfileDraft): Put "/me" -> Me;
    /// Changes what the person wants of the product.
    ReplacePreferences(PreferencesDraft): Put "/me/preferences" -> Preferences;
    /// Changes the own password.
    ChangePassword(PasswordChange): Post "/me/password" -> ();
}

/// Ends one session of the person.
#[derive(Clone, Debug)]
pub struct EndSession(
    /// Identifier of the session.
    pub String,
);

impl Endpoint for EndSession {
    type Answer = ();
    const METHOD: Method = Method::Delete;

    fn path(&self) -> String {
        format!("/auth/sessions/{}", encode_component(&self.0))
    }
}
