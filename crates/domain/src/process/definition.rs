//! What a process consists of.

use serde::{Deserialize, Serialize};

use crate::activity::ActivityKind;
use crate::deal::{DealStatus, DealType, ForecastCategory};
use crate::stage::{self, Stage, Stages};
use crate::user::{Language, Role};

/// A text in both languages of the product.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Bilingual {
    /// English.
    pub en: String,
    /// Russian.
    pub ru: String,
}

impl Bilingual {
    /// The text in a language; the other one when that is empty.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        let (wanted, other) = match language {
            Language::En => (&self.en, &self.ru),
            Language::Ru => (&self.ru, &self.en),
        };
        if wanted.trim().is_empty() {
            other
        } else {
            wanted
        }
    }
}

text_enum! {
    /// How a step is done.
    pub enum StepKind {
        /// Something to do: it becomes an activity of the deal's owner.
        Task = "task",
        /// Something to find out: an answer with its source and how sure it is.
        Question = "question",
        /// Whether the deal is pursued, rejected or handed over.
        Decision = "decision",
        /// A material of the knowledge base to choose.
        Material = "material",
        /// Agreements of a meeting, to be sent to the customer.
        Minutes = "minutes",
        /// The people who decide, with their roles and how they stand to us.
        People = "people",
        /// The competitors in the deal, with strengths, weaknesses and threat.
        Competitors = "competitors",
        /// A proposal that is approved and sent.
        Proposal = "proposal",
        /// A document of the contract.
        Document = "document",
        /// The approval of the contract by the owner's head.
        Visa = "visa",
    }
}

impl StepKind {
    /// Whether the step is done anew in every visit of its stage; what is found out or exists once
    /// stays done when the deal comes back.
    #[must_use]
    pub const fn is_per_visit(self) -> bool {
        matches!(
            self,
            Self::Task | Self::Decision | Self::Material | Self::Minutes
        )
    }
}

/// A thing to do or to find out within a stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StepDefinition {
    /// Names the step, unique in the process: small letters, digits and `_`.
    #[cfg_attr(feature = "openapi", schema(example = "annual_volume"))]
    pub id: String,
    /// How it is done.
    pub kind: StepKind,
    /// What is to be done or found out.
    pub title: Bilingual,
    /// How to go about it.
    #[serde(default)]
    pub hint: Bilingual,
    /// Within how many days after the stage was entered (or, with `after`, after that step was done).
    #[serde(default)]
    pub due_days: Option<i32>,
    /// Whether the stage may only be left when it is done.
    #[serde(default)]
    pub mandatory: bool,
    /// Only for deals with one of these types of need; for all when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub need_types: Vec<String>,
    /// Only for these types of deals; for all when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deal_types: Vec<DealType>,
    /// The step of the same stage that must be done before this one appears.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// Of a task: as which activity it is planned; a task when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<ActivityKind>,
    /// Of a document: whether the signed file and the day of signing belong to it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub signed: bool,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
const fn is_false(value: &bool) -> bool {
    !*value
}

impl StepDefinition {
    /// Whether the step is asked of a deal with this type of need and of this type.
    #[must_use]
    pub fn applies_to(&self, need: Option<&str>, deal_type: DealType) -> bool {
        let for_need = self.need_types.is_empty()
            || need.is_some_and(|need| {
                (self.need_types.iter()).any(|code| code.eq_ignore_ascii_case(need))
            });
        let for_type = self.deal_types.is_empty() || self.deal_types.contains(&deal_type);
        for_need && for_type
    }
}

/// The fields of a deal that a stage may require.
pub const REQUIRED_FIELDS: [&str; 12] = [
    "account_id",
    "contact_id",
    "amount",
    "budget",
    "source",
    "category",
    "product_id",
    "need",
    "expected_close_on",
    "decision_on",
    "tactic",
    "tactic_review_on",
];

/// A stage of the work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StageDefinition {
    /// Names the stage, unique in the process and the same in all its versions.
    #[cfg_attr(feature = "openapi", schema(example = "needs"))]
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// What this stage is about.
    #[serde(default)]
    pub guidance: Bilingual,
    /// Default probability of winning, in percent, 0 to 99.
    pub probability: i32,
    /// Default line of the forecast.
    pub forecast_category: ForecastCategory,
    /// After how many days without a touch a deal here counts as rotting.
    #[serde(default)]
    pub rotting_days: Option<i32>,
    /// What is to be done, in order.
    #[serde(default)]
    pub steps: Vec<StepDefinition>,
    /// Fields of the deal that must be filled to leave the stage.
    #[serde(default)]
    pub required_fields: Vec<String>,
    /// The stages to which a deal may go from here; any when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transitions: Option<Vec<String>>,
}

/// A type of need, by which questions are chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NeedType {
    /// Names it in deals.
    #[cfg_attr(feature = "openapi", schema(example = "modernization"))]
    pub code: String,
    /// Its name.
    pub name: Bilingual,
}

/// A process: its stages with their steps, in order, and who may pass what is not met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Definition {
    /// Its name.
    pub name: Bilingual,
    /// Types of need that choose questions.
    #[serde(default)]
    pub need_types: Vec<NeedType>,
    /// Whose reason lets a deal pass requirements that are not met; within their reach.
    #[serde(default = "leaders")]
    pub override_roles: Vec<Role>,
    /// The stages of the work, in order.
    pub stages: Vec<StageDefinition>,
}

fn leaders() -> Vec<Role> {
    vec![Role::Head, Role::Admin]
}

impl Definition {
    /// The stage with a code.
    #[must_use]
    pub fn stage(&self, code: &str) -> Option<&StageDefinition> {
        self.stages.iter().find(|stage| stage.code == code)
    }

    /// The place of a stage in the order of the work, from 0.
    #[must_use]
    pub fn index(&self, code: &str) -> Option<usize> {
        self.stages.iter().position(|stage| stage.code == code)
    }

    /// A step, with the stage it belongs to.
    #[must_use]
    pub fn step(&self, id: &str) -> Option<(&StageDefinition, &StepDefinition)> {
        self.stages.iter().find_map(|stage| {
            let step = stage.steps.iter().find(|step| step.id == id)?;
            Some((stage, step))
        })
    }

    /// The stages in the form that rules and reports use: those of the work, then the final ones.
    #[must_use]
    pub fn to_stages(&self) -> Stages {
        let work = self.stages.iter().zip(1..).map(|(stage, position)| Stage {
            code: stage.code.clone(),
            position,
            name_en: stage.name.en.clone(),
            name_ru: stage.name.ru.clone(),
            status: DealStatus::Open,
            probability: stage.probability,
            forecast_category: stage.forecast_category,
            rotting_days: stage.rotting_days,
        });
        let first_end = self.stages.len() as i32 + 1;
        let ends = stage::ends().into_iter().zip(first_end..);
        let ends = ends.map(|(end, position)| Stage { position, ..end });
        Stages::new(work.chain(ends).collect())
    }
}
