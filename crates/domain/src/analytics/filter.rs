//! Which deals a report counts.

use serde::{Deserialize, Serialize};

use crate::deal::DealCategory;
use crate::id::{DepartmentId, ProcessId, ProductId, UserId};
use crate::page::Any;

/// Narrows a report. Every filter narrows, several values of one widen; each is compared with what the
/// deal had at the moment that is counted, so that later changes do not rewrite the past.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(default)]
pub struct AnalyticsFilter {
    /// Only deals of these owners.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<String>, style = Form, explode = false))]
    pub owner_id: Any<UserId>,
    /// Only deals of these departments and those below them; `none`: of no department.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<String>, style = Form, explode = false))]
    pub department_id: Any<DepartmentId>,
    /// `false`: only the departments of `department_id` themselves, without those below them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subtree: Option<bool>,
    /// Only deals from these sources, exactly; `none`: without one.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<String>, style = Form, explode = false))]
    pub source: Any<String>,
    /// Only deals of this size.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<DealCategory>, style = Form, explode = false))]
    pub category: Any<DealCategory>,
    /// Only deals of these products; `none`: without one.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<String>, style = Form, explode = false))]
    pub product_id: Any<ProductId>,
    /// Only deals with accounts of these industries, exactly; `none`: without one.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<String>, style = Form, explode = false))]
    pub industry: Any<String>,
    /// Only deals that follow these processes, in whatever version.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<String>, style = Form, explode = false))]
    pub process_id: Any<ProcessId>,
}

impl AnalyticsFilter {
    /// Whether it narrows by nothing but who and where, so that targets can be compared.
    #[must_use]
    pub fn has_targets(&self) -> bool {
        self.source.is_empty()
            && self.category.is_empty()
            && self.product_id.is_empty()
            && self.industry.is_empty()
            && self.process_id.is_empty()
    }
}
