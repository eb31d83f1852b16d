//! Where everything lies.

use leptos::prelude::*;
use leptos_router::components::{Route, Routes};
use leptos_router::path;

use crate::{accounts, analytics, contacts, deals, import, layout, settings};

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
    /// The people.
    pub const PEOPLE: &str = "/settings/people";
    /// The departments.
    pub const DEPARTMENTS: &str = "/settings/departments";
    /// The products.
    pub const PRODUCTS: &str = "/settings/products";
    /// The exchange rates.
    pub const RATES: &str = "/settings/rates";
    /// Where the first administrator is created.
    pub const SETUP: &str = "/setup";

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

    /// One import.
    pub fn import(id: &str) -> String {
        format!("/import/{id}")
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
            <Route path=path!("/accounts") view=accounts::AccountList />
            <Route path=path!("/accounts/:id") view=accounts::AccountPage />
            <Route path=path!("/contacts") view=contacts::ContactList />
            <Route path=path!("/contacts/:id") view=contacts::ContactPage />
            <Route path=path!("/analytics") view=analytics::SummaryPage />
            <Route path=path!("/import") view=import::ImportsPage />
            <Route path=path!("/import/:id") view=import::ImportPage />
            <Route path=path!("/settings") view=settings::ProfilePage />
            <Route path=path!("/settings/people") view=settings::PeoplePage />
            <Route path=path!("/settings/departments") view=settings::DepartmentsPage />
            <Route path=path!("/settings/products") view=settings::ProductsPage />
            <Route path=path!("/settings/rates") view=settings::RatesPage />
            <Route path=path!("/setup") view=layout::Home />
        </Routes>
    }
    .into_any()
}
