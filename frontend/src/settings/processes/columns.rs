//! The stages of a process at the left, what is chosen of them at the right.

use etalon_domain::process::{Definition, StageDefinition};
use leptos::prelude::*;

use super::add::{AddDialog, Adding, focus_soon};
use super::draft::Draft;
use super::edit::shift;
use super::fields::Movers;
use super::place::{OfStage, Place};
use super::words::local;
use crate::address::{Changes, use_changes, use_value};
use crate::i18n::{arguments, format, t, t_count, t_with};
use crate::ui::{Button, icon};

/// Which stage is shown at the right; `None` is the process as a whole. A code that is not there
/// counts as none.
pub(super) fn use_stage(definition: Signal<Definition>) -> Memo<Option<String>> {
    let named = use_value("stage");
    Memo::new(move |_| {
        named
            .get()
            .filter(|code| definition.with(|d| d.stage(code).is_some()))
    })
}

/// The two columns. With a draft the stages can be moved and added.
#[component]
pub(super) fn Columns(
    /// What is shown.
    definition: Signal<Definition>,
    /// The draft, when it can be changed.
    #[prop(optional_no_strip)]
    draft: Option<Draft>,
    /// The version in use.
    #[prop(optional_no_strip)]
    in_use: Option<Definition>,
    /// What the entry above the stages is called; without a name there is none.
    #[prop(optional)]
    whole: Option<&'static str>,
    /// Draws the chosen stage, or the process as a whole.
    show: Callback<Option<String>, AnyView>,
) -> impl IntoView {
    let changes = use_changes();
    let named = use_stage(definition);
    let first =
        Memo::new(move |_| definition.with(|d| d.stages.first().map(|stage| stage.code.clone())));
    let chosen = Memo::new(move |_| match whole {
        Some(_) => named.get(),
        None => named.get().or_else(|| first.get()),
    });
    let adding = RwSignal::new(false);
    let codes = Memo::new(move |_| {
        definition.with(|d| d.stages.iter().map(|s| s.code.clone()).collect::<Vec<_>>())
    });
    let whole_entry = whole.map(|label| {
        let href = move || changes.href(&[("stage", None), ("step", None)]);
        let current = move || chosen.with(Option::is_none).then_some("true");
        view! {
            <li class="process-stage">
                <a class="process-stage-link" href=href aria-current=current>
                    <span class="process-stage-place">{icon!("settings-2")}</span>
                    <span class="process-stage-name">{t(label)}</span>
                </a>
            </li>
        }
    });
    let dialog = move || {
        let draft = draft.filter(|_| adding.get())?;
        let done = Callback::new(move |code: String| {
            changes.apply(&[("stage", Some(&code)), ("step", None)]);
            focus_soon(OfStage(code).input("guidance.en"));
        });
        Some(view! {
            <AddDialog
                adding=Adding::Stage
                draft
                in_use=in_use.clone()
                done
                on_close=Callback::new(move |()| adding.set(false))
            />
        })
    };
    view! {
        <div class="process-columns" class:has-stage=move || named.with(Option::is_some)>
            <nav class="process-stages" aria-label=t("process-stages")>
                <ol>
                    {whole_entry}
                    <For
                        each=move || codes.get()
                        key=String::clone
                        children=move |code| entry(code, definition, draft, chosen, changes)
                    />
                </ol>
                {draft
                    .map(|_| {
                        view! {
                            <Button on_press=move |()| adding.set(true)>
                                {icon!("plus")}
                                {t("process-stage-add")}
                            </Button>
                        }
                    })}
            </nav>
            <div class="process-chosen">
                <a
                    class="process-back"
                    href=move || changes.href(&[("stage", None), ("step", None)])
                >
                    {icon!("chevron-left")}
                    {t("process-all-stages")}
                </a>
                {move || show.run(chosen.get())}
            </div>
        </div>
        {dialog}
        {draft
            .map(|draft| {
                view! {
                    <p class="sr-only" role="status" aria-live="polite">
                        {move || draft.told.get()}
                    </p>
                }
            })}
    }
    .into_any()
}

fn entry(
    code: String,
    definition: Signal<Definition>,
    draft: Option<Draft>,
    chosen: Memo<Option<String>>,
    changes: Changes,
) -> AnyView {
    let at = Memo::new({
        let code = code.clone();
        move |_| definition.with(|d| d.index(&code)).unwrap_or_default()
    });
    let read = {
        let code = code.clone();
        move |read: fn(&StageDefinition) -> String| {
            let code = code.clone();
            Memo::new(move |_| definition.with(|d| d.stage(&code).map(read).unwrap_or_default()))
        }
    };
    let name = read(|stage| local(&stage.name));
    let under = read(|stage| {
        let steps = t_count("process-steps-count", stage.steps.len() as i64);
        format!("{} · {steps}", format::percent(stage.probability))
    });
    let href = {
        let code = code.clone();
        move || changes.href(&[("stage", Some(&code)), ("step", None)])
    };
    let current = {
        let code = code.clone();
        move || {
            chosen
                .with(|chosen| chosen.as_ref() == Some(&code))
                .then_some("true")
        }
    };
    let wrong = draft.map(|draft| {
        let place = OfStage(code.clone());
        move || {
            let count = draft.errors_in(&place) as i64;
            (count > 0).then(|| {
                let label = t_count("process-wrong", count);
                let title = label.clone();
                view! {
                    <span class="process-wrong" title=title>
                        {icon!("circle-alert")}
                        <span class="sr-only">{label}</span>
                    </span>
                }
            })
        }
    });
    let movers = draft.map(|draft| movers(draft, code, name, at, definition));
    view! {
        <li class="process-stage">
            <a class="process-stage-link" href=href aria-current=current>
                <span class="process-stage-place tabular-nums">{move || at.get() + 1}</span>
                <span class="process-stage-name">
                    <span class="truncate">{move || name.get()}</span>
                    <span class="text-soft">{move || under.get()}</span>
                </span>
                {wrong}
            </a>
            {movers}
        </li>
    }
    .into_any()
}

fn movers(
    draft: Draft,
    code: String,
    name: Memo<String>,
    at: Memo<usize>,
    definition: Signal<Definition>,
) -> AnyView {
    let key = format!("move-{}", OfStage(code.clone()).key());
    let (up_label, down_label) = move_labels(name.into());
    let last = Memo::new(move |_| definition.with(|d| at.get() + 1 >= d.stages.len()));
    let on_move = {
        let key = key.clone();
        Callback::new(move |down: bool| {
            let mut place = None;
            draft.change(|d| place = shift(&mut d.stages, |s| s.code == code, down));
            tell(draft, place, &name.get_untracked());
            focus_soon(format!("{key}-{}", if down { "down" } else { "up" }));
        })
    };
    view! {
        <Movers
            up_label
            down_label
            key
            first=Signal::derive(move || at.get() == 0)
            last
            on_move
        />
    }
    .into_any()
}

/// The names of the two buttons that move a thing.
pub(super) fn move_labels(name: Signal<String>) -> (Signal<String>, Signal<String>) {
    let label = move |id: &'static str| {
        Signal::derive(move || t_with(id, &arguments! { "name" => name.get() }))
    };
    (label("process-up"), label("process-down"))
}

/// Says to those who do not see it where something was moved.
pub(super) fn tell(draft: Draft, place: Option<usize>, name: &str) {
    if let Some(place) = place {
        let arguments = arguments! { "name" => name.to_owned(), "place" => place + 1 };
        draft.told.set(t_with("process-moved-to", &arguments));
    }
}
