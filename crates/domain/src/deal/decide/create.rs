//! A new deal.

use super::fill::fill;
use super::gates::pass_from_start;
use super::history::label;
use super::references::{Placing, check_references};
use super::state::version_of;
use crate::deal::{
    Deal, DealDraft, DealStatus, DealType, DecidedEntry, Decision, Derived, References, Rules,
};
use crate::error::{Error, ErrorCode, FieldCode, FieldError, validate};
use crate::event::{EventKind, initial};
use crate::time::Instant;

pub(super) fn create(
    draft: &DealDraft,
    references: &References,
    placing: Placing,
    rules: Rules<'_>,
) -> Result<Decision, Error> {
    let reason = draft.override_reason.as_deref();
    let (deal, draft) = new_deal(draft, references, placing, rules, rules.now)?;
    let passed = pass_from_start(&deal, reason, rules)?;
    let mut changes = initial(&draft);
    label(&mut changes, None, &deal);
    let mut entries = vec![DecidedEntry {
        at: rules.now,
        kind: EventKind::Created,
        changes,
        reason: None,
    }];
    entries.extend(passed);
    Ok(Decision {
        entries,
        versions: vec![version_of(&deal, rules.now)],
        deal,
    })
}

/// A new open deal from a form, in the stage that the form names or the first.
pub(super) fn new_deal(
    draft: &DealDraft,
    references: &References,
    placing: Placing,
    rules: Rules<'_>,
    created_at: Instant,
) -> Result<(Deal, DealDraft), Error> {
    if !rules.actor.writes() {
        return Err(ErrorCode::Forbidden.into());
    }
    let draft = draft.clone().normalized();
    let mut errors = validate(&draft);
    let stage = match draft.stage.as_deref() {
        Some(code) => rules.stages().get(code).filter(|s| s.is_open()),
        None => rules.stages().first(),
    };
    if stage.is_none() {
        errors.push(FieldError::new(
            "stage",
            FieldCode::UnknownReference,
            "is not a stage of the work",
        ));
    }
    check_references(None, &draft, references, placing, rules, &mut errors);
    let (Some(stage), Some(owner)) = (stage, references.owner.as_ref()) else {
        return Err(Error::Invalid(errors));
    };
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let mut deal = Deal {
        id: rules.new_id.clone(),
        number: String::new(),
        title: draft.title.clone(),
        account_id: None,
        account_name: None,
        contact_id: None,
        contact_name: None,
        owner_id: owner.user_id.clone(),
        owner_name: owner.name.clone(),
        department_id: None,
        department_name: None,
        product_id: None,
        product_name: None,
        process_version_id: rules.process.id.clone(),
        my_team_role: None,
        stage: stage.code.clone(),
        status: DealStatus::Open,
        deal_type: DealType::Direct,
        category: None,
        source: None,
        budget: None,
        amount: None,
        amount_base: None,
        probability: stage.probability,
        probability_manual: false,
        forecast_category: stage.forecast_category,
        forecast_category_manual: false,
        expected_close_on: None,
        first_expected_close_on: None,
        pushes: 0,
        closed_at: None,
        close_reason: None,
        winner_account_id: None,
        winner_account_name: None,
        beaten_account_id: None,
        beaten_account_name: None,
        rerouted_to: None,
        next_contact_on: None,
        need: None,
        decision_on: None,
        tactic: None,
        own_strengths: None,
        own_weaknesses: None,
        tactic_review_on: None,
        next_step_on: None,
        stage_entered_at: created_at,
        closed_from_stage: None,
        last_touch_at: None,
        derived: Derived::default(),
        external_id: None,
        import_id: None,
        deleted_at: None,
        version: 1,
        created_at,
        created_by: Some(rules.actor.user_id.clone()),
        updated_at: rules.now,
        updated_by: Some(rules.actor.user_id.clone()),
    };
    fill(&mut deal, &draft, references, rules);
    let draft = DealDraft::from(&deal);
    Ok((deal, draft))
}
