//! The forecast, now and as it stood, against the reference.

use etalon_domain::analytics::{Forecast, RowsPart, RowsQuery, RowsReport};
use etalon_domain::deal::{DealStatus, ForecastCategory};
use etalon_persistence::reports;

use super::asking::{query, rows, told};
use super::reference::{Reader, Sum};

pub fn check_forecast(reader: &Reader<'_>) {
    let told = told(reader);
    let db = reader.world.app.state.db();
    let (actor, filter, now) = (&reader.actor, &reader.filter, reader.world.now);
    let found = db
        .read_snapshot(|tx| reports::forecast(tx, actor, None, &query(reader), filter, now))
        .unwrap();
    let won = reader.sum_closed(DealStatus::Won);
    let (mut commit, mut weighted) = (Sum::default(), Sum::default());
    for state in reader.expected() {
        let value = reader.value(&state.deal);
        weighted.add(value, state.deal.probability);
        if state.deal.forecast_category == ForecastCategory::Commit {
            commit.add(value, state.deal.probability);
        }
    }
    let total = &found.total;
    assert_eq!(total.closed.minor, won.amount, "{told}");
    assert_eq!(total.commit.minor, won.amount + commit.amount, "{told}");
    assert_eq!(
        total.weighted.minor,
        won.amount + weighted.weighted,
        "{told}"
    );
    check_past_forecasts(reader, &found);
    let each = |line: &etalon_domain::analytics::ForecastLine| {
        [line.closed.minor, line.commit.minor, line.weighted.minor]
    };
    for split in [&found.owners, &found.departments, &found.parts] {
        let sum = split.iter().map(each).fold([0; 3], |sum, line| {
            [sum[0] + line[0], sum[1] + line[1], sum[2] + line[2]]
        });
        assert_eq!(sum, each(total), "{told}");
    }
    let of = |which| {
        rows(
            reader,
            &RowsQuery {
                report: Some(RowsReport::Forecast),
                part: Some(which),
                ..RowsQuery::default()
            },
        )
    };
    assert_eq!(
        of(RowsPart::Closed),
        (total.closed_deals, total.closed.minor),
        "{told}"
    );
    assert_eq!(
        of(RowsPart::Commit),
        (total.commit_deals, total.commit.minor),
        "{told}"
    );
    assert_eq!(
        of(RowsPart::Weighted),
        (total.weighted_deals, total.weighted.minor),
        "{told}"
    );
}

/// The forecast as it stood is the one that was told then, and its rows.
fn check_past_forecasts(reader: &Reader<'_>, forecast: &Forecast) {
    for past in &forecast.history {
        let then = Reader {
            world: reader.world,
            actor: reader.actor.clone(),
            filter: reader.filter.clone(),
            period: reader.period,
            as_of: past.as_of,
        };
        let told = told(&then);
        let won = then.sum_closed(DealStatus::Won);
        let (mut commit, mut weighted) = (0, 0);
        for state in then.expected() {
            let mut sum = Sum::default();
            sum.add(then.value(&state.deal), state.deal.probability);
            weighted += sum.weighted;
            if state.deal.forecast_category == ForecastCategory::Commit {
                commit += sum.amount;
            }
        }
        for (which, found, expected) in [
            (RowsPart::Closed, past.closed, won.amount),
            (RowsPart::Commit, past.commit, won.amount + commit),
            (RowsPart::Weighted, past.weighted, won.amount + weighted),
        ] {
            assert_eq!(found.minor, expected, "{which:?} {told}");
            let asked = RowsQuery {
                report: Some(RowsReport::Forecast),
                part: Some(which),
                ..RowsQuery::default()
            };
            assert_eq!(rows(&then, &asked).1, expected, "{which:?} {told}");
        }
    }
}
