//! Materials in deals: what fits, what was chosen, what was shown to whom.

use actix_web::{HttpResponse, delete, get, post, web};
use etalon_domain::id::DealId;
use etalon_domain::material::{DealMaterial, DealMaterialDraft, MaterialSuggestion, ShownMaterial};
use etalon_domain::page::Page;
use etalon_persistence::{Tx, deals, materials};

use crate::auth::SignedIn;
use crate::error::ApiResult;
use crate::extract::Json;
use crate::state::{State, context};

/// Lists the materials of a deal
///
/// What was chosen for it and what was shown in it to whom, the latest first, all on one page.
#[utoipa::path(tag = "Knowledge", operation_id = "list_deal_materials", params(("id" = String, Path, description = "Identifier of the deal")),
    responses((status = 200, description = "The materials", body = Page<DealMaterial>)))]
#[get("/deals/{id}/materials")]
pub async fn list_deal_materials(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<DealId>,
) -> ApiResult<web::Json<Page<DealMaterial>>> {
    let context = context(&user.actor);
    let items = state
        .read_snapshot(move |tx| {
            let deal = deals::get(tx, &context.actor, &id, context.now)?;
            materials::of_deal(tx, &deal.id)
        })
        .await?;
    Ok(web::Json(Page::whole(items)))
}

/// Lists the materials that fit a deal
///
/// At most eight published ones, best first: by the deal's product, the customer's kind of need and
/// branch of business, and by what was shown in deals that were won.
#[utoipa::path(tag = "Knowledge", operation_id = "list_material_suggestions", params(("id" = String, Path, description = "Identifier of the deal")),
    responses((status = 200, description = "The materials with the reasons", body = Page<MaterialSuggestion>)))]
#[get("/deals/{id}/materials/suggestions")]
pub async fn list_material_suggestions(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<DealId>,
) -> ApiResult<web::Json<Page<MaterialSuggestion>>> {
    let context = context(&user.actor);
    let items = state
        .read_snapshot(move |tx| {
            let deal = deals::get(tx, &context.actor, &id, context.now)?;
            materials::suggest(tx, &context.actor, &deal)
        })
        .await?;
    Ok(web::Json(Page::whole(items)))
}

/// Chooses a material for a deal, or records that it was shown
///
/// With `shown_at` it was shown; a choice that waited for it becomes this showing. Answers with all
/// materials of the deal.
#[utoipa::path(tag = "Knowledge", operation_id = "use_material", params(("id" = String, Path, description = "Identifier of the deal")),
    request_body = DealMaterialDraft,
    responses((status = 200, description = "The materials of the deal", body = Page<DealMaterial>)))]
#[post("/deals/{id}/materials")]
pub async fn use_material(
    user: SignedIn,
    state: web::Data<State>,
    id: web::Path<DealId>,
    Json(draft): Json<DealMaterialDraft>,
) -> ApiResult<web::Json<Page<DealMaterial>>> {
    let context = context(&user.actor);
    let record = move |tx: &mut Tx<'_>| {
        match draft.shown_at {
            Some(at) => {
                let shown = ShownMaterial {
                    material_id: draft.material_id,
                    contacts: draft.contact_ids,
                    activity_id: draft.activity_id,
                    at,
                };
                materials::show(tx, &context, &id, &shown)?;
            }
            None => {
                let step = draft.step_id.as_deref();
                materials::choose_one(tx, &context, &id, step, &draft.material_id)?;
            }
        }
        materials::of_deal(tx, &id)
    };
    let items = state.write(record).await?;
    Ok(web::Json(Page::whole(items)))
}

/// Takes the choice of a material back
///
/// What was shown stays.
#[utoipa::path(tag = "Knowledge", operation_id = "delete_deal_material",
    params(("id" = String, Path, description = "Identifier of the deal"), ("use_id" = String, Path, description = "Identifier of the use")),
    responses((status = 204, description = "It is not chosen any more")))]
#[delete("/deals/{id}/materials/{use_id}")]
pub async fn delete_deal_material(
    user: SignedIn,
    state: web::Data<State>,
    path: web::Path<(DealId, String)>,
) -> ApiResult<HttpResponse> {
    let context = context(&user.actor);
    let (deal, id) = path.into_inner();
    state
        .write(move |tx| materials::take_back(tx, &context, &deal, &id))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
