//! Proposals of deals, what happens to them, and visas.

use super::records::{Resource, Restorable};
use super::{Endpoint, Method, encode_component, json, to_query};
use crate::page::Page;
use crate::proposal::{AcceptProposal, DeclineProposal, Proposal, ProposalDraft, SendProposal};
use crate::visa::{Visa, VisaComment, VisaFilter};

/// Versions of proposals, each by its identifier; there is a list only of those of a deal.
#[derive(Clone, Copy, Debug)]
pub struct Proposals;

impl Resource for Proposals {
    const PATH: &'static str = "/proposals";
    type Record = Proposal;
    type Draft = ProposalDraft;
    type Filter = ();
}

impl Restorable for Proposals {}

/// All versions of all proposals of a deal.
#[derive(Clone, Debug)]
pub struct ListDealProposals(
    /// Identifier of the deal.
    pub String,
);

impl Endpoint for ListDealProposals {
    type Answer = Page<Proposal>;
    const METHOD: Method = Method::Get;

    fn path(&self) -> String {
        format!("/deals/{}/proposals", encode_component(&self.0))
    }
}

/// A new proposal of a deal.
#[derive(Clone, Debug)]
pub struct CreateDealProposal {
    /// Identifier of the deal.
    pub deal_id: String,
    /// What the person entered.
    pub draft: ProposalDraft,
}

impl Endpoint for CreateDealProposal {
    type Answer = Proposal;
    const METHOD: Method = Method::Post;

    fn path(&self) -> String {
        format!("/deals/{}/proposals", encode_component(&self.deal_id))
    }

    fn body(&self) -> Option<String> {
        json(&self.draft)
    }
}

/// A step of a proposal on its way to the customer.
#[derive(Clone, Debug)]
pub enum ProposalStep {
    /// A visa is asked for.
    Submit(VisaComment),
    /// It is taken back.
    Recall,
    /// The visa is given.
    Approve(VisaComment),
    /// The visa is refused.
    Reject(VisaComment),
    /// It went to the customer.
    Send(SendProposal),
    /// The customer agreed.
    Accept(AcceptProposal),
    /// The customer said no.
    Decline(DeclineProposal),
    /// The next version is made.
    Revise,
}

/// What happens to a version of a proposal; the answer is the version afterwards, or the new one.
#[derive(Clone, Debug)]
pub struct StepProposal {
    /// Identifier of the version.
    pub id: String,
    /// The state that the person has seen.
    pub version: Option<i64>,
    /// What is to happen.
    pub step: ProposalStep,
}

impl Endpoint for StepProposal {
    type Answer = Proposal;
    const METHOD: Method = Method::Post;

    fn path(&self) -> String {
        let step = match self.step {
            ProposalStep::Submit(_) => "submit",
            ProposalStep::Recall => "recall",
            ProposalStep::Approve(_) => "approve",
            ProposalStep::Reject(_) => "reject",
            ProposalStep::Send(_) => "send",
            ProposalStep::Accept(_) => "accept",
            ProposalStep::Decline(_) => "decline",
            ProposalStep::Revise => "revise",
        };
        format!("/proposals/{}/{step}", encode_component(&self.id))
    }

    fn body(&self) -> Option<String> {
        match &self.step {
            ProposalStep::Submit(words)
            | ProposalStep::Approve(words)
            | ProposalStep::Reject(words) => json(words),
            ProposalStep::Send(send) => json(send),
            ProposalStep::Accept(accept) => json(accept),
            ProposalStep::Decline(decline) => json(decline),
            ProposalStep::Recall | ProposalStep::Revise => None,
        }
    }

    fn version(&self) -> Option<i64> {
        self.version
    }
}

/// A page of visas.
#[derive(Clone, Debug)]
pub struct ListVisas(
    /// Filters and page.
    pub VisaFilter,
);

impl Endpoint for ListVisas {
    type Answer = Page<Visa>;
    const METHOD: Method = Method::Get;

    fn path(&self) -> String {
        "/visas".to_owned()
    }

    fn query(&self) -> String {
        to_query(&self.0)
    }
}
