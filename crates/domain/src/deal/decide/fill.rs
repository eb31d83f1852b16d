//! The form copied into the deal.

use super::state::value;
use crate::deal::{Deal, DealDraft, References, Rules};
use crate::id::Ref;

/// Copies the form into the deal; the title and the stage are the caller's.
pub(super) fn fill(deal: &mut Deal, draft: &DealDraft, references: &References, rules: Rules<'_>) {
    set_owner(deal, draft, references);
    set(
        &mut deal.account_id,
        &mut deal.account_name,
        &draft.account_id,
        &references.account,
    );
    set(
        &mut deal.contact_id,
        &mut deal.contact_name,
        &draft.contact_id,
        &references.contact,
    );
    set(
        &mut deal.product_id,
        &mut deal.product_name,
        &draft.product_id,
        &references.product,
    );
    if let Some(deal_type) = draft.deal_type {
        deal.deal_type = deal_type;
    }
    deal.category = draft.category;
    deal.source.clone_from(&draft.source);
    deal.budget = draft.budget;
    if deal.amount != draft.amount || deal.amount_base.is_none() {
        deal.amount = draft.amount;
        value(deal, rules);
    }
    let stage = rules.stages().get(&deal.stage);
    match draft.probability {
        Some(p) if p != deal.probability || deal.probability_manual => {
            deal.probability = p;
            deal.probability_manual = true;
        }
        Some(_) => {}
        None => {
            deal.probability_manual = false;
            deal.probability = stage.map_or(deal.probability, |s| s.probability);
        }
    }
    match draft.forecast_category {
        Some(c) if c != deal.forecast_category || deal.forecast_category_manual => {
            deal.forecast_category = c;
            deal.forecast_category_manual = true;
        }
        Some(_) => {}
        None => {
            deal.forecast_category_manual = false;
            deal.forecast_category = stage.map_or(deal.forecast_category, |s| s.forecast_category);
        }
    }
    if let (Some(before), Some(after)) = (deal.expected_close_on, draft.expected_close_on)
        && after > before
    {
        deal.pushes += 1;
    }
    deal.expected_close_on = draft.expected_close_on;
    deal.first_expected_close_on = deal.first_expected_close_on.or(draft.expected_close_on);
    deal.need.clone_from(&draft.need);
    deal.decision_on = draft.decision_on;
    deal.tactic.clone_from(&draft.tactic);
    deal.own_strengths.clone_from(&draft.own_strengths);
    deal.own_weaknesses.clone_from(&draft.own_weaknesses);
    deal.tactic_review_on = draft.tactic_review_on;
    deal.next_step_on = draft.next_step_on;
}

/// Gives the deal its owner and its department: the one that the form names, else the new owner's.
pub(super) fn set_owner(deal: &mut Deal, draft: &DealDraft, references: &References) {
    if let Some(owner) = &references.owner {
        let is_new = owner.user_id != deal.owner_id;
        if is_new || deal.department_id.is_none() {
            deal.owner_id = owner.user_id.clone();
            deal.owner_name.clone_from(&owner.name);
            deal.department_id = owner.department.as_ref().map(|(id, _)| id.clone());
            deal.department_name = owner.department.as_ref().map(|(_, name)| name.clone());
        }
    }
    if let (Some(id), Some(found)) = (&draft.department_id, &references.department) {
        deal.department_id = Some(id.clone());
        deal.department_name = Some(found.name.clone());
    }
}

pub(super) fn set<T: Clone + PartialEq>(
    id: &mut Option<T>,
    name: &mut Option<String>,
    wanted: &Option<T>,
    found: &Option<Ref>,
) {
    if id != wanted {
        id.clone_from(wanted);
        *name = found.as_ref().map(|r| r.name.clone());
    }
}
