//! Corners of the process: what was said and is not so any more, minutes that were left behind, ways that
//! a process does not have.

use actix_web::http::Method;
use chrono::{Days, Utc};
use etalon_domain::process::{REFERENCE_PROCESS, REFERENCE_VERSION};
use serde_json::{Value, json};

use crate::support::{TestApp, on_both};

const ADMIN: &str = "admin@test.example";
const NORTH: &str = "north@test.example";
const NORTH_HEAD: &str = "north.head@test.example";

/// A deal of the manager of North that follows the reference process.
async fn deal(app: &TestApp) -> String {
    let body = json!({"title": "Line 4", "process_id": REFERENCE_PROCESS});
    address(&app.post(NORTH, "/api/v1/deals", body).await.expect(201))
}

fn address(deal: &Value) -> String {
    format!("/api/v1/deals/{}", id_of(deal))
}

fn id_of(record: &Value) -> &str {
    record["id"].as_str().unwrap()
}

async fn guide(app: &TestApp, deal: &str, query: &str) -> Value {
    let uri = format!("{deal}/guide{query}");
    app.get(NORTH, &uri).await.expect(200)
}

async fn step(app: &TestApp, deal: &str, id: &str, body: Value) -> Value {
    let uri = format!("{deal}/steps/{id}");
    app.post(NORTH, &uri, body).await.expect(200)
}

async fn jump(app: &TestApp, deal: &str, stage: &str) {
    let body = json!({"stage": stage, "override_reason": "frame contract"});
    app.post(NORTH_HEAD, &format!("{deal}/stage"), body)
        .await
        .expect(200);
}

fn state<'a>(guide: &'a Value, id: &str) -> &'a str {
    let mut steps = guide["steps"].as_array().unwrap().iter();
    let step = steps.find(|step| step["id"] == id).unwrap();
    step["state"].as_str().unwrap()
}

/// How many wins the feed tells of.
async fn wins(app: &TestApp) -> usize {
    let page = app.get(NORTH, "/api/v1/posts").await.expect(200);
    page["items"].as_array().unwrap().len()
}

on_both! {
    async fn nobody_competes_only_until_somebody_does(app: TestApp) {
        let deal = deal(&app).await;
        jump(&app, &deal, "negotiation").await;
        let said = step(&app, &deal, "assess_competitors", json!({"nobody": true})).await;
        assert_eq!(state(&said, "assess_competitors"), "done");
        let rival = app.post(NORTH, "/api/v1/accounts", json!({"name": "Rival"})).await.expect(201);
        let uri = format!("{deal}/competitors");
        let entry = app.post(NORTH, &uri, json!({"account_id": rival["id"]})).await.expect(201);
        let now = guide(&app, &deal, "").await;
        assert_eq!(state(&now, "assess_competitors"), "open");
        let mut asked = now["requirements"].as_array().unwrap().iter();
        let asked = asked.find(|asked| asked["step_id"] == "assess_competitors").unwrap();
        assert_eq!(asked["met"], false);
        let uri = format!("{uri}/{}", id_of(&entry));
        app.call(NORTH, Method::DELETE, &uri, None).await.expect(204);
        assert_eq!(state(&guide(&app, &deal, "").await, "assess_competitors"), "done");
    }

    async fn a_choice_of_material_that_is_taken_back_is_to_be_made_again(app: TestApp) {
        let material = json!({"title": "Plant tour", "status": "published"});
        let material = app.post(NORTH, "/api/v1/materials", material).await.expect(201);
        let deal = deal(&app).await;
        jump(&app, &deal, "presentation").await;
        for (note, after) in [(false, "open"), (true, "done")] {
            if note {
                step(&app, &deal, "choose_material", json!({"answer": "The board's film"})).await;
            }
            let choice = json!({"material_ids": [material["id"]]});
            let chosen = step(&app, &deal, "choose_material", choice).await;
            assert_eq!(state(&chosen, "choose_material"), "done");
            let uri = format!("{deal}/materials");
            let uses = app.get(NORTH, &uri).await.expect(200);
            let uri = format!("{uri}/{}", id_of(&uses["items"][0]));
            app.call(NORTH, Method::DELETE, &uri, None).await.expect(204);
            assert_eq!(state(&guide(&app, &deal, "").await, "choose_material"), after);
        }
    }

    async fn minutes_are_owed_until_they_are_sent_wherever_the_deal_has_gone(app: TestApp) {
        let deal = deal(&app).await;
        let items = json!([{"text": "Send the layout", "side": "theirs"}]);
        for there in ["key_contacts", "negotiation"] {
            jump(&app, &deal, "presentation").await;
            step(&app, &deal, "hold_presentation", json!({"answer": "They liked it"})).await;
            jump(&app, &deal, there).await;
            let left = guide(&app, &deal, "").await;
            assert_eq!((&left["stage"], &left["minutes_due"]), (&json!(there), &json!(true)));
            let uri = format!("/api/v1/deal-marks?id={}", deal.rsplit('/').next().unwrap());
            let marks = app.get(NORTH, &uri).await.expect(200);
            assert_eq!(marks["items"][0]["minutes_due"], true);
            let day = app.get(NORTH, "/api/v1/my-day").await.expect(200);
            assert_eq!(day["guided"][0]["minutes_due"], true);
            let shown = guide(&app, &deal, "?stage=presentation").await;
            assert_eq!(state(&shown, "send_minutes"), "open");
            let draft = step(&app, &deal, "send_minutes", json!({"items": items})).await;
            assert_eq!(draft["minutes_due"], true);
            let sent = step(&app, &deal, "send_minutes", json!({"sent": true})).await;
            assert_eq!(sent["minutes_due"], false);
            let uri = format!("{deal}/steps/send_minutes");
            let again = app.post(NORTH, &uri, json!({"items": items, "sent": true})).await;
            assert_eq!(again.code(), "step_not_possible");
            // Nothing else is done in a stage that was left.
            let uri = format!("{deal}/steps/hold_presentation");
            assert_eq!(app.post(NORTH, &uri, json!({})).await.code(), "step_not_possible");
            let back = json!({"stage": "potential"});
            app.post(NORTH, &format!("{deal}/stage"), back).await.expect(200);
        }
        jump(&app, &deal, "presentation").await;
        step(&app, &deal, "hold_presentation", json!({})).await;
        let lost = json!({"outcome": "lost", "reason": "price"});
        app.post(NORTH, &format!("{deal}/close"), lost).await.expect(200);
        assert_eq!(guide(&app, &deal, "").await["minutes_due"], false);
    }

    async fn a_stage_that_the_process_does_not_have_is_refused_by_name(app: TestApp) {
        let deal = deal(&app).await;
        let preview = format!("{deal}/process/{REFERENCE_VERSION}");
        for path in [format!("{deal}/guide"), preview] {
            for (query, field) in [("to=typo", "to"), ("stage=typo", "stage"), ("stage=won", "stage"), ("to=lost", "to")] {
                let refused = app.get(NORTH, &format!("{path}?{query}")).await;
                assert_eq!(refused.code(), "invalid_fields", "{query}");
                assert_eq!(refused.expect(422)["errors"][0]["field"], field, "{query}");
            }
            for query in ["to=won", "to=proposal", "stage=needs"] {
                app.get(NORTH, &format!("{path}?{query}")).await.expect(200);
            }
            let shown = app.get(NORTH, &format!("{path}?stage=needs")).await.expect(200);
            assert_eq!(shown["stage"], "needs");
        }
    }

    async fn the_feed_tells_of_each_win_that_stands_once(app: TestApp) {
        let body = json!({"title": "Line 4", "amount": {"amount": "10.00", "currency": "USD"}});
        let deal = address(&app.post(NORTH, "/api/v1/deals", body).await.expect(201));
        let win = json!({"outcome": "won", "reason": "fit"});
        app.post(NORTH, &format!("{deal}/close"), win.clone()).await.expect(200);
        assert_eq!(wins(&app).await, 1);
        let reopen = json!({"reason": "a mistake"});
        app.post(NORTH_HEAD, &format!("{deal}/reopen"), reopen).await.expect(200);
        assert_eq!(wins(&app).await, 0);
        app.post(NORTH, &format!("{deal}/close"), win).await.expect(200);
        assert_eq!(wins(&app).await, 1);
        app.call(NORTH_HEAD, Method::DELETE, &deal, None).await.expect(204);
        assert_eq!(wins(&app).await, 0);
        app.post(NORTH_HEAD, &format!("{deal}/restore"), json!({})).await.expect(200);
        assert_eq!(wins(&app).await, 1);
    }

    async fn nobody_begins_or_takes_up_a_deal_by_a_way_that_the_process_does_not_have(app: TestApp) {
        let version = format!("/api/v1/process-versions/{REFERENCE_VERSION}");
        let mut definition = app.get(ADMIN, &version).await.expect(200)["definition"].clone();
        definition["stages"][0]["transitions"] = json!(["needs"]);
        let process = format!("/api/v1/processes/{REFERENCE_PROCESS}");
        app.call(ADMIN, Method::PUT, &format!("{process}/draft"), Some(definition)).await.expect(200);
        app.call(ADMIN, Method::POST, &format!("{process}/publish"), None).await.expect(200);
        let begin = |stage: &str| {
            json!({"title": "Late", "process_id": REFERENCE_PROCESS, "stage": stage,
                "override_reason": "frame contract"})
        };
        let refused = app.post(NORTH_HEAD, "/api/v1/deals", begin("proposal")).await;
        assert_eq!((refused.status.as_u16(), refused.code()), (409, "transition_not_allowed".into()));
        app.post(NORTH_HEAD, "/api/v1/deals", begin("potential")).await.expect(201);
        app.post(NORTH_HEAD, "/api/v1/deals", begin("needs")).await.expect(201);
        let deal = deal(&app).await;
        let lost = json!({"outcome": "lost", "reason": "price"});
        app.post(NORTH, &format!("{deal}/close"), lost).await.expect(200);
        let reopen = format!("{deal}/reopen");
        let to = |stage: &str| json!({"reason": "they came back", "stage": stage});
        assert_eq!(app.post(NORTH_HEAD, &reopen, to("proposal")).await.code(), "transition_not_allowed");
        app.post(NORTH_HEAD, &reopen, to("needs")).await.expect(200);
    }

    async fn my_day_asks_the_process_about_more_than_a_few_deals(app: TestApp) {
        for _ in 0..35 {
            deal(&app).await;
        }
        let soon = Utc::now().date_naive() + Days::new(5);
        let day = app.get(NORTH, &format!("/api/v1/my-day?day={soon}")).await.expect(200);
        assert_eq!(day["guided"].as_array().unwrap().len(), 35);
    }
}
