//! Leaderboard, targets and Pulse on random histories: what is told is what plain loops find, on both
//! databases, for whoever reads.

use std::collections::BTreeMap;

use chrono::{Days, Duration};
use etalon_domain::analytics::{
    ActivityCounts, AnalyticsFilter, FunnelMode, Interval, LeaderKind, LeaderMeasure, Period,
    Preset, RowsPart, RowsQuery, RowsReport, shifted,
};
use etalon_domain::deal::{DealStatus, ForecastCategory};
use etalon_domain::user::Language;
use etalon_persistence::{goals, reports};

use super::asking::{filters, funnel, query, rows, told};
use super::check_closed::fraction;
use super::desk::Desk;
use super::office::{Office, Whose, half_year};
use super::reference::{Reader, Sum, visits};
use super::world::{World, day, seed};
use crate::support::on_both;

const READERS: [&str; 7] = [
    "admin",
    "director",
    "north.head",
    "north",
    "south",
    "sales",
    "viewer",
];

/// Every reader with every filter, over a whole half year or a part of it that ends inside a month.
fn readers(world: &World) -> Vec<Reader<'_>> {
    let part = Period {
        from: day("2026-02-10"),
        to: day("2026-04-07"),
    };
    let mut found = Vec::new();
    for (index, who) in READERS.iter().enumerate() {
        for (turn, filter) in filters(world).into_iter().enumerate() {
            let zone = ["UTC", "Asia/Yekaterinburg", "America/New_York"][(index + turn) % 3];
            let period = if turn % 2 == 0 { half_year() } else { part };
            let mut reader = Reader {
                world,
                actor: world.actor(who, zone),
                filter,
                period,
                as_of: day("2100-01-01"),
            };
            reader.as_of = reader.today();
            found.push(reader);
        }
    }
    found
}

fn check_board(desk: &Desk<'_>, by: LeaderKind, measure: LeaderMeasure) {
    let reader = desk.reader;
    let told = format!("{by:?} {measure:?} {}", told(reader));
    let db = reader.world.app.state.db();
    let (actor, filter, now) = (&reader.actor, &reader.filter, reader.world.now);
    let board = db
        .read_snapshot(|tx| {
            let period = query(reader);
            reports::leaderboard(tx, actor, Some(by), Some(measure), &period, filter, now)
        })
        .unwrap();
    let expected = desk.places(by, measure);
    let earlier = Reader {
        world: reader.world,
        actor: reader.actor.clone(),
        filter: reader.filter.clone(),
        period: reader.period.before(),
        as_of: reader.as_of,
    };
    let before = Desk {
        office: desk.office,
        reader: &earlier,
    };
    let before = before.places(by, measure);
    let found: BTreeMap<&str, _> = (board.leaders.iter())
        .map(|leader| (leader.id.as_str(), leader))
        .collect();
    assert_eq!(found.len(), board.leaders.len(), "{told}");
    let ids: Vec<&str> = expected.keys().map(String::as_str).collect();
    assert_eq!(found.keys().copied().collect::<Vec<_>>(), ids, "{told}");
    for (id, place) in &expected {
        let leader = found[id.as_str()];
        assert_eq!(
            (leader.won_amount.minor, leader.wins, leader.activities),
            (place.amount, place.wins, place.activities),
            "{} {told}",
            leader.name
        );
        let target = leader.target.map(|money| money.minor);
        assert_eq!(target, place.target, "{} {told}", leader.name);
        assert_eq!(leader.rank, place.rank, "{} {told}", leader.name);
        let opens = by == LeaderKind::Person && desk.opens_card(id);
        assert_eq!(leader.opens_card, opens, "{} {told}", leader.name);
        let past = before.get(id).map(|place| place.rank);
        assert_eq!(leader.previous_rank, past, "{} {told}", leader.name);
    }
    let ranks: Vec<i64> = board.leaders.iter().map(|leader| leader.rank).collect();
    assert!(ranks.is_sorted(), "{ranks:?} {told}");
}

fn check_pulse(desk: &Desk<'_>) {
    let (reader, told) = (desk.reader, told(desk.reader));
    let db = reader.world.app.state.db();
    let (actor, filter, now) = (&reader.actor, &reader.filter, reader.world.now);
    let pulse = db
        .read_snapshot(|tx| reports::pulse(tx, actor, &query(reader), filter, Language::En, now))
        .unwrap();
    let snapshot = reader.snapshot();
    for stage in &pulse.funnel {
        let sum = snapshot.get(&stage.stage).copied().unwrap_or_default();
        assert_eq!(
            (stage.deals, stage.amount.minor),
            (sum.deals, sum.amount),
            "{told}"
        );
    }
    let won = reader.sum_closed(DealStatus::Won);
    let (mut commit, mut weighted, mut values) = (0, 0, Vec::new());
    for state in reader.expected() {
        let value = reader.value(&state.deal);
        let mut sum = Sum::default();
        sum.add(value, state.deal.probability);
        weighted += sum.weighted;
        if state.deal.forecast_category == ForecastCategory::Commit {
            commit += sum.amount;
        }
        values.push(value);
    }
    let line = &pulse.forecast;
    assert_eq!(
        [line.closed.minor, line.commit.minor, line.weighted.minor],
        [won.amount, won.amount + commit, won.amount + weighted],
        "{told}"
    );
    let target = line.target.map(|money| money.minor);
    assert_eq!(target, desk.target(reader.period), "{told}");
    let within = |period| Reader {
        world: reader.world,
        actor: reader.actor.clone(),
        filter: reader.filter.clone(),
        period,
        as_of: reader.as_of,
    };
    let before = within(reader.period.before()).sum_closed(DealStatus::Won);
    assert_eq!(
        (pulse.won_before.deals, pulse.won_before.amount.minor),
        (before.deals, before.amount),
        "{told}"
    );
    let so_far = pulse.won_before_so_far;
    let (now, compared) = (reader.period, so_far.period);
    assert_eq!(compared.from, now.before().from, "{told}");
    if now.from <= reader.today() && reader.today() < now.to {
        let passed = (reader.today() - now.from).num_days() + 1;
        let whole = now.before().days();
        assert_eq!(compared.days(), passed.min(whole), "{told}");
    } else {
        assert_eq!(compared, now.before(), "{told}");
    }
    let by_then = within(compared).sum_closed(DealStatus::Won);
    assert_eq!(
        (so_far.deals, so_far.amount.minor),
        (by_then.deals, by_then.amount),
        "{told}"
    );
    assert_eq!(pulse.weeks.len(), 13, "{told}");
    let last = pulse.weeks.last().unwrap();
    assert!(
        last.from <= reader.today() && reader.today() <= last.to,
        "{told}"
    );
    for week in &pulse.weeks {
        assert_eq!(week.to, week.from + Days::new(6));
        let step = within(Period {
            from: week.from,
            to: week.to,
        });
        let created = step.cohort().get("potential").map_or(0, |row| row[0]);
        let won = step.sum_closed(DealStatus::Won);
        let lost = step.sum_closed(DealStatus::Lost);
        assert_eq!(
            [week.created.deals, week.won.deals, week.lost.deals],
            [created, won.deals, lost.deals],
            "{week:?} {told}"
        );
    }
    values.sort_by_key(|value| std::cmp::Reverse(value.unwrap_or(i64::MIN)));
    values.truncate(10);
    let top: Vec<Option<i64>> = (pulse.top_deals.iter())
        .map(|deal| deal.amount.map(|money| money.minor))
        .collect();
    assert_eq!(top, values, "{told}");
    let (mut late, mut rotting) = (Sum::default(), Sum::default());
    for (_, state) in reader.open() {
        let deal = &state.deal;
        if deal.expected_close_on.is_some_and(|on| on < reader.today()) {
            late.add(reader.value(deal), 100);
        }
    }
    for (_, state) in reader.neglected() {
        rotting.add(reader.value(&state.deal), 100);
    }
    for (found, sum) in [(pulse.overdue, late), (pulse.rotting, rotting)] {
        assert_eq!(
            (found.deals, found.amount.minor),
            (sum.deals, sum.amount),
            "{told}"
        );
    }
    let work = desk.work();
    let all = work
        .values()
        .fold(ActivityCounts::default(), |sum, each| ActivityCounts {
            done: sum.done + each.done,
            planned: sum.planned + each.planned,
            overdue: sum.overdue + each.overdue,
        });
    assert_eq!(pulse.activities, all, "{told}");
    let mut first: Vec<i64> = (desk.places(LeaderKind::Person, LeaderMeasure::WonAmount))
        .into_values()
        .filter(|place| place.wins > 0)
        .map(|place| place.amount)
        .collect();
    first.sort_unstable_by(|a, b| b.cmp(a));
    first.truncate(5);
    let leaders: Vec<i64> = (pulse.leaders.iter())
        .map(|leader| leader.won_amount.minor)
        .collect();
    assert_eq!(leaders, first, "{told}");
    check_changes(reader, &pulse.changes);
}

/// Of the last 24 hours every visit that began, newest first.
fn check_changes(reader: &Reader<'_>, changes: &[etalon_domain::analytics::RecentChange]) {
    let told = told(reader);
    let since = reader.world.now - Duration::hours(24);
    let mut expected = Vec::new();
    for (history, state) in reader.standing() {
        if !reader.asks_for(state, state) {
            continue;
        }
        let begun = visits(history, reader.moment()).into_iter();
        let begun = begun.filter(|visit| visit.state.since >= since);
        expected.extend(begun.map(|visit| (visit.state.since, state.deal.id.clone())));
    }
    expected.sort();
    expected.reverse();
    expected.truncate(20);
    let found: Vec<_> = (changes.iter())
        .map(|change| (change.at, change.deal_id.clone()))
        .collect();
    assert_eq!(found, expected, "{told}");
    // Whoever sees everything sees that something happened.
    let sees_all = reader.actor.name == "admin" && reader.filter == AnalyticsFilter::default();
    assert!(!(sees_all && found.is_empty()), "{told}");
}

fn check_targets(desk: &Desk<'_>) {
    let (reader, told) = (desk.reader, told(desk.reader));
    let db = reader.world.app.state.db();
    let (actor, filter, now) = (&reader.actor, &reader.filter, reader.world.now);
    let found = db
        .read_snapshot(|tx| reports::forecast(tx, actor, None, &query(reader), filter, now))
        .unwrap();
    for line in [&found.total].into_iter().chain(&found.parts) {
        let target = line.target.map(|money| money.minor);
        assert_eq!(target, desk.target(line.period), "{:?} {told}", line.period);
    }
    let own = desk.towards();
    for line in [&found.total].into_iter().chain(&found.parts) {
        let won = Reader {
            world: own.world,
            actor: own.actor.clone(),
            filter: own.filter.clone(),
            period: line.period,
            as_of: own.as_of,
        }
        .sum_closed(DealStatus::Won)
        .amount;
        let expected = line.target.map(|_| won);
        let towards = line.towards_target.map(|money| money.minor);
        assert_eq!(towards, expected, "{:?} {told}", line.period);
        let attainment = line.target.and_then(|target| fraction(won, target.minor));
        assert_eq!(line.attainment, attainment, "{:?} {told}", line.period);
    }
    for line in &found.owners {
        let id = line.id.as_deref().unwrap_or_default();
        assert_eq!(
            line.opens_card,
            desk.opens_card(id),
            "{:?} {told}",
            line.name
        );
    }
    let by = [
        (LeaderKind::Person, &found.owners),
        (LeaderKind::Department, &found.departments),
    ];
    for (by, lines) in by {
        let places = desk.places(by, LeaderMeasure::WonAmount);
        for line in lines.iter() {
            let place = line.id.as_ref().and_then(|id| places.get(id));
            if let Some(place) = place {
                let target = line.target.map(|money| money.minor);
                assert_eq!(target, place.target, "{:?} {told}", line.name);
                assert_eq!(line.closed.minor, place.amount, "{:?} {told}", line.name);
            }
        }
        // Who is to meet a target is told, even with nothing won.
        for (id, place) in places.iter().filter(|(_, place)| place.target > Some(0)) {
            let is_told = lines.iter().any(|line| line.id.as_deref() == Some(id));
            assert!(is_told, "{id} {place:?} {told}");
        }
    }
}

/// The fullness over the deals that count towards the target, with the chances of the last twelve months.
fn check_fullness(desk: &Desk<'_>) {
    let (reader, told) = (desk.reader, told(desk.reader));
    let found = funnel(reader, FunnelMode::Snapshot).fullness;
    for mode in [FunnelMode::Flow, FunnelMode::Cohort] {
        assert_eq!(funnel(reader, mode).fullness, found, "{mode:?} {told}");
    }
    let narrows = &reader.filter;
    let is_narrowed =
        !(narrows.source.is_empty() && narrows.category.is_empty() && narrows.industry.is_empty());
    assert_eq!(found.is_none(), is_narrowed, "{told}");
    let Some(found) = found else { return };
    let own = desk.towards();
    let won = own.sum_closed(DealStatus::Won).amount;
    let open: i64 = (own.expected().iter())
        .filter_map(|state| own.value(&state.deal))
        .sum();
    let target = desk.target(reader.period);
    assert_eq!(found.target.map(|money| money.minor), target, "{told}");
    assert_eq!(
        (found.won.minor, found.open_amount.minor),
        (won, open),
        "{told}"
    );
    let missing = target.map(|target| target - won).filter(|left| *left > 0);
    let value = missing.and_then(|left| fraction(open, left));
    assert_eq!(found.value, value, "{told}");
    let year = Reader {
        period: Period::of(Preset::Last12Months, own.as_of),
        ..own
    };
    let ended = |status, stage: Option<&str>| {
        let been = |history| {
            let mut visits = visits(history, year.moment()).into_iter();
            stage.is_none_or(|stage| visits.any(|visit| visit.state.deal.stage == stage))
        };
        let closed = year.closed(status).into_iter();
        closed.filter(|(history, _)| been(history)).count() as i64
    };
    let rate = |stage| {
        let won = ended(DealStatus::Won, stage);
        fraction(won, won + ended(DealStatus::Lost, stage))
    };
    assert_eq!(found.win_rate, rate(None), "{told}");
    let standing = year.snapshot();
    for stage in &found.stages {
        let code = stage.stage.as_str();
        assert_eq!(stage.win_probability, rate(Some(code)), "{code} {told}");
        let open = standing.get(code).map_or(0, |sum| sum.amount);
        assert_eq!(stage.open_amount.minor, open, "{code} {told}");
        // The chance opens the deals that it was computed from.
        let asked = RowsQuery {
            report: Some(RowsReport::WinRate),
            part: Some(RowsPart::Closed),
            stage: Some(code.to_owned()),
            ..RowsQuery::default()
        };
        let all = ended(DealStatus::Won, Some(code)) + ended(DealStatus::Lost, Some(code));
        assert_eq!(rows(&year, &asked).0, all, "{code} {told}");
    }
}

/// The grid tells what the reports compare with, and nothing else.
fn check_grid(desk: &Desk<'_>) {
    let (reader, told) = (desk.reader, told(desk.reader));
    let db = reader.world.app.state.db();
    let (actor, filter) = (&reader.actor, &reader.filter);
    let grid = db
        .read_snapshot(|tx| goals::grid(tx, actor, reader.period, filter))
        .unwrap();
    for row in &grid.rows {
        let whose = match (&row.owner_id, &row.department_id) {
            (Some(owner), _) => Whose::Person(owner.clone()),
            (None, department) => Whose::Department(department.clone().unwrap()),
        };
        for cell in &row.cells {
            let expected = desk.cell(&whose, cell.month);
            let effective = cell.effective.map(|money| money.minor);
            assert_eq!(effective, expected, "{whose:?} {} {told}", cell.month);
        }
    }
    for cell in &grid.totals {
        let month = Period {
            from: cell.month,
            to: shifted(cell.month, 1) - Days::new(1),
        };
        let total = cell.effective.map(|money| money.minor);
        assert_eq!(total, desk.target(month), "{} {told}", cell.month);
    }
}

/// The interval by its formula as it stands in books, without the product's function.
fn interval(won: i64, lost: i64) -> Option<Interval> {
    let (won, all) = (won as f64, (won + lost) as f64);
    if all == 0.0 {
        return None;
    }
    let (z, rate) = (1.959_963_984_540_054_f64, won / all);
    let center = (rate + z.powi(2) / (2.0 * all)) / (1.0 + z.powi(2) / all);
    let inner = rate * (1.0 - rate) / all + z.powi(2) / (4.0 * all.powi(2));
    let half = z / (1.0 + z.powi(2) / all) * inner.sqrt();
    Some(Interval {
        low: center - half,
        high: center + half,
    })
}

fn check_intervals(reader: &Reader<'_>) {
    let told = told(reader);
    let db = reader.world.app.state.db();
    let (actor, filter, now) = (&reader.actor, &reader.filter, reader.world.now);
    let found = db
        .read_snapshot(|tx| reports::win_rate(tx, actor, None, &query(reader), filter, now))
        .unwrap();
    let won = reader.sum_closed(DealStatus::Won).deals;
    let lost = reader.sum_closed(DealStatus::Lost).deals;
    let expected = interval(won, lost);
    assert_eq!(found.total.interval.is_some(), expected.is_some(), "{told}");
    if let (Some(found), Some(expected)) = (found.total.interval, expected) {
        assert!((found.low - expected.low).abs() < 1e-6, "{told}");
        assert!((found.high - expected.high).abs() < 1e-6, "{told}");
    }
    let cycle = db
        .read_snapshot(|tx| reports::cycle(tx, actor, None, &query(reader), filter, now))
        .unwrap();
    let days = reader.cycles(DealStatus::Won);
    // The smallest number of days that nine in ten did not exceed.
    let p90 = days.iter().copied().find(|most| {
        let within = days.iter().filter(|each| *each <= most).count();
        within * 10 >= days.len() * 9
    });
    assert_eq!(cycle.won.p90_days, p90.map(|days| days as f64), "{told}");
}

on_both! {
    async fn leaders_targets_and_pulse_say_what_the_reference_says(app: TestApp) {
        let mut world = World::lived(app, seed(31));
        let office = Office::opened(&mut world, seed(47));
        assert!(office.activities.len() > 30);
        for reader in readers(&world) {
            let desk = Desk { office: &office, reader: &reader };
            for by in [LeaderKind::Person, LeaderKind::Department] {
                for measure in LeaderMeasure::ALL {
                    check_board(&desk, by, *measure);
                }
            }
            check_targets(&desk);
            check_fullness(&desk);
            check_grid(&desk);
            check_pulse(&desk);
            check_intervals(&reader);
        }
        // What was done later is not told of a past day.
        for who in ["director", "north.head"] {
            let past = Reader {
                world: &world,
                actor: world.actor(who, "UTC"),
                filter: AnalyticsFilter::default(),
                period: half_year(),
                as_of: world.now.date_naive() - Days::new(2),
            };
            let desk = Desk { office: &office, reader: &past };
            for measure in LeaderMeasure::ALL {
                check_board(&desk, LeaderKind::Person, *measure);
            }
            check_targets(&desk);
            check_fullness(&desk);
        }
        let director = Reader {
            world: &world,
            actor: world.actor("director", "UTC"),
            filter: AnalyticsFilter::default(),
            period: half_year(),
            as_of: day("2026-06-30"),
        };
        let desk = Desk { office: &office, reader: &director };
        assert!(desk.target(half_year()).is_some(), "there is a target to compare with");
    }
}
