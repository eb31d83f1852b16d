use etalon_domain::account::Account;
use etalon_domain::deal::DealFilter;
use etalon_domain::endpoint::{Accounts, GetRecord};
use etalon_domain::page::Any;
use etalon_domain::policy;
use leptos::prelude::*;

use super::form::AccountEditor;
use super::{actions, kind_name};
use crate::address::{use_changes, use_go, use_value};
use crate::contacts::{ContactsOf, NewContact};
use crate::deals;
use crate::i18n::{format, t, t_count};
use crate::leads::LeadsOf;
use crate::query::Query;
use crate::records::{Section, deals_tab, person, record_page};
use crate::routes::paths;
use crate::session;
use crate::ui::{
    Badge, Button, Fact, Facts, Menu, MenuItem, Money, Tab, Tabs, icon, link_fact, text_fact,
};

/// An account: what we know of it, its deals, its people, its history.
#[component]
pub fn AccountPage() -> impl IntoView {
    let section = Section {
        label: "nav-accounts",
        href: paths::ACCOUNTS,
    };
    record_page(
        section,
        GetRecord::<Accounts>::new,
        |account| account.name.clone(),
        body,
    )
}

fn body(account: RwSignal<Account>, _query: Query<Account>) -> AnyView {
    let changes = use_changes();
    let edit = use_value("edit");
    let creating = use_value("new");
    let tab = use_value("tab");
    let id = account.with_untracked(|a| a.id.clone());
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
            Some("history") => deals::history::<Accounts>(id.to_string()),
            Some("leads") => view! { <LeadsOf account=id.clone() /> }.into_any(),
            Some("contacts") => view! { <ContactsOf account=id.clone() /> }.into_any(),
            _ => deals_tab(DealFilter {
                account_id: Any::one(id.clone()),
                ..DealFilter::default()
            }),
        }
    };
    let editor = move || {
        edit.get().map(|_| {
            let account = account.get_untracked();
            view! { <AccountEditor account on_close=move |()| changes.apply(&[("edit", None)]) /> }
        })
    };
    let new_contact = move || {
        (creating.get().as_deref() == Some("contact")).then(|| {
            let account = account.get_untracked();
            view! {
                <NewContact
                    account=Some((account.id, account.name))
                    on_close=move |()| changes.apply(&[("new", None)])
                />
            }
        })
    };
    view! {
        <div class="deal-page">
            {move || head(account.get())}
            <div class="deal-columns">
                <section class="deal-work" aria-label=t("account-work")>
                    <Tabs label=t("account-work")>
                        {tab_link(None, "nav-deals")} {tab_link(Some("leads"), "nav-leads")}
                        {tab_link(Some("contacts"), "nav-contacts")}
                        {tab_link(Some("history"), "tab-history")}
                    </Tabs>
                    <div class="deal-tab">{content}</div>
                </section>
                <aside class="deal-aside" aria-label=t("account-facts")>
                    {move || facts(account.get())}
                </aside>
            </div>
        </div>
        {editor}
        {new_contact}
    }
    .into_any()
}

fn head(account: Account) -> AnyView {
    let changes = use_changes();
    let go = use_go();
    let may_edit = session::may(policy::may_edit_base);
    let may_delete =
        session::may(|actor| policy::may_delete_base(actor, account.owner_id.as_ref()));
    let place: Vec<String> = [
        account.industry.clone(),
        account.city.clone(),
        account.country.clone(),
    ]
    .into_iter()
    .flatten()
    .collect();
    let deals = t_count("open-deals-count", account.open_deals);
    let name = account.name.clone();
    let kind = kind_name(account.kind);
    let account = StoredValue::new(account);
    view! {
        <header class="deal-head">
            <div class="deal-head-main">
                <div class="deal-number">
                    <Badge>{kind}</Badge>
                    <span>{deals}</span>
                </div>
                <h1 class="record-title">{name}</h1>
                <p class="text-soft">{place.join(" · ")}</p>
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
                                    account
                                        .with_value(|account| {
                                            actions::delete(account, move || go.to(paths::ACCOUNTS));
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

fn facts(account: Account) -> AnyView {
    let website = account.website.map(|site| {
        let is_address = site.starts_with("https://") || site.starts_with("http://");
        let href = if is_address {
            site.clone()
        } else {
            format!("https://{site}")
        };
        let shown = site
            .trim_start_matches("https://")
            .trim_start_matches("http://");
        let shown = shown.trim_start_matches("www.").trim_end_matches('/');
        link_fact(href, shown.to_owned())
    });
    let parent = account
        .parent_id
        .zip(account.parent_name)
        .map(|(id, name)| link_fact(paths::account(id.as_str()), name));
    let revenue = account
        .annual_revenue
        .map(|money| view! { <Money value=money /> }.into_any());
    let phone = account
        .phone
        .map(|phone| link_fact(format!("tel:{phone}"), phone));
    let email = account
        .email
        .map(|email| link_fact(format!("mailto:{email}"), email));
    let place: Vec<String> = [account.address, account.city, account.country]
        .into_iter()
        .flatten()
        .collect();
    let place = (!place.is_empty()).then(|| place.join(", "));
    let founded = account.founded_year.map(|year| year.to_string());
    view! {
        <section class="card-box">
            <h2>{t("account-reach")}</h2>
            <Facts>
                <Fact label=t("field-phone") value=phone />
                <Fact label=t("field-email") value=email />
                <Fact label=t("field-website") value=website />
                <Fact label=t("field-address") value=text_fact(place) />
            </Facts>
        </section>
        <section class="card-box">
            <h2>{t("account-company")}</h2>
            <Facts>
                <Fact label=t("field-industry") value=text_fact(account.industry) />
                <Fact
                    label=t("field-employees")
                    value=text_fact(account.employees.map(format::number))
                />
                <Fact label=t("field-annual-revenue") value=revenue />
                <Fact label=t("field-founded-year") value=text_fact(founded) />
                <Fact label=t("field-tax-number") value=text_fact(account.tax_number) />
                <Fact label=t("field-parent-id") value=parent />
            </Facts>
        </section>
        <section class="card-box">
            <h2>{t("account-record")}</h2>
            <Facts>
                <Fact
                    label=t("field-owner-id")
                    value=account.owner_name.map(|name| person(Some(name)))
                />
                <Fact
                    label=t("fact-created-at")
                    value=text_fact(Some(format::instant(account.created_at)))
                />
                <Fact
                    label=t("fact-updated-at")
                    value=text_fact(Some(format::instant(account.updated_at)))
                />
            </Facts>
            {account.description.map(|text| view! { <p class="record-notes">{text}</p> })}
        </section>
    }
    .into_any()
}
