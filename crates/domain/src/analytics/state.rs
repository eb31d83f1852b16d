//! The state of sales now: Pulse, and where deals rot.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::people::{ActivityCounts, Leader};
use super::reports::{DynamicsPoint, Ended, EndedIn, ForecastLine};
use crate::id::DealId;
use crate::money::Money;

/// Where deals rot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StallingStage {
    /// Code of the stage.
    pub stage: String,
    /// Its name.
    pub name: String,
    /// Open deals in it.
    pub deals: i64,
    /// Of those, the ones without a touch for longer than the stage's limit.
    pub rotting: i64,
    /// Sum of the amounts of the rotting ones.
    pub amount: Money,
    /// Rotting deals with an amount for which no exchange rate is known: counted, but in no sum.
    pub unconverted: i64,
    /// rotting / deals, a fraction rounded to six places.
    pub share: Option<f64>,
    /// Since when the longest neglected one has not been touched.
    pub since: Option<DateTime<Utc>>,
    /// Mean days without a touch over the rotting ones, rounded to six places.
    pub average_days: Option<f64>,
}

/// A deal that rots.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StalledDeal {
    /// The deal.
    pub deal: super::RowDeal,
    /// Since when it has not been touched.
    pub since: DateTime<Utc>,
    /// Whole days since then.
    pub days: i64,
}

/// Where deals rot and since when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Stalling {
    /// The day at whose end it is told.
    pub as_of: NaiveDate,
    /// The stages of the work.
    pub stages: Vec<StallingStage>,
    /// By owner: rotting deals, the most first.
    pub owners: Vec<super::OwnerPart>,
    /// The longest neglected deals.
    pub deals: Vec<StalledDeal>,
}

/// One thing that changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecentChange {
    /// Identifier of the entry.
    pub id: String,
    /// The deal.
    pub deal_id: DealId,
    /// Its title.
    pub title: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Who; `null` for the product itself.
    pub actor_name: Option<String>,
    /// What.
    pub kind: crate::event::EventKind,
    /// The stage before, when it changed.
    pub from_stage: Option<String>,
    /// The stage after, when it changed.
    pub to_stage: Option<String>,
    /// The present amount of the deal.
    pub amount: Option<Money>,
}

/// The state of sales on one screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Pulse {
    /// When it was read.
    pub at: DateTime<Utc>,
    /// First day of the period.
    pub from: NaiveDate,
    /// Last day of the period.
    pub to: NaiveDate,
    /// The funnel of now.
    pub funnel: Vec<super::FunnelStage>,
    /// Won, commit and weighted of the period against its target.
    pub forecast: ForecastLine,
    /// What was won in the period before.
    pub won_before: Ended,
    /// Of it, what was won in as many first days as have passed of the period: what this period is compared
    /// with. From the last day of the period on, and before it begins, all of `won_before`.
    pub won_before_so_far: EndedIn,
    /// Whether enough is open to meet the target.
    pub fullness: Option<super::Fullness>,
    /// Open deals, and deals won in the period, with an amount for which no exchange rate is known: counted,
    /// but in no sum.
    pub unconverted: i64,
    /// New, won and lost in the last thirteen weeks.
    pub weeks: Vec<DynamicsPoint>,
    /// The ten largest open deals that are expected to close in the period.
    pub top_deals: Vec<super::RowDeal>,
    /// Open deals whose expected closing date has passed.
    pub overdue: Ended,
    /// Open deals without a touch for longer than their stage's limit.
    pub rotting: Ended,
    /// Activities of the period.
    pub activities: ActivityCounts,
    /// Who won most in the period, at most five.
    pub leaders: Vec<Leader>,
    /// What changed in the last 24 hours, newest first, at most twenty.
    pub changes: Vec<RecentChange>,
}
