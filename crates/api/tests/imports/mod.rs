//! Imports as their callers see them.

mod access;
mod gates;
mod leads;
mod links;
mod maven;
mod maven_reports;
mod past;
mod problems;
mod refused;
mod repeat;
mod ru;
mod runs;

use actix_web::http::Method;
use actix_web::rt::time::sleep;
use actix_web::test::TestRequest;
use etalon_api::jobs;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::time::Duration;

use crate::support::{Answer, TestApp};

const ADMIN: &str = "admin@test.example";
const NORTH_HEAD: &str = "north.head@test.example";
const BOUNDARY: &str = "a-line-that-no-file-has";

/// Uploads files.
async fn upload(app: &TestApp, who: &str, files: &[(&str, &[u8])]) -> Answer {
    let mut body = Vec::new();
    for (name, bytes) in files {
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\
             Content-Type: text/csv\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    let request = TestRequest::default()
        .method(Method::POST)
        .uri("/api/v1/imports")
        .peer_addr(([127, 0, 0, 1], 4000).into())
        .insert_header(("authorization", format!("Bearer {}", app.token(who))))
        .insert_header((
            "content-type",
            format!("multipart/form-data; boundary={BOUNDARY}"),
        ))
        .set_payload(body);
    app.send(request).await
}

/// Uploads one file of text and answers the draft.
async fn draft(app: &TestApp, who: &str, name: &str, text: &str) -> Value {
    upload(app, who, &[(name, text.as_bytes())])
        .await
        .expect(201)
}

/// Sets options and leaves the files as they are understood.
async fn set_options(app: &TestApp, who: &str, import: &Value, options: Value) -> Answer {
    let id = import["id"].as_str().unwrap();
    let path = format!("/api/v1/imports/{id}");
    let body = json!({ "options": options });
    app.call(who, Method::PUT, &path, Some(body)).await
}

/// Runs an import to its end by the job runner and answers it.
async fn run(app: &TestApp, who: &str, import: &Value, dry_run: bool) -> Value {
    let id = import["id"].as_str().unwrap();
    let path = format!("/api/v1/imports/{id}/run");
    let started = app.post(who, &path, json!({ "dry_run": dry_run })).await;
    started.expect(202);
    let runner = actix_web::rt::spawn(jobs::run(app.state.clone()));
    let path = format!("/api/v1/imports/{id}");
    let finished = loop {
        let import = app.get(who, &path).await.expect(200);
        match import["status"].as_str() {
            Some("queued" | "running") => sleep(Duration::from_millis(20)).await,
            _ => break import,
        }
    };
    runner.abort();
    finished
}

/// Uploads one file, runs it and answers the import.
async fn imported(app: &TestApp, who: &str, name: &str, text: &str) -> Value {
    let import = draft(app, who, name, text).await;
    run(app, who, &import, false).await
}

/// The same with the name of a source system.
async fn imported_from(app: &TestApp, who: &str, source: &str, name: &str, text: &str) -> Value {
    let import = draft(app, who, name, text).await;
    let options = json!({ "source": source });
    let import = set_options(app, who, &import, options).await.expect(200);
    run(app, who, &import, false).await
}

/// Changes some fields of a record.
async fn patch(app: &TestApp, who: &str, path: &str, changes: Value) -> Value {
    let answer = app.call(who, Method::PATCH, path, Some(changes)).await;
    answer.expect(200)
}

/// `[rows, created, updated, unchanged, failed, superseded]` of a kind.
fn counts(import: &Value, kind: &str) -> [i64; 6] {
    let kinds = import["report"]["kinds"].as_array().unwrap();
    let found = kinds.iter().find(|k| k["kind"] == kind);
    let found = found.unwrap_or_else(|| panic!("no report of {kind}: {import:#}"));
    let names = [
        "rows",
        "created",
        "updated",
        "unchanged",
        "failed",
        "superseded",
    ];
    let counts = names.map(|name| found[name].as_i64().unwrap());
    assert_eq!(counts[0], counts[1..].iter().sum::<i64>(), "rows add up");
    counts
}

/// `(row, severity, code, value)` of every problem of the last run.
async fn problems(app: &TestApp, who: &str, import: &Value) -> Vec<(i64, String, String, String)> {
    let id = import["id"].as_str().unwrap();
    let path = format!("/api/v1/imports/{id}/problems?limit=200");
    let page = app.get(who, &path).await.expect(200);
    let text = |v: &Value| v.as_str().unwrap_or_default().to_owned();
    let items = page["items"].as_array().unwrap().iter();
    items
        .map(|p| {
            let row = p["row"].as_i64().unwrap_or_default();
            (
                row,
                text(&p["severity"]),
                text(&p["code"]),
                text(&p["value"]),
            )
        })
        .collect()
}

/// The only item of a list.
async fn only(app: &TestApp, who: &str, path: &str) -> Value {
    let page = app.get(who, path).await.expect(200);
    let items = page["items"].as_array().unwrap();
    assert_eq!(items.len(), 1, "{path}: {page:#}");
    items[0].clone()
}

/// The folder of sample data that is not part of the product; `None`, loudly, without one.
fn sample_data(folder: &str) -> Option<PathBuf> {
    let Some(root) = std::env::var_os("ETALON_SAMPLE_DATA") else {
        eprintln!("SKIPPED: ETALON_SAMPLE_DATA is not set, so {folder} was not imported");
        return None;
    };
    Some(PathBuf::from(root).join(folder))
}
