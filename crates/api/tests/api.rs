//! The API as its callers see it, on both databases.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod analytics;
mod authorization;
mod imports;
mod openapi;
mod routes;
mod support;
