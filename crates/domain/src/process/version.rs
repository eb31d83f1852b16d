//! Processes and their versions.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Bilingual, Definition, StageDefinition};
use crate::error::FieldError;
use crate::id::{ProcessId, ProcessVersionId, Ref};
use crate::stage::Stages;

text_enum! {
    /// Whether a version is in use.
    pub enum VersionStatus {
        /// Being edited; no deal follows it.
        Draft = "draft",
        /// In use, and never changed again.
        Published = "published",
    }
}

/// A version in the list of a process.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VersionSummary {
    /// Identifier.
    pub id: ProcessVersionId,
    /// Number within the process, from 1.
    pub number: i64,
    /// Whether it is in use.
    pub status: VersionStatus,
    /// When it was published.
    pub published_at: Option<DateTime<Utc>>,
    /// Who published it.
    pub published_by: Option<Ref>,
    /// How many open deals follow it.
    pub open_deals: i64,
}

/// A process.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Process {
    /// Identifier.
    pub id: ProcessId,
    /// Its name, of the newest published version or of the first draft.
    pub name: Bilingual,
    /// Whether new deals follow it unless another is chosen.
    pub is_default: bool,
    /// The version that new deals follow; `null` before the first is published.
    pub current_version_id: Option<ProcessVersionId>,
    /// Its versions, newest first.
    pub versions: Vec<VersionSummary>,
    /// When it was created.
    pub created_at: DateTime<Utc>,
}

/// A version with everything in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProcessVersion {
    /// Identifier.
    pub id: ProcessVersionId,
    /// The process.
    pub process_id: ProcessId,
    /// Number within the process, from 1.
    pub number: i64,
    /// Whether it is in use.
    pub status: VersionStatus,
    /// What it consists of.
    pub definition: Definition,
    /// When it was published.
    pub published_at: Option<DateTime<Utc>>,
    /// Counts changes of a draft, for `If-Match`.
    pub version: i64,
}

/// What a new process begins with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"name": {"en": "Service contracts", "ru": "Сервисные контракты"}})))]
pub struct ProcessDraft {
    /// Its name.
    pub name: Bilingual,
    /// The version to copy; the reference process when absent.
    #[serde(default)]
    pub copy_of: Option<ProcessVersionId>,
}

/// A published version as rules use it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// Identifier.
    pub id: ProcessVersionId,
    /// The process.
    pub process_id: ProcessId,
    /// Number within the process, from 1.
    pub number: i64,
    /// What it consists of.
    pub definition: Definition,
    /// Its stages with the final ones.
    pub stages: Stages,
}

impl Published {
    /// Prepares a version for use.
    #[must_use]
    pub fn new(
        id: ProcessVersionId,
        process_id: ProcessId,
        number: i64,
        definition: Definition,
    ) -> Self {
        let stages = definition.to_stages();
        Self {
            id,
            process_id,
            number,
            definition,
            stages,
        }
    }
}

/// How many open deals are in a stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StageDeals {
    /// Code of the stage.
    pub stage: String,
    /// Whether the version has it.
    pub known: bool,
    /// How many.
    pub count: i64,
}

/// What publishing a version, or moving deals to it, would mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProcessPreview {
    /// In what it differs from the version before.
    pub differences: Vec<Difference>,
    /// What keeps it from being published.
    pub errors: Vec<FieldError>,
    /// The open deals that follow other versions of the process, by stage.
    pub open_deals: Vec<StageDeals>,
}

/// What became of the deals of a process that were to follow a version.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MigrationReport {
    /// How many follow it now.
    pub moved: i64,
    /// How many are in a stage that it does not have and stay as they were.
    pub left: i64,
}

text_enum! {
    /// How a version differs from another in one place.
    pub enum DifferenceKind {
        /// Only the newer has it.
        Added = "added",
        /// Only the older has it.
        Removed = "removed",
        /// Both have it, differently.
        Changed = "changed",
    }
}

/// One place in which two versions differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Difference {
    /// How they differ there.
    pub kind: DifferenceKind,
    /// The stage.
    pub stage: Bilingual,
    /// The step; `null` when it is about the stage itself.
    pub step: Option<Bilingual>,
    /// What differs: names of fields.
    pub fields: Vec<String>,
}

/// In what a newer version differs from an older one, stage by stage.
#[must_use]
pub fn differences(older: &Definition, newer: &Definition) -> Vec<Difference> {
    let mut found = Vec::new();
    for stage in &newer.stages {
        match older.stage(&stage.code) {
            None => found.push(of_stage(DifferenceKind::Added, stage, Vec::new())),
            Some(before) => in_stage(before, stage, &mut found),
        }
    }
    for stage in &older.stages {
        if newer.stage(&stage.code).is_none() {
            found.push(of_stage(DifferenceKind::Removed, stage, Vec::new()));
        }
    }
    found
}

fn of_stage(kind: DifferenceKind, stage: &StageDefinition, fields: Vec<String>) -> Difference {
    Difference {
        kind,
        stage: stage.name.clone(),
        step: None,
        fields,
    }
}

fn in_stage(before: &StageDefinition, after: &StageDefinition, found: &mut Vec<Difference>) {
    let fields = changed_fields(before, after, &["steps", "code"]);
    if !fields.is_empty() {
        found.push(of_stage(DifferenceKind::Changed, after, fields));
    }
    let mut note = |kind, step: &Bilingual, fields| {
        found.push(Difference {
            kind,
            stage: after.name.clone(),
            step: Some(step.clone()),
            fields,
        });
    };
    for step in &after.steps {
        match before.steps.iter().find(|other| other.id == step.id) {
            None => note(DifferenceKind::Added, &step.title, Vec::new()),
            Some(other) => {
                let fields = changed_fields(other, step, &["id"]);
                if !fields.is_empty() {
                    note(DifferenceKind::Changed, &step.title, fields);
                }
            }
        }
    }
    for step in &before.steps {
        if !after.steps.iter().any(|other| other.id == step.id) {
            note(DifferenceKind::Removed, &step.title, Vec::new());
        }
    }
}

fn changed_fields<T: Serialize>(before: &T, after: &T, but: &[&str]) -> Vec<String> {
    let changes = crate::event::diff(before, after);
    let fields = changes.into_iter().map(|change| change.field);
    fields
        .filter(|field| !but.contains(&field.as_str()))
        .collect()
}
