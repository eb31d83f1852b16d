//! What a draft of an activity must be.

use chrono::Duration;

use crate::activity::{Activity, ActivityDraft, ActivityOrigin, ActivityReferences, ActivityRules};
use crate::error::{Error, ErrorCode, FieldCode, FieldError, validate};
use crate::id::Ref;
use crate::policy::Access;
use crate::time::{Instant, check_day, truncate};

/// How far the clock of a browser may be ahead of ours.
const CLOCK_SKEW_MINUTES: i64 = 5;

/// What is wrong with the fields of a draft by themselves.
pub(super) fn problems(draft: &ActivityDraft) -> Vec<FieldError> {
    let mut errors = validate(draft);
    errors.extend(draft.due().err());
    errors.extend(draft.problems());
    errors
}

/// An instant that must lie in the past; a clock that is a little ahead is forgiven.
pub(super) fn past(
    at: Instant,
    name: &str,
    rules: ActivityRules<'_>,
    errors: &mut Vec<FieldError>,
) -> Option<Instant> {
    let at = truncate(at);
    if at > rules.now + Duration::minutes(CLOCK_SKEW_MINUTES) {
        let message = "must not lie in the future";
        errors.push(FieldError::new(name, FieldCode::OutOfRange, message));
        return None;
    }
    if let Err(message) = check_day(at.date_naive()) {
        errors.push(FieldError::new(name, FieldCode::OutOfRange, message));
        return None;
    }
    Some(at.min(rules.now))
}

/// Checks the owner, the contacts and the colleagues. Who is named already needs no check: he may
/// have left in the meantime.
pub(super) fn check_people(
    current: Option<&Activity>,
    draft: &ActivityDraft,
    references: &ActivityReferences,
    errors: &mut Vec<FieldError>,
) {
    let keeps_owner =
        current.is_some_and(|c| draft.owner_id.as_ref().is_none_or(|o| *o == c.owner_id));
    match &references.owner {
        _ if keeps_owner => {}
        None => errors.push(FieldError::unknown("owner_id")),
        Some(owner) if !owner.active => {
            let message = "is not active";
            errors.push(FieldError::new("owner_id", FieldCode::Inactive, message));
        }
        Some(_) => {}
    }
    let known = |id: &str, found: &[Ref], before: &[Ref]| {
        found
            .iter()
            .chain(before)
            .any(|reference| reference.id == id)
    };
    let (contacts, people) = current.map_or((&[][..], &[][..]), |c| {
        (c.contacts.as_slice(), c.participants.as_slice())
    });
    let contacts_known =
        (draft.contact_ids.iter()).all(|id| known(id.as_str(), &references.contacts, contacts));
    if !contacts_known {
        errors.push(FieldError::unknown("contact_ids"));
    }
    let people_known = (draft.participant_ids.iter())
        .all(|id| known(id.as_str(), &references.participants, people));
    if !people_known {
        errors.push(FieldError::unknown("participant_ids"));
    }
}

/// Checks what the activity hangs on: it must be seen, changeable and open.
pub(super) fn check_subjects(
    current: Option<&Activity>,
    draft: &ActivityDraft,
    references: &ActivityReferences,
    errors: &mut Vec<FieldError>,
) -> Result<(), Error> {
    let new_deal = draft
        .deal_id
        .as_ref()
        .filter(|_| current.is_none_or(|c| c.deal_id != draft.deal_id));
    let new_lead = draft
        .lead_id
        .as_ref()
        .filter(|_| current.is_none_or(|c| c.lead_id != draft.lead_id));
    for (name, is_new, subject) in [
        ("deal_id", new_deal.is_some(), references.deal.as_ref()),
        ("lead_id", new_lead.is_some(), references.lead.as_ref()),
    ] {
        match subject {
            _ if !is_new => {}
            None => errors.push(FieldError::unknown(name)),
            Some(subject) => match (subject.access, subject.refusal) {
                (Access::None, _) => errors.push(FieldError::unknown(name)),
                (Access::Read, _) => return Err(ErrorCode::Forbidden.into()),
                (Access::Write, Some(refusal)) => return Err(refusal.into()),
                (Access::Write, None) => {}
            },
        }
    }
    let is_step = current.is_some_and(|c| c.origin == ActivityOrigin::Process);
    if is_step && current.is_some_and(|c| c.deal_id != draft.deal_id) {
        let message = "stays the deal whose process made the activity";
        errors.push(FieldError::new("deal_id", FieldCode::NotAllowed, message));
    }
    let draft_account = draft.account_id.as_ref();
    let keeps_account = current.is_some_and(|c| c.account_id.as_ref() == draft_account);
    if draft_account.is_some() && !keeps_account && references.account.is_none() {
        errors.push(FieldError::unknown("account_id"));
    }
    Ok(())
}
