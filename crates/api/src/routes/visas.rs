//! Visas.

use actix_web::{get, web};
use chrono::Utc;
use etalon_domain::page::Page;
use etalon_domain::visa::{Visa, VisaFilter};
use etalon_persistence::visas;

use crate::auth::SignedIn;
use crate::error::ApiResult;
use crate::extract::Query;
use crate::state::State;

/// Lists visas
///
/// The visas on documents of the deals that you see, newest first; with `mine=true` those that wait
/// for your decision, the longest waiting first.
#[utoipa::path(tag = "Proposals", operation_id = "list_visas", params(VisaFilter),
    responses((status = 200, description = "A page of visas", body = Page<Visa>)))]
#[get("/visas")]
pub async fn list_visas(
    user: SignedIn,
    state: web::Data<State>,
    Query(filter): Query<VisaFilter>,
) -> ApiResult<web::Json<Page<Visa>>> {
    let page = state
        .read_snapshot(move |tx| visas::list(tx, &user.actor, &filter, Utc::now()))
        .await?;
    Ok(web::Json(page))
}
