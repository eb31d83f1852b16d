//! Signing in, staying signed in and signing out.

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::{HttpRequest, HttpResponse, delete, get, post, web};
use chrono::Utc;
use etalon_domain::auth::{AccessGranted, Session, SignIn};
use etalon_domain::error::ErrorCode;
use etalon_domain::id::SessionId;
use etalon_domain::page::Page;
use etalon_domain::user::User;
use etalon_persistence::sessions::{self, Device, Renewal};
use etalon_persistence::throttle::{self, Throttle};
use etalon_persistence::users::{self, Credentials};

use crate::auth::client::device;
use crate::auth::{SignedIn, password, token};
use crate::error::{ApiError, ApiResult};
use crate::extract::Json;
use crate::state::State;

/// Name of the cookie with the refresh token.
pub const COOKIE: &str = "etalon_refresh";

fn cookie(state: &State, value: String, days: i64) -> Cookie<'static> {
    Cookie::build(COOKIE, value)
        .path("/api/v1/auth")
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(state.settings().secure_cookies())
        .max_age(Duration::days(days))
        .finish()
}

/// The answer to a successful sign-in: an access token, and the refresh token as a cookie.
pub(crate) async fn grant(state: &State, user: User, device: Device) -> ApiResult<HttpResponse> {
    let secret = token::random()?;
    let hash = token::fingerprint(&secret);
    let id = user.id.clone();
    let session = state
        .write(move |tx| sessions::begin(tx, &id, &hash, &device, Utc::now()))
        .await?;
    let refresh = cookie(state, format!("{session}.{secret}"), 30);
    let granted = granted(state, user, &session)?;
    Ok(HttpResponse::Ok().cookie(refresh).json(granted))
}

fn granted(state: &State, user: User, session: &SessionId) -> ApiResult<AccessGranted> {
    Ok(AccessGranted {
        access_token: state.keys().grant(&user.id, session)?,
        token_type: "Bearer".into(),
        expires_in: token::ACCESS_SECONDS,
        user,
    })
}

/// Counts an attempt to sign in before the password is looked at, and reads who it may be.
///
/// # Errors
/// `too_many_attempts`, or that the database failed.
async fn admit(
    state: &State,
    email: String,
    account: &Throttle,
    address: &Throttle,
) -> ApiResult<Option<Credentials>> {
    let (account, address) = (account.clone(), address.clone());
    let admitted = state
        .write(move |tx| {
            let now = Utc::now();
            if let Some(seconds) = throttle::attempt(tx, &address, now)? {
                return Ok(Err(seconds));
            }
            if let Some(seconds) = throttle::attempt(tx, &account, now)? {
                throttle::take_back(tx, &address)?;
                return Ok(Err(seconds));
            }
            Ok(Ok(users::by_email(tx, &email)?))
        })
        .await?;
    admitted.map_err(ApiError::wait)
}

/// Signs in
///
/// Answers with an access token that lives a quarter of an hour and sets the refresh token as an
/// `HttpOnly` cookie. After five failures one has to wait.
#[utoipa::path(tag = "Sign-in", operation_id = "sign_in", request_body = SignIn, security(()),
    responses((status = 200, description = "Signed in", body = AccessGranted)))]
#[post("/auth/login")]
pub async fn sign_in(
    request: HttpRequest,
    state: web::Data<State>,
    Json(body): Json<SignIn>,
) -> ApiResult<HttpResponse> {
    let device = device(&request, &state.settings().trusted_proxies);
    let account = Throttle::account(&body.email);
    let address = Throttle::address(device.ip.as_deref().unwrap_or_default(), Utc::now());
    let found = admit(&state, body.email, &account, &address).await?;
    let hash = found.as_ref().and_then(|f| f.password_hash.clone());
    let fits = state
        .blocking(move || password::verify(&body.password, hash.as_deref()))
        .await?;
    let found = found
        .filter(|f| fits && f.user.active)
        .ok_or(ErrorCode::InvalidCredentials)?;
    state
        .write(move |tx| {
            throttle::forget(tx, &account)?;
            throttle::take_back(tx, &address)
        })
        .await?;
    grant(&state, found.user, device).await
}

/// Renews the access token
///
/// Exchanges the refresh token of the cookie for a new one. A token that was exchanged before ends
/// the session.
#[utoipa::path(tag = "Sign-in", operation_id = "refresh_session", security(()),
    responses((status = 200, description = "A fresh access token", body = AccessGranted)))]
#[post("/auth/refresh")]
pub async fn refresh_session(
    request: HttpRequest,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let ended = || ApiError::new(ErrorCode::SessionEnded);
    let value = request.cookie(COOKIE).ok_or_else(ended)?;
    let (session, secret) = value.value().split_once('.').ok_or_else(ended)?;
    let session = SessionId::new(session);
    let presented = token::fingerprint(secret);
    let fresh = token::random()?;
    let fresh_hash = token::fingerprint(&fresh);
    let id = session.clone();
    let (renewal, user) = state
        .write(move |tx| {
            let renewal = sessions::renew(tx, &id, &presented, &fresh_hash, Utc::now())?;
            let user = match &renewal {
                Renewal::Rotated(user) | Renewal::JustRotated(user) => {
                    users::credentials(tx, user)?
                        .map(|c| c.user)
                        .filter(|u| u.active)
                }
                Renewal::Refused => None,
            };
            Ok((renewal, user))
        })
        .await?;
    let Some(user) = user else {
        state.db().people_changed();
        let mut response = actix_web::ResponseError::error_response(&ended());
        response
            .add_cookie(&cookie(&state, String::new(), 0))
            .map_err(|e| ApiError::with_detail(ErrorCode::Internal, e.to_string()))?;
        return Ok(response);
    };
    let body = granted(&state, user, &session)?;
    let mut response = HttpResponse::Ok();
    if matches!(renewal, Renewal::Rotated(_)) {
        response.cookie(cookie(&state, format!("{session}.{fresh}"), 30));
    }
    Ok(response.json(body))
}

/// Signs out
#[utoipa::path(tag = "Sign-in", operation_id = "sign_out",
    responses((status = 204, description = "Signed out")))]
#[post("/auth/logout")]
pub async fn sign_out(user: SignedIn, state: web::Data<State>) -> ApiResult<HttpResponse> {
    state
        .write(move |tx| sessions::revoke(tx, &user.actor.user_id, &user.session, Utc::now()))
        .await?;
    state.db().people_changed();
    Ok(HttpResponse::NoContent()
        .cookie(cookie(&state, String::new(), 0))
        .finish())
}

/// Signs out everywhere
///
/// Ends every session of yours, this one included.
#[utoipa::path(tag = "Sign-in", operation_id = "sign_out_everywhere",
    responses((status = 204, description = "Signed out everywhere")))]
#[post("/auth/logout-everywhere")]
pub async fn sign_out_everywhere(
    user: SignedIn,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    state
        .write(move |tx| sessions::revoke_all(tx, &user.actor.user_id, None, Utc::now()))
        .await?;
    state.db().people_changed();
    Ok(HttpResponse::NoContent()
        .cookie(cookie(&state, String::new(), 0))
        .finish())
}

/// Lists your sessions
///
/// The browsers and devices that are signed in, last used first.
#[utoipa::path(tag = "Sign-in", operation_id = "list_sessions",
    responses((status = 200, description = "Your sessions", body = Page<Session>)))]
#[get("/auth/sessions")]
pub async fn list_sessions(
    user: SignedIn,
    state: web::Data<State>,
) -> ApiResult<web::Json<Page<Session>>> {
    let items = state
        .read(move |tx| sessions::list(tx, &user.actor.user_id, &user.session, Utc::now()))
        .await?;
    Ok(web::Json(Page {
        items,
        next_cursor: None,
        totals: None,
    }))
}

/// Ends one of your sessions
#[utoipa::path(tag = "Sign-in", operation_id = "delete_session", params(("id" = String, Path, description = "Identifier of the session")),
    responses((status = 204, description = "It has ended")))]
#[delete("/auth/sessions/{id}")]
pub async fn delete_session(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<SessionId>,
) -> ApiResult<HttpResponse> {
    state
        .write(move |tx| sessions::revoke(tx, &user.actor.user_id, &id, Utc::now()))
        .await?;
    state.db().people_changed();
    Ok(HttpResponse::NoContent().finish())
}
