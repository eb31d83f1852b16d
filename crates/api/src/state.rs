//! What every handler shares, and the one way by which handlers reach the database.

use std::sync::Arc;
use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web;
use etalon_domain::event::Via;
use etalon_domain::policy::Actor;
use etalon_persistence::{Context, Db, Tx};
use serde::Serialize;

use crate::auth::cache::ActorCache;
use crate::auth::token::Keys;
use crate::config::Settings;
use crate::error::{ApiError, ApiResult};
use crate::request_id;
use crate::storage::Storage;

/// What every handler shares.
#[derive(Clone)]
pub struct State {
    inner: Arc<Inner>,
}

struct Inner {
    db: Db,
    storage: Storage,
    keys: Keys,
    actors: ActorCache,
    settings: Settings,
    wake_jobs: tokio::sync::Notify,
}

impl State {
    /// Puts the parts together.
    #[must_use]
    pub fn new(db: Db, storage: Storage, keys: Keys, settings: Settings) -> Self {
        Self {
            inner: Arc::new(Inner {
                db,
                storage,
                keys,
                actors: ActorCache::new(Duration::from_secs(2)),
                settings,
                wake_jobs: tokio::sync::Notify::new(),
            }),
        }
    }

    /// The database, for code that already runs on a thread of its own.
    #[must_use]
    pub fn db(&self) -> &Db {
        &self.inner.db
    }

    /// The contents of uploaded files.
    #[must_use]
    pub fn storage(&self) -> &Storage {
        &self.inner.storage
    }

    /// The keys of the access tokens.
    #[must_use]
    pub fn keys(&self) -> &Keys {
        &self.inner.keys
    }

    /// People remembered between requests.
    #[must_use]
    pub fn actors(&self) -> &ActorCache {
        &self.inner.actors
    }

    /// The settings of this server.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.inner.settings
    }

    /// Tells the job runners of this process that there is something to do.
    pub fn wake_jobs(&self) {
        self.inner.wake_jobs.notify_waiters();
        // One that is just about to wait looks again; another one does when its wait is over.
        self.inner.wake_jobs.notify_one();
    }

    /// Waits until there may be something to do.
    pub async fn job_wanted(&self, at_most: Duration) {
        let _ = tokio::time::timeout(at_most, self.inner.wake_jobs.notified()).await;
    }

    /// Reads, off the event loop.
    ///
    /// # Errors
    /// Whatever `f` returns.
    pub async fn read<T: Send + 'static>(
        &self,
        f: impl FnOnce(&mut Tx<'_>) -> etalon_persistence::Result<T> + Send + 'static,
    ) -> ApiResult<T> {
        let db = self.inner.db.clone();
        Ok(web::block(move || db.read(f)).await??)
    }

    /// Reads several things as they are at one instant, off the event loop.
    ///
    /// # Errors
    /// Whatever `f` returns.
    pub async fn read_snapshot<T: Send + 'static>(
        &self,
        f: impl FnOnce(&mut Tx<'_>) -> etalon_persistence::Result<T> + Send + 'static,
    ) -> ApiResult<T> {
        let db = self.inner.db.clone();
        Ok(web::block(move || db.read_snapshot(f)).await??)
    }

    /// Writes in one transaction, off the event loop.
    ///
    /// # Errors
    /// Whatever `f` returns; nothing is written then.
    pub async fn write<T: Send + 'static>(
        &self,
        f: impl FnOnce(&mut Tx<'_>) -> etalon_persistence::Result<T> + Send + 'static,
    ) -> ApiResult<T> {
        let db = self.inner.db.clone();
        Ok(web::block(move || db.write(f)).await??)
    }

    /// Runs something slow, off the event loop.
    ///
    /// # Errors
    /// When the server is shutting down.
    pub async fn blocking<T: Send + 'static>(
        &self,
        f: impl FnOnce() -> T + Send + 'static,
    ) -> ApiResult<T> {
        web::block(f).await.map_err(ApiError::from)
    }
}

/// The context of a write by a person through the API.
#[must_use]
pub fn context(actor: &Actor) -> Context {
    Context::new(actor.clone(), Via::Api, Some(request_id::current()))
}

/// `200 OK` with a record and its version as `ETag`.
pub fn versioned(version: i64, body: &impl Serialize) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::ETAG, format!("\"{version}\"")))
        .json(body)
}

/// `201 Created` with a record, its version as `ETag` and its address as `Location`.
pub fn created(version: i64, location: String, body: &impl Serialize) -> HttpResponse {
    HttpResponse::Created()
        .insert_header((header::ETAG, format!("\"{version}\"")))
        .insert_header((header::LOCATION, location))
        .json(body)
}
