//! Deals: the record, the form, the rules by which it changes, and what follows from its fields.

mod bulk;
mod command;
mod decide;
mod derive;
mod draft;
mod filter;

pub use bulk::{BulkChange, BulkItem, BulkReport, BulkResult};
pub use command::{
    CloseDeal, DealCommand, DecidedEntry, Decision, FollowProcess, Gates, ImportDeal,
    ImportedVisit, LastMove, MoveDeal, Place, References, ReopenDeal, Rules, UndoMove, Version,
};
pub use decide::decide;
pub use derive::{Derived, derive, expected_fields, is_filled, weighted};
pub use draft::{DealDraft, MAX_MINOR};
pub(crate) use draft::{check_amount, not_negative, sensible_day};
pub use filter::{DealFilter, DealSort};

use serde::{Deserialize, Serialize};

use crate::id::{
    AccountId, ContactId, DealId, DepartmentId, ImportId, ProcessVersionId, ProductId, UserId,
};
use crate::money::Money;
use crate::team::TeamRole;
use chrono::{DateTime, NaiveDate, Utc};

text_enum! {
    /// Where a deal stands as a whole.
    pub enum DealStatus {
        /// In work.
        Open = "open",
        /// The customer bought.
        Won = "won",
        /// The customer bought elsewhere or not at all.
        Lost = "lost",
        /// We declined.
        Rejected = "rejected",
        /// Handed to somebody else, such as a partner.
        Rerouted = "rerouted",
    }
}

text_enum! {
    /// How a deal ends: every status but open.
    pub enum Outcome {
        /// The customer bought.
        Won = "won",
        /// The customer bought elsewhere or not at all.
        Lost = "lost",
        /// We declined.
        Rejected = "rejected",
        /// Handed to somebody else, such as a partner.
        Rerouted = "rerouted",
    }
}

impl Outcome {
    /// The status of a deal that ended so.
    #[must_use]
    pub const fn status(self) -> DealStatus {
        match self {
            Self::Won => DealStatus::Won,
            Self::Lost => DealStatus::Lost,
            Self::Rejected => DealStatus::Rejected,
            Self::Rerouted => DealStatus::Rerouted,
        }
    }
}

text_enum! {
    /// To whom we sell.
    pub enum DealType {
        /// To the customer.
        Direct = "direct",
        /// Through a partner.
        Partner = "partner",
    }
}

text_enum! {
    /// Size of the deal.
    pub enum DealCategory {
        /// Large, consultative.
        Enterprise = "enterprise",
        /// In between.
        Medium = "medium",
        /// Small and quick.
        Small = "small",
    }
}

text_enum! {
    /// In which line of the forecast an open deal counts.
    pub enum ForecastCategory {
        /// In work, too early to promise.
        Pipeline = "pipeline",
        /// May be won if all goes well.
        BestCase = "best_case",
        /// Promised.
        Commit = "commit",
        /// Left out of the forecast.
        Omitted = "omitted",
    }
}

/// What the customer needs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, validator::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Need {
    /// The kind of need, in the company's own words.
    #[serde(rename = "type", default)]
    #[validate(length(max = 120))]
    pub kind: Option<String>,
    /// The need itself.
    #[serde(default)]
    #[validate(length(max = 20_000))]
    pub text: String,
}

/// A deal: a sale in work or ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Deal {
    /// Identifier.
    pub id: DealId,
    /// Number for people, given by the database: `D-000123`.
    #[cfg_attr(feature = "openapi", schema(example = "D-000123"))]
    pub number: String,
    /// What is sold, in a few words.
    pub title: String,
    /// The company that buys.
    pub account_id: Option<AccountId>,
    /// Its name.
    pub account_name: Option<String>,
    /// The main contact.
    pub contact_id: Option<ContactId>,
    /// The contact's name.
    pub contact_name: Option<String>,
    /// Who sells.
    pub owner_id: UserId,
    /// The owner's name.
    pub owner_name: String,
    /// The department that counts the deal.
    pub department_id: Option<DepartmentId>,
    /// Its name.
    pub department_name: Option<String>,
    /// What is sold.
    pub product_id: Option<ProductId>,
    /// The product's name.
    pub product_name: Option<String>,
    /// The version of the process that it follows.
    pub process_version_id: ProcessVersionId,
    /// What the reader does on the deal's team; `null` when not on it.
    pub my_team_role: Option<TeamRole>,
    /// Code of the stage, final ones included.
    pub stage: String,
    /// Open, or how it ended.
    pub status: DealStatus,
    /// Direct or through a partner.
    pub deal_type: DealType,
    /// Size of the deal.
    pub category: Option<DealCategory>,
    /// Where the interest came from.
    pub source: Option<String>,
    /// What the customer can spend.
    pub budget: Option<Money>,
    /// What the deal is worth.
    pub amount: Option<Money>,
    /// The amount in the base currency: at today's rate while the deal is open, frozen when it was
    /// closed. `null` without an amount or a rate.
    pub amount_base: Option<Money>,
    /// Probability of winning, in percent.
    pub probability: i32,
    /// Whether a person set the probability, so that it no longer follows the stage.
    pub probability_manual: bool,
    /// Line of the forecast.
    pub forecast_category: ForecastCategory,
    /// Whether a person set the category, so that it no longer follows the stage.
    pub forecast_category_manual: bool,
    /// When we expect to close.
    pub expected_close_on: Option<NaiveDate>,
    /// The first such date that was entered.
    pub first_expected_close_on: Option<NaiveDate>,
    /// How often the expected date was moved to a later day.
    pub pushes: i32,
    /// When it ended.
    pub closed_at: Option<DateTime<Utc>>,
    /// Why it ended so.
    pub close_reason: Option<String>,
    /// The competitor that won it.
    pub winner_account_id: Option<AccountId>,
    /// Name of that competitor.
    pub winner_account_name: Option<String>,
    /// The competitor that it was won against.
    pub beaten_account_id: Option<AccountId>,
    /// Name of that competitor.
    pub beaten_account_name: Option<String>,
    /// To whom it was handed over.
    pub rerouted_to: Option<String>,
    /// When to ask a customer again after a loss.
    pub next_contact_on: Option<NaiveDate>,
    /// What the customer needs.
    pub need: Option<Need>,
    /// When the customer decides.
    pub decision_on: Option<NaiveDate>,
    /// How we intend to win.
    pub tactic: Option<String>,
    /// What speaks for us.
    pub own_strengths: Option<String>,
    /// What speaks against us.
    pub own_weaknesses: Option<String>,
    /// When to look at the tactic again.
    pub tactic_review_on: Option<NaiveDate>,
    /// When the next step is due.
    pub next_step_on: Option<NaiveDate>,
    /// Since when it has been in its stage.
    pub stage_entered_at: DateTime<Utc>,
    /// The stage it was in when it was closed; `null` while open.
    pub closed_from_stage: Option<String>,
    /// Last done activity, message, post or file; `null` when there was none.
    pub last_touch_at: Option<DateTime<Utc>>,
    /// What follows from the fields and today's date.
    pub derived: Derived,
    /// Identifier in the system it was imported from.
    pub external_id: Option<String>,
    /// The import that created it.
    pub import_id: Option<ImportId>,
    /// When it was put into the bin.
    pub deleted_at: Option<DateTime<Utc>>,
    /// Counts changes, for `If-Match`.
    pub version: i64,
    /// When it was created.
    pub created_at: DateTime<Utc>,
    /// Who created it.
    pub created_by: Option<UserId>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
    /// Who changed it last.
    pub updated_by: Option<UserId>,
}

/// The number of a deal as people write it.
#[must_use]
pub fn format_number(number: i64) -> String {
    format!("D-{number:06}")
}
