//! What must be met before a deal may go on.

use serde::{Deserialize, Serialize};

use super::state::{Clock, StepState, present_stage, standing};
use super::{Bilingual, Definition, Facts, StageDefinition, StepDefinition, StepKind};
use crate::deal::{Deal, is_filled};
use crate::error::{Error, ErrorCode, FieldCode, FieldError};
use crate::key_contact::{DecisionRole, Influence};
use crate::time::Instant;
use crate::user::Language;

text_enum! {
    /// What must be met to leave a stage.
    pub enum RequirementCode {
        /// A field of the deal is filled.
        FieldFilled = "field_filled",
        /// A task is done, a question answered or a material chosen.
        StepDone = "step_done",
        /// It was decided to pursue the deal.
        PursuitDecided = "pursuit_decided",
        /// The minutes of the meeting were sent.
        MinutesSent = "minutes_sent",
        /// A decision maker is among the key contacts.
        DecisionMakerKnown = "decision_maker_known",
        /// Every opponent with high influence was met in the last 30 days.
        OpponentsMet = "opponents_met",
        /// Every competitor is assessed, or there is none.
        CompetitorsAssessed = "competitors_assessed",
        /// An approved proposal was sent.
        ProposalSent = "proposal_sent",
        /// A document of the contract is there.
        DocumentComplete = "document_complete",
        /// The contract is approved.
        VisaGiven = "visa_given",
    }
}

text_enum! {
    /// What it takes to pass a requirement that is not met.
    pub enum Severity {
        /// A reason from somebody who may override.
        Block = "block",
        /// A reason from whoever moves the deal.
        Warn = "warn",
    }
}

text_enum! {
    /// Where a requirement is mended.
    pub enum WorkPlace {
        /// The form of the deal.
        Fields = "fields",
        /// The checklist of the stage.
        Steps = "steps",
        /// The key contacts.
        Contacts = "contacts",
        /// The competitors and the tactic.
        Competitors = "competitors",
        /// The proposals.
        Proposals = "proposals",
    }
}

/// One thing that must be met to leave a stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Requirement {
    /// What kind of thing.
    pub code: RequirementCode,
    /// Whether it is met.
    pub met: bool,
    /// What exactly, in the reader's language.
    pub detail: String,
    /// What it takes to pass while it is not met.
    pub severity: Severity,
    /// The stage that asks for it.
    pub stage: String,
    /// The step that it comes from.
    pub step_id: Option<String>,
    /// The field of the deal that is to be filled.
    pub field: Option<String>,
    /// Where to mend it.
    pub place: WorkPlace,
}

/// After how many days a meeting with an opponent no longer counts.
const MET_WITHIN_DAYS: i64 = 30;

pub(super) fn decision_maker_known(facts: &Facts) -> bool {
    (facts.contacts.iter()).any(|contact| contact.role == Some(DecisionRole::DecisionMaker))
}

pub(super) fn opponents_met(facts: &Facts, now: Instant) -> bool {
    facts.contacts.iter().all(|contact| {
        let opponent = contact.influence == Some(Influence::High)
            && contact.loyalty.is_some_and(|loyalty| loyalty.value() < -1);
        let met = contact.last_met_at;
        !opponent || met.is_some_and(|at| (now - at).num_days() <= MET_WITHIN_DAYS)
    })
}

/// At least one competitor is named, and of each its strengths, weaknesses and threat.
pub(super) fn competitors_assessed(facts: &Facts) -> bool {
    !facts.competitors.is_empty() && facts.competitors.iter().all(|entry| entry.is_assessed())
}

/// What must be met to leave a stage, in the order of its steps and then its fields.
#[must_use]
pub fn to_leave(
    process: &Definition,
    stage: &StageDefinition,
    deal: &Deal,
    facts: &Facts,
    clock: Clock,
    language: Language,
) -> Vec<Requirement> {
    let need = deal.need.as_ref().and_then(|need| need.kind.as_deref());
    let mut found = Vec::new();
    for step in &stage.steps {
        if !step.mandatory || !step.applies_to(need, deal.deal_type) {
            continue;
        }
        let state = standing(stage, step, deal, facts, clock).state;
        // What it waits for is a requirement itself when it must be done.
        if state == StepState::Waiting {
            continue;
        }
        from_step(stage, step, state, facts, clock, language, &mut found);
    }
    for field in &stage.required_fields {
        // The type of need chooses the questions, so without it none of them would be asked.
        let untyped = field == "need" && deal.need.is_some() && !has_known_need(process, need);
        let name = match untyped {
            true => bilingual("Type of need", "Тип потребности"),
            false => field_name(field),
        };
        found.push(Requirement {
            code: RequirementCode::FieldFilled,
            met: is_filled(deal, field) && !untyped,
            detail: name.in_language(language).to_owned(),
            severity: Severity::Block,
            stage: stage.code.clone(),
            step_id: None,
            field: Some(field.clone()),
            place: match field.as_str() {
                "tactic" | "tactic_review_on" => WorkPlace::Competitors,
                _ => WorkPlace::Fields,
            },
        });
    }
    found
}

/// Whether a type of need is one by which the process chooses its questions; any is, when it has none.
fn has_known_need(process: &Definition, need: Option<&str>) -> bool {
    let known = |need: &str| {
        let mut types = process.need_types.iter();
        types.any(|known| known.code.eq_ignore_ascii_case(need))
    };
    process.need_types.is_empty() || need.is_some_and(known)
}

fn from_step(
    stage: &StageDefinition,
    step: &StepDefinition,
    state: StepState,
    facts: &Facts,
    clock: Clock,
    language: Language,
    found: &mut Vec<Requirement>,
) {
    let title = step.title.in_language(language).to_owned();
    let one = |code, met, detail, severity, place| Requirement {
        code,
        met,
        detail,
        severity,
        stage: stage.code.clone(),
        step_id: Some(step.id.clone()),
        field: None,
        place,
    };
    // An unsure answer is an answer; clearing it up is a task of its own.
    let done = matches!(state, StepState::Done | StepState::Unsure);
    let (code, place) = match step.kind {
        StepKind::Task | StepKind::Question | StepKind::Material => {
            (RequirementCode::StepDone, WorkPlace::Steps)
        }
        StepKind::Decision => (RequirementCode::PursuitDecided, WorkPlace::Steps),
        StepKind::Minutes => (RequirementCode::MinutesSent, WorkPlace::Steps),
        StepKind::Competitors => (RequirementCode::CompetitorsAssessed, WorkPlace::Competitors),
        StepKind::Proposal => (RequirementCode::ProposalSent, WorkPlace::Proposals),
        StepKind::Document => (RequirementCode::DocumentComplete, WorkPlace::Steps),
        StepKind::Visa => (RequirementCode::VisaGiven, WorkPlace::Steps),
        StepKind::People => {
            let (known, met) = (decision_maker_known(facts), opponents_met(facts, clock.now));
            let texts = people_texts();
            let text = |index: usize| texts[index].in_language(language).to_owned();
            for (code, met, detail) in [
                (RequirementCode::DecisionMakerKnown, known, text(0)),
                (RequirementCode::OpponentsMet, met, text(1)),
            ] {
                found.push(one(code, met, detail, Severity::Warn, WorkPlace::Contacts));
            }
            return;
        }
    };
    found.push(one(code, done, title, Severity::Block, place));
}

fn people_texts() -> [Bilingual; 2] {
    [
        bilingual(
            "A decision maker is among the key contacts",
            "Среди ключевых контактов есть лицо, принимающее решение",
        ),
        bilingual(
            "Every opponent with high influence was met in the last 30 days",
            "С каждым влиятельным противником встречались в последние 30 дней",
        ),
    ]
}

fn bilingual(en: &str, ru: &str) -> Bilingual {
    Bilingual {
        en: en.to_owned(),
        ru: ru.to_owned(),
    }
}

/// The name of a field that a stage may require.
#[must_use]
pub fn field_name(field: &str) -> Bilingual {
    let (en, ru) = match field {
        "account_id" => ("Account", "Клиент"),
        "contact_id" => ("Main contact", "Основной контакт"),
        "amount" => ("Amount", "Сумма"),
        "budget" => ("Client budget", "Бюджет клиента"),
        "source" => ("Source", "Источник"),
        "category" => ("Category", "Категория"),
        "product_id" => ("Product", "Продукт"),
        "need" => ("Need", "Потребность"),
        "expected_close_on" => ("Expected close date", "Ожидаемая дата закрытия"),
        "decision_on" => ("Decision date", "Дата решения"),
        "tactic" => ("Tactic", "Тактика"),
        "tactic_review_on" => ("Tactic review date", "Дата пересмотра тактики"),
        other => (other, other),
    };
    bilingual(en, ru)
}

/// What must be met for a deal to go forward from its stage to another (`None`: to be won): the
/// requirements of its stage and of every stage that it passes over.
#[must_use]
pub fn requirements_between(
    process: &Definition,
    deal: &Deal,
    target: Option<&str>,
    facts: &Facts,
    clock: Clock,
    language: Language,
) -> Vec<Requirement> {
    let from = process.index(present_stage(deal)).unwrap_or(0);
    let to = match target {
        Some(code) => process.index(code).unwrap_or(from),
        None => process.stages.len(),
    };
    let passed = process.stages.iter().take(to).skip(from);
    passed
        .flat_map(|stage| to_leave(process, stage, deal, facts, clock, language))
        .collect()
}

/// The refusal of a move: one error for each requirement that is not met.
#[must_use]
pub fn unmet_error(requirements: &[Requirement]) -> Error {
    let unmet = requirements.iter().filter(|requirement| !requirement.met);
    let errors = unmet.map(|requirement| {
        let subject = (requirement.field.as_deref()).or(requirement.step_id.as_deref());
        FieldError::new(
            subject.unwrap_or(requirement.code.as_str()),
            FieldCode::RequirementUnmet,
            format!("{}: {}", requirement.code, requirement.detail),
        )
    });
    Error::Conflict(ErrorCode::StageRequirementsUnmet, errors.collect())
}
