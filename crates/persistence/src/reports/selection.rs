//! Which versions of deals a number counts. Every number of every report is the count or the sum of one
//! selection, or of several that share no deal; the rows behind it are those of the same selections.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};
use etalon_domain::analytics::Period;

use super::scope::{Moment, Scope};
use crate::connection::{Backend, Tx};
use crate::error::Result;
use crate::schema::deal_versions;

/// Milliseconds of a day.
pub(super) const DAY: i64 = 86_400_000;

/// What is added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Worth {
    /// The amount.
    Amount,
    /// Amount × probability.
    Weighted,
}

/// How the last visit of a stage ended by the end of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Left {
    /// For this.
    For(&'static str),
    /// Not yet.
    Not,
}

/// Which versions a number counts. Absent parts narrow nothing.
#[derive(Clone, Debug)]
pub(super) struct Selection {
    /// Those that hold at this moment.
    pub standing: Option<Moment>,
    /// Those that begin a visit between two instants: first included, last not.
    pub entered: Option<(NaiveDateTime, NaiveDateTime)>,
    /// Of several visits of one stage before an instant only the last.
    pub last_before: Option<NaiveDateTime>,
    /// Those whose visit was not left at this moment.
    pub still_at: Option<Moment>,
    /// Those whose deal is not in the bin at this moment.
    pub kept_at: Option<Moment>,
    /// Whether owner and department are those of the creation.
    pub by_origin: bool,
    /// Only these states.
    pub status: &'static [&'static str],
    /// Only this stage.
    pub stage: Option<String>,
    /// Only deals that have been in one of these stages.
    pub reached: Option<Vec<String>>,
    /// Only deals that have never been in this stage.
    pub skipped: Option<String>,
    /// How the visit ended before an instant.
    pub left: Option<(Left, NaiveDateTime)>,
    /// Only deals created between two instants in milliseconds: first included, last not.
    pub created: Option<(i64, i64)>,
    /// Only this category of the forecast.
    pub category: Option<&'static str>,
    /// Only deals that are expected to close on these days.
    pub expected: Option<Period>,
    /// Only deals that were expected to close before this day.
    pub overdue: Option<NaiveDate>,
    /// Only deals without a touch for longer than their stage's limit.
    pub rotting: Option<Moment>,
    /// Only deals closed for this reason; the inner `None`: without one.
    pub reason: Option<Option<String>>,
    /// Only deals in which this competitor takes part.
    pub competitor: Option<String>,
    /// What is added up.
    pub worth: Worth,
}

const WON: &[&str] = &["won"];
const OPEN: &[&str] = &["open"];

impl Selection {
    const fn all() -> Self {
        Self {
            standing: None,
            entered: None,
            last_before: None,
            still_at: None,
            kept_at: None,
            by_origin: false,
            status: &[],
            stage: None,
            reached: None,
            skipped: None,
            left: None,
            created: None,
            category: None,
            expected: None,
            overdue: None,
            rotting: None,
            reason: None,
            competitor: None,
            worth: Worth::Amount,
        }
    }

    /// The deals open at the moment of a scope.
    pub(super) fn open(scope: &Scope) -> Self {
        Self {
            standing: Some(scope.moment),
            status: OPEN,
            ..Self::all()
        }
    }

    /// The deals of a snapshot: those at work, and those won.
    pub(super) fn snapshot(scope: &Scope) -> Self {
        Self {
            standing: Some(scope.moment),
            status: &["open", "won"],
            ..Self::all()
        }
    }

    /// The deals open and expected to close in the period of a scope.
    pub(super) fn expected(scope: &Scope) -> Self {
        Self {
            expected: Some(scope.period),
            ..Self::open(scope)
        }
    }

    /// The deals that were closed so in the period of a scope, and are at its moment.
    pub(super) fn closed(scope: &Scope, status: &'static [&'static str]) -> Self {
        let (from, before) = scope.bounds(scope.period);
        Self {
            entered: Some((from, before.min(scope.moment.at))),
            still_at: Some(scope.moment),
            kept_at: Some(scope.moment),
            status,
            ..Self::all()
        }
    }

    /// The deals won in the period of a scope.
    pub(super) fn won(scope: &Scope) -> Self {
        Self::closed(scope, WON)
    }

    /// The visits that began in the period of a scope, told at its end.
    pub(super) fn flow(scope: &Scope) -> Self {
        let (from, _) = scope.bounds(scope.period);
        let end = scope.end_of(scope.period.to);
        Self {
            entered: Some((from, end.at)),
            last_before: Some(end.at),
            kept_at: Some(end),
            ..Self::all()
        }
    }

    /// The deals created in the period of a scope, as they are at its moment.
    pub(super) fn cohort(scope: &Scope) -> Self {
        let (from, before) = scope.bounds(scope.period);
        let millis = |at: NaiveDateTime| at.and_utc().timestamp_millis();
        Self {
            standing: Some(scope.moment),
            by_origin: true,
            created: Some((millis(from), millis(before))),
            ..Self::all()
        }
    }

    /// Those of it whose amount counts by its probability.
    pub(super) fn weighted(self) -> Self {
        Self {
            worth: Worth::Weighted,
            ..self
        }
    }

    /// Who owned the deal at the moment that is counted.
    pub(super) const fn owner(&self) -> &'static str {
        if self.by_origin {
            "deal_versions.first_owner_id"
        } else {
            "deal_versions.owner_id"
        }
    }

    /// Where the deal was at the moment that is counted.
    pub(super) const fn department(&self) -> &'static str {
        if self.by_origin {
            "deal_versions.first_department_id"
        } else {
            "deal_versions.department_id"
        }
    }

    /// SQL for what a deal adds to the number.
    pub(super) fn worth(&self, scope: &Scope) -> String {
        let value = &scope.value;
        match self.worth {
            Worth::Amount => value.clone(),
            Worth::Weighted => weighted_sql(value),
        }
    }
}

/// SQL for amount × probability, as [`etalon_domain::deal::weighted`] rounds it.
pub(super) fn weighted_sql(value: &str) -> String {
    format!("(({value} * deal_versions.probability + 50) / 100)")
}

/// Narrows a boxed query over `deal_versions` to what the reader may see, the filter selects and the
/// number counts.
macro_rules! counted {
    ($query:expr, $tx:expr, $scope:expr, $selection:expr) => {{
        use crate::reports::selection::{DAY, Left, Selection};
        use crate::schema::{deal_competitors, deal_team, deal_touches, deal_versions as v};
        use diesel::dsl::sql;
        use diesel::prelude::*;
        use diesel::sql_types::{Bool, Nullable, Text, Timestamp};
        let scope: &crate::reports::scope::Scope = $scope;
        let chosen: &Selection = $selection;
        let filter = &scope.filter;
        let mut query = $query;
        if let Some(moment) = chosen.standing {
            query = query.filter(v::binned.eq(false));
            query = if moment.present {
                query.filter(v::valid_to.is_null())
            } else {
                query.filter(v::valid_from.lt(moment.at)).filter(
                    v::valid_to
                        .is_null()
                        .or(v::valid_to.ge(moment.at).assume_not_null()),
                )
            };
        }
        if let Some((from, before)) = chosen.entered {
            query = query
                .filter(v::entered)
                .filter(v::valid_from.ge(from))
                .filter(v::valid_from.lt(before));
        }
        if let Some(before) = chosen.last_before {
            query = query.filter(
                v::reentered_at
                    .is_null()
                    .or(v::reentered_at.ge(before).assume_not_null()),
            );
        }
        if let Some(moment) = chosen.still_at {
            query = query.filter(
                v::left_at
                    .is_null()
                    .or(v::left_at.ge(moment.at).assume_not_null()),
            );
        }
        if let Some(moment) = chosen.kept_at {
            let binned = "deal_versions.deal_id NOT IN (SELECT b.deal_id FROM deal_versions b \
                          WHERE b.binned AND b.valid_from < ";
            query = query.filter(
                sql::<Bool>(binned)
                    .bind::<Timestamp, _>(moment.at)
                    .sql(" AND (b.valid_to IS NULL OR b.valid_to >= ")
                    .bind::<Timestamp, _>(moment.at)
                    .sql("))"),
            );
        }
        if let Some(visible) = scope.visible_departments() {
            let me = || scope.actor.user_id.as_str().to_owned();
            let team = deal_team::table
                .filter(deal_team::user_id.eq(me()))
                .select(deal_team::deal_id);
            let own = v::now_owner_id
                .eq(me())
                .or(v::deal_id.eq_any(team))
                .nullable();
            query = if visible.is_empty() {
                query.filter(own)
            } else {
                query.filter(own.or(v::now_department_id.eq_any(visible)))
            };
        }
        macro_rules! among {
            ($values:expr, $column:expr) => {
                if !$values.is_empty() {
                    let values: Vec<String> =
                        $values.iter().map(|value| value.to_string()).collect();
                    let column = || sql::<Nullable<Text>>($column);
                    query = if values.iter().any(|value| value == "none") {
                        query.filter(column().is_null().nullable().or(column().eq_any(values)))
                    } else if let [value] = values.as_slice() {
                        query.filter(column().eq(value.clone()))
                    } else {
                        query.filter(column().eq_any(values))
                    };
                }
            };
        }
        among!(filter.owner_id.0, chosen.owner());
        among!(scope.departments, chosen.department());
        among!(filter.source.0, "deal_versions.source");
        among!(filter.category.0, "deal_versions.category");
        among!(filter.product_id.0, "deal_versions.product_id");
        among!(filter.industry.0, "deal_versions.industry");
        among!(filter.process_id.0, "deal_versions.process_id");
        match chosen.status {
            [] => {}
            [status] => query = query.filter(v::status.eq(*status)),
            several => query = query.filter(v::status.eq_any(several.to_vec())),
        }
        if let Some(stage) = &chosen.stage {
            query = query.filter(v::stage.eq(stage.clone()));
        }
        if let Some(reached) = &chosen.reached {
            let each: Vec<String> = (reached.iter())
                .map(|code| crate::reports::selection::visited_sql(scope.backend, code))
                .collect();
            query = query.filter(sql::<Bool>(&format!("({})", each.join(" OR "))));
        }
        if let Some(code) = &chosen.skipped {
            let visited = crate::reports::selection::visited_sql(scope.backend, code);
            query = query.filter(sql::<Bool>(&format!("NOT {visited}")));
        }
        if let Some((left, before)) = chosen.left {
            query = match left {
                Left::Not => query.filter(
                    v::left_at
                        .is_null()
                        .or(v::left_at.ge(before).assume_not_null()),
                ),
                Left::For(what) => query
                    .filter(v::left_at.lt(before))
                    .filter(v::left_for.eq(what)),
            };
        }
        if let Some((from, before)) = chosen.created {
            query = query
                .filter(v::created_ms.ge(from))
                .filter(v::created_ms.lt(before));
        }
        if let Some(category) = chosen.category {
            query = query.filter(v::forecast_category.eq(category));
        }
        if let Some(period) = chosen.expected {
            query = query
                .filter(v::expected_close_on.ge(period.from))
                .filter(v::expected_close_on.le(period.to));
        }
        if let Some(day) = chosen.overdue {
            query = query.filter(v::expected_close_on.lt(day));
        }
        if let Some(moment) = chosen.rotting {
            query = query.filter(v::rotting_days.is_not_null());
            for limit in crate::reports::selection::limits($tx) {
                let since = moment.millis() - (i64::from(limit) + 1) * DAY;
                let last = chrono::DateTime::from_timestamp_millis(since)
                    .unwrap_or_default()
                    .naive_utc();
                let touched = deal_touches::table
                    .filter(deal_touches::touched_at.gt(last))
                    .filter(deal_touches::touched_at.lt(moment.at))
                    .filter(deal_touches::recorded_at.lt(moment.at))
                    .select(deal_touches::deal_id);
                query = query.filter(
                    v::rotting_days.ne(limit).or(v::stage_entered_ms
                        .le(since)
                        .and(v::deal_id.ne_all(touched))
                        .nullable()),
                );
            }
        }
        if let Some(reason) = &chosen.reason {
            query = match reason {
                Some(reason) => query.filter(v::close_reason.eq(reason.clone())),
                None => query.filter(v::close_reason.is_null()),
            };
        }
        if let Some(competitor) = &chosen.competitor {
            let with = deal_competitors::table
                .filter(deal_competitors::account_id.eq(competitor.clone()))
                .select(deal_competitors::deal_id);
            query = query.filter(
                v::deal_id
                    .eq_any(with)
                    .nullable()
                    .or(v::winner_account_id.eq(competitor.clone())),
            );
        }
        query
    }};
}

pub(super) use counted;

/// SQL for whether a deal has been in a stage: the code stands between slashes on its way.
pub(super) fn visited_sql(backend: Backend, code: &str) -> String {
    let position = match backend {
        Backend::Sqlite => "INSTR",
        Backend::Postgres => "STRPOS",
    };
    let code = code.replace('\'', "''");
    format!("({position}('/' || deal_versions.way || '/', '/{code}/') > 0)")
}

/// The limits of days without a touch that occur in the published processes.
pub(super) fn limits(tx: &Tx<'_>) -> Vec<i32> {
    let mut limits: Vec<i32> = (tx.company.processes.values())
        .flat_map(|process| {
            process
                .stages
                .all()
                .iter()
                .filter_map(|stage| stage.rotting_days)
        })
        .collect();
    limits.sort_unstable();
    limits.dedup();
    limits
}

/// The deals of a selection that have the same key, part and owner.
#[derive(Clone, Debug, Queryable)]
pub(super) struct Group {
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
    pub(super) fn amount(&self) -> i64 {
        self.amount.unwrap_or(0)
    }

    pub(super) fn weighted(&self) -> i64 {
        self.weighted.unwrap_or(0)
    }

    pub(super) fn days(&self) -> i64 {
        self.days.unwrap_or(0)
    }

    pub(super) fn unconverted(&self) -> i64 {
        self.unconverted.unwrap_or(0)
    }
}

/// SQL by which a selection is split, and for the days that are added up.
#[derive(Clone, Debug)]
pub(super) struct By {
    pub key: String,
    pub part: String,
    pub owner: String,
    pub days: String,
}

/// SQL for nothing.
pub(super) const NOTHING: &str = "CAST(NULL AS TEXT)";

impl By {
    pub(super) fn key(key: &str) -> Self {
        Self {
            key: key.to_owned(),
            part: NOTHING.to_owned(),
            owner: NOTHING.to_owned(),
            days: "0".to_owned(),
        }
    }

    pub(super) fn part(self, part: &str) -> Self {
        Self {
            part: part.to_owned(),
            ..self
        }
    }

    pub(super) fn owner(self, owner: &str) -> Self {
        Self {
            owner: owner.to_owned(),
            ..self
        }
    }

    pub(super) fn days(self, days: &str) -> Self {
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

/// Counts and adds up a selection in one pass.
///
/// # Errors
/// When the database cannot be read.
pub(super) fn grouped(
    tx: &mut Tx<'_>,
    scope: &Scope,
    selection: &Selection,
    by: &By,
) -> Result<Vec<Group>> {
    let value = &scope.value;
    let sum = |what: &str| sql::<Nullable<BigInt>>(&format!("CAST(SUM({what}) AS BIGINT)"));
    let text = |what: &str| sql::<Nullable<Text>>(what);
    let query = deal_versions::table
        .group_by(sql::<Text>(&by.columns()))
        .select((
            text(&by.key),
            text(&by.part),
            text(&by.owner),
            diesel::dsl::count_star(),
            sum(value),
            sum(&weighted_sql(value)),
            sum(&by.days),
            sum(&format!(
                "CASE WHEN deal_versions.amount IS NOT NULL AND {value} IS NULL THEN 1 ELSE 0 END"
            )),
        ))
        .into_boxed();
    Ok(counted!(query, tx, scope, selection).load(tx.conn)?)
}

/// How many deals a selection has, and what they are worth.
///
/// # Errors
/// When the database cannot be read.
pub(super) fn total(tx: &mut Tx<'_>, scope: &Scope, selection: &Selection) -> Result<Total> {
    let worth = selection.worth(scope);
    let query = deal_versions::table
        .select((
            diesel::dsl::count_star(),
            sql::<Nullable<BigInt>>(&format!("CAST(SUM({worth}) AS BIGINT)")),
        ))
        .into_boxed();
    let (deals, worth): (i64, Option<i64>) =
        counted!(query, tx, scope, selection).first(tx.conn)?;
    Ok(Total {
        deals,
        worth: worth.unwrap_or(0),
    })
}

/// How many deals, and what they are worth in minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Total {
    pub deals: i64,
    pub worth: i64,
}
