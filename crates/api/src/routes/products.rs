//! Products.

use actix_web::{HttpResponse, delete, get, patch, post, put, web};
use etalon_domain::event::{TimelineEntry, TimelineFilter};
use etalon_domain::id::ProductId;
use etalon_domain::page::Page;
use etalon_domain::product::{Product, ProductDraft, ProductFilter};
use etalon_domain::record::RecordCommand;
use etalon_persistence::products;
use etalon_persistence::timeline::{self, Entity};

use crate::auth::SignedIn;
use crate::error::ApiResult;
use crate::extract::{IfMatch, Json, Query};
use crate::patch::merged;
use crate::state::{State, context, created, versioned};

/// Lists products
///
/// The products that the filters select; everybody who signs in sees all of them.
#[utoipa::path(tag = "Products", operation_id = "list_products", params(ProductFilter),
    responses((status = 200, description = "A page of products", body = Page<Product>)))]
#[get("/products")]
pub async fn list_products(
    _user: SignedIn,
    state: web::Data<State>,
    Query(filter): Query<ProductFilter>,
) -> ApiResult<web::Json<Page<Product>>> {
    let page = state
        .read_snapshot(move |tx| products::list(tx, &filter))
        .await?;
    Ok(web::Json(page))
}

/// Creates a product
#[utoipa::path(tag = "Products", operation_id = "create_product", request_body = ProductDraft,
    responses((status = 201, description = "The new product", body = Product)))]
#[post("/products")]
pub async fn create_product(
    user: SignedIn,
    state: web::Data<State>,
    Json(draft): Json<ProductDraft>,
) -> ApiResult<HttpResponse> {
    let context = context(&user.actor);
    let record = state
        .write(move |tx| products::execute(tx, &context, None, None, &RecordCommand::create(draft)))
        .await?;
    let location = format!("/api/v1/products/{}", record.id);
    Ok(created(record.version, location, &record))
}

/// Reads a product
#[utoipa::path(tag = "Products", operation_id = "get_product", params(("id" = String, Path, description = "Identifier of the product")),
    responses((status = 200, description = "The product", body = Product)))]
#[get("/products/{id}")]
pub async fn get_product(
    _user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ProductId>,
) -> ApiResult<HttpResponse> {
    let record = state.read(move |tx| products::get(tx, &id)).await?;
    Ok(versioned(record.version, &record))
}

async fn command(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ProductId>,
    expected: Option<i64>,
    command: RecordCommand<ProductDraft>,
) -> ApiResult<HttpResponse> {
    let context = context(&user.actor);
    let record = state
        .write(move |tx| products::execute(tx, &context, Some(&id), expected, &command))
        .await?;
    Ok(versioned(record.version, &record))
}

/// Replaces the fields of a product
///
/// Fields that are absent become empty.
#[utoipa::path(tag = "Products", operation_id = "replace_product", params(("id" = String, Path, description = "Identifier of the product")),
    request_body = ProductDraft, responses((status = 200, description = "The product", body = Product)))]
#[put("/products/{id}")]
pub async fn replace_product(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ProductId>,
    IfMatch(version): IfMatch,
    Json(draft): Json<ProductDraft>,
) -> ApiResult<HttpResponse> {
    command(user, state, id, version, RecordCommand::Edit(draft)).await
}

/// Changes some fields of a product
///
/// The body is a JSON merge patch (RFC 7396) of the form: absent fields stay, `null` empties one.
#[utoipa::path(tag = "Products", operation_id = "update_product", params(("id" = String, Path, description = "Identifier of the product")),
    request_body(content = ProductDraft, content_type = "application/merge-patch+json"),
    responses((status = 200, description = "The product", body = Product)))]
#[patch("/products/{id}")]
pub async fn update_product(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ProductId>,
    IfMatch(version): IfMatch,
    Json(patch): Json<serde_json::Value>,
) -> ApiResult<HttpResponse> {
    let wanted = id.clone();
    let current = state.read(move |tx| products::get(tx, &wanted)).await?;
    let draft = merged(&ProductDraft::from(&current), patch)?;
    let version = version.unwrap_or(current.version);
    command(user, state, id, Some(version), RecordCommand::Edit(draft)).await
}

/// Removes a product that no deal names
#[utoipa::path(tag = "Products", operation_id = "delete_product", params(("id" = String, Path, description = "Identifier of the product")),
    responses((status = 204, description = "It is gone")))]
#[delete("/products/{id}")]
pub async fn delete_product(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ProductId>,
    IfMatch(version): IfMatch,
) -> ApiResult<HttpResponse> {
    command(user, state, id, version, RecordCommand::Delete).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Lists the history of a product
///
/// Newest first. Entries are never changed or removed.
#[utoipa::path(tag = "Products", operation_id = "list_product_timeline", params(("id" = String, Path, description = "Identifier of the product"), TimelineFilter),
    responses((status = 200, description = "A page of the history", body = Page<TimelineEntry>)))]
#[get("/products/{id}/timeline")]
pub async fn list_product_timeline(
    _user: SignedIn,
    state: web::Data<State>,
    id: web::Path<ProductId>,
    Query(filter): Query<TimelineFilter>,
) -> ApiResult<web::Json<Page<TimelineEntry>>> {
    let page = state
        .read(move |tx| {
            let record = products::get(tx, &id)?;
            timeline::list(tx, Entity::Product, record.id.as_str(), &filter)
        })
        .await?;
    Ok(web::Json(page))
}
