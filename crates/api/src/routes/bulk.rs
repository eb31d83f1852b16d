//! Changes of many deals at once.

use actix_web::{post, web};
use etalon_domain::deal::{
    BulkChange, BulkItem, BulkReport, BulkResult, DealCommand, DealDraft, MoveDeal,
};
use etalon_domain::error::FieldCode;
use etalon_domain::policy::Actor;
use etalon_persistence::deals;

use crate::auth::SignedIn;
use crate::error::{ApiError, ApiResult};
use crate::extract::Json;
use crate::state::{State, context};

/// How many deals may be changed at once.
const MAX_ITEMS: usize = 200;

/// Changes many deals at once
///
/// Each by itself: one that is refused does not hold up the others. The answer says of each what became
/// of it and what it was before; sent back, that undoes the change.
#[utoipa::path(tag = "Deals", operation_id = "bulk_update_deals", request_body = BulkChange,
    responses((status = 200, description = "What became of each", body = BulkReport)))]
#[post("/deals/bulk")]
pub async fn bulk_update_deals(
    user: SignedIn,
    state: web::Data<State>,
    Json(body): Json<BulkChange>,
) -> ApiResult<web::Json<BulkReport>> {
    if body.items.is_empty() || body.items.len() > MAX_ITEMS {
        let message = "must name 1 to 200 deals";
        return Err(ApiError::field("items", FieldCode::OutOfRange, message));
    }
    let mut items = Vec::with_capacity(body.items.len());
    for item in body.items {
        let id = item.id.clone();
        let reason = body.override_reason.clone();
        let result = match change_one(&user.actor, &state, item, reason).await {
            Ok(before) => BulkResult {
                id,
                before: Some(before),
                problem: None,
            },
            Err(error) => BulkResult {
                id,
                before: None,
                problem: Some(error.problem()),
            },
        };
        items.push(result);
    }
    Ok(web::Json(BulkReport { items }))
}

/// Changes one deal in a transaction of its own; returns what it was before.
async fn change_one(
    actor: &Actor,
    state: &web::Data<State>,
    item: BulkItem,
    override_reason: Option<String>,
) -> ApiResult<BulkItem> {
    let context = context(actor);
    let before = state
        .write(move |tx| {
            let deal = deals::get(tx, &context.actor, &item.id, context.now)?;
            let before = BulkItem {
                id: item.id.clone(),
                stage: item.stage.as_ref().map(|_| deal.stage.clone()),
                owner_id: item.owner_id.as_ref().map(|_| deal.owner_id.clone()),
                department_id: (item.owner_id.is_some() || item.department_id.is_some())
                    .then(|| deal.department_id.clone())
                    .flatten(),
                expected_close_on: item.expected_close_on.map(|_| deal.expected_close_on),
                undo: item.stage.is_some(),
            };
            let edits = item.owner_id.is_some() || item.department_id.is_some();
            if edits || item.expected_close_on.is_some() {
                let mut draft = DealDraft::from(&deal);
                if let Some(owner) = item.owner_id.filter(|owner| *owner != deal.owner_id) {
                    draft.owner_id = Some(owner);
                    draft.department_id = None;
                }
                if let Some(department) = item.department_id {
                    draft.department_id = Some(department);
                }
                if let Some(day) = item.expected_close_on {
                    draft.expected_close_on = day;
                }
                let command = DealCommand::Edit(draft);
                deals::execute_bulk(tx, &context, Some(&item.id), &command)?;
            }
            let stage = item.stage.filter(|stage| *stage != deal.stage);
            if let Some(stage) = stage.clone().filter(|_| item.undo) {
                deals::undo_move(tx, &context, &item.id, stage, override_reason)?;
            } else if let Some(stage) = stage {
                let command = DealCommand::Move(MoveDeal {
                    stage,
                    reason: None,
                    override_reason,
                });
                deals::execute_bulk(tx, &context, Some(&item.id), &command)?;
            }
            Ok(before)
        })
        .await?;
    Ok(before)
}
