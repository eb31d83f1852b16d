use serde::{Deserialize, Serialize};
use validator::Validate;

use super::Lead;
use crate::account::valid_email;
use crate::id::{AccountId, ContactId, DepartmentId, UserId};
use crate::text::non_empty;

/// What a person enters of a lead. Its answers to the four questions are set one by one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"title": "Control system for line 4", "company_name": "Northwind Foods", "person_name": "Anna Weber", "email": "anna.weber@northwind.example", "source": "web"})))]
pub struct LeadDraft {
    /// What they are interested in, 1 to 200 characters.
    #[validate(length(min = 1, max = 200))]
    pub title: String,
    /// The company's name, when there is no account yet.
    #[serde(default)]
    #[validate(length(max = 200))]
    pub company_name: Option<String>,
    /// The account.
    #[serde(default)]
    pub account_id: Option<AccountId>,
    /// The person's name, when there is no contact yet.
    #[serde(default)]
    #[validate(length(max = 200))]
    pub person_name: Option<String>,
    /// The contact.
    #[serde(default)]
    pub contact_id: Option<ContactId>,
    /// E-mail address of the person.
    #[serde(default)]
    #[validate(length(max = 200), custom(function = valid_email))]
    pub email: Option<String>,
    /// Phone of the person.
    #[serde(default)]
    #[validate(length(max = 60))]
    pub phone: Option<String>,
    /// Tax number of the company.
    #[serde(default)]
    #[validate(length(max = 60))]
    pub tax_number: Option<String>,
    /// What was written along.
    #[serde(default)]
    #[validate(length(max = 20_000))]
    pub message: Option<String>,
    /// Where the interest came from.
    #[serde(default)]
    #[validate(length(max = 120))]
    pub source: Option<String>,
    /// Who works on it; whoever creates it when absent, unchanged when absent in an edit.
    #[serde(default)]
    pub owner_id: Option<UserId>,
    /// The department that counts it; the owner's when absent, unchanged when absent in an edit that
    /// keeps the owner.
    #[serde(default)]
    pub department_id: Option<DepartmentId>,
}

impl LeadDraft {
    /// Trims texts and turns empty ones into `None`, as every form and import needs it.
    #[must_use]
    pub fn normalized(mut self) -> Self {
        self.title = self.title.trim().to_owned();
        self.company_name = non_empty(self.company_name);
        self.person_name = non_empty(self.person_name);
        self.email = non_empty(self.email);
        self.phone = non_empty(self.phone);
        self.tax_number = non_empty(self.tax_number);
        self.message = non_empty(self.message);
        self.source = non_empty(self.source);
        self
    }
}

impl From<&Lead> for LeadDraft {
    fn from(lead: &Lead) -> Self {
        Self {
            title: lead.title.clone(),
            company_name: lead.company_name.clone(),
            account_id: lead.account_id.clone(),
            person_name: lead.person_name.clone(),
            contact_id: lead.contact_id.clone(),
            email: lead.email.clone(),
            phone: lead.phone.clone(),
            tax_number: lead.tax_number.clone(),
            message: lead.message.clone(),
            source: lead.source.clone(),
            owner_id: Some(lead.owner_id.clone()),
            department_id: lead.department_id.clone(),
        }
    }
}
