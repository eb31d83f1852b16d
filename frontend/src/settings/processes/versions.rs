use etalon_domain::process::{Process, VersionStatus, VersionSummary};
use leptos::prelude::*;

use super::page::Over;
use super::words::{published, version};
use crate::address::{Changes, use_changes};
use crate::i18n::{format, t};
use crate::ui::{Badge, Button, TableFrame, Tone, icon};

/// The versions of a process: which is in use, and how many deals follow each.
#[component]
pub(super) fn Versions(
    /// The process.
    process: Signal<Process>,
    /// Whether deals may be moved.
    may_edit: bool,
    /// What lies over the page.
    over: RwSignal<Over>,
) -> impl IntoView {
    let changes = use_changes();
    let rows = move || {
        let process = process.get();
        let rows = process.versions.iter();
        rows.map(|each| row(each, &process, may_edit, over, changes))
            .collect_view()
    };
    view! {
        <div class="settings-body">
            <p class="text-soft">{t("process-versions-text")}</p>
            <TableFrame label=t("process-view-versions")>
                <thead>
                    <tr>
                        <th scope="col">{t("process-column-version")}</th>
                        <th scope="col" class="max-sm:hidden">
                            {t("process-column-published")}
                        </th>
                        <th scope="col" class="cell-number">
                            {t("process-column-deals")}
                        </th>
                        <th scope="col" class="cell-action">
                            <span class="sr-only">{t("more-actions")}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </TableFrame>
        </div>
    }
    .into_any()
}

fn row(
    one: &VersionSummary,
    process: &Process,
    may_edit: bool,
    over: RwSignal<Over>,
    changes: Changes,
) -> AnyView {
    let number = one.number.to_string();
    let href = move || {
        changes.href(&[
            ("version", Some(&number)),
            ("view", None),
            ("stage", None),
            ("step", None),
        ])
    };
    let is_current = process.current_version_id.as_ref() == Some(&one.id);
    let mark = match one.status {
        VersionStatus::Draft => view! {
            <Badge tone=Tone::Info>{icon!("pencil")} {t("process-draft")}</Badge>
        }
        .into_any(),
        VersionStatus::Published if is_current => view! {
            <Badge tone=Tone::Success>{icon!("check")} {t("process-in-use")}</Badge>
        }
        .into_any(),
        VersionStatus::Published => ().into_any(),
    };
    let behind: i64 = (process.versions.iter())
        .filter(|other| other.id != one.id)
        .map(|other| other.open_deals)
        .sum();
    let moving = Over::Move {
        id: one.id.to_string(),
        number: one.number,
        fresh: false,
    };
    let may_move = may_edit && is_current && behind > 0;
    view! {
        <tr>
            <th scope="row" class="cell-main font-normal">
                <span class="process-name">
                    <a class="cell-title" href=href>
                        {version(one.number)}
                    </a>
                    {mark}
                </span>
                <span class="cell-under sm:hidden">{published(one)}</span>
            </th>
            <td class="max-sm:hidden">
                {published(one).unwrap_or_else(|| "–".to_owned())}
            </td>
            <td class="cell-number">{format::number(one.open_deals)}</td>
            <td class="cell-action">
                {may_move
                    .then(|| {
                        view! {
                            <Button on_press=move |()| over.set(moving.clone())>
                                {t("process-move-here")}
                            </Button>
                        }
                    })}
            </td>
        </tr>
    }
    .into_any()
}
