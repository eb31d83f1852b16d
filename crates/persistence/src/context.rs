//! On whose behalf, when and how something is written.

use chrono::Utc;
use etalon_domain::event::Via;
use etalon_domain::policy::Actor;
use etalon_domain::time::{Instant, truncate};

/// On whose behalf, when and how something is written.
#[derive(Clone, Debug)]
pub struct Context {
    /// Who acts.
    pub actor: Actor,
    /// By which way.
    pub via: Via,
    /// Names the request in the log.
    pub request_id: Option<String>,
    /// The present instant, in milliseconds.
    pub now: Instant,
    /// Whether what is written happened before and elsewhere, so that the process neither holds it up
    /// nor plans anything for it.
    pub past: bool,
}

impl Context {
    /// A person acting now.
    #[must_use]
    pub fn new(actor: Actor, via: Via, request_id: Option<String>) -> Self {
        Self {
            actor,
            via,
            request_id,
            now: truncate(Utc::now()),
            past: false,
        }
    }
}

/// A fresh identifier: UUIDv7 in text form, so that identifiers sort by their time.
#[must_use]
pub fn new_id() -> String {
    uuid::Uuid::now_v7().to_string()
}
