//! Where deals rot and since when.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDateTime;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable};
use etalon_domain::analytics::{
    AnalyticsFilter, OwnerPart, PeriodQuery, StalledDeal, Stalling, StallingStage, round, share,
};
use etalon_domain::id::UserId;
use etalon_domain::policy::Actor;
use etalon_domain::time::Instant;
use etalon_domain::user::Language;

use super::funnel::{stage_name, stages};
use super::rows::deals_of;
use super::scope::{Scope, money};
use super::selection::{By, DAY, Selection, counted, grouped};
use super::targets::names_of_people;
use crate::connection::Tx;
use crate::error::Result;
use crate::schema::{deal_touches, deal_versions};

/// How many of the longest neglected deals are told.
const MOST: usize = 50;

/// A rotting deal.
#[derive(Clone, Debug, Queryable)]
struct Neglected {
    version: String,
    deal: String,
    stage: String,
    owner: String,
    stage_entered_ms: i64,
    amount: Option<i64>,
    value: Option<i64>,
}

/// What is added up of the rotting deals of a stage.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    deals: i64,
    amount: i64,
    unconverted: i64,
    days: i64,
    since: Option<i64>,
}

/// Where deals rot and since when.
///
/// # Errors
/// `invalid_fields` when the period is none, or the database cannot be read.
pub fn stalling(
    tx: &mut Tx<'_>,
    actor: &Actor,
    period: &PeriodQuery,
    filter: &AnalyticsFilter,
    language: Language,
    now: Instant,
) -> Result<Stalling> {
    let scope = Scope::new(tx, actor, period, filter, now)?;
    let by = By::key("deal_versions.stage").only_counts();
    let mut open = BTreeMap::<String, i64>::new();
    for group in grouped(tx, &scope, &Selection::open(&scope), &by)? {
        *open.entry(group.key.unwrap_or_default()).or_default() += group.deals;
    }
    let mut found = Vec::<Neglected>::new();
    for part in Selection::rotting(&scope).parts() {
        let query = deal_versions::table
            .select((
                deal_versions::id,
                deal_versions::deal_id,
                deal_versions::stage,
                deal_versions::owner_id,
                deal_versions::stage_entered_ms,
                deal_versions::amount,
                sql::<Nullable<BigInt>>(&part.value(&scope)),
            ))
            .into_boxed();
        let part: Vec<Neglected> = counted!(query, tx, &scope, &part).load(tx.conn)?;
        found.extend(part);
    }
    let touched = last_touches(tx, &scope)?;
    let now = scope.moment.millis();
    let mut neglected: Vec<(i64, &Neglected)> = (found.iter())
        .map(|deal| {
            let last = touched.get(deal.deal.as_str()).copied().unwrap_or(i64::MIN);
            (last.max(deal.stage_entered_ms), deal)
        })
        .collect();
    neglected.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.version.cmp(&b.1.version)));
    let mut neglected_in = BTreeMap::<&str, Sums>::new();
    let mut by_owner = BTreeMap::<&str, (i64, i64)>::new();
    for (since, deal) in &neglected {
        let sums = neglected_in.entry(&deal.stage).or_default();
        sums.deals += 1;
        sums.amount += deal.value.unwrap_or(0);
        sums.unconverted += i64::from(deal.amount.is_some() && deal.value.is_none());
        sums.days += (now - since) / DAY;
        sums.since = sums.since.or(Some(*since));
        let owner = by_owner.entry(&deal.owner).or_default();
        owner.0 += 1;
        owner.1 += deal.value.unwrap_or(0);
    }
    let names = names_of_people(tx)?;
    let mut owners: Vec<OwnerPart> = (by_owner.into_iter())
        .map(|(id, (deals, amount))| OwnerPart {
            id: UserId::new(id),
            name: names.get(id).cloned().unwrap_or_default(),
            deals,
            amount: money(tx, amount),
        })
        .collect();
    owners.sort_by(|a, b| b.deals.cmp(&a.deals).then_with(|| a.name.cmp(&b.name)));
    let order = stages(tx, &scope);
    let instant = |millis| chrono::DateTime::from_timestamp_millis(millis).unwrap_or_default();
    let stages = (order.open())
        .map(|stage| {
            let sums = neglected_in
                .get(stage.code.as_str())
                .copied()
                .unwrap_or_default();
            let deals = open.get(&stage.code).copied().unwrap_or(0);
            StallingStage {
                stage: stage.code.clone(),
                name: stage_name(&order, &stage.code, language),
                deals,
                rotting: sums.deals,
                amount: money(tx, sums.amount),
                unconverted: sums.unconverted,
                share: share(sums.deals, deals),
                since: sums.since.map(instant),
                average_days: (sums.deals > 0)
                    .then(|| round(sums.days as f64 / sums.deals as f64, 6)),
            }
        })
        .collect();
    neglected.truncate(MOST);
    let versions: Vec<String> = neglected
        .iter()
        .map(|(_, deal)| deal.version.clone())
        .collect();
    let mut told = deals_of(tx, &scope, &Selection::open(&scope), versions)?;
    let deals = (neglected.iter())
        .filter_map(|(since, deal)| {
            Some(StalledDeal {
                deal: told.remove(&deal.version)?,
                since: instant(*since),
                days: (now - since) / DAY,
            })
        })
        .collect();
    Ok(Stalling {
        as_of: scope.as_of,
        stages,
        owners,
        deals,
    })
}

/// When each deal was last touched before the moment of a scope, in milliseconds.
fn last_touches(tx: &mut Tx<'_>, scope: &Scope) -> Result<HashMap<String, i64>> {
    let rows: Vec<(String, Option<NaiveDateTime>)> = deal_touches::table
        .filter(deal_touches::touched_at.lt(scope.moment.at))
        .filter(deal_touches::recorded_at.lt(scope.moment.at))
        .group_by(deal_touches::deal_id)
        .select((
            deal_touches::deal_id,
            diesel::dsl::max(deal_touches::touched_at),
        ))
        .load(tx.conn)?;
    let known =
        (rows.into_iter()).filter_map(|(deal, at)| Some((deal, at?.and_utc().timestamp_millis())));
    Ok(known.collect())
}
