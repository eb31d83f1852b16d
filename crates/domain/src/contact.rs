//! Contacts: people at accounts.

use serde::{Deserialize, Serialize};
use validator::Validate;

use crate::account::valid_email;
use crate::id::{AccountId, ContactId, ImportId, UserId};
use crate::page::{Any, Sort};
use chrono::{DateTime, Utc};

/// A person at an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Contact {
    /// Identifier.
    pub id: ContactId,
    /// Full name.
    pub name: String,
    /// The company.
    pub account_id: Option<AccountId>,
    /// Name of the company.
    pub account_name: Option<String>,
    /// Position in the company.
    pub position: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Phone.
    pub phone: Option<String>,
    /// Who looks after the contact.
    pub owner_id: Option<UserId>,
    /// Name of that person.
    pub owner_name: Option<String>,
    /// Notes.
    pub description: Option<String>,
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

/// What a person enters of a contact.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"name": "Anna Weber", "position": "Head of purchasing", "email": "anna.weber@acme.example"})))]
pub struct ContactDraft {
    /// Full name, 1 to 200 characters.
    #[validate(length(min = 1, max = 200))]
    pub name: String,
    /// The company.
    #[serde(default)]
    pub account_id: Option<AccountId>,
    /// Position in the company.
    #[serde(default)]
    #[validate(length(max = 200))]
    pub position: Option<String>,
    /// E-mail address.
    #[serde(default)]
    #[validate(length(max = 200), custom(function = valid_email))]
    pub email: Option<String>,
    /// Phone.
    #[serde(default)]
    #[validate(length(max = 60))]
    pub phone: Option<String>,
    /// Who looks after the contact.
    #[serde(default)]
    pub owner_id: Option<UserId>,
    /// Notes.
    #[serde(default)]
    #[validate(length(max = 20_000))]
    pub description: Option<String>,
}

impl From<&Contact> for ContactDraft {
    fn from(c: &Contact) -> Self {
        Self {
            name: c.name.clone(),
            account_id: c.account_id.clone(),
            position: c.position.clone(),
            email: c.email.clone(),
            phone: c.phone.clone(),
            owner_id: c.owner_id.clone(),
            description: c.description.clone(),
        }
    }
}

text_enum! {
    /// By what contacts are sorted.
    pub enum ContactSort {
        /// By name.
        Name = "name",
        /// By name of the account.
        Account = "account",
        /// By time of creation.
        CreatedAt = "created_at",
        /// By time of the last change.
        UpdatedAt = "updated_at",
    }
}

/// Filters, order and page of the list of contacts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(default)]
pub struct ContactFilter {
    /// Part of the name, position, e-mail address, phone or company.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Only those at this company.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<String>, style = Form, explode = false))]
    pub account_id: Any<AccountId>,
    /// Only those looked after by these people.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<String>, style = Form, explode = false))]
    pub owner_id: Any<UserId>,
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
    pub sort: Option<Sort<ContactSort>>,
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
