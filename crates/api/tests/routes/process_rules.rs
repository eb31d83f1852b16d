//! What the process must not let happen: ways around it, dead ends, and things that come back twice.

use actix_web::http::Method;
use chrono::{Days, Utc};
use diesel::prelude::*;
use etalon_domain::id::DealId;
use etalon_domain::process::{REFERENCE_PROCESS, REFERENCE_VERSION};
use etalon_domain::user::Language;
use etalon_persistence::schema::jobs;
use etalon_persistence::{deals, notifications, reminders};
use serde_json::{Value, json};

use crate::support::{Answer, TestApp, on_both};

const ADMIN: &str = "admin@test.example";
const DIRECTOR: &str = "director@test.example";
const NORTH: &str = "north@test.example";
const NORTH2: &str = "north2@test.example";
const NORTH_HEAD: &str = "north.head@test.example";
const SOUTH: &str = "south@test.example";

/// A deal of the manager of North that follows the reference process.
async fn deal(app: &TestApp) -> String {
    let body = json!({"title": "Line 4", "process_id": REFERENCE_PROCESS});
    let deal = app.post(NORTH, "/api/v1/deals", body).await.expect(201);
    format!("/api/v1/deals/{}", id_of(&deal))
}

fn id_of(record: &Value) -> &str {
    record["id"].as_str().unwrap()
}

fn deal_id(deal: &str) -> &str {
    deal.rsplit('/').next().unwrap()
}

async fn guide(app: &TestApp, deal: &str) -> Value {
    app.get(NORTH, &format!("{deal}/guide")).await.expect(200)
}

async fn step(app: &TestApp, who: &str, deal: &str, id: &str, body: Value) -> Answer {
    app.post(who, &format!("{deal}/steps/{id}"), body).await
}

async fn go(app: &TestApp, who: &str, deal: &str, stage: &str) -> Answer {
    app.post(who, &format!("{deal}/stage"), json!({"stage": stage}))
        .await
}

async fn jump(app: &TestApp, deal: &str, stage: &str) {
    let body = json!({"stage": stage, "override_reason": "frame contract"});
    app.post(NORTH_HEAD, &format!("{deal}/stage"), body)
        .await
        .expect(200);
}

fn one<'a>(guide: &'a Value, id: &str) -> &'a Value {
    let mut steps = guide["steps"].as_array().unwrap().iter();
    steps.find(|step| step["id"] == id).unwrap()
}

/// Titles of the activities of a deal that somebody sees.
async fn titles(app: &TestApp, who: &str, deal: &str, query: &str) -> Vec<String> {
    let uri = format!("/api/v1/activities?deal_id={}{query}", deal_id(deal));
    let page = app.get(who, &uri).await.expect(200);
    let items = page["items"].as_array().unwrap().iter();
    items
        .map(|item| item["title"].as_str().unwrap().to_owned())
        .collect()
}

async fn join(app: &TestApp, deal: &str, who: &str, role: &str) {
    let body = json!({"user_id": app.user(who).id, "role": role});
    app.post(NORTH, &format!("{deal}/team"), body)
        .await
        .expect(200);
}

async fn definition(app: &TestApp) -> Value {
    let path = format!("/api/v1/process-versions/{REFERENCE_VERSION}");
    app.get(ADMIN, &path).await.expect(200)["definition"].clone()
}

async fn publish(app: &TestApp, definition: Value) -> String {
    let uri = format!("/api/v1/processes/{REFERENCE_PROCESS}");
    app.call(
        ADMIN,
        Method::PUT,
        &format!("{uri}/draft"),
        Some(definition),
    )
    .await
    .expect(200);
    let published = app
        .call(ADMIN, Method::POST, &format!("{uri}/publish"), None)
        .await
        .expect(200);
    id_of(&published).to_owned()
}

/// Puts a question in front of the steps of the first stage.
fn with_question(mut definition: Value) -> Value {
    let steps = definition["stages"][0]["steps"].as_array_mut().unwrap();
    steps.insert(
        0,
        json!({"id": "export_control", "kind": "question", "mandatory": true, "due_days": 0,
            "title": {"en": "Is it under export control?", "ru": "Есть ли экспортный контроль?"}}),
    );
    definition
}

on_both! {
    async fn the_team_moves_a_deal_does_its_steps_and_sees_its_activities(app: TestApp) {
        let deal = deal(&app).await;
        assert!(titles(&app, SOUTH, &deal, "").await.is_empty());
        join(&app, &deal, SOUTH, "observer").await;
        assert_eq!(titles(&app, SOUTH, &deal, "&totals=true").await, ["Call the customer"]);
        let uri = format!("/api/v1/activities?deal_id={}", deal_id(&deal));
        let call = app.get(SOUTH, &uri).await.expect(200)["items"][0].clone();
        assert_eq!(call["changeable"], false);
        let complete = format!("/api/v1/activities/{}/complete", id_of(&call));
        assert_eq!(app.post(SOUTH, &complete, json!({})).await.code(), "forbidden");
        assert_eq!(go(&app, SOUTH, &deal, "needs").await.code(), "forbidden");
        join(&app, &deal, SOUTH, "co_owner").await;
        let called = step(&app, SOUTH, &deal, "first_call", json!({"answer": "They want it"})).await.expect(200);
        assert_eq!(one(&called, "first_call")["state"], "done");
        step(&app, SOUTH, &deal, "first_call", json!({"done": false})).await.expect(200);
        step(&app, SOUTH, &deal, "fit_solution", json!({"answer": "Yes"})).await.expect(200);
        step(&app, SOUTH, &deal, "go_no_go", json!({"decision": "pursue"})).await.expect(200);
        go(&app, SOUTH, &deal, "needs").await.expect(200);
        assert_eq!(titles(&app, SOUTH, &deal, "&status=planned").await, ["Hold the needs interview"]);
        let entry = format!("{deal}/timeline?kind=activity_cancelled");
        let entry = app.get(NORTH, &entry).await.expect(200)["items"][0].clone();
        assert_eq!((&entry["via"], &entry["actor"]), (&json!("system"), &Value::Null));
    }

    async fn a_done_task_that_is_opened_again_is_the_same_activity(app: TestApp) {
        let deal = deal(&app).await;
        step(&app, NORTH, &deal, "first_call", json!({"answer": "nobody there"})).await.expect(200);
        let again = step(&app, NORTH, &deal, "first_call", json!({"done": false})).await.expect(200);
        assert_eq!(one(&again, "first_call")["state"], "open");
        assert_eq!(titles(&app, NORTH, &deal, "&status=planned").await, ["Call the customer"]);
        assert_eq!(titles(&app, NORTH, &deal, "").await, ["Call the customer"]);
        // Opening what is open plans nothing either.
        step(&app, NORTH, &deal, "first_call", json!({"done": false})).await.expect(200);
        assert_eq!(titles(&app, NORTH, &deal, "").await, ["Call the customer"]);
        let done = step(&app, NORTH, &deal, "first_call", json!({})).await.expect(200);
        assert_eq!(one(&done, "first_call")["state"], "done");
    }

    async fn a_sure_answer_ends_the_task_of_an_unsure_one_that_was_opened_again(app: TestApp) {
        let deal = deal(&app).await;
        let unsure = json!({"answer": "Probably", "confidence": "unsure"});
        for input in [unsure.clone(), json!({"done": false}), unsure, json!({"done": false})] {
            step(&app, NORTH, &deal, "fit_references", input).await.expect(200);
        }
        let planned = titles(&app, NORTH, &deal, "&status=planned&sort=created_at").await;
        assert_eq!(planned, ["Call the customer", "Clarify: Do we have references in this industry?"]);
        step(&app, NORTH, &deal, "fit_references", json!({"answer": "Two"})).await.expect(200);
        assert_eq!(titles(&app, NORTH, &deal, "&status=planned").await, ["Call the customer"]);
    }

    async fn a_visa_whose_documents_change_is_void_and_asked_for_again(app: TestApp) {
        let profile = json!({"name": "north.head", "language": "ru", "time_zone": "UTC"});
        app.call(NORTH_HEAD, Method::PUT, "/api/v1/me", Some(profile)).await.expect(200);
        let deal = deal(&app).await;
        jump(&app, &deal, "contracting").await;
        step(&app, NORTH, &deal, "contract_draft", json!({"answer": "v1"})).await.expect(200);
        let asked = step(&app, NORTH, &deal, "contract_visa", json!({})).await.expect(200);
        assert_eq!(one(&asked, "contract_visa")["pending"], true);
        let entry = app.get(NORTH, &format!("{deal}/timeline?limit=1")).await.expect(200)["items"][0].clone();
        assert_eq!((&entry["kind"], &entry["changes"][0]["to"]["id"]), (&json!("visa_asked"), &json!("contract_visa")));
        let told = app.get(NORTH_HEAD, "/api/v1/notifications").await.expect(200);
        let name = told["items"][0]["subject"]["name"].as_str().unwrap().to_owned();
        assert!(name.chars().any(|c| ('а'..='я').contains(&c)), "{name}");
        let changed = step(&app, NORTH, &deal, "contract_draft", json!({"answer": "v2"})).await.expect(200);
        assert_eq!(one(&changed, "contract_visa")["pending"], false);
        let voided = app.get(NORTH, &format!("{deal}/timeline?kind=visa_voided")).await.expect(200);
        assert_eq!(voided["items"].as_array().unwrap().len(), 1);
        let visa = format!("{deal}/steps/contract_visa/visa");
        let approve = json!({"decision": "approved"});
        assert_eq!(app.post(NORTH_HEAD, &visa, approve.clone()).await.code(), "visa_not_waiting");
        step(&app, NORTH, &deal, "contract_visa", json!({})).await.expect(200);
        let long = json!({"decision": "approved", "comment": "x".repeat(2001)});
        for refused in [json!({"decision": "rejected"}), json!({"decision": "rejected", "comment": " "}), long] {
            let refused = app.post(NORTH_HEAD, &visa, refused).await.expect(422);
            assert_eq!(refused["errors"][0]["field"], "comment");
        }
        let approved = app.post(NORTH_HEAD, &visa, approve).await.expect(200);
        assert_eq!(one(&approved, "contract_visa")["state"], "done");
        let given = app.get(NORTH, &format!("{deal}/timeline?kind=visa_given")).await.expect(200);
        assert!(given["items"][0]["changes"][0]["to"]["name_ru"].is_string());
    }

    async fn nobody_learns_how_many_deals_there_are_that_he_does_not_see(app: TestApp) {
        deal(&app).await;
        let uri = format!("/api/v1/processes/{REFERENCE_PROCESS}");
        let draft = with_question(definition(&app).await);
        let draft = app.call(ADMIN, Method::PUT, &format!("{uri}/draft"), Some(draft)).await.expect(200);
        let preview = format!("/api/v1/process-versions/{}/preview", id_of(&draft));
        for (who, count) in [(ADMIN, 1), (NORTH, 1), (SOUTH, 0), (NORTH2, 0)] {
            let one = app.get(who, &uri).await.expect(200);
            let all = app.get(who, "/api/v1/processes").await.expect(200);
            let mut listed = all["items"].as_array().unwrap().iter();
            let listed = listed.find(|process| process["id"] == REFERENCE_PROCESS).unwrap();
            for process in [&one, listed] {
                let mut versions = process["versions"].as_array().unwrap().iter();
                let version = versions.find(|version| version["id"] == REFERENCE_VERSION).unwrap();
                assert_eq!(version["open_deals"], count, "{who}");
            }
            let stages = app.get(who, &preview).await.expect(200)["open_deals"].clone();
            assert_eq!(stages.as_array().unwrap().len(), count, "{who}");
        }
    }

    async fn a_step_that_is_overdue_is_told_once_and_stands_in_my_day(app: TestApp) {
        let deal = deal(&app).await;
        let uri = format!("/api/v1/activities?deal_id={}", deal_id(&deal));
        let call = app.get(NORTH, &uri).await.expect(200)["items"][0].clone();
        assert_eq!(call["remind_at"], format!("{}T08:00:00Z", call["due_on"].as_str().unwrap()));
        let soon = Utc::now().date_naive() + Days::new(5);
        let day = app.get(NORTH, &format!("/api/v1/my-day?day={soon}")).await.expect(200);
        assert_eq!(day["guided"][0]["id"], deal_id(&deal));
        assert_eq!(day["guided"][0]["next_step"]["step_id"], "fit_solution");
        assert_eq!(app.get(SOUTH, &format!("/api/v1/my-day?day={soon}")).await.expect(200)["guided"], json!([]));
        let later = soon.and_hms_opt(9, 0, 0).unwrap().and_utc();
        let owner = app.user(NORTH).id;
        let db = app.state.db();
        for _ in 0..2 {
            db.write(|tx| reminders::plan_steps(tx, later)).unwrap();
            let next = db.write(|tx| reminders::tell_steps(tx, &owner, None, later)).unwrap();
            assert_eq!(next.as_ref().map(DealId::as_str), Some(deal_id(&deal)));
            assert_eq!(db.write(|tx| reminders::tell_steps(tx, &owner, next.as_ref(), later)).unwrap(), None);
        }
        let planned: i64 = db.read(|tx| {
            let of_kind = jobs::table.filter(jobs::kind.eq(reminders::STEPS_JOB));
            Ok(of_kind.count().get_result(tx.conn)?)
        }).unwrap();
        assert_eq!(planned, 1);
        let actor = app.context(NORTH).actor;
        let after = later + chrono::Duration::hours(1);
        let told = db.read(|tx| notifications::list(tx, &actor, &Default::default(), after)).unwrap();
        let mut steps: Vec<_> = (told.items.iter())
            .filter(|news| news.kind.as_str() == "step_overdue")
            .map(|news| news.data["step_id"].as_str().unwrap().to_owned())
            .collect();
        steps.sort();
        assert_eq!(steps, ["fit_references", "fit_resources", "fit_solution"]);
    }

    async fn the_same_material_is_chosen_again_in_a_second_visit(app: TestApp) {
        let material = json!({"title": "Plant tour", "status": "published"});
        let material = app.post(NORTH, "/api/v1/materials", material).await.expect(201);
        let deal = deal(&app).await;
        let choose = json!({"material_ids": [material["id"]]});
        for visit in 1..=2_usize {
            jump(&app, &deal, "presentation").await;
            assert_eq!(one(&guide(&app, &deal).await, "choose_material")["state"], "open");
            for _ in 0..2 {
                let chosen = step(&app, NORTH, &deal, "choose_material", choose.clone()).await.expect(200);
                assert_eq!(one(&chosen, "choose_material")["state"], "done");
            }
            let uses = app.get(NORTH, &format!("{deal}/materials")).await.expect(200);
            assert_eq!(uses["items"].as_array().unwrap().len(), visit);
            go(&app, NORTH, &deal, "needs").await.expect(200);
        }
        let other = self::deal(&app).await;
        let alien = app.get(NORTH, &format!("/api/v1/activities?deal_id={}", deal_id(&other))).await.expect(200);
        let shown = json!({"material_id": material["id"], "shown_at": "2026-01-02T10:00:00Z",
            "activity_id": alien["items"][0]["id"]});
        let refused = app.post(NORTH, &format!("{deal}/materials"), shown).await.expect(422);
        assert_eq!(refused["errors"][0]["field"], "activity_id");
    }

    async fn a_bulk_change_sent_back_restores_stage_owner_and_department(app: TestApp) {
        let deal = deal(&app).await;
        let south = app.user(SOUTH).department_id;
        let body = json!({"department_id": south});
        app.call(DIRECTOR, Method::PATCH, &deal, Some(body)).await.expect(200);
        let bulk = async |who: &str, item: &Value| -> Value {
            let body = json!({"items": [item]});
            app.post(who, "/api/v1/deals/bulk", body).await.expect(200)["items"][0].clone()
        };
        let item = json!({"id": deal_id(&deal), "owner_id": app.user(NORTH2).id});
        let changed = bulk(DIRECTOR, &item).await;
        let now = app.get(DIRECTOR, &deal).await.expect(200);
        assert_eq!(now["department_name"], "North");
        assert_eq!(bulk(DIRECTOR, &changed["before"]).await["problem"], Value::Null);
        let now = app.get(DIRECTOR, &deal).await.expect(200);
        assert_eq!((&now["owner_name"], &now["department_name"]), (&json!("north"), &json!("South")));
        let north = app.user(NORTH).department_id;
        app.call(DIRECTOR, Method::PATCH, &deal, Some(json!({"department_id": north}))).await.expect(200);
        jump(&app, &deal, "negotiation").await;
        let back = bulk(NORTH, &json!({"id": deal_id(&deal), "stage": "needs"})).await;
        let before = &back["before"];
        assert_eq!(bulk(NORTH_HEAD, before).await["problem"]["code"], "stage_requirements_unmet");
        let further = json!({"id": deal_id(&deal), "stage": "contracting", "undo": true});
        assert_eq!(bulk(NORTH, &further).await["problem"]["code"], "stage_requirements_unmet");
        assert_eq!(bulk(NORTH, before).await["problem"], Value::Null);
        assert_eq!(app.get(NORTH, &deal).await.expect(200)["stage"], "negotiation");
        let entry = app.get(NORTH, &format!("{deal}/timeline?kind=stage_advanced")).await.expect(200)["items"][0].clone();
        let mut fields = entry["changes"].as_array().unwrap().iter().map(|change| &change["field"]);
        assert!(fields.any(|field| field == "undo"));
    }

    async fn a_signed_contract_is_not_taken_away_from_under_its_step(app: TestApp) {
        let deal = deal(&app).await;
        jump(&app, &deal, "contracting").await;
        let file = crate::routes::files::add(&app, &deal, "contract.pdf", b"signed").await;
        let signed = json!({"file_id": file["id"], "signed_on": "2026-01-02"});
        step(&app, NORTH, &deal, "signed_contract", signed).await.expect(200);
        let path = format!("/api/v1/files/{}", id_of(&file));
        assert_eq!(app.call(NORTH, Method::DELETE, &path, None).await.code(), "in_use");
        let lost = json!({"outcome": "lost", "reason": "price"});
        app.post(NORTH, &format!("{deal}/close"), lost).await.expect(200);
        app.call(NORTH, Method::DELETE, &path, None).await.expect(204);
        app.post(NORTH_HEAD, &format!("{deal}/reopen"), json!({"reason": "again"})).await.expect(200);
        assert_eq!(one(&guide(&app, &deal).await, "signed_contract")["state"], "open");
    }

    async fn a_server_knows_at_once_what_another_one_published(app: TestApp) {
        let other = etalon_api::server::state(app.state.settings().clone()).unwrap();
        publish(&app, with_question(definition(&app).await)).await;
        let deal = deal(&app).await;
        let actor = app.context(NORTH).actor;
        let ids = [DealId::new(deal_id(&deal))];
        let marks = other.db().read(|tx| deals::marks(tx, &actor, &ids, Language::En, Utc::now())).unwrap();
        let next = marks[0].next_step.as_ref().unwrap();
        assert_eq!(next.step_id.as_deref(), Some("export_control"));
    }

    async fn a_draft_that_was_published_is_not_revived_by_a_late_save(app: TestApp) {
        let definition = definition(&app).await;
        let draft = format!("/api/v1/processes/{REFERENCE_PROCESS}/draft");
        let save = async |version: &str| {
            let request = app.request(ADMIN, Method::PUT, &draft);
            let request = request.insert_header(("if-match", format!("\"{version}\"")));
            app.send(request.set_json(&definition)).await
        };
        save("0").await.expect(200);
        save("1").await.expect(200);
        let publish = format!("/api/v1/processes/{REFERENCE_PROCESS}/publish");
        app.call(ADMIN, Method::POST, &publish, None).await.expect(200);
        assert_eq!(save("2").await.code(), "stale_version");
        save("0").await.expect(200);
    }

    async fn another_version_keeps_the_tasks_that_it_asks_for_too(app: TestApp) {
        let deal = deal(&app).await;
        let unsure = json!({"answer": "Probably", "confidence": "unsure"});
        step(&app, NORTH, &deal, "fit_references", unsure).await.expect(200);
        let mut newer = definition(&app).await;
        let steps = newer["stages"][0]["steps"].as_array_mut().unwrap();
        steps.retain(|step| step["id"] != "first_call");
        let newer = publish(&app, newer).await;
        let follow = json!({"process_version_id": newer});
        app.post(NORTH, &format!("{deal}/process"), follow).await.expect(204);
        let planned = titles(&app, NORTH, &deal, "&status=planned").await;
        assert_eq!(planned, ["Clarify: Do we have references in this industry?"]);
    }

    async fn deals_are_moved_to_newer_versions_only_however_many_there_are(app: TestApp) {
        for _ in 0..101 {
            deal(&app).await;
        }
        let newer = publish(&app, with_question(definition(&app).await)).await;
        let migrate = async |version: &str| {
            let uri = format!("/api/v1/process-versions/{version}/migrate");
            app.post(ADMIN, &uri, json!({})).await.expect(200)
        };
        assert_eq!(migrate(&newer).await, json!({"moved": 101, "left": 0}));
        assert_eq!(migrate(&newer).await, json!({"moved": 0, "left": 0}));
        assert_eq!(migrate(REFERENCE_VERSION).await, json!({"moved": 0, "left": 0}));
    }
}
