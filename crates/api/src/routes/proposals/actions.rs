//! What happens to a proposal on its way to the customer.

use actix_web::{HttpResponse, post, web};
use etalon_domain::id::ProposalId;
use etalon_domain::proposal::{
    AcceptProposal, DeclineProposal, Proposal, ProposalCommand, SendProposal,
};
use etalon_domain::visa::{VisaComment, VisaDecision};
use etalon_persistence::proposals;

use super::command;
use crate::auth::SignedIn;
use crate::error::ApiResult;
use crate::extract::{IfMatch, Json};
use crate::state::{State, context, created};

/// Asks for the visa of a version
///
/// It waits for the nearest head above the deal's department who does not own the deal.
#[utoipa::path(tag = "Proposals", operation_id = "submit_proposal", params(("id" = String, Path, description = "Identifier of the version")),
    request_body = VisaComment, responses((status = 200, description = "The version", body = Proposal)))]
#[post("/proposals/{id}/submit")]
pub async fn submit_proposal(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ProposalId>,
    IfMatch(version): IfMatch,
    Json(body): Json<VisaComment>,
) -> ApiResult<HttpResponse> {
    command(user, state, id, version, ProposalCommand::Submit(body)).await
}

/// Takes a version back before its visa is decided
#[utoipa::path(tag = "Proposals", operation_id = "recall_proposal", params(("id" = String, Path, description = "Identifier of the version")),
    responses((status = 200, description = "The version", body = Proposal)))]
#[post("/proposals/{id}/recall")]
pub async fn recall_proposal(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ProposalId>,
    IfMatch(version): IfMatch,
) -> ApiResult<HttpResponse> {
    command(user, state, id, version, ProposalCommand::Recall).await
}

/// Approves a version as it is now
///
/// Heads who lead the department of the deal and do not own it, and administrators.
#[utoipa::path(tag = "Proposals", operation_id = "approve_proposal", params(("id" = String, Path, description = "Identifier of the version")),
    request_body = VisaComment, responses((status = 200, description = "The version", body = Proposal)))]
#[post("/proposals/{id}/approve")]
pub async fn approve_proposal(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ProposalId>,
    IfMatch(version): IfMatch,
    Json(body): Json<VisaComment>,
) -> ApiResult<HttpResponse> {
    let decide = ProposalCommand::Decide(VisaDecision::Approved, body);
    command(user, state, id, version, decide).await
}

/// Refuses to approve a version
///
/// The comment says what is to be changed.
#[utoipa::path(tag = "Proposals", operation_id = "reject_proposal", params(("id" = String, Path, description = "Identifier of the version")),
    request_body = VisaComment, responses((status = 200, description = "The version", body = Proposal)))]
#[post("/proposals/{id}/reject")]
pub async fn reject_proposal(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ProposalId>,
    IfMatch(version): IfMatch,
    Json(body): Json<VisaComment>,
) -> ApiResult<HttpResponse> {
    let decide = ProposalCommand::Decide(VisaDecision::Rejected, body);
    command(user, state, id, version, decide).await
}

/// Marks an approved version as sent
///
/// From then on it is never changed; an earlier version that the customer has is superseded.
#[utoipa::path(tag = "Proposals", operation_id = "send_proposal", params(("id" = String, Path, description = "Identifier of the version")),
    request_body = SendProposal, responses((status = 200, description = "The version", body = Proposal)))]
#[post("/proposals/{id}/send")]
pub async fn send_proposal(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ProposalId>,
    IfMatch(version): IfMatch,
    Json(body): Json<SendProposal>,
) -> ApiResult<HttpResponse> {
    command(user, state, id, version, ProposalCommand::Send(body)).await
}

/// Marks a sent version as accepted by the customer
#[utoipa::path(tag = "Proposals", operation_id = "accept_proposal", params(("id" = String, Path, description = "Identifier of the version")),
    request_body = AcceptProposal, responses((status = 200, description = "The version", body = Proposal)))]
#[post("/proposals/{id}/accept")]
pub async fn accept_proposal(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ProposalId>,
    IfMatch(version): IfMatch,
    Json(body): Json<AcceptProposal>,
) -> ApiResult<HttpResponse> {
    command(user, state, id, version, ProposalCommand::Accept(body)).await
}

/// Marks a sent version as declined by the customer
#[utoipa::path(tag = "Proposals", operation_id = "decline_proposal", params(("id" = String, Path, description = "Identifier of the version")),
    request_body = DeclineProposal, responses((status = 200, description = "The version", body = Proposal)))]
#[post("/proposals/{id}/decline")]
pub async fn decline_proposal(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ProposalId>,
    IfMatch(version): IfMatch,
    Json(body): Json<DeclineProposal>,
) -> ApiResult<HttpResponse> {
    command(user, state, id, version, ProposalCommand::Decline(body)).await
}

/// Makes the next version of a sent proposal
///
/// The same offer as a draft, at the rate of today. The sent version stays as it is until the new one
/// is sent.
#[utoipa::path(tag = "Proposals", operation_id = "revise_proposal", params(("id" = String, Path, description = "Identifier of the last version")),
    responses((status = 201, description = "The new version", body = Proposal)))]
#[post("/proposals/{id}/revise")]
pub async fn revise_proposal(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ProposalId>,
    IfMatch(version): IfMatch,
) -> ApiResult<HttpResponse> {
    let context = context(&user.actor);
    let revise = ProposalCommand::Revise;
    let proposal = state
        .write(move |tx| proposals::execute(tx, &context, &id, version, &revise))
        .await?;
    let location = format!("/api/v1/proposals/{}", proposal.id);
    Ok(created(proposal.version, location, &proposal))
}
