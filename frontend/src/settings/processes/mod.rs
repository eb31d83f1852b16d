//! Administering the sales processes: their versions, the draft of the next one, publishing it, and
//! what becomes of the deals in work.

mod add;
mod changes;
mod columns;
mod create;
mod draft;
mod draft_bar;
mod edit;
mod fields;
mod general;
mod list;
mod moving;
mod page;
mod place;
mod preview;
mod publish;
mod reading;
mod spots;
mod stage_form;
mod step_form;
mod steps;
mod versions;
mod view;
mod words;

pub use list::ProcessesPage;
pub use page::ProcessPage;

/// What shows processes or their versions.
const KINDS: &[&str] = &["processes", "process-versions"];

/// What else shows another thing once a version is in use.
const USED_BY: &[&str] = &[
    "processes",
    "process-versions",
    "stages",
    "deals",
    "deal-marks",
    "analytics",
];
