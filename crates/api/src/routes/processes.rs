//! Processes and their versions.

use actix_web::{HttpResponse, delete, get, post, put, web};
use etalon_domain::id::{ProcessId, ProcessVersionId};
use etalon_domain::page::Page;
use etalon_domain::process::{
    Definition, MigrationReport, Process, ProcessDraft, ProcessPreview, ProcessVersion,
};
use etalon_persistence::process;

use crate::auth::SignedIn;
use crate::error::ApiResult;
use crate::extract::{IfMatch, Json};
use crate::state::{State, context, versioned};

/// Reads what is remembered of the processes anew, after one was published.
async fn refresh(state: &web::Data<State>) -> ApiResult<()> {
    let here = state.clone();
    state
        .blocking(move || here.db().reload_company())
        .await?
        .map_err(Into::into)
}

/// Lists processes
#[utoipa::path(tag = "Process", operation_id = "list_processes",
    responses((status = 200, description = "All processes, the usual one first", body = Page<Process>)))]
#[get("/processes")]
pub async fn list_processes(
    user: SignedIn,
    state: web::Data<State>,
) -> ApiResult<web::Json<Page<Process>>> {
    let items = state
        .read_snapshot(move |tx| process::list(tx, &user.actor))
        .await?;
    Ok(web::Json(Page {
        items,
        next_cursor: None,
        totals: None,
    }))
}

/// Creates a process
///
/// With a draft that copies the reference process or another version. For administrators.
#[utoipa::path(tag = "Process", operation_id = "create_process", request_body = ProcessDraft,
    responses((status = 201, description = "The new process", body = Process)))]
#[post("/processes")]
pub async fn create_process(
    user: SignedIn,
    state: web::Data<State>,
    Json(draft): Json<ProcessDraft>,
) -> ApiResult<HttpResponse> {
    let context = context(&user.actor);
    let made = state
        .write(move |tx| process::create(tx, &context, &draft))
        .await?;
    let location = format!("/api/v1/processes/{}", made.id);
    Ok(HttpResponse::Created()
        .insert_header(("location", location))
        .json(made))
}

/// Reads a process
#[utoipa::path(tag = "Process", operation_id = "get_process", params(("id" = String, Path, description = "Identifier of the process")),
    responses((status = 200, description = "The process", body = Process)))]
#[get("/processes/{id}")]
pub async fn get_process(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ProcessId>,
) -> ApiResult<web::Json<Process>> {
    let found = state
        .read_snapshot(move |tx| process::get(tx, &user.actor, &id))
        .await?;
    Ok(web::Json(found))
}

/// Saves the draft of the next version of a process
///
/// The first save makes it. It may be incomplete: it is checked when it is published. For
/// administrators.
#[utoipa::path(tag = "Process", operation_id = "replace_process_draft", params(("id" = String, Path, description = "Identifier of the process")),
    request_body = Definition,
    responses((status = 200, description = "The draft", body = ProcessVersion)))]
#[put("/processes/{id}/draft")]
pub async fn replace_process_draft(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ProcessId>,
    IfMatch(version): IfMatch,
    Json(definition): Json<Definition>,
) -> ApiResult<HttpResponse> {
    let context = context(&user.actor);
    let draft = state
        .write(move |tx| process::replace_draft(tx, &context, &id, version, &definition))
        .await?;
    Ok(versioned(draft.version, &draft))
}

/// Throws the draft of a process away
///
/// For administrators.
#[utoipa::path(tag = "Process", operation_id = "delete_process_draft", params(("id" = String, Path, description = "Identifier of the process")),
    responses((status = 204, description = "There is no draft any more")))]
#[delete("/processes/{id}/draft")]
pub async fn delete_process_draft(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ProcessId>,
) -> ApiResult<HttpResponse> {
    let context = context(&user.actor);
    state
        .write(move |tx| process::discard(tx, &context, &id))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Publishes the draft of a process
///
/// From now on new deals follow it; it is never changed again. Deals keep their version until they are
/// moved. For administrators.
#[utoipa::path(tag = "Process", operation_id = "publish_process", params(("id" = String, Path, description = "Identifier of the process")),
    responses((status = 200, description = "The published version", body = ProcessVersion)))]
#[post("/processes/{id}/publish")]
pub async fn publish_process(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ProcessId>,
    IfMatch(version): IfMatch,
) -> ApiResult<HttpResponse> {
    let context = context(&user.actor);
    let published = state
        .write(move |tx| process::publish(tx, &context, &id, version))
        .await?;
    refresh(&state).await?;
    Ok(versioned(published.version, &published))
}

/// Makes a process the usual one
///
/// New deals follow it unless another is chosen. For administrators.
#[utoipa::path(tag = "Process", operation_id = "make_process_default", params(("id" = String, Path, description = "Identifier of the process")),
    responses((status = 200, description = "The process", body = Process)))]
#[post("/processes/{id}/default")]
pub async fn make_process_default(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ProcessId>,
) -> ApiResult<web::Json<Process>> {
    let context = context(&user.actor);
    let made = state
        .write(move |tx| process::make_default(tx, &context, &id))
        .await?;
    refresh(&state).await?;
    Ok(web::Json(made))
}

/// Reads a version of a process
///
/// With all its stages, steps and texts.
#[utoipa::path(tag = "Process", operation_id = "get_process_version", params(("id" = String, Path, description = "Identifier of the version")),
    responses((status = 200, description = "The version", body = ProcessVersion)))]
#[get("/process-versions/{id}")]
pub async fn get_process_version(
    _user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ProcessVersionId>,
) -> ApiResult<HttpResponse> {
    let found = state.read(move |tx| process::version(tx, &id)).await?;
    Ok(versioned(found.version, &found))
}

/// Shows what a version would change
///
/// Against the version before it, what keeps it from being published, and which open deals follow other
/// versions.
#[utoipa::path(tag = "Process", operation_id = "preview_process_version", params(("id" = String, Path, description = "Identifier of the version")),
    responses((status = 200, description = "The preview", body = ProcessPreview)))]
#[get("/process-versions/{id}/preview")]
pub async fn preview_process_version(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ProcessVersionId>,
) -> ApiResult<web::Json<ProcessPreview>> {
    let found = state
        .read_snapshot(move |tx| process::preview(tx, &user.actor, &id))
        .await?;
    Ok(web::Json(found))
}

/// Moves the open deals of a process to a version
///
/// Those that follow older versions; deals in a stage that it does not have stay as they are. They are moved
/// some at a time: when it fails halfway, those that were moved stay moved. For administrators.
#[utoipa::path(tag = "Process", operation_id = "migrate_deals", params(("id" = String, Path, description = "Identifier of the version")),
    responses((status = 200, description = "How many follow it now", body = MigrationReport)))]
#[post("/process-versions/{id}/migrate")]
pub async fn migrate_deals(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ProcessVersionId>,
) -> ApiResult<web::Json<MigrationReport>> {
    let context = context(&user.actor);
    let mut report = MigrationReport::default();
    let mut behind = Some(0);
    while let Some(number) = behind {
        let (context, id) = (context.clone(), id.clone());
        let (part, next) = state
            .write(move |tx| process::migrate(tx, &context, &id, number))
            .await?;
        report.moved += part.moved;
        report.left += part.left;
        behind = next;
    }
    Ok(web::Json(report))
}
