//! What the process says of deals, what hangs on them, and the processes themselves.

use super::{Endpoint, Method, encode_component, json, to_query};
use crate::competitor::{Concession, ConcessionDraft, DealCompetitor, DealCompetitorDraft};
use crate::deal::{BulkChange, BulkReport, FollowProcess};
use crate::key_contact::{KeyContact, KeyContactDraft, KeyContacts};
use crate::page::{Page, PageQuery};
use crate::post::Post;
use crate::process::{
    Definition, Guide, GuideMark, GuideQuery, MarksQuery, MigrationReport, Process, ProcessDraft,
    ProcessPreview, ProcessVersion, StepInput, StepVisa,
};
use crate::team::{TeamMember, TeamMemberDraft};

/// Declares calls: their fields, method, path, and what of them is query, body and version.
macro_rules! calls {
    ($( $(#[$meta:meta])* $name:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty),* $(,)? }
        $method:ident $path:literal ($($part:ident),*) -> $answer:ty
        $(, query $query:ident)? $(, body $body:ident)? $(, version $version:ident)?; )+) => { $(
        $(#[$meta])*
        #[derive(Clone, Debug)]
        pub struct $name {
            $($(#[$field_meta])* pub $field: $type,)*
        }

        impl Endpoint for $name {
            type Answer = $answer;
            const METHOD: Method = Method::$method;

            fn path(&self) -> String {
                format!($path, $(encode_component(&self.$part)),*)
            }

            $(fn query(&self) -> String {
                to_query(&self.$query)
            })?

            $(fn body(&self) -> Option<String> {
                json(&self.$body)
            })?

            $(fn version(&self) -> Option<i64> {
                self.$version
            })?
        }
    )+ };
}

calls! {
    /// Guides through a deal.
    GetGuide {
        /// The deal.
        id: String,
        /// What is asked for.
        query: GuideQuery,
    } Get "/deals/{}/guide" (id) -> Guide, query query;
    /// What is to be marked on cards.
    ListMarks {
        /// Of which deals.
        query: MarksQuery,
    } Get "/deal-marks" () -> Page<GuideMark>, query query;
    /// Answers or completes a step.
    AnswerStep {
        /// The deal.
        id: String,
        /// The step.
        step_id: String,
        /// The version of its record that the person has seen.
        version: Option<i64>,
        /// In which language to answer.
        query: GuideQuery,
        /// What the person entered.
        input: StepInput,
    } Post "/deals/{}/steps/{}" (id, step_id) -> Guide, query query, body input, version version;
    /// Gives or refuses the visa that a step waits for.
    DecideStepVisa {
        /// The deal.
        id: String,
        /// The step.
        step_id: String,
        /// In which language to answer.
        query: GuideQuery,
        /// The decision.
        body: StepVisa,
    } Post "/deals/{}/steps/{}/visa" (id, step_id) -> Guide, query query, body body;
    /// Moves a deal to another version of a process.
    FollowProcessEndpoint {
        /// The deal.
        id: String,
        /// The version that the person has seen.
        version: Option<i64>,
        /// Which version of which process.
        body: FollowProcess,
    } Post "/deals/{}/process" (id) -> (), body body, version version;
    /// What another version of a process would ask of a deal.
    PreviewProcess {
        /// The deal.
        id: String,
        /// The version of a process.
        version_id: String,
        /// In which language to answer.
        query: GuideQuery,
    } Get "/deals/{}/process/{}" (id, version_id) -> Guide, query query;
    /// The team of a deal.
    ListTeam {
        /// The deal.
        id: String,
    } Get "/deals/{}/team" (id) -> Page<TeamMember>;
    /// Adds a person to the team of a deal, or changes the role.
    AddTeamMember {
        /// The deal.
        id: String,
        /// The person.
        draft: TeamMemberDraft,
    } Post "/deals/{}/team" (id) -> TeamMember, body draft;
    /// Takes a person off the team of a deal.
    RemoveTeamMember {
        /// The deal.
        id: String,
        /// The person.
        user_id: String,
    } Delete "/deals/{}/team/{}" (id, user_id) -> ();
    /// The key contacts of a deal.
    ListKeyContacts {
        /// The deal.
        id: String,
    } Get "/deals/{}/contacts" (id) -> KeyContacts;
    /// Adds a key contact to a deal.
    AddKeyContact {
        /// The deal.
        id: String,
        /// What the person entered.
        draft: KeyContactDraft,
    } Post "/deals/{}/contacts" (id) -> KeyContact, body draft;
    /// Changes a key contact of a deal.
    ReplaceKeyContact {
        /// The deal.
        id: String,
        /// The contact.
        contact_id: String,
        /// The version that the person has seen.
        version: Option<i64>,
        /// What the person entered.
        draft: KeyContactDraft,
    } Put "/deals/{}/contacts/{}" (id, contact_id) -> KeyContact, body draft, version version;
    /// Takes a key contact off a deal.
    RemoveKeyContact {
        /// The deal.
        id: String,
        /// The contact.
        contact_id: String,
    } Delete "/deals/{}/contacts/{}" (id, contact_id) -> ();
    /// The competitors in a deal.
    ListDealCompetitors {
        /// The deal.
        id: String,
    } Get "/deals/{}/competitors" (id) -> Page<DealCompetitor>;
    /// Adds a competitor to a deal.
    AddDealCompetitor {
        /// The deal.
        id: String,
        /// What the person entered.
        draft: DealCompetitorDraft,
    } Post "/deals/{}/competitors" (id) -> DealCompetitor, body draft;
    /// Changes a competitor in a deal.
    ReplaceDealCompetitor {
        /// The deal.
        id: String,
        /// The entry.
        entry_id: String,
        /// The version that the person has seen.
        version: Option<i64>,
        /// What the person entered.
        draft: DealCompetitorDraft,
    } Put "/deals/{}/competitors/{}" (id, entry_id) -> DealCompetitor, body draft, version version;
    /// Takes a competitor out of a deal.
    RemoveDealCompetitor {
        /// The deal.
        id: String,
        /// The entry.
        entry_id: String,
    } Delete "/deals/{}/competitors/{}" (id, entry_id) -> ();
    /// What was conceded in a deal.
    ListConcessions {
        /// The deal.
        id: String,
    } Get "/deals/{}/concessions" (id) -> Page<Concession>;
    /// Notes a concession.
    AddConcession {
        /// The deal.
        id: String,
        /// What the person entered.
        draft: ConcessionDraft,
    } Post "/deals/{}/concessions" (id) -> Concession, body draft;
    /// Strikes a concession.
    RemoveConcession {
        /// The deal.
        id: String,
        /// The entry.
        entry_id: String,
    } Delete "/deals/{}/concessions/{}" (id, entry_id) -> ();
    /// Changes many deals at once.
    BulkUpdateDeals {
        /// What is to become of each.
        change: BulkChange,
    } Post "/deals/bulk" () -> BulkReport, body change;
    /// All processes.
    ListProcesses {} Get "/processes" () -> Page<Process>;
    /// A new process.
    CreateProcess {
        /// What it begins with.
        draft: ProcessDraft,
    } Post "/processes" () -> Process, body draft;
    /// Saves the draft of the next version of a process.
    ReplaceProcessDraft {
        /// The process.
        id: String,
        /// The version of the draft that the person has seen.
        version: Option<i64>,
        /// What it consists of.
        definition: Definition,
    } Put "/processes/{}/draft" (id) -> ProcessVersion, body definition, version version;
    /// Throws the draft of a process away.
    DeleteProcessDraft {
        /// The process.
        id: String,
    } Delete "/processes/{}/draft" (id) -> ();
    /// Publishes the draft of a process.
    PublishProcess {
        /// The process.
        id: String,
        /// The version of the draft that the person has seen.
        version: Option<i64>,
    } Post "/processes/{}/publish" (id) -> ProcessVersion, version version;
    /// Makes a process the usual one.
    MakeProcessDefault {
        /// The process.
        id: String,
    } Post "/processes/{}/default" (id) -> Process;
    /// A version of a process with everything in it.
    GetProcessVersion {
        /// The version.
        id: String,
    } Get "/process-versions/{}" (id) -> ProcessVersion;
    /// What a version would change.
    PreviewProcessVersion {
        /// The version.
        id: String,
    } Get "/process-versions/{}/preview" (id) -> ProcessPreview;
    /// Moves the open deals of a process to a version.
    MigrateDeals {
        /// The version.
        id: String,
    } Post "/process-versions/{}/migrate" (id) -> MigrationReport;
    /// What everybody may read.
    ListPosts {
        /// Which page.
        query: PageQuery,
    } Get "/posts" () -> Page<Post>, query query;
}
