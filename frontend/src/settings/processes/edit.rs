//! Changing the order and the parts of a definition.

use std::collections::HashSet;

use etalon_domain::deal::ForecastCategory;
use etalon_domain::process::{
    Bilingual, Definition, NeedType, StageDefinition, StepDefinition, StepKind,
};

const LONGEST: usize = 40;

/// A code made of a text: small letters, digits and underscores, like no other that is taken.
pub(super) fn code_of(text: &str, fallback: &str, taken: &HashSet<String>) -> String {
    let mut code = String::new();
    for letter in text.chars() {
        if letter.is_ascii_alphanumeric() {
            code.push(letter.to_ascii_lowercase());
        } else if !code.is_empty() && !code.ends_with('_') {
            code.push('_');
        }
    }
    code.truncate(LONGEST);
    let code = match code.trim_end_matches('_') {
        "" => fallback,
        code => code,
    };
    let numbered = (2..).map(|number| format!("{code}_{number}"));
    std::iter::once(code.to_owned())
        .chain(numbered)
        .find(|candidate| !taken.contains(candidate))
        .unwrap_or_default()
}

/// The codes of stages that a new one must not have: those of all these definitions and the final ones.
pub(super) fn stage_codes<'a>(
    definitions: impl IntoIterator<Item = &'a Definition>,
) -> HashSet<String> {
    let ends = etalon_domain::stage::ends().into_iter().map(|end| end.code);
    let of_work = definitions.into_iter().flat_map(|d| &d.stages);
    of_work
        .map(|stage| stage.code.clone())
        .chain(ends)
        .collect()
}

/// The names of steps that a new one must not have.
pub(super) fn step_ids<'a>(
    definitions: impl IntoIterator<Item = &'a Definition>,
) -> HashSet<String> {
    let stages = definitions.into_iter().flat_map(|d| &d.stages);
    let steps = stages.flat_map(|stage| &stage.steps);
    steps.map(|step| step.id.clone()).collect()
}

/// The codes of types of need that a new one must not have.
pub(super) fn need_codes<'a>(
    definitions: impl IntoIterator<Item = &'a Definition>,
) -> HashSet<String> {
    let needs = definitions.into_iter().flat_map(|d| &d.need_types);
    needs.map(|need| need.code.clone()).collect()
}

/// A stage with nothing in it yet, as far on as the one before it.
pub(super) fn new_stage(
    code: String,
    name: Bilingual,
    before: Option<&StageDefinition>,
) -> StageDefinition {
    StageDefinition {
        code,
        name,
        guidance: Bilingual::default(),
        probability: before.map_or(10, |stage| stage.probability),
        forecast_category: before.map_or(ForecastCategory::Pipeline, |s| s.forecast_category),
        rotting_days: before.and_then(|stage| stage.rotting_days),
        steps: Vec::new(),
        required_fields: Vec::new(),
        transitions: None,
    }
}

/// A step that is asked of every deal.
pub(super) fn new_step(
    id: String,
    kind: StepKind,
    title: Bilingual,
    mandatory: bool,
) -> StepDefinition {
    StepDefinition {
        id,
        kind,
        title,
        hint: Bilingual::default(),
        due_days: None,
        mandatory,
        need_types: Vec::new(),
        deal_types: Vec::new(),
        after: None,
        task: None,
        signed: false,
    }
}

/// Something that was taken out of a list and can be put back.
#[derive(Clone)]
pub(super) struct Taken<T> {
    at: usize,
    item: T,
}

impl<T> Taken<T> {
    /// Takes out of a list what fits.
    pub(super) fn from(list: &mut Vec<T>, fits: impl FnMut(&T) -> bool) -> Option<Self> {
        let at = list.iter().position(fits)?;
        Some(Self {
            at,
            item: list.remove(at),
        })
    }

    /// Puts it back to its place, or to the end of a list that became shorter.
    pub(super) fn put_back(self, list: &mut Vec<T>) {
        list.insert(self.at.min(list.len()), self.item);
    }
}

/// Moves what fits by one place, and says where it is now, from 0.
pub(super) fn shift<T>(list: &mut [T], fits: impl FnMut(&T) -> bool, down: bool) -> Option<usize> {
    let at = list.iter().position(fits)?;
    let other = if down { at + 1 } else { at.checked_sub(1)? };
    (other < list.len()).then(|| {
        list.swap(at, other);
        other
    })
}

/// The stage with a code, to be changed.
pub(super) fn stage_mut<'a>(
    definition: &'a mut Definition,
    code: &str,
) -> Option<&'a mut StageDefinition> {
    (definition.stages.iter_mut()).find(|stage| stage.code == code)
}

/// The step with a name, to be changed.
pub(super) fn step_mut<'a>(
    definition: &'a mut Definition,
    id: &str,
) -> Option<&'a mut StepDefinition> {
    let steps = definition
        .stages
        .iter_mut()
        .flat_map(|stage| &mut stage.steps);
    steps.into_iter().find(|step| step.id == id)
}

/// The type of need with a code, to be changed.
pub(super) fn need_mut<'a>(definition: &'a mut Definition, code: &str) -> Option<&'a mut NeedType> {
    (definition.need_types.iter_mut()).find(|need| need.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(codes: &[&str]) -> HashSet<String> {
        codes.iter().map(|code| (*code).to_owned()).collect()
    }

    #[test]
    fn a_code_comes_from_the_text_and_is_new() {
        let none = HashSet::new();
        assert_eq!(code_of("Is it urgent?", "step", &none), "is_it_urgent");
        assert_eq!(code_of("  Сервис ", "step", &none), "step");
        assert_eq!(
            code_of("Pilot", "stage", &taken(&["pilot", "pilot_2"])),
            "pilot_3"
        );
        let long = code_of(&"word ".repeat(20), "step", &none);
        assert!(long.len() <= LONGEST && !long.ends_with('_'), "{long}");
    }

    #[test]
    fn what_was_taken_comes_back_to_its_place() {
        let mut list = vec![1, 2, 3];
        let taken = Taken::from(&mut list, |n| *n == 2).unwrap();
        assert_eq!(list, [1, 3]);
        taken.put_back(&mut list);
        assert_eq!(list, [1, 2, 3]);
        assert!(Taken::from(&mut list, |n| *n == 9).is_none());
    }

    #[test]
    fn moving_ends_at_the_ends() {
        let mut list = vec![1, 2, 3];
        assert_eq!(shift(&mut list, |n| *n == 1, false), None);
        assert_eq!(shift(&mut list, |n| *n == 1, true), Some(1));
        assert_eq!(list, [2, 1, 3]);
        assert_eq!(shift(&mut list, |n| *n == 3, true), None);
    }
}
