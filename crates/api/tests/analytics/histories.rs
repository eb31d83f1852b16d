//! Random histories: every report says what the reference says, on both databases, for whoever reads.

use etalon_domain::analytics::{
    AnalyticsFilter, FunnelMode, LeaderKind, Period, PeriodQuery, RowsPart, RowsQuery, RowsReport,
    Step, shifted,
};
use etalon_domain::deal::{DealCategory, DealStatus, ForecastCategory};
use etalon_domain::user::Language;
use etalon_persistence::reports;

use super::reference::{Reader, STAGES, Sum};
use super::world::{World, day, one};
use crate::support::on_both;

const READERS: [&str; 6] = [
    "admin",
    "director",
    "north.head",
    "north",
    "south",
    "viewer",
];

fn filters(world: &World) -> Vec<AnalyticsFilter> {
    let none = AnalyticsFilter::default;
    let north = world.app.user("north@test.example").department_id.unwrap();
    vec![
        none(),
        AnalyticsFilter {
            owner_id: one(world.user_id("north")),
            ..none()
        },
        AnalyticsFilter {
            department_id: one(north),
            ..none()
        },
        AnalyticsFilter {
            category: one(DealCategory::Small),
            ..none()
        },
        AnalyticsFilter {
            source: one("none".to_owned()),
            ..none()
        },
        AnalyticsFilter {
            industry: one("food".to_owned()),
            ..none()
        },
    ]
}

fn periods() -> [(Period, Option<&'static str>); 3] {
    let period = |from, to| Period {
        from: day(from),
        to: day(to),
    };
    [
        (period("2026-01-01", "2026-06-30"), None),
        (period("2026-02-01", "2026-02-28"), None),
        (period("2026-01-20", "2026-03-05"), Some("2026-03-10")),
    ]
}

fn query(reader: &Reader<'_>) -> PeriodQuery {
    PeriodQuery {
        period: None,
        from: Some(reader.period.from),
        to: Some(reader.period.to),
        as_of: Some(reader.as_of),
    }
}

/// Every reader with every filter; periods and days take turns, but who sees all has them all.
fn readers(world: &World) -> Vec<Reader<'_>> {
    let mut found = Vec::new();
    for (index, who) in READERS.iter().enumerate() {
        let zone = if index % 2 == 0 {
            "UTC"
        } else {
            "Asia/Yekaterinburg"
        };
        for (turn, filter) in filters(world).into_iter().enumerate() {
            for (place, (period, as_of)) in periods().into_iter().enumerate() {
                if index > 0 && place != (turn + index) % 3 {
                    continue;
                }
                let mut reader = Reader {
                    world,
                    actor: world.actor(who, zone),
                    filter: filter.clone(),
                    period,
                    as_of: day("2100-01-01"),
                };
                reader.as_of = as_of.map_or_else(|| reader.today(), day);
                found.push(reader);
            }
        }
    }
    found
}

fn funnel(reader: &Reader<'_>, mode: FunnelMode) -> etalon_domain::analytics::Funnel {
    let db = reader.world.app.state.db();
    let found = db.read_snapshot(|tx| {
        let (period, now) = (query(reader), reader.world.now);
        reports::funnel(
            tx,
            &reader.actor,
            mode,
            &period,
            &reader.filter,
            Language::En,
            now,
        )
    });
    found.unwrap()
}

/// Count and sum of the rows behind a number, read page by page.
fn rows(reader: &Reader<'_>, asked: &RowsQuery) -> (i64, i64) {
    let db = reader.world.app.state.db();
    let (mut cursor, mut count, mut sum) = (None, 0, 0);
    loop {
        let asked = RowsQuery {
            limit: Some(7),
            cursor,
            ..asked.clone()
        };
        let page = db
            .read_snapshot(|tx| {
                let (period, now) = (query(reader), reader.world.now);
                reports::rows(tx, &reader.actor, &asked, &period, &reader.filter, now)
            })
            .unwrap();
        count += page.items.len() as i64;
        sum += page
            .items
            .iter()
            .filter_map(|row| row.value)
            .map(|money| money.minor)
            .sum::<i64>();
        if page.next_cursor.is_none() {
            assert_eq!((page.count, page.sum.minor), (count, sum), "{asked:?}");
            return (count, sum);
        }
        cursor = page.next_cursor;
    }
}

fn part(report: RowsReport, mode: Option<FunnelMode>, stage: &str, part: RowsPart) -> RowsQuery {
    RowsQuery {
        report: Some(report),
        mode,
        stage: Some(stage.to_owned()),
        part: Some(part),
        ..RowsQuery::default()
    }
}

fn told(reader: &Reader<'_>) -> String {
    format!(
        "{} {:?} {:?} as of {}",
        reader.actor.name, reader.filter, reader.period, reader.as_of
    )
}

fn check_funnels(reader: &Reader<'_>) {
    let told = told(reader);
    let snapshot = funnel(reader, FunnelMode::Snapshot);
    let (expected, rotting) = (reader.snapshot(), reader.rotting());
    for row in &snapshot.stages {
        let sum = expected.get(&row.stage).copied().unwrap_or_default();
        let found = Sum {
            deals: row.deals,
            amount: row.amount.minor,
            weighted: row.weighted.unwrap().minor,
        };
        assert_eq!(found, sum, "snapshot of {} {told}", row.stage);
        let owners: i64 = row.owners.iter().map(|owner| owner.deals).sum();
        assert_eq!(owners, row.deals, "{told}");
        if row.stage != "won" {
            let rotting = rotting.get(&row.stage).copied().unwrap_or(0);
            assert_eq!(
                row.rotting,
                Some(rotting),
                "rotting in {} {told}",
                row.stage
            );
        }
    }
    let flow = funnel(reader, FunnelMode::Flow);
    let expected = reader.flow();
    for row in &flow.stages {
        let parts = [
            row.entered,
            row.advanced,
            row.returned,
            row.closed,
            row.remaining,
        ];
        let parts = parts.map(Option::unwrap);
        let sum = expected.get(&row.stage).copied().unwrap_or_default();
        assert_eq!(parts, sum[..5], "flow of {} {told}", row.stage);
        assert_eq!(row.amount.minor, sum[5], "flow of {} {told}", row.stage);
        assert_eq!(parts[1..].iter().sum::<i64>(), parts[0], "{told}");
    }
    let cohort = funnel(reader, FunnelMode::Cohort);
    let expected = reader.cohort();
    for row in &cohort.stages {
        let parts = [row.reached, row.still_open, row.skipped].map(Option::unwrap);
        let sum = expected
            .get(row.stage.as_str())
            .copied()
            .unwrap_or_default();
        assert_eq!(parts, sum[..3], "cohort of {} {told}", row.stage);
        assert_eq!(row.amount.minor, sum[3], "cohort of {} {told}", row.stage);
    }
    // Every number is its rows.
    for stage in STAGES {
        let row = |funnel: &etalon_domain::analytics::Funnel| {
            funnel
                .stages
                .iter()
                .find(|row| row.stage == stage)
                .unwrap()
                .clone()
        };
        let of = |mode, which| rows(reader, &part(RowsReport::Funnel, Some(mode), stage, which));
        let (snapshot, flow, cohort) = (row(&snapshot), row(&flow), row(&cohort));
        let all = of(FunnelMode::Snapshot, RowsPart::All);
        assert_eq!(
            all,
            (snapshot.deals, snapshot.amount.minor),
            "{stage} {told}"
        );
        let weighted = of(FunnelMode::Snapshot, RowsPart::Weighted);
        let expected = (snapshot.deals, snapshot.weighted.unwrap().minor);
        assert_eq!(weighted, expected, "{stage} {told}");
        let entered = of(FunnelMode::Flow, RowsPart::Entered);
        assert_eq!(entered, (flow.deals, flow.amount.minor), "{stage} {told}");
        for (which, number) in [
            (RowsPart::Advanced, flow.advanced),
            (RowsPart::Returned, flow.returned),
            (RowsPart::Closed, flow.closed),
            (RowsPart::Remaining, flow.remaining),
        ] {
            assert_eq!(
                Some(of(FunnelMode::Flow, which).0),
                number,
                "{stage} {told}"
            );
        }
        let reached = of(FunnelMode::Cohort, RowsPart::Reached);
        assert_eq!(
            reached,
            (cohort.deals, cohort.amount.minor),
            "{stage} {told}"
        );
        for (which, number) in [
            (RowsPart::StillOpen, cohort.still_open),
            (RowsPart::Skipped, cohort.skipped),
        ] {
            assert_eq!(
                Some(of(FunnelMode::Cohort, which).0),
                number,
                "{stage} {told}"
            );
        }
    }
}

fn check_forecast(reader: &Reader<'_>) {
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

fn check_closed(reader: &Reader<'_>) {
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
    let mut by_owner = std::collections::BTreeMap::<&str, (i64, i64)>::new();
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

fn mean(days: &[i64]) -> Option<f64> {
    let sum: i64 = days.iter().sum();
    fraction(sum, days.len() as i64)
}

fn median(days: &[i64]) -> Option<f64> {
    let count = days.len();
    (count > 0).then(|| f64::midpoint(days[(count - 1) / 2] as f64, days[count / 2] as f64))
}

/// a ÷ b to six places.
fn fraction(a: i64, b: i64) -> Option<f64> {
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
        let mut expected = std::collections::BTreeMap::<Option<String>, Sum>::new();
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
    let mut sources = std::collections::BTreeMap::<Option<String>, [i64; 2]>::new();
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

/// How a manager sells, told to the director.
fn check_manager(reader: &Reader<'_>) {
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
    }
    let won = reader.sum_closed(DealStatus::Won);
    assert_eq!(card.win_rate.won.deals, won.deals, "{told}");
    assert_eq!(card.forecast.closed.minor, won.amount, "{told}");
}

fn check_dynamics(reader: &Reader<'_>) {
    let told = told(reader);
    let db = reader.world.app.state.db();
    let (actor, filter, now) = (&reader.actor, &reader.filter, reader.world.now);
    let found = db
        .read_snapshot(|tx| {
            reports::dynamics(tx, actor, Some(Step::Month), &query(reader), filter, now)
        })
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
    let stalling = db
        .read_snapshot(|tx| reports::stalling(tx, actor, &query(reader), filter, Language::Ru, now))
        .unwrap();
    let rotting = reader.rotting();
    for row in &stalling.stages {
        let count = rotting.get(&row.stage).copied().unwrap_or(0);
        assert_eq!(row.rotting, count, "{told}");
        assert!(
            row.since.is_none_or(|since| since <= reader.moment()),
            "{told}"
        );
    }
}

on_both! {
    async fn every_report_says_what_the_reference_says(app: TestApp) {
        let world = World::lived(app, 11);
        let kinds: std::collections::BTreeSet<_> = (world.histories.values())
            .flat_map(|history| history.states.iter().map(|state| state.deal.status.as_str()))
            .collect();
        assert_eq!(kinds.len(), 5, "all ends occur");
        for reader in readers(&world) {
            check_funnels(&reader);
            check_forecast(&reader);
            check_closed(&reader);
            check_dynamics(&reader);
            if reader.actor.name.starts_with("director") && !reader.filter.owner_id.is_empty() {
                check_manager(&reader);
            }
        }
    }

    async fn a_past_snapshot_does_not_change_by_what_is_done_later(app: TestApp) {
        let mut world = World::lived(app, 23);
        let as_of = world.now.date_naive() - chrono::Days::new(1);
        let before = {
            let reader = Reader {
                world: &world,
                actor: world.actor("admin", "UTC"),
                filter: AnalyticsFilter::default(),
                period: Period { from: shifted(as_of, -3), to: as_of },
                as_of,
            };
            funnel(&reader, FunnelMode::Snapshot)
        };
        world.wait(5000);
        let mut dice = crate::analytics::world::Dice(99);
        let known: Vec<_> = world.histories.keys().cloned().collect();
        for turn in 0..120 {
            world.wait(90);
            if turn == 60 {
                world.change_industry(1, "mining");
            }
            let id = dice.pick(&known).clone();
            world.happen(&mut dice, &id);
        }
        let reader = Reader {
            world: &world,
            actor: world.actor("admin", "UTC"),
            filter: AnalyticsFilter::default(),
            period: Period { from: shifted(as_of, -3), to: as_of },
            as_of,
        };
        let after = funnel(&reader, FunnelMode::Snapshot);
        assert_eq!(after.stages, before.stages);
    }
}
