//! Whatever commands a deal is given, in whatever order, it stays a sound deal.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use chrono::{DateTime, Duration, NaiveDate, Offset as _, Utc};
use etalon_domain::deal::{
    CloseDeal, Deal, DealCommand, DealDraft, DealStatus, Decision, FollowProcess, Gates,
    ImportDeal, ImportedVisit, LastMove, MoveDeal, Need, Outcome, Place, References, ReopenDeal,
    Rules, UndoMove, decide,
};
use etalon_domain::error::{Error, ErrorCode};
use etalon_domain::id::{DealId, DepartmentId, ImportId, ProcessId, ProcessVersionId, UserId};
use etalon_domain::money::{Currency, Money};
use etalon_domain::policy::{Actor, Reach};
use etalon_domain::process::{Clock, Facts, Published, reference, to_leave};
use etalon_domain::rate::{ExchangeRate, RateTable};
use etalon_domain::stage::Stages;
use etalon_domain::user::{Language, Role};
use proptest::prelude::*;

fn head() -> Actor {
    Actor {
        user_id: UserId::new("head"),
        name: "Head".into(),
        role: Role::Head,
        department_id: Some(DepartmentId::new("sales")),
        reach: Reach::Departments {
            departments: vec![DepartmentId::new("sales")],
        },
        time_zone: "UTC".into(),
    }
}

fn references() -> References {
    References {
        owner: Some(Place {
            user_id: UserId::new("head"),
            name: "Head".into(),
            department: Some((DepartmentId::new("sales"), "Sales".into())),
            active: true,
        }),
        ..References::default()
    }
}

fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_700_000_000, 0).unwrap()
}

/// A process that asks for nothing.
fn process() -> Published {
    version("version", "process", 1)
}

/// A version of a process that asks for nothing.
fn version(id: &str, process: &str, number: i64) -> Published {
    let mut definition = reference();
    for stage in &mut definition.stages {
        stage.steps.clear();
        stage.required_fields.clear();
    }
    Published::new(
        ProcessVersionId::new(id),
        ProcessId::new(process),
        number,
        definition,
    )
}

/// The version that deals follow, a newer one without a stage in the middle, an older one, and one of
/// another process.
fn versions() -> Vec<Published> {
    let mut newer = version("newer", "process", 2);
    let mut definition = newer.definition.clone();
    definition
        .stages
        .retain(|stage| stage.code != "presentation");
    newer = Published::new(newer.id, newer.process_id, 2, definition);
    vec![
        process(),
        newer,
        version("older", "process", 0),
        version("other", "another", 1),
    ]
}

struct World {
    actor: Actor,
    process: Published,
    /// The versions that a deal can be made to follow.
    versions: Vec<Published>,
    facts: Facts,
    rates: RateTable,
    base: Currency,
    id: DealId,
}

impl World {
    fn new() -> Self {
        Self {
            actor: head(),
            process: process(),
            versions: versions(),
            facts: Facts::default(),
            rates: RateTable::default(),
            base: Currency::from_code("USD").unwrap(),
            id: DealId::new("deal"),
        }
    }

    fn decide(
        &self,
        current: Option<&Deal>,
        command: &DealCommand,
        now: DateTime<Utc>,
    ) -> Result<Decision, etalon_domain::error::Error> {
        let mut references = references();
        if let DealCommand::Follow(to) = command {
            let mut known = self.versions.iter();
            let found = known.find(|version| version.id == to.process_version_id);
            references.process = found.cloned();
        }
        let rules = Rules {
            actor: &self.actor,
            now,
            at: now,
            new_id: &self.id,
            process: &self.process,
            gates: Gates::Enforced {
                facts: &self.facts,
                offset: Utc.fix(),
            },
            rates: &self.rates,
            base: self.base,
        };
        decide(current, command, &references, rules)
    }

    fn deal(&self) -> Deal {
        let draft = DealDraft {
            title: "A deal".into(),
            amount: Some(Money::new(10_000, self.base)),
            ..DealDraft::default()
        };
        let command = DealCommand::Create(draft);
        self.decide(None, &command, start()).unwrap().deal
    }
}

fn commands() -> impl Strategy<Value = DealCommand> {
    const CODES: [&str; 10] = [
        "potential",
        "needs",
        "presentation",
        "key_contacts",
        "proposal",
        "negotiation",
        "contracting",
        "won",
        "lost",
        "nowhere",
    ];
    let stage = prop::sample::select(CODES.to_vec());
    let stage_again = stage.clone();
    let target = prop::option::of(stage.clone());
    let version = prop::sample::select(vec!["version", "newer", "older", "other", "unknown"]);
    let outcome = prop::sample::select(Outcome::ALL.to_vec());
    let draft = (any::<bool>(), prop::option::of(0..=100_i32), 0..5_i64).prop_map(
        |(titled, probability, amount)| DealDraft {
            title: if titled {
                "Title".into()
            } else {
                String::new()
            },
            probability,
            amount: (amount > 0)
                .then(|| Money::new(amount * 100, Currency::from_code("USD").unwrap())),
            ..DealDraft::default()
        },
    );
    prop_oneof![
        3 => (stage, any::<bool>()).prop_map(|(stage, why)| DealCommand::Move(MoveDeal {
            stage: stage.into(),
            reason: None,
            override_reason: why.then(|| "agreed".into()),
        })),
        2 => draft.prop_map(DealCommand::Edit),
        1 => (outcome, any::<bool>()).prop_map(|(outcome, why)| DealCommand::Close(CloseDeal {
            outcome,
            reason: if why { "reason".into() } else { " ".into() },
            rerouted_to: Some("Partner".into()),
            override_reason: why.then(|| "agreed".into()),
            ..CloseDeal::new(outcome)
        })),
        1 => Just(DealCommand::Reopen(ReopenDeal { reason: "again".into(), stage: None })),
        1 => (version, target, any::<bool>()).prop_map(|(version, stage, why)| {
            DealCommand::Follow(FollowProcess {
                process_version_id: ProcessVersionId::new(version),
                stage: stage.map(Into::into),
                override_reason: why.then(|| "agreed".into()),
            })
        }),
        1 => (stage_again, any::<bool>()).prop_map(|(stage, mine)| DealCommand::Undo(UndoMove {
            stage: stage.into(),
            override_reason: None,
            last: mine.then(|| LastMove {
                at: start(),
                by: Some(UserId::new("head")),
                from: stage.into(),
                to: "needs".into(),
            }),
        })),
        1 => Just(DealCommand::Delete),
        1 => Just(DealCommand::Restore),
    ]
}

/// What must hold of a deal at any time.
fn assert_sound(deal: &Deal, stages: &Stages) {
    let stage = stages.get(&deal.stage).expect("a known stage");
    assert_eq!(stage.status, deal.status);
    assert_eq!(deal.status == DealStatus::Open, deal.closed_at.is_none());
    assert_eq!(deal.status == DealStatus::Open, deal.close_reason.is_none());
    assert_eq!(
        deal.status == DealStatus::Open,
        deal.closed_from_stage.is_none()
    );
    assert!((0..=100).contains(&deal.probability));
    match deal.status {
        DealStatus::Open => {}
        DealStatus::Won => assert_eq!(deal.probability, 100),
        _ => assert_eq!(deal.probability, 0),
    }
    if deal.status == DealStatus::Open && !deal.probability_manual {
        assert_eq!(deal.probability, stage.probability);
    }
    assert_eq!(deal.amount.is_some(), deal.amount_base.is_some());
    assert!(!deal.title.is_empty());
}

proptest! {
    #[test]
    fn no_sequence_of_commands_breaks_a_deal(sequence in prop::collection::vec(commands(), 0..40)) {
        let mut world = World::new();
        let mut deal = world.deal();
        assert_sound(&deal, &world.process.stages);
        for (step, command) in (1..).zip(&sequence) {
            let now = start() + Duration::hours(step);
            let Ok(decision) = world.decide(Some(&deal), command, now) else {
                continue;
            };
            let changed = !decision.entries.is_empty();
            prop_assert_eq!(decision.deal.version, deal.version + i64::from(changed));
            prop_assert_eq!(changed, decision.deal != deal);
            for version in &decision.versions {
                prop_assert_eq!(version.at, now);
                prop_assert_eq!(&version.stage, &decision.deal.stage);
            }
            let followed = (world.versions.iter())
                .find(|version| version.id == decision.deal.process_version_id)
                .unwrap();
            prop_assert_eq!(&followed.process_id, &world.process.process_id);
            prop_assert!(followed.number >= world.process.number);
            world.process = followed.clone();
            let moved = decision.deal.stage != deal.stage;
            prop_assert!(!moved || !decision.versions.is_empty());
            assert_sound(&decision.deal, &world.process.stages);
            deal = decision.deal;
        }
    }
}

#[test]
fn who_may_not_see_a_deal_learns_nothing_of_it() {
    let mut world = World::new();
    let deal = world.deal();
    let delete = DealCommand::Delete;
    world.actor.user_id = UserId::new("stranger");
    world.actor.reach = Reach::Own;
    let refused = world.decide(Some(&deal), &delete, start()).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::NotFound);
    world.actor.role = Role::Viewer;
    world.actor.reach = Reach::All;
    let refused = world.decide(Some(&deal), &delete, start()).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::Forbidden);
}

#[test]
fn closing_freezes_the_value_and_reopening_values_anew() {
    let mut world = World::new();
    let euro = Currency::from_code("EUR").unwrap();
    let quote = |rate| {
        RateTable::new([etalon_domain::rate::ExchangeRate {
            base: euro,
            currency: Currency::from_code("USD").unwrap(),
            on: NaiveDate::from_ymd_opt(2024, 1, 1).unwrap(),
            rate,
            source: "test".into(),
        }])
    };
    world.rates = quote(1.1);
    let draft = DealDraft {
        title: "Euro".into(),
        amount: Some(Money::new(10_000, euro)),
        ..DealDraft::default()
    };
    let deal = world
        .decide(None, &DealCommand::Create(draft), start())
        .unwrap()
        .deal;
    assert_eq!(deal.amount_base.unwrap().minor, 11_000);
    world.rates = quote(1.5);
    let close = DealCommand::Close(CloseDeal {
        reason: "best".into(),
        ..CloseDeal::new(Outcome::Won)
    });
    let later = start() + Duration::days(1);
    let won = world.decide(Some(&deal), &close, later).unwrap().deal;
    assert_eq!(won.amount_base.unwrap().minor, 15_000);
    world.rates = quote(2.0);
    let reopen = DealCommand::Reopen(ReopenDeal {
        reason: "mistake".into(),
        stage: None,
    });
    let open = world
        .decide(Some(&won), &reopen, later + Duration::days(1))
        .unwrap()
        .deal;
    assert_eq!(open.amount_base.unwrap().minor, 20_000);
}

fn import(visits: &[(&str, i64)]) -> DealCommand {
    let visits = visits
        .iter()
        .map(|(stage, day)| ImportedVisit {
            stage: (*stage).into(),
            at: start() - Duration::days(100) + Duration::days(*day),
        })
        .collect();
    DealCommand::Import(Box::new(ImportDeal {
        draft: DealDraft {
            title: "Imported".into(),
            ..DealDraft::default()
        },
        external_id: Some("X1".into()),
        import_id: ImportId::new("import"),
        created_at: None,
        visits,
        close_reason: Some("price".into()),
    }))
}

#[test]
fn an_imported_deal_brings_its_past() {
    let world = World::new();
    let command = import(&[("needs", 0), ("proposal", 10), ("needs", 20), ("lost", 30)]);
    let decision = world.decide(None, &command, start()).unwrap();
    let stages: Vec<&str> = decision.versions.iter().map(|v| v.stage.as_str()).collect();
    assert_eq!(stages, ["needs", "proposal", "needs", "lost"]);
    assert_eq!(decision.deal.status, DealStatus::Lost);
    assert_eq!(decision.deal.closed_from_stage.as_deref(), Some("needs"));
    assert_eq!(decision.deal.created_at, start() - Duration::days(100));
    assert_eq!(decision.deal.closed_at, Some(start() - Duration::days(70)));
    let kinds: Vec<&str> = decision.entries.iter().map(|e| e.kind.as_str()).collect();
    assert_eq!(
        kinds,
        ["created", "stage_advanced", "stage_returned", "closed"]
    );
}

#[test]
fn a_past_that_cannot_be_is_refused() {
    let world = World::new();
    for visits in [
        &[][..],
        &[("needs", 10), ("proposal", 5)],
        &[("won", 0), ("needs", 5)],
        &[("needs", 200)],
        &[("nowhere", 0)],
    ] {
        assert!(
            world.decide(None, &import(visits), start()).is_err(),
            "{visits:?}"
        );
    }
}

#[test]
fn a_closed_deal_is_binned_only_by_those_who_may_reopen_it() {
    let mut world = World::new();
    let deal = world.deal();
    let won = world
        .decide(Some(&deal), &close(None), start())
        .unwrap()
        .deal;
    assert!(
        world
            .decide(Some(&won), &DealCommand::Delete, start())
            .is_ok()
    );
    world.actor.role = Role::Manager;
    world.actor.reach = Reach::Own;
    assert!(
        world
            .decide(Some(&deal), &DealCommand::Delete, start())
            .is_ok()
    );
    let refused = world
        .decide(Some(&won), &DealCommand::Delete, start())
        .unwrap_err();
    assert_eq!(refused, ErrorCode::DealClosed.into());
}

#[test]
fn an_amount_at_closing_has_the_limits_of_any_amount() {
    let world = World::new();
    for minor in [-1, 1_000_000_000_000_001, i64::MAX] {
        let command = close(Some(Money::new(minor, world.base)));
        let refused = world
            .decide(Some(&world.deal()), &command, start())
            .unwrap_err();
        assert!(
            matches!(&refused, Error::Invalid(errors) if errors[0].field == "amount"),
            "{minor}: {refused}"
        );
    }
}

#[test]
fn a_deal_out_of_the_bin_is_valued_anew_and_says_so() {
    let mut world = World::new();
    let eur = Currency::from_code("EUR").unwrap();
    let mut deal = world.deal();
    deal.amount = Some(Money::new(10_000, eur));
    let binned = world
        .decide(Some(&deal), &DealCommand::Delete, start())
        .unwrap();
    assert_eq!(binned.versions.len(), 1);
    world.rates = RateTable::new(vec![ExchangeRate {
        base: eur,
        currency: world.base,
        on: start().date_naive(),
        rate: 1.5,
        source: "test".into(),
    }]);
    let restored = world
        .decide(Some(&binned.deal), &DealCommand::Restore, start())
        .unwrap();
    assert_eq!(
        restored.deal.amount_base,
        Some(Money::new(15_000, world.base))
    );
    assert_eq!(restored.entries[0].changes[0].field, "amount_base");
    assert_eq!(restored.versions.len(), 1);
}

fn close(amount: Option<Money>) -> DealCommand {
    DealCommand::Close(CloseDeal {
        reason: "signed".into(),
        amount,
        ..CloseDeal::new(Outcome::Won)
    })
}

fn follow(version: &str, stage: Option<&str>, why: Option<&str>) -> DealCommand {
    DealCommand::Follow(FollowProcess {
        process_version_id: ProcessVersionId::new(version),
        stage: stage.map(Into::into),
        override_reason: why.map(Into::into),
    })
}

/// A deal in a stage of a process that asks for something.
fn in_stage(world: &mut World, stage: &str) -> Deal {
    let definition = reference();
    world.process = Published::new(
        ProcessVersionId::new("version"),
        ProcessId::new("process"),
        1,
        definition.clone(),
    );
    let mut newer = definition;
    newer.stages.retain(|other| other.code != stage);
    world.versions[1] = Published::new(
        ProcessVersionId::new("newer"),
        ProcessId::new("process"),
        2,
        newer,
    );
    let mut deal = world.deal();
    deal.stage = stage.into();
    deal
}

#[test]
fn a_change_of_the_process_is_no_way_around_its_gates() {
    let mut world = World::new();
    let deal = in_stage(&mut world, "presentation");
    let older = world.decide(Some(&deal), &follow("older", None, None), start());
    assert!(
        matches!(older, Err(Error::Invalid(errors)) if errors[0].field == "process_version_id")
    );
    let other = world.decide(Some(&deal), &follow("other", None, None), start());
    assert_eq!(other.unwrap_err().code(), ErrorCode::Forbidden);
    let back = world.decide(Some(&deal), &follow("newer", Some("needs"), None), start());
    assert_eq!(back.unwrap().entries.len(), 1);
    let on = follow("newer", Some("contracting"), None);
    let refused = world.decide(Some(&deal), &on, start()).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::StageRequirementsUnmet);
    let on = follow("newer", Some("contracting"), Some("agreed"));
    let passed = world.decide(Some(&deal), &on, start()).unwrap();
    assert_eq!(passed.deal.stage, "contracting");
    let kinds: Vec<&str> = passed.entries.iter().map(|e| e.kind.as_str()).collect();
    assert_eq!(kinds, ["process_changed", "gate_overridden"]);
    let version = &passed.entries[0].changes[0];
    assert_eq!(version.field, "process_version_id");
    assert!(version.from["number"].as_i64() < version.to["number"].as_i64());
    let named = &passed.entries[1].changes[0].to[0];
    assert!(named["name"].is_string() && named["name_ru"].is_string());
    let mut manager = deal.clone();
    manager.owner_id = UserId::new("manager");
    world.actor.user_id = UserId::new("manager");
    world.actor.role = Role::Manager;
    world.actor.reach = Reach::Own;
    let refused = world.decide(Some(&manager), &on, start()).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::StageRequirementsUnmet);
    world.actor.role = Role::Admin;
    world.actor.reach = Reach::All;
    assert!(
        world
            .decide(Some(&deal), &follow("other", None, None), start())
            .is_ok()
    );
}

#[test]
fn a_deal_that_came_closed_is_taken_up_further_on_only_past_the_gates() {
    let mut world = World::new();
    let mut deal = in_stage(&mut world, "presentation");
    deal.stage = "lost".into();
    deal.status = DealStatus::Lost;
    deal.closed_at = Some(start());
    let reopen = DealCommand::Reopen(ReopenDeal {
        reason: "they came back".into(),
        stage: Some("negotiation".into()),
    });
    let kinds = |decision: Decision| -> Vec<&'static str> {
        decision.entries.iter().map(|e| e.kind.as_str()).collect()
    };
    let reopened = world.decide(Some(&deal), &reopen, start()).unwrap();
    assert_eq!(kinds(reopened), ["reopened", "gate_overridden"]);
}

#[test]
fn only_the_last_move_of_the_same_person_a_moment_ago_is_taken_back() {
    let mut world = World::new();
    let mut deal = in_stage(&mut world, "potential");
    deal.stage_entered_at = start();
    let undo = |by: &str, from: &str| {
        DealCommand::Undo(UndoMove {
            stage: "negotiation".into(),
            override_reason: None,
            last: Some(LastMove {
                at: start(),
                by: Some(UserId::new(by)),
                from: from.into(),
                to: "potential".into(),
            }),
        })
    };
    let soon = start() + Duration::minutes(2);
    let undone = world
        .decide(Some(&deal), &undo("head", "negotiation"), soon)
        .unwrap();
    assert_eq!(undone.deal.stage, "negotiation");
    let changes = &undone.entries[0].changes;
    assert!(changes.iter().any(|change| change.field == "undo"));
    for (command, at) in [
        (undo("somebody", "negotiation"), soon),
        (undo("head", "proposal"), soon),
        (undo("head", "negotiation"), start() + Duration::hours(1)),
    ] {
        let refused = world.decide(Some(&deal), &command, at).unwrap_err();
        assert_eq!(refused.code(), ErrorCode::StageRequirementsUnmet);
    }
}

#[test]
fn where_types_of_need_choose_questions_one_of_them_is_required() {
    let mut world = World::new();
    let mut deal = in_stage(&mut world, "presentation");
    deal.stage = "needs".into();
    let clock = Clock::utc(start());
    let mut unmet = |kind: Option<&str>| {
        deal.need = Some(Need {
            kind: kind.map(Into::into),
            text: "line 4".into(),
        });
        let process = &world.process.definition;
        let stage = process.stage("needs").unwrap();
        let all = to_leave(process, stage, &deal, &world.facts, clock, Language::En);
        let need = all.into_iter().find(|r| r.field.as_deref() == Some("need"));
        need.filter(|need| !need.met).map(|need| need.detail)
    };
    assert_eq!(unmet(None).as_deref(), Some("Type of need"));
    assert_eq!(unmet(Some("by the way")).as_deref(), Some("Type of need"));
    assert_eq!(unmet(Some("Service")), None);
}
