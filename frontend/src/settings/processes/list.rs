use etalon_domain::endpoint::{ListProcesses, MakeProcessDefault};
use etalon_domain::page::Page;
use etalon_domain::policy;
use etalon_domain::process::{Process, VersionStatus};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::USED_BY;
use super::create::NewProcess;
use super::words::{local, published, version};
use crate::address::{use_changes, use_value};
use crate::api;
use crate::i18n::{arguments, format, t, t_count, t_with};
use crate::query::{Query, invalidate, use_query};
use crate::records::list_keys;
use crate::routes::paths;
use crate::session;
use crate::settings::frame::SettingsHead;
use crate::ui::{
    Badge, Button, EmptyState, ErrorState, Look, Menu, MenuItem, MenuLink, SkeletonRows,
    TableFrame, Tone, icon, toast,
};

/// The sales processes.
#[component]
pub fn ProcessesPage() -> impl IntoView {
    let changes = use_changes();
    let opened = use_value("process");
    let query = use_query(|| Some(ListProcesses {}));
    let may_edit = session::may(policy::may_manage_company);
    let add = Callback::new(move |()| changes.apply(&[("process", Some("new"))]));
    list_keys(may_edit.then_some(add));
    let close = Callback::new(move |()| changes.apply(&[("process", None)]));
    let panel = move || {
        if opened.get().as_deref() != Some("new") || !may_edit {
            return None;
        }
        let processes = query.data.get().map(|page| page.items)?;
        Some(view! { <NewProcess processes on_close=close /> })
    };
    view! {
        <SettingsHead path=paths::PROCESSES>
            {may_edit
                .then(|| {
                    view! {
                        <Button look=Look::Primary on_press=add>
                            {icon!("plus")}
                            {t("process-add")}
                        </Button>
                    }
                })}
        </SettingsHead>
        <div class="settings-body">
            <p class="text-soft">{t("processes-text")}</p>
            {move || body(query, may_edit)}
        </div>
        {panel}
    }
    .into_any()
}

fn body(query: Query<Page<Process>>, may_edit: bool) -> AnyView {
    let Some(page) = query.data.get() else {
        return match query.failure.get() {
            Some(failure) => {
                view! { <ErrorState failure on_retry=move |()| query.retry() /> }.into_any()
            }
            None if query.slow.get() => view! { <SkeletonRows rows=3 /> }.into_any(),
            None => ().into_any(),
        };
    };
    if page.items.is_empty() {
        return view! {
            <EmptyState
                picture=icon!("route")
                title=t("processes-empty-title")
                text=t("processes-empty-text")
            />
        }
        .into_any();
    }
    let rows = (page.items.into_iter())
        .map(|process| row(process, may_edit))
        .collect_view();
    view! {
        <TableFrame label=t("settings-processes")>
            <thead>
                <tr>
                    <th scope="col">{t("field-name")}</th>
                    <th scope="col" class="max-md:hidden">
                        {t("process-column-published")}
                    </th>
                    <th scope="col" class="max-sm:hidden">
                        {t("process-column-draft")}
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
    }
    .into_any()
}

fn row(process: Process, may_edit: bool) -> AnyView {
    let href = paths::process(process.id.as_str());
    let current =
        (process.versions.iter()).find(|v| Some(&v.id) == process.current_version_id.as_ref());
    let draft = (process.versions.iter()).find(|v| v.status == VersionStatus::Draft);
    let draft = draft.map(|draft| version(draft.number));
    let in_use = match current {
        Some(current) => view! {
            {version(current.number)}
            <span class="cell-under">{published(current)}</span>
        }
        .into_any(),
        None => view! { <span class="text-faint">{t("process-never-published")}</span> }.into_any(),
    };
    let deals: i64 = process
        .versions
        .iter()
        .map(|version| version.open_deals)
        .sum();
    let older = deals - current.map_or(0, |current| current.open_deals);
    let under = current.map(|current| version(current.number));
    let may_default = may_edit && !process.is_default && current.is_some();
    let (name, is_default) = (local(&process.name), process.is_default);
    let menu = may_edit.then(|| menu(process, href.clone(), may_default));
    view! {
        <tr>
            <th scope="row" class="cell-main font-normal">
                <span class="process-name">
                    <a class="cell-title" href=href>
                        {name}
                    </a>
                    {is_default
                        .then(|| {
                            view! {
                                <Badge tone=Tone::Success>
                                    {icon!("check")}
                                    {t("process-default")}
                                </Badge>
                            }
                        })}
                </span>
                <span class="cell-under md:hidden">{under}</span>
            </th>
            <td class="max-md:hidden">{in_use}</td>
            <td class="max-sm:hidden">
                {match draft {
                    Some(draft) => {
                        view! {
                            <Badge tone=Tone::Info>
                                {icon!("pencil")}
                                {draft}
                            </Badge>
                        }
                            .into_any()
                    }
                    None => view! { <span class="text-faint">"–"</span> }.into_any(),
                }}
            </td>
            <td class="cell-number">
                {format::number(deals)}
                {(older > 0)
                    .then(|| {
                        view! { <span class="cell-under">{t_count("process-deals-older", older)}</span> }
                    })}
            </td>
            <td class="cell-action">
                {menu}
            </td>
        </tr>
    }
    .into_any()
}

fn menu(process: Process, href: String, may_default: bool) -> AnyView {
    let name = local(&process.name);
    let label = t_with("process-actions", &arguments! { "name" => name });
    let process = StoredValue::new(process);
    let href = StoredValue::new(href);
    view! {
        <Menu label end=true trigger=icon!("ellipsis")>
            <MenuLink href=href.get_value()>{icon!("pencil")} {t("process-open")}</MenuLink>
            {may_default
                .then(|| {
                    view! {
                        <MenuItem on_select=move |()| make_default(&process.get_value())>
                            {icon!("check")}
                            {t("process-make-default")}
                        </MenuItem>
                    }
                })}
        </Menu>
    }
    .into_any()
}

/// Lets new deals follow a process unless another is chosen.
pub(super) fn make_default(process: &Process) {
    let (id, name) = (process.id.to_string(), local(&process.name));
    spawn_local(async move {
        match api::call(MakeProcessDefault { id }).await {
            Ok(_) => {
                invalidate(USED_BY);
                toast::done(t_with(
                    "process-default-done",
                    &arguments! { "name" => name },
                ));
            }
            Err(failure) => toast::failed(&failure),
        }
    });
}
