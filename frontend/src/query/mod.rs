//! Answers of the server as signals: cached by their address, shown at once when known, fetched
//! again after a write.

mod cache;
mod fresh;
mod pages;

pub use cache::{forget_everything, invalidate};
pub use fresh::keep_fresh;
pub use pages::{Pages, use_pages};

use std::time::Duration;

use etalon_domain::endpoint::Endpoint;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{self, Failure};

/// After how long a skeleton appears: what is quicker needs none.
pub(crate) const PATIENCE: Duration = Duration::from_millis(150);

/// One answer of the server.
pub struct Query<T: Send + Sync + 'static> {
    /// The answer, as soon as there is one.
    pub data: RwSignal<Option<T>>,
    /// Why there is none, or why it could not be renewed.
    pub failure: RwSignal<Option<Failure>>,
    /// Whether the first answer takes long enough for a skeleton.
    pub slow: RwSignal<bool>,
    again: RwSignal<u32>,
}

impl<T: Send + Sync> Clone for Query<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync> Copy for Query<T> {}

impl<T: Send + Sync> Query<T> {
    /// Asks again.
    pub fn retry(&self) {
        self.again.update(|n| *n += 1);
    }
}

/// The answer of the server, asked for once and outside of any screen: the last one, when it is known.
pub async fn ask<E>(endpoint: E) -> Result<E::Answer, Failure>
where
    E: Endpoint,
    E::Answer: Clone + 'static,
{
    let key = api::url_of(&endpoint);
    if let Some(known) = cache::get::<E::Answer>(&key) {
        return Ok(known);
    }
    let answer = api::call(endpoint).await?;
    cache::put(key, answer.clone());
    Ok(answer)
}

/// Asks the server whenever `endpoint` changes, and again after writes to the same kind of record.
/// `None` asks nothing.
pub fn use_query<E>(endpoint: impl Fn() -> Option<E> + 'static) -> Query<E::Answer>
where
    E: Endpoint + 'static,
    E::Answer: Clone + PartialEq + Send + Sync + 'static,
{
    let query = Query {
        data: RwSignal::new(None),
        failure: RwSignal::new(None),
        slow: RwSignal::new(false),
        again: RwSignal::new(0),
    };
    let asked = StoredValue::new(0u32);
    let shown = StoredValue::new(String::new());
    Effect::new(move |_| {
        query.again.track();
        let ticket = asked.get_value() + 1;
        asked.set_value(ticket);
        let Some(endpoint) = endpoint() else {
            shown.set_value(String::new());
            query.data.set(None);
            return;
        };
        let key = api::url_of(&endpoint);
        cache::track(&key);
        if shown.get_value() != key {
            shown.set_value(key.clone());
            query.data.set(cache::get::<E::Answer>(&key));
        }
        query.failure.set(None);
        query.slow.set(false);
        let is_current = move || asked.try_get_value() == Some(ticket);
        set_timeout(
            move || {
                if is_current() && query.data.with_untracked(Option::is_none) {
                    query.slow.set(true);
                }
            },
            PATIENCE,
        );
        spawn_local(async move {
            let outcome = api::call(endpoint).await;
            if !is_current() {
                return;
            }
            query.slow.set(false);
            match outcome {
                Ok(answer) => {
                    cache::put(key, answer.clone());
                    if query
                        .data
                        .with_untracked(|data| data.as_ref() != Some(&answer))
                    {
                        query.data.set(Some(answer));
                    }
                }
                Err(failure) => query.failure.set(Some(failure)),
            }
        });
    });
    query
}
