//! Typed identifiers. Each is a UUIDv7 in text form, made by the server.

use serde::{Deserialize, Serialize};

id_type! {
    /// A deal.
    DealId,
    /// A lead.
    LeadId,
    /// An account.
    AccountId,
    /// A contact.
    ContactId,
    /// A person who signs in or owns deals.
    UserId,
    /// A department.
    DepartmentId,
    /// A product.
    ProductId,
    /// An import.
    ImportId,
    /// A file of an import.
    ImportFileId,
    /// A process.
    ProcessId,
    /// A version of a process.
    ProcessVersionId,
    /// An activity.
    ActivityId,
    /// Something a person is told.
    NotificationId,
    /// A material of the knowledge base.
    MaterialId,
    /// A stored file.
    FileId,
    /// A version of a proposal.
    ProposalId,
    /// A visa.
    VisaId,
    /// An entry of the feed.
    PostId,
    /// A form on another site that makes leads.
    LeadFormId,
    /// An entry of a timeline.
    EntryId,
    /// One signed-in browser or device.
    SessionId,
}

/// A record named where another mentions it, so that a reader needs no second request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Ref {
    /// Identifier of the record.
    pub id: String,
    /// Its name at the time of the answer.
    pub name: String,
}
