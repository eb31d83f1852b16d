use etalon_domain::endpoint::{List, Users, from_query};
use etalon_domain::policy;
use etalon_domain::user::{Role, User, UserFilter};
use leptos::html;
use leptos::prelude::*;

use super::frame::SettingsHead;
use super::person_form::{NewPerson, PersonEditor, set_active};
use crate::address::{Changes, use_changes, use_pairs, use_value};
use crate::i18n::{t, words};
use crate::query::{Pages, use_pages};
use crate::records::{ListBody, list_keys, or_dash, status_of};
use crate::routes::paths;
use crate::session;
use crate::ui::{
    Avatar, Badge, Button, Choice, EmptyState, FilterBar, FilterKind, LinkButton, ListFilter,
    LoadMore, Look, Menu, MenuItem, PickerSource, TableFrame, Tone, icon, walk_rows,
};

/// The people of the company. Those who may manage some add and change them here.
#[component]
pub fn PeoplePage() -> impl IntoView {
    let pairs = use_pairs();
    let changes = use_changes();
    let opened = use_value("person");
    let filter = Memo::new(move |_| pairs.with(|pairs| from_query::<UserFilter>(pairs)));
    let pages = use_pages(move |cursor, limit| {
        List::<Users>(UserFilter {
            limit: Some(limit),
            cursor,
            ..filter.get()
        })
    });
    let may_add = session::may(policy::may_manage_people);
    let add = Callback::new(move |()| changes.apply(&[("person", Some("new"))]));
    list_keys(may_add.then_some(add));
    let close = Callback::new(move |()| changes.apply(&[("person", None)]));
    let panel = move || {
        opened.get().map(|id| {
            if id == "new" {
                view! { <NewPerson on_close=close /> }.into_any()
            } else {
                view! { <PersonEditor id on_close=close /> }.into_any()
            }
        })
    };
    let empty = || {
        view! {
            <EmptyState picture=icon!("search-x") title=t("people-none-title") text=t("people-none-text")>
                <LinkButton href=paths::PEOPLE.to_owned()>{t("filters-clear")}</LinkButton>
            </EmptyState>
        }
    };
    view! {
        <SettingsHead path=paths::PEOPLE>
            {may_add
                .then(|| {
                    view! {
                        <Button look=Look::Primary on_press=add>
                            {icon!("user-plus")}
                            {t("person-add")}
                        </Button>
                    }
                })}
        </SettingsHead>
        <FilterBar placeholder=t("people-search") filters=filters() />
        <ListBody status=status_of(pages) empty>
            <Rows pages />
        </ListBody>
        {panel}
    }
    .into_any()
}

fn filters() -> Vec<ListFilter> {
    let roles = Role::ALL
        .iter()
        .map(|role| Choice::new(role.as_str(), words::role(*role)));
    let active = [("true", "person-active"), ("false", "person-inactive")];
    let active = active.map(|(value, label)| Choice::new(value, t(label)));
    let filter = |name, label: &str, kind| ListFilter {
        name,
        label: t(label),
        kind,
    };
    vec![
        filter("role", "field-role", FilterKind::Choices(roles.collect())),
        filter(
            "department_id",
            "field-department-id",
            FilterKind::Records(PickerSource::Departments),
        ),
        filter("active", "field-active", FilterKind::Choice(active.into())),
    ]
}

#[component]
fn Rows(pages: Pages<User>) -> impl IntoView {
    let changes = use_changes();
    let body = NodeRef::<html::Tbody>::new();
    let plain = |label: &str, class: &'static str| {
        view! {
            <th scope="col" class=class>
                {t(label)}
            </th>
        }
    };
    view! {
        <TableFrame label=t("settings-people") stale=pages.loading>
            <thead>
                <tr>
                    {plain("field-person-name", "")} {plain("field-role", "max-md:hidden")}
                    {plain("field-department-id", "max-md:hidden")} {plain("field-active", "")}
                    <th scope="col" class="cell-action">
                        <span class="sr-only">{t("more-actions")}</span>
                    </th>
                </tr>
            </thead>
            <tbody node_ref=body on:keydown=walk_rows(body)>
                <For
                    each=move || pages.items.get()
                    key=|user| (user.id.clone(), user.version)
                    children=move |user| row(user, changes)
                />
            </tbody>
        </TableFrame>
        <LoadMore pages />
    }
    .into_any()
}

fn row(user: User, changes: Changes) -> AnyView {
    let id = user.id.to_string();
    let name = user.name.clone();
    let may_manage = session::may(|actor| {
        policy::may_manage_user(actor, user.department_id.as_ref(), user.role)
    });
    let under = match (&user.email, user.can_sign_in) {
        (Some(email), true) => email.clone(),
        (Some(email), false) => format!("{email} · {}", t("person-no-password")),
        (None, _) => t("person-no-email"),
    };
    let title = if may_manage {
        let href = {
            let id = id.clone();
            move || changes.href(&[("person", Some(&id))])
        };
        view! {
            <a class="cell-title" href=href>
                {user.name.clone()}
            </a>
        }
        .into_any()
    } else {
        view! { <span class="cell-title">{user.name.clone()}</span> }.into_any()
    };
    let state = if user.active {
        view! { <Badge tone=Tone::Success>{t("person-active")}</Badge> }.into_any()
    } else {
        view! { <Badge>{t("person-inactive")}</Badge> }.into_any()
    };
    let role = words::role(user.role);
    let department = user.department_name.clone();
    let menu = may_manage.then(|| menu(user, id, changes));
    view! {
        <tr>
            <th scope="row" class="cell-main font-normal">
                <span class="person">
                    <Avatar name=name />
                    <span class="min-w-0">
                        {title}
                        <span class="cell-under">{under}</span>
                    </span>
                </span>
            </th>
            <td class="max-md:hidden">{role}</td>
            <td class="max-md:hidden">{or_dash(department)}</td>
            <td>{state}</td>
            <td class="cell-action">{menu}</td>
        </tr>
    }
    .into_any()
}

fn menu(user: User, id: String, changes: Changes) -> AnyView {
    let is_active = user.active;
    let user = StoredValue::new(user);
    view! {
        <Menu label=t("more-actions") end=true trigger=icon!("ellipsis")>
            <MenuItem on_select={
                let id = id.clone();
                move |()| changes.apply(&[("person", Some(&id))])
            }>{icon!("pencil")} {t("edit")}</MenuItem>
            <MenuItem on_select=move |()| {
                set_active(user.get_value(), !is_active);
            }>
                {if is_active { icon!("user-round-x") } else { icon!("user-round-check") }}
                {if is_active { t("person-deactivate") } else { t("person-activate") }}
            </MenuItem>
        </Menu>
    }
    .into_any()
}
