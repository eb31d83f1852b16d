//! In what two definitions differ, in words.

use etalon_domain::process::{
    Bilingual, Definition, Difference, DifferenceKind, StageDefinition, differences, field_name,
};
use leptos::prelude::*;

use super::words::{field, local};
use crate::i18n::{arguments, language, t, t_with};
use crate::ui::{EmptyState, icon};

/// One difference: how, and a sentence about it.
type Sentence = (DifferenceKind, String);

/// In what a newer definition differs from an older one, a sentence each.
pub(super) fn sentences(older: &Definition, newer: &Definition) -> Vec<Sentence> {
    let mut found = of_whole(older, newer);
    found.extend(
        differences(older, newer)
            .into_iter()
            .map(|one| (one.kind, said(&one))),
    );
    found
}

fn said(difference: &Difference) -> String {
    let what = if difference.step.is_some() {
        "step"
    } else {
        "stage"
    };
    let names: Vec<String> = difference.fields.iter().map(|name| field(name)).collect();
    let step = difference.step.as_ref().map(local).unwrap_or_default();
    let arguments = arguments! {
        "stage" => local(&difference.stage),
        "step" => step,
        "fields" => names.join(", "),
    };
    let id = format!("process-difference-{what}-{}", difference.kind.as_str());
    t_with(&id, &arguments)
}

/// What is not about one stage: the name, the types of need, who may pass, the order.
fn of_whole(older: &Definition, newer: &Definition) -> Vec<Sentence> {
    let mut fields = Vec::new();
    if older.name != newer.name {
        fields.push(field("name"));
    }
    if older.need_types != newer.need_types {
        fields.push(field("need_types"));
    }
    if older.override_roles != newer.override_roles {
        fields.push(field("override_roles"));
    }
    let mut found = Vec::new();
    if !fields.is_empty() {
        let arguments = arguments! { "fields" => fields.join(", ") };
        let text = t_with("process-difference-whole", &arguments);
        found.push((DifferenceKind::Changed, text));
    }
    let codes = |d: &Definition| d.stages.iter().map(|s| s.code.clone()).collect::<Vec<_>>();
    if is_reordered(&codes(older), &codes(newer)) {
        found.push((DifferenceKind::Changed, t("process-difference-stage-order")));
    }
    let steps =
        |stage: &StageDefinition| stage.steps.iter().map(|s| s.id.clone()).collect::<Vec<_>>();
    for stage in &newer.stages {
        let before = older.stage(&stage.code);
        if before.is_some_and(|before| is_reordered(&steps(before), &steps(stage))) {
            let arguments = arguments! { "stage" => local(&stage.name) };
            let text = t_with("process-difference-step-order", &arguments);
            found.push((DifferenceKind::Changed, text));
        }
    }
    found
}

/// Whether what both have stands in another order.
fn is_reordered(older: &[String], newer: &[String]) -> bool {
    let kept = older.iter().filter(|code| newer.contains(code));
    let now = newer.iter().filter(|code| older.contains(code));
    kept.ne(now)
}

/// What a stage asks for that it did not ask for before: those of its deals that lack it are held up.
pub(super) fn newly_asked(before: &StageDefinition, after: &StageDefinition) -> Vec<Bilingual> {
    let was_asked = |id: &str| {
        before
            .steps
            .iter()
            .any(|step| step.id == id && step.mandatory)
    };
    let steps = after
        .steps
        .iter()
        .filter(|step| step.mandatory && !was_asked(&step.id));
    let fields = (after.required_fields.iter()).filter(|f| !before.required_fields.contains(f));
    steps
        .map(|step| step.title.clone())
        .chain(fields.map(|field| field_name(field)))
        .collect()
}

/// Differences as a list.
pub(super) fn difference_list(found: Vec<Sentence>) -> AnyView {
    let items = found.into_iter().map(|(kind, text)| {
        let (class, picture) = match kind {
            DifferenceKind::Added => ("process-added", icon!("plus")),
            DifferenceKind::Removed => ("process-removed", icon!("minus")),
            DifferenceKind::Changed => ("process-changed", icon!("pencil")),
        };
        view! {
            <li class=class>
                {picture}
                <span>{text}</span>
            </li>
        }
    });
    view! { <ul class="process-differences">{items.collect_view()}</ul> }.into_any()
}

/// In what a draft differs from the version in use.
#[component]
pub(super) fn Changes(
    /// The version in use; `None` before the first is published.
    in_use: Option<Definition>,
    /// The draft.
    definition: Signal<Definition>,
) -> impl IntoView {
    let Some(in_use) = in_use else {
        return view! {
            <EmptyState
                picture=icon!("sparkles")
                title=t("process-changes-first-title")
                text=t("process-changes-first-text")
            />
        }
        .into_any();
    };
    let content = move || {
        let found = definition.with(|newer| sentences(&in_use, newer));
        if found.is_empty() {
            return view! {
                <EmptyState
                    picture=icon!("equal")
                    title=t("process-changes-none-title")
                    text=t("process-changes-none-text")
                />
            }
            .into_any();
        }
        difference_list(found)
    };
    view! { <div class="process-body">{content}</div> }.into_any()
}

/// Texts of the process in the reader's language, joined.
pub(super) fn joined(texts: &[Bilingual]) -> String {
    let texts: Vec<&str> = texts
        .iter()
        .map(|text| text.in_language(language()))
        .collect();
    texts.join("; ")
}

#[cfg(test)]
mod tests {
    use etalon_domain::process::StepKind;

    use super::*;
    use crate::settings::processes::edit::{new_stage, new_step};

    fn named(text: &str) -> Bilingual {
        Bilingual {
            en: text.to_owned(),
            ru: text.to_owned(),
        }
    }

    #[test]
    fn an_order_is_changed_by_moving_only() {
        let codes = |codes: &[&str]| codes.iter().map(|c| (*c).to_owned()).collect::<Vec<_>>();
        assert!(!is_reordered(&codes(&["a", "b"]), &codes(&["a", "x", "b"])));
        assert!(!is_reordered(&codes(&["a", "b", "c"]), &codes(&["a", "c"])));
        assert!(is_reordered(&codes(&["a", "b"]), &codes(&["b", "a"])));
    }

    #[test]
    fn what_is_asked_anew_is_what_was_not_mandatory_before() {
        let step = |id: &str, mandatory| new_step(id.into(), StepKind::Task, named(id), mandatory);
        let mut before = new_stage("needs".into(), named("Needs"), None);
        before.steps = vec![step("kept", true), step("tightened", false)];
        let mut after = before.clone();
        after.steps[1].mandatory = true;
        after.steps.push(step("optional", false));
        after.steps.push(step("added", true));
        after.required_fields.push("amount".into());
        let asked: Vec<String> = newly_asked(&before, &after)
            .into_iter()
            .map(|t| t.en)
            .collect();
        assert_eq!(asked, ["tightened", "added", "Amount"]);
    }
}
