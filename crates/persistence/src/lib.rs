//! Persistence of Etalon on SQLite and PostgreSQL: every query, and for every entity the one
//! function that writes it. Reads are filtered here by what the actor may see.

pub mod accounts;
pub mod activities;
mod any;
pub mod company;
pub mod connection;
pub mod contacts;
pub mod context;
pub mod deals;
pub mod departments;
pub mod error;
pub mod files;
pub mod goals;
pub mod idempotency;
pub mod imports;
pub mod introspect;
pub mod jobs;
pub mod lead_forms;
pub mod leads;
pub mod materials;
pub mod migrate;
pub mod notifications;
pub mod page;
pub mod portable;
pub mod posts;
pub mod preferences;
pub mod process;
pub mod products;
pub mod proposals;
pub mod rates;
mod record;
pub mod reminders;
pub mod reports;
#[expect(missing_docs, reason = "generated")]
pub mod schema;
pub mod sessions;
pub mod throttle;
pub mod timeline;
pub mod users;
pub mod visas;
pub mod zone;

pub use connection::{Backend, Company, Db, POSTGRES_PLANNING, PoolSize, SQLITE_PRAGMAS, Tx};
pub use context::{Context, new_id};
pub use error::{Error, Result};
