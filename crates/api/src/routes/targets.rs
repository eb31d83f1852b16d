//! Targets of people and departments.

use actix_web::{HttpRequest, HttpResponse, get, put, web};
use chrono::Utc;
use etalon_domain::analytics::{AnalyticsFilter, PeriodQuery, Preset};
use etalon_domain::endpoint::names_of;
use etalon_domain::target::{TargetDrafts, TargetGrid};
use etalon_persistence::goals;

use crate::auth::SignedIn;
use crate::error::ApiResult;
use crate::extract::{Json, Query, only_known};
use crate::state::{State, context};

/// Reads the targets
///
/// Month by month, of the departments and people that you may see: departments, each followed by its
/// people. What is not entered for a department is the sum of its people and of the departments below it.
/// With a filter by people only they are told; other filters than by people and departments leave no total.
#[utoipa::path(tag = "Analytics", operation_id = "get_targets", params(PeriodQuery, AnalyticsFilter),
    responses((status = 200, description = "The targets", body = TargetGrid)))]
#[get("/analytics/targets")]
pub async fn get_targets(
    user: SignedIn,
    request: HttpRequest,
    state: web::Data<State>,
    Query(query): Query<PeriodQuery>,
    Query(filter): Query<AnalyticsFilter>,
) -> ApiResult<web::Json<TargetGrid>> {
    let known = [names_of::<PeriodQuery>(), names_of::<AnalyticsFilter>()];
    only_known(request.query_string(), &known)?;
    let query = match query {
        PeriodQuery {
            period: None,
            from: None,
            to: None,
            ..
        } => PeriodQuery {
            period: Some(Preset::ThisYear),
            ..query
        },
        given => given,
    };
    let today = etalon_persistence::zone::day_at(
        Utc::now(),
        etalon_persistence::zone::zone(&user.actor.time_zone),
    );
    let period = query
        .resolve(today)
        .map_err(etalon_persistence::Error::from)?;
    let grid = state
        .read_snapshot(move |tx| goals::grid(tx, &user.actor, period, &filter))
        .await?;
    Ok(web::Json(grid))
}

/// Changes targets
///
/// All of those given, or none when one of them is refused: administrators, and heads for their
/// departments and people. An amount of null takes a target away. With `version`, a target that somebody
/// else has changed meanwhile is refused.
#[utoipa::path(tag = "Analytics", operation_id = "replace_targets", request_body = TargetDrafts,
    responses((status = 204, description = "Changed")))]
#[put("/analytics/targets")]
pub async fn replace_targets(
    user: SignedIn,
    state: web::Data<State>,
    Json(drafts): Json<TargetDrafts>,
) -> ApiResult<HttpResponse> {
    let context = context(&user.actor);
    state
        .write(move |tx| goals::replace(tx, &context, &drafts))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
