//! BANT: what is known of budget, authority, need and timing before an interest becomes a deal.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::deal::Need;
use crate::error::{Error, FieldCode, FieldError};
use crate::id::{ContactId, Ref};
use crate::key_contact::DecisionRole;
use crate::money::Money;
use crate::time::Instant;

text_enum! {
    /// One of the four questions.
    pub enum BantItem {
        /// What they can spend.
        Budget = "budget",
        /// Who decides.
        Authority = "authority",
        /// What they need.
        Need = "need",
        /// When they decide.
        Timing = "timing",
    }
}

text_enum! {
    /// How sure an answer is.
    pub enum BantState {
        /// Not asked, or no answer.
        Unknown = "unknown",
        /// Somebody said so.
        Claimed = "claimed",
        /// We have seen it, or heard it from who must know.
        Confirmed = "confirmed",
    }
}

impl BantState {
    /// What the answer adds to the score: 25 confirmed, 12 claimed, 0 unknown.
    #[must_use]
    pub const fn points(self) -> i32 {
        match self {
            Self::Unknown => 0,
            Self::Claimed => 12,
            Self::Confirmed => 25,
        }
    }
}

/// A person on the customer's side, known or only named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DecisionPerson {
    /// The contact, when there is one.
    #[serde(default)]
    pub contact_id: Option<ContactId>,
    /// Full name, 1 to 200 characters.
    pub name: String,
    /// What the person is in the decision.
    pub role: DecisionRole,
}

/// The stored answer to a question and the request that sets it.
macro_rules! answers {
    ($( $(#[$meta:meta])* $answer:ident, $(#[$input_meta:meta])* $input:ident: $value:ty; )+) => { $(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub struct $answer {
            /// How sure it is.
            pub state: BantState,
            /// The answer; `null` while unknown.
            pub value: Option<$value>,
            /// When it was last set.
            pub set_at: Option<DateTime<Utc>>,
            /// Who set it last.
            pub set_by: Option<Ref>,
        }

        impl Default for $answer {
            fn default() -> Self {
                Self { state: BantState::Unknown, value: None, set_at: None, set_by: None }
            }
        }

        $(#[$input_meta])*
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub struct $input {
            /// How sure it is.
            pub state: BantState,
            /// The answer; needed unless the state is `unknown`, which forgets it.
            #[serde(default)]
            pub value: Option<$value>,
        }

        impl $input {
            fn answer(
                &self,
                check: fn(&$value) -> Result<(), FieldError>,
                by: &Ref,
                at: Instant,
            ) -> Result<$answer, Error> {
                Ok($answer {
                    state: self.state,
                    value: checked(self.state, self.value.as_ref(), check)?,
                    set_at: Some(at),
                    set_by: Some(by.clone()),
                })
            }
        }
    )+ };
}

answers! {
    /// What is known of the money.
    BudgetAnswer,
    /// What is now known of the money.
    BudgetInput: Money;
    /// What is known of who decides.
    AuthorityAnswer,
    /// What is now known of who decides: at least one person with a role in it.
    AuthorityInput: Vec<DecisionPerson>;
    /// What is known of the need.
    NeedAnswer,
    /// What is now known of the need.
    NeedInput: Need;
    /// What is known of the date of the decision.
    TimingAnswer,
    /// What is now known of the date of the decision.
    TimingInput: NaiveDate;
}

/// The four answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Bant {
    /// What they can spend.
    pub budget: BudgetAnswer,
    /// Who takes part in the decision; at least one person once claimed.
    pub authority: AuthorityAnswer,
    /// What they need.
    pub need: NeedAnswer,
    /// When they decide.
    pub timing: TimingAnswer,
}

impl Bant {
    /// The state of one answer.
    #[must_use]
    pub const fn state(&self, item: BantItem) -> BantState {
        match item {
            BantItem::Budget => self.budget.state,
            BantItem::Authority => self.authority.state,
            BantItem::Need => self.need.state,
            BantItem::Timing => self.timing.state,
        }
    }

    /// How much is known, 0 to 100: the sum of the points of the four answers.
    #[must_use]
    pub fn score(&self) -> i32 {
        (BantItem::ALL.iter())
            .map(|item| self.state(*item).points())
            .sum()
    }

    /// What must still be asked before the interest can become a deal: every item that is unknown.
    #[must_use]
    pub fn unknown(&self) -> Vec<BantItem> {
        (BantItem::ALL.iter().copied())
            .filter(|item| self.state(*item) == BantState::Unknown)
            .collect()
    }

    /// What to ask next: the first unknown item, then the first that is only claimed. Need comes
    /// before money, since nobody has a budget for what he does not need.
    #[must_use]
    pub fn next_question(&self) -> Option<BantItem> {
        const ORDER: [BantItem; 4] = [
            BantItem::Need,
            BantItem::Authority,
            BantItem::Budget,
            BantItem::Timing,
        ];
        let first = |state| ORDER.into_iter().find(|item| self.state(*item) == state);
        first(BantState::Unknown).or_else(|| first(BantState::Claimed))
    }
}

/// A new answer to one of the four questions.
#[derive(Clone, Debug, PartialEq)]
pub enum BantChange {
    /// What they can spend.
    Budget(BudgetInput),
    /// Who decides.
    Authority(AuthorityInput),
    /// What they need.
    Need(NeedInput),
    /// When they decide.
    Timing(TimingInput),
}

impl BantChange {
    /// The question.
    #[must_use]
    pub const fn item(&self) -> BantItem {
        match self {
            Self::Budget(_) => BantItem::Budget,
            Self::Authority(_) => BantItem::Authority,
            Self::Need(_) => BantItem::Need,
            Self::Timing(_) => BantItem::Timing,
        }
    }

    /// The answers after this one.
    ///
    /// # Errors
    /// The field `value` when it is missing or not valid.
    pub fn apply(&self, bant: &Bant, by: &Ref, at: Instant) -> Result<Bant, Error> {
        let mut bant = bant.clone();
        match self {
            Self::Budget(input) => bant.budget = input.answer(check_budget, by, at)?,
            Self::Authority(input) => bant.authority = input.answer(check_people, by, at)?,
            Self::Need(input) => bant.need = input.answer(check_need, by, at)?,
            Self::Timing(input) => bant.timing = input.answer(check_day, by, at)?,
        }
        Ok(bant)
    }
}

/// The value that goes with a state: none while unknown, a valid one else.
fn checked<T: Clone>(
    state: BantState,
    value: Option<&T>,
    check: fn(&T) -> Result<(), FieldError>,
) -> Result<Option<T>, Error> {
    match (state, value) {
        (BantState::Unknown, _) => Ok(None),
        (_, None) => Err(Error::Invalid(vec![FieldError::required("value")])),
        (_, Some(value)) => {
            check(value).map_err(|error| Error::Invalid(vec![error]))?;
            Ok(Some(value.clone()))
        }
    }
}

fn check_budget(budget: &Money) -> Result<(), FieldError> {
    let wrong = |message| FieldError::new("value", FieldCode::OutOfRange, message);
    match crate::deal::check_amount(budget) {
        Ok(()) if budget.minor == 0 => Err(wrong("must be above zero")),
        Ok(()) => Ok(()),
        Err(message) => Err(wrong(message)),
    }
}

#[expect(
    clippy::ptr_arg,
    reason = "the check of an answer takes the answer's own type"
)]
fn check_people(people: &Vec<DecisionPerson>) -> Result<(), FieldError> {
    if people.is_empty() {
        return Err(FieldError::required("value"));
    }
    for (at, person) in people.iter().enumerate() {
        let length = person.name.trim().chars().count();
        if !(1..=200).contains(&length) {
            return Err(FieldError::new(
                format!("value.{at}.name"),
                FieldCode::OutOfRange,
                "must have 1 to 200 characters",
            ));
        }
    }
    Ok(())
}

fn check_need(need: &Need) -> Result<(), FieldError> {
    match need.text.trim().chars().count() {
        0 => Err(FieldError::required("value.text")),
        1..=20_000 => Ok(()),
        _ => Err(FieldError::new(
            "value.text",
            FieldCode::TooLong,
            "must have at most 20000 characters",
        )),
    }
}

fn check_day(day: &NaiveDate) -> Result<(), FieldError> {
    crate::time::check_day(*day)
        .map_err(|message| FieldError::new("value", FieldCode::OutOfRange, message))
}
