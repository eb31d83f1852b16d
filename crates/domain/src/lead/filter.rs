use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::LeadStatus;
use crate::id::{AccountId, DepartmentId, ImportId, LeadFormId, UserId};
use crate::page::{Any, Sort};

text_enum! {
    /// By what leads are sorted.
    pub enum LeadSort {
        /// By title.
        Title = "title",
        /// By name of the owner.
        Owner = "owner",
        /// By how much is known.
        Score = "score",
        /// By the day on which it comes back.
        NurtureUntil = "nurture_until",
        /// By time of creation.
        CreatedAt = "created_at",
        /// By time of the last change.
        UpdatedAt = "updated_at",
    }
}

/// Filters, order and page of the list of leads. Every filter narrows; several values of one filter
/// widen.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(default)]
pub struct LeadFilter {
    /// Part of the title, the company, the person, the e-mail address or the phone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Only leads of these people.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<String>, style = Form, explode = false))]
    pub owner_id: Any<UserId>,
    /// Only leads of these departments and those below them.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<String>, style = Form, explode = false))]
    pub department_id: Any<DepartmentId>,
    /// Only leads of these accounts.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<String>, style = Form, explode = false))]
    pub account_id: Any<AccountId>,
    /// Only leads with this status.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<LeadStatus>, style = Form, explode = false))]
    pub status: Any<LeadStatus>,
    /// Only leads from these sources, exactly.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<String>, style = Form, explode = false))]
    pub source: Any<String>,
    /// Score at least.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score_min: Option<i32>,
    /// Score at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score_max: Option<i32>,
    /// Created on this day or later, in the reader's time zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_from: Option<NaiveDate>,
    /// Created on this day or earlier, in the reader's time zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_to: Option<NaiveDate>,
    /// Only leads that this import created.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub import_id: Option<ImportId>,
    /// Only leads that this form on another site made.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub form_id: Option<LeadFormId>,
    /// `true`: what is in the bin instead of what is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deleted: Option<bool>,
    /// Order, such as `score` or `-created_at`; `-created_at` when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub sort: Option<Sort<LeadSort>>,
    /// Size of the page, 1 to 200.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// `next_cursor` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Whether to count the whole filtered set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub totals: Option<bool>,
}
