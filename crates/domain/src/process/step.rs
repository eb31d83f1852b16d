//! What is done in a step.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use validator::Validate;

use super::StepKind;
use crate::deal::Deal;
use crate::id::{ContactId, DepartmentId, FileId, MaterialId, Ref, UserId};
use crate::team::TeamRole;
use crate::visa::VisaDecision;

text_enum! {
    /// How sure an answer is.
    pub enum Confidence {
        /// The customer said so or it is proven.
        Sure = "sure",
        /// To be cleared up: becomes a task.
        Unsure = "unsure",
    }
}

text_enum! {
    /// Whether a deal is pursued.
    pub enum Pursuit {
        /// We go for it.
        Pursue = "pursue",
        /// We decline.
        Reject = "reject",
        /// Somebody else shall have it.
        Reroute = "reroute",
    }
}

text_enum! {
    /// Who promised an item of the minutes.
    pub enum Side {
        /// We: becomes a task.
        Ours = "ours",
        /// The customer.
        Theirs = "theirs",
    }
}

/// An agreement of a meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MinutesItem {
    /// What was agreed, 1 to 1,000 characters.
    #[validate(length(min = 1, max = 1000))]
    pub text: String,
    /// Who does it.
    pub side: Side,
    /// Until when.
    #[serde(default)]
    pub due_on: Option<NaiveDate>,
}

/// A person who joins the team with the decision to pursue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamInput {
    /// The person.
    pub user_id: UserId,
    /// What the person does in the deal.
    pub role: TeamRole,
}

/// The decision at the end of a go / no-go card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Decision {
    /// What was decided.
    pub pursuit: Pursuit,
    /// Why.
    #[serde(default)]
    pub reason: Option<String>,
}

/// What a person enters to answer or complete a step. Which fields count depends on the kind of the
/// step; without any the step is marked as done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"answer": "About 400 controllers a year", "confidence": "sure"})))]
pub struct StepInput {
    /// `false` opens a done step again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<bool>,
    /// Question: the answer. Others: a note, such as the result of a task.
    #[validate(length(max = 5000))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// Question: who said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact_id: Option<ContactId>,
    /// Question: how sure it is; sure when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
    /// Decision: what is decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Pursuit>,
    /// Decision: why. Required to reject.
    #[validate(length(max = 2000))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Decision to pursue: who shall own the deal; the present owner when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner_id: Option<UserId>,
    /// Decision to pursue: which department counts it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department_id: Option<DepartmentId>,
    /// Decision to pursue: who helps.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub team: Vec<TeamInput>,
    /// Decision to hand over: to whom. Required for it.
    #[validate(length(max = 200))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rerouted_to: Option<String>,
    /// Material: what is chosen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub material_ids: Vec<MaterialId>,
    /// Minutes: the agreements.
    #[validate(nested)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub items: Option<Vec<MinutesItem>>,
    /// Minutes: whether they were sent to the customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent: Option<bool>,
    /// Document: the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_id: Option<FileId>,
    /// Document: when it was signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_on: Option<NaiveDate>,
    /// Competitors: that there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nobody: Option<bool>,
}

/// The decision on the visa that a step waits for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"decision": "approved"})))]
pub struct StepVisa {
    /// What is decided.
    pub decision: VisaDecision,
    /// Why; required to reject.
    #[serde(default)]
    pub comment: Option<String>,
}

/// What was done in a step, in one visit of its stage or, for what lasts, in all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StepRecord {
    /// The step.
    pub step_id: String,
    /// The visit of the stage, by the instant at which it was entered; empty for what lasts.
    pub visit: String,
    /// Whether it is done.
    pub done: bool,
    /// The answer or a note.
    pub answer: Option<String>,
    /// Who said so.
    pub contact: Option<Ref>,
    /// How sure it is.
    pub confidence: Option<Confidence>,
    /// What was decided.
    pub decision: Option<Decision>,
    /// The agreements of a meeting.
    pub items: Vec<MinutesItem>,
    /// When the minutes were sent.
    pub sent_at: Option<DateTime<Utc>>,
    /// The document.
    pub file: Option<Ref>,
    /// When it was signed.
    pub signed_on: Option<NaiveDate>,
    /// That there is no competitor.
    pub nobody: bool,
    /// When it was last changed.
    pub at: DateTime<Utc>,
    /// Who changed it last.
    pub by: Option<Ref>,
    /// Counts changes, for `If-Match`.
    pub version: i64,
}

impl StepRecord {
    /// A record of a step in which nothing was done yet.
    #[must_use]
    pub fn open(step_id: &str, visit: String, at: DateTime<Utc>) -> Self {
        Self {
            step_id: step_id.to_owned(),
            visit,
            done: false,
            answer: None,
            contact: None,
            confidence: None,
            decision: None,
            items: Vec::new(),
            sent_at: None,
            file: None,
            signed_on: None,
            nobody: false,
            at,
            by: None,
            version: 0,
        }
    }
}

/// The visit of what lasts from visit to visit.
#[must_use]
pub const fn lasting() -> &'static str {
    ""
}

/// Under which visit a step of a kind is kept for a deal in its present stage.
#[must_use]
pub fn visit_key(kind: StepKind, deal: &Deal) -> String {
    if kind.is_per_visit() {
        instant_key(deal.stage_entered_at)
    } else {
        lasting().to_owned()
    }
}

/// The visit that was entered at an instant. Keys sort by time.
pub(super) fn instant_key(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true)
}
