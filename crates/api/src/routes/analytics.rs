//! Reports.

use actix_web::{HttpRequest, get, web};
use chrono::Utc;
use etalon_domain::analytics::{Summary, SummaryGroup};
use etalon_domain::deal::DealFilter;
use etalon_domain::endpoint::names_of;
use etalon_persistence::reports;
use serde::Deserialize;

use crate::auth::SignedIn;
use crate::error::ApiResult;
use crate::extract::{from_query, only_known};
use crate::state::State;

/// How a summary is grouped.
#[derive(Clone, Copy, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct Grouping {
    /// By what to group; without it only the total is computed.
    pub group_by: Option<SummaryGroup>,
}

/// Reads the summary
///
/// Count, sums, win rate and cycle of the deals that you may see and the filters select, by group.
/// Sums are in the base currency: open deals at today's rate, closed ones at that of their closing.
#[utoipa::path(tag = "Analytics", operation_id = "get_summary", params(Grouping, DealFilter),
    responses((status = 200, description = "The summary", body = Summary)))]
#[get("/analytics/summary")]
pub async fn get_summary(
    user: SignedIn,
    request: HttpRequest,
    state: web::Data<State>,
) -> ApiResult<web::Json<Summary>> {
    let known = [names_of::<Grouping>(), names_of::<DealFilter>()];
    only_known(request.query_string(), &known)?;
    let grouping: Grouping = from_query(request.query_string())?;
    let filter: DealFilter = from_query(request.query_string())?;
    let summary = state
        .read_snapshot(move |tx| {
            reports::summary(tx, &user.actor, grouping.group_by, &filter, Utc::now())
        })
        .await?;
    Ok(web::Json(summary))
}
