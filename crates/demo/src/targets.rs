//! The targets of the demo company: what each manager won on average, and a stretch.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use etalon_domain::analytics::{AnalyticsFilter, Period, PeriodQuery, Preset, shifted};
use etalon_domain::id::UserId;
use etalon_domain::money::Money;
use etalon_domain::target::{TargetDraft, TargetDrafts};
use etalon_persistence::{Context, Result, Tx, goals, reports};

/// Targets are round numbers of this many major units.
const ROUND: i64 = 5_000;
/// What is asked for beyond the average, in percent.
const STRETCH: i64 = 120;

/// Sets the targets of the managers for last year, this one and the next: a twelfth of what they won in the
/// last twelve months, stretched and rounded up; the last months of a year are asked for more.
pub(crate) fn create(tx: &mut Tx<'_>, administrator: &Context, today: NaiveDate) -> Result<()> {
    let query = PeriodQuery {
        period: Some(Preset::Last12Months),
        ..PeriodQuery::default()
    };
    let filter = AnalyticsFilter::default();
    let now = administrator.now;
    let board = reports::leaderboard(tx, &administrator.actor, None, None, &query, &filter, now)?;
    let base = tx.company.base_currency;
    let unit = ROUND * 10_i64.pow(base.minor_units());
    let mut monthly = BTreeMap::<UserId, i64>::new();
    for leader in board.leaders.iter().filter(|leader| leader.wins > 0) {
        let average = leader.won_amount.minor / 12;
        let stretched = average * STRETCH / 100;
        let target = (stretched + unit - 1) / unit * unit;
        monthly.insert(UserId::new(leader.id.clone()), target);
    }
    let years = Period {
        from: NaiveDate::from_ymd_opt(today.year() - 1, 1, 1).unwrap_or(today),
        to: shifted(
            NaiveDate::from_ymd_opt(today.year(), 12, 31).unwrap_or(today),
            12,
        ),
    };
    let mut items = Vec::new();
    for month in years.months() {
        for (person, amount) in &monthly {
            // The year ends with a push.
            let amount = if month.from.month() >= 11 {
                amount + unit
            } else {
                *amount
            };
            items.push(TargetDraft {
                owner_id: Some(person.clone()),
                department_id: None,
                month: month.from,
                amount: Some(Money::new(amount, base)),
                version: None,
            });
        }
    }
    for some in items.chunks(1000) {
        let drafts = TargetDrafts {
            items: some.to_vec(),
        };
        goals::replace(tx, administrator, &drafts)?;
    }
    Ok(())
}
