//! People remembered between requests, so that not every request reads them anew.
//!
//! Changes of people, departments and sessions made through this process count at once (they raise
//! the generation); changes made by another server on the same database count after two seconds.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};
use std::time::{Duration, Instant};

use etalon_domain::policy::Actor;

struct Remembered {
    actor: Arc<Actor>,
    generation: u64,
    at: Instant,
}

/// People by session.
pub struct ActorCache {
    lifetime: Duration,
    known: RwLock<HashMap<String, Remembered>>,
}

impl ActorCache {
    /// An empty memory whose entries live so long.
    #[must_use]
    pub fn new(lifetime: Duration) -> Self {
        Self {
            lifetime,
            known: RwLock::default(),
        }
    }

    /// The person of a session, when remembered and still true.
    #[must_use]
    pub fn get(&self, session: &str, generation: u64) -> Option<Arc<Actor>> {
        let known = self.known.read().ok()?;
        let entry = known.get(session)?;
        (entry.generation == generation && entry.at.elapsed() < self.lifetime)
            .then(|| Arc::clone(&entry.actor))
    }

    /// Remembers the person of a session, as read at a generation.
    pub fn put(&self, session: &str, generation: u64, actor: Arc<Actor>) {
        let Ok(mut known) = self.known.write() else {
            return;
        };
        if known.len() > 10_000 {
            let lifetime = self.lifetime;
            known.retain(|_, entry| entry.at.elapsed() < lifetime);
        }
        known.insert(
            session.to_owned(),
            Remembered {
                actor,
                generation,
                at: Instant::now(),
            },
        );
    }
}
