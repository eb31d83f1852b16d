//! Why deals ended, where they came from, and against whom.

use std::collections::BTreeMap;

use diesel::prelude::*;
use etalon_domain::analytics::{
    AnalyticsFilter, CompetitorRow, Dimension, PeriodQuery, ReasonRow, Reasons, share, wilson,
    win_rate as rate,
};
use etalon_domain::id::Ref;
use etalon_domain::policy::Actor;
use etalon_domain::time::Instant;

use super::closed::rates;
use super::scope::{Scope, money};
use super::selection::{By, Group, Selection, Total, counted, grouped};
use crate::connection::Tx;
use crate::error::Result;
use crate::schema::{accounts, deal_competitors, deal_versions, deals};

/// Why deals ended in a period, where they came from, and against whom.
///
/// # Errors
/// `invalid_fields` when the period is none, or the database cannot be read.
pub fn reasons(
    tx: &mut Tx<'_>,
    actor: &Actor,
    period: &PeriodQuery,
    filter: &AnalyticsFilter,
    now: Instant,
) -> Result<Reasons> {
    let scope = Scope::new(tx, actor, period, filter, now)?;
    let selection = Selection::closed(&scope, &["lost", "rejected"]);
    let by = By::key("deal_versions.close_reason").part("deal_versions.status");
    let (lost, rejected): (Vec<Group>, Vec<Group>) = grouped(tx, &scope, &selection, &by)?
        .into_iter()
        .partition(|group| group.part.as_deref() == Some("lost"));
    Ok(Reasons {
        from: scope.period.from,
        to: scope.period.to,
        lost: told(tx, lost),
        rejected: told(tx, rejected),
        sources: rates(tx, &scope, Dimension::Source)?.1,
        competitors: competitors(tx, &scope)?,
    })
}

/// The reasons of closed deals, the most frequent first.
fn told(tx: &Tx<'_>, groups: Vec<Group>) -> Vec<ReasonRow> {
    let all: i64 = groups.iter().map(|group| group.deals).sum();
    let mut rows: Vec<ReasonRow> = (groups.into_iter())
        .map(|group| ReasonRow {
            deals: group.deals,
            amount: money(tx, group.amount()),
            unconverted: group.unconverted(),
            share: share(group.deals, all),
            reason: group.key,
        })
        .collect();
    rows.sort_by(|a, b| {
        (b.deals.cmp(&a.deals))
            .then(b.amount.minor.cmp(&a.amount.minor))
            .then_with(|| a.reason.cmp(&b.reason))
    });
    rows
}

/// The win rate against each competitor that took part in the closed deals.
fn competitors(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<CompetitorRow>> {
    type Closed = (
        String,
        String,
        Option<i64>,
        Option<i64>,
        Option<String>,
        Option<String>,
    );
    const BEATEN: &str =
        "(SELECT d.beaten_account_id FROM deals AS d WHERE d.id = deal_versions.deal_id)";
    let selection = Selection::closed(scope, &["won", "lost"]);
    let value = selection.value(scope);
    let with = deal_competitors::table.select(deal_competitors::deal_id);
    let won_against = deals::table
        .filter(deals::beaten_account_id.is_not_null())
        .select(deals::id);
    let closed = deal_versions::table
        .select((
            deal_versions::deal_id,
            deal_versions::status,
            deal_versions::amount,
            diesel::dsl::sql::<diesel::sql_types::Nullable<diesel::sql_types::BigInt>>(&value),
            deal_versions::winner_account_id,
            diesel::dsl::sql::<diesel::sql_types::Nullable<diesel::sql_types::Text>>(BEATEN),
        ))
        .filter(
            deal_versions::winner_account_id
                .is_not_null()
                .or(deal_versions::deal_id.eq_any(with))
                .or(deal_versions::deal_id.eq_any(won_against)),
        )
        .into_boxed();
    let part: Vec<(String, String)> = deal_competitors::table
        .select((deal_competitors::deal_id, deal_competitors::account_id))
        .load(tx.conn)?;
    let closed: Vec<Closed> = counted!(closed, tx, scope, &selection).load(tx.conn)?;
    let mut taking_part = BTreeMap::<&str, Vec<&str>>::new();
    for (deal, account) in &part {
        taking_part.entry(deal).or_default().push(account);
    }
    #[derive(Default)]
    struct Against {
        won: Total,
        lost: Total,
        lost_to_it: i64,
    }
    let mut sums = BTreeMap::<&str, Against>::new();
    for (deal, status, amount, value, winner, beaten) in &closed {
        let mut present: Vec<&str> = taking_part.get(deal.as_str()).cloned().unwrap_or_default();
        present.extend(winner.as_deref());
        present.extend(beaten.as_deref());
        present.sort_unstable();
        present.dedup();
        for account in present {
            let sums = sums.entry(account).or_default();
            let end = if status == "won" {
                &mut sums.won
            } else {
                &mut sums.lost
            };
            end.deals += 1;
            end.worth += value.unwrap_or(0);
            end.unconverted += i64::from(amount.is_some() && value.is_none());
            sums.lost_to_it += i64::from(status == "lost" && winner.as_deref() == Some(account));
        }
    }
    let ids: Vec<&str> = sums.keys().copied().collect();
    let names: Vec<(String, String)> = accounts::table
        .filter(accounts::id.eq_any(ids))
        .select((accounts::id, accounts::name))
        .load(tx.conn)?;
    let mut rows: Vec<CompetitorRow> = (names.into_iter())
        .filter_map(|(id, name)| {
            let sums = sums.get(id.as_str())?;
            Some(CompetitorRow {
                account: Ref { id, name },
                won: sums.won.ended(tx),
                lost: sums.lost.ended(tx),
                lost_to_it: sums.lost_to_it,
                by_count: rate(sums.won.deals, sums.lost.deals),
                interval: wilson(sums.won.deals, sums.won.deals + sums.lost.deals),
            })
        })
        .collect();
    rows.sort_by(|a, b| {
        let deals = |row: &CompetitorRow| row.won.deals + row.lost.deals;
        deals(b)
            .cmp(&deals(a))
            .then_with(|| a.account.name.cmp(&b.account.name))
    });
    Ok(rows)
}
