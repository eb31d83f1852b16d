//! Settings: the own profile, people, departments, products, sales processes,
//! exchange rates, web forms.

mod department_form;
mod departments;
mod frame;
mod password;
mod people;
mod person_form;
mod processes;
mod product_form;
mod products;
mod profile;
mod rate_form;
mod rate_list;
mod rates;
mod rates_import;
mod reach;
mod sessions;
mod web_form_editor;
mod web_form_snippet;
mod web_forms;

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

use departments::DepartmentsPage;
use people::PeoplePage;
use processes::{ProcessPage, ProcessesPage};
use products::ProductsPage;
use profile::ProfilePage;
use rates::RatesPage;
use web_forms::WebFormsPage;

pub use profile::languages;
pub use rate_form::currencies;

/// A screen of the settings.
#[derive(Clone, Copy)]
pub enum Screen {
    /// The own profile.
    Profile,
    /// The people.
    People,
    /// The departments.
    Departments,
    /// The products.
    Products,
    /// The sales processes.
    Processes,
    /// One sales process.
    Process,
    /// The exchange rates.
    Rates,
    /// The forms on other sites.
    WebForms,
}

/// Shows a screen of the settings, whose code is fetched first.
#[wasm_split(settings, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn screen(screen: Screen) -> Result<AnyView, SplitLoaderError> {
    Ok(match screen {
        Screen::Profile => view! { <ProfilePage /> }.into_any(),
        Screen::People => view! { <PeoplePage /> }.into_any(),
        Screen::Departments => view! { <DepartmentsPage /> }.into_any(),
        Screen::Products => view! { <ProductsPage /> }.into_any(),
        Screen::Processes => view! { <ProcessesPage /> }.into_any(),
        Screen::Process => view! { <ProcessPage /> }.into_any(),
        Screen::Rates => view! { <RatesPage /> }.into_any(),
        Screen::WebForms => view! { <WebFormsPage /> }.into_any(),
    })
}
