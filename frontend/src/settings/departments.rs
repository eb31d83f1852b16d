use etalon_domain::department::Department;
use etalon_domain::endpoint::{Delete, Departments, List, Patch};
use etalon_domain::error::ErrorCode;
use etalon_domain::id::DepartmentId;
use etalon_domain::policy;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::json;

use super::department_form::{DepartmentEditor, NewDepartment};
use super::frame::SettingsHead;
use crate::address::{Changes, use_changes, use_value};
use crate::api;
use crate::i18n::{arguments, t, t_count, t_with};
use crate::query::{invalidate, use_query};
use crate::routes::paths;
use crate::session;
use crate::ui::{
    Button, EmptyState, ErrorState, Look, Menu, MenuItem, SkeletonRows, TableFrame, icon, toast,
};

/// The lists that show departments or what follows from them.
pub(super) const KINDS: &[&str] = &["departments", "users", "deals", "analytics"];

/// The departments as a tree. Those who may manage some add, change and remove them here.
#[component]
pub fn DepartmentsPage() -> impl IntoView {
    let query = use_query(|| Some(List::<Departments>(())));
    let changes = use_changes();
    let opened = use_value("department");
    let below = use_value("below");
    let may_add_root = session::may(policy::may_manage_company);
    let add = Callback::new(move |()| changes.apply(&[("department", Some("new"))]));
    let tree = Memo::new(move |_| {
        let page = query.data.get()?;
        Some(in_tree_order(page.items))
    });
    let close = Callback::new(move |()| changes.apply(&[("department", None), ("below", None)]));
    let panel = move || {
        let id = opened.get()?;
        let departments = tree.get_untracked()?;
        let find = |id: &str| {
            let found = departments.iter().find(|(d, _)| d.id.as_str() == id);
            found.map(|(d, _)| d.clone())
        };
        if id == "new" {
            let parent = below.get_untracked().and_then(|id| find(&id));
            return Some(view! { <NewDepartment parent on_close=close /> }.into_any());
        }
        let department = find(&id)?;
        let parent = department
            .parent_id
            .as_ref()
            .and_then(|id| find(id.as_str()));
        let parent = parent.map(|parent| parent.name);
        Some(view! { <DepartmentEditor department parent on_close=close /> }.into_any())
    };
    // The panel waits for the departments when its address was opened directly.
    let is_there = Memo::new(move |_| tree.with(Option::is_some));
    let body = move || {
        if !is_there.get() {
            return match query.failure.get() {
                Some(failure) => {
                    view! { <ErrorState failure on_retry=move |()| query.retry() /> }.into_any()
                }
                None => view! {
                    <Show when=move || query.slow.get()>
                        <SkeletonRows rows=6 />
                    </Show>
                }
                .into_any(),
            };
        }
        if tree.with(|tree| tree.as_ref().is_some_and(Vec::is_empty)) {
            return nothing_yet(may_add_root.then_some(add));
        }
        view! { <Tree tree /> }.into_any()
    };
    view! {
        <SettingsHead path=paths::DEPARTMENTS>
            {may_add_root
                .then(|| {
                    view! {
                        <Button look=Look::Primary on_press=add>
                            {icon!("plus")}
                            {t("department-add")}
                        </Button>
                    }
                })}
        </SettingsHead>
        {body}
        {move || is_there.get().then_some(panel)}
    }
    .into_any()
}

fn nothing_yet(add: Option<Callback<()>>) -> AnyView {
    view! {
        <EmptyState
            picture=icon!("network")
            title=t("departments-empty-title")
            text=t("departments-empty-text")
        >
            {add
                .map(|add| {
                    view! {
                        <Button look=Look::Primary on_press=add>
                            {icon!("plus")}
                            {t("department-add")}
                        </Button>
                    }
                })}
        </EmptyState>
    }
    .into_any()
}

/// The departments, each after the one above it, with their depth.
fn in_tree_order(departments: Vec<Department>) -> Vec<(Department, usize)> {
    fn walk(
        parent: Option<&DepartmentId>,
        depth: usize,
        all: &[Department],
        sorted: &mut Vec<(Department, usize)>,
    ) {
        for department in all.iter().filter(|d| d.parent_id.as_ref() == parent) {
            if sorted.len() < all.len() {
                sorted.push((department.clone(), depth));
                walk(Some(&department.id), depth + 1, all, sorted);
            }
        }
    }
    let mut sorted = Vec::with_capacity(departments.len());
    walk(None, 0, &departments, &mut sorted);
    sorted
}

#[component]
fn Tree(tree: Memo<Option<Vec<(Department, usize)>>>) -> impl IntoView {
    let changes = use_changes();
    view! {
        <TableFrame label=t("settings-departments")>
            <thead>
                <tr>
                    <th scope="col">{t("field-name")}</th>
                    <th scope="col" class="cell-number">
                        {t("column-people")}
                    </th>
                    <th scope="col" class="max-md:hidden">
                        {t("field-share-deals")}
                    </th>
                    <th scope="col" class="cell-action">
                        <span class="sr-only">{t("more-actions")}</span>
                    </th>
                </tr>
            </thead>
            <tbody>
                <For
                    each=move || tree.get().unwrap_or_default()
                    key=|(department, depth)| {
                        (department.id.clone(), department.version, department.people, *depth)
                    }
                    children=move |(department, depth)| row(department, depth, changes)
                />
            </tbody>
        </TableFrame>
    }
    .into_any()
}

fn row(department: Department, depth: usize, changes: Changes) -> AnyView {
    let may_manage =
        session::may(|actor| policy::may_manage_department(actor, Some(&department.id)));
    let id = department.id.to_string();
    let name = department.name.clone();
    let people = format!("{}?department_id={id}", paths::PEOPLE);
    let share_label = t_with("department-share", &arguments! { "name" => name.clone() });
    let title = if may_manage {
        let id = id.clone();
        let href = move || changes.href(&[("department", Some(&id))]);
        view! {
            <a class="cell-title" href=href>
                {name}
            </a>
        }
        .into_any()
    } else {
        view! { <span class="cell-title">{name}</span> }.into_any()
    };
    let (shares, count) = (department.share_deals, department.people);
    let switched = department.clone();
    let menu = may_manage.then(|| menu(department, id, changes));
    view! {
        <tr>
            <th scope="row" class="cell-main font-normal">
                <span class="tree-cell" style:padding-left=format!("{}rem", depth as f64 * 1.5)>
                    {(depth > 0).then(|| icon!("corner-down-right"))}
                    {title}
                </span>
            </th>
            <td class="cell-number">
                <a class="link" href=people aria-label=t_count("people-count", count)>
                    {count}
                </a>
            </td>
            <td class="max-md:hidden">
                <input
                    type="checkbox"
                    class="toggle toggle-sm"
                    role="switch"
                    aria-label=share_label
                    disabled=!may_manage
                    prop:checked=shares
                    on:change=move |event| share(switched.clone(), event_target_checked(&event))
                />
            </td>
            <td class="cell-action">{menu}</td>
        </tr>
    }
    .into_any()
}

fn menu(department: Department, id: String, changes: Changes) -> AnyView {
    let department = StoredValue::new(department);
    let (edited, parent) = (id.clone(), id);
    view! {
        <Menu label=t("more-actions") end=true trigger=icon!("ellipsis")>
            <MenuItem on_select={
                let parent = parent.clone();
                move |()| {
                    changes.apply(&[("department", Some("new")), ("below", Some(&parent))]);
                }
            }>{icon!("plus")} {t("department-add-below")}</MenuItem>
            <MenuItem on_select={
                let edited = edited.clone();
                move |()| changes.apply(&[("department", Some(&edited))])
            }>{icon!("pencil")} {t("department-edit")}</MenuItem>
            <MenuItem on_select=move |()| remove(department.get_value())>
                <span class="menu-danger flex items-center gap-2">
                    {icon!("trash-2")} {t("department-remove")}
                </span>
            </MenuItem>
        </Menu>
    }
    .into_any()
}

fn share(department: Department, shares: bool) {
    spawn_local(async move {
        let id = department.id.to_string();
        let changes = json!({ "share_deals": shares });
        let outcome = api::call(Patch::<Departments>::new(
            id,
            Some(department.version),
            changes,
        ));
        match outcome.await {
            Ok(_) => toast::done(t(if shares {
                "department-shares"
            } else {
                "department-shares-not"
            })),
            Err(failure) => toast::failed(&failure),
        }
        invalidate(KINDS);
    });
}

fn remove(department: Department) {
    spawn_local(async move {
        let name = department.name;
        match api::call(Delete::<Departments>::new(department.id.into_string())).await {
            Ok(()) => {
                invalidate(KINDS);
                toast::done(t_with("department-removed", &arguments! { "name" => name }));
            }
            Err(failure) if failure.is(ErrorCode::InUse) => {
                let text = t_with("department-in-use", &arguments! { "name" => name });
                toast::refused(text, &failure);
            }
            Err(failure) => toast::failed(&failure),
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn department(id: &str, parent: Option<&str>) -> Department {
        Department {
            id: DepartmentId::new(id),
            name: id.to_owned(),
            parent_id: parent.map(DepartmentId::new),
            share_deals: false,
            people: 0,
            version: 1,
            created_at: Default::default(),
            updated_at: Default::default(),
        }
    }

    #[test]
    fn departments_stand_below_their_parents() {
        let all = vec![
            department("a", None),
            department("b", None),
            department("c", Some("a")),
            department("d", Some("c")),
        ];
        let sorted = in_tree_order(all);
        let shown: Vec<_> = sorted.iter().map(|(d, n)| (d.id.as_str(), *n)).collect();
        assert_eq!(shown, [("a", 0), ("c", 1), ("d", 2), ("b", 0)]);
    }
}
