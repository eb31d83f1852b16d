//! Notifications: what a person is told by the product, in the app and by e-mail.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::id::{NotificationId, Ref};

text_enum! {
    /// What a person is told.
    pub enum NotificationKind {
        /// The time of a reminder has come.
        Reminder = "reminder",
        /// Own activities are overdue.
        ActivitiesOverdue = "activities_overdue",
        /// Somebody planned an activity for the person.
        ActivityAssigned = "activity_assigned",
        /// A lead came in.
        LeadNew = "lead_new",
        /// A lead that was set aside came back.
        LeadReturned = "lead_returned",
        /// A lead became a deal.
        LeadConverted = "lead_converted",
        /// A deal was handed over to the person.
        DealAssigned = "deal_assigned",
        /// The person joined the team of a deal.
        TeamJoined = "team_joined",
        /// The tactic of a deal is to be reviewed.
        TacticReview = "tactic_review",
        /// The day of a step of the process has passed; `data` names the step.
        StepOverdue = "step_overdue",
        /// The minutes of a meeting are to be sent.
        MinutesDue = "minutes_due",
        /// The person is asked for a visa.
        VisaWanted = "visa_wanted",
        /// A visa was given or refused.
        VisaDecided = "visa_decided",
        /// A proposal is about to expire.
        ProposalExpiring = "proposal_expiring",
        /// A deal was won.
        DealWon = "deal_won",
    }
}

text_enum! {
    /// The kind of record that a notification is about.
    pub enum NotificationSubject {
        /// An activity.
        Activity = "activity",
        /// A lead.
        Lead = "lead",
        /// A deal.
        Deal = "deal",
        /// A proposal; `data.deal_id` names its deal.
        Proposal = "proposal",
    }
}

/// Something a person is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Notification {
    /// Identifier.
    pub id: NotificationId,
    /// What it tells.
    pub kind: NotificationKind,
    /// The kind of record that it is about.
    pub entity: Option<NotificationSubject>,
    /// The record that it is about, by the name that it had.
    pub subject: Option<Ref>,
    /// What else belongs to it, depending on the kind.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub data: Value,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was read; `null` while it is unread.
    pub read_at: Option<DateTime<Utc>>,
    /// Until when it keeps quiet; `null` when it does not.
    pub snoozed_until: Option<DateTime<Utc>>,
}

/// Filters of the list of notifications, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(default)]
pub struct NotificationFilter {
    /// `true`: only what is unread.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unread: Option<bool>,
    /// Size of the page, 1 to 200.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// `next_cursor` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Whether to count the whole filtered set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub totals: Option<bool>,
}

/// A notification keeps quiet for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"until": "2027-02-01T10:00:00Z"})))]
pub struct SnoozeNotification {
    /// Until when; after now, within a year.
    pub until: DateTime<Utc>,
}
