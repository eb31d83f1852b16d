//! The names of what a process is made of.

use etalon_domain::id::Ref;
use etalon_domain::process::{Bilingual, StepDefinition, StepKind, VersionSummary};
use leptos::prelude::*;

use crate::i18n::{arguments, format, language, t, t_count, t_with, words};
use crate::ui::icon;

/// A text in the reader's language.
pub(super) fn local(text: &Bilingual) -> String {
    let text = text.in_language(language());
    if text.trim().is_empty() {
        t("process-unnamed")
    } else {
        text.to_owned()
    }
}

/// The name of a field of a definition, as errors and differences name it.
pub(super) fn field(name: &str) -> String {
    words::word("process-field", &name.replace('.', "_"))
}

/// How a step is done.
pub(super) fn kind(kind: StepKind) -> String {
    words::word("process-step-kind", kind.as_str())
}

/// What a kind of step asks of a manager.
pub(super) fn kind_help(kind: StepKind) -> String {
    words::word("process-step-about", kind.as_str())
}

/// The picture of a kind of step.
pub(super) fn picture(kind: StepKind) -> AnyView {
    match kind {
        StepKind::Task => icon!("square-check"),
        StepKind::Question => icon!("circle-question-mark"),
        StepKind::Decision => icon!("split"),
        StepKind::Material => icon!("book-open"),
        StepKind::Minutes => icon!("notebook-pen"),
        StepKind::People => icon!("users"),
        StepKind::Competitors => icon!("swords"),
        StepKind::Proposal => icon!("file-text"),
        StepKind::Document => icon!("file-check"),
        StepKind::Visa => icon!("stamp"),
    }
}

/// When a step is due, counted from what comes before it.
pub(super) fn due(step: &StepDefinition) -> Option<String> {
    let days = i64::from(step.due_days?);
    Some(match (&step.after, days) {
        (Some(_), 0) => t("process-due-after-at-once"),
        (Some(_), _) => t_count("process-due-after", days),
        (None, 0) => t("process-due-at-once"),
        (None, _) => t_count("process-due", days),
    })
}

/// The name of a version.
pub(super) fn version(number: i64) -> String {
    t_with("process-version", &arguments! { "number" => number })
}

/// When a version came into use, and who brought it.
pub(super) fn published(version: &VersionSummary) -> Option<String> {
    let name = |by: &Ref| by.name.clone();
    let by = version.published_by.as_ref().map(name);
    let at = version.published_at?;
    Some(match by {
        // What ships with the product was published by nobody, at no time.
        None => t("process-shipped"),
        Some(name) => {
            let when = format::near_instant(at);
            t_with(
                "process-published-by",
                &arguments! { "when" => when, "name" => name },
            )
        }
    })
}
