//! Where everything lies.

use leptos::prelude::*;
use leptos_router::components::{Route, Routes};
use leptos_router::path;

use crate::lazy::Lazy;
use crate::{
    accounts, activities, analytics, contacts, deals, import, knowledge, layout, leads, proposals,
    settings,
};

/// Paths of the screens.
pub mod paths {
    /// What is to be done today.
    pub const MY_DAY: &str = "/my-day";
    /// The calendar.
    pub const CALENDAR: &str = "/calendar";
    /// What the product tells the reader.
    pub const NOTIFICATIONS: &str = "/notifications";
    /// The registry of leads.
    pub const LEADS: &str = "/leads";
    /// The registry of deals.
    pub const DEALS: &str = "/deals";
    /// The accounts.
    pub const ACCOUNTS: &str = "/accounts";
    /// The contacts.
    pub const CONTACTS: &str = "/contacts";
    /// The knowledge base.
    pub const KNOWLEDGE: &str = "/knowledge";
    /// The reports, and the first of them: the state of sales on one screen.
    pub const ANALYTICS: &str = "/analytics";
    /// The funnel.
    pub const FUNNEL: &str = "/analytics/funnel";
    /// The forecast.
    pub const FORECAST: &str = "/analytics/forecast";
    /// The targets.
    pub const TARGETS: &str = "/analytics/targets";
    /// Who leads.
    pub const LEADERBOARD: &str = "/analytics/leaderboard";
    /// What happened week by week.
    pub const DYNAMICS: &str = "/analytics/dynamics";
    /// Reasons, sources, competitors.
    pub const REASONS: &str = "/analytics/reasons";
    /// Win rate, cycle, velocity.
    pub const RESULTS: &str = "/analytics/results";
    /// Where deals rot.
    pub const STALLING: &str = "/analytics/stalling";
    /// Sums by group.
    pub const SUMMARY: &str = "/analytics/summary";
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
    /// The sales processes.
    pub const PROCESSES: &str = "/settings/processes";
    /// The exchange rates.
    pub const RATES: &str = "/settings/rates";
    /// The web forms.
    pub const WEB_FORMS: &str = "/settings/web-forms";
    /// Where the first administrator is created.
    pub const SETUP: &str = "/setup";

    /// One lead.
    pub fn lead(id: &str) -> String {
        format!("/leads/{id}")
    }

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

    /// One version of a proposal.
    pub fn proposal(id: &str) -> String {
        format!("/proposals/{id}")
    }

    /// One sales process.
    pub fn process(id: &str) -> String {
        format!("/settings/processes/{id}")
    }

    /// One material.
    pub fn material(id: &str) -> String {
        format!("/knowledge/{id}")
    }

    /// How one manager sells.
    pub fn manager(id: &str) -> String {
        format!("/analytics/managers/{id}")
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
            <Route path=path!("/leads") view=Lazy(|| leads::screen(leads::Screen::List)) />
            <Route path=path!("/leads/:id") view=Lazy(|| leads::screen(leads::Screen::One)) />
            <Route path=path!("/deals") view=deals::Registry />
            <Route path=path!("/deals/:id") view=Lazy(deals::deal_screen) />
            <Route path=path!("/accounts") view=Lazy(|| accounts::screen(accounts::Screen::List)) />
            <Route path=path!("/accounts/:id") view=Lazy(|| accounts::screen(accounts::Screen::One)) />
            <Route path=path!("/contacts") view=Lazy(|| contacts::screen(contacts::Screen::List)) />
            <Route path=path!("/contacts/:id") view=Lazy(|| contacts::screen(contacts::Screen::One)) />
            <Route path=path!("/proposals/:id") view=Lazy(proposals::screen) />
            <Route path=path!("/knowledge") view=Lazy(|| knowledge::screen(knowledge::Screen::List)) />
            <Route path=path!("/knowledge/:id") view=Lazy(|| knowledge::screen(knowledge::Screen::One)) />
            <Route path=path!("/analytics") view=Lazy(analytics::screen) />
            <Route path=path!("/analytics/*report") view=Lazy(analytics::screen) />
            <Route path=path!("/import") view=Lazy(|| import::screen(import::Screen::List)) />
            <Route path=path!("/import/:id") view=Lazy(|| import::screen(import::Screen::One)) />
            <Route path=path!("/settings") view=Lazy(|| settings::screen(settings::Screen::Profile)) />
            <Route path=path!("/settings/people") view=Lazy(|| settings::screen(settings::Screen::People)) />
            <Route path=path!("/settings/departments") view=Lazy(|| settings::screen(settings::Screen::Departments)) />
            <Route path=path!("/settings/products") view=Lazy(|| settings::screen(settings::Screen::Products)) />
            <Route path=path!("/settings/processes") view=Lazy(|| settings::screen(settings::Screen::Processes)) />
            <Route path=path!("/settings/processes/:id") view=Lazy(|| settings::screen(settings::Screen::Process)) />
            <Route path=path!("/settings/rates") view=Lazy(|| settings::screen(settings::Screen::Rates)) />
            <Route path=path!("/settings/web-forms") view=Lazy(|| settings::screen(settings::Screen::WebForms)) />
            <Route path=path!("/setup") view=layout::Home />
        </Routes>
    }
    .into_any()
}
