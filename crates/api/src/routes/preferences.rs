//! What a person wants of the product, and the own calendar for other programs.

use actix_web::{HttpResponse, delete, get, post, put, web};
use chrono::Utc;
use etalon_domain::auth::{CalendarLink, Preferences, PreferencesDraft};
use etalon_domain::error::ErrorCode;
use etalon_persistence::{activities, preferences, users};

use crate::auth::{SignedIn, token};
use crate::error::ApiResult;
use crate::extract::Json;
use crate::ical;
use crate::state::State;

/// Reads your preferences
#[utoipa::path(tag = "Profile", operation_id = "get_preferences",
    responses((status = 200, description = "Your preferences", body = Preferences)))]
#[get("/me/preferences")]
pub async fn get_preferences(
    user: SignedIn,
    state: web::Data<State>,
) -> ApiResult<web::Json<Preferences>> {
    let mail_available = state.settings().smtp.is_some();
    let mail = state
        .read(move |tx| preferences::wants_mail(tx, &user.actor.user_id))
        .await?;
    Ok(web::Json(Preferences {
        mail,
        mail_available,
    }))
}

/// Changes your preferences
#[utoipa::path(tag = "Profile", operation_id = "replace_preferences", request_body = PreferencesDraft,
    responses((status = 200, description = "Your preferences", body = Preferences)))]
#[put("/me/preferences")]
pub async fn replace_preferences(
    user: SignedIn,
    state: web::Data<State>,
    Json(draft): Json<PreferencesDraft>,
) -> ApiResult<web::Json<Preferences>> {
    let mail_available = state.settings().smtp.is_some();
    state
        .write(move |tx| preferences::set_mail(tx, &user.actor.user_id, draft.mail))
        .await?;
    Ok(web::Json(Preferences {
        mail: draft.mail,
        mail_available,
    }))
}

fn link(state: &State, secret: Option<&str>) -> CalendarLink {
    let public_url = &state.settings().public_url;
    CalendarLink {
        url: secret.map(|secret| format!("{public_url}/api/v1/calendar/{secret}.ics")),
    }
}

/// Reads the link to your calendar
///
/// Whoever has the link can read your activities, without signing in. There is none until you make
/// one.
#[utoipa::path(tag = "Profile", operation_id = "get_calendar_link",
    responses((status = 200, description = "The link", body = CalendarLink)))]
#[get("/me/calendar")]
pub async fn get_calendar_link(
    user: SignedIn,
    state: web::Data<State>,
) -> ApiResult<web::Json<CalendarLink>> {
    let secret = state
        .read(move |tx| preferences::calendar_secret(tx, &user.actor.user_id))
        .await?;
    Ok(web::Json(link(&state, secret.as_deref())))
}

/// Makes a new link to your calendar
///
/// The old one stops working.
#[utoipa::path(tag = "Profile", operation_id = "renew_calendar_link",
    responses((status = 200, description = "The link", body = CalendarLink)))]
#[post("/me/calendar/renew")]
pub async fn renew_calendar_link(
    user: SignedIn,
    state: web::Data<State>,
) -> ApiResult<web::Json<CalendarLink>> {
    let secret = token::random()?;
    let fresh = secret.clone();
    state
        .write(move |tx| preferences::set_calendar_secret(tx, &user.actor.user_id, Some(&fresh)))
        .await?;
    Ok(web::Json(link(&state, Some(&secret))))
}

/// Removes the link to your calendar
///
/// It stops working.
#[utoipa::path(tag = "Profile", operation_id = "delete_calendar_link",
    responses((status = 204, description = "There is no link any more")))]
#[delete("/me/calendar")]
pub async fn delete_calendar_link(
    user: SignedIn,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    state
        .write(move |tx| preferences::set_calendar_secret(tx, &user.actor.user_id, None))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Reads a calendar by its secret link
///
/// The activities of a person as an iCalendar file (RFC 5545), from a month ago to a year ahead.
/// Needs no sign-in: the link is the secret.
#[utoipa::path(tag = "Activities", operation_id = "get_calendar_feed", security(()),
    params(("secret" = String, Path, description = "The secret of the link")),
    responses((status = 200, description = "The calendar", body = String, content_type = "text/calendar")))]
#[get("/calendar/{secret}.ics")]
pub async fn get_calendar_feed(
    state: web::Data<State>,
    secret: web::Path<String>,
) -> ApiResult<HttpResponse> {
    let (name, found) = state
        .read_snapshot(move |tx| {
            let user = preferences::by_calendar_secret(tx, &secret)?;
            let actor = match user {
                Some(user) => users::actor(tx, &user)?,
                None => None,
            };
            let actor = actor.ok_or(ErrorCode::NotFound)?;
            let found = activities::for_calendar(tx, &actor, Utc::now())?;
            Ok((actor.name, found))
        })
        .await?;
    let text = ical::calendar(
        &format!("Etalon: {name}"),
        &found,
        &state.settings().public_url,
    );
    Ok(HttpResponse::Ok()
        .content_type("text/calendar; charset=utf-8")
        .insert_header(("cache-control", "private, max-age=300"))
        .body(text))
}
