//! Who may do what, as a reviewed table: every operation of the description, called by everybody.
//!
//! Each cell calls with a valid request on records that belong to the manager of South. `404` means
//! that it does not exist for that person, `403` that it may be seen but not done.

use std::fmt::Write as _;

use actix_web::http::Method;
use actix_web::test::TestRequest;
use etalon_domain::deal::{CloseDeal, DealCommand, DealDraft, Outcome};
use etalon_persistence::deals;
use serde_json::{Value, json};

use crate::support::TestApp;

/// The columns of the table, and who calls.
const PEOPLE: [(&str, &str); 8] = [
    ("anonymous", ""),
    ("viewer", "viewer@test.example"),
    ("other_manager", "north@test.example"),
    ("owner", "south@test.example"),
    ("other_head", "north.head@test.example"),
    ("head", "south.head@test.example"),
    ("director", "director@test.example"),
    ("admin", "admin@test.example"),
];

/// What anybody may call.
const PUBLIC: [&str; 5] = [
    "get_ready",
    "get_welcome",
    "sign_in",
    "refresh_session",
    "set_up",
];

const OWNER: &str = "south@test.example";

/// A fresh deal of the manager of South, in the state that an operation needs.
fn deal(app: &TestApp, operation: &str) -> String {
    let context = app.context(OWNER);
    let draft = DealDraft {
        title: "Deal of South".into(),
        ..DealDraft::default()
    };
    let outcome = app.state.db().write(|tx| {
        let created = deals::execute(tx, &context, None, None, &DealCommand::Create(draft))?;
        let id = created.deal.id.clone();
        let more = match operation {
            "reopen_deal" => DealCommand::Close(CloseDeal {
                outcome: Outcome::Lost,
                reason: "price".into(),
                amount: None,
                winner_account_id: None,
                rerouted_to: None,
                next_contact_on: None,
            }),
            "restore_deal" => DealCommand::Delete,
            _ => return Ok(created),
        };
        deals::execute(tx, &context, Some(&id), None, &more)
    });
    outcome.unwrap().deal.id.into_string()
}

/// A fresh record of the kind that a path names, and its identifier.
async fn target(app: &TestApp, path: &str, operation: &str, number: usize) -> String {
    let post = async |who: &str, path: &str, body: Value| -> String {
        let made = app.post(who, path, body).await.expect(201);
        made["id"].as_str().unwrap().to_owned()
    };
    let name = format!("Target {number}");
    match path.split('/').nth(3).unwrap_or_default() {
        "deals" => deal(app, operation),
        kind @ ("accounts" | "contacts") => {
            let path = format!("/api/v1/{kind}");
            let owner = app.user(OWNER).id;
            let id = post(OWNER, &path, json!({"name": name, "owner_id": owner})).await;
            if operation.starts_with("restore") {
                app.call(OWNER, Method::DELETE, &format!("{path}/{id}"), None)
                    .await
                    .expect(204);
            }
            id
        }
        "products" => post(OWNER, "/api/v1/products", json!({"name": name})).await,
        "users" => {
            let south = app.user(OWNER).department_id;
            let body = json!({"name": name, "role": "manager", "department_id": south});
            post("admin@test.example", "/api/v1/users", body).await
        }
        "departments" => {
            let south = app.user(OWNER).department_id;
            let body = json!({"name": name, "parent_id": south});
            post("admin@test.example", "/api/v1/departments", body).await
        }
        "imports" => {
            let answer = app
                .send(upload("south.head@test.example", app, "/api/v1/imports"))
                .await;
            answer.expect(201)["id"].as_str().unwrap().to_owned()
        }
        _ => "01a00000-0000-7000-8000-000000000000".into(),
    }
}

fn upload(who: &str, app: &TestApp, path: &str) -> TestRequest {
    let content = if path.contains("rates") {
        "Date,USD\n2024-01-02,1.1\n"
    } else {
        "account,sector\nUploaded,retail\n"
    };
    let body = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"accounts.csv\"\r\n\
         Content-Type: text/csv\r\n\r\n{content}\r\n--edge--\r\n"
    );
    let mut request = TestRequest::default()
        .method(Method::POST)
        .uri(path)
        .insert_header(("content-type", "multipart/form-data; boundary=edge"))
        .set_payload(body);
    if !who.is_empty() {
        let token = app.token(who);
        request = request.insert_header(("authorization", format!("Bearer {token}")));
    }
    request
}

/// A valid body for an operation.
fn body(app: &TestApp, operation: &str, number: usize) -> Option<Value> {
    let south = app.user(OWNER).department_id;
    let name = format!("Body {number}");
    Some(match operation {
        "create_deal" => json!({"title": name}),
        "replace_deal" | "update_deal" => json!({"title": name}),
        "move_deal" => json!({"stage": "needs"}),
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
        "replace_me" => json!({"name": name, "language": "en", "time_zone": "UTC"}),
        "change_password" => {
            json!({"current_password": crate::support::PASSWORD, "new_password": "another long one"})
        }
        "sign_in" => json!({"email": "nobody@test.example", "password": "x"}),
        "run_import" => json!({"dry_run": true}),
        "replace_import" => json!({}),
        _ => return None,
    })
}

#[actix_web::test]
async fn the_permission_matrix_is_as_reviewed() {
    let app = TestApp::sqlite().await.with_company();
    let description = serde_json::to_value(etalon_api::server::description()).unwrap();
    let mut table = String::new();
    let _ = write!(table, "{:<28}", "operation");
    for (name, _) in PEOPLE {
        let _ = write!(table, "{name:>15}");
    }
    table.push('\n');
    let mut rows = Vec::new();
    let mut number = 0;
    for (path, item) in description["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let operation = operation["operationId"].as_str().unwrap();
            let mut row = format!("{operation:<28}");
            for (column, who) in PEOPLE {
                number += 1;
                let id = if path.contains("{id}") {
                    target(&app, path, operation, number).await
                } else {
                    String::new()
                };
                let uri = path.replace("{id}", &id);
                let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
                let answer = if operation == "create_import" || operation == "import_exchange_rates"
                {
                    app.send(upload(who, &app, &uri)).await
                } else {
                    let body = body(&app, operation, number);
                    app.call(who, method, &uri, body).await
                };
                let status = answer.status.as_u16();
                assert!(status < 500, "{operation} as {column}: {}", answer.text);
                if who.is_empty() && !PUBLIC.contains(&operation) {
                    assert_eq!(status, 401, "{operation} is open to everybody");
                }
                let _ = write!(row, "{status:>15}");
            }
            rows.push(row);
        }
    }
    rows.sort();
    table.push_str(&rows.join("\n"));
    table.push('\n');
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/policy_matrix.txt");
    if std::env::var_os("ETALON_UPDATE_MATRIX").is_some() {
        std::fs::write(file, &table).unwrap();
    }
    let reviewed = std::fs::read_to_string(file).unwrap_or_default();
    assert!(
        reviewed == table,
        "the matrix changed; review it and run with ETALON_UPDATE_MATRIX=1:\n{table}"
    );
}
