//! Forms on other sites that make leads: who gets them, which sites may use the form, and what a
//! visitor may send.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use validator::Validate;

use crate::error::{Error, FieldCode, FieldError, rule, validate};
use crate::id::{LeadFormId, UserId};
use crate::lead::LeadDraft;
use crate::text::{is_email, non_empty};

/// Largest request that a form may send, in bytes.
pub const MAX_SUBMISSION: usize = 16 * 1024;

/// A form on another site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LeadForm {
    /// Identifier.
    pub id: LeadFormId,
    /// What the form is, for those who administer it.
    pub name: String,
    /// What stands in the address to which the form is sent. Everybody who sees the site can read it.
    pub key: String,
    /// Source of its leads.
    pub source: Option<String>,
    /// Who gets its leads.
    pub owner_id: UserId,
    /// Name of that person.
    pub owner_name: String,
    /// Whether that person still works here; else its leads go to an administrator.
    pub owner_active: bool,
    /// Whether it takes anything.
    pub active: bool,
    /// The sites that may use it, such as `https://www.example.com`; empty: every site.
    pub allowed_origins: Vec<String>,
    /// Where the visitor goes after sending it; a plain thank-you page when absent.
    pub redirect_url: Option<String>,
    /// How many leads it has made.
    pub leads: i64,
    /// When it made the last one.
    pub last_lead_at: Option<DateTime<Utc>>,
    /// Counts changes, for `If-Match`.
    pub version: i64,
    /// When it was created.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

impl LeadForm {
    /// Whether a site may use the form.
    #[must_use]
    pub fn allows(&self, origin: &str) -> bool {
        self.allowed_origins.is_empty()
            || (self.allowed_origins.iter()).any(|known| known.eq_ignore_ascii_case(origin.trim()))
    }
}

/// What an administrator enters of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"name": "Contact page", "source": "web", "owner_id": "0197a3c2-7b1e-7c55-8d1f-3a0e6f0b9c41", "allowed_origins": ["https://www.example.com"]})))]
pub struct LeadFormDraft {
    /// What the form is, 1 to 200 characters.
    #[validate(length(min = 1, max = 200))]
    pub name: String,
    /// Source of its leads.
    #[serde(default)]
    #[validate(length(max = 120))]
    pub source: Option<String>,
    /// Who gets its leads; whoever creates the form when absent, unchanged when absent in an edit.
    #[serde(default)]
    pub owner_id: Option<UserId>,
    /// Whether it takes anything.
    #[serde(default = "yes")]
    pub active: bool,
    /// The sites that may use it, at most 20; empty: every site.
    #[serde(default)]
    #[validate(length(max = 20), custom(function = valid_origins))]
    pub allowed_origins: Vec<String>,
    /// Where the visitor goes after sending it, an `https://` or `http://` address.
    #[serde(default)]
    #[validate(length(max = 500), custom(function = valid_address))]
    pub redirect_url: Option<String>,
}

const fn yes() -> bool {
    true
}

impl Default for LeadFormDraft {
    fn default() -> Self {
        Self {
            name: String::new(),
            source: None,
            owner_id: None,
            active: true,
            allowed_origins: Vec::new(),
            redirect_url: None,
        }
    }
}

impl LeadFormDraft {
    /// Trims texts; a site is kept as browsers name it, without a slash at the end.
    #[must_use]
    pub fn normalized(mut self) -> Self {
        self.name = self.name.trim().to_owned();
        self.source = non_empty(self.source);
        self.redirect_url = non_empty(self.redirect_url);
        self.allowed_origins = (self.allowed_origins.iter())
            .map(|origin| origin.trim().trim_end_matches('/').to_lowercase())
            .filter(|origin| !origin.is_empty())
            .collect();
        self.allowed_origins.dedup();
        self
    }
}

impl From<&LeadForm> for LeadFormDraft {
    fn from(form: &LeadForm) -> Self {
        Self {
            name: form.name.clone(),
            source: form.source.clone(),
            owner_id: Some(form.owner_id.clone()),
            active: form.active,
            allowed_origins: form.allowed_origins.clone(),
            redirect_url: form.redirect_url.clone(),
        }
    }
}

/// The part of an address after `https://` or `http://`.
fn after_scheme(text: &str) -> Option<&str> {
    let rest = (text.strip_prefix("https://")).or_else(|| text.strip_prefix("http://"))?;
    let is_plain = !rest.chars().any(|c| c.is_whitespace() || c.is_control());
    (!rest.is_empty() && is_plain).then_some(rest)
}

#[expect(
    clippy::ptr_arg,
    reason = "a rule of `validator` gets the field's own type"
)]
fn valid_origins(origins: &Vec<String>) -> Result<(), validator::ValidationError> {
    let is_origin = |origin: &String| {
        after_scheme(origin).is_some_and(|host| !host.contains(['/', '?', '#', '@', '"', ',']))
    };
    if origins.iter().all(is_origin) {
        Ok(())
    } else {
        let message = "must be addresses like https://www.example.com";
        Err(rule(FieldCode::InvalidFormat, message))
    }
}

fn valid_address(address: &str) -> Result<(), validator::ValidationError> {
    if address.is_empty() || after_scheme(address).is_some() {
        Ok(())
    } else {
        let message = "must begin with https:// or http://";
        Err(rule(FieldCode::InvalidFormat, message))
    }
}

/// What a visitor sends: as JSON, or as a browser sends a form. What is not named here is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"company": "Northwind Foods", "person": "Anna Weber", "email": "anna.weber@northwind.example", "message": "We look for controls for line 4."})))]
pub struct FormSubmission {
    /// What it is about; made of the form's name and the company when absent.
    #[validate(length(max = 200))]
    #[serde(default)]
    pub title: Option<String>,
    /// The company's name.
    #[validate(length(max = 200))]
    #[serde(default)]
    pub company: Option<String>,
    /// The person's name.
    #[validate(length(max = 200))]
    #[serde(default)]
    pub person: Option<String>,
    /// E-mail address; without it a phone is needed.
    #[validate(length(max = 200))]
    #[serde(default)]
    pub email: Option<String>,
    /// Phone; without it an e-mail address is needed.
    #[validate(length(max = 60))]
    #[serde(default)]
    pub phone: Option<String>,
    /// Tax number of the company.
    #[validate(length(max = 60))]
    #[serde(default)]
    pub tax_number: Option<String>,
    /// What the visitor writes.
    #[validate(length(max = 10_000))]
    #[serde(default)]
    pub message: Option<String>,
    /// Stays empty: a field that people do not see. Whoever fills it is a robot; its request is
    /// answered like any other and thrown away.
    #[serde(default)]
    pub website: Option<String>,
}

/// The answer to a visitor's request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"received": true})))]
pub struct FormReceipt {
    /// Always `true`.
    pub received: bool,
}

impl FormSubmission {
    /// Whether a robot filled the field that people do not see.
    #[must_use]
    pub fn is_from_robot(&self) -> bool {
        (self.website.as_deref()).is_some_and(|text| !text.trim().is_empty())
    }

    /// The lead that it makes.
    ///
    /// # Errors
    /// The invalid fields; `email` when nobody could answer.
    pub fn lead(&self, form: &LeadForm) -> Result<LeadDraft, Error> {
        let mut errors = validate(self);
        let draft = LeadDraft {
            title: self.title.clone().unwrap_or_default(),
            company_name: self.company.clone(),
            person_name: self.person.clone(),
            email: self.email.clone(),
            phone: self.phone.clone(),
            tax_number: self.tax_number.clone(),
            message: self.message.clone(),
            source: form.source.clone(),
            owner_id: Some(form.owner_id.clone()),
            ..LeadDraft::default()
        };
        let mut draft = draft.normalized();
        if draft.email.is_none() && draft.phone.is_none() {
            errors.push(FieldError::required("email"));
        }
        if (draft.email.as_deref()).is_some_and(|email| !is_email(email)) {
            let message = "is not an e-mail address";
            errors.push(FieldError::new("email", FieldCode::InvalidEmail, message));
        }
        if !errors.is_empty() {
            return Err(Error::Invalid(errors));
        }
        if draft.title.is_empty() {
            let who = [&draft.company_name, &draft.person_name, &draft.email];
            let who = who.into_iter().flatten().next().or(draft.phone.as_ref());
            let title =
                who.map_or_else(|| form.name.clone(), |who| format!("{}: {who}", form.name));
            draft.title = title.chars().take(200).collect();
        }
        Ok(draft)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> LeadForm {
        LeadForm {
            id: LeadFormId::new("f"),
            name: "Contact page".into(),
            key: "k".into(),
            source: Some("web".into()),
            owner_id: UserId::new("u"),
            owner_name: "Anna".into(),
            owner_active: true,
            active: true,
            allowed_origins: Vec::new(),
            redirect_url: None,
            leads: 0,
            last_lead_at: None,
            version: 1,
            created_at: DateTime::UNIX_EPOCH,
            updated_at: DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn a_submission_needs_a_way_to_answer() {
        let silent = FormSubmission {
            company: Some("Northwind".into()),
            email: Some("  ".into()),
            ..FormSubmission::default()
        };
        let Err(Error::Invalid(errors)) = silent.lead(&form()) else {
            panic!("nobody could answer");
        };
        assert_eq!(errors[0].field, "email");
        let called = FormSubmission {
            phone: Some("+49 30 123".into()),
            ..silent
        };
        let lead = called.lead(&form()).unwrap();
        assert_eq!(lead.title, "Contact page: Northwind");
        assert_eq!(lead.source.as_deref(), Some("web"));
        assert_eq!(lead.owner_id, Some(UserId::new("u")));
    }

    #[test]
    fn sites_are_kept_as_browsers_name_them() {
        let draft = LeadFormDraft {
            name: "x".into(),
            allowed_origins: vec![" https://WWW.Example.com/ ".into(), String::new()],
            ..LeadFormDraft::default()
        };
        let draft = draft.normalized();
        assert_eq!(draft.allowed_origins, ["https://www.example.com"]);
        assert_eq!(validate(&draft), []);
        for bad in ["example.com", "https://", "https://a/b", "ftp://a"] {
            let draft = LeadFormDraft {
                allowed_origins: vec![bad.into()],
                ..draft.clone()
            };
            assert_eq!(validate(&draft)[0].field, "allowed_origins", "{bad}");
        }
        let only = LeadForm {
            allowed_origins: draft.allowed_origins,
            ..form()
        };
        assert!(only.allows("https://www.example.com"));
        assert!(!only.allows("https://www.example.com.evil.example"));
        assert!(form().allows("https://anywhere.example"));
    }
}
