//! What one does with leads and web forms beyond the usual verbs.

use super::{Endpoint, Method, encode_component, json};
use crate::deal::Deal;
use crate::lead::{
    AuthorityInput, BudgetInput, ConvertLead, DisqualifyLead, Lead, LeadDuplicates, NeedInput,
    NurtureLead, ReopenLead, TimingInput,
};
use crate::lead_form::LeadForm;

macro_rules! actions {
    ($( $(#[$meta:meta])* $name:ident: $method:ident, $suffix:literal, $body:ty => $answer:ty; )+) => { $(
        $(#[$meta])*
        #[derive(Clone, Debug)]
        pub struct $name {
            /// Identifier of the lead.
            pub id: String,
            /// The version that the person has seen.
            pub version: Option<i64>,
            /// What is to happen.
            pub body: $body,
        }

        impl Endpoint for $name {
            type Answer = $answer;
            const METHOD: Method = Method::$method;

            fn path(&self) -> String {
                format!(concat!("/leads/{}/", $suffix), encode_component(&self.id))
            }

            fn body(&self) -> Option<String> {
                json(&self.body)
            }

            fn version(&self) -> Option<i64> {
                self.version
            }
        }
    )+ };
}

actions! {
    /// Sets what is known of the budget.
    SetLeadBudget: Put, "bant/budget", BudgetInput => Lead;
    /// Sets who decides.
    SetLeadAuthority: Put, "bant/authority", AuthorityInput => Lead;
    /// Sets what is known of the need.
    SetLeadNeed: Put, "bant/need", NeedInput => Lead;
    /// Sets when they decide.
    SetLeadTiming: Put, "bant/timing", TimingInput => Lead;
    /// Sets a lead aside until a day.
    NurtureLeadEndpoint: Post, "nurture", NurtureLead => Lead;
    /// Closes a lead that will not become a deal.
    DisqualifyLeadEndpoint: Post, "disqualify", DisqualifyLead => Lead;
    /// Takes a lead up again.
    ReopenLeadEndpoint: Post, "reopen", ReopenLead => Lead;
    /// Makes a deal of a lead.
    ConvertLeadEndpoint: Post, "convert", ConvertLead => Deal;
}

/// What a lead may be about.
#[derive(Clone, Debug)]
pub struct ListLeadDuplicates {
    /// Identifier of the lead.
    pub id: String,
}

impl Endpoint for ListLeadDuplicates {
    type Answer = LeadDuplicates;
    const METHOD: Method = Method::Get;

    fn path(&self) -> String {
        format!("/leads/{}/duplicates", encode_component(&self.id))
    }
}

/// Gives a web form another key.
#[derive(Clone, Debug)]
pub struct RenewLeadFormKey {
    /// Identifier of the form.
    pub id: String,
    /// The version that the person has seen.
    pub version: Option<i64>,
}

impl Endpoint for RenewLeadFormKey {
    type Answer = LeadForm;
    const METHOD: Method = Method::Post;

    fn path(&self) -> String {
        format!("/lead-forms/{}/key", encode_component(&self.id))
    }

    fn body(&self) -> Option<String> {
        Some("{}".to_owned())
    }

    fn version(&self) -> Option<i64> {
        self.version
    }
}
