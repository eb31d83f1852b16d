//! The verbs that all kinds of records share.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Endpoint, Method, encode_component, json, to_query};
use crate::account::{Account, AccountDraft, AccountFilter};
use crate::activity::{Activity, ActivityDraft, ActivityFilter};
use crate::contact::{Contact, ContactDraft, ContactFilter};
use crate::deal::{Deal, DealDraft, DealFilter};
use crate::department::{Department, DepartmentDraft};
use crate::event::{TimelineEntry, TimelineFilter};
use crate::lead::{Lead, LeadDraft, LeadFilter};
use crate::lead_form::{LeadForm, LeadFormDraft};
use crate::material::{Material, MaterialDraft, MaterialFilter};
use crate::page::Page;
use crate::product::{Product, ProductDraft, ProductFilter};
use crate::user::{User, UserDraft, UserFilter};

/// A kind of record with the usual verbs.
pub trait Resource {
    /// Where its list lies below the base path.
    const PATH: &'static str;
    /// The record.
    type Record: DeserializeOwned;
    /// What a person enters of it.
    type Draft: Serialize;
    /// The filters of its list.
    type Filter: Serialize;
}

/// A kind of record with a bin and a history.
pub trait Restorable: Resource {}

macro_rules! resources {
    ($( $(#[$meta:meta])* $name:ident: $path:literal $record:ty, $draft:ty, $filter:ty; )+) => { $(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name;

        impl Resource for $name {
            const PATH: &'static str = $path;
            type Record = $record;
            type Draft = $draft;
            type Filter = $filter;
        }
    )+ };
}

resources! {
    /// Leads.
    Leads: "/leads" Lead, LeadDraft, LeadFilter;
    /// Forms on other sites that make leads.
    LeadForms: "/lead-forms" LeadForm, LeadFormDraft, ();
    /// Deals.
    Deals: "/deals" Deal, DealDraft, DealFilter;
    /// Accounts.
    Accounts: "/accounts" Account, AccountDraft, AccountFilter;
    /// Contacts.
    Contacts: "/contacts" Contact, ContactDraft, ContactFilter;
    /// Activities.
    Activities: "/activities" Activity, ActivityDraft, ActivityFilter;
    /// Products.
    Products: "/products" Product, ProductDraft, ProductFilter;
    /// Materials of the knowledge base.
    Materials: "/materials" Material, MaterialDraft, MaterialFilter;
    /// People.
    Users: "/users" User, UserDraft, UserFilter;
    /// Departments.
    Departments: "/departments" Department, DepartmentDraft, ();
}

impl Restorable for Leads {}
impl Restorable for Deals {}
impl Restorable for Accounts {}
impl Restorable for Contacts {}
impl Restorable for Materials {}

fn record_path<R: Resource>(id: &str) -> String {
    format!("{}/{}", R::PATH, encode_component(id))
}

/// A page of records.
#[derive(Clone, Debug)]
pub struct List<R: Resource>(
    /// Filters, order and page.
    pub R::Filter,
);

impl<R: Resource> Endpoint for List<R> {
    type Answer = Page<R::Record>;
    const METHOD: Method = Method::Get;

    fn path(&self) -> String {
        R::PATH.to_owned()
    }

    fn query(&self) -> String {
        to_query(&self.0)
    }
}

/// All departments.
pub type ListDepartments = List<Departments>;

macro_rules! by_id {
    ($( $(#[$meta:meta])* $name:ident<$bound:ident>: $method:ident, $suffix:literal -> $answer:ty; )+) => { $(
        $(#[$meta])*
        #[derive(Clone, Debug)]
        pub struct $name<R> {
            id: String,
            resource: std::marker::PhantomData<R>,
        }

        impl<R: $bound> $name<R> {
            /// The call for the record with an identifier.
            pub fn new(id: impl Into<String>) -> Self {
                Self { id: id.into(), resource: std::marker::PhantomData }
            }
        }

        impl<R: $bound> Endpoint for $name<R> {
            type Answer = $answer;
            const METHOD: Method = Method::$method;

            fn path(&self) -> String {
                let mut path = record_path::<R>(&self.id);
                path.push_str($suffix);
                path
            }
        }
    )+ };
}

by_id! {
    /// One record.
    GetRecord<Resource>: Get, "" -> R::Record;
    /// Puts a record into the bin, or deactivates a person.
    Delete<Resource>: Delete, "" -> ();
    /// Takes a record out of the bin.
    Restore<Restorable>: Post, "/restore" -> R::Record;
}

/// A new record.
#[derive(Clone, Debug)]
pub struct Create<R: Resource>(
    /// What the person entered.
    pub R::Draft,
);

impl<R: Resource> Endpoint for Create<R> {
    type Answer = R::Record;
    const METHOD: Method = Method::Post;

    fn path(&self) -> String {
        R::PATH.to_owned()
    }

    fn body(&self) -> Option<String> {
        json(&self.0)
    }
}

/// New values for all fields of a record.
#[derive(Clone, Debug)]
pub struct Replace<R: Resource> {
    /// Identifier of the record.
    pub id: String,
    /// The version that the person has seen; `None` overwrites whatever is there.
    pub version: Option<i64>,
    /// What the person entered.
    pub draft: R::Draft,
}

impl<R: Resource> Endpoint for Replace<R> {
    type Answer = R::Record;
    const METHOD: Method = Method::Put;

    fn path(&self) -> String {
        record_path::<R>(&self.id)
    }

    fn body(&self) -> Option<String> {
        json(&self.draft)
    }

    fn version(&self) -> Option<i64> {
        self.version
    }
}

/// New values for some fields of a record: a JSON merge patch of its draft.
#[derive(Clone, Debug)]
pub struct Patch<R> {
    id: String,
    version: Option<i64>,
    changes: Value,
    resource: std::marker::PhantomData<R>,
}

impl<R: Resource> Patch<R> {
    /// The call that changes the given fields, if the record still has that version.
    pub fn new(id: impl Into<String>, version: Option<i64>, changes: Value) -> Self {
        Self {
            id: id.into(),
            version,
            changes,
            resource: std::marker::PhantomData,
        }
    }
}

impl<R: Resource> Endpoint for Patch<R> {
    type Answer = R::Record;
    const METHOD: Method = Method::Patch;

    fn path(&self) -> String {
        record_path::<R>(&self.id)
    }

    fn body(&self) -> Option<String> {
        json(&self.changes)
    }

    fn version(&self) -> Option<i64> {
        self.version
    }
}

/// A page of the history of a record.
#[derive(Clone, Debug)]
pub struct Timeline<R> {
    id: String,
    filter: TimelineFilter,
    resource: std::marker::PhantomData<R>,
}

impl<R: Restorable> Timeline<R> {
    /// The history of the record with an identifier.
    pub fn new(id: impl Into<String>, filter: TimelineFilter) -> Self {
        Self {
            id: id.into(),
            filter,
            resource: std::marker::PhantomData,
        }
    }
}

impl<R: Restorable> Endpoint for Timeline<R> {
    type Answer = Page<TimelineEntry>;
    const METHOD: Method = Method::Get;

    fn path(&self) -> String {
        record_path::<R>(&self.id) + "/timeline"
    }

    fn query(&self) -> String {
        to_query(&self.filter)
    }
}
