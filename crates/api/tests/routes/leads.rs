use actix_web::http::Method;
use serde_json::{Value, json};

use crate::support::{TestApp, on_both};

const ADMIN: &str = "admin@test.example";
const DIRECTOR: &str = "director@test.example";
const NORTH: &str = "north@test.example";
const NORTH2: &str = "north2@test.example";
const NORTH_HEAD: &str = "north.head@test.example";
const SOUTH_HEAD: &str = "south.head@test.example";
const VIEWER: &str = "viewer@test.example";

async fn lead(app: &TestApp, body: Value) -> Value {
    app.post(NORTH, "/api/v1/leads", body).await.expect(201)
}

fn path(lead: &Value) -> String {
    format!("/api/v1/leads/{}", lead["id"].as_str().unwrap())
}

async fn answer(app: &TestApp, lead: &Value, item: &str, state: &str, value: Value) -> Value {
    let uri = format!("{}/bant/{item}", path(lead));
    let body = json!({"state": state, "value": value});
    app.call(NORTH, Method::PUT, &uri, Some(body))
        .await
        .expect(200)
}

async fn qualified(app: &TestApp, lead: &Value) {
    let budget = json!({"amount": "50000.00", "currency": "USD"});
    answer(app, lead, "budget", "confirmed", budget).await;
    let people = json!([{"name": "Anna Weber", "role": "decision_maker"}]);
    answer(app, lead, "authority", "claimed", people).await;
    answer(
        app,
        lead,
        "need",
        "claimed",
        json!({"type": "Automation", "text": "line 4"}),
    )
    .await;
    answer(app, lead, "timing", "claimed", json!("2190-03-01")).await;
}

on_both! {
    async fn a_lead_is_qualified_and_becomes_a_deal_with_what_it_knew(app: TestApp) {
        let body = json!({"title": "Line 4", "company_name": "Northwind Foods", "source": "web",
            "person_name": "Anna Weber", "email": "anna@northwind.example", "phone": "+49 30 1"});
        let lead = lead(&app, body).await;
        assert_eq!((&lead["status"], &lead["score"]), (&json!("new"), &json!(0)));
        assert_eq!(lead["next_question"], "need");
        let refused = app.post(NORTH, &format!("{}/convert", path(&lead)), json!({})).await;
        assert_eq!((refused.status.as_u16(), refused.code()), (409, "bant_incomplete".into()));
        qualified(&app, &lead).await;
        let now = app.get(NORTH, &path(&lead)).await.expect(200);
        assert_eq!((&now["status"], &now["score"]), (&json!("qualifying"), &json!(61)));
        assert_eq!(now["bant"]["budget"]["set_by"]["name"], "north");
        let convert = format!("{}/convert", path(&lead));
        let deal = app.post(NORTH, &convert, json!({})).await.expect(201);
        assert_eq!((&deal["title"], &deal["stage"]), (&json!("Line 4"), &json!("potential")));
        assert_eq!(deal["account_name"], "Northwind Foods");
        assert_eq!(deal["contact_name"], "Anna Weber");
        assert_eq!(deal["budget"]["amount"], "50000.00");
        assert_eq!(deal["need"], json!({"type": "Automation", "text": "line 4"}));
        assert_eq!((&deal["decision_on"], &deal["source"]), (&json!("2190-03-01"), &json!("web")));
        let people = app.get(NORTH, &format!("/api/v1/deals/{}/contacts", deal["id"].as_str().unwrap())).await.expect(200);
        assert_eq!(people["items"].as_array().unwrap().len(), 1);
        assert_eq!(people["items"][0]["contact_name"], "Anna Weber");
        assert_eq!((&people["items"][0]["role"], &people["items"][0]["main"]), (&json!("decision_maker"), &json!(true)));
        let done = app.get(NORTH, &path(&lead)).await.expect(200);
        assert_eq!((&done["status"], &done["deal_id"]), (&json!("qualified"), &deal["id"]));
        assert_eq!((&done["deal_number"], &done["account_id"]), (&deal["number"], &deal["account_id"]));
        let twice = app.post(NORTH, &convert, json!({})).await;
        assert_eq!((twice.status.as_u16(), twice.code()), (409, "lead_already_converted".into()));
        let history = app.get(NORTH, &format!("{}/timeline", path(&lead))).await.expect(200);
        let kinds: Vec<_> = (history["items"].as_array().unwrap().iter())
            .map(|entry| entry["kind"].as_str().unwrap())
            .collect();
        assert_eq!(kinds, ["closed", "updated", "updated", "updated", "updated", "created"]);
    }

    async fn a_refused_conversion_leaves_nothing_behind(app: TestApp) {
        let lead = lead(&app, json!({"title": "Line 4", "company_name": "Northwind"})).await;
        qualified(&app, &lead).await;
        let body = json!({"contact_id": "nobody"});
        let refused = app.post(NORTH, &format!("{}/convert", path(&lead)), body).await;
        assert_eq!(refused.status.as_u16(), 422);
        assert_eq!(refused.json()["errors"][0]["field"], "contact_id");
        let accounts = app.get(NORTH, "/api/v1/accounts?q=northwind").await.expect(200);
        assert_eq!(accounts["items"], json!([]));
        let deals = app.get(NORTH, "/api/v1/deals?totals=true").await.expect(200);
        assert_eq!(deals["totals"]["count"], 0);
    }

    async fn only_a_head_converts_what_is_not_known_and_says_why(app: TestApp) {
        let lead = lead(&app, json!({"title": "Line 4"})).await;
        let convert = format!("{}/convert", path(&lead));
        let body = json!({"override_reason": "the board knows them"});
        let refused = app.post(NORTH, &convert, body.clone()).await;
        assert_eq!(refused.code(), "forbidden");
        app.post(NORTH_HEAD, &convert, body).await.expect(201);
        let done = app.get(NORTH, &path(&lead)).await.expect(200);
        assert_eq!(done["override_reason"], "the board knows them");
        let told = app.get(NORTH, "/api/v1/notifications").await.expect(200);
        assert_eq!((&told["items"][0]["kind"], &told["items"][0]["subject"]["id"]), (&json!("lead_converted"), &lead["id"]));
    }

    async fn an_answer_names_only_contacts_that_are_there(app: TestApp) {
        let lead = lead(&app, json!({"title": "Line 4"})).await;
        let people = json!([{"name": "Anna", "role": "user"}, {"name": "Bo", "contact_id": "nobody", "role": "user"}]);
        let body = json!({"state": "claimed", "value": people});
        let uri = format!("{}/bant/authority", path(&lead));
        let refused = app.call(NORTH, Method::PUT, &uri, Some(body)).await.expect(422);
        assert_eq!(refused["errors"][0]["field"], "value.1.contact_id");
    }

    async fn resembling_records_are_offered(app: TestApp) {
        let body = json!({"name": "Northwind Foods GmbH"});
        let account = app.post(NORTH, "/api/v1/accounts", body).await.expect(201);
        let body = json!({"name": "Boris Klein", "account_id": account["id"],
            "email": "b.klein@northwind.example"});
        let contact = app.post(NORTH, "/api/v1/contacts", body).await.expect(201);
        let body = json!({"title": "Line 4", "company_name": "northwind  foods",
            "person_name": "B. Klein", "email": "b.klein@northwind.example"});
        let lead = lead(&app, body).await;
        let found = app.get(NORTH, &format!("{}/duplicates", path(&lead))).await.expect(200);
        assert_eq!(found["accounts"][0]["id"], account["id"]);
        let by = found["accounts"][0]["by"].as_array().unwrap();
        assert!(by.contains(&json!("email_domain")), "{by:?}");
        assert_eq!(found["contacts"][0]["id"], contact["id"]);
        assert_eq!(found["contacts"][0]["by"], json!(["email"]));
        qualified(&app, &lead).await;
        let body = json!({"account_id": account["id"], "contact_id": contact["id"]});
        let convert = format!("{}/convert", path(&lead));
        let deal = app.post(NORTH, &convert, body).await.expect(201);
        assert_eq!((&deal["account_id"], &deal["contact_id"]), (&account["id"], &contact["id"]));
        let accounts = app.get(NORTH, "/api/v1/accounts?totals=true").await.expect(200);
        assert_eq!(accounts["totals"]["count"], 1);
    }

    async fn records_resemble_however_they_are_written(app: TestApp) {
        let accounts = [
            (json!({"name": "Northwind Foods GmbH"}), "name"),
            (json!({"name": "Nw Holding", "tax_number": "DE 811 907 980"}), "tax_number"),
            (json!({"name": "Nw Service", "phone": "+7 (495) 123-45-67"}), "phone"),
            (json!({"name": "Nw Trade", "email": "Info@NorthWind.example"}), "email_domain"),
        ];
        let other = json!({"name": "Other", "email": "info@north_ind.example", "phone": "123"});
        app.post(NORTH, "/api/v1/accounts", other).await.expect(201);
        for (body, _) in &accounts {
            app.post(NORTH, "/api/v1/accounts", body.clone()).await.expect(201);
        }
        let body = json!({"name": "B. Klein", "phone": "8 495 123 45 67"});
        app.post(NORTH, "/api/v1/contacts", body).await.expect(201);
        let body = json!({"title": "Line 4", "company_name": "Northwind Foods, Inc.",
            "tax_number": "de811907980", "phone": "007 495 1234567", "email": "b.klein@northwind.example"});
        let lead = lead(&app, body).await;
        let found = app.get(NORTH, &format!("{}/duplicates", path(&lead))).await.expect(200);
        let mut by: Vec<_> = (found["accounts"].as_array().unwrap().iter())
            .map(|a| (a["name"].as_str().unwrap(), a["by"].clone()))
            .collect();
        by.sort_by_key(|(name, _)| *name);
        let mut expected: Vec<_> = (accounts.iter())
            .map(|(body, by)| (body["name"].as_str().unwrap(), json!([by])))
            .collect();
        expected.sort_by_key(|(name, _)| *name);
        assert_eq!(by, expected);
        assert_eq!(found["contacts"][0]["by"], json!(["phone"]));
    }

    async fn whoever_decides_and_asks_is_one_person(app: TestApp) {
        let asked = lead(&app, json!({"title": "Line 4", "person_name": "anna  weber"})).await;
        qualified(&app, &asked).await;
        let deal = app.post(NORTH, &format!("{}/convert", path(&asked)), json!({})).await.expect(201);
        // Another lead without an account names her again.
        let again = lead(&app, json!({"title": "Line 5"})).await;
        qualified(&app, &again).await;
        app.post(NORTH, &format!("{}/convert", path(&again)), json!({})).await.expect(201);
        let all = app.get(NORTH, "/api/v1/contacts?q=weber").await.expect(200);
        assert_eq!(all["items"].as_array().unwrap().len(), 1, "{all:#}");
        let people = format!("/api/v1/deals/{}/contacts", deal["id"].as_str().unwrap());
        let people = app.get(NORTH, &people).await.expect(200)["items"].clone();
        assert_eq!(people.as_array().unwrap().len(), 1);
        assert_eq!((&people[0]["role"], &people[0]["main"]), (&json!("decision_maker"), &json!(true)));
    }

    async fn a_lead_returns_once_when_its_day_has_come(app: TestApp) {
        let later = lead(&app, json!({"title": "Later"})).await;
        let sooner = lead(&app, json!({"title": "Sooner"})).await;
        for (lead, until) in [(&later, "2190-01-02"), (&sooner, "2190-01-01")] {
            let body = json!({"until": until});
            app.post(NORTH, &format!("{}/nurture", path(lead)), body).await.expect(200);
        }
        let back = |at: &str| {
            let now = at.parse().unwrap();
            let returned = app.state.db().write(|tx| etalon_persistence::leads::return_due(tx, now));
            returned.unwrap().into_iter().map(|lead| lead.title).collect::<Vec<_>>()
        };
        assert_eq!(back("2189-12-31T23:59:00Z"), Vec::<String>::new());
        assert_eq!(back("2190-01-01T00:01:00Z"), ["Sooner"]);
        assert_eq!(back("2190-01-01T00:02:00Z"), Vec::<String>::new());
        let now = app.get(NORTH, &path(&sooner)).await.expect(200);
        assert_eq!((&now["status"], &now["nurture_until"]), (&json!("qualifying"), &Value::Null));
        let uri = format!("{}/timeline", path(&sooner));
        let entry = app.get(NORTH, &uri).await.expect(200)["items"][0].clone();
        assert_eq!((&entry["kind"], &entry["via"]), (&json!("reopened"), &json!("system")));
        assert_eq!(entry["actor"], Value::Null);
        let actor = app.context(NORTH).actor;
        let told = app.state.db().read(|tx| {
            let now = "2190-01-02T00:00:00Z".parse().unwrap();
            etalon_persistence::notifications::list(tx, &actor, &Default::default(), now)
        });
        let told: Vec<_> = told.unwrap().items.into_iter().map(|news| news.kind.to_string()).collect();
        assert_eq!(told, ["lead_returned"]);
        let waiting = app.get(NORTH, &path(&later)).await.expect(200);
        assert_eq!(waiting["status"], "nurturing");
    }

    async fn a_lead_of_somebody_who_left_returns_to_the_head_of_its_department(app: TestApp) {
        let lead = lead(&app, json!({"title": "Line 4"})).await;
        let body = json!({"until": "2190-01-01"});
        app.post(NORTH, &format!("{}/nurture", path(&lead)), body).await.expect(200);
        let uri = format!("/api/v1/users/{}", app.user(NORTH).id);
        app.call(ADMIN, Method::DELETE, &uri, None).await.expect(204);
        let now = "2190-01-01T00:01:00Z".parse().unwrap();
        let back = app.state.db().write(|tx| etalon_persistence::leads::return_due(tx, now)).unwrap();
        assert_eq!(back.len(), 1);
        let taken = app.get(NORTH_HEAD, &path(&lead)).await.expect(200);
        assert_eq!((&taken["owner_name"], &taken["department_name"]), (&json!("north.head"), &json!("North")));
        let entry = app.get(NORTH_HEAD, &format!("{}/timeline", path(&lead))).await.expect(200)["items"][0].clone();
        let mut changes = entry["changes"].as_array().unwrap().iter();
        let change = changes.find(|change| change["field"] == "owner_id").unwrap();
        assert_eq!((&change["from"]["name"], &change["to"]["name"]), (&json!("north"), &json!("north.head")));
        let actor = app.context(NORTH_HEAD).actor;
        let told = app.state.db().read(|tx| {
            etalon_persistence::notifications::list(tx, &actor, &Default::default(), now)
        });
        let told: Vec<_> = told.unwrap().items.into_iter().map(|news| news.kind.to_string()).collect();
        assert_eq!(told, ["lead_returned"]);
    }

    async fn a_lead_of_another_department_than_its_owners_becomes_a_deal_of_both(app: TestApp) {
        let south = app.user(SOUTH_HEAD).department_id;
        let convert = |lead: &Value| format!("{}/convert", path(lead));
        for who in [NORTH, SOUTH_HEAD] {
            let lead = lead(&app, json!({"title": "Line 4"})).await;
            qualified(&app, &lead).await;
            let body = json!({"department_id": south});
            app.call(DIRECTOR, Method::PATCH, &path(&lead), Some(body)).await.expect(200);
            let deal = app.post(who, &convert(&lead), json!({})).await.expect(201);
            let placed = (&deal["owner_name"], &deal["department_name"]);
            assert_eq!(placed, (&json!("north"), &json!("South")), "{who}");
        }
        // A deal that is entered is still looked at.
        let body = json!({"title": "Line 5", "department_id": south});
        let refused = app.post(NORTH, "/api/v1/deals", body).await.expect(422);
        assert_eq!(refused["errors"][0]["field"], "department_id");
    }

    async fn a_lead_is_seen_like_a_deal(app: TestApp) {
        let lead = lead(&app, json!({"title": "Line 4"})).await;
        for (who, seen) in [(NORTH, true), (NORTH_HEAD, true), (VIEWER, true), (NORTH2, false), (SOUTH_HEAD, false)] {
            let status = if seen { 200 } else { 404 };
            assert_eq!(app.get(who, &path(&lead)).await.status.as_u16(), status, "{who}");
            let duplicates = format!("{}/duplicates", path(&lead));
            assert_eq!(app.get(who, &duplicates).await.status.as_u16(), status, "{who}");
            let list = app.get(who, "/api/v1/leads?totals=true&q=line").await.expect(200);
            assert_eq!(list["totals"]["count"], i64::from(seen), "{who}");
            assert_eq!(list["items"].as_array().unwrap().len(), usize::from(seen), "{who}");
        }
        let edit = json!({"title": "Line 5"});
        let refused = app.call(VIEWER, Method::PATCH, &path(&lead), Some(edit.clone())).await;
        assert_eq!(refused.code(), "forbidden");
        app.call(NORTH_HEAD, Method::PATCH, &path(&lead), Some(edit)).await.expect(200);
    }

    async fn a_lead_is_set_aside_disqualified_and_taken_up_again(app: TestApp) {
        let lead = lead(&app, json!({"title": "Line 4"})).await;
        let to = |action: &str| format!("{}/{action}", path(&lead));
        let past = app.post(NORTH, &to("nurture"), json!({"until": "2020-01-01"})).await;
        assert_eq!(past.json()["errors"][0]["field"], "until");
        let aside = app.post(NORTH, &to("nurture"), json!({"until": "2190-01-01"})).await.expect(200);
        assert_eq!((&aside["status"], &aside["next_question"]), (&json!("nurturing"), &Value::Null));
        app.post(NORTH, &to("reopen"), json!({})).await.expect(200);
        let body = json!({"reason": "no_budget", "note": "closed down"});
        let out = app.post(NORTH, &to("disqualify"), body).await.expect(200);
        assert_eq!(out["disqualify_reason"], "no_budget");
        let body = json!({"state": "unknown"});
        let answered = app.call(NORTH, Method::PUT, &to("bant/need"), Some(body)).await;
        assert_eq!(answered.code(), "lead_closed");
        let open = app.get(NORTH, "/api/v1/leads?status=disqualified&sort=-score").await.expect(200);
        assert_eq!(open["items"].as_array().unwrap().len(), 1);
        app.call(NORTH, Method::DELETE, &path(&lead), None).await.expect(204);
        assert_eq!(app.get(NORTH, &path(&lead)).await.status.as_u16(), 404);
        app.post(NORTH, &to("restore"), json!({})).await.expect(200);
        let stale = app.request(NORTH, Method::PUT, &path(&lead))
            .insert_header(("if-match", "\"1\""))
            .set_json(json!({"title": "x"}));
        assert_eq!(app.send(stale).await.code(), "stale_version");
    }
}
