//! Where one step of a deal stands.

use chrono::{DateTime, Days, FixedOffset, NaiveDate, Offset as _, Utc};

use super::requirements::{competitors_assessed, decision_maker_known, opponents_met};
use super::step::{instant_key, lasting, visit_key};
use super::{
    Confidence, Facts, Pursuit, StageDefinition, StepDefinition, StepKind, StepRecord, TaskFact,
};
use crate::deal::{Deal, DealStatus};
use crate::id::Ref;
use crate::time::Instant;

text_enum! {
    /// Where a step stands.
    pub enum StepState {
        /// To be done.
        Open = "open",
        /// Answered, but not for sure.
        Unsure = "unsure",
        /// Not its turn yet: another step comes first.
        Waiting = "waiting",
        /// Done.
        Done = "done",
    }
}

impl StepState {
    /// Whether something is still to be done now.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::Unsure)
    }
}

/// When it is, and where, for whoever asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// The present instant.
    pub now: Instant,
    /// By how much the reader's clock is ahead of UTC.
    pub offset: FixedOffset,
}

impl Clock {
    /// A clock that shows UTC.
    #[must_use]
    pub fn utc(now: Instant) -> Self {
        Self {
            now,
            offset: Utc.fix(),
        }
    }

    /// The reader's present day.
    #[must_use]
    pub fn today(self) -> NaiveDate {
        self.day_of(self.now)
    }

    /// The reader's day at an instant.
    #[must_use]
    pub fn day_of(self, at: Instant) -> NaiveDate {
        at.with_timezone(&self.offset).date_naive()
    }
}

/// Where a step of a deal stands.
#[derive(Clone, Debug)]
pub(super) struct Standing<'a> {
    pub state: StepState,
    pub due_on: Option<NaiveDate>,
    pub done_at: Option<DateTime<Utc>>,
    /// The same, but nothing where only the beginning of the visit is known.
    pub known_at: Option<DateTime<Utc>>,
    /// Who did it, as far as that is known.
    pub done_by: Option<Ref>,
    pub record: Option<&'a StepRecord>,
    pub task: Option<&'a TaskFact>,
    pub pending: bool,
}

/// The stage in which a deal is, or from which it was closed.
pub(super) fn present_stage(deal: &Deal) -> &str {
    deal.closed_from_stage.as_deref().unwrap_or(&deal.stage)
}

/// Whether what was done in a stage counts by visit: only in the one in which the deal is now. Of
/// other stages the last visit counts.
fn is_present_visit(stage: &StageDefinition, deal: &Deal) -> bool {
    deal.status == DealStatus::Open && deal.stage == stage.code
}

/// Where a step stands.
pub(super) fn standing<'a>(
    stage: &StageDefinition,
    step: &StepDefinition,
    deal: &Deal,
    facts: &'a Facts,
    clock: Clock,
) -> Standing<'a> {
    let present = is_present_visit(stage, deal);
    let task = task_of(step, deal, facts, present);
    let before = step_before(stage, step);
    let before = before.map(|before| standing(stage, before, deal, facts, clock));
    let record = record_of(step, deal, facts, present)
        .filter(|record| present || !is_of_earlier_visit(record, before.as_ref()));
    let began = match &before {
        // An unsure answer is an answer: what follows it need not wait until it is cleared up.
        Some(before) if before.state == StepState::Unsure => before.record.map(|record| record.at),
        Some(before) => before.done_at,
        None => present.then_some(deal.stage_entered_at),
    };
    let planned = task.and_then(|task| task.due_on);
    let due_on = planned.or_else(|| {
        let days = Days::new(u64::try_from(step.due_days?).ok()?);
        clock.day_of(began?).checked_add_days(days)
    });
    let state = match before {
        Some(before) if !matches!(before.state, StepState::Done | StepState::Unsure) => {
            StepState::Waiting
        }
        _ => state_of(step, record, task, deal, facts, clock, present),
    };
    let done = (state == StepState::Done).then(|| done(step, record, task, facts));
    let known_at = done.as_ref().and_then(|done| done.at);
    Standing {
        state,
        due_on,
        done_at: done.as_ref().and(known_at.or(began)),
        known_at,
        done_by: done.and_then(|done| done.by),
        record,
        task,
        pending: (facts.visas.iter()).any(|visa| visa.step_id == step.id && visa.pending),
    }
}

/// The step of the same stage that comes first.
fn step_before<'a>(
    stage: &'a StageDefinition,
    step: &StepDefinition,
) -> Option<&'a StepDefinition> {
    let id = step.after.as_ref()?;
    stage.steps.iter().find(|other| other.id == *id)
}

/// Whether minutes were sent before the meeting that they were to be of was planned: then they are those
/// of an earlier visit.
fn is_of_earlier_visit(record: &StepRecord, before: Option<&Standing<'_>>) -> bool {
    let meeting = before.and_then(|before| before.task);
    let planned = meeting.map(|task| task.created_at);
    (record.sent_at.zip(planned)).is_some_and(|(sent, planned)| planned > sent)
}

/// The last visit of a stage that an open deal has left, when the meeting was done in it and its minutes
/// were not sent: they are to be sent all the same. `None` when nothing is to be sent.
pub(super) fn left_without_minutes(
    stage: &StageDefinition,
    step: &StepDefinition,
    deal: &Deal,
    facts: &Facts,
    clock: Clock,
) -> Option<String> {
    let left = deal.status == DealStatus::Open && deal.stage != stage.code;
    if !left || step.kind != StepKind::Minutes {
        return None;
    }
    // What is found out once may have been answered without any visit of the stage.
    let meeting = step_before(stage, step).filter(|before| before.kind.is_per_visit())?;
    let minutes = standing(stage, step, deal, facts, clock);
    if minutes.state != StepState::Open {
        return None;
    }
    if let Some(record) = minutes.record {
        return Some(record.visit.clone());
    }
    let held = standing(stage, meeting, deal, facts, clock);
    // The process plans a meeting in the moment in which the stage is entered.
    let planned = held.task.map(|task| instant_key(task.created_at));
    let entered = held.record.map(|record| record.visit.clone());
    planned.max(entered)
}

/// Under which visit an answer to a step is kept: the present one, or the one whose minutes are still to
/// be sent.
#[must_use]
pub fn visit_of(
    stage: &StageDefinition,
    step: &StepDefinition,
    deal: &Deal,
    facts: &Facts,
    clock: Clock,
) -> String {
    left_without_minutes(stage, step, deal, facts, clock)
        .unwrap_or_else(|| visit_key(step.kind, deal))
}

/// By whom and when something was done, as far as that is known.
#[derive(Default)]
struct Done {
    by: Option<Ref>,
    at: Option<DateTime<Utc>>,
}

/// Who did a step, and when: of a visa whoever gave it, of a proposal its dispatch, else what was
/// entered.
fn done(
    step: &StepDefinition,
    record: Option<&StepRecord>,
    task: Option<&TaskFact>,
    facts: &Facts,
) -> Done {
    match step.kind {
        StepKind::Visa => {
            let given = (facts.visas.iter()).find(|visa| visa.step_id == step.id && visa.approved);
            given.map_or_else(Done::default, |visa| Done {
                by: visa.decided_by.clone(),
                at: visa.decided_at,
            })
        }
        StepKind::Proposal => {
            let sent = facts.proposals.iter().filter(|p| p.approved && p.sent);
            Done {
                by: None,
                at: sent.filter_map(|proposal| proposal.sent_at).max(),
            }
        }
        _ => Done {
            by: record.and_then(|record| record.by.clone()),
            at: (task.and_then(|task| task.done_at)).or_else(|| record.map(|record| record.at)),
        },
    }
}

fn record_of<'a>(
    step: &StepDefinition,
    deal: &Deal,
    facts: &'a Facts,
    present: bool,
) -> Option<&'a StepRecord> {
    let mine = facts.records.iter().filter(|r| r.step_id == step.id);
    if !step.kind.is_per_visit() {
        return mine.into_iter().find(|r| r.visit == lasting());
    }
    if present {
        let visit = visit_key(step.kind, deal);
        return mine.into_iter().find(|r| r.visit == visit);
    }
    mine.max_by_key(|r| r.at)
}

/// The last activity that the step made in the visit; one that was called off only when there is no
/// other.
fn task_of<'a>(
    step: &StepDefinition,
    deal: &Deal,
    facts: &'a Facts,
    present: bool,
) -> Option<&'a TaskFact> {
    let mine = facts.tasks.iter().filter(|task| {
        task.step_id == step.id && (!present || task.created_at >= deal.stage_entered_at)
    });
    mine.max_by_key(|task| (!task.cancelled, task.created_at))
}

fn state_of(
    step: &StepDefinition,
    record: Option<&StepRecord>,
    task: Option<&TaskFact>,
    deal: &Deal,
    facts: &Facts,
    clock: Clock,
    present: bool,
) -> StepState {
    let marked = record.is_some_and(|record| record.done);
    let done = match step.kind {
        StepKind::Task => marked || task.is_some_and(|task| task.done_at.is_some()),
        StepKind::Question => {
            let unsure = record.is_some_and(|r| r.confidence == Some(Confidence::Unsure));
            if marked && unsure {
                return StepState::Unsure;
            }
            marked
        }
        StepKind::Decision => record
            .and_then(|record| record.decision.as_ref())
            .is_some_and(|decision| decision.pursuit == Pursuit::Pursue),
        StepKind::Material => {
            marked
                || facts.materials.iter().any(|material| {
                    material.step_id.as_deref() == Some(&step.id)
                        && (!present || material.chosen_at >= deal.stage_entered_at)
                })
        }
        StepKind::Minutes => record.is_some_and(|record| record.sent_at.is_some()),
        StepKind::People => decision_maker_known(facts) && opponents_met(facts, clock.now),
        StepKind::Competitors => {
            // Whoever said that there is nobody did not know of those who came since.
            let nobody = record.is_some_and(|record| record.nobody);
            nobody && facts.competitors.is_empty() || competitors_assessed(facts)
        }
        StepKind::Proposal => facts.proposals.iter().any(|p| p.approved && p.sent),
        StepKind::Document => {
            marked
                && (!step.signed
                    || record.is_some_and(|r| r.file.is_some() && r.signed_on.is_some()))
        }
        StepKind::Visa => facts
            .visas
            .iter()
            .any(|visa| visa.step_id == step.id && visa.approved),
    };
    if done {
        StepState::Done
    } else {
        StepState::Open
    }
}
