//! Accounts.

use actix_web::{HttpResponse, delete, get, patch, post, put, web};
use etalon_domain::account::{Account, AccountDraft, AccountFilter};
use etalon_domain::event::{TimelineEntry, TimelineFilter};
use etalon_domain::id::AccountId;
use etalon_domain::page::Page;
use etalon_domain::record::RecordCommand;
use etalon_persistence::accounts;
use etalon_persistence::timeline::{self, Entity};

use crate::auth::SignedIn;
use crate::error::ApiResult;
use crate::extract::{IfMatch, Json, Query};
use crate::patch::merged;
use crate::state::{State, context, created, versioned};

/// Lists accounts
///
/// The accounts that the filters select; everybody who signs in sees all of them.
#[utoipa::path(tag = "Accounts", operation_id = "list_accounts", params(AccountFilter),
    responses((status = 200, description = "A page of accounts", body = Page<Account>)))]
#[get("/accounts")]
pub async fn list_accounts(
    user: SignedIn,
    state: web::Data<State>,
    Query(filter): Query<AccountFilter>,
) -> ApiResult<web::Json<Page<Account>>> {
    let page = state
        .read_snapshot(move |tx| accounts::list(tx, &user.actor, &filter))
        .await?;
    Ok(web::Json(page))
}

/// Creates an account
#[utoipa::path(tag = "Accounts", operation_id = "create_account", request_body = AccountDraft,
    responses((status = 201, description = "The new account", body = Account)))]
#[post("/accounts")]
pub async fn create_account(
    user: SignedIn,
    state: web::Data<State>,
    Json(draft): Json<AccountDraft>,
) -> ApiResult<HttpResponse> {
    let context = context(&user.actor);
    let record = state
        .write(move |tx| accounts::execute(tx, &context, None, None, &RecordCommand::create(draft)))
        .await?;
    let location = format!("/api/v1/accounts/{}", record.id);
    Ok(created(record.version, location, &record))
}

/// Reads an account
#[utoipa::path(tag = "Accounts", operation_id = "get_account", params(("id" = String, Path, description = "Identifier of the account")),
    responses((status = 200, description = "The account", body = Account)))]
#[get("/accounts/{id}")]
pub async fn get_account(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<AccountId>,
) -> ApiResult<HttpResponse> {
    let record = state
        .read(move |tx| accounts::get(tx, &user.actor, &id))
        .await?;
    Ok(versioned(record.version, &record))
}

async fn command(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<AccountId>,
    expected: Option<i64>,
    command: RecordCommand<AccountDraft>,
) -> ApiResult<HttpResponse> {
    let context = context(&user.actor);
    let record = state
        .write(move |tx| accounts::execute(tx, &context, Some(&id), expected, &command))
        .await?;
    Ok(versioned(record.version, &record))
}

/// Replaces the fields of an account
///
/// Fields that are absent become empty.
#[utoipa::path(tag = "Accounts", operation_id = "replace_account", params(("id" = String, Path, description = "Identifier of the account")),
    request_body = AccountDraft, responses((status = 200, description = "The account", body = Account)))]
#[put("/accounts/{id}")]
pub async fn replace_account(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<AccountId>,
    IfMatch(version): IfMatch,
    Json(draft): Json<AccountDraft>,
) -> ApiResult<HttpResponse> {
    command(user, state, id, version, RecordCommand::Edit(draft)).await
}

/// Changes some fields of an account
///
/// The body is a JSON merge patch (RFC 7396) of the form: absent fields stay, `null` empties one.
#[utoipa::path(tag = "Accounts", operation_id = "update_account", params(("id" = String, Path, description = "Identifier of the account")),
    request_body(content = AccountDraft, content_type = "application/merge-patch+json"),
    responses((status = 200, description = "The account", body = Account)))]
#[patch("/accounts/{id}")]
pub async fn update_account(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<AccountId>,
    IfMatch(version): IfMatch,
    Json(patch): Json<serde_json::Value>,
) -> ApiResult<HttpResponse> {
    let reader = user.actor.clone();
    let wanted = id.clone();
    let current = state
        .read(move |tx| accounts::get(tx, &reader, &wanted))
        .await?;
    let draft = merged(&AccountDraft::from(&current), patch)?;
    let version = version.unwrap_or(current.version);
    command(user, state, id, Some(version), RecordCommand::Edit(draft)).await
}

/// Puts an account into the bin
#[utoipa::path(tag = "Accounts", operation_id = "delete_account", params(("id" = String, Path, description = "Identifier of the account")),
    responses((status = 204, description = "It is in the bin")))]
#[delete("/accounts/{id}")]
pub async fn delete_account(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<AccountId>,
    IfMatch(version): IfMatch,
) -> ApiResult<HttpResponse> {
    command(user, state, id, version, RecordCommand::Delete).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Takes an account out of the bin
#[utoipa::path(tag = "Accounts", operation_id = "restore_account", params(("id" = String, Path, description = "Identifier of the account")),
    responses((status = 200, description = "The account", body = Account)))]
#[post("/accounts/{id}/restore")]
pub async fn restore_account(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<AccountId>,
    IfMatch(version): IfMatch,
) -> ApiResult<HttpResponse> {
    command(user, state, id, version, RecordCommand::Restore).await
}

/// Lists the history of an account
///
/// Newest first. Entries are never changed or removed.
#[utoipa::path(tag = "Accounts", operation_id = "list_account_timeline", params(("id" = String, Path, description = "Identifier of the account"), TimelineFilter),
    responses((status = 200, description = "A page of the history", body = Page<TimelineEntry>)))]
#[get("/accounts/{id}/timeline")]
pub async fn list_account_timeline(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<AccountId>,
    Query(filter): Query<TimelineFilter>,
) -> ApiResult<web::Json<Page<TimelineEntry>>> {
    let page = state
        .read(move |tx| {
            let record = accounts::get(tx, &user.actor, &id)?;
            timeline::list(tx, Entity::Account, record.id.as_str(), &filter)
        })
        .await?;
    Ok(web::Json(page))
}
