use etalon_domain::contact::Contact;
use etalon_domain::deal::DealFilter;
use etalon_domain::endpoint::{Contacts, GetRecord};
use etalon_domain::page::Any;
use etalon_domain::policy;
use leptos::prelude::*;

use super::actions;
use super::form::ContactEditor;
use crate::address::{use_changes, use_go, use_value};
use crate::deals;
use crate::i18n::{format, t};
use crate::query::Query;
use crate::records::{Section, deals_tab, person, record_page};
use crate::routes::paths;
use crate::session;
use crate::ui::{
    Avatar, Button, Fact, Facts, Menu, MenuItem, Tab, Tabs, icon, link_fact, text_fact,
};

/// A contact: how to reach the person, the deals, the history.
#[component]
pub fn ContactPage() -> impl IntoView {
    let section = Section {
        label: "nav-contacts",
        href: paths::CONTACTS,
    };
    record_page(
        section,
        GetRecord::<Contacts>::new,
        |contact| contact.name.clone(),
        body,
    )
}

fn body(contact: RwSignal<Contact>, _query: Query<Contact>) -> AnyView {
    let changes = use_changes();
    let edit = use_value("edit");
    let tab = use_value("tab");
    let id = contact.with_untracked(|a| a.id.clone());
    let tab_link = move |name: Option<&'static str>, label: &'static str| {
        let href = Signal::derive(move || changes.href(&[("tab", name), ("sort", None)]));
        let active = Signal::derive(move || tab.get().as_deref() == name);
        view! {
            <Tab href active>
                {t(label)}
            </Tab>
        }
    };
    let content = {
        let id = id.clone();
        move || match tab.get().as_deref() {
            Some("history") => deals::history::<Contacts>(id.to_string()),
            _ => deals_tab(DealFilter {
                contact_id: Any::one(id.clone()),
                ..DealFilter::default()
            }),
        }
    };
    let editor = move || {
        edit.get().map(|_| {
            let contact = contact.get_untracked();
            view! { <ContactEditor contact on_close=move |()| changes.apply(&[("edit", None)]) /> }
        })
    };
    view! {
        <div class="deal-page">
            {move || head(contact.get())}
            <div class="deal-columns">
                <section class="deal-work" aria-label=t("contact-work")>
                    <Tabs label=t("contact-work")>
                        {tab_link(None, "nav-deals")} {tab_link(Some("history"), "tab-history")}
                    </Tabs>
                    <div class="deal-tab">{content}</div>
                </section>
                <aside class="deal-aside" aria-label=t("contact-facts")>
                    {move || facts(contact.get())}
                </aside>
            </div>
        </div>
        {editor}
    }
    .into_any()
}

fn head(contact: Contact) -> AnyView {
    let changes = use_changes();
    let go = use_go();
    let may_edit = session::may(policy::may_edit_base);
    let may_delete =
        session::may(|actor| policy::may_delete_base(actor, contact.owner_id.as_ref()));
    let company = contact
        .account_id
        .clone()
        .zip(contact.account_name.clone())
        .map(|(id, name)| link_fact(paths::account(id.as_str()), name));
    let position = contact.position.clone();
    let name = contact.name.clone();
    let contact = StoredValue::new(contact);
    view! {
        <header class="deal-head">
            <div class="deal-head-main">
                <h1 class="record-title">
                    <Avatar name=name.clone() />
                    {name}
                </h1>
                <p class="record-under">{position} {company}</p>
            </div>
            <div class="page-actions">
                {may_edit
                    .then(|| {
                        view! {
                            <Button on_press=move |()| changes.apply(&[("edit", Some("1"))])>
                                {icon!("pencil")}
                                {t("edit")}
                            </Button>
                        }
                    })}
                {may_delete
                    .then(|| {
                        view! {
                            <Menu label=t("more-actions") end=true trigger=icon!("ellipsis")>
                                <MenuItem on_select=move |()| {
                                    contact
                                        .with_value(|contact| {
                                            actions::delete(contact, move || go.to(paths::CONTACTS));
                                        });
                                }>
                                    <span class="menu-danger flex items-center gap-2">
                                        {icon!("trash-2")} {t("delete")}
                                    </span>
                                </MenuItem>
                            </Menu>
                        }
                    })}
            </div>
        </header>
    }
    .into_any()
}

fn facts(contact: Contact) -> AnyView {
    let phone = contact
        .phone
        .map(|phone| link_fact(format!("tel:{phone}"), phone));
    let email = contact
        .email
        .map(|email| link_fact(format!("mailto:{email}"), email));
    let company = contact
        .account_id
        .zip(contact.account_name)
        .map(|(id, name)| link_fact(paths::account(id.as_str()), name));
    view! {
        <section class="card-box">
            <h2>{t("contact-reach")}</h2>
            <Facts>
                <Fact label=t("field-phone") value=phone />
                <Fact label=t("field-email") value=email />
                <Fact label=t("field-account-id") value=company />
                <Fact label=t("field-position") value=text_fact(contact.position) />
            </Facts>
        </section>
        <section class="card-box">
            <h2>{t("contact-record")}</h2>
            <Facts>
                <Fact
                    label=t("field-owner-id")
                    value=contact.owner_name.map(|name| person(Some(name)))
                />
                <Fact
                    label=t("fact-created-at")
                    value=text_fact(Some(format::instant(contact.created_at)))
                />
                <Fact
                    label=t("fact-updated-at")
                    value=text_fact(Some(format::instant(contact.updated_at)))
                />
            </Facts>
            {contact.description.map(|text| view! { <p class="record-notes">{text}</p> })}
        </section>
    }
    .into_any()
}
