//! Who is there: access tokens, refresh tokens, passwords, and the extractor that every protected
//! handler takes.

pub mod cache;
pub mod password;
mod signed_in;
pub mod token;

pub use signed_in::{SignedIn, claims};
