//! The own profile, the first visit, and whether the server is ready.

use actix_web::{HttpRequest, HttpResponse, get, post, put, web};
use chrono::Utc;
use etalon_domain::auth::{Me, PasswordChange, ProfileDraft, SetupDraft, Welcome};
use etalon_domain::error::{Error as DomainError, ErrorCode, FieldCode, validate};
use etalon_domain::user::{Role, User, UserDraft};
use etalon_persistence::throttle::{self, Throttle};
use etalon_persistence::{Tx, company, sessions, users};

use crate::auth::client::device;
use crate::auth::{SignedIn, password, token};
use crate::error::{ApiError, ApiResult};
use crate::extract::{IfMatch, Json};
use crate::setup;
use crate::state::{State, context, versioned};

fn me_of(state: &State, user: User, actor: etalon_domain::policy::Actor) -> Me {
    let company = state.db().company();
    Me {
        user,
        actor,
        base_currency: company.base_currency,
        company: company.name.clone(),
    }
}

/// Reads your profile
///
/// Who you are, what you may see and do, and in which currency sums are.
#[utoipa::path(tag = "Profile", operation_id = "get_me",
    responses((status = 200, description = "You", body = Me)))]
#[get("/me")]
pub async fn get_me(user: SignedIn, state: web::Data<State>) -> ApiResult<HttpResponse> {
    let id = user.actor.user_id.clone();
    let person = state.read(move |tx| users::get(tx, &id)).await?;
    let me = me_of(&state, person, (*user.actor).clone());
    Ok(versioned(me.user.version, &me))
}

/// Changes your profile
#[utoipa::path(tag = "Profile", operation_id = "replace_me", request_body = ProfileDraft,
    responses((status = 200, description = "You", body = Me)))]
#[put("/me")]
pub async fn replace_me(
    user: SignedIn,
    state: web::Data<State>,
    IfMatch(version): IfMatch,
    Json(profile): Json<ProfileDraft>,
) -> ApiResult<HttpResponse> {
    let context = context(&user.actor);
    let (person, actor) = state
        .write(move |tx| {
            let person = users::update_profile(tx, &context, version, &profile)?;
            let actor = users::actor_of(tx, &person)?;
            Ok((person, actor))
        })
        .await?;
    state.db().people_changed();
    let me = me_of(&state, person, actor);
    Ok(versioned(me.user.version, &me))
}

/// Changes your password
///
/// Every other session of yours ends. After five wrong present passwords one has to wait.
#[utoipa::path(tag = "Profile", operation_id = "change_password", request_body = PasswordChange,
    responses((status = 204, description = "The password is changed")))]
#[post("/me/password")]
pub async fn change_password(
    user: SignedIn,
    state: web::Data<State>,
    Json(body): Json<PasswordChange>,
) -> ApiResult<HttpResponse> {
    let errors = validate(&body);
    if !errors.is_empty() {
        return Err(DomainError::Invalid(errors).into());
    }
    let throttle = Throttle::password(&user.actor.user_id);
    let found = {
        let (id, throttle) = (user.actor.user_id.clone(), throttle.clone());
        state
            .write(
                move |tx| match throttle::attempt(tx, &throttle, Utc::now())? {
                    Some(seconds) => Ok(Err(seconds)),
                    None => Ok(Ok(users::credentials(tx, &id)?)),
                },
            )
            .await?
            .map_err(ApiError::wait)?
            .ok_or(ErrorCode::Unauthenticated)?
    };
    let hashed = state
        .blocking(move || {
            if password::verify(&body.current_password, found.password_hash.as_deref()) {
                password::hash(&body.new_password).map(Some)
            } else {
                Ok(None)
            }
        })
        .await??;
    let Some(hash) = hashed else {
        return Err(ApiError::field(
            "current_password",
            FieldCode::WrongPassword,
            "is not the present password",
        ));
    };
    let context = context(&user.actor);
    state
        .write(move |tx| {
            throttle::forget(tx, &throttle)?;
            users::set_own_password(tx, &context, &hash)?;
            sessions::keep(tx, &user.actor.user_id, &user.session)
        })
        .await?;
    state.db().people_changed();
    Ok(HttpResponse::NoContent().finish())
}

/// Reads what a visitor may know
///
/// Whether the first administrator is still to be created, and the sign-ins of the demo company.
#[utoipa::path(tag = "Sign-in", operation_id = "get_welcome", security(()),
    responses((status = 200, description = "What a visitor may know", body = Welcome)))]
#[get("/welcome")]
pub async fn get_welcome(state: web::Data<State>) -> ApiResult<web::Json<Welcome>> {
    let (needs_setup, demo_sign_ins) = state
        .read(|tx| Ok((users::is_empty(tx)?, setup::demo_sign_ins(tx)?)))
        .await?;
    Ok(web::Json(Welcome {
        version: env!("CARGO_PKG_VERSION").into(),
        needs_setup,
        demo_sign_ins,
    }))
}

/// Creates the first administrator
///
/// With the token of the one-time link that the server printed when it found an empty database.
#[utoipa::path(tag = "Sign-in", operation_id = "set_up", request_body = SetupDraft, security(()),
    responses((status = 200, description = "Signed in as the administrator", body = etalon_domain::auth::AccessGranted)))]
#[post("/setup")]
pub async fn set_up(
    request: HttpRequest,
    state: web::Data<State>,
    Json(body): Json<SetupDraft>,
) -> ApiResult<HttpResponse> {
    let given = token::fingerprint(&body.token);
    let expected = given.clone();
    state.read(move |tx| require_token(tx, &expected)).await?;
    let body = SetupDraft {
        company: body.company.trim().to_owned(),
        name: body.name.trim().to_owned(),
        email: body.email.trim().to_owned(),
        ..body
    };
    let errors = validate(&body);
    if !errors.is_empty() {
        return Err(DomainError::Invalid(errors).into());
    }
    let secret = body.password.clone();
    let hash = state.blocking(move || password::hash(&secret)).await??;
    let user = state
        .write(move |tx| {
            require_token(tx, &given)?;
            if !company::clear_setting(tx.conn, setup::TOKEN)? {
                return Err(ErrorCode::SetupDone.into());
            }
            company::set_up(tx, &body.company, body.base_currency)?;
            let draft = UserDraft {
                name: body.name,
                email: Some(body.email),
                role: Role::Admin,
                department_id: None,
                manager_id: None,
                active: true,
                language: body.language,
                time_zone: body.time_zone,
                password: None,
            };
            users::create_admin(tx, &draft, &hash)
        })
        .await?;
    let db = state.db().clone();
    state.blocking(move || db.reload_company()).await??;
    state.db().people_changed();
    let device = device(&request, &state.settings().trusted_proxies);
    super::auth::grant(&state, user, device).await
}

/// Refuses whoever does not hold the one-time token, and everybody once there is somebody.
fn require_token(tx: &mut Tx<'_>, given: &str) -> etalon_persistence::Result<()> {
    let expected = company::setting(tx.conn, setup::TOKEN)?;
    if expected.as_deref() != Some(given) || !users::is_empty(tx)? {
        return Err(ErrorCode::SetupDone.into());
    }
    Ok(())
}

/// Says whether the server is ready
#[utoipa::path(tag = "Server", operation_id = "get_ready", security(()),
    responses((status = 200, description = "Ready", body = String, content_type = "text/plain")))]
#[get("/health/ready")]
pub async fn get_ready(state: web::Data<State>) -> ApiResult<HttpResponse> {
    state.read(|tx| company::setting(tx.conn, "ready")).await?;
    Ok(HttpResponse::Ok().content_type("text/plain").body("ready"))
}
