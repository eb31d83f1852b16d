//! One version of a process: read when it is published, written while it is a draft.

use etalon_domain::endpoint::{GetProcessVersion, ReplaceProcessDraft};
use etalon_domain::error::ErrorCode;
use etalon_domain::process::{Definition, Process, ProcessVersion, VersionStatus};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::KINDS;
use super::changes::Changes;
use super::columns::Columns;
use super::draft::Draft;
use super::draft_bar::{DraftBar, SaveBar, StaleDialog};
use super::general::General;
use super::page::Over;
use super::preview::Preview;
use super::reading::reading;
use super::spots::Troubles;
use super::stage_form::StageForm;
use super::versions::Versions;
use super::words::{published, version};
use crate::address::{use_changes, use_value};
use crate::api;
use crate::i18n::t;
use crate::query::{invalidate, use_query};
use crate::ui::{Button, ErrorState, LinkButton, SkeletonRows, Tab, Tabs, icon, toast};

/// A version, as soon as it is read.
#[component]
pub(super) fn VersionView(
    /// The process.
    process: Signal<Process>,
    /// The version.
    id: String,
    /// Whether it is a draft.
    is_draft: bool,
    /// Whether the reader may change processes.
    may_edit: bool,
    /// What lies over the page.
    over: RwSignal<Over>,
) -> impl IntoView {
    let query = use_query(move || Some(GetProcessVersion { id: id.clone() }));
    // A draft is compared with what is in use.
    let current = Memo::new(move |_| {
        let id = process.with(|process| process.current_version_id.clone());
        id.filter(|_| is_draft).map(|id| id.to_string())
    });
    let in_use = use_query(move || current.get().map(|id| GetProcessVersion { id }));
    let shape = Memo::new(move |_| {
        let has_in_use = current.with(Option::is_none) || in_use.data.with(Option::is_some);
        let is_there = query.data.with(Option::is_some) && has_in_use;
        let failure = query.failure.get().or_else(|| in_use.failure.get());
        let slow = query.slow.get() || in_use.slow.get();
        (is_there, failure.filter(|_| !is_there), slow && !is_there)
    });
    let content = move || match shape.get() {
        (true, ..) => {
            let first = query.data.get_untracked()?;
            let stored = query.data.into();
            Some(if is_draft && may_edit {
                let in_use = in_use
                    .data
                    .get_untracked()
                    .map(|version| version.definition);
                view! { <Written process first stored in_use over /> }.into_any()
            } else {
                view! { <Read process version=first may_edit over /> }.into_any()
            })
        }
        (_, Some(failure), _) => {
            let retry = move |()| {
                query.retry();
                in_use.retry();
            };
            Some(view! { <ErrorState failure on_retry=retry /> }.into_any())
        }
        (_, None, true) => Some(view! { <SkeletonRows rows=8 /> }.into_any()),
        (_, None, false) => None,
    };
    content.into_any()
}

/// What is shown of a version: how the address names it and the text on its tab.
const VIEWS: [(Option<&str>, &str); 4] = [
    (None, "process-view-stages"),
    (Some("preview"), "process-view-preview"),
    (Some("changes"), "process-view-changes"),
    (Some("versions"), "process-view-versions"),
];

fn tabs(is_draft: bool) -> (Memo<Option<String>>, AnyView) {
    let changes = use_changes();
    let view = use_value("view");
    let links = (VIEWS.into_iter())
        .filter(|(name, _)| is_draft || *name != Some("changes"))
        .map(|(name, label)| {
            let href = Signal::derive(move || changes.href(&[("view", name)]));
            let active = Signal::derive(move || view.with(|view| view.as_deref() == name));
            view! {
                <Tab href active>
                    {t(label)}
                </Tab>
            }
        })
        .collect_view();
    let tabs = view! { <Tabs label=t("process-views")>{links}</Tabs> };
    (view, tabs.into_any())
}

#[component]
fn Read(
    process: Signal<Process>,
    version: ProcessVersion,
    may_edit: bool,
    over: RwSignal<Over>,
) -> impl IntoView {
    let (view, tabs) = tabs(false);
    let definition = StoredValue::new(version.definition.clone());
    let shown = Signal::stored(version.definition.clone());
    let content = move || match view.get().as_deref() {
        Some("preview") => view! { <Preview definition=shown /> }.into_any(),
        Some("versions") => view! { <Versions process may_edit over /> }.into_any(),
        _ => {
            let show = Callback::new(move |code: Option<String>| {
                definition.with_value(|definition| reading(definition, code.as_deref()))
            });
            view! { <Columns definition=shown whole="process-whole" show /> }.into_any()
        }
    };
    view! {
        {move || process.with(|process| read_bar(process, &version, may_edit))}
        {tabs}
        {content}
    }
    .into_any()
}

/// Which version it is, and the way to the next one.
fn read_bar(process: &Process, shown: &ProcessVersion, may_edit: bool) -> AnyView {
    let changes = use_changes();
    let summary = process.versions.iter().find(|each| each.id == shown.id);
    let mut said = vec![version(shown.number)];
    said.extend(summary.and_then(published));
    let has_draft = (process.versions.iter()).any(|each| each.status == VersionStatus::Draft);
    let next = if !may_edit {
        ().into_any()
    } else if has_draft {
        let href = Signal::derive(move || changes.href(&[("version", None), ("view", None)]));
        view! {
            <LinkButton href>
                {icon!("pencil")}
                {t("process-draft-open")}
            </LinkButton>
        }
        .into_any()
    } else {
        begin_button(process.id.to_string(), shown.definition.clone())
    };
    view! {
        <div class="process-bar">
            <p class="process-bar-text">
                {said.join(" · ")} <span class="text-soft">{t("process-fixed")}</span>
            </p>
            {next}
        </div>
    }
    .into_any()
}

/// Begins the draft of the next version with this one.
fn begin_button(process: String, definition: Definition) -> AnyView {
    let changes = use_changes();
    let busy = RwSignal::new(false);
    let begin = move |()| {
        busy.set(true);
        let call = ReplaceProcessDraft {
            id: process.clone(),
            // No draft has this version: one that somebody else began meanwhile is not written over.
            version: Some(0),
            definition: definition.clone(),
        };
        spawn_local(async move {
            let outcome = api::call(call).await;
            busy.try_set(false);
            match outcome {
                Ok(_) => changes.apply(&[("version", None), ("view", None)]),
                Err(failure) if failure.is(ErrorCode::StaleVersion) => {
                    toast::refused(t("process-draft-there"), &failure);
                }
                Err(failure) => {
                    toast::failed(&failure);
                    return;
                }
            }
            invalidate(KINDS);
        });
    };
    view! {
        <Button busy on_press=begin>
            {icon!("pencil")}
            {t("process-draft-begin")}
        </Button>
    }
    .into_any()
}

#[component]
fn Written(
    process: Signal<Process>,
    first: ProcessVersion,
    stored: Signal<Option<ProcessVersion>>,
    in_use: Option<Definition>,
    over: RwSignal<Over>,
) -> impl IntoView {
    let draft = Draft::new(&first);
    let (view, tabs) = tabs(true);
    let definition: Signal<Definition> = draft.definition.into();
    let troubles_open = RwSignal::new(false);
    Effect::new(move |_| {
        if let Some(version) = stored.get() {
            draft.take(&version);
        }
    });
    let before = in_use.clone();
    let content = move || {
        let in_use = in_use.clone();
        match view.get().as_deref() {
            Some("preview") => view! { <Preview definition /> }.into_any(),
            Some("changes") => view! { <Changes in_use definition /> }.into_any(),
            Some("versions") => view! { <Versions process may_edit=true over /> }.into_any(),
            _ => {
                draft.round.track();
                let known = in_use.clone();
                let show = Callback::new(move |code: Option<String>| {
                    let in_use = known.clone();
                    match code {
                        Some(code) => view! { <StageForm draft code in_use /> }.into_any(),
                        None => view! { <General draft in_use /> }.into_any(),
                    }
                });
                view! {
                    <Columns definition draft=Some(draft) in_use whole="process-whole" show />
                }
                .into_any()
            }
        }
    };
    view! {
        <DraftBar draft process number=first.number in_use=before troubles_open over />
        {tabs}
        <Troubles draft open=troubles_open />
        {content}
        <SaveBar draft />
        <StaleDialog draft />
    }
    .into_any()
}
