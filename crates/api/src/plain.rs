//! What no request may say, whatever it is about: control characters, which PostgreSQL cannot store
//! or readers cannot see, and days that no calendar of ours has. Refused here, once, with the field's
//! name.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{HttpResponse, ResponseError as _};
use chrono::NaiveDate;
use etalon_domain::endpoint::decode_component;
use etalon_domain::error::{Error as DomainError, ErrorCode, FieldCode, FieldError};
use etalon_domain::time::check_day;
use serde_json::Value;

use crate::error::ApiError;

/// Fields that are written in several lines.
const LONG: [&str; 13] = [
    "address",
    "body",
    "description",
    "message",
    "note",
    "override_reason",
    "own_strengths",
    "own_weaknesses",
    "reason",
    "rows",
    "summary",
    "tactic",
    "text",
];

/// Checks all texts of a JSON body.
///
/// # Errors
/// `invalid_fields`, with every field that is refused.
pub fn check_json(body: &Value) -> Result<(), ApiError> {
    let mut errors = Vec::new();
    walk(body, "", "", &mut errors);
    refuse(errors)
}

/// Checks the parameters of a query.
///
/// # Errors
/// `invalid_fields`, with every parameter that is refused.
pub fn check_query(parameters: &[(String, String)]) -> Result<(), ApiError> {
    let errors = parameters.iter().filter_map(|(name, text)| {
        // The rows behind a number are named by a query of their own.
        let inner = (name == "rows").then(|| decode_component(text));
        error_of(name, name, inner.as_deref().unwrap_or(text))
    });
    refuse(errors.collect())
}

/// Answers `404` for a path with control characters: nothing has such an identifier.
///
/// # Errors
/// Whatever the inner service fails with.
pub async fn middleware(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    if has_control(request.path()) {
        let answer: HttpResponse = ApiError::new(ErrorCode::NotFound).error_response();
        return Ok(request.into_response(answer));
    }
    Ok(next.call(request).await?.map_into_boxed_body())
}

fn has_control(path: &str) -> bool {
    path.split('%').skip(1).any(|rest| {
        let code = rest
            .get(..2)
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        code.is_some_and(|code| code.is_ascii_control())
    })
}

fn refuse(errors: Vec<FieldError>) -> Result<(), ApiError> {
    if errors.is_empty() {
        Ok(())
    } else {
        Err(DomainError::Invalid(errors).into())
    }
}

fn walk(value: &Value, path: &str, name: &str, errors: &mut Vec<FieldError>) {
    let below = |step: &str| match path {
        "" => step.to_owned(),
        path => format!("{path}.{step}"),
    };
    match value {
        Value::String(text) => errors.extend(error_of(path, name, text)),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                walk(item, &below(&index.to_string()), name, errors);
            }
        }
        Value::Object(fields) => {
            for (key, item) in fields {
                if key.chars().any(char::is_control) {
                    errors.push(control_characters(path));
                } else {
                    walk(item, &below(key), key, errors);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn error_of(path: &str, name: &str, text: &str) -> Option<FieldError> {
    let breaks: &[char] = if LONG.contains(&name) {
        &['\n', '\r', '\t']
    } else {
        &[]
    };
    if text.chars().any(|c| c.is_control() && !breaks.contains(&c)) {
        return Some(control_characters(path));
    }
    let is_day = name == "on"
        || ["_on", "_from", "_to"]
            .iter()
            .any(|end| name.ends_with(end));
    let day = text.parse::<NaiveDate>().ok().filter(|_| is_day);
    let message = check_day(day?).err()?;
    Some(FieldError::new(path, FieldCode::OutOfRange, message))
}

fn control_characters(path: &str) -> FieldError {
    let message = "must not have control characters";
    FieldError::new(path, FieldCode::InvalidFormat, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn refused(body: &Value) -> Vec<(String, FieldCode)> {
        let mut errors = Vec::new();
        walk(body, "", "", &mut errors);
        errors.into_iter().map(|e| (e.field, e.code)).collect()
    }

    #[test]
    fn only_long_texts_have_lines() {
        let long = json!({"tactic": "a\n\tb\r\n", "need": {"text": "a\nb"}, "title": "Ёлка «1»"});
        assert_eq!(refused(&long), []);
        let bad = json!({"title": "a\nb", "tactic": "a\u{0}", "need": {"kind": "a\u{7f}"},
            "files": [{"id": "a\u{85}"}], "map": {"a\u{0}": "b"}});
        let fields: Vec<String> = refused(&bad).into_iter().map(|(field, _)| field).collect();
        assert_eq!(
            fields,
            ["files.0.id", "map", "need.kind", "tactic", "title"]
        );
    }

    #[test]
    fn days_lie_within_three_centuries() {
        let body = json!({"on": "1899-12-31", "next_contact_on": "+262142-12-31",
            "decision_on": "2200-12-31", "title": "0001-01-01", "next_step_on": "nonsense"});
        let out = FieldCode::OutOfRange;
        assert_eq!(
            refused(&body),
            [("next_contact_on".to_owned(), out), ("on".to_owned(), out)]
        );
    }

    #[test]
    fn paths_have_no_control_characters() {
        assert!(has_control("/api/v1/deals/%00"));
        assert!(has_control("/api/v1/deals/a%0Ab"));
        assert!(!has_control("/api/v1/deals/%D0%81%20x%"));
    }
}
