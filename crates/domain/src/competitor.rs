//! Competitors in a deal, and what was conceded in its negotiation.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use validator::Validate;

use crate::deal::not_negative;
use crate::id::{AccountId, Ref, UserId};
use crate::money::Money;
use crate::text::non_empty;

text_enum! {
    /// How dangerous a competitor is in a deal.
    pub enum Threat {
        /// Little.
        Low = "low",
        /// Some.
        Medium = "medium",
        /// Very.
        High = "high",
    }
}

/// A competitor in a deal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DealCompetitor {
    /// Identifier of the entry.
    pub id: String,
    /// The competitor.
    pub account_id: AccountId,
    /// Its name.
    pub account_name: String,
    /// What it offers.
    pub product: Option<String>,
    /// For how much.
    pub price: Option<Money>,
    /// What speaks for it.
    pub strengths: Option<String>,
    /// What speaks against it.
    pub weaknesses: Option<String>,
    /// How dangerous it is.
    pub threat: Option<Threat>,
    /// Whether it won the deal.
    pub won: bool,
    /// Counts changes, for `If-Match`.
    pub version: i64,
}

impl DealCompetitor {
    /// Whether strengths, weaknesses and threat are all entered.
    #[must_use]
    pub const fn is_assessed(&self) -> bool {
        self.strengths.is_some() && self.weaknesses.is_some() && self.threat.is_some()
    }
}

/// What a person enters of a competitor in a deal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"account_id": "0197a3c2-7b1e-7c55-8d1f-3a0e6f0b9c41", "product": "PLC 7", "strengths": "installed base", "weaknesses": "lead time", "threat": "high"})))]
pub struct DealCompetitorDraft {
    /// The competitor.
    pub account_id: Option<AccountId>,
    /// What it offers.
    #[serde(default)]
    #[validate(length(max = 200))]
    pub product: Option<String>,
    /// For how much.
    #[serde(default)]
    #[validate(custom(function = not_negative))]
    pub price: Option<Money>,
    /// What speaks for it.
    #[serde(default)]
    #[validate(length(max = 5000))]
    pub strengths: Option<String>,
    /// What speaks against it.
    #[serde(default)]
    #[validate(length(max = 5000))]
    pub weaknesses: Option<String>,
    /// How dangerous it is.
    #[serde(default)]
    pub threat: Option<Threat>,
}

impl DealCompetitorDraft {
    /// Trims texts and turns empty ones into `None`.
    #[must_use]
    pub fn normalized(mut self) -> Self {
        self.product = non_empty(self.product);
        self.strengths = non_empty(self.strengths);
        self.weaknesses = non_empty(self.weaknesses);
        self
    }
}

impl From<&DealCompetitor> for DealCompetitorDraft {
    fn from(entry: &DealCompetitor) -> Self {
        Self {
            account_id: Some(entry.account_id.clone()),
            product: entry.product.clone(),
            price: entry.price,
            strengths: entry.strengths.clone(),
            weaknesses: entry.weaknesses.clone(),
            threat: entry.threat,
        }
    }
}

/// What we gave in a negotiation, and what we got for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Concession {
    /// Identifier.
    pub id: String,
    /// What we gave.
    pub gave: String,
    /// What we got.
    pub got: Option<String>,
    /// Who allowed it.
    pub allowed_by: Option<Ref>,
    /// When it was given.
    pub given_on: NaiveDate,
    /// When it was noted.
    pub noted_at: DateTime<Utc>,
    /// Who noted it.
    pub noted_by: Option<Ref>,
}

/// What a person enters of a concession.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"gave": "3 % discount", "got": "payment in advance"})))]
pub struct ConcessionDraft {
    /// What we gave, 1 to 2,000 characters.
    #[validate(length(min = 1, max = 2000))]
    pub gave: String,
    /// What we got.
    #[serde(default)]
    #[validate(length(max = 2000))]
    pub got: Option<String>,
    /// Who allowed it.
    #[serde(default)]
    pub allowed_by: Option<UserId>,
    /// When it was given; today when absent.
    #[serde(default)]
    pub given_on: Option<NaiveDate>,
}
