//! Departments.

use actix_web::{HttpResponse, delete, get, patch, post, put, web};
use etalon_domain::department::{Department, DepartmentDraft};
use etalon_domain::id::DepartmentId;
use etalon_domain::page::Page;
use etalon_domain::record::RecordCommand;
use etalon_persistence::departments;

use crate::auth::SignedIn;
use crate::error::ApiResult;
use crate::extract::{IfMatch, Json};
use crate::patch::merged;
use crate::state::{State, context, created, versioned};

/// Lists departments
///
/// All of them, by name, on one page; `parent_id` makes the tree.
#[utoipa::path(tag = "Departments", operation_id = "list_departments",
    responses((status = 200, description = "All departments", body = Page<Department>)))]
#[get("/departments")]
pub async fn list_departments(
    _user: SignedIn,
    state: web::Data<State>,
) -> ApiResult<web::Json<Page<Department>>> {
    let items = state.read_snapshot(departments::list).await?;
    Ok(web::Json(Page {
        items,
        next_cursor: None,
        totals: None,
    }))
}

/// Carries out a command on a department and answers with the department.
async fn change(
    user: SignedIn,
    state: &State,
    id: Option<DepartmentId>,
    expected: Option<i64>,
    command: RecordCommand<DepartmentDraft>,
) -> ApiResult<Department> {
    let context = context(&user.actor);
    let department = state
        .write(move |tx| departments::execute(tx, &context, id.as_ref(), expected, &command))
        .await?;
    state.db().people_changed();
    Ok(department)
}

/// Creates a department
///
/// For administrators anywhere, and for heads below their own department.
#[utoipa::path(tag = "Departments", operation_id = "create_department", request_body = DepartmentDraft,
    responses((status = 201, description = "The new department", body = Department)))]
#[post("/departments")]
pub async fn create_department(
    user: SignedIn,
    state: web::Data<State>,
    Json(draft): Json<DepartmentDraft>,
) -> ApiResult<HttpResponse> {
    let department = change(user, &state, None, None, RecordCommand::create(draft)).await?;
    let location = format!("/api/v1/departments/{}", department.id);
    Ok(created(department.version, location, &department))
}

/// Reads a department
#[utoipa::path(tag = "Departments", operation_id = "get_department", params(("id" = String, Path, description = "Identifier of the department")),
    responses((status = 200, description = "The department", body = Department)))]
#[get("/departments/{id}")]
pub async fn get_department(
    _user: SignedIn,
    state: web::Data<State>,
    id: web::Path<DepartmentId>,
) -> ApiResult<HttpResponse> {
    let department = state.read(move |tx| departments::get(tx, &id)).await?;
    Ok(versioned(department.version, &department))
}

/// Replaces the fields of a department
///
/// For administrators, and for heads of it or of one above it. A head moves departments only within
/// the own one.
#[utoipa::path(tag = "Departments", operation_id = "replace_department", params(("id" = String, Path, description = "Identifier of the department")),
    request_body = DepartmentDraft, responses((status = 200, description = "The department", body = Department)))]
#[put("/departments/{id}")]
pub async fn replace_department(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<DepartmentId>,
    IfMatch(version): IfMatch,
    Json(draft): Json<DepartmentDraft>,
) -> ApiResult<HttpResponse> {
    let id = Some(id.into_inner());
    let department = change(user, &state, id, version, RecordCommand::Edit(draft)).await?;
    Ok(versioned(department.version, &department))
}

/// Changes some fields of a department
///
/// For those who may replace it. The body is a JSON merge patch (RFC 7396) of the form: absent fields
/// stay, `null` empties one.
#[utoipa::path(tag = "Departments", operation_id = "update_department", params(("id" = String, Path, description = "Identifier of the department")),
    request_body(content = DepartmentDraft, content_type = "application/merge-patch+json"),
    responses((status = 200, description = "The department", body = Department)))]
#[patch("/departments/{id}")]
pub async fn update_department(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<DepartmentId>,
    IfMatch(version): IfMatch,
    Json(patch): Json<serde_json::Value>,
) -> ApiResult<HttpResponse> {
    let wanted = id.clone();
    let current = state.read(move |tx| departments::get(tx, &wanted)).await?;
    let draft = merged(&DepartmentDraft::from(&current), patch)?;
    let version = Some(version.unwrap_or(current.version));
    let id = Some(id.into_inner());
    let department = change(user, &state, id, version, RecordCommand::Edit(draft)).await?;
    Ok(versioned(department.version, &department))
}

/// Removes a department
///
/// For those who may change it; only one without people, deals and departments below it.
#[utoipa::path(tag = "Departments", operation_id = "delete_department", params(("id" = String, Path, description = "Identifier of the department")),
    responses((status = 204, description = "It is gone")))]
#[delete("/departments/{id}")]
pub async fn delete_department(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<DepartmentId>,
    IfMatch(version): IfMatch,
) -> ApiResult<HttpResponse> {
    let id = Some(id.into_inner());
    change(user, &state, id, version, RecordCommand::Delete).await?;
    Ok(HttpResponse::NoContent().finish())
}
