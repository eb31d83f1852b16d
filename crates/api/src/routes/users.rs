//! People.

use actix_web::{HttpResponse, delete, get, patch, post, put, web};
use etalon_domain::error::validate;
use etalon_domain::event::{TimelineEntry, TimelineFilter};
use etalon_domain::id::UserId;
use etalon_domain::page::Page;
use etalon_domain::policy::may_manage_people;
use etalon_domain::record::RecordCommand;
use etalon_domain::user::{User, UserDraft, UserFilter};
use etalon_persistence::timeline::{self, Entity};
use etalon_persistence::users::{self, UserChange};

use crate::auth::{SignedIn, password};
use crate::error::{ApiError, ApiResult};
use crate::extract::{IfMatch, Json, Query};
use crate::patch::merged;
use crate::state::{State, context, created, versioned};

/// Lists people
///
/// Everybody who signs in sees everybody, for pickers and names.
#[utoipa::path(tag = "Users", operation_id = "list_users", params(UserFilter),
    responses((status = 200, description = "A page of people", body = Page<User>)))]
#[get("/users")]
pub async fn list_users(
    _user: SignedIn,
    state: web::Data<State>,
    Query(filter): Query<UserFilter>,
) -> ApiResult<web::Json<Page<User>>> {
    let page = state.read(move |tx| users::list(tx, &filter)).await?;
    Ok(web::Json(page))
}

/// Adds a person
///
/// For administrators, and for heads within their departments. Without an e-mail address or a
/// password the person cannot sign in yet.
#[utoipa::path(tag = "Users", operation_id = "create_user", request_body = UserDraft,
    responses((status = 201, description = "The new person", body = User)))]
#[post("/users")]
pub async fn create_user(
    user: SignedIn,
    state: web::Data<State>,
    Json(draft): Json<UserDraft>,
) -> ApiResult<HttpResponse> {
    let password = draft.password.clone();
    let person = change(
        user,
        &state,
        None,
        None,
        RecordCommand::create(draft),
        password,
    )
    .await?;
    let location = format!("/api/v1/users/{}", person.id);
    Ok(created(person.version, location, &person))
}

/// Reads a person
#[utoipa::path(tag = "Users", operation_id = "get_user", params(("id" = String, Path, description = "Identifier of the person")),
    responses((status = 200, description = "The person", body = User)))]
#[get("/users/{id}")]
pub async fn get_user(
    _user: SignedIn,
    state: web::Data<State>,
    id: web::Path<UserId>,
) -> ApiResult<HttpResponse> {
    let person = state.read(move |tx| users::get(tx, &id)).await?;
    Ok(versioned(person.version, &person))
}

/// Hashes a password off the event loop and carries out the command.
async fn change(
    user: SignedIn,
    state: &State,
    id: Option<UserId>,
    expected: Option<i64>,
    command: RecordCommand<UserDraft>,
    password: Option<String>,
) -> ApiResult<User> {
    if let RecordCommand::Create { draft, .. } | RecordCommand::Edit(draft) = &command {
        let errors = validate(draft);
        let too_short = errors.iter().any(|e| e.field == "password");
        if too_short && may_manage_people(&user.actor) {
            return Err(etalon_domain::error::Error::Invalid(errors).into());
        }
    }
    let password_hash = match password {
        Some(text) if may_manage_people(&user.actor) => {
            Some(state.blocking(move || password::hash(&text)).await??)
        }
        _ => None,
    };
    let change = UserChange {
        command,
        password_hash,
    };
    let context = context(&user.actor);
    let person = state
        .write(move |tx| users::execute(tx, &context, id.as_ref(), expected, &change))
        .await?;
    state.db().people_changed();
    Ok(person)
}

/// Replaces the fields of a person
///
/// A password that is given is set and ends the person's sessions; without one the present stays.
#[utoipa::path(tag = "Users", operation_id = "replace_user", params(("id" = String, Path, description = "Identifier of the person")),
    request_body = UserDraft, responses((status = 200, description = "The person", body = User)))]
#[put("/users/{id}")]
pub async fn replace_user(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<UserId>,
    IfMatch(version): IfMatch,
    Json(draft): Json<UserDraft>,
) -> ApiResult<HttpResponse> {
    let password = draft.password.clone();
    let id = Some(id.into_inner());
    let command = RecordCommand::Edit(draft);
    let person = change(user, &state, id, version, command, password).await?;
    Ok(versioned(person.version, &person))
}

/// Changes some fields of a person
///
/// The body is a JSON merge patch (RFC 7396) of the form: absent fields stay, `null` empties one.
#[utoipa::path(tag = "Users", operation_id = "update_user", params(("id" = String, Path, description = "Identifier of the person")),
    request_body(content = UserDraft, content_type = "application/merge-patch+json"),
    responses((status = 200, description = "The person", body = User)))]
#[patch("/users/{id}")]
pub async fn update_user(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<UserId>,
    IfMatch(version): IfMatch,
    Json(patch): Json<serde_json::Value>,
) -> ApiResult<HttpResponse> {
    let wanted = id.clone();
    let current = state.read(move |tx| users::get(tx, &wanted)).await?;
    let draft: UserDraft = merged(&UserDraft::from(&current), patch)?;
    let password = draft.password.clone();
    let version = Some(version.unwrap_or(current.version));
    let id = Some(id.into_inner());
    let command = RecordCommand::Edit(draft);
    let person = change(user, &state, id, version, command, password).await?;
    Ok(versioned(person.version, &person))
}

/// Deactivates a person
///
/// The person cannot sign in any more; deals and history stay.
#[utoipa::path(tag = "Users", operation_id = "delete_user", params(("id" = String, Path, description = "Identifier of the person")),
    responses((status = 204, description = "The person is inactive")))]
#[delete("/users/{id}")]
pub async fn delete_user(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<UserId>,
    IfMatch(version): IfMatch,
) -> ApiResult<HttpResponse> {
    let id = Some(id.into_inner());
    change(user, &state, id, version, RecordCommand::Delete, None).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Lists the history of a person's entry
///
/// For administrators, heads of the person's department and the person. Newest first.
#[utoipa::path(tag = "Users", operation_id = "list_user_timeline", params(("id" = String, Path, description = "Identifier of the person"), TimelineFilter),
    responses((status = 200, description = "A page of the history", body = Page<TimelineEntry>)))]
#[get("/users/{id}/timeline")]
pub async fn list_user_timeline(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<UserId>,
    Query(filter): Query<TimelineFilter>,
) -> ApiResult<web::Json<Page<TimelineEntry>>> {
    let wanted = id.clone();
    let person = state.read(move |tx| users::get(tx, &wanted)).await?;
    let own = person.id == user.actor.user_id;
    if !own && !user.actor.leads(person.department_id.as_ref()) {
        return Err(ApiError::new(etalon_domain::error::ErrorCode::Forbidden));
    }
    let page = state
        .read(move |tx| timeline::list(tx, Entity::User, person.id.as_str(), &filter))
        .await?;
    Ok(web::Json(page))
}
