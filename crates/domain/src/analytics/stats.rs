//! The few statistics that the reports need.

use serde::{Deserialize, Serialize};

/// An interval of a share.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Interval {
    /// Lower end, a fraction rounded to six places.
    pub low: f64,
    /// Upper end, a fraction rounded to six places.
    pub high: f64,
}

/// The 95 % Wilson score interval of a share; `None` without trials.
///
/// Wilson, E. B. (1927): Probable inference, the law of succession, and statistical inference, JASA
/// 22: (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n), z = 1.959964.
#[must_use]
pub fn wilson(successes: i64, trials: i64) -> Option<Interval> {
    const Z: f64 = 1.959_963_984_540_054;
    if trials <= 0 {
        return None;
    }
    let n = trials as f64;
    let p = successes as f64 / n;
    let z2 = Z * Z;
    let middle = p + z2 / (2.0 * n);
    let half = Z * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z2 / n;
    let bounded = |value: f64| round((value / scale).clamp(0.0, 1.0), 6);
    Some(Interval {
        low: bounded(middle - half),
        high: bounded(middle + half),
    })
}

/// a / b, a fraction rounded to six places; `None` when b is zero.
#[must_use]
pub fn share(a: i64, b: i64) -> Option<f64> {
    (b != 0).then(|| round(a as f64 / b as f64, 6))
}

/// won / (won + lost), rounded to six places; `None` without either.
#[must_use]
pub fn win_rate(won: i64, lost: i64) -> Option<f64> {
    share(won, won + lost)
}

/// Rounds to a number of decimals.
#[must_use]
pub fn round(value: f64, decimals: i32) -> f64 {
    let factor = 10f64.powi(decimals);
    (value * factor).round() / factor
}

/// Days and how many deals took them, from which mean, median and percentiles follow exactly.
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

    /// How many deals are in it.
    #[must_use]
    pub fn count(&self) -> i64 {
        self.0.values().sum()
    }

    /// Mean days, rounded to six places.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        let sum: i64 = self.0.iter().map(|(days, count)| days * count).sum();
        share(sum, self.count())
    }

    /// Median days: the middle one, or the mean of the two in the middle.
    #[must_use]
    pub fn median(&self) -> Option<f64> {
        let total = self.count();
        (total > 0).then(|| f64::midpoint(self.at((total - 1) / 2), self.at(total / 2)))
    }

    /// The days within which a share of the deals was done: the smallest number of days that at
    /// least `percent` of a hundred did not exceed (nearest rank).
    #[must_use]
    pub fn percentile(&self, percent: i64) -> Option<f64> {
        let total = self.count();
        let rank = (total * percent + 99) / 100;
        (total > 0).then(|| self.at((rank - 1).max(0)))
    }

    fn at(&self, rank: i64) -> f64 {
        let mut seen = 0;
        for (days, count) in &self.0 {
            seen += count;
            if seen > rank {
                return *days as f64;
            }
        }
        0.0
    }
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
    fn a_percentile_is_a_number_of_days_that_occurred() {
        let mut cycle = CycleHistogram::default();
        assert_eq!(cycle.percentile(90), None);
        for days in 1..=10 {
            cycle.add(days, 1);
        }
        assert_eq!(cycle.percentile(90), Some(9.0));
        assert_eq!(cycle.percentile(50), Some(5.0));
        cycle.add(40, 1);
        assert_eq!(cycle.percentile(90), Some(10.0));
    }

    #[test]
    fn a_win_rate_without_closed_deals_is_undefined() {
        assert_eq!(win_rate(0, 0), None);
        assert_eq!(win_rate(2, 1), Some(0.666_667));
    }

    #[test]
    fn the_wilson_interval_is_that_of_the_tables() {
        assert_eq!(wilson(0, 0), None);
        let ten = wilson(10, 10).unwrap();
        assert_eq!((ten.low, ten.high), (0.722_467, 1.0));
        let half = wilson(5, 10).unwrap();
        assert_eq!((half.low, half.high), (0.236_593, 0.763_407));
        let none = wilson(0, 20).unwrap();
        assert_eq!((none.low, none.high), (0.0, 0.161_125));
    }
}
