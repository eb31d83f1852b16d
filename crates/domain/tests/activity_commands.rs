//! What commands do to activities.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use chrono::{DateTime, Duration, NaiveDate, Utc};
use etalon_domain::activity::{
    Activity, ActivityCommand, ActivityDraft, ActivityKind, ActivityReferences, ActivityRules,
    ActivityStatus, CancelActivity, CompleteActivity, Standing, StepOrigin, decide,
};
use etalon_domain::deal::Place;
use etalon_domain::error::{Error, ErrorCode};
use etalon_domain::event::EventKind;
use etalon_domain::id::{ActivityId, DepartmentId, UserId};
use etalon_domain::policy::{Access, Actor, Reach, activity_access};
use etalon_domain::user::Role;
use proptest::prelude::*;

fn now() -> DateTime<Utc> {
    "2026-11-24T10:00:00Z".parse().unwrap()
}

fn today() -> NaiveDate {
    now().date_naive()
}

fn actor(id: &str, role: Role, reach: Reach) -> Actor {
    Actor {
        user_id: UserId::new(id),
        name: id.to_uppercase(),
        role,
        department_id: None,
        reach,
        time_zone: "UTC".into(),
    }
}

fn run(
    current: Option<&Activity>,
    access: Access,
    command: &ActivityCommand,
) -> Result<Activity, Error> {
    let me = actor("me", Role::Manager, Reach::Own);
    let references = ActivityReferences {
        owner: Some(Place {
            user_id: UserId::new("me"),
            name: "ME".into(),
            department: None,
            active: true,
        }),
        ..ActivityReferences::default()
    };
    let id = ActivityId::new("new");
    let rules = ActivityRules {
        actor: &me,
        now: now(),
        today: today(),
        new_id: &id,
    };
    let standing = current.map(|activity| Standing {
        activity,
        access,
        refusal: None,
    });
    decide(standing, command, &references, rules).map(|decision| decision.activity)
}

fn draft() -> ActivityDraft {
    ActivityDraft {
        due_on: Some(today()),
        ..ActivityDraft::new(ActivityKind::Task, "Write to them")
    }
}

fn planned() -> Activity {
    let command = ActivityCommand::Create {
        draft: draft(),
        step: None,
    };
    run(None, Access::Write, &command).unwrap()
}

#[test]
fn what_the_process_makes_is_told_apart() {
    let command = ActivityCommand::Create {
        draft: draft(),
        step: Some(StepOrigin {
            step_id: "minutes".into(),
            stage: "presentation".into(),
        }),
    };
    let made = run(None, Access::Write, &command).unwrap();
    assert_eq!(made.origin.as_str(), "process");
    assert_eq!(made.step_id.as_deref(), Some("minutes"));
    assert_eq!(made.stage.as_deref(), Some("presentation"));
    assert_eq!(planned().origin.as_str(), "person");
}

#[test]
fn whoever_only_sees_it_may_not_change_it() {
    let activity = planned();
    let complete = ActivityCommand::Complete(CompleteActivity::default());
    let code = |access| run(Some(&activity), access, &complete).unwrap_err().code();
    assert_eq!(code(Access::None), ErrorCode::NotFound);
    assert_eq!(code(Access::Read), ErrorCode::Forbidden);
}

#[test]
fn a_clock_that_is_a_little_ahead_is_forgiven() {
    let activity = planned();
    let done_at = |at| {
        let complete = CompleteActivity {
            done_at: Some(at),
            ..CompleteActivity::default()
        };
        let done = run(
            Some(&activity),
            Access::Write,
            &ActivityCommand::Complete(complete),
        );
        done.map(|activity| activity.done_at.unwrap())
    };
    assert_eq!(done_at(now() + Duration::minutes(4)), Ok(now()));
    assert!(done_at(now() + Duration::minutes(6)).is_err());
    let earlier = now() - Duration::days(2);
    assert_eq!(done_at(earlier), Ok(earlier));
}

#[test]
fn a_whole_day_is_overdue_when_it_is_over_and_a_meeting_when_it_has_ended() {
    let mut activity = planned();
    let tomorrow = today().succ_opt().unwrap();
    assert!(!activity.is_overdue(now(), today()));
    assert!(activity.is_overdue(now(), tomorrow));
    activity.due_on = None;
    activity.starts_at = Some(now());
    activity.duration_minutes = Some(60);
    assert!(!activity.is_overdue(now() + Duration::minutes(60), today()));
    assert!(activity.is_overdue(now() + Duration::minutes(61), today()));
    activity.status = ActivityStatus::Done;
    assert!(!activity.is_overdue(now() + Duration::minutes(61), today()));
}

#[test]
fn a_department_is_asked_only_about_what_belongs_to_nothing() {
    let department = DepartmentId::new("north");
    let mut activity = planned();
    activity.owner_id = UserId::new("somebody");
    activity.department_id = Some(department.clone());
    let reach = Reach::Departments {
        departments: vec![department],
    };
    let head = actor("head", Role::Head, reach.clone());
    let viewer = actor("viewer", Role::Viewer, reach);
    assert_eq!(activity_access(&head, &activity, None), Access::Write);
    assert_eq!(activity_access(&viewer, &activity, None), Access::Read);
    let hidden = Some(Access::None);
    assert_eq!(activity_access(&head, &activity, hidden), Access::None);
    let stranger = actor("stranger", Role::Manager, Reach::Own);
    assert_eq!(activity_access(&stranger, &activity, None), Access::None);
}

fn any_command() -> impl Strategy<Value = ActivityCommand> {
    let minutes = -10_000..10_i64;
    prop_oneof![
        Just(ActivityCommand::Reopen),
        Just(ActivityCommand::Cancel(CancelActivity::default())),
        minutes.prop_map(|ahead| ActivityCommand::Complete(CompleteActivity {
            done_at: Some(now() + Duration::minutes(ahead)),
            ..CompleteActivity::default()
        })),
        (0..9_i64, any::<bool>()).prop_map(|(hours, timed)| {
            let at = now() + Duration::hours(hours);
            ActivityCommand::Edit(ActivityDraft {
                due_on: (!timed).then(|| at.date_naive()),
                starts_at: timed.then_some(at),
                ..draft()
            })
        }),
    ]
}

proptest! {
    #[test]
    fn done_activities_and_only_they_have_a_time_at_which_they_were_done(
        commands in proptest::collection::vec(any_command(), 0..12)
    ) {
        let mut activity = planned();
        for command in &commands {
            if let Ok(next) = run(Some(&activity), Access::Write, command) {
                prop_assert!(next.version == activity.version || next.version == activity.version + 1);
                activity = next;
            }
            prop_assert_eq!(activity.status == ActivityStatus::Done, activity.done_at.is_some());
            prop_assert!(activity.done_at.is_none_or(|at| at <= now()));
            prop_assert!(activity.due_on.is_some() != activity.starts_at.is_some());
        }
    }

    #[test]
    fn every_accepted_change_is_told(command in any_command()) {
        let activity = planned();
        let me = actor("me", Role::Manager, Reach::Own);
        let id = ActivityId::new("new");
        let rules = ActivityRules { actor: &me, now: now(), today: today(), new_id: &id };
        let standing = Standing { activity: &activity, access: Access::Write, refusal: None };
        if let Ok(decision) = decide(Some(standing), &command, &ActivityReferences::default(), rules) {
            let kind = decision.entries.first().map(|entry| entry.kind);
            let expected = match decision.activity.status {
                ActivityStatus::Done => Some(EventKind::ActivityDone),
                ActivityStatus::Cancelled => Some(EventKind::ActivityCancelled),
                ActivityStatus::Planned if decision.activity == activity => None,
                ActivityStatus::Planned => Some(EventKind::ActivityChanged),
            };
            prop_assert_eq!(kind, expected);
        }
    }
}
