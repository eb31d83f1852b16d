//! What was done in the steps of the process: the deals that are still in work have what led them to
//! their stage, and this morning some steps of it are done, some are late, and some hold the deal up.

use chrono::{Duration, NaiveDate};
use etalon_domain::competitor::{ConcessionDraft, DealCompetitorDraft, Threat};
use etalon_domain::deal::{Deal, DealCommand, DealStatus, MoveDeal};
use etalon_domain::error::ErrorCode;
use etalon_domain::id::{AccountId, ContactId, DealId, UserId};
use etalon_domain::key_contact::{DecisionRole, Influence, KeyContactDraft, Loyalty, Motivator};
use etalon_domain::process::{
    Confidence, GuideQuery, GuideStep, MinutesItem, Pursuit, Side, StepInput, StepKind, StepState,
};
use etalon_domain::team::{TeamMemberDraft, TeamRole};
use etalon_domain::time::Instant;
use etalon_domain::user::Language;
use etalon_domain::visa::{VisaComment, VisaDecision};
use etalon_persistence::deals::parts::{competitors, concessions, key_contacts, steps, team};
use etalon_persistence::{Context, Error, Result, Tx, deals};

use crate::accounts::Region;
use crate::answers::{self, answer_to};
use crate::company::{World, acting};
use crate::course::STAGES;
use crate::people::Person;
use crate::random::Random;
use crate::texts::{STRENGTHS, WEAKNESSES, told};

/// Does the steps beside the course of the deals.
pub(crate) struct Work<'a> {
    world: &'a World,
    random: Random,
}

/// A deal in work and who works on it.
struct Desk<'a> {
    owner: &'a Person,
    head: Option<&'a Person>,
    deal: Deal,
    in_russian: bool,
}

impl<'a> Work<'a> {
    pub(crate) fn new(world: &'a World, seed: u64) -> Self {
        Self {
            world,
            random: Random::new(seed),
        }
    }

    /// Does what the present stage asks before a deal goes on from it.
    pub(crate) fn before(
        &mut self,
        tx: &mut Tx<'_>,
        id: &DealId,
        at: Instant,
        command: &DealCommand,
    ) -> Result<()> {
        let DealCommand::Move(to) = command else {
            return Ok(());
        };
        let Some(desk) = self.desk(tx, id, at)? else {
            return Ok(());
        };
        let place = |code: &str| STAGES.iter().position(|stage| *stage == code);
        if place(&to.stage) > place(&desk.deal.stage) {
            self.finish(tx, &desk, at, usize::MAX)?;
        }
        Ok(())
    }

    /// The same move by the head, who passes what is not met and says why; `None` when there is no head.
    pub(crate) fn overridden(
        &self,
        owner: usize,
        command: &DealCommand,
    ) -> Option<(usize, DealCommand)> {
        let DealCommand::Move(to) = command else {
            return None;
        };
        let region = self.world.people[owner].sells?;
        let head = self.world.head(region)?;
        let reason = told(&answers::OVERRIDE, region == Region::East).to_owned();
        Some((
            head,
            DealCommand::Move(MoveDeal {
                override_reason: Some(reason),
                ..to.clone()
            }),
        ))
    }

    /// What lies on the desks this morning.
    pub(crate) fn this_morning(
        &mut self,
        tx: &mut Tx<'_>,
        deals: &[DealId],
        today: NaiveDate,
    ) -> Result<()> {
        let now = crate::midnight(today) - Duration::hours(8);
        for (turn, id) in deals.iter().enumerate() {
            let Some(desk) = self.desk(tx, id, now)? else {
                continue;
            };
            let entered = desk.deal.stage_entered_at + Duration::minutes(1);
            if entered >= now {
                continue;
            }
            deals::plan_unlocked(tx, &acting(desk.owner, entered), id)?;
            if turn % 3 == 0 {
                self.invite(tx, &desk, entered)?;
            }
            match desk.deal.stage.as_str() {
                "presentation" if turn % 2 == 0 => self.hold_presentation(tx, &desk, now)?,
                "negotiation" => self.negotiate(tx, &desk, now)?,
                _ => {
                    let done = self.random.between(0, 5) as usize;
                    self.finish(tx, &desk, now, done)?;
                }
            }
        }
        Ok(())
    }

    /// An open deal with its owner and the head of his region.
    fn desk(&self, tx: &mut Tx<'_>, id: &DealId, at: Instant) -> Result<Option<Desk<'a>>> {
        let world = self.world;
        let everybody = crate::people::administrator(&world.people)?;
        let deal = match deals::get(tx, &everybody.actor, id, at) {
            Err(Error::Domain(error)) if error.code() == ErrorCode::NotFound => return Ok(None),
            found => found?,
        };
        let owner = world
            .people
            .iter()
            .find(|person| person.actor.user_id == deal.owner_id);
        let Some(owner) = owner.filter(|_| deal.status == DealStatus::Open) else {
            return Ok(None);
        };
        let head = owner.sells.and_then(|region| world.head(region));
        Ok(Some(Desk {
            owner,
            head: head.map(|head| &world.people[head]),
            in_russian: owner.sells == Some(Region::East),
            deal,
        }))
    }

    /// Does the open steps of the present stage in their order, at most so many, spread over the days
    /// from entering it until an instant. When some are left, the last answer is unsure.
    fn finish(
        &mut self,
        tx: &mut Tx<'_>,
        desk: &Desk<'_>,
        until: Instant,
        most: usize,
    ) -> Result<()> {
        let open = open_steps(tx, desk, until)?;
        let entered = desk.deal.stage_entered_at;
        let count = open.len().min(most);
        let room = (until - entered) / (count as i32 + 1);
        for (turn, step) in open.iter().take(count).enumerate() {
            let context = Context {
                past: true,
                ..acting(desk.owner, entered + room * (turn as i32 + 1))
            };
            let is_last = count < open.len() && turn + 1 == count;
            self.perform(tx, &context, desk, step, is_last)?;
        }
        Ok(())
    }

    fn perform(
        &mut self,
        tx: &mut Tx<'_>,
        context: &Context,
        desk: &Desk<'_>,
        step: &GuideStep,
        unsure: bool,
    ) -> Result<()> {
        let say = |pair| Some(told(pair, desk.in_russian).to_owned());
        let input = match step.kind {
            StepKind::Task => StepInput {
                answer: say(&answers::CALLED),
                ..StepInput::default()
            },
            StepKind::Question => StepInput {
                answer: say(answer_to(&step.id, &mut self.random)),
                contact_id: desk.deal.contact_id.clone(),
                confidence: Some(if unsure {
                    Confidence::Unsure
                } else {
                    Confidence::Sure
                }),
                ..StepInput::default()
            },
            StepKind::Decision => StepInput {
                decision: Some(Pursuit::Pursue),
                reason: say(&answers::PURSUE),
                ..StepInput::default()
            },
            StepKind::Material => StepInput {
                answer: say(&answers::MATERIAL),
                ..StepInput::default()
            },
            StepKind::Minutes => StepInput {
                items: Some(agreed(desk, Side::Theirs, None)),
                sent: Some(true),
                ..StepInput::default()
            },
            StepKind::Document if !step.signed => StepInput {
                answer: say(&answers::DOCUMENT),
                ..StepInput::default()
            },
            StepKind::People => return self.name_people(tx, context, desk),
            StepKind::Competitors => return self.name_competitor(tx, context, desk, true),
            StepKind::Visa => return ask_for_visa(tx, context, desk, step),
            // Offers are written apart, and nothing is signed yet.
            StepKind::Document | StepKind::Proposal => return Ok(()),
        };
        steps::answer(tx, context, &desk.deal.id, &step.id, None, &input)
    }

    /// The presentation was held three days ago, and the minutes are late.
    fn hold_presentation(&mut self, tx: &mut Tx<'_>, desk: &Desk<'_>, now: Instant) -> Result<()> {
        let at = (now - Duration::days(3)).max(desk.deal.stage_entered_at + Duration::hours(2));
        let context = acting(desk.owner, at);
        for step in open_steps(tx, desk, at)? {
            if step.kind != StepKind::Minutes {
                self.perform(tx, &context, desk, &step, false)?;
            }
        }
        let draft = StepInput {
            items: Some(agreed(
                desk,
                Side::Ours,
                Some(now.date_naive() + chrono::Days::new(6)),
            )),
            ..StepInput::default()
        };
        steps::answer(tx, &context, &desk.deal.id, "send_minutes", None, &draft)
    }

    /// Two competitors, one of them not assessed yet, and what was given for what.
    fn negotiate(&mut self, tx: &mut Tx<'_>, desk: &Desk<'_>, now: Instant) -> Result<()> {
        let context = acting(desk.owner, now - Duration::days(1));
        if context.now < desk.deal.stage_entered_at {
            return Ok(());
        }
        let assessed = self.random.happens(50);
        self.name_competitor(tx, &context, desk, true)?;
        self.name_competitor(tx, &context, desk, assessed)?;
        let (gave, got) = self.random.pick(&answers::CONCESSIONS);
        let draft = ConcessionDraft {
            gave: told(gave, desk.in_russian).to_owned(),
            got: Some(told(got, desk.in_russian).to_owned()),
            allowed_by: desk.head.map(|head| head.actor.user_id.clone()),
            given_on: Some(context.now.date_naive()),
        };
        concessions::add(tx, &context, &desk.deal.id, &draft)?;
        Ok(())
    }

    /// The people of the customer with what is known of them; now and then nobody decides yet.
    fn name_people(&mut self, tx: &mut Tx<'_>, context: &Context, desk: &Desk<'_>) -> Result<()> {
        let customer = (self.world.customers.iter())
            .find(|customer| Some(&customer.id) == desk.deal.account_id.as_ref());
        let mut contacts: Vec<ContactId> = desk.deal.contact_id.iter().cloned().collect();
        for contact in customer.iter().flat_map(|customer| &customer.contacts) {
            if !contacts.contains(contact) {
                contacts.push(contact.clone());
            }
        }
        let roles = [
            (DecisionRole::DecisionMaker, Influence::High),
            (DecisionRole::TechnicalEvaluator, Influence::Medium),
            (DecisionRole::EconomicBuyer, Influence::High),
            (DecisionRole::User, Influence::Low),
        ];
        let mut above = None;
        for (contact, (role, influence)) in contacts.into_iter().zip(roles) {
            let loyalty = *self.random.pick(&[
                Some(Loyalty::Supportive),
                Some(Loyalty::Interested),
                Some(Loyalty::ActiveSupporter),
                Some(Loyalty::NotInterested),
                None,
            ]);
            let motivators = [
                Motivator::Quality,
                Motivator::Price,
                Motivator::Deadline,
                Motivator::Risk,
            ];
            let draft = KeyContactDraft {
                contact_id: Some(contact.clone()),
                role: Some(role),
                influence: Some(influence),
                loyalty,
                motivators: vec![*self.random.pick(&motivators)],
                reports_to: above.clone(),
                ..KeyContactDraft::default()
            };
            let known = key_contacts::list(tx, &context.actor, &desk.deal.id, context.now)?;
            let known = known.items.iter().find(|known| known.contact_id == contact);
            match known.map(KeyContactDraft::from) {
                Some(known) => {
                    let draft = KeyContactDraft {
                        main: known.main,
                        ..draft
                    };
                    key_contacts::replace(tx, context, &desk.deal.id, &contact, None, &draft)?;
                }
                None => {
                    key_contacts::add(tx, context, &desk.deal.id, &draft)?;
                }
            }
            above.get_or_insert(contact);
        }
        Ok(())
    }

    fn name_competitor(
        &mut self,
        tx: &mut Tx<'_>,
        context: &Context,
        desk: &Desk<'_>,
        assessed: bool,
    ) -> Result<()> {
        let known = competitors::list(tx, &context.actor, &desk.deal.id, context.now)?;
        let near: Vec<&AccountId> = (self.world.competitors.iter())
            .filter(|(region, id)| {
                Some(*region) == desk.owner.sells
                    && !known.iter().any(|entry| entry.account_id == *id)
            })
            .map(|(_, id)| id)
            .collect();
        if near.is_empty() {
            return Ok(());
        }
        let account = (*self.random.pick(&near)).clone();
        let text = |pair| assessed.then(|| told(pair, desk.in_russian).to_owned());
        let draft = DealCompetitorDraft {
            account_id: Some(account),
            strengths: text(self.random.pick(&STRENGTHS)),
            weaknesses: text(self.random.pick(&WEAKNESSES)),
            threat: assessed.then(|| {
                *self
                    .random
                    .pick(&[Threat::Low, Threat::Medium, Threat::High])
            }),
            ..DealCompetitorDraft::default()
        };
        competitors::add(tx, context, &desk.deal.id, &draft)?;
        Ok(())
    }

    /// Somebody else of the region helps with the deal.
    fn invite(&mut self, tx: &mut Tx<'_>, desk: &Desk<'_>, at: Instant) -> Result<()> {
        let Some(region) = desk.owner.sells else {
            return Ok(());
        };
        let others: Vec<UserId> = (self.world.sellers(region).into_iter())
            .map(|seller| self.world.people[seller].actor.user_id.clone())
            .filter(|user| *user != desk.deal.owner_id)
            .collect();
        if others.is_empty() {
            return Ok(());
        }
        let roles = [TeamRole::Presales, TeamRole::Engineer, TeamRole::CoOwner];
        let draft = TeamMemberDraft {
            user_id: self.random.pick(&others).clone(),
            role: *self.random.pick(&roles),
        };
        team::put(tx, &acting(desk.owner, at), &desk.deal.id, &draft)?;
        Ok(())
    }
}

fn open_steps(tx: &mut Tx<'_>, desk: &Desk<'_>, at: Instant) -> Result<Vec<GuideStep>> {
    let query = GuideQuery::default();
    let actor = &desk.owner.actor;
    let guide = deals::guide(tx, actor, &desk.deal.id, &query, Language::En, at)?;
    let mut steps = guide.steps;
    steps.retain(|step| step.state != StepState::Done);
    Ok(steps)
}

fn agreed(desk: &Desk<'_>, side: Side, due_on: Option<NaiveDate>) -> Vec<MinutesItem> {
    let item = |pair, side| MinutesItem {
        text: told(pair, desk.in_russian).to_owned(),
        side,
        due_on,
    };
    vec![
        item(&answers::AGREED[0], Side::Theirs),
        item(&answers::AGREED[1], side),
    ]
}

fn ask_for_visa(
    tx: &mut Tx<'_>,
    context: &Context,
    desk: &Desk<'_>,
    step: &GuideStep,
) -> Result<()> {
    let id = &desk.deal.id;
    steps::answer(tx, context, id, &step.id, None, &StepInput::default())?;
    let Some(head) = desk.head else { return Ok(()) };
    let approving = Context {
        past: true,
        ..acting(head, context.now + Duration::minutes(40))
    };
    let silent = VisaComment::default();
    deals::contract::decide(
        tx,
        &approving,
        id,
        &step.id,
        VisaDecision::Approved,
        &silent,
    )
}
