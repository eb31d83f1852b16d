//! Activities and targets of the small company.

use chrono::NaiveDate;
use etalon_domain::activity::{Activity, ActivityCommand, ActivityDraft, ActivityKind};
use etalon_domain::analytics::Period;
use etalon_domain::department::DepartmentDraft;
use etalon_domain::id::{DealId, DepartmentId, UserId};

use etalon_domain::record::RecordCommand;
use etalon_domain::target::{TargetDraft, TargetDrafts};
use etalon_domain::user::{Language, Role, UserDraft};
use etalon_persistence::users::UserChange;
use etalon_persistence::{activities, departments, goals, users};

use super::world::{Dice, PEOPLE, World, day, usd};

/// Whose target: a person's or a department's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    Person(UserId),
    Department(DepartmentId),
}

/// What was entered and done besides the deals.
pub struct Office {
    pub activities: Vec<Activity>,
    pub plans: Vec<(Whose, NaiveDate, i64)>,
    /// Each department with the one above.
    pub tree: Vec<(DepartmentId, Option<DepartmentId>)>,
    /// Where each person belongs.
    pub people: Vec<(UserId, String, Option<DepartmentId>)>,
}

impl Office {
    /// Lets people work on their deals and gives them targets.
    pub fn opened(world: &mut World, seed: u64) -> Self {
        let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        share_sales(world);
        let tree = (world.app.state.db()).read(departments::tree).unwrap();
        let everybody = [
            "admin",
            "director",
            "north.head",
            "north",
            "north2",
            "south.head",
            "south",
            "viewer",
            "sales",
        ];
        let people = everybody.iter().map(|who| {
            let user = world.app.user(&format!("{who}@test.example"));
            (user.id, user.name, user.department_id)
        });
        let mut office = Self {
            activities: Vec::new(),
            plans: Vec::new(),
            tree,
            people: people.collect(),
        };
        for _ in 0..70 {
            office.work(world, &mut dice);
        }
        office.plan(world, &mut dice);
        // Something of the last day, for Pulse.
        let known: Vec<DealId> = world.histories.keys().cloned().collect();
        for _ in 0..12 {
            world.wait(20 + dice.below(60) as i64);
            let id = dice.pick(&known).clone();
            world.happen(&mut dice, &id);
        }
        world.wait(30);
        office
    }

    fn work(&mut self, world: &mut World, dice: &mut Dice) {
        world.wait(30 + dice.below(200) as i64);
        let known: Vec<DealId> = world.histories.keys().cloned().collect();
        let deal = (dice.below(4) > 0).then(|| dice.pick(&known).clone());
        let owner = world.user_id(dice.pick::<&str>(&PEOPLE));
        let due = world.now + chrono::Duration::hours(dice.below(1400) as i64 - 700);
        let is_done = dice.below(2) == 0;
        let at_hour = dice.below(2) == 0;
        let draft = ActivityDraft {
            owner_id: Some(owner),
            deal_id: deal.clone(),
            due_on: (!at_hour).then(|| due.date_naive()),
            starts_at: at_hour.then_some(due),
            done_at: is_done.then_some(world.now),
            ..ActivityDraft::new(ActivityKind::Task, "Work")
        };
        let context = world.context("admin");
        let command = ActivityCommand::Create { draft, step: None };
        let db = world.app.state.db().clone();
        // Nothing is planned on what is closed.
        let Ok(made) = db.write(|tx| activities::execute(tx, &context, None, None, &command))
        else {
            return;
        };
        if let Some(deal) = deal.filter(|_| is_done) {
            let now = world.now;
            world.histories.get_mut(&deal).unwrap().touches.push(now);
        }
        self.activities.push(made);
    }

    fn plan(&mut self, world: &World, dice: &mut Dice) {
        let department = |who: &str| {
            let user = world.app.user(&format!("{who}@test.example"));
            user.department_id.unwrap()
        };
        let holders = [
            Whose::Person(world.user_id("north")),
            Whose::Person(world.user_id("north2")),
            Whose::Person(world.user_id("south")),
            Whose::Person(world.user_id("director")),
            Whose::Department(department("south")),
            Whose::Department(department("director")),
        ];
        for month in 1..=6 {
            for holder in &holders {
                let is_rare = matches!(holder, Whose::Department(_));
                if dice.below(4) < if is_rare { 3 } else { 1 } {
                    continue;
                }
                let first = NaiveDate::from_ymd_opt(2026, month, 1).unwrap();
                let amount = dice.below(9_000_000) as i64;
                self.plans.push((holder.clone(), first, amount));
            }
        }
        let items = self.plans.iter().map(|(whose, month, amount)| {
            let (owner_id, department_id) = match whose {
                Whose::Person(id) => (Some(id.clone()), None),
                Whose::Department(id) => (None, Some(id.clone())),
            };
            TargetDraft {
                owner_id,
                department_id,
                month: *month,
                amount: Some(usd(*amount)),
                version: Some(0),
            }
        });
        let drafts = TargetDrafts {
            items: items.collect(),
        };
        let context = world.context("admin");
        let db = world.app.state.db();
        db.write(|tx| goals::replace(tx, &context, &drafts))
            .unwrap();
    }

    /// Where somebody belongs.
    pub fn home(&self, person: &UserId) -> Option<&DepartmentId> {
        let found = self.people.iter().find(|(id, ..)| id == person);
        found.and_then(|(.., home)| home.as_ref())
    }
}

/// The people of Sales see each other's deals from now on, but not those of the departments below; one of
/// them is `sales@`.
fn share_sales(world: &World) {
    let context = world.context("admin");
    let sales = world
        .app
        .user("director@test.example")
        .department_id
        .unwrap();
    let db = world.app.state.db();
    let shared = RecordCommand::Edit(DepartmentDraft {
        name: "Sales".into(),
        parent_id: None,
        share_deals: true,
    });
    db.write(|tx| departments::execute(tx, &context, Some(&sales), None, &shared))
        .unwrap();
    let person = UserDraft {
        name: "sales".into(),
        email: Some("sales@test.example".into()),
        role: Role::Manager,
        department_id: Some(sales),
        manager_id: None,
        active: true,
        language: Language::En,
        time_zone: "UTC".into(),
        password: None,
    };
    let change = UserChange {
        command: RecordCommand::create(person),
        password_hash: None,
    };
    db.write(|tx| users::execute(tx, &context, None, None, &change))
        .unwrap();
}

/// The days on which everything of the small company lies.
pub fn half_year() -> Period {
    Period {
        from: day("2026-01-01"),
        to: day("2026-06-30"),
    }
}
