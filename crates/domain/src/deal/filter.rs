use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{DealCategory, DealStatus, DealType, ForecastCategory};
use crate::id::{AccountId, ContactId, DepartmentId, ImportId, ProductId, UserId};
use crate::page::{Any, Sort};

text_enum! {
    /// By what deals are sorted.
    pub enum DealSort {
        /// By number.
        Number = "number",
        /// By title.
        Title = "title",
        /// By name of the account.
        Account = "account",
        /// By name of the owner.
        Owner = "owner",
        /// By order of the stages.
        Stage = "stage",
        /// By amount in the base currency.
        Amount = "amount",
        /// By probability.
        Probability = "probability",
        /// By expected closing date.
        ExpectedCloseOn = "expected_close_on",
        /// By date of the next step.
        NextStepOn = "next_step_on",
        /// By time of the last touch.
        LastTouchAt = "last_touch_at",
        /// By time of closing.
        ClosedAt = "closed_at",
        /// By time of creation.
        CreatedAt = "created_at",
        /// By time of the last change.
        UpdatedAt = "updated_at",
    }
}

/// Filters, order and page of the registry. Every filter narrows; several values of one filter
/// widen.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(default)]
pub struct DealFilter {
    /// Part of the title, the number or the account's name, regardless of case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Only deals of these owners.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<String>, style = Form, explode = false))]
    pub owner_id: Any<UserId>,
    /// Only deals of these departments and those below them; `none` selects deals without one.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<String>, style = Form, explode = false))]
    pub department_id: Any<DepartmentId>,
    /// `false`: only the departments of `department_id` themselves, without those below them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subtree: Option<bool>,
    /// Only deals with these accounts; `none` selects deals without one.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<String>, style = Form, explode = false))]
    pub account_id: Any<AccountId>,
    /// Only deals with these main contacts.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<String>, style = Form, explode = false))]
    pub contact_id: Any<ContactId>,
    /// Only deals of these products; `none` selects deals without one.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<String>, style = Form, explode = false))]
    pub product_id: Any<ProductId>,
    /// Only deals in these stages.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<String>, style = Form, explode = false))]
    pub stage: Any<String>,
    /// Only deals with this status.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<DealStatus>, style = Form, explode = false))]
    pub status: Any<DealStatus>,
    /// Only direct or only partner deals.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<DealType>, style = Form, explode = false))]
    pub deal_type: Any<DealType>,
    /// Only deals of this size.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<DealCategory>, style = Form, explode = false))]
    pub category: Any<DealCategory>,
    /// Only deals in these lines of the forecast.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<ForecastCategory>, style = Form, explode = false))]
    pub forecast_category: Any<ForecastCategory>,
    /// Only deals from these sources, exactly.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<String>, style = Form, explode = false))]
    pub source: Any<String>,
    /// Amount in the base currency at least, as a decimal number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount_min: Option<String>,
    /// Amount in the base currency at most, as a decimal number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount_max: Option<String>,
    /// Expected to close on this day or later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected_close_from: Option<NaiveDate>,
    /// Expected to close on this day or earlier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected_close_to: Option<NaiveDate>,
    /// Created on this day or later, in the reader's time zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_from: Option<NaiveDate>,
    /// Created on this day or earlier, in the reader's time zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_to: Option<NaiveDate>,
    /// Closed on this day or later, in the reader's time zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed_from: Option<NaiveDate>,
    /// Closed on this day or earlier, in the reader's time zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed_to: Option<NaiveDate>,
    /// `true`: only open deals whose expected closing date has passed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overdue: Option<bool>,
    /// Only deals that this import created.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub import_id: Option<ImportId>,
    /// Only the deals behind a number of a report: the query string of `GET /analytics/rows`. Whether they
    /// are in the bin does not matter then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rows: Option<String>,
    /// `true`: what is in the bin instead of what is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deleted: Option<bool>,
    /// Order, such as `amount` or `-expected_close_on`; `-created_at` when absent. Records without a
    /// value come last either way.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub sort: Option<Sort<DealSort>>,
    /// Size of the page, 1 to 200.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// `next_cursor` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Whether to compute totals over the whole filtered set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub totals: Option<bool>,
}
