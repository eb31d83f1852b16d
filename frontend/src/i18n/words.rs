//! The names of the domain's closed sets of words in the reader's language.

use etalon_domain::analytics::{RowsPart, RowsReport};
use etalon_domain::auth::DemoRole;
use etalon_domain::deal::{DealCategory, DealStatus, DealType, ForecastCategory, Outcome};
use etalon_domain::error::{ErrorCode, FieldCode, FieldError};
use etalon_domain::stage::Stage;
use etalon_domain::user::{Language, Role};

use super::{language, t};

/// The text `<prefix>-<word>`, the underscores of the word as hyphens.
pub fn word(prefix: &str, word: &str) -> String {
    t(&format!("{prefix}-{}", word.replace('_', "-")))
}

/// Why a request was refused.
pub fn error(code: ErrorCode) -> String {
    word("error", code.as_str())
}

/// What is wrong with a field.
pub fn field_error(code: FieldCode) -> String {
    word("field-error", code.as_str())
}

/// The label of a field of a record.
pub fn field(name: &str) -> String {
    let name = name.split('.').next().unwrap_or(name);
    word("field", name)
}

/// The label of a parameter that is wrong: a day of a period, what has the name of a field, or its own
/// name. A `to` that no day can be is a stage.
pub fn parameter(error: &FieldError) -> String {
    let is_day = matches!(error.field.as_str(), "from" | "to" | "as_of");
    let label = match error.code {
        FieldCode::UnknownReference if error.field == "to" => "field-stage".to_owned(),
        _ if is_day => format!("parameter-{}", error.field.replace('_', "-")),
        _ => format!("field-{}", error.field.replace('_', "-")),
    };
    match t(&label) {
        text if text == label => error.field.clone(),
        text => text,
    }
}

/// The name of a stage.
pub fn stage(stage: &Stage) -> String {
    match language() {
        Language::En => stage.name_en.clone(),
        Language::Ru => stage.name_ru.clone(),
    }
}

/// The name of a status of a deal.
pub fn status(status: DealStatus) -> String {
    word("status", status.as_str())
}

/// The name of an outcome of a deal.
pub fn outcome(outcome: Outcome) -> String {
    word("status", outcome.as_str())
}

/// The name of a type of deal.
pub fn deal_type(kind: DealType) -> String {
    word("deal-type", kind.as_str())
}

/// The name of a size of deal.
pub fn category(category: DealCategory) -> String {
    word("category", category.as_str())
}

/// The name of a line of the forecast.
pub fn forecast(category: ForecastCategory) -> String {
    word("forecast", category.as_str())
}

/// The name of a number of a report. What is closed has been won in a forecast, not won in a funnel, and
/// is both won and lost elsewhere.
pub fn rows_part(report: RowsReport, part: RowsPart) -> String {
    match (part, report) {
        (RowsPart::Closed, RowsReport::Forecast | RowsReport::Pulse) => t("forecast-closed"),
        (RowsPart::Closed, RowsReport::Funnel) => t("flow-closed"),
        _ => word("rows-part", part.as_str()),
    }
}

/// The name of a role.
pub fn role(role: Role) -> String {
    word("role", role.as_str())
}

/// What a person is in the demo company.
pub fn demo_role(role: DemoRole) -> String {
    word("demo-role", role.as_str())
}
