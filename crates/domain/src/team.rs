//! The team of a deal: people beside the owner, with what they do in it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::id::UserId;

text_enum! {
    /// What a person does in a deal.
    pub enum TeamRole {
        /// Sells with the owner.
        CoOwner = "co_owner",
        /// Demonstrates and designs the solution.
        Presales = "presales",
        /// Answers technical questions.
        Engineer = "engineer",
        /// Looks after the contract.
        Legal = "legal",
        /// Supports from above.
        Sponsor = "sponsor",
        /// Reads along.
        Observer = "observer",
    }
}

impl TeamRole {
    /// Whether the person may change the deal: everybody but observers.
    #[must_use]
    pub const fn writes(self) -> bool {
        !matches!(self, Self::Observer)
    }
}

/// A person on the team of a deal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamMember {
    /// The person.
    pub user_id: UserId,
    /// The person's name.
    pub user_name: String,
    /// What the person does.
    pub role: TeamRole,
    /// Since when.
    pub since: DateTime<Utc>,
}

/// A person to join a team, or a new role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"user_id": "0197a3c2-7b1e-7c55-8d1f-3a0e6f0b9c41", "role": "presales"})))]
pub struct TeamMemberDraft {
    /// The person.
    pub user_id: UserId,
    /// What the person does.
    pub role: TeamRole,
}
