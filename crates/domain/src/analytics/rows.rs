//! The rows behind a number.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::FunnelMode;
use crate::deal::{DealStatus, ForecastCategory};
use crate::id::{AccountId, DealId, UserId};
use crate::money::Money;

text_enum! {
    /// Of which report the rows are.
    pub enum RowsReport {
        /// The funnel, by `mode`, `stage` and `part`.
        Funnel = "funnel",
        /// The forecast: `part` is `closed`, `commit`, `weighted` or `open`.
        Forecast = "forecast",
        /// The win rate: `part` is `won`, `lost`, `rejected`, `rerouted` or `closed` (won and lost).
        WinRate = "win_rate",
        /// The cycle: `part` as for the win rate.
        Cycle = "cycle",
        /// The velocity: `part` is `open`, `won` or `closed`.
        Velocity = "velocity",
        /// The leaderboard: the deals won.
        Leaderboard = "leaderboard",
        /// The dynamics: `part` is `created`, `won`, `lost` or `open` (as of the end of the period).
        Dynamics = "dynamics",
        /// The reasons: `part` is `lost` or `rejected`, `reason` one of them, or `competitor_id` with
        /// `won` or `lost`.
        Reasons = "reasons",
        /// Stalling: the rotting deals, or with `part=open` all open ones, of `stage` when given.
        Stalling = "stalling",
        /// Pulse: `part` is `overdue`, `rotting`, `open` or one of the forecast.
        Pulse = "pulse",
    }
}

text_enum! {
    /// Which of the numbers of a report.
    pub enum RowsPart {
        /// All that a row of the funnel counts.
        All = "all",
        /// Flow: entered the stage.
        Entered = "entered",
        /// Flow: went on.
        Advanced = "advanced",
        /// Flow: went back.
        Returned = "returned",
        /// Flow: closed without winning. Forecast: won. Win rate and cycle: won and lost.
        Closed = "closed",
        /// Flow: still there.
        Remaining = "remaining",
        /// Stays in the stage that ended in the period, whenever they began: each by itself.
        Stayed = "stayed",
        /// Cohort: reached the stage.
        Reached = "reached",
        /// Cohort: reached it and is open.
        StillOpen = "still_open",
        /// Cohort: reached it without having been in it.
        Skipped = "skipped",
        /// Without a touch for too long.
        Rotting = "rotting",
        /// Expected to be closed before today.
        Overdue = "overdue",
        /// Won, and open in the category commit.
        Commit = "commit",
        /// Won, and open by probability.
        Weighted = "weighted",
        /// Open.
        Open = "open",
        /// Created.
        Created = "created",
        /// Won.
        Won = "won",
        /// Lost.
        Lost = "lost",
        /// Rejected by us.
        Rejected = "rejected",
        /// Handed over.
        Rerouted = "rerouted",
    }
}

/// Which rows are asked for, beside the period and the filters of the report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(default)]
pub struct RowsQuery {
    /// The report.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(value_type = RowsReport, required = true))]
    pub report: Option<RowsReport>,
    /// The mode of the funnel; `snapshot` when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<FunnelMode>,
    /// The stage, or `won`; all when absent. Win rate and cycle: deals that have been in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
    /// Which of the numbers; each report has a usual one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<RowsPart>,
    /// A reason as it was written, exactly; `none`: without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Only deals in which this competitor takes part.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub competitor_id: Option<AccountId>,
    /// Size of the page, 1 to 200.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// `next_cursor` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// A deal as it was at the moment that is counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RowDeal {
    /// The deal.
    pub deal_id: DealId,
    /// Its number, such as `D-000123`.
    pub number: String,
    /// Its present title.
    pub title: String,
    /// The name of its present account.
    pub account_name: Option<String>,
    /// The owner then.
    pub owner_id: UserId,
    /// The owner's name.
    pub owner_name: String,
    /// The stage then.
    pub stage: String,
    /// The status then.
    pub status: DealStatus,
    /// The probability then.
    pub probability: i32,
    /// The forecast category then.
    pub forecast_category: ForecastCategory,
    /// The expected closing date then.
    pub expected_close_on: Option<NaiveDate>,
    /// When the deal was created.
    pub created_at: DateTime<Utc>,
    /// Since when it was so: entered the stage, closed, changed.
    pub since: DateTime<Utc>,
    /// The amount in the base currency; `null` without one or without a known rate.
    pub amount: Option<Money>,
    /// What the deal adds to the number: its amount, or amount × probability where that is summed.
    pub value: Option<Money>,
    /// Whether it lies in the bin now.
    pub deleted: bool,
}

/// A page of the rows behind a number; count and sum over all of them equal it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Rows {
    /// The deals, the largest value first.
    pub items: Vec<RowDeal>,
    /// Give it back as `cursor` for the next page; `null` on the last one.
    pub next_cursor: Option<String>,
    /// How many deals there are in all.
    pub count: i64,
    /// Sum of their values.
    pub sum: Money,
    /// Sum of their amounts.
    pub amount: Money,
    /// Deals with an amount for which no exchange rate is known: counted, but in no sum.
    pub unconverted: i64,
    /// The deals by owner, the largest value first.
    pub owners: Vec<super::OwnerPart>,
}
