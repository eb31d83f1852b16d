//! In front of the door: signing in.

mod sign_in;

use leptos::prelude::*;
use leptos_router::hooks::use_location;

pub use sign_in::SignInPage;

use crate::routes::paths;
use crate::setup::SetUpPage;

/// What somebody sees who is not signed in. The address stays, so that signing in leads there.
#[component]
pub fn Door() -> impl IntoView {
    let is_setup = use_location().pathname.get_untracked() == paths::SETUP;
    if is_setup {
        view! { <SetUpPage /> }.into_any()
    } else {
        view! { <SignInPage /> }.into_any()
    }
}
