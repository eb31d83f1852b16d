//! Products: what is offered in proposals, and by which deals are told apart.

use serde::{Deserialize, Serialize};
use validator::Validate;

use crate::deal::not_negative;
use crate::decimal::Percent;
use crate::id::ProductId;
use crate::money::Money;
use crate::proposal::percentage;
use crate::text::non_empty;
use chrono::{DateTime, Utc};

/// A product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Product {
    /// Identifier.
    pub id: ProductId,
    /// Name, unique by its letters and digits.
    pub name: String,
    /// Article number, unique.
    pub sku: Option<String>,
    /// Series or group.
    pub category: Option<String>,
    /// Unit in which it is sold.
    pub unit: Option<String>,
    /// List price.
    pub price: Option<Money>,
    /// What one unit costs us.
    pub cost: Option<Money>,
    /// VAT rate in percent.
    pub vat_rate: Option<Percent>,
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
#[cfg_attr(feature = "openapi", schema(example = json!({"name": "Edge controller", "sku": "VE-100", "category": "Hardware", "unit": "pcs", "price": {"amount": "4821.00", "currency": "USD"}, "cost": {"amount": "3100.00", "currency": "USD"}, "vat_rate": "20"})))]
pub struct ProductDraft {
    /// Name, 1 to 200 characters.
    #[validate(length(min = 1, max = 200))]
    pub name: String,
    /// Article number, unique regardless of case.
    #[serde(default)]
    #[validate(length(max = 60))]
    pub sku: Option<String>,
    /// Series or group.
    #[serde(default)]
    #[validate(length(max = 200))]
    pub category: Option<String>,
    /// Unit in which it is sold, such as `pcs` or `h`.
    #[serde(default)]
    #[validate(length(max = 20))]
    pub unit: Option<String>,
    /// List price, not below zero.
    #[serde(default)]
    #[validate(custom(function = not_negative))]
    pub price: Option<Money>,
    /// What one unit costs us, not below zero.
    #[serde(default)]
    #[validate(custom(function = not_negative))]
    pub cost: Option<Money>,
    /// VAT rate in percent, 0 to 100.
    #[serde(default)]
    #[validate(custom(function = percentage))]
    pub vat_rate: Option<Percent>,
    /// Inactive products are not offered for new deals.
    #[serde(default = "yes")]
    pub active: bool,
}

impl ProductDraft {
    /// An active product of which only the name is known.
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            sku: None,
            category: None,
            unit: None,
            price: None,
            cost: None,
            vat_rate: None,
            active: true,
        }
    }

    /// Trims texts and turns empty ones into `None`, as every form and import needs it.
    #[must_use]
    pub fn normalized(mut self) -> Self {
        self.name = self.name.trim().to_owned();
        self.sku = non_empty(self.sku);
        self.category = non_empty(self.category);
        self.unit = non_empty(self.unit);
        self
    }
}

const fn yes() -> bool {
    true
}

impl From<&Product> for ProductDraft {
    fn from(product: &Product) -> Self {
        Self {
            name: product.name.clone(),
            sku: product.sku.clone(),
            category: product.category.clone(),
            unit: product.unit.clone(),
            price: product.price,
            cost: product.cost,
            vat_rate: product.vat_rate,
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
    /// Part of the name, the article number or the group.
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
