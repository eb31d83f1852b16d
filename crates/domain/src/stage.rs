//! Stages of the sales process, as data. The reference process of the product has seven open stages
//! and four final ones.

use serde::{Deserialize, Serialize};

use crate::deal::{DealStatus, ForecastCategory};

/// A step of the sales process.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Stage {
    /// Code of the stage, stable for programs.
    #[cfg_attr(feature = "openapi", schema(example = "needs"))]
    pub code: String,
    /// Place in the order of the process, from 1.
    pub position: i32,
    /// Name in English.
    pub name_en: String,
    /// Name in Russian.
    pub name_ru: String,
    /// The status of a deal in this stage: `open` for steps of the work, else the outcome.
    pub status: DealStatus,
    /// Default probability of winning, in percent.
    pub probability: i32,
    /// Default forecast category.
    pub forecast_category: ForecastCategory,
    /// After how many days without a touch a deal in this stage counts as rotting; `null` for final
    /// stages.
    pub rotting_days: Option<i32>,
}

impl Stage {
    /// Whether deals in this stage are in work.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.status == DealStatus::Open
    }
}

/// The stages of one process, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stages(Vec<Stage>);

impl Stages {
    /// Takes the stages of a process; they are put in the order of their positions.
    #[must_use]
    pub fn new(mut stages: Vec<Stage>) -> Self {
        stages.sort_by_key(|s| s.position);
        Self(stages)
    }

    /// All stages, in order.
    #[must_use]
    pub fn all(&self) -> &[Stage] {
        &self.0
    }

    /// The stages of the work, in order.
    pub fn open(&self) -> impl Iterator<Item = &Stage> {
        self.0.iter().filter(|s| s.is_open())
    }

    /// The stage with a code.
    #[must_use]
    pub fn get(&self, code: &str) -> Option<&Stage> {
        self.0.iter().find(|s| s.code == code)
    }

    /// The stage in which new deals start.
    #[must_use]
    pub fn first(&self) -> Option<&Stage> {
        self.open().next()
    }

    /// The final stage of an outcome.
    #[must_use]
    pub fn of_outcome(&self, status: DealStatus) -> Option<&Stage> {
        self.0.iter().find(|s| s.status == status)
    }
}

/// The reference process that ships with the product.
#[must_use]
pub fn reference() -> Stages {
    use DealStatus::{Lost, Open, Rejected, Rerouted, Won};
    use ForecastCategory::{BestCase, Commit, Omitted, Pipeline};
    let rows = [
        (
            "potential",
            "Potential",
            "Определение потенциала",
            Open,
            10,
            Pipeline,
            Some(7),
        ),
        (
            "needs",
            "Needs analysis",
            "Анализ потребностей",
            Open,
            20,
            Pipeline,
            Some(14),
        ),
        (
            "presentation",
            "Presentation",
            "Презентация",
            Open,
            30,
            Pipeline,
            Some(14),
        ),
        (
            "key_contacts",
            "Key contacts",
            "Определение ключевых контактов",
            Open,
            40,
            Pipeline,
            Some(14),
        ),
        (
            "proposal",
            "Proposal",
            "Подготовка и согласование предложения",
            Open,
            60,
            BestCase,
            Some(21),
        ),
        (
            "negotiation",
            "Negotiation",
            "Переговоры и тактика",
            Open,
            80,
            BestCase,
            Some(21),
        ),
        (
            "contracting",
            "Contracting",
            "Контрактация",
            Open,
            90,
            Commit,
            Some(30),
        ),
        ("won", "Won", "Победа", Won, 100, Commit, None),
        ("lost", "Lost", "Проигрыш", Lost, 0, Omitted, None),
        (
            "rejected",
            "Rejected by us",
            "Отказ от участия",
            Rejected,
            0,
            Omitted,
            None,
        ),
        (
            "rerouted",
            "Rerouted",
            "Передана",
            Rerouted,
            0,
            Omitted,
            None,
        ),
    ];
    Stages::new(
        rows.into_iter()
            .zip(1..)
            .map(
                |((code, en, ru, status, probability, category, rotting), position)| Stage {
                    code: code.into(),
                    position,
                    name_en: en.into(),
                    name_ru: ru.into(),
                    status,
                    probability,
                    forecast_category: category,
                    rotting_days: rotting,
                },
            )
            .collect(),
    )
}
