//! The records that a form names.

use crate::deal::{Deal, DealDraft, References, Rules};
use crate::error::{FieldCode, FieldError};
use crate::policy::may_reassign;

/// Where the owner and the department of a form come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Placing {
    /// Whoever acts has chosen them.
    Chosen,
    /// They are those of the lead that becomes the deal, and stay.
    Kept,
}

/// Checks the records that a form names. What stays as it is needs no check: it may have gone to the
/// bin in the meantime.
pub(super) fn check_references(
    current: Option<&Deal>,
    draft: &DealDraft,
    references: &References,
    placing: Placing,
    rules: Rules<'_>,
    errors: &mut Vec<FieldError>,
) {
    let mut check = |field: &str, is_new: bool, found: bool| {
        if is_new && !found {
            errors.push(FieldError::unknown(field));
        }
    };
    let new = |wanted: bool, same: bool| wanted && !same;
    check(
        "account_id",
        new(
            draft.account_id.is_some(),
            current.is_some_and(|c| c.account_id == draft.account_id),
        ),
        references.account.is_some(),
    );
    check(
        "contact_id",
        new(
            draft.contact_id.is_some(),
            current.is_some_and(|c| c.contact_id == draft.contact_id),
        ),
        references.contact.is_some(),
    );
    check(
        "product_id",
        new(
            draft.product_id.is_some(),
            current.is_some_and(|c| c.product_id == draft.product_id),
        ),
        references.product.is_some(),
    );
    let keeps_department = draft.department_id.is_none()
        || current.is_some_and(|c| c.department_id == draft.department_id);
    check(
        "department_id",
        !keeps_department,
        references.department.is_some(),
    );
    if placing == Placing::Kept && references.owner.is_some() {
        return;
    }
    check_owner(current, references, rules, errors);
    let own_department = references
        .owner
        .as_ref()
        .and_then(|owner| owner.department.as_ref())
        .map(|(id, _)| id);
    if !keeps_department
        && draft.department_id.as_ref() != own_department
        && !rules.actor.leads(draft.department_id.as_ref())
    {
        errors.push(FieldError::new(
            "department_id",
            FieldCode::NotAllowed,
            "is not one of your departments",
        ));
    }
}

pub(super) fn check_owner(
    current: Option<&Deal>,
    references: &References,
    rules: Rules<'_>,
    errors: &mut Vec<FieldError>,
) {
    let actor = rules.actor;
    let Some(owner) = &references.owner else {
        errors.push(FieldError::unknown("owner_id"));
        return;
    };
    if current.is_some_and(|c| c.owner_id == owner.user_id) {
        return;
    }
    if !owner.active {
        errors.push(FieldError::new(
            "owner_id",
            FieldCode::Inactive,
            "is not active",
        ));
    }
    let department = owner.department.as_ref().map(|(id, _)| id);
    let may_take = current.is_none() || may_reassign(actor);
    let allowed = if owner.user_id == actor.user_id {
        may_take
    } else {
        may_reassign(actor) && actor.leads(department)
    };
    if !allowed {
        errors.push(FieldError::new(
            "owner_id",
            FieldCode::NotAllowed,
            "only a head or an administrator hands deals to others",
        ));
    }
}
