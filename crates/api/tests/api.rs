//! The API as its callers see it, on both databases.

mod authorization;
mod openapi;
mod routes;
mod support;
