use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{ActivityKind, ActivityOrigin, ActivityStatus};
use crate::deal::DealCategory;
use crate::id::{AccountId, ContactId, DealId, DepartmentId, LeadId, ProcessId, ProductId, UserId};
use crate::page::{Any, Sort};

text_enum! {
    /// By what activities are sorted.
    pub enum ActivitySort {
        /// By when they are due; what is due on a day as a whole comes first on it.
        DueAt = "due_at",
        /// By when they were done.
        DoneAt = "done_at",
        /// By time of creation.
        CreatedAt = "created_at",
    }
}

/// Filters, order and page of the list of activities. Every filter narrows; several values of one
/// filter widen.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(default)]
pub struct ActivityFilter {
    /// Only activities of these people.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<String>, style = Form, explode = false))]
    pub owner_id: Any<UserId>,
    /// Only activities of the people of these departments and those below them; `none`: of people
    /// without a department.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<String>, style = Form, explode = false))]
    pub department_id: Any<DepartmentId>,
    /// `false`: without the departments below.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subtree: Option<bool>,
    /// Only activities that this person owns or takes part in.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub person_id: Option<UserId>,
    /// Only activities of these deals.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<String>, style = Form, explode = false))]
    pub deal_id: Any<DealId>,
    /// Only activities of these leads.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<String>, style = Form, explode = false))]
    pub lead_id: Any<LeadId>,
    /// Only activities of these accounts and of their deals.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<String>, style = Form, explode = false))]
    pub account_id: Any<AccountId>,
    /// Only activities of deals from these sources, exactly; `none`: of deals without one.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<String>, style = Form, explode = false))]
    pub source: Any<String>,
    /// Only activities of deals of this size.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<DealCategory>, style = Form, explode = false))]
    pub category: Any<DealCategory>,
    /// Only activities of deals of these products; `none`: of deals without one.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<String>, style = Form, explode = false))]
    pub product_id: Any<ProductId>,
    /// Only activities of deals with accounts of these industries, exactly; `none`: of deals without one.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<String>, style = Form, explode = false))]
    pub industry: Any<String>,
    /// Only activities of deals that follow these processes, in whatever version.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<String>, style = Form, explode = false))]
    pub process_id: Any<ProcessId>,
    /// Only activities in which this contact takes part.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub contact_id: Option<ContactId>,
    /// Only these kinds.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<ActivityKind>, style = Form, explode = false))]
    pub kind: Any<ActivityKind>,
    /// Only activities with this status.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<ActivityStatus>, style = Form, explode = false))]
    pub status: Any<ActivityStatus>,
    /// Only those that a person made, or only those that the process made.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<ActivityOrigin>, style = Form, explode = false))]
    pub origin: Any<ActivityOrigin>,
    /// Due on this day or later, in the reader's time zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// Due on this day or earlier, in the reader's time zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
    /// Done on this day or later, in the reader's time zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done_from: Option<NaiveDate>,
    /// Done on this day or earlier, in the reader's time zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done_to: Option<NaiveDate>,
    /// `true`: only planned activities whose time has passed; `false`: only the others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overdue: Option<bool>,
    /// Order, such as `-done_at`; `due_at` when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub sort: Option<Sort<ActivitySort>>,
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
