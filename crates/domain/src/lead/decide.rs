use chrono::NaiveDate;
use serde_json::{Value, json};

use super::{
    Bant, BantChange, ConvertLead, Converted, DisqualifyLead, Lead, LeadCommand, LeadDecision,
    LeadDraft, LeadReferences, LeadRules, LeadStatus, NurtureLead, ReopenLead,
};
use crate::deal::{DealDraft, DecidedEntry};
use crate::error::{Error, ErrorCode, FieldCode, FieldError, validate};
use crate::event::{EventKind, FieldChange, diff, initial};
use crate::id::{DealId, ImportId, Ref};
use crate::policy::{may_override, may_reassign, require_lead_write};
use crate::text::non_empty;

/// Decides what a command does to a lead, or why it is refused: permission first, then state, then
/// fields.
///
/// # Errors
/// `not_found`, `forbidden`, `lead_already_converted` and other conflicts with the state, or the
/// invalid fields.
pub fn decide(
    current: Option<&Lead>,
    command: &LeadCommand,
    references: &LeadReferences,
    rules: LeadRules<'_>,
) -> Result<LeadDecision, Error> {
    if let LeadCommand::Create { draft, origin } = command {
        return create(draft, origin.as_ref(), references, rules);
    }
    let lead = current.ok_or(ErrorCode::NotFound)?;
    require_lead_write(rules.actor, lead)?;
    match command {
        LeadCommand::Restore if lead.deleted_at.is_none() => Err(ErrorCode::NotDeleted.into()),
        LeadCommand::Restore => Ok(marked(lead, EventKind::Restored, rules)),
        _ if lead.deleted_at.is_some() => Err(ErrorCode::NotFound.into()),
        LeadCommand::Create { .. } => Err(ErrorCode::Internal.into()),
        LeadCommand::Delete => Ok(marked(lead, EventKind::Deleted, rules)),
        _ if lead.status == LeadStatus::Qualified => Err(ErrorCode::LeadAlreadyConverted.into()),
        LeadCommand::Edit(draft) => edit(lead, draft, references, rules),
        LeadCommand::Answer(change) => answer(lead, change, rules),
        LeadCommand::Nurture(nurture) => set_aside(lead, nurture, rules),
        LeadCommand::Disqualify(disqualify) => disqualified(lead, disqualify, rules),
        LeadCommand::Reopen(reopen) => reopened(lead, reopen, rules),
        LeadCommand::Return => Ok(returned(lead, rules)),
        LeadCommand::Convert(converted) => convert(lead, converted, rules),
    }
}

/// The form of the deal that a lead becomes: what is known of budget, need and timing comes along.
///
/// # Errors
/// As [`decide`] of a conversion: who may not, the state, `bant_incomplete`, or invalid fields.
pub fn deal_of(
    lead: &Lead,
    how: &ConvertLead,
    rules: LeadRules<'_>,
) -> Result<(DealDraft, ConvertLead), Error> {
    require_lead_write(rules.actor, lead)?;
    if lead.deleted_at.is_some() {
        return Err(ErrorCode::NotFound.into());
    }
    if lead.status == LeadStatus::Qualified {
        return Err(ErrorCode::LeadAlreadyConverted.into());
    }
    require_open(lead)?;
    let how = ConvertLead {
        title: non_empty(how.title.clone()),
        override_reason: non_empty(how.override_reason.clone()),
        ..how.clone()
    };
    let errors = validate(&how);
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    if !lead.bant.unknown().is_empty() {
        if how.override_reason.is_none() {
            return Err(ErrorCode::BantIncomplete.into());
        }
        if !may_override(rules.actor, lead.department_id.as_ref()) {
            return Err(ErrorCode::Forbidden.into());
        }
    }
    let bant = &lead.bant;
    let draft = DealDraft {
        title: how.title.clone().unwrap_or_else(|| lead.title.clone()),
        account_id: how.account_id.clone().or_else(|| lead.account_id.clone()),
        contact_id: how.contact_id.clone().or_else(|| lead.contact_id.clone()),
        owner_id: Some(lead.owner_id.clone()),
        department_id: lead.department_id.clone(),
        source: lead.source.clone(),
        budget: bant.budget.value,
        need: bant.need.value.clone(),
        decision_on: bant.timing.value,
        ..DealDraft::default()
    };
    Ok((draft, how))
}

fn require_open(lead: &Lead) -> Result<(), Error> {
    match lead.status {
        LeadStatus::New | LeadStatus::Qualifying | LeadStatus::Nurturing => Ok(()),
        LeadStatus::Qualified => Err(ErrorCode::LeadAlreadyConverted.into()),
        LeadStatus::Disqualified => Err(ErrorCode::LeadClosed.into()),
    }
}

fn create(
    draft: &LeadDraft,
    origin: Option<&(ImportId, Option<String>)>,
    references: &LeadReferences,
    rules: LeadRules<'_>,
) -> Result<LeadDecision, Error> {
    if !rules.actor.writes() {
        return Err(ErrorCode::Forbidden.into());
    }
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
        external_id: origin.and_then(|(_, external)| external.clone()),
        import_id: origin.map(|(import, _)| import.clone()),
        deleted_at: None,
        version: 1,
        created_at: rules.now,
        updated_at: rules.now,
    };
    fill(&mut lead, &draft, references);
    follow(&mut lead);
    let mut changes = initial(&LeadDraft::from(&lead));
    label(&mut changes, None, &lead);
    Ok(LeadDecision {
        entries: vec![entry(EventKind::Created, changes, None, rules)],
        lead,
    })
}

fn edit(
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

/// An answer also begins the work on a new lead.
fn answer(
    current: &Lead,
    change: &BantChange,
    rules: LeadRules<'_>,
) -> Result<LeadDecision, Error> {
    require_open(current)?;
    let by = Ref {
        id: rules.actor.user_id.as_str().to_owned(),
        name: rules.actor.name.clone(),
    };
    let mut lead = current.clone();
    lead.bant = change.apply(&current.bant, &by, rules.now)?;
    let item = change.item().as_str();
    let (from, to) = (said(&current.bant, item), said(&lead.bant, item));
    if from == to {
        return Ok(unchanged(current));
    }
    if lead.status == LeadStatus::New {
        lead.status = LeadStatus::Qualifying;
    }
    let mut changes = vec![field(item, from, to)];
    changes.extend(state_changes(current, &lead));
    Ok(changed(
        current,
        lead,
        EventKind::Updated,
        changes,
        None,
        rules,
    ))
}

/// State and value of an answer, without who and when.
fn said(bant: &Bant, item: &str) -> Value {
    let answer = json!(bant)[item].clone();
    match answer["state"].as_str() {
        Some("unknown") | None => Value::Null,
        Some(state) => json!({"state": state, "value": answer["value"]}),
    }
}

fn set_aside(
    current: &Lead,
    nurture: &NurtureLead,
    rules: LeadRules<'_>,
) -> Result<LeadDecision, Error> {
    require_open(current)?;
    let mut errors = validate(nurture);
    if nurture.until <= rules.today {
        let message = "must lie after today";
        errors.push(FieldError::new("until", FieldCode::OutOfRange, message));
    }
    if let Err(message) = crate::time::check_day(nurture.until) {
        errors.push(FieldError::new("until", FieldCode::OutOfRange, message));
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let mut lead = current.clone();
    lead.status = LeadStatus::Nurturing;
    lead.nurture_until = Some(nurture.until);
    let reason = non_empty(nurture.reason.clone());
    Ok(state_changed(
        current,
        lead,
        EventKind::Updated,
        reason,
        rules,
    ))
}

fn disqualified(
    current: &Lead,
    disqualify: &DisqualifyLead,
    rules: LeadRules<'_>,
) -> Result<LeadDecision, Error> {
    require_open(current)?;
    let errors = validate(disqualify);
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let mut lead = current.clone();
    lead.status = LeadStatus::Disqualified;
    lead.disqualify_reason = Some(disqualify.reason);
    lead.disqualify_note = non_empty(disqualify.note.clone());
    lead.nurture_until = None;
    lead.closed_at = Some(rules.now);
    let reason = lead.disqualify_note.clone();
    Ok(state_changed(
        current,
        lead,
        EventKind::Closed,
        reason,
        rules,
    ))
}

fn reopened(
    current: &Lead,
    reopen: &ReopenLead,
    rules: LeadRules<'_>,
) -> Result<LeadDecision, Error> {
    if current.status.is_open() {
        return Err(ErrorCode::LeadOpen.into());
    }
    let errors = validate(reopen);
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let lead = worked_on(current);
    let reason = non_empty(reopen.reason.clone());
    Ok(state_changed(
        current,
        lead,
        EventKind::Reopened,
        reason,
        rules,
    ))
}

/// Comes back when its day has come; nothing happens to any other lead.
fn returned(current: &Lead, rules: LeadRules<'_>) -> LeadDecision {
    let is_due = |until: NaiveDate| until <= rules.today;
    if current.status != LeadStatus::Nurturing || !current.nurture_until.is_some_and(is_due) {
        return unchanged(current);
    }
    let lead = worked_on(current);
    state_changed(current, lead, EventKind::Reopened, None, rules)
}

fn worked_on(current: &Lead) -> Lead {
    let mut lead = current.clone();
    lead.status = LeadStatus::Qualifying;
    lead.nurture_until = None;
    lead.disqualify_reason = None;
    lead.disqualify_note = None;
    lead.closed_at = None;
    lead
}

fn convert(
    current: &Lead,
    converted: &Converted,
    rules: LeadRules<'_>,
) -> Result<LeadDecision, Error> {
    let (_, how) = deal_of(current, &converted.how, rules)?;
    let mut lead = current.clone();
    lead.status = LeadStatus::Qualified;
    lead.nurture_until = None;
    lead.deal_id = Some(DealId::new(converted.deal.id.clone()));
    lead.deal_number = Some(converted.number.clone());
    if let Some(account) = &converted.account {
        lead.account_id = Some(account.id.clone().into());
        lead.account_name = Some(account.name.clone());
    }
    if let Some(contact) = &converted.contact {
        lead.contact_id = Some(contact.id.clone().into());
        lead.contact_name = Some(contact.name.clone());
    }
    lead.override_reason = (how.override_reason).filter(|_| !current.bant.unknown().is_empty());
    lead.closed_at = Some(rules.now);
    let reason = lead.override_reason.clone();
    let mut decision = state_changed(current, lead, EventKind::Closed, reason, rules);
    let deal = json!({"id": converted.deal.id, "name": converted.number});
    for entry in &mut decision.entries {
        entry
            .changes
            .push(field("deal_id", Value::Null, deal.clone()));
    }
    Ok(decision)
}

fn marked(current: &Lead, kind: EventKind, rules: LeadRules<'_>) -> LeadDecision {
    let mut lead = current.clone();
    lead.deleted_at = (kind == EventKind::Deleted).then_some(rules.now);
    touch(&mut lead, rules);
    LeadDecision {
        lead,
        entries: vec![entry(kind, Vec::new(), None, rules)],
    }
}

fn unchanged(current: &Lead) -> LeadDecision {
    LeadDecision {
        lead: current.clone(),
        entries: Vec::new(),
    }
}

fn state_changed(
    current: &Lead,
    lead: Lead,
    kind: EventKind,
    reason: Option<String>,
    rules: LeadRules<'_>,
) -> LeadDecision {
    let changes = state_changes(current, &lead);
    changed(current, lead, kind, changes, reason, rules)
}

fn changed(
    current: &Lead,
    mut lead: Lead,
    kind: EventKind,
    changes: Vec<FieldChange>,
    reason: Option<String>,
    rules: LeadRules<'_>,
) -> LeadDecision {
    if changes.is_empty() {
        return unchanged(current);
    }
    touch(&mut lead, rules);
    LeadDecision {
        entries: vec![entry(kind, changes, reason, rules)],
        lead,
    }
}

fn touch(lead: &mut Lead, rules: LeadRules<'_>) {
    follow(lead);
    lead.version += 1;
    lead.updated_at = rules.now;
}

/// Sets what follows from the answers.
fn follow(lead: &mut Lead) {
    lead.score = lead.bant.score();
    let is_worked_on = lead.status.is_open();
    lead.next_question = (lead.bant.next_question()).filter(|_| is_worked_on);
}

fn entry(
    kind: EventKind,
    changes: Vec<FieldChange>,
    reason: Option<String>,
    rules: LeadRules<'_>,
) -> DecidedEntry {
    DecidedEntry {
        at: rules.now,
        kind,
        changes,
        reason,
    }
}

fn field(name: &str, from: Value, to: Value) -> FieldChange {
    FieldChange {
        field: name.into(),
        from,
        to,
    }
}

/// The differences of the fields that no form has.
fn state_changes(before: &Lead, after: &Lead) -> Vec<FieldChange> {
    let of = |lead: &Lead| {
        [
            ("status", json!(lead.status)),
            ("nurture_until", json!(lead.nurture_until)),
            ("disqualify_reason", json!(lead.disqualify_reason)),
        ]
    };
    (of(before).into_iter().zip(of(after)))
        .filter(|((_, from), (_, to))| from != to)
        .map(|((name, from), (_, to))| field(name, from, to))
        .collect()
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

/// Replaces the identifiers in changes of references by `{id, name}`, so that the history stays
/// readable after a renaming.
fn label(changes: &mut [FieldChange], before: Option<&Lead>, after: &Lead) {
    let name = |lead: &Lead, field: &str| match field {
        "account_id" => lead.account_name.clone(),
        "contact_id" => lead.contact_name.clone(),
        "owner_id" => Some(lead.owner_name.clone()),
        "department_id" => lead.department_name.clone(),
        _ => None,
    };
    for change in changes {
        for (side, lead) in [(&mut change.from, before), (&mut change.to, Some(after))] {
            let id = side.as_str().map(str::to_owned);
            if let (Some(id), Some(name)) = (id, lead.and_then(|l| name(l, &change.field))) {
                *side = json!({"id": id, "name": name});
            }
        }
    }
}
