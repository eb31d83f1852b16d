use etalon_domain::endpoint::Leads;
use etalon_domain::lead::{Lead, LeadStatus};
use etalon_domain::policy;

use crate::i18n::{arguments, t_with};
use crate::{records, session};

/// The lists that show leads.
pub(super) const KINDS: &[&str] = &["leads"];

/// Whether the person who is signed in may change a lead.
pub(super) fn may_write(lead: &Lead) -> bool {
    session::may(|actor| policy::lead_access(actor, lead) == policy::Access::Write)
        && lead.deleted_at.is_none()
}

/// Whether the fields and answers of a lead can be changed now.
pub(super) fn is_changeable(lead: &Lead) -> bool {
    let is_over = matches!(
        lead.status,
        LeadStatus::Qualified | LeadStatus::Disqualified
    );
    !is_over && may_write(lead)
}

/// Puts a lead into the bin and offers to take it out again.
pub(super) fn delete(lead: &Lead, done: impl Fn() + 'static) {
    let name = lead.title.clone();
    records::delete::<Leads>(
        lead.id.to_string(),
        t_with("lead-deleted", &arguments! { "name" => name.clone() }),
        t_with("lead-restored", &arguments! { "name" => name }),
        KINDS,
        done,
    );
}

/// Takes a lead out of the bin.
pub(super) fn restore(lead: &Lead) {
    let name = lead.title.clone();
    let restored = t_with("lead-restored", &arguments! { "name" => name });
    records::restore::<Leads>(lead.id.to_string(), restored, KINDS);
}
