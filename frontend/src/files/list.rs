//! The files of a record with their versions.

use etalon_domain::endpoint::{DeleteFile, ListFiles, RestoreFile, content_path};
use etalon_domain::file::{File, FileFilter, FileOwner};
use etalon_domain::id::FileId;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::KINDS;
use super::send::SendFiles;
use crate::api;
use crate::i18n::{arguments, format, t, t_count, t_with};
use crate::query::{invalidate, use_pages};
use crate::records::{ListBody, status_of};
use crate::ui::{EmptyState, IconButton, LoadMore, TableFrame, icon, save_as, toast};

/// The files of a record: the newest version of each name, the earlier ones below it on demand.
#[component]
pub fn FileList(
    /// The record.
    owner: FileOwner,
    /// Whether the reader may add and remove files.
    may_change: bool,
) -> impl IntoView {
    let of = owner.clone();
    let pages = use_pages(move |cursor, limit| ListFiles {
        owner: of.clone(),
        filter: FileFilter {
            limit: Some(limit),
            cursor,
            ..FileFilter::default()
        },
    });
    let empty = move || {
        let text = if may_change {
            "files-empty-text"
        } else {
            "files-empty-read"
        };
        view! {
            <EmptyState picture=icon!("paperclip") title=t("files-empty-title") text=t(text) />
        }
    };
    let head = |text: &str, class: &'static str| {
        view! {
            <th scope="col" class=class>
                {t(text)}
            </th>
        }
    };
    view! {
        <div class="files-area">
            {may_change.then(|| view! { <SendFiles owner /> })}
            <ListBody status=status_of(pages) empty>
                <TableFrame label=t("files") stale=pages.loading>
                    <thead>
                        <tr>
                            {head("field-file", "")} {head("column-size", "cell-number max-md:hidden")}
                            {head("column-by", "max-lg:hidden")} {head("column-when", "max-md:hidden")}
                            <th scope="col" class="cell-action">
                                <span class="sr-only">{t("more-actions")}</span>
                            </th>
                        </tr>
                    </thead>
                    <tbody>
                        <For
                            each=move || pages.items.get()
                            key=|file| (file.id.clone(), file.versions)
                            children=move |file| view! { <Row file may_change /> }
                        />
                    </tbody>
                </TableFrame>
                <LoadMore pages />
            </ListBody>
        </div>
    }
    .into_any()
}

/// A file, and below it its earlier versions when they are asked for.
#[component]
fn Row(file: File, may_change: bool) -> impl IntoView {
    let open = RwSignal::new(false);
    let newest = file.clone();
    let earlier = move || open.get().then(|| earlier_versions(&newest, may_change));
    view! {
        {line(file, may_change, Some(open))}
        {earlier}
    }
    .into_any()
}

fn earlier_versions(newest: &File, may_change: bool) -> AnyView {
    let (owner, name, id) = (newest.owner.clone(), newest.name.clone(), newest.id.clone());
    let pages = use_pages(move |cursor, limit| ListFiles {
        owner: owner.clone(),
        filter: FileFilter {
            versions: Some(true),
            name: Some(name.clone()),
            limit: Some(limit),
            cursor,
        },
    });
    let older = move || {
        let mut older = pages.items.get();
        older.retain(|file| file.id != id);
        older
    };
    view! {
        <For
            each=older
            key=|file| file.id.clone()
            children=move |file| line(file, may_change, None)
        />
    }
    .into_any()
}

/// One version as a row; `versions` opens the earlier ones below the newest.
fn line(file: File, may_change: bool, versions: Option<RwSignal<bool>>) -> AnyView {
    let more = versions.filter(|_| file.versions > 1).map(|open| {
        view! {
            <button
                type="button"
                class="link-quiet"
                aria-expanded=move || open.get().to_string()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {t_count("file-versions", file.versions)}
            </button>
        }
    });
    let version = (file.version > 1 || versions.is_none()).then(|| {
        let version = i64::from(file.version);
        t_with("file-version", &arguments! { "version" => version })
    });
    let by = file.created_by.as_ref().map(|by| by.name.clone());
    let by = by.unwrap_or_else(|| t("actor-system"));
    let (at, exact) = (
        format::near_instant(file.created_at),
        format::instant(file.created_at),
    );
    let size = format::bytes(file.size);
    let remove = may_change.then(|| {
        let (id, name) = (file.id.clone(), file.name.clone());
        let label = t_with("item-remove", &arguments! { "name" => name.clone() });
        view! {
            <IconButton label on_press=move |()| remove(id.clone(), name.clone())>
                {icon!("trash-2")}
            </IconButton>
        }
    });
    view! {
        <tr class:file-earlier=versions.is_none()>
            <th scope="row" class="cell-main font-normal">
                <FileLink id=file.id name=file.name />
                <span class="cell-under file-under">
                    {version.map(|version| view! { <span>{version}</span> })} {more}
                    <span class="md:hidden">{size.clone()}</span>
                    <span class="md:hidden">{at.clone()}</span>
                </span>
            </th>
            <td class="cell-number max-md:hidden">{size}</td>
            <td class="max-lg:hidden">{by}</td>
            <td class="max-md:hidden text-faint" title=exact>
                {at}
            </td>
            <td class="cell-action">{remove}</td>
        </tr>
    }
    .into_any()
}

/// The name of a file, which downloads it.
#[component]
pub fn FileLink(
    /// The file.
    id: FileId,
    /// Its name.
    name: String,
) -> impl IntoView {
    let label = t_with("file-download", &arguments! { "name" => name.clone() });
    let shown = name.clone();
    let busy = RwSignal::new(false);
    let download = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let (path, name) = (content_path(&id), name.clone());
        spawn_local(async move {
            let outcome = api::download(&path).await;
            busy.try_set(false);
            match outcome {
                Ok(blob) => save_as(&blob.0, &name),
                Err(failure) => toast::failed(&failure),
            }
        });
    };
    let picture = move || {
        if busy.get() {
            view! { <span class="spinner" aria-hidden="true"></span> }.into_any()
        } else {
            icon!("file")
        }
    };
    view! {
        <button
            type="button"
            class="file-name"
            title=label
            aria-busy=move || busy.get().then_some("true")
            on:click=download
        >
            {picture}
            <span class="truncate">{shown}</span>
        </button>
    }
    .into_any()
}

/// Removes a file, says so and offers to bring it back.
fn remove(id: FileId, name: String) {
    spawn_local(async move {
        match api::call(DeleteFile(id.clone())).await {
            Ok(()) => {
                let text = t_with("file-removed", &arguments! { "name" => name });
                toast::done_with_undo(text, move || restore(id.clone()));
                invalidate(KINDS);
            }
            Err(failure) => toast::failed(&failure),
        }
    });
}

fn restore(id: FileId) {
    spawn_local(async move {
        match api::call(RestoreFile(id)).await {
            Ok(file) => {
                invalidate(KINDS);
                toast::done(t_with("file-restored", &arguments! { "name" => file.name }));
            }
            Err(failure) => toast::failed(&failure),
        }
    });
}
