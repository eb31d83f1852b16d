use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use validator::Validate;

use super::{Activity, ActivityKind, Due};
use crate::error::{FieldCode, FieldError};
use crate::id::{AccountId, ContactId, DealId, LeadId, UserId};
use crate::text::non_empty;
use crate::time::{check_day, truncate};

/// How many people of each kind take part at most.
const MAX_PEOPLE: usize = 50;

/// What a person enters of an activity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"kind": "call", "title": "Ask who decides", "starts_at": "2027-02-01T09:30:00Z", "duration_minutes": 30, "remind_at": "2027-02-01T09:15:00Z"})))]
pub struct ActivityDraft {
    /// What is to be done.
    pub kind: ActivityKind,
    /// In a few words, 1 to 200 characters.
    #[validate(length(min = 1, max = 200))]
    pub title: String,
    /// In more words.
    #[serde(default)]
    #[validate(length(max = 20_000))]
    pub note: Option<String>,
    /// The deal that it belongs to.
    #[serde(default)]
    pub deal_id: Option<DealId>,
    /// The lead that it belongs to.
    #[serde(default)]
    pub lead_id: Option<LeadId>,
    /// The account that it belongs to; of no account besides a deal or a lead.
    #[serde(default)]
    pub account_id: Option<AccountId>,
    /// Who is to do it; whoever creates it when absent, unchanged when absent in an edit.
    #[serde(default)]
    pub owner_id: Option<UserId>,
    /// The day on which it is due as a whole. Either this or `starts_at`.
    #[serde(default)]
    pub due_on: Option<NaiveDate>,
    /// When it begins. Either this or `due_on`.
    #[serde(default)]
    pub starts_at: Option<DateTime<Utc>>,
    /// How long it takes, in minutes, 0 to 10080.
    #[serde(default)]
    #[validate(range(min = 0, max = 10_080))]
    pub duration_minutes: Option<i32>,
    /// What came of it.
    #[serde(default)]
    #[validate(length(max = 20_000))]
    pub result: Option<String>,
    /// When it was done: a new activity with it is noted as done.
    #[serde(default)]
    pub done_at: Option<DateTime<Utc>>,
    /// The contacts who take part.
    #[serde(default)]
    pub contact_ids: Vec<ContactId>,
    /// The colleagues who take part besides the owner.
    #[serde(default)]
    pub participant_ids: Vec<UserId>,
    /// When to remind the owner and the colleagues. Left as it is while the time is moved, it moves
    /// along.
    #[serde(default)]
    pub remind_at: Option<DateTime<Utc>>,
}

impl ActivityDraft {
    /// An activity of a kind with a title and nothing else.
    pub fn new(kind: ActivityKind, title: impl Into<String>) -> Self {
        Self {
            kind,
            title: title.into(),
            note: None,
            deal_id: None,
            lead_id: None,
            account_id: None,
            owner_id: None,
            due_on: None,
            starts_at: None,
            duration_minutes: None,
            result: None,
            done_at: None,
            contact_ids: Vec::new(),
            participant_ids: Vec::new(),
            remind_at: None,
        }
    }

    /// Trims texts, turns empty ones into `None`, cuts instants to milliseconds and names everybody
    /// once, as every form needs it.
    #[must_use]
    pub fn normalized(mut self) -> Self {
        self.title = self.title.trim().to_owned();
        self.note = non_empty(self.note);
        self.result = non_empty(self.result);
        if self.deal_id.is_some() || self.lead_id.is_some() {
            self.account_id = None;
        }
        self.starts_at = self.starts_at.map(truncate);
        self.done_at = self.done_at.map(truncate);
        self.remind_at = self.remind_at.map(truncate);
        self.contact_ids.sort();
        self.contact_ids.dedup();
        self.participant_ids.sort();
        self.participant_ids.dedup();
        self
    }

    /// When it is due, or what is wrong with that.
    ///
    /// # Errors
    /// When neither a day nor a time is given, both are, or one that cannot be meant.
    pub fn due(&self) -> Result<Due, FieldError> {
        let out_of_range = |field: &str, message: &str| {
            Err(FieldError::new(field, FieldCode::OutOfRange, message))
        };
        match (self.due_on, self.starts_at) {
            (None, None) => Err(FieldError::required("due_on")),
            (Some(_), Some(_)) => Err(FieldError::new(
                "due_on",
                FieldCode::NotAllowed,
                "must not be given together with starts_at",
            )),
            (Some(day), None) => match check_day(day) {
                Ok(()) => Ok(Due::Day(day)),
                Err(message) => out_of_range("due_on", message),
            },
            (None, Some(at)) => match check_day(at.date_naive()) {
                Ok(()) => Ok(Due::At(at)),
                Err(message) => out_of_range("starts_at", message),
            },
        }
    }

    /// What is wrong with it besides what its own rules and [`Self::due`] say.
    pub(super) fn problems(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        for (field, at) in [("remind_at", self.remind_at), ("done_at", self.done_at)] {
            if let Some(Err(message)) = at.map(|at| check_day(at.date_naive())) {
                errors.push(FieldError::new(field, FieldCode::OutOfRange, message));
            }
        }
        for (field, count) in [
            ("contact_ids", self.contact_ids.len()),
            ("participant_ids", self.participant_ids.len()),
        ] {
            if count > MAX_PEOPLE {
                let message = format!("must name at most {MAX_PEOPLE}");
                errors.push(FieldError::new(field, FieldCode::TooLong, message));
            }
        }
        errors
    }
}

impl From<&Activity> for ActivityDraft {
    fn from(activity: &Activity) -> Self {
        let hangs_alone = activity.deal_id.is_none() && activity.lead_id.is_none();
        Self {
            kind: activity.kind,
            title: activity.title.clone(),
            note: activity.note.clone(),
            deal_id: activity.deal_id.clone(),
            lead_id: activity.lead_id.clone(),
            account_id: activity.account_id.clone().filter(|_| hangs_alone),
            owner_id: Some(activity.owner_id.clone()),
            due_on: activity.due_on,
            starts_at: activity.starts_at,
            duration_minutes: activity.duration_minutes,
            result: activity.result.clone(),
            done_at: activity.done_at,
            contact_ids: (activity.contacts.iter())
                .map(|contact| ContactId::new(contact.id.clone()))
                .collect(),
            participant_ids: (activity.participants.iter())
                .map(|person| UserId::new(person.id.clone()))
                .collect(),
            remind_at: activity.remind_at,
        }
        .normalized()
    }
}
