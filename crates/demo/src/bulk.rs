//! Any number of deals for benchmarks and tests of scale.

use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::{Days, Duration, NaiveDate};
use etalon_domain::account::AccountDraft;
use etalon_domain::deal::{DealCategory, DealCommand, DealDraft, ImportDeal, ImportedVisit};
use etalon_domain::department::DepartmentDraft;
use etalon_domain::event::Via;
use etalon_domain::id::{AccountId, DealId, DepartmentId, ImportId, ProductId, UserId};
use etalon_domain::money::{Currency, Money};
use etalon_domain::product::ProductFilter;
use etalon_domain::record::RecordCommand;
use etalon_domain::time::Instant;
use etalon_domain::user::{Language, Role, UserDraft, UserFilter};
use etalon_persistence::users::UserChange;
use etalon_persistence::{
    Backend, Context, Db, Error, Result, Tx, accounts, deals as store, departments, products, users,
};

use crate::accounts::{COMPANIES, Tongue};
use crate::names::full_name;
use crate::random::Random;
use crate::texts::{PRODUCTS, SOURCES, told};

/// How many deals to make, and of what kind.
#[derive(Clone, Copy, Debug)]
pub struct Bulk {
    /// How many deals.
    pub count: usize,
    /// Where the numbers begin; the same seed gives the same deals.
    pub seed: u64,
    /// The day on whose morning they stand.
    pub today: NaiveDate,
    /// Over how many days before it they were created.
    pub days: u32,
    /// How many of a hundred deals went through the stages one by one; the others have one stay.
    pub moved_percent: u8,
    /// How many managers to add, ten to a department.
    pub people: usize,
    /// How many accounts to add.
    pub accounts: usize,
    /// How many deals go into one transaction.
    pub chunk: usize,
}

impl Bulk {
    /// So many deals of five years with a manager for every 1,500 and an account for every 25 of them, all
    /// with their way through the stages: about six versions a deal. A deal takes between three weeks and
    /// eight months, so that some seven of a hundred are open.
    #[must_use]
    pub fn new(count: usize, seed: u64, today: NaiveDate) -> Self {
        Self {
            count,
            seed,
            today,
            days: 1826,
            moved_percent: 100,
            people: (count / 1500).max(4),
            accounts: (count / 25).max(10),
            chunk: 2500,
        }
    }
}

/// What was made.
#[derive(Clone, Debug)]
pub struct BulkReport {
    /// The deals, in no particular order.
    pub deals: Vec<DealId>,
    /// Who owns them.
    pub owners: Vec<UserId>,
    /// The accounts with their names.
    pub accounts: Vec<(AccountId, String)>,
}

/// What deals of one run refer to.
struct Base {
    context: Context,
    import_id: ImportId,
    owners: Vec<UserId>,
    accounts: Vec<(AccountId, String)>,
    products: Vec<ProductId>,
}

/// Adds departments, managers, accounts and any number of deals to a database in which there is an
/// administrator. On PostgreSQL several connections write at once, so numbers may differ between
/// runs; everything else follows from the seed.
///
/// # Errors
/// When there is no administrator, or the database cannot be written.
pub fn deals(db: &Db, bulk: &Bulk) -> Result<BulkReport> {
    let base = db.write(|tx| base(tx, bulk))?;
    db.people_changed();
    let chunk = bulk.chunk.max(1);
    let chunks = bulk.count.div_ceil(chunk);
    let writers = match db.backend() {
        Backend::Sqlite => 1,
        Backend::Postgres => 4,
    };
    let next = AtomicUsize::new(0);
    let work = || -> Result<Vec<DealId>> {
        let mut made = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= chunks {
                return Ok(made);
            }
            let size = chunk.min(bulk.count - index * chunk);
            made.extend(db.write(|tx| fill_chunk(tx, bulk, &base, index, size))?);
        }
    };
    let results: Vec<Result<Vec<DealId>>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..writers).map(|_| scope.spawn(work)).collect();
        let broken = || Err(Error::Pool("a writer of the generator panicked".to_owned()));
        (threads.into_iter())
            .map(|thread| thread.join().unwrap_or_else(|_| broken()))
            .collect()
    });
    let mut all = Vec::with_capacity(bulk.count);
    for made in results {
        all.extend(made?);
    }
    Ok(BulkReport {
        deals: all,
        owners: base.owners,
        accounts: base.accounts,
    })
}

fn base(tx: &mut Tx<'_>, bulk: &Bulk) -> Result<Base> {
    let filter = UserFilter {
        role: etalon_domain::page::Any(vec![Role::Admin]),
        active: Some(true),
        ..UserFilter::default()
    };
    let administrators = users::list(tx, &filter)?.items;
    let administrator = administrators
        .first()
        .ok_or_else(|| Error::Corrupt("there is no administrator".to_owned()))?;
    let context = Context {
        actor: users::actor_of(tx, administrator)?,
        via: Via::Import,
        request_id: None,
        now: crate::midnight(bulk.today),
        past: true,
        passing: None,
    };
    let mut random = Random::new(bulk.seed);
    let owners = managers(tx, &mut random, &context, bulk)?;
    let products = products::list(tx, &ProductFilter::default())?;
    Ok(Base {
        import_id: ImportId::new(format!("bulk-{:016x}", bulk.seed)),
        accounts: customers(tx, &mut random, &context, bulk, &owners)?,
        products: products.items.into_iter().map(|p| p.id).collect(),
        owners,
        context,
    })
}

/// Adds departments below the first one, and their managers.
fn managers(
    tx: &mut Tx<'_>,
    random: &mut Random,
    context: &Context,
    bulk: &Bulk,
) -> Result<Vec<UserId>> {
    let root = departments::find(tx, None, "Sales")?;
    let mut owners = Vec::with_capacity(bulk.people);
    let mut department: Option<DepartmentId> = None;
    for index in 0..bulk.people.max(1) {
        if index % 10 == 0 {
            let draft = DepartmentDraft {
                name: format!("Team {:02}-{:x}", index / 10 + 1, bulk.seed),
                parent_id: root.clone(),
                share_deals: index % 20 == 0,
            };
            let command = RecordCommand::create(draft);
            let made = departments::execute(tx, context, None, None, &command)?;
            department = Some(made.id);
        }
        let draft = UserDraft {
            name: full_name(random, Tongue::English),
            email: None,
            role: Role::Manager,
            department_id: department.clone(),
            manager_id: None,
            active: true,
            language: Language::En,
            time_zone: "UTC".to_owned(),
            password: None,
        };
        let change = UserChange {
            command: RecordCommand::create(draft),
            password_hash: None,
        };
        owners.push(users::execute(tx, context, None, None, &change)?.id);
    }
    Ok(owners)
}

#[rustfmt::skip]
const FIRST: [&str; 20] = [
    "Northern", "Amber", "Granite", "Silver", "Highland", "Eastgate", "Copper", "Lakeside", "Summit", "Harbor",
    "Северный", "Янтарный", "Уральский", "Степной", "Речной", "Новый", "Волжский", "Горный", "Южный", "Лесной",
];
#[rustfmt::skip]
const SECOND: [&str; 20] = [
    "Foundry", "Mills", "Chemicals", "Logistics", "Foods", "Paper", "Mining", "Textiles", "Motors", "Glass",
    "завод", "комбинат", "элеватор", "рудник", "терминал", "водоканал", "цемент", "прокат", "текстиль", "химпром",
];

fn customers(
    tx: &mut Tx<'_>,
    random: &mut Random,
    context: &Context,
    bulk: &Bulk,
    owners: &[UserId],
) -> Result<Vec<(AccountId, String)>> {
    let mut made = Vec::with_capacity(bulk.accounts);
    for index in 0..bulk.accounts.max(1) {
        // English words go with English ones, Russian with Russian.
        let half = if random.happens(65) { 0 } else { 10 };
        let first = FIRST[half + random.index(10)];
        let second = SECOND[half + random.index(10)];
        let like = random.pick(COMPANIES);
        let draft = AccountDraft {
            industry: Some(like.industry.to_owned()),
            country: Some(like.country.to_owned()),
            city: Some(like.city.to_owned()),
            owner_id: Some(random.pick(owners).clone()),
            ..AccountDraft::named(format!("{first} {second} {:05}", index + 1))
        };
        let name = draft.name.clone();
        let command = RecordCommand::create(draft);
        let account = accounts::execute(tx, context, None, None, &command)?;
        made.push((account.id, name));
    }
    Ok(made)
}

fn fill_chunk(
    tx: &mut Tx<'_>,
    bulk: &Bulk,
    base: &Base,
    index: usize,
    size: usize,
) -> Result<Vec<DealId>> {
    let mut random = Random::new(bulk.seed ^ (index as u64 + 1).wrapping_mul(0x00D1_B54A_32D1));
    let mut ids = Vec::with_capacity(size);
    for _ in 0..size {
        let command = DealCommand::Import(Box::new(deal(tx, &mut random, bulk, base)));
        ids.push(
            store::execute_bulk(tx, &base.context, None, &command)?
                .deal
                .id,
        );
    }
    Ok(ids)
}

fn deal(tx: &Tx<'_>, random: &mut Random, bulk: &Bulk, base: &Base) -> ImportDeal {
    let good = random.pick(&PRODUCTS);
    let title = told(random.pick(&good.titles), random.happens(35));
    let title = title.replace("{}", random.pick(COMPANIES).city);
    let created = bulk.today - Days::new(random.between(3, i64::from(bulk.days).max(3)) as u64);
    let visits = visits(tx, random, bulk, crate::midnight(created));
    let ended = visits
        .last()
        .and_then(|visit| tx.company.stages.get(&visit.stage))
        .is_some_and(|stage| !stage.is_open());
    let product = (!base.products.is_empty() && random.happens(90))
        .then(|| random.pick(&base.products).clone());
    let draft = DealDraft {
        title: format!("{title} · {}", random.between(100, 9999)),
        account_id: Some(random.pick(&base.accounts).0.clone()),
        owner_id: Some(random.pick(&base.owners).clone()),
        product_id: product,
        category: Some(*random.pick(DealCategory::ALL)),
        source: Some((*random.pick(&SOURCES)).to_owned()),
        amount: random.happens(95).then(|| amount(tx, random)),
        expected_close_on: Some(created + Days::new(random.between(40, 400) as u64)),
        ..DealDraft::default()
    };
    ImportDeal {
        draft,
        external_id: None,
        import_id: base.import_id.clone(),
        created_at: None,
        visits,
        close_reason: ended.then(|| "Decided by the customer.".to_owned()),
    }
}

/// One amount in ten is in euros, the others in the base currency.
fn amount(tx: &Tx<'_>, random: &mut Random) -> Money {
    let base = tx.company.base_currency;
    let currency = match Currency::from_code("EUR") {
        Some(euro) if random.happens(10) => euro,
        _ => base,
    };
    let major = random.between(20, 9000) * 100 / random.between(1, 8);
    Money::new(major * 10_i64.pow(currency.minor_units()), currency)
}

/// The way of a deal until today: of those that ended, a quarter was won, the others gave up after some
/// stage. For some every stage is told, for the others only the last.
fn visits(tx: &Tx<'_>, random: &mut Random, bulk: &Bulk, created: Instant) -> Vec<ImportedVisit> {
    let stages = tx.company.stages.all();
    let open: Vec<&str> = (stages.iter().filter(|stage| stage.is_open()))
        .map(|stage| stage.code.as_str())
        .collect();
    let (passed, end) = match random.between(0, 99) {
        0..25 => (open.len(), "won"),
        25..70 => (1 + random.index(open.len()), "lost"),
        70..90 => (1 + random.index(open.len()), "rejected"),
        _ => (1 + random.index(open.len()), "rerouted"),
    };
    let shift = Duration::seconds(random.between(0, 20_000));
    let step = Duration::hours(random.between(21, 240) * 24) / (passed as i32);
    let mut way: Vec<ImportedVisit> = (open.into_iter().take(passed).chain([end]).zip(0..))
        .map(|(stage, index)| ImportedVisit {
            stage: stage.to_owned(),
            at: etalon_domain::time::truncate(created + shift + step * index),
        })
        .collect();
    let now = crate::midnight(bulk.today);
    way.retain(|visit| visit.at < now);
    if !random.happens(bulk.moved_percent.into()) {
        way.drain(..way.len() - 1);
    }
    way
}
