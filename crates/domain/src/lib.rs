//! The domain of Etalon: the types of the API, validation, permissions and every rule, as pure
//! functions. Nothing here reads a clock, a database or the network, so the same code runs in the
//! server, which enforces it, and in the web app, which shows it.

#[macro_use]
mod macros;

pub mod account;
pub mod activity;
pub mod analytics;
pub mod auth;
pub mod competitor;
pub mod contact;
pub mod deal;
pub mod decimal;
pub mod department;
pub mod endpoint;
pub mod error;
pub mod event;
pub mod file;
pub mod id;
pub mod import;
pub mod key_contact;
pub mod lead;
pub mod lead_form;
pub mod material;
pub mod money;
pub mod notification;
pub mod page;
pub mod policy;
pub mod post;
pub mod process;
pub mod product;
pub mod proposal;
pub mod rate;
pub mod record;
pub mod stage;
pub mod target;
pub mod team;
pub mod text;
pub mod time;
pub mod user;
pub mod visa;
