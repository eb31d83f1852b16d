//! Settings: the own profile, people, departments, products, exchange rates.

mod department_form;
mod departments;
mod frame;
mod password;
mod people;
mod person_form;
mod product_form;
mod products;
mod profile;
mod rate_form;
mod rate_list;
mod rates;
mod rates_import;
mod sessions;

pub use departments::DepartmentsPage;
pub use people::PeoplePage;
pub use products::ProductsPage;
pub use profile::{ProfilePage, languages};
pub use rate_form::currencies;
pub use rates::RatesPage;
