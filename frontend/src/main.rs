//! The Etalon web app.

mod accounts;
mod activities;
mod address;
mod analytics;
mod api;
mod app;
mod contacts;
mod deals;
mod i18n;
mod import;
mod layout;
mod lazy;
mod login;
mod query;
mod records;
mod routes;
mod session;
mod settings;
mod setup;
mod theme;
mod ui;

fn main() {
    leptos::mount::mount_to_body(app::App);
}
