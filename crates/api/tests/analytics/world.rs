//! A small company with a past that the tests know by heart, because they made it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Duration, NaiveDate, TimeZone as _, Utc};
use etalon_domain::account::AccountDraft;
use etalon_domain::deal::{
    CloseDeal, Deal, DealCategory, DealCommand, DealDraft, DealStatus, ForecastCategory, MoveDeal,
    Outcome, ReopenDeal,
};
use etalon_domain::id::{AccountId, DealId, UserId};
use etalon_domain::money::{Currency, Money};
use etalon_domain::page::Any;
use etalon_domain::policy::Actor;
use etalon_domain::rate::ExchangeRate;
use etalon_domain::record::RecordCommand;
use etalon_domain::team::{TeamMemberDraft, TeamRole};
use etalon_persistence::deals::parts::team;
use etalon_persistence::{Context, accounts, deals, rates};

use crate::support::TestApp;

pub type Instant = DateTime<Utc>;

pub const PEOPLE: [&str; 4] = ["north", "north2", "south", "north.head"];
pub const SOURCES: [&str; 3] = ["fair", "site", "partner"];

/// The rates of the euro, in dollars, from their days on.
const RATES: [(&str, f64); 3] = [
    ("2026-01-01", 1.10),
    ("2026-02-10", 1.25),
    ("2026-03-20", 0.95),
];

/// Numbers that are the same for a seed.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }

    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len() as u64) as usize]
    }
}

/// The usual seed of a test, or another that `ETALON_TEST_SEED` adds to it: every seed must do.
pub fn seed(usual: u64) -> u64 {
    let more = std::env::var("ETALON_TEST_SEED").ok();
    usual + more.and_then(|text| text.parse().ok()).unwrap_or(0)
}

/// A deal from one change to the next, as the command answered.
#[derive(Clone, Debug)]
pub struct State {
    pub since: Instant,
    pub deal: Deal,
    pub industry: Option<String>,
}

/// What happened to one deal.
#[derive(Clone, Debug)]
pub struct History {
    pub states: Vec<State>,
    pub touches: Vec<Instant>,
}

pub struct World {
    pub app: TestApp,
    pub histories: BTreeMap<DealId, History>,
    pub accounts: Vec<(AccountId, Option<String>)>,
    /// Who is on the team of which deal.
    pub teams: BTreeSet<(DealId, UserId)>,
    pub now: Instant,
}

pub fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::from_code("USD").unwrap())
}

pub fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::from_code("EUR").unwrap())
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn start() -> Instant {
    Utc.with_ymd_and_hms(2026, 1, 5, 8, 0, 0).unwrap()
}

/// The rate of a day, as a reader would look it up.
pub fn rate_on(on: NaiveDate) -> f64 {
    let known = RATES.iter().filter(|(from, _)| day(from) <= on);
    known.max_by_key(|(from, _)| day(from)).unwrap().1
}

impl World {
    pub fn new(app: TestApp) -> Self {
        let mut world = Self {
            app,
            histories: BTreeMap::new(),
            accounts: Vec::new(),
            teams: BTreeSet::new(),
            now: start(),
        };
        let context = world.context("admin");
        let quotes: Vec<ExchangeRate> = (RATES.iter())
            .map(|(on, rate)| ExchangeRate {
                base: Currency::from_code("EUR").unwrap(),
                currency: Currency::from_code("USD").unwrap(),
                on: day(on),
                rate: *rate,
                source: "test".into(),
            })
            .collect();
        // The rates are known from the beginning, those of later days too.
        let late = Context {
            now: Utc.with_ymd_and_hms(2026, 6, 1, 0, 0, 0).unwrap(),
            ..context.clone()
        };
        let db = world.app.state.db().clone();
        db.write(|tx| rates::store(tx, &late, &quotes)).unwrap();
        for industry in [Some("mining"), Some("food"), None] {
            let draft = AccountDraft {
                industry: industry.map(str::to_owned),
                ..AccountDraft::named(format!("Account {industry:?}"))
            };
            let command = RecordCommand::create(draft);
            let made = db.write(|tx| accounts::execute(tx, &context, None, None, &command));
            world
                .accounts
                .push((made.unwrap().id, industry.map(str::to_owned)));
        }
        world
    }

    pub fn context(&self, who: &str) -> Context {
        Context {
            now: self.now,
            ..self.app.context(&format!("{who}@test.example"))
        }
    }

    /// Somebody as a reader.
    pub fn actor(&self, who: &str, time_zone: &str) -> Actor {
        Actor {
            time_zone: time_zone.to_owned(),
            ..self.context(who).actor
        }
    }

    pub fn wait(&mut self, minutes: i64) {
        self.now += Duration::minutes(minutes);
    }

    /// Carries a command out and remembers what became of the deal; refusals change nothing.
    pub fn command(&mut self, id: Option<&DealId>, command: &DealCommand) -> Option<DealId> {
        let context = self.context("admin");
        let db = self.app.state.db().clone();
        let done = db.write(|tx| deals::execute(tx, &context, id, None, command));
        let outcome = done.ok()?;
        let deal = outcome.deal;
        let id = deal.id.clone();
        if outcome.changed {
            let state = State {
                since: self.now,
                industry: self.industry(deal.account_id.as_ref()),
                deal,
            };
            let history = self.histories.entry(id.clone()).or_insert_with(|| History {
                states: Vec::new(),
                touches: Vec::new(),
            });
            history.states.push(state);
        }
        Some(id)
    }

    fn industry(&self, account: Option<&AccountId>) -> Option<String> {
        let known = self.accounts.iter().find(|(id, _)| Some(id) == account);
        known.and_then(|(_, industry)| industry.clone())
    }

    /// Something is done in a deal.
    pub fn touch(&mut self, id: &DealId) {
        let (now, db) = (self.now, self.app.state.db().clone());
        db.write(|tx| deals::touch(tx, id, now, now)).unwrap();
        self.histories.get_mut(id).unwrap().touches.push(now);
    }

    /// An account is of another industry from now on.
    pub fn change_industry(&mut self, index: usize, industry: &str) {
        let (id, _) = self.accounts[index].clone();
        let context = self.context("admin");
        let db = self.app.state.db().clone();
        db.write(|tx| {
            let before = accounts::get(tx, &context.actor, &id)?;
            let draft = AccountDraft {
                industry: Some(industry.to_owned()),
                ..AccountDraft::from(&before)
            };
            accounts::execute(tx, &context, Some(&id), None, &RecordCommand::Edit(draft))
        })
        .unwrap();
        self.accounts[index].1 = Some(industry.to_owned());
        let now = self.now;
        for history in self.histories.values_mut() {
            let last = history.states.last().unwrap().clone();
            if last.deal.account_id.as_ref() == Some(&id) {
                history.states.push(State {
                    since: now,
                    industry: Some(industry.to_owned()),
                    ..last
                });
            }
        }
    }

    /// Somebody joins the team of a deal.
    pub fn join(&mut self, id: &DealId, who: &str) {
        let (context, user) = (self.context("admin"), self.user_id(who));
        let db = self.app.state.db().clone();
        let draft = TeamMemberDraft {
            user_id: user.clone(),
            role: TeamRole::Presales,
        };
        let joined = db.write(|tx| team::put(tx, &context, id, &draft));
        // What is closed or in the bin stays as it is.
        if joined.is_ok() {
            self.teams.insert((id.clone(), user));
        }
    }

    pub fn user_id(&self, who: &str) -> UserId {
        self.app.user(&format!("{who}@test.example")).id
    }

    pub fn draft(&self, dice: &mut Dice) -> DealDraft {
        let amount = 10_000 + dice.below(5_000_000) as i64;
        let expected = day("2026-01-20") + Duration::days(dice.below(150) as i64);
        DealDraft {
            title: "Line".into(),
            owner_id: Some(self.user_id(dice.pick::<&str>(&PEOPLE))),
            account_id: (dice.below(5) > 0).then(|| dice.pick(&self.accounts).0.clone()),
            amount: match dice.below(6) {
                0 => None,
                1 | 2 => Some(eur(amount)),
                _ => Some(usd(amount)),
            },
            category: (dice.below(3) > 0).then(|| *dice.pick(DealCategory::ALL)),
            source: (dice.below(4) > 0).then(|| (*dice.pick(&SOURCES)).to_owned()),
            expected_close_on: (dice.below(6) > 0).then_some(expected),
            ..DealDraft::default()
        }
    }

    /// Lets something happen to a deal.
    pub fn happen(&mut self, dice: &mut Dice, id: &DealId) {
        const STAGES: [&str; 7] = [
            "potential",
            "needs",
            "presentation",
            "key_contacts",
            "proposal",
            "negotiation",
            "contracting",
        ];
        let current = self.histories[id].states.last().unwrap().deal.clone();
        let command = match dice.below(12) {
            0..=4 => DealCommand::Move(MoveDeal {
                stage: (*dice.pick(&STAGES)).into(),
                reason: None,
                override_reason: None,
            }),
            5 | 6 => DealCommand::Close(CloseDeal {
                reason: (*dice.pick(&["price", "time"])).into(),
                rerouted_to: Some("partner".into()),
                ..CloseDeal::new(*dice.pick(&[
                    Outcome::Won,
                    Outcome::Won,
                    Outcome::Lost,
                    Outcome::Rejected,
                    Outcome::Rerouted,
                ]))
            }),
            7 => DealCommand::Reopen(ReopenDeal {
                reason: "again".into(),
                stage: (dice.below(2) == 0).then(|| (*dice.pick(&STAGES)).into()),
            }),
            8 if current.deleted_at.is_some() => DealCommand::Restore,
            8 if dice.below(2) == 0 => DealCommand::Delete,
            9 => return self.touch(id),
            10 => DealCommand::Edit(DealDraft {
                forecast_category: Some(
                    *dice.pick(&[ForecastCategory::Commit, ForecastCategory::Pipeline]),
                ),
                probability: Some(dice.below(100) as i32),
                ..self.draft(dice)
            }),
            _ => DealCommand::Edit(self.draft(dice)),
        };
        self.command(Some(id), &command);
    }

    /// A company with a past of about four months.
    pub fn lived(app: TestApp, seed: u64) -> Self {
        let mut world = Self::new(app);
        let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        for turn in 0..260 {
            world.wait(60 + dice.below(1200) as i64);
            if turn == 130 {
                world.change_industry(0, "food");
            }
            let known: Vec<DealId> = world.histories.keys().cloned().collect();
            if known.len() < 40 && (known.is_empty() || dice.below(4) == 0) {
                let draft = world.draft(&mut dice);
                world.command(None, &DealCommand::Create(draft));
            } else {
                let id = dice.pick(&known).clone();
                world.happen(&mut dice, &id);
            }
        }
        // Two of nobody's department.
        for _ in 0..2 {
            let draft = DealDraft {
                owner_id: Some(world.user_id("admin")),
                ..world.draft(&mut dice)
            };
            world.command(None, &DealCommand::Create(draft)).unwrap();
        }
        let known: Vec<DealId> = world.histories.keys().cloned().collect();
        for id in known.iter().step_by(5) {
            world.join(id, "south");
            world.join(id, "viewer");
        }
        world.wait(600);
        world
    }
}

/// Whether a deal is at work.
pub fn is_open(deal: &Deal) -> bool {
    deal.status == DealStatus::Open
}

pub fn one<T>(value: T) -> Any<T> {
    Any::one(value)
}
