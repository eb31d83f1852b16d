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

/// Days and how many deals took them, from which mean and median follow exactly.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CycleHistogram(std::collections::BTreeMap<i64, i64>);

impl CycleHistogram {
    /// Adds `count` deals that took `days`.
    pub fn add(&mut self, days: i64, count: i64) {
        *self.0.entry(days).or_insert(0) += count;
    }

    /// Adds another histogram.
    pub fn merge(&mut self, other: &Self) {
        for (days, count) in &other.0 {
            self.add(*days, *count);
        }
    }

    fn total(&self) -> i64 {
        self.0.values().sum()
    }

    /// Mean days, rounded to six places.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        let total = self.total();
        let sum: i64 = self.0.iter().map(|(days, count)| days * count).sum();
        (total > 0).then(|| round(sum as f64 / total as f64, 6))
    }

    /// Median days: the middle one, or the mean of the two in the middle.
    #[must_use]
    pub fn median(&self) -> Option<f64> {
        let total = self.total();
        if total == 0 {
            return None;
        }
        let at = |rank: i64| {
            let mut seen = 0;
            for (days, count) in &self.0 {
                seen += count;
                if seen > rank {
                    return *days as f64;
                }
            }
            0.0
        };
        Some(f64::midpoint(at((total - 1) / 2), at(total / 2)))
    }
}

/// won / (won + lost), rounded to six places; `None` without either.
#[must_use]
pub fn win_rate(won: i64, lost: i64) -> Option<f64> {
    (won + lost > 0).then(|| round(won as f64 / (won + lost) as f64, 6))
}

/// Rounds to a number of decimals.
#[must_use]
pub fn round(value: f64, decimals: i32) -> f64 {
    let factor = 10f64.powi(decimals);
    (value * factor).round() / factor
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mean_and_median_come_from_the_histogram() {
        let mut cycle = CycleHistogram::default();
        assert_eq!((cycle.mean(), cycle.median()), (None, None));
        for days in [1, 2, 4, 9] {
            cycle.add(days, 1);
        }
        assert_eq!((cycle.mean(), cycle.median()), (Some(4.0), Some(3.0)));
        cycle.add(100, 1);
        assert_eq!(cycle.median(), Some(4.0));
    }

    #[test]
    fn a_win_rate_without_closed_deals_is_undefined() {
        assert_eq!(win_rate(0, 0), None);
        assert_eq!(win_rate(2, 1), Some(0.666_667));
    }
}
