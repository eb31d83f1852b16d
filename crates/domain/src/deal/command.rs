use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use validator::Validate;

use super::{Deal, DealDraft, DealStatus, DealType, Derived, ForecastCategory, Outcome};
use crate::error::{Error, ErrorCode, FieldCode, FieldError, validate};
use crate::event::{EventKind, FieldChange, diff, initial};
use crate::id::{AccountId, DealId, DepartmentId, ImportId, Ref, UserId};
use crate::money::{Currency, Money};
use crate::policy::{Actor, may_reassign, may_reopen, require_deal_write};
use crate::rate::RateTable;
use crate::stage::{Stage, Stages};
use crate::text::non_empty;
use crate::time::Instant;

/// A move of a deal to another stage of the work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MoveDeal {
    /// Code of the stage.
    #[cfg_attr(feature = "openapi", schema(example = "needs"))]
    pub stage: String,
    /// Why, in a few words.
    #[serde(default)]
    #[validate(length(max = 2000))]
    pub reason: Option<String>,
}

/// The end of a deal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CloseDeal {
    /// How it ends.
    pub outcome: Outcome,
    /// Why, 1 to 2,000 characters.
    #[validate(length(min = 1, max = 2000))]
    pub reason: String,
    /// What it was worth in the end; the present amount when absent.
    #[serde(default)]
    pub amount: Option<Money>,
    /// The competitor that won a lost deal.
    #[serde(default)]
    pub winner_account_id: Option<AccountId>,
    /// To whom a rerouted deal is handed; required for that outcome.
    #[serde(default)]
    #[validate(length(max = 200))]
    pub rerouted_to: Option<String>,
    /// When to ask the customer again after a loss.
    #[serde(default)]
    pub next_contact_on: Option<NaiveDate>,
}

/// A closed deal is taken up again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReopenDeal {
    /// Why, 1 to 2,000 characters.
    #[validate(length(min = 1, max = 2000))]
    pub reason: String,
    /// The stage to take it up in; the one it was closed from when absent.
    #[serde(default)]
    pub stage: Option<String>,
}

/// One stay of an imported deal in a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedVisit {
    /// Code of the stage, final ones included.
    pub stage: String,
    /// When it was entered.
    pub at: Instant,
}

/// A deal as it comes from another system, with its past. Gates do not apply to what is over.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportDeal {
    /// The fields.
    pub draft: DealDraft,
    /// Identifier in the other system.
    pub external_id: Option<String>,
    /// The import that brings it.
    pub import_id: ImportId,
    /// When it was created; the first visit's time when absent.
    pub created_at: Option<Instant>,
    /// Its stays, oldest first, at least one; times must not go back. A final stage may only be the
    /// last.
    pub visits: Vec<ImportedVisit>,
    /// Why it ended, when it did.
    pub close_reason: Option<String>,
}

/// A change of a deal. Every way to write a deal is one of these.
#[derive(Clone, Debug, PartialEq)]
pub enum DealCommand {
    /// A new deal.
    Create(DealDraft),
    /// A new deal with its past.
    Import(Box<ImportDeal>),
    /// New values for all fields of the form.
    Edit(DealDraft),
    /// A move to another stage of the work.
    Move(MoveDeal),
    /// The end.
    Close(CloseDeal),
    /// Taken up again.
    Reopen(ReopenDeal),
    /// Into the bin.
    Delete,
    /// Out of the bin.
    Restore,
}

/// A person who is to own a deal, as found in the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The person.
    pub user_id: UserId,
    /// The person's name.
    pub name: String,
    /// The person's department and its name.
    pub department: Option<(DepartmentId, String)>,
    /// Whether the person is active.
    pub active: bool,
}

/// The records a command names, as found in the database; `None` when one is not there (or in the
/// bin).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct References {
    /// The owner.
    pub owner: Option<Place>,
    /// The department.
    pub department: Option<Ref>,
    /// The account.
    pub account: Option<Ref>,
    /// The main contact.
    pub contact: Option<Ref>,
    /// The product.
    pub product: Option<Ref>,
    /// The competitor that won.
    pub winner: Option<Ref>,
}

/// Everything beside the deal that a decision depends on.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'a> {
    /// Who acts.
    pub actor: &'a Actor,
    /// The present instant, in milliseconds.
    pub now: Instant,
    /// Identifier for a new deal.
    pub new_id: &'a DealId,
    /// The stages of the process.
    pub stages: &'a Stages,
    /// The rates of today, or of the closing day of an imported deal.
    pub rates: &'a RateTable,
    /// Currency of all sums.
    pub base: Currency,
}

/// A history entry that a decision makes.
#[derive(Clone, Debug, PartialEq)]
pub struct DecidedEntry {
    /// When it happened.
    pub at: Instant,
    /// What happened.
    pub kind: EventKind,
    /// What changed.
    pub changes: Vec<FieldChange>,
    /// Why.
    pub reason: Option<String>,
}

/// The analytic fields of a deal from an instant on.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// From when they hold.
    pub at: Instant,
    /// Code of the stage.
    pub stage: String,
    /// Status.
    pub status: DealStatus,
    /// Probability in percent.
    pub probability: i32,
    /// Line of the forecast.
    pub forecast_category: ForecastCategory,
}

/// What a command does to a deal.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The deal afterwards.
    pub deal: Deal,
    /// What the history gains, oldest first; empty when nothing changes.
    pub entries: Vec<DecidedEntry>,
    /// The stays that begin, oldest first. All other analytic fields are those of `deal`.
    pub versions: Vec<Version>,
}

/// Decides what a command does to a deal, or why it is refused: permission first, then state, then
/// fields.
///
/// # Errors
/// `not_found`, `forbidden`, a conflict with the state, or the invalid fields.
pub fn decide(
    current: Option<&Deal>,
    command: &DealCommand,
    references: &References,
    rules: Rules<'_>,
) -> Result<Decision, Error> {
    match command {
        DealCommand::Create(draft) => create(draft, references, rules),
        DealCommand::Import(import) => import_deal(import, references, rules),
        DealCommand::Edit(draft) => edit(present(current, rules)?, draft, references, rules),
        DealCommand::Move(to) => move_deal(present(current, rules)?, to, rules),
        DealCommand::Close(close) => close_deal(present(current, rules)?, close, references, rules),
        DealCommand::Reopen(reopen) => reopen_deal(present(current, rules)?, reopen, rules),
        DealCommand::Delete => delete(present(current, rules)?, rules),
        DealCommand::Restore => restore(current, rules),
    }
}

/// The deal that a command changes: visible, changeable, not in the bin.
fn present<'a>(current: Option<&'a Deal>, rules: Rules<'_>) -> Result<&'a Deal, Error> {
    let deal = current.ok_or(ErrorCode::NotFound)?;
    require_deal_write(rules.actor, deal)?;
    if deal.deleted_at.is_some() {
        return Err(ErrorCode::NotFound.into());
    }
    Ok(deal)
}

fn require_open(deal: &Deal) -> Result<(), Error> {
    if deal.status == DealStatus::Open {
        Ok(())
    } else {
        Err(ErrorCode::DealClosed.into())
    }
}

fn create(draft: &DealDraft, references: &References, rules: Rules<'_>) -> Result<Decision, Error> {
    let (deal, draft) = new_deal(draft, references, rules, rules.now)?;
    let mut changes = initial(&draft);
    label(&mut changes, None, &deal);
    Ok(Decision {
        entries: vec![DecidedEntry {
            at: rules.now,
            kind: EventKind::Created,
            changes,
            reason: None,
        }],
        versions: vec![version_of(&deal, rules.now)],
        deal,
    })
}

/// A new open deal from a form, in the stage that the form names or the first.
fn new_deal(
    draft: &DealDraft,
    references: &References,
    rules: Rules<'_>,
    created_at: Instant,
) -> Result<(Deal, DealDraft), Error> {
    if !rules.actor.writes() {
        return Err(ErrorCode::Forbidden.into());
    }
    let draft = draft.clone().normalized();
    let mut errors = validate(&draft);
    let stage = match draft.stage.as_deref() {
        Some(code) => rules.stages.get(code).filter(|s| s.is_open()),
        None => rules.stages.first(),
    };
    if stage.is_none() {
        errors.push(FieldError::new(
            "stage",
            FieldCode::UnknownReference,
            "is not a stage of the work",
        ));
    }
    check_references(None, &draft, references, rules, &mut errors);
    let (Some(stage), Some(owner)) = (stage, references.owner.as_ref()) else {
        return Err(Error::Invalid(errors));
    };
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let mut deal = Deal {
        id: rules.new_id.clone(),
        number: String::new(),
        title: draft.title.clone(),
        account_id: None,
        account_name: None,
        contact_id: None,
        contact_name: None,
        owner_id: owner.user_id.clone(),
        owner_name: owner.name.clone(),
        department_id: None,
        department_name: None,
        product_id: None,
        product_name: None,
        stage: stage.code.clone(),
        status: DealStatus::Open,
        deal_type: DealType::Direct,
        category: None,
        source: None,
        budget: None,
        amount: None,
        amount_base: None,
        probability: stage.probability,
        probability_manual: false,
        forecast_category: stage.forecast_category,
        forecast_category_manual: false,
        expected_close_on: None,
        first_expected_close_on: None,
        pushes: 0,
        closed_at: None,
        close_reason: None,
        winner_account_id: None,
        winner_account_name: None,
        rerouted_to: None,
        next_contact_on: None,
        need: None,
        decision_on: None,
        tactic: None,
        own_strengths: None,
        own_weaknesses: None,
        tactic_review_on: None,
        next_step_on: None,
        stage_entered_at: created_at,
        closed_from_stage: None,
        last_touch_at: None,
        derived: Derived::default(),
        external_id: None,
        import_id: None,
        deleted_at: None,
        version: 1,
        created_at,
        created_by: Some(rules.actor.user_id.clone()),
        updated_at: rules.now,
        updated_by: Some(rules.actor.user_id.clone()),
    };
    fill(&mut deal, &draft, references, rules);
    let draft = DealDraft::from(&deal);
    Ok((deal, draft))
}

fn import_deal(
    import: &ImportDeal,
    references: &References,
    rules: Rules<'_>,
) -> Result<Decision, Error> {
    let first = import
        .visits
        .first()
        .ok_or_else(|| no_visit("must have at least one stay"))?;
    let created_at = import.created_at.unwrap_or(first.at).min(first.at);
    let mut draft = import.draft.clone();
    draft.stage = None;
    // The past also has people who are not active any more.
    let references = &References {
        owner: references.owner.clone().map(|owner| Place {
            active: true,
            ..owner
        }),
        ..references.clone()
    };
    let (mut deal, draft) = new_deal(&draft, references, rules, created_at)?;
    deal.external_id.clone_from(&import.external_id);
    deal.import_id = Some(import.import_id.clone());
    let mut changes = initial(&draft);
    changes.retain(|change| change.field != "stage");
    label(&mut changes, None, &deal);
    let mut entries = vec![DecidedEntry {
        at: created_at,
        kind: EventKind::Created,
        changes,
        reason: None,
    }];
    let mut versions = Vec::with_capacity(import.visits.len());
    let mut before: Option<(Instant, i32)> = None;
    for (index, visit) in import.visits.iter().enumerate() {
        let stage = known_stage(rules.stages, &visit.stage)?;
        let last = index + 1 == import.visits.len();
        if before.is_some_and(|(at, _)| visit.at < at) || visit.at > rules.now {
            return Err(no_visit("times must go forward and not lie in the future"));
        }
        if !stage.is_open() && !last {
            return Err(no_visit("a final stage may only be the last"));
        }
        let from = index.checked_sub(1).map(|_| deal.stage.clone());
        if !stage.is_open() {
            end(&mut deal, stage, visit.at, before.is_none(), rules);
            deal.close_reason.clone_from(&import.close_reason);
        } else {
            enter(&mut deal, stage, visit.at);
        }
        let kind = match before {
            _ if !stage.is_open() => EventKind::Closed,
            Some((_, position)) if stage.position < position => EventKind::StageReturned,
            _ => EventKind::StageAdvanced,
        };
        if from.is_some() || !stage.is_open() {
            entries.push(DecidedEntry {
                at: visit.at,
                kind,
                changes: vec![change("stage", json!(from), json!(stage.code))],
                reason: (!stage.is_open())
                    .then(|| import.close_reason.clone())
                    .flatten(),
            });
        } else if let Some(created) = entries.first_mut() {
            created
                .changes
                .push(change("stage", Value::Null, json!(stage.code)));
        }
        versions.push(version_of(&deal, visit.at));
        before = Some((visit.at, stage.position));
    }
    Ok(Decision {
        deal,
        entries,
        versions,
    })
}

fn no_visit(message: &str) -> Error {
    Error::field("stage", FieldCode::OutOfRange, message)
}

fn edit(
    current: &Deal,
    draft: &DealDraft,
    references: &References,
    rules: Rules<'_>,
) -> Result<Decision, Error> {
    require_open(current)?;
    let draft = draft.clone().normalized();
    let mut errors = validate(&draft);
    if draft
        .stage
        .as_ref()
        .is_some_and(|stage| *stage != current.stage)
    {
        errors.push(FieldError::new(
            "stage",
            FieldCode::NotAllowed,
            "is changed by moving or closing the deal, not by an edit",
        ));
    }
    check_references(Some(current), &draft, references, rules, &mut errors);
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let mut deal = current.clone();
    deal.title.clone_from(&draft.title);
    fill(&mut deal, &draft, references, rules);
    let mut changes = diff(&DealDraft::from(current), &DealDraft::from(&deal));
    label(&mut changes, Some(current), &deal);
    Ok(changed(
        current,
        deal,
        EventKind::Updated,
        changes,
        None,
        rules,
    ))
}

fn move_deal(current: &Deal, to: &MoveDeal, rules: Rules<'_>) -> Result<Decision, Error> {
    require_open(current)?;
    let errors = validate(to);
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let stage = known_stage(rules.stages, &to.stage)?;
    if !stage.is_open() {
        return Err(ErrorCode::CloseInstead.into());
    }
    if stage.code == current.stage {
        return Err(ErrorCode::SameStage.into());
    }
    let position = rules.stages.get(&current.stage).map_or(0, |s| s.position);
    let kind = if stage.position > position {
        EventKind::StageAdvanced
    } else {
        EventKind::StageReturned
    };
    let mut deal = current.clone();
    enter(&mut deal, stage, rules.now);
    let changes = state_changes(current, &deal);
    let reason = non_empty(to.reason.clone());
    Ok(changed(current, deal, kind, changes, reason, rules))
}

fn close_deal(
    current: &Deal,
    close: &CloseDeal,
    references: &References,
    rules: Rules<'_>,
) -> Result<Decision, Error> {
    require_open(current)?;
    let close = CloseDeal {
        reason: close.reason.trim().to_owned(),
        rerouted_to: non_empty(close.rerouted_to.clone()),
        ..close.clone()
    };
    let mut errors = validate(&close);
    if close.outcome == Outcome::Rerouted && close.rerouted_to.is_none() {
        errors.push(FieldError::required("rerouted_to"));
    }
    if close.winner_account_id.is_some() && references.winner.is_none() {
        errors.push(FieldError::unknown("winner_account_id"));
    }
    if close.amount.is_some_and(|amount| amount.is_negative()) {
        errors.push(FieldError::new(
            "amount",
            FieldCode::OutOfRange,
            "must not be below zero",
        ));
    }
    let stage = rules.stages.of_outcome(close.outcome.status());
    let (Some(stage), true) = (stage, errors.is_empty()) else {
        return Err(Error::Invalid(errors));
    };
    let mut deal = current.clone();
    if close.amount.is_some() {
        deal.amount = close.amount;
    }
    end(&mut deal, stage, rules.now, false, rules);
    deal.close_reason = Some(close.reason.clone());
    if close.outcome == Outcome::Lost {
        deal.winner_account_id = close.winner_account_id;
        deal.winner_account_name = references.winner.as_ref().map(|w| w.name.clone());
        deal.next_contact_on = close.next_contact_on;
    }
    if close.outcome == Outcome::Rerouted {
        deal.rerouted_to = close.rerouted_to;
    }
    let changes = state_changes(current, &deal);
    let reason = Some(close.reason);
    Ok(changed(
        current,
        deal,
        EventKind::Closed,
        changes,
        reason,
        rules,
    ))
}

fn reopen_deal(current: &Deal, reopen: &ReopenDeal, rules: Rules<'_>) -> Result<Decision, Error> {
    if !may_reopen(rules.actor, current) {
        return Err(ErrorCode::Forbidden.into());
    }
    if current.status == DealStatus::Open {
        return Err(ErrorCode::DealOpen.into());
    }
    let reopen = ReopenDeal {
        reason: reopen.reason.trim().to_owned(),
        stage: reopen.stage.clone(),
    };
    let errors = validate(&reopen);
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let code = reopen.stage.as_ref().or(current.closed_from_stage.as_ref());
    let stage = match code {
        Some(code) => known_stage(rules.stages, code)?,
        None => rules.stages.first().ok_or(ErrorCode::Internal)?,
    };
    if !stage.is_open() {
        return Err(Error::field(
            "stage",
            FieldCode::NotAllowed,
            "is not a stage of the work",
        ));
    }
    let mut deal = current.clone();
    deal.closed_at = None;
    deal.close_reason = None;
    deal.winner_account_id = None;
    deal.winner_account_name = None;
    deal.rerouted_to = None;
    deal.next_contact_on = None;
    deal.closed_from_stage = None;
    deal.status = DealStatus::Open;
    enter(&mut deal, stage, rules.now);
    deal.probability = stage.probability;
    deal.forecast_category = stage.forecast_category;
    value(&mut deal, rules);
    let changes = state_changes(current, &deal);
    let reason = Some(reopen.reason);
    Ok(changed(
        current,
        deal,
        EventKind::Reopened,
        changes,
        reason,
        rules,
    ))
}

fn delete(current: &Deal, rules: Rules<'_>) -> Result<Decision, Error> {
    let mut deal = current.clone();
    deal.deleted_at = Some(rules.now);
    Ok(marked(deal, EventKind::Deleted, rules))
}

fn restore(current: Option<&Deal>, rules: Rules<'_>) -> Result<Decision, Error> {
    let current = current.ok_or(ErrorCode::NotFound)?;
    require_deal_write(rules.actor, current)?;
    if current.deleted_at.is_none() {
        return Err(ErrorCode::NotDeleted.into());
    }
    let mut deal = current.clone();
    deal.deleted_at = None;
    if deal.status == DealStatus::Open {
        value(&mut deal, rules);
    }
    Ok(marked(deal, EventKind::Restored, rules))
}

fn marked(mut deal: Deal, kind: EventKind, rules: Rules<'_>) -> Decision {
    touch(&mut deal, rules);
    Decision {
        entries: vec![DecidedEntry {
            at: rules.now,
            kind,
            changes: Vec::new(),
            reason: None,
        }],
        versions: Vec::new(),
        deal,
    }
}

/// Wraps up a change of an existing deal; nothing happens when no field changed.
fn changed(
    current: &Deal,
    mut deal: Deal,
    kind: EventKind,
    changes: Vec<FieldChange>,
    reason: Option<String>,
    rules: Rules<'_>,
) -> Decision {
    if changes.is_empty() {
        return Decision {
            deal: current.clone(),
            entries: Vec::new(),
            versions: Vec::new(),
        };
    }
    touch(&mut deal, rules);
    let versions = if analytic(current) == analytic(&deal) {
        Vec::new()
    } else {
        vec![version_of(&deal, rules.now)]
    };
    Decision {
        entries: vec![DecidedEntry {
            at: rules.now,
            kind,
            changes,
            reason,
        }],
        versions,
        deal,
    }
}

fn touch(deal: &mut Deal, rules: Rules<'_>) {
    deal.version += 1;
    deal.updated_at = rules.now;
    deal.updated_by = Some(rules.actor.user_id.clone());
}

/// The fields whose history the reports read.
fn analytic(deal: &Deal) -> impl PartialEq + '_ {
    (
        (
            &deal.stage,
            deal.status,
            &deal.owner_id,
            &deal.department_id,
        ),
        (deal.amount, deal.amount_base, deal.probability),
        (
            deal.forecast_category,
            deal.expected_close_on,
            deal.category,
        ),
        (&deal.account_id, &deal.product_id, &deal.source),
    )
}

fn version_of(deal: &Deal, at: Instant) -> Version {
    Version {
        at,
        stage: deal.stage.clone(),
        status: deal.status,
        probability: deal.probability,
        forecast_category: deal.forecast_category,
    }
}

fn known_stage<'a>(stages: &'a Stages, code: &str) -> Result<&'a Stage, Error> {
    stages
        .get(code)
        .ok_or_else(|| Error::Invalid(vec![FieldError::unknown("stage")]))
}

/// Puts a deal into an open stage: probability and category follow unless a person set them.
fn enter(deal: &mut Deal, stage: &Stage, at: Instant) {
    deal.stage.clone_from(&stage.code);
    deal.status = stage.status;
    deal.stage_entered_at = at;
    if !deal.probability_manual {
        deal.probability = stage.probability;
    }
    if !deal.forecast_category_manual {
        deal.forecast_category = stage.forecast_category;
    }
}

/// Puts a deal into a final stage and freezes its value.
fn end(deal: &mut Deal, stage: &Stage, at: Instant, only_stay: bool, rules: Rules<'_>) {
    deal.closed_from_stage = (!only_stay).then(|| deal.stage.clone());
    deal.stage.clone_from(&stage.code);
    deal.status = stage.status;
    deal.stage_entered_at = at;
    deal.closed_at = Some(at);
    deal.probability = stage.probability;
    deal.probability_manual = false;
    deal.forecast_category = stage.forecast_category;
    deal.forecast_category_manual = false;
    value(deal, rules);
}

/// Values the amount in the base currency.
fn value(deal: &mut Deal, rules: Rules<'_>) {
    deal.amount_base = deal.amount.and_then(|m| rules.rates.convert(m, rules.base));
}

/// Copies the form into the deal; the title and the stage are the caller's.
fn fill(deal: &mut Deal, draft: &DealDraft, references: &References, rules: Rules<'_>) {
    set_owner(deal, draft, references);
    set(
        &mut deal.account_id,
        &mut deal.account_name,
        &draft.account_id,
        &references.account,
    );
    set(
        &mut deal.contact_id,
        &mut deal.contact_name,
        &draft.contact_id,
        &references.contact,
    );
    set(
        &mut deal.product_id,
        &mut deal.product_name,
        &draft.product_id,
        &references.product,
    );
    if let Some(deal_type) = draft.deal_type {
        deal.deal_type = deal_type;
    }
    deal.category = draft.category;
    deal.source.clone_from(&draft.source);
    deal.budget = draft.budget;
    if deal.amount != draft.amount || deal.amount_base.is_none() {
        deal.amount = draft.amount;
        value(deal, rules);
    }
    let stage = rules.stages.get(&deal.stage);
    match draft.probability {
        Some(p) if p != deal.probability || deal.probability_manual => {
            deal.probability = p;
            deal.probability_manual = true;
        }
        Some(_) => {}
        None => {
            deal.probability_manual = false;
            deal.probability = stage.map_or(deal.probability, |s| s.probability);
        }
    }
    match draft.forecast_category {
        Some(c) if c != deal.forecast_category || deal.forecast_category_manual => {
            deal.forecast_category = c;
            deal.forecast_category_manual = true;
        }
        Some(_) => {}
        None => {
            deal.forecast_category_manual = false;
            deal.forecast_category = stage.map_or(deal.forecast_category, |s| s.forecast_category);
        }
    }
    if let (Some(before), Some(after)) = (deal.expected_close_on, draft.expected_close_on)
        && after > before
    {
        deal.pushes += 1;
    }
    deal.expected_close_on = draft.expected_close_on;
    deal.first_expected_close_on = deal.first_expected_close_on.or(draft.expected_close_on);
    deal.need.clone_from(&draft.need);
    deal.decision_on = draft.decision_on;
    deal.tactic.clone_from(&draft.tactic);
    deal.own_strengths.clone_from(&draft.own_strengths);
    deal.own_weaknesses.clone_from(&draft.own_weaknesses);
    deal.tactic_review_on = draft.tactic_review_on;
    deal.next_step_on = draft.next_step_on;
}

/// Gives the deal its owner and its department: the one that the form names, else the new owner's.
fn set_owner(deal: &mut Deal, draft: &DealDraft, references: &References) {
    if let Some(owner) = &references.owner {
        let is_new = owner.user_id != deal.owner_id;
        if is_new || deal.department_id.is_none() {
            deal.owner_id = owner.user_id.clone();
            deal.owner_name.clone_from(&owner.name);
            deal.department_id = owner.department.as_ref().map(|(id, _)| id.clone());
            deal.department_name = owner.department.as_ref().map(|(_, name)| name.clone());
        }
    }
    if let (Some(id), Some(found)) = (&draft.department_id, &references.department) {
        deal.department_id = Some(id.clone());
        deal.department_name = Some(found.name.clone());
    }
}

fn set<T: Clone + PartialEq>(
    id: &mut Option<T>,
    name: &mut Option<String>,
    wanted: &Option<T>,
    found: &Option<Ref>,
) {
    if id != wanted {
        id.clone_from(wanted);
        *name = found.as_ref().map(|r| r.name.clone());
    }
}

/// Checks the records that a form names. What stays as it is needs no check: it may have gone to the
/// bin in the meantime.
fn check_references(
    current: Option<&Deal>,
    draft: &DealDraft,
    references: &References,
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

fn check_owner(
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

fn change(field: &str, from: Value, to: Value) -> FieldChange {
    FieldChange {
        field: field.into(),
        from,
        to,
    }
}

/// The differences of the fields that commands other than an edit change.
fn state_changes(before: &Deal, after: &Deal) -> Vec<FieldChange> {
    let named = |id: &Option<AccountId>, name: &Option<String>| match id {
        Some(id) => json!({"id": id, "name": name}),
        None => Value::Null,
    };
    let pairs = [
        ("stage", json!(before.stage), json!(after.stage)),
        ("status", json!(before.status), json!(after.status)),
        ("amount", json!(before.amount), json!(after.amount)),
        (
            "amount_base",
            json!(before.amount_base),
            json!(after.amount_base),
        ),
        (
            "probability",
            json!(before.probability),
            json!(after.probability),
        ),
        (
            "forecast_category",
            json!(before.forecast_category),
            json!(after.forecast_category),
        ),
        ("closed_at", json!(before.closed_at), json!(after.closed_at)),
        (
            "close_reason",
            json!(before.close_reason),
            json!(after.close_reason),
        ),
        (
            "winner_account_id",
            named(&before.winner_account_id, &before.winner_account_name),
            named(&after.winner_account_id, &after.winner_account_name),
        ),
        (
            "rerouted_to",
            json!(before.rerouted_to),
            json!(after.rerouted_to),
        ),
        (
            "next_contact_on",
            json!(before.next_contact_on),
            json!(after.next_contact_on),
        ),
    ];
    pairs
        .into_iter()
        .filter(|(_, from, to)| from != to)
        .map(|(field, from, to)| change(field, from, to))
        .collect()
}

/// Replaces the identifiers in changes of references by `{id, name}`, so that the history stays
/// readable after a renaming.
fn label(changes: &mut [FieldChange], before: Option<&Deal>, after: &Deal) {
    let name = |deal: &Deal, field: &str| match field {
        "account_id" => deal.account_name.clone(),
        "contact_id" => deal.contact_name.clone(),
        "owner_id" => Some(deal.owner_name.clone()),
        "department_id" => deal.department_name.clone(),
        "product_id" => deal.product_name.clone(),
        _ => None,
    };
    for change in changes {
        for (side, deal) in [(&mut change.from, before), (&mut change.to, Some(after))] {
            if let (Some(id), Some(name)) = (
                side.as_str().map(str::to_owned),
                deal.and_then(|d| name(d, &change.field)),
            ) {
                *side = json!({"id": id, "name": name});
            }
        }
    }
}
