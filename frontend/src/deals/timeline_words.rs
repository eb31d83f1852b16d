//! History in the reader's language.

use chrono::{DateTime, NaiveDate, Utc};
use etalon_domain::deal::{DealCategory, DealStatus, DealType, ForecastCategory};
use etalon_domain::event::{EventKind, TimelineEntry};
use etalon_domain::key_contact::DecisionRole;
use etalon_domain::lead::LeadStatus;
use etalon_domain::material::MaterialStatus;
use etalon_domain::money::Money;
use etalon_domain::stage::Stages;
use etalon_domain::user::Language;
use serde_json::Value;

use super::stages;
use crate::i18n::{arguments, format, language, t, t_with, words};
use crate::ui::form::not_set;

/// What an entry tells, in one sentence.
pub(super) fn headline(entry: &TimelineEntry, stages: &Stages) -> String {
    let stage = entry.changes.iter().find(|c| c.field == "stage");
    let from = stage.and_then(|c| c.from.as_str());
    let to = stage.and_then(|c| c.to.as_str());
    match (entry.kind, from, to) {
        (EventKind::StageAdvanced | EventKind::StageReturned, Some(from), Some(to)) => {
            let id = match entry.kind {
                _ if is_undo(entry) => "event-stage-taken-back-from",
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
        (kind, _, _) => lead_headline(entry).unwrap_or_else(|| {
            let told = words::word("event", kind.as_str());
            match about(entry) {
                Some(name) => format!("{told}: {name}"),
                None => told,
            }
        }),
    }
}

/// Whether a move took back the one before it.
fn is_undo(entry: &TimelineEntry) -> bool {
    (entry.changes.iter()).any(|change| change.field == "undo" && change.to == Value::Bool(true))
}

/// What an entry is about: a step of the process, or a person of ours or of the customer, a competitor.
fn about(entry: &TimelineEntry) -> Option<String> {
    let field = subject_of(entry.kind)?;
    let change = entry.changes.iter().find(|change| change.field == field)?;
    let named = if change.to.is_null() {
        &change.from
    } else {
        &change.to
    };
    named_in_own_language(named)
}

/// The field that names what an entry of a kind is about.
const fn subject_of(kind: EventKind) -> Option<&'static str> {
    match kind {
        EventKind::StepDone
        | EventKind::StepReopened
        | EventKind::Decided
        | EventKind::DocumentChanged
        | EventKind::MinutesChanged
        | EventKind::MinutesSent
        | EventKind::VisaAsked
        | EventKind::VisaVoided => Some("step"),
        EventKind::KeyContactChanged => Some("contact_id"),
        EventKind::CompetitorChanged => Some("account_id"),
        _ => None,
    }
}

/// The name of something, in Russian when the reader reads that and it has one.
fn named_in_own_language(value: &Value) -> Option<String> {
    let russian = (language() == Language::Ru)
        .then(|| value["name_ru"].as_str())
        .flatten();
    let name = russian.filter(|name| !name.is_empty());
    let name = name.or_else(|| value["name"].as_str());
    name.map(str::to_owned)
}

/// What an entry tells of where a lead went.
fn lead_headline(entry: &TimelineEntry) -> Option<String> {
    let to = |field: &str| Some(&entry.changes.iter().find(|c| c.field == field)?.to);
    let status: LeadStatus = to("status")?.as_str()?.parse().ok()?;
    match status {
        LeadStatus::Qualified => {
            let number = to("deal_id")?["name"].as_str()?.to_owned();
            Some(t_with(
                "event-lead-converted",
                &arguments! { "number" => number },
            ))
        }
        LeadStatus::Disqualified => {
            let reason = words::word("disqualify", to("disqualify_reason")?.as_str()?);
            Some(t_with(
                "event-lead-disqualified",
                &arguments! { "reason" => reason },
            ))
        }
        _ if entry.kind == EventKind::Reopened => Some(t("event-lead-taken-up")),
        _ => None,
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
        || subject_of(entry.kind) == Some(field)
        || moves && matches!(field, "stage" | "status" | "undo")
        || entry.kind == EventKind::Closed
            && matches!(
                field,
                "closed_at" | "close_reason" | "disqualify_reason" | "deal_id"
            )
        || entry.kind == EventKind::Reopened
            && matches!(field, "closed_at" | "close_reason" | "disqualify_reason")
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
            if let Some(state) = object.get("state").and_then(Value::as_str) {
                let state = words::word("bant-state", state);
                let answer = value_text(field, object.get("value").unwrap_or(&Value::Null), stages);
                return format!("{state}: {answer}");
            }
            if let Some(name) = named_in_own_language(value) {
                if let Some(number) = object.get("number").and_then(Value::as_i64) {
                    let version = t_with("process-version", &arguments! { "number" => number });
                    return format!("{name}, {version}");
                }
                return match object.get("role").and_then(Value::as_str) {
                    Some(role) => format!("{name}, {}", words::word("team-role", role)),
                    None => name,
                };
            }
            if let Some(title) = object.get("title").and_then(Value::as_str) {
                return title.to_owned();
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
        "status" => {
            let of_deal = text.parse().ok().map(|s: DealStatus| words::status(s));
            let of_lead = |s: LeadStatus| words::word("lead-status", s.as_str());
            let of_material = |s: MaterialStatus| words::word("material-status", s.as_str());
            of_deal
                .or_else(|| text.parse().ok().map(of_lead))
                .or_else(|| text.parse().ok().map(of_material))
        }
        "disqualify_reason" => Some(words::word("disqualify", text)),
        "kind" => text.parse().ok().map(crate::accounts::kind_name),
        "activity_kind" => Some(words::word("activity-kind", text)),
        "deal_type" => text.parse().ok().map(|k: DealType| words::deal_type(k)),
        "category" => text.parse().ok().map(|c: DealCategory| words::category(c)),
        "forecast_category" => text
            .parse()
            .ok()
            .map(|c: ForecastCategory| words::forecast(c)),
        "proposal_status" => Some(words::word("proposal-status", text)),
        "visa" => Some(words::word("visa-state", text)),
        "channel" => Some(words::word("channel", text)),
        "confidence" => Some(words::word("confidence", text)),
        "decision" => Some(words::word("pursuit-done", text)),
        "role" if text.parse::<DecisionRole>().is_ok() => Some(words::word("decision-role", text)),
        "influence" => Some(words::word("influence", text)),
        "loyalty" => Some(words::word("loyalty", text)),
        "motivators" => Some(words::word("motivator", text)),
        "threat" => Some(words::word("threat", text)),
        "stage" | "closed_from_stage" => Some(stages::name_of(stages, text)),
        _ if field.ends_with("_on") || field.ends_with("_until") || field == "timing" => {
            text.parse::<NaiveDate>().ok().map(format::day)
        }
        _ if field.ends_with("_at") => text.parse::<DateTime<Utc>>().ok().map(format::instant),
        _ => None,
    };
    known.unwrap_or_else(|| text.to_owned())
}
