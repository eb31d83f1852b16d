//! When a step's turn comes, and by which day it is to be done.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use chrono::{DateTime, Days, FixedOffset, Utc};
use etalon_domain::deal::{
    Deal, DealCommand, DealDraft, DealStatus, Gates, Place, References, Rules, decide,
};
use etalon_domain::error::ErrorCode;
use etalon_domain::id::{DealId, MaterialId, ProcessId, ProcessVersionId, UserId};
use etalon_domain::money::Currency;
use etalon_domain::policy::Actor;
use etalon_domain::process::{
    Clock, Confidence, Facts, GuideStep, MaterialFact, MinutesItem, Published, Side, StepInput,
    StepRecord, StepState, TaskFact, answer, guide, reference, tasks_to_plan, visit_of,
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

#[test]
fn a_note_marks_the_choice_of_a_material_and_a_choice_counts_while_it_is_there() {
    let process = process();
    let mut deal = deal(&process);
    deal.stage = "presentation".into();
    let clock = Clock::utc(start());
    let (stage, step) = process.definition.step("choose_material").unwrap();
    let mut facts = Facts::default();
    let choice = StepInput {
        material_ids: vec![MaterialId::new("tour")],
        ..StepInput::default()
    };
    let chosen = answer(stage, step, &deal, &facts, &choice, clock).unwrap();
    facts.records.push(chosen.record);
    facts.materials.push(MaterialFact {
        step_id: Some("choose_material".into()),
        chosen_at: start(),
    });
    let state = |facts: &Facts| shown(&process, &deal, facts, clock, "choose_material").state;
    assert_eq!(state(&facts), StepState::Done);
    facts.materials.clear();
    assert_eq!(state(&facts), StepState::Open);
    let note = StepInput {
        answer: Some("The board's film".into()),
        ..StepInput::default()
    };
    for input in [note, choice] {
        let answered = answer(stage, step, &deal, &facts, &input, clock).unwrap();
        facts.records = vec![answered.record];
        assert_eq!(state(&facts), StepState::Done);
    }
}

#[test]
fn minutes_of_a_stage_that_was_left_are_owed_and_sent_once_for_each_meeting() {
    let process = process();
    let definition = &process.definition;
    let mut deal = deal(&process);
    deal.stage = "key_contacts".into();
    deal.stage_entered_at = start() + Days::new(9);
    let clock = Clock::utc(start() + Days::new(10));
    let (stage, step) = definition.step("send_minutes").unwrap();
    let input = StepInput {
        items: Some(vec![MinutesItem {
            text: "Name the buyer".into(),
            side: Side::Theirs,
            due_on: None,
        }]),
        sent: Some(true),
        ..StepInput::default()
    };
    let owed = |deal: &Deal, facts: &Facts| {
        guide(definition, deal, facts, None, None, clock, Language::En).minutes_due
    };
    let mut facts = Facts::default();
    assert!(!owed(&deal, &facts));
    let refused = answer(stage, step, &deal, &facts, &input, clock).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::StepNotPossible);
    for (day, visit) in [
        (0, "2026-03-01T22:30:00.000Z"),
        (20, "2026-03-21T22:30:00.000Z"),
    ] {
        let planned = start() + Days::new(day);
        facts.tasks.push(TaskFact {
            activity_id: format!("meeting {day}"),
            step_id: "hold_presentation".into(),
            created_at: planned,
            due_on: None,
            done_at: Some(planned + Days::new(1)),
            cancelled: false,
        });
        assert!(owed(&deal, &facts), "{visit}");
        assert_eq!(visit_of(stage, step, &deal, &facts, clock), visit);
        let clock = Clock::utc(planned + Days::new(10));
        let sent = answer(stage, step, &deal, &facts, &input, clock).unwrap();
        assert_eq!(sent.record.visit, visit);
        let mut lost = deal.clone();
        lost.status = DealStatus::Lost;
        assert!(!owed(&lost, &facts));
        facts.records.push(sent.record);
        assert!(!owed(&deal, &facts), "{visit}");
    }
}
