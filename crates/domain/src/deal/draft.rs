use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use validator::Validate;

use super::{Deal, DealCategory, DealType, ForecastCategory, Need};
use crate::error::{FieldCode, rule};
use crate::id::{AccountId, ContactId, DepartmentId, ProcessId, ProductId, UserId};
use crate::money::Money;
use crate::time::check_day;

/// What a person enters of a deal. The same type creates and edits, holds the form's state, and its
/// differences are the history.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"title": "Line 4 controls", "amount": {"amount": "12500.00", "currency": "USD"}, "expected_close_on": "2026-12-15", "source": "web"})))]
pub struct DealDraft {
    /// What is sold, 1 to 200 characters.
    #[validate(length(min = 1, max = 200))]
    pub title: String,
    /// Code of the stage in which a new deal starts; the first one when absent. An edit cannot move
    /// a deal: there it must be absent or the present stage.
    #[serde(default)]
    pub stage: Option<String>,
    /// Of a new deal that starts further on: why, although the requirements of the stages before are
    /// not met. It takes somebody who may override them and is recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(length(max = 2000))]
    pub override_reason: Option<String>,
    /// Of a new deal: the process that it follows; the usual one when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub process_id: Option<ProcessId>,
    /// The company that buys.
    #[serde(default)]
    pub account_id: Option<AccountId>,
    /// The main contact.
    #[serde(default)]
    pub contact_id: Option<ContactId>,
    /// Who sells; whoever creates the deal when absent, unchanged when absent in an edit.
    #[serde(default)]
    pub owner_id: Option<UserId>,
    /// The department that counts the deal; the owner's when absent, unchanged when absent in an edit
    /// that keeps the owner.
    #[serde(default)]
    pub department_id: Option<DepartmentId>,
    /// What is sold.
    #[serde(default)]
    pub product_id: Option<ProductId>,
    /// Direct or through a partner; direct when absent.
    #[serde(default)]
    pub deal_type: Option<DealType>,
    /// Size of the deal.
    #[serde(default)]
    pub category: Option<DealCategory>,
    /// Where the interest came from.
    #[serde(default)]
    #[validate(length(max = 120))]
    pub source: Option<String>,
    /// What the customer can spend, not below zero.
    #[serde(default)]
    #[validate(custom(function = not_negative))]
    pub budget: Option<Money>,
    /// What the deal is worth, not below zero.
    #[serde(default)]
    #[validate(custom(function = not_negative))]
    pub amount: Option<Money>,
    /// Probability in percent, 0 to 100; `null` follows the stage.
    #[serde(default)]
    #[validate(range(min = 0, max = 100))]
    pub probability: Option<i32>,
    /// Line of the forecast; `null` follows the stage.
    #[serde(default)]
    pub forecast_category: Option<ForecastCategory>,
    /// When we expect to close.
    #[serde(default)]
    #[validate(custom(function = sensible_day))]
    pub expected_close_on: Option<NaiveDate>,
    /// What the customer needs.
    #[serde(default)]
    #[validate(nested)]
    pub need: Option<Need>,
    /// When the customer decides.
    #[serde(default)]
    #[validate(custom(function = sensible_day))]
    pub decision_on: Option<NaiveDate>,
    /// How we intend to win.
    #[serde(default)]
    #[validate(length(max = 20_000))]
    pub tactic: Option<String>,
    /// What speaks for us.
    #[serde(default)]
    #[validate(length(max = 20_000))]
    pub own_strengths: Option<String>,
    /// What speaks against us.
    #[serde(default)]
    #[validate(length(max = 20_000))]
    pub own_weaknesses: Option<String>,
    /// When to look at the tactic again.
    #[serde(default)]
    #[validate(custom(function = sensible_day))]
    pub tactic_review_on: Option<NaiveDate>,
    /// When the next step is due.
    #[serde(default)]
    #[validate(custom(function = sensible_day))]
    pub next_step_on: Option<NaiveDate>,
}

pub(crate) fn not_negative(money: &Money) -> Result<(), validator::ValidationError> {
    check_amount(money).map_err(|message| rule(FieldCode::OutOfRange, message))
}

/// Whether an amount can be that of a deal: not below zero and not absurdly large.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn check_amount(money: &Money) -> Result<(), &'static str> {
    match money.minor {
        ..0 => Err("must not be below zero"),
        0..=MAX_MINOR => Ok(()),
        _ => Err("is too large"),
    }
}

/// Largest amount of one deal in minor units. Up to here products with a rate stay exact as IEEE
/// 754 numbers, and the sum of a million deals still fits 64 bits.
pub const MAX_MINOR: i64 = 1_000_000_000_000_000;

pub(crate) fn sensible_day(day: &NaiveDate) -> Result<(), validator::ValidationError> {
    check_day(*day).map_err(|message| rule(FieldCode::OutOfRange, message))
}

impl DealDraft {
    /// Trims texts and turns empty ones into `None`, as every form and import needs it.
    #[must_use]
    pub fn normalized(mut self) -> Self {
        use crate::text::non_empty;
        self.title = self.title.trim().to_owned();
        self.override_reason = non_empty(self.override_reason);
        self.source = non_empty(self.source);
        self.tactic = non_empty(self.tactic);
        self.own_strengths = non_empty(self.own_strengths);
        self.own_weaknesses = non_empty(self.own_weaknesses);
        self.need = self.need.and_then(|need| {
            let kind = non_empty(need.kind);
            let text = need.text.trim().to_owned();
            (kind.is_some() || !text.is_empty()).then_some(Need { kind, text })
        });
        self
    }
}

impl From<&Deal> for DealDraft {
    fn from(deal: &Deal) -> Self {
        Self {
            title: deal.title.clone(),
            stage: Some(deal.stage.clone()),
            override_reason: None,
            process_id: None,
            account_id: deal.account_id.clone(),
            contact_id: deal.contact_id.clone(),
            owner_id: Some(deal.owner_id.clone()),
            department_id: deal.department_id.clone(),
            product_id: deal.product_id.clone(),
            deal_type: Some(deal.deal_type),
            category: deal.category,
            source: deal.source.clone(),
            budget: deal.budget,
            amount: deal.amount,
            probability: deal.probability_manual.then_some(deal.probability),
            forecast_category: deal
                .forecast_category_manual
                .then_some(deal.forecast_category),
            expected_close_on: deal.expected_close_on,
            need: deal.need.clone(),
            decision_on: deal.decision_on,
            tactic: deal.tactic.clone(),
            own_strengths: deal.own_strengths.clone(),
            own_weaknesses: deal.own_weaknesses.clone(),
            tactic_review_on: deal.tactic_review_on,
            next_step_on: deal.next_step_on,
        }
    }
}
