//! The Etalon web app.

mod accounts;
mod activities;
mod address;
mod analytics;
mod api;
mod app;
mod contacts;
mod deals;
mod files;
mod i18n;
mod import;
mod knowledge;
mod layout;
mod lazy;
mod leads;
mod login;
mod process;
mod proposals;
mod query;
mod records;
mod routes;
mod session;
mod settings;
mod setup;
mod theme;
mod ui;

fn main() {
    // Mounting starts the executor of the framework; until then the browser's own runs tasks.
    wasm_bindgen_futures::spawn_local(async {
        if i18n::start().await.is_ok() {
            leptos::mount::mount_to_body(app::App);
        }
    });
}
