//! The versions of a deal: one row for each interval in which nothing changed that the reports count. A
//! row at which the deal comes to another stage begins a visit of it.

mod complete;
mod row;

use chrono::NaiveDateTime;
use diesel::prelude::*;
use etalon_domain::analytics::has_visited;
use etalon_domain::deal::{Deal, DealStatus, Version};
use etalon_domain::id::DealId;
use etalon_domain::process::Published;
use etalon_domain::time::{days_between, to_naive};

pub(crate) use self::complete::complete;
use self::row::{LeftFor, Row, end_visit, follow, mark_return};
use crate::connection::{AnyConnection, Tx};
use crate::context::new_id;
use crate::error::Result;
use crate::schema::{accounts, deal_versions, deals};

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
    if !end_visit(made, next, left_for)
        && let Some(present) = present
    {
        let begun = deal_versions::table
            .filter(deal_versions::deal_id.eq(&present.deal_id))
            .filter(deal_versions::entered)
            .filter(deal_versions::left_at.is_null());
        diesel::update(begun)
            .set((
                deal_versions::left_at.eq(next.valid_from),
                deal_versions::left_ms.eq(next.stage_entered_ms),
                deal_versions::left_for.eq(left_for.as_str()),
            ))
            .execute(conn)?;
    }
    if !mark_return(made, next)
        && present.is_some_and(|present| has_visited(&present.way, &next.stage))
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
