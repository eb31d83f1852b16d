//! History in the reader's language.

use chrono::{DateTime, NaiveDate, Utc};
use etalon_domain::deal::{DealCategory, DealStatus, DealType, ForecastCategory};
use etalon_domain::event::{EventKind, TimelineEntry};
use etalon_domain::money::Money;
use etalon_domain::stage::Stages;
use serde_json::Value;

use super::stages;
use crate::i18n::{arguments, format, t, t_with, words};
use crate::ui::form::not_set;

/// What an entry tells, in one sentence.
pub(super) fn headline(entry: &TimelineEntry, stages: &Stages) -> String {
    let stage = entry.changes.iter().find(|c| c.field == "stage");
    let from = stage.and_then(|c| c.from.as_str());
    let to = stage.and_then(|c| c.to.as_str());
    match (entry.kind, from, to) {
        (EventKind::StageAdvanced | EventKind::StageReturned, Some(from), Some(to)) => {
            let id = match entry.kind {
                EventKind::StageReturned => "event-stage-returned-from",
                _ => "event-stage-advanced-from",
            };
            let from = stages::name_of(stages, from);
            let to = stages::name_of(stages, to);
            t_with(id, &arguments! { "from" => from, "to" => to })
        }
        (EventKind::StageAdvanced, _, Some(to)) => {
            let to = stages::name_of(stages, to);
            t_with("event-stage-entered", &arguments! { "to" => to })
        }
        (EventKind::Closed, _, Some(to)) => {
            let outcome = stages::name_of(stages, to);
            t_with("event-closed-as", &arguments! { "outcome" => outcome })
        }
        (EventKind::Reopened, _, Some(to)) => {
            let to = stages::name_of(stages, to);
            t_with("event-reopened-in", &arguments! { "to" => to })
        }
        (kind, _, _) => words::word("event", kind.as_str()),
    }
}

/// Whether the headline tells this change already, or it only follows from another.
pub(super) fn is_told(entry: &TimelineEntry, field: &str) -> bool {
    let moves = matches!(
        entry.kind,
        EventKind::StageAdvanced
            | EventKind::StageReturned
            | EventKind::Closed
            | EventKind::Reopened
    );
    field == "amount_base"
        || moves && matches!(field, "stage" | "status")
        || entry.kind == EventKind::Closed && matches!(field, "closed_at" | "close_reason")
        || entry.kind == EventKind::Reopened && matches!(field, "closed_at" | "close_reason")
}

/// A value in words. References come as `{id, name}`.
pub(super) fn value_text(field: &str, value: &Value, stages: &Stages) -> String {
    match value {
        Value::Null => not_set(),
        Value::Bool(true) => t("yes"),
        Value::Bool(false) => t("no"),
        Value::Number(number) if field == "probability" => {
            format::percent(number.as_i64().unwrap_or_default() as i32)
        }
        Value::Number(number) if field.ends_with("_year") => number.to_string(),
        Value::Number(number) => number
            .as_i64()
            .map_or_else(|| number.to_string(), format::number),
        Value::String(text) => word_text(field, text, stages),
        Value::Array(items) => {
            let text = |item| value_text(field, item, stages);
            items.iter().map(text).collect::<Vec<_>>().join(", ")
        }
        Value::Object(object) => {
            if let Ok(money) = serde_json::from_value::<Money>(value.clone()) {
                return format::money(money);
            }
            if let Some(name) = object.get("name").and_then(Value::as_str) {
                return name.to_owned();
            }
            let part = |name: &str| object.get(name).and_then(Value::as_str).unwrap_or_default();
            match (part("type"), part("text")) {
                ("", text) => text.to_owned(),
                (kind, "") => kind.to_owned(),
                (kind, text) => format!("{kind}: {text}"),
            }
        }
    }
}

fn word_text(field: &str, text: &str, stages: &Stages) -> String {
    let known = match field {
        "status" => text.parse().ok().map(|s: DealStatus| words::status(s)),
        "kind" => text.parse().ok().map(crate::accounts::kind_name),
        "activity_kind" => Some(words::word("activity-kind", text)),
        "deal_type" => text.parse().ok().map(|k: DealType| words::deal_type(k)),
        "category" => text.parse().ok().map(|c: DealCategory| words::category(c)),
        "forecast_category" => text
            .parse()
            .ok()
            .map(|c: ForecastCategory| words::forecast(c)),
        "stage" | "closed_from_stage" => Some(stages::name_of(stages, text)),
        _ if field.ends_with("_on") => text.parse::<NaiveDate>().ok().map(format::day),
        _ if field.ends_with("_at") => text.parse::<DateTime<Utc>>().ok().map(format::instant),
        _ => None,
    };
    known.unwrap_or_else(|| text.to_owned())
}
