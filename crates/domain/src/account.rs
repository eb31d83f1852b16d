//! Accounts: companies that buy, partner or compete.

use serde::{Deserialize, Serialize};
use validator::Validate;

use crate::error::{FieldCode, rule};
use crate::id::{AccountId, ImportId, UserId};
use crate::money::Money;
use crate::page::{Any, Sort};
use crate::text::is_email;
use chrono::{DateTime, Utc};

text_enum! {
    /// What an account is to us.
    pub enum AccountKind {
        /// Buys or may buy.
        Customer = "customer",
        /// Sells with us.
        Partner = "partner",
        /// Sells against us.
        Competitor = "competitor",
    }
}

/// A company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Account {
    /// Identifier.
    pub id: AccountId,
    /// Name.
    pub name: String,
    /// What it is to us.
    pub kind: AccountKind,
    /// Tax number.
    pub tax_number: Option<String>,
    /// Branch of business.
    pub industry: Option<String>,
    /// Web site.
    pub website: Option<String>,
    /// Phone.
    pub phone: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Country.
    pub country: Option<String>,
    /// City.
    pub city: Option<String>,
    /// Postal address.
    pub address: Option<String>,
    /// Number of employees.
    pub employees: Option<i64>,
    /// Revenue of a year.
    pub annual_revenue: Option<Money>,
    /// Year of foundation.
    pub founded_year: Option<i32>,
    /// The company it belongs to.
    pub parent_id: Option<AccountId>,
    /// Name of that company.
    pub parent_name: Option<String>,
    /// Who looks after it.
    pub owner_id: Option<UserId>,
    /// Name of that person.
    pub owner_name: Option<String>,
    /// Notes.
    pub description: Option<String>,
    /// How many open deals the reader may see.
    pub open_deals: i64,
    /// Identifier in the system it was imported from.
    pub external_id: Option<String>,
    /// The import that created it.
    pub import_id: Option<ImportId>,
    /// When it was put into the bin.
    pub deleted_at: Option<DateTime<Utc>>,
    /// Counts changes, for `If-Match`.
    pub version: i64,
    /// When it was created.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// What a person enters of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"name": "Acme Machines", "kind": "customer", "industry": "manufacturing", "country": "Germany"})))]
pub struct AccountDraft {
    /// Name, 1 to 200 characters.
    #[validate(length(min = 1, max = 200))]
    pub name: String,
    /// What it is to us.
    #[serde(default = "customer")]
    pub kind: AccountKind,
    /// Tax number.
    #[serde(default)]
    #[validate(length(max = 40))]
    pub tax_number: Option<String>,
    /// Branch of business.
    #[serde(default)]
    #[validate(length(max = 120))]
    pub industry: Option<String>,
    /// Web site.
    #[serde(default)]
    #[validate(length(max = 300))]
    pub website: Option<String>,
    /// Phone.
    #[serde(default)]
    #[validate(length(max = 60))]
    pub phone: Option<String>,
    /// E-mail address.
    #[serde(default)]
    #[validate(length(max = 200), custom(function = valid_email))]
    pub email: Option<String>,
    /// Country.
    #[serde(default)]
    #[validate(length(max = 120))]
    pub country: Option<String>,
    /// City.
    #[serde(default)]
    #[validate(length(max = 120))]
    pub city: Option<String>,
    /// Postal address.
    #[serde(default)]
    #[validate(length(max = 500))]
    pub address: Option<String>,
    /// Number of employees.
    #[serde(default)]
    #[validate(range(min = 0, max = 100_000_000))]
    pub employees: Option<i64>,
    /// Revenue of a year.
    #[serde(default)]
    pub annual_revenue: Option<Money>,
    /// Year of foundation.
    #[serde(default)]
    #[validate(range(min = 1000, max = 2100))]
    pub founded_year: Option<i32>,
    /// The company it belongs to.
    #[serde(default)]
    pub parent_id: Option<AccountId>,
    /// Who looks after it.
    #[serde(default)]
    pub owner_id: Option<UserId>,
    /// Notes.
    #[serde(default)]
    #[validate(length(max = 20_000))]
    pub description: Option<String>,
}

const fn customer() -> AccountKind {
    AccountKind::Customer
}

pub(crate) fn valid_email(address: &str) -> Result<(), validator::ValidationError> {
    if is_email(address) {
        Ok(())
    } else {
        Err(rule(FieldCode::InvalidEmail, "is not an e-mail address"))
    }
}

impl AccountDraft {
    /// An empty form for a company of that name.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            kind: AccountKind::Customer,
            tax_number: None,
            industry: None,
            website: None,
            phone: None,
            email: None,
            country: None,
            city: None,
            address: None,
            employees: None,
            annual_revenue: None,
            founded_year: None,
            parent_id: None,
            owner_id: None,
            description: None,
        }
    }
}

impl From<&Account> for AccountDraft {
    fn from(a: &Account) -> Self {
        Self {
            name: a.name.clone(),
            kind: a.kind,
            tax_number: a.tax_number.clone(),
            industry: a.industry.clone(),
            website: a.website.clone(),
            phone: a.phone.clone(),
            email: a.email.clone(),
            country: a.country.clone(),
            city: a.city.clone(),
            address: a.address.clone(),
            employees: a.employees,
            annual_revenue: a.annual_revenue,
            founded_year: a.founded_year,
            parent_id: a.parent_id.clone(),
            owner_id: a.owner_id.clone(),
            description: a.description.clone(),
        }
    }
}

text_enum! {
    /// By what accounts are sorted.
    pub enum AccountSort {
        /// By name.
        Name = "name",
        /// By industry.
        Industry = "industry",
        /// By country.
        Country = "country",
        /// By number of employees.
        Employees = "employees",
        /// By time of creation.
        CreatedAt = "created_at",
        /// By time of the last change.
        UpdatedAt = "updated_at",
    }
}

/// Filters, order and page of the list of accounts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(default)]
pub struct AccountFilter {
    /// Part of the name, tax number, web site, phone or city.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Only these kinds.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<AccountKind>, style = Form, explode = false))]
    pub kind: Any<AccountKind>,
    /// Only these industries, exactly.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<String>, style = Form, explode = false))]
    pub industry: Any<String>,
    /// Only those looked after by these people.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<String>, style = Form, explode = false))]
    pub owner_id: Any<UserId>,
    /// Only those that belong to this company.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub parent_id: Option<AccountId>,
    /// Only those that this import created.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub import_id: Option<ImportId>,
    /// `true`: what is in the bin instead of what is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deleted: Option<bool>,
    /// Order, such as `name` or `-created_at`; `name` when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub sort: Option<Sort<AccountSort>>,
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
