//! The cases that the usual systems get wrong, each by itself.

use chrono::{TimeZone as _, Utc};
use etalon_domain::analytics::{
    AnalyticsFilter, FunnelMode, PeriodQuery, RowsPart, RowsQuery, RowsReport,
};
use etalon_domain::deal::{CloseDeal, DealCommand, DealDraft, MoveDeal, Outcome, ReopenDeal};
use etalon_domain::department::DepartmentDraft;
use etalon_domain::id::DepartmentId;
use etalon_domain::money::{Currency, Money};
use etalon_domain::record::RecordCommand;
use etalon_domain::target::{TargetDraft, TargetDrafts};
use etalon_domain::user::Language;
use etalon_persistence::{departments, goals, reports};
use serde_json::json;

use super::world::{World, day, one, usd};
use crate::support::on_both;

fn period(from: &str, to: &str, as_of: Option<&str>) -> PeriodQuery {
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

fn deal(world: &mut World, owner: &str) -> etalon_domain::id::DealId {
    let draft = DealDraft {
        title: "Line".into(),
        owner_id: Some(world.user_id(owner)),
        amount: Some(usd(100_000)),
        ..DealDraft::default()
    };
    world.command(None, &DealCommand::Create(draft)).unwrap()
}

fn close(world: &mut World, id: &etalon_domain::id::DealId, outcome: Outcome) {
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

    async fn a_misspelt_number_is_refused_by_the_name_of_its_field(app: TestApp) {
        let who = "director@test.example";
        let rows = |query: &str| format!("/api/v1/analytics/rows?{query}");
        let registry = |query: &str| format!("/api/v1/deals?rows={query}");
        for (path, field) in [
            (rows("report=funnel&mode=cohort&stage=nonsense"), "stage"),
            (rows("report=funnel&stage=nonsense"), "stage"),
            (rows("report=stalling&stage=nonsense"), "stage"),
            (rows("report=win_rate&part=wno"), "part"),
            (registry("report%3Dwin_rate%26part%3Dwno"), "rows"),
            (registry("report%3Dfunnel%26category%3Dhuge"), "rows"),
        ] {
            let refused = app.get(who, &path).await.expect(422);
            assert_eq!(refused["errors"][0]["field"], json!(field), "{path}: {refused}");
        }
        app.get(who, &rows("report=funnel&mode=cohort&stage=won")).await.expect(200);
    }

    async fn the_grid_of_targets_is_narrowed_like_the_reports(app: TestApp) {
        let (north, south) = (app.user("north@test.example"), app.user("south@test.example"));
        let home = north.department_id.clone().unwrap();
        let items: Vec<_> = [("10.00", &north), ("30.00", &south)].into_iter()
            .map(|(amount, person)| json!({"owner_id": person.id, "month": "2026-03-01", "version": 0,
                "amount": {"amount": amount, "currency": "USD"}}))
            .collect();
        let path = "/api/v1/analytics/targets";
        app.call("admin@test.example", actix_web::http::Method::PUT, path, Some(json!({"items": items})))
            .await
            .expect(204);
        let grid = |more: String| format!("{path}?from=2026-03-01&to=2026-03-31{more}");
        let total = |body: &serde_json::Value| body["total"]["amount"].clone();
        let who = "director@test.example";
        let all = app.get(who, &grid(String::new())).await.expect(200);
        assert_eq!(total(&all), "40.00");
        let of_one = app.get(who, &grid(format!("&department_id={home}"))).await.expect(200);
        assert_eq!(total(&of_one), "10.00");
        let rows = of_one["rows"].as_array().unwrap();
        assert!(rows.iter().all(|row| row["department_id"] == json!(home)), "{rows:?}");
        let person = app.get(who, &grid(format!("&owner_id={}", south.id))).await.expect(200);
        assert_eq!(total(&person), "30.00");
        assert_eq!(person["rows"].as_array().unwrap().len(), 1);
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

    async fn fullness_appears_with_a_target(app: TestApp) {
        let mut world = World::new(app);
        let id = deal(&mut world, "north");
        world.command(Some(&id), &DealCommand::Edit(DealDraft {
            title: "Line".into(),
            owner_id: Some(world.user_id("north")),
            amount: Some(usd(100_000)),
            expected_close_on: Some(day("2026-03-15")),
            ..DealDraft::default()
        })).unwrap();
        let lost = deal(&mut world, "north");
        close(&mut world, &lost, Outcome::Lost);
        let gained = deal(&mut world, "north");
        world.now = Utc.with_ymd_and_hms(2026, 3, 1, 9, 0, 0).unwrap();
        close(&mut world, &gained, Outcome::Won);
        world.wait(5);
        let march = period("2026-03-01", "2026-03-31", None);
        let fullness = |world: &World| {
            let actor = world.actor("north.head", "UTC");
            let found = world.app.state.db().read_snapshot(|tx| {
                reports::funnel(tx, &actor, FunnelMode::Snapshot, &march, &AnalyticsFilter::default(), Language::En, world.now)
            });
            found.unwrap().fullness.unwrap()
        };
        assert_eq!(fullness(&world).value, None);
        let drafts = TargetDrafts { items: vec![TargetDraft {
            owner_id: Some(world.user_id("north")),
            department_id: None,
            month: day("2026-03-01"),
            amount: Some(usd(150_000)),
            version: Some(0),
        }] };
        let context = world.context("north.head");
        world.app.state.db().write(|tx| goals::replace(tx, &context, &drafts)).unwrap();
        let found = fullness(&world);
        assert_eq!(found.value, Some(2.0));
        assert_eq!((found.required, found.win_rate), (Some(2.0), Some(0.5)));
        assert_eq!(found.target, Some(usd(150_000)));
    }

    async fn targets_are_set_by_who_leads_and_seen_by_who_is_meant(app: TestApp) {
        let north = app.user("north@test.example").id;
        let put = |who: &'static str, version: i64, amount: &'static str| {
            let body = json!({"items": [{"owner_id": north, "month": "2026-03-01", "version": version,
                "amount": {"amount": amount, "currency": "USD"}}]});
            app.call(who, actix_web::http::Method::PUT, "/api/v1/analytics/targets", Some(body))
        };
        put("north@test.example", 0, "10.00").await.expect(403);
        put("south.head@test.example", 0, "10.00").await.expect(403);
        put("north.head@test.example", 0, "10.00").await.expect(204);
        put("north.head@test.example", 0, "20.00").await.expect(412);
        put("admin@test.example", 1, "20.00").await.expect(204);
        let bad = json!({"items": [{"owner_id": north, "month": "2026-03-05",
            "amount": {"amount": "-1.00", "currency": "EUR"}}]});
        let refused = app
            .call("admin@test.example", actix_web::http::Method::PUT, "/api/v1/analytics/targets", Some(bad))
            .await
            .expect(422);
        let fields: Vec<_> = refused["errors"].as_array().unwrap().iter().map(|e| e["field"].clone()).collect();
        assert_eq!(fields, [json!("items.0.month"), json!("items.0.amount")]);
        let path = "/api/v1/analytics/targets?from=2026-01-01&to=2026-03-31";
        let own = app.get("north@test.example", path).await.expect(200);
        assert_eq!(own["rows"].as_array().unwrap().len(), 1);
        assert_eq!(own["total"]["amount"], "20.00");
        let south = app.get("south.head@test.example", path).await.expect(200);
        assert_eq!(south["total"], json!(null));
        let all = app.get("director@test.example", path).await.expect(200);
        assert_eq!(all["totals"][2]["effective"]["amount"], "20.00");
    }

    async fn a_target_that_one_may_not_see_is_in_no_report(app: TestApp) {
        let (north, south) = (app.user("north@test.example"), app.user("south@test.example"));
        let month = "2026-03-01";
        let items: Vec<_> = [("10.00", &north), ("30.00", &south)].into_iter()
            .map(|(amount, person)| json!({"owner_id": person.id, "month": month, "version": 0,
                "amount": {"amount": amount, "currency": "USD"}}))
            .chain([json!({"department_id": south.department_id, "month": month, "version": 0,
                "amount": {"amount": "70.00", "currency": "USD"}})])
            .collect();
        let path = "/api/v1/analytics/targets";
        app.call("admin@test.example", actix_web::http::Method::PUT, path, Some(json!({"items": items})))
            .await
            .expect(204);
        let period = "from=2026-03-01&to=2026-03-31";
        let (south_id, department) = (south.id.as_str(), south.department_id.clone().unwrap());
        let home = north.department_id.clone().unwrap();
        let target = |body: &serde_json::Value| body["total"]["target"]["amount"].clone();
        let forecast = |more: String| format!("/api/v1/analytics/forecast?{period}{more}");
        let who = "north@test.example";
        let own = app.get(who, &forecast(String::new())).await.expect(200);
        assert_eq!(target(&own), "10.00");
        let lines = own["owners"].as_array().unwrap();
        assert_eq!(lines.len(), 1, "who has a target is told with nothing won: {lines:?}");
        assert_eq!(lines[0]["target"]["amount"], "10.00");
        for more in [
            format!("&owner_id={south_id}"),
            format!("&department_id={department}"),
            format!("&department_id={home}"),
        ] {
            let found = app.get(who, &forecast(more.clone())).await.expect(200);
            assert_eq!(target(&found), json!(null), "{more}");
            for lines in ["parts", "owners", "departments"] {
                let lines = found[lines].as_array().unwrap();
                let is_hidden = |line: &serde_json::Value| line["target"].is_null() || line["id"] == json!(north.id);
                assert!(lines.iter().all(is_hidden), "{more}: {lines:?}");
            }
            let path = format!("/api/v1/analytics/funnel?{period}{more}");
            let funnel = app.get(who, &path).await.expect(200);
            assert_eq!(funnel["fullness"]["target"], json!(null), "{more}");
        }
        let board = |by: &str| format!("/api/v1/analytics/leaderboard?{period}&by={by}");
        let departments = app.get(who, &board("department")).await.expect(200);
        let leaders = departments["leaders"].as_array().unwrap();
        assert!(leaders.iter().all(|leader| leader["target"].is_null()), "{leaders:?}");
        let people = app.get("director@test.example", &board("person")).await.expect(200);
        let told: Vec<_> = (people["leaders"].as_array().unwrap().iter())
            .map(|leader| (leader["target"]["amount"].clone(), leader["attainment"].clone()))
            .collect();
        assert_eq!(told.len(), 2);
        assert!(told.contains(&(json!("30.00"), json!(0.0))), "{told:?}");
        let all = app.get("director@test.example", &board("department")).await.expect(200);
        let told: Vec<_> = (all["leaders"].as_array().unwrap().iter())
            .map(|leader| leader["target"]["amount"].clone())
            .collect();
        assert!(told.contains(&json!("70.00")), "{told:?}");
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

    async fn days_that_nobody_means_are_refused_by_every_report(app: TestApp) {
        for (report, query, field) in [
            ("funnel", "as_of=-262143-01-01", "as_of"),
            ("forecast", "from=%2B262142-12-01&to=%2B262142-12-31", "from"),
            ("targets", "from=2026-01-01&to=%2B262142-12-31", "to"),
            ("leaderboard", "from=0001-01-01&to=0001-01-31", "from"),
            ("pulse", "from=2026-02-01&to=2026-01-01", "to"),
            ("dynamics", "from=1950-01-01&to=2026-01-01", "to"),
        ] {
            let path = format!("/api/v1/analytics/{report}?{query}");
            let refused = app.get("director@test.example", &path).await.expect(422);
            assert_eq!(refused["errors"][0]["field"], json!(field), "{path}");
        }
        let hidden = "/api/v1/deals?rows=report%3Dreasons%26reason%3D%2500";
        let refused = app.get("director@test.example", hidden).await.expect(422);
        assert_eq!(refused["errors"][0]["field"], "rows");
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
