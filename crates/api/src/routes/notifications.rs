//! What the product tells a person.

use actix_web::{HttpResponse, get, post, web};
use chrono::Utc;
use etalon_domain::id::NotificationId;
use etalon_domain::notification::{Notification, NotificationFilter, SnoozeNotification};
use etalon_domain::page::Page;
use etalon_persistence::notifications;

use crate::auth::SignedIn;
use crate::error::ApiResult;
use crate::extract::{Json, Query};
use crate::state::State;

/// Lists your notifications
///
/// Newest first; what was put off comes back when its time has come.
#[utoipa::path(tag = "Notifications", operation_id = "list_notifications", params(NotificationFilter),
    responses((status = 200, description = "A page of notifications", body = Page<Notification>)))]
#[get("/notifications")]
pub async fn list_notifications(
    user: SignedIn,
    state: web::Data<State>,
    Query(filter): Query<NotificationFilter>,
) -> ApiResult<web::Json<Page<Notification>>> {
    let page = state
        .read_snapshot(move |tx| notifications::list(tx, &user.actor, &filter, Utc::now()))
        .await?;
    Ok(web::Json(page))
}

/// Marks a notification as read
#[utoipa::path(tag = "Notifications", operation_id = "read_notification", params(("id" = String, Path, description = "Identifier of the notification")),
    responses((status = 200, description = "The notification", body = Notification)))]
#[post("/notifications/{id}/read")]
pub async fn read_notification(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<NotificationId>,
) -> ApiResult<web::Json<Notification>> {
    let found = state
        .write(move |tx| notifications::read(tx, &user.actor, &id, Utc::now()))
        .await?;
    Ok(web::Json(found))
}

/// Puts a notification off
///
/// It leaves the list and comes back unread at the given time.
#[utoipa::path(tag = "Notifications", operation_id = "snooze_notification", params(("id" = String, Path, description = "Identifier of the notification")),
    request_body = SnoozeNotification,
    responses((status = 200, description = "The notification", body = Notification)))]
#[post("/notifications/{id}/snooze")]
pub async fn snooze_notification(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<NotificationId>,
    Json(body): Json<SnoozeNotification>,
) -> ApiResult<web::Json<Notification>> {
    let found = state
        .write(move |tx| notifications::snooze(tx, &user.actor, &id, body, Utc::now()))
        .await?;
    Ok(web::Json(found))
}

/// Marks all notifications as read
///
/// Those that were put off stay.
#[utoipa::path(tag = "Notifications", operation_id = "read_all_notifications",
    responses((status = 204, description = "All are read")))]
#[post("/notifications/read-all")]
pub async fn read_all_notifications(
    user: SignedIn,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    state
        .write(move |tx| notifications::read_all(tx, &user.actor, Utc::now()))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
