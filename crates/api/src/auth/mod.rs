//! Who is there: access tokens, refresh tokens, passwords, where requests come from, and the
//! extractor that every protected handler takes.

pub mod cache;
pub mod client;
pub mod password;
mod signed_in;
pub mod token;

pub use signed_in::SignedIn;
