//! Win rate, cycle, velocity, reasons and leaders against the reference.

use std::collections::BTreeMap;

use etalon_domain::analytics::{Dimension, LeaderKind, RowsPart, RowsQuery, RowsReport};
use etalon_domain::deal::DealStatus;
use etalon_persistence::reports;

use super::asking::{query, rows, told};
use super::reference::{Reader, Sum};
use super::world::State;

pub fn check_closed(reader: &Reader<'_>) {
    let told = told(reader);
    let db = reader.world.app.state.db();
    let (actor, filter, now) = (&reader.actor, &reader.filter, reader.world.now);
    let period = query(reader);
    let rate = db
        .read_snapshot(|tx| reports::win_rate(tx, actor, None, &period, filter, now))
        .unwrap();
    for (status, found, which) in [
        (DealStatus::Won, rate.total.won, RowsPart::Won),
        (DealStatus::Lost, rate.total.lost, RowsPart::Lost),
        (
            DealStatus::Rejected,
            rate.total.rejected,
            RowsPart::Rejected,
        ),
        (
            DealStatus::Rerouted,
            rate.total.rerouted,
            RowsPart::Rerouted,
        ),
    ] {
        let sum = reader.sum_closed(status);
        assert_eq!(
            (found.deals, found.amount.minor),
            (sum.deals, sum.amount),
            "{told}"
        );
        let asked = RowsQuery {
            report: Some(RowsReport::WinRate),
            part: Some(which),
            ..RowsQuery::default()
        };
        assert_eq!(rows(reader, &asked), (sum.deals, sum.amount), "{told}");
    }
    let cycle = db
        .read_snapshot(|tx| reports::cycle(tx, actor, None, &period, filter, now))
        .unwrap();
    for (status, found) in [
        (DealStatus::Won, &cycle.won),
        (DealStatus::Lost, &cycle.lost),
    ] {
        let days = reader.cycles(status);
        assert_eq!(found.deals, days.len() as i64, "{told}");
        assert_eq!(found.average_days, mean(&days), "{told}");
        assert_eq!(found.median_days, median(&days), "{told}");
    }
    let (won, lost) = (
        reader.sum_closed(DealStatus::Won),
        reader.sum_closed(DealStatus::Lost),
    );
    assert_eq!(
        rate.total.by_count,
        fraction(won.deals, won.deals + lost.deals),
        "{told}"
    );
    assert_eq!(
        rate.total.by_value,
        fraction(won.amount, won.amount + lost.amount),
        "{told}"
    );
    check_groups(reader);
    check_velocity(reader);
    check_reasons(reader);
    let board = db
        .read_snapshot(|tx| {
            reports::leaderboard(
                tx,
                actor,
                Some(LeaderKind::Person),
                None,
                &period,
                filter,
                now,
            )
        })
        .unwrap();
    let mut by_owner = BTreeMap::<&str, (i64, i64)>::new();
    let won = reader.closed(DealStatus::Won);
    for (_, state) in &won {
        let sum = by_owner.entry(state.deal.owner_id.as_str()).or_default();
        sum.0 += 1;
        sum.1 += reader.value(&state.deal).unwrap_or(0);
    }
    let mut found: Vec<(&str, (i64, i64))> = (board.leaders.iter())
        .filter(|leader| leader.wins > 0)
        .map(|leader| (leader.id.as_str(), (leader.wins, leader.won_amount.minor)))
        .collect();
    found.sort_unstable();
    assert_eq!(found, by_owner.into_iter().collect::<Vec<_>>(), "{told}");
}

/// Win rate and cycle by everything by which the histories differ.
fn check_groups(reader: &Reader<'_>) {
    let db = reader.world.app.state.db();
    let (actor, filter, now) = (&reader.actor, &reader.filter, reader.world.now);
    let period = query(reader);
    for split in [
        Dimension::Owner,
        Dimension::Department,
        Dimension::Source,
        Dimension::Category,
        Dimension::Industry,
    ] {
        let told = format!("{split:?} {}", told(reader));
        let key = |state: &State| match split {
            Dimension::Owner => Some(state.deal.owner_id.to_string()),
            Dimension::Department => state.deal.department_id.as_ref().map(ToString::to_string),
            Dimension::Source => state.deal.source.clone(),
            Dimension::Category => state.deal.category.map(|size| size.as_str().to_owned()),
            Dimension::Product | Dimension::Industry => state.industry.clone(),
        };
        let mut ended = BTreeMap::<Option<String>, [Sum; 4]>::new();
        let mut days = BTreeMap::<Option<String>, Vec<i64>>::new();
        for (place, status) in [
            DealStatus::Won,
            DealStatus::Lost,
            DealStatus::Rejected,
            DealStatus::Rerouted,
        ]
        .into_iter()
        .enumerate()
        {
            for (_, state) in reader.closed(status) {
                let sums = ended.entry(key(state)).or_default();
                sums[place].add(reader.value(&state.deal), 100);
                if status == DealStatus::Won {
                    let (from, to) = (state.deal.created_at, state.since);
                    let taken = (to.date_naive() - from.date_naive()).num_days();
                    days.entry(key(state)).or_default().push(taken);
                }
            }
        }
        let rate = db
            .read_snapshot(|tx| reports::win_rate(tx, actor, Some(split), &period, filter, now))
            .unwrap();
        assert_eq!(rate.groups.len(), ended.len(), "{told}");
        for row in &rate.groups {
            let found = [row.won, row.lost, row.rejected, row.rerouted];
            let found = found.map(|ended| (ended.deals, ended.amount.minor));
            let sums = ended[&row.key];
            let expected = sums.map(|sum| (sum.deals, sum.amount));
            assert_eq!(found, expected, "{:?} {told}", row.key);
            let by_count = fraction(sums[0].deals, sums[0].deals + sums[1].deals);
            assert_eq!(row.by_count, by_count, "{:?} {told}", row.key);
        }
        let cycle = db
            .read_snapshot(|tx| reports::cycle(tx, actor, Some(split), &period, filter, now))
            .unwrap();
        assert_eq!(cycle.groups.len(), days.len(), "{told}");
        for row in &cycle.groups {
            let days = days.get_mut(&row.key).unwrap();
            days.sort_unstable();
            let expected = (days.len() as i64, mean(days), median(days));
            let found = (row.deals, row.average_days, row.median_days);
            assert_eq!(found, expected, "{:?} {told}", row.key);
        }
    }
}

pub fn mean(days: &[i64]) -> Option<f64> {
    let sum: i64 = days.iter().sum();
    fraction(sum, days.len() as i64)
}

fn median(days: &[i64]) -> Option<f64> {
    let count = days.len();
    (count > 0).then(|| f64::midpoint(days[(count - 1) / 2] as f64, days[count / 2] as f64))
}

/// a ÷ b to six places.
pub fn fraction(a: i64, b: i64) -> Option<f64> {
    (b != 0).then(|| (a as f64 / b as f64 * 1e6).round() / 1e6)
}

fn check_velocity(reader: &Reader<'_>) {
    let told = told(reader);
    let db = reader.world.app.state.db();
    let (actor, filter, now) = (&reader.actor, &reader.filter, reader.world.now);
    let found = db
        .read_snapshot(|tx| reports::velocity(tx, actor, &query(reader), filter, now))
        .unwrap();
    let won = reader.closed(DealStatus::Won);
    let lost = reader.closed(DealStatus::Lost).len() as f64;
    let known: Vec<i64> = (won.iter())
        .filter_map(|(_, state)| reader.value(&state.deal))
        .collect();
    let (open, days) = (reader.open().len(), reader.cycles(DealStatus::Won));
    assert_eq!(found.open_deals, open as i64, "{told}");
    let average =
        (!known.is_empty()).then(|| known.iter().sum::<i64>() as f64 / known.len() as f64);
    let shown = found.average_won.map(|money| money.minor);
    assert_eq!(shown, average.map(|minor| minor.round() as i64), "{told}");
    let taken: i64 = days.iter().sum();
    let per_day = average.filter(|_| taken > 0).map(|average| {
        let rate = won.len() as f64 / (won.len() as f64 + lost);
        let cycle = taken as f64 / days.len() as f64;
        open as f64 * rate * average / cycle
    });
    match (found.per_day, per_day) {
        // The mean cycle is rounded to six places first.
        (Some(found), Some(expected)) => {
            assert!(
                (found.minor as f64 - expected).abs() <= 1.0 + expected * 1e-6,
                "{told}"
            );
        }
        (found, expected) => assert_eq!(found.is_some(), expected.is_some(), "{told}"),
    }
}

fn check_reasons(reader: &Reader<'_>) {
    let told = told(reader);
    let db = reader.world.app.state.db();
    let (actor, filter, now) = (&reader.actor, &reader.filter, reader.world.now);
    let found = db
        .read_snapshot(|tx| reports::reasons(tx, actor, &query(reader), filter, now))
        .unwrap();
    for (status, rows) in [
        (DealStatus::Lost, &found.lost),
        (DealStatus::Rejected, &found.rejected),
    ] {
        let mut expected = BTreeMap::<Option<String>, Sum>::new();
        for (_, state) in reader.closed(status) {
            let sum = expected.entry(state.deal.close_reason.clone()).or_default();
            sum.add(reader.value(&state.deal), 100);
        }
        let all: i64 = expected.values().map(|sum| sum.deals).sum();
        assert_eq!(rows.len(), expected.len(), "{told}");
        for row in rows {
            let sum = expected[&row.reason];
            assert_eq!(
                (row.deals, row.amount.minor),
                (sum.deals, sum.amount),
                "{told}"
            );
            assert_eq!(row.share, fraction(sum.deals, all), "{told}");
        }
    }
    let mut sources = BTreeMap::<Option<String>, [i64; 2]>::new();
    for (place, status) in [DealStatus::Won, DealStatus::Lost].into_iter().enumerate() {
        for (_, state) in reader.closed(status) {
            sources.entry(state.deal.source.clone()).or_default()[place] += 1;
        }
    }
    for row in &found.sources {
        let ended = sources.remove(&row.key).unwrap_or_default();
        assert_eq!([row.won.deals, row.lost.deals], ended, "{told}");
        assert_eq!(
            row.by_count,
            fraction(ended[0], ended[0] + ended[1]),
            "{told}"
        );
    }
    assert!(sources.is_empty(), "{sources:?} {told}");
}
