use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use validator::Validate;

use super::{Activity, ActivityDraft};
use crate::deal::{DecidedEntry, Place};
use crate::error::ErrorCode;
use crate::id::{ActivityId, Ref};
use crate::policy::{Access, Actor};
use crate::time::Instant;

/// An activity was done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"result": "The plant manager decides, in March", "duration_minutes": 20})))]
pub struct CompleteActivity {
    /// What came of it.
    #[serde(default)]
    #[validate(length(max = 20_000))]
    pub result: Option<String>,
    /// When it was done; now when absent, not in the future.
    #[serde(default)]
    pub done_at: Option<DateTime<Utc>>,
    /// How long it took, in minutes; as planned when absent.
    #[serde(default)]
    #[validate(range(min = 0, max = 10_080))]
    pub duration_minutes: Option<i32>,
}

/// An activity is called off.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"reason": "they moved the decision to the autumn"})))]
pub struct CancelActivity {
    /// Why, in a few words.
    #[serde(default)]
    #[validate(length(max = 2000))]
    pub reason: Option<String>,
}

/// The step of the process that makes an activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepOrigin {
    /// Identifier of the step.
    pub step_id: String,
    /// Code of its stage.
    pub stage: String,
}

/// A change of an activity. Every way to write one is one of these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ActivityCommand {
    /// A new activity.
    Create {
        /// The form.
        draft: ActivityDraft,
        /// The step that makes it, when no person does.
        step: Option<StepOrigin>,
    },
    /// New values for all fields of the form.
    Edit(ActivityDraft),
    /// Done.
    Complete(CompleteActivity),
    /// Called off.
    Cancel(CancelActivity),
    /// Planned again, after it was done or called off.
    Reopen,
}

/// The deal or lead that an activity hangs on, as far as the actor may use it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Which it is.
    pub reference: Ref,
    /// What the actor may do with it.
    pub access: Access,
    /// Why nothing new may be planned on it: it is closed.
    pub refusal: Option<ErrorCode>,
}

/// An activity as it is, with what decides about changing it.
#[derive(Clone, Copy, Debug)]
pub struct Standing<'a> {
    /// The activity.
    pub activity: &'a Activity,
    /// What the actor may do with it.
    pub access: Access,
    /// Why it may only be finished: what it hangs on is closed.
    pub refusal: Option<ErrorCode>,
}

/// The records a command names, as found in the database; those that are not there are missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActivityReferences {
    /// The owner.
    pub owner: Option<Place>,
    /// The deal.
    pub deal: Option<Subject>,
    /// Number of the deal.
    pub deal_number: Option<String>,
    /// The lead.
    pub lead: Option<Subject>,
    /// The account.
    pub account: Option<Ref>,
    /// The contacts.
    pub contacts: Vec<Ref>,
    /// The colleagues.
    pub participants: Vec<Ref>,
}

/// Everything beside the activity that a decision depends on.
#[derive(Clone, Copy, Debug)]
pub struct ActivityRules<'a> {
    /// Who acts.
    pub actor: &'a Actor,
    /// The present instant, in milliseconds.
    pub now: Instant,
    /// The actor's present day.
    pub today: NaiveDate,
    /// Identifier for a new activity.
    pub new_id: &'a ActivityId,
}

/// What a command does to an activity.
#[derive(Clone, Debug, PartialEq)]
pub struct ActivityDecision {
    /// The activity afterwards.
    pub activity: Activity,
    /// What the history of the record that it hangs on gains; empty when nothing changes.
    pub entries: Vec<DecidedEntry>,
}
