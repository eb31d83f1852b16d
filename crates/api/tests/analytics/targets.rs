//! Targets: who sets them, who sees them, and what they make of the reports.

use chrono::{TimeZone as _, Utc};
use etalon_domain::analytics::{AnalyticsFilter, FunnelMode};
use etalon_domain::deal::{DealCommand, DealDraft, Outcome};
use etalon_domain::target::{TargetDraft, TargetDrafts};
use etalon_domain::user::Language;
use etalon_persistence::{goals, reports};
use serde_json::json;

use super::cases::{close, deal, period};
use super::world::{World, day, usd};
use crate::support::on_both;

on_both! {
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
}
