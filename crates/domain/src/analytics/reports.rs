//! What several reports share, the forecast, and what happened step by step.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Period;
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

/// How many deals of one end, and their amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Ended {
    /// How many.
    pub deals: i64,
    /// Sum of their amounts in the base currency, at the rates of their closing.
    pub amount: Money,
    /// Deals with an amount for which no exchange rate is known: counted, but in no sum.
    pub unconverted: i64,
}

/// How many deals of one end within some days, and their amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EndedIn {
    /// The days.
    pub period: Period,
    /// How many.
    pub deals: i64,
    /// Sum of their amounts in the base currency, at the rates of their closing.
    pub amount: Money,
    /// Deals with an amount for which no exchange rate is known: counted, but in no sum.
    pub unconverted: i64,
}

impl Ended {
    /// The same, said to be of some days.
    #[must_use]
    pub fn within(self, period: Period) -> EndedIn {
        EndedIn {
            period,
            deals: self.deals,
            amount: self.amount,
            unconverted: self.unconverted,
        }
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
    /// Deals with an amount for which no exchange rate is known: counted, but in no sum.
    pub unconverted: i64,
    /// The target; `null` when there is none.
    pub target: Option<Money>,
    /// The part of `closed` that counts towards the target; `null` without a target. It is less where
    /// deals of others are seen too: those in whose team one is, but whose target is another's.
    pub towards_target: Option<Money>,
    /// towards_target ÷ target, a fraction rounded to six places; `null` without a target.
    pub attainment: Option<f64>,
    /// Of a person: whether the reader may open the manager card.
    pub opens_card: bool,
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
    /// Deals with an amount for which no exchange rate is known: counted, but in no sum.
    pub unconverted: i64,
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
