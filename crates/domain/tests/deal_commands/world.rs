//! Whom and what the tests have.

use chrono::{DateTime, Offset as _, Utc};
use etalon_domain::deal::{
    CloseDeal, Deal, DealCommand, DealDraft, Decision, Gates, Outcome, Place, References, Rules,
    decide,
};
use etalon_domain::id::{DealId, DepartmentId, ProcessId, ProcessVersionId, UserId};
use etalon_domain::money::{Currency, Money};
use etalon_domain::policy::{Actor, Reach};
use etalon_domain::process::{Facts, Published, reference};
use etalon_domain::rate::RateTable;
use etalon_domain::user::Role;

pub(crate) fn head() -> Actor {
    Actor {
        user_id: UserId::new("head"),
        name: "Head".into(),
        role: Role::Head,
        department_id: Some(DepartmentId::new("sales")),
        reach: Reach::Departments {
            departments: vec![DepartmentId::new("sales")],
        },
        time_zone: "UTC".into(),
    }
}

pub(crate) fn references() -> References {
    References {
        owner: Some(Place {
            user_id: UserId::new("head"),
            name: "Head".into(),
            department: Some((DepartmentId::new("sales"), "Sales".into())),
            active: true,
        }),
        ..References::default()
    }
}

pub(crate) fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_700_000_000, 0).unwrap()
}

/// A process that asks for nothing.
pub(crate) fn process() -> Published {
    version("version", "process", 1)
}

/// A version of a process that asks for nothing.
pub(crate) fn version(id: &str, process: &str, number: i64) -> Published {
    let mut definition = reference();
    for stage in &mut definition.stages {
        stage.steps.clear();
        stage.required_fields.clear();
    }
    Published::new(
        ProcessVersionId::new(id),
        ProcessId::new(process),
        number,
        definition,
    )
}

/// The version that deals follow, a newer one without a stage in the middle, an older one, and one of
/// another process.
pub(crate) fn versions() -> Vec<Published> {
    let mut newer = version("newer", "process", 2);
    let mut definition = newer.definition.clone();
    definition
        .stages
        .retain(|stage| stage.code != "presentation");
    newer = Published::new(newer.id, newer.process_id, 2, definition);
    vec![
        process(),
        newer,
        version("older", "process", 0),
        version("other", "another", 1),
    ]
}

pub(crate) struct World {
    pub(crate) actor: Actor,
    pub(crate) process: Published,
    /// The versions that a deal can be made to follow.
    pub(crate) versions: Vec<Published>,
    pub(crate) facts: Facts,
    pub(crate) rates: RateTable,
    pub(crate) base: Currency,
    pub(crate) id: DealId,
}

impl World {
    pub(crate) fn new() -> Self {
        Self {
            actor: head(),
            process: process(),
            versions: versions(),
            facts: Facts::default(),
            rates: RateTable::default(),
            base: Currency::from_code("USD").unwrap(),
            id: DealId::new("deal"),
        }
    }

    pub(crate) fn decide(
        &self,
        current: Option<&Deal>,
        command: &DealCommand,
        now: DateTime<Utc>,
    ) -> Result<Decision, etalon_domain::error::Error> {
        let mut references = references();
        if let DealCommand::Follow(to) = command {
            let mut known = self.versions.iter();
            let found = known.find(|version| version.id == to.process_version_id);
            references.process = found.cloned();
        }
        let rules = Rules {
            actor: &self.actor,
            now,
            at: now,
            new_id: &self.id,
            process: &self.process,
            gates: Gates::Enforced {
                facts: &self.facts,
                offset: Utc.fix(),
            },
            rates: &self.rates,
            base: self.base,
        };
        decide(current, command, &references, rules)
    }

    pub(crate) fn deal(&self) -> Deal {
        let draft = DealDraft {
            title: "A deal".into(),
            amount: Some(Money::new(10_000, self.base)),
            ..DealDraft::default()
        };
        let command = DealCommand::Create(draft);
        self.decide(None, &command, start()).unwrap().deal
    }
}

pub(crate) fn close(amount: Option<Money>) -> DealCommand {
    DealCommand::Close(CloseDeal {
        reason: "signed".into(),
        amount,
        ..CloseDeal::new(Outcome::Won)
    })
}

/// A deal in a stage of a process that asks for something.
pub(crate) fn in_stage(world: &mut World, stage: &str) -> Deal {
    let definition = reference();
    world.process = Published::new(
        ProcessVersionId::new("version"),
        ProcessId::new("process"),
        1,
        definition.clone(),
    );
    let mut newer = definition;
    newer.stages.retain(|other| other.code != stage);
    world.versions[1] = Published::new(
        ProcessVersionId::new("newer"),
        ProcessId::new("process"),
        2,
        newer,
    );
    let mut deal = world.deal();
    deal.stage = stage.into();
    deal
}
