use etalon_domain::endpoint::ListProcesses;
use etalon_domain::process::{Process, ProcessVersion, VersionStatus};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::list::make_default;
use super::moving::MoveDialog;
use super::publish::{PublishDialog, Publishing};
use super::view::VersionView;
use super::words::local;
use crate::address::use_value;
use crate::i18n::t;
use crate::layout::{PageHead, set_trail};
use crate::query::use_query;
use crate::routes::paths;
use crate::session;
use crate::ui::{Badge, Button, EmptyState, ErrorState, LinkButton, SkeletonRows, Tone, icon};

/// Which dialog lies over the page of a process.
#[derive(Clone)]
pub(super) enum Over {
    /// None.
    Nothing,
    /// Publishes the draft.
    Publish(Box<Publishing>),
    /// Moves the deals of other versions to this one.
    Move {
        /// The version.
        id: String,
        /// Its number.
        number: i64,
        /// Whether it was published just now.
        fresh: bool,
    },
}

/// A process: one of its versions, or the draft of the next.
#[component]
pub fn ProcessPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|p| p.get("id")).unwrap_or_default());
    let query = use_query(|| Some(ListProcesses {}));
    let process = Memo::new(move |_| {
        query.data.with(|page| {
            let mut items = page.as_ref()?.items.iter();
            items.find(|each| each.id.as_str() == id.get()).cloned()
        })
    });
    Effect::new(move |_| {
        let name = process.with(|process| process.as_ref().map(|process| local(&process.name)));
        set_trail(vec![
            (t("nav-settings"), Some(paths::SETTINGS.to_owned())),
            (t("settings-processes"), Some(paths::PROCESSES.to_owned())),
            (name.unwrap_or_else(|| "…".to_owned()), None),
        ]);
    });
    let shape = Memo::new(move |_| {
        let is_read = query.data.with(Option::is_some);
        let failure = query.failure.get().filter(|_| !is_read);
        (
            process.with(Option::is_some),
            is_read,
            failure,
            query.slow.get(),
        )
    });
    move || match shape.get() {
        (true, ..) => {
            // The last one stays while its list is on its way again.
            let kept = Memo::new(move |before: Option<&Option<Process>>| {
                process.get().or_else(|| before.cloned().flatten())
            });
            let process = Signal::derive(move || kept.get());
            view! { <Body process /> }.into_any()
        }
        (_, true, ..) => view! {
            <EmptyState
                picture=icon!("compass")
                title=t("not-found-title")
                text=t("process-not-found")
            >
                <LinkButton href=paths::PROCESSES.to_owned()>{t("settings-processes")}</LinkButton>
            </EmptyState>
        }
        .into_any(),
        (_, _, Some(failure), _) => {
            view! { <ErrorState failure on_retry=move |()| query.retry() /> }.into_any()
        }
        (_, _, None, true) => view! { <SkeletonRows rows=6 /> }.into_any(),
        (_, _, None, false) => ().into_any(),
    }
}

#[component]
fn Body(process: Signal<Option<Process>>) -> impl IntoView {
    let named = use_value("version");
    let over = RwSignal::new(Over::Nothing);
    let may_edit = session::may(etalon_domain::policy::may_manage_company);
    let Some(first) = process.get_untracked() else {
        return ().into_any();
    };
    let process = Memo::new(move |_| process.get().unwrap_or_else(|| first.clone()));
    let shown = Memo::new(move |_| {
        let number = named.with(|text| text.as_deref()?.parse::<i64>().ok());
        process.with(|process| {
            let versions = &process.versions;
            let by_number = versions
                .iter()
                .find(|version| Some(version.number) == number);
            let draft = versions.iter().find(|v| v.status == VersionStatus::Draft);
            let chosen = by_number.or(draft).or_else(|| versions.first())?;
            Some((chosen.id.to_string(), chosen.status))
        })
    });
    let close = Callback::new(move |()| over.set(Over::Nothing));
    let dialogs = move || match over.get() {
        Over::Nothing => None,
        Over::Publish(publishing) => {
            let deals = publishing.deals;
            let done = Callback::new(move |made: ProcessVersion| {
                over.set(if deals > 0 {
                    Over::Move {
                        id: made.id.to_string(),
                        number: made.number,
                        fresh: true,
                    }
                } else {
                    Over::Nothing
                });
            });
            Some(view! { <PublishDialog publishing=*publishing done on_close=close /> }.into_any())
        }
        Over::Move { id, number, fresh } => {
            let versions = process.with_untracked(|process| process.versions.clone());
            let before = (versions.into_iter()).find(|version| version.number < number);
            let before = before.map(|version| version.id.to_string());
            Some(view! { <MoveDialog id number before fresh on_close=close /> }.into_any())
        }
    };
    view! {
        <PageHead title=Signal::derive(move || process.with(|process| local(&process.name)))>
            {move || state(&process.get(), may_edit)}
        </PageHead>
        {move || {
            shown
                .get()
                .map(|(id, status)| {
                    let process = process.into();
                    view! { <VersionView process id is_draft=status == VersionStatus::Draft may_edit over /> }
                })
        }}
        {dialogs}
    }
    .into_any()
}

/// Whether new deals follow the process, or how to make them.
fn state(process: &Process, may_edit: bool) -> AnyView {
    if process.is_default {
        return view! {
            <Badge tone=Tone::Success>{icon!("check")} {t("process-default")}</Badge>
        }
        .into_any();
    }
    if !may_edit || process.current_version_id.is_none() {
        return ().into_any();
    }
    let process = process.clone();
    view! {
        <Button on_press=move |()| make_default(&process)>
            {icon!("check")}
            {t("process-make-default")}
        </Button>
    }
    .into_any()
}
