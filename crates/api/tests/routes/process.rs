use actix_web::http::Method;
use etalon_domain::process::{REFERENCE_PROCESS, REFERENCE_VERSION};
use serde_json::{Value, json};

use crate::support::{Answer, TestApp, on_both};

const ADMIN: &str = "admin@test.example";
const NORTH: &str = "north@test.example";
const NORTH2: &str = "north2@test.example";
const NORTH_HEAD: &str = "north.head@test.example";
const SOUTH: &str = "south@test.example";

/// A deal of the manager of North that follows the reference process.
async fn deal(app: &TestApp) -> String {
    let body = json!({"title": "Line 4", "process_id": REFERENCE_PROCESS});
    let deal = app.post(NORTH, "/api/v1/deals", body).await.expect(201);
    assert_eq!(deal["process_version_id"], REFERENCE_VERSION);
    format!("/api/v1/deals/{}", deal["id"].as_str().unwrap())
}

async fn guide(app: &TestApp, deal: &str) -> Value {
    app.get(NORTH, &format!("{deal}/guide")).await.expect(200)
}

async fn step(app: &TestApp, deal: &str, id: &str, body: Value) -> Answer {
    app.post(NORTH, &format!("{deal}/steps/{id}"), body).await
}

async fn go(app: &TestApp, who: &str, deal: &str, stage: &str) -> Answer {
    app.post(who, &format!("{deal}/stage"), json!({"stage": stage}))
        .await
}

async fn patch(app: &TestApp, deal: &str, body: Value) {
    app.call(NORTH, Method::PATCH, deal, Some(body))
        .await
        .expect(200);
}

fn state<'a>(guide: &'a Value, id: &str) -> &'a str {
    let steps = guide["steps"].as_array().unwrap();
    let step = steps.iter().find(|step| step["id"] == id).unwrap();
    step["state"].as_str().unwrap()
}

/// Does in the first stage what lets a deal leave it.
async fn pursue(app: &TestApp, deal: &str) {
    step(app, deal, "fit_solution", json!({"answer": "Yes"}))
        .await
        .expect(200);
    step(app, deal, "go_no_go", json!({"decision": "pursue"}))
        .await
        .expect(200);
}

on_both! {
    async fn the_guide_says_what_is_next_and_the_gate_says_what_is_missing(app: TestApp) {
        let deal = deal(&app).await;
        let fresh = guide(&app, &deal).await;
        assert_eq!(fresh["stage"], "potential");
        assert_eq!(fresh["next_step"]["step_id"], "fit_solution");
        assert_eq!(fresh["blocked"], true);
        assert_eq!(fresh["visits"].as_array().unwrap().len(), 1);
        let refused = go(&app, NORTH, &deal, "needs").await;
        assert_eq!(refused.status.as_u16(), 409);
        assert_eq!(refused.code(), "stage_requirements_unmet");
        let errors = refused.json()["errors"].as_array().unwrap().clone();
        let fields: Vec<_> = errors.iter().map(|e| e["field"].as_str().unwrap()).collect();
        assert_eq!(fields, ["fit_solution", "go_no_go"]);
        pursue(&app, &deal).await;
        let done = guide(&app, &deal).await;
        assert_eq!((state(&done, "go_no_go"), &done["blocked"]), ("done", &json!(false)));
        assert_eq!(done["next_step"]["action"], "move");
        go(&app, NORTH, &deal, "needs").await.expect(200);
        let russian = app.get(NORTH, &format!("{deal}/guide?language=ru")).await.expect(200);
        assert_eq!(russian["stage_name"], "Анализ потребностей");
    }

    async fn an_override_takes_a_reason_of_a_head_and_is_recorded(app: TestApp) {
        let deal = deal(&app).await;
        let body = json!({"stage": "negotiation", "override_reason": "agreed with the board"});
        let uri = format!("{deal}/stage");
        let manager = app.post(NORTH, &uri, body.clone()).await;
        assert_eq!(manager.code(), "stage_requirements_unmet");
        app.post(NORTH_HEAD, &uri, body).await.expect(200);
        let history = app.get(NORTH, &format!("{deal}/timeline?kind=gate_overridden")).await.expect(200);
        let entry = &history["items"][0];
        assert_eq!(entry["reason"], "agreed with the board");
        assert!(entry["changes"][0]["to"].as_array().unwrap().len() > 5);
    }

    async fn every_path_past_a_gate_is_refused_with_the_same_code(app: TestApp) {
        let deal = deal(&app).await;
        let id = deal.rsplit('/').next().unwrap();
        let code = "stage_requirements_unmet";
        assert_eq!(go(&app, NORTH, &deal, "proposal").await.code(), code);
        let bulk = json!({"items": [{"id": id, "stage": "proposal"}]});
        let bulk = app.post(NORTH, "/api/v1/deals/bulk", bulk).await.expect(200);
        assert_eq!(bulk["items"][0]["problem"]["code"], code);
        let won = json!({"outcome": "won", "reason": "best"});
        assert_eq!(app.post(NORTH, &format!("{deal}/close"), won).await.code(), code);
        let late = json!({"title": "Late", "process_id": REFERENCE_PROCESS, "stage": "proposal"});
        assert_eq!(app.post(NORTH, "/api/v1/deals", late).await.code(), code);
        let patch = app.call(NORTH, Method::PATCH, &deal, Some(json!({"stage": "proposal"}))).await;
        assert_eq!(patch.code(), "invalid_fields");
        assert_eq!(app.get(NORTH, &deal).await.expect(200)["stage"], "potential");
    }

    async fn an_unsure_answer_becomes_a_task_that_a_sure_one_completes(app: TestApp) {
        let deal = deal(&app).await;
        let unsure = json!({"answer": "Probably", "confidence": "unsure"});
        let guide = step(&app, &deal, "fit_references", unsure).await.expect(200);
        assert_eq!(state(&guide, "fit_references"), "unsure");
        let id = deal.rsplit('/').next().unwrap();
        let open = format!("/api/v1/activities?deal_id={id}&origin=process&status=planned");
        let tasks = app.get(NORTH, &open).await.expect(200);
        let titles = |page: &Value| -> Vec<String> {
            let items = page["items"].as_array().unwrap();
            items.iter().map(|item| item["title"].as_str().unwrap().to_owned()).collect()
        };
        assert!(titles(&tasks).contains(&"Clarify: Do we have references in this industry?".to_owned()));
        let sure = json!({"answer": "Two", "confidence": "sure"});
        let guide = step(&app, &deal, "fit_references", sure).await.expect(200);
        assert_eq!(state(&guide, "fit_references"), "done");
        assert_eq!(titles(&app.get(NORTH, &open).await.expect(200)), ["Call the customer"]);
    }

    async fn leaving_a_stage_calls_off_its_tasks_and_keeps_those_of_people(app: TestApp) {
        let deal = deal(&app).await;
        let id = deal.rsplit('/').next().unwrap().to_owned();
        let own = json!({"kind": "task", "title": "Mine", "due_on": "2199-01-01", "deal_id": id});
        app.post(NORTH, "/api/v1/activities", own).await.expect(201);
        pursue(&app, &deal).await;
        go(&app, NORTH, &deal, "needs").await.expect(200);
        let uri = format!("/api/v1/activities?deal_id={id}&status=planned&sort=due_at");
        let planned = app.get(NORTH, &uri).await.expect(200);
        let titles: Vec<_> = planned["items"].as_array().unwrap().iter()
            .map(|item| item["title"].as_str().unwrap()).collect();
        assert_eq!(titles, ["Hold the needs interview", "Mine"]);
    }

    async fn the_minutes_appear_when_the_meeting_is_done_and_hold_the_deal_up(app: TestApp) {
        let deal = deal(&app).await;
        let uri = format!("{deal}/stage");
        let jump = json!({"stage": "presentation", "override_reason": "known customer"});
        app.post(NORTH_HEAD, &uri, jump).await.expect(200);
        let early = step(&app, &deal, "send_minutes", json!({"sent": true})).await;
        assert_eq!(early.code(), "step_not_possible");
        step(&app, &deal, "choose_material", json!({"answer": "The plant tour"})).await.expect(200);
        let held = step(&app, &deal, "hold_presentation", json!({"answer": "They liked it"})).await.expect(200);
        assert_eq!((state(&held, "send_minutes"), &held["minutes_due"]), ("open", &json!(true)));
        assert_eq!(held["next_step"]["step_id"], "send_minutes");
        assert_eq!(go(&app, NORTH, &deal, "key_contacts").await.code(), "stage_requirements_unmet");
        let items = json!({"sent": true, "items": [
            {"text": "Send the layout", "side": "ours", "due_on": "2199-02-01"},
            {"text": "Name the buyer", "side": "theirs"}]});
        let sent = step(&app, &deal, "send_minutes", items).await.expect(200);
        assert_eq!((state(&sent, "send_minutes"), &sent["minutes_due"]), ("done", &json!(false)));
        let id = deal.rsplit('/').next().unwrap();
        let tasks = app.get(NORTH, &format!("/api/v1/activities?deal_id={id}&origin=person")).await.expect(200);
        assert_eq!(tasks["items"][0]["title"], "Send the layout");
        go(&app, NORTH, &deal, "key_contacts").await.expect(200);
    }

    async fn a_deal_that_returns_shows_both_visits_and_repeats_what_is_done_per_visit(app: TestApp) {
        let deal = deal(&app).await;
        pursue(&app, &deal).await;
        go(&app, NORTH, &deal, "needs").await.expect(200);
        let uri = format!("{deal}/stage");
        app.post(NORTH, &uri, json!({"stage": "potential", "reason": "new board"})).await.expect(200);
        let back = guide(&app, &deal).await;
        let stages: Vec<_> = back["visits"].as_array().unwrap().iter()
            .map(|visit| (visit["stage"].as_str().unwrap(), visit["left_at"].is_null())).collect();
        assert_eq!(stages, [("potential", false), ("needs", false), ("potential", true)]);
        assert_eq!((state(&back, "fit_solution"), state(&back, "go_no_go")), ("done", "open"));
    }

    async fn minutes_are_planned_and_told_when_the_meeting_is_done_as_an_activity(app: TestApp) {
        let deal = deal(&app).await;
        let id = deal.rsplit('/').next().unwrap().to_owned();
        let jump = json!({"stage": "presentation", "override_reason": "known customer"});
        app.post(NORTH_HEAD, &format!("{deal}/stage"), jump).await.expect(200);
        let planned = format!("/api/v1/activities?deal_id={id}&origin=process&status=planned");
        let meeting = app.get(NORTH, &planned).await.expect(200)["items"][0].clone();
        assert_eq!(meeting["title"], "Hold the presentation");
        let done = format!("/api/v1/activities/{}/complete", meeting["id"].as_str().unwrap());
        app.post(NORTH, &done, json!({"result": "went well"})).await.expect(200);
        let minutes = app.get(NORTH, &planned).await.expect(200)["items"].clone();
        assert_eq!(minutes.as_array().unwrap().len(), 1);
        assert_eq!(minutes[0]["title"], "Send the minutes");
        let told = app.get(NORTH, "/api/v1/notifications").await.expect(200);
        let kinds: Vec<_> = (told["items"].as_array().unwrap().iter())
            .map(|item| item["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["minutes_due"]);
        let items = json!([{"text": "We send the drawings", "side": "ours", "due_on": "2199-01-01"}]);
        step(&app, &deal, "send_minutes", json!({"items": items, "sent": true})).await.expect(200);
        let left = app.get(NORTH, &format!("/api/v1/activities?deal_id={id}&status=planned")).await.expect(200);
        let left: Vec<_> = (left["items"].as_array().unwrap().iter())
            .map(|item| item["title"].as_str().unwrap()).collect();
        assert_eq!(left, ["We send the drawings"]);
    }

    async fn whoever_joins_gets_or_wins_with_others_is_told(app: TestApp) {
        let deal = deal(&app).await;
        let told = async |who: &str| -> Vec<String> {
            let page = app.get(who, "/api/v1/notifications").await.expect(200);
            let items = page["items"].as_array().unwrap().clone();
            items.iter().map(|item| item["kind"].as_str().unwrap().to_owned()).collect()
        };
        let member = json!({"user_id": app.user(SOUTH).id, "role": "presales"});
        app.post(NORTH, &format!("{deal}/team"), member).await.expect(200);
        assert_eq!(told(SOUTH).await, ["team_joined"]);
        let body = json!({"owner_id": app.user(NORTH2).id});
        app.call(NORTH_HEAD, Method::PATCH, &deal, Some(body)).await.expect(200);
        assert_eq!(told(NORTH2).await, ["deal_assigned"]);
        let won = json!({"outcome": "won", "reason": "price", "override_reason": "frame contract"});
        app.call(NORTH_HEAD, Method::PATCH, &deal, Some(json!({"amount": {"amount": "10.00", "currency": "USD"}}))).await.expect(200);
        app.post(NORTH_HEAD, &format!("{deal}/close"), won).await.expect(200);
        assert_eq!(told(NORTH2).await, ["deal_won", "deal_assigned"]);
        assert_eq!(told(SOUTH).await, ["deal_won", "team_joined"]);
        assert!(told(NORTH_HEAD).await.is_empty());
    }

    async fn a_step_takes_only_files_of_its_own_deal_and_published_materials(app: TestApp) {
        let (deal, other) = (deal(&app).await, self::deal(&app).await);
        for deal in [&deal, &other] {
            let jump = json!({"stage": "contracting", "override_reason": "frame contract"});
            app.post(NORTH_HEAD, &format!("{deal}/stage"), jump).await.expect(200);
        }
        let file = crate::routes::files::add(&app, &other, "contract.pdf", b"signed").await;
        let input = json!({"file_id": file["id"]});
        let refused = step(&app, &deal, "contract_draft", input.clone()).await.expect(422);
        assert_eq!(refused["errors"][0]["field"], "file_id");
        let guide = step(&app, &other, "contract_draft", input).await.expect(200);
        let steps = guide["steps"].as_array().unwrap();
        assert_eq!(steps[0]["record"]["file"]["name"], "contract.pdf");
    }

    async fn a_rejection_at_the_card_ends_the_deal_with_its_reason(app: TestApp) {
        let deal = deal(&app).await;
        let bare = step(&app, &deal, "go_no_go", json!({"decision": "reject"})).await.expect(422);
        assert_eq!(bare["errors"][0]["field"], "reason");
        let reject = json!({"decision": "reject", "reason": "no capacity"});
        step(&app, &deal, "go_no_go", reject).await.expect(200);
        let closed = app.get(NORTH, &deal).await.expect(200);
        assert_eq!((&closed["status"], &closed["close_reason"]), (&json!("rejected"), &json!("no capacity")));
        let after = step(&app, &deal, "fit_solution", json!({"answer": "x"})).await;
        assert_eq!(after.code(), "deal_closed");
    }

    async fn the_team_sees_and_changes_the_deal_but_observers_only_see_it(app: TestApp) {
        let deal = deal(&app).await;
        assert_eq!(app.get(SOUTH, &deal).await.status.as_u16(), 404);
        for (role, status) in [("observer", 403), ("presales", 200)] {
            let body = json!({"user_id": app.user(SOUTH).id, "role": role});
            app.post(NORTH, &format!("{deal}/team"), body).await.expect(200);
            assert_eq!(app.get(SOUTH, &deal).await.expect(200)["my_team_role"], role);
            let page = app.get(SOUTH, "/api/v1/deals?totals=true").await.expect(200);
            assert_eq!((&page["totals"]["count"], page["items"].as_array().unwrap().len()), (&json!(1), 1));
            let change = app.call(SOUTH, Method::PATCH, &deal, Some(json!({"title": role}))).await;
            assert_eq!(change.status.as_u16(), status, "{role}");
        }
        let id = app.user(SOUTH).id;
        app.call(NORTH, Method::DELETE, &format!("{deal}/team/{id}"), None).await.expect(204);
        assert_eq!(app.get(SOUTH, &deal).await.status.as_u16(), 404);
        let stranger = json!({"user_id": app.user(SOUTH).id, "role": "observer"});
        assert_eq!(app.post(NORTH2, &format!("{deal}/team"), stranger).await.status.as_u16(), 404);
    }

    async fn key_contacts_have_one_main_and_no_circle(app: TestApp) {
        let deal = deal(&app).await;
        let mut ids = Vec::new();
        for name in ["Anna", "Boris"] {
            let made = app.post(NORTH, "/api/v1/contacts", json!({"name": name})).await.expect(201);
            ids.push(made["id"].clone());
        }
        patch(&app, &deal, json!({"contact_id": ids[0]})).await;
        let uri = format!("{deal}/contacts");
        let boss = json!({"contact_id": ids[1], "role": "decision_maker", "influence": "high", "loyalty": "antagonist", "main": true});
        app.post(NORTH, &uri, boss).await.expect(201);
        let all = app.get(NORTH, &uri).await.expect(200);
        let mains: Vec<_> = all["items"].as_array().unwrap().iter().map(|c| c["main"] == true).collect();
        assert_eq!((mains, &all["items"][0]["contact_id"]), (vec![true, false], &ids[1]));
        assert_eq!(all["standing"]["support"], -100);
        let one = |id: &Value| format!("{uri}/{}", id.as_str().unwrap());
        app.call(NORTH, Method::PUT, &one(&ids[0]), Some(json!({"reports_to": ids[1]}))).await.expect(200);
        let circle = app.call(NORTH, Method::PUT, &one(&ids[1]), Some(json!({"reports_to": ids[0]}))).await.expect(422);
        assert_eq!(circle["errors"][0]["code"], "cycle");
        assert_eq!(app.call(NORTH, Method::DELETE, &one(&ids[1]), None).await.code(), "in_use");
        let at = json!({"stage": "key_contacts", "override_reason": "x"});
        app.post(NORTH_HEAD, &format!("{deal}/stage"), at).await.expect(200);
        let gate = guide(&app, &deal).await;
        let unmet: Vec<_> = gate["requirements"].as_array().unwrap().iter()
            .filter(|r| r["met"] == false).map(|r| (r["code"].as_str().unwrap(), r["severity"].as_str().unwrap())).collect();
        assert_eq!(unmet[0], ("opponents_met", "warn"));
        patch(&app, &deal, json!({"decision_on": "2199-01-01"})).await;
        step(&app, &deal, "decision_process", json!({"answer": "The board votes"})).await.expect(200);
        assert_eq!(go(&app, NORTH, &deal, "proposal").await.code(), "stage_requirements_unmet");
        let warned = json!({"stage": "proposal", "override_reason": "he is on leave"});
        app.post(NORTH, &format!("{deal}/stage"), warned).await.expect(200);
    }

    async fn a_published_version_asks_only_deals_that_follow_it(app: TestApp) {
        let old = deal(&app).await;
        let version = app.get(ADMIN, &format!("/api/v1/process-versions/{REFERENCE_VERSION}")).await.expect(200);
        let mut definition = version["definition"].clone();
        definition["stages"][0]["steps"].as_array_mut().unwrap().push(json!({
            "id": "export_control", "kind": "question", "mandatory": true,
            "title": {"en": "Is it under export control?", "ru": "Есть ли экспортный контроль?"}}));
        let uri = format!("/api/v1/processes/{REFERENCE_PROCESS}");
        let draft = app.call(ADMIN, Method::PUT, &format!("{uri}/draft"), Some(definition)).await.expect(200);
        let preview = app.get(ADMIN, &format!("/api/v1/process-versions/{}/preview", draft["id"].as_str().unwrap())).await.expect(200);
        assert_eq!(preview["differences"][0]["kind"], "added");
        assert_eq!(app.call(NORTH, Method::POST, &format!("{uri}/publish"), None).await.status.as_u16(), 403);
        let published = app.call(ADMIN, Method::POST, &format!("{uri}/publish"), None).await.expect(200);
        let new = json!({"title": "New", "process_id": REFERENCE_PROCESS});
        let new = app.post(NORTH, "/api/v1/deals", new).await.expect(201);
        let new = format!("/api/v1/deals/{}", new["id"].as_str().unwrap());
        let asks = |guide: Value| guide["steps"].as_array().unwrap().iter().any(|s| s["id"] == "export_control");
        assert!(asks(guide(&app, &new).await));
        assert!(!asks(guide(&app, &old).await));
        let follow = json!({"process_version_id": published["id"]});
        let what_if = format!("{old}/process/{}", published["id"].as_str().unwrap());
        assert!(asks(app.get(NORTH, &what_if).await.expect(200)));
        app.post(NORTH, &format!("{old}/process"), follow).await.expect(204);
        assert!(asks(guide(&app, &old).await));
    }

    async fn the_stages_of_a_version_are_those_of_its_own(app: TestApp) {
        let uri = format!("/api/v1/processes/{REFERENCE_PROCESS}");
        let old = format!("/api/v1/stages?process_version_id={REFERENCE_VERSION}");
        let before = app.get(NORTH, &old).await.expect(200);
        assert_eq!(before["items"].as_array().unwrap().len(), 11);
        let version = app.get(ADMIN, &format!("/api/v1/process-versions/{REFERENCE_VERSION}")).await.expect(200);
        let mut definition = version["definition"].clone();
        definition["stages"].as_array_mut().unwrap().remove(3);
        app.call(ADMIN, Method::PUT, &format!("{uri}/draft"), Some(definition)).await.expect(200);
        let published = app.call(ADMIN, Method::POST, &format!("{uri}/publish"), None).await.expect(200);
        let new = format!("/api/v1/stages?process_version_id={}", published["id"].as_str().unwrap());
        let after = app.get(NORTH, &new).await.expect(200);
        assert_eq!(after["items"].as_array().unwrap().len(), 10);
        assert_eq!(app.get(NORTH, &old).await.expect(200), before);
        let none = app.get(NORTH, "/api/v1/stages?process_version_id=none").await;
        assert_eq!(none.code(), "not_found");
    }

    async fn a_draft_that_is_wrong_is_kept_but_not_published(app: TestApp) {
        let made = app.post(ADMIN, "/api/v1/processes", json!({"name": {"en": "Service", "ru": "Сервис"}})).await.expect(201);
        let uri = format!("/api/v1/processes/{}", made["id"].as_str().unwrap());
        let version = app.get(ADMIN, &format!("/api/v1/process-versions/{REFERENCE_VERSION}")).await.expect(200);
        let mut definition = version["definition"].clone();
        definition["stages"][1]["code"] = json!("potential");
        definition["stages"][2]["probability"] = json!(130);
        definition["stages"][2]["name"]["ru"] = json!("");
        app.call(ADMIN, Method::PUT, &format!("{uri}/draft"), Some(definition)).await.expect(200);
        let refused = app.call(ADMIN, Method::POST, &format!("{uri}/publish"), None).await.expect(422);
        let fields: Vec<_> = refused["errors"].as_array().unwrap().iter().map(|e| e["field"].as_str().unwrap()).collect();
        assert_eq!(fields, ["stages.1.code", "stages.2.name.ru", "stages.2.probability"]);
    }

    async fn the_contract_is_approved_signed_and_won_for_everybody_to_see(app: TestApp) {
        let deal = deal(&app).await;
        let account = app.post(NORTH, "/api/v1/accounts", json!({"name": "Northwind"})).await.expect(201);
        patch(&app, &deal, json!({"amount": {"amount": "100.00", "currency": "USD"}, "account_id": account["id"]})).await;
        let jump = json!({"stage": "contracting", "override_reason": "frame contract"});
        app.post(NORTH_HEAD, &format!("{deal}/stage"), jump).await.expect(200);
        step(&app, &deal, "contract_draft", json!({"answer": "v1"})).await.expect(200);
        let asked = step(&app, &deal, "contract_visa", json!({})).await.expect(200);
        assert_eq!(state(&asked, "contract_visa"), "open");
        let of = |id: &str| format!("/api/v1/visas?document_kind=contract&deal_id={id}");
        let id = deal.rsplit('/').next().unwrap();
        let visas = app.get(NORTH, &of(id)).await.expect(200);
        assert_eq!(visas["items"][0]["state"], "waiting");
        assert_eq!(app.get(NORTH, &of("another")).await.expect(200)["items"], json!([]));
        let visa = format!("{deal}/steps/contract_visa/visa");
        let approve = json!({"decision": "approved"});
        assert_eq!(app.post(NORTH, &visa, approve.clone()).await.status.as_u16(), 403);
        let approved = app.post(NORTH_HEAD, &visa, approve.clone()).await.expect(200);
        assert_eq!(state(&approved, "contract_visa"), "done");
        let changed = step(&app, &deal, "contract_draft", json!({"answer": "v2"})).await.expect(200);
        assert_eq!(state(&changed, "contract_visa"), "open");
        step(&app, &deal, "contract_visa", json!({})).await.expect(200);
        app.post(NORTH_HEAD, &visa, approve).await.expect(200);
        let unsigned = step(&app, &deal, "signed_contract", json!({})).await.expect(422);
        assert_eq!(unsigned["errors"].as_array().unwrap().len(), 2);
        let won = json!({"outcome": "won", "reason": "best offer"});
        assert_eq!(app.post(NORTH, &format!("{deal}/close"), won.clone()).await.code(), "stage_requirements_unmet");
        let overridden = json!({"outcome": "won", "reason": "best offer", "override_reason": "the copy comes by post"});
        app.post(NORTH_HEAD, &format!("{deal}/close"), overridden).await.expect(200);
        let posts = app.get(SOUTH, "/api/v1/posts").await.expect(200);
        assert_eq!(posts["items"][0]["win"]["account"], "Northwind");
    }
}
