//! The leads of the demo company: one in every state, with every score and every reason, some of them
//! from a form on the company's site, some from companies that are known already.

use chrono::{Days, Duration, NaiveDate};
use etalon_domain::deal::Need;
use etalon_domain::event::Via;
use etalon_domain::id::{LeadId, Ref};
use etalon_domain::key_contact::DecisionRole;
use etalon_domain::lead::{
    AuthorityInput, BantChange, BantItem, BantState, BudgetInput, ConvertLead, DecisionPerson,
    DisqualifyLead, DisqualifyReason, LeadCommand, LeadDraft, LeadOrigin, NeedInput, NurtureLead,
    TimingInput,
};
use etalon_domain::lead_form::{LeadForm, LeadFormDraft};
use etalon_domain::money::{Currency, Money};
use etalon_domain::policy::Actor;
use etalon_domain::record::RecordCommand;
use etalon_domain::time::Instant;
use etalon_persistence::{Context, Result, Tx, lead_forms, leads};

use crate::accounts::{COMPANIES, Region, Tongue};
use crate::company::{World, acting};
use crate::names::{full_name, mailbox, phone};
use crate::people;
use crate::random::Random;
use crate::texts::{NEEDS, PRODUCTS, SOURCES, told};

/// What becomes of a lead.
#[derive(Clone, Copy)]
enum Course {
    /// Nobody has worked on it.
    New,
    /// Some questions are answered.
    Asked(&'static [(BantItem, BantState)]),
    /// Set aside until so many days from today.
    Aside(u64),
    /// Disqualified.
    Out(DisqualifyReason),
    /// A deal; `false`: although a question was open.
    Converted(bool),
}

use BantItem::{Authority, Budget, Need as Wanted, Timing};
use BantState::{Claimed, Confirmed};
use Course::{Aside, Asked, Converted, New, Out};
use DisqualifyReason as Why;

const ALL: &[(BantItem, BantState)] = &[
    (Wanted, Confirmed),
    (Authority, Confirmed),
    (Budget, Confirmed),
    (Timing, Confirmed),
];
const MOST: &[(BantItem, BantState)] = &[
    (Wanted, Confirmed),
    (Authority, Claimed),
    (Budget, Claimed),
    (Timing, Claimed),
];
const HALF: &[(BantItem, BantState)] = &[(Wanted, Confirmed), (Authority, Claimed)];
const LITTLE: &[(BantItem, BantState)] = &[(Wanted, Claimed)];
const MONEY: &[(BantItem, BantState)] = &[(Budget, Claimed), (Wanted, Claimed), (Timing, Claimed)];

/// From the oldest to the youngest. The regions take turns.
const COURSES: [Course; 42] = [
    Out(Why::CannotBeCustomer),
    Out(Why::IncorrectData),
    Out(Why::LostToCompetitor),
    Aside(75),
    Converted(true),
    Asked(HALF),
    Out(Why::NoBudget),
    Out(Why::NotInterested),
    Aside(40),
    Asked(MOST),
    Out(Why::Unreachable),
    Converted(true),
    Asked(MONEY),
    Asked(ALL),
    Aside(0),
    Asked(LITTLE),
    Aside(14),
    Asked(MOST),
    Out(Why::IncorrectData),
    Asked(HALF),
    Converted(false),
    Asked(LITTLE),
    Asked(MONEY),
    Asked(HALF),
    Aside(120),
    Asked(ALL),
    Asked(LITTLE),
    Asked(MOST),
    New,
    Asked(HALF),
    Converted(true),
    Asked(LITTLE),
    New,
    Asked(MONEY),
    Asked(MOST),
    New,
    New,
    Asked(LITTLE),
    New,
    New,
    New,
    New,
];

/// Companies that nobody has sold to yet, by region.
const STRANGERS: [[&str; 10]; 3] = [
    [
        "Hohenbruck Papier",
        "Sørvik Aluminium",
        "Cantieri Belforte",
        "Laiterie du Morvan",
        "Brouwerij De Linde",
        "Kvarnholm Bruk",
        "Cerámicas Altamira",
        "Tannhof Glaswerke",
        "Porto Velho Cortiça",
        "Zámecký Mlýn",
    ],
    [
        "Верхнекамский комбинат",
        "Агрохолдинг «Ковыль»",
        "Тагильский литейный завод",
        "Алматы Водоканал",
        "Ладожский кирпич",
        "Сибпромхим",
        "Птицефабрика «Рассвет»",
        "Невская картонажная фабрика",
        "Каспий Терминал",
        "Уральские абразивы",
    ],
    [
        "Copper Ridge Mining",
        "Bluewater Cannery",
        "Palmetto Textiles",
        "Kurobe Chemicals",
        "Straits Cold Storage",
        "Prairie Ethanol",
        "Hokuto Bearings",
        "Mangala Cement",
        "Silver Lake Dairy",
        "Redwood Panels",
    ],
];

const REGIONS: [Region; 3] = [Region::Europe, Region::East, Region::Overseas];

/// Creates the form and the leads, as they stand on the morning of `today`.
pub(crate) fn create(
    tx: &mut Tx<'_>,
    world: &World,
    random: &mut Random,
    start: Instant,
    today: NaiveDate,
) -> Result<()> {
    let form = web_form(tx, world, start)?;
    for (index, course) in COURSES.iter().enumerate() {
        let left = COURSES.len() - index;
        let days = 2 + left * 5 / 4;
        let at = crate::midnight(today - Days::new(days as u64))
            + Duration::hours(8)
            + Duration::minutes(random.between(0, 300));
        lead(tx, world, random, (index, *course), &form, (at, today))?;
    }
    Ok(())
}

fn web_form(tx: &mut Tx<'_>, world: &World, at: Instant) -> Result<LeadForm> {
    let context = acting(people::administrator(&world.people)?, at);
    let owner = world.head(Region::Europe).unwrap_or_default();
    let draft = LeadFormDraft {
        name: "Contact page".to_owned(),
        source: Some("web".to_owned()),
        owner_id: Some(world.people[owner].actor.user_id.clone()),
        allowed_origins: vec!["https://www.velmora.example".to_owned()],
        ..LeadFormDraft::default()
    };
    lead_forms::execute(tx, &context, None, None, &RecordCommand::create(draft))
}

/// One lead from its beginning to where it stands.
fn lead(
    tx: &mut Tx<'_>,
    world: &World,
    random: &mut Random,
    (index, course): (usize, Course),
    form: &LeadForm,
    (at, today): (Instant, NaiveDate),
) -> Result<()> {
    let region = REGIONS[index % REGIONS.len()];
    let owner = *random.pick(&world.sellers(region));
    let from_form = region == Region::Europe && index % 6 == 3;
    let mut draft = interest(random, index, region);
    let in_russian = region == Region::East;
    draft.owner_id = Some(world.people[owner].actor.user_id.clone());
    let (context, origin) = if from_form {
        draft.source.clone_from(&form.source);
        let name = form.name.clone();
        let id = form.id.as_str().to_owned();
        (by_form(at), Some(LeadOrigin::Form(Ref { id, name })))
    } else {
        (acting(&world.people[owner], at), None)
    };
    let person = draft.person_name.clone().unwrap_or_default();
    let command = LeadCommand::Create { draft, origin };
    let id = leads::execute(tx, &context, None, None, &command)?.id;
    let at = at + Duration::hours(4);
    let answers: &[_] = match course {
        Asked(answers) => answers,
        Converted(true) => ALL,
        Converted(false) | Aside(_) => HALF,
        New | Out(_) => &[],
    };
    for ((item, state), hours) in answers.iter().zip((0..).step_by(6)) {
        let context = acting(&world.people[owner], at + Duration::hours(hours));
        let change = answer(tx, random, (*item, *state), &person, region, today)?;
        leads::execute(tx, &context, Some(&id), None, &LeadCommand::Answer(change))?;
    }
    let context = acting(&world.people[owner], at + Duration::hours(26));
    let end = match course {
        New | Asked(_) => return Ok(()),
        Aside(days) => LeadCommand::Nurture(NurtureLead {
            until: today + Days::new(days),
            reason: Some(told(&LATER, in_russian).to_owned()),
        }),
        Out(reason) => LeadCommand::Disqualify(DisqualifyLead {
            reason,
            note: Some(told(&NOTES[reason as usize % NOTES.len()], in_russian).to_owned()),
        }),
        Converted(is_complete) => {
            let by = if is_complete {
                Some(owner)
            } else {
                world.head(region)
            };
            let by = by.unwrap_or(owner);
            return convert(
                tx,
                &acting(&world.people[by], context.now),
                &id,
                is_complete,
            );
        }
    };
    leads::execute(tx, &context, Some(&id), None, &end)?;
    Ok(())
}

const LATER: (&str, &str) = (
    "The plant is rebuilding its substation first.",
    "Сначала площадка перестраивает подстанцию.",
);

/// In the order of the reasons.
const NOTES: [(&str, &str); 6] = [
    (
        "A student who writes a thesis.",
        "Студент, пишет дипломную работу.",
    ),
    (
        "The number belongs to a dental practice.",
        "Номер принадлежит стоматологии.",
    ),
    (
        "Signed with another supplier a week before we called.",
        "Подписали договор с другим поставщиком за неделю до нашего звонка.",
    ),
    (
        "All investment is frozen until the merger is through.",
        "Все инвестиции заморожены до слияния.",
    ),
    ("Only wanted the brochure.", "Нужна была только брошюра."),
    (
        "Six calls and four letters without an answer.",
        "Шесть звонков и четыре письма без ответа.",
    ),
];

/// A form acting at an instant.
fn by_form(at: Instant) -> Context {
    Context {
        actor: Actor::system("UTC"),
        via: Via::Form,
        request_id: None,
        now: at,
        past: false,
        passing: None,
    }
}

/// What somebody is interested in. Every seventh is from a company that is in the base already, its
/// name written a little differently.
fn interest(random: &mut Random, index: usize, region: Region) -> LeadDraft {
    let in_russian = region == Region::East;
    let known = (COMPANIES.iter())
        .filter(|company| company.region() == region)
        .nth(index % 5)
        .filter(|_| index % 7 == 4);
    let at = REGIONS
        .iter()
        .position(|r| *r == region)
        .unwrap_or_default();
    let stranger = STRANGERS[at][index / REGIONS.len() % 10];
    let tongue = match region {
        Region::Europe => *random.pick(&[Tongue::Germanic, Tongue::Nordic, Tongue::Romance]),
        Region::East => Tongue::Russian,
        Region::Overseas => *random.pick(&[Tongue::English, Tongue::Japanese]),
    };
    let (name, domain, country) = match known {
        Some(company) => (
            company.name.to_lowercase(),
            company.domain.to_owned(),
            company.country,
        ),
        None => {
            let country = ["Germany", "Russia", "United States"][at];
            (stranger.to_owned(), format!("lead{index}.example"), country)
        }
    };
    let person = full_name(random, tongue);
    let good = random.pick(&PRODUCTS);
    let title = told(random.pick(&good.titles), in_russian).replace("{}", &name);
    LeadDraft {
        title,
        company_name: Some(name),
        email: Some(format!("{}@{domain}", mailbox(&person))),
        phone: Some(phone(random, country)),
        person_name: Some(person),
        source: Some((*random.pick(&SOURCES)).to_owned()),
        message: Some(told(&random.pick(&NEEDS).1, in_russian).to_owned()),
        ..LeadDraft::default()
    }
}

/// An answer to one question.
fn answer(
    tx: &mut Tx<'_>,
    random: &mut Random,
    (item, state): (BantItem, BantState),
    person: &str,
    region: Region,
    today: NaiveDate,
) -> Result<BantChange> {
    let in_russian = region == Region::East;
    Ok(match item {
        Budget => {
            let code = match region {
                Region::Europe => "EUR",
                Region::East => "RUB",
                Region::Overseas => "USD",
            };
            let currency = Currency::from_code(code).unwrap_or(tx.company.base_currency);
            let factor = if in_russian { 90 } else { 1 };
            let minor = random.between(4, 60) * 5_000 * factor * 100;
            BantChange::Budget(BudgetInput {
                state,
                value: Some(Money::new(minor, currency)),
            })
        }
        Authority => BantChange::Authority(AuthorityInput {
            state,
            value: Some(vec![DecisionPerson {
                contact_id: None,
                name: person.to_owned(),
                role: *random.pick(&[
                    DecisionRole::DecisionMaker,
                    DecisionRole::EconomicBuyer,
                    DecisionRole::Influencer,
                ]),
            }]),
        }),
        Wanted => {
            let (kind, text) = random.pick(&NEEDS);
            BantChange::Need(NeedInput {
                state,
                value: Some(Need {
                    kind: Some((*kind).to_owned()),
                    text: told(text, in_russian).to_owned(),
                }),
            })
        }
        Timing => BantChange::Timing(TimingInput {
            state,
            value: Some(today + Days::new(random.between(20, 150) as u64)),
        }),
    })
}

/// Makes a deal of a lead: the seller's own work, or the head's when a question is open.
fn convert(tx: &mut Tx<'_>, context: &Context, id: &LeadId, is_complete: bool) -> Result<()> {
    let how = ConvertLead {
        override_reason: (!is_complete)
            .then(|| "The board invited us to present within the week.".to_owned()),
        ..ConvertLead::default()
    };
    leads::convert(tx, context, id, None, &how)?;
    Ok(())
}
