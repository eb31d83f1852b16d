//! The words of imports in the reader's language.

use etalon_domain::error::ErrorCode;
use etalon_domain::import::{
    ImportField, ImportKind, ImportProblem, ImportStatus, ImportedRecord, Severity,
};
use leptos::prelude::*;

use crate::i18n::{arguments, t, t_with, words};
use crate::ui::{Badge, Tone, icon};

/// What the rows of a file are.
pub(super) fn kind(kind: ImportKind) -> String {
    words::word("import-kind", kind.as_str())
}

/// To what a column leads.
pub(super) fn field(field: ImportField) -> String {
    words::word("import-field", field.as_str())
}

/// A kind of record that rows mention.
pub(super) fn record(record: ImportedRecord) -> String {
    words::word("import-record", record.as_str())
}

/// What is wrong, in one sentence. Equal remarks are told once with their number.
pub(super) fn problem(problem: &ImportProblem) -> String {
    let sentence = words::word("import-problem", problem.code.as_str());
    if problem.count > 1 {
        let count = crate::i18n::format::number(problem.count);
        t_with(
            "import-problem-times",
            &arguments! { "sentence" => sentence, "count" => count },
        )
    } else {
        sentence
    }
}

/// Why an import stopped. What was imported before it did stays, which the general texts do not say.
pub(super) fn stopped(code: Option<ErrorCode>) -> String {
    match code {
        None | Some(ErrorCode::Internal | ErrorCode::Unavailable) => t("import-stopped-internal"),
        Some(ErrorCode::Forbidden) => t("import-stopped-forbidden"),
        Some(code) => words::error(code),
    }
}

/// Where an import stands, as a small label.
pub(super) fn status(status: ImportStatus) -> AnyView {
    let tone = match status {
        ImportStatus::Draft => Tone::Neutral,
        ImportStatus::Queued | ImportStatus::Running | ImportStatus::Checked => Tone::Info,
        ImportStatus::Done => Tone::Success,
        ImportStatus::Failed => Tone::Danger,
    };
    let name = words::word("import-status", status.as_str());
    view! { <Badge tone>{name}</Badge> }.into_any()
}

/// How much a problem matters, as a picture with its name.
pub(super) fn severity(severity: Severity) -> AnyView {
    let name = t(severity_name(severity));
    let (picture, class) = match severity {
        Severity::Error => (icon!("circle-x"), "severity text-error"),
        Severity::Warning => (icon!("triangle-alert"), "severity text-warning"),
        Severity::Note => (icon!("info"), "severity text-info"),
    };
    view! {
        <span class=class>
            {picture}
            <span>{name}</span>
        </span>
    }
    .into_any()
}

/// The name of how much a problem matters, as an identifier of a text.
pub(super) const fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "import-severity-error",
        Severity::Warning => "import-severity-warning",
        Severity::Note => "import-severity-note",
    }
}
