//! One row: an interval of a deal, its place on the way, and for what its visit was left.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use etalon_domain::analytics::has_visited;
use etalon_domain::deal::DealStatus;
use etalon_domain::stage::Stages;

use crate::connection::Company;
use crate::schema::deal_versions;

/// A row as it is stored.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = deal_versions)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) deal_id: String,
    pub(super) valid_from: NaiveDateTime,
    pub(super) valid_to: Option<NaiveDateTime>,
    pub(super) stage: String,
    pub(super) status: String,
    pub(super) owner_id: String,
    pub(super) department_id: Option<String>,
    pub(super) account_id: Option<String>,
    pub(super) product_id: Option<String>,
    pub(super) source: Option<String>,
    pub(super) category: Option<String>,
    pub(super) amount: Option<i64>,
    pub(super) currency: Option<String>,
    pub(super) amount_base: Option<i64>,
    pub(super) probability: i32,
    pub(super) forecast_category: String,
    pub(super) expected_close_on: Option<NaiveDate>,
    pub(super) created_ms: i64,
    pub(super) first_owner_id: String,
    pub(super) first_department_id: Option<String>,
    pub(super) now_owner_id: String,
    pub(super) now_department_id: Option<String>,
    pub(super) process_id: String,
    pub(super) industry: Option<String>,
    pub(super) binned: bool,
    pub(super) way: String,
    pub(super) rotting_days: Option<i32>,
    pub(super) stage_entered_ms: i64,
    pub(super) entered: bool,
    pub(super) left_at: Option<NaiveDateTime>,
    pub(super) left_ms: Option<i64>,
    pub(super) left_for: Option<String>,
    pub(super) reentered_at: Option<NaiveDateTime>,
    pub(super) cycle_days: Option<i32>,
    pub(super) close_reason: Option<String>,
    pub(super) winner_account_id: Option<String>,
}

/// For what a visit was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LeftFor {
    Advanced,
    Returned,
    Closed,
}

impl LeftFor {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Advanced => "advanced",
            Self::Returned => "returned",
            Self::Closed => "closed",
        }
    }

    /// A win lies ahead of every stage, the other ends lie beside the way, and whatever is taken up
    /// again goes back.
    pub(super) fn between(stages: &Stages, company: &Company, from: &Row, to: &Row) -> Self {
        if to.status == DealStatus::Won.as_str() {
            return Self::Advanced;
        }
        if to.status != DealStatus::Open.as_str() {
            return Self::Closed;
        }
        if from.status != DealStatus::Open.as_str() {
            return Self::Returned;
        }
        let place = |code: &str| {
            let known = stages.get(code).or_else(|| company.stages.get(code));
            known.map_or(0, |stage| stage.position)
        };
        if place(&to.stage) > place(&from.stage) {
            Self::Advanced
        } else {
            Self::Returned
        }
    }
}

/// Lets a row follow another: its place on the way, the visit to which it belongs. Says how the visit
/// before ends when another begins.
pub(super) fn follow(
    row: &mut Row,
    before: Option<&Row>,
    left_for: impl Fn(&Row, &Row) -> LeftFor,
) -> Option<LeftFor> {
    let at = row.valid_from.and_utc().timestamp_millis();
    row.entered = before.is_none_or(|before| before.stage != row.stage);
    let Some(before) = before else {
        row.stage_entered_ms = at;
        row.way.clone_from(&row.stage);
        return None;
    };
    row.way.clone_from(&before.way);
    if !row.entered {
        row.stage_entered_ms = before.stage_entered_ms;
        return None;
    }
    row.stage_entered_ms = at;
    if !has_visited(&row.way, &row.stage) {
        row.way.push('/');
        row.way.push_str(&row.stage);
    }
    Some(left_for(before, row))
}

/// Ends the visit before the one that a row begins, when it began with one of these rows.
pub(super) fn end_visit(rows: &mut [Row], next: &Row, left_for: LeftFor) -> bool {
    let begun = rows.iter_mut().rev().find(|row| row.entered);
    begun.is_some_and(|begun| {
        begun.left_at = Some(next.valid_from);
        begun.left_ms = Some(next.stage_entered_ms);
        begun.left_for = Some(left_for.as_str().to_owned());
        true
    })
}

/// Tells the earlier visit of the same stage that the deal came back, when it is one of these rows.
pub(super) fn mark_return(rows: &mut [Row], next: &Row) -> bool {
    let same =
        |row: &&mut Row| row.entered && row.stage == next.stage && row.reentered_at.is_none();
    let earlier = rows.iter_mut().rev().find(same);
    earlier.is_some_and(|earlier| {
        earlier.reentered_at = Some(next.valid_from);
        true
    })
}
