//! Who may see a deal, how it closes and comes back, and what past it may bring.

use chrono::{Duration, NaiveDate};
use etalon_domain::deal::{
    CloseDeal, DealCommand, DealDraft, DealStatus, ImportDeal, ImportedVisit, LastMove, Outcome,
    ReopenDeal, UndoMove,
};
use etalon_domain::error::{Error, ErrorCode};
use etalon_domain::id::{ImportId, UserId};
use etalon_domain::money::{Currency, Money};
use etalon_domain::policy::Reach;
use etalon_domain::rate::{ExchangeRate, RateTable};
use etalon_domain::user::Role;

use crate::world::{World, close, in_stage, start};

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
