//! What one does with a draft as a whole: save, publish, throw away.

use etalon_domain::endpoint::{DeleteProcessDraft, ReplaceProcessDraft};
use etalon_domain::error::FieldError;
use etalon_domain::process::{Definition, Process};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::KINDS;
use super::add::focus_soon;
use super::changes::{difference_list, sentences};
use super::draft::Draft;
use super::page::Over;
use super::publish::Publishing;
use super::spots::TROUBLES;
use super::words::version;
use crate::address::use_go;
use crate::api;
use crate::i18n::{t, t_count};
use crate::query::invalidate;
use crate::routes::paths;
use crate::ui::{Badge, Button, Confirm, Dialog, Look, Tone, icon, toast};

/// Which draft it is, and what one does with it.
#[component]
pub(super) fn DraftBar(
    /// The draft.
    draft: Draft,
    /// The process.
    process: Signal<Process>,
    /// Number of the version that it will be.
    number: i64,
    /// The version in use.
    in_use: Option<Definition>,
    /// Whether the list of what is wrong is open.
    troubles_open: RwSignal<bool>,
    /// What lies over the page.
    over: RwSignal<Over>,
) -> impl IntoView {
    let show_troubles = move || {
        troubles_open.set(true);
        focus_soon(TROUBLES.to_owned());
    };
    let ask = Callback::new(move |()| {
        let refused = Callback::new(move |errors: Vec<FieldError>| {
            draft.refuse(errors);
            show_troubles();
        });
        over.set(Over::Publish(Box::new(Publishing {
            process: process.with_untracked(|process| process.id.to_string()),
            version: draft.version(),
            number,
            before: in_use.clone(),
            after: draft.definition.get_untracked(),
            deals: process.with_untracked(|process| {
                process.versions.iter().map(|each| each.open_deals).sum()
            }),
            refused,
        })));
    });
    let publish = move |()| {
        if draft.errors.with_untracked(|errors| !errors.is_empty()) {
            show_troubles();
        } else if draft.dirty.get_untracked() {
            draft.save(Some(ask));
        } else {
            ask.run(());
        }
    };
    view! {
        <div class="process-bar">
            <p class="process-bar-text">
                <Badge tone=Tone::Info>{icon!("pencil")} {t("process-draft")}</Badge>
                {version(number)}
                <span class="text-soft">{t("process-draft-text")}</span>
            </p>
            <DiscardButton draft process />
            <Button look=Look::Primary busy=draft.busy on_press=publish>
                {icon!("rocket")}
                {t("process-publish")}
            </Button>
        </div>
    }
    .into_any()
}

/// Throws the draft away: with a way back, unless the process consists of nothing else.
#[component]
fn DiscardButton(draft: Draft, process: Signal<Process>) -> impl IntoView {
    let go = use_go();
    let asking = RwSignal::new(false);
    let is_all = move || process.with_untracked(|process| process.versions.len() <= 1);
    let discard = move || {
        let id = process.with_untracked(|process| process.id.to_string());
        let (definition, whole) = (draft.definition.get_untracked(), is_all());
        spawn_local(async move {
            match api::call(DeleteProcessDraft { id: id.clone() }).await {
                Ok(()) => {
                    if whole {
                        go.to(paths::PROCESSES);
                        toast::done(t("process-deleted"));
                    } else {
                        let back = move || bring_back(id.clone(), definition.clone());
                        toast::done_with_undo(t("process-draft-discarded"), back);
                    }
                    invalidate(KINDS);
                }
                Err(failure) => toast::failed(&failure),
            }
        });
    };
    let press = move |()| {
        if is_all() {
            asking.set(true);
        } else {
            discard();
        }
    };
    view! {
        <Button on_press=press>
            {icon!("trash-2")}
            {t("process-draft-discard")}
        </Button>
        <Show when=move || asking.get()>
            <Confirm
                title=t("process-delete-title")
                text=t("process-delete-text")
                confirm=t("process-delete")
                on_confirm=move |()| {
                    asking.set(false);
                    discard();
                }
                on_close=move |()| asking.set(false)
            />
        </Show>
    }
    .into_any()
}

fn bring_back(id: String, definition: Definition) {
    spawn_local(async move {
        let call = ReplaceProcessDraft {
            id,
            // Only while there is none.
            version: Some(0),
            definition,
        };
        if let Err(failure) = api::call(call).await {
            toast::failed(&failure);
        }
        invalidate(KINDS);
    });
}

/// Appears as soon as something is not saved.
#[component]
pub(super) fn SaveBar(
    /// The draft.
    draft: Draft,
) -> impl IntoView {
    view! {
        <Show when=move || draft.dirty.get()>
            <div class="save-bar process-save" role="region" aria-label=t("unsaved")>
                <span class="min-w-0 flex-1">{t("unsaved")}</span>
                <Button on_press=move |()| draft.discard()>{t("discard")}</Button>
                <Button look=Look::Primary busy=draft.busy on_press=move |()| draft.save(None)>
                    {t("process-draft-save")}
                </Button>
            </div>
        </Show>
    }
    .into_any()
}

/// Somebody else saved the draft meanwhile: what mine would change in theirs, and the choice.
#[component]
pub(super) fn StaleDialog(
    /// The draft.
    draft: Draft,
) -> impl IntoView {
    let content = move || {
        draft.stale.get().map(|theirs| {
            let found =
                (draft.definition).with_untracked(|mine| sentences(&theirs.definition, mine));
            let count = t_count("process-stale-changes", found.len() as i64);
            let (take, keep) = (theirs.clone(), theirs);
            view! {
                <Dialog
                    title=t("process-stale-title")
                    on_close=move |()| draft.stale.set(None)
                >
                    <div class="dialog-body form-stack">
                        <p>{t("process-stale-text")}</p>
                        <p class="font-medium">{count}</p>
                        {difference_list(found)}
                    </div>
                    <footer class="dialog-foot">
                        <Button on_press=move |()| draft.begin(&take)>
                            {t("process-stale-take")}
                        </Button>
                        <Button look=Look::Primary on_press=move |()| draft.keep_mine(&keep)>
                            {t("process-stale-keep")}
                        </Button>
                    </footer>
                </Dialog>
            }
        })
    };
    content.into_any()
}
