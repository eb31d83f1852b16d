//! Parts of a definition by their codes, which stay when the order changes.

use etalon_domain::process::{Definition, NeedType, StageDefinition, StepDefinition};

use super::edit::{need_mut, stage_mut, step_mut};

/// A part of a definition that has fields of its own.
pub(super) trait Place: Clone + Send + Sync + 'static {
    /// What lies there.
    type Part: 'static;

    /// The part, if it is still there.
    fn find<'a>(&self, definition: &'a Definition) -> Option<&'a Self::Part>;

    /// The part, to be changed.
    fn find_mut<'a>(&self, definition: &'a mut Definition) -> Option<&'a mut Self::Part>;

    /// Where the part lies at present, as errors name it: `stages.2.` or nothing for the whole.
    fn path(&self, definition: &Definition) -> Option<String>;

    /// Names the part in identifiers of inputs.
    fn key(&self) -> String;

    /// The identifier of the input of a field.
    fn input(&self, field: &str) -> String {
        format!("process-{}-{}", self.key(), field.replace(['.', '_'], "-"))
    }
}

/// The definition itself.
#[derive(Clone, Copy)]
pub(super) struct Whole;

impl Place for Whole {
    type Part = Definition;

    fn find<'a>(&self, definition: &'a Definition) -> Option<&'a Definition> {
        Some(definition)
    }

    fn find_mut<'a>(&self, definition: &'a mut Definition) -> Option<&'a mut Definition> {
        Some(definition)
    }

    fn path(&self, _: &Definition) -> Option<String> {
        Some(String::new())
    }

    fn key(&self) -> String {
        "whole".to_owned()
    }
}

/// A stage by its code.
#[derive(Clone)]
pub(super) struct OfStage(pub String);

impl Place for OfStage {
    type Part = StageDefinition;

    fn find<'a>(&self, definition: &'a Definition) -> Option<&'a StageDefinition> {
        definition.stage(&self.0)
    }

    fn find_mut<'a>(&self, definition: &'a mut Definition) -> Option<&'a mut StageDefinition> {
        stage_mut(definition, &self.0)
    }

    fn path(&self, definition: &Definition) -> Option<String> {
        let at = definition.index(&self.0)?;
        Some(format!("stages.{at}."))
    }

    fn key(&self) -> String {
        format!("stage-{}", self.0)
    }
}

/// A step by its name.
#[derive(Clone)]
pub(super) struct OfStep(pub String);

impl Place for OfStep {
    type Part = StepDefinition;

    fn find<'a>(&self, definition: &'a Definition) -> Option<&'a StepDefinition> {
        definition.step(&self.0).map(|(_, step)| step)
    }

    fn find_mut<'a>(&self, definition: &'a mut Definition) -> Option<&'a mut StepDefinition> {
        step_mut(definition, &self.0)
    }

    fn path(&self, definition: &Definition) -> Option<String> {
        let (stage, _) = definition.step(&self.0)?;
        let at = stage.steps.iter().position(|step| step.id == self.0)?;
        Some(format!(
            "stages.{}.steps.{at}.",
            definition.index(&stage.code)?
        ))
    }

    fn key(&self) -> String {
        format!("step-{}", self.0)
    }
}

/// A type of need by its code.
#[derive(Clone)]
pub(super) struct OfNeed(pub String);

impl Place for OfNeed {
    type Part = NeedType;

    fn find<'a>(&self, definition: &'a Definition) -> Option<&'a NeedType> {
        definition
            .need_types
            .iter()
            .find(|need| need.code == self.0)
    }

    fn find_mut<'a>(&self, definition: &'a mut Definition) -> Option<&'a mut NeedType> {
        need_mut(definition, &self.0)
    }

    fn path(&self, definition: &Definition) -> Option<String> {
        let at = definition
            .need_types
            .iter()
            .position(|need| need.code == self.0)?;
        Some(format!("need_types.{at}."))
    }

    fn key(&self) -> String {
        format!("need-{}", self.0)
    }
}
