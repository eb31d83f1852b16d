//! The versions of a deal: one row for each interval in which nothing changed that the reports count. A
//! row at which the deal comes to another stage begins a visit of it.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use etalon_domain::deal::{Deal, DealStatus, Version};
use etalon_domain::id::DealId;
use etalon_domain::process::Published;
use etalon_domain::stage::Stages;
use etalon_domain::time::{days_between, to_naive};

use crate::connection::{AnyConnection, Company, Tx};
use crate::context::new_id;
use crate::error::Result;
use crate::schema::{accounts, deal_versions, deals};

/// A row as it is stored.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = deal_versions)]
struct Row {
    id: String,
    deal_id: String,
    valid_from: NaiveDateTime,
    valid_to: Option<NaiveDateTime>,
    stage: String,
    status: String,
    owner_id: String,
    department_id: Option<String>,
    account_id: Option<String>,
    product_id: Option<String>,
    source: Option<String>,
    category: Option<String>,
    amount: Option<i64>,
    currency: Option<String>,
    amount_base: Option<i64>,
    probability: i32,
    forecast_category: String,
    expected_close_on: Option<NaiveDate>,
    created_ms: i64,
    first_owner_id: String,
    first_department_id: Option<String>,
    now_owner_id: String,
    now_department_id: Option<String>,
    process_id: String,
    industry: Option<String>,
    binned: bool,
    way: String,
    rotting_days: Option<i32>,
    stage_entered_ms: i64,
    entered: bool,
    left_at: Option<NaiveDateTime>,
    left_ms: Option<i64>,
    left_for: Option<String>,
    reentered_at: Option<NaiveDateTime>,
    cycle_days: Option<i32>,
    close_reason: Option<String>,
    winner_account_id: Option<String>,
}

/// For what a visit was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LeftFor {
    Advanced,
    Returned,
    Closed,
}

impl LeftFor {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Advanced => "advanced",
            Self::Returned => "returned",
            Self::Closed => "closed",
        }
    }

    /// A win lies ahead of every stage, the other ends lie beside the way, and whatever is taken up
    /// again goes back.
    fn between(stages: &Stages, company: &Company, from: &Row, to: &Row) -> Self {
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
fn follow(
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
    if !etalon_domain::analytics::has_visited(&row.way, &row.stage) {
        row.way.push('/');
        row.way.push_str(&row.stage);
    }
    Some(left_for(before, row))
}

/// Ends the present version and begins the new ones, without a gap or an overlap.
///
/// # Errors
/// When the database fails.
pub(super) fn begin(
    tx: &mut Tx<'_>,
    before: Option<&Deal>,
    deal: &Deal,
    versions: &[Version],
    process: &Published,
) -> Result<()> {
    if let Some(before) = before {
        keep_reach(tx, before, deal)?;
    }
    let Some(first) = versions.first() else {
        return Ok(());
    };
    let present = match before {
        None => None,
        Some(_) => end_present(tx.conn, &deal.id, to_naive(first.at))?,
    };
    let mut template = template(tx, deal, process)?;
    if let Some(present) = &present {
        template.first_owner_id.clone_from(&present.first_owner_id);
        template
            .first_department_id
            .clone_from(&present.first_department_id);
    }
    let company = tx.company;
    let mut made: Vec<Row> = Vec::with_capacity(versions.len());
    for (index, version) in versions.iter().enumerate() {
        let next = versions.get(index + 1);
        if next.is_some_and(|next| next.at == version.at) {
            continue;
        }
        let mut row = Row {
            id: new_id(),
            valid_from: to_naive(version.at),
            valid_to: next.map(|next| to_naive(next.at)),
            stage: version.stage.clone(),
            status: version.status.as_str().to_owned(),
            probability: version.probability,
            forecast_category: version.forecast_category.as_str().to_owned(),
            rotting_days: process
                .stages
                .get(&version.stage)
                .and_then(|stage| stage.rotting_days),
            ..template.clone()
        };
        if version.status == DealStatus::Open {
            row.cycle_days = None;
            row.close_reason = None;
            row.winner_account_id = None;
        }
        let last = made.last().or(present.as_ref());
        let left = follow(&mut row, last, |from, to| {
            LeftFor::between(&process.stages, company, from, to)
        });
        if let Some(left_for) = left {
            leave(tx.conn, &mut made, present.as_ref(), &row, left_for)?;
        }
        made.push(row);
    }
    for row in &made {
        diesel::insert_into(deal_versions::table)
            .values(row)
            .execute(tx.conn)?;
    }
    Ok(())
}

/// Ends the version that lasts until now, and returns it.
fn end_present(conn: &mut AnyConnection, deal: &DealId, at: NaiveDateTime) -> Result<Option<Row>> {
    let present: Option<Row> = deal_versions::table
        .filter(deal_versions::deal_id.eq(deal.as_str()))
        .filter(deal_versions::valid_to.is_null())
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    if let Some(present) = &present {
        diesel::update(deal_versions::table.filter(deal_versions::id.eq(&present.id)))
            .set(deal_versions::valid_to.eq(at))
            .execute(conn)?;
    }
    Ok(present)
}

/// Ends the visit before the one that a row begins, be it stored or only made, and tells the earlier
/// visit of the same stage that the deal came back.
fn leave(
    conn: &mut AnyConnection,
    made: &mut [Row],
    present: Option<&Row>,
    next: &Row,
    left_for: LeftFor,
) -> Result<()> {
    let left_ms = next.valid_from.and_utc().timestamp_millis();
    if let Some(begun) = made.iter_mut().rev().find(|row| row.entered) {
        begun.left_at = Some(next.valid_from);
        begun.left_ms = Some(left_ms);
        begun.left_for = Some(left_for.as_str().to_owned());
    } else if let Some(present) = present {
        let begun = deal_versions::table
            .filter(deal_versions::deal_id.eq(&present.deal_id))
            .filter(deal_versions::entered)
            .filter(deal_versions::left_at.is_null());
        diesel::update(begun)
            .set((
                deal_versions::left_at.eq(next.valid_from),
                deal_versions::left_ms.eq(left_ms),
                deal_versions::left_for.eq(left_for.as_str()),
            ))
            .execute(conn)?;
    }
    let same =
        |row: &&mut Row| row.entered && row.stage == next.stage && row.reentered_at.is_none();
    if let Some(earlier) = made.iter_mut().rev().find(same) {
        earlier.reentered_at = Some(next.valid_from);
    } else if present
        .is_some_and(|present| etalon_domain::analytics::has_visited(&present.way, &next.stage))
    {
        let earlier = deal_versions::table
            .filter(deal_versions::deal_id.eq(&next.deal_id))
            .filter(deal_versions::entered)
            .filter(deal_versions::stage.eq(&next.stage))
            .filter(deal_versions::reentered_at.is_null());
        diesel::update(earlier)
            .set(deal_versions::reentered_at.eq(next.valid_from))
            .execute(conn)?;
    }
    Ok(())
}

/// What all rows say of who may see the deal follows the deal.
fn keep_reach(tx: &mut Tx<'_>, before: &Deal, deal: &Deal) -> Result<()> {
    if before.owner_id == deal.owner_id && before.department_id == deal.department_id {
        return Ok(());
    }
    let all = deal_versions::table.filter(deal_versions::deal_id.eq(deal.id.as_str()));
    diesel::update(all)
        .set((
            deal_versions::now_owner_id.eq(deal.owner_id.as_str()),
            deal_versions::now_department_id.eq(deal.department_id.as_ref().map(|id| id.as_str())),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// What a row has of the deal as it is now.
fn template(tx: &mut Tx<'_>, deal: &Deal, process: &Published) -> Result<Row> {
    let text = |id: Option<&str>| id.map(str::to_owned);
    let industry = match &deal.account_id {
        Some(account) => accounts::table
            .filter(accounts::id.eq(account.as_str()))
            .select(accounts::industry)
            .first::<Option<String>>(tx.conn)
            .optional()?
            .flatten(),
        None => None,
    };
    let department = text(deal.department_id.as_ref().map(|id| id.as_str()));
    let cycle = deal
        .closed_at
        .map(|closed| days_between(deal.created_at.date_naive(), closed.date_naive()));
    Ok(Row {
        id: String::new(),
        deal_id: deal.id.as_str().to_owned(),
        valid_from: to_naive(deal.created_at),
        valid_to: None,
        stage: String::new(),
        status: String::new(),
        owner_id: deal.owner_id.as_str().to_owned(),
        department_id: department.clone(),
        account_id: text(deal.account_id.as_ref().map(|id| id.as_str())),
        product_id: text(deal.product_id.as_ref().map(|id| id.as_str())),
        source: deal.source.clone(),
        category: text(deal.category.map(|category| category.as_str())),
        amount: deal.amount.map(|money| money.minor),
        currency: deal.amount.map(|money| money.currency.code().to_owned()),
        amount_base: deal.amount_base.map(|money| money.minor),
        probability: deal.probability,
        forecast_category: String::new(),
        expected_close_on: deal.expected_close_on,
        created_ms: deal.created_at.timestamp_millis(),
        first_owner_id: deal.owner_id.as_str().to_owned(),
        first_department_id: department.clone(),
        now_owner_id: deal.owner_id.as_str().to_owned(),
        now_department_id: department,
        process_id: process.process_id.as_str().to_owned(),
        industry,
        binned: deal.deleted_at.is_some(),
        way: String::new(),
        rotting_days: None,
        stage_entered_ms: 0,
        entered: false,
        left_at: None,
        left_ms: None,
        left_for: None,
        reentered_at: None,
        cycle_days: cycle.and_then(|days| i32::try_from(days).ok()),
        close_reason: deal.close_reason.clone(),
        winner_account_id: text(deal.winner_account_id.as_ref().map(|id| id.as_str())),
    })
}

/// An account is of another industry from now on: so are its deals, and their past stays as it was.
///
/// # Errors
/// When the database fails.
pub(crate) fn change_industry(
    tx: &mut Tx<'_>,
    account: &str,
    industry: Option<&str>,
    at: NaiveDateTime,
) -> Result<()> {
    let present: Vec<Row> = deal_versions::table
        .filter(
            deal_versions::deal_id.eq_any(
                deals::table
                    .filter(deals::account_id.eq(account))
                    .select(deals::id),
            ),
        )
        .filter(deal_versions::valid_to.is_null())
        .select(Row::as_select())
        .load(tx.conn)?;
    for row in present {
        if row.industry.as_deref() == industry {
            continue;
        }
        let this = deal_versions::table.filter(deal_versions::id.eq(&row.id));
        // A version may have begun in the same moment, or, by a clock that goes ahead, after it.
        if row.valid_from >= at {
            diesel::update(this)
                .set(deal_versions::industry.eq(industry))
                .execute(tx.conn)?;
            continue;
        }
        diesel::update(this)
            .set(deal_versions::valid_to.eq(at))
            .execute(tx.conn)?;
        let next = Row {
            id: new_id(),
            valid_from: at,
            industry: industry.map(str::to_owned),
            entered: false,
            left_at: None,
            left_ms: None,
            left_for: None,
            reentered_at: None,
            ..row
        };
        diesel::insert_into(deal_versions::table)
            .values(&next)
            .execute(tx.conn)?;
    }
    Ok(())
}

/// Fills what follows from the rows before in versions that an earlier release of the program wrote.
///
/// # Errors
/// When the database fails.
pub(crate) fn complete(conn: &mut AnyConnection, company: &Company) -> Result<usize> {
    let mut completed = 0;
    loop {
        let some: Vec<String> = deal_versions::table
            .filter(deal_versions::way.eq(""))
            .select(deal_versions::deal_id)
            .distinct()
            .limit(500)
            .load(conn)?;
        if some.is_empty() {
            return Ok(completed);
        }
        completed += some.len();
        complete_some(conn, company, &some)?;
    }
}

/// What [`complete_some`] needs to know of a deal.
#[derive(Queryable)]
struct Known {
    id: String,
    created_at: NaiveDateTime,
    owner_id: String,
    department_id: Option<String>,
    process_version_id: String,
    industry: Option<String>,
    deleted_at: Option<NaiveDateTime>,
    cycle_days: Option<i32>,
    close_reason: Option<String>,
    winner_account_id: Option<String>,
}

fn complete_some(conn: &mut AnyConnection, company: &Company, some: &[String]) -> Result<()> {
    let known: Vec<Known> = deals::table
        .left_join(accounts::table.on(accounts::id.nullable().eq(deals::account_id)))
        .filter(deals::id.eq_any(some))
        .select((
            deals::id,
            deals::created_at,
            deals::owner_id,
            deals::department_id,
            deals::process_version_id,
            accounts::industry.nullable(),
            deals::deleted_at,
            deals::cycle_days,
            deals::close_reason,
            deals::winner_account_id,
        ))
        .load(conn)?;
    let mut rows: Vec<Row> = deal_versions::table
        .filter(deal_versions::deal_id.eq_any(some))
        .order((deal_versions::deal_id, deal_versions::valid_from))
        .select(Row::as_select())
        .load(conn)?;
    let known: BTreeMap<&str, &Known> = known.iter().map(|deal| (deal.id.as_str(), deal)).collect();
    for versions in rows.chunk_by_mut(|a, b| a.deal_id == b.deal_id) {
        let Some(deal) = versions
            .first()
            .and_then(|row| known.get(row.deal_id.as_str()))
        else {
            continue;
        };
        derive(versions, deal, company);
    }
    for row in &rows {
        diesel::update(deal_versions::table.filter(deal_versions::id.eq(&row.id)))
            .set((
                (
                    deal_versions::created_ms.eq(row.created_ms),
                    deal_versions::first_owner_id.eq(&row.first_owner_id),
                    deal_versions::first_department_id.eq(&row.first_department_id),
                    deal_versions::now_owner_id.eq(&row.now_owner_id),
                    deal_versions::now_department_id.eq(&row.now_department_id),
                    deal_versions::process_id.eq(&row.process_id),
                    deal_versions::industry.eq(&row.industry),
                    deal_versions::binned.eq(row.binned),
                    deal_versions::way.eq(&row.way),
                    deal_versions::rotting_days.eq(row.rotting_days),
                ),
                (
                    deal_versions::stage_entered_ms.eq(row.stage_entered_ms),
                    deal_versions::entered.eq(row.entered),
                    deal_versions::left_at.eq(row.left_at),
                    deal_versions::left_ms.eq(row.left_ms),
                    deal_versions::left_for.eq(&row.left_for),
                    deal_versions::reentered_at.eq(row.reentered_at),
                    deal_versions::cycle_days.eq(row.cycle_days),
                    deal_versions::close_reason.eq(&row.close_reason),
                    deal_versions::winner_account_id.eq(&row.winner_account_id),
                ),
            ))
            .execute(conn)?;
    }
    Ok(())
}

fn derive(versions: &mut [Row], deal: &Known, company: &Company) {
    let process = company.process(&etalon_domain::id::ProcessVersionId::new(
        deal.process_version_id.clone(),
    ));
    let last = versions.len() - 1;
    for index in 0..versions.len() {
        let (earlier, rest) = versions.split_at_mut(index);
        let Some(row) = rest.first_mut() else {
            continue;
        };
        row.created_ms = deal.created_at.and_utc().timestamp_millis();
        row.now_owner_id.clone_from(&deal.owner_id);
        row.now_department_id.clone_from(&deal.department_id);
        row.process_id = process.process_id.as_str().to_owned();
        row.industry.clone_from(&deal.industry);
        row.binned = index == last && deal.deleted_at.is_some();
        row.rotting_days = process
            .stages
            .get(&row.stage)
            .and_then(|stage| stage.rotting_days);
        if index == last {
            row.cycle_days = deal.cycle_days;
            row.close_reason.clone_from(&deal.close_reason);
            row.winner_account_id.clone_from(&deal.winner_account_id);
        }
        let first = earlier.first().unwrap_or(row);
        let (owner, department) = (first.owner_id.clone(), first.department_id.clone());
        row.first_owner_id = owner;
        row.first_department_id = department;
        let left = follow(row, earlier.last(), |from, to| {
            LeftFor::between(&process.stages, company, from, to)
        });
        if let Some(left_for) = left {
            if let Some(begun) = earlier.iter_mut().rev().find(|row| row.entered) {
                begun.left_at = Some(row.valid_from);
                begun.left_ms = Some(row.stage_entered_ms);
                begun.left_for = Some(left_for.as_str().to_owned());
            }
            let same = |other: &&mut Row| {
                other.entered && other.stage == row.stage && other.reentered_at.is_none()
            };
            if let Some(same) = earlier.iter_mut().rev().find(same) {
                same.reentered_at = Some(row.valid_from);
            }
        }
    }
}
