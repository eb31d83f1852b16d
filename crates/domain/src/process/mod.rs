//! The sales process as data: versioned definitions of stages, steps and what must be met to leave a
//! stage, and the one function that says of any deal what is done, what is open and what comes next.

mod answer;
mod check;
mod definition;
mod facts;
mod guide;
mod reference;
mod requirements;
mod state;
mod step;
mod version;

pub use answer::{Answered, Effect, answer, tasks_to_plan};
pub use check::check;
pub use definition::{
    Bilingual, Definition, NeedType, REQUIRED_FIELDS, StageDefinition, StepDefinition, StepKind,
};
pub use facts::{Facts, MaterialFact, ProposalFact, TaskFact, VisaFact};
pub use guide::{
    Clock, Guide, GuideMark, GuideQuery, GuideStep, MarksQuery, NextAction, NextStep, StageVisit,
    StepState, Unknown, guide,
};
pub use reference::{REFERENCE_PROCESS, REFERENCE_VERSION, reference};
pub use requirements::{
    Requirement, RequirementCode, Severity, WorkPlace, field_name, requirements_between, to_leave,
    unmet_error,
};
pub use state::visit_of;
pub use step::{
    Confidence, Decision, MinutesItem, Pursuit, Side, StepInput, StepRecord, StepVisa, TeamInput,
    lasting, visit_key,
};
pub use version::{
    Difference, DifferenceKind, MigrationReport, Process, ProcessDraft, ProcessPreview,
    ProcessVersion, Published, StageDeals, VersionStatus, VersionSummary, differences,
};
