//! The proposals of the demo company: before a deal goes into negotiation its owner writes an offer,
//! the head approves it and it is sent; some come back, some are revised.

use std::collections::HashMap;

use chrono::{Days, Duration, NaiveDate};
use etalon_domain::deal::{Deal, DealCommand, DealStatus, Outcome};
use etalon_domain::decimal::{Percent, Quantity};
use etalon_domain::error::ErrorCode;
use etalon_domain::id::{DealId, ProposalId};
use etalon_domain::money::Money;
use etalon_domain::proposal::{
    AcceptProposal, DeclineProposal, Proposal, ProposalChannel, ProposalCommand, ProposalDraft,
    ProposalLineDraft, SendProposal,
};
use etalon_domain::time::Instant;
use etalon_domain::visa::{VisaComment, VisaDecision};
use etalon_persistence::{Context, Error, Result, Tx, deals, proposals};

use crate::accounts::Region;
use crate::company::{World, acting};
use crate::people::Person;
use crate::random::Random;
use crate::texts::{INTRODUCTIONS, REFUSALS, SERVICES, TERMS, told};

/// Stages that a deal reaches only with an offer that was sent.
const AFTER_OFFER: [&str; 2] = ["negotiation", "contracting"];

/// Writes the proposals beside the course of the deals.
pub(crate) struct Offers<'a> {
    world: &'a World,
    random: Random,
    /// The offer that the customer of a deal has.
    sent: HashMap<DealId, ProposalId>,
}

/// Who writes the offer and who approves it.
struct Pen<'a> {
    owner: &'a Person,
    head: &'a Person,
    deal: Deal,
    in_russian: bool,
}

impl<'a> Offers<'a> {
    pub(crate) fn new(world: &'a World, seed: u64) -> Self {
        Self {
            world,
            random: Random::new(seed),
            sent: HashMap::new(),
        }
    }

    /// What happens to the offers of a deal before a command is carried out on it.
    pub(crate) fn before(
        &mut self,
        tx: &mut Tx<'_>,
        id: &DealId,
        at: Instant,
        command: &DealCommand,
    ) -> Result<()> {
        match command {
            DealCommand::Move(to) if AFTER_OFFER.contains(&to.stage.as_str()) => {
                self.hand_over(tx, id, at)
            }
            DealCommand::Close(close) => self.answer(tx, id, at, close.outcome),
            _ => Ok(()),
        }
    }

    /// What lies on the desks this morning: in the deals for which an offer is being prepared one in
    /// every state, in some that are negotiated the next version.
    pub(crate) fn this_morning(
        &mut self,
        tx: &mut Tx<'_>,
        deals: &[DealId],
        today: NaiveDate,
    ) -> Result<()> {
        let now = crate::midnight(today) - Duration::hours(8);
        let (mut prepared, mut negotiated) = (0, 0);
        for id in deals {
            let Some(pen) = self.pen(tx, id, now)? else {
                continue;
            };
            match pen.deal.stage.as_str() {
                "proposal" => {
                    self.prepare(tx, &pen, now, prepared)?;
                    prepared += 1;
                }
                "negotiation" => {
                    if let Some(sent) = self.sent.get(id).cloned() {
                        self.negotiate(tx, &pen, &sent, now, negotiated)?;
                        negotiated += 1;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The owner of an open deal with an amount and somebody to write to, and the head of his region.
    fn pen(&self, tx: &mut Tx<'_>, id: &DealId, at: Instant) -> Result<Option<Pen<'a>>> {
        let everybody = crate::people::administrator(&self.world.people)?;
        let deal = match deals::get(tx, &everybody.actor, id, at) {
            Err(Error::Domain(error)) if error.code() == ErrorCode::NotFound => return Ok(None),
            found => found?,
        };
        let people = &self.world.people;
        let owner = people.iter().find(|p| p.actor.user_id == deal.owner_id);
        let region = owner.and_then(|owner| owner.sells);
        let head = region.and_then(|region| self.world.head(region));
        let is_open =
            deal.status == DealStatus::Open && deal.amount.is_some() && deal.contact_id.is_some();
        let pen = owner
            .zip(head)
            .filter(|_| is_open)
            .map(|(owner, head)| Pen {
                owner,
                head: &people[head],
                in_russian: region == Some(Region::East),
                deal,
            });
        Ok(pen)
    }

    /// An offer is written, approved and sent in the days before `at`.
    fn hand_over(&mut self, tx: &mut Tx<'_>, id: &DealId, at: Instant) -> Result<()> {
        if self.sent.contains_key(id) {
            return Ok(());
        }
        let Some(pen) = self.pen(tx, id, at)? else {
            return Ok(());
        };
        let room = (at - pen.deal.stage_entered_at).clamp(Duration::hours(5), Duration::days(20));
        let moment = |part: i32| at - room / 5 * part;
        let made = self.write(tx, &pen, moment(4))?;
        let words = |pair| comment(told(pair, pen.in_russian));
        if self.random.happens(20) {
            step(tx, pen.owner, moment(4), &made, submit())?;
            let refusal = words(self.random.pick(&REFUSALS));
            let reject = ProposalCommand::Decide(VisaDecision::Rejected, refusal);
            step(tx, pen.head, moment(3), &made, reject)?;
            let cheaper = self.draft(&pen, moment(3), 0);
            step(
                tx,
                pen.owner,
                moment(3),
                &made,
                ProposalCommand::Edit(cheaper),
            )?;
        }
        step(tx, pen.owner, moment(3), &made, submit())?;
        step(tx, pen.head, moment(2), &made, approve())?;
        self.send(tx, &pen, moment(1), &made)?;
        Ok(())
    }

    /// The customer answers when the deal ends.
    fn answer(
        &mut self,
        tx: &mut Tx<'_>,
        id: &DealId,
        at: Instant,
        outcome: Outcome,
    ) -> Result<()> {
        if outcome == Outcome::Won {
            self.hand_over(tx, id, at)?;
        }
        let Some(sent) = self.sent.remove(id) else {
            return Ok(());
        };
        let Some(pen) = self.pen(tx, id, at)? else {
            return Ok(());
        };
        let at = at - Duration::minutes(20);
        let proposal = proposals::get(tx, &pen.owner.actor, &sent, at)?;
        match outcome {
            Outcome::Won => {
                let last = proposal.valid_until.unwrap_or(at.date_naive());
                let accept = AcceptProposal {
                    decided_on: Some(at.date_naive().min(last)),
                    note: None,
                };
                let accept = ProposalCommand::Accept(accept);
                step(tx, pen.owner, at, &proposal, accept)?;
            }
            Outcome::Lost => {
                let reason = told(self.random.pick(&crate::texts::LOST), pen.in_russian);
                let decline = DeclineProposal {
                    reason: reason.to_owned(),
                    decided_on: None,
                };
                step(
                    tx,
                    pen.owner,
                    at,
                    &proposal,
                    ProposalCommand::Decline(decline),
                )?;
            }
            Outcome::Rejected | Outcome::Rerouted => {}
        }
        Ok(())
    }

    /// The offer of a deal that is in the stage of the proposal.
    fn prepare(&mut self, tx: &mut Tx<'_>, pen: &Pen<'_>, now: Instant, turn: usize) -> Result<()> {
        let room = (now - pen.deal.stage_entered_at).clamp(Duration::hours(5), Duration::days(20));
        let moment = |part: i32| now - room / 5 * part;
        let made = self.write(tx, pen, moment(4))?;
        if turn.is_multiple_of(5) {
            return Ok(());
        }
        step(tx, pen.owner, moment(3), &made, submit())?;
        match turn % 5 {
            1 => {}
            2 => {
                let words = comment(told(self.random.pick(&REFUSALS), pen.in_russian));
                let reject = ProposalCommand::Decide(VisaDecision::Rejected, words);
                step(tx, pen.head, moment(2), &made, reject)?;
            }
            3 => {
                step(tx, pen.head, moment(2), &made, approve())?;
            }
            _ => {
                step(tx, pen.head, moment(2), &made, approve())?;
                self.send(tx, pen, moment(1), &made)?;
            }
        }
        Ok(())
    }

    /// The next version of an offer that is being negotiated.
    fn negotiate(
        &mut self,
        tx: &mut Tx<'_>,
        pen: &Pen<'_>,
        sent: &ProposalId,
        now: Instant,
        turn: usize,
    ) -> Result<()> {
        if turn % 3 == 2 {
            return Ok(());
        }
        let room = (now - pen.deal.stage_entered_at).clamp(Duration::hours(5), Duration::days(20));
        let moment = |part: i32| now - room / 5 * part;
        let before = proposals::get(tx, &pen.owner.actor, sent, moment(4))?;
        let next = step(tx, pen.owner, moment(4), &before, ProposalCommand::Revise)?;
        let draft = self.draft(pen, moment(4), 500);
        step(
            tx,
            pen.owner,
            moment(4),
            &next,
            ProposalCommand::Edit(draft),
        )?;
        if turn.is_multiple_of(3) {
            step(tx, pen.owner, moment(3), &next, submit())?;
            step(tx, pen.head, moment(2), &next, approve())?;
            self.send(tx, pen, moment(1), &next)?;
        }
        Ok(())
    }

    fn write(&mut self, tx: &mut Tx<'_>, pen: &Pen<'_>, at: Instant) -> Result<Proposal> {
        let discount = self.random.between(0, 4) * 250;
        let draft = self.draft(pen, at, discount);
        let context = acting(pen.owner, at);
        proposals::create(tx, &context, &pen.deal.id, draft)
    }

    fn send(
        &mut self,
        tx: &mut Tx<'_>,
        pen: &Pen<'_>,
        at: Instant,
        proposal: &Proposal,
    ) -> Result<()> {
        let channels = [ProposalChannel::Email, ProposalChannel::Meeting];
        let send = SendProposal {
            sent_on: None,
            contact_id: None,
            channel: *self.random.pick(&channels),
        };
        let sent = step(tx, pen.owner, at, proposal, ProposalCommand::Send(send))?;
        self.sent.insert(pen.deal.id.clone(), sent.id);
        Ok(())
    }

    /// An offer about the amount of the deal: the product, and the work that goes with it.
    fn draft(&mut self, pen: &Pen<'_>, at: Instant, discount: i64) -> ProposalDraft {
        let Some(amount) = pen.deal.amount else {
            return ProposalDraft::default();
        };
        let rate = match pen.owner.sells {
            Some(Region::Europe) => Percent::whole(19),
            Some(Region::East) => Percent::whole(20),
            _ => Percent::default(),
        };
        let days = self.random.between(3, 12);
        let services = amount.minor / 8;
        let share = |minor: i64, parts: i64| Money::new(minor / parts, amount.currency);
        let name = pen.deal.product_name.clone();
        let (work, hours) = self.random.pick(&SERVICES);
        let lines = vec![
            ProposalLineDraft {
                product_id: pen.deal.product_id.clone(),
                title: name.unwrap_or_else(|| pen.deal.title.clone()),
                quantity: Quantity::whole(1),
                unit_price: Some(share(amount.minor - services, 1)),
                discount: Percent::from_units(discount),
                vat_rate: Some(rate),
                ..ProposalLineDraft::default()
            },
            ProposalLineDraft {
                title: told(work, pen.in_russian).to_owned(),
                unit: Some(told(hours, pen.in_russian).to_owned()),
                quantity: Quantity::whole(days),
                unit_price: Some(share(services, days)),
                vat_rate: Some(rate),
                ..ProposalLineDraft::default()
            },
        ];
        ProposalDraft {
            contact_id: pen.deal.contact_id.clone(),
            currency: Some(amount.currency),
            valid_until: Some(at.date_naive() + Days::new(60)),
            introduction: Some(told(self.random.pick(&INTRODUCTIONS), pen.in_russian).to_owned()),
            terms: Some(told(self.random.pick(&TERMS), pen.in_russian).to_owned()),
            lines,
        }
    }
}

fn step(
    tx: &mut Tx<'_>,
    person: &Person,
    at: Instant,
    proposal: &Proposal,
    command: ProposalCommand,
) -> Result<Proposal> {
    let context: Context = acting(person, at);
    proposals::execute(tx, &context, &proposal.id, None, &command)
}

fn comment(text: &str) -> VisaComment {
    VisaComment {
        comment: Some(text.to_owned()),
    }
}

fn submit() -> ProposalCommand {
    ProposalCommand::Submit(VisaComment::default())
}

fn approve() -> ProposalCommand {
    ProposalCommand::Decide(VisaDecision::Approved, VisaComment::default())
}
