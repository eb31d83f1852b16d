//! Valid requests for every operation, each on a fresh record.

use std::sync::atomic::{AtomicUsize, Ordering};

use actix_web::cookie::Cookie;
use actix_web::http::Method;
use actix_web::test::TestRequest;
use chrono::Utc;
use etalon_api::auth::token::fingerprint;
use etalon_domain::deal::{CloseDeal, DealCommand, DealDraft, Outcome};
use etalon_domain::notification::{NotificationFilter, NotificationKind, NotificationSubject};
use etalon_domain::process::REFERENCE_PROCESS;
use etalon_persistence::notifications::{self, NewNotification};
use etalon_persistence::sessions::{self, Device};
use etalon_persistence::{deals, new_id, preferences};
use serde_json::{Value, json};

use super::process_targets;
use crate::support::{PASSWORD, TestApp};

pub(super) const OWNER: &str = "south@test.example";
const HEAD: &str = "south.head@test.example";
pub(super) const ADMIN: &str = "admin@test.example";

/// A valid request of somebody for an operation, on a record of the manager of South.
pub(super) async fn request(
    app: &TestApp,
    who: &str,
    method: &Method,
    path: &str,
    operation: &str,
) -> TestRequest {
    static NUMBER: AtomicUsize = AtomicUsize::new(1);
    let name = format!("Target {}", NUMBER.fetch_add(1, Ordering::Relaxed));
    let uri = if operation == "list_report_rows" {
        format!("{path}?report=win_rate")
    } else if path.contains("{key}") {
        path.replace("{key}", &lead_form(app, &name).await.1)
    } else if path.contains("{id}") {
        address(app, path, operation, &name).await
    } else {
        path.replace("{secret}", &calendar_secret(app))
    };
    if matches!(operation, "create_import" | "import_exchange_rates") {
        return upload(app, who, &uri);
    }
    let request = app.request(who, method.clone(), &uri);
    if matches!(operation, "add_deal_file" | "add_material_file") {
        return request
            .uri(&format!("{uri}?name=offer.txt"))
            .set_payload("an offer");
    }
    if operation == "refresh_session" {
        let secret = new_id();
        let session = session(app, &secret);
        return request.cookie(Cookie::new("etalon_refresh", format!("{session}.{secret}")));
    }
    match body(app, operation, &name).await {
        Some(body) => request.set_json(body),
        None => request,
    }
}

/// The path of a fresh record of the kind that it names.
async fn address(app: &TestApp, path: &str, operation: &str, name: &str) -> String {
    let south = app.user(OWNER).department_id;
    let id = match path.split('/').nth(3).unwrap_or_default() {
        "proposals" => proposal(app, operation).await,
        "deals" => {
            let id = deal(app, operation);
            if let Some(path) = process_targets::address(app, path, &id, name).await {
                return path;
            }
            id
        }
        "processes" | "process-versions" => {
            process_targets::process(app, path, operation, name).await
        }
        "leads" => lead(app, operation, name).await,
        "lead-forms" => lead_form(app, name).await.0,
        kind @ ("accounts" | "contacts") => {
            let body = json!({"name": name, "owner_id": app.user(OWNER).id});
            let id = created(app, OWNER, kind, body).await;
            if operation.starts_with("restore") {
                let path = format!("/api/v1/{kind}/{id}");
                let gone = app.call(OWNER, Method::DELETE, &path, None).await;
                gone.expect(204);
            }
            id
        }
        "products" => created(app, OWNER, "products", json!({"name": name})).await,
        "users" => {
            let body = json!({"name": name, "role": "manager", "department_id": south});
            created(app, ADMIN, "users", body).await
        }
        "departments" => {
            let body = json!({"name": name, "parent_id": south});
            created(app, ADMIN, "departments", body).await
        }
        "materials" => {
            let body = json!({"title": name, "status": "published"});
            let id = created(app, OWNER, "materials", body).await;
            if operation == "restore_material" {
                let path = format!("/api/v1/materials/{id}");
                let gone = app.call(OWNER, Method::DELETE, &path, None).await;
                gone.expect(204);
            }
            return path.replace("{id}", &id).replace("{number}", "1");
        }
        // The card of the manager of South.
        "analytics" => app.user(OWNER).id.into_string(),
        "files" => file(app, operation).await,
        "auth" => session(app, "secret"),
        "activities" => activity(app, operation, name).await,
        "notifications" => notification(app, name),
        "imports" => {
            let made = app.send(upload(app, HEAD, "/api/v1/imports")).await;
            let import = made.expect(201);
            let file = import["files"][0]["id"].as_str().unwrap();
            let id = import["id"].as_str().unwrap();
            return path.replace("{id}", id).replace("{file_id}", file);
        }
        kind => panic!("no target for {kind}"),
    };
    let path = path.replace("{id}", &id);
    if path.contains("{use_id}") {
        let body = used_material(app, name).await;
        let uses = app
            .post(OWNER, &format!("/api/v1/deals/{id}/materials"), body)
            .await;
        let uses = uses.expect(200);
        return path.replace("{use_id}", uses["items"][0]["id"].as_str().unwrap());
    }
    path
}

/// The choice of a fresh material.
async fn used_material(app: &TestApp, name: &str) -> Value {
    let body = json!({"title": name, "status": "published"});
    json!({"material_id": created(app, OWNER, "materials", body).await})
}

pub(super) async fn created(app: &TestApp, who: &str, kind: &str, body: Value) -> String {
    let made = app.post(who, &format!("/api/v1/{kind}"), body).await;
    made.expect(201)["id"].as_str().unwrap().to_owned()
}

/// A session of the manager of South with a refresh token of this secret.
fn session(app: &TestApp, secret: &str) -> String {
    let owner = app.user(OWNER).id;
    let begun = app.state.db().write(|tx| {
        let device = Device::default();
        sessions::begin(tx, &owner, &fingerprint(secret), &device, Utc::now())
    });
    begun.unwrap().into_string()
}

/// A fresh deal of the manager of South, in the state that an operation needs.
fn deal(app: &TestApp, operation: &str) -> String {
    let context = app.context(OWNER);
    let draft = DealDraft {
        title: "Deal of South".into(),
        process_id: Some(REFERENCE_PROCESS.to_owned().into()),
        ..DealDraft::default()
    };
    let outcome = app.state.db().write(|tx| {
        let created = deals::execute(tx, &context, None, None, &DealCommand::Create(draft))?;
        let id = created.deal.id.clone();
        let more = match operation {
            "reopen_deal" => DealCommand::Close(CloseDeal {
                reason: "price".into(),
                ..CloseDeal::new(Outcome::Lost)
            }),
            "restore_deal" => DealCommand::Delete,
            _ => return Ok(created),
        };
        deals::execute(tx, &context, Some(&id), None, &more)
    });
    outcome.unwrap().deal.id.into_string()
}

/// A fresh file on a deal of the manager of South.
async fn file(app: &TestApp, operation: &str) -> String {
    let path = format!(
        "/api/v1/deals/{}/files?name=offer.txt",
        deal(app, operation)
    );
    let request = app.request(OWNER, Method::POST, &path);
    let made = app.send(request.set_payload("an offer")).await.expect(201);
    let id = made["id"].as_str().unwrap().to_owned();
    if operation == "restore_file" {
        let path = format!("/api/v1/files/{id}");
        let gone = app.call(OWNER, Method::DELETE, &path, None).await;
        gone.expect(204);
    }
    id
}

/// A fresh lead of the manager of South, in the state that an operation needs.
async fn lead(app: &TestApp, operation: &str, name: &str) -> String {
    let id = created(app, OWNER, "leads", json!({"title": name})).await;
    let path = format!("/api/v1/leads/{id}");
    match operation {
        "restore_lead" => {
            app.call(OWNER, Method::DELETE, &path, None)
                .await
                .expect(204);
        }
        "reopen_lead" => {
            let body = json!({"reason": "unreachable"});
            let out = app.post(OWNER, &format!("{path}/disqualify"), body).await;
            out.expect(200);
        }
        "convert_lead" => {
            for (item, value) in [
                ("budget", json!({"amount": "100.00", "currency": "USD"})),
                (
                    "authority",
                    json!([{"name": "Anna", "role": "decision_maker"}]),
                ),
                ("need", json!({"text": "a new line"})),
                ("timing", json!("2199-01-01")),
            ] {
                let body = json!({"state": "claimed", "value": value});
                let uri = format!("{path}/bant/{item}");
                let set = app.call(OWNER, Method::PUT, &uri, Some(body)).await;
                set.expect(200);
            }
        }
        _ => {}
    }
    id
}

/// A fresh activity of the manager of South on a deal of his, in the state that an operation needs.
async fn activity(app: &TestApp, operation: &str, name: &str) -> String {
    let deal = deal(app, operation);
    let body = json!({"kind": "call", "title": name, "due_on": "2199-01-01", "deal_id": deal});
    let id = created(app, OWNER, "activities", body).await;
    if operation == "reopen_activity" {
        let path = format!("/api/v1/activities/{id}/complete");
        app.post(OWNER, &path, json!({})).await.expect(200);
    }
    id
}

/// The secret of the link to the calendar of the manager of South.
fn calendar_secret(app: &TestApp) -> String {
    let owner = app.user(OWNER).id;
    let secret = "secret of the manager of South";
    let set = |tx: &mut etalon_persistence::Tx<'_>| {
        preferences::set_calendar_secret(tx, &owner, Some(secret))
    };
    app.state.db().write(set).unwrap();
    secret.replace(' ', "%20")
}

/// Something that the manager of South was told.
fn notification(app: &TestApp, name: &str) -> String {
    let context = app.context(OWNER);
    let actor = &context.actor;
    let news = NewNotification {
        user_id: &actor.user_id,
        kind: NotificationKind::Reminder,
        entity: NotificationSubject::Deal,
        id: "unknown",
        title: name,
        data: json!({}),
        dedupe_key: name.to_owned(),
    };
    let found = app.state.db().write(|tx| {
        notifications::notify(tx, &news, context.now)?;
        notifications::list(tx, actor, &NotificationFilter::default(), context.now)
    });
    found.unwrap().items.remove(0).id.into_string()
}

/// A fresh proposal in a deal of the manager of South, in the state that an operation needs.
async fn proposal(app: &TestApp, operation: &str) -> String {
    let deal = deal(app, operation);
    let contact = created(app, OWNER, "contacts", json!({"name": "Anna"})).await;
    let line =
        json!({"title": "Control unit", "unit_price": {"amount": "100.00", "currency": "USD"}});
    let draft = json!({"contact_id": contact, "lines": [line]});
    let path = format!("/api/v1/deals/{deal}/proposals");
    let made = app.post(OWNER, &path, draft).await;
    let id = made.expect(201)["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/proposals/{id}");
    if operation == "restore_proposal" {
        let gone = app.call(OWNER, Method::DELETE, &path, None).await;
        gone.expect(204);
    }
    let steps = [
        (OWNER, "submit", json!({})),
        (HEAD, "approve", json!({})),
        (OWNER, "send", json!({"channel": "email"})),
    ];
    let count = match operation {
        "recall_proposal" | "approve_proposal" | "reject_proposal" => 1,
        "send_proposal" => 2,
        "accept_proposal" | "decline_proposal" | "revise_proposal" => 3,
        _ => 0,
    };
    for (who, step, body) in steps.into_iter().take(count) {
        let done = app.post(who, &format!("{path}/{step}"), body).await;
        done.expect(200);
    }
    id
}

/// Identifier and key of a fresh form whose leads the manager of South gets.
async fn lead_form(app: &TestApp, name: &str) -> (String, String) {
    let body = json!({"name": name, "owner_id": app.user(OWNER).id});
    let made = app.post(ADMIN, "/api/v1/lead-forms", body).await;
    let form = made.expect(201);
    let text = |field: &str| form[field].as_str().unwrap().to_owned();
    (text("id"), text("key"))
}

fn upload(app: &TestApp, who: &str, path: &str) -> TestRequest {
    let content = if path.contains("rates") {
        "Date,USD\n2024-01-02,1.1\n"
    } else {
        "account,sector\nUploaded,retail\n"
    };
    let body = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"accounts.csv\"\r\n\
         Content-Type: text/csv\r\n\r\n{content}\r\n--edge--\r\n"
    );
    app.request(who, Method::POST, path)
        .insert_header(("content-type", "multipart/form-data; boundary=edge"))
        .set_payload(body)
}

/// A valid body for an operation.
async fn body(app: &TestApp, operation: &str, name: &str) -> Option<Value> {
    let south = app.user(OWNER).department_id;
    let name = format!("{name} again");
    Some(match operation {
        "create_deal" => json!({"title": name}),
        "replace_deal" | "update_deal" => json!({"title": name}),
        "create_activity" | "replace_activity" => {
            json!({"kind": "task", "title": name, "due_on": "2199-01-02"})
        }
        "update_activity" => json!({"title": name}),
        "complete_activity" => json!({"result": "done"}),
        "cancel_activity" => json!({"reason": "not needed"}),
        "snooze_notification" => {
            json!({"until": Utc::now() + chrono::Duration::hours(1)})
        }
        "create_lead_form" | "replace_lead_form" | "update_lead_form" => json!({"name": name}),
        "submit_form" => json!({"company": name, "email": "anna@northwind.example"}),
        "create_lead" | "replace_lead" | "update_lead" => json!({"title": name}),
        "set_lead_budget" => {
            json!({"state": "claimed", "value": {"amount": "100.00", "currency": "USD"}})
        }
        "set_lead_authority" => {
            json!({"state": "claimed", "value": [{"name": "Anna", "role": "decision_maker"}]})
        }
        "set_lead_need" => json!({"state": "claimed", "value": {"text": "a new line"}}),
        "set_lead_timing" => json!({"state": "claimed", "value": "2199-01-01"}),
        "nurture_lead" => json!({"until": "2199-01-01"}),
        "disqualify_lead" => json!({"reason": "no_budget"}),
        "reopen_lead" | "convert_lead" => json!({}),
        "create_deal_proposal" | "replace_proposal" | "update_proposal" => {
            json!({"introduction": name})
        }
        "submit_proposal" | "approve_proposal" | "accept_proposal" => json!({}),
        "reject_proposal" => json!({"comment": "less discount"}),
        "send_proposal" => json!({"channel": "email"}),
        "decline_proposal" => json!({"reason": "too expensive"}),
        "create_material" | "replace_material" | "update_material" => {
            json!({"title": name, "status": "published"})
        }
        "use_material" => used_material(app, &name).await,
        "move_deal" => json!({"stage": "needs", "override_reason": "agreed"}),
        "close_deal" => json!({"outcome": "lost", "reason": "price"}),
        "reopen_deal" => json!({"reason": "they called again"}),
        "create_account" | "replace_account" | "update_account" | "create_contact"
        | "replace_contact" | "update_contact" | "create_product" | "replace_product"
        | "update_product" => json!({"name": name}),
        "create_user" | "replace_user" => {
            json!({"name": name, "role": "manager", "department_id": south})
        }
        "update_user" => json!({"name": name}),
        "create_department" | "replace_department" => json!({"name": name, "parent_id": south}),
        "update_department" => json!({"name": name}),
        "create_exchange_rate" => {
            json!({"base": "EUR", "currency": "USD", "on": "2024-01-02", "rate": 1.1})
        }
        "replace_targets" => {
            let item = json!({"owner_id": app.user(OWNER).id, "month": "2199-01-01",
                "amount": {"amount": "100.00", "currency": "USD"}});
            json!({"items": [item]})
        }
        "replace_me" => json!({"name": name, "language": "en", "time_zone": "UTC"}),
        "replace_preferences" => json!({"mail": false}),
        "change_password" => {
            json!({"current_password": PASSWORD, "new_password": "another long one"})
        }
        "sign_in" => {
            let email = format!("{}@test.example", new_id());
            let user =
                json!({"name": name, "role": "manager", "email": email, "password": PASSWORD});
            created(app, ADMIN, "users", user).await;
            json!({"email": email, "password": PASSWORD})
        }
        "set_up" => {
            json!({"token": "used", "company": name, "base_currency": "EUR", "name": name,
                "email": "new@test.example", "password": PASSWORD, "language": "en",
                "time_zone": "UTC"})
        }
        "run_import" => json!({"dry_run": true}),
        "replace_import" => json!({}),
        _ => return process_targets::body(app, operation, &name).await,
    })
}
