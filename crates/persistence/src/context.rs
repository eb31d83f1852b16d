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
    /// Why what the process requires of deals is passed when it is not met: an import tells what
    /// happened elsewhere. It is recorded.
    pub passing: Option<String>,
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
            passing: None,
        }
    }

    /// The product itself, in the same moment and for the same request: what the process brings about
    /// needs nobody's permission, and the history names nobody for it.
    #[must_use]
    pub fn by_system(&self) -> Self {
        Self {
            actor: Actor::system(self.actor.time_zone.clone()),
            via: Via::System,
            ..self.clone()
        }
    }
}

/// A fresh identifier: UUIDv7 in text form, so that identifiers sort by their time.
#[must_use]
pub fn new_id() -> String {
    uuid::Uuid::now_v7().to_string()
}
