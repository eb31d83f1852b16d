//! Visas: one person's decision on one version of a document. A visa binds the hash of what was
//! shown; whoever changes the document voids it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use validator::Validate;

use crate::error::{Error, FieldError, validate};
use crate::id::{DealId, DepartmentId, Ref, UserId, VisaId};
use crate::money::Money;
use crate::page::Any;
use crate::text::non_empty;

text_enum! {
    /// What a visa is given on.
    pub enum VisaDocument {
        /// A version of a proposal.
        Proposal = "proposal",
        /// The documents of a contract.
        Contract = "contract",
    }
}

text_enum! {
    /// How a visa was decided.
    pub enum VisaDecision {
        /// The document may go out.
        Approved = "approved",
        /// It may not, as it is.
        Rejected = "rejected",
    }
}

text_enum! {
    /// Where a visa stands.
    pub enum VisaState {
        /// Somebody is to decide.
        Waiting = "waiting",
        /// The document was approved as it was shown.
        Approved = "approved",
        /// It was rejected.
        Rejected = "rejected",
        /// The document changed or was taken back, so the visa counts no more.
        Void = "void",
    }
}

/// A visa.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Visa {
    /// Identifier.
    pub id: VisaId,
    /// What it is given on.
    pub document_kind: VisaDocument,
    /// Identifier of that document's version.
    pub document_id: String,
    /// What people call the document.
    pub document_name: String,
    /// The deal that it belongs to.
    pub deal_id: DealId,
    /// Number of that deal.
    pub deal_number: String,
    /// Title of that deal.
    pub deal_title: String,
    /// Owner of that deal.
    pub owner: Ref,
    /// What the document is worth, when it says so.
    pub amount: Option<Money>,
    /// SHA-256 of the content that was shown, in hexadecimal.
    pub hash: String,
    /// Where it stands.
    pub state: VisaState,
    /// Who asked for it.
    pub requested_by: Ref,
    /// When.
    pub requested_at: DateTime<Utc>,
    /// What was said along.
    pub note: Option<String>,
    /// Who may decide, the nearest heads; empty unless it is waiting.
    pub approvers: Vec<Ref>,
    /// Who decided.
    pub decided_by: Option<Ref>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
    /// How.
    pub decision: Option<VisaDecision>,
    /// In which words.
    pub comment: Option<String>,
    /// Since when it counts no more.
    pub void_at: Option<DateTime<Utc>>,
}

impl Visa {
    /// Whether it allows to send out a document with this content.
    #[must_use]
    pub fn approves(&self, hash: &str) -> bool {
        self.state == VisaState::Approved && self.hash == hash
    }

    /// Where a visa with these marks stands.
    #[must_use]
    pub const fn state_of(decision: Option<VisaDecision>, is_void: bool) -> VisaState {
        match (is_void, decision) {
            (true, _) => VisaState::Void,
            (false, None) => VisaState::Waiting,
            (false, Some(VisaDecision::Approved)) => VisaState::Approved,
            (false, Some(VisaDecision::Rejected)) => VisaState::Rejected,
        }
    }
}

/// Words that go with a visa or with the request for one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"comment": "The discount is within the frame contract."})))]
pub struct VisaComment {
    /// The words; a rejection needs them.
    #[serde(default)]
    #[validate(length(max = 2000))]
    pub comment: Option<String>,
}

impl VisaComment {
    /// The words, trimmed, when they are fit for the decision; `None` asks for the visa.
    ///
    /// # Errors
    /// `invalid_fields` on `comment`: too long, or missing in a rejection.
    pub fn checked(&self, decision: Option<VisaDecision>) -> Result<Option<String>, Error> {
        let mut errors = validate(self);
        let comment = non_empty(self.comment.clone());
        if decision == Some(VisaDecision::Rejected) && comment.is_none() {
            errors.push(FieldError::required("comment"));
        }
        if errors.is_empty() {
            Ok(comment)
        } else {
            Err(Error::Invalid(errors))
        }
    }
}

/// A person who leads a department.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The person.
    pub user: Ref,
    /// The department.
    pub department_id: DepartmentId,
}

/// Who may give visas: the line of heads above every department.
#[derive(Clone, Debug, Default)]
pub struct Approvers {
    /// Every department with the one above it.
    pub tree: Vec<(DepartmentId, Option<DepartmentId>)>,
    /// The heads.
    pub heads: Vec<Head>,
    /// The administrators, who stand above all heads.
    pub admins: Vec<Ref>,
}

impl Approvers {
    /// Whose visa a deal of this owner and department waits for: the nearest heads above it who do
    /// not own it, or the administrators when there is none.
    #[must_use]
    pub fn nearest(&self, department: Option<&DepartmentId>, owner: &UserId) -> Vec<Ref> {
        let mut level = department.cloned();
        // A ring of departments would otherwise never end.
        for _ in 0..=self.tree.len() {
            let Some(id) = level else {
                break;
            };
            let heads = self.heads.iter().filter(|head| head.department_id == id);
            let others = heads.filter(|head| head.user.id != owner.as_str());
            let found: Vec<Ref> = others.map(|head| head.user.clone()).collect();
            if !found.is_empty() {
                return found;
            }
            let above = self.tree.iter().find(|(each, _)| *each == id);
            level = above.and_then(|(_, parent)| parent.clone());
        }
        self.admins.clone()
    }
}

/// Filters of the list of visas.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(default)]
pub struct VisaFilter {
    /// Only visas that wait for you.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mine: Option<bool>,
    /// Only visas on documents of these deals.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<String>, style = Form, explode = false))]
    pub deal_id: Any<DealId>,
    /// Only these kinds of documents.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<VisaDocument>, style = Form, explode = false))]
    pub document_kind: Any<VisaDocument>,
    /// Only visas that stand so.
    #[serde(skip_serializing_if = "Any::is_empty")]
    #[cfg_attr(feature = "openapi", param(value_type = Vec<VisaState>, style = Form, explode = false))]
    pub state: Any<VisaState>,
    /// Size of the page, 1 to 200.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// `next_cursor` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_head_who_does_not_own_the_deal_decides() {
        let department = |id: &str| DepartmentId::new(id);
        let head = |name: &str, of: &str| Head {
            user: Ref {
                id: name.into(),
                name: name.into(),
            },
            department_id: department(of),
        };
        let approvers = Approvers {
            tree: vec![
                (department("sales"), None),
                (department("north"), Some(department("sales"))),
                (department("team"), Some(department("north"))),
            ],
            heads: vec![head("director", "sales"), head("north", "north")],
            admins: vec![Ref {
                id: "admin".into(),
                name: "admin".into(),
            }],
        };
        let nearest = |of: Option<&str>, owner: &str| {
            let of = of.map(department);
            let found = approvers.nearest(of.as_ref(), &UserId::new(owner));
            found
                .into_iter()
                .map(|person| person.id)
                .collect::<Vec<_>>()
        };
        assert_eq!(nearest(Some("team"), "seller"), ["north"]);
        assert_eq!(nearest(Some("north"), "north"), ["director"]);
        assert_eq!(nearest(Some("sales"), "director"), ["admin"]);
        assert_eq!(nearest(None, "seller"), ["admin"]);
    }

    #[test]
    fn a_rejection_needs_words_and_an_approval_does_not() {
        let blank = VisaComment {
            comment: Some("  ".into()),
        };
        assert_eq!(blank.checked(Some(VisaDecision::Approved)), Ok(None));
        let Err(Error::Invalid(errors)) = blank.checked(Some(VisaDecision::Rejected)) else {
            panic!("a rejection without words");
        };
        assert_eq!(errors[0].field, "comment");
        let long = VisaComment {
            comment: Some("x".repeat(2001)),
        };
        assert!(long.checked(None).is_err());
    }
}
