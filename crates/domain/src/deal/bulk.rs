//! Changes of many deals at once.

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize};

use crate::error::Problem;
use crate::id::{DealId, DepartmentId, UserId};

/// What is to become of one of many deals. What is absent stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"id": "0197a3c2-7b1e-7c55-8d1f-3a0e6f0b9c41", "expected_close_on": "2026-12-15"})))]
pub struct BulkItem {
    /// The deal.
    pub id: DealId,
    /// The stage to move it to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
    /// The new owner; the deal then counts for that person's department, unless another is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner_id: Option<UserId>,
    /// The department that counts the deal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department_id: Option<DepartmentId>,
    /// When we expect to close; `null` empties it.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "given"
    )]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<NaiveDate>))]
    pub expected_close_on: Option<Option<NaiveDate>>,
    /// Whether the stage is the one in which the deal was directly before: whoever moved it a moment ago
    /// may take that back whatever the process requires.
    #[serde(default, skip_serializing_if = "is_false")]
    pub undo: bool,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
const fn is_false(value: &bool) -> bool {
    !*value
}

/// Tells a `null` from an absent field.
fn given<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(deserializer).map(Some)
}

/// A change of many deals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BulkChange {
    /// What is to become of each, 1 to 200.
    pub items: Vec<BulkItem>,
    /// Why deals shall go forward although requirements are not met.
    #[serde(default)]
    pub override_reason: Option<String>,
}

/// What became of one of many deals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BulkResult {
    /// The deal.
    pub id: DealId,
    /// What it was before; sent as a change it undoes this one. `null` when nothing was changed.
    pub before: Option<BulkItem>,
    /// Why it was refused.
    pub problem: Option<Problem>,
}

/// What became of many deals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BulkReport {
    /// What became of each, in the order of the change.
    pub items: Vec<BulkResult>,
}
