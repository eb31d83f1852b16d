//! The server of Etalon: the REST API and, embedded, the web app.

pub mod auth;
pub mod commands;
pub mod config;
pub mod cors;
pub mod download;
pub mod ecb;
pub mod error;
pub mod extract;
pub mod ical;
pub mod idempotency;
pub mod jobs;
pub mod mail;
pub mod methods;
pub mod multipart;
pub mod openapi;
pub mod patch;
pub mod plain;
pub mod request_id;
pub mod routes;
pub mod server;
pub mod setup;
pub mod spa;
pub mod state;
pub mod storage;
pub mod upload;
