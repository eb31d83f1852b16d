use etalon_domain::endpoint::ListImports;
use etalon_domain::error::ErrorCode;
use etalon_domain::import::{Import, ImportFilter, ImportReport, ImportSummary};
use etalon_domain::policy;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::{File, FormData};

use super::wording;
use crate::address::{Go, use_go};
use crate::api::{self, Failure};
use crate::i18n::{arguments, format, t, t_count, t_with};
use crate::layout::{PageHead, set_trail};
use crate::query::{invalidate, use_pages};
use crate::records::{ListBody, status_of};
use crate::routes::paths;
use crate::session;
use crate::ui::{DropZone, EmptyState, LoadMore, ProgressBar, TableFrame, icon, open_row, toast};

/// Where files are given and past imports are found. For those who manage people.
#[component]
pub fn ImportsPage() -> impl IntoView {
    set_trail(vec![(t("nav-import"), None)]);
    if !session::may(policy::may_manage_people) {
        return not_for_you();
    }
    view! {
        <PageHead title=t("nav-import") />
        <div class="settings-body">
            <Upload />
            <section aria-label=t("imports-past")>
                <h2 class="section-title">{t("imports-past")}</h2>
                <Past />
            </section>
        </div>
    }
    .into_any()
}

/// Why there is nothing to import for somebody.
pub(super) fn not_for_you() -> AnyView {
    view! {
        <EmptyState
            picture=icon!("lock")
            title=t("import-forbidden-title")
            text=t("import-forbidden-text")
        />
    }
    .into_any()
}

/// Takes files and sends them.
#[component]
fn Upload() -> impl IntoView {
    let go = use_go();
    let sent = RwSignal::new(None::<f64>);
    let names = RwSignal::new(String::new());
    let busy = Signal::derive(move || sent.with(Option::is_some));
    let take = move |files: Vec<File>| {
        let shown: Vec<String> = files.iter().map(File::name).collect();
        names.set(shown.join(", "));
        sent.set(Some(0.0));
        spawn_local(async move {
            let progress = Callback::new(move |share: f64| {
                sent.try_set(Some(share));
            });
            let outcome = send(&files, progress).await;
            sent.try_set(None);
            match outcome {
                Ok(import) => {
                    invalidate(&["imports"]);
                    go.to(paths::import(import.id.as_str()));
                }
                Err(failure) if failure.is(ErrorCode::TooLarge) => {
                    toast::refused(t("import-too-large"), &failure);
                }
                Err(failure) => toast::failed(&failure),
            }
        });
    };
    view! {
        <DropZone
            text=t("import-drop")
            hint=t("import-drop-hint")
            choose=t("import-choose")
            accept=".csv,.txt,.tsv,text/csv,text/plain"
            disabled=busy
            on_files=take
        />
        <Show when=move || busy.get()>
            <div class="upload-row" role="status">
                <p class="truncate">
                    {move || {
                        let text = if sent.get() == Some(1.0) {
                            "import-reading"
                        } else {
                            "import-sending"
                        };
                        t_with(text, &arguments! { "names" => names.get() })
                    }}
                </p>
                <ProgressBar
                    label=t("import-upload")
                    done=Signal::derive(move || sent.get().filter(|share| *share < 1.0))
                />
            </div>
        </Show>
    }
    .into_any()
}

async fn send(files: &[File], progress: Callback<f64>) -> Result<Import, Failure> {
    let form = FormData::new().map_err(|_| Failure::Unreadable)?;
    for file in files {
        form.append_with_blob_and_filename("files", file, &file.name())
            .map_err(|_| Failure::Unreadable)?;
    }
    api::upload_with_progress("/imports", form, progress).await
}

/// The imports so far.
#[component]
fn Past() -> impl IntoView {
    let go = use_go();
    let pages = use_pages(move |cursor, limit| {
        ListImports(ImportFilter {
            limit: Some(limit),
            cursor,
        })
    });
    let empty = || {
        view! {
            <EmptyState
                picture=icon!("import")
                title=t("imports-empty-title")
                text=t("imports-empty-text")
            />
        }
    };
    view! {
        <ListBody status=status_of(pages) empty>
            <TableFrame label=t("imports-past") stale=pages.loading>
                <thead>
                    <tr>
                        <th scope="col">{t("column-files")}</th>
                        <th scope="col">{t("field-status")}</th>
                        <th scope="col" class="max-md:hidden">
                            {t("column-result")}
                        </th>
                        <th scope="col" class="max-lg:hidden">
                            {t("column-by")}
                        </th>
                        <th scope="col" class="max-md:hidden">
                            {t("column-when")}
                        </th>
                    </tr>
                </thead>
                <tbody>
                    <For
                        each=move || pages.items.get()
                        key=|import| {
                            (import.id.clone(), import.status, import.dry_run, import.progress.done)
                        }
                        children=move |import| row(import, go)
                    />
                </tbody>
            </TableFrame>
            <LoadMore pages />
        </ListBody>
    }
    .into_any()
}

fn row(import: ImportSummary, go: Go) -> AnyView {
    let href = paths::import(import.id.as_str());
    let result = import.report.as_ref().map(summary);
    let at = import.finished_at.unwrap_or(import.created_at);
    let open = open_row(go, Some(href.clone()));
    view! {
        <tr class="row-link" on:click=open>
            <th scope="row" class="cell-main font-normal">
                <a class="cell-title" href=href>
                    {import.file_names.join(", ")}
                </a>
                <span class="cell-under">{import.source}</span>
            </th>
            <td>{wording::status(import.status)}</td>
            <td class="max-md:hidden">{result}</td>
            <td class="max-lg:hidden">{import.created_by.name}</td>
            <td class="max-md:hidden text-faint" title=format::instant(at)>
                {format::near_instant(at)}
            </td>
        </tr>
    }
    .into_any()
}

/// A report in a few words.
fn summary(report: &ImportReport) -> String {
    let sum = |part: fn(&etalon_domain::import::KindReport) -> i64| -> i64 {
        report.kinds.iter().map(part).sum()
    };
    let mut parts = vec![
        t_count("import-created-count", sum(|kind| kind.created)),
        t_count("import-updated-count", sum(|kind| kind.updated)),
    ];
    let failed = sum(|kind| kind.failed);
    if failed > 0 {
        parts.push(t_count("import-failed-count", failed));
    }
    parts.join(", ")
}
