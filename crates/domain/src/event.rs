//! History: what happened to a record, for people.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::id::{EntryId, Ref};
use chrono::{DateTime, Utc};

text_enum! {
    /// What a history entry tells.
    pub enum EventKind {
        /// The record was created.
        Created = "created",
        /// Fields changed.
        Updated = "updated",
        /// A deal went to a later stage.
        StageAdvanced = "stage_advanced",
        /// A deal went back to an earlier stage.
        StageReturned = "stage_returned",
        /// A deal ended.
        Closed = "closed",
        /// A closed deal was taken up again.
        Reopened = "reopened",
        /// The record was put into the bin.
        Deleted = "deleted",
        /// The record was taken out of the bin.
        Restored = "restored",
        /// A step of the process was answered or done.
        StepDone = "step_done",
        /// A step of the process was opened again.
        StepReopened = "step_reopened",
        /// Whether to pursue the deal was decided.
        Decided = "decided",
        /// The deal moved on although requirements were open.
        GateOverridden = "gate_overridden",
        /// The deal follows another version of its process.
        ProcessChanged = "process_changed",
        /// Somebody joined or left the team.
        TeamChanged = "team_changed",
        /// A key contact was added, changed or removed.
        KeyContactChanged = "key_contact_changed",
        /// A competitor was added, changed or removed.
        CompetitorChanged = "competitor_changed",
        /// A concession was noted, changed or removed.
        ConcessionChanged = "concession_changed",
        /// A document of the contract changed.
        DocumentChanged = "document_changed",
        /// The minutes of a meeting were written or changed.
        MinutesChanged = "minutes_changed",
        /// The minutes of a meeting were sent.
        MinutesSent = "minutes_sent",
        /// A material was shown to the customer.
        MaterialShown = "material_shown",
        /// An activity was planned.
        ActivityPlanned = "activity_planned",
        /// A planned activity was changed.
        ActivityChanged = "activity_changed",
        /// An activity was done.
        ActivityDone = "activity_done",
        /// An activity was called off.
        ActivityCancelled = "activity_cancelled",
        /// A file was added.
        FileAdded = "file_added",
        /// A file was removed.
        FileRemoved = "file_removed",
        /// A proposal was created or changed.
        ProposalChanged = "proposal_changed",
        /// A proposal was put up for approval.
        ProposalSubmitted = "proposal_submitted",
        /// Approval of the documents of a contract was asked for.
        VisaAsked = "visa_asked",
        /// A document changed, so that its approval counts no more.
        VisaVoided = "visa_voided",
        /// A document was approved or rejected.
        VisaGiven = "visa_given",
        /// A proposal was sent to the customer.
        ProposalSent = "proposal_sent",
        /// The customer accepted or declined a proposal.
        ProposalDecided = "proposal_decided",
    }
}

text_enum! {
    /// By which way a change came.
    pub enum Via {
        /// Through the API, by the app or another program.
        Api = "api",
        /// By an import.
        Import = "import",
        /// By a form on another site.
        Form = "form",
        /// By the product itself.
        System = "system",
    }
}

/// One changed field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldChange {
    /// Name of the field.
    pub field: String,
    /// Value before; of a reference `{id, name}`.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub from: Value,
    /// Value after; of a reference `{id, name}`.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub to: Value,
}

/// One entry of the history of a record. Entries are never changed or removed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TimelineEntry {
    /// Identifier.
    pub id: EntryId,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// When it was written down: later than `at` for imported history.
    pub recorded_at: DateTime<Utc>,
    /// What happened.
    pub kind: EventKind,
    /// Who did it; `null` for the product itself.
    pub actor: Option<Ref>,
    /// By which way it came.
    pub via: Via,
    /// What changed.
    pub changes: Vec<FieldChange>,
    /// Why, when a reason was asked for.
    pub reason: Option<String>,
    /// Names the request in the server's log.
    pub request_id: Option<String>,
}

/// Filters of a history.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(default)]
pub struct TimelineFilter {
    /// Only these kinds of entries.
    #[serde(skip_serializing_if = "crate::page::Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<EventKind>, style = Form, explode = false))]
    pub kind: crate::page::Any<EventKind>,
    /// Size of the page, 1 to 200.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// `next_cursor` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// The fields in which two drafts differ, as the history keeps them.
///
/// A field whose absence and `null` mean the same is not reported.
pub fn diff<T: Serialize>(before: &T, after: &T) -> Vec<FieldChange> {
    let (Ok(Value::Object(before)), Ok(Value::Object(after))) =
        (serde_json::to_value(before), serde_json::to_value(after))
    else {
        return Vec::new();
    };
    let mut fields: Vec<&String> = before.keys().chain(after.keys()).collect();
    fields.sort();
    fields.dedup();
    fields
        .into_iter()
        .filter_map(|field| {
            let from = before.get(field).cloned().unwrap_or(Value::Null);
            let to = after.get(field).cloned().unwrap_or(Value::Null);
            (from != to).then(|| FieldChange {
                field: field.clone(),
                from,
                to,
            })
        })
        .collect()
}

/// The filled fields of a new draft, as the history keeps them.
pub fn initial<T: Serialize>(draft: &T) -> Vec<FieldChange> {
    let Ok(Value::Object(fields)) = serde_json::to_value(draft) else {
        return Vec::new();
    };
    fields
        .into_iter()
        .filter(|(_, to)| !to.is_null())
        .map(|(field, to)| FieldChange {
            field,
            from: Value::Null,
            to,
        })
        .collect()
}
