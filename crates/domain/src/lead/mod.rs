//! Leads: an interest that is not yet a deal. It is qualified by BANT and converted, set aside until
//! a day on which it comes back, or disqualified.

mod bant;
mod command;
mod decide;
mod draft;
mod filter;

pub use bant::{
    AuthorityAnswer, AuthorityInput, Bant, BantChange, BantItem, BantState, BudgetAnswer,
    BudgetInput, DecisionPerson, NeedAnswer, NeedInput, TimingAnswer, TimingInput,
};
pub use command::{
    ConvertLead, Converted, DisqualifyLead, LeadCommand, LeadDecision, LeadOrigin, LeadReferences,
    LeadRules, NurtureLead, ReopenLead,
};
pub use decide::{deal_of, decide};
pub use draft::LeadDraft;
pub use filter::{LeadFilter, LeadSort};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::id::{AccountId, ContactId, DealId, DepartmentId, ImportId, LeadFormId, LeadId, UserId};

text_enum! {
    /// Where a lead stands.
    pub enum LeadStatus {
        /// Nobody has worked on it.
        New = "new",
        /// Its questions are being asked.
        Qualifying = "qualifying",
        /// It became a deal.
        Qualified = "qualified",
        /// Set aside until a day.
        Nurturing = "nurturing",
        /// It will not become a deal.
        Disqualified = "disqualified",
    }
}

impl LeadStatus {
    /// Whether the lead is still worked on: new or qualifying.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::New | Self::Qualifying)
    }
}

text_enum! {
    /// Why a lead will not become a deal.
    pub enum DisqualifyReason {
        /// The company cannot be a customer.
        CannotBeCustomer = "cannot_be_customer",
        /// The data is wrong.
        IncorrectData = "incorrect_data",
        /// A competitor has it.
        LostToCompetitor = "lost_to_competitor",
        /// There is no money.
        NoBudget = "no_budget",
        /// They do not want it.
        NotInterested = "not_interested",
        /// Nobody answers.
        Unreachable = "unreachable",
    }
}

/// A lead.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Lead {
    /// Identifier.
    pub id: LeadId,
    /// What they are interested in, in a few words.
    pub title: String,
    /// The company's name as it was given.
    pub company_name: Option<String>,
    /// The account, when it is known.
    pub account_id: Option<AccountId>,
    /// The account's name.
    pub account_name: Option<String>,
    /// The person's name as it was given.
    pub person_name: Option<String>,
    /// The contact, when it is known.
    pub contact_id: Option<ContactId>,
    /// The contact's name.
    pub contact_name: Option<String>,
    /// E-mail address of the person.
    pub email: Option<String>,
    /// Phone of the person.
    pub phone: Option<String>,
    /// Tax number of the company.
    pub tax_number: Option<String>,
    /// What was written along.
    pub message: Option<String>,
    /// Where the interest came from.
    pub source: Option<String>,
    /// Who works on it.
    pub owner_id: UserId,
    /// Name of that person.
    pub owner_name: String,
    /// The department that counts it.
    pub department_id: Option<DepartmentId>,
    /// Its name.
    pub department_name: Option<String>,
    /// Where it stands.
    pub status: LeadStatus,
    /// What is known.
    pub bant: Bant,
    /// How much is known, 0 to 100.
    pub score: i32,
    /// What to ask next; `null` when everything is confirmed or the lead is no longer worked on.
    pub next_question: Option<BantItem>,
    /// Until when it is set aside.
    pub nurture_until: Option<NaiveDate>,
    /// Why it will not become a deal.
    pub disqualify_reason: Option<DisqualifyReason>,
    /// In which words.
    pub disqualify_note: Option<String>,
    /// The deal that it became.
    pub deal_id: Option<DealId>,
    /// Number of that deal.
    pub deal_number: Option<String>,
    /// Why it became a deal although questions were open.
    pub override_reason: Option<String>,
    /// When it became a deal or was disqualified.
    pub closed_at: Option<DateTime<Utc>>,
    /// Identifier in the system it was imported from.
    pub external_id: Option<String>,
    /// The import that created it.
    pub import_id: Option<ImportId>,
    /// The form on another site that made it.
    pub form_id: Option<LeadFormId>,
    /// Name of that form.
    pub form_name: Option<String>,
    /// When it was put into the bin.
    pub deleted_at: Option<DateTime<Utc>>,
    /// Counts changes, for `If-Match`.
    pub version: i64,
    /// When it was created.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

text_enum! {
    /// By what a record resembles a lead.
    pub enum MatchReason {
        /// The same name, regardless of case, spelling and legal form.
        Name = "name",
        /// The same e-mail address.
        Email = "email",
        /// An e-mail address of the same company.
        EmailDomain = "email_domain",
        /// The same phone.
        Phone = "phone",
        /// The same tax number.
        TaxNumber = "tax_number",
    }
}

/// A record that may be what a lead names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LeadMatch {
    /// Identifier of the account or contact.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Of a contact: name of the company.
    pub account_name: Option<String>,
    /// By what it resembles the lead.
    pub by: Vec<MatchReason>,
}

/// The accounts and contacts that a lead may be about, the most alike first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LeadDuplicates {
    /// Accounts.
    pub accounts: Vec<LeadMatch>,
    /// Contacts.
    pub contacts: Vec<LeadMatch>,
}

/// The part of an e-mail address that names a company; `None` for mailboxes that anybody can have.
#[must_use]
pub fn company_domain(email: &str) -> Option<String> {
    const FOR_EVERYBODY: [&str; 14] = [
        "gmail.com",
        "googlemail.com",
        "outlook.com",
        "hotmail.com",
        "live.com",
        "yahoo.com",
        "icloud.com",
        "proton.me",
        "gmx.de",
        "web.de",
        "mail.ru",
        "bk.ru",
        "yandex.ru",
        "ya.ru",
    ];
    let (_, domain) = email.trim().rsplit_once('@')?;
    let domain = domain.to_lowercase();
    (domain.contains('.') && !FOR_EVERYBODY.contains(&domain.as_str())).then_some(domain)
}
