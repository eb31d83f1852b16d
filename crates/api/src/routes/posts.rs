//! What everybody in the company may read.

use actix_web::{get, web};
use etalon_domain::page::{Page, PageQuery};
use etalon_domain::post::Post;
use etalon_persistence::posts;

use crate::auth::SignedIn;
use crate::error::ApiResult;
use crate::extract::Query;
use crate::state::State;

/// Lists posts
///
/// What everybody may read, newest first: the deals that were won.
#[utoipa::path(tag = "Feed", operation_id = "list_posts", params(PageQuery),
    responses((status = 200, description = "A page of posts", body = Page<Post>)))]
#[get("/posts")]
pub async fn list_posts(
    _user: SignedIn,
    state: web::Data<State>,
    Query(query): Query<PageQuery>,
) -> ApiResult<web::Json<Page<Post>>> {
    let page = state.read(move |tx| posts::list(tx, &query)).await?;
    Ok(web::Json(page))
}
