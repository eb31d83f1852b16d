//! What the company has once: stages, currencies, rates, reports.

use serde::Serialize;

use super::{Endpoint, Method, json, to_query};
use crate::analytics::{Summary, SummaryGroup};
use crate::deal::DealFilter;
use crate::page::Page;
use crate::rate::{CurrencyInfo, ExchangeRate, ExchangeRateDraft, ExchangeRateFilter};
use crate::stage::{Stage, StagesQuery};

/// Stages in order, the final ones included.
#[derive(Clone, Debug, Default)]
pub struct ListStages(
    /// Of which process.
    pub StagesQuery,
);

impl Endpoint for ListStages {
    type Answer = Page<Stage>;
    const METHOD: Method = Method::Get;

    fn path(&self) -> String {
        "/stages".to_owned()
    }

    fn query(&self) -> String {
        to_query(&self.0)
    }
}

/// All currencies.
#[derive(Clone, Copy, Debug)]
pub struct ListCurrencies;

impl Endpoint for ListCurrencies {
    type Answer = Page<CurrencyInfo>;
    const METHOD: Method = Method::Get;

    fn path(&self) -> String {
        "/currencies".to_owned()
    }
}

/// Published exchange rates, newest first.
#[derive(Clone, Debug)]
pub struct ListExchangeRates(
    /// Filters and page.
    pub ExchangeRateFilter,
);

impl Endpoint for ListExchangeRates {
    type Answer = Page<ExchangeRate>;
    const METHOD: Method = Method::Get;

    fn path(&self) -> String {
        "/exchange-rates".to_owned()
    }

    fn query(&self) -> String {
        to_query(&self.0)
    }
}

/// A rate entered by hand.
#[derive(Clone, Debug)]
pub struct AddExchangeRate(
    /// The rate.
    pub ExchangeRateDraft,
);

impl Endpoint for AddExchangeRate {
    type Answer = ExchangeRate;
    const METHOD: Method = Method::Post;

    fn path(&self) -> String {
        "/exchange-rates".to_owned()
    }

    fn body(&self) -> Option<String> {
        json(&self.0)
    }
}

/// What a summary is to tell, over which deals.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SummaryQuery {
    /// By what the deals are grouped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_by: Option<SummaryGroup>,
    /// Which deals count.
    #[serde(flatten)]
    pub filter: DealFilter,
}

/// Counts, sums, win rate and cycle of deals.
#[derive(Clone, Debug)]
pub struct GetSummary(
    /// Grouping and filters.
    pub SummaryQuery,
);

impl Endpoint for GetSummary {
    type Answer = Summary;
    const METHOD: Method = Method::Get;

    fn path(&self) -> String {
        "/analytics/summary".to_owned()
    }

    fn query(&self) -> String {
        to_query(&self.0)
    }
}
