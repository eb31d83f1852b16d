//! What is known about a deal beside its own fields.

use chrono::{DateTime, NaiveDate, Utc};

use super::StepRecord;
use crate::competitor::DealCompetitor;
use crate::id::Ref;
use crate::key_contact::KeyContact;

/// An activity that a step of the process made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskFact {
    /// Identifier of the activity.
    pub activity_id: String,
    /// The step.
    pub step_id: String,
    /// When it was planned: the visit that it belongs to was entered then or before.
    pub created_at: DateTime<Utc>,
    /// The day until which it is to be done.
    pub due_on: Option<NaiveDate>,
    /// When it was done.
    pub done_at: Option<DateTime<Utc>>,
    /// Whether it was called off.
    pub cancelled: bool,
}

/// A proposal of the deal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposalFact {
    /// Number and version for people.
    pub label: String,
    /// Whether this version was approved.
    pub approved: bool,
    /// Whether this version was sent and nothing newer replaced it.
    pub sent: bool,
    /// When it was sent.
    pub sent_at: Option<DateTime<Utc>>,
}

/// A material that was chosen in a step or shown to the customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaterialFact {
    /// The step for which it was chosen.
    pub step_id: Option<String>,
    /// When it was chosen.
    pub chosen_at: DateTime<Utc>,
}

/// A visa on the contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisaFact {
    /// The step that asked for it.
    pub step_id: String,
    /// Whether it was given and still binds the present documents.
    pub approved: bool,
    /// Whether it waits for a decision.
    pub pending: bool,
    /// Who decided.
    pub decided_by: Option<Ref>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
}

/// Everything that hangs on a deal and that the process looks at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// What was done in the steps, of all visits.
    pub records: Vec<StepRecord>,
    /// The activities that steps made, of all visits.
    pub tasks: Vec<TaskFact>,
    /// The key contacts.
    pub contacts: Vec<KeyContact>,
    /// The competitors.
    pub competitors: Vec<DealCompetitor>,
    /// The proposals.
    pub proposals: Vec<ProposalFact>,
    /// The materials.
    pub materials: Vec<MaterialFact>,
    /// The visas on the contract.
    pub visas: Vec<VisaFact>,
}
