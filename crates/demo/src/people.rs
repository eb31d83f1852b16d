//! The people and departments of the demo company.

use etalon_domain::auth::{DemoRole, DemoSignIn};
use etalon_domain::department::DepartmentDraft;
use etalon_domain::event::Via;
use etalon_domain::id::{DepartmentId, UserId};
use etalon_domain::policy::{Actor, Reach};
use etalon_domain::record::RecordCommand;
use etalon_domain::time::Instant;
use etalon_domain::user::{Language, Role, UserDraft};
use etalon_persistence::users::UserChange;
use etalon_persistence::{Context, Error, Result, Tx, departments, users};

use crate::PASSWORD;
use crate::accounts::Region;

/// A person of the demo company.
pub(crate) struct Person {
    pub actor: Actor,
    /// The region the person sells to; `None` for those who do not sell.
    pub sells: Option<Region>,
    /// The region the person heads.
    pub heads: Option<Region>,
}

/// Where a person belongs: everywhere, or in a department below.
type Place = Option<Region>;

struct Entry {
    name: &'static str,
    mailbox: &'static str,
    role: Role,
    place: Place,
    language: Language,
    zone: &'static str,
    /// What the person is, when the sign-in is shown.
    shown: Option<DemoRole>,
}

const fn entry(
    (name, mailbox): (&'static str, &'static str),
    role: Role,
    place: Place,
    (language, zone): (Language, &'static str),
    shown: Option<DemoRole>,
) -> Entry {
    Entry {
        name,
        mailbox,
        role,
        place,
        language,
        zone,
        shown,
    }
}

const EUROPE: Place = Some(Region::Europe);
const EAST: Place = Some(Region::East);
const OVERSEAS: Place = Some(Region::Overseas);
const BERLIN: (Language, &str) = (Language::En, "Europe/Berlin");
const LONDON: (Language, &str) = (Language::En, "Europe/London");
const MOSCOW: (Language, &str) = (Language::Ru, "Europe/Moscow");

#[rustfmt::skip]
const PEOPLE: [Entry; 13] = [
    entry(("Olivia Hart", "olivia.hart"), Role::Head, None, LONDON, Some(DemoRole::SalesDirector)),
    entry(("Dana Whitfield", "dana.whitfield"), Role::Admin, None, LONDON, Some(DemoRole::Administrator)),
    entry(("Markus Lindqvist", "markus.lindqvist"), Role::Head, EUROPE, BERLIN, Some(DemoRole::HeadOfEurope)),
    entry(("Елена Соколова", "elena.sokolova"), Role::Head, EAST, MOSCOW, Some(DemoRole::HeadOfEast)),
    entry(("Priya Raman", "priya.raman"), Role::Head, OVERSEAS, (Language::En, "Asia/Singapore"), None),
    entry(("Sofia Almeida", "sofia.almeida"), Role::Manager, EUROPE, (Language::En, "Europe/Madrid"), Some(DemoRole::ManagerInEurope)),
    entry(("Jonas Weber", "jonas.weber"), Role::Manager, EUROPE, BERLIN, None),
    entry(("Chiara Rossi", "chiara.rossi"), Role::Manager, EUROPE, (Language::En, "Europe/Rome"), None),
    entry(("Дмитрий Орлов", "dmitry.orlov"), Role::Manager, EAST, MOSCOW, Some(DemoRole::ManagerInEast)),
    entry(("Алина Каримова", "alina.karimova"), Role::Manager, EAST, (Language::Ru, "Asia/Almaty"), None),
    entry(("Ethan Brooks", "ethan.brooks"), Role::Manager, OVERSEAS, (Language::En, "America/Chicago"), None),
    entry(("Mei Tanaka", "mei.tanaka"), Role::Manager, OVERSEAS, (Language::En, "Asia/Tokyo"), None),
    entry(("Hannah Cole", "hannah.cole"), Role::Viewer, None, LONDON, Some(DemoRole::Viewer)),
];

/// The sign-ins to show: one for every role, the head who sees everything first.
#[must_use]
pub fn sign_ins() -> Vec<DemoSignIn> {
    let shown = |person: &Entry| {
        Some(DemoSignIn {
            name: person.name.to_owned(),
            role: person.shown?,
            email: address(person),
            password: PASSWORD.to_owned(),
        })
    };
    PEOPLE.iter().filter_map(shown).collect()
}

fn address(person: &Entry) -> String {
    format!("{}@etalon.example", person.mailbox)
}

/// Somebody who may do everything, for the first steps in an empty database.
pub(crate) fn founder(at: Instant) -> Context {
    Context {
        actor: Actor {
            user_id: UserId::new("00000000-0000-7000-8000-000000000000"),
            name: "Etalon".to_owned(),
            role: Role::Admin,
            department_id: None,
            reach: Reach::All,
            time_zone: "UTC".to_owned(),
        },
        via: Via::System,
        request_id: None,
        now: at,
        past: false,
        passing: None,
    }
}

/// Adds the departments and the people, everybody with the same hash of the password.
pub(crate) fn create(tx: &mut Tx<'_>, at: Instant, hash: &str) -> Result<Vec<Person>> {
    let founder = founder(at);
    let root = department(tx, &founder, "Sales", None, false)?;
    let below =
        |tx: &mut Tx<'_>, name, shares| department(tx, &founder, name, Some(root.clone()), shares);
    let europe = below(tx, "Europe", false)?;
    let east = below(tx, "Russia and Central Asia", true)?;
    let overseas = below(tx, "Americas and Asia", false)?;
    let mut people = Vec::with_capacity(PEOPLE.len());
    for person in &PEOPLE {
        let department = match person.place {
            _ if person.role == Role::Admin => None,
            None => Some(&root),
            Some(Region::Europe) => Some(&europe),
            Some(Region::East) => Some(&east),
            Some(Region::Overseas) => Some(&overseas),
        };
        let draft = UserDraft {
            name: person.name.to_owned(),
            email: Some(address(person)),
            role: person.role,
            department_id: department.cloned(),
            manager_id: None,
            active: true,
            language: person.language,
            time_zone: person.zone.to_owned(),
            password: None,
        };
        let change = UserChange {
            command: RecordCommand::create(draft),
            password_hash: Some(hash.to_owned()),
        };
        let user = users::execute(tx, &founder, None, None, &change)?;
        people.push(Person {
            actor: users::actor_of(tx, &user)?,
            sells: person.place,
            heads: person.place.filter(|_| person.role == Role::Head),
        });
    }
    Ok(people)
}

fn department(
    tx: &mut Tx<'_>,
    founder: &Context,
    name: &str,
    parent_id: Option<DepartmentId>,
    share_deals: bool,
) -> Result<DepartmentId> {
    let draft = DepartmentDraft {
        name: name.to_owned(),
        parent_id,
        share_deals,
    };
    let command = RecordCommand::create(draft);
    Ok(departments::execute(tx, founder, None, None, &command)?.id)
}

/// The administrator among the people.
pub(crate) fn administrator(people: &[Person]) -> Result<&Person> {
    people
        .iter()
        .find(|person| person.actor.role == Role::Admin)
        .ok_or_else(|| Error::Corrupt("the demo company has no administrator".to_owned()))
}
