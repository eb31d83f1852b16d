//! Who leads, and how a manager sells.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::closed::{CycleRow, WinRateRow};
use super::reports::ForecastLine;
use crate::id::Ref;
use crate::money::Money;

text_enum! {
    /// By what a leaderboard is ordered.
    pub enum LeaderMeasure {
        /// By the sum of what was won.
        WonAmount = "won_amount",
        /// By number of wins.
        Wins = "wins",
        /// By number of activities done.
        Activities = "activities",
        /// By won amount ÷ target.
        Attainment = "attainment",
    }
}

text_enum! {
    /// Who is in a leaderboard.
    pub enum LeaderKind {
        /// People.
        Person = "person",
        /// Departments, each by itself.
        Department = "department",
    }
}

/// One place of a leaderboard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Leader {
    /// The place, from 1; equal values share it.
    pub rank: i64,
    /// The person or department.
    pub id: String,
    /// The name.
    pub name: String,
    /// Of a person: the department.
    pub department_name: Option<String>,
    /// Sum of what was won.
    pub won_amount: Money,
    /// How many deals were won.
    pub wins: i64,
    /// Deals won with an amount for which no exchange rate is known: counted, but in no sum.
    pub unconverted: i64,
    /// How many activities were done.
    pub activities: i64,
    /// The target of the period.
    pub target: Option<Money>,
    /// won ÷ target, a fraction rounded to six places; `null` without a target.
    pub attainment: Option<f64>,
    /// Of a person: whether the reader may open the manager card.
    pub opens_card: bool,
    /// The place in the period before; `null` for who had nothing then.
    pub previous_rank: Option<i64>,
}

/// Who leads in a period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Leaderboard {
    /// First day of the period.
    pub from: NaiveDate,
    /// Last day of the period.
    pub to: NaiveDate,
    /// Who is compared.
    pub by: LeaderKind,
    /// What decides.
    pub measure: LeaderMeasure,
    /// The places.
    pub leaders: Vec<Leader>,
}

/// How long deals stay in one stage, and where they go.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StagePace {
    /// Code of the stage.
    pub stage: String,
    /// Its name.
    pub name: String,
    /// Deals that entered it in the period.
    pub entered: i64,
    /// advanced / entered, a fraction rounded to six places.
    pub conversion: Option<f64>,
    /// The same of the department.
    pub department_conversion: Option<f64>,
    /// Mean days of the stays that ended in the period, rounded to six places.
    pub average_days: Option<f64>,
    /// Nine in ten of them took no longer.
    pub p90_days: Option<f64>,
    /// Mean days of the department.
    pub department_average_days: Option<f64>,
}

/// How much was and is to be done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ActivityCounts {
    /// Done in the period.
    pub done: i64,
    /// Planned for the rest of the period.
    pub planned: i64,
    /// Planned for a time that has passed.
    pub overdue: i64,
}

/// How a manager sells.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ManagerCard {
    /// The person.
    pub person: Ref,
    /// The department that is compared with, as far as the reader sees it.
    pub department: Option<Ref>,
    /// First day of the period.
    pub from: NaiveDate,
    /// Last day of the period.
    pub to: NaiveDate,
    /// Each stage of the work.
    pub stages: Vec<StagePace>,
    /// The win rate of the person.
    pub win_rate: WinRateRow,
    /// The win rate of the department.
    pub department_win_rate: Option<WinRateRow>,
    /// The cycle of the deals won.
    pub cycle: CycleRow,
    /// The forecast of the period against the target.
    pub forecast: ForecastLine,
    /// Activities.
    pub activities: ActivityCounts,
}
