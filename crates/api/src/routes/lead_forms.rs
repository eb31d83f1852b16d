//! Forms on other sites, for administrators.

use actix_web::{HttpResponse, get, patch, post, put, web};
use etalon_domain::id::LeadFormId;
use etalon_domain::lead_form::{LeadForm, LeadFormDraft};
use etalon_domain::page::Page;
use etalon_domain::record::RecordCommand;
use etalon_persistence::lead_forms;

use crate::auth::SignedIn;
use crate::error::ApiResult;
use crate::extract::{IfMatch, Json};
use crate::patch::merged;
use crate::state::{State, context, created, versioned};

/// Lists web forms
///
/// All of them, by name. Only administrators see them.
#[utoipa::path(tag = "Web forms", operation_id = "list_lead_forms",
    responses((status = 200, description = "The forms", body = Page<LeadForm>)))]
#[get("/lead-forms")]
pub async fn list_lead_forms(
    user: SignedIn,
    state: web::Data<State>,
) -> ApiResult<web::Json<Page<LeadForm>>> {
    let items = state
        .read_snapshot(move |tx| lead_forms::list(tx, &user.actor))
        .await?;
    Ok(web::Json(Page {
        items,
        next_cursor: None,
        totals: None,
    }))
}

/// Creates a web form
#[utoipa::path(tag = "Web forms", operation_id = "create_lead_form", request_body = LeadFormDraft,
    responses((status = 201, description = "The new form", body = LeadForm)))]
#[post("/lead-forms")]
pub async fn create_lead_form(
    user: SignedIn,
    state: web::Data<State>,
    Json(draft): Json<LeadFormDraft>,
) -> ApiResult<HttpResponse> {
    let context = context(&user.actor);
    let record = state
        .write(move |tx| {
            lead_forms::execute(tx, &context, None, None, &RecordCommand::create(draft))
        })
        .await?;
    let location = format!("/api/v1/lead-forms/{}", record.id);
    Ok(created(record.version, location, &record))
}

/// Reads a web form
#[utoipa::path(tag = "Web forms", operation_id = "get_lead_form", params(("id" = String, Path, description = "Identifier of the form")),
    responses((status = 200, description = "The form", body = LeadForm)))]
#[get("/lead-forms/{id}")]
pub async fn get_lead_form(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<LeadFormId>,
) -> ApiResult<HttpResponse> {
    let record = state
        .read(move |tx| lead_forms::get(tx, &user.actor, &id))
        .await?;
    Ok(versioned(record.version, &record))
}

async fn command(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<LeadFormId>,
    expected: Option<i64>,
    command: RecordCommand<LeadFormDraft>,
) -> ApiResult<HttpResponse> {
    let context = context(&user.actor);
    let record = state
        .write(move |tx| lead_forms::execute(tx, &context, Some(&id), expected, &command))
        .await?;
    Ok(versioned(record.version, &record))
}

/// Replaces the fields of a web form
///
/// Fields that are absent become empty; the owner and the key stay.
#[utoipa::path(tag = "Web forms", operation_id = "replace_lead_form", params(("id" = String, Path, description = "Identifier of the form")),
    request_body = LeadFormDraft, responses((status = 200, description = "The form", body = LeadForm)))]
#[put("/lead-forms/{id}")]
pub async fn replace_lead_form(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<LeadFormId>,
    IfMatch(version): IfMatch,
    Json(draft): Json<LeadFormDraft>,
) -> ApiResult<HttpResponse> {
    command(user, state, id, version, RecordCommand::Edit(draft)).await
}

/// Changes some fields of a web form
///
/// The body is a JSON merge patch (RFC 7396) of the form: absent fields stay, `null` empties one.
#[utoipa::path(tag = "Web forms", operation_id = "update_lead_form", params(("id" = String, Path, description = "Identifier of the form")),
    request_body(content = LeadFormDraft, content_type = "application/merge-patch+json"),
    responses((status = 200, description = "The form", body = LeadForm)))]
#[patch("/lead-forms/{id}")]
pub async fn update_lead_form(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<LeadFormId>,
    IfMatch(version): IfMatch,
    Json(patch): Json<serde_json::Value>,
) -> ApiResult<HttpResponse> {
    let wanted = id.clone();
    let reader = user.actor.clone();
    let current = state
        .read(move |tx| lead_forms::get(tx, &reader, &wanted))
        .await?;
    let draft = merged(&LeadFormDraft::from(&current), patch)?;
    let version = version.unwrap_or(current.version);
    command(user, state, id, Some(version), RecordCommand::Edit(draft)).await
}

/// Renews the key of a web form
///
/// What is sent with the key before is answered with 404 from then on.
#[utoipa::path(tag = "Web forms", operation_id = "renew_lead_form_key", params(("id" = String, Path, description = "Identifier of the form")),
    responses((status = 200, description = "The form with its new key", body = LeadForm)))]
#[post("/lead-forms/{id}/key")]
pub async fn renew_lead_form_key(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<LeadFormId>,
    IfMatch(version): IfMatch,
) -> ApiResult<HttpResponse> {
    let context = context(&user.actor);
    let record = state
        .write(move |tx| lead_forms::renew_key(tx, &context, &id, version))
        .await?;
    Ok(versioned(record.version, &record))
}
