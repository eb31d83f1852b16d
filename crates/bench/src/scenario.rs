//! The operations that are measured: the requests of each client, and the SQL behind them.

use chrono::Utc;
use etalon_demo::BulkReport;
use etalon_domain::activity::MyDayQuery;
use etalon_domain::deal::{DealCommand, DealDraft, DealFilter, DealSort, MoveDeal};
use etalon_domain::event::Via;
use etalon_domain::id::{DealId, LeadId};
use etalon_domain::lead::{ConvertLead, LeadCommand, LeadDraft};
use etalon_domain::money::Money;
use etalon_domain::page::{Any, Sort};
use etalon_domain::policy::Actor;
use etalon_domain::process::GuideQuery;
use etalon_domain::user::Language;
use etalon_persistence::{Context, Db, activities, deals, leads, users};

use crate::capture::statements;
use crate::http::{encoded, request};
use crate::repeat::{Template, compare, constant};

/// Recorded SQL to be run without the product.
pub struct Raw {
    /// For each variant the steps it consists of, each one operation.
    pub variants: Vec<Vec<Vec<Template>>>,
    /// Whether it writes.
    pub writes: bool,
    /// Whether a variant may only be run by one client at a time.
    pub one_client_each: bool,
    /// How often each variant was run when it was recorded.
    pub recorded: i64,
}

impl Raw {
    /// How many operations one run of a variant is.
    #[must_use]
    pub fn per_run(&self) -> usize {
        self.variants.first().map_or(1, Vec::len)
    }

    /// One read.
    #[must_use]
    pub fn read(one: Vec<Template>) -> Self {
        Self::reads(vec![one])
    }

    fn reads(variants: Vec<Vec<Template>>) -> Self {
        Self {
            variants: variants.into_iter().map(|one| vec![one]).collect(),
            writes: false,
            one_client_each: false,
            recorded: 0,
        }
    }
}

/// How many variants of a read are run raw.
const VARIANTS: usize = 16;
/// How many deals each client moves.
const MOVED_EACH: usize = 6;
/// How many leads each client converts at most.
const LEADS_EACH: usize = 600;

/// What the requests are made of.
pub struct Stock<'a> {
    /// The database, opened by this process.
    pub db: &'a Db,
    /// What is in it.
    pub report: &'a BulkReport,
    /// On whose behalf everything is done.
    pub actor: Actor,
    /// How many clients there are.
    pub clients: usize,
    /// Deals in the first stage, for moves: first those of the clients, then those for the raw run.
    movable: Vec<DealId>,
}

/// An operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// A page of 50 deals of one owner, the largest first.
    List,
    /// One deal.
    One,
    /// A page of 50 deals that have a text in them.
    Search,
    /// Count and sums over all deals.
    Totals,
    /// A move to another stage.
    Move,
    /// A new deal.
    Create,
    /// What the process says of a deal.
    Guide,
    /// What is to be done today.
    MyDay,
    /// A lead that becomes a deal, with a new account and contact.
    Convert,
}

impl Operation {
    /// All of them, those that write last.
    pub const ALL: [Self; 9] = [
        Self::List,
        Self::One,
        Self::Search,
        Self::Totals,
        Self::Guide,
        Self::MyDay,
        Self::Move,
        Self::Create,
        Self::Convert,
    ];

    /// What it is called in the table.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::List => "list of 50 by owner, largest first",
            Self::One => "one deal",
            Self::Search => "text search, 50 newest",
            Self::Totals => "totals of all deals",
            Self::Move => "stage move",
            Self::Create => "create",
            Self::Guide => "guide of a deal",
            Self::MyDay => "my day",
            Self::Convert => "convert a lead",
        }
    }
}

/// The person with this address.
///
/// # Errors
/// When there is none.
pub fn actor(db: &Db, email: &str) -> Result<Actor, String> {
    let found = db.read(|tx| {
        let person = users::by_email(tx, email)?;
        let actor = |found: users::Credentials| users::actor_of(tx, &found.user);
        person.map(actor).transpose()
    });
    found
        .map_err(|e| e.to_string())?
        .ok_or_else(|| format!("there is no {email}"))
}

impl<'a> Stock<'a> {
    /// Gathers what requests are made of, for a person who sees all deals.
    ///
    /// # Errors
    /// When there are too few deals.
    pub fn new(
        db: &'a Db,
        report: &'a BulkReport,
        actor: Actor,
        clients: usize,
    ) -> Result<Self, String> {
        let mut filter = DealFilter {
            stage: Any(vec!["potential".to_owned()]),
            limit: Some(200),
            ..DealFilter::default()
        };
        let wanted = clients * (MOVED_EACH + 2);
        let mut movable = Vec::new();
        while movable.len() < wanted {
            let page = db
                .read(|tx| deals::list(tx, &actor, &filter, Utc::now()))
                .map_err(|e| e.to_string())?;
            movable.extend(page.items.into_iter().map(|deal| deal.id));
            filter.cursor = page.next_cursor;
            if filter.cursor.is_none() && movable.len() < wanted {
                return Err("there are too few deals in the first stage: make more".to_owned());
            }
        }
        Ok(Self {
            db,
            report,
            actor,
            clients,
            movable,
        })
    }

    /// The requests of each client.
    ///
    /// # Errors
    /// When what they need cannot be made.
    pub fn requests(&self, operation: Operation, token: &str) -> Result<Vec<Vec<Vec<u8>>>, String> {
        let get = |path: String| request("GET", &path, Some(token), None);
        let all: Vec<Vec<u8>> = match operation {
            Operation::List => (self.report.owners.iter())
                .map(|id| get(format!("/api/v1/deals?owner_id={id}&sort=-amount&limit=50")))
                .collect(),
            Operation::One => (self.some_deals(512))
                .map(|id| get(format!("/api/v1/deals/{id}")))
                .collect(),
            Operation::Search => (self.words())
                .map(|word| get(format!("/api/v1/deals?q={}&limit=50", encoded(&word))))
                .collect(),
            Operation::Totals => vec![get("/api/v1/deals?totals=true&limit=1".to_owned())],
            Operation::Create => (self.drafts().iter())
                .map(|draft| {
                    let body = serde_json::to_vec(draft).unwrap_or_default();
                    request("POST", "/api/v1/deals", Some(token), Some(&body))
                })
                .collect(),
            Operation::Guide => (self.some_deals(512))
                .map(|id| get(format!("/api/v1/deals/{id}/guide")))
                .collect(),
            Operation::MyDay => vec![get("/api/v1/my-day".to_owned())],
            Operation::Move => return Ok(self.moves(token)),
            Operation::Convert => return self.conversions(token),
        };
        // Every client begins somewhere else.
        let of_client = |client: usize| {
            let mut own = all.clone();
            own.rotate_left(client * all.len() / self.clients);
            own
        };
        Ok((0..self.clients).map(of_client).collect())
    }

    fn moves(&self, token: &str) -> Vec<Vec<Vec<u8>>> {
        let there_and_back = |ids: &[DealId]| {
            let to = |stage: &str, id: &DealId| {
                let body = format!("{{\"stage\":\"{stage}\",\"override_reason\":\"measured\"}}");
                let path = format!("/api/v1/deals/{id}/stage");
                request("POST", &path, Some(token), Some(body.as_bytes()))
            };
            let there = ids.iter().map(|id| to("needs", id));
            there
                .chain(ids.iter().map(|id| to("potential", id)))
                .collect()
        };
        self.movable
            .chunks(MOVED_EACH)
            .take(self.clients)
            .map(there_and_back)
            .collect()
    }

    /// Every lead is converted once, and each client has more of them than time.
    fn conversions(&self, token: &str) -> Result<Vec<Vec<Vec<u8>>>, String> {
        let ids = self.leads(self.clients * LEADS_EACH)?;
        let convert = |id: &LeadId| {
            let path = format!("/api/v1/leads/{id}/convert");
            let body = br#"{"override_reason":"measured"}"#;
            request("POST", &path, Some(token), Some(body))
        };
        let own = |ids: &[LeadId]| ids.iter().map(convert).collect();
        Ok(ids.chunks(LEADS_EACH).map(own).collect())
    }

    /// New leads of a company that has no account yet.
    fn leads(&self, count: usize) -> Result<Vec<LeadId>, String> {
        let context = Context::new(self.actor.clone(), Via::Api, None);
        let create = LeadCommand::Create {
            draft: LeadDraft {
                title: "Control room modernization".to_owned(),
                company_name: Some("Measured Works".to_owned()),
                person_name: Some("Anna Weber".to_owned()),
                ..LeadDraft::default()
            },
            origin: None,
        };
        let made = self.db.write(|tx| {
            (0..count)
                .map(|_| Ok(leads::execute(tx, &context, None, None, &create)?.id))
                .collect()
        });
        made.map_err(|e| e.to_string())
    }

    /// Records the SQL of an operation.
    ///
    /// # Errors
    /// When the operation fails or its SQL is not understood.
    pub fn raw(&self, operation: Operation) -> Result<Raw, String> {
        let list = |filter: DealFilter| {
            statements(|| (self.db).read(|tx| deals::list(tx, &self.actor, &filter, Utc::now())))
                .map(constant)
        };
        let variants: Result<Vec<_>, String> = match operation {
            Operation::List => (self.report.owners.iter().take(VARIANTS))
                .map(|owner| {
                    list(DealFilter {
                        owner_id: Any(vec![owner.clone()]),
                        sort: Some(Sort {
                            field: DealSort::Amount,
                            descending: true,
                        }),
                        limit: Some(50),
                        ..DealFilter::default()
                    })
                })
                .collect(),
            Operation::One => (self.some_deals(VARIANTS))
                .map(|id| {
                    statements(|| (self.db).read(|tx| deals::get(tx, &self.actor, id, Utc::now())))
                        .map(constant)
                })
                .collect(),
            Operation::Search => (self.words().take(VARIANTS))
                .map(|word| {
                    list(DealFilter {
                        q: Some(word),
                        limit: Some(50),
                        ..DealFilter::default()
                    })
                })
                .collect(),
            Operation::Totals => list(DealFilter {
                totals: Some(true),
                limit: Some(1),
                ..DealFilter::default()
            })
            .map(|one| vec![one]),
            Operation::Guide => (self.some_deals(VARIANTS))
                .map(|id| {
                    let read = || {
                        (self.db).read(|tx| {
                            let query = GuideQuery::default();
                            deals::guide(tx, &self.actor, id, &query, Language::En, Utc::now())
                        })
                    };
                    statements(read).map(constant)
                })
                .collect(),
            Operation::MyDay => statements(|| {
                (self.db).read(|tx| {
                    activities::my_day(tx, &self.actor, MyDayQuery::default(), Utc::now())
                })
            })
            .map(|one| vec![constant(one)]),
            Operation::Create => return self.raw_create(),
            Operation::Move => return self.raw_move(),
            Operation::Convert => return self.raw_convert(),
        };
        variants.map(Raw::reads)
    }

    fn raw_create(&self) -> Result<Raw, String> {
        let record = |draft: &DealDraft| self.execute(None, &DealCommand::Create(draft.clone()));
        let mut variants = Vec::with_capacity(VARIANTS);
        for draft in self.drafts().iter().take(VARIANTS) {
            variants.push(vec![compare(&record(draft)?, &record(draft)?)?]);
        }
        Ok(Raw {
            variants,
            writes: true,
            one_client_each: false,
            recorded: 2,
        })
    }

    fn raw_convert(&self) -> Result<Raw, String> {
        let context = Context::new(self.actor.clone(), Via::Api, Some("bench".to_owned()));
        let how = ConvertLead {
            override_reason: Some("measured".to_owned()),
            ..ConvertLead::default()
        };
        let record = |id: &LeadId| {
            statements(|| (self.db).write(|tx| leads::convert(tx, &context, id, None, &how)))
        };
        let ids = self.leads(2)?;
        let (first, second) = (record(&ids[0])?, record(&ids[1])?);
        Ok(Raw {
            variants: vec![vec![compare(&first, &second)?]],
            writes: true,
            one_client_each: false,
            recorded: 2,
        })
    }

    /// Each variant moves one deal there and back.
    fn raw_move(&self) -> Result<Raw, String> {
        let to = |id: &DealId, stage: &str| {
            let command = DealCommand::Move(MoveDeal {
                stage: stage.to_owned(),
                reason: None,
                override_reason: Some("measured".to_owned()),
            });
            self.execute(Some(id), &command)
        };
        let own = &self.movable[self.clients * MOVED_EACH..];
        let mut variants = Vec::with_capacity(self.clients * 2);
        for id in own.iter().take(self.clients * 2) {
            // The first time it is new to the stage, and the way is longer.
            to(id, "needs")?;
            to(id, "potential")?;
            let (there, back) = (to(id, "needs")?, to(id, "potential")?);
            let (there_again, back_again) = (to(id, "needs")?, to(id, "potential")?);
            variants.push(vec![
                compare(&there, &there_again)?,
                compare(&back, &back_again)?,
            ]);
        }
        Ok(Raw {
            variants,
            writes: true,
            one_client_each: true,
            recorded: 2,
        })
    }

    fn execute(
        &self,
        id: Option<&DealId>,
        command: &DealCommand,
    ) -> Result<Vec<crate::capture::Statement>, String> {
        let request = Some("bench".to_owned());
        let context = Context::new(self.actor.clone(), Via::Api, request);
        statements(|| (self.db).write(|tx| deals::execute(tx, &context, id, None, command)))
    }

    fn some_deals(&self, count: usize) -> impl Iterator<Item = &DealId> {
        let step = (self.report.deals.len() / count).max(1);
        self.report.deals.iter().step_by(step).take(count)
    }

    /// Names of accounts without their last digit, so that a search finds several.
    fn words(&self) -> impl Iterator<Item = String> {
        let step = (self.report.accounts.len() / 64).max(1);
        let accounts = self.report.accounts.iter().step_by(step).take(64);
        accounts.map(|(_, name)| {
            let mut word = name.clone();
            word.pop();
            word
        })
    }

    fn drafts(&self) -> Vec<DealDraft> {
        let base = self.db.company().base_currency;
        let accounts = &self.report.accounts;
        (0..64)
            .map(|index| DealDraft {
                title: format!("Control room modernization {index}"),
                account_id: Some(accounts[index * 7 % accounts.len()].0.clone()),
                owner_id: Some(self.report.owners[index % self.report.owners.len()].clone()),
                source: Some("Trade fair".to_owned()),
                amount: Some(Money::new(1_250_000 + index as i64 * 100, base)),
                expected_close_on: Utc::now()
                    .date_naive()
                    .checked_add_days(chrono::Days::new(60)),
                ..DealDraft::default()
            })
            .collect()
    }
}
