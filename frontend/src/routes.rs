//! Where everything lies.

use leptos::prelude::*;
use leptos_router::components::{Route, Routes};
use leptos_router::path;

use crate::{analytics, deals, layout};

/// Paths of the screens.
pub mod paths {
    /// The registry of deals.
    pub const DEALS: &str = "/deals";
    /// The accounts.
    pub const ACCOUNTS: &str = "/accounts";
    /// The contacts.
    pub const CONTACTS: &str = "/contacts";
    /// The summary.
    pub const ANALYTICS: &str = "/analytics";
    /// The imports.
    pub const IMPORT: &str = "/import";
    /// The settings.
    pub const SETTINGS: &str = "/settings";

    /// One deal.
    pub fn deal(id: &str) -> String {
        format!("/deals/{id}")
    }

    /// One account.
    pub fn account(id: &str) -> String {
        format!("/accounts/{id}")
    }

    /// One contact.
    pub fn contact(id: &str) -> String {
        format!("/contacts/{id}")
    }
}

/// The screen of the present address.
#[component]
pub fn Screens() -> impl IntoView {
    view! {
        <Routes fallback=layout::NotFound>
            <Route path=path!("/") view=layout::Home />
            <Route path=path!("/deals") view=deals::Registry />
            <Route path=path!("/deals/:id") view=deals::DealPage />
            <Route path=path!("/analytics") view=analytics::SummaryPage />
        </Routes>
    }
    .into_any()
}
