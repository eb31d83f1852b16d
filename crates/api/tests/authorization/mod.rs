//! Who may do what, as a reviewed table: every operation of the description, called by everybody.
//!
//! Each cell calls with a valid request on records that belong to the manager of South. `404` means
//! that it does not exist for that person, `403` that it may be seen but not done.

mod process_targets;
mod targets;

use std::fmt::Write as _;

use actix_web::http::Method;
use etalon_api::server;
use serde_json::Value;

use crate::support::TestApp;
use targets::request;

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
const PUBLIC: [&str; 7] = [
    "get_calendar_feed",
    "get_ready",
    "get_welcome",
    "sign_in",
    "refresh_session",
    "set_up",
    "submit_form",
];

/// Every operation of the description with its path and method.
fn operations() -> Vec<(String, Method, Value)> {
    let description = serde_json::to_value(server::description()).unwrap();
    let mut found = Vec::new();
    for (path, item) in description["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
            found.push((path.clone(), method, operation.clone()));
        }
    }
    found
}

#[actix_web::test]
async fn the_permission_matrix_is_as_reviewed() {
    let app = TestApp::sqlite().await.with_company();
    let mut table = String::new();
    let _ = write!(table, "{:<28}", "operation");
    for (name, _) in PEOPLE {
        let _ = write!(table, "{name:>15}");
    }
    table.push('\n');
    let mut rows = Vec::new();
    for (path, method, operation) in operations() {
        let operation = operation["operationId"].as_str().unwrap();
        let mut row = format!("{operation:<28}");
        for (column, who) in PEOPLE {
            let request = request(&app, who, &method, &path, operation).await;
            let answer = app.send(request).await;
            let status = answer.status.as_u16();
            assert!(status < 500, "{operation} as {column}: {}", answer.text);
            if who.is_empty() && !PUBLIC.contains(&operation) {
                assert_eq!(status, 401, "{operation} is open to everybody");
            }
            let _ = write!(row, "{status:>15}");
        }
        rows.push(row);
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

#[actix_web::test]
async fn every_operation_that_takes_if_match_refuses_another_version() {
    let app = TestApp::sqlite().await.with_company();
    let mut checked = 0;
    for (path, method, operation) in operations() {
        let mut parameters = operation["parameters"].as_array().into_iter().flatten();
        if !parameters.any(|p| p["name"] == "If-Match") {
            continue;
        }
        let operation = operation["operationId"].as_str().unwrap();
        let request = request(&app, "admin@test.example", &method, &path, operation).await;
        let answer = app
            .send(request.insert_header(("if-match", "\"999\"")))
            .await;
        assert_eq!(answer.code(), "stale_version", "{operation}");
        checked += 1;
    }
    assert!(checked > 20);
}
