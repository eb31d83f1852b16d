//! Stages of the sales process, as data: those of the work, which the process defines, and four final
//! ones.

use serde::{Deserialize, Serialize};

use crate::deal::{DealStatus, ForecastCategory};
use crate::id::ProcessVersionId;

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

/// Which stages are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(default)]
pub struct StagesQuery {
    /// Those of this published version of a process; those of all processes together when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub process_version_id: Option<ProcessVersionId>,
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

    /// These stages, with those stages of the work that only `older` ones have, the newest of these first:
    /// each after the stage that it followed there.
    #[must_use]
    pub fn with_dropped<'a>(&self, older: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut all = self.0.clone();
        for version in older {
            let mut place = 0;
            for stage in version.open() {
                match all.iter().position(|known| known.code == stage.code) {
                    Some(known) => place = known + 1,
                    None => {
                        all.insert(place, stage.clone());
                        place += 1;
                    }
                }
            }
        }
        for (stage, position) in all.iter_mut().zip(0..) {
            stage.position = position;
        }
        Self(all)
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

/// The final stages, which every process has: one for each outcome. They lie after the stages of the
/// work, in this order.
#[must_use]
pub fn ends() -> [Stage; 4] {
    use DealStatus::{Lost, Rejected, Rerouted, Won};
    use ForecastCategory::{Commit, Omitted};
    let end = |code: &str, en: &str, ru: &str, status, probability, category| Stage {
        code: code.into(),
        position: 0,
        name_en: en.into(),
        name_ru: ru.into(),
        status,
        probability,
        forecast_category: category,
        rotting_days: None,
    };
    [
        end("won", "Won", "Победа", Won, 100, Commit),
        end("lost", "Lost", "Проигрыш", Lost, 0, Omitted),
        end(
            "rejected",
            "Rejected by us",
            "Отказ от участия",
            Rejected,
            0,
            Omitted,
        ),
        end("rerouted", "Rerouted", "Передана", Rerouted, 0, Omitted),
    ]
}

/// The stages of the reference process that ships with the product.
#[must_use]
pub fn reference() -> Stages {
    crate::process::reference().to_stages()
}
