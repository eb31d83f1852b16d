//! Win rate, cycle, velocity and reasons of the deals closed in a period.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::reports::Ended;
use super::stats::Interval;
use crate::id::Ref;
use crate::money::Money;

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
    /// Deals won in the period with an amount for which no exchange rate is known: not in the mean.
    pub unconverted: i64,
    /// Mean days from creation to closing of the deals won in the period.
    pub average_cycle_days: Option<f64>,
    /// open deals × win rate × average won amount ÷ average cycle days, a day; `null` when one of them
    /// is undefined or no day passed.
    pub per_day: Option<Money>,
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
    /// Deals with an amount for which no exchange rate is known: counted, but in no sum.
    pub unconverted: i64,
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
