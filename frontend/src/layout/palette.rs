use std::time::Duration;

use etalon_domain::account::AccountFilter;
use etalon_domain::contact::ContactFilter;
use etalon_domain::deal::DealFilter;
use etalon_domain::endpoint::{Accounts, Contacts, Deals, Leads, List};
use etalon_domain::lead::LeadFilter;
use etalon_domain::policy;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::Frame;
use super::sidebar::sections;
use crate::i18n::t;
use crate::query::use_query;
use crate::routes::paths;
use crate::session;
use crate::ui::{Dialog, icon};

/// How many records of each kind are found.
const FOUND: u32 = 5;

#[derive(Clone)]
struct Entry {
    group: &'static str,
    icon: fn() -> AnyView,
    label: String,
    hint: String,
    href: String,
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.href == other.href && self.label == other.label && self.hint == other.hint
    }
}

/// Goes anywhere by a few letters: sections, things to create, leads, deals, accounts,
/// contacts.
#[component]
pub(super) fn Palette() -> impl IntoView {
    let frame = expect_context::<Frame>();
    let typed = RwSignal::new(String::new());
    let text = RwSignal::new(String::new());
    let marked = RwSignal::new(0usize);
    let entries = Memo::new({
        let found = search(text);
        move |_| {
            let mut entries = commands(&typed.get());
            entries.extend(found.get());
            entries
        }
    });
    let pending = StoredValue::new(0u32);
    let on_input = move |event| {
        let value = event_target_value(&event);
        typed.set(value.clone());
        marked.set(0);
        let ticket = pending.get_value() + 1;
        pending.set_value(ticket);
        set_timeout(
            move || {
                if pending.try_get_value() == Some(ticket) {
                    text.set(value.trim().to_owned());
                }
            },
            Duration::from_millis(120),
        );
    };
    let navigate = use_navigate();
    let go = Callback::new(move |at: usize| {
        if let Some(entry) = entries.with_untracked(|all| all.get(at).cloned()) {
            frame.palette.set(false);
            navigate(&entry.href, NavigateOptions::default());
        }
    });
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        let last = entries.with_untracked(Vec::len).saturating_sub(1);
        match event.key().as_str() {
            "ArrowDown" => marked.update(|at| *at = if *at >= last { 0 } else { *at + 1 }),
            "ArrowUp" => marked.update(|at| *at = if *at == 0 { last } else { *at - 1 }),
            "Enter" => go.run(marked.get_untracked()),
            _ => return,
        }
        event.prevent_default();
    };
    let rows = move || {
        let mut group = "";
        let rows = entries
            .get()
            .into_iter()
            .enumerate()
            .map(|(at, entry)| {
                let head = (entry.group != group).then(|| {
                    view! { <div class="palette-group" role="presentation">{t(entry.group)}</div> }
                });
                group = entry.group;
                view! {
                    {head}
                    <div
                        id=format!("palette-{at}")
                        role="option"
                        class="picker-option"
                        aria-selected=move || (marked.get() == at).to_string()
                        on:mousemove=move |_| marked.set(at)
                        on:click=move |_| go.run(at)
                    >
                        {(entry.icon)()}
                        <span class="truncate">{entry.label}</span>
                        <span class="picker-hint">{entry.hint}</span>
                    </div>
                }
            })
            .collect::<Vec<_>>();
        if rows.is_empty() {
            view! { <p class="picker-nothing">{t("picker-nothing")}</p> }.into_any()
        } else {
            rows.into_any()
        }
    };
    view! {
        <Dialog title=t("palette") on_close=move |()| frame.palette.set(false)>
            <div class="palette">
                <input
                    type="text"
                    class="palette-input"
                    role="combobox"
                    autocomplete="off"
                    data-autofocus=""
                    placeholder=t("palette-placeholder")
                    aria-label=t("palette-placeholder")
                    aria-expanded="true"
                    aria-controls="palette-list"
                    aria-activedescendant=move || format!("palette-{}", marked.get())
                    prop:value=move || typed.get()
                    on:input=on_input
                    on:keydown=on_key
                />
                <div class="palette-list" id="palette-list" role="listbox" aria-label=t("picker-results")>
                    {rows}
                </div>
            </div>
        </Dialog>
    }
}

fn commands(typed: &str) -> Vec<Entry> {
    let wanted = etalon_domain::text::fold(typed);
    let mut entries: Vec<Entry> = sections()
        .into_iter()
        .map(|section| Entry {
            group: "palette-go",
            icon: section.icon,
            label: t(section.label),
            hint: String::new(),
            href: section.href.to_owned(),
        })
        .collect();
    if session::may(policy::may_edit_base) {
        for (label, section, kind) in [
            ("create-lead", paths::LEADS, "lead"),
            ("create-deal", paths::DEALS, "deal"),
            ("create-activity", paths::MY_DAY, "activity"),
            ("create-account", paths::ACCOUNTS, "account"),
            ("create-contact", paths::CONTACTS, "contact"),
            ("create-material", paths::KNOWLEDGE, "material"),
        ] {
            entries.push(Entry {
                group: "create",
                icon: || icon!("plus"),
                label: t(label),
                hint: String::new(),
                href: format!("{section}?new={kind}"),
            });
        }
    }
    entries.retain(|entry| etalon_domain::text::fold(&entry.label).contains(&wanted));
    entries
}

fn search(text: RwSignal<String>) -> Signal<Vec<Entry>> {
    let q = move || Some(text.get()).filter(|t| !t.is_empty());
    let limit = Some(FOUND);
    let deals = use_query(move || {
        q().map(|q| {
            List::<Deals>(DealFilter {
                q: Some(q),
                limit,
                ..Default::default()
            })
        })
    });
    let accounts = use_query(move || {
        q().map(|q| {
            List::<Accounts>(AccountFilter {
                q: Some(q),
                limit,
                ..Default::default()
            })
        })
    });
    let contacts = use_query(move || {
        q().map(|q| {
            List::<Contacts>(ContactFilter {
                q: Some(q),
                limit,
                ..Default::default()
            })
        })
    });
    let leads = use_query(move || {
        q().map(|q| {
            List::<Leads>(LeadFilter {
                q: Some(q),
                limit,
                ..Default::default()
            })
        })
    });
    Signal::derive(move || {
        let mut entries = Vec::new();
        for lead in leads.data.get().map(|p| p.items).unwrap_or_default() {
            entries.push(Entry {
                group: "nav-leads",
                icon: || icon!("magnet"),
                label: lead.title,
                hint: (lead.account_name.or(lead.company_name)).unwrap_or_default(),
                href: paths::lead(lead.id.as_str()),
            });
        }
        for deal in deals.data.get().map(|p| p.items).unwrap_or_default() {
            entries.push(Entry {
                group: "nav-deals",
                icon: || icon!("briefcase-business"),
                label: deal.title,
                hint: deal.account_name.unwrap_or(deal.number),
                href: paths::deal(deal.id.as_str()),
            });
        }
        for account in accounts.data.get().map(|p| p.items).unwrap_or_default() {
            entries.push(Entry {
                group: "nav-accounts",
                icon: || icon!("building-2"),
                label: account.name,
                hint: account.city.unwrap_or_default(),
                href: paths::account(account.id.as_str()),
            });
        }
        for contact in contacts.data.get().map(|p| p.items).unwrap_or_default() {
            entries.push(Entry {
                group: "nav-contacts",
                icon: || icon!("user-round"),
                label: contact.name,
                hint: contact.account_name.unwrap_or_default(),
                href: paths::contact(contact.id.as_str()),
            });
        }
        entries
    })
}
