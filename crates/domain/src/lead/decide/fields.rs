//! The form of a lead: a new one, other values, and the records that it names.

use super::history::{changed, entry, follow, label};
use super::require_open;
use crate::deal::DecidedEntry;
use crate::error::{Error, ErrorCode, FieldCode, FieldError, validate};
use crate::event::{EventKind, diff, initial};
use crate::lead::{
    Bant, Lead, LeadDecision, LeadDraft, LeadOrigin, LeadReferences, LeadRules, LeadStatus,
};
use crate::policy::may_reassign;

pub(super) fn create(
    draft: &LeadDraft,
    origin: Option<&LeadOrigin>,
    references: &LeadReferences,
    rules: LeadRules<'_>,
) -> Result<LeadDecision, Error> {
    if !rules.actor.writes() {
        return Err(ErrorCode::Forbidden.into());
    }
    let (import, form) = match origin {
        Some(LeadOrigin::Import(import)) => (Some(import), None),
        Some(LeadOrigin::Form(form)) => (None, Some(form)),
        None => (None, None),
    };
    let created_at = import
        .and_then(|import| import.created_at)
        .unwrap_or(rules.now);
    let draft = draft.clone().normalized();
    let mut errors = validate(&draft);
    check_references(None, &draft, references, rules, &mut errors);
    let Some(owner) = references.owner.as_ref().filter(|_| errors.is_empty()) else {
        return Err(Error::Invalid(errors));
    };
    let mut lead = Lead {
        id: rules.new_id.clone(),
        title: String::new(),
        company_name: None,
        account_id: None,
        account_name: None,
        person_name: None,
        contact_id: None,
        contact_name: None,
        email: None,
        phone: None,
        tax_number: None,
        message: None,
        source: None,
        owner_id: owner.user_id.clone(),
        owner_name: owner.name.clone(),
        department_id: None,
        department_name: None,
        status: LeadStatus::New,
        bant: Bant::default(),
        score: 0,
        next_question: None,
        nurture_until: None,
        disqualify_reason: None,
        disqualify_note: None,
        deal_id: None,
        deal_number: None,
        override_reason: None,
        closed_at: None,
        external_id: import.and_then(|import| import.external_id.clone()),
        import_id: import.map(|import| import.import_id.clone()),
        form_id: form.map(|form| form.id.clone().into()),
        form_name: form.map(|form| form.name.clone()),
        deleted_at: None,
        version: 1,
        created_at,
        updated_at: rules.now,
    };
    fill(&mut lead, &draft, references);
    follow(&mut lead);
    let mut changes = initial(&LeadDraft::from(&lead));
    label(&mut changes, None, &lead);
    Ok(LeadDecision {
        entries: vec![DecidedEntry {
            at: created_at,
            ..entry(EventKind::Created, changes, None, rules)
        }],
        lead,
    })
}

pub(super) fn edit(
    current: &Lead,
    draft: &LeadDraft,
    references: &LeadReferences,
    rules: LeadRules<'_>,
) -> Result<LeadDecision, Error> {
    require_open(current)?;
    let draft = draft.clone().normalized();
    let mut errors = validate(&draft);
    check_references(Some(current), &draft, references, rules, &mut errors);
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let mut lead = current.clone();
    fill(&mut lead, &draft, references);
    let mut changes = diff(&LeadDraft::from(current), &LeadDraft::from(&lead));
    label(&mut changes, Some(current), &lead);
    Ok(changed(
        current,
        lead,
        EventKind::Updated,
        changes,
        None,
        rules,
    ))
}

fn fill(lead: &mut Lead, draft: &LeadDraft, references: &LeadReferences) {
    if let Some(owner) = &references.owner {
        let is_new = owner.user_id != lead.owner_id;
        if is_new || lead.department_id.is_none() {
            lead.owner_id = owner.user_id.clone();
            lead.owner_name.clone_from(&owner.name);
            lead.department_id = owner.department.as_ref().map(|(id, _)| id.clone());
            lead.department_name = owner.department.as_ref().map(|(_, name)| name.clone());
        }
    }
    if let (Some(id), Some(found)) = (&draft.department_id, &references.department) {
        lead.department_id = Some(id.clone());
        lead.department_name = Some(found.name.clone());
    }
    if lead.account_id != draft.account_id {
        lead.account_id.clone_from(&draft.account_id);
        lead.account_name = references.account.as_ref().map(|a| a.name.clone());
    }
    if lead.contact_id != draft.contact_id {
        lead.contact_id.clone_from(&draft.contact_id);
        lead.contact_name = references.contact.as_ref().map(|c| c.name.clone());
    }
    lead.title.clone_from(&draft.title);
    lead.company_name.clone_from(&draft.company_name);
    lead.person_name.clone_from(&draft.person_name);
    lead.email.clone_from(&draft.email);
    lead.phone.clone_from(&draft.phone);
    lead.tax_number.clone_from(&draft.tax_number);
    lead.message.clone_from(&draft.message);
    lead.source.clone_from(&draft.source);
}

/// Checks the records that a form names. What stays as it is needs no check.
fn check_references(
    current: Option<&Lead>,
    draft: &LeadDraft,
    references: &LeadReferences,
    rules: LeadRules<'_>,
    errors: &mut Vec<FieldError>,
) {
    let mut check = |name: &str, is_new: bool, found: bool| {
        if is_new && !found {
            errors.push(FieldError::unknown(name));
        }
    };
    let new_account = current.map(|c| &c.account_id) != Some(&draft.account_id);
    check(
        "account_id",
        draft.account_id.is_some() && new_account,
        references.account.is_some(),
    );
    let new_contact = current.map(|c| &c.contact_id) != Some(&draft.contact_id);
    check(
        "contact_id",
        draft.contact_id.is_some() && new_contact,
        references.contact.is_some(),
    );
    let keeps_department = draft.department_id.is_none()
        || current.is_some_and(|c| c.department_id == draft.department_id);
    check(
        "department_id",
        !keeps_department,
        references.department.is_some(),
    );
    let Some(owner) = &references.owner else {
        errors.push(FieldError::unknown("owner_id"));
        return;
    };
    let own = owner.department.as_ref().map(|(id, _)| id);
    if !keeps_department
        && draft.department_id.as_ref() != own
        && !rules.actor.leads(draft.department_id.as_ref())
    {
        let message = "is not one of your departments";
        errors.push(FieldError::new(
            "department_id",
            FieldCode::NotAllowed,
            message,
        ));
    }
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
    let is_own = current.is_none() && owner.user_id == rules.actor.user_id;
    let hands_over = may_reassign(rules.actor)
        && (owner.user_id == rules.actor.user_id || rules.actor.leads(own));
    if !is_own && !hands_over {
        let message = "only a head or an administrator hands leads to others";
        errors.push(FieldError::new("owner_id", FieldCode::NotAllowed, message));
    }
}
