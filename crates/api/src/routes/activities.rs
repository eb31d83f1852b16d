//! Activities and *my day*.

use actix_web::{HttpResponse, delete, get, patch, post, put, web};
use chrono::Utc;
use etalon_domain::activity::{
    Activity, ActivityCommand, ActivityDraft, ActivityFilter, CancelActivity, CompleteActivity,
    MyDay, MyDayQuery,
};
use etalon_domain::id::ActivityId;
use etalon_domain::page::Page;
use etalon_persistence::activities;

use crate::auth::SignedIn;
use crate::error::ApiResult;
use crate::extract::{IfMatch, Json, Query};
use crate::patch::merged;
use crate::state::{State, context, created, versioned};

/// Lists activities
///
/// The activities that you may see and the filters select: your own, those in which you take part, and
/// those of the deals and leads that you see. With `totals=true` also how many there are in all.
#[utoipa::path(tag = "Activities", operation_id = "list_activities", params(ActivityFilter),
    responses((status = 200, description = "A page of activities", body = Page<Activity>)))]
#[get("/activities")]
pub async fn list_activities(
    user: SignedIn,
    state: web::Data<State>,
    Query(filter): Query<ActivityFilter>,
) -> ApiResult<web::Json<Page<Activity>>> {
    let page = state
        .read_snapshot(move |tx| activities::list(tx, &user.actor, &filter, Utc::now()))
        .await?;
    Ok(web::Json(page))
}

/// Creates an activity
///
/// Planned, or with `done_at` noted as done. What belongs to a deal also goes to its history.
#[utoipa::path(tag = "Activities", operation_id = "create_activity", request_body = ActivityDraft,
    responses((status = 201, description = "The new activity", body = Activity)))]
#[post("/activities")]
pub async fn create_activity(
    user: SignedIn,
    state: web::Data<State>,
    Json(draft): Json<ActivityDraft>,
) -> ApiResult<HttpResponse> {
    let context = context(&user.actor);
    let command = ActivityCommand::Create { draft, step: None };
    let activity = state
        .write(move |tx| activities::execute(tx, &context, None, None, &command))
        .await?;
    state.wake_jobs();
    let location = format!("/api/v1/activities/{}", activity.id);
    Ok(created(activity.version, location, &activity))
}

/// Reads an activity
#[utoipa::path(tag = "Activities", operation_id = "get_activity", params(("id" = String, Path, description = "Identifier of the activity")),
    responses((status = 200, description = "The activity", body = Activity)))]
#[get("/activities/{id}")]
pub async fn get_activity(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ActivityId>,
) -> ApiResult<HttpResponse> {
    let activity = state
        .read(move |tx| activities::get(tx, &user.actor, &id, Utc::now()))
        .await?;
    Ok(versioned(activity.version, &activity))
}

/// Carries out a command on an activity and answers with the activity.
async fn command(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ActivityId>,
    expected: Option<i64>,
    command: ActivityCommand,
) -> ApiResult<HttpResponse> {
    let context = context(&user.actor);
    let activity = state
        .write(move |tx| activities::execute(tx, &context, Some(&id), expected, &command))
        .await?;
    state.wake_jobs();
    Ok(versioned(activity.version, &activity))
}

/// Replaces the fields of an activity
///
/// Fields that are absent become empty; the owner stays. An activity that was called off must be
/// reopened first.
#[utoipa::path(tag = "Activities", operation_id = "replace_activity", params(("id" = String, Path, description = "Identifier of the activity")),
    request_body = ActivityDraft, responses((status = 200, description = "The activity", body = Activity)))]
#[put("/activities/{id}")]
pub async fn replace_activity(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ActivityId>,
    IfMatch(version): IfMatch,
    Json(draft): Json<ActivityDraft>,
) -> ApiResult<HttpResponse> {
    command(user, state, id, version, ActivityCommand::Edit(draft)).await
}

/// Changes some fields of an activity
///
/// The body is a JSON merge patch (RFC 7396) of the form: absent fields stay, `null` empties one. To
/// move an activity from a day to a time, set the one and empty the other.
#[utoipa::path(tag = "Activities", operation_id = "update_activity", params(("id" = String, Path, description = "Identifier of the activity")),
    request_body(content = ActivityDraft, content_type = "application/merge-patch+json"),
    responses((status = 200, description = "The activity", body = Activity)))]
#[patch("/activities/{id}")]
pub async fn update_activity(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ActivityId>,
    IfMatch(version): IfMatch,
    Json(patch): Json<serde_json::Value>,
) -> ApiResult<HttpResponse> {
    let reader = user.actor.clone();
    let wanted = id.clone();
    let current = state
        .read(move |tx| activities::get(tx, &reader, &wanted, Utc::now()))
        .await?;
    let draft = merged(&ActivityDraft::from(&current), patch)?;
    let version = version.unwrap_or(current.version);
    command(user, state, id, Some(version), ActivityCommand::Edit(draft)).await
}

/// Calls an activity off
///
/// Nothing is removed: the activity stays with the status `cancelled`. To give a reason, use
/// `/cancel`.
#[utoipa::path(tag = "Activities", operation_id = "delete_activity", params(("id" = String, Path, description = "Identifier of the activity")),
    responses((status = 204, description = "It is called off")))]
#[delete("/activities/{id}")]
pub async fn delete_activity(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ActivityId>,
    IfMatch(version): IfMatch,
) -> ApiResult<HttpResponse> {
    let cancel = ActivityCommand::Cancel(CancelActivity::default());
    command(user, state, id, version, cancel).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Marks an activity as done
#[utoipa::path(tag = "Activities", operation_id = "complete_activity", params(("id" = String, Path, description = "Identifier of the activity")),
    request_body = CompleteActivity, responses((status = 200, description = "The activity", body = Activity)))]
#[post("/activities/{id}/complete")]
pub async fn complete_activity(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ActivityId>,
    IfMatch(version): IfMatch,
    Json(body): Json<CompleteActivity>,
) -> ApiResult<HttpResponse> {
    command(user, state, id, version, ActivityCommand::Complete(body)).await
}

/// Calls an activity off with a reason
#[utoipa::path(tag = "Activities", operation_id = "cancel_activity", params(("id" = String, Path, description = "Identifier of the activity")),
    request_body = CancelActivity, responses((status = 200, description = "The activity", body = Activity)))]
#[post("/activities/{id}/cancel")]
pub async fn cancel_activity(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ActivityId>,
    IfMatch(version): IfMatch,
    Json(body): Json<CancelActivity>,
) -> ApiResult<HttpResponse> {
    command(user, state, id, version, ActivityCommand::Cancel(body)).await
}

/// Plans an activity again that was done or called off
#[utoipa::path(tag = "Activities", operation_id = "reopen_activity", params(("id" = String, Path, description = "Identifier of the activity")),
    responses((status = 200, description = "The activity", body = Activity)))]
#[post("/activities/{id}/reopen")]
pub async fn reopen_activity(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ActivityId>,
    IfMatch(version): IfMatch,
) -> ApiResult<HttpResponse> {
    command(user, state, id, version, ActivityCommand::Reopen).await
}

/// Reads your day
///
/// What you have to do on a day, in one answer: what is overdue first, then the day, the days after
/// it, what was done, the deals whose next step is due and the leads to work on. Only what is your
/// own.
#[utoipa::path(tag = "Activities", operation_id = "get_my_day", params(MyDayQuery),
    responses((status = 200, description = "Your day", body = MyDay)))]
#[get("/my-day")]
pub async fn get_my_day(
    user: SignedIn,
    state: web::Data<State>,
    Query(query): Query<MyDayQuery>,
) -> ApiResult<web::Json<MyDay>> {
    let day = state
        .read_snapshot(move |tx| activities::my_day(tx, &user.actor, query, Utc::now()))
        .await?;
    Ok(web::Json(day))
}
