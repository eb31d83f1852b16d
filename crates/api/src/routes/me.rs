//! The own profile, the first visit, and whether the server is ready.

use actix_web::{HttpRequest, HttpResponse, get, post, put, web};
use etalon_domain::auth::{Me, PasswordChange, ProfileDraft, SetupDraft, Welcome};
use etalon_domain::error::{Error as DomainError, ErrorCode, FieldCode, validate};
use etalon_domain::user::{Role, User, UserDraft};
use etalon_persistence::{company, sessions, users};

use crate::auth::{SignedIn, password, token};
use crate::error::{ApiError, ApiResult};
use crate::extract::Json;
use crate::setup;
use crate::state::{State, context};

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
pub async fn get_me(user: SignedIn, state: web::Data<State>) -> ApiResult<web::Json<Me>> {
    let id = user.actor.user_id.clone();
    let person = state.read(move |tx| users::get(tx, &id)).await?;
    Ok(web::Json(me_of(&state, person, (*user.actor).clone())))
}

/// Changes your profile
#[utoipa::path(tag = "Profile", operation_id = "replace_me", request_body = ProfileDraft,
    responses((status = 200, description = "You", body = Me)))]
#[put("/me")]
pub async fn replace_me(
    user: SignedIn,
    state: web::Data<State>,
    Json(profile): Json<ProfileDraft>,
) -> ApiResult<web::Json<Me>> {
    let context = context(&user.actor);
    let (person, actor) = state
        .write(move |tx| {
            let person = users::update_profile(tx, &context, &profile)?;
            let actor = users::actor_of(tx, &person)?;
            Ok((person, actor))
        })
        .await?;
    state.db().people_changed();
    Ok(web::Json(me_of(&state, person, actor)))
}

/// Changes your password
///
/// Every other session of yours ends.
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
    let id = user.actor.user_id.clone();
    let found = state
        .read(move |tx| users::credentials(tx, &id))
        .await?
        .ok_or(ErrorCode::Unauthenticated)?;
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
    let errors = validate(&body);
    if !errors.is_empty() {
        return Err(DomainError::Invalid(errors).into());
    }
    let secret = body.password.clone();
    let hash = state.blocking(move || password::hash(&secret)).await??;
    let user = state
        .write(move |tx| {
            let expected = company::setting(tx.conn, setup::TOKEN)?;
            let given = token::fingerprint(&body.token);
            if expected.as_deref() != Some(given.as_str()) || !users::is_empty(tx)? {
                return Err(ErrorCode::SetupDone.into());
            }
            company::clear_setting(tx.conn, setup::TOKEN)?;
            company::set_up(tx, body.company.trim(), body.base_currency)?;
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
    let _ = request;
    super::auth::grant(&state, user, sessions::Device::default()).await
}

/// Says whether the server is ready
#[utoipa::path(tag = "Server", operation_id = "get_ready", security(()),
    responses((status = 200, description = "Ready", body = String, content_type = "text/plain")))]
#[get("/health/ready")]
pub async fn get_ready(state: web::Data<State>) -> ApiResult<HttpResponse> {
    state.read(|tx| company::setting(tx.conn, "ready")).await?;
    Ok(HttpResponse::Ok().content_type("text/plain").body("ready"))
}
