//! Deals.

use actix_web::{HttpResponse, delete, get, patch, post, put, web};
use chrono::Utc;
use etalon_domain::deal::{
    CloseDeal, Deal, DealCommand, DealDraft, DealFilter, MoveDeal, ReopenDeal,
};
use etalon_domain::event::{TimelineEntry, TimelineFilter};
use etalon_domain::id::DealId;
use etalon_domain::page::Page;
use etalon_persistence::deals;
use etalon_persistence::timeline::{self, Entity};

use crate::auth::SignedIn;
use crate::error::ApiResult;
use crate::extract::{IfMatch, Json, Query};
use crate::patch::merged;
use crate::state::{State, context, created, versioned};

/// Lists deals
///
/// The deals that you may see and the filters select; with `totals=true` also count and sums over
/// all of them, not just this page.
#[utoipa::path(tag = "Deals", operation_id = "list_deals", params(DealFilter),
    responses((status = 200, description = "A page of deals", body = Page<Deal>)))]
#[get("/deals")]
pub async fn list_deals(
    user: SignedIn,
    state: web::Data<State>,
    Query(filter): Query<DealFilter>,
) -> ApiResult<web::Json<Page<Deal>>> {
    let page = state
        .read_snapshot(move |tx| deals::list(tx, &user.actor, &filter, Utc::now()))
        .await?;
    Ok(web::Json(page))
}

/// Creates a deal
///
/// It starts in the first stage, or in the open stage that the body names.
#[utoipa::path(tag = "Deals", operation_id = "create_deal", request_body = DealDraft,
    responses((status = 201, description = "The new deal", body = Deal)))]
#[post("/deals")]
pub async fn create_deal(
    user: SignedIn,
    state: web::Data<State>,
    Json(draft): Json<DealDraft>,
) -> ApiResult<HttpResponse> {
    let context = context(&user.actor);
    let outcome = state
        .write(move |tx| deals::execute(tx, &context, None, None, &DealCommand::Create(draft)))
        .await?;
    let location = format!("/api/v1/deals/{}", outcome.deal.id);
    Ok(created(outcome.deal.version, location, &outcome.deal))
}

/// Reads a deal
#[utoipa::path(tag = "Deals", operation_id = "get_deal", params(("id" = String, Path, description = "Identifier of the deal")),
    responses((status = 200, description = "The deal", body = Deal)))]
#[get("/deals/{id}")]
pub async fn get_deal(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<DealId>,
) -> ApiResult<HttpResponse> {
    let deal = state
        .read(move |tx| deals::get(tx, &user.actor, &id, Utc::now()))
        .await?;
    Ok(versioned(deal.version, &deal))
}

/// Carries out a command on a deal and answers with the deal.
async fn command(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<DealId>,
    expected: Option<i64>,
    command: DealCommand,
) -> ApiResult<HttpResponse> {
    let context = context(&user.actor);
    let outcome = state
        .write(move |tx| deals::execute(tx, &context, Some(&id), expected, &command))
        .await?;
    Ok(versioned(outcome.deal.version, &outcome.deal))
}

/// Replaces the fields of a deal
///
/// Fields that are absent become empty; the owner stays. The stage is changed by moving or closing.
#[utoipa::path(tag = "Deals", operation_id = "replace_deal", params(("id" = String, Path, description = "Identifier of the deal")),
    request_body = DealDraft, responses((status = 200, description = "The deal", body = Deal)))]
#[put("/deals/{id}")]
pub async fn replace_deal(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<DealId>,
    IfMatch(version): IfMatch,
    Json(draft): Json<DealDraft>,
) -> ApiResult<HttpResponse> {
    command(user, state, id, version, DealCommand::Edit(draft)).await
}

/// Changes some fields of a deal
///
/// The body is a JSON merge patch (RFC 7396) of the form: absent fields stay, `null` empties one.
#[utoipa::path(tag = "Deals", operation_id = "update_deal", params(("id" = String, Path, description = "Identifier of the deal")),
    request_body(content = DealDraft, content_type = "application/merge-patch+json"),
    responses((status = 200, description = "The deal", body = Deal)))]
#[patch("/deals/{id}")]
pub async fn update_deal(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<DealId>,
    IfMatch(version): IfMatch,
    Json(patch): Json<serde_json::Value>,
) -> ApiResult<HttpResponse> {
    let reader = user.actor.clone();
    let wanted = id.clone();
    let current = state
        .read(move |tx| deals::get(tx, &reader, &wanted, Utc::now()))
        .await?;
    let draft = merged(&DealDraft::from(&current), patch)?;
    let version = version.unwrap_or(current.version);
    command(user, state, id, Some(version), DealCommand::Edit(draft)).await
}

/// Puts a deal into the bin
#[utoipa::path(tag = "Deals", operation_id = "delete_deal", params(("id" = String, Path, description = "Identifier of the deal")),
    responses((status = 204, description = "It is in the bin")))]
#[delete("/deals/{id}")]
pub async fn delete_deal(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<DealId>,
    IfMatch(version): IfMatch,
) -> ApiResult<HttpResponse> {
    command(user, state, id, version, DealCommand::Delete).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Takes a deal out of the bin
#[utoipa::path(tag = "Deals", operation_id = "restore_deal", params(("id" = String, Path, description = "Identifier of the deal")),
    responses((status = 200, description = "The deal", body = Deal)))]
#[post("/deals/{id}/restore")]
pub async fn restore_deal(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<DealId>,
    IfMatch(version): IfMatch,
) -> ApiResult<HttpResponse> {
    command(user, state, id, version, DealCommand::Restore).await
}

/// Moves a deal to another stage
///
/// Only stages of the work: a deal is ended by closing it. A move back is recorded as a return.
#[utoipa::path(tag = "Deals", operation_id = "move_deal", params(("id" = String, Path, description = "Identifier of the deal")),
    request_body = MoveDeal, responses((status = 200, description = "The deal", body = Deal)))]
#[post("/deals/{id}/stage")]
pub async fn move_deal(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<DealId>,
    IfMatch(version): IfMatch,
    Json(body): Json<MoveDeal>,
) -> ApiResult<HttpResponse> {
    command(user, state, id, version, DealCommand::Move(body)).await
}

/// Closes a deal
///
/// Won, lost, rejected or rerouted, with the reason. The amount in the base currency is frozen.
#[utoipa::path(tag = "Deals", operation_id = "close_deal", params(("id" = String, Path, description = "Identifier of the deal")),
    request_body = CloseDeal, responses((status = 200, description = "The deal", body = Deal)))]
#[post("/deals/{id}/close")]
pub async fn close_deal(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<DealId>,
    IfMatch(version): IfMatch,
    Json(body): Json<CloseDeal>,
) -> ApiResult<HttpResponse> {
    command(user, state, id, version, DealCommand::Close(body)).await
}

/// Reopens a closed deal
///
/// For heads of its department and administrators, with the reason.
#[utoipa::path(tag = "Deals", operation_id = "reopen_deal", params(("id" = String, Path, description = "Identifier of the deal")),
    request_body = ReopenDeal, responses((status = 200, description = "The deal", body = Deal)))]
#[post("/deals/{id}/reopen")]
pub async fn reopen_deal(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<DealId>,
    IfMatch(version): IfMatch,
    Json(body): Json<ReopenDeal>,
) -> ApiResult<HttpResponse> {
    command(user, state, id, version, DealCommand::Reopen(body)).await
}

/// Lists the history of a deal
///
/// Newest first. Entries are never changed or removed.
#[utoipa::path(tag = "Deals", operation_id = "list_deal_timeline", params(("id" = String, Path, description = "Identifier of the deal"), TimelineFilter),
    responses((status = 200, description = "A page of the history", body = Page<TimelineEntry>)))]
#[get("/deals/{id}/timeline")]
pub async fn list_deal_timeline(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<DealId>,
    Query(filter): Query<TimelineFilter>,
) -> ApiResult<web::Json<Page<TimelineEntry>>> {
    let page = state
        .read(move |tx| {
            let deal = deals::get(tx, &user.actor, &id, Utc::now())?;
            timeline::list(tx, Entity::Deal, deal.id.as_str(), &filter)
        })
        .await?;
    Ok(web::Json(page))
}
