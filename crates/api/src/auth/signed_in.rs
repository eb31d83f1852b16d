use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest, web};
use chrono::Utc;
use etalon_domain::error::ErrorCode;
use etalon_domain::id::SessionId;
use etalon_domain::policy::Actor;
use etalon_persistence::{sessions, users};
use futures_util::future::LocalBoxFuture;

use super::token::Claims;
use crate::error::{ApiError, ApiResult};
use crate::state::State;

/// The person who makes a request. A handler that takes this cannot be reached by anybody else.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The person.
    pub actor: Arc<Actor>,
    /// The session.
    pub session: SessionId,
}

/// What the access token of a request says, when it is valid.
#[must_use]
pub fn claims(request: &HttpRequest, state: &State) -> Option<Claims> {
    let value = request
        .headers()
        .get(header::AUTHORIZATION)?
        .to_str()
        .ok()?;
    let (scheme, token) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return None;
    }
    state.keys().check(token.trim())
}

impl FromRequest for SignedIn {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let state = request.app_data::<web::Data<State>>().cloned();
        let claims = state.as_ref().and_then(|state| claims(request, state));
        Box::pin(async move {
            let (Some(state), Some(claims)) = (state, claims) else {
                return Err(ErrorCode::Unauthenticated.into());
            };
            let actor = find(&state, &claims).await?;
            Ok(Self {
                actor,
                session: SessionId::new(claims.sid),
            })
        })
    }
}

async fn find(state: &State, claims: &Claims) -> ApiResult<Arc<Actor>> {
    let generation = state.db().people_generation();
    if let Some(actor) = state.actors().get(&claims.sid, generation) {
        return Ok(actor);
    }
    let session = SessionId::new(claims.sid.clone());
    let actor = state
        .read(
            move |tx| match sessions::user_of(tx, &session, Utc::now())? {
                Some(user) => users::actor(tx, &user),
                None => Ok(None),
            },
        )
        .await?
        .map(Arc::new)
        .ok_or(ErrorCode::Unauthenticated)?;
    state
        .actors()
        .put(&claims.sid, generation, Arc::clone(&actor));
    Ok(actor)
}
