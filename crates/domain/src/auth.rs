//! Signing in and the own profile.

use serde::{Deserialize, Serialize};
use validator::Validate;

use crate::id::SessionId;
use crate::money::Currency;
use crate::policy::Actor;
use crate::user::{Language, User};
use chrono::{DateTime, Utc};

/// E-mail address and password.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"email": "olivia.hart@etalon.example", "password": "etalon-demo-2026"})))]
pub struct SignIn {
    /// E-mail address, regardless of case.
    pub email: String,
    /// Password.
    pub password: String,
}

/// A fresh access token. The refresh token travels in an `HttpOnly` cookie only.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccessGranted {
    /// JSON Web Token for `Authorization: Bearer …`.
    pub access_token: String,
    /// Always `Bearer`.
    #[cfg_attr(feature = "openapi", schema(example = "Bearer"))]
    pub token_type: String,
    /// Seconds until the access token expires.
    #[cfg_attr(feature = "openapi", schema(example = 900))]
    pub expires_in: u64,
    /// Who signed in.
    pub user: User,
}

/// Everything the app needs to know about the person who uses it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Me {
    /// The person.
    pub user: User,
    /// What the person may see and do.
    pub actor: Actor,
    /// Currency of all sums.
    pub base_currency: Currency,
    /// Name of the company.
    pub company: String,
}

/// The own profile: what one may change of oneself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"name": "Sam Field", "language": "en", "time_zone": "Europe/Berlin"})))]
pub struct ProfileDraft {
    /// Full name, 1 to 200 characters.
    #[validate(length(min = 1, max = 200))]
    pub name: String,
    /// Language of the screens and e-mails.
    pub language: Language,
    /// IANA name of the time zone.
    #[validate(length(min = 1, max = 60))]
    pub time_zone: String,
}

/// What the person wants of the product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Preferences {
    /// Whether notifications also come by e-mail.
    pub mail: bool,
    /// Whether this server sends e-mails at all.
    pub mail_available: bool,
}

/// What the person wants of the product, as it is entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"mail": true})))]
pub struct PreferencesDraft {
    /// Whether notifications also come by e-mail.
    pub mail: bool,
}

/// The link by which other programs read the own activities.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CalendarLink {
    /// The link; `null` when there is none.
    pub url: Option<String>,
}

/// A change of the own password. Every other session ends with it.
#[derive(Clone, Debug, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"current_password": "a long password", "new_password": "a longer password"})))]
pub struct PasswordChange {
    /// The present password.
    pub current_password: String,
    /// The new one, at least ten characters.
    #[validate(length(min = 10, max = 200))]
    pub new_password: String,
}

/// One signed-in browser or device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    /// Identifier.
    pub id: SessionId,
    /// What the browser calls itself.
    pub user_agent: Option<String>,
    /// Address it was last used from.
    pub ip: Option<String>,
    /// Whether it is the one that asks.
    pub current: bool,
    /// When the person signed in.
    pub created_at: DateTime<Utc>,
    /// When its token was last renewed.
    pub last_used_at: DateTime<Utc>,
}

/// The first administrator, created with the one-time link.
#[derive(Clone, Debug, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"token": "from the printed link", "company": "Acme", "base_currency": "EUR", "name": "Sam Field", "email": "sam.field@company.example", "password": "a long password", "language": "en", "time_zone": "Europe/Berlin"})))]
pub struct SetupDraft {
    /// The token of the link that the server printed.
    pub token: String,
    /// Name of the company, 1 to 200 characters.
    #[validate(length(min = 1, max = 200))]
    pub company: String,
    /// Currency of all sums.
    pub base_currency: Currency,
    /// Full name.
    #[validate(length(min = 1, max = 200))]
    pub name: String,
    /// E-mail address to sign in with.
    #[validate(length(max = 200), custom(function = crate::account::valid_email))]
    pub email: String,
    /// Password, at least ten characters.
    #[validate(length(min = 10, max = 200))]
    pub password: String,
    /// Language of the screens.
    pub language: Language,
    /// IANA name of the time zone.
    #[validate(length(min = 1, max = 60))]
    pub time_zone: String,
}

/// What a visitor who is not signed in may know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Welcome {
    /// Version of the server.
    pub version: String,
    /// Whether the first administrator is still to be created.
    pub needs_setup: bool,
    /// Sign-ins of the demo company; empty outside the demo.
    pub demo_sign_ins: Vec<DemoSignIn>,
}

text_enum! {
    /// What a person is in the demo company. The web app has words for each in every language.
    pub enum DemoRole {
        /// Head above all departments.
        SalesDirector = "sales_director",
        /// Administrator.
        Administrator = "administrator",
        /// Head of the department Europe.
        HeadOfEurope = "head_of_europe",
        /// Head of the department Russia and Central Asia.
        HeadOfEast = "head_of_east",
        /// Manager in the department Europe.
        ManagerInEurope = "manager_in_europe",
        /// Manager in the department Russia and Central Asia.
        ManagerInEast = "manager_in_east",
        /// Reads, changes nothing.
        Viewer = "viewer",
    }
}

impl DemoRole {
    /// The words in English, for the command line.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::SalesDirector => "sales director",
            Self::Administrator => "administrator",
            Self::HeadOfEurope => "head of Europe",
            Self::HeadOfEast => "head of Russia and Central Asia",
            Self::ManagerInEurope => "manager in Europe",
            Self::ManagerInEast => "manager in Russia and Central Asia",
            Self::Viewer => "viewer",
        }
    }
}

/// A sign-in of the demo company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DemoSignIn {
    /// Name of the person.
    pub name: String,
    /// What the person is in the demo company.
    pub role: DemoRole,
    /// E-mail address.
    pub email: String,
    /// Password.
    pub password: String,
}
