//! Files on records.

use actix_web::http::header::{self, ETag, EntityTag, IfNoneMatch};
use actix_web::{HttpRequest, HttpResponse, delete, get, post, web};
use etalon_domain::file::{File, FileFilter, FileOwner, safe_media_type};
use etalon_domain::id::{DealId, FileId, MaterialId};
use etalon_domain::page::Page;
use etalon_persistence::files;
use futures_util::TryStreamExt as _;
use serde::Deserialize;

use super::FileUpload;
use crate::auth::SignedIn;
use crate::download::attachment;
use crate::error::ApiResult;
use crate::extract::Query;
use crate::state::{State, context};
use crate::upload;

/// How an uploaded file is to be called.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct UploadQuery {
    /// Name of the file. Needed when the body is the bare content; else it takes the place of the
    /// name in the form.
    name: Option<String>,
}

/// Lists the files of a deal
///
/// Newest first, of each name the newest version.
#[utoipa::path(tag = "Files", operation_id = "list_deal_files",
    params(("id" = String, Path, description = "Identifier of the deal"), FileFilter),
    responses((status = 200, description = "A page of files", body = Page<File>)))]
#[get("/deals/{id}/files")]
pub async fn list_deal_files(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<DealId>,
    Query(filter): Query<FileFilter>,
) -> ApiResult<web::Json<Page<File>>> {
    list(&user, &state, FileOwner::Deal(id.into_inner()), filter).await
}

/// Adds a file to a deal
///
/// A form with one file, or the bare content with its media type as `Content-Type` and its name in
/// the query. It is stored as it comes. A file of the same name becomes its next version. Closed
/// deals take files, too.
#[utoipa::path(tag = "Files", operation_id = "add_deal_file",
    params(("id" = String, Path, description = "Identifier of the deal"), UploadQuery),
    request_body(content = FileUpload, content_type = "multipart/form-data"),
    responses((status = 201, description = "The file", body = File),
        (status = 413, description = "The file is larger than the server takes", body = etalon_domain::error::Problem, content_type = "application/problem+json")))]
#[post("/deals/{id}/files")]
pub async fn add_deal_file(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<DealId>,
    Query(query): Query<UploadQuery>,
    request: HttpRequest,
    payload: web::Payload,
) -> ApiResult<HttpResponse> {
    let owner = FileOwner::Deal(id.into_inner());
    add(&user, &state, owner, query, request, payload).await
}

/// Lists the files of a material
///
/// Newest first, of each name the newest version.
#[utoipa::path(tag = "Files", operation_id = "list_material_files",
    params(("id" = String, Path, description = "Identifier of the material"), FileFilter),
    responses((status = 200, description = "A page of files", body = Page<File>)))]
#[get("/materials/{id}/files")]
pub async fn list_material_files(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<MaterialId>,
    Query(filter): Query<FileFilter>,
) -> ApiResult<web::Json<Page<File>>> {
    list(&user, &state, FileOwner::Material(id.into_inner()), filter).await
}

/// Adds a file to a material
///
/// A form with one file, or the bare content with its media type as `Content-Type` and its name in
/// the query. It is stored as it comes. A file of the same name becomes its next version.
#[utoipa::path(tag = "Files", operation_id = "add_material_file",
    params(("id" = String, Path, description = "Identifier of the material"), UploadQuery),
    request_body(content = FileUpload, content_type = "multipart/form-data"),
    responses((status = 201, description = "The file", body = File),
        (status = 413, description = "The file is larger than the server takes", body = etalon_domain::error::Problem, content_type = "application/problem+json")))]
#[post("/materials/{id}/files")]
pub async fn add_material_file(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<MaterialId>,
    Query(query): Query<UploadQuery>,
    request: HttpRequest,
    payload: web::Payload,
) -> ApiResult<HttpResponse> {
    let owner = FileOwner::Material(id.into_inner());
    add(&user, &state, owner, query, request, payload).await
}

/// Reads what is known about a file
#[utoipa::path(tag = "Files", operation_id = "get_file",
    params(("id" = String, Path, description = "Identifier of the file")),
    responses((status = 200, description = "The file", body = File)))]
#[get("/files/{id}")]
pub async fn get_file(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<FileId>,
) -> ApiResult<web::Json<File>> {
    let context = context(&user.actor);
    let file = state.read(move |tx| files::get(tx, &context, &id)).await?;
    Ok(web::Json(file))
}

/// Downloads a file
///
/// The content exactly as it was sent. Whatever could act in a browser is sent as
/// `application/octet-stream`.
#[utoipa::path(tag = "Files", operation_id = "download_file",
    params(("id" = String, Path, description = "Identifier of the file")),
    responses((status = 200, description = "The content", body = [u8], content_type = "application/octet-stream"),
        (status = 304, description = "It is the content that you have")))]
#[get("/files/{id}/content")]
pub async fn download_file(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<FileId>,
    known: Option<web::Header<IfNoneMatch>>,
) -> ApiResult<HttpResponse> {
    let context = context(&user.actor);
    let file = state.read(move |tx| files::get(tx, &context, &id)).await?;
    let tag = EntityTag::new_strong(file.sha256.clone());
    if let Some(web::Header(IfNoneMatch::Items(tags))) = &known
        && tags.iter().any(|known| known.weak_eq(&tag))
    {
        return Ok(HttpResponse::NotModified()
            .insert_header(ETag(tag))
            .finish());
    }
    let content = state.storage().read(&file.sha256).await?;
    Ok(HttpResponse::Ok()
        .content_type(safe_media_type(&file.media_type).to_owned())
        .insert_header(attachment(&file.name))
        .insert_header(ETag(tag))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; sandbox",
        ))
        .insert_header((header::CACHE_CONTROL, "private, no-cache"))
        .no_chunking(u64::try_from(file.size).unwrap_or_default())
        .streaming(content.map_err(actix_web::Error::from)))
}

/// Removes a file
///
/// The version before it, when there is one, is the newest again.
#[utoipa::path(tag = "Files", operation_id = "delete_file",
    params(("id" = String, Path, description = "Identifier of the file")),
    responses((status = 204, description = "It is removed")))]
#[delete("/files/{id}")]
pub async fn delete_file(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<FileId>,
) -> ApiResult<HttpResponse> {
    let context = context(&user.actor);
    state
        .write(move |tx| files::remove(tx, &context, &id))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Brings a removed file back
#[utoipa::path(tag = "Files", operation_id = "restore_file",
    params(("id" = String, Path, description = "Identifier of the file")),
    responses((status = 200, description = "The file", body = File)))]
#[post("/files/{id}/restore")]
pub async fn restore_file(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<FileId>,
) -> ApiResult<web::Json<File>> {
    let context = context(&user.actor);
    let file = state
        .write(move |tx| files::restore(tx, &context, &id))
        .await?;
    Ok(web::Json(file))
}

async fn list(
    user: &SignedIn,
    state: &State,
    owner: FileOwner,
    filter: FileFilter,
) -> ApiResult<web::Json<Page<File>>> {
    let context = context(&user.actor);
    let page = state
        .read_snapshot(move |tx| files::list(tx, &context, &owner, &filter))
        .await?;
    Ok(web::Json(page))
}

async fn add(
    user: &SignedIn,
    state: &State,
    owner: FileOwner,
    query: UploadQuery,
    request: HttpRequest,
    payload: web::Payload,
) -> ApiResult<HttpResponse> {
    let context = context(&user.actor);
    // Nobody sends a whole file only to hear that he may not.
    let (asks, of) = (context.clone(), owner.clone());
    state
        .read(move |tx| files::require_write(tx, &asks, &of))
        .await?;
    let stored = upload::receive(state, &request, payload, query.name).await?;
    let file = state
        .write(move |tx| {
            let id = files::attach(tx, &context, &owner, &stored)?;
            files::get(tx, &context, &id)
        })
        .await?;
    let location = format!("/api/v1/files/{}", file.id);
    Ok(HttpResponse::Created()
        .insert_header((header::LOCATION, location))
        .json(&file))
}
