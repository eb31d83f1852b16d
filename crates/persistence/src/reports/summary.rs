use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable};
use etalon_domain::analytics::{
    CycleHistogram, Summary, SummaryGroup, SummaryRow, round, win_rate,
};
use etalon_domain::deal::DealFilter;
use etalon_domain::money::Money;
use etalon_domain::policy::Actor;
use etalon_domain::time::{Instant, from_naive};

use crate::connection::{Company, Tx};
use crate::deals::filter::{Resolved, narrow};
use crate::error::Result;
use crate::schema::{accounts, deals, departments, products, users};
use crate::zone::{day_at, day_start, zone};

/// Everything that is added up of one group.
#[derive(Clone, Debug, Default)]
struct Tally {
    count: i64,
    amount: i64,
    open_count: i64,
    open_amount: i64,
    won_count: i64,
    won_sum: i64,
    lost_count: i64,
    unconverted: i64,
    won_cycle: CycleHistogram,
    lost_cycle: CycleHistogram,
}

impl Tally {
    fn add(&mut self, status: &str, count: i64, amount: i64, unconverted: i64) {
        self.count += count;
        self.amount += amount;
        self.unconverted += unconverted;
        match status {
            "open" => {
                self.open_count += count;
                self.open_amount += amount;
            }
            "won" => {
                self.won_count += count;
                self.won_sum += amount;
            }
            "lost" => self.lost_count += count,
            _ => {}
        }
    }

    fn merge(&mut self, other: &Self) {
        self.count += other.count;
        self.amount += other.amount;
        self.open_count += other.open_count;
        self.open_amount += other.open_amount;
        self.won_count += other.won_count;
        self.won_sum += other.won_sum;
        self.lost_count += other.lost_count;
        self.unconverted += other.unconverted;
        self.won_cycle.merge(&other.won_cycle);
        self.lost_cycle.merge(&other.lost_cycle);
    }

    fn row(&self, company: &Company, key: Option<String>, name: Option<String>) -> SummaryRow {
        let money = |minor| Money::new(minor, company.base_currency);
        let mut closed = self.won_cycle.clone();
        closed.merge(&self.lost_cycle);
        SummaryRow {
            key,
            name,
            count: self.count,
            amount: money(self.amount),
            open_count: self.open_count,
            open_amount: money(self.open_amount),
            won_count: self.won_count,
            won_sum: money(self.won_sum),
            lost_count: self.lost_count,
            win_rate: win_rate(self.won_count, self.lost_count),
            average_won: (self.won_count > 0)
                .then(|| round(money(self.won_sum).approximate() / self.won_count as f64, 4)),
            mean_cycle_days: self.won_cycle.mean(),
            median_cycle_days: self.won_cycle.median(),
            mean_cycle_days_lost: self.lost_cycle.mean(),
            mean_cycle_days_closed: closed.mean(),
            median_cycle_days_closed: closed.median(),
            unconverted: self.unconverted,
        }
    }
}

type Groups = BTreeMap<Option<String>, Tally>;
type Sums = (Option<String>, String, i64, Option<i64>, Option<i64>);
type Cycles = (Option<String>, String, Option<i32>, i64);

const AMOUNT: &str = "CAST(SUM(deals.amount_base) AS BIGINT)";
const UNCONVERTED: &str = "CAST(SUM(CASE WHEN deals.amount IS NOT NULL AND deals.amount_base IS \
                           NULL THEN 1 ELSE 0 END) AS BIGINT)";

/// The summary of the deals that the reader may see and the filter selects.
///
/// # Errors
/// `invalid_fields` when a filter is not valid, or the database cannot be read.
pub fn summary(
    tx: &mut Tx<'_>,
    actor: &Actor,
    group: Option<SummaryGroup>,
    filter: &DealFilter,
    now: Instant,
) -> Result<Summary> {
    let zone = zone(&actor.time_zone);
    let resolved = Resolved::new(tx, actor, filter, zone, day_at(now, zone))?;
    macro_rules! tally {
        ($column:expr) => {{
            let sums = deals::table
                .group_by(($column, deals::status))
                .select((
                    $column.nullable(),
                    deals::status,
                    diesel::dsl::count_star(),
                    sql::<Nullable<BigInt>>(AMOUNT),
                    sql::<Nullable<BigInt>>(UNCONVERTED),
                ))
                .into_boxed();
            let sums: Vec<Sums> = narrow!(sums, &resolved).load(tx.conn)?;
            let cycles = deals::table
                .group_by(($column, deals::status, deals::cycle_days))
                .select((
                    $column.nullable(),
                    deals::status,
                    deals::cycle_days,
                    diesel::dsl::count_star(),
                ))
                .into_boxed();
            let cycles: Vec<Cycles> = narrow!(cycles, &resolved)
                .filter(deals::cycle_days.is_not_null())
                .load(tx.conn)?;
            gather(sums, cycles)
        }};
    }
    let groups = match group {
        None | Some(SummaryGroup::Stage) => tally!(deals::stage),
        Some(SummaryGroup::Owner) => tally!(deals::owner_id),
        Some(SummaryGroup::Department) => tally!(deals::department_id),
        Some(SummaryGroup::Account) => tally!(deals::account_id),
        Some(SummaryGroup::Product) => tally!(deals::product_id),
        Some(SummaryGroup::Quarter) => {
            let (first, last): (Option<NaiveDateTime>, Option<NaiveDateTime>) = {
                let query = deals::table
                    .select((
                        diesel::dsl::min(deals::closed_at),
                        diesel::dsl::max(deals::closed_at),
                    ))
                    .into_boxed();
                narrow!(query, &resolved).first(tx.conn)?
            };
            let mut groups = Groups::new();
            for quarter in quarters(first, last, zone) {
                let mut filter = filter.clone();
                filter.closed_from = Some(later(filter.closed_from, quarter.first));
                filter.closed_to = Some(earlier(filter.closed_to, quarter.last));
                let narrowed = Resolved::new(tx, actor, &filter, zone, resolved.today)?;
                let resolved = narrowed;
                let sums = deals::table
                    .group_by(deals::status)
                    .select((
                        sql::<Nullable<diesel::sql_types::Text>>("NULL"),
                        deals::status,
                        diesel::dsl::count_star(),
                        sql::<Nullable<BigInt>>(AMOUNT),
                        sql::<Nullable<BigInt>>(UNCONVERTED),
                    ))
                    .into_boxed();
                let sums: Vec<Sums> = narrow!(sums, &resolved).load(tx.conn)?;
                let cycles = deals::table
                    .group_by((deals::status, deals::cycle_days))
                    .select((
                        sql::<Nullable<diesel::sql_types::Text>>("NULL"),
                        deals::status,
                        deals::cycle_days,
                        diesel::dsl::count_star(),
                    ))
                    .into_boxed();
                let cycles: Vec<Cycles> = narrow!(cycles, &resolved).load(tx.conn)?;
                if let Some(tally) = gather(sums, cycles).remove(&None) {
                    groups.insert(Some(quarter.name), tally);
                }
            }
            groups
        }
    };
    let mut total = Tally::default();
    // Quarters hold closed deals only; the total is over everything selected.
    let everything = match group {
        Some(SummaryGroup::Quarter) => &tally!(deals::status),
        _ => &groups,
    };
    for tally in everything.values() {
        total.merge(tally);
    }
    let rows = match group {
        None => Vec::new(),
        Some(group) => rows(tx, group, &groups)?,
    };
    Ok(Summary {
        group_by: group,
        groups: rows,
        total: total.row(tx.company, None, None),
    })
}

fn gather(sums: Vec<Sums>, cycles: Vec<Cycles>) -> Groups {
    let mut groups = Groups::new();
    for (key, status, count, amount, unconverted) in sums {
        groups.entry(key).or_default().add(
            &status,
            count,
            amount.unwrap_or(0),
            unconverted.unwrap_or(0),
        );
    }
    for (key, status, days, count) in cycles {
        let tally = groups.entry(key).or_default();
        let Some(days) = days else {
            continue;
        };
        match status.as_str() {
            "won" => tally.won_cycle.add(days.into(), count),
            "lost" => tally.lost_cycle.add(days.into(), count),
            _ => {}
        }
    }
    groups
}

/// Names the groups and puts them in order.
fn rows(tx: &mut Tx<'_>, group: SummaryGroup, groups: &Groups) -> Result<Vec<SummaryRow>> {
    macro_rules! names {
        ($table:ident) => {
            $table::table
                .select(($table::id, $table::name))
                .load(tx.conn)?
        };
    }
    let names: Vec<(String, String)> = match group {
        SummaryGroup::Stage | SummaryGroup::Quarter => Vec::new(),
        SummaryGroup::Owner => names!(users),
        SummaryGroup::Department => names!(departments),
        SummaryGroup::Account => names!(accounts),
        SummaryGroup::Product => names!(products),
    };
    let names: BTreeMap<&str, &str> = names
        .iter()
        .map(|(id, name)| (id.as_str(), name.as_str()))
        .collect();
    let mut rows: Vec<SummaryRow> = groups
        .iter()
        .map(|(key, tally)| {
            let name = match (group, key.as_deref()) {
                (SummaryGroup::Stage, Some(code)) => {
                    tx.company.stages.get(code).map(|s| s.name_en.clone())
                }
                (_, Some(key)) => names.get(key).map(|name| (*name).to_owned()),
                (_, None) => None,
            };
            tally.row(tx.company, key.clone(), name)
        })
        .collect();
    match group {
        SummaryGroup::Stage => rows.sort_by_key(|row| {
            let code = row.key.as_deref().unwrap_or_default();
            tx.company.stages.get(code).map(|s| s.position)
        }),
        SummaryGroup::Quarter => rows.sort_by(|a, b| a.key.cmp(&b.key)),
        _ => rows.sort_by(|a, b| {
            (b.won_sum.minor.cmp(&a.won_sum.minor)).then_with(|| a.name.cmp(&b.name))
        }),
    }
    Ok(rows)
}

struct Quarter {
    name: String,
    first: NaiveDate,
    last: NaiveDate,
}

/// The calendar quarters from one instant to another in a zone.
fn quarters(
    from: Option<NaiveDateTime>,
    to: Option<NaiveDateTime>,
    zone: chrono_tz::Tz,
) -> Vec<Quarter> {
    let (Some(from), Some(to)) = (from, to) else {
        return Vec::new();
    };
    let day = day_at(from_naive(from), zone);
    let mut year = day.year();
    let mut quarter = (day.month0() / 3) + 1;
    let mut found = Vec::new();
    while let Some(first) = NaiveDate::from_ymd_opt(year, quarter * 3 - 2, 1) {
        if day_start(first, zone) > to {
            break;
        }
        let (next_year, next) = if quarter == 4 {
            (year + 1, 1)
        } else {
            (year, quarter + 1)
        };
        let last = NaiveDate::from_ymd_opt(next_year, next * 3 - 2, 1)
            .and_then(|day| day.pred_opt())
            .unwrap_or(first);
        found.push(Quarter {
            name: format!("{year}-Q{quarter}"),
            first,
            last,
        });
        (year, quarter) = (next_year, next);
    }
    found
}

fn later(a: Option<NaiveDate>, b: NaiveDate) -> NaiveDate {
    a.map_or(b, |a| a.max(b))
}

fn earlier(a: Option<NaiveDate>, b: NaiveDate) -> NaiveDate {
    a.map_or(b, |a| a.min(b))
}
