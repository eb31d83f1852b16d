//! Adding a selection up.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};

use super::{Selection, counted, weighted_sql};
use crate::connection::Tx;
use crate::error::Result;
use crate::reports::scope::Scope;
use crate::schema::deal_versions;

/// The deals of a selection that have the same key, part and owner.
#[derive(Clone, Debug, Queryable)]
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

/// SQL by which a selection is split, and for the days that are added up.
#[derive(Clone, Debug)]
pub(in crate::reports) struct By {
    pub key: String,
    pub part: String,
    pub owner: String,
    pub days: String,
    /// Whether the amounts are added up, too.
    pub with_sums: bool,
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
            with_sums: true,
        }
    }

    /// The same, only counted.
    pub(in crate::reports) fn only_counts(self) -> Self {
        Self {
            with_sums: false,
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

    fn columns(&self) -> String {
        let split: Vec<&str> = [&self.key, &self.part, &self.owner]
            .into_iter()
            .map(String::as_str)
            .filter(|column| *column != NOTHING)
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
    let sum = |what: &str| match what {
        NO_SUM => sql::<Nullable<BigInt>>("CAST(NULL AS BIGINT)"),
        what => sql::<Nullable<BigInt>>(&format!("CAST(SUM({what}) AS BIGINT)")),
    };
    let text = |what: &str| sql::<Nullable<Text>>(what);
    let mut found = Vec::new();
    for part in selection.parts() {
        let value = part.value(scope);
        let (amount, weighted, unconverted) = match by.with_sums {
            true => (
                value.clone(),
                weighted_sql(&value),
                format!(
                    "CASE WHEN deal_versions.amount IS NOT NULL AND {value} IS NULL THEN 1 ELSE 0 END"
                ),
            ),
            false => (NO_SUM.to_owned(), NO_SUM.to_owned(), NO_SUM.to_owned()),
        };
        let query = deal_versions::table
            .group_by(sql::<Text>(&by.columns()))
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
        let groups: Vec<Group> = counted!(query, tx, scope, &part).load(tx.conn)?;
        found.extend(groups);
    }
    Ok(found)
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
        let worth = part.worth(scope);
        let query = deal_versions::table
            .select((
                diesel::dsl::count_star(),
                sql::<Nullable<BigInt>>(&format!("CAST(SUM({worth}) AS BIGINT)")),
            ))
            .into_boxed();
        let (deals, worth): (i64, Option<i64>) =
            counted!(query, tx, scope, &part).first(tx.conn)?;
        all.deals += deals;
        all.worth += worth.unwrap_or(0);
    }
    Ok(all)
}

/// How many deals, and what they are worth in minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::reports) struct Total {
    pub deals: i64,
    pub worth: i64,
}
