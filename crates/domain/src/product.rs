//! Products: so far a name by which deals are told apart.

use serde::{Deserialize, Serialize};
use validator::Validate;

use crate::id::ProductId;
use crate::money::Money;
use chrono::{DateTime, Utc};

/// A product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Product {
    /// Identifier.
    pub id: ProductId,
    /// Name, unique by its letters and digits.
    pub name: String,
    /// Series or group.
    pub category: Option<String>,
    /// List price.
    pub price: Option<Money>,
    /// Inactive products are not offered for new deals.
    pub active: bool,
    /// Counts changes, for `If-Match`.
    pub version: i64,
    /// When it was created.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// What a person enters of a product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"name": "Edge controller", "category": "Hardware", "price": {"amount": "4821.00", "currency": "USD"}})))]
pub struct ProductDraft {
    /// Name, 1 to 200 characters.
    #[validate(length(min = 1, max = 200))]
    pub name: String,
    /// Series or group.
    #[serde(default)]
    #[validate(length(max = 200))]
    pub category: Option<String>,
    /// List price, not below zero.
    #[serde(default)]
    pub price: Option<Money>,
    /// Inactive products are not offered for new deals.
    #[serde(default = "yes")]
    pub active: bool,
}

const fn yes() -> bool {
    true
}

impl From<&Product> for ProductDraft {
    fn from(product: &Product) -> Self {
        Self {
            name: product.name.clone(),
            category: product.category.clone(),
            price: product.price,
            active: product.active,
        }
    }
}

/// Filters of the list of products.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(default)]
pub struct ProductFilter {
    /// Part of the name or the group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Only active or only inactive products.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
    /// Size of the page, 1 to 200.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// `next_cursor` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}
