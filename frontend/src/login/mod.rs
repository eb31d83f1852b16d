//! In front of the door: signing in.

mod sign_in;

use leptos::prelude::*;

pub use sign_in::SignInPage;

/// What somebody sees who is not signed in. The address stays, so that signing in leads there.
#[component]
pub fn Door() -> impl IntoView {
    view! { <SignInPage /> }
}
