//! What answering or completing a step does.

use super::state::{Clock, StepState, left_without_minutes, standing, visit_of};
use super::{
    Confidence, Decision, Facts, MinutesItem, Pursuit, Side, StageDefinition, StepDefinition,
    StepInput, StepKind, StepRecord, TaskFact,
};
use crate::deal::Deal;
use crate::error::{Error, ErrorCode, FieldCode, FieldError, validate};
use crate::event::EventKind;
use crate::id::ActivityId;
use crate::text::non_empty;
use crate::time::check_day;

/// What follows from an answer, beside its record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The activity of the step is done.
    CompleteTask,
    /// The step becomes an activity.
    PlanTask,
    /// The activity of the step, which was done, is to be done again.
    ReopenTask(ActivityId),
    /// What is unsure becomes a task.
    Clarify,
    /// What we promised becomes tasks.
    Promise(Vec<MinutesItem>),
    /// The owner, the department and the team that were chosen take over.
    Assign,
    /// The deal ends.
    End(Pursuit),
    /// The chosen materials are noted with the deal.
    Choose,
    /// The head is asked for a visa.
    AskForVisa,
}

/// What an answer does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The record afterwards; names of contacts and files are the caller's to look up.
    pub record: StepRecord,
    /// What the history tells.
    pub kind: EventKind,
    /// What else follows.
    pub effects: Vec<Effect>,
}

/// Decides what an answer to a step does, or why it is refused.
///
/// # Errors
/// `step_not_possible`, or the invalid fields.
pub fn answer(
    stage: &StageDefinition,
    step: &StepDefinition,
    deal: &Deal,
    facts: &Facts,
    input: &StepInput,
    clock: Clock,
) -> Result<Answered, Error> {
    let mut errors = validate(input);
    for (at, item) in input.items.iter().flatten().enumerate() {
        if let Some(Err(message)) = item.due_on.map(check_day) {
            let field = format!("items.{at}.due_on");
            errors.push(FieldError::new(field, FieldCode::OutOfRange, message));
        }
    }
    if let Some(Err(message)) = input.signed_on.map(check_day) {
        errors.push(FieldError::new("signed_on", FieldCode::OutOfRange, message));
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let need = deal.need.as_ref().and_then(|need| need.kind.as_deref());
    let here = deal.stage == stage.code;
    // What is done anew in every visit is done in the visit; only minutes may be sent later.
    let possible = here
        || !step.kind.is_per_visit()
        || left_without_minutes(stage, step, deal, facts, clock).is_some();
    if !step.applies_to(need, deal.deal_type) || !possible {
        return Err(ErrorCode::StepNotPossible.into());
    }
    let present = standing(stage, step, deal, facts, clock);
    if present.state == StepState::Waiting {
        return Err(ErrorCode::StepNotPossible.into());
    }
    let visit = visit_of(stage, step, deal, facts, clock);
    let before = facts
        .records
        .iter()
        .find(|r| r.step_id == step.id && r.visit == visit);
    let record = before
        .cloned()
        .unwrap_or_else(|| StepRecord::open(&step.id, visit, clock.now));
    let answered = Answered {
        record: StepRecord {
            at: clock.now,
            ..record
        },
        kind: EventKind::StepDone,
        effects: Vec::new(),
    };
    if input.done == Some(false) {
        return reopened(step, present.task, answered);
    }
    match step.kind {
        StepKind::Task => Ok(task(input, answered)),
        StepKind::Question => question(input, present.task, answered),
        StepKind::Decision => decision(input, answered),
        StepKind::Material => material(input, answered),
        StepKind::Minutes => minutes(input, answered, clock),
        StepKind::Competitors => competitors(input, facts, answered),
        StepKind::Document => document(step, input, answered),
        StepKind::Visa => {
            let mut answered = answered;
            answered.kind = EventKind::VisaAsked;
            answered.effects.push(Effect::AskForVisa);
            Ok(answered)
        }
        // They are done where people and proposals are entered.
        StepKind::People | StepKind::Proposal => Err(ErrorCode::StepNotPossible.into()),
    }
}

fn reopened(
    step: &StepDefinition,
    task: Option<&TaskFact>,
    mut answered: Answered,
) -> Result<Answered, Error> {
    let record = &mut answered.record;
    match step.kind {
        StepKind::Task | StepKind::Material | StepKind::Document => {}
        StepKind::Question => record.confidence = None,
        StepKind::Competitors => record.nobody = false,
        _ => return Err(ErrorCode::StepNotPossible.into()),
    }
    record.done = false;
    answered.kind = EventKind::StepReopened;
    if step.kind == StepKind::Task {
        match task {
            Some(task) if task.done_at.is_some() => {
                let id = ActivityId::new(task.activity_id.clone());
                answered.effects.push(Effect::ReopenTask(id));
            }
            Some(task) if !task.cancelled => {}
            _ => answered.effects.push(Effect::PlanTask),
        }
    }
    Ok(answered)
}

fn task(input: &StepInput, mut answered: Answered) -> Answered {
    answered.record.done = true;
    if let Some(result) = non_empty(input.answer.clone()) {
        answered.record.answer = Some(result);
    }
    answered.effects.push(Effect::CompleteTask);
    answered
}

fn question(
    input: &StepInput,
    task: Option<&TaskFact>,
    mut answered: Answered,
) -> Result<Answered, Error> {
    let text = non_empty(input.answer.clone());
    let Some(text) = text.or_else(|| answered.record.answer.clone()) else {
        return Err(Error::Invalid(vec![FieldError::required("answer")]));
    };
    let confidence = input.confidence.unwrap_or(Confidence::Sure);
    let is_planned = task.is_some_and(|task| !task.cancelled && task.done_at.is_none());
    let was_unsure = answered.record.confidence == Some(Confidence::Unsure);
    let record = &mut answered.record;
    record.answer = Some(text);
    record.contact = None;
    record.confidence = Some(confidence);
    record.done = true;
    match confidence {
        Confidence::Unsure if was_unsure || is_planned => {}
        Confidence::Unsure => answered.effects.push(Effect::Clarify),
        // Also when the question was opened again in between: the task to clear it up is still there.
        Confidence::Sure => answered.effects.push(Effect::CompleteTask),
    }
    Ok(answered)
}

fn decision(input: &StepInput, mut answered: Answered) -> Result<Answered, Error> {
    let Some(pursuit) = input.decision else {
        return Err(Error::Invalid(vec![FieldError::required("decision")]));
    };
    let reason = non_empty(input.reason.clone());
    let mut errors = Vec::new();
    if pursuit != Pursuit::Pursue && reason.is_none() {
        errors.push(FieldError::required("reason"));
    }
    if pursuit == Pursuit::Reroute && non_empty(input.rerouted_to.clone()).is_none() {
        errors.push(FieldError::required("rerouted_to"));
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    answered.record.done = true;
    answered.record.decision = Some(Decision { pursuit, reason });
    answered.kind = EventKind::Decided;
    answered.effects.push(match pursuit {
        Pursuit::Pursue => Effect::Assign,
        ended => Effect::End(ended),
    });
    Ok(answered)
}

fn material(input: &StepInput, mut answered: Answered) -> Result<Answered, Error> {
    let note = non_empty(input.answer.clone());
    if input.material_ids.is_empty() && note.is_none() {
        return Err(Error::Invalid(vec![FieldError::required("material_ids")]));
    }
    // A note marks the step; a choice counts as long as it is not taken back.
    if note.is_some() {
        answered.record.done = true;
        answered.record.answer = note;
    }
    if !input.material_ids.is_empty() {
        answered.effects.push(Effect::Choose);
    }
    Ok(answered)
}

fn minutes(input: &StepInput, mut answered: Answered, clock: Clock) -> Result<Answered, Error> {
    if answered.record.sent_at.is_some() {
        return Err(ErrorCode::StepNotPossible.into());
    }
    if let Some(items) = &input.items {
        answered.record.items = (items.iter())
            .map(|item| MinutesItem {
                text: item.text.trim().to_owned(),
                ..item.clone()
            })
            .collect();
        let blank = |item: &MinutesItem| item.text.is_empty();
        if let Some(at) = answered.record.items.iter().position(blank) {
            let field = format!("items.{at}.text");
            return Err(Error::Invalid(vec![FieldError::required(&field)]));
        }
    }
    answered.kind = EventKind::MinutesChanged;
    if input.sent == Some(true) {
        if answered.record.items.is_empty() {
            return Err(Error::Invalid(vec![FieldError::required("items")]));
        }
        answered.record.sent_at = Some(clock.now);
        answered.record.done = true;
        answered.kind = EventKind::MinutesSent;
        answered.effects.push(Effect::CompleteTask);
        let ours: Vec<_> = (answered.record.items.iter())
            .filter(|item| item.side == Side::Ours)
            .cloned()
            .collect();
        if !ours.is_empty() {
            answered.effects.push(Effect::Promise(ours));
        }
    }
    Ok(answered)
}

fn competitors(
    input: &StepInput,
    facts: &Facts,
    mut answered: Answered,
) -> Result<Answered, Error> {
    if input.nobody != Some(true) || !facts.competitors.is_empty() {
        return Err(ErrorCode::StepNotPossible.into());
    }
    answered.record.nobody = true;
    answered.record.done = true;
    Ok(answered)
}

fn document(
    step: &StepDefinition,
    input: &StepInput,
    mut answered: Answered,
) -> Result<Answered, Error> {
    let record = &mut answered.record;
    if let Some(file) = &input.file_id {
        record.file = Some(crate::id::Ref {
            id: file.as_str().to_owned(),
            name: String::new(),
        });
    }
    record.signed_on = input.signed_on.or(record.signed_on);
    if let Some(note) = non_empty(input.answer.clone()) {
        record.answer = Some(note);
    }
    if step.signed {
        let mut errors = Vec::new();
        if record.file.is_none() {
            errors.push(FieldError::required("file_id"));
        }
        if record.signed_on.is_none() {
            errors.push(FieldError::required("signed_on"));
        }
        if !errors.is_empty() {
            return Err(Error::Invalid(errors));
        }
    }
    record.done = true;
    answered.kind = EventKind::DocumentChanged;
    Ok(answered)
}

/// The steps of the stage of a deal that are to become activities: tasks, and minutes of a meeting that
/// is done, which are asked of it, need no other step first, and are neither planned nor done in this
/// visit.
#[must_use]
pub fn tasks_to_plan<'a>(
    stage: &'a StageDefinition,
    deal: &Deal,
    facts: &Facts,
    clock: Clock,
) -> Vec<&'a StepDefinition> {
    let need = deal.need.as_ref().and_then(|need| need.kind.as_deref());
    let wanted = |step: &&StepDefinition| {
        let is_planned = matches!(step.kind, StepKind::Task | StepKind::Minutes);
        if !is_planned || !step.applies_to(need, deal.deal_type) {
            return false;
        }
        let standing = standing(stage, step, deal, facts, clock);
        let planned = standing.task.is_some_and(|task| !task.cancelled);
        standing.state == StepState::Open && !planned
    };
    stage.steps.iter().filter(wanted).collect()
}
