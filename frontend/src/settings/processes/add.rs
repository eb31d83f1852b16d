//! Adding a stage, a step or a type of need to a draft: its name in both languages comes first, so that
//! its code can be made of it.

use etalon_domain::error::{FieldCode, FieldError};
use etalon_domain::process::{Bilingual, Definition, NeedType, StepKind};
use leptos::prelude::*;

use super::draft::Draft;
use super::edit;
use super::words::{kind, kind_help};
use crate::i18n::t;
use crate::ui::{Checkbox, Choice, Form, FormPanel, FormPlace, SelectField, TextField, dom};

/// What is entered of a thing that gets a name.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Named {
    /// The name in English.
    pub english: String,
    /// The name in Russian.
    pub russian: String,
    /// What else is chosen.
    pub choice: String,
    /// Whether a step must be done.
    pub mandatory: bool,
}

impl Named {
    /// The name in both languages.
    pub(super) fn name(&self) -> Bilingual {
        Bilingual {
            en: self.english.trim().to_owned(),
            ru: self.russian.trim().to_owned(),
        }
    }

    /// Both languages are needed, each not longer than a name may be.
    pub(super) fn check(&self) -> Vec<FieldError> {
        let texts = [("english", &self.english), ("russian", &self.russian)];
        let wrong = texts.into_iter().filter_map(|(field, text)| {
            if text.trim().is_empty() {
                Some(FieldError::required(field))
            } else if text.chars().count() > 120 {
                Some(FieldError::new(field, FieldCode::TooLong, ""))
            } else {
                None
            }
        });
        wrong.collect()
    }
}

/// The inputs of the name, with these labels.
pub(super) fn names(form: Form<Named>, labels: [&'static str; 2]) -> AnyView {
    let english = form.field(
        "english",
        |d: &Named| d.english.clone(),
        |d, v| d.english = v,
    );
    let russian = form.field(
        "russian",
        |d: &Named| d.russian.clone(),
        |d, v| d.russian = v,
    );
    form.call("english", labels[0]);
    form.call("russian", labels[1]);
    view! {
        <TextField bound=english label=t(labels[0]) required=true autofocus=true />
        <TextField bound=russian label=t(labels[1]) required=true />
    }
    .into_any()
}

/// What is to be added.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Adding {
    /// A stage, at the end.
    Stage,
    /// A step, at the end of the stage with this code.
    Step(String),
    /// A type of need.
    Need,
}

/// The dialog that adds something to a draft. `done` learns the code of what was added.
#[component]
pub(super) fn AddDialog(
    /// What is to be added.
    adding: Adding,
    /// The draft.
    draft: Draft,
    /// The version in use, whose codes are not used for something else.
    in_use: Option<Definition>,
    /// It was added, under this code.
    done: Callback<String>,
    /// Leaves.
    on_close: Callback<()>,
) -> impl IntoView {
    let form = Form::new(Named {
        choice: StepKind::Question.to_string(),
        ..Named::default()
    });
    let (title, verb, labels) = match adding {
        Adding::Stage => (
            "process-stage-new",
            "process-stage-add",
            ["process-field-name-en", "process-field-name-ru"],
        ),
        Adding::Step(_) => (
            "process-step-new",
            "process-step-add",
            ["process-field-title-en", "process-field-title-ru"],
        ),
        Adding::Need => (
            "process-need-new",
            "process-need-add",
            ["process-field-name-en", "process-field-name-ru"],
        ),
    };
    let more = matches!(adding, Adding::Step(_)).then(|| step_fields(form));
    let submit = move |()| {
        let errors = form.draft.with_untracked(Named::check);
        if !errors.is_empty() {
            form.show_errors(errors);
            return;
        }
        let entered = form.draft.get_untracked();
        let code = add(draft, &adding, &entered, in_use.as_ref());
        on_close.run(());
        done.run(code);
    };
    view! {
        <FormPanel
            title=t(title)
            form
            submit=t(verb)
            on_submit=submit
            on_close
            place=FormPlace::Dialog
        >
            {names(form, labels)}
            {more}
        </FormPanel>
    }
    .into_any()
}

fn step_fields(form: Form<Named>) -> AnyView {
    let bound = form.field("kind", |d: &Named| d.choice.clone(), |d, v| d.choice = v);
    let mandatory = form.field("mandatory", |d: &Named| d.mandatory, |d, v| d.mandatory = v);
    let about = move || form.draft.with(|d| d.choice.parse().ok().map(kind_help));
    view! {
        <div>
            <SelectField bound label=t("process-field-kind") choices=kinds() />
            <p class="field-help">{about}</p>
        </div>
        <Checkbox
            bound=mandatory
            label=t("process-field-mandatory")
            help=t("process-mandatory-help")
        />
    }
    .into_any()
}

/// The kinds of steps to choose from.
pub(super) fn kinds() -> Vec<Choice> {
    (StepKind::ALL.iter())
        .map(|each| Choice::new(each.as_str(), kind(*each)))
        .collect()
}

/// Adds what was entered, and says under which code.
fn add(draft: Draft, adding: &Adding, entered: &Named, in_use: Option<&Definition>) -> String {
    let name = entered.name();
    let present = draft.definition.get_untracked();
    let known = || std::iter::once(&present).chain(in_use);
    match adding {
        Adding::Stage => {
            let code = edit::code_of(&name.en, "stage", &edit::stage_codes(known()));
            let stage = edit::new_stage(code.clone(), name, present.stages.last());
            draft.change(|d| d.stages.push(stage));
            code
        }
        Adding::Step(stage) => {
            let id = edit::code_of(&name.en, "step", &edit::step_ids(known()));
            let kind = entered.choice.parse().unwrap_or(StepKind::Question);
            let step = edit::new_step(id.clone(), kind, name, entered.mandatory);
            draft.change(|d| {
                if let Some(stage) = edit::stage_mut(d, stage) {
                    stage.steps.push(step);
                }
            });
            id
        }
        Adding::Need => {
            let code = edit::code_of(&name.en, "need", &edit::need_codes(known()));
            let need = NeedType {
                code: code.clone(),
                name,
            };
            draft.change(|d| d.need_types.push(need));
            code
        }
    }
}

/// Moves the focus to an input of the draft, once it is on the page.
pub(super) fn focus_soon(id: String) {
    request_animation_frame(move || {
        request_animation_frame(move || dom::focus(&id));
    });
}
