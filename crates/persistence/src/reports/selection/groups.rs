//! Adding a selection up.

use diesel::connection::SimpleConnection as _;
use diesel::dsl::sql;
use diesel::expression::SqlLiteral;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};
use etalon_domain::analytics::Ended;
use serde::Deserialize;

use super::tally::GroupTally;
use super::{Selection, counted, weighted_sql};
use crate::connection::{Backend, Tx};
use crate::error::Result;
use crate::reports::scope::{Scope, money};
use crate::schema::deal_versions;

/// The deals of a selection that have the same key, part and owner.
#[derive(Clone, Debug, Deserialize, Queryable)]
pub(in crate::reports) struct Group {
    pub key: Option<String>,
    pub part: Option<String>,
    pub owner: Option<String>,
    pub deals: i64,
    amount: Option<i64>,
    weighted: Option<i64>,
    days: Option<i64>,
    unconverted: Option<i64>,
}

impl Group {
    pub(in crate::reports) fn amount(&self) -> i64 {
        self.amount.unwrap_or(0)
    }

    pub(in crate::reports) fn weighted(&self) -> i64 {
        self.weighted.unwrap_or(0)
    }

    pub(in crate::reports) fn days(&self) -> i64 {
        self.days.unwrap_or(0)
    }

    pub(in crate::reports) fn unconverted(&self) -> i64 {
        self.unconverted.unwrap_or(0)
    }
}

/// What is added up besides the deals: each sum is computed row by row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::reports) enum Sums {
    /// Nothing.
    Nothing,
    /// The amounts.
    Amounts,
    /// The amounts, and those times their probability.
    Weighted,
}

/// SQL by which a selection is split, and for the days that are added up.
#[derive(Clone, Debug)]
pub(in crate::reports) struct By {
    pub key: String,
    pub part: String,
    pub owner: String,
    pub days: String,
    /// What else than deals is added up.
    pub sums: Sums,
}

/// SQL of what is not added up.
const NO_SUM: &str = "";

/// SQL for nothing.
pub(in crate::reports) const NOTHING: &str = "CAST(NULL AS TEXT)";

impl By {
    pub(in crate::reports) fn key(key: &str) -> Self {
        Self {
            key: key.to_owned(),
            part: NOTHING.to_owned(),
            owner: NOTHING.to_owned(),
            days: NO_SUM.to_owned(),
            sums: Sums::Amounts,
        }
    }

    /// The same, only counted.
    pub(in crate::reports) fn only_counts(self) -> Self {
        Self {
            sums: Sums::Nothing,
            ..self
        }
    }

    /// The same, amount × probability too.
    pub(in crate::reports) fn weighted(self) -> Self {
        Self {
            sums: Sums::Weighted,
            ..self
        }
    }

    pub(in crate::reports) fn part(self, part: &str) -> Self {
        Self {
            part: part.to_owned(),
            ..self
        }
    }

    pub(in crate::reports) fn owner(self, owner: &str) -> Self {
        Self {
            owner: owner.to_owned(),
            ..self
        }
    }

    pub(in crate::reports) fn days(self, days: &str) -> Self {
        Self {
            days: days.to_owned(),
            ..self
        }
    }

    /// The places of those that split among the columns of a [`Group`].
    fn places(&self) -> String {
        let split: Vec<&str> = [(&self.key, "1"), (&self.part, "2"), (&self.owner, "3")]
            .into_iter()
            .filter(|(column, _)| *column != NOTHING)
            .map(|(_, place)| place)
            .collect();
        split.join(", ")
    }
}

/// Counts and adds up a selection. The same key, part and owner may come more than once.
///
/// # Errors
/// When the database cannot be read.
pub(in crate::reports) fn grouped(
    tx: &mut Tx<'_>,
    scope: &Scope,
    selection: &Selection,
    by: &By,
) -> Result<Vec<Group>> {
    let mut found = Vec::new();
    match scope.backend {
        Backend::Sqlite => {
            for part in selection.parts() {
                found.extend(tallied(tx, scope, &part, by)?);
            }
        }
        Backend::Postgres => {
            sorting(tx, "off")?;
            for part in selection.parts() {
                found.extend(hashed(tx, scope, &part, by)?);
            }
            sorting(tx, "on")?;
        }
    }
    Ok(found)
}

/// The groups of a selection on SQLite, by a function of ours.
fn tallied(tx: &mut Tx<'_>, scope: &Scope, part: &Selection, by: &By) -> Result<Vec<Group>> {
    let value = part.value(scope);
    let nothing = "NULL";
    let (amount, value) = match by.sums {
        Sums::Nothing => (nothing, nothing),
        Sums::Amounts | Sums::Weighted => ("deal_versions.amount", value.as_str()),
    };
    let probability = match by.sums {
        Sums::Weighted => "deal_versions.probability",
        Sums::Nothing | Sums::Amounts => nothing,
    };
    let days = match by.days.as_str() {
        NO_SUM => nothing,
        days => days,
    };
    let function = format!(
        "{}({}, {}, {}, {amount}, {value}, {probability}, {days})",
        GroupTally::NAME,
        by.key,
        by.part,
        by.owner,
    );
    let query = (deal_versions::table.select(sql::<Text>(&function))).into_boxed();
    let told: String = counted!(query, tx, scope, part).first(tx.conn)?;
    Ok(serde_json::from_str(&told)?)
}

/// The groups of a selection on PostgreSQL.
fn hashed(tx: &mut Tx<'_>, scope: &Scope, part: &Selection, by: &By) -> Result<Vec<Group>> {
    let text = |what: &str| sql::<Nullable<Text>>(what);
    let value = part.value(scope);
    let nothing = || NO_SUM.to_owned();
    let (amount, unconverted) = match by.sums {
        Sums::Nothing => (nothing(), nothing()),
        Sums::Amounts | Sums::Weighted => (value.clone(), unconverted_sql(&value)),
    };
    let weighted = match by.sums {
        Sums::Weighted => weighted_sql(&value),
        Sums::Nothing | Sums::Amounts => nothing(),
    };
    let query = deal_versions::table
        .group_by(sql::<Text>(&by.places()))
        .select((
            text(&by.key),
            text(&by.part),
            text(&by.owner),
            diesel::dsl::count_star(),
            sum(&amount),
            sum(&weighted),
            sum(&by.days),
            sum(&unconverted),
        ))
        .into_boxed();
    Ok(counted!(query, tx, scope, part).load(tx.conn)?)
}

/// Whether PostgreSQL may sort, in this transaction: it expects far fewer versions than a report reads, and
/// would sort what it should count in a hash table. Rows and registry are sorted as usual.
fn sorting(tx: &mut Tx<'_>, setting: &str) -> Result<()> {
    Ok((tx.conn).batch_execute(&format!("SET LOCAL enable_sort = {setting}"))?)
}

/// How many deals a selection has, and what they are worth.
///
/// # Errors
/// When the database cannot be read.
pub(in crate::reports) fn total(
    tx: &mut Tx<'_>,
    scope: &Scope,
    selection: &Selection,
) -> Result<Total> {
    let mut all = Total::default();
    for part in selection.parts() {
        let unconverted = unconverted_sql(&part.value(scope));
        let query = deal_versions::table
            .select((
                diesel::dsl::count_star(),
                sum(&part.worth(scope)),
                sum(&unconverted),
            ))
            .into_boxed();
        let (deals, worth, unconverted): (i64, Option<i64>, Option<i64>) =
            counted!(query, tx, scope, &part).first(tx.conn)?;
        all.deals += deals;
        all.worth += worth.unwrap_or(0);
        all.unconverted += unconverted.unwrap_or(0);
    }
    Ok(all)
}

/// SQL for the sum of something.
fn sum(what: &str) -> SqlLiteral<Nullable<BigInt>> {
    match what {
        NO_SUM => sql("CAST(NULL AS BIGINT)"),
        what => sql(&format!("CAST(SUM({what}) AS BIGINT)")),
    }
}

/// SQL for 1 when a version has an amount for which no exchange rate is known.
fn unconverted_sql(value: &str) -> String {
    format!("CASE WHEN deal_versions.amount IS NOT NULL AND {value} IS NULL THEN 1 ELSE 0 END")
}

/// How many deals, and what they are worth in minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::reports) struct Total {
    pub deals: i64,
    pub worth: i64,
    pub unconverted: i64,
}

impl Total {
    /// Adds the deals of a group with their amounts.
    pub(in crate::reports) fn add(&mut self, group: &Group) {
        self.deals += group.deals;
        self.worth += group.amount();
        self.unconverted += group.unconverted();
    }

    /// Both together.
    pub(in crate::reports) const fn plus(self, other: Self) -> Self {
        Self {
            deals: self.deals + other.deals,
            worth: self.worth + other.worth,
            unconverted: self.unconverted + other.unconverted,
        }
    }

    /// As a report tells it.
    pub(in crate::reports) fn ended(self, tx: &Tx<'_>) -> Ended {
        Ended {
            deals: self.deals,
            amount: money(tx, self.worth),
            unconverted: self.unconverted,
        }
    }
}
