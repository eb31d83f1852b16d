//! The first report: counts, sums, win rate and cycle of the visible deals, by group.

use serde::{Deserialize, Serialize};

use crate::money::Money;

text_enum! {
    /// By what a summary is grouped.
    pub enum SummaryGroup {
        /// By stage, final ones included.
        Stage = "stage",
        /// By owner.
        Owner = "owner",
        /// By department.
        Department = "department",
        /// By account.
        Account = "account",
        /// By product.
        Product = "product",
        /// By calendar quarter of closing, in the reader's time zone; closed deals only.
        Quarter = "quarter",
    }
}

/// The figures of one group of deals.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SummaryRow {
    /// Code or identifier of the group: a stage, an id, `2017-Q3`; `null` for deals without one and
    /// for the total.
    pub key: Option<String>,
    /// Name of the group; `null` where the key says all.
    pub name: Option<String>,
    /// All deals.
    pub count: i64,
    /// Sum of their amounts in the base currency.
    pub amount: Money,
    /// Deals in work.
    pub open_count: i64,
    /// Sum of the amounts of the deals in work.
    pub open_amount: Money,
    /// Deals won.
    pub won_count: i64,
    /// Sum of the amounts of the deals won, at the rates of their closing.
    pub won_sum: Money,
    /// Deals lost.
    pub lost_count: i64,
    /// won / (won + lost), a fraction rounded to six places; `null` without either.
    pub win_rate: Option<f64>,
    /// Mean of won_sum over won_count, in major units rounded to four places; `null` without a win.
    pub average_won: Option<f64>,
    /// Mean days from creation to closing over the deals won, rounded to six places.
    pub mean_cycle_days: Option<f64>,
    /// Median of the same.
    pub median_cycle_days: Option<f64>,
    /// Mean days from creation to closing over the deals lost.
    pub mean_cycle_days_lost: Option<f64>,
    /// Mean days from creation to closing over the deals won and lost.
    pub mean_cycle_days_closed: Option<f64>,
    /// Median of the same.
    pub median_cycle_days_closed: Option<f64>,
    /// Deals with an amount for which no exchange rate is known: counted, but in no sum.
    pub unconverted: i64,
}

/// The summary of the deals that the filters select.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Summary {
    /// The grouping that was asked for.
    pub group_by: Option<SummaryGroup>,
    /// One row per group: by order of the stages, by quarter, else the largest won sum first, ties by
    /// name. Empty without a grouping.
    pub groups: Vec<SummaryRow>,
    /// The figures over everything selected.
    pub total: SummaryRow,
}
