use etalon_domain::contact::{Contact, ContactFilter};
use etalon_domain::endpoint::{Contacts, List, from_query};
use etalon_domain::policy;
use leptos::html;
use leptos::prelude::*;

use super::actions;
use super::form::NewContact;
use crate::address::{Go, use_changes, use_go, use_pairs, use_value};
use crate::i18n::{format, t, t_count};
use crate::layout::{PageHead, set_trail};
use crate::query::{Pages, use_pages};
use crate::records::{
    BinTabs, ListBody, empty_bin, list_keys, or_dash, person, row_title, status_of,
};
use crate::routes::paths;
use crate::session;
use crate::ui::{
    Avatar, Button, EmptyState, FilterBar, FilterKind, LinkButton, ListFilter, LoadMore, Look,
    PickerSource, SortHeader, TableFrame, icon, link_fact, open_row, walk_rows,
};

/// The list of contacts.
#[component]
pub fn ContactList() -> impl IntoView {
    set_trail(vec![(t("nav-contacts"), None)]);
    let pairs = use_pairs();
    let changes = use_changes();
    let creating = use_value("new");
    let filter = Memo::new(move |_| pairs.with(|pairs| from_query::<ContactFilter>(pairs)));
    let may_create = session::may(policy::may_edit_base);
    let create = Callback::new(move |()| changes.apply(&[("new", Some("contact"))]));
    list_keys(may_create.then_some(create));
    let pages = use_pages(move |cursor, limit| {
        let mut filter = filter.get();
        filter.totals = cursor.is_none().then_some(true);
        filter.limit = Some(limit);
        filter.cursor = cursor;
        List::<Contacts>(filter)
    });
    let is_bin = Memo::new(move |_| filter.with(|f| f.deleted == Some(true)));
    let is_narrowed = move || {
        filter.with(|f| {
            let (sort, deleted) = (f.sort, f.deleted);
            *f != ContactFilter {
                sort,
                deleted,
                ..ContactFilter::default()
            }
        })
    };
    let empty = move || {
        if is_bin.get() && !is_narrowed() {
            empty_bin()
        } else if is_narrowed() {
            nothing_found()
        } else {
            nothing_yet(may_create.then_some(create))
        }
    };
    view! {
        <PageHead title=t("nav-contacts")>
            {may_create
                .then(|| {
                    view! {
                        <Button look=Look::Primary on_press=create>
                            {icon!("plus")}
                            {t("create-contact")}
                        </Button>
                    }
                })}
        </PageHead>
        <BinTabs is_bin />
        <FilterBar placeholder=t("contacts-search") filters=filters() />
        <ListBody status=status_of(pages) empty>
            <Rows pages filter />
        </ListBody>
        <Show when=move || creating.get().as_deref() == Some("contact")>
            <NewContact account=None on_close=move |()| changes.apply(&[("new", None)]) />
        </Show>
    }
    .into_any()
}

fn filters() -> Vec<ListFilter> {
    vec![
        ListFilter {
            name: "account_id",
            label: t("field-account-id"),
            kind: FilterKind::Records(PickerSource::Accounts),
        },
        ListFilter {
            name: "owner_id",
            label: t("field-owner-id"),
            kind: FilterKind::Records(PickerSource::Users),
        },
    ]
}

fn nothing_found() -> AnyView {
    view! {
        <EmptyState
            picture=icon!("search-x")
            title=t("contacts-none-title")
            text=t("contacts-none-text")
        >
            <LinkButton href=paths::CONTACTS.to_owned()>{t("filters-clear")}</LinkButton>
        </EmptyState>
    }
    .into_any()
}

fn nothing_yet(create: Option<Callback<()>>) -> AnyView {
    view! {
        <EmptyState
            picture=icon!("users")
            title=t("contacts-empty-title")
            text=t("contacts-empty-text")
        >
            {create
                .map(|create| {
                    view! {
                        <Button look=Look::Primary on_press=create>
                            {icon!("plus")}
                            {t("create-contact")}
                        </Button>
                    }
                })}
        </EmptyState>
    }
    .into_any()
}

#[component]
fn Rows(pages: Pages<Contact>, filter: Memo<ContactFilter>) -> impl IntoView {
    let changes = use_changes();
    let go = use_go();
    let body = NodeRef::<html::Tbody>::new();
    let sort = Signal::derive(move || {
        filter.with(|f| f.sort.map_or_else(|| "name".to_owned(), |s| s.to_string()))
    });
    let on_sort = Callback::new(move |order: String| changes.apply(&[("sort", Some(&order))]));
    let head = move |label: &'static str, field: &'static str, class: &'static str, desc: bool| {
        view! { <SortHeader label=t(label) field sort on_sort class descending_first=desc /> }
    };
    let plain = |label: &str, class: &'static str| {
        view! {
            <th scope="col" class=class>
                {t(label)}
            </th>
        }
    };
    view! {
        <TableFrame label=t("nav-contacts") stale=pages.loading>
            <thead>
                <tr>
                    {head("field-person-name", "name", "", false)}
                    {head("field-account-id", "account", "max-md:hidden", false)}
                    {plain("field-email", "max-md:hidden")} {plain("field-phone", "")}
                    {plain("field-owner-id", "max-lg:hidden")}
                    {head("column-updated", "updated_at", "max-2xl:hidden", true)}
                </tr>
            </thead>
            <tbody node_ref=body on:keydown=walk_rows(body)>
                <For
                    each=move || pages.items.get()
                    key=|contact| (contact.id.clone(), contact.version)
                    children=move |contact| row(contact, go)
                />
            </tbody>
            <tfoot>
                {move || {
                    pages
                        .totals
                        .get()
                        .map(|totals| {
                            view! {
                                <tr>
                                    <th scope="row" colspan="6">
                                        {t_count("contacts-count", totals.count)}
                                    </th>
                                </tr>
                            }
                        })
                }}
            </tfoot>
        </TableFrame>
        <LoadMore pages />
    }
    .into_any()
}

fn row(contact: Contact, go: Go) -> AnyView {
    let is_deleted = contact.deleted_at.is_some();
    let restored = contact.clone();
    let company = contact
        .account_id
        .zip(contact.account_name)
        .map(|(id, name)| link_fact(paths::account(id.as_str()), name));
    let target = (!is_deleted).then(|| paths::contact(contact.id.as_str()));
    let open = open_row(go, target.clone());
    view! {
        <tr class:row-link=!is_deleted on:click=open>
            <th scope="row" class="cell-main font-normal">
                <span class="person">
                    <Avatar name=contact.name.clone() />
                    <span class="min-w-0">
                        {row_title(contact.name, target)}
                        <span class="cell-under">{contact.position}</span>
                    </span>
                </span>
            </th>
            <td class="cell-clip max-md:hidden">{company.unwrap_or_else(|| or_dash(None))}</td>
            <td class="cell-clip max-md:hidden">{or_dash(contact.email)}</td>
            <td>
                {if is_deleted {
                    view! {
                        <Button on_press=move |()| actions::restore(&restored)>
                            {t("restore")}
                        </Button>
                    }
                        .into_any()
                } else {
                    or_dash(contact.phone)
                }}
            </td>
            <td class="max-lg:hidden">{person(contact.owner_name)}</td>
            <td class="max-2xl:hidden text-faint">{format::near_instant(contact.updated_at)}</td>
        </tr>
    }
    .into_any()
}
