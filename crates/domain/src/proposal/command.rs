use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use validator::Validate;

use super::{Proposal, ProposalChannel, ProposalDraft};
use crate::deal::{Deal, DecidedEntry};
use crate::id::{ContactId, ProposalId, Ref};
use crate::money::Currency;
use crate::policy::Actor;
use crate::product::Product;
use crate::rate::RateTable;
use crate::time::Instant;
use crate::visa::{VisaComment, VisaDecision};

/// A version went to the customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"channel": "email"})))]
pub struct SendProposal {
    /// The day on which it was sent, not after today; today when absent.
    #[serde(default)]
    pub sent_on: Option<NaiveDate>,
    /// To whom it was sent; the contact of the proposal when absent.
    #[serde(default)]
    pub contact_id: Option<ContactId>,
    /// By which way.
    pub channel: ProposalChannel,
}

/// The customer agreed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"note": "order 4711"})))]
pub struct AcceptProposal {
    /// The day on which the customer agreed, from the day of sending to today and while the offer
    /// held; today when absent.
    #[serde(default)]
    pub decided_on: Option<NaiveDate>,
    /// What was said.
    #[serde(default)]
    #[validate(length(max = 2000))]
    pub note: Option<String>,
}

/// The customer said no.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"reason": "too expensive"})))]
pub struct DeclineProposal {
    /// Why, 1 to 2000 characters.
    #[validate(length(min = 1, max = 2000))]
    pub reason: String,
    /// The day on which the customer said so, from the day of sending to today; today when absent.
    #[serde(default)]
    pub decided_on: Option<NaiveDate>,
}

/// A change of a proposal. Every way to write one is one of these.
#[derive(Clone, Debug, PartialEq)]
pub enum ProposalCommand {
    /// A new proposal.
    Create(ProposalDraft),
    /// New values for all fields of the form.
    Edit(ProposalDraft),
    /// Away with a draft.
    Delete,
    /// A removed draft back.
    Restore,
    /// A visa is asked for, with words for whoever gives it.
    Submit(VisaComment),
    /// Taken back before the visa is decided.
    Recall,
    /// The visa is decided.
    Decide(VisaDecision, VisaComment),
    /// It went to the customer.
    Send(SendProposal),
    /// The customer agreed.
    Accept(AcceptProposal),
    /// The customer said no.
    Decline(DeclineProposal),
    /// The next version, as a draft.
    Revise,
}

/// The records a command names, as found in the database.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProposalReferences {
    /// The contact; `None` when it is not there (or in the bin).
    pub contact: Option<Ref>,
    /// The products of the lines; those that are not there are missing.
    pub products: Vec<Product>,
}

/// Everything beside the proposal that a decision depends on.
#[derive(Clone, Copy, Debug)]
pub struct ProposalRules<'a> {
    /// Who acts.
    pub actor: &'a Actor,
    /// The deal, which the actor sees.
    pub deal: &'a Deal,
    /// The present instant, in milliseconds.
    pub now: Instant,
    /// The actor's present day.
    pub today: NaiveDate,
    /// Identifier for a new version.
    pub new_id: &'a ProposalId,
    /// The version that a revision would be.
    pub next_revision: i32,
    /// Hash of the present content.
    pub hash: &'a str,
    /// Today's rates, for what a new version freezes.
    pub rates: &'a RateTable,
    /// The base currency.
    pub base: Currency,
}

/// What is to happen to the visa of a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VisaEffect {
    /// It is asked for, with these words.
    Request(Option<String>),
    /// It is decided, with these words.
    Decide(VisaDecision, Option<String>),
    /// It counts no more.
    Void,
}

/// What a command does to a proposal.
#[derive(Clone, Debug, PartialEq)]
pub struct ProposalDecision {
    /// The version afterwards; a new one when it was created or revised.
    pub proposal: Proposal,
    /// What the history gains; empty when nothing changes.
    pub entries: Vec<DecidedEntry>,
    /// What happens to its visa.
    pub visa: Option<VisaEffect>,
    /// Whether the earlier versions that the customer has count no more.
    pub supersedes: bool,
}
