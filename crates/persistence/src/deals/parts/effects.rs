//! What follows from what is done in a step: tasks, a choice of owner and team, the end of the deal.

use chrono::Days;
use etalon_domain::activity::{ActivityCommand, ActivityDraft, ActivityKind};
use etalon_domain::deal::{CloseDeal, Deal, DealCommand, DealDraft, DealStatus, Outcome};
use etalon_domain::error::ErrorCode;
use etalon_domain::id::DealId;
use etalon_domain::policy::{Access, deal_access};
use etalon_domain::process::{
    Effect, Published, Pursuit, StageDefinition, StepDefinition, StepInput, StepKind,
};
use etalon_domain::team::TeamMemberDraft;
use etalon_domain::user::Language;

use super::steps::clock;
use super::team;
use crate::activities::{self, StepActivity};
use crate::connection::Tx;
use crate::context::Context;
use crate::deals::{contract, facts, news};
use crate::error::Result;
use crate::materials;
use crate::users::language_of;

/// What follows from an answer.
pub(super) fn carry_out(
    tx: &mut Tx<'_>,
    context: &Context,
    deal: &Deal,
    stage: &StageDefinition,
    step: &StepDefinition,
    input: &StepInput,
    effect: Effect,
) -> Result<()> {
    match effect {
        Effect::CompleteTask => {
            let result = input.answer.as_deref();
            activities::complete_of_step(tx, context, &deal.id, &step.id, result)?;
        }
        Effect::PlanTask => plan(tx, context, deal, stage, step)?,
        Effect::ReopenTask(id) => {
            activities::execute(tx, context, Some(&id), None, &ActivityCommand::Reopen)?;
        }
        Effect::Clarify => {
            let language = language_of(tx, &deal.owner_id)?;
            let question = step.title.in_language(language);
            let title = match language {
                Language::En => format!("Clarify: {question}"),
                Language::Ru => format!("Уточнить: {question}"),
            };
            let due_on = clock(context).today() + Days::new(7);
            let task = StepActivity {
                deal_id: &deal.id,
                step_id: &step.id,
                stage: &stage.code,
                kind: ActivityKind::Task,
                title: &short(title),
                note: input.answer.as_deref(),
                due_on,
                owner_id: &deal.owner_id,
            };
            activities::plan_for_step(tx, context, &task)?;
        }
        Effect::Promise(items) => {
            for item in items {
                let due_on = item.due_on.unwrap_or(clock(context).today() + Days::new(7));
                let draft = ActivityDraft {
                    deal_id: Some(deal.id.clone()),
                    owner_id: Some(deal.owner_id.clone()),
                    due_on: Some(due_on),
                    ..ActivityDraft::new(ActivityKind::Task, short(item.text))
                };
                let command = ActivityCommand::Create { draft, step: None };
                activities::execute(tx, context, None, None, &command)?;
            }
        }
        Effect::Assign => assign(tx, context, deal, input)?,
        Effect::End(pursuit) => end(tx, context, deal, pursuit, input)?,
        Effect::AskForVisa => contract::ask(tx, context, deal, stage, step)?,
        Effect::Choose => {
            materials::choose(tx, context, &deal.id, Some(&step.id), &input.material_ids)?;
        }
    }
    Ok(())
}

/// A title for an activity: at most 200 characters.
fn short(text: String) -> String {
    if text.chars().count() <= 200 {
        return text;
    }
    let mut cut: String = text.chars().take(199).collect();
    cut.push('…');
    cut
}

/// Plans the activity of a task.
fn plan(
    tx: &mut Tx<'_>,
    context: &Context,
    deal: &Deal,
    stage: &StageDefinition,
    step: &StepDefinition,
) -> Result<()> {
    let language = language_of(tx, &deal.owner_id)?;
    let days = Days::new(u64::try_from(step.due_days.unwrap_or(7)).unwrap_or(7));
    let hint = step.hint.in_language(language).trim();
    let task = StepActivity {
        deal_id: &deal.id,
        step_id: &step.id,
        stage: &stage.code,
        kind: step.task.unwrap_or(ActivityKind::Task),
        title: &short(step.title.in_language(language).to_owned()),
        note: (!hint.is_empty()).then_some(hint),
        due_on: clock(context).today() + days,
        owner_id: &deal.owner_id,
    };
    activities::plan_for_step(tx, context, &task)?;
    Ok(())
}

/// Plans what an answer or a finished activity has made due in the stage of a deal. Whoever finished an
/// activity need not be allowed to change the deal: the process plans then on its own.
///
/// # Errors
/// That the database failed.
pub fn plan_unlocked(tx: &mut Tx<'_>, context: &Context, id: &DealId) -> Result<()> {
    if context.past {
        return Ok(());
    }
    let Some(deal) = crate::deals::load(tx, &context.actor, id, context.now)? else {
        return Ok(());
    };
    if deal.status != DealStatus::Open || deal.deleted_at.is_some() {
        return Ok(());
    }
    let process = crate::process::find(tx, &deal.process_version_id)?.ok_or(ErrorCode::Internal)?;
    if deal_access(&context.actor, &deal) == Access::Write {
        return plan_stage(tx, context, &deal, &process);
    }
    plan_stage(tx, &context.by_system(), &deal, &process)
}

/// Plans the tasks of the stage in which a deal is, and the minutes of a meeting that is done, but those
/// that are done or planned already in this visit.
pub(crate) fn plan_stage(
    tx: &mut Tx<'_>,
    context: &Context,
    deal: &Deal,
    process: &Published,
) -> Result<()> {
    let Some(stage) = process.definition.stage(&deal.stage) else {
        return Ok(());
    };
    let due = facts::load(tx, deal)?;
    // What is planned belongs to the visit that began with the deal's change, however the clock goes.
    let context = &Context {
        now: context.now.max(deal.stage_entered_at),
        ..context.clone()
    };
    for step in etalon_domain::process::tasks_to_plan(stage, deal, &due, clock(context)) {
        plan(tx, context, deal, stage, step)?;
        if step.kind == StepKind::Minutes {
            news::tell_minutes(tx, context, deal)?;
        }
    }
    Ok(())
}

/// The deal is pursued: with the owner, the department and the team that were chosen.
fn assign(tx: &mut Tx<'_>, context: &Context, deal: &Deal, input: &StepInput) -> Result<()> {
    for member in &input.team {
        let draft = TeamMemberDraft {
            user_id: member.user_id.clone(),
            role: member.role,
        };
        team::put(tx, context, &deal.id, &draft)?;
    }
    let mut draft = DealDraft::from(deal);
    if let Some(owner) = &input.owner_id {
        if *owner != deal.owner_id {
            // Without a word about it the department of the new owner counts the deal.
            draft.department_id = None;
        }
        draft.owner_id = Some(owner.clone());
    }
    if let Some(department) = &input.department_id {
        draft.department_id = Some(department.clone());
    }
    if draft != DealDraft::from(deal) {
        crate::deals::execute_bulk(tx, context, Some(&deal.id), &DealCommand::Edit(draft))?;
    }
    Ok(())
}

/// The deal is not pursued: it ends.
fn end(
    tx: &mut Tx<'_>,
    context: &Context,
    deal: &Deal,
    pursuit: Pursuit,
    input: &StepInput,
) -> Result<()> {
    let outcome = match pursuit {
        Pursuit::Pursue => return Ok(()),
        Pursuit::Reject => Outcome::Rejected,
        Pursuit::Reroute => Outcome::Rerouted,
    };
    let reason = input.reason.clone().unwrap_or_default();
    let command = DealCommand::Close(CloseDeal {
        reason,
        rerouted_to: input.rerouted_to.clone(),
        ..CloseDeal::new(outcome)
    });
    crate::deals::execute_bulk(tx, context, Some(&deal.id), &command)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn long_titles_are_cut_at_a_character() {
        assert_eq!(short("я".repeat(200)).chars().count(), 200);
        let cut = short("я".repeat(300));
        assert_eq!(cut.chars().count(), 200);
        assert!(cut.ends_with('…'));
    }
}
