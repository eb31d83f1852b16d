//! When a step's turn comes, and by which day it is to be done.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use chrono::{DateTime, FixedOffset, Utc};
use etalon_domain::deal::{Deal, DealCommand, DealDraft, Gates, Place, References, Rules, decide};
use etalon_domain::id::{DealId, ProcessId, ProcessVersionId, UserId};
use etalon_domain::money::Currency;
use etalon_domain::policy::Actor;
use etalon_domain::process::{
    Clock, Confidence, Facts, GuideStep, Published, StepRecord, StepState, guide, reference,
    tasks_to_plan,
};
use etalon_domain::rate::RateTable;
use etalon_domain::user::Language;

fn start() -> DateTime<Utc> {
    "2026-03-01T22:30:00Z".parse().unwrap()
}

/// The reference process with a task in its first stage that comes after a question.
fn process() -> Published {
    let mut definition = reference();
    let steps = &mut definition.stages[0].steps;
    let call = steps
        .iter_mut()
        .find(|step| step.id == "first_call")
        .unwrap();
    call.after = Some("fit_solution".into());
    call.mandatory = true;
    Published::new(
        ProcessVersionId::new("version"),
        ProcessId::new("process"),
        1,
        definition,
    )
}

fn deal(process: &Published) -> Deal {
    let actor = Actor::system("UTC");
    let references = References {
        owner: Some(Place {
            user_id: UserId::new("owner"),
            name: "Owner".into(),
            department: None,
            active: true,
        }),
        ..References::default()
    };
    let draft = DealDraft {
        title: "A deal".into(),
        ..DealDraft::default()
    };
    let rules = Rules {
        actor: &actor,
        now: start(),
        at: start(),
        new_id: &DealId::new("deal"),
        process,
        gates: Gates::Past,
        rates: &RateTable::default(),
        base: Currency::from_code("USD").unwrap(),
    };
    decide(None, &DealCommand::Create(draft), &references, rules)
        .unwrap()
        .deal
}

fn shown(process: &Published, deal: &Deal, facts: &Facts, clock: Clock, id: &str) -> GuideStep {
    let definition = &process.definition;
    let guide = guide(definition, deal, facts, None, None, clock, Language::En);
    guide.steps.into_iter().find(|step| step.id == id).unwrap()
}

#[test]
fn what_follows_an_unsure_answer_is_asked_and_planned() {
    let process = process();
    let deal = deal(&process);
    let clock = Clock::utc(start());
    let mut facts = Facts::default();
    let waiting = shown(&process, &deal, &facts, clock, "first_call");
    assert_eq!(waiting.state, StepState::Waiting);
    let mut record = StepRecord::open("fit_solution", String::new(), start());
    record.done = true;
    record.confidence = Some(Confidence::Unsure);
    facts.records.push(record);
    let asked = shown(&process, &deal, &facts, clock, "first_call");
    assert_eq!(asked.state, StepState::Open);
    assert_eq!(asked.due_on.unwrap().to_string(), "2026-03-03");
    let stage = &process.definition.stages[0];
    let planned = tasks_to_plan(stage, &deal, &facts, clock);
    assert!(planned.iter().any(|step| step.id == "first_call"));
}

#[test]
fn days_are_those_of_the_reader() {
    let process = process();
    let deal = deal(&process);
    let facts = Facts::default();
    let due = |hours: i32| {
        let clock = Clock {
            now: start(),
            offset: FixedOffset::east_opt(hours * 3600).unwrap(),
        };
        let step = shown(&process, &deal, &facts, clock, "fit_solution");
        (clock.today().to_string(), step.due_on.unwrap().to_string())
    };
    assert_eq!(due(0), ("2026-03-01".into(), "2026-03-04".into()));
    assert_eq!(due(5), ("2026-03-02".into(), "2026-03-05".into()));
}
