//! Imports: files of other systems.

use actix_multipart::Multipart;
use actix_web::{HttpResponse, delete, get, post, put, web};
use etalon_domain::error::ErrorCode;
use etalon_domain::id::{ImportFileId, ImportId};
use etalon_domain::import::{
    Import, ImportDraft, ImportFilter, ImportOptions, ImportProblem, ImportRun, ImportSummary,
    ProblemFilter,
};
use etalon_domain::page::Page;
use etalon_domain::policy::may_manage_people;
use etalon_import::report::problems_csv;
use etalon_persistence::imports::{self, MAX_BYTES, Upload};

use crate::auth::SignedIn;
use crate::download::attachment;
use crate::error::{ApiError, ApiResult};
use crate::extract::{IfMatch, Json, Query};
use crate::multipart;
use crate::state::{State, context, created, versioned};

/// The files of an import.
#[derive(utoipa::ToSchema)]
pub struct ImportUpload {
    /// One to twenty CSV files, together at most 100 MB.
    #[schema(value_type = Vec<String>, format = Binary, content_media_type = "text/csv")]
    pub files: Vec<Vec<u8>>,
}

/// Lists imports
///
/// For administrators and heads: newest first, a head sees the own ones.
#[utoipa::path(tag = "Imports", operation_id = "list_imports", params(ImportFilter),
    responses((status = 200, description = "A page of imports", body = Page<ImportSummary>)))]
#[get("/imports")]
pub async fn list_imports(
    user: SignedIn,
    state: web::Data<State>,
    Query(filter): Query<ImportFilter>,
) -> ApiResult<web::Json<Page<ImportSummary>>> {
    let page = state
        .read_snapshot(move |tx| imports::list(tx, &user.actor, &filter))
        .await?;
    Ok(web::Json(page))
}

/// Uploads files for an import
///
/// For administrators and heads. Each file is recognized by its headers; encoding, delimiter, number
/// and date formats are detected, columns are mapped, and the first rows are shown as they will be
/// stored. Nothing is imported before a run.
#[utoipa::path(tag = "Imports", operation_id = "create_import",
    request_body(content = ImportUpload, content_type = "multipart/form-data"),
    responses((status = 201, description = "The draft", body = Import)))]
#[post("/imports")]
pub async fn create_import(
    user: SignedIn,
    state: web::Data<State>,
    body: Multipart,
) -> ApiResult<HttpResponse> {
    if !may_manage_people(&user.actor) {
        return Err(ApiError::new(ErrorCode::Forbidden));
    }
    let files: Vec<Upload> = multipart::files(body, MAX_BYTES)
        .await?
        .into_iter()
        .map(|file| Upload {
            name: file.name,
            bytes: file.bytes,
        })
        .collect();
    let (context, worker) = (context(&user.actor), state.clone());
    let options = ImportOptions {
        time_zone: user.actor.time_zone.clone(),
        ..ImportOptions::default()
    };
    let import = state
        .blocking(move || imports::upload(worker.db(), &context, &files, options))
        .await??;
    let location = format!("/api/v1/imports/{}", import.id);
    Ok(created(import.version, location, &import))
}

/// Reads an import
///
/// With its files, the mapping of their columns, the first rows, the progress of a run and its report.
#[utoipa::path(tag = "Imports", operation_id = "get_import", params(("id" = String, Path, description = "Identifier of the import")),
    responses((status = 200, description = "The import", body = Import)))]
#[get("/imports/{id}")]
pub async fn get_import(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ImportId>,
) -> ApiResult<HttpResponse> {
    let import = state
        .read(move |tx| imports::get(tx, &user.actor, &id))
        .await?;
    Ok(versioned(import.version, &import))
}

/// Changes how the files of an import are understood
///
/// Options hold for all files. A file whose kind, encoding or delimiter changes is mapped anew, else
/// its columns are taken from the request.
#[utoipa::path(tag = "Imports", operation_id = "replace_import", params(("id" = String, Path, description = "Identifier of the import")),
    request_body = ImportDraft, responses((status = 200, description = "The draft", body = Import)))]
#[put("/imports/{id}")]
pub async fn replace_import(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ImportId>,
    IfMatch(version): IfMatch,
    Json(draft): Json<ImportDraft>,
) -> ApiResult<HttpResponse> {
    let (context, worker) = (context(&user.actor), state.clone());
    let import = state
        .blocking(move || imports::update(worker.db(), &context, &id, version, &draft))
        .await??;
    Ok(versioned(import.version, &import))
}

/// Deletes an import that wrote nothing
#[utoipa::path(tag = "Imports", operation_id = "delete_import", params(("id" = String, Path, description = "Identifier of the import")),
    responses((status = 204, description = "It is gone")))]
#[delete("/imports/{id}")]
pub async fn delete_import(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ImportId>,
    IfMatch(version): IfMatch,
) -> ApiResult<HttpResponse> {
    let context = context(&user.actor);
    state
        .write(move |tx| imports::delete(tx, &context, &id, version))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Runs an import
///
/// In the background: read the import to follow its progress. A dry run only reports what would
/// happen. Rows that were taken before and say the same change nothing, so that a run can be repeated.
#[utoipa::path(tag = "Imports", operation_id = "run_import", params(("id" = String, Path, description = "Identifier of the import")),
    request_body = ImportRun, responses((status = 202, description = "It waits for a worker", body = Import)))]
#[post("/imports/{id}/run")]
pub async fn run_import(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ImportId>,
    IfMatch(version): IfMatch,
    Json(run): Json<ImportRun>,
) -> ApiResult<HttpResponse> {
    let context = context(&user.actor);
    let import = state
        .write(move |tx| {
            let import = imports::start(tx, &context, &id, version, run)?;
            imports::enqueue(tx, &context, &id)?;
            Ok(import)
        })
        .await?;
    state.wake_jobs();
    Ok(HttpResponse::Accepted().json(import))
}

/// Lists what the last run of an import found wrong
///
/// In the order of files and rows.
#[utoipa::path(tag = "Imports", operation_id = "list_import_problems", params(("id" = String, Path, description = "Identifier of the import"), ProblemFilter),
    responses((status = 200, description = "A page of problems", body = Page<ImportProblem>)))]
#[get("/imports/{id}/problems")]
pub async fn list_import_problems(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ImportId>,
    Query(filter): Query<ProblemFilter>,
) -> ApiResult<web::Json<Page<ImportProblem>>> {
    let page = state
        .read(move |tx| imports::problems(tx, &user.actor, &id, &filter))
        .await?;
    Ok(web::Json(page))
}

/// Downloads what the last run of an import found wrong
#[utoipa::path(tag = "Imports", operation_id = "download_import_problems", params(("id" = String, Path, description = "Identifier of the import")),
    responses((status = 200, description = "All problems", body = String, content_type = "text/csv")))]
#[get("/imports/{id}/problems.csv")]
pub async fn download_import_problems(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ImportId>,
) -> ApiResult<HttpResponse> {
    let problems = state
        .read(move |tx| imports::all_problems(tx, &user.actor, &id))
        .await?;
    Ok(csv("import-problems.csv", problems_csv(&problems)))
}

/// Downloads the rows of a file that the last run could not take
///
/// As they stand in the file, with its headers and what is wrong with each in a last column: correct
/// them and upload them again.
#[utoipa::path(tag = "Imports", operation_id = "download_failed_rows",
    params(("id" = String, Path, description = "Identifier of the import"), ("file_id" = String, Path, description = "Identifier of the file")),
    responses((status = 200, description = "The rows", body = String, content_type = "text/csv")))]
#[get("/imports/{id}/files/{file_id}/failed-rows.csv")]
pub async fn download_failed_rows(
    user: SignedIn,
    state: web::Data<State>,
    path: web::Path<(ImportId, ImportFileId)>,
) -> ApiResult<HttpResponse> {
    let worker = state.clone();
    let (name, text) = state
        .blocking(move || {
            let (id, file) = path.into_inner();
            imports::failed_rows(worker.db(), &user.actor, &id, &file)
        })
        .await??;
    Ok(csv(&format!("failed-{name}"), text))
}

/// A CSV file to be saved under a name.
fn csv(name: &str, text: String) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header(attachment(name))
        .body(text)
}
