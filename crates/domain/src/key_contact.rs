//! Key contacts: the people at the customer who matter in a deal, with their role, influence and how
//! they stand to us.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use validator::Validate;

use crate::id::ContactId;
use crate::text::non_empty;
use crate::time::Instant;

text_enum! {
    /// What a person is in the customer's decision.
    pub enum DecisionRole {
        /// Decides.
        DecisionMaker = "decision_maker",
        /// Pays.
        EconomicBuyer = "economic_buyer",
        /// Is listened to.
        Influencer = "influencer",
        /// Judges whether it works.
        TechnicalEvaluator = "technical_evaluator",
        /// Will work with it.
        User = "user",
        /// Lets others through or not.
        Gatekeeper = "gatekeeper",
        /// Wants us to win and works for it.
        Champion = "champion",
        /// Legal department or procurement.
        Legal = "legal",
        /// Passes on what we write.
        ContactPerson = "contact_person",
    }
}

text_enum! {
    /// How much a person's word counts.
    pub enum Influence {
        /// Much.
        High = "high",
        /// Some.
        Medium = "medium",
        /// Little.
        Low = "low",
    }
}

impl Influence {
    /// Its weight in support and coverage: 3, 2, 1.
    #[must_use]
    pub const fn weight(self) -> i64 {
        match self {
            Self::High => 3,
            Self::Medium => 2,
            Self::Low => 1,
        }
    }
}

text_enum! {
    /// How a person stands to us. There is no zero: who is not known has no value.
    pub enum Loyalty {
        /// −3.
        Antagonist = "antagonist",
        /// −2.
        Negative = "negative",
        /// −1.
        NotInterested = "not_interested",
        /// +1.
        Interested = "interested",
        /// +2.
        Supportive = "supportive",
        /// +3.
        ActiveSupporter = "active_supporter",
    }
}

impl Loyalty {
    /// From −3 to +3, never 0.
    #[must_use]
    pub const fn value(self) -> i64 {
        match self {
            Self::Antagonist => -3,
            Self::Negative => -2,
            Self::NotInterested => -1,
            Self::Interested => 1,
            Self::Supportive => 2,
            Self::ActiveSupporter => 3,
        }
    }
}

text_enum! {
    /// What moves a person.
    pub enum Motivator {
        /// The price.
        Price = "price",
        /// The quality.
        Quality = "quality",
        /// To avoid a risk.
        Risk = "risk",
        /// The own career.
        Career = "career",
        /// A deadline.
        Deadline = "deadline",
        /// Politics in the house.
        Politics = "politics",
        /// Something else, in words.
        Other = "other",
    }
}

/// A key contact of a deal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeyContact {
    /// The contact.
    pub contact_id: ContactId,
    /// The contact's name.
    pub contact_name: String,
    /// The contact's position in the company.
    pub position: Option<String>,
    /// What the person does in the decision.
    pub role: Option<DecisionRole>,
    /// How much the person's word counts.
    pub influence: Option<Influence>,
    /// How the person stands to us; `null` when unknown.
    pub loyalty: Option<Loyalty>,
    /// What moves the person.
    pub motivators: Vec<Motivator>,
    /// What else moves the person.
    pub motivator_note: Option<String>,
    /// To whom of the deal's contacts the person reports.
    pub reports_to: Option<ContactId>,
    /// Whether this is the main contact of the deal.
    pub main: bool,
    /// Notes.
    pub notes: Option<String>,
    /// When somebody of us last called or met the person about this deal.
    pub last_met_at: Option<DateTime<Utc>>,
    /// Counts changes, for `If-Match`.
    pub version: i64,
}

/// What a person enters of a key contact.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"contact_id": "0197a3c2-7b1e-7c55-8d1f-3a0e6f0b9c41", "role": "decision_maker", "influence": "high", "loyalty": "supportive", "motivators": ["quality", "deadline"]})))]
pub struct KeyContactDraft {
    /// The contact.
    pub contact_id: Option<ContactId>,
    /// What the person does in the decision.
    #[serde(default)]
    pub role: Option<DecisionRole>,
    /// How much the person's word counts.
    #[serde(default)]
    pub influence: Option<Influence>,
    /// How the person stands to us; `null` when unknown.
    #[serde(default)]
    pub loyalty: Option<Loyalty>,
    /// What moves the person.
    #[serde(default)]
    pub motivators: Vec<Motivator>,
    /// What else moves the person.
    #[serde(default)]
    #[validate(length(max = 500))]
    pub motivator_note: Option<String>,
    /// To whom of the deal's contacts the person reports.
    #[serde(default)]
    pub reports_to: Option<ContactId>,
    /// Whether this is the main contact of the deal; the one before is not any more.
    #[serde(default)]
    pub main: bool,
    /// Notes.
    #[serde(default)]
    #[validate(length(max = 5000))]
    pub notes: Option<String>,
}

impl KeyContactDraft {
    /// Trims texts, and names each motivator once.
    #[must_use]
    pub fn normalized(mut self) -> Self {
        self.motivator_note = non_empty(self.motivator_note);
        self.notes = non_empty(self.notes);
        self.motivators.sort_unstable();
        self.motivators.dedup();
        self
    }
}

impl From<&KeyContact> for KeyContactDraft {
    fn from(contact: &KeyContact) -> Self {
        Self {
            contact_id: Some(contact.contact_id.clone()),
            role: contact.role,
            influence: contact.influence,
            loyalty: contact.loyalty,
            motivators: contact.motivators.clone(),
            motivator_note: contact.motivator_note.clone(),
            reports_to: contact.reports_to.clone(),
            main: contact.main,
            notes: contact.notes.clone(),
        }
    }
}

/// How the people of a deal stand to us as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Standing {
    /// Support in percent, −100 to 100: Σ(w·loyalty) ÷ Σ(3·w) over the contacts whose loyalty is known,
    /// w = 3, 2, 1 for high, medium, low influence; `null` when none is known.
    pub support: Option<i64>,
    /// Coverage in percent: Σw of those met in the last 30 days ÷ Σw; `null` without contacts.
    pub coverage: Option<i64>,
}

/// Computes support and coverage (section 5 of the domain). A contact without influence counts as
/// low.
#[must_use]
pub fn standing(contacts: &[KeyContact], now: Instant) -> Standing {
    let weight = |contact: &KeyContact| contact.influence.map_or(1, Influence::weight);
    let (mut sum, mut most) = (0, 0);
    let (mut met, mut all) = (0, 0);
    for contact in contacts {
        let w = weight(contact);
        all += w;
        if contact
            .last_met_at
            .is_some_and(|at| (now - at).num_days() <= 30)
        {
            met += w;
        }
        if let Some(loyalty) = contact.loyalty {
            sum += w * loyalty.value();
            most += 3 * w;
        }
    }
    Standing {
        support: (most > 0).then(|| (sum * 100 + sum.signum() * most / 2) / most),
        coverage: (all > 0).then(|| (met * 100 + all / 2) / all),
    }
}

/// The key contacts of a deal with how they stand to us.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeyContacts {
    /// The contacts, the main one first.
    pub items: Vec<KeyContact>,
    /// How they stand to us.
    pub standing: Standing,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::from_naive;

    fn contact(influence: Influence, loyalty: Option<Loyalty>, met: bool) -> KeyContact {
        let now = now();
        KeyContact {
            contact_id: "c".to_owned().into(),
            contact_name: "C".into(),
            position: None,
            role: None,
            influence: Some(influence),
            loyalty,
            motivators: Vec::new(),
            motivator_note: None,
            reports_to: None,
            main: false,
            notes: None,
            last_met_at: met.then_some(now),
            version: 1,
        }
    }

    fn now() -> Instant {
        from_naive(chrono::NaiveDate::MIN.and_hms_opt(0, 0, 0).unwrap())
    }

    #[test]
    fn support_weighs_loyalty_by_influence_and_leaves_out_the_unknown() {
        let contacts = [
            contact(Influence::High, Some(Loyalty::ActiveSupporter), true),
            contact(Influence::Medium, Some(Loyalty::Antagonist), false),
            contact(Influence::Low, None, false),
        ];
        let standing = standing(&contacts, now());
        // (3·3 − 2·3) ÷ (9 + 6) and 3 ÷ 6
        assert_eq!((standing.support, standing.coverage), (Some(20), Some(50)));
    }

    #[test]
    fn without_contacts_nothing_is_claimed() {
        assert_eq!(standing(&[], now()), Standing::default());
    }
}
