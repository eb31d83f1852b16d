//! What the process says of deals, and what is done in its steps.

use actix_web::http::header::ACCEPT_LANGUAGE;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use chrono::Utc;
use etalon_domain::deal::{DealCommand, FollowProcess};
use etalon_domain::error::{ErrorCode, FieldCode};
use etalon_domain::id::DealId;
use etalon_domain::page::Page;
use etalon_domain::process::{Guide, GuideMark, GuideQuery, MarksQuery, StepInput, StepVisa};
use etalon_domain::user::Language;
use etalon_domain::visa::VisaComment;
use etalon_persistence::deals;

use crate::auth::SignedIn;
use crate::error::{ApiError, ApiResult};
use crate::extract::{IfMatch, Json, Query};
use crate::state::{State, context};

/// Of how many deals marks are given at once.
const MAX_MARKS: usize = 100;

/// The language of the texts: what was asked for, else what the header prefers, else English.
pub(super) fn language(asked: Option<Language>, request: &HttpRequest) -> Language {
    let header = request.headers().get(ACCEPT_LANGUAGE);
    let preferred = || {
        let header = header?.to_str().ok()?;
        let first = header.split(',').next()?.trim();
        first.get(..2)?.to_ascii_lowercase().parse().ok()
    };
    asked.or_else(preferred).unwrap_or(Language::En)
}

/// Guides through a deal
///
/// Where the deal stands in its process: the steps of the stage, what must be met to leave it, what
/// comes next, what is still unknown, and the stays so far.
#[utoipa::path(tag = "Process", operation_id = "get_deal_guide", params(("id" = String, Path, description = "Identifier of the deal"), GuideQuery),
    responses((status = 200, description = "The guide", body = Guide)))]
#[get("/deals/{id}/guide")]
pub async fn get_deal_guide(
    user: SignedIn,
    state: web::Data<State>,
    request: HttpRequest,
    id: web::Path<DealId>,
    Query(query): Query<GuideQuery>,
) -> ApiResult<web::Json<Guide>> {
    let language = language(query.language, &request);
    let guide = state
        .read_snapshot(move |tx| deals::guide(tx, &user.actor, &id, &query, language, Utc::now()))
        .await?;
    Ok(web::Json(guide))
}

/// Lists what is to be marked on cards
///
/// For each of the open deals that you may see: whether it is blocked, what is overdue, and what comes
/// next.
#[utoipa::path(tag = "Process", operation_id = "list_deal_marks", params(MarksQuery),
    responses((status = 200, description = "The marks", body = Page<GuideMark>)))]
#[get("/deal-marks")]
pub async fn list_deal_marks(
    user: SignedIn,
    state: web::Data<State>,
    request: HttpRequest,
    Query(query): Query<MarksQuery>,
) -> ApiResult<web::Json<Page<GuideMark>>> {
    let language = language(query.language, &request);
    if query.id.0.len() > MAX_MARKS {
        let message = "must name at most 100 deals";
        return Err(ApiError::field("id", FieldCode::OutOfRange, message));
    }
    let items = state
        .read_snapshot(move |tx| deals::marks(tx, &user.actor, &query.id.0, language, Utc::now()))
        .await?;
    Ok(web::Json(Page {
        items,
        next_cursor: None,
        totals: None,
    }))
}

/// Answers or completes a step
///
/// What counts depends on the kind of the step: an answer with its source and how sure it is, a
/// decision, chosen materials, agreements to send, a document; without any of them the step is marked
/// as done. `done: false` opens it again. Answers with the guide afterwards.
#[utoipa::path(tag = "Process", operation_id = "answer_step", params(
        ("id" = String, Path, description = "Identifier of the deal"),
        ("step_id" = String, Path, description = "The step"),
        GuideQuery),
    request_body = StepInput,
    responses((status = 200, description = "The guide", body = Guide)))]
#[post("/deals/{id}/steps/{step_id}")]
pub async fn answer_step(
    user: SignedIn,
    state: web::Data<State>,
    request: HttpRequest,
    path: web::Path<(DealId, String)>,
    IfMatch(version): IfMatch,
    Query(query): Query<GuideQuery>,
    Json(input): Json<StepInput>,
) -> ApiResult<web::Json<Guide>> {
    let language = language(query.language, &request);
    let (id, step) = path.into_inner();
    let context = context(&user.actor);
    let guide = state
        .write(move |tx| {
            deals::parts::steps::answer(tx, &context, &id, &step, version, &input)?;
            deals::guide(tx, &context.actor, &id, &query, language, context.now)
        })
        .await?;
    Ok(web::Json(guide))
}

/// Gives or refuses the visa on a contract
///
/// The visa that the step waits for. It binds the documents as they are: changing one voids it.
#[utoipa::path(tag = "Process", operation_id = "decide_step_visa", params(
        ("id" = String, Path, description = "Identifier of the deal"),
        ("step_id" = String, Path, description = "The step"),
        GuideQuery),
    request_body = StepVisa,
    responses((status = 200, description = "The guide", body = Guide)))]
#[post("/deals/{id}/steps/{step_id}/visa")]
pub async fn decide_step_visa(
    user: SignedIn,
    state: web::Data<State>,
    request: HttpRequest,
    path: web::Path<(DealId, String)>,
    Query(query): Query<GuideQuery>,
    Json(body): Json<StepVisa>,
) -> ApiResult<web::Json<Guide>> {
    let language = language(query.language, &request);
    let (id, step) = path.into_inner();
    let context = context(&user.actor);
    let guide = state
        .write(move |tx| {
            let comment = VisaComment {
                comment: body.comment,
            };
            deals::contract::decide(tx, &context, &id, &step, body.decision, &comment)?;
            deals::guide(tx, &context.actor, &id, &query, language, context.now)
        })
        .await?;
    Ok(web::Json(guide))
}

/// Moves a deal to another version of a process
///
/// The deal follows that version from now on; what was answered stays.
#[utoipa::path(tag = "Process", operation_id = "follow_process", params(("id" = String, Path, description = "Identifier of the deal")),
    request_body = FollowProcess,
    responses((status = 204, description = "It follows that version")))]
#[post("/deals/{id}/process")]
pub async fn follow_process(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<DealId>,
    IfMatch(version): IfMatch,
    Json(body): Json<FollowProcess>,
) -> ApiResult<HttpResponse> {
    let context = context(&user.actor);
    state
        .write(move |tx| {
            let command = DealCommand::Follow(body);
            deals::execute(tx, &context, Some(&id), version, &command)
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Shows what another version of a process would ask of a deal
///
/// The guide as it would be if the deal followed that version.
#[utoipa::path(tag = "Process", operation_id = "preview_process", params(
        ("id" = String, Path, description = "Identifier of the deal"),
        ("version_id" = String, Path, description = "The version of a process"),
        GuideQuery),
    responses((status = 200, description = "The guide under that version", body = Guide)))]
#[get("/deals/{id}/process/{version_id}")]
pub async fn preview_process(
    user: SignedIn,
    state: web::Data<State>,
    request: HttpRequest,
    path: web::Path<(DealId, etalon_domain::id::ProcessVersionId)>,
    Query(query): Query<GuideQuery>,
) -> ApiResult<web::Json<Guide>> {
    let language = language(query.language, &request);
    let (id, version) = path.into_inner();
    let guide = state
        .read_snapshot(move |tx| {
            deals::preview(tx, &user.actor, &id, &version, &query, language, Utc::now())?
                .ok_or_else(|| ErrorCode::NotFound.into())
        })
        .await?;
    Ok(web::Json(guide))
}
