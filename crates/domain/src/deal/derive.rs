use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Deal, DealStatus};
use crate::money::Money;
use crate::stage::Stages;
use crate::time::{Instant, days_between};

/// What follows from the fields of a deal and today's date.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Derived {
    /// Days since creation, until closing when the deal is closed.
    pub age_days: i64,
    /// Days in the present stage.
    pub days_in_stage: i64,
    /// How complete the record is: the share, in whole percent, of the fields that the present stage
    /// expects and that are filled.
    pub completeness: i32,
    /// The fields that the present stage expects and that are empty.
    pub missing_fields: Vec<String>,
    /// Whether nothing happened for longer than the stage's limit. Only what was done counts, not
    /// what is planned.
    pub rotting: bool,
    /// Whether the expected closing date has passed while the deal is open.
    pub overdue: bool,
    /// Days between the first expected closing date and the present one; negative when it came
    /// nearer.
    pub slipped_days: i64,
}

/// The fields that a stage expects, with their weights: early stages expect who and how much, later
/// ones also when, why and how.
#[must_use]
pub fn expected_fields(position: i32) -> Vec<(&'static str, i32)> {
    const ALL: [(&str, i32, i32); 12] = [
        ("account_id", 3, 1),
        ("contact_id", 2, 1),
        ("amount", 3, 1),
        ("source", 1, 1),
        ("next_step_on", 1, 1),
        ("need", 2, 2),
        ("expected_close_on", 2, 2),
        ("category", 1, 2),
        ("product_id", 1, 3),
        ("decision_on", 1, 4),
        ("budget", 1, 4),
        ("tactic", 2, 6),
    ];
    ALL.iter()
        .filter(|(_, _, from)| position >= *from)
        .map(|(field, weight, _)| (*field, *weight))
        .collect()
}

/// Computes what follows from the fields of a deal at an instant; `today` is the reader's day.
#[must_use]
pub fn derive(deal: &Deal, stages: &Stages, now: Instant, today: NaiveDate) -> Derived {
    let open = deal.status == DealStatus::Open;
    let end = deal.closed_at.unwrap_or(now);
    let at_stage = deal.closed_from_stage.as_deref().unwrap_or(&deal.stage);
    let position = stages.get(at_stage).map_or(1, |s| s.position);
    let (completeness, missing_fields) = completeness(deal, position);
    let limit = stages.get(&deal.stage).and_then(|s| s.rotting_days);
    let touched = deal
        .last_touch_at
        .unwrap_or(deal.created_at)
        .max(deal.stage_entered_at);
    Derived {
        age_days: (end - deal.created_at).num_days().max(0),
        days_in_stage: (now - deal.stage_entered_at).num_days().max(0),
        completeness,
        missing_fields,
        rotting: open && limit.is_some_and(|days| (now - touched).num_days() > days.into()),
        overdue: open && deal.expected_close_on.is_some_and(|on| on < today),
        slipped_days: match (deal.first_expected_close_on, deal.expected_close_on) {
            (Some(first), Some(present)) => days_between(first, present),
            _ => 0,
        },
    }
}

fn completeness(deal: &Deal, position: i32) -> (i32, Vec<String>) {
    let (mut filled, mut total, mut missing) = (0, 0, Vec::new());
    for (field, weight) in expected_fields(position) {
        total += weight;
        if is_filled(deal, field) {
            filled += weight;
        } else {
            missing.push(field.to_owned());
        }
    }
    (filled * 100 / total.max(1), missing)
}

/// Whether a field that a stage may expect or require is filled.
#[must_use]
pub fn is_filled(deal: &Deal, field: &str) -> bool {
    match field {
        "account_id" => deal.account_id.is_some(),
        "contact_id" => deal.contact_id.is_some(),
        "amount" => deal.amount.is_some(),
        "source" => deal.source.is_some(),
        "next_step_on" => deal.next_step_on.is_some(),
        "need" => deal.need.is_some(),
        "expected_close_on" => deal.expected_close_on.is_some(),
        "category" => deal.category.is_some(),
        "product_id" => deal.product_id.is_some(),
        "decision_on" => deal.decision_on.is_some(),
        "budget" => deal.budget.is_some(),
        "tactic" => deal.tactic.is_some(),
        "tactic_review_on" => deal.tactic_review_on.is_some(),
        _ => false,
    }
}

/// Amount × probability, rounded half up to minor units. The databases compute the same expression.
#[must_use]
pub fn weighted(amount: Money, probability: i32) -> Money {
    Money::new(
        (amount.minor * i64::from(probability) + 50).div_euclid(100),
        amount.currency,
    )
}
