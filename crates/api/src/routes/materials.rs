//! Materials of the knowledge base.

use actix_web::{HttpResponse, delete, get, patch, post, put, web};
use etalon_domain::event::{TimelineEntry, TimelineFilter};
use etalon_domain::id::MaterialId;
use etalon_domain::material::{
    Material, MaterialDraft, MaterialFilter, MaterialLabels, MaterialVersion,
};
use etalon_domain::page::Page;
use etalon_domain::record::RecordCommand;
use etalon_persistence::materials;
use etalon_persistence::timeline::{self, Entity};

use crate::auth::SignedIn;
use crate::error::ApiResult;
use crate::extract::{IfMatch, Json, Query};
use crate::patch::merged;
use crate::state::{State, context, created, versioned};

/// Lists materials
///
/// Those that the filters select, without their texts: published ones, your own drafts, and for heads
/// and administrators all drafts. Archived ones only when the filter asks for them.
#[utoipa::path(tag = "Knowledge", operation_id = "list_materials", params(MaterialFilter),
    responses((status = 200, description = "A page of materials", body = Page<Material>)))]
#[get("/materials")]
pub async fn list_materials(
    user: SignedIn,
    state: web::Data<State>,
    Query(filter): Query<MaterialFilter>,
) -> ApiResult<web::Json<Page<Material>>> {
    let page = state
        .read_snapshot(move |tx| materials::list(tx, &user.actor, &filter))
        .await?;
    Ok(web::Json(page))
}

/// Creates a material
///
/// As a draft, or published at once.
#[utoipa::path(tag = "Knowledge", operation_id = "create_material", request_body = MaterialDraft,
    responses((status = 201, description = "The new material", body = Material)))]
#[post("/materials")]
pub async fn create_material(
    user: SignedIn,
    state: web::Data<State>,
    Json(draft): Json<MaterialDraft>,
) -> ApiResult<HttpResponse> {
    let context = context(&user.actor);
    let command = RecordCommand::create(draft);
    let record = state
        .write(move |tx| materials::execute(tx, &context, None, None, &command))
        .await?;
    let location = format!("/api/v1/materials/{}", record.id);
    Ok(created(record.version, location, &record))
}

/// Lists the words that materials are marked with
///
/// Tags, branches of business, kinds of need and languages of the published materials, the most
/// frequent first.
#[utoipa::path(tag = "Knowledge", operation_id = "list_material_tags",
    responses((status = 200, description = "The words", body = MaterialLabels)))]
#[get("/materials/tags")]
pub async fn list_material_tags(
    _user: SignedIn,
    state: web::Data<State>,
) -> ApiResult<web::Json<MaterialLabels>> {
    let labels = state.read_snapshot(materials::labels).await?;
    Ok(web::Json(labels))
}

/// Reads a material
#[utoipa::path(tag = "Knowledge", operation_id = "get_material", params(("id" = String, Path, description = "Identifier of the material")),
    responses((status = 200, description = "The material", body = Material)))]
#[get("/materials/{id}")]
pub async fn get_material(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<MaterialId>,
) -> ApiResult<HttpResponse> {
    let record = state
        .read(move |tx| materials::get(tx, &user.actor, &id))
        .await?;
    Ok(versioned(record.version, &record))
}

async fn command(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<MaterialId>,
    expected: Option<i64>,
    command: RecordCommand<MaterialDraft>,
) -> ApiResult<HttpResponse> {
    let context = context(&user.actor);
    let record = state
        .write(move |tx| materials::execute(tx, &context, Some(&id), expected, &command))
        .await?;
    Ok(versioned(record.version, &record))
}

/// Replaces the fields of a material
///
/// Fields that are absent become empty. Each change of a published material is a new version; the
/// earlier ones stay readable.
#[utoipa::path(tag = "Knowledge", operation_id = "replace_material", params(("id" = String, Path, description = "Identifier of the material")),
    request_body = MaterialDraft, responses((status = 200, description = "The material", body = Material)))]
#[put("/materials/{id}")]
pub async fn replace_material(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<MaterialId>,
    IfMatch(version): IfMatch,
    Json(draft): Json<MaterialDraft>,
) -> ApiResult<HttpResponse> {
    command(user, state, id, version, RecordCommand::Edit(draft)).await
}

/// Changes some fields of a material
///
/// The body is a JSON merge patch (RFC 7396) of the form: absent fields stay, `null` empties one.
/// `{"status": "published"}` publishes.
#[utoipa::path(tag = "Knowledge", operation_id = "update_material", params(("id" = String, Path, description = "Identifier of the material")),
    request_body(content = MaterialDraft, content_type = "application/merge-patch+json"),
    responses((status = 200, description = "The material", body = Material)))]
#[patch("/materials/{id}")]
pub async fn update_material(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<MaterialId>,
    IfMatch(version): IfMatch,
    Json(patch): Json<serde_json::Value>,
) -> ApiResult<HttpResponse> {
    let (actor, wanted) = (user.actor.clone(), id.clone());
    let current = state
        .read(move |tx| materials::get(tx, &actor, &wanted))
        .await?;
    let draft = merged(&MaterialDraft::from(&current), patch)?;
    let version = version.unwrap_or(current.version);
    command(user, state, id, Some(version), RecordCommand::Edit(draft)).await
}

/// Puts a material into the bin
#[utoipa::path(tag = "Knowledge", operation_id = "delete_material", params(("id" = String, Path, description = "Identifier of the material")),
    responses((status = 204, description = "It is in the bin")))]
#[delete("/materials/{id}")]
pub async fn delete_material(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<MaterialId>,
    IfMatch(version): IfMatch,
) -> ApiResult<HttpResponse> {
    command(user, state, id, version, RecordCommand::Delete).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Takes a material out of the bin
#[utoipa::path(tag = "Knowledge", operation_id = "restore_material", params(("id" = String, Path, description = "Identifier of the material")),
    responses((status = 200, description = "The material", body = Material)))]
#[post("/materials/{id}/restore")]
pub async fn restore_material(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<MaterialId>,
    IfMatch(version): IfMatch,
) -> ApiResult<HttpResponse> {
    command(user, state, id, version, RecordCommand::Restore).await
}

/// Lists the published versions of a material
///
/// Newest first, all on one page, without their texts.
#[utoipa::path(tag = "Knowledge", operation_id = "list_material_versions", params(("id" = String, Path, description = "Identifier of the material")),
    responses((status = 200, description = "The versions", body = Page<MaterialVersion>)))]
#[get("/materials/{id}/versions")]
pub async fn list_material_versions(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<MaterialId>,
) -> ApiResult<web::Json<Page<MaterialVersion>>> {
    let items = state
        .read_snapshot(move |tx| materials::versions(tx, &user.actor, &id))
        .await?;
    Ok(web::Json(Page::whole(items)))
}

/// Reads a published version of a material
#[utoipa::path(tag = "Knowledge", operation_id = "get_material_version",
    params(("id" = String, Path, description = "Identifier of the material"), ("number" = i32, Path, description = "Number of the version")),
    responses((status = 200, description = "The version", body = MaterialVersion)))]
#[get("/materials/{id}/versions/{number}")]
pub async fn get_material_version(
    user: SignedIn,
    state: web::Data<State>,
    path: web::Path<(MaterialId, i32)>,
) -> ApiResult<web::Json<MaterialVersion>> {
    let (id, number) = path.into_inner();
    let version = state
        .read_snapshot(move |tx| materials::version(tx, &user.actor, &id, number))
        .await?;
    Ok(web::Json(version))
}

/// Lists the history of a material
///
/// Newest first. Entries are never changed or removed.
#[utoipa::path(tag = "Knowledge", operation_id = "list_material_timeline", params(("id" = String, Path, description = "Identifier of the material"), TimelineFilter),
    responses((status = 200, description = "A page of the history", body = Page<TimelineEntry>)))]
#[get("/materials/{id}/timeline")]
pub async fn list_material_timeline(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<MaterialId>,
    Query(filter): Query<TimelineFilter>,
) -> ApiResult<web::Json<Page<TimelineEntry>>> {
    let page = state
        .read(move |tx| {
            let record = materials::get(tx, &user.actor, &id)?;
            timeline::list(tx, Entity::Material, record.id.as_str(), &filter)
        })
        .await?;
    Ok(web::Json(page))
}
