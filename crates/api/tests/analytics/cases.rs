//! The cases that the usual systems get wrong, each by itself.

use chrono::{TimeZone as _, Utc};
use etalon_domain::activity::{
    ActivityCommand, ActivityDraft, ActivityFilter, ActivityKind, ActivityStatus,
};
use etalon_domain::analytics::{
    AnalyticsFilter, FunnelMode, PeriodQuery, RowsPart, RowsQuery, RowsReport,
};
use etalon_domain::deal::{CloseDeal, DealCommand, DealDraft, MoveDeal, Outcome, ReopenDeal};
use etalon_domain::department::DepartmentDraft;
use etalon_domain::id::DepartmentId;
use etalon_domain::money::{Currency, Money};
use etalon_domain::record::RecordCommand;
use etalon_domain::user::Language;
use etalon_persistence::{activities, departments, reports};

use super::world::{World, day, one, usd};
use crate::support::on_both;

pub(super) fn period(from: &str, to: &str, as_of: Option<&str>) -> PeriodQuery {
    PeriodQuery {
        period: None,
        from: Some(day(from)),
        to: Some(day(to)),
        as_of: as_of.map(day),
    }
}

fn won(world: &World, zone: &str, period: &PeriodQuery, filter: &AnalyticsFilter) -> (i64, i64) {
    let actor = world.actor("admin", zone);
    let now = world.now;
    let found = world
        .app
        .state
        .db()
        .read_snapshot(|tx| reports::win_rate(tx, &actor, None, period, filter, now));
    let won = found.unwrap().total.won;
    (won.deals, won.amount.minor)
}

pub(super) fn deal(world: &mut World, owner: &str) -> etalon_domain::id::DealId {
    let draft = DealDraft {
        title: "Line".into(),
        owner_id: Some(world.user_id(owner)),
        amount: Some(usd(100_000)),
        ..DealDraft::default()
    };
    world.command(None, &DealCommand::Create(draft)).unwrap()
}

pub(super) fn close(world: &mut World, id: &etalon_domain::id::DealId, outcome: Outcome) {
    let close = CloseDeal {
        reason: "so".into(),
        ..CloseDeal::new(outcome)
    };
    world.command(Some(id), &DealCommand::Close(close)).unwrap();
}

on_both! {
    async fn a_win_late_in_the_evening_counts_on_the_day_of_the_reader(app: TestApp) {
        let mut world = World::new(app);
        let id = deal(&mut world, "north");
        // 23:30 on 31 January in Yekaterinburg, 18:30 in Greenwich.
        world.now = Utc.with_ymd_and_hms(2026, 1, 31, 18, 30, 0).unwrap();
        close(&mut world, &id, Outcome::Won);
        world.now = Utc.with_ymd_and_hms(2026, 3, 1, 0, 0, 0).unwrap();
        let filter = AnalyticsFilter::default();
        let january = period("2026-01-01", "2026-01-31", None);
        let february = period("2026-02-01", "2026-02-28", None);
        assert_eq!(won(&world, "Asia/Yekaterinburg", &january, &filter), (1, 100_000));
        assert_eq!(won(&world, "Asia/Yekaterinburg", &february, &filter), (0, 0));
        assert_eq!(won(&world, "Pacific/Auckland", &january, &filter), (0, 0));
        assert_eq!(won(&world, "Pacific/Auckland", &february, &filter), (1, 100_000));
    }

    async fn what_is_to_do_counts_what_the_list_shows(app: TestApp) {
        let mut world = World::new(app);
        // 23:00 on 31 March in Yekaterinburg, 07:00 on 1 April in Auckland.
        let evening = Utc.with_ymd_and_hms(2026, 3, 31, 18, 0, 0).unwrap();
        let timed = |minutes: i64, lasts: i32| (Some(evening + chrono::Duration::minutes(minutes)), Some(lasts), None);
        let on = |text: &str| (None, None, Some(day(text)));
        world.now = Utc.with_ymd_and_hms(2026, 3, 1, 8, 0, 0).unwrap();
        // One that is over, one that goes on, one that is to come, and one that there is tomorrow.
        for (starts_at, duration_minutes, due_on) in [
            timed(-90, 60),
            timed(-10, 30),
            timed(10, 5),
            timed(70, 30),
            on("2026-03-30"),
            on("2026-03-31"),
            on("2026-04-01"),
        ] {
            let draft = ActivityDraft {
                owner_id: Some(world.user_id("north")),
                starts_at,
                duration_minutes,
                due_on,
                ..ActivityDraft::new(ActivityKind::Call, "Call")
            };
            let (context, command) = (world.context("admin"), ActivityCommand::Create { draft, step: None });
            let made = world.app.state.db().write(|tx| activities::execute(tx, &context, None, None, &command));
            made.unwrap();
        }
        world.now = evening;
        for (zone, expected) in [("Asia/Yekaterinburg", (3, 2)), ("UTC", (4, 2)), ("Pacific/Auckland", (0, 3))] {
            let actor = world.actor("north", zone);
            let db = world.app.state.db();
            let until = day("2026-03-31");
            let listed = |filter: ActivityFilter| {
                let filter = ActivityFilter { totals: Some(true), ..filter };
                db.read_snapshot(|tx| activities::list(tx, &actor, &filter, evening)).unwrap().totals.unwrap().count
            };
            let planned = listed(ActivityFilter {
                status: one(ActivityStatus::Planned),
                overdue: Some(false),
                to: Some(until),
                ..ActivityFilter::default()
            });
            let overdue = listed(ActivityFilter { overdue: Some(true), ..ActivityFilter::default() });
            let march = period("2026-03-01", "2026-03-31", None);
            let pulse = db.read_snapshot(|tx| {
                reports::pulse(tx, &actor, &march, &AnalyticsFilter::default(), Language::En, evening)
            });
            let told = pulse.unwrap().activities;
            assert_eq!((told.planned, told.overdue), (planned, overdue), "{zone}");
            assert_eq!((planned, overdue), expected, "{zone}");
        }
    }

    async fn a_day_on_which_the_clocks_change_has_23_or_25_hours(app: TestApp) {
        let mut world = World::new(app);
        // In Berlin it is 00:30 and 23:30 on 29 March, and 00:30 on the day after.
        for (month, day, hour) in [(3, 28, 23), (3, 29, 21), (3, 29, 22)] {
            world.now = Utc.with_ymd_and_hms(2026, month, day, 8, 0, 0).unwrap();
            let id = deal(&mut world, "north");
            world.now = Utc.with_ymd_and_hms(2026, month, day, hour, 30, 0).unwrap();
            close(&mut world, &id, Outcome::Won);
        }
        // The same on 25 October.
        for (day, hour) in [(24, 22), (25, 22), (25, 23)] {
            world.now = Utc.with_ymd_and_hms(2026, 10, day, 8, 0, 0).unwrap();
            let id = deal(&mut world, "north");
            world.now = Utc.with_ymd_and_hms(2026, 10, day, hour, 30, 0).unwrap();
            close(&mut world, &id, Outcome::Won);
        }
        world.now = Utc.with_ymd_and_hms(2026, 11, 5, 8, 0, 0).unwrap();
        let filter = AnalyticsFilter::default();
        let on = |from, to| won(&world, "Europe/Berlin", &period(from, to, None), &filter).0;
        assert_eq!(on("2026-03-28", "2026-03-28"), 0);
        assert_eq!(on("2026-03-29", "2026-03-29"), 2);
        assert_eq!(on("2026-03-30", "2026-03-30"), 1);
        assert_eq!(on("2026-10-24", "2026-10-24"), 0);
        assert_eq!(on("2026-10-25", "2026-10-25"), 2);
        assert_eq!(on("2026-10-26", "2026-10-26"), 1);
        assert_eq!(on("2026-10-01", "2026-10-31"), 3);
    }

    async fn what_has_no_exchange_rate_is_counted_and_told(app: TestApp) {
        let mut world = World::new(app);
        let id = deal(&mut world, "north");
        let unknown = deal(&mut world, "north");
        let pounds = Money::new(700_000, Currency::from_code("GBP").unwrap());
        world.command(Some(&unknown), &DealCommand::Edit(DealDraft {
            title: "Line".into(),
            owner_id: Some(world.user_id("north")),
            amount: Some(pounds),
            ..DealDraft::default()
        })).unwrap();
        for id in [&id, &unknown] {
            close(&mut world, id, Outcome::Won);
        }
        world.wait(1);
        let actor = world.actor("admin", "UTC");
        let (quarter, all, now) = (period("2026-01-01", "2026-01-31", None), AnalyticsFilter::default(), world.now);
        let db = world.app.state.db();
        let rate = db.read_snapshot(|tx| reports::win_rate(tx, &actor, None, &quarter, &all, now)).unwrap();
        let won = rate.total.won;
        assert_eq!((won.deals, won.amount, won.unconverted), (2, usd(100_000), 1));
        let board = db.read_snapshot(|tx| reports::leaderboard(tx, &actor, None, None, &quarter, &all, now)).unwrap();
        assert_eq!((board.leaders[0].wins, board.leaders[0].unconverted), (2, 1));
        let points = db.read_snapshot(|tx| reports::dynamics(tx, &actor, None, &quarter, &all, now)).unwrap().points;
        assert_eq!((points[0].won.unconverted, points[0].created.unconverted), (1, 1));
        let forecast = db.read_snapshot(|tx| reports::forecast(tx, &actor, None, &quarter, &all, now)).unwrap();
        assert_eq!((forecast.unconverted, forecast.owners[0].unconverted), (1, 1));
    }

    async fn a_deal_counts_where_it_lay_though_that_department_is_gone(app: TestApp) {
        let mut world = World::new(app);
        let (db, admin) = (world.app.state.db().clone(), world.context("admin"));
        let sales = world.app.user("director@test.example").department_id.unwrap();
        let draft = DepartmentDraft { name: "East".into(), parent_id: Some(sales.clone()), share_deals: false };
        let east = db
            .write(|tx| departments::execute(tx, &admin, None, None, &RecordCommand::create(draft)))
            .unwrap()
            .id;
        let moved = deal(&mut world, "north");
        let of = |department: &DepartmentId| DealDraft {
            title: "Line".into(),
            amount: Some(usd(100_000)),
            department_id: Some(department.clone()),
            ..DealDraft::default()
        };
        world.command(Some(&moved), &DealCommand::Edit(of(&east))).unwrap();
        // Another belongs to nobody's department all the time.
        deal(&mut world, "admin");
        world.now = Utc.with_ymd_and_hms(2026, 2, 5, 8, 0, 0).unwrap();
        let north = world.app.user("north@test.example").department_id.unwrap();
        world.command(Some(&moved), &DealCommand::Edit(of(&north))).unwrap();
        let admin = world.context("admin");
        db.write(|tx| departments::execute(tx, &admin, Some(&east), None, &RecordCommand::Delete)).unwrap();
        world.wait(1);
        let actor = world.actor("director", "UTC");
        let deals = |mode, filter: &AnalyticsFilter, as_of: Option<&str>| {
            let (asked, now) = (period("2026-01-01", "2026-02-28", as_of), world.now);
            let found = db
                .read_snapshot(|tx| reports::funnel(tx, &actor, mode, &asked, filter, Language::En, now))
                .unwrap();
            let rows = RowsQuery { report: Some(RowsReport::Funnel), mode: Some(mode), ..RowsQuery::default() };
            let rows = db.read_snapshot(|tx| reports::rows(tx, &actor, &rows, &asked, filter, now)).unwrap();
            assert_eq!(found.deals, Some(rows.count), "{mode:?} {filter:?} {as_of:?}");
            rows.count
        };
        let (all, within) = (AnalyticsFilter::default(), AnalyticsFilter { department_id: one(sales), ..AnalyticsFilter::default() });
        for (mode, as_of, expected) in [
            // Whoever sees all departments does not see what lies in none.
            (FunnelMode::Snapshot, None, (1, 1)),
            // On that day it lay in what is no part of Sales any more.
            (FunnelMode::Snapshot, Some("2026-01-31"), (1, 0)),
            // A cohort asks where the deal was created.
            (FunnelMode::Cohort, None, (1, 1)),
            (FunnelMode::Cohort, Some("2026-01-31"), (1, 1)),
        ] {
            let found = (deals(mode, &all, as_of), deals(mode, &within, as_of));
            assert_eq!(found, expected, "{mode:?} {as_of:?}");
        }
    }

    async fn a_reopened_win_is_none_until_it_is_won_again(app: TestApp) {
        let mut world = World::new(app);
        let id = deal(&mut world, "north");
        world.now = Utc.with_ymd_and_hms(2026, 2, 3, 9, 0, 0).unwrap();
        close(&mut world, &id, Outcome::Won);
        world.now = Utc.with_ymd_and_hms(2026, 2, 20, 9, 0, 0).unwrap();
        let reopen = ReopenDeal { reason: "they called".into(), stage: Some("proposal".into()) };
        world.command(Some(&id), &DealCommand::Reopen(reopen)).unwrap();
        world.now = Utc.with_ymd_and_hms(2026, 3, 1, 9, 0, 0).unwrap();
        let filter = AnalyticsFilter::default();
        let february = |as_of| period("2026-02-01", "2026-02-28", as_of);
        assert_eq!(won(&world, "UTC", &february(None), &filter), (0, 0));
        assert_eq!(won(&world, "UTC", &february(Some("2026-02-10")), &filter), (1, 100_000));
        close(&mut world, &id, Outcome::Won);
        world.wait(1);
        assert_eq!(won(&world, "UTC", &february(None), &filter), (0, 0));
        assert_eq!(won(&world, "UTC", &period("2026-03-01", "2026-03-31", None), &filter), (1, 100_000));
    }

    async fn a_deal_that_moved_between_departments_counts_where_it_happened(app: TestApp) {
        let mut world = World::new(app);
        let id = deal(&mut world, "north");
        world.now = Utc.with_ymd_and_hms(2026, 1, 20, 9, 0, 0).unwrap();
        let to = MoveDeal { stage: "needs".into(), reason: None, override_reason: None };
        world.command(Some(&id), &DealCommand::Move(to)).unwrap();
        world.now = Utc.with_ymd_and_hms(2026, 2, 10, 9, 0, 0).unwrap();
        let given = DealDraft {
            title: "Line".into(),
            owner_id: Some(world.user_id("south")),
            amount: Some(usd(100_000)),
            ..DealDraft::default()
        };
        world.command(Some(&id), &DealCommand::Edit(given)).unwrap();
        world.now = Utc.with_ymd_and_hms(2026, 3, 10, 9, 0, 0).unwrap();
        let of = |who: &str, mode, period: &PeriodQuery| {
            let department = world.app.user(&format!("{who}@test.example")).department_id.unwrap();
            let filter = AnalyticsFilter { department_id: one(department), ..AnalyticsFilter::default() };
            let actor = world.actor("admin", "UTC");
            let found = world.app.state.db().read_snapshot(|tx| {
                reports::funnel(tx, &actor, mode, period, &filter, Language::En, world.now)
            }).unwrap();
            found.stages.iter().find(|row| row.stage == "needs").unwrap().deals
        };
        let january = period("2026-01-01", "2026-01-31", Some("2026-01-31"));
        let now = period("2026-01-01", "2026-03-31", None);
        assert_eq!(of("north", FunnelMode::Snapshot, &january), 1);
        assert_eq!(of("south", FunnelMode::Snapshot, &january), 0);
        assert_eq!(of("north", FunnelMode::Snapshot, &now), 0);
        assert_eq!(of("south", FunnelMode::Snapshot, &now), 1);
        assert_eq!(of("north", FunnelMode::Flow, &now), 1);
        assert_eq!(of("south", FunnelMode::Flow, &now), 0);
        assert_eq!(of("north", FunnelMode::Cohort, &now), 1);
    }

    async fn a_deal_in_the_bin_is_in_no_number_but_those_of_before(app: TestApp) {
        let mut world = World::new(app);
        let id = deal(&mut world, "north");
        world.now = Utc.with_ymd_and_hms(2026, 2, 1, 9, 0, 0).unwrap();
        world.command(Some(&id), &DealCommand::Delete).unwrap();
        world.now = Utc.with_ymd_and_hms(2026, 2, 10, 9, 0, 0).unwrap();
        let count = |world: &World, as_of: Option<&str>| {
            let actor = world.actor("admin", "UTC");
            let asked = period("2026-01-01", "2026-03-31", as_of);
            let found = world.app.state.db().read_snapshot(|tx| {
                reports::funnel(tx, &actor, FunnelMode::Snapshot, &asked, &AnalyticsFilter::default(), Language::En, world.now)
            });
            found.unwrap().deals
        };
        assert_eq!(count(&world, None), Some(0));
        assert_eq!(count(&world, Some("2026-01-31")), Some(1));
        world.command(Some(&id), &DealCommand::Restore).unwrap();
        world.now = Utc.with_ymd_and_hms(2026, 2, 12, 9, 0, 0).unwrap();
        assert_eq!(count(&world, None), Some(1));
        assert_eq!(count(&world, Some("2026-02-05")), Some(0));
    }

    async fn a_beaten_competitor_took_part_in_the_deal(app: TestApp) {
        let mut world = World::new(app);
        let rival = world.accounts[0].0.clone();
        for outcome in [Outcome::Won, Outcome::Lost] {
            let id = deal(&mut world, "north");
            world.wait(60);
            let close = CloseDeal {
                reason: "price".into(),
                beaten_account_id: (outcome == Outcome::Won).then(|| rival.clone()),
                winner_account_id: (outcome == Outcome::Lost).then(|| rival.clone()),
                ..CloseDeal::new(outcome)
            };
            world.command(Some(&id), &DealCommand::Close(close)).unwrap();
        }
        world.wait(60);
        let year = period("2026-01-01", "2026-12-31", None);
        let (actor, all) = (world.actor("director", "UTC"), AnalyticsFilter::default());
        let db = world.app.state.db();
        let found = db.read_snapshot(|tx| reports::reasons(tx, &actor, &year, &all, world.now)).unwrap();
        assert_eq!(found.competitors.len(), 1);
        let row = &found.competitors[0];
        assert_eq!((row.won.deals, row.lost.deals, row.lost_to_it), (1, 1, 1));
        assert_eq!(row.by_count, Some(0.5));
        for (part, deals) in [(RowsPart::Won, 1), (RowsPart::Lost, 1), (RowsPart::Closed, 2)] {
            let asked = RowsQuery {
                report: Some(RowsReport::Reasons),
                part: Some(part),
                competitor_id: Some(rival.clone()),
                ..RowsQuery::default()
            };
            let rows = db.read_snapshot(|tx| reports::rows(tx, &actor, &asked, &year, &all, world.now));
            assert_eq!(rows.unwrap().count, deals);
        }
    }

    async fn the_registry_opens_exactly_the_rows_of_a_number(app: TestApp) {
        let world = World::lived(app, 31);
        let rows = "report=funnel&mode=flow&from=2026-01-01&to=2026-12-31&stage=needs&part=entered";
        let path = format!("/api/v1/analytics/rows?{rows}&limit=200");
        // The program's own clock is far from that of the story: what is told is the same whenever.
        let found = world.app.get("director@test.example", &path).await.expect(200);
        let mut behind: Vec<_> = (found["items"].as_array().unwrap().iter())
            .map(|row| row["deal_id"].as_str().unwrap().to_owned())
            .collect();
        let encoded = etalon_domain::endpoint::encode_component(rows);
        let registry = world
            .app
            .get("director@test.example", &format!("/api/v1/deals?rows={encoded}&limit=200&totals=true"))
            .await
            .expect(200);
        let mut listed: Vec<_> = (registry["items"].as_array().unwrap().iter())
            .map(|deal| deal["id"].as_str().unwrap().to_owned())
            .collect();
        behind.sort();
        listed.sort();
        assert!(!listed.is_empty());
        assert_eq!(listed, behind);
        assert_eq!(registry["totals"]["count"], found["count"]);
        let refused = world.app.get("north@test.example", "/api/v1/analytics/rows").await.expect(422);
        assert_eq!(refused["errors"][0]["field"], "report");
    }
}
