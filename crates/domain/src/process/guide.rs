//! What the process says of one deal.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

pub use super::state::{Clock, StepState};
use super::state::{Standing, left_without_minutes, present_stage, standing};
use super::{
    Definition, Facts, Requirement, RequirementCode, StageDefinition, StepDefinition, StepKind,
    StepRecord, WorkPlace, requirements_between, to_leave,
};
use crate::activity::ActivityKind;
use crate::deal::{Deal, DealStatus};
use crate::id::Ref;
use crate::user::Language;

/// A step of a stage, as it stands for one deal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GuideStep {
    /// Names the step in the process.
    pub id: String,
    /// How it is done.
    pub kind: StepKind,
    /// What is to be done or found out.
    pub title: String,
    /// How to go about it.
    pub hint: String,
    /// Where it stands.
    pub state: StepState,
    /// Whether the stage may only be left when it is done.
    pub mandatory: bool,
    /// Until when it is to be done.
    pub due_on: Option<NaiveDate>,
    /// Whether that day has passed and it is still to be done.
    pub overdue: bool,
    /// When it was done; `null` where that is not known.
    pub done_at: Option<DateTime<Utc>>,
    /// Who did it: of a visa whoever gave it; `null` where that is not known.
    pub done_by: Option<Ref>,
    /// What was entered.
    pub record: Option<StepRecord>,
    /// Of a task: the activity that it became.
    pub activity_id: Option<String>,
    /// Of a task: as what it is planned.
    pub task: Option<ActivityKind>,
    /// Of a document: whether the signed file and the day of signing belong to it.
    pub signed: bool,
    /// Of a visa: whether it was asked for and waits for a decision.
    pub pending: bool,
}

text_enum! {
    /// What kind of thing comes next.
    pub enum NextAction {
        /// A step is to be done.
        Step = "step",
        /// Something that the stage requires is to be mended.
        Requirement = "requirement",
        /// The deal may go to the next stage.
        Move = "move",
        /// The deal may be closed as won.
        Win = "win",
    }
}

/// The one thing to do next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NextStep {
    /// What kind of thing.
    pub action: NextAction,
    /// What it is, in the reader's language.
    pub title: String,
    /// Of a step: which.
    pub step_id: Option<String>,
    /// Of a step: how it is done.
    pub kind: Option<StepKind>,
    /// Until when.
    pub due_on: Option<NaiveDate>,
    /// Of a move: to which stage.
    pub stage: Option<String>,
    /// Of a requirement: the field to fill.
    pub field: Option<String>,
    /// Where to do it.
    pub place: WorkPlace,
}

/// One stay of the deal in a stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StageVisit {
    /// Code of the stage.
    pub stage: String,
    /// When it was entered.
    pub entered_at: DateTime<Utc>,
    /// When it was left; `null` for the present stay.
    pub left_at: Option<DateTime<Utc>>,
    /// Whole days from entering to leaving or to now.
    pub days: i64,
}

/// Something about the customer that is not known yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Unknown {
    /// What, in the reader's language.
    pub title: String,
    /// The field of the deal.
    pub field: Option<String>,
    /// The question of the process, and its stage.
    pub step_id: Option<String>,
    /// The stage that asks.
    pub stage: Option<String>,
    /// Whether there is an answer, but an unsure one.
    pub unsure: bool,
}

/// What the process says of a deal: where it stands, what is done and open, what must be met to go on,
/// and what to do next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Guide {
    /// Code of the stage that is shown: the deal's, unless another was asked for.
    #[cfg_attr(feature = "openapi", schema(example = "needs"))]
    pub stage: String,
    /// Its name.
    pub stage_name: String,
    /// What this stage is about.
    pub guidance: String,
    /// The version of the process that the deal follows.
    pub process_version_id: String,
    /// The steps of the stage, in order.
    pub steps: Vec<GuideStep>,
    /// What must be met to leave the stage or, with a target, to get there.
    pub requirements: Vec<Requirement>,
    /// The one thing to do next; `null` for a closed deal.
    pub next_step: Option<NextStep>,
    /// The stage after this one; `null` in the last.
    pub next_stage: Option<String>,
    /// Whether something is not met.
    pub blocked: bool,
    /// Whether what is not met takes the reason of somebody who may override.
    pub needs_override: bool,
    /// Whether the reader may pass what is not met by giving a reason.
    pub may_override: bool,
    /// Whether minutes of a meeting are to be sent.
    pub minutes_due: bool,
    /// How many steps are overdue.
    pub overdue_steps: i64,
    /// What is still unknown about the client.
    pub unknown: Vec<Unknown>,
    /// The stays in the stages of the work, oldest first.
    pub visits: Vec<StageVisit>,
}

/// What of a guide is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(default)]
pub struct GuideQuery {
    /// The stage to show; the deal's when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
    /// The stage to get to: `requirements` then are those of every stage on the way. `won` asks what
    /// must be met to win.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Language of the texts; what `Accept-Language` prefers when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
}

/// Of which deals marks are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(default)]
pub struct MarksQuery {
    /// The deals, at most 100.
    #[cfg_attr(feature = "openapi", param(value_type = Vec<String>, style = Form, explode = false))]
    pub id: crate::page::Any<crate::id::DealId>,
    /// Language of the texts; what `Accept-Language` prefers when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
}

/// What is to be marked on the card of a deal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GuideMark {
    /// The deal.
    pub deal_id: crate::id::DealId,
    /// Whether something must be met before it may go on.
    pub blocked: bool,
    /// Whether minutes of a meeting are to be sent.
    pub minutes_due: bool,
    /// How many steps are overdue.
    pub overdue_steps: i64,
    /// The one thing to do next.
    pub next_step: Option<NextStep>,
}

/// Says of a deal what is done, what is open, what is required, and what comes next. `target` asks what
/// must be met to get to a stage further on; `None` as target of the last stage means to be won.
#[must_use]
pub fn guide(
    process: &Definition,
    deal: &Deal,
    facts: &Facts,
    shown: Option<&str>,
    target: Option<&str>,
    clock: Clock,
    language: Language,
) -> Guide {
    let code = shown.unwrap_or_else(|| present_stage(deal));
    let Some(stage) = process.stage(code).or_else(|| process.stages.first()) else {
        return empty(code);
    };
    let need = deal.need.as_ref().and_then(|need| need.kind.as_deref());
    let asked = |step: &&StepDefinition| step.applies_to(need, deal.deal_type);
    let steps: Vec<GuideStep> = (stage.steps.iter())
        .filter(asked)
        .map(|step| {
            let standing = standing(stage, step, deal, facts, clock);
            shown_step(step, &standing, clock, language)
        })
        .filter(|step| step.state != StepState::Waiting || step.mandatory)
        .collect();
    let requirements = match target {
        Some(target) => {
            let stage = process.stage(target).map(|stage| stage.code.as_str());
            requirements_between(process, deal, stage, facts, clock, language)
        }
        None => to_leave(process, stage, deal, facts, clock, language),
    };
    let next_stage = process.index(&stage.code).and_then(|at| {
        let next = process.stages.get(at + 1)?;
        Some(next.code.clone())
    });
    let open = deal.status == DealStatus::Open && deal.stage == stage.code;
    let next_step = open.then(|| {
        next(
            process,
            &steps,
            &requirements,
            next_stage.as_deref(),
            language,
        )
    });
    let unmet = |requirement: &&Requirement| !requirement.met;
    Guide {
        stage: stage.code.clone(),
        stage_name: stage.name.in_language(language).to_owned(),
        guidance: stage.guidance.in_language(language).to_owned(),
        process_version_id: String::new(),
        minutes_due: minutes_are_due(process, deal, facts, clock),
        overdue_steps: steps.iter().filter(|step| step.overdue).count() as i64,
        blocked: requirements.iter().any(|r| !r.met),
        needs_override: (requirements.iter().filter(unmet))
            .any(|r| r.severity == super::Severity::Block),
        may_override: false,
        unknown: unknown(process, stage, deal, facts, clock, language),
        visits: Vec::new(),
        steps,
        requirements,
        next_step,
        next_stage,
    }
}

/// Whether minutes of a meeting are to be sent: of the present visit, or of the last one of a stage that
/// the deal has left. A closed deal owes none.
fn minutes_are_due(process: &Definition, deal: &Deal, facts: &Facts, clock: Clock) -> bool {
    if deal.status != DealStatus::Open {
        return false;
    }
    let need = deal.need.as_ref().and_then(|need| need.kind.as_deref());
    process.stages.iter().any(|stage| {
        stage.steps.iter().any(|step| {
            if step.kind != StepKind::Minutes || !step.applies_to(need, deal.deal_type) {
                return false;
            }
            if stage.code != deal.stage {
                return left_without_minutes(stage, step, deal, facts, clock).is_some();
            }
            standing(stage, step, deal, facts, clock).state == StepState::Open
        })
    })
}

fn empty(code: &str) -> Guide {
    Guide {
        stage: code.to_owned(),
        stage_name: code.to_owned(),
        guidance: String::new(),
        process_version_id: String::new(),
        steps: Vec::new(),
        requirements: Vec::new(),
        next_step: None,
        next_stage: None,
        blocked: false,
        needs_override: false,
        may_override: false,
        minutes_due: false,
        overdue_steps: 0,
        unknown: Vec::new(),
        visits: Vec::new(),
    }
}

fn shown_step(
    step: &StepDefinition,
    standing: &Standing<'_>,
    clock: Clock,
    language: Language,
) -> GuideStep {
    let late = standing.due_on.is_some_and(|due| due < clock.today());
    GuideStep {
        id: step.id.clone(),
        kind: step.kind,
        title: step.title.in_language(language).to_owned(),
        hint: step.hint.in_language(language).to_owned(),
        state: standing.state,
        mandatory: step.mandatory,
        due_on: standing.due_on,
        overdue: late && standing.state.is_open(),
        done_at: standing.known_at,
        done_by: standing.done_by.clone(),
        record: standing.record.cloned(),
        activity_id: standing.task.map(|task| task.activity_id.clone()),
        task: (step.kind == StepKind::Task).then(|| step.task.unwrap_or(ActivityKind::Task)),
        signed: step.signed,
        pending: standing.pending,
    }
}

/// The best next step: minutes first, then what must be done by its day, then what else is required,
/// then what would be good to know, then on.
fn next(
    process: &Definition,
    steps: &[GuideStep],
    requirements: &[Requirement],
    next_stage: Option<&str>,
    language: Language,
) -> NextStep {
    let open = |mandatory: bool| {
        (steps.iter())
            .filter(move |step| step.state == StepState::Open && step.mandatory == mandatory)
            .min_by_key(|step| {
                let minutes = step.kind != StepKind::Minutes;
                // A decision ends a stage, so whatever helps to make it comes first.
                let decision = step.kind == StepKind::Decision;
                (minutes, decision, step.due_on.is_none(), step.due_on)
            })
    };
    let to_do = |step: &GuideStep| NextStep {
        action: NextAction::Step,
        title: step.title.clone(),
        step_id: Some(step.id.clone()),
        kind: Some(step.kind),
        due_on: step.due_on,
        stage: None,
        field: None,
        place: place_of(step.kind),
    };
    if let Some(step) = open(true) {
        return to_do(step);
    }
    if let Some(requirement) = requirements.iter().find(|r| !r.met) {
        return NextStep {
            action: NextAction::Requirement,
            title: match requirement.code {
                RequirementCode::FieldFilled => fill_in(&requirement.detail, language),
                _ => requirement.detail.clone(),
            },
            step_id: requirement.step_id.clone(),
            kind: None,
            due_on: None,
            stage: None,
            field: requirement.field.clone(),
            place: requirement.place,
        };
    }
    if let Some(step) = open(false).filter(|step| step.overdue) {
        return to_do(step);
    }
    let (action, title) = match next_stage.and_then(|code| process.stage(code)) {
        Some(stage) => {
            let name = stage.name.in_language(language);
            let title = match language {
                Language::En => format!("Move on to {name}"),
                Language::Ru => format!("Перейти к стадии «{name}»"),
            };
            (NextAction::Move, title)
        }
        None => {
            let title = match language {
                Language::En => "Close as won",
                Language::Ru => "Закрыть с победой",
            };
            (NextAction::Win, title.to_owned())
        }
    };
    NextStep {
        action,
        title,
        step_id: None,
        kind: None,
        due_on: None,
        stage: next_stage.map(str::to_owned),
        field: None,
        place: WorkPlace::Steps,
    }
}

fn fill_in(field: &str, language: Language) -> String {
    match language {
        Language::En => format!("Fill in: {field}"),
        Language::Ru => format!("Заполнить: {field}"),
    }
}

const fn place_of(kind: StepKind) -> WorkPlace {
    match kind {
        StepKind::People => WorkPlace::Contacts,
        StepKind::Competitors => WorkPlace::Competitors,
        StepKind::Proposal => WorkPlace::Proposals,
        _ => WorkPlace::Steps,
    }
}

/// The questions of this and the earlier stages without a sure answer, and the empty fields that the
/// stage expects.
fn unknown(
    process: &Definition,
    stage: &StageDefinition,
    deal: &Deal,
    facts: &Facts,
    clock: Clock,
    language: Language,
) -> Vec<Unknown> {
    let need = deal.need.as_ref().and_then(|need| need.kind.as_deref());
    let upto = process.index(&stage.code).unwrap_or(0);
    let mut found: Vec<Unknown> = (deal.derived.missing_fields.iter())
        .filter(|field| *field != "next_step_on")
        .map(|field| Unknown {
            title: super::requirements::field_name(field)
                .in_language(language)
                .to_owned(),
            field: Some(field.clone()),
            step_id: None,
            stage: None,
            unsure: false,
        })
        .collect();
    for stage in process.stages.iter().take(upto + 1) {
        for step in &stage.steps {
            if step.kind != StepKind::Question || !step.applies_to(need, deal.deal_type) {
                continue;
            }
            let state = standing(stage, step, deal, facts, clock).state;
            if state.is_open() {
                found.push(Unknown {
                    title: step.title.in_language(language).to_owned(),
                    field: None,
                    step_id: Some(step.id.clone()),
                    stage: Some(stage.code.clone()),
                    unsure: state == StepState::Unsure,
                });
            }
        }
    }
    found
}
