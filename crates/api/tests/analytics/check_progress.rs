//! Dynamics, stalling and the card of a manager against the reference.

use etalon_domain::analytics::{
    AnalyticsFilter, FunnelMode, Period, RowsPart, RowsQuery, RowsReport, Step,
};
use etalon_domain::deal::DealStatus;
use etalon_domain::user::Language;
use etalon_persistence::reports;

use super::asking::{query, rows, told};
use super::check_closed::{fraction, mean};
use super::reference::{Reader, Sum};

/// How a manager sells, told to the director.
pub fn check_manager(reader: &Reader<'_>) {
    let told = told(reader);
    let db = reader.world.app.state.db();
    let (actor, now) = (&reader.actor, reader.world.now);
    let person = reader.filter.owner_id.0.first().unwrap();
    let filter = AnalyticsFilter::default();
    let card = db
        .read_snapshot(|tx| {
            reports::manager(
                tx,
                actor,
                person,
                &query(reader),
                &filter,
                Language::En,
                now,
            )
        })
        .unwrap();
    let flow = reader.flow();
    for stage in &card.stages {
        let row = flow.get(&stage.stage).copied().unwrap_or_default();
        assert_eq!(stage.entered, row[0], "{} {told}", stage.stage);
        assert_eq!(
            stage.conversion,
            fraction(row[1], row[0]),
            "{} {told}",
            stage.stage
        );
        let days = reader.stays(&stage.stage);
        assert_eq!(stage.average_days, mean(&days), "{} {told}", stage.stage);
        let p90 = days.get((days.len() * 9).div_ceil(10).saturating_sub(1));
        let p90 = p90.map(|days| *days as f64);
        assert_eq!(stage.p90_days, p90, "{} {told}", stage.stage);
        let asked = RowsQuery {
            report: Some(RowsReport::Funnel),
            mode: Some(FunnelMode::Flow),
            stage: Some(stage.stage.clone()),
            part: Some(RowsPart::Stayed),
            ..RowsQuery::default()
        };
        let stays = rows(reader, &asked).0;
        assert_eq!(stays, days.len() as i64, "{} {told}", stage.stage);
    }
    let won = reader.sum_closed(DealStatus::Won);
    assert_eq!(card.win_rate.won.deals, won.deals, "{told}");
    assert_eq!(card.forecast.closed.minor, won.amount, "{told}");
}

pub fn check_dynamics(reader: &Reader<'_>) {
    for step in [Step::Week, Step::Month, Step::Quarter] {
        check_steps(reader, step);
    }
    check_stalling(reader);
}

fn check_steps(reader: &Reader<'_>, step: Step) {
    let told = format!("{step:?} {}", told(reader));
    let db = reader.world.app.state.db();
    let (actor, filter, now) = (&reader.actor, &reader.filter, reader.world.now);
    let found = db
        .read_snapshot(|tx| reports::dynamics(tx, actor, Some(step), &query(reader), filter, now))
        .unwrap();
    for point in &found.points {
        let within = |as_of| Reader {
            world: reader.world,
            actor: reader.actor.clone(),
            filter: reader.filter.clone(),
            period: Period {
                from: point.from,
                to: point.to,
            },
            as_of,
        };
        let step = within(reader.as_of);
        let won = step.sum_closed(DealStatus::Won);
        assert_eq!(
            (point.won.deals, point.won.amount.minor),
            (won.deals, won.amount),
            "{told}"
        );
        let lost = step.sum_closed(DealStatus::Lost);
        assert_eq!(
            (point.lost.deals, point.lost.amount.minor),
            (lost.deals, lost.amount),
            "{told}"
        );
        assert_eq!(
            point.open.is_some(),
            point.from <= reader.as_of.min(reader.today()),
            "{told}"
        );
        let created = step
            .cohort()
            .get("potential")
            .map_or((0, 0), |row| (row[0], row[3]));
        assert_eq!(
            (point.created.deals, point.created.amount.minor),
            created,
            "{told}"
        );
        if let Some(open) = &point.open {
            let then = within(point.to.min(reader.as_of));
            let mut sum = Sum::default();
            for (_, state) in then.open() {
                sum.add(then.value(&state.deal), 0);
            }
            assert_eq!(
                (open.deals, open.amount.minor),
                (sum.deals, sum.amount),
                "{told}"
            );
        }
    }
}

fn check_stalling(reader: &Reader<'_>) {
    let told = told(reader);
    let db = reader.world.app.state.db();
    let (actor, filter, now) = (&reader.actor, &reader.filter, reader.world.now);
    let stalling = db
        .read_snapshot(|tx| reports::stalling(tx, actor, &query(reader), filter, Language::Ru, now))
        .unwrap();
    let rotting = reader.rotting();
    for row in &stalling.stages {
        let count = rotting.get(&row.stage).copied().unwrap_or(0);
        assert_eq!(row.rotting, count, "{told}");
        let here = (reader.neglected().into_iter())
            .filter(|(_, state)| state.deal.stage == row.stage)
            .filter_map(|(_, state)| reader.value(&state.deal));
        assert_eq!(row.amount.minor, here.sum::<i64>(), "{} {told}", row.stage);
        assert!(
            row.since.is_none_or(|since| since <= reader.moment()),
            "{told}"
        );
    }
}
