//! Materials: the articles of the knowledge base, and what of them was shown in which deal.

mod draft;
mod filter;
mod search;
mod usage;

pub use draft::{MaterialDraft, content_changes, normalized, number_after};
pub use filter::{MaterialFilter, MaterialSort};
pub use search::stems;
pub use usage::{
    DealMaterial, DealMaterialDraft, MaterialSuggestion, ShownMaterial, SuggestionReason,
};

use serde::{Deserialize, Serialize};

use crate::id::{MaterialId, Ref};
use chrono::{DateTime, Utc};

text_enum! {
    /// Whether a material is for everybody.
    pub enum MaterialStatus {
        /// Being written: seen by its author, by heads and administrators.
        Draft = "draft",
        /// For everybody who signs in.
        Published = "published",
        /// Out of date: readable, but not offered any more.
        Archived = "archived",
    }
}

/// An article of the knowledge base.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Material {
    /// Identifier.
    pub id: MaterialId,
    /// Title.
    pub title: String,
    /// What it is about, in a sentence or two.
    pub summary: Option<String>,
    /// The text in Markdown; empty in lists.
    pub body: String,
    /// Tags, in the order in which they were entered.
    pub tags: Vec<String>,
    /// The products that it is about.
    pub products: Vec<Ref>,
    /// The branches of business that it is for.
    pub industries: Vec<String>,
    /// The kinds of need that it answers.
    pub need_types: Vec<String>,
    /// Language of the text, ISO 639 (`en`).
    pub language: String,
    /// Whether it is for everybody.
    pub status: MaterialStatus,
    /// Number of the newest published version; 0 before the first.
    pub number: i32,
    /// Who wrote it.
    pub author: Ref,
    /// How many files it has.
    pub files: i64,
    /// How often it was used.
    pub usage: MaterialUsage,
    /// When it was first published.
    pub published_at: Option<DateTime<Utc>>,
    /// When it was put into the bin.
    pub deleted_at: Option<DateTime<Utc>>,
    /// Counts changes, for `If-Match`.
    pub version: i64,
    /// When it was created.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// How often a material was shown, over all deals of the company.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MaterialUsage {
    /// In how many deals.
    pub deals: i64,
    /// How many of these were won.
    pub won: i64,
    /// When it was shown last.
    pub last_used_at: Option<DateTime<Utc>>,
}

/// A published version of a material.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MaterialVersion {
    /// Counts the published versions, from 1.
    pub number: i32,
    /// What was published; its text is empty in lists.
    pub content: MaterialDraft,
    /// When it was published.
    pub created_at: DateTime<Utc>,
    /// Who published it.
    pub created_by: Option<Ref>,
}

/// A word that materials are marked with, and how many are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LabelCount {
    /// The word.
    pub name: String,
    /// How many published materials have it.
    pub count: i64,
}

/// The words that published materials are marked with, the most frequent first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MaterialLabels {
    /// Tags.
    pub tags: Vec<LabelCount>,
    /// Branches of business.
    pub industries: Vec<LabelCount>,
    /// Kinds of need.
    pub need_types: Vec<LabelCount>,
    /// Languages.
    pub languages: Vec<LabelCount>,
}
