//! Filters, order and page of the list of materials.

use serde::{Deserialize, Serialize};

use super::MaterialStatus;
use crate::id::ProductId;
use crate::page::{Any, Sort};

text_enum! {
    /// By what materials are sorted.
    pub enum MaterialSort {
        /// By how well they fit the search: hits in the title first.
        Relevance = "relevance",
        /// By title.
        Title = "title",
        /// By time of the last change.
        UpdatedAt = "updated_at",
        /// By the number of deals in which they were shown.
        Used = "used",
    }
}

/// Filters, order and page of the list of materials.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(default)]
pub struct MaterialFilter {
    /// Words of the title, the summary, the text or the labels. All must occur, whatever their
    /// endings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Only those with one of these tags.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<String>, style = Form, explode = false))]
    pub tag: Any<String>,
    /// Only those about one of these products.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<String>, style = Form, explode = false))]
    pub product_id: Any<ProductId>,
    /// Only those for one of these branches of business.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<String>, style = Form, explode = false))]
    pub industry: Any<String>,
    /// Only those for one of these kinds of need.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<String>, style = Form, explode = false))]
    pub need_type: Any<String>,
    /// Only those in one of these languages.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<String>, style = Form, explode = false))]
    pub language: Any<String>,
    /// Only those in one of these states; all but the archived ones when absent.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<MaterialStatus>, style = Form, explode = false))]
    pub status: Any<MaterialStatus>,
    /// `true`: what is in the bin instead of what is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deleted: Option<bool>,
    /// Order, such as `title` or `-used`; when absent `relevance` for a search, else `-updated_at`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub sort: Option<Sort<MaterialSort>>,
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
