//! Short messages at the edge of the screen, some with a way back.

use std::cell::OnceCell;
use std::time::Duration;

use leptos::prelude::*;

use super::icon;
use crate::api::Failure;
use crate::i18n::t;

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Done,
    Failed,
}

#[derive(Clone)]
struct Toast {
    id: u32,
    kind: Kind,
    text: String,
    detail: Option<String>,
    undo: Option<Callback<()>>,
}

thread_local! {
    static TOASTS: OnceCell<RwSignal<Vec<Toast>>> = const { OnceCell::new() };
}

/// Creates the list of messages. Called once, at the top of the app.
pub fn start() {
    TOASTS.with(|cell| {
        let _ = cell.set(RwSignal::new(Vec::new()));
    });
}

/// Says that something is done.
pub fn done(text: impl Into<String>) {
    push(Kind::Done, text.into(), None, None);
}

/// Says that something is done and offers to undo it.
pub fn done_with_undo(text: impl Into<String>, undo: impl Fn() + Send + Sync + 'static) {
    push(
        Kind::Done,
        text.into(),
        None,
        Some(Callback::new(move |()| undo())),
    );
}

/// Says why something failed.
pub fn failed(failure: &Failure) {
    push(Kind::Failed, failure.message(), failure.request_id(), None);
}

/// Says why something failed, in these words.
pub fn refused(text: impl Into<String>, failure: &Failure) {
    push(Kind::Failed, text.into(), failure.request_id(), None);
}

fn toasts() -> Option<RwSignal<Vec<Toast>>> {
    TOASTS.with(|cell| cell.get().copied())
}

fn push(kind: Kind, text: String, detail: Option<String>, undo: Option<Callback<()>>) {
    let Some(toasts) = toasts() else { return };
    let id = toasts.with_untracked(|all| all.last().map_or(0, |last| last.id + 1));
    let seconds = if undo.is_some() || kind == Kind::Failed {
        10
    } else {
        4
    };
    toasts.update(|all| {
        // The newest good news takes the place of the one before; what can be undone or went wrong stays.
        if kind == Kind::Done {
            all.retain(|toast| toast.kind == Kind::Failed || toast.undo.is_some());
        }
        all.push(Toast {
            id,
            kind,
            text,
            detail,
            undo,
        });
        if all.len() > 3 {
            all.remove(0);
        }
    });
    set_timeout(move || dismiss(id), Duration::from_secs(seconds));
}

fn dismiss(id: u32) {
    if let Some(toasts) = toasts() {
        toasts.update(|all| all.retain(|toast| toast.id != id));
    }
}

/// Where the messages appear.
#[component]
pub fn Toasts() -> impl IntoView {
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For
                each=move || toasts().map(|all| all.get()).unwrap_or_default()
                key=|toast| toast.id
                children=show
            />
        </div>
    }
    .into_any()
}

fn show(toast: Toast) -> AnyView {
    let id = toast.id;
    let mark = match toast.kind {
        Kind::Done => icon!("circle-check"),
        Kind::Failed => icon!("circle-alert"),
    };
    view! {
        <div class="toast-card" class:toast-failed=toast.kind == Kind::Failed>
            {mark}
            <div class="min-w-0 flex-1">
                <p>{toast.text}</p>
                {toast.detail.map(|detail| view! { <p class="request-id">{detail}</p> })}
            </div>
            {toast
                .undo
                .map(|undo| {
                    view! {
                        <button
                            type="button"
                            class="toast-action"
                            on:click=move |_| {
                                dismiss(id);
                                undo.run(());
                            }
                        >
                            {t("undo")}
                        </button>
                    }
                })}
            <button
                type="button"
                class="toast-close"
                aria-label=t("dismiss")
                on:click=move |_| dismiss(id)
            >
                {icon!("x")}
            </button>
        </div>
    }
    .into_any()
}
