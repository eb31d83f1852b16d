//! Where in a draft something is wrong, in words and as a place to go to.

use etalon_domain::error::FieldError;
use etalon_domain::process::Definition;
use leptos::prelude::*;

use super::add::focus_soon;
use super::draft::Draft;
use super::place::{OfNeed, OfStage, OfStep, Place, Whole};
use super::words::{field, local};
use crate::address::use_changes;
use crate::i18n::{t_count, words};
use crate::ui::icon;

/// The place that an error is about.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Spot {
    /// The stage.
    pub stage: Option<String>,
    /// The step in it.
    pub step: Option<String>,
    /// The identifier of the input.
    pub input: String,
    /// Where it is: the names of the stage and of the step.
    pub names: Vec<String>,
    /// The field.
    pub field: String,
}

/// Finds the place of an error such as `stages.2.steps.1.title.en`.
pub(super) fn spot(definition: &Definition, path: &str) -> Option<Spot> {
    let whole = |field: &str| Spot {
        stage: None,
        step: None,
        input: Whole.input(field),
        names: Vec::new(),
        field: field.to_owned(),
    };
    if let Some(rest) = path.strip_prefix("need_types.") {
        let (at, field) = rest.split_once('.')?;
        let need = definition.need_types.get(at.parse::<usize>().ok()?)?;
        return Some(Spot {
            input: OfNeed(need.code.clone()).input(field),
            names: vec![local(&need.name)],
            ..whole(field)
        });
    }
    let Some(rest) = path.strip_prefix("stages.") else {
        return Some(whole(without_number(path)));
    };
    let (at, rest) = rest.split_once('.')?;
    let stage = definition.stages.get(at.parse::<usize>().ok()?)?;
    let in_stage = |field: &str| Spot {
        stage: Some(stage.code.clone()),
        input: OfStage(stage.code.clone()).input(field),
        names: vec![local(&stage.name)],
        ..whole(field)
    };
    let Some(rest) = rest.strip_prefix("steps.") else {
        return Some(in_stage(without_number(rest)));
    };
    let (at, field) = rest.split_once('.')?;
    let step = stage.steps.get(at.parse::<usize>().ok()?)?;
    let field = without_number(field);
    Some(Spot {
        step: Some(step.id.clone()),
        input: OfStep(step.id.clone()).input(field),
        names: vec![local(&stage.name), local(&step.title)],
        ..in_stage(field)
    })
}

/// The name of a list without the place in it: `transitions.3` is about `transitions`.
fn without_number(field: &str) -> &str {
    match field.rsplit_once('.') {
        Some((list, at)) if at.bytes().all(|b| b.is_ascii_digit()) => list,
        _ => field,
    }
}

/// What keeps a draft from being published, each with the way to mend it.
#[component]
pub(super) fn Troubles(
    /// The draft.
    draft: Draft,
    /// Whether the list is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let changes = use_changes();
    let go = move |spot: Spot| {
        changes.apply(&[
            ("view", None),
            ("stage", spot.stage.as_deref()),
            ("step", spot.step.as_deref()),
        ]);
        focus_soon(spot.input);
    };
    let line = move |error: FieldError| {
        let spot = draft.definition.with_untracked(|d| spot(d, &error.field))?;
        let mut text = spot.names.clone();
        text.push(field(&spot.field));
        let text = format!("{}: {}", text.join(" → "), words::field_error(error.code));
        Some(view! {
            <li>
                <button type="button" class="link-quiet" on:click=move |_| go(spot.clone())>
                    {text}
                </button>
            </li>
        })
    };
    let count = move || t_count("process-troubles", draft.errors.with(Vec::len) as i64);
    let lines = move || {
        draft
            .errors
            .get()
            .into_iter()
            .filter_map(line)
            .collect_view()
    };
    let is_wrong = Memo::new(move |_| !draft.errors.with(Vec::is_empty));
    view! {
        <Show when=move || is_wrong.get()>
            <details
                class="notice notice-warning process-troubles"
                prop:open=move || open.get()
                on:toggle=move |event| {
                    let details = event_target::<web_sys::HtmlDetailsElement>(&event);
                    open.set(details.open());
                }
            >
                <summary id=TROUBLES>
                    {icon!("triangle-alert")}
                    <span>{count}</span>
                </summary>
                <ul>{lines}</ul>
            </details>
        </Show>
    }
    .into_any()
}

/// Identifier of the head of the list of what is wrong.
pub(super) const TROUBLES: &str = "process-troubles";

#[cfg(test)]
mod tests {
    use super::*;

    fn definition() -> Definition {
        let json = serde_json::json!({
            "name": {"en": "A", "ru": "А"},
            "need_types": [{"code": "service", "name": {"en": "Service", "ru": "Сервис"}}],
            "stages": [{
                "code": "needs", "name": {"en": "Needs", "ru": "Нужды"},
                "probability": 10, "forecast_category": "pipeline",
                "steps": [{"id": "ask", "kind": "question", "title": {"en": "Ask", "ru": "Спросить"}}]
            }]
        });
        serde_json::from_value(json).unwrap()
    }

    fn input(path: &str) -> Option<(Option<String>, Option<String>, String)> {
        let spot = spot(&definition(), path)?;
        Some((spot.stage, spot.step, spot.input))
    }

    #[test]
    fn every_error_leads_to_its_input() {
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(
            input("name.ru"),
            Some((None, None, "process-whole-name-ru".into()))
        );
        assert_eq!(
            input("need_types.0.name.en"),
            Some((None, None, "process-need-service-name-en".into()))
        );
        assert_eq!(
            input("stages.0.transitions.2"),
            Some((
                text("needs"),
                None,
                "process-stage-needs-transitions".into()
            ))
        );
        assert_eq!(
            input("stages.0.steps.0.need_types.1"),
            Some((
                text("needs"),
                text("ask"),
                "process-step-ask-need-types".into()
            ))
        );
        assert_eq!(input("stages.7.name.en"), None);
    }
}
