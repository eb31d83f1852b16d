//! Stage, value and the versions that the reports read.

use crate::deal::{Deal, Rules, Version};
use crate::error::{Error, FieldError};
use crate::stage::{Stage, Stages};
use crate::time::Instant;

pub(super) fn known_stage<'a>(stages: &'a Stages, code: &str) -> Result<&'a Stage, Error> {
    stages
        .get(code)
        .ok_or_else(|| Error::Invalid(vec![FieldError::unknown("stage")]))
}

/// Puts a deal into an open stage: probability and category follow unless a person set them.
pub(super) fn enter(deal: &mut Deal, stage: &Stage, at: Instant) {
    deal.stage.clone_from(&stage.code);
    deal.status = stage.status;
    deal.stage_entered_at = at;
    if !deal.probability_manual {
        deal.probability = stage.probability;
    }
    if !deal.forecast_category_manual {
        deal.forecast_category = stage.forecast_category;
    }
}

/// Puts a deal into a final stage and freezes its value.
pub(super) fn end(deal: &mut Deal, stage: &Stage, at: Instant, only_stay: bool, rules: Rules<'_>) {
    deal.closed_from_stage = (!only_stay).then(|| deal.stage.clone());
    deal.stage.clone_from(&stage.code);
    deal.status = stage.status;
    deal.stage_entered_at = at;
    deal.closed_at = Some(at);
    deal.probability = stage.probability;
    deal.probability_manual = false;
    deal.forecast_category = stage.forecast_category;
    deal.forecast_category_manual = false;
    value(deal, rules);
}

/// Values the amount in the base currency.
pub(super) fn value(deal: &mut Deal, rules: Rules<'_>) {
    deal.amount_base = deal.amount.and_then(|m| rules.rates.convert(m, rules.base));
}

/// The fields whose history the reports read.
pub(super) fn analytic(deal: &Deal) -> impl PartialEq + '_ {
    (
        (
            &deal.stage,
            deal.status,
            &deal.owner_id,
            &deal.department_id,
        ),
        (deal.amount, deal.amount_base, deal.probability),
        (
            deal.forecast_category,
            deal.expected_close_on,
            deal.category,
        ),
        (&deal.account_id, &deal.product_id, &deal.source),
        (&deal.process_version_id, deal.deleted_at.is_some()),
    )
}

pub(super) fn version_of(deal: &Deal, at: Instant) -> Version {
    Version {
        at,
        stage: deal.stage.clone(),
        status: deal.status,
        probability: deal.probability,
        forecast_category: deal.forecast_category,
    }
}
