use actix_web::http::Method;
use chrono::{Days, Duration, NaiveDate, Utc};
use etalon_domain::activity::ActivityKind;
use etalon_domain::id::DealId;
use etalon_persistence::activities::{self, StepActivity};
use serde_json::{Value, json};

use crate::support::{TestApp, on_both};

const NORTH: &str = "north@test.example";
const NORTH2: &str = "north2@test.example";
const NORTH_HEAD: &str = "north.head@test.example";
const SOUTH: &str = "south@test.example";
const VIEWER: &str = "viewer@test.example";

async fn deal(app: &TestApp) -> Value {
    let body = json!({"title": "Line 4"});
    app.post(NORTH, "/api/v1/deals", body).await.expect(201)
}

async fn plan(app: &TestApp, who: &str, body: Value) -> Value {
    app.post(who, "/api/v1/activities", body).await.expect(201)
}

fn path(activity: &Value) -> String {
    format!("/api/v1/activities/{}", activity["id"].as_str().unwrap())
}

fn today() -> NaiveDate {
    Utc::now().date_naive()
}

fn titles(list: &Value) -> Vec<&str> {
    let items = list.as_array().unwrap().iter();
    items.map(|item| item["title"].as_str().unwrap()).collect()
}

on_both! {
    async fn a_call_is_planned_done_and_told_by_the_history(app: TestApp) {
        let deal = deal(&app).await;
        assert_eq!(deal["last_touch_at"], Value::Null);
        let contact = app.post(NORTH, "/api/v1/contacts", json!({"name": "Anna Weber"})).await.expect(201);
        let starts_at = Utc::now() + Duration::hours(2);
        let call = plan(&app, NORTH, json!({
            "kind": "call", "title": "Ask who decides", "deal_id": deal["id"],
            "starts_at": starts_at, "duration_minutes": 30, "contact_ids": [contact["id"]],
            "participant_ids": [app.user(NORTH2).id], "remind_at": starts_at - Duration::minutes(15),
        })).await;
        assert_eq!((&call["status"], &call["origin"]), (&json!("planned"), &json!("person")));
        assert_eq!((&call["deal_number"], &call["owner_name"]), (&deal["number"], &json!("north")));
        assert_eq!(call["contacts"][0]["name"], "Anna Weber");
        assert_eq!(call["participants"][0]["name"], "north2");
        let complete = format!("{}/complete", path(&call));
        let done = app.post(NORTH, &complete, json!({"result": "The plant manager", "duration_minutes": 20})).await.expect(200);
        assert_eq!((&done["status"], &done["result"]), (&json!("done"), &json!("The plant manager")));
        assert_eq!((&done["duration_minutes"], &done["version"]), (&json!(20), &json!(2)));
        let twice = app.post(NORTH, &complete, json!({})).await;
        assert_eq!((twice.status.as_u16(), twice.code()), (409, "activity_not_planned".into()));
        let uri = format!("/api/v1/deals/{}", deal["id"].as_str().unwrap());
        let touched = app.get(NORTH, &uri).await.expect(200);
        assert_eq!(touched["last_touch_at"], done["done_at"]);
        let history = app.get(NORTH, &format!("{uri}/timeline")).await.expect(200);
        let kinds: Vec<_> = (history["items"].as_array().unwrap().iter()).map(|e| e["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["activity_done", "activity_planned", "created"]);
        assert_eq!(history["items"][0]["changes"][0]["to"]["name"], "Ask who decides");
    }

    async fn an_activity_is_seen_by_whoever_sees_its_deal_and_by_those_who_take_part(app: TestApp) {
        let deal = deal(&app).await;
        let on_deal = plan(&app, NORTH, json!({"kind": "task", "title": "on the deal",
            "deal_id": deal["id"], "due_on": today(), "participant_ids": [app.user(SOUTH).id]})).await;
        let alone = plan(&app, NORTH, json!({"kind": "task", "title": "alone", "due_on": today()})).await;
        for (who, of_deal, of_own) in [(NORTH, 200, 200), (NORTH_HEAD, 200, 200), (VIEWER, 200, 200),
            (SOUTH, 200, 404), (NORTH2, 404, 404), ("south.head@test.example", 404, 404)] {
            let seen = (app.get(who, &path(&on_deal)).await.status.as_u16(),
                app.get(who, &path(&alone)).await.status.as_u16());
            let listed = app.get(who, "/api/v1/activities?totals=true").await.expect(200);
            let expected = (if of_deal == 200 { 1 } else { 0 }) + (if of_own == 200 { 1 } else { 0 });
            assert_eq!(listed["totals"]["count"], expected, "{who}");
            assert_eq!(seen, (of_deal, of_own), "{who}");
        }
        let of_participant = app.post(SOUTH, &format!("{}/complete", path(&on_deal)), json!({})).await;
        assert_eq!(of_participant.status.as_u16(), 403);
        assert_eq!(app.get(SOUTH, &path(&on_deal)).await.expect(200)["changeable"], false);
        let by_head = app.post(NORTH_HEAD, &format!("{}/complete", path(&alone)), json!({})).await;
        by_head.expect(200);
    }

    async fn my_day_has_what_is_overdue_first_and_nothing_of_others(app: TestApp) {
        let now = Utc::now();
        let yesterday = today().checked_sub_days(Days::new(1)).unwrap();
        let tomorrow = today().checked_add_days(Days::new(1)).unwrap();
        for (title, when) in [
            ("late by a day", json!({"due_on": yesterday})),
            ("late by an hour", json!({"starts_at": now - Duration::hours(1), "duration_minutes": 30})),
            ("under way", json!({"starts_at": now - Duration::minutes(1), "duration_minutes": 60})),
            ("some time today", json!({"due_on": today()})),
            ("tomorrow", json!({"due_on": tomorrow})),
        ] {
            let mut body = json!({"kind": "task", "title": title});
            body.as_object_mut().unwrap().extend(when.as_object().unwrap().clone());
            plan(&app, NORTH, body).await;
        }
        plan(&app, NORTH2, json!({"kind": "task", "title": "of somebody else", "due_on": yesterday})).await;
        plan(&app, NORTH2, json!({"kind": "meeting", "title": "taken part in", "due_on": today(),
            "participant_ids": [app.user(NORTH).id]})).await;
        plan(&app, NORTH, json!({"kind": "call", "title": "logged", "starts_at": now, "done_at": now})).await;
        let called_off = plan(&app, NORTH, json!({"kind": "task", "title": "off", "due_on": yesterday})).await;
        app.call(NORTH, Method::DELETE, &path(&called_off), None).await.expect(204);
        let day = app.get(NORTH, "/api/v1/my-day").await.expect(200);
        let overdue = titles(&day["overdue"]);
        assert_eq!(overdue[0], "late by a day");
        assert_eq!(overdue, ["late by a day", "late by an hour"]);
        assert_eq!(day["overdue_count"], 2);
        let mut of_day = titles(&day["today"]);
        of_day.retain(|title| *title != "under way");
        assert_eq!(of_day, ["some time today", "taken part in"]);
        assert_eq!(titles(&day["upcoming"]), ["tomorrow"]);
        assert_eq!(titles(&day["done"]), ["logged"]);
        assert_eq!(day["unread"], 1);
        let other = app.get(NORTH, &format!("/api/v1/my-day?day={tomorrow}")).await.expect(200);
        assert_eq!(titles(&other["today"]), ["tomorrow"]);
    }

    async fn lists_are_filtered_and_paged(app: TestApp) {
        let deal = deal(&app).await;
        for day in 1..=5 {
            plan(&app, NORTH, json!({"kind": if day == 3 { "call" } else { "task" },
                "title": format!("no {day}"), "due_on": format!("2190-01-0{day}"), "deal_id": deal["id"]})).await;
        }
        let uri = format!("/api/v1/activities?deal_id={}&limit=2", deal["id"].as_str().unwrap());
        let first = app.get(NORTH, &uri).await.expect(200);
        assert_eq!(titles(&first["items"]), ["no 1", "no 2"]);
        let next = format!("{uri}&cursor={}", first["next_cursor"].as_str().unwrap());
        let second = app.get(NORTH, &next).await.expect(200);
        assert_eq!(titles(&second["items"]), ["no 3", "no 4"]);
        let back = app.get(NORTH, &format!("{uri}&sort=-due_at")).await.expect(200);
        assert_eq!(titles(&back["items"]), ["no 5", "no 4"]);
        for (query, expected) in [
            ("kind=call", vec!["no 3"]),
            ("from=2190-01-04", vec!["no 4", "no 5"]),
            ("from=2190-01-02&to=2190-01-03", vec!["no 2", "no 3"]),
            ("overdue=true", vec![]),
            ("origin=process", vec![]),
            ("status=done,cancelled", vec![]),
        ] {
            let found = app.get(NORTH, &format!("/api/v1/activities?{query}")).await.expect(200);
            assert_eq!(titles(&found["items"]), expected, "{query}");
        }
    }

    async fn a_closed_deal_takes_nothing_new_but_what_was_planned_can_be_finished(app: TestApp) {
        let deal = deal(&app).await;
        let body = json!({"kind": "task", "title": "one", "due_on": today(), "deal_id": deal["id"]});
        let (one, two) = (plan(&app, NORTH, body.clone()).await, plan(&app, NORTH, body.clone()).await);
        let close = format!("/api/v1/deals/{}/close", deal["id"].as_str().unwrap());
        app.post(NORTH, &close, json!({"outcome": "lost", "reason": "price"})).await.expect(200);
        let refused = app.post(NORTH, "/api/v1/activities", body).await;
        assert_eq!((refused.status.as_u16(), refused.code()), (409, "deal_closed".into()));
        let edit = app.call(NORTH, Method::PATCH, &path(&one), Some(json!({"title": "x"}))).await;
        assert_eq!(edit.code(), "deal_closed");
        app.post(NORTH, &format!("{}/complete", path(&one)), json!({})).await.expect(200);
        app.post(NORTH, &format!("{}/cancel", path(&two)), json!({"reason": "lost"})).await.expect(200);
        let again = app.post(NORTH, &format!("{}/reopen", path(&two)), json!({})).await;
        assert_eq!(again.code(), "deal_closed");
    }

    async fn a_form_says_what_is_wrong(app: TestApp) {
        let deal = deal(&app).await;
        for (body, field, code) in [
            (json!({"kind": "call", "title": " ", "due_on": "2190-01-01"}), "title", "required"),
            (json!({"kind": "call", "title": "x"}), "due_on", "required"),
            (json!({"kind": "call", "title": "x", "due_on": "2190-01-01", "starts_at": "2190-01-01T00:00:00Z"}), "due_on", "not_allowed"),
            (json!({"kind": "call", "title": "x", "due_on": "2190-01-01", "deal_id": "unknown"}), "deal_id", "unknown_reference"),
            (json!({"kind": "call", "title": "x", "due_on": "2190-01-01", "owner_id": "unknown"}), "owner_id", "unknown_reference"),
            (json!({"kind": "call", "title": "x", "due_on": "2190-01-01", "contact_ids": ["unknown"]}), "contact_ids", "unknown_reference"),
            (json!({"kind": "call", "title": "x", "due_on": "2190-01-01", "done_at": "2190-01-01T00:00:00Z"}), "done_at", "out_of_range"),
            (json!({"kind": "call", "title": "x", "due_on": "2190-01-01", "duration_minutes": -1}), "duration_minutes", "out_of_range"),
        ] {
            let refused = app.post(NORTH, "/api/v1/activities", body.clone()).await.expect(422);
            assert_eq!(refused["errors"][0]["field"], field, "{body}");
            assert_eq!(refused["errors"][0]["code"], code, "{body}");
        }
        // The deal exists, but not for this person.
        let body = json!({"kind": "call", "title": "x", "due_on": "2190-01-01", "deal_id": deal["id"]});
        let hidden = app.post(SOUTH, "/api/v1/activities", body).await.expect(422);
        assert_eq!(hidden["errors"][0]["code"], "unknown_reference");
    }

    async fn a_reminder_moves_along_with_the_time(app: TestApp) {
        let call = plan(&app, NORTH, json!({"kind": "call", "title": "x",
            "starts_at": "2190-01-01T10:00:00Z", "remind_at": "2190-01-01T09:45:00Z"})).await;
        let patch = json!({"starts_at": "2190-01-02T12:00:00Z"});
        let moved = app.call(NORTH, Method::PATCH, &path(&call), Some(patch)).await.expect(200);
        assert_eq!(moved["remind_at"], "2190-01-02T11:45:00Z");
        let patch = json!({"starts_at": null, "due_on": "2190-01-03", "remind_at": null});
        let whole = app.call(NORTH, Method::PATCH, &path(&call), Some(patch)).await.expect(200);
        assert_eq!((&whole["due_on"], &whole["starts_at"]), (&json!("2190-01-03"), &Value::Null));
        let stale = app.request(NORTH, Method::PATCH, &path(&call))
            .insert_header(("if-match", "\"1\"")).set_json(json!({"title": "y"}));
        assert_eq!(app.send(stale).await.code(), "stale_version");
    }

    async fn what_was_planned_on_a_lead_goes_along_into_its_deal(app: TestApp) {
        let lead = app.post(NORTH, "/api/v1/leads", json!({"title": "Line 4", "company_name": "Northwind"})).await.expect(201);
        let planned = plan(&app, NORTH, json!({"kind": "task", "title": "to do", "due_on": today(), "lead_id": lead["id"]})).await;
        let done = plan(&app, NORTH, json!({"kind": "call", "title": "done", "due_on": today(), "lead_id": lead["id"], "done_at": Utc::now()})).await;
        let convert = format!("/api/v1/leads/{}/convert", lead["id"].as_str().unwrap());
        let deal = app.post(NORTH_HEAD, &convert, json!({"override_reason": "the board decided"})).await.expect(201);
        let uri = format!("/api/v1/activities?deal_id={}", deal["id"].as_str().unwrap());
        let found = app.get(NORTH, &uri).await.expect(200);
        let mut ids: Vec<&str> = (found["items"].as_array().unwrap().iter()).map(|a| a["id"].as_str().unwrap()).collect();
        ids.sort_unstable();
        let mut expected = [planned["id"].as_str().unwrap(), done["id"].as_str().unwrap()];
        expected.sort_unstable();
        assert_eq!(ids, expected);
        assert_eq!(deal["last_touch_at"], done["done_at"]);
    }

    async fn what_steps_of_the_process_make_follows_the_process(app: TestApp) {
        let deal = deal(&app).await;
        let id = DealId::new(deal["id"].as_str().unwrap());
        let (owner, other) = (app.user(NORTH).id, app.user(NORTH2).id);
        let head = app.context(NORTH_HEAD);
        let of_person = plan(&app, NORTH, json!({"kind": "task", "title": "own", "due_on": today(), "deal_id": deal["id"]})).await;
        let contact = app.post(NORTH, "/api/v1/contacts", json!({"name": "Anna Weber"})).await.expect(201);
        let context = app.context(NORTH);
        let states = app.state.db().write(|tx| {
            for (step_id, stage) in [("ask", "needs"), ("show", "needs"), ("later", "presentation")] {
                let step = StepActivity { deal_id: &id, step_id, stage, kind: ActivityKind::Meeting,
                    title: step_id, note: None, due_on: today(), owner_id: &owner };
                activities::plan_for_step(tx, &context, &step)?;
            }
            assert_eq!(activities::complete_of_step(tx, &context, &id, "ask", Some("yes"))?, 1);
            assert_eq!(activities::cancel_unfinished_of_stage(tx, &context, &id, "needs", &[])?, 1);
            assert_eq!(activities::hand_over(tx, &head, &id, &other)?, 1);
            activities::of_steps(tx, &id)
        }).unwrap();
        let states: Vec<_> = (states.iter())
            .map(|a| (a.title.as_str(), a.status.as_str(), a.owner_name.as_str())).collect();
        assert_eq!(states, [("ask", "done", "north"), ("show", "cancelled", "north"), ("later", "planned", "north2")]);
        let own = app.get(NORTH, &path(&of_person)).await.expect(200);
        assert_eq!((&own["status"], &own["owner_name"]), (&json!("planned"), &json!("north")));
        // Nobody has met anybody yet; then a call was logged.
        let met = app.state.db().read(|tx| activities::last_meetings(tx, &id)).unwrap();
        assert_eq!(met, []);
        let call = plan(&app, NORTH, json!({"kind": "call", "title": "spoke", "due_on": today(),
            "deal_id": deal["id"], "done_at": Utc::now(), "contact_ids": [contact["id"]]})).await;
        let met = app.state.db().read(|tx| activities::last_meetings(tx, &id)).unwrap();
        assert_eq!(met.len(), 1);
        assert_eq!(json!(met[0].0), contact["id"]);
        assert_eq!(json!(met[0].1), call["done_at"]);
    }
}
