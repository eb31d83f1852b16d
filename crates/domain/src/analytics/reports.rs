//! Forecast, win rate, cycle, velocity, leaderboard, dynamics, reasons, stalling.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::Period;
use super::stats::Interval;
use crate::id::{DealId, Ref};
use crate::money::Money;

text_enum! {
    /// By what a report is split.
    pub enum Dimension {
        /// By owner.
        Owner = "owner",
        /// By department, each by itself.
        Department = "department",
        /// By source.
        Source = "source",
        /// By size of the customer.
        Category = "category",
        /// By product.
        Product = "product",
        /// By industry of the account.
        Industry = "industry",
    }
}

text_enum! {
    /// In what steps time is told.
    pub enum Step {
        /// Weeks from Monday.
        Week = "week",
        /// Calendar months.
        Month = "month",
        /// Calendar quarters.
        Quarter = "quarter",
    }
}

/// The three lines of a forecast, for the whole, a person, a department or a part of the period. All
/// sums are in the base currency.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ForecastLine {
    /// Identifier of the person or department; `null` for the whole, for a part of the period and for
    /// deals of no department.
    pub id: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// The days that are meant.
    pub period: Period,
    /// Σ of what was won.
    pub closed: Money,
    /// closed + Σ of the open deals in the category commit that are expected to close in the period.
    pub commit: Money,
    /// closed + Σ of amount × probability of the open deals that are expected to close in it.
    pub weighted: Money,
    /// Σ of the open deals that are expected to close in it.
    pub open: Money,
    /// How many deals were won.
    pub closed_deals: i64,
    /// How many deals `commit` counts.
    pub commit_deals: i64,
    /// How many deals `weighted` counts.
    pub weighted_deals: i64,
    /// The target; `null` when there is none.
    pub target: Option<Money>,
    /// closed ÷ target, a fraction rounded to six places; `null` without a target.
    pub attainment: Option<f64>,
}

/// The forecast as it stood some weeks ago.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PastForecast {
    /// How many weeks before the day as of which the forecast is told.
    pub weeks_ago: i64,
    /// The day at whose end it stood so.
    pub as_of: NaiveDate,
    /// As in the forecast.
    pub closed: Money,
    /// As in the forecast.
    pub commit: Money,
    /// As in the forecast.
    pub weighted: Money,
}

/// A forecast.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Forecast {
    /// First day of the period.
    pub from: NaiveDate,
    /// Last day of the period.
    pub to: NaiveDate,
    /// The day at whose end it is told.
    pub as_of: NaiveDate,
    /// The whole.
    pub total: ForecastLine,
    /// Month by month, or by quarter when asked for.
    pub parts: Vec<ForecastLine>,
    /// By owner, the largest weighted sum first.
    pub owners: Vec<ForecastLine>,
    /// By department, each by itself, the largest weighted sum first.
    pub departments: Vec<ForecastLine>,
    /// As it stood 1, 4 and 13 weeks before.
    pub history: Vec<PastForecast>,
    /// Deals with an amount for which no exchange rate is known: counted, but in no sum.
    pub unconverted: i64,
}

/// How many deals of one end, and their amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Ended {
    /// How many.
    pub deals: i64,
    /// Sum of their amounts in the base currency, at the rates of their closing.
    pub amount: Money,
}

/// The win rate of the deals closed in the period, as a whole or of one group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WinRateRow {
    /// The person, department or product, the source, size or industry; `null` for the whole and for
    /// deals without one.
    pub key: Option<String>,
    /// Its name; `null` where the key says all.
    pub name: Option<String>,
    /// Won.
    pub won: Ended,
    /// Lost.
    pub lost: Ended,
    /// Rejected by us: in no rate.
    pub rejected: Ended,
    /// Handed over: in no rate.
    pub rerouted: Ended,
    /// won / (won + lost) by count, a fraction rounded to six places; `null` without either.
    pub by_count: Option<f64>,
    /// won / (won + lost) by amount, rounded to six places; `null` when both sums are zero.
    pub by_value: Option<f64>,
    /// 95 % Wilson interval of the rate by count.
    pub interval: Option<Interval>,
}

/// The win rate of the deals closed in a period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WinRate {
    /// First day of the period.
    pub from: NaiveDate,
    /// Last day of the period.
    pub to: NaiveDate,
    /// The whole.
    pub total: WinRateRow,
    /// By what was asked for, the most closed deals first.
    pub groups: Vec<WinRateRow>,
}

/// How long deals took from creation to closing, in whole days of the calendar.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CycleRow {
    /// As in the win rate.
    pub key: Option<String>,
    /// As in the win rate.
    pub name: Option<String>,
    /// How many deals.
    pub deals: i64,
    /// Mean, rounded to six places.
    pub average_days: Option<f64>,
    /// Median.
    pub median_days: Option<f64>,
    /// Nine in ten deals took no longer.
    pub p90_days: Option<f64>,
}

/// How long the deals closed in a period took.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Cycle {
    /// First day of the period.
    pub from: NaiveDate,
    /// Last day of the period.
    pub to: NaiveDate,
    /// Those won.
    pub won: CycleRow,
    /// Those lost.
    pub lost: CycleRow,
    /// Those won and lost together.
    pub closed: CycleRow,
    /// Those won, by what was asked for.
    pub groups: Vec<CycleRow>,
}

/// How much is won a day at the present rate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Velocity {
    /// First day of the period.
    pub from: NaiveDate,
    /// Last day of the period.
    pub to: NaiveDate,
    /// Open deals at the day as of which it is told.
    pub open_deals: i64,
    /// Win rate by count of the period.
    pub win_rate: Option<f64>,
    /// Mean amount of the deals won in the period, of those with a known amount.
    pub average_won: Option<Money>,
    /// Mean days from creation to closing of the deals won in the period.
    pub average_cycle_days: Option<f64>,
    /// open deals × win rate × average won amount ÷ average cycle days, a day; `null` when one of them
    /// is undefined or no day passed.
    pub per_day: Option<Money>,
}

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
    /// How many activities were done.
    pub activities: i64,
    /// The target of the period.
    pub target: Option<Money>,
    /// won ÷ target, a fraction rounded to six places; `null` without a target.
    pub attainment: Option<f64>,
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

/// What happened in one step of time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DynamicsPoint {
    /// First day of the step.
    pub from: NaiveDate,
    /// Last day of the step.
    pub to: NaiveDate,
    /// Deals created.
    pub created: Ended,
    /// Deals won.
    pub won: Ended,
    /// Deals lost.
    pub lost: Ended,
    /// Deals open at the end of the step; `null` when that lies ahead.
    pub open: Option<Ended>,
}

/// What happened, step by step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Dynamics {
    /// First day of the period.
    pub from: NaiveDate,
    /// Last day of the period.
    pub to: NaiveDate,
    /// The steps, oldest first.
    pub points: Vec<DynamicsPoint>,
}

/// How often deals ended for one reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReasonRow {
    /// The reason as it was written; `null` for none.
    pub reason: Option<String>,
    /// How many deals.
    pub deals: i64,
    /// Sum of their amounts.
    pub amount: Money,
    /// Share of the deals that ended so, a fraction rounded to six places.
    pub share: Option<f64>,
}

/// How we did against one competitor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CompetitorRow {
    /// The competitor.
    pub account: Ref,
    /// Deals won in which it took part.
    pub won: Ended,
    /// Deals lost in which it took part.
    pub lost: Ended,
    /// Of the lost ones, how many it won itself.
    pub lost_to_it: i64,
    /// won / (won + lost), a fraction rounded to six places.
    pub by_count: Option<f64>,
    /// Its 95 % Wilson interval.
    pub interval: Option<Interval>,
}

/// Why deals ended, where they came from, and against whom.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reasons {
    /// First day of the period.
    pub from: NaiveDate,
    /// Last day of the period.
    pub to: NaiveDate,
    /// Why deals were lost, the most frequent first.
    pub lost: Vec<ReasonRow>,
    /// Why we rejected deals, the most frequent first.
    pub rejected: Vec<ReasonRow>,
    /// The win rate by source.
    pub sources: Vec<WinRateRow>,
    /// The win rate by competitor, the most deals first.
    pub competitors: Vec<CompetitorRow>,
}

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
    /// rotting / deals, a fraction rounded to six places.
    pub share: Option<f64>,
    /// Since when the longest neglected one has not been touched.
    pub since: Option<DateTime<Utc>>,
    /// Mean days without a touch over the rotting ones, rounded to six places.
    pub average_days: Option<f64>,
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
    /// Whether enough is open to meet the target.
    pub fullness: Option<super::Fullness>,
    /// Deals of the funnel with an amount for which no exchange rate is known: counted, but in no sum.
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
