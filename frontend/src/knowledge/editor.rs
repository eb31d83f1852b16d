//! Writing a material: at the left the form, at the right what readers will see.

use etalon_domain::endpoint::{Create, Materials};
use etalon_domain::error::validate;
use etalon_domain::material::{Material, MaterialDraft, MaterialStatus};
use leptos::prelude::*;

use super::KINDS;
use super::fields::fields;
use super::markdown::markdown;
use crate::address::{use_changes, use_go};
use crate::api;
use crate::i18n::{language, t};
use crate::layout::{PageHead, set_trail};
use crate::query::invalidate;
use crate::records::{Edited, Writing, edit_form, remember};
use crate::routes::paths;
use crate::ui::{Button, Confirm, ErrorSummary, Form, Look, toast};

/// The screen of a new material.
#[component]
pub(super) fn NewMaterial() -> impl IntoView {
    set_trail(vec![
        (t("nav-knowledge"), Some(paths::KNOWLEDGE.to_owned())),
        (t("create-material"), None),
    ]);
    let (go, changes) = (use_go(), use_changes());
    let form = Form::new(MaterialDraft {
        title: String::new(),
        summary: None,
        body: String::new(),
        tags: Vec::new(),
        product_ids: Vec::new(),
        industries: Vec::new(),
        need_types: Vec::new(),
        language: language().as_str().to_owned(),
        status: MaterialStatus::Draft,
    });
    let writing = Writing {
        id: "new material".to_owned(),
        version: 0,
    };
    let kept = StoredValue::new(writing.clone());
    let submit = Callback::new(move |()| {
        let send = |draft| api::call(Create::<Materials>(draft));
        form.submit(validate, send, move |material: Material| {
            kept.with_value(Writing::forget);
            saved(&material);
            go.replace(paths::material(material.id.as_str()));
        });
    });
    let leave = Callback::new(move |()| changes.apply(&[("new", None)]));
    view! {
        <PageHead title=t("create-material") />
        {screen(form, &writing, submit, leave)}
    }
    .into_any()
}

/// The form of a material that is there.
#[component]
pub(super) fn EditMaterial(
    /// The material as the reader saw it.
    material: Material,
    /// Leaves.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let form = Form::new(MaterialDraft::from(&material));
    let writing = Writing {
        id: material.id.to_string(),
        version: material.version,
    };
    let kept = StoredValue::new(writing.clone());
    let done = move |material: Material| {
        kept.with_value(Writing::forget);
        saved(&material);
        on_close.run(());
    };
    let id = material.id.to_string();
    let Edited { submit, dialog } =
        edit_form::<Materials>(form, id, material.version, validate, done);
    view! {
        <PageHead title=material.title />
        {screen(form, &writing, submit, on_close)}
        {dialog}
    }
    .into_any()
}

fn saved(material: &Material) {
    invalidate(KINDS);
    toast::done(match material.status {
        MaterialStatus::Published => t("material-published"),
        MaterialStatus::Draft | MaterialStatus::Archived => t("saved"),
    });
}

fn screen(
    form: Form<MaterialDraft>,
    writing: &Writing,
    submit: Callback<()>,
    leave: Callback<()>,
) -> AnyView {
    let status = form.draft.with_untracked(|d| d.status);
    let is_dirty = remember(form, writing);
    let writing = StoredValue::new(writing.clone());
    let asking = RwSignal::new(false);
    let give_up = move |()| {
        writing.with_value(Writing::forget);
        leave.run(());
    };
    let cancel = move |()| {
        if is_dirty.get_untracked() {
            asking.set(true);
        } else {
            give_up(());
        }
    };
    let send = move |status| {
        form.draft.update(|draft| draft.status = status);
        submit.run(());
    };
    let body = Memo::new(move |_| form.draft.with(|draft| draft.body.clone()));
    let preview = move || {
        let body = body.get();
        if body.trim().is_empty() {
            view! { <p class="text-faint">{t("material-preview-empty")}</p> }.into_any()
        } else {
            markdown(&body)
        }
    };
    view! {
        <form
            class="material-editor"
            novalidate
            on:submit=move |event| {
                event.prevent_default();
                send(status);
            }
        >
            <div class="form-stack">
                <ErrorSummary form />
                {fields(form)}
            </div>
            <section class="material-preview" aria-label=t("material-preview")>
                <h2 class="section-title">{t("material-preview")}</h2>
                {preview}
            </section>
            <div class="save-bar">
                <span class="text-soft min-w-0 flex-1" role="status">
                    {move || is_dirty.get().then(|| t("unsaved"))}
                </span>
                <Button on_press=cancel>{t("cancel")}</Button>
                {buttons(status, form.busy, Callback::new(send))}
            </div>
        </form>
        <Show when=move || asking.get()>
            <Confirm
                title=t("leave-title")
                text=t("leave-text")
                confirm=t("leave-confirm")
                on_confirm=give_up
                on_close=move |()| asking.set(false)
            />
        </Show>
    }
    .into_any()
}

/// How a material is saved: a draft stays one or is published, a published one becomes its next
/// version, an archived one stays in the archive.
fn buttons(
    status: MaterialStatus,
    busy: RwSignal<bool>,
    send: Callback<MaterialStatus>,
) -> AnyView {
    let (look, label) = match status {
        MaterialStatus::Draft => (Look::Plain, "material-save-draft"),
        MaterialStatus::Published => (Look::Primary, "material-publish-changes"),
        MaterialStatus::Archived => (Look::Primary, "save"),
    };
    let publish = (status == MaterialStatus::Draft).then(|| {
        view! {
            <Button
                look=Look::Primary
                busy
                on_press=move |()| send.run(MaterialStatus::Published)
            >
                {t("material-publish")}
            </Button>
        }
    });
    view! {
        <Button look submit=true busy>
            {t(label)}
        </Button>
        {publish}
    }
    .into_any()
}
