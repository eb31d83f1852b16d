use etalon_domain::endpoint::{DeleteImport, GetImport, RunImport};
use etalon_domain::error::ErrorCode;
use etalon_domain::import::{Import, ImportRun, ImportStatus};
use etalon_domain::policy;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::editing::Editing;
use super::file_card::FileCard;
use super::options::{Options, StageTable};
use super::problems::Problems;
use super::report::report;
use super::start::not_for_you;
use super::status::RunStatus;
use super::wording;
use crate::address::use_go;
use crate::api;
use crate::i18n::{format, t, t_count};
use crate::layout::PageHead;
use crate::query::{Query, invalidate};
use crate::records::{Section, record_page};
use crate::routes::paths;
use crate::session;
use crate::ui::{Button, Look, Menu, MenuItem, icon, toast};

/// One import: how its files are understood, the run, what came of it.
#[component]
pub fn ImportPage() -> impl IntoView {
    if !session::may(policy::may_manage_people) {
        return not_for_you();
    }
    let section = Section {
        label: "nav-import",
        href: paths::IMPORT,
    };
    record_page(section, GetImport, title, body)
}

fn title(import: &Import) -> String {
    match import.files.as_slice() {
        [] => t("nav-import"),
        [only] => only.name.clone(),
        [first, others @ ..] => {
            let others = t_count("import-more-files", others.len() as i64);
            format!("{} {others}", first.name)
        }
    }
}

fn body(import: RwSignal<Import>, query: Query<Import>) -> AnyView {
    let editing = Editing::new(import, query);
    let count = import.with_untracked(|import| import.files.len());
    let cards = (0..count)
        .map(|index| view! { <FileCard editing index /> })
        .collect_view();
    // A report comes with the end of a run and goes with the next one.
    let finished = Memo::new(move |_| {
        import.with(|import| {
            (
                import.status.is_open(),
                import.finished_at,
                import.report.clone(),
            )
        })
    });
    let outcome = move || {
        let (is_open, _, found) = finished.get();
        let found = found.filter(|_| is_open)?;
        let import = import.get_untracked();
        let shown = report(&import, &found);
        let has_problems = found.errors + found.warnings + found.notes > 0;
        Some(view! {
            {shown}
            {has_problems.then(|| view! { <Problems import report=found /> })}
        })
    };
    let is_done = Memo::new(move |_| import.with(|i| i.status == ImportStatus::Done));
    let setup = move || {
        view! {
            <Options editing />
            <StageTable editing />
        }
    };
    let under = move || {
        import.with(|import| {
            let by = import.created_by.name.clone();
            format!("{by} · {}", format::instant(import.created_at))
        })
    };
    view! {
        <PageHead title=Signal::derive(move || import.with(title))>
            <Actions editing />
        </PageHead>
        <div class="settings-body">
            <p class="import-under">
                {move || import.with(|import| wording::status(import.status))} <span>{under}</span>
            </p>
            <RunStatus editing />
            {outcome}
            <fieldset
                class="import-setup"
                disabled=move || !editing.is_open()
                aria-label=t("import-setup")
            >
                {move || {
                    is_done
                        .get()
                        .then(|| view! { <p class="text-soft">{t("import-done-again")}</p> })
                }}
                {setup}
                {cards}
            </fieldset>
        </div>
    }
    .into_any()
}

/// Check, import, throw away.
#[component]
fn Actions(editing: Editing) -> impl IntoView {
    let import = editing.import;
    let starting = RwSignal::new(false);
    let go = use_go();
    let rows = Memo::new(move |_| {
        import.with(|import| {
            let files = import.files.iter();
            let taken = files.filter(|f| f.kind != etalon_domain::import::ImportKind::Unknown);
            taken.map(|file| file.rows).sum::<i64>()
        })
    });
    let cannot =
        Signal::derive(move || !editing.is_open() || editing.saving.get() || rows.get() == 0);
    let run = move |dry_run: bool| {
        if starting.get_untracked() {
            return;
        }
        starting.set(true);
        let id = import.with_untracked(|import| import.id.to_string());
        spawn_local(async move {
            let run = ImportRun { dry_run };
            match api::call(RunImport { id, run }).await {
                Ok(import) => editing.accept(import),
                Err(failure) => toast::failed(&failure),
            }
            starting.try_set(false);
        });
    };
    let discard = move |()| {
        let id = import.with_untracked(|import| import.id.to_string());
        spawn_local(async move {
            match api::call(DeleteImport(id)).await {
                Ok(()) => {
                    go.to(paths::IMPORT);
                    invalidate(&["imports"]);
                    toast::done(t("import-discarded"));
                }
                Err(failure) if failure.is(ErrorCode::ImportBusy) => {
                    toast::refused(t("import-not-discarded"), &failure);
                }
                Err(failure) => toast::failed(&failure),
            }
        });
    };
    let is_done = Memo::new(move |_| import.with(|i| i.status == ImportStatus::Done));
    let verb = move || {
        t(if is_done.get() {
            "import-run-again"
        } else {
            "import-run"
        })
    };
    view! {
        <Button disabled=cannot on_press=move |()| run(true)>
            {icon!("list-checks")}
            {t("import-check")}
        </Button>
        <Button look=Look::Primary busy=starting disabled=cannot on_press=move |()| run(false)>
            {icon!("play")}
            {verb}
        </Button>
        {move || {
            (!is_done.get() && editing.is_open())
                .then(|| {
                    view! {
                        <Menu
                            label=t("more-actions")
                            class="btn btn-plain btn-square"
                            end=true
                            trigger=icon!("ellipsis")
                        >
                            <MenuItem on_select=discard>
                                <span class="menu-danger flex items-center gap-2">
                                    {icon!("trash-2")} {t("import-discard")}
                                </span>
                            </MenuItem>
                        </Menu>
                    }
                })
        }}
    }
    .into_any()
}
