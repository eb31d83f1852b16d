//! The Etalon web app.

mod address;
mod analytics;
mod api;
mod app;
mod deals;
mod i18n;
mod layout;
mod login;
mod query;
mod routes;
mod session;
mod theme;
mod ui;

fn main() {
    leptos::mount::mount_to_body(app::App);
}
