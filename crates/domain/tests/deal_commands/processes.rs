//! Deals under the gates of their process, and under another one.

use etalon_domain::deal::{DealCommand, DealStatus, Decision, FollowProcess, Need, ReopenDeal};
use etalon_domain::error::{Error, ErrorCode};
use etalon_domain::id::{ProcessVersionId, UserId};
use etalon_domain::policy::Reach;
use etalon_domain::process::{Clock, to_leave};
use etalon_domain::user::{Language, Role};

use crate::world::{World, in_stage, start};

fn follow(version: &str, stage: Option<&str>, why: Option<&str>) -> DealCommand {
    DealCommand::Follow(FollowProcess {
        process_version_id: ProcessVersionId::new(version),
        stage: stage.map(Into::into),
        override_reason: why.map(Into::into),
    })
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
