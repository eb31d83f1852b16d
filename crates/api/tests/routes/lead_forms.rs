use actix_web::http::Method;
use serde_json::{Value, json};

use crate::support::{Answer, TestApp, on_both};

const ADMIN: &str = "admin@test.example";
const NORTH: &str = "north@test.example";
const NORTH_HEAD: &str = "north.head@test.example";

async fn form(app: &TestApp, mut body: Value) -> Value {
    body["owner_id"] = json!(app.user(NORTH).id);
    let made = app.post(ADMIN, "/api/v1/lead-forms", body).await;
    made.expect(201)
}

fn address(form: &Value) -> String {
    format!("/api/v1/forms/{}", form["key"].as_str().unwrap())
}

async fn send(app: &TestApp, form: &Value, body: Value) -> Answer {
    app.post("", &address(form), body).await
}

/// What a browser sends of an HTML form.
async fn send_as_browser(
    app: &TestApp,
    form: &Value,
    body: &str,
    headers: &[(&str, &str)],
) -> Answer {
    let mut request = app
        .request("", Method::POST, &address(form))
        .insert_header(("content-type", "application/x-www-form-urlencoded"))
        .set_payload(body.to_owned());
    for header in headers {
        request = request.insert_header(*header);
    }
    app.send(request).await
}

async fn leads(app: &TestApp, who: &str) -> Vec<Value> {
    let list = app.get(who, "/api/v1/leads").await.expect(200);
    list["items"].as_array().unwrap().clone()
}

on_both! {
    async fn a_visitor_makes_a_lead_of_the_owner(app: TestApp) {
        let form = form(&app, json!({"name": "Contact page", "source": "web"})).await;
        let body = json!({"company": "Northwind", "person": "Anna Weber", "phone": "+49 30 123456",
            "email": "anna@northwind.example", "message": "Line 4\nis old", "utm_source": "x"});
        let receipt = send(&app, &form, body).await.expect(201);
        assert_eq!(receipt, json!({"received": true}));
        let found = leads(&app, NORTH).await;
        assert_eq!(found.len(), 1);
        let lead = &found[0];
        assert_eq!(lead["title"], "Contact page: Northwind");
        assert_eq!((&lead["company_name"], &lead["message"]), (&json!("Northwind"), &json!("Line 4\nis old")));
        assert_eq!((&lead["status"], &lead["source"]), (&json!("new"), &json!("web")));
        assert_eq!((&lead["owner_name"], &lead["department_name"]), (&json!("north"), &json!("North")));
        assert_eq!((&lead["form_id"], &lead["form_name"]), (&form["id"], &json!("Contact page")));
        let uri = format!("/api/v1/leads/{}/timeline", lead["id"].as_str().unwrap());
        let entry = app.get(NORTH, &uri).await.expect(200)["items"][0].clone();
        assert_eq!((&entry["via"], &entry["actor"]), (&json!("form"), &Value::Null));
        let uri = format!("/api/v1/lead-forms/{}", form["id"].as_str().unwrap());
        let counted = app.get(ADMIN, &uri).await.expect(200);
        assert_eq!(counted["leads"], 1);
        let told = app.get(NORTH, "/api/v1/notifications").await.expect(200);
        assert_eq!((&told["items"][0]["kind"], &told["items"][0]["subject"]["id"]), (&json!("lead_new"), &lead["id"]));
        let uri = format!("/api/v1/leads?form_id={}", form["id"].as_str().unwrap());
        assert_eq!(app.get(NORTH, &uri).await.expect(200)["items"].as_array().unwrap().len(), 1);
    }

    async fn a_browser_goes_on_to_the_redirect_or_is_thanked(app: TestApp) {
        let html = ("accept", "text/html,application/xhtml+xml");
        let plain = form(&app, json!({"name": "Plain"})).await;
        let body = "person=%D0%90%D0%BD%D0%BD%D0%B0&email=anna%40x.example&message=a%0D%0Ab&website=";
        let nothing = send_as_browser(&app, &plain, "person=A&website=", &[html]).await;
        assert_eq!(nothing.status.as_u16(), 422);
        assert!(nothing.text.starts_with("<!doctype html>"), "{}", nothing.text);
        assert!(nothing.text.contains("e-mail address or a phone number"), "{}", nothing.text);
        let thanked = send_as_browser(&app, &plain, body, &[html, ("accept-language", "ru")]).await;
        assert_eq!(thanked.status.as_u16(), 201);
        assert!(thanked.text.contains("Спасибо"), "{}", thanked.text);
        let draft = json!({"name": "Onward", "redirect_url": "https://www.example.com/thanks"});
        let onward = form(&app, draft).await;
        let gone = send_as_browser(&app, &onward, body, &[html]).await;
        assert_eq!(gone.status.as_u16(), 303);
        assert_eq!(gone.headers.get("location").unwrap(), "https://www.example.com/thanks");
        let found = leads(&app, NORTH).await;
        assert_eq!(found.len(), 2);
        assert_eq!((&found[0]["person_name"], &found[0]["message"]), (&json!("Анна"), &json!("a\r\nb")));
    }

    async fn what_nobody_could_answer_is_refused_and_robots_are_thrown_away(app: TestApp) {
        let form = form(&app, json!({"name": "Contact page"})).await;
        let refused = send(&app, &form, json!({"company": "Northwind"})).await;
        assert_eq!(refused.status.as_u16(), 422);
        assert_eq!(refused.json()["errors"][0]["field"], "email");
        let refused = send(&app, &form, json!({"email": "nowhere"})).await;
        assert_eq!(refused.json()["errors"][0]["code"], "invalid_email");
        let large = send(&app, &form, json!({"email": "a@b.c", "message": "x".repeat(17_000)})).await;
        assert_eq!(large.code(), "too_large");
        send(&app, &form, json!({"email": "a@b.c", "website": "http://spam"})).await.expect(201);
        assert_eq!(leads(&app, NORTH).await, Vec::<Value>::new());
    }

    async fn an_unknown_inactive_or_renewed_key_finds_nothing(app: TestApp) {
        let made = form(&app, json!({"name": "Contact page"})).await;
        let body = json!({"email": "a@b.c"});
        let unknown = app.post("", "/api/v1/forms/unknown", body.clone()).await;
        assert_eq!(unknown.code(), "not_found");
        let uri = format!("/api/v1/lead-forms/{}", made["id"].as_str().unwrap());
        let renewed = app.post(ADMIN, &format!("{uri}/key"), json!({})).await.expect(200);
        assert_ne!(renewed["key"], made["key"]);
        assert_eq!(send(&app, &made, body.clone()).await.code(), "not_found");
        send(&app, &renewed, body.clone()).await.expect(201);
        let off = json!({"active": false});
        app.call(ADMIN, Method::PATCH, &uri, Some(off)).await.expect(200);
        assert_eq!(send(&app, &renewed, body).await.code(), "not_found");
    }

    async fn only_allowed_sites_send_a_form(app: TestApp) {
        let draft = json!({"name": "Contact page", "allowed_origins": ["https://www.example.com/"]});
        let made = form(&app, draft).await;
        assert_eq!(made["allowed_origins"], json!(["https://www.example.com"]));
        let ask = |origin: &'static str| {
            app.request("", Method::OPTIONS, &address(&made))
                .insert_header(("origin", origin))
                .insert_header(("access-control-request-method", "POST"))
        };
        let allowed = app.send(ask("https://www.example.com")).await;
        assert_eq!(allowed.status.as_u16(), 204);
        let named = allowed.headers.get("access-control-allow-origin").unwrap();
        assert_eq!(named, "https://www.example.com");
        let other = app.send(ask("https://evil.example")).await;
        assert!(other.headers.get("access-control-allow-origin").is_none());
        let body = "email=a%40b.c";
        let refused = send_as_browser(&app, &made, body, &[("origin", "https://evil.example")]).await;
        assert_eq!(refused.code(), "forbidden");
        let sent = send_as_browser(&app, &made, body, &[("origin", "https://www.example.com")]).await;
        assert_eq!(sent.status.as_u16(), 201);
        assert!(sent.headers.get("access-control-allow-origin").is_some());
        let open = form(&app, json!({"name": "Open"})).await;
        let sent = send_as_browser(&app, &open, body, &[("origin", "https://any.example")]).await;
        assert_eq!(sent.headers.get("access-control-allow-origin").unwrap(), "*");
        // Nothing else of the API is open to other sites.
        let request = app.request(NORTH, Method::GET, "/api/v1/leads")
            .insert_header(("origin", "https://www.example.com"));
        let closed = app.send(request).await;
        assert!(closed.headers.get("access-control-allow-origin").is_none());
    }

    async fn a_repeated_request_makes_one_lead(app: TestApp) {
        let form = form(&app, json!({"name": "Contact page"})).await;
        for _ in 0..2 {
            let request = app.request("", Method::POST, &address(&form))
                .insert_header(("idempotency-key", "visit-1"))
                .set_json(json!({"email": "a@b.c"}));
            app.send(request).await.expect(201);
        }
        assert_eq!(leads(&app, NORTH).await.len(), 1);
    }

    async fn what_comes_too_often_must_wait(app: TestApp) {
        let form = form(&app, json!({"name": "Contact page"})).await;
        let mut last = 201;
        for _ in 0..60 {
            let answer = send(&app, &form, json!({"email": "a@b.c"})).await;
            last = answer.status.as_u16();
            if last == 429 {
                assert!(answer.headers.get("retry-after").is_some());
                break;
            }
        }
        assert_eq!(last, 429);
        // Another visitor is not held up.
        let request = app.request("", Method::POST, &address(&form))
            .insert_header(("x-forwarded-for", "192.0.2.77"))
            .set_json(json!({"email": "a@b.c"}));
        app.send(request).await.expect(201);
    }

    async fn the_leads_of_an_owner_who_only_reads_or_left_go_to_a_head_above_or_an_administrator(app: TestApp) {
        let form = form(&app, json!({"name": "Contact page"})).await;
        let path = |who: &str| format!("/api/v1/users/{}", app.user(who).id);
        let reader = json!({"role": "viewer"});
        app.call(ADMIN, Method::PATCH, &path(NORTH), Some(reader)).await.expect(200);
        for gone in [NORTH, NORTH_HEAD, "director@test.example"] {
            send(&app, &form, json!({"email": "a@b.c"})).await.expect(201);
            app.call(ADMIN, Method::DELETE, &path(gone), None).await.expect(204);
        }
        send(&app, &form, json!({"email": "a@b.c"})).await.expect(201);
        let mut owners: Vec<_> = leads(&app, ADMIN).await.iter()
            .map(|lead| lead["owner_name"].as_str().unwrap().to_owned())
            .collect();
        owners.sort();
        assert_eq!(owners, ["admin", "director", "north.head", "north.head"]);
    }

    async fn only_administrators_have_forms_and_only_workers_own_them(app: TestApp) {
        let made = form(&app, json!({"name": "Contact page"})).await;
        assert_eq!(app.get(NORTH_HEAD, "/api/v1/lead-forms").await.code(), "forbidden");
        let uri = format!("/api/v1/lead-forms/{}", made["id"].as_str().unwrap());
        let edit = json!({"owner_id": app.user("viewer@test.example").id});
        let refused = app.call(ADMIN, Method::PATCH, &uri, Some(edit)).await;
        assert_eq!(refused.json()["errors"][0]["field"], "owner_id");
        let bad = json!({"name": "x", "allowed_origins": ["example.com"], "redirect_url": "javascript:alert(1)"});
        let refused = app.post(ADMIN, "/api/v1/lead-forms", bad).await.expect(422);
        let fields: Vec<_> = refused["errors"].as_array().unwrap().iter().map(|e| e["field"].clone()).collect();
        assert_eq!(fields, [json!("allowed_origins"), json!("redirect_url")]);
    }
}
