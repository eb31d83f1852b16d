use etalon_domain::endpoint::ListImportProblems;
use etalon_domain::import::{
    Import, ImportKind, ImportProblem, ImportReport, ProblemFilter, Severity,
};
use leptos::prelude::*;

use super::download::DownloadButton;
use super::wording;
use crate::address::{use_changes, use_value};
use crate::i18n::{arguments, format, t, t_with};
use crate::query::use_pages;
use crate::records::{ListBody, or_dash, status_of};
use crate::ui::{EmptyState, LoadMore, Tab, TableFrame, Tabs, icon};

/// What the last run found wrong, by severity, with the files to correct.
#[component]
pub(super) fn Problems(
    /// The import.
    import: Import,
    /// What its last run did.
    report: ImportReport,
) -> impl IntoView {
    let id = import.id.to_string();
    let changes = use_changes();
    let chosen = use_value("severity");
    let severity = Memo::new(move |_| chosen.get()?.parse::<Severity>().ok());
    let pages = {
        let id = id.clone();
        use_pages(move |cursor, limit| ListImportProblems {
            id: id.clone(),
            filter: ProblemFilter {
                severity: severity.get(),
                limit: Some(limit),
                cursor,
            },
        })
    };
    let counts = [
        (None, report.errors + report.warnings + report.notes),
        (Some(Severity::Error), report.errors),
        (Some(Severity::Warning), report.warnings),
        (Some(Severity::Note), report.notes),
    ];
    let tabs = counts
        .into_iter()
        .map(|(each, count)| {
            let word = each.map(Severity::as_str);
            let label = each.map_or("import-problems-all", |each| match each {
                Severity::Error => "import-problems-errors",
                Severity::Warning => "import-problems-warnings",
                Severity::Note => "import-problems-notes",
            });
            let href = Signal::derive(move || changes.href(&[("severity", word)]));
            view! {
                <Tab href active=Signal::derive(move || severity.get() == each)>
                    {t(label)}
                    <span class="text-faint tabular-nums">{format::number(count)}</span>
                </Tab>
            }
        })
        .collect_view();
    let empty = || {
        view! {
            <EmptyState
                picture=icon!("circle-check")
                title=t("import-no-problems-title")
                text=t("import-no-problems-text")
            />
        }
    };
    view! {
        <section class="card-box import-problems" aria-label=t("import-problems")>
            <header class="import-file-head">
                <h2 class="flex-1">{t("import-problems")}</h2>
                <DownloadButton
                    path=format!("/imports/{id}/problems.csv")
                    name=format!("problems-{}.csv", import.options.source)
                    label=t("import-download-problems")
                />
                {failed_rows(&import, &report)}
            </header>
            <Tabs label=t("import-problems")>{tabs}</Tabs>
            <ListBody status=status_of(pages) empty>
                <TableFrame label=t("import-problems") stale=pages.loading>
                    <thead>
                        <tr>
                            <th scope="col">{t("column-severity")}</th>
                            <th scope="col">{t("column-message")}</th>
                            <th scope="col" class="cell-number">
                                {t("column-row")}
                            </th>
                            <th scope="col">{t("column-header")}</th>
                            <th scope="col">{t("column-value")}</th>
                            <th scope="col">{t("column-file")}</th>
                        </tr>
                    </thead>
                    <tbody>
                        {move || pages.items.get().into_iter().map(row).collect_view()}
                    </tbody>
                </TableFrame>
                <LoadMore pages />
            </ListBody>
        </section>
    }
    .into_any()
}

/// The rows that could not be taken, as files to correct and to import again.
fn failed_rows(import: &Import, report: &ImportReport) -> AnyView {
    let failed: Vec<ImportKind> = report
        .kinds
        .iter()
        .filter(|kind| kind.failed > 0)
        .map(|kind| kind.kind)
        .collect();
    let files: Vec<_> = import
        .files
        .iter()
        .filter(|file| failed.contains(&file.kind))
        .collect();
    let is_only = files.len() == 1;
    files
        .into_iter()
        .map(|file| {
            let label = if is_only {
                t("import-download-failed")
            } else {
                t_with(
                    "import-download-failed-of",
                    &arguments! { "file" => file.name.clone() },
                )
            };
            view! {
                <DownloadButton
                    path=format!("/imports/{}/files/{}/failed-rows.csv", import.id, file.id)
                    name=format!("failed-{}", file.name)
                    label
                />
            }
        })
        .collect_view()
        .into_any()
}

fn row(problem: ImportProblem) -> AnyView {
    let message = wording::problem(&problem);
    let exact = problem.value.clone();
    view! {
        <tr>
            <td>{wording::severity(problem.severity)}</td>
            <td class="cell-message" title=problem.message>
                {message}
            </td>
            <td class="cell-number">{or_dash(problem.row.map(format::number))}</td>
            <td>{or_dash(problem.column)}</td>
            <td class="cell-clip" title=exact>
                {or_dash(problem.value)}
            </td>
            <td class="text-faint">{problem.file}</td>
        </tr>
    }
    .into_any()
}
