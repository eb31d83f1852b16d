use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use validator::Validate;

use super::{BantChange, DisqualifyReason, Lead, LeadDraft};
use crate::deal::{DecidedEntry, Place, not_negative, sensible_day};
use crate::id::{AccountId, ContactId, DealId, LeadId, Ref};
use crate::money::Money;
use crate::policy::Actor;
use crate::record::Origin;
use crate::time::Instant;

/// A lead is set aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"until": "2027-03-01", "reason": "after the trade fair"})))]
pub struct NurtureLead {
    /// The day on which it comes back; after today.
    pub until: NaiveDate,
    /// Why, in a few words.
    #[serde(default)]
    #[validate(length(max = 2000))]
    pub reason: Option<String>,
}

/// A lead will not become a deal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"reason": "no_budget", "note": "the plant is being closed"})))]
pub struct DisqualifyLead {
    /// Why.
    pub reason: DisqualifyReason,
    /// In which words.
    #[serde(default)]
    #[validate(length(max = 2000))]
    pub note: Option<String>,
}

/// A lead is worked on again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"reason": "they called again"})))]
pub struct ReopenLead {
    /// Why, in a few words.
    #[serde(default)]
    #[validate(length(max = 2000))]
    pub reason: Option<String>,
}

/// A lead becomes a deal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"title": "Controls for line 4"})))]
pub struct ConvertLead {
    /// The account of the deal. Absent: the lead's; without one a new account is made of the
    /// company's name.
    #[serde(default)]
    pub account_id: Option<AccountId>,
    /// The main contact of the deal. Absent: the lead's; without one a new contact is made of the
    /// person's name.
    #[serde(default)]
    pub contact_id: Option<ContactId>,
    /// Title of the deal; the lead's when absent.
    #[serde(default)]
    #[validate(length(max = 200))]
    pub title: Option<String>,
    /// What the deal is worth, not below zero; the budget is only what the customer can spend. Absent:
    /// not known yet.
    #[serde(default)]
    #[validate(custom(function = not_negative))]
    pub amount: Option<Money>,
    /// When we expect to close the deal. Absent: not known yet.
    #[serde(default)]
    #[validate(custom(function = sensible_day))]
    pub expected_close_on: Option<NaiveDate>,
    /// Why it becomes a deal although questions are open. Only heads and administrators may.
    #[serde(default)]
    #[validate(length(max = 2000))]
    pub override_reason: Option<String>,
}

/// What became of a lead that was converted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Converted {
    /// How it was to be done.
    pub how: ConvertLead,
    /// The deal.
    pub deal: Ref,
    /// Number of the deal.
    pub number: String,
    /// The account of the deal.
    pub account: Option<Ref>,
    /// The main contact of the deal.
    pub contact: Option<Ref>,
}

/// Where a new lead comes from, when no person enters it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LeadOrigin {
    /// An import.
    Import(Origin),
    /// A form on another site.
    Form(Ref),
}

/// A change of a lead. Every way to write a lead is one of these.
#[derive(Clone, Debug, PartialEq)]
pub enum LeadCommand {
    /// A new lead.
    Create {
        /// The form.
        draft: LeadDraft,
        /// Where it comes from, when no person enters it.
        origin: Option<LeadOrigin>,
    },
    /// New values for all fields of the form.
    Edit(LeadDraft),
    /// A new answer to one question.
    Answer(BantChange),
    /// Set aside until a day.
    Nurture(NurtureLead),
    /// Out.
    Disqualify(DisqualifyLead),
    /// Worked on again, after it was set aside or out.
    Reopen(ReopenLead),
    /// The day until which it was set aside has come.
    Return {
        /// Who takes it over, when its owner does not work on leads any more. The department stays.
        owner: Option<Ref>,
    },
    /// It became this deal.
    Convert(Box<Converted>),
    /// Into the bin.
    Delete,
    /// Out of the bin.
    Restore,
}

/// The records a command names, as found in the database; `None` when one is not there (or in the
/// bin).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeadReferences {
    /// The owner.
    pub owner: Option<Place>,
    /// The department.
    pub department: Option<Ref>,
    /// The account.
    pub account: Option<Ref>,
    /// The contact.
    pub contact: Option<Ref>,
}

/// Everything beside the lead that a decision depends on.
#[derive(Clone, Copy, Debug)]
pub struct LeadRules<'a> {
    /// Who acts.
    pub actor: &'a Actor,
    /// The present instant, in milliseconds.
    pub now: Instant,
    /// The actor's present day.
    pub today: NaiveDate,
    /// Identifier for a new lead.
    pub new_id: &'a LeadId,
    /// Identifier of the deal that a conversion makes.
    pub deal_id: &'a DealId,
}

/// What a command does to a lead.
#[derive(Clone, Debug, PartialEq)]
pub struct LeadDecision {
    /// The lead afterwards.
    pub lead: Lead,
    /// What the history gains; empty when nothing changes.
    pub entries: Vec<DecidedEntry>,
}
