//! The operations of the API as types: method, path, query, body and answer of each, so that the web
//! app cannot call what the server does not offer.

mod activities;
mod analytics;
mod company;
mod deals;
mod files;
mod imports;
mod leads;
mod materials;
mod process;
mod proposals;
mod query;
mod records;
mod session;

pub use activities::{
    CancelActivityEndpoint, CompleteActivityEndpoint, GetMyDay, ListNotifications,
    ReadAllNotifications, ReadNotification, ReopenActivityEndpoint, SnoozeNotificationEndpoint,
};
pub use analytics::{
    FunnelOptions, GetCycle, GetDynamics, GetForecast, GetFunnel, GetLeaderboard, GetManagerCard,
    GetPulse, GetReasons, GetRows, GetStalling, GetTargets, GetVelocity, GetWinRate, LeaderOptions,
    ReplaceTargets, ReportQuery, SplitOptions, StepOptions,
};
pub use company::{
    AddExchangeRate, GetSummary, ListCurrencies, ListExchangeRates, ListStages, SummaryQuery,
};
pub use deals::{CloseDealEndpoint, MoveDealEndpoint, ReopenDealEndpoint};
pub use files::{DeleteFile, ListFiles, RestoreFile, content_path, files_path};
pub use imports::{
    DeleteImport, GetImport, ListImportProblems, ListImports, RunImport, UpdateImport,
};
pub use leads::{
    ConvertLeadEndpoint, DisqualifyLeadEndpoint, ListLeadDuplicates, NurtureLeadEndpoint,
    RenewLeadFormKey, ReopenLeadEndpoint, SetLeadAuthority, SetLeadBudget, SetLeadNeed,
    SetLeadTiming,
};
pub use materials::{
    DeleteDealMaterial, GetMaterialVersion, ListDealMaterials, ListMaterialLabels,
    ListMaterialSuggestions, ListMaterialVersions, UseMaterial,
};
pub use process::{
    AddConcession, AddDealCompetitor, AddKeyContact, AddTeamMember, AnswerStep, BulkUpdateDeals,
    CreateProcess, DecideStepVisa, DeleteProcessDraft, FollowProcessEndpoint, GetGuide,
    GetProcessVersion, ListConcessions, ListDealCompetitors, ListKeyContacts, ListMarks, ListPosts,
    ListProcesses, ListTeam, MakeProcessDefault, MigrateDeals, PreviewProcess,
    PreviewProcessVersion, PublishProcess, RemoveConcession, RemoveDealCompetitor,
    RemoveKeyContact, RemoveTeamMember, ReplaceDealCompetitor, ReplaceKeyContact,
    ReplaceProcessDraft,
};
pub use proposals::{
    CreateDealProposal, ListDealProposals, ListVisas, ProposalStep, Proposals, StepProposal,
};
pub use query::{
    QueryError, decode_component, encode_component, from_query, from_strict_query, names_of,
    to_query,
};
pub use records::{
    Accounts, Activities, Contacts, Create, Deals, Delete, Departments, GetRecord, LeadForms,
    Leads, List, ListDepartments, Materials, Patch, Products, Replace, Resource, Restorable,
    Restore, Timeline, Users,
};
pub use session::{
    ChangePassword, DeleteCalendarLink, EndSession, GetCalendarLink, GetMe, GetPreferences,
    GetWelcome, ListSessions, RefreshAccess, RenewCalendarLink, ReplacePreferences, SetUp,
    SignInEndpoint, SignOut, SignOutEverywhere, UpdateProfile,
};

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Where all operations lie.
pub const BASE_PATH: &str = "/api/v1";

/// An HTTP method that the API uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Creates or acts; carries an idempotency key.
    Post,
    /// Replaces all fields.
    Put,
    /// Changes some fields (JSON merge patch).
    Patch,
    /// Removes.
    Delete,
}

impl Method {
    /// The method as HTTP writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// One call of one operation. Answers without a body have the type `()`.
pub trait Endpoint {
    /// What the server answers with.
    type Answer: DeserializeOwned;

    /// The method.
    const METHOD: Method;

    /// The path below [`BASE_PATH`], beginning with a slash.
    fn path(&self) -> String;

    /// The query string without the question mark; empty when there is none.
    fn query(&self) -> String {
        String::new()
    }

    /// The JSON body.
    fn body(&self) -> Option<String> {
        None
    }

    /// The version that the caller has read, for `If-Match`.
    fn version(&self) -> Option<i64> {
        None
    }
}

/// The JSON text of a body. A type of this crate always has one.
fn json<T: Serialize>(body: &T) -> Option<String> {
    serde_json::to_string(body).ok()
}
