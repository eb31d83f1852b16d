//! Leads.

use actix_web::{HttpResponse, delete, get, patch, post, put, web};
use etalon_domain::deal::Deal;
use etalon_domain::event::{TimelineEntry, TimelineFilter};
use etalon_domain::id::LeadId;
use etalon_domain::lead::{
    AuthorityInput, BantChange, BudgetInput, ConvertLead, DisqualifyLead, Lead, LeadCommand,
    LeadDraft, LeadDuplicates, LeadFilter, NeedInput, NurtureLead, ReopenLead, TimingInput,
};
use etalon_domain::page::Page;
use etalon_persistence::leads;
use etalon_persistence::timeline::{self, Entity};

use crate::auth::SignedIn;
use crate::error::ApiResult;
use crate::extract::{IfMatch, Json, Query};
use crate::patch::merged;
use crate::state::{State, context, created, versioned};

/// Lists leads
///
/// The leads that you may see and the filters select; with `totals=true` also how many there are in
/// all.
#[utoipa::path(tag = "Leads", operation_id = "list_leads", params(LeadFilter),
    responses((status = 200, description = "A page of leads", body = Page<Lead>)))]
#[get("/leads")]
pub async fn list_leads(
    user: SignedIn,
    state: web::Data<State>,
    Query(filter): Query<LeadFilter>,
) -> ApiResult<web::Json<Page<Lead>>> {
    let page = state
        .read_snapshot(move |tx| leads::list(tx, &user.actor, &filter))
        .await?;
    Ok(web::Json(page))
}

/// Creates a lead
#[utoipa::path(tag = "Leads", operation_id = "create_lead", request_body = LeadDraft,
    responses((status = 201, description = "The new lead", body = Lead)))]
#[post("/leads")]
pub async fn create_lead(
    user: SignedIn,
    state: web::Data<State>,
    Json(draft): Json<LeadDraft>,
) -> ApiResult<HttpResponse> {
    let context = context(&user.actor);
    let command = LeadCommand::Create {
        draft,
        origin: None,
    };
    let lead = state
        .write(move |tx| leads::execute(tx, &context, None, None, &command))
        .await?;
    let location = format!("/api/v1/leads/{}", lead.id);
    Ok(created(lead.version, location, &lead))
}

/// Reads a lead
#[utoipa::path(tag = "Leads", operation_id = "get_lead", params(("id" = String, Path, description = "Identifier of the lead")),
    responses((status = 200, description = "The lead", body = Lead)))]
#[get("/leads/{id}")]
pub async fn get_lead(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<LeadId>,
) -> ApiResult<HttpResponse> {
    let lead = state
        .read(move |tx| leads::get(tx, &user.actor, &id))
        .await?;
    Ok(versioned(lead.version, &lead))
}

/// Carries out a command on a lead and answers with the lead.
async fn command(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<LeadId>,
    expected: Option<i64>,
    command: LeadCommand,
) -> ApiResult<HttpResponse> {
    let context = context(&user.actor);
    let lead = state
        .write(move |tx| leads::execute(tx, &context, Some(&id), expected, &command))
        .await?;
    Ok(versioned(lead.version, &lead))
}

/// Replaces the fields of a lead
///
/// Fields that are absent become empty; the owner stays. The answers to the four questions are set
/// one by one.
#[utoipa::path(tag = "Leads", operation_id = "replace_lead", params(("id" = String, Path, description = "Identifier of the lead")),
    request_body = LeadDraft, responses((status = 200, description = "The lead", body = Lead)))]
#[put("/leads/{id}")]
pub async fn replace_lead(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<LeadId>,
    IfMatch(version): IfMatch,
    Json(draft): Json<LeadDraft>,
) -> ApiResult<HttpResponse> {
    command(user, state, id, version, LeadCommand::Edit(draft)).await
}

/// Changes some fields of a lead
///
/// The body is a JSON merge patch (RFC 7396) of the form: absent fields stay, `null` empties one.
#[utoipa::path(tag = "Leads", operation_id = "update_lead", params(("id" = String, Path, description = "Identifier of the lead")),
    request_body(content = LeadDraft, content_type = "application/merge-patch+json"),
    responses((status = 200, description = "The lead", body = Lead)))]
#[patch("/leads/{id}")]
pub async fn update_lead(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<LeadId>,
    IfMatch(version): IfMatch,
    Json(patch): Json<serde_json::Value>,
) -> ApiResult<HttpResponse> {
    let reader = user.actor.clone();
    let wanted = id.clone();
    let current = state
        .read(move |tx| leads::get(tx, &reader, &wanted))
        .await?;
    let draft = merged(&LeadDraft::from(&current), patch)?;
    let version = version.unwrap_or(current.version);
    command(user, state, id, Some(version), LeadCommand::Edit(draft)).await
}

/// Puts a lead into the bin
#[utoipa::path(tag = "Leads", operation_id = "delete_lead", params(("id" = String, Path, description = "Identifier of the lead")),
    responses((status = 204, description = "It is in the bin")))]
#[delete("/leads/{id}")]
pub async fn delete_lead(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<LeadId>,
    IfMatch(version): IfMatch,
) -> ApiResult<HttpResponse> {
    command(user, state, id, version, LeadCommand::Delete).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Takes a lead out of the bin
#[utoipa::path(tag = "Leads", operation_id = "restore_lead", params(("id" = String, Path, description = "Identifier of the lead")),
    responses((status = 200, description = "The lead", body = Lead)))]
#[post("/leads/{id}/restore")]
pub async fn restore_lead(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<LeadId>,
    IfMatch(version): IfMatch,
) -> ApiResult<HttpResponse> {
    command(user, state, id, version, LeadCommand::Restore).await
}

/// Sets what is known of the budget
///
/// `unknown` forgets the value; `claimed` and `confirmed` need one.
#[utoipa::path(tag = "Leads", operation_id = "set_lead_budget", params(("id" = String, Path, description = "Identifier of the lead")),
    request_body = BudgetInput,
    responses((status = 200, description = "The lead", body = Lead)))]
#[put("/leads/{id}/bant/budget")]
pub async fn set_lead_budget(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<LeadId>,
    IfMatch(version): IfMatch,
    Json(input): Json<BudgetInput>,
) -> ApiResult<HttpResponse> {
    let change = BantChange::Budget(input);
    command(user, state, id, version, LeadCommand::Answer(change)).await
}

/// Sets who decides
///
/// `claimed` and `confirmed` need at least one person with a role in the decision.
#[utoipa::path(tag = "Leads", operation_id = "set_lead_authority", params(("id" = String, Path, description = "Identifier of the lead")),
    request_body = AuthorityInput,
    responses((status = 200, description = "The lead", body = Lead)))]
#[put("/leads/{id}/bant/authority")]
pub async fn set_lead_authority(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<LeadId>,
    IfMatch(version): IfMatch,
    Json(input): Json<AuthorityInput>,
) -> ApiResult<HttpResponse> {
    let change = BantChange::Authority(input);
    command(user, state, id, version, LeadCommand::Answer(change)).await
}

/// Sets what they need
#[utoipa::path(tag = "Leads", operation_id = "set_lead_need", params(("id" = String, Path, description = "Identifier of the lead")),
    request_body = NeedInput,
    responses((status = 200, description = "The lead", body = Lead)))]
#[put("/leads/{id}/bant/need")]
pub async fn set_lead_need(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<LeadId>,
    IfMatch(version): IfMatch,
    Json(input): Json<NeedInput>,
) -> ApiResult<HttpResponse> {
    let change = BantChange::Need(input);
    command(user, state, id, version, LeadCommand::Answer(change)).await
}

/// Sets when they decide
#[utoipa::path(tag = "Leads", operation_id = "set_lead_timing", params(("id" = String, Path, description = "Identifier of the lead")),
    request_body = TimingInput,
    responses((status = 200, description = "The lead", body = Lead)))]
#[put("/leads/{id}/bant/timing")]
pub async fn set_lead_timing(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<LeadId>,
    IfMatch(version): IfMatch,
    Json(input): Json<TimingInput>,
) -> ApiResult<HttpResponse> {
    let change = BantChange::Timing(input);
    command(user, state, id, version, LeadCommand::Answer(change)).await
}

/// Sets a lead aside until a day
#[utoipa::path(tag = "Leads", operation_id = "nurture_lead", params(("id" = String, Path, description = "Identifier of the lead")),
    request_body = NurtureLead, responses((status = 200, description = "The lead", body = Lead)))]
#[post("/leads/{id}/nurture")]
pub async fn nurture_lead(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<LeadId>,
    IfMatch(version): IfMatch,
    Json(body): Json<NurtureLead>,
) -> ApiResult<HttpResponse> {
    command(user, state, id, version, LeadCommand::Nurture(body)).await
}

/// Disqualifies a lead
#[utoipa::path(tag = "Leads", operation_id = "disqualify_lead", params(("id" = String, Path, description = "Identifier of the lead")),
    request_body = DisqualifyLead, responses((status = 200, description = "The lead", body = Lead)))]
#[post("/leads/{id}/disqualify")]
pub async fn disqualify_lead(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<LeadId>,
    IfMatch(version): IfMatch,
    Json(body): Json<DisqualifyLead>,
) -> ApiResult<HttpResponse> {
    command(user, state, id, version, LeadCommand::Disqualify(body)).await
}

/// Takes up a lead again that was set aside or disqualified
#[utoipa::path(tag = "Leads", operation_id = "reopen_lead", params(("id" = String, Path, description = "Identifier of the lead")),
    request_body = ReopenLead, responses((status = 200, description = "The lead", body = Lead)))]
#[post("/leads/{id}/reopen")]
pub async fn reopen_lead(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<LeadId>,
    IfMatch(version): IfMatch,
    Json(body): Json<ReopenLead>,
) -> ApiResult<HttpResponse> {
    command(user, state, id, version, LeadCommand::Reopen(body)).await
}

/// Makes a deal of a lead
///
/// With the account and contact that the body names, else the lead's, else new ones. Refused with
/// `bant_incomplete` while an answer is unknown, unless a head or administrator gives a reason.
#[utoipa::path(tag = "Leads", operation_id = "convert_lead", params(("id" = String, Path, description = "Identifier of the lead")),
    request_body = ConvertLead, responses((status = 201, description = "The new deal", body = Deal)))]
#[post("/leads/{id}/convert")]
pub async fn convert_lead(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<LeadId>,
    IfMatch(version): IfMatch,
    Json(body): Json<ConvertLead>,
) -> ApiResult<HttpResponse> {
    let context = context(&user.actor);
    let (_, deal) = state
        .write(move |tx| leads::convert(tx, &context, &id, version, &body))
        .await?;
    let location = format!("/api/v1/deals/{}", deal.id);
    Ok(created(deal.version, location, &deal))
}

/// Lists what a lead may be about
///
/// Accounts and contacts with the same name, tax number, e-mail address, e-mail domain or phone,
/// however they are written, to be chosen from before new ones are made.
#[utoipa::path(tag = "Leads", operation_id = "list_lead_duplicates", params(("id" = String, Path, description = "Identifier of the lead")),
    responses((status = 200, description = "Resembling records", body = LeadDuplicates)))]
#[get("/leads/{id}/duplicates")]
pub async fn list_lead_duplicates(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<LeadId>,
) -> ApiResult<web::Json<LeadDuplicates>> {
    let found = state
        .read(move |tx| leads::duplicates(tx, &user.actor, &id))
        .await?;
    Ok(web::Json(found))
}

/// Lists the history of a lead
///
/// Newest first. Entries are never changed or removed.
#[utoipa::path(tag = "Leads", operation_id = "list_lead_timeline", params(("id" = String, Path, description = "Identifier of the lead"), TimelineFilter),
    responses((status = 200, description = "A page of the history", body = Page<TimelineEntry>)))]
#[get("/leads/{id}/timeline")]
pub async fn list_lead_timeline(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<LeadId>,
    Query(filter): Query<TimelineFilter>,
) -> ApiResult<web::Json<Page<TimelineEntry>>> {
    let page = state
        .read(move |tx| {
            let lead = leads::get(tx, &user.actor, &id)?;
            timeline::list(tx, Entity::Lead, lead.id.as_str(), &filter)
        })
        .await?;
    Ok(web::Json(page))
}
