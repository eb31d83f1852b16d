use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Activity;
use crate::id::{DealId, LeadId};
use crate::lead::{BantItem, LeadStatus};
use crate::process::NextStep;

/// Which day *my day* shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(default)]
pub struct MyDayQuery {
    /// The day; today in your time zone when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<NaiveDate>,
}

/// An own open deal whose next step is due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DealToMove {
    /// Identifier of the deal.
    pub id: DealId,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Name of the account.
    pub account_name: Option<String>,
    /// Code of the stage.
    pub stage: String,
    /// When the next step is due.
    pub next_step_on: NaiveDate,
}

/// An own open deal in which the process wants something done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GuidedDeal {
    /// Identifier of the deal.
    pub id: DealId,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Name of the account.
    pub account_name: Option<String>,
    /// Code of the stage.
    pub stage: String,
    /// The one thing to do next, in your language.
    pub next_step: NextStep,
    /// How many steps are overdue.
    pub overdue_steps: i64,
    /// Whether minutes of a meeting are to be sent.
    pub minutes_due: bool,
}

/// An own lead that is new or being qualified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LeadToWork {
    /// Identifier of the lead.
    pub id: LeadId,
    /// Its title.
    pub title: String,
    /// Name of the company, as far as it is known.
    pub company_name: Option<String>,
    /// Where it stands.
    pub status: LeadStatus,
    /// How much is known, 0 to 100.
    pub score: i32,
    /// What to ask next.
    pub next_question: Option<BantItem>,
}

/// What is to be done on a day by the person who asks, the most urgent first. Each list has at most
/// 100 entries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyDay {
    /// The day.
    pub day: NaiveDate,
    /// Planned activities whose time has passed by now, oldest first.
    pub overdue: Vec<Activity>,
    /// How many there are in all.
    pub overdue_count: i64,
    /// Planned activities of the day whose time has not passed.
    pub today: Vec<Activity>,
    /// Planned activities of the seven days after it.
    pub upcoming: Vec<Activity>,
    /// What was done on the day, latest first.
    pub done: Vec<Activity>,
    /// Own open deals whose next step is due by the day, the oldest first.
    pub deals: Vec<DealToMove>,
    /// Own open deals in which a step of the process is overdue, minutes are to be sent or the next step is
    /// due by the day, those with the most overdue steps first; of the deals that have been longest in their
    /// stage.
    pub guided: Vec<GuidedDeal>,
    /// Own leads that are new or being qualified, those about which most is known first.
    pub leads: Vec<LeadToWork>,
    /// How many notifications are unread.
    pub unread: i64,
}
