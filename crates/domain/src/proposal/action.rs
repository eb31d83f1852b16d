use super::{Proposal, ProposalStatus};
use crate::deal::{Deal, DealStatus};
use crate::error::ErrorCode;
use crate::policy::{Access, Actor, deal_access, may_give_visa};

text_enum! {
    /// What can be done with a version of a proposal.
    pub enum ProposalAction {
        /// Change it; a visa becomes void.
        Edit = "edit",
        /// Remove it.
        Delete = "delete",
        /// Ask for a visa.
        Submit = "submit",
        /// Take it back before the visa is decided.
        Recall = "recall",
        /// Approve it.
        Approve = "approve",
        /// Refuse to approve it.
        Reject = "reject",
        /// Mark it as sent.
        Send = "send",
        /// Mark it as accepted by the customer.
        Accept = "accept",
        /// Mark it as declined by the customer.
        Decline = "decline",
        /// Make the next version.
        Revise = "revise",
    }
}

/// Whether the actor may do this to a proposal of a deal that he sees, whatever its state.
pub(super) fn require_right(
    action: ProposalAction,
    deal: &Deal,
    actor: &Actor,
) -> Result<(), ErrorCode> {
    let may = match action {
        ProposalAction::Approve | ProposalAction::Reject => {
            may_give_visa(actor, &deal.owner_id, deal.department_id.as_ref())
        }
        _ => deal_access(actor, deal) == Access::Write,
    };
    if may {
        Ok(())
    } else {
        Err(ErrorCode::Forbidden)
    }
}

/// Whether the state of the proposal and its deal allows this.
pub(super) fn require_state(
    action: ProposalAction,
    proposal: &Proposal,
    deal: &Deal,
) -> Result<(), ErrorCode> {
    use ProposalAction as A;
    use ProposalStatus as S;
    if deal.status != DealStatus::Open {
        return Err(ErrorCode::DealClosed);
    }
    let status = proposal.status;
    match action {
        A::Edit | A::Delete | A::Submit | A::Send if status.is_fixed() => {
            Err(ErrorCode::ProposalFixed)
        }
        A::Edit => Ok(()),
        A::Delete if status == S::Draft => Ok(()),
        A::Submit if matches!(status, S::Draft | S::Rejected) => Ok(()),
        A::Delete | A::Submit => Err(ErrorCode::ProposalNotDraft),
        A::Recall | A::Approve | A::Reject if status == S::InApproval => Ok(()),
        A::Recall | A::Approve | A::Reject => Err(ErrorCode::VisaNotWaiting),
        A::Send if status == S::Approved => Ok(()),
        A::Send => Err(ErrorCode::ProposalNotApproved),
        A::Accept | A::Decline if matches!(status, S::Sent | S::Expired) => Ok(()),
        A::Accept | A::Decline => Err(ErrorCode::ProposalNotSent),
        A::Revise if !status.is_fixed() => Err(ErrorCode::ProposalNotSent),
        A::Revise if !proposal.is_latest => Err(ErrorCode::ProposalRevised),
        A::Revise => Ok(()),
    }
}

/// What the actor may do with a proposal now: with these the app offers no more than the server
/// does.
#[must_use]
pub fn allowed(proposal: &Proposal, deal: &Deal, actor: &Actor) -> Vec<ProposalAction> {
    if proposal.deleted_at.is_some() || deal_access(actor, deal) == Access::None {
        return Vec::new();
    }
    let may = |action: &ProposalAction| {
        require_right(*action, deal, actor).is_ok()
            && require_state(*action, proposal, deal).is_ok()
    };
    ProposalAction::ALL.iter().copied().filter(may).collect()
}
