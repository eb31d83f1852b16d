//! The course of one deal: what its owner, and now and then the head, did to it and when.

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Weekday};
use etalon_domain::deal::{
    CloseDeal, DealCategory, DealCommand, DealDraft, DealType, ForecastCategory, MoveDeal, Need,
    Outcome, ReopenDeal,
};
use etalon_domain::id::AccountId;
use etalon_domain::money::{Currency, Money};
use etalon_domain::time::{Instant, from_naive};

use crate::accounts::Tongue;
use crate::company::{Customer, World};
use crate::random::Random;
use crate::rates::offer;
use crate::texts::{
    self, LOST, NEEDS, PRODUCTS, REJECTED, REOPENED, REROUTED, RETURNS, SOURCES, STRENGTHS,
    TACTICS, WEAKNESSES, WON, told,
};

/// Something that was done to a deal.
pub(crate) struct Step {
    /// When.
    pub at: Instant,
    /// To which deal, counted from 0.
    pub deal: usize,
    /// By which of the people.
    pub actor: usize,
    /// What.
    pub command: DealCommand,
}

/// The stages of the work, in order.
pub(crate) const STAGES: [&str; 7] = [
    "potential",
    "needs",
    "presentation",
    "key_contacts",
    "proposal",
    "negotiation",
    "contracting",
];

/// How many days a deal of ordinary pace stays in each stage.
const STAYS: [i64; 7] = [6, 12, 12, 10, 18, 18, 20];

/// How a deal goes on if there is time enough: it ends, or it is forgotten in some stage.
#[derive(Clone, Copy, PartialEq)]
enum Fate {
    Ends(Outcome),
    Stalls,
}

/// The steps of a deal that was created on a day, up to the day before `today`.
pub(crate) fn steps(
    world: &World,
    random: &mut Random,
    deal: usize,
    created: NaiveDate,
    today: NaiveDate,
) -> Vec<Step> {
    let customer = random.pick(&world.customers);
    let owner = if random.happens(80) {
        customer.owner
    } else {
        *random.pick(&world.sellers(customer.region))
    };
    let fate = match random.between(1, 100) {
        1..=38 => Fate::Ends(Outcome::Won),
        39..=70 => Fate::Ends(Outcome::Lost),
        71..=80 => Fate::Ends(Outcome::Rejected),
        81..=86 => Fate::Ends(Outcome::Rerouted),
        _ => Fate::Stalls,
    };
    let leaves_from = match fate {
        Fate::Ends(Outcome::Won) => 6,
        Fate::Ends(Outcome::Lost) | Fate::Stalls => random.between(1, 6),
        Fate::Ends(Outcome::Rejected) => random.between(0, 2),
        Fate::Ends(Outcome::Rerouted) => random.between(0, 3),
    };
    let mut course = Course {
        world,
        customer,
        deal,
        owner,
        in_russian: customer.tongue == Tongue::Russian,
        dollars: 0,
        pace: random.between(55, 150),
        draft: DealDraft::default(),
        stage: 0,
        day: created,
        at: Instant::default(),
        today,
        over: false,
        closed: false,
        steps: Vec::new(),
        random,
    };
    course.begin();
    course.work(leaves_from as usize);
    if let Fate::Ends(outcome) = fate {
        course.end(outcome);
    }
    course.rest();
    course.steps
}

struct Course<'a> {
    world: &'a World,
    customer: &'a Customer,
    deal: usize,
    owner: usize,
    in_russian: bool,
    /// What it is worth, in US dollars.
    dollars: i64,
    /// How slow it is, in percent of the ordinary stays.
    pace: i64,
    /// The form as the last edit left it.
    draft: DealDraft,
    stage: usize,
    day: NaiveDate,
    at: Instant,
    today: NaiveDate,
    /// Whether the course has reached today.
    over: bool,
    closed: bool,
    steps: Vec<Step>,
    random: &'a mut Random,
}

impl<'a> Course<'a> {
    fn begin(&mut self) {
        self.wait(0);
        let product = self.random.index(PRODUCTS.len());
        let good = &PRODUCTS[product];
        let title = told(self.random.pick(&good.titles), self.in_russian);
        let category = match self.customer.employees {
            n if n > 2500 && self.random.happens(60) => DealCategory::Enterprise,
            n if n > 700 || self.random.happens(30) => DealCategory::Medium,
            _ => DealCategory::Small,
        };
        let size = match category {
            DealCategory::Enterprise => self.random.between(250, 900),
            DealCategory::Medium => self.random.between(80, 260),
            DealCategory::Small => self.random.between(35, 100),
        };
        self.dollars = good.price * size / 100;
        let source = *self.random.pick(&SOURCES);
        let planned = self.random.between(60, 130);
        let contact = self.random.index(self.customer.contacts.len().max(1));
        let known = |random: &mut Random, percent| random.happens(percent);
        self.draft = DealDraft {
            title: title.replace("{}", self.customer.city),
            account_id: known(self.random, 95).then(|| self.customer.id.clone()),
            contact_id: None,
            product_id: known(self.random, 88).then(|| self.world.products[product].clone()),
            deal_type: Some(match source {
                "Partner" => DealType::Partner,
                _ => DealType::Direct,
            }),
            category: known(self.random, 75).then_some(category),
            source: Some(source.to_owned()),
            expected_close_on: known(self.random, 85).then(|| self.later(planned)),
            next_step_on: Some(self.later(5)),
            ..DealDraft::default()
        };
        if self.draft.account_id.is_some() && self.random.happens(80) {
            self.draft.contact_id = self.customer.contacts.get(contact).cloned();
        }
        if self.random.happens(75) {
            self.draft.amount = Some(self.worth(100));
        }
        self.add(self.owner, DealCommand::Create(self.draft.clone()));
    }

    /// Goes through the stages up to one.
    fn work(&mut self, last: usize) {
        while self.stage < last && !self.over {
            self.wait(STAYS[self.stage]);
            self.fill_in();
            self.push_date();
            let skips = self.stage == 2 && last > 3 && self.random.happens(12);
            self.go_to(self.stage + if skips { 2 } else { 1 }, None);
            if self.stage >= 3 && self.random.happens(6) {
                self.wait(8);
                let reason = told(self.random.pick(&RETURNS), self.in_russian);
                self.go_to(self.stage - 1, Some(reason));
            }
            if self.random.happens(2) {
                self.hand_over();
            }
        }
        self.wait(STAYS[self.stage]);
        self.fill_in();
    }

    /// Enters what is found out in the present stage.
    fn fill_in(&mut self) {
        let russian = self.in_russian;
        match self.stage {
            0 => {
                self.draft.amount = self.draft.amount.or(Some(self.worth(100)));
            }
            1 => {
                let (kind, text) = self.random.pick(&NEEDS);
                self.draft.need = Some(Need {
                    kind: Some((*kind).to_owned()),
                    text: told(text, russian).to_owned(),
                });
            }
            3 => {
                let percent = self.random.between(85, 120);
                self.draft.budget = Some(self.worth(percent));
                let days = self.random.between(25, 60);
                self.draft.decision_on = Some(self.later(days));
            }
            4 => {
                let percent = self.random.between(88, 112);
                self.draft.amount = Some(self.worth(percent));
            }
            5 => {
                let text = |random: &mut Random, of: &[texts::Pair]| {
                    Some(told(random.pick(of), russian).to_owned())
                };
                self.draft.tactic = text(self.random, &TACTICS);
                self.draft.own_strengths = text(self.random, &STRENGTHS);
                self.draft.own_weaknesses = text(self.random, &WEAKNESSES);
                self.draft.tactic_review_on = Some(self.later(14));
                if self.random.happens(20) {
                    self.draft.probability = Some(self.random.between(10, 18) as i32 * 5);
                    self.draft.forecast_category = Some(ForecastCategory::Commit);
                }
            }
            _ => {}
        }
        let days = self.random.between(4, 16);
        self.draft.next_step_on = Some(self.later(days));
        self.edit();
    }

    /// Moves the expected date when it has come too near.
    fn push_date(&mut self) {
        let near = self.later(14);
        if self.draft.expected_close_on.is_some_and(|on| on < near) && self.random.happens(70) {
            let days = self.random.between(30, 60);
            self.draft.expected_close_on = Some(self.later(days));
            self.edit();
        }
    }

    /// The head gives the deal to another manager of the region.
    fn hand_over(&mut self) {
        let Some(head) = self.world.head(self.customer.region) else {
            return;
        };
        let others: Vec<usize> = (self.world.sellers(self.customer.region).into_iter())
            .filter(|seller| *seller != self.owner)
            .collect();
        if others.is_empty() || self.over {
            return;
        }
        let new = *self.random.pick(&others);
        let draft = DealDraft {
            owner_id: Some(self.world.people[new].actor.user_id.clone()),
            ..self.draft.clone()
        };
        self.add(head, DealCommand::Edit(draft));
        self.owner = new;
    }

    fn end(&mut self, outcome: Outcome) {
        let reasons: &[texts::Pair] = match outcome {
            Outcome::Won => &WON,
            Outcome::Lost => &LOST,
            Outcome::Rejected => &REJECTED,
            Outcome::Rerouted => &REROUTED,
        };
        let reason = told(self.random.pick(reasons), self.in_russian).to_owned();
        let discount = outcome == Outcome::Won && self.random.happens(30);
        let lost_to_somebody = outcome == Outcome::Lost && self.random.happens(65);
        let asks_again = outcome == Outcome::Lost && self.random.happens(40);
        let close = CloseDeal {
            outcome,
            reason,
            amount: discount.then(|| self.worth(93)),
            winner_account_id: lost_to_somebody.then(|| self.competitor()),
            beaten_account_id: (outcome == Outcome::Won && self.deal % 5 < 3)
                .then(|| self.beaten())
                .flatten(),
            rerouted_to: (outcome == Outcome::Rerouted)
                .then(|| self.world.partner(self.customer.region).to_owned()),
            next_contact_on: asks_again.then(|| self.later(180)),
            ..CloseDeal::new(outcome)
        };
        self.add(self.owner, DealCommand::Close(close));
        self.closed = !self.over;
        if outcome == Outcome::Lost && self.deal % 9 == 4 {
            self.reopen();
        }
    }

    fn reopen(&mut self) {
        let Some(head) = self.world.head(self.customer.region) else {
            return;
        };
        self.wait(30);
        let reason = told(self.random.pick(&REOPENED), self.in_russian).to_owned();
        let command = DealCommand::Reopen(ReopenDeal {
            reason,
            stage: None,
        });
        self.add(head, command);
        self.closed = self.closed && self.over;
    }

    /// What happens to an open deal in the last days: most are looked after, a few are in the bin.
    fn rest(&mut self) {
        if self.closed {
            return;
        }
        let ago = self.random.between(1, 6) as u64;
        let recent = working_day_before(self.today, ago);
        let was_over = self.over;
        let last = self.steps.last().map(|step| step.at.date_naive());
        if last.is_none_or(|last| last >= recent) {
            return;
        }
        self.over = false;
        self.day = recent;
        self.at = self.clock(recent);
        if self.deal % 23 == 11 {
            self.add(self.owner, DealCommand::Delete);
            return;
        }
        if !was_over || self.random.happens(20) {
            return;
        }
        let soon = self.random.between(1, 15);
        self.draft.next_step_on = Some(self.later(soon));
        let late = self
            .draft
            .expected_close_on
            .is_some_and(|on| on < self.today);
        if late && self.random.happens(75) {
            let days = self.random.between(14, 75);
            self.draft.expected_close_on = Some(self.later(days));
        }
        self.edit();
    }

    fn go_to(&mut self, stage: usize, reason: Option<&str>) {
        let command = DealCommand::Move(MoveDeal {
            stage: STAGES[stage].to_owned(),
            reason: reason.map(str::to_owned),
            override_reason: None,
        });
        self.add(self.owner, command);
        self.stage = stage;
    }

    fn edit(&mut self) {
        self.add(self.owner, DealCommand::Edit(self.draft.clone()));
    }

    fn add(&mut self, actor: usize, command: DealCommand) {
        if self.over {
            return;
        }
        self.steps.push(Step {
            at: self.at,
            deal: self.deal,
            actor,
            command,
        });
        let minutes = self.random.between(2, 25);
        self.at += chrono::Duration::seconds(minutes * 60 + self.random.between(0, 59));
    }

    /// Lets so many ordinary days pass, by the pace of this deal, to a working day.
    fn wait(&mut self, days: i64) {
        let days = if days == 0 {
            0
        } else {
            (days * self.pace * self.random.between(60, 140) / 10_000).max(1)
        };
        let mut day = self.later(days);
        while matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
            day = day + Days::new(1);
        }
        self.day = day;
        self.at = self.clock(day);
        self.over = self.over || day >= self.today;
    }

    /// A moment in the office hours of a day.
    fn clock(&mut self, day: NaiveDate) -> Instant {
        let seconds = self.random.between(7 * 3600, 16 * 3600) as u32;
        let time = NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0).unwrap_or_default();
        from_naive(day.and_time(time))
    }

    fn later(&self, days: i64) -> NaiveDate {
        self.day + Days::new(days.max(0) as u64)
    }

    /// So many percent of what the deal is worth, in the customer's currency.
    fn worth(&self, percent: i64) -> Money {
        let base = self.world.base;
        let currency = Currency::from_code(self.customer.currency).unwrap_or(base);
        offer(self.dollars * percent / 100, currency)
    }

    fn competitors(&self) -> Vec<&'a AccountId> {
        (self.world.competitors.iter())
            .filter(|(region, _)| *region == self.customer.region)
            .map(|(_, account)| account)
            .collect()
    }

    fn competitor(&mut self) -> AccountId {
        let near = self.competitors();
        (*self.random.pick(&near)).clone()
    }

    /// Against whom the deal was won.
    fn beaten(&self) -> Option<AccountId> {
        let near = self.competitors();
        let place = self.deal.checked_rem(near.len())?;
        near.get(place).map(|account| (*account).clone())
    }
}

/// The working day so many days before a day, or the last one before that.
fn working_day_before(day: NaiveDate, days: u64) -> NaiveDate {
    let mut day = day - Days::new(days);
    while matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
        day = day - Days::new(1);
    }
    day
}
