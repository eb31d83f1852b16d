//! Posts: what everybody in the company may read.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::id::{PostId, Ref};
use crate::money::Money;

text_enum! {
    /// What a post is about.
    pub enum PostKind {
        /// A deal was won.
        Win = "win",
    }
}

/// A deal that was won, as everybody may read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Win {
    /// Who won it.
    pub owner: Ref,
    /// Title of the deal.
    pub title: String,
    /// The customer.
    pub account: Option<String>,
    /// What it is worth.
    pub amount: Option<Money>,
    /// The competitor that was beaten.
    pub beaten: Option<String>,
}

/// A post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Post {
    /// Identifier.
    pub id: PostId,
    /// What it is about.
    pub kind: PostKind,
    /// Who wrote it, or whose action it tells.
    pub author: Ref,
    /// The deal that was won.
    pub win: Win,
    /// When.
    pub created_at: DateTime<Utc>,
}
