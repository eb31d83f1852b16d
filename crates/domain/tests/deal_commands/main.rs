//! Whatever commands a deal is given, in whatever order, it stays a sound deal.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod past_and_end;
mod processes;
mod world;

use chrono::Duration;
use etalon_domain::deal::{
    CloseDeal, Deal, DealCommand, DealDraft, DealStatus, FollowProcess, LastMove, MoveDeal,
    Outcome, ReopenDeal, UndoMove,
};
use etalon_domain::id::{ProcessVersionId, UserId};
use etalon_domain::money::{Currency, Money};
use etalon_domain::stage::Stages;
use proptest::prelude::*;

use crate::world::{World, start};

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
