//! Whether a definition can be published.

use std::collections::HashSet;

use super::{Bilingual, Definition, REQUIRED_FIELDS, StageDefinition, StepDefinition};
use crate::error::{FieldCode, FieldError};
use crate::stage;

const MAX_STAGES: usize = 20;
const MAX_STEPS: usize = 60;

/// What is wrong with a definition, field by field; empty when deals may follow it.
#[must_use]
pub fn check(definition: &Definition) -> Vec<FieldError> {
    let mut errors = Vec::new();
    both("name", &definition.name, 120, &mut errors);
    if definition.override_roles.is_empty() {
        errors.push(FieldError::required("override_roles"));
    }
    let mut needs = HashSet::new();
    for (at, need) in definition.need_types.iter().enumerate() {
        let path = format!("need_types.{at}");
        code(&format!("{path}.code"), &need.code, &mut needs, &mut errors);
        both(&format!("{path}.name"), &need.name, 120, &mut errors);
    }
    if definition.stages.is_empty() || definition.stages.len() > MAX_STAGES {
        errors.push(out_of_range("stages", "must have 1 to 20 stages"));
    }
    let ends = stage::ends();
    let mut codes: HashSet<&str> = ends.iter().map(|end| end.code.as_str()).collect();
    let mut steps = HashSet::new();
    for (at, stage) in definition.stages.iter().enumerate() {
        let path = format!("stages.{at}");
        code(
            &format!("{path}.code"),
            &stage.code,
            &mut codes,
            &mut errors,
        );
        check_stage(&path, stage, definition, &mut errors);
        for (at, step) in stage.steps.iter().enumerate() {
            let path = format!("{path}.steps.{at}");
            code(&format!("{path}.id"), &step.id, &mut steps, &mut errors);
            check_step(&path, step, stage, at, definition, &mut errors);
        }
    }
    errors
}

fn check_stage(
    path: &str,
    stage: &StageDefinition,
    definition: &Definition,
    errors: &mut Vec<FieldError>,
) {
    both(&format!("{path}.name"), &stage.name, 120, errors);
    if !(0..=99).contains(&stage.probability) {
        let message = "must lie between 0 and 99";
        errors.push(out_of_range(&format!("{path}.probability"), message));
    }
    if stage
        .rotting_days
        .is_some_and(|days| !(1..=3650).contains(&days))
    {
        let message = "must lie between 1 and 3650";
        errors.push(out_of_range(&format!("{path}.rotting_days"), message));
    }
    long(&format!("{path}.guidance"), &stage.guidance, 5000, errors);
    if stage.steps.len() > MAX_STEPS {
        errors.push(out_of_range(
            &format!("{path}.steps"),
            "must have at most 60 steps",
        ));
    }
    for (at, field) in stage.required_fields.iter().enumerate() {
        if !REQUIRED_FIELDS.contains(&field.as_str()) {
            errors.push(FieldError::unknown(&format!("{path}.required_fields.{at}")));
        }
    }
    for (at, target) in stage.transitions.iter().flatten().enumerate() {
        if definition.stage(target).is_none() {
            errors.push(FieldError::unknown(&format!("{path}.transitions.{at}")));
        }
    }
}

fn check_step(
    path: &str,
    step: &StepDefinition,
    stage: &StageDefinition,
    index: usize,
    definition: &Definition,
    errors: &mut Vec<FieldError>,
) {
    both(&format!("{path}.title"), &step.title, 300, errors);
    long(&format!("{path}.hint"), &step.hint, 2000, errors);
    if step
        .due_days
        .is_some_and(|days| !(0..=3650).contains(&days))
    {
        let message = "must lie between 0 and 3650";
        errors.push(out_of_range(&format!("{path}.due_days"), message));
    }
    if let Some(after) = &step.after {
        let earlier = stage.steps.iter().take(index).any(|s| s.id == *after);
        if !earlier {
            errors.push(FieldError::new(
                format!("{path}.after"),
                FieldCode::UnknownReference,
                "is not an earlier step of the stage",
            ));
        }
    }
    for (at, need) in step.need_types.iter().enumerate() {
        if !definition
            .need_types
            .iter()
            .any(|known| known.code == *need)
        {
            errors.push(FieldError::unknown(&format!("{path}.need_types.{at}")));
        }
    }
}

fn out_of_range(field: &str, message: &str) -> FieldError {
    FieldError::new(field, FieldCode::OutOfRange, message)
}

/// Adds a code to those that are used; it must be well-formed and new.
fn code<'a>(field: &str, code: &'a str, used: &mut HashSet<&'a str>, errors: &mut Vec<FieldError>) {
    let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if code.is_empty() {
        errors.push(FieldError::required(field));
    } else if code.len() > 60 || !code.chars().all(fine) {
        let message = "must be small letters, digits and underscores, at most 60";
        errors.push(FieldError::new(field, FieldCode::InvalidFormat, message));
    } else if !used.insert(code) {
        let message = "is used already";
        errors.push(FieldError::new(field, FieldCode::AlreadyUsed, message));
    }
}

fn both(field: &str, text: &Bilingual, max: usize, errors: &mut Vec<FieldError>) {
    for (language, text) in [("en", &text.en), ("ru", &text.ru)] {
        if text.trim().is_empty() {
            errors.push(FieldError::required(&format!("{field}.{language}")));
        }
    }
    long(field, text, max, errors);
}

fn long(field: &str, text: &Bilingual, max: usize, errors: &mut Vec<FieldError>) {
    for (language, text) in [("en", &text.en), ("ru", &text.ru)] {
        if text.chars().count() > max {
            errors.push(FieldError::new(
                format!("{field}.{language}"),
                FieldCode::TooLong,
                format!("must have at most {max} characters"),
            ));
        }
    }
}
