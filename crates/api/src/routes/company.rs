//! What holds for the whole company: stages, currencies, exchange rates.

use actix_multipart::Multipart;
use actix_web::{HttpResponse, get, post, web};
use chrono::Utc;
use etalon_domain::error::ErrorCode;
use etalon_domain::page::Page;
use etalon_domain::policy::may_manage_company;
use etalon_domain::rate::{
    CurrencyInfo, ExchangeRate, ExchangeRateDraft, ExchangeRateFilter, RatesImported,
};
use etalon_domain::stage::{Stage, StagesQuery};
use etalon_persistence::{process, rates};

use crate::auth::SignedIn;
use crate::ecb;
use crate::error::{ApiError, ApiResult};
use crate::extract::{Json, Query};
use crate::multipart::single_file;
use crate::state::{State, context};

/// Largest file of exchange rates.
const MAX_FILE: usize = 20 << 20;

/// Lists stages
///
/// In order, final ones included: those of all processes together, or those of the version of a process
/// that a deal follows.
#[utoipa::path(tag = "Process", operation_id = "list_stages", params(StagesQuery),
    responses((status = 200, description = "All stages", body = Page<Stage>)))]
#[get("/stages")]
pub async fn list_stages(
    _user: SignedIn,
    state: web::Data<State>,
    Query(query): Query<StagesQuery>,
) -> ApiResult<web::Json<Page<Stage>>> {
    let items = match query.process_version_id {
        None => state.db().company().stages.all().to_vec(),
        Some(version) => {
            let found = state.read(move |tx| process::stages(tx, &version)).await?;
            found.all().to_vec()
        }
    };
    Ok(web::Json(Page::whole(items)))
}

/// Lists currencies
///
/// Every ISO 4217 currency with minor units, and the rate to the base currency at which open deals are
/// valued now.
#[utoipa::path(tag = "Currencies", operation_id = "list_currencies",
    responses((status = 200, description = "All currencies", body = Page<CurrencyInfo>)))]
#[get("/currencies")]
pub async fn list_currencies(
    _user: SignedIn,
    state: web::Data<State>,
) -> ApiResult<web::Json<Page<CurrencyInfo>>> {
    let items = state
        .read(|tx| rates::currencies(tx, rates::newest_day(Utc::now())))
        .await?;
    Ok(web::Json(Page {
        items,
        next_cursor: None,
        totals: None,
    }))
}

/// Lists exchange rates
///
/// Newest first; with `on`, for each pair the latest one published on or before that day.
#[utoipa::path(tag = "Currencies", operation_id = "list_exchange_rates", params(ExchangeRateFilter),
    responses((status = 200, description = "A page of rates", body = Page<ExchangeRate>)))]
#[get("/exchange-rates")]
pub async fn list_exchange_rates(
    _user: SignedIn,
    state: web::Data<State>,
    Query(filter): Query<ExchangeRateFilter>,
) -> ApiResult<web::Json<Page<ExchangeRate>>> {
    let page = state.read(move |tx| rates::list(tx, &filter)).await?;
    Ok(web::Json(page))
}

/// Enters an exchange rate
///
/// For administrators. Replaces the rate of that pair and day; open deals are valued anew at once.
#[utoipa::path(tag = "Currencies", operation_id = "create_exchange_rate", request_body = ExchangeRateDraft,
    responses((status = 201, description = "The rate", body = ExchangeRate)))]
#[post("/exchange-rates")]
pub async fn create_exchange_rate(
    user: SignedIn,
    state: web::Data<State>,
    Json(draft): Json<ExchangeRateDraft>,
) -> ApiResult<HttpResponse> {
    let context = context(&user.actor);
    let rate = state
        .write(move |tx| rates::enter(tx, &context, &draft))
        .await?;
    Ok(HttpResponse::Created().json(rate))
}

/// Imports exchange rates
///
/// For administrators. Takes the European Central Bank's history of euro reference rates as it is
/// published: a CSV file with one row a day and one column a currency.
#[utoipa::path(tag = "Currencies", operation_id = "import_exchange_rates",
    request_body(content = super::FileUpload, content_type = "multipart/form-data"),
    responses((status = 200, description = "What was imported", body = RatesImported)))]
#[post("/exchange-rates/import")]
pub async fn import_exchange_rates(
    user: SignedIn,
    state: web::Data<State>,
    body: Multipart,
) -> ApiResult<web::Json<RatesImported>> {
    if !may_manage_company(&user.actor) {
        return Err(ApiError::new(ErrorCode::Forbidden));
    }
    let file = single_file(body, MAX_FILE).await?;
    let read = state
        .blocking(move || ecb::parse(&file.name, &file.bytes))
        .await??;
    let context = context(&user.actor);
    let imported = state
        .write(move |tx| {
            let stored = rates::store(tx, &context, &read.rates)?;
            Ok(RatesImported {
                created: stored.created,
                updated: stored.updated,
                unchanged: stored.unchanged,
                missing: read.missing,
                skipped_columns: read.skipped_columns,
                first_on: read.rates.iter().map(|r| r.on).min(),
                last_on: read.rates.iter().map(|r| r.on).max(),
                revalued_deals: stored.revalued,
            })
        })
        .await?;
    Ok(web::Json(imported))
}
