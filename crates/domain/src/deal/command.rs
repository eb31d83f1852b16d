use chrono::{FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};
use validator::Validate;

use super::draft::{not_negative, sensible_day};
use super::{Deal, DealDraft, DealStatus, ForecastCategory, Outcome};
use crate::event::{EventKind, FieldChange};
use crate::id::{AccountId, DealId, DepartmentId, ImportId, ProcessVersionId, Ref, UserId};
use crate::money::{Currency, Money};
use crate::policy::Actor;
use crate::process::{Facts, Published};
use crate::rate::RateTable;
use crate::stage::Stages;
use crate::time::Instant;

/// A move of a deal to another stage of the work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"stage": "needs", "reason": "the budget is confirmed"})))]
pub struct MoveDeal {
    /// Code of the stage.
    #[cfg_attr(feature = "openapi", schema(example = "needs"))]
    pub stage: String,
    /// Why, in a few words.
    #[serde(default)]
    #[validate(length(max = 2000))]
    pub reason: Option<String>,
    /// Why the deal shall go forward although requirements are not met. It takes somebody who may
    /// override them, unless they only warn, and is recorded.
    #[serde(default)]
    #[validate(length(max = 2000))]
    pub override_reason: Option<String>,
}

/// The end of a deal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"outcome": "lost", "reason": "the price", "next_contact_on": "2027-03-01"})))]
pub struct CloseDeal {
    /// How it ends.
    pub outcome: Outcome,
    /// Why, 1 to 2,000 characters.
    #[validate(length(min = 1, max = 2000))]
    pub reason: String,
    /// What it was worth in the end; the present amount when absent.
    #[serde(default)]
    #[validate(custom(function = not_negative))]
    pub amount: Option<Money>,
    /// The competitor that won a lost deal.
    #[serde(default)]
    pub winner_account_id: Option<AccountId>,
    /// To whom a rerouted deal is handed; required for that outcome.
    #[serde(default)]
    #[validate(length(max = 200))]
    pub rerouted_to: Option<String>,
    /// When to ask the customer again after a loss.
    #[serde(default)]
    #[validate(custom(function = sensible_day))]
    pub next_contact_on: Option<NaiveDate>,
    /// The competitor that a won deal was won against.
    #[serde(default)]
    pub beaten_account_id: Option<AccountId>,
    /// Why the deal shall be won although requirements are not met. It takes somebody who may override
    /// them and is recorded.
    #[serde(default)]
    #[validate(length(max = 2000))]
    pub override_reason: Option<String>,
}

impl CloseDeal {
    /// An end without anything but the outcome.
    #[must_use]
    pub const fn new(outcome: Outcome) -> Self {
        Self {
            outcome,
            reason: String::new(),
            amount: None,
            winner_account_id: None,
            rerouted_to: None,
            next_contact_on: None,
            beaten_account_id: None,
            override_reason: None,
        }
    }
}

/// A deal follows another version of a process.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"process_version_id": "0197a3c2-7b1e-7c55-8d1f-3a0e6f0b9c41"})))]
pub struct FollowProcess {
    /// The published version to follow: a newer one of the same process; of another process only for
    /// administrators.
    pub process_version_id: ProcessVersionId,
    /// The stage to go on in, when the version does not have the present one: the nearest earlier one
    /// that it has, or with a reason to override requirements a later one.
    #[serde(default)]
    pub stage: Option<String>,
    /// Why the deal shall go on in a later stage although requirements are not met. It takes somebody
    /// who may override them and is recorded.
    #[serde(default)]
    #[validate(length(max = 2000))]
    pub override_reason: Option<String>,
}

/// A deal goes back into the stage in which it was directly before, because moving it was a mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UndoMove {
    /// Code of the stage.
    pub stage: String,
    /// Why the deal shall go forward although requirements are not met, should this be no undoing.
    pub override_reason: Option<String>,
    /// The last move of the deal, as its history has it.
    pub last: Option<LastMove>,
}

/// The last move of a deal from one stage of the work to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastMove {
    /// When it was.
    pub at: Instant,
    /// Whose it was.
    pub by: Option<UserId>,
    /// From which stage.
    pub from: String,
    /// To which.
    pub to: String,
}

/// A closed deal is taken up again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"reason": "they called again", "stage": "needs"})))]
pub struct ReopenDeal {
    /// Why, 1 to 2,000 characters.
    #[validate(length(min = 1, max = 2000))]
    pub reason: String,
    /// The stage to take it up in; the one it was closed from when absent.
    #[serde(default)]
    pub stage: Option<String>,
}

/// One stay of an imported deal in a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedVisit {
    /// Code of the stage, final ones included.
    pub stage: String,
    /// When it was entered.
    pub at: Instant,
}

/// A deal as it comes from another system, with its past. Gates do not apply to what is over.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportDeal {
    /// The fields.
    pub draft: DealDraft,
    /// Identifier in the other system.
    pub external_id: Option<String>,
    /// The import that brings it.
    pub import_id: ImportId,
    /// When it was created; the first visit's time when absent.
    pub created_at: Option<Instant>,
    /// Its stays, oldest first, at least one; times must not go back. A final stage may only be the
    /// last.
    pub visits: Vec<ImportedVisit>,
    /// Why it ended, when it did.
    pub close_reason: Option<String>,
}

/// A change of a deal. Every way to write a deal is one of these.
#[derive(Clone, Debug, PartialEq)]
pub enum DealCommand {
    /// A new deal.
    Create(DealDraft),
    /// A new deal of a lead, whose owner and department it keeps, whoever converts it.
    Convert(DealDraft),
    /// A new deal with its past.
    Import(Box<ImportDeal>),
    /// New values for all fields of the form.
    Edit(DealDraft),
    /// A move to another stage of the work.
    Move(MoveDeal),
    /// A move taken back.
    Undo(UndoMove),
    /// The end.
    Close(CloseDeal),
    /// Taken up again.
    Reopen(ReopenDeal),
    /// Another version of a process.
    Follow(FollowProcess),
    /// Into the bin.
    Delete,
    /// Out of the bin.
    Restore,
}

/// A person who is to own a deal, as found in the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The person.
    pub user_id: UserId,
    /// The person's name.
    pub name: String,
    /// The person's department and its name.
    pub department: Option<(DepartmentId, String)>,
    /// Whether the person is active.
    pub active: bool,
}

/// The records a command names, as found in the database; `None` when one is not there (or in the
/// bin).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct References {
    /// The owner.
    pub owner: Option<Place>,
    /// The department.
    pub department: Option<Ref>,
    /// The account.
    pub account: Option<Ref>,
    /// The main contact.
    pub contact: Option<Ref>,
    /// The product.
    pub product: Option<Ref>,
    /// The competitor that won.
    pub winner: Option<Ref>,
    /// The competitor that was beaten.
    pub beaten: Option<Ref>,
    /// The version of a process that a deal is to follow.
    pub process: Option<Published>,
}

/// Whether the requirements of the process hold a deal up.
#[derive(Clone, Copy, Debug)]
pub enum Gates<'a> {
    /// They do; these facts say which are met.
    Enforced {
        /// What hangs on the deal.
        facts: &'a Facts,
        /// How the actor's clock goes.
        offset: FixedOffset,
    },
    /// They do not where the actor may override them: what is passed without being met is recorded with
    /// this reason.
    Passed {
        /// What hangs on the deal.
        facts: &'a Facts,
        /// How the actor's clock goes.
        offset: FixedOffset,
        /// Why everything is passed.
        reason: &'a str,
    },
    /// They do not: what is written happened before, in another system.
    Past,
}

impl<'a> Rules<'a> {
    /// The stages of the process, with the final ones.
    #[must_use]
    pub const fn stages(&self) -> &'a Stages {
        &self.process.stages
    }
}

/// Everything beside the deal that a decision depends on.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'a> {
    /// Who acts.
    pub actor: &'a Actor,
    /// The present instant, in milliseconds.
    pub now: Instant,
    /// When a change of an existing deal happens: `now`, but for what another system knew before.
    pub at: Instant,
    /// Identifier for a new deal.
    pub new_id: &'a DealId,
    /// The version of the process that the deal follows.
    pub process: &'a Published,
    /// Whether its requirements hold the deal up.
    pub gates: Gates<'a>,
    /// The rates of today, or of the closing day of an imported deal.
    pub rates: &'a RateTable,
    /// Currency of all sums.
    pub base: Currency,
}

/// A history entry that a decision makes.
#[derive(Clone, Debug, PartialEq)]
pub struct DecidedEntry {
    /// When it happened.
    pub at: Instant,
    /// What happened.
    pub kind: EventKind,
    /// What changed.
    pub changes: Vec<FieldChange>,
    /// Why.
    pub reason: Option<String>,
}

/// The analytic fields of a deal from an instant on.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// From when they hold.
    pub at: Instant,
    /// Code of the stage.
    pub stage: String,
    /// Status.
    pub status: DealStatus,
    /// Probability in percent.
    pub probability: i32,
    /// Line of the forecast.
    pub forecast_category: ForecastCategory,
}

/// What a command does to a deal.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The deal afterwards.
    pub deal: Deal,
    /// What the history gains, oldest first; empty when nothing changes.
    pub entries: Vec<DecidedEntry>,
    /// The stays that begin, oldest first. All other analytic fields are those of `deal`.
    pub versions: Vec<Version>,
}
