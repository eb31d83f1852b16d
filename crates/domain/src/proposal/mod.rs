//! Proposals: numbered, versioned offers with lines and exact totals. A version is written,
//! approved by a visa that binds its content, sent, and then accepted or declined; once sent it is
//! never changed, and a change makes the next version.

mod action;
mod amounts;
mod command;
mod compare;
mod decide;
mod draft;

pub use action::{ProposalAction, allowed};
pub use amounts::{LineAmounts, line_amounts};
pub use command::{
    AcceptProposal, DeclineProposal, ProposalCommand, ProposalDecision, ProposalReferences,
    ProposalRules, SendProposal, VisaEffect,
};
pub use compare::{LineChange, compare_lines};
pub use decide::{decide, superseded};
pub(crate) use draft::percentage;
pub use draft::{MAX_LINES, ProposalDraft, ProposalLineDraft, calculate, is_countable};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::decimal::{Percent, Quantity};
use crate::id::{AccountId, ContactId, DealId, ProductId, ProposalId, Ref, UserId};
use crate::money::{Currency, Money};
use crate::visa::Visa;

text_enum! {
    /// Where a version of a proposal stands.
    pub enum ProposalStatus {
        /// It is being written.
        Draft = "draft",
        /// It waits for a visa.
        InApproval = "in_approval",
        /// It may be sent.
        Approved = "approved",
        /// The visa was refused; it is to be changed.
        Rejected = "rejected",
        /// The customer has it.
        Sent = "sent",
        /// The customer agreed.
        Accepted = "accepted",
        /// The customer said no.
        Declined = "declined",
        /// The customer has it, and the day until which it was valid has passed.
        Expired = "expired",
        /// A later version was sent.
        Superseded = "superseded",
    }
}

impl ProposalStatus {
    /// Whether the version left the house, so that it is never changed again.
    #[must_use]
    pub const fn is_fixed(self) -> bool {
        matches!(
            self,
            Self::Sent | Self::Accepted | Self::Declined | Self::Expired | Self::Superseded
        )
    }

    /// The status that the reader sees: a sent version expires by itself, without being written.
    #[must_use]
    pub fn seen_on(self, today: NaiveDate, valid_until: Option<NaiveDate>) -> Self {
        match self {
            Self::Sent if valid_until.is_some_and(|until| until < today) => Self::Expired,
            other => other,
        }
    }

    /// The status that is stored.
    #[must_use]
    pub const fn stored(self) -> Self {
        match self {
            Self::Expired => Self::Sent,
            other => other,
        }
    }
}

text_enum! {
    /// By which way a proposal went to the customer.
    pub enum ProposalChannel {
        /// By e-mail.
        Email = "email",
        /// Handed over in a meeting.
        Meeting = "meeting",
        /// Through a messenger.
        Messenger = "messenger",
        /// Through a portal or a tender platform.
        Portal = "portal",
        /// On paper.
        Post = "post",
        /// Otherwise.
        Other = "other",
    }
}

/// One line of a proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProposalLine {
    /// The product; `null` for free text.
    pub product_id: Option<ProductId>,
    /// What is offered.
    pub title: String,
    /// What more there is to say.
    pub description: Option<String>,
    /// Unit of the quantity.
    pub unit: Option<String>,
    /// How much of it.
    pub quantity: Quantity,
    /// Price of one unit.
    pub unit_price: Money,
    /// Discount in percent.
    pub discount: Percent,
    /// VAT rate in percent.
    pub vat_rate: Percent,
    /// quantity × unit price × (1 − discount), rounded half to even.
    pub net: Money,
    /// net × VAT rate, rounded half to even.
    pub vat: Money,
    /// net + VAT.
    pub total: Money,
}

/// Sums of the rounded lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProposalTotals {
    /// Without VAT.
    pub net: Money,
    /// VAT.
    pub vat: Money,
    /// With VAT.
    pub total: Money,
    /// With VAT in the base currency, at the rate frozen with this version; `null` without a rate.
    pub total_base: Option<Money>,
}

/// A version of a proposal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Proposal {
    /// Identifier of this version.
    pub id: ProposalId,
    /// Number, the same for all versions.
    #[cfg_attr(feature = "openapi", schema(example = "P-000042"))]
    pub number: String,
    /// Which version of the proposal it is: 1, 2, …
    pub revision: i32,
    /// Whether there is no later version.
    pub is_latest: bool,
    /// The deal.
    pub deal_id: DealId,
    /// Number of the deal.
    pub deal_number: String,
    /// Title of the deal.
    pub deal_title: String,
    /// Owner of the deal.
    pub owner: Ref,
    /// To which company it is addressed.
    pub account_id: Option<AccountId>,
    /// Name of that company.
    pub account_name: Option<String>,
    /// To whom it is addressed.
    pub contact_id: Option<ContactId>,
    /// Name of that person.
    pub contact_name: Option<String>,
    /// Currency of all its amounts.
    pub currency: Currency,
    /// Units of the base currency for one unit, frozen when the version was created; `null` when no
    /// rate was known.
    pub rate_to_base: Option<f64>,
    /// The last day on which the offer holds.
    pub valid_until: Option<NaiveDate>,
    /// What stands before the lines.
    pub introduction: Option<String>,
    /// What stands after them: delivery, payment, warranty.
    pub terms: Option<String>,
    /// What is offered.
    pub lines: Vec<ProposalLine>,
    /// What it comes to.
    pub totals: ProposalTotals,
    /// Where it stands.
    pub status: ProposalStatus,
    /// The last visa that was asked for.
    pub visa: Option<Visa>,
    /// When it was marked as sent.
    pub sent_at: Option<DateTime<Utc>>,
    /// The day on which it went to the customer.
    pub sent_on: Option<NaiveDate>,
    /// To whom it went.
    pub sent_to: Option<Ref>,
    /// By which way.
    pub channel: Option<ProposalChannel>,
    /// The day on which the customer accepted or declined it.
    pub decided_on: Option<NaiveDate>,
    /// Why it was declined, or what was said when it was accepted.
    pub decision_note: Option<String>,
    /// What you may do with it now.
    pub actions: Vec<ProposalAction>,
    /// When it was removed.
    pub deleted_at: Option<DateTime<Utc>>,
    /// Counts changes, for `If-Match`.
    pub version: i64,
    /// When it was created.
    pub created_at: DateTime<Utc>,
    /// Who created it.
    pub created_by: Option<UserId>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
    /// Who changed it last.
    pub updated_by: Option<UserId>,
}

impl Proposal {
    /// What people call this version: number and version.
    #[must_use]
    pub fn label(&self) -> String {
        label(&self.number, self.revision)
    }

    /// Everything that a visa binds, as one text: equal texts, equal offers.
    #[must_use]
    pub fn canonical(&self) -> String {
        #[derive(Serialize)]
        struct Content<'a> {
            number: &'a str,
            revision: i32,
            deal_id: &'a DealId,
            account_id: &'a Option<AccountId>,
            contact_id: &'a Option<ContactId>,
            currency: Currency,
            valid_until: Option<NaiveDate>,
            introduction: &'a Option<String>,
            terms: &'a Option<String>,
            lines: &'a [ProposalLine],
        }
        let content = Content {
            number: &self.number,
            revision: self.revision,
            deal_id: &self.deal_id,
            account_id: &self.account_id,
            contact_id: &self.contact_id,
            currency: self.currency,
            valid_until: self.valid_until,
            introduction: &self.introduction,
            terms: &self.terms,
            lines: &self.lines,
        };
        // Texts, numbers and lists always have a JSON form.
        serde_json::to_string(&content).unwrap_or_default()
    }
}

/// The number of a proposal as people write it.
#[must_use]
pub fn format_number(number: i64) -> String {
    format!("P-{number:06}")
}

/// What people call a version: number and version.
#[must_use]
pub fn label(number: &str, revision: i32) -> String {
    format!("{number} · {revision}")
}
