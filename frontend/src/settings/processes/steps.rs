//! The steps of a stage of a draft: their order, and the one that is open to be changed.

use etalon_domain::process::{Definition, StepDefinition};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::add::{AddDialog, Adding, focus_soon};
use super::columns::{move_labels, tell};
use super::draft::Draft;
use super::edit::{Taken, shift, stage_mut};
use super::fields::Movers;
use super::place::{OfStep, Place};
use super::step_form::StepForm;
use super::words::{due, kind, local, picture};
use crate::address::{Changes, use_changes, use_value};
use crate::i18n::{arguments, t, t_count, t_with};
use crate::ui::{Badge, Button, IconButton, icon, toast};

/// The list of steps.
#[component]
pub(super) fn Steps(
    /// The draft.
    draft: Draft,
    /// Code of the stage.
    stage: String,
    /// The version in use.
    in_use: Option<Definition>,
) -> impl IntoView {
    let changes = use_changes();
    let opened = use_value("step");
    let adding = RwSignal::new(false);
    let ids = {
        let stage = stage.clone();
        Memo::new(move |_| {
            draft.definition.with(|d| {
                let steps = d.stage(&stage).map(|stage| stage.steps.iter());
                steps
                    .into_iter()
                    .flatten()
                    .map(|step| step.id.clone())
                    .collect::<Vec<_>>()
            })
        })
    };
    let list = Listed {
        draft,
        stage: StoredValue::new(stage.clone()),
        ids,
        opened,
        changes,
    };
    let dialog = move || {
        let done = Callback::new(move |id: String| {
            changes.apply(&[("step", Some(&id))]);
            focus_soon(OfStep(id).input("due_days"));
        });
        adding.get().then(|| {
            view! {
                <AddDialog
                    adding=Adding::Step(stage.clone())
                    draft
                    in_use=in_use.clone()
                    done
                    on_close=Callback::new(move |()| adding.set(false))
                />
            }
        })
    };
    view! {
        <section class="process-part" aria-labelledby="process-steps">
            <h3 id="process-steps">{t("process-field-steps")}</h3>
            <p class="text-soft">{t("process-steps-text")}</p>
            <ol class="process-steps">
                <For each=move || ids.get() key=String::clone children=move |id| row(list, id) />
            </ol>
            {move || {
                ids.with(Vec::is_empty)
                    .then(|| view! { <p class="text-faint">{t("process-steps-none")}</p> })
            }}
            <div>
                <Button on_press=move |()| adding.set(true)>
                    {icon!("plus")}
                    {t("process-step-add")}
                </Button>
            </div>
        </section>
        {dialog}
    }
    .into_any()
}

/// What all rows know.
#[derive(Clone, Copy)]
struct Listed {
    draft: Draft,
    stage: StoredValue<String>,
    ids: Memo<Vec<String>>,
    opened: Memo<Option<String>>,
    changes: Changes,
}

impl Listed {
    fn shift(self, id: &str, down: bool, name: &str) {
        let mut place = None;
        self.draft.change(|d| {
            let stage = self.stage.with_value(|code| stage_mut(d, code));
            place = stage.and_then(|stage| shift(&mut stage.steps, |step| step.id == id, down));
        });
        tell(self.draft, place, name);
    }

    fn remove(self, id: &str, name: String) {
        let (draft, code) = (self.draft, self.stage.get_value());
        let mut taken = None;
        draft.change(|d| {
            taken = stage_mut(d, &code)
                .and_then(|stage| Taken::from(&mut stage.steps, |step| step.id == id));
        });
        let Some(taken) = taken else { return };
        let text = t_with("process-removed", &arguments! { "name" => name });
        toast::done_with_undo(text, move || {
            draft.change(|d| {
                if let Some(stage) = stage_mut(d, &code) {
                    taken.clone().put_back(&mut stage.steps);
                }
            });
        });
    }
}

fn row(list: Listed, id: String) -> AnyView {
    let Listed {
        draft,
        ids,
        opened,
        changes,
        ..
    } = list;
    let place = OfStep(id.clone());
    let step = {
        let place = place.clone();
        Memo::new(move |_| draft.definition.with(|d| place.find(d).cloned()))
    };
    let name = Memo::new(move |_| {
        step.with(|step| {
            step.as_ref()
                .map(|step| local(&step.title))
                .unwrap_or_default()
        })
    });
    let is_open = {
        let id = id.clone();
        Memo::new(move |_| opened.with(|opened| opened.as_deref() == Some(id.as_str())))
    };
    let at = {
        let id = id.clone();
        Memo::new(move |_| {
            ids.with(|ids| ids.iter().position(|each| *each == id))
                .unwrap_or(0)
        })
    };
    let last = Memo::new(move |_| ids.with(|ids| at.get() + 1 >= ids.len()));
    let href = {
        let id = id.clone();
        move || {
            let target = (!is_open.get()).then_some(id.as_str());
            changes.href(&[("step", target)])
        }
    };
    let key = format!("move-{}", place.key());
    let link = format!("open-{}", place.key());
    let by_key = {
        let (id, link) = (id.clone(), link.clone());
        move |event: KeyboardEvent| {
            let down = match event.key().as_str() {
                "ArrowDown" => true,
                "ArrowUp" => false,
                _ => return,
            };
            if event.alt_key() {
                event.prevent_default();
                list.shift(&id, down, &name.get_untracked());
                focus_soon(link.clone());
            }
        }
    };
    let on_move = {
        let (id, key) = (id.clone(), key.clone());
        Callback::new(move |down: bool| {
            list.shift(&id, down, &name.get_untracked());
            focus_soon(format!("{key}-{}", if down { "down" } else { "up" }));
        })
    };
    let (up_label, down_label) = move_labels(name.into());
    let remove_label = Signal::derive(move || {
        t_with("process-remove-named", &arguments! { "name" => name.get() })
    });
    let remove = {
        let id = id.clone();
        move |()| list.remove(&id, name.get_untracked())
    };
    let wrong = {
        let place = place.clone();
        move || {
            let count = draft.errors_in(&place) as i64;
            (count > 0).then(|| {
                view! { <Badge tone=crate::ui::Tone::Warning>{icon!("circle-alert")} {t_count("process-wrong", count)}</Badge> }
            })
        }
    };
    let form = move || {
        let id = id.clone();
        is_open.get().then(|| view! { <StepForm draft id /> })
    };
    view! {
        <li class="process-step" class:is-open=move || is_open.get()>
            <div class="process-step-row">
                <a
                    id=link
                    class="process-step-link"
                    href=href
                    aria-expanded=move || is_open.get().to_string()
                    aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
                    on:keydown=by_key
                >
                    {move || step.get().map(|step| glance(&step))}
                    {wrong}
                </a>
                <Movers up_label down_label key first=Signal::derive(move || at.get() == 0) last on_move />
                <IconButton label=remove_label on_press=remove>
                    {icon!("trash-2")}
                </IconButton>
            </div>
            {form}
        </li>
    }
    .into_any()
}

/// A step in a line: its kind, what is to be done, when, and whether it must be.
pub(super) fn glance(step: &StepDefinition) -> AnyView {
    let mut under = vec![kind(step.kind)];
    under.extend(due(step));
    view! {
        <span class="process-step-picture">{picture(step.kind)}</span>
        <span class="process-step-name">
            <span>{local(&step.title)}</span>
            <span class="text-soft">{under.join(" · ")}</span>
        </span>
        {step.mandatory.then(|| view! { <Badge>{icon!("lock")} {t("process-mandatory")}</Badge> })}
    }
    .into_any()
}
