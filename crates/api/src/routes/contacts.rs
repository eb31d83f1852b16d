//! Contacts.

use actix_web::{HttpResponse, delete, get, patch, post, put, web};
use etalon_domain::contact::{Contact, ContactDraft, ContactFilter};
use etalon_domain::event::{TimelineEntry, TimelineFilter};
use etalon_domain::id::ContactId;
use etalon_domain::page::Page;
use etalon_domain::record::RecordCommand;
use etalon_persistence::contacts;
use etalon_persistence::timeline::{self, Entity};

use crate::auth::SignedIn;
use crate::error::ApiResult;
use crate::extract::{IfMatch, Json, Query};
use crate::patch::merged;
use crate::state::{State, context, created, versioned};

/// Lists contacts
///
/// The contacts that the filters select; everybody who signs in sees all of them.
#[utoipa::path(tag = "Contacts", operation_id = "list_contacts", params(ContactFilter),
    responses((status = 200, description = "A page of contacts", body = Page<Contact>)))]
#[get("/contacts")]
pub async fn list_contacts(
    _user: SignedIn,
    state: web::Data<State>,
    Query(filter): Query<ContactFilter>,
) -> ApiResult<web::Json<Page<Contact>>> {
    let page = state
        .read_snapshot(move |tx| contacts::list(tx, &filter))
        .await?;
    Ok(web::Json(page))
}

/// Creates a contact
#[utoipa::path(tag = "Contacts", operation_id = "create_contact", request_body = ContactDraft,
    responses((status = 201, description = "The new contact", body = Contact)))]
#[post("/contacts")]
pub async fn create_contact(
    user: SignedIn,
    state: web::Data<State>,
    Json(draft): Json<ContactDraft>,
) -> ApiResult<HttpResponse> {
    let context = context(&user.actor);
    let record = state
        .write(move |tx| contacts::execute(tx, &context, None, None, &RecordCommand::create(draft)))
        .await?;
    let location = format!("/api/v1/contacts/{}", record.id);
    Ok(created(record.version, location, &record))
}

/// Reads a contact
#[utoipa::path(tag = "Contacts", operation_id = "get_contact", params(("id" = String, Path, description = "Identifier of the contact")),
    responses((status = 200, description = "The contact", body = Contact)))]
#[get("/contacts/{id}")]
pub async fn get_contact(
    _user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ContactId>,
) -> ApiResult<HttpResponse> {
    let record = state.read(move |tx| contacts::get(tx, &id)).await?;
    Ok(versioned(record.version, &record))
}

async fn command(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ContactId>,
    expected: Option<i64>,
    command: RecordCommand<ContactDraft>,
) -> ApiResult<HttpResponse> {
    let context = context(&user.actor);
    let record = state
        .write(move |tx| contacts::execute(tx, &context, Some(&id), expected, &command))
        .await?;
    Ok(versioned(record.version, &record))
}

/// Replaces the fields of a contact
///
/// Fields that are absent become empty.
#[utoipa::path(tag = "Contacts", operation_id = "replace_contact", params(("id" = String, Path, description = "Identifier of the contact")),
    request_body = ContactDraft, responses((status = 200, description = "The contact", body = Contact)))]
#[put("/contacts/{id}")]
pub async fn replace_contact(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ContactId>,
    IfMatch(version): IfMatch,
    Json(draft): Json<ContactDraft>,
) -> ApiResult<HttpResponse> {
    command(user, state, id, version, RecordCommand::Edit(draft)).await
}

/// Changes some fields of a contact
///
/// The body is a JSON merge patch (RFC 7396) of the form: absent fields stay, `null` empties one.
#[utoipa::path(tag = "Contacts", operation_id = "update_contact", params(("id" = String, Path, description = "Identifier of the contact")),
    request_body(content = ContactDraft, content_type = "application/merge-patch+json"),
    responses((status = 200, description = "The contact", body = Contact)))]
#[patch("/contacts/{id}")]
pub async fn update_contact(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ContactId>,
    IfMatch(version): IfMatch,
    Json(patch): Json<serde_json::Value>,
) -> ApiResult<HttpResponse> {
    let wanted = id.clone();
    let current = state.read(move |tx| contacts::get(tx, &wanted)).await?;
    let draft = merged(&ContactDraft::from(&current), patch)?;
    let version = version.unwrap_or(current.version);
    command(user, state, id, Some(version), RecordCommand::Edit(draft)).await
}

/// Puts a contact into the bin
#[utoipa::path(tag = "Contacts", operation_id = "delete_contact", params(("id" = String, Path, description = "Identifier of the contact")),
    responses((status = 204, description = "It is in the bin")))]
#[delete("/contacts/{id}")]
pub async fn delete_contact(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ContactId>,
    IfMatch(version): IfMatch,
) -> ApiResult<HttpResponse> {
    command(user, state, id, version, RecordCommand::Delete).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Takes a contact out of the bin
#[utoipa::path(tag = "Contacts", operation_id = "restore_contact", params(("id" = String, Path, description = "Identifier of the contact")),
    responses((status = 200, description = "The contact", body = Contact)))]
#[post("/contacts/{id}/restore")]
pub async fn restore_contact(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ContactId>,
    IfMatch(version): IfMatch,
) -> ApiResult<HttpResponse> {
    command(user, state, id, version, RecordCommand::Restore).await
}

/// Lists the history of a contact
///
/// Newest first. Entries are never changed or removed.
#[utoipa::path(tag = "Contacts", operation_id = "list_contact_timeline", params(("id" = String, Path, description = "Identifier of the contact"), TimelineFilter),
    responses((status = 200, description = "A page of the history", body = Page<TimelineEntry>)))]
#[get("/contacts/{id}/timeline")]
pub async fn list_contact_timeline(
    _user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ContactId>,
    Query(filter): Query<TimelineFilter>,
) -> ApiResult<web::Json<Page<TimelineEntry>>> {
    let page = state
        .read(move |tx| {
            let record = contacts::get(tx, &id)?;
            timeline::list(tx, Entity::Contact, record.id.as_str(), &filter)
        })
        .await?;
    Ok(web::Json(page))
}
