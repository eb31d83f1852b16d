//! Activities: calls, meetings, tasks and e-mails to send, planned and done. The process makes some,
//! people make the others.

mod command;
mod decide;
mod draft;
mod filter;
mod my_day;

pub use command::{
    ActivityCommand, ActivityDecision, ActivityReferences, ActivityRules, CancelActivity,
    CompleteActivity, Standing, StepOrigin, Subject,
};
pub use decide::decide;
pub use draft::ActivityDraft;
pub use filter::{ActivityFilter, ActivitySort};
pub use my_day::{DealToMove, GuidedDeal, LeadToWork, MyDay, MyDayQuery};

use chrono::{DateTime, Duration, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::id::{AccountId, ActivityId, DealId, DepartmentId, LeadId, Ref, UserId};
use crate::time::Instant;

text_enum! {
    /// What is to be done.
    pub enum ActivityKind {
        /// A call.
        Call = "call",
        /// A meeting.
        Meeting = "meeting",
        /// A task.
        Task = "task",
        /// An e-mail to send.
        Email = "email",
    }
}

impl ActivityKind {
    /// Whether one talks with the customer: a call or a meeting.
    #[must_use]
    pub const fn is_talk(self) -> bool {
        matches!(self, Self::Call | Self::Meeting)
    }
}

text_enum! {
    /// Where an activity stands.
    pub enum ActivityStatus {
        /// To be done.
        Planned = "planned",
        /// Done.
        Done = "done",
        /// Called off.
        Cancelled = "cancelled",
    }
}

text_enum! {
    /// Who made an activity.
    pub enum ActivityOrigin {
        /// A person.
        Person = "person",
        /// A step of the process.
        Process = "process",
    }
}

/// When an activity is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Some time on a day, wherever the reader is.
    Day(NaiveDate),
    /// At an instant.
    At(Instant),
}

/// An activity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Activity {
    /// Identifier.
    pub id: ActivityId,
    /// What is to be done.
    pub kind: ActivityKind,
    /// In a few words.
    pub title: String,
    /// In more words.
    pub note: Option<String>,
    /// The deal that it belongs to.
    pub deal_id: Option<DealId>,
    /// Number of that deal.
    pub deal_number: Option<String>,
    /// Title of that deal.
    pub deal_title: Option<String>,
    /// The lead that it belongs to.
    pub lead_id: Option<LeadId>,
    /// Title of that lead.
    pub lead_title: Option<String>,
    /// The account that it belongs to; the deal's when there is a deal.
    pub account_id: Option<AccountId>,
    /// Name of that account.
    pub account_name: Option<String>,
    /// Who is to do it.
    pub owner_id: UserId,
    /// Name of that person.
    pub owner_name: String,
    /// The department of that person.
    pub department_id: Option<DepartmentId>,
    /// Where it stands.
    pub status: ActivityStatus,
    /// The day on which it is due as a whole; `null` when it has a time.
    pub due_on: Option<NaiveDate>,
    /// When it begins; `null` when it is due on a day as a whole.
    pub starts_at: Option<DateTime<Utc>>,
    /// How long it takes or took, in minutes.
    pub duration_minutes: Option<i32>,
    /// What came of it.
    pub result: Option<String>,
    /// When it was done.
    pub done_at: Option<DateTime<Utc>>,
    /// Whether a person or the process made it.
    pub origin: ActivityOrigin,
    /// The step of the process that made it.
    pub step_id: Option<String>,
    /// Code of the stage whose step made it.
    pub stage: Option<String>,
    /// The contacts who take part.
    pub contacts: Vec<Ref>,
    /// The colleagues who take part besides the owner.
    pub participants: Vec<Ref>,
    /// When to remind the owner and the colleagues.
    pub remind_at: Option<DateTime<Utc>>,
    /// Whether its time has passed while it is planned.
    pub overdue: bool,
    /// Whether you may change it.
    pub changeable: bool,
    /// Counts changes, for `If-Match`.
    pub version: i64,
    /// When it was created.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

impl Activity {
    /// When it is due.
    #[must_use]
    pub fn due(&self) -> Due {
        match (self.starts_at, self.due_on) {
            (Some(at), _) => Due::At(at),
            (None, Some(day)) => Due::Day(day),
            (None, None) => Due::At(self.created_at),
        }
    }

    /// When it ends: for a whole day the beginning of the next, read without a zone.
    #[must_use]
    pub fn ends(&self) -> Due {
        match self.due() {
            Due::Day(day) => Due::Day(day.succ_opt().unwrap_or(day)),
            Due::At(at) => {
                Due::At(at + Duration::minutes(self.duration_minutes.unwrap_or(0).into()))
            }
        }
    }

    /// Whether its time has passed while it is planned; `today` is the reader's day.
    #[must_use]
    pub fn is_overdue(&self, now: Instant, today: NaiveDate) -> bool {
        self.status == ActivityStatus::Planned
            && match self.ends() {
                Due::Day(next) => next <= today,
                Due::At(end) => end < now,
            }
    }
}
