//! The shared base of the demo company: accounts, contacts and products, each created by whoever
//! looks after it.

use chrono::Duration;
use etalon_domain::account::{AccountDraft, AccountKind};
use etalon_domain::contact::ContactDraft;
use etalon_domain::decimal::Percent;
use etalon_domain::event::Via;
use etalon_domain::id::{AccountId, ContactId, ProductId};
use etalon_domain::money::{Currency, Money};
use etalon_domain::product::ProductDraft;
use etalon_domain::record::RecordCommand;
use etalon_domain::time::Instant;
use etalon_persistence::{Context, Result, Tx, accounts, contacts, products};

use crate::accounts::{COMPANIES, Company, Region, Tongue};
use crate::names::{POSITIONS, full_name, mailbox, phone};
use crate::people::{self, Person};
use crate::random::Random;
use crate::texts::PRODUCTS;

/// A company to sell to.
pub(crate) struct Customer {
    pub id: AccountId,
    pub contacts: Vec<ContactId>,
    /// Which of the people looks after it.
    pub owner: usize,
    pub region: Region,
    pub tongue: Tongue,
    pub city: &'static str,
    pub currency: &'static str,
    pub employees: i64,
}

/// Everything that deals refer to.
pub(crate) struct World {
    pub base: Currency,
    pub people: Vec<Person>,
    pub customers: Vec<Customer>,
    /// In the order of [`PRODUCTS`].
    pub products: Vec<ProductId>,
    pub competitors: Vec<(Region, AccountId)>,
}

impl World {
    /// Who sells in a region: its managers.
    pub(crate) fn sellers(&self, region: Region) -> Vec<usize> {
        sellers(&self.people, region)
    }

    /// The head of a region.
    pub(crate) fn head(&self, region: Region) -> Option<usize> {
        (self.people.iter()).position(|person| person.heads == Some(region))
    }

    /// A partner that serves a region.
    pub(crate) fn partner(&self, region: Region) -> &'static str {
        let serves =
            |company: &&Company| company.kind == AccountKind::Partner && company.region() == region;
        COMPANIES.iter().find(serves).map_or("", |c| c.name)
    }
}

fn sellers(people: &[Person], region: Region) -> Vec<usize> {
    let sells = |person: &Person| person.sells == Some(region) && person.heads.is_none();
    (0..people.len())
        .filter(|index| sells(&people[*index]))
        .collect()
}

/// A person acting at an instant.
pub(crate) fn acting(person: &Person, at: Instant) -> Context {
    Context {
        actor: person.actor.clone(),
        via: Via::Api,
        request_id: None,
        now: at,
        past: false,
        passing: None,
    }
}

/// Creates the products and the companies with their people, from `start` on.
pub(crate) fn create(
    tx: &mut Tx<'_>,
    random: &mut Random,
    people: Vec<Person>,
    start: Instant,
) -> Result<World> {
    let base = tx.company.base_currency;
    let mut world = World {
        base,
        products: create_products(tx, &people, start)?,
        customers: Vec::new(),
        competitors: Vec::new(),
        people,
    };
    for (index, company) in COMPANIES.iter().enumerate() {
        let region = company.region();
        let owner = *random.pick(&world.sellers(region));
        let at = start + Duration::minutes(37 * index as i64);
        let context = acting(&world.people[owner], at);
        let id = create_account(tx, random, &context, company)?;
        let contacts = create_contacts(tx, random, &context, company, &id)?;
        match company.kind {
            AccountKind::Competitor => world.competitors.push((region, id)),
            AccountKind::Partner => {}
            AccountKind::Customer => world.customers.push(Customer {
                id,
                contacts,
                owner,
                region,
                tongue: company.tongue(),
                city: company.city,
                currency: company.currency(),
                employees: company.employees,
            }),
        }
    }
    Ok(world)
}

fn create_products(tx: &mut Tx<'_>, people: &[Person], at: Instant) -> Result<Vec<ProductId>> {
    let context = acting(people::administrator(people)?, at);
    let base = tx.company.base_currency;
    let dollars = |whole: i64| Money::new(whole * 10_i64.pow(base.minor_units()), base);
    let mut ids = Vec::with_capacity(PRODUCTS.len());
    for good in &PRODUCTS {
        let command = RecordCommand::create(ProductDraft {
            sku: Some(good.sku.to_owned()),
            category: Some(good.category.to_owned()),
            unit: Some(good.unit.to_owned()),
            price: Some(dollars(good.price)),
            cost: Some(dollars(good.price * 3 / 5)),
            vat_rate: Some(Percent::whole(20)),
            ..ProductDraft::named(good.name)
        });
        ids.push(products::execute(tx, &context, None, None, &command)?.id);
    }
    Ok(ids)
}

fn create_account(
    tx: &mut Tx<'_>,
    random: &mut Random,
    context: &Context,
    company: &Company,
) -> Result<AccountId> {
    let draft = AccountDraft {
        kind: company.kind,
        industry: Some(company.industry.to_owned()),
        website: Some(format!("https://www.{}", company.domain)),
        phone: Some(phone(random, company.country)),
        email: Some(format!("info@{}", company.domain)),
        country: Some(company.country.to_owned()),
        city: Some(company.city.to_owned()),
        employees: Some(company.employees),
        founded_year: Some(company.founded),
        owner_id: Some(context.actor.user_id.clone()),
        ..AccountDraft::named(company.name)
    };
    let command = RecordCommand::create(draft);
    Ok(accounts::execute(tx, context, None, None, &command)?.id)
}

/// Two or three people at a customer, one elsewhere.
fn create_contacts(
    tx: &mut Tx<'_>,
    random: &mut Random,
    context: &Context,
    company: &Company,
    account: &AccountId,
) -> Result<Vec<ContactId>> {
    let count = match company.kind {
        AccountKind::Customer if company.employees > 3000 => 3,
        AccountKind::Customer => 2,
        AccountKind::Partner => 1,
        AccountKind::Competitor => 0,
    };
    let mut ids = Vec::with_capacity(count);
    let mut names: Vec<String> = Vec::with_capacity(count);
    let first = random.index(POSITIONS.len());
    while ids.len() < count {
        let name = full_name(random, company.tongue());
        if names.contains(&name) {
            continue;
        }
        let (english, russian) = POSITIONS[(first + ids.len() * 5) % POSITIONS.len()];
        let position = match company.tongue() {
            Tongue::Russian => russian,
            _ => english,
        };
        let draft = ContactDraft {
            email: Some(format!("{}@{}", mailbox(&name), company.domain)),
            phone: Some(phone(random, company.country)),
            account_id: Some(account.clone()),
            position: Some(position.to_owned()),
            owner_id: Some(context.actor.user_id.clone()),
            description: None,
            name: name.clone(),
        };
        let command = RecordCommand::create(draft);
        ids.push(contacts::execute(tx, context, None, None, &command)?.id);
        names.push(name);
    }
    Ok(ids)
}
