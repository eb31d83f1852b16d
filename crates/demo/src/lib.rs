//! The demo company, and any number of deals for benchmarks. One generator without a clock and
//! without chance: the same day and the same seed give the same company.

mod accounts;
mod activities;
mod answers;
mod bulk;
mod company;
mod course;
mod leads;
mod materials;
mod names;
mod offers;
mod people;
mod random;
mod rates;
mod targets;
mod texts;
mod work;

pub use bulk::{Bulk, BulkReport, deals};
pub use people::sign_ins;
pub use texts::SOURCES;

use chrono::{Days, Duration, NaiveDate};
use etalon_domain::auth::DemoSignIn;
use etalon_domain::deal::{DealCommand, DealStatus};
use etalon_domain::error::ErrorCode;
use etalon_domain::id::DealId;
use etalon_domain::money::Currency;
use etalon_domain::time::{Instant, from_naive};
use etalon_persistence::{Context, Db, Error, Result, Tx};
use etalon_persistence::{
    company as settings, deals as store, notifications, posts, rates as exchange, users,
};

use activities::Diary;
use company::{World, acting};
use course::Step;
use materials::Shelf;
use offers::Offers;
use random::Random;
use work::Work;

/// The password of everybody in the demo company.
pub const PASSWORD: &str = "etalon-demo-2026";

/// Name of the demo company.
pub const COMPANY: &str = "Velmora Automation";

const SEED: u64 = 0x00E7_A104;
const DEALS: usize = 230;
/// How many days ago the first deal was created: about fourteen months.
const FIRST_DEAL_DAYS: u64 = 425;
/// How many days ago the company began to use Etalon.
const START_DAYS: u64 = 440;

/// Whether nobody has been added to a database yet, so that it can take the demo company.
///
/// # Errors
/// When the database cannot be read.
pub fn is_empty(db: &Db) -> Result<bool> {
    db.read(users::is_empty)
}

/// Fills an empty database with the demo company as it stands on the morning of `today`, in one
/// transaction, and returns the sign-ins to show. `hash` makes the stored form of a password.
///
/// # Errors
/// `setup_done` when the database is not empty, or that it cannot be written.
pub fn fill(db: &Db, today: NaiveDate, hash: &dyn Fn(&str) -> String) -> Result<Vec<DemoSignIn>> {
    if !is_empty(db)? {
        return Err(ErrorCode::SetupDone.into());
    }
    let dollar = Currency::from_code("USD").ok_or_else(|| Error::Corrupt("USD".to_owned()))?;
    let hash = hash(PASSWORD);
    db.write(|tx| {
        if !users::is_empty(tx)? {
            return Err(ErrorCode::SetupDone.into());
        }
        settings::set_up(tx, COMPANY, dollar)
    })?;
    db.reload_company()?;
    db.write(|tx| fill_in(tx, today, &hash))?;
    db.people_changed();
    Ok(sign_ins())
}

fn fill_in(tx: &mut Tx<'_>, today: NaiveDate, hash: &str) -> Result<()> {
    let mut random = Random::new(SEED);
    let morning = midnight(today);
    let start = midnight(today - Days::new(START_DAYS)) + Duration::hours(8);
    let people = people::create(tx, start, hash)?;
    let administrator = acting(people::administrator(&people)?, morning);
    let (current, past): (Vec<_>, Vec<_>) = rates::until(today)
        .into_iter()
        .partition(|rate| rate.on == today);
    exchange::store(tx, &administrator, &past)?;
    let world = company::create(tx, &mut random, people, start + Duration::hours(1))?;
    let shelf = materials::create(tx, &world, start + Duration::hours(3))?;
    let mut steps = Vec::new();
    for deal in 0..DEALS {
        let created = today - Days::new(created_days_ago(deal));
        steps.extend(course::steps(&world, &mut random, deal, created, today));
    }
    let mut hands = Hands {
        diary: Diary::new(),
        offers: Offers::new(&world, SEED + 2),
        work: Work::new(&world, SEED + 3),
        shelf,
    };
    let ids = carry_out(tx, &world, steps, &mut hands)?;
    leads::create(
        tx,
        &world,
        &mut Random::new(SEED + 1),
        start + Duration::hours(2),
        today,
    )?;
    for person in &world.people {
        notifications::read_all(tx, &person.actor, morning)?;
    }
    let open: Vec<DealId> = ids.iter().flatten().cloned().collect();
    hands.offers.this_morning(tx, &open, today)?;
    hands.work.this_morning(tx, &open, today)?;
    // Today's rates come last: they value the open deals anew.
    exchange::store(tx, &administrator, &current)?;
    for id in ids.into_iter().flatten() {
        if let Ok(deal) = store::get(tx, &administrator.actor, &id, morning) {
            hands.diary.plan(tx, &world, &deal, today)?;
        }
    }
    hands.diary.plan_of_heads(tx, &world, today)?;
    targets::create(tx, &administrator, today)
}

/// Those who write what hangs on the deals.
struct Hands<'a> {
    diary: Diary,
    offers: Offers<'a>,
    work: Work<'a>,
    shelf: Shelf,
}

/// How long ago a deal was created: the company grows, so the later deals lie closer together.
fn created_days_ago(deal: usize) -> u64 {
    let left = 1.0 - deal as f64 / DEALS as f64;
    4 + ((FIRST_DEAL_DAYS - 4) as f64 * left.powf(1.3)) as u64
}

/// Does everything to all deals in the order of time, so that their numbers follow it.
fn carry_out(
    tx: &mut Tx<'_>,
    world: &World,
    mut steps: Vec<Step>,
    hands: &mut Hands<'_>,
) -> Result<Vec<Option<DealId>>> {
    steps.sort_by_key(|step| (step.at, step.deal));
    let in_work = in_work(&steps);
    let mut ids: Vec<Option<DealId>> = vec![None; DEALS];
    for (place, mut step) in steps.into_iter().enumerate() {
        let last = in_work[step.deal];
        // Of every eleventh deal in work the head lets the last move pass.
        let jump = last.filter(|last| *last == place && step.deal % 11 == 5);
        let jump = jump.and_then(|_| hands.work.overridden(step.actor, &step.command));
        let passes = jump.is_some();
        if let Some((head, command)) = jump {
            (step.actor, step.command) = (head, command);
        }
        let context = Context {
            past: !passes,
            ..acting(&world.people[step.actor], step.at)
        };
        let id = ids[step.deal].as_ref();
        if let Some(id) = id {
            if !passes {
                hands.offers.before(tx, id, step.at, &step.command)?;
            }
            if in_work[step.deal].is_some() && !passes {
                hands.work.before(tx, id, step.at, &step.command)?;
            }
        }
        let outcome = store::execute_bulk(tx, &context, id, &step.command)?;
        hands
            .diary
            .note(tx, &context, &outcome.deal, &step.command)?;
        hands
            .shelf
            .follow(tx, &context, world, &outcome.deal, &step.command)?;
        if matches!(step.command, DealCommand::Close(_)) && outcome.deal.status == DealStatus::Won {
            posts::won(tx, &context, &outcome.deal)?;
        }
        ids[step.deal] = Some(outcome.deal.id);
    }
    Ok(ids)
}

/// For every deal that stays in work, the place of its last move in all that is done.
fn in_work(steps: &[Step]) -> Vec<Option<usize>> {
    let mut last = vec![None; DEALS];
    let mut ended = [false; DEALS];
    for (place, step) in steps.iter().enumerate() {
        match &step.command {
            DealCommand::Move(_) => last[step.deal] = Some(place),
            DealCommand::Close(_) | DealCommand::Delete => ended[step.deal] = true,
            DealCommand::Reopen(_) => ended[step.deal] = false,
            _ => {}
        }
    }
    for (deal, ended) in ended.into_iter().enumerate() {
        if ended {
            last[deal] = None;
        }
    }
    last
}

fn midnight(day: NaiveDate) -> Instant {
    from_naive(day.and_time(chrono::NaiveTime::MIN))
}
