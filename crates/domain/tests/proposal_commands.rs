//! Whatever happens to a proposal, in whatever order: nothing goes out that was not approved as it
//! is, and what went out stays as it is.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use chrono::{DateTime, Days, NaiveDate, Utc};
use etalon_domain::deal::Deal;
use etalon_domain::decimal::{Percent, Quantity};
use etalon_domain::error::{Error, ErrorCode};
use etalon_domain::id::{ProposalId, Ref, UserId, VisaId};
use etalon_domain::money::{Currency, Money};
use etalon_domain::policy::{Actor, Reach};
use etalon_domain::proposal::{
    AcceptProposal, DeclineProposal, MAX_LINES, Proposal, ProposalChannel, ProposalCommand,
    ProposalDecision, ProposalDraft, ProposalLineDraft, ProposalReferences, ProposalRules,
    ProposalStatus, SendProposal, VisaEffect, calculate, decide,
};
use etalon_domain::rate::RateTable;
use etalon_domain::user::Role;
use etalon_domain::visa::{Visa, VisaComment, VisaDecision, VisaDocument, VisaState};
use proptest::prelude::*;

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_700_000_000, 0).unwrap()
}

fn today() -> NaiveDate {
    now().date_naive()
}

fn usd() -> Currency {
    Currency::from_code("USD").unwrap()
}

/// An open deal.
fn deal() -> Deal {
    let examples = include_str!("../../api/src/openapi/examples.json");
    let examples: serde_json::Value = serde_json::from_str(examples).unwrap();
    serde_json::from_value(examples["Deal"].clone()).unwrap()
}

fn contact() -> Ref {
    Ref {
        id: "anna".into(),
        name: "Anna Weber".into(),
    }
}

/// The deal, its owner, and an administrator, with the proposal that they work on.
struct Desk {
    deal: Deal,
    owner: Actor,
    admin: Actor,
    fresh: ProposalId,
    rates: RateTable,
}

impl Desk {
    fn new() -> Self {
        let deal = deal();
        let actor = |id: &UserId, role: Role| Actor {
            user_id: id.clone(),
            name: role.to_string(),
            role,
            department_id: deal.department_id.clone(),
            reach: if role == Role::Admin {
                Reach::All
            } else {
                Reach::Own
            },
            time_zone: "UTC".into(),
        };
        Self {
            owner: actor(&deal.owner_id, Role::Manager),
            admin: actor(&UserId::new("admin"), Role::Admin),
            fresh: ProposalId::new("proposal"),
            rates: RateTable::default(),
            deal,
        }
    }

    fn decide(
        &self,
        current: Option<&Proposal>,
        command: &ProposalCommand,
    ) -> Result<ProposalDecision, Error> {
        let hash = current.map(Proposal::canonical).unwrap_or_default();
        let rules = ProposalRules {
            actor: match command {
                ProposalCommand::Decide(..) => &self.admin,
                _ => &self.owner,
            },
            deal: &self.deal,
            now: now(),
            today: today(),
            new_id: &self.fresh,
            next_revision: current.map_or(1, |p| p.revision + 1),
            hash: &hash,
            rates: &self.rates,
            base: usd(),
        };
        let references = ProposalReferences {
            contact: Some(contact()),
            products: Vec::new(),
        };
        decide(current, command, &references, rules)
    }

    /// What the database keeps of a decision: the version with its visa.
    fn kept(&self, before: Option<&Proposal>, decision: ProposalDecision) -> Proposal {
        let mut proposal = decision.proposal;
        match decision.visa {
            Some(VisaEffect::Request(_)) => {
                let content = before.map(Proposal::canonical).unwrap_or_default();
                proposal.visa = Some(waiting(&proposal, content));
            }
            Some(VisaEffect::Decide(decision, _)) => {
                let visa = proposal.visa.as_mut().unwrap();
                visa.state = Visa::state_of(Some(decision), false);
            }
            Some(VisaEffect::Void) => proposal.visa.as_mut().unwrap().state = VisaState::Void,
            None => {}
        }
        proposal
    }
}

fn waiting(proposal: &Proposal, hash: String) -> Visa {
    Visa {
        id: VisaId::new("visa"),
        document_kind: VisaDocument::Proposal,
        document_id: proposal.id.to_string(),
        document_name: proposal.label(),
        deal_id: proposal.deal_id.clone(),
        deal_number: proposal.deal_number.clone(),
        deal_title: proposal.deal_title.clone(),
        owner: proposal.owner.clone(),
        amount: None,
        hash,
        state: VisaState::Waiting,
        requested_by: proposal.owner.clone(),
        requested_at: now(),
        note: None,
        approvers: Vec::new(),
        decided_by: None,
        decided_at: None,
        decision: None,
        comment: None,
        void_at: None,
    }
}

fn line(price: i64) -> ProposalLineDraft {
    ProposalLineDraft {
        title: "Pump".into(),
        quantity: Quantity::whole(1),
        unit_price: Some(Money::new(price, usd())),
        ..ProposalLineDraft::default()
    }
}

fn draft(price: i64) -> ProposalDraft {
    ProposalDraft {
        contact_id: Some("anna".to_owned().into()),
        lines: vec![line(price)],
        ..ProposalDraft::default()
    }
}

fn words() -> VisaComment {
    VisaComment {
        comment: Some("said".into()),
    }
}

fn commands() -> impl Strategy<Value = ProposalCommand> {
    let decision = prop::sample::select(VisaDecision::ALL.to_vec());
    prop_oneof![
        2 => (0..3_i64).prop_map(|price| ProposalCommand::Edit(draft(price))),
        3 => Just(ProposalCommand::Submit(words())),
        1 => Just(ProposalCommand::Recall),
        3 => decision.prop_map(|decision| ProposalCommand::Decide(decision, words())),
        3 => Just(ProposalCommand::Send(SendProposal {
            sent_on: None,
            contact_id: None,
            channel: ProposalChannel::Email,
        })),
        1 => Just(ProposalCommand::Accept(AcceptProposal::default())),
        1 => Just(ProposalCommand::Decline(DeclineProposal {
            reason: "price".into(),
            decided_on: None,
        })),
        1 => Just(ProposalCommand::Delete),
        1 => Just(ProposalCommand::Restore),
    ]
}

proptest! {
    #[test]
    fn nothing_goes_out_unapproved_and_nothing_that_went_out_changes(
        commands in prop::collection::vec(commands(), 1..30),
    ) {
        let desk = Desk::new();
        let created = desk.decide(None, &ProposalCommand::Create(draft(1))).unwrap();
        let mut proposal = desk.kept(None, created);
        for command in commands {
            let before = proposal.clone();
            let Ok(decision) = desk.decide(Some(&before), &command) else {
                continue;
            };
            let changes = !decision.entries.is_empty();
            proposal = desk.kept(Some(&before), decision);
            prop_assert_eq!(proposal.version, before.version + i64::from(changes));
            if before.status.is_fixed() {
                prop_assert_eq!(proposal.canonical(), before.canonical());
                prop_assert!(proposal.status.is_fixed());
            }
            let approved = proposal.visa.as_ref().is_some_and(|v| v.approves(&proposal.canonical()));
            let needs_visa = proposal.status == ProposalStatus::Approved || proposal.status.is_fixed();
            prop_assert!(approved || !needs_visa, "{:?} without a visa", proposal.status);
        }
    }

    #[test]
    fn totals_are_the_sums_of_the_lines(
        lines in prop::collection::vec(
            (1..10_000_000_i64, 0..100_000_000_i64, 0..=10_000_i64, 0..=10_000_i64), 0..20,
        ),
    ) {
        let lines: Vec<_> = lines.into_iter().map(|(quantity, price, discount, vat)| {
            ProposalLineDraft {
                quantity: Quantity::from_units(quantity),
                discount: Percent::from_units(discount),
                vat_rate: Some(Percent::from_units(vat)),
                ..line(price)
            }
        }).collect();
        let (lines, totals) = calculate(&lines, usd(), Some((1.0, usd()))).unwrap();
        let sum = |of: fn(&etalon_domain::proposal::ProposalLine) -> Money| {
            lines.iter().map(|line| of(line).minor).sum::<i64>()
        };
        prop_assert_eq!(sum(|line| line.net), totals.net.minor);
        prop_assert_eq!(sum(|line| line.vat), totals.vat.minor);
        prop_assert_eq!(sum(|line| line.total), totals.total.minor);
        prop_assert_eq!(totals.total_base, Some(totals.total));
    }
}

#[test]
fn a_sum_beyond_what_can_be_kept_is_refused() {
    let large = line(900_000_000_000_000);
    assert!(calculate(std::slice::from_ref(&large), usd(), None).is_ok());
    let errors = calculate(&[large.clone(), large], usd(), None).unwrap_err();
    assert_eq!(errors[0].field, "lines");
    let many = ProposalDraft {
        lines: vec![line(1); MAX_LINES + 1],
        ..draft(1)
    };
    let refused = Desk::new().decide(None, &ProposalCommand::Create(many));
    assert_eq!(refused.unwrap_err().code(), ErrorCode::InvalidFields);
}

#[test]
fn an_offer_is_accepted_only_while_it_holds() {
    let desk = Desk::new();
    let mut offer = draft(1);
    offer.valid_until = Some(today());
    let mut proposal = desk.kept(
        None,
        desk.decide(None, &ProposalCommand::Create(offer)).unwrap(),
    );
    proposal.status = ProposalStatus::Expired;
    proposal.sent_on = Some(today() - Days::new(9));
    proposal.valid_until = Some(today() - Days::new(2));
    let accept = |decided_on| {
        let accept = AcceptProposal {
            decided_on,
            note: None,
        };
        desk.decide(Some(&proposal), &ProposalCommand::Accept(accept))
    };
    assert_eq!(accept(None).unwrap_err().code(), ErrorCode::InvalidFields);
    let in_time = accept(Some(today() - Days::new(2))).unwrap();
    assert_eq!(in_time.proposal.status, ProposalStatus::Accepted);
}
