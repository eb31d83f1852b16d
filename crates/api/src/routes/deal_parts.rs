//! What hangs on a deal: its team, key contacts, competitors and concessions.

use actix_web::{HttpResponse, delete, get, post, put, web};
use chrono::Utc;
use etalon_domain::competitor::{Concession, ConcessionDraft, DealCompetitor, DealCompetitorDraft};
use etalon_domain::id::{ContactId, DealId, UserId};
use etalon_domain::key_contact::{KeyContact, KeyContactDraft, KeyContacts};
use etalon_domain::page::Page;
use etalon_domain::team::{TeamMember, TeamMemberDraft};
use etalon_persistence::deals::parts::{competitors, concessions, key_contacts, team};

use crate::auth::SignedIn;
use crate::error::ApiResult;
use crate::extract::{IfMatch, Json};
use crate::state::{State, context, created, versioned};

fn all<T>(items: Vec<T>) -> web::Json<Page<T>> {
    web::Json(Page {
        items,
        next_cursor: None,
        totals: None,
    })
}

/// Lists the team of a deal
#[utoipa::path(tag = "Deals", operation_id = "list_deal_team", params(("id" = String, Path, description = "Identifier of the deal")),
    responses((status = 200, description = "The team", body = Page<TeamMember>)))]
#[get("/deals/{id}/team")]
pub async fn list_deal_team(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<DealId>,
) -> ApiResult<web::Json<Page<TeamMember>>> {
    let items = state
        .read(move |tx| team::list(tx, &user.actor, &id, Utc::now()))
        .await?;
    Ok(all(items))
}

/// Adds a person to the team of a deal
///
/// The team may see the deal, and change it but for observers. For a person on the team the role is
/// changed.
#[utoipa::path(tag = "Deals", operation_id = "add_team_member", params(("id" = String, Path, description = "Identifier of the deal")),
    request_body = TeamMemberDraft,
    responses((status = 200, description = "The person on the team", body = TeamMember)))]
#[post("/deals/{id}/team")]
pub async fn add_team_member(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<DealId>,
    Json(draft): Json<TeamMemberDraft>,
) -> ApiResult<web::Json<TeamMember>> {
    let context = context(&user.actor);
    let member = state
        .write(move |tx| team::put(tx, &context, &id, &draft))
        .await?;
    Ok(web::Json(member))
}

/// Takes a person off the team of a deal
#[utoipa::path(tag = "Deals", operation_id = "remove_team_member", params(
        ("id" = String, Path, description = "Identifier of the deal"),
        ("user_id" = String, Path, description = "The person")),
    responses((status = 204, description = "The person is off the team")))]
#[delete("/deals/{id}/team/{user_id}")]
pub async fn remove_team_member(
    user: SignedIn,
    state: web::Data<State>,
    path: web::Path<(DealId, UserId)>,
) -> ApiResult<HttpResponse> {
    let context = context(&user.actor);
    let (id, person) = path.into_inner();
    state
        .write(move |tx| team::remove(tx, &context, &id, &person))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Lists the key contacts of a deal
///
/// The main contact first; with support and coverage.
#[utoipa::path(tag = "Deals", operation_id = "list_key_contacts", params(("id" = String, Path, description = "Identifier of the deal")),
    responses((status = 200, description = "The key contacts", body = KeyContacts)))]
#[get("/deals/{id}/contacts")]
pub async fn list_key_contacts(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<DealId>,
) -> ApiResult<web::Json<KeyContacts>> {
    let contacts = state
        .read_snapshot(move |tx| key_contacts::list(tx, &user.actor, &id, Utc::now()))
        .await?;
    Ok(web::Json(contacts))
}

/// Adds a key contact to a deal
#[utoipa::path(tag = "Deals", operation_id = "add_key_contact", params(("id" = String, Path, description = "Identifier of the deal")),
    request_body = KeyContactDraft,
    responses((status = 201, description = "The key contact", body = KeyContact)))]
#[post("/deals/{id}/contacts")]
pub async fn add_key_contact(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<DealId>,
    Json(draft): Json<KeyContactDraft>,
) -> ApiResult<HttpResponse> {
    let context = context(&user.actor);
    let base = format!("/api/v1/deals/{id}/contacts");
    let contact = state
        .write(move |tx| key_contacts::add(tx, &context, &id, &draft))
        .await?;
    let location = format!("{base}/{}", contact.contact_id);
    Ok(created(contact.version, location, &contact))
}

/// Changes a key contact of a deal
#[utoipa::path(tag = "Deals", operation_id = "replace_key_contact", params(
        ("id" = String, Path, description = "Identifier of the deal"),
        ("contact_id" = String, Path, description = "The contact")),
    request_body = KeyContactDraft,
    responses((status = 200, description = "The key contact", body = KeyContact)))]
#[put("/deals/{id}/contacts/{contact_id}")]
pub async fn replace_key_contact(
    user: SignedIn,
    state: web::Data<State>,
    path: web::Path<(DealId, ContactId)>,
    IfMatch(version): IfMatch,
    Json(draft): Json<KeyContactDraft>,
) -> ApiResult<HttpResponse> {
    let context = context(&user.actor);
    let (id, who) = path.into_inner();
    let contact = state
        .write(move |tx| key_contacts::replace(tx, &context, &id, &who, version, &draft))
        .await?;
    Ok(versioned(contact.version, &contact))
}

/// Takes a key contact off a deal
#[utoipa::path(tag = "Deals", operation_id = "remove_key_contact", params(
        ("id" = String, Path, description = "Identifier of the deal"),
        ("contact_id" = String, Path, description = "The contact")),
    responses((status = 204, description = "The contact is off the deal")))]
#[delete("/deals/{id}/contacts/{contact_id}")]
pub async fn remove_key_contact(
    user: SignedIn,
    state: web::Data<State>,
    path: web::Path<(DealId, ContactId)>,
) -> ApiResult<HttpResponse> {
    let context = context(&user.actor);
    let (id, who) = path.into_inner();
    state
        .write(move |tx| key_contacts::remove(tx, &context, &id, &who))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Lists the competitors in a deal
#[utoipa::path(tag = "Deals", operation_id = "list_deal_competitors", params(("id" = String, Path, description = "Identifier of the deal")),
    responses((status = 200, description = "The competitors", body = Page<DealCompetitor>)))]
#[get("/deals/{id}/competitors")]
pub async fn list_deal_competitors(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<DealId>,
) -> ApiResult<web::Json<Page<DealCompetitor>>> {
    let items = state
        .read(move |tx| competitors::list(tx, &user.actor, &id, Utc::now()))
        .await?;
    Ok(all(items))
}

/// Adds a competitor to a deal
#[utoipa::path(tag = "Deals", operation_id = "add_deal_competitor", params(("id" = String, Path, description = "Identifier of the deal")),
    request_body = DealCompetitorDraft,
    responses((status = 201, description = "The competitor", body = DealCompetitor)))]
#[post("/deals/{id}/competitors")]
pub async fn add_deal_competitor(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<DealId>,
    Json(draft): Json<DealCompetitorDraft>,
) -> ApiResult<HttpResponse> {
    let context = context(&user.actor);
    let base = format!("/api/v1/deals/{id}/competitors");
    let entry = state
        .write(move |tx| competitors::add(tx, &context, &id, &draft))
        .await?;
    let location = format!("{base}/{}", entry.id);
    Ok(created(entry.version, location, &entry))
}

/// Changes a competitor in a deal
#[utoipa::path(tag = "Deals", operation_id = "replace_deal_competitor", params(
        ("id" = String, Path, description = "Identifier of the deal"),
        ("competitor_id" = String, Path, description = "Identifier of the entry")),
    request_body = DealCompetitorDraft,
    responses((status = 200, description = "The competitor", body = DealCompetitor)))]
#[put("/deals/{id}/competitors/{competitor_id}")]
pub async fn replace_deal_competitor(
    user: SignedIn,
    state: web::Data<State>,
    path: web::Path<(DealId, String)>,
    IfMatch(version): IfMatch,
    Json(draft): Json<DealCompetitorDraft>,
) -> ApiResult<HttpResponse> {
    let context = context(&user.actor);
    let (id, entry) = path.into_inner();
    let entry = state
        .write(move |tx| competitors::replace(tx, &context, &id, &entry, version, &draft))
        .await?;
    Ok(versioned(entry.version, &entry))
}

/// Takes a competitor out of a deal
#[utoipa::path(tag = "Deals", operation_id = "remove_deal_competitor", params(
        ("id" = String, Path, description = "Identifier of the deal"),
        ("competitor_id" = String, Path, description = "Identifier of the entry")),
    responses((status = 204, description = "The competitor is out of the deal")))]
#[delete("/deals/{id}/competitors/{competitor_id}")]
pub async fn remove_deal_competitor(
    user: SignedIn,
    state: web::Data<State>,
    path: web::Path<(DealId, String)>,
) -> ApiResult<HttpResponse> {
    let context = context(&user.actor);
    let (id, entry) = path.into_inner();
    state
        .write(move |tx| competitors::remove(tx, &context, &id, &entry))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Lists what was conceded in a deal
#[utoipa::path(tag = "Deals", operation_id = "list_concessions", params(("id" = String, Path, description = "Identifier of the deal")),
    responses((status = 200, description = "The concessions, newest first", body = Page<Concession>)))]
#[get("/deals/{id}/concessions")]
pub async fn list_concessions(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<DealId>,
) -> ApiResult<web::Json<Page<Concession>>> {
    let items = state
        .read(move |tx| concessions::list(tx, &user.actor, &id, Utc::now()))
        .await?;
    Ok(all(items))
}

/// Notes a concession
#[utoipa::path(tag = "Deals", operation_id = "add_concession", params(("id" = String, Path, description = "Identifier of the deal")),
    request_body = ConcessionDraft,
    responses((status = 200, description = "The concession", body = Concession)))]
#[post("/deals/{id}/concessions")]
pub async fn add_concession(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<DealId>,
    Json(draft): Json<ConcessionDraft>,
) -> ApiResult<web::Json<Concession>> {
    let context = context(&user.actor);
    let entry = state
        .write(move |tx| concessions::add(tx, &context, &id, &draft))
        .await?;
    Ok(web::Json(entry))
}

/// Strikes a concession
///
/// One that was noted by mistake; the history keeps it.
#[utoipa::path(tag = "Deals", operation_id = "remove_concession", params(
        ("id" = String, Path, description = "Identifier of the deal"),
        ("concession_id" = String, Path, description = "Identifier of the concession")),
    responses((status = 204, description = "It is struck")))]
#[delete("/deals/{id}/concessions/{concession_id}")]
pub async fn remove_concession(
    user: SignedIn,
    state: web::Data<State>,
    path: web::Path<(DealId, String)>,
) -> ApiResult<HttpResponse> {
    let context = context(&user.actor);
    let (id, entry) = path.into_inner();
    state
        .write(move |tx| concessions::remove(tx, &context, &id, &entry))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
