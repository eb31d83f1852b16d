//! What pickers search in: the records of the server, and making a new one in place.

use etalon_domain::account::{AccountDraft, AccountFilter};
use etalon_domain::contact::{ContactDraft, ContactFilter};
use etalon_domain::deal::{DealFilter, DealStatus};
use etalon_domain::endpoint::{
    Accounts, Contacts, Create, Deals, Departments, GetRecord, List, ListProcesses, Products, Users,
};
use etalon_domain::page::Any;
use etalon_domain::policy;
use etalon_domain::product::{ProductDraft, ProductFilter};
use etalon_domain::user::UserFilter;
use leptos::prelude::*;

use crate::api::Failure;
use crate::i18n::language;
use crate::query::{invalidate, use_query};
use crate::{api, session};

/// A chosen or offered record.
#[derive(Clone, Debug, PartialEq)]
pub struct Picked {
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What tells it from others of that name.
    pub hint: Option<String>,
}

/// Of what kind the records are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PickerSource {
    /// Accounts.
    Accounts,
    /// Contacts; of the account that the signal names, when it names one.
    Contacts(Signal<Option<String>>),
    /// Open deals.
    Deals,
    /// Active people.
    Users,
    /// Active products.
    Products,
    /// Departments.
    Departments,
    /// Sales processes.
    Processes,
}

impl PickerSource {
    /// The records that match a text.
    pub fn search(self, text: Signal<String>) -> Signal<Option<Vec<Picked>>> {
        let q = move || Some(text.get()).filter(|t| !t.trim().is_empty());
        let limit = Some(OFFERED);
        match self {
            Self::Accounts => {
                let found = use_query(move || {
                    Some(List::<Accounts>(AccountFilter {
                        q: q(),
                        limit,
                        ..Default::default()
                    }))
                });
                offer(found.data, |a| (a.id.into_string(), a.name, a.city))
            }
            Self::Contacts(account) => {
                let found = use_query(move || {
                    let account_id = Any(account.get().into_iter().map(Into::into).collect());
                    Some(List::<Contacts>(ContactFilter {
                        q: q(),
                        account_id,
                        limit,
                        ..Default::default()
                    }))
                });
                offer(found.data, |c| {
                    (c.id.into_string(), c.name, c.account_name.or(c.position))
                })
            }
            Self::Deals => {
                let found = use_query(move || {
                    Some(List::<Deals>(DealFilter {
                        q: q(),
                        status: Any::one(DealStatus::Open),
                        limit,
                        ..Default::default()
                    }))
                });
                offer(found.data, |d| {
                    (
                        d.id.into_string(),
                        d.title,
                        d.account_name.or(Some(d.number)),
                    )
                })
            }
            Self::Users => {
                let found = use_query(move || {
                    let active = Some(true);
                    Some(List::<Users>(UserFilter {
                        q: q(),
                        active,
                        limit,
                        ..Default::default()
                    }))
                });
                offer(found.data, |u| {
                    (u.id.into_string(), u.name, u.department_name)
                })
            }
            Self::Products => {
                let found = use_query(move || {
                    let (active, cursor) = (Some(true), None);
                    Some(List::<Products>(ProductFilter {
                        q: q(),
                        active,
                        limit,
                        cursor,
                    }))
                });
                offer(found.data, |p| {
                    (p.id.into_string(), p.name, p.sku.or(p.category))
                })
            }
            Self::Departments => {
                let all = use_query(|| Some(List::<Departments>(())));
                Signal::derive(move || {
                    let wanted = etalon_domain::text::fold(&text.get());
                    all.data.get().map(|page| {
                        page.items
                            .into_iter()
                            .filter(|d| etalon_domain::text::fold(&d.name).contains(&wanted))
                            .map(|d| Picked {
                                id: d.id.into_string(),
                                name: d.name,
                                hint: None,
                            })
                            .collect()
                    })
                })
            }
            Self::Processes => {
                let all = use_query(|| Some(ListProcesses {}));
                Signal::derive(move || {
                    let wanted = etalon_domain::text::fold(&text.get());
                    all.data.get().map(|page| {
                        let named = page.items.into_iter().map(|p| Picked {
                            name: p.name.in_language(language()).to_owned(),
                            id: p.id.into_string(),
                            hint: None,
                        });
                        named
                            .filter(|p| etalon_domain::text::fold(&p.name).contains(&wanted))
                            .collect()
                    })
                })
            }
        }
    }

    /// The name of a record.
    pub fn name_of(self, id: String) -> Signal<Option<String>> {
        match self {
            Self::Accounts => {
                let found = use_query(move || Some(GetRecord::<Accounts>::new(id.clone())));
                Signal::derive(move || found.data.get().map(|r| r.name))
            }
            Self::Contacts(_) => {
                let found = use_query(move || Some(GetRecord::<Contacts>::new(id.clone())));
                Signal::derive(move || found.data.get().map(|r| r.name))
            }
            Self::Deals => {
                let found = use_query(move || Some(GetRecord::<Deals>::new(id.clone())));
                Signal::derive(move || found.data.get().map(|r| r.title))
            }
            Self::Users => {
                let found = use_query(move || Some(GetRecord::<Users>::new(id.clone())));
                Signal::derive(move || found.data.get().map(|r| r.name))
            }
            Self::Products => {
                let found = use_query(move || Some(GetRecord::<Products>::new(id.clone())));
                Signal::derive(move || found.data.get().map(|r| r.name))
            }
            Self::Departments => {
                let all = use_query(|| Some(List::<Departments>(())));
                Signal::derive(move || {
                    let page = all.data.get()?;
                    page.items
                        .into_iter()
                        .find(|d| d.id.as_str() == id)
                        .map(|d| d.name)
                })
            }
            Self::Processes => {
                let all = use_query(|| Some(ListProcesses {}));
                Signal::derive(move || {
                    let page = all.data.get()?;
                    let found = page.items.into_iter().find(|p| p.id.as_str() == id)?;
                    Some(found.name.in_language(language()).to_owned())
                })
            }
        }
    }

    /// Whether the person may create such a record by its name alone.
    pub(super) fn can_create(self) -> bool {
        matches!(self, Self::Accounts | Self::Contacts(_) | Self::Products)
            && session::may(policy::may_edit_base)
    }

    pub(super) async fn create(self, name: String) -> Result<Picked, Failure> {
        let (id, name) = match self {
            Self::Accounts => {
                let made = api::call(Create::<Accounts>(AccountDraft::named(name))).await?;
                invalidate(&["accounts"]);
                (made.id.into_string(), made.name)
            }
            Self::Contacts(account) => {
                let account_id = account.get_untracked().map(Into::into);
                let draft = ContactDraft {
                    name,
                    account_id,
                    ..Default::default()
                };
                let made = api::call(Create::<Contacts>(draft)).await?;
                invalidate(&["contacts"]);
                (made.id.into_string(), made.name)
            }
            Self::Products => {
                let draft = ProductDraft::named(name);
                let made = api::call(Create::<Products>(draft)).await?;
                invalidate(&["products"]);
                (made.id.into_string(), made.name)
            }
            Self::Deals | Self::Users | Self::Departments | Self::Processes => {
                return Err(Failure::Unreadable);
            }
        };
        Ok(Picked {
            id,
            name,
            hint: None,
        })
    }
}

fn offer<T: Clone + Send + Sync + 'static>(
    found: RwSignal<Option<etalon_domain::page::Page<T>>>,
    parts: fn(T) -> (String, String, Option<String>),
) -> Signal<Option<Vec<Picked>>> {
    Signal::derive(move || {
        let items = found.get()?.items.into_iter();
        Some(
            items
                .map(parts)
                .map(|(id, name, hint)| Picked { id, name, hint })
                .collect(),
        )
    })
}

/// How many records are offered.
const OFFERED: u32 = 8;
