//! Proposals.

pub mod actions;

use actix_web::{HttpResponse, delete, get, patch, post, put, web};
use chrono::Utc;
use etalon_domain::event::{TimelineEntry, TimelineFilter};
use etalon_domain::id::{DealId, ProposalId};
use etalon_domain::page::Page;
use etalon_domain::proposal::{Proposal, ProposalCommand, ProposalDraft};
use etalon_persistence::proposals;
use etalon_persistence::timeline::{self, Entity};

use crate::auth::SignedIn;
use crate::error::ApiResult;
use crate::extract::{IfMatch, Json, Query};
use crate::patch::merged;
use crate::state::{State, context, created, versioned};

/// Lists the proposals of a deal
///
/// All versions of all proposals, the newest first.
#[utoipa::path(tag = "Proposals", operation_id = "list_deal_proposals", params(("id" = String, Path, description = "Identifier of the deal")),
    responses((status = 200, description = "The proposals", body = Page<Proposal>)))]
#[get("/deals/{id}/proposals")]
pub async fn list_deal_proposals(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<DealId>,
) -> ApiResult<web::Json<Page<Proposal>>> {
    let items = state
        .read_snapshot(move |tx| proposals::of_deal(tx, &user.actor, &id, Utc::now()))
        .await?;
    Ok(web::Json(Page {
        items,
        next_cursor: None,
        totals: None,
    }))
}

/// Creates a proposal
///
/// It is addressed to the account and, unless told otherwise, the main contact of the deal, in the
/// currency of its amount; the rate to the base currency is frozen. Amounts are computed by the
/// server.
#[utoipa::path(tag = "Proposals", operation_id = "create_deal_proposal", params(("id" = String, Path, description = "Identifier of the deal")),
    request_body = ProposalDraft, responses((status = 201, description = "The new proposal", body = Proposal)))]
#[post("/deals/{id}/proposals")]
pub async fn create_deal_proposal(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<DealId>,
    Json(draft): Json<ProposalDraft>,
) -> ApiResult<HttpResponse> {
    let context = context(&user.actor);
    let proposal = state
        .write(move |tx| proposals::create(tx, &context, &id, draft))
        .await?;
    let location = format!("/api/v1/proposals/{}", proposal.id);
    Ok(created(proposal.version, location, &proposal))
}

/// Reads a version of a proposal
#[utoipa::path(tag = "Proposals", operation_id = "get_proposal", params(("id" = String, Path, description = "Identifier of the version")),
    responses((status = 200, description = "The version", body = Proposal)))]
#[get("/proposals/{id}")]
pub async fn get_proposal(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ProposalId>,
) -> ApiResult<HttpResponse> {
    let proposal = state
        .read_snapshot(move |tx| proposals::get(tx, &user.actor, &id, Utc::now()))
        .await?;
    Ok(versioned(proposal.version, &proposal))
}

/// Carries out a command on a version and answers with it.
async fn command(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ProposalId>,
    expected: Option<i64>,
    command: ProposalCommand,
) -> ApiResult<HttpResponse> {
    let context = context(&user.actor);
    let proposal = state
        .write(move |tx| proposals::execute(tx, &context, &id, expected, &command))
        .await?;
    Ok(versioned(proposal.version, &proposal))
}

/// Replaces the fields of a version that was not sent yet
///
/// Fields that are absent become empty; the currency stays. A visa that was given or asked for
/// becomes void, and the version is a draft again.
#[utoipa::path(tag = "Proposals", operation_id = "replace_proposal", params(("id" = String, Path, description = "Identifier of the version")),
    request_body = ProposalDraft, responses((status = 200, description = "The version", body = Proposal)))]
#[put("/proposals/{id}")]
pub async fn replace_proposal(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ProposalId>,
    IfMatch(version): IfMatch,
    Json(draft): Json<ProposalDraft>,
) -> ApiResult<HttpResponse> {
    command(user, state, id, version, ProposalCommand::Edit(draft)).await
}

/// Changes some fields of a version that was not sent yet
///
/// The body is a JSON merge patch (RFC 7396) of the form: absent fields stay, `null` empties one,
/// `lines` replaces all lines.
#[utoipa::path(tag = "Proposals", operation_id = "update_proposal", params(("id" = String, Path, description = "Identifier of the version")),
    request_body(content = ProposalDraft, content_type = "application/merge-patch+json"),
    responses((status = 200, description = "The version", body = Proposal)))]
#[patch("/proposals/{id}")]
pub async fn update_proposal(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ProposalId>,
    IfMatch(version): IfMatch,
    Json(patch): Json<serde_json::Value>,
) -> ApiResult<HttpResponse> {
    let reader = user.actor.clone();
    let wanted = id.clone();
    let current = state
        .read_snapshot(move |tx| proposals::get(tx, &reader, &wanted, Utc::now()))
        .await?;
    let draft = merged(&ProposalDraft::from(&current), patch)?;
    let version = version.unwrap_or(current.version);
    command(user, state, id, Some(version), ProposalCommand::Edit(draft)).await
}

/// Removes a draft
#[utoipa::path(tag = "Proposals", operation_id = "delete_proposal", params(("id" = String, Path, description = "Identifier of the version")),
    responses((status = 204, description = "It is gone")))]
#[delete("/proposals/{id}")]
pub async fn delete_proposal(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ProposalId>,
    IfMatch(version): IfMatch,
) -> ApiResult<HttpResponse> {
    command(user, state, id, version, ProposalCommand::Delete).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Brings a removed draft back
#[utoipa::path(tag = "Proposals", operation_id = "restore_proposal", params(("id" = String, Path, description = "Identifier of the version")),
    responses((status = 200, description = "The version", body = Proposal)))]
#[post("/proposals/{id}/restore")]
pub async fn restore_proposal(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ProposalId>,
    IfMatch(version): IfMatch,
) -> ApiResult<HttpResponse> {
    command(user, state, id, version, ProposalCommand::Restore).await
}

/// Lists the history of a version of a proposal
///
/// Newest first. Entries are never changed or removed.
#[utoipa::path(tag = "Proposals", operation_id = "list_proposal_timeline", params(("id" = String, Path, description = "Identifier of the version"), TimelineFilter),
    responses((status = 200, description = "A page of the history", body = Page<TimelineEntry>)))]
#[get("/proposals/{id}/timeline")]
pub async fn list_proposal_timeline(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ProposalId>,
    Query(filter): Query<TimelineFilter>,
) -> ApiResult<web::Json<Page<TimelineEntry>>> {
    let page = state
        .read(move |tx| {
            let proposal = proposals::get(tx, &user.actor, &id, Utc::now())?;
            timeline::list(tx, Entity::Proposal, proposal.id.as_str(), &filter)
        })
        .await?;
    Ok(web::Json(page))
}
