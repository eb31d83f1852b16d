//! The conditions of a selection in SQL.

use chrono::DateTime;

use super::DAY;
use crate::connection::{Backend, Tx};
use crate::portable::instant;
use crate::reports::scope::Moment;

/// Narrows a boxed query over `deal_versions` to what the reader may see, the filter selects and the
/// number counts.
macro_rules! counted {
    ($query:expr, $tx:expr, $scope:expr, $selection:expr) => {{
        use crate::reports::selection::{Left, Selection, Since};
        use crate::schema::{deal_competitors, deal_team, deal_versions as v, deals};
        use diesel::dsl::sql;
        use diesel::prelude::*;
        use diesel::sql_types::{Bool, Nullable, Text, Timestamp};
        let scope: &crate::reports::scope::Scope = $scope;
        let chosen: &Selection = $selection;
        let filter = &scope.filter;
        let mut query = $query;
        if let Some(moment) = chosen.standing {
            query = query.filter(v::binned.eq(false));
            if !moment.present {
                query = query.filter(v::valid_from.lt(moment.at));
            }
            query = match chosen.since {
                _ if moment.present => query.filter(v::valid_to.is_null()),
                Some(Since::Lasting) => query.filter(v::valid_to.is_null()),
                Some(Since::Ended) => query.filter(v::valid_to.ge(moment.at)),
                None => query.filter(
                    v::valid_to
                        .is_null()
                        .or(v::valid_to.ge(moment.at).assume_not_null()),
                ),
            };
        }
        if let Some((from, before)) = chosen.entered {
            query = query
                .filter(v::entered)
                .filter(v::valid_from.ge(from))
                .filter(v::valid_from.lt(before));
            if !chosen.status.is_empty() && !chosen.status.contains(&"open") {
                // By this the index of the closings is known to have them all.
                query = query.filter(sql::<Bool>("deal_versions.status <> 'open'"));
            }
        }
        if let Some((from, before)) = chosen.ended {
            query = query
                .filter(v::entered)
                .filter(v::left_at.ge(from))
                .filter(v::left_at.lt(before));
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
        // What holds now says itself who may see it, and lies in a narrower index.
        let is_now = chosen
            .standing
            .is_some_and(|moment| moment.present || chosen.since == Some(Since::Lasting));
        if let Some(visible) = scope.visible_departments() {
            let me = || scope.actor.user_id.as_str().to_owned();
            let team = deal_team::table
                .filter(deal_team::user_id.eq(me()))
                .select(deal_team::deal_id);
            let (owner, department) = match is_now {
                true => ("deal_versions.owner_id", "deal_versions.department_id"),
                false => (
                    "deal_versions.now_owner_id",
                    "deal_versions.now_department_id",
                ),
            };
            let owned = || sql::<Nullable<Text>>(owner).eq(me());
            let shared = || v::deal_id.eq_any(team.clone()).nullable();
            query = if visible.is_empty() {
                query.filter(owned().or(shared()))
            } else if scope.is_every_department(&visible) {
                let there = sql::<Nullable<Text>>(department).is_not_null();
                query.filter(there.nullable().or(owned()).or(shared()))
            } else {
                let there = sql::<Nullable<Text>>(department).eq_any(visible);
                query.filter(there.or(owned()).or(shared()))
            };
        }
        macro_rules! among {
            ($values:expr, $column:expr) => {
                query = crate::portable::any_or_none!(query, $values, $column);
            };
        }
        among!(filter.owner_id.0, chosen.owner());
        // An older version, or a creation, may lie in a department that was removed since.
        if is_now && !chosen.by_origin && scope.is_every_department(&scope.departments) {
            query = query.filter(v::department_id.is_not_null());
        } else {
            among!(scope.departments, chosen.department());
        }
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
            let rots = crate::reports::selection::rotting_sql($tx, moment);
            query = query.filter(sql::<Bool>(&rots));
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
            let won_against = deals::table
                .filter(deals::beaten_account_id.eq(competitor.clone()))
                .select(deals::id);
            query = query.filter(
                v::deal_id
                    .eq_any(with)
                    .or(v::deal_id.eq_any(won_against))
                    .nullable()
                    .or(v::winner_account_id.eq(competitor.clone())),
            );
        }
        query
    }};
}

pub(in crate::reports) use counted;

/// SQL for whether a deal has been in a stage: the code stands between slashes on its way.
pub(in crate::reports) fn visited_sql(backend: Backend, code: &str) -> String {
    let position = match backend {
        Backend::Sqlite => "INSTR",
        Backend::Postgres => "STRPOS",
    };
    let code = code.replace('\'', "''");
    format!("({position}('/' || deal_versions.way || '/', '/{code}/') > 0)")
}

/// SQL for whether a deal has been without a touch for longer than its stage allows at a moment.
pub(in crate::reports) fn rotting_sql(tx: &Tx<'_>, moment: Moment) -> String {
    let at = instant(moment.at);
    let mut rots = "deal_versions.rotting_days IS NOT NULL".to_owned();
    for limit in limits(tx) {
        let since = moment.millis() - (i64::from(limit) + 1) * DAY;
        let last = DateTime::from_timestamp_millis(since).unwrap_or_default();
        let last = instant(last.naive_utc());
        // PostgreSQL looks touches up in a hash table only when it is said like this.
        rots.push_str(&format!(
            " AND (deal_versions.rotting_days <> {limit} OR (deal_versions.stage_entered_ms <= \
             {since} AND NOT (deal_versions.deal_id IN (SELECT t.deal_id FROM deal_touches AS t \
             WHERE t.touched_at > {last} AND t.touched_at < {at} AND t.recorded_at < {at}))))"
        ));
    }
    format!("({rots})")
}

/// The limits of days without a touch that occur in the published processes.
fn limits(tx: &Tx<'_>) -> Vec<i32> {
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
