//! What of the knowledge base is used in a deal.

use serde::{Deserialize, Serialize};

use super::{Material, MaterialStatus};
use crate::id::{ActivityId, ContactId, MaterialId, Ref};
use crate::time::Instant;
use chrono::{DateTime, Utc};

/// A material in a deal: chosen to be shown, or shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DealMaterial {
    /// Identifier of the use.
    pub id: String,
    /// The material.
    pub material: Ref,
    /// Its language.
    pub language: String,
    /// Its state now.
    pub status: MaterialStatus,
    /// The published version that was chosen or shown.
    pub number: i32,
    /// The newest published version.
    pub newest: i32,
    /// The step of the process that it was chosen for.
    pub step_id: Option<String>,
    /// The activity at which it was shown.
    pub activity_id: Option<ActivityId>,
    /// To whom it was shown.
    pub contacts: Vec<Ref>,
    /// When it was chosen.
    pub chosen_at: Option<DateTime<Utc>>,
    /// When it was shown; `null` while it is only chosen.
    pub shown_at: Option<DateTime<Utc>>,
    /// Who chose or showed it.
    pub by: Option<Ref>,
}

/// A use of a material in a deal, to be recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"material_id": "01a20b10-2b6a-7c11-9a3e-0a41c0d8aa10", "shown_at": "2026-11-20T09:30:00Z", "contact_ids": []})))]
pub struct DealMaterialDraft {
    /// The material; a published one.
    pub material_id: MaterialId,
    /// The step of the process that it is chosen for.
    #[serde(default)]
    pub step_id: Option<String>,
    /// When it was shown; `null` to choose it only.
    #[serde(default)]
    pub shown_at: Option<DateTime<Utc>>,
    /// To whom it was shown.
    #[serde(default)]
    pub contact_ids: Vec<ContactId>,
    /// The activity at which it was shown.
    #[serde(default)]
    pub activity_id: Option<ActivityId>,
}

/// What was shown to whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownMaterial {
    /// The material.
    pub material_id: MaterialId,
    /// To whom.
    pub contacts: Vec<ContactId>,
    /// At which activity.
    pub activity_id: Option<ActivityId>,
    /// When.
    pub at: Instant,
}

text_enum! {
    /// Why a material fits a deal.
    pub enum SuggestionReason {
        /// It is about the deal's product.
        Product = "product",
        /// It answers the customer's kind of need.
        Need = "need",
        /// It is for the customer's branch of business.
        Industry = "industry",
        /// It was shown in deals that were won.
        Won = "won",
        /// It is in the reader's language.
        Language = "language",
    }
}

impl SuggestionReason {
    /// How much the reason counts.
    #[must_use]
    pub const fn weight(self) -> i64 {
        match self {
            Self::Product => 8,
            Self::Need => 6,
            Self::Industry => 4,
            Self::Won => 2,
            Self::Language => 1,
        }
    }
}

/// A material that fits a deal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MaterialSuggestion {
    /// The material, without its text.
    pub material: Material,
    /// Why, the strongest reason first; never empty.
    pub reasons: Vec<SuggestionReason>,
}

impl MaterialSuggestion {
    /// How well the material fits: the larger the better.
    #[must_use]
    pub fn score(&self) -> i64 {
        self.reasons.iter().map(|reason| reason.weight()).sum()
    }
}
