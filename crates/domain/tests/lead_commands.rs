//! Whatever commands a lead is given, in whatever order, it stays a sound lead.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use chrono::{DateTime, Days, NaiveDate, Utc};
use etalon_domain::deal::{Need, Place};
use etalon_domain::error::{Error, ErrorCode};
use etalon_domain::id::{DealId, DepartmentId, LeadId, Ref, UserId};
use etalon_domain::key_contact::DecisionRole;
use etalon_domain::lead::{
    AuthorityInput, BantChange, BantItem, BantState, BudgetInput, ConvertLead, Converted,
    DecisionPerson, DisqualifyLead, DisqualifyReason, Lead, LeadCommand, LeadDecision, LeadDraft,
    LeadReferences, LeadRules, LeadStatus, NeedInput, NurtureLead, ReopenLead, TimingInput,
    deal_of, decide,
};
use etalon_domain::money::{Currency, Money};
use etalon_domain::policy::{Actor, Reach};
use etalon_domain::user::Role;
use proptest::prelude::*;

struct World {
    actor: Actor,
    today: NaiveDate,
    lead_id: LeadId,
    deal_id: DealId,
}

impl World {
    fn new(role: Role) -> Self {
        let reach = match role {
            Role::Head => Reach::Departments {
                departments: vec![DepartmentId::new("sales")],
            },
            _ => Reach::Own,
        };
        Self {
            actor: Actor {
                user_id: UserId::new("me"),
                name: "Me".into(),
                role,
                department_id: Some(DepartmentId::new("sales")),
                reach,
                time_zone: "UTC".into(),
            },
            today: now().date_naive(),
            lead_id: LeadId::new("lead"),
            deal_id: DealId::new("deal"),
        }
    }

    fn rules(&self) -> LeadRules<'_> {
        LeadRules {
            actor: &self.actor,
            now: now(),
            today: self.today,
            new_id: &self.lead_id,
            deal_id: &self.deal_id,
        }
    }

    fn decide(&self, lead: Option<&Lead>, command: &LeadCommand) -> Result<LeadDecision, Error> {
        let references = LeadReferences {
            owner: Some(Place {
                user_id: UserId::new("me"),
                name: "Me".into(),
                department: Some((DepartmentId::new("sales"), "Sales".into())),
                active: true,
            }),
            ..LeadReferences::default()
        };
        decide(lead, command, &references, self.rules())
    }

    fn lead(&self) -> Lead {
        let command = LeadCommand::Create {
            draft: draft("Line 4"),
            origin: None,
        };
        self.decide(None, &command).unwrap().lead
    }

    fn answered(&self, state: BantState) -> Lead {
        answers(state)
            .into_iter()
            .fold(self.lead(), |lead, change| {
                let command = LeadCommand::Answer(change);
                self.decide(Some(&lead), &command).unwrap().lead
            })
    }
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_700_000_000, 0).unwrap()
}

/// Somebody who takes leads over.
fn head() -> Ref {
    Ref {
        id: "head".into(),
        name: "Head".into(),
    }
}

fn draft(title: &str) -> LeadDraft {
    LeadDraft {
        title: title.into(),
        company_name: Some("Northwind".into()),
        ..LeadDraft::default()
    }
}

fn answers(state: BantState) -> [BantChange; 4] {
    let person = DecisionPerson {
        contact_id: None,
        name: "Anna Weber".into(),
        role: DecisionRole::DecisionMaker,
    };
    let need = Need {
        kind: Some("Automation".into()),
        text: "Replace line 4".into(),
    };
    let budget = Money::new(1_000_000, Currency::from_code("USD").unwrap());
    [
        BantChange::Budget(BudgetInput {
            state,
            value: Some(budget),
        }),
        BantChange::Authority(AuthorityInput {
            state,
            value: Some(vec![person]),
        }),
        BantChange::Need(NeedInput {
            state,
            value: Some(need),
        }),
        BantChange::Timing(TimingInput {
            state,
            value: NaiveDate::from_ymd_opt(2024, 3, 1),
        }),
    ]
}

fn converted(override_reason: Option<&str>) -> LeadCommand {
    LeadCommand::Convert(Box::new(Converted {
        how: ConvertLead {
            override_reason: override_reason.map(str::to_owned),
            ..ConvertLead::default()
        },
        deal: Ref {
            id: "deal".into(),
            name: "Line 4".into(),
        },
        number: "D-000001".into(),
        account: None,
        contact: None,
    }))
}

fn commands() -> impl Strategy<Value = LeadCommand> {
    let states = prop_oneof![
        Just(BantState::Unknown),
        Just(BantState::Claimed),
        Just(BantState::Confirmed)
    ];
    prop_oneof![
        "[a-z]{0,3}".prop_map(|title| LeadCommand::Edit(draft(&title))),
        (states, 0..4usize)
            .prop_map(|(state, item)| { LeadCommand::Answer(answers(state)[item].clone()) }),
        (0..3u64).prop_map(|days| {
            LeadCommand::Nurture(NurtureLead {
                until: now().date_naive() + Days::new(days),
                reason: None,
            })
        }),
        Just(LeadCommand::Disqualify(DisqualifyLead {
            reason: DisqualifyReason::NoBudget,
            note: None,
        })),
        Just(LeadCommand::Reopen(ReopenLead::default())),
        Just(LeadCommand::Return { owner: None }),
        Just(LeadCommand::Return {
            owner: Some(head())
        }),
        Just(converted(None)),
        Just(converted(Some("the board knows them"))),
        Just(LeadCommand::Delete),
        Just(LeadCommand::Restore),
    ]
}

fn assert_sound(lead: &Lead) {
    assert_eq!(lead.score, lead.bant.score());
    assert!((0..=100).contains(&lead.score));
    assert_eq!(
        lead.nurture_until.is_some(),
        lead.status == LeadStatus::Nurturing
    );
    assert_eq!(
        lead.disqualify_reason.is_some(),
        lead.status == LeadStatus::Disqualified
    );
    assert_eq!(lead.deal_id.is_some(), lead.status == LeadStatus::Qualified);
    assert_eq!(
        lead.closed_at.is_some(),
        matches!(
            lead.status,
            LeadStatus::Qualified | LeadStatus::Disqualified
        )
    );
    if !lead.status.is_open() {
        assert_eq!(lead.next_question, None);
    }
    if lead.status == LeadStatus::Qualified && !lead.bant.unknown().is_empty() {
        assert!(lead.override_reason.is_some());
    }
    assert!(!lead.title.is_empty());
}

proptest! {
    #[test]
    fn no_sequence_of_commands_breaks_a_lead(sequence in prop::collection::vec(commands(), 0..30)) {
        let world = World::new(Role::Head);
        let mut lead = world.lead();
        for command in &sequence {
            let before = lead.clone();
            match world.decide(Some(&lead), command) {
                Ok(decision) => {
                    assert_sound(&decision.lead);
                    let changed = decision.lead != before;
                    prop_assert_eq!(changed, !decision.entries.is_empty());
                    prop_assert_eq!(decision.lead.version, before.version + i64::from(changed));
                    if before.status == LeadStatus::Qualified {
                        let binned = matches!(command, LeadCommand::Delete | LeadCommand::Restore);
                        prop_assert!(binned, "{:?} changed a converted lead", command);
                    }
                    lead = decision.lead;
                }
                Err(_) => assert_sound(&lead),
            }
        }
    }
}

#[test]
fn the_score_counts_confirmed_twice_and_asks_for_the_need_first() {
    let world = World::new(Role::Manager);
    let lead = world.lead();
    assert_eq!((lead.score, lead.next_question), (0, Some(BantItem::Need)));
    assert_eq!(lead.status, LeadStatus::New);
    let claimed = world.answered(BantState::Claimed);
    assert_eq!(
        (claimed.score, claimed.next_question),
        (48, Some(BantItem::Need))
    );
    assert_eq!(claimed.status, LeadStatus::Qualifying);
    let confirmed = world.answered(BantState::Confirmed);
    assert_eq!((confirmed.score, confirmed.next_question), (100, None));
}

#[test]
fn an_answer_says_who_gave_it_and_the_history_what_it_was() {
    let world = World::new(Role::Manager);
    let [budget, ..] = answers(BantState::Claimed);
    let decision = world
        .decide(Some(&world.lead()), &LeadCommand::Answer(budget.clone()))
        .unwrap();
    let answer = &decision.lead.bant.budget;
    assert_eq!(answer.set_by.as_ref().unwrap().name, "Me");
    assert_eq!(answer.set_at, Some(now()));
    let change = &decision.entries[0].changes[0];
    assert_eq!(change.field, "budget");
    assert!(change.from.is_null());
    assert_eq!(change.to["state"], "claimed");
    assert_eq!(change.to["value"]["amount"], "10000.00");
    let again = world
        .decide(Some(&decision.lead), &LeadCommand::Answer(budget))
        .unwrap();
    assert!(again.entries.is_empty());
}

#[test]
fn an_answer_without_a_value_is_refused_and_unknown_forgets_it() {
    let world = World::new(Role::Manager);
    let lead = world.answered(BantState::Confirmed);
    let empty = |state| LeadCommand::Answer(BantChange::Timing(TimingInput { state, value: None }));
    let refused = world
        .decide(Some(&lead), &empty(BantState::Claimed))
        .unwrap_err();
    assert!(matches!(refused, Error::Invalid(errors) if errors[0].field == "value"));
    let forgotten = world
        .decide(Some(&lead), &empty(BantState::Unknown))
        .unwrap()
        .lead;
    assert_eq!(forgotten.bant.timing.value, None);
    assert_eq!(forgotten.score, 75);
    let nobody = LeadCommand::Answer(BantChange::Authority(AuthorityInput {
        state: BantState::Claimed,
        value: Some(Vec::new()),
    }));
    assert!(world.decide(Some(&lead), &nobody).is_err());
}

#[test]
fn a_deal_is_made_only_of_what_is_known_or_by_who_may_override() {
    let manager = World::new(Role::Manager);
    let open = manager.lead();
    let refusal = |world: &World, command: &LeadCommand| world.decide(Some(&open), command);
    let incomplete = Err(ErrorCode::BantIncomplete.into());
    assert_eq!(refusal(&manager, &converted(None)), incomplete);
    let reason = converted(Some("they insist"));
    assert_eq!(refusal(&manager, &reason), Err(ErrorCode::Forbidden.into()));
    let head = World::new(Role::Head);
    let lead = refusal(&head, &reason).unwrap().lead;
    assert_eq!(lead.override_reason.as_deref(), Some("they insist"));
    let known = manager.answered(BantState::Claimed);
    let done = manager.decide(Some(&known), &converted(None)).unwrap();
    assert_eq!(done.lead.status, LeadStatus::Qualified);
    assert_eq!(done.lead.override_reason, None);
    let twice = manager.decide(Some(&done.lead), &converted(None));
    assert_eq!(twice, Err(ErrorCode::LeadAlreadyConverted.into()));
}

#[test]
fn the_deal_gets_what_the_lead_knew() {
    let world = World::new(Role::Manager);
    let lead = world.answered(BantState::Confirmed);
    let (draft, _) = deal_of(&lead, &ConvertLead::default(), world.rules()).unwrap();
    assert_eq!(draft.title, "Line 4");
    assert_eq!(draft.budget, lead.bant.budget.value);
    assert_eq!(draft.need, lead.bant.need.value);
    assert_eq!(draft.decision_on, lead.bant.timing.value);
    assert_eq!(draft.owner_id, Some(UserId::new("me")));
    assert_eq!((draft.amount, draft.expected_close_on), (None, None));
}

#[test]
fn the_deal_is_worth_what_is_said_at_the_conversion() {
    let world = World::new(Role::Manager);
    let lead = world.answered(BantState::Confirmed);
    let how = |amount: i64| ConvertLead {
        amount: Some(Money::new(amount, Currency::from_code("EUR").unwrap())),
        expected_close_on: NaiveDate::from_ymd_opt(2024, 4, 1),
        ..ConvertLead::default()
    };
    let (draft, _) = deal_of(&lead, &how(4_200_000), world.rules()).unwrap();
    assert_eq!(draft.amount, how(4_200_000).amount);
    assert_eq!(draft.expected_close_on, how(0).expected_close_on);
    let refused = deal_of(&lead, &how(-1), world.rules());
    let Err(Error::Invalid(errors)) = refused else {
        panic!("an amount below zero was taken: {refused:?}");
    };
    assert_eq!(errors[0].field, "amount");
}

#[test]
fn a_lead_that_was_set_aside_comes_back_on_its_day() {
    let mut world = World::new(Role::Manager);
    let until = world.today + Days::new(7);
    let nurture = LeadCommand::Nurture(NurtureLead {
        until,
        reason: Some("after the fair".into()),
    });
    let aside = world.decide(Some(&world.lead()), &nurture).unwrap();
    assert_eq!(aside.lead.nurture_until, Some(until));
    assert_eq!(aside.entries[0].reason.as_deref(), Some("after the fair"));
    let own = LeadCommand::Return { owner: None };
    let early = world.decide(Some(&aside.lead), &own).unwrap();
    assert!(early.entries.is_empty());
    world.today = until;
    let back = world.decide(Some(&aside.lead), &own).unwrap();
    assert_eq!(back.lead.status, LeadStatus::Qualifying);
    assert_eq!(back.lead.nurture_until, None);
    assert_eq!(back.lead.owner_id, aside.lead.owner_id);
    let handed = LeadCommand::Return {
        owner: Some(head()),
    };
    let handed = world.decide(Some(&aside.lead), &handed).unwrap();
    assert_eq!(handed.lead.owner_id, UserId::new("head"));
    assert_eq!(handed.lead.department_id, aside.lead.department_id);
    let change = handed.entries[0].changes.last().unwrap();
    assert_eq!(change.field, "owner_id");
    assert_eq!(change.to["name"], "Head");
    let past = LeadCommand::Nurture(NurtureLead {
        until,
        reason: None,
    });
    assert!(world.decide(Some(&back.lead), &past).is_err());
}
