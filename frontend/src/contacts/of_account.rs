use etalon_domain::contact::{Contact, ContactFilter};
use etalon_domain::endpoint::{Contacts, List};
use etalon_domain::id::AccountId;
use etalon_domain::page::Any;
use etalon_domain::policy;
use leptos::html;
use leptos::prelude::*;

use crate::address::{Go, use_changes, use_go};
use crate::i18n::t;
use crate::query::use_pages;
use crate::records::{ListBody, or_dash, status_of};
use crate::routes::paths;
use crate::session;
use crate::ui::{Avatar, Button, EmptyState, LoadMore, TableFrame, icon, open_row, walk_rows};

/// The people of an account.
#[component]
pub fn ContactsOf(
    /// The account.
    account: AccountId,
) -> impl IntoView {
    let changes = use_changes();
    let go = use_go();
    let pages = use_pages(move |cursor, limit| {
        List::<Contacts>(ContactFilter {
            account_id: Any::one(account.clone()),
            limit: Some(limit),
            cursor,
            ..ContactFilter::default()
        })
    });
    let create = Callback::new(move |()| changes.apply(&[("new", Some("contact"))]));
    let may_create = session::may(policy::may_edit_base);
    let body = NodeRef::<html::Tbody>::new();
    let empty = || {
        view! {
            <EmptyState
                picture=icon!("users")
                title=t("account-contacts-empty-title")
                text=t("account-contacts-empty-text")
            />
        }
    };
    view! {
        <div class="tab-tools">
            {may_create
                .then(|| {
                    view! {
                        <Button on_press=create>
                            {icon!("user-plus")}
                            {t("create-contact")}
                        </Button>
                    }
                })}
        </div>
        <ListBody status=status_of(pages) empty>
            <TableFrame label=t("nav-contacts") stale=pages.loading>
                <thead>
                    <tr>
                        <th scope="col">{t("field-person-name")}</th>
                        <th scope="col" class="max-md:hidden">
                            {t("field-email")}
                        </th>
                        <th scope="col">{t("field-phone")}</th>
                    </tr>
                </thead>
                <tbody node_ref=body on:keydown=walk_rows(body)>
                    <For
                        each=move || pages.items.get()
                        key=|contact| (contact.id.clone(), contact.version)
                        children=move |contact| row(contact, go)
                    />
                </tbody>
            </TableFrame>
            <LoadMore pages />
        </ListBody>
    }
    .into_any()
}

fn row(contact: Contact, go: Go) -> AnyView {
    let href = paths::contact(contact.id.as_str());
    let open = open_row(go, Some(href.clone()));
    view! {
        <tr class="row-link" on:click=open>
            <th scope="row" class="cell-main font-normal">
                <span class="person">
                    <Avatar name=contact.name.clone() />
                    <span class="min-w-0">
                        <a class="cell-title" href=href>
                            {contact.name}
                        </a>
                        <span class="cell-under">{contact.position}</span>
                    </span>
                </span>
            </th>
            <td class="max-md:hidden">{or_dash(contact.email)}</td>
            <td>{or_dash(contact.phone)}</td>
        </tr>
    }
    .into_any()
}
