//! Where everything lies.

use leptos::prelude::*;
use leptos_router::components::{Route, Routes};
use leptos_router::path;

use crate::lazy::Lazy;
use crate::{accounts, activities, analytics, contacts, deals, import, layout, settings};

/// Paths of the screens.
pub mod paths {
    /// What is to be done today.
    pub const MY_DAY: &str = "/my-day";
    /// The calendar.
    pub const CALENDAR: &str = "/calendar";
    /// What the product tells the reader.
    pub const NOTIFICATIONS: &str = "/notifications";
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
            <Route path=path!("/my-day") view=Lazy(|| activities::screen(activities::Screen::MyDay)) />
            <Route path=path!("/calendar") view=Lazy(|| activities::screen(activities::Screen::Calendar)) />
            <Route path=path!("/notifications") view=Lazy(|| activities::screen(activities::Screen::Notifications)) />
            <Route path=path!("/deals") view=deals::Registry />
            <Route path=path!("/deals/:id") view=Lazy(deals::deal_screen) />
            <Route path=path!("/accounts") view=Lazy(|| accounts::screen(accounts::Screen::List)) />
            <Route path=path!("/accounts/:id") view=Lazy(|| accounts::screen(accounts::Screen::One)) />
            <Route path=path!("/contacts") view=Lazy(|| contacts::screen(contacts::Screen::List)) />
            <Route path=path!("/contacts/:id") view=Lazy(|| contacts::screen(contacts::Screen::One)) />
            <Route path=path!("/analytics") view=Lazy(analytics::summary_screen) />
            <Route path=path!("/import") view=Lazy(|| import::screen(import::Screen::List)) />
            <Route path=path!("/import/:id") view=Lazy(|| import::screen(import::Screen::One)) />
            <Route path=path!("/settings") view=Lazy(|| settings::screen(settings::Screen::Profile)) />
            <Route path=path!("/settings/people") view=Lazy(|| settings::screen(settings::Screen::People)) />
            <Route path=path!("/settings/departments") view=Lazy(|| settings::screen(settings::Screen::Departments)) />
            <Route path=path!("/settings/products") view=Lazy(|| settings::screen(settings::Screen::Products)) />
            <Route path=path!("/settings/rates") view=Lazy(|| settings::screen(settings::Screen::Rates)) />
            <Route path=path!("/setup") view=layout::Home />
        </Routes>
    }
    .into_any()
}
