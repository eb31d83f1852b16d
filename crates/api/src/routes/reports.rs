//! The figures: funnel, forecast, Pulse and what is told beside them, and the rows behind every number.

use actix_web::{HttpRequest, get, web};
use chrono::Utc;
use etalon_domain::analytics::{
    AnalyticsFilter, Cycle, Dynamics, Forecast, Funnel, FunnelMode, Leaderboard, ManagerCard,
    PeriodQuery, Pulse, Reasons, Rows, RowsQuery, Stalling, Velocity, WinRate,
};
use etalon_domain::endpoint::{FunnelOptions, LeaderOptions, SplitOptions, StepOptions, names_of};
use etalon_domain::id::UserId;
use etalon_domain::policy::Actor;
use etalon_domain::time::Instant;
use etalon_persistence::{Result as StoreResult, Tx, reports};
use serde::de::DeserializeOwned;

use super::guide::language;
use crate::auth::SignedIn;
use crate::error::ApiResult;
use crate::extract::{from_query, only_known};
use crate::state::State;

/// What every report takes, read from the query string.
struct Asked<O> {
    actor: std::sync::Arc<Actor>,
    period: PeriodQuery,
    filter: AnalyticsFilter,
    options: O,
    now: Instant,
}

/// Reads a report as it is at one instant.
async fn report<O, T>(
    user: SignedIn,
    request: &HttpRequest,
    state: &State,
    read: impl FnOnce(&mut Tx<'_>, Asked<O>) -> StoreResult<T> + Send + 'static,
) -> ApiResult<web::Json<T>>
where
    O: DeserializeOwned + Send + 'static,
    T: Send + 'static,
{
    let query = request.query_string();
    let known = [
        names_of::<O>(),
        names_of::<PeriodQuery>(),
        names_of::<AnalyticsFilter>(),
    ];
    only_known(query, &known)?;
    let (period, filter, options) = (from_query(query)?, from_query(query)?, from_query(query)?);
    let found = state
        .read_snapshot(move |tx| {
            let asked = Asked {
                actor: user.actor,
                period,
                filter,
                options,
                // Not before what is seen was written.
                now: Utc::now(),
            };
            read(tx, asked)
        })
        .await?;
    Ok(web::Json(found))
}

/// A report that takes nothing beside period and filters.
#[derive(Clone, Copy, Debug, Default, serde::Deserialize)]
struct Nothing {}

/// Reads the funnel
///
/// In one of three modes: how many deals are in each stage at the end of a day (snapshot), what became of
/// those that entered each stage in a period (flow), how far those created in a period have come (cohort).
/// What a mode does not define is null.
#[utoipa::path(tag = "Analytics", operation_id = "get_funnel",
    params(FunnelOptions, PeriodQuery, AnalyticsFilter),
    responses((status = 200, description = "The funnel", body = Funnel)))]
#[get("/analytics/funnel")]
pub async fn get_funnel(
    user: SignedIn,
    request: HttpRequest,
    state: web::Data<State>,
) -> ApiResult<web::Json<Funnel>> {
    let language = language(None, &request);
    report(
        user,
        &request,
        &state,
        move |tx, asked: Asked<FunnelOptions>| {
            let mode = asked.options.mode.unwrap_or(FunnelMode::Snapshot);
            let Asked {
                actor,
                period,
                filter,
                now,
                ..
            } = &asked;
            reports::funnel(tx, actor, mode, period, filter, language, *now)
        },
    )
    .await
}

/// Reads Sales Pulse
///
/// The state of sales in one answer: the funnel of now, won, commit and weighted against the target of the
/// period, thirteen weeks, the largest deals to close, what is overdue and rotting, activities, leaders,
/// and what changed in the last 24 hours. It is always of now: `as_of` changes nothing.
#[utoipa::path(tag = "Analytics", operation_id = "get_pulse", params(PeriodQuery, AnalyticsFilter),
    responses((status = 200, description = "Pulse", body = Pulse)))]
#[get("/analytics/pulse")]
pub async fn get_pulse(
    user: SignedIn,
    request: HttpRequest,
    state: web::Data<State>,
) -> ApiResult<web::Json<Pulse>> {
    let language = language(None, &request);
    report(user, &request, &state, move |tx, asked: Asked<Nothing>| {
        let Asked {
            actor,
            period,
            filter,
            now,
            ..
        } = &asked;
        reports::pulse(tx, actor, period, filter, language, *now)
    })
    .await
}

/// Reads the forecast
///
/// Closed, commit and weighted of a period against its target: as a whole, month by month, by owner and
/// department, and as it stood 1, 4 and 13 weeks before.
#[utoipa::path(tag = "Analytics", operation_id = "get_forecast",
    params(StepOptions, PeriodQuery, AnalyticsFilter),
    responses((status = 200, description = "The forecast", body = Forecast)))]
#[get("/analytics/forecast")]
pub async fn get_forecast(
    user: SignedIn,
    request: HttpRequest,
    state: web::Data<State>,
) -> ApiResult<web::Json<Forecast>> {
    report(user, &request, &state, |tx, asked: Asked<StepOptions>| {
        let Asked {
            actor,
            period,
            filter,
            options,
            now,
        } = &asked;
        reports::forecast(tx, actor, options.step, period, filter, *now)
    })
    .await
}

/// Reads the leaderboard
///
/// People or departments by won amount, number of wins, activities or plan fulfilment, with their places
/// in the period before.
#[utoipa::path(tag = "Analytics", operation_id = "get_leaderboard",
    params(LeaderOptions, PeriodQuery, AnalyticsFilter),
    responses((status = 200, description = "The places", body = Leaderboard)))]
#[get("/analytics/leaderboard")]
pub async fn get_leaderboard(
    user: SignedIn,
    request: HttpRequest,
    state: web::Data<State>,
) -> ApiResult<web::Json<Leaderboard>> {
    report(user, &request, &state, |tx, asked: Asked<LeaderOptions>| {
        let Asked {
            actor,
            period,
            filter,
            options,
            now,
        } = &asked;
        reports::leaderboard(tx, actor, options.by, options.measure, period, filter, *now)
    })
    .await
}

/// Reads the card of a manager
///
/// Conversion and pace by stage beside the department's, win rate with its interval, cycle, forecast and
/// activities. Of those whose deals you see.
#[utoipa::path(tag = "Analytics", operation_id = "get_manager_card",
    params(("id" = String, Path, description = "Identifier of the person"), PeriodQuery, AnalyticsFilter),
    responses((status = 200, description = "The card", body = ManagerCard)))]
#[get("/analytics/managers/{id}")]
pub async fn get_manager_card(
    user: SignedIn,
    request: HttpRequest,
    state: web::Data<State>,
    id: web::Path<UserId>,
) -> ApiResult<web::Json<ManagerCard>> {
    let language = language(None, &request);
    report(user, &request, &state, move |tx, asked: Asked<Nothing>| {
        let Asked {
            actor,
            period,
            filter,
            now,
            ..
        } = &asked;
        reports::manager(tx, actor, &id, period, filter, language, *now)
    })
    .await
}

/// Reads the win rate
///
/// won / (won + lost) of the deals closed in a period, by count and by value, with its 95 % Wilson interval;
/// rejected and rerouted deals apart.
#[utoipa::path(tag = "Analytics", operation_id = "get_win_rate",
    params(SplitOptions, PeriodQuery, AnalyticsFilter),
    responses((status = 200, description = "The win rate", body = WinRate)))]
#[get("/analytics/win-rate")]
pub async fn get_win_rate(
    user: SignedIn,
    request: HttpRequest,
    state: web::Data<State>,
) -> ApiResult<web::Json<WinRate>> {
    report(user, &request, &state, |tx, asked: Asked<SplitOptions>| {
        let Asked {
            actor,
            period,
            filter,
            options,
            now,
        } = &asked;
        reports::win_rate(tx, actor, options.group_by, period, filter, *now)
    })
    .await
}

/// Reads the cycle
///
/// Days from creation to closing of the deals closed in a period: mean, median and the 90th percentile.
#[utoipa::path(tag = "Analytics", operation_id = "get_cycle",
    params(SplitOptions, PeriodQuery, AnalyticsFilter),
    responses((status = 200, description = "The cycle", body = Cycle)))]
#[get("/analytics/cycle")]
pub async fn get_cycle(
    user: SignedIn,
    request: HttpRequest,
    state: web::Data<State>,
) -> ApiResult<web::Json<Cycle>> {
    report(user, &request, &state, |tx, asked: Asked<SplitOptions>| {
        let Asked {
            actor,
            period,
            filter,
            options,
            now,
        } = &asked;
        reports::cycle(tx, actor, options.group_by, period, filter, *now)
    })
    .await
}

/// Reads the velocity
///
/// open deals × win rate × average won amount ÷ average cycle days: what is won a day at the present rate.
#[utoipa::path(tag = "Analytics", operation_id = "get_velocity", params(PeriodQuery, AnalyticsFilter),
    responses((status = 200, description = "The velocity", body = Velocity)))]
#[get("/analytics/velocity")]
pub async fn get_velocity(
    user: SignedIn,
    request: HttpRequest,
    state: web::Data<State>,
) -> ApiResult<web::Json<Velocity>> {
    report(user, &request, &state, |tx, asked: Asked<Nothing>| {
        let Asked {
            actor,
            period,
            filter,
            now,
            ..
        } = &asked;
        reports::velocity(tx, actor, period, filter, *now)
    })
    .await
}

/// Reads the dynamics
///
/// What was created, won and lost, week by week or month by month, and what was open at the end of each.
#[utoipa::path(tag = "Analytics", operation_id = "get_dynamics",
    params(StepOptions, PeriodQuery, AnalyticsFilter),
    responses((status = 200, description = "The dynamics", body = Dynamics)))]
#[get("/analytics/dynamics")]
pub async fn get_dynamics(
    user: SignedIn,
    request: HttpRequest,
    state: web::Data<State>,
) -> ApiResult<web::Json<Dynamics>> {
    report(user, &request, &state, |tx, asked: Asked<StepOptions>| {
        let Asked {
            actor,
            period,
            filter,
            options,
            now,
        } = &asked;
        reports::dynamics(tx, actor, options.step, period, filter, *now)
    })
    .await
}

/// Reads the reasons
///
/// Why deals were lost and rejected in a period, and the win rate by source and by competitor.
#[utoipa::path(tag = "Analytics", operation_id = "get_reasons", params(PeriodQuery, AnalyticsFilter),
    responses((status = 200, description = "The reasons", body = Reasons)))]
#[get("/analytics/reasons")]
pub async fn get_reasons(
    user: SignedIn,
    request: HttpRequest,
    state: web::Data<State>,
) -> ApiResult<web::Json<Reasons>> {
    report(user, &request, &state, |tx, asked: Asked<Nothing>| {
        let Asked {
            actor,
            period,
            filter,
            now,
            ..
        } = &asked;
        reports::reasons(tx, actor, period, filter, *now)
    })
    .await
}

/// Reads what is stalling
///
/// Where open deals have not been touched for longer than their stage's limit, and since when.
#[utoipa::path(tag = "Analytics", operation_id = "get_stalling", params(PeriodQuery, AnalyticsFilter),
    responses((status = 200, description = "What is stalling", body = Stalling)))]
#[get("/analytics/stalling")]
pub async fn get_stalling(
    user: SignedIn,
    request: HttpRequest,
    state: web::Data<State>,
) -> ApiResult<web::Json<Stalling>> {
    let language = language(None, &request);
    report(user, &request, &state, move |tx, asked: Asked<Nothing>| {
        let Asked {
            actor,
            period,
            filter,
            now,
            ..
        } = &asked;
        reports::stalling(tx, actor, period, filter, language, *now)
    })
    .await
}

/// Lists the rows behind a number
///
/// The deals that a number of a report counts, as they were at the moment that is counted; count and sum
/// over all of them equal it. Period and filters are those of the report.
#[utoipa::path(tag = "Analytics", operation_id = "list_report_rows",
    params(RowsQuery, PeriodQuery, AnalyticsFilter),
    responses((status = 200, description = "The rows", body = Rows)))]
#[get("/analytics/rows")]
pub async fn list_report_rows(
    user: SignedIn,
    request: HttpRequest,
    state: web::Data<State>,
) -> ApiResult<web::Json<Rows>> {
    report(user, &request, &state, |tx, asked: Asked<RowsQuery>| {
        let Asked {
            actor,
            period,
            filter,
            options,
            now,
        } = &asked;
        reports::rows(tx, actor, options, period, filter, *now)
    })
    .await
}
