//! People: they sign in, own deals and belong to departments.

use serde::{Deserialize, Serialize};
use validator::Validate;

use crate::error::{FieldCode, rule};
use crate::id::{DepartmentId, UserId};
use crate::page::Any;
use crate::text::is_email;
use chrono::{DateTime, Utc};

text_enum! {
    /// What a person may do; see `policy`.
    pub enum Role {
        /// Sees and changes everything.
        Admin = "admin",
        /// Leads a department: sees and changes the deals of its subtree.
        Head = "head",
        /// Sells: sees and changes own deals, reads what the department shares.
        Manager = "manager",
        /// Reads the deals of the department's subtree, changes nothing.
        Viewer = "viewer",
    }
}

text_enum! {
    /// A language of the product.
    pub enum Language {
        /// English.
        En = "en",
        /// Russian.
        Ru = "ru",
    }
}

/// A person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct User {
    /// Identifier.
    pub id: UserId,
    /// Full name.
    pub name: String,
    /// Address to sign in with, unique; without one a person cannot sign in.
    pub email: Option<String>,
    /// What the person may do.
    pub role: Role,
    /// The department the person belongs to.
    pub department_id: Option<DepartmentId>,
    /// Name of that department.
    pub department_name: Option<String>,
    /// The person's own head, when it is not simply the head of the department.
    pub manager_id: Option<UserId>,
    /// Inactive people cannot sign in; their deals and history stay.
    pub active: bool,
    /// Whether a password is set, so that the person can sign in.
    pub can_sign_in: bool,
    /// Language of the screens and e-mails.
    pub language: Language,
    /// IANA name of the time zone, by which days begin and end.
    #[cfg_attr(feature = "openapi", schema(example = "Europe/Berlin"))]
    pub time_zone: String,
    /// Counts changes, for `If-Match`.
    pub version: i64,
    /// When the person was added.
    pub created_at: DateTime<Utc>,
    /// When the entry was last changed.
    pub updated_at: DateTime<Utc>,
}

/// What is entered of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"name": "Sam Field", "email": "sam.field@company.example", "role": "manager", "password": "a long password"})))]
pub struct UserDraft {
    /// Full name, 1 to 200 characters.
    #[validate(length(min = 1, max = 200))]
    pub name: String,
    /// Address to sign in with, unique regardless of case.
    #[serde(default)]
    #[validate(length(max = 200), custom(function = valid_email))]
    pub email: Option<String>,
    /// What the person may do.
    pub role: Role,
    /// The department the person belongs to; a head and a viewer see its subtree.
    #[serde(default)]
    pub department_id: Option<DepartmentId>,
    /// The person's own head, when it is not simply the head of the department.
    #[serde(default)]
    pub manager_id: Option<UserId>,
    /// Inactive people cannot sign in; their deals and history stay.
    #[serde(default = "yes")]
    pub active: bool,
    /// Language of the screens and e-mails.
    #[serde(default = "english")]
    pub language: Language,
    /// IANA name of the time zone.
    #[serde(default = "utc")]
    #[validate(length(min = 1, max = 60))]
    pub time_zone: String,
    /// A new password, at least ten characters; absent leaves the present one. Never returned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(length(min = 10, max = 200))]
    pub password: Option<String>,
}

const fn yes() -> bool {
    true
}

const fn english() -> Language {
    Language::En
}

fn utc() -> String {
    "UTC".to_owned()
}

fn valid_email(address: &str) -> Result<(), validator::ValidationError> {
    if is_email(address) {
        Ok(())
    } else {
        Err(rule(FieldCode::InvalidEmail, "is not an e-mail address"))
    }
}

impl From<&User> for UserDraft {
    fn from(user: &User) -> Self {
        Self {
            name: user.name.clone(),
            email: user.email.clone(),
            role: user.role,
            department_id: user.department_id.clone(),
            manager_id: user.manager_id.clone(),
            active: user.active,
            language: user.language,
            time_zone: user.time_zone.clone(),
            password: None,
        }
    }
}

/// Filters of the list of people.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(default)]
pub struct UserFilter {
    /// Part of the name or the address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Only people of these departments (not of those below).
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<String>, style = Form, explode = false))]
    pub department_id: Any<DepartmentId>,
    /// Only these roles.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<Role>, style = Form, explode = false))]
    pub role: Any<Role>,
    /// Only active or only inactive people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
    /// Size of the page, 1 to 200.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// `next_cursor` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}
