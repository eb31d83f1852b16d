//! What holds for every request: keys against repetition, versions, methods, texts and days.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use chrono::{Duration, Utc};
use etalon_persistence::idempotency::{self, Claim};
use serde_json::{Value, json};

use crate::support::{Answer, PASSWORD, TestApp, on_both};

const ADMIN: &str = "admin@test.example";
const NORTH: &str = "north@test.example";

fn with_token(token: &str, path: &str) -> TestRequest {
    TestRequest::default()
        .method(Method::POST)
        .uri(path)
        .insert_header(("authorization", format!("Bearer {token}")))
}

/// Creates a deal with a key.
async fn create(app: &TestApp, token: &str) -> Answer {
    let request = with_token(token, "/api/v1/deals").insert_header(("idempotency-key", "k"));
    app.send(request.set_json(json!({"title": "A"}))).await
}

async fn upload(app: &TestApp, key: &str, edge: &str, sector: &str) -> Answer {
    let body = format!(
        "--{edge}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"accounts.csv\"\r\n\
         Content-Type: text/csv\r\n\r\naccount,sector\nUploaded,{sector}\n\r\n--{edge}--\r\n"
    );
    let request = app
        .request(ADMIN, Method::POST, "/api/v1/imports")
        .insert_header((
            "content-type",
            format!("multipart/form-data; boundary={edge}"),
        ))
        .insert_header(("idempotency-key", key))
        .set_payload(body);
    app.send(request).await
}

fn first_error(answer: &Value) -> (&str, &str) {
    let error = &answer["errors"][0];
    (
        error["field"].as_str().unwrap(),
        error["code"].as_str().unwrap(),
    )
}

on_both! {
    async fn whoever_signed_out_everywhere_gets_no_remembered_answer(app: TestApp) {
        let token = app.token(NORTH);
        create(&app, &token).await.expect(201);
        create(&app, &token).await.expect(201);
        let request = with_token(&token, "/api/v1/auth/logout-everywhere");
        app.send(request).await.expect(204);
        assert_eq!(create(&app, &token).await.code(), "unauthenticated");
    }

    async fn whoever_is_inactive_gets_no_remembered_answer(app: TestApp) {
        let token = app.token(NORTH);
        create(&app, &token).await.expect(201);
        let path = format!("/api/v1/users/{}", app.user(NORTH).id);
        app.call(ADMIN, Method::DELETE, &path, None).await.expect(204);
        assert_eq!(create(&app, &token).await.code(), "unauthenticated");
    }

    async fn a_repeated_upload_is_known_by_its_content(app: TestApp) {
        let first = upload(&app, "k", "edge", "retail").await.expect(201);
        // A browser separates the parts differently each time.
        let again = upload(&app, "k", "other-edge", "retail").await;
        assert_eq!(again.expect(201)["id"], first["id"]);
        assert_eq!(again.headers.get("idempotency-replayed").unwrap(), "true");
        let same_length = upload(&app, "k", "edge", "online").await;
        assert_eq!(same_length.code(), "idempotency_conflict");
        let other = upload(&app, "other", "edge", "retail").await.expect(201);
        assert_ne!(other["id"], first["id"]);
    }

    async fn a_key_that_was_left_behind_is_claimed_once(app: TestApp) {
        let claim = |at| {
            let db = app.state.db();
            db.write(|tx| idempotency::claim(tx, "user", "k", "print", at)).unwrap()
        };
        let (begun, later) = (Utc::now(), Utc::now() + Duration::minutes(11));
        assert_eq!(claim(begun), Claim::Fresh);
        assert_eq!(claim(begun), Claim::Taken);
        assert_eq!(claim(later), Claim::Fresh);
        assert_eq!(claim(later), Claim::Taken);
    }

    async fn tokens_are_never_remembered(app: TestApp) {
        let token = app.token(NORTH);
        let sign_in = async || {
            let request = with_token(&token, "/api/v1/auth/login")
                .insert_header(("idempotency-key", "k"))
                .set_json(json!({"email": NORTH, "password": PASSWORD}));
            app.send(request).await
        };
        sign_in().await.expect(200);
        let second = sign_in().await;
        second.expect(200);
        assert!(second.headers.get("idempotency-replayed").is_none());
    }

    async fn control_characters_are_refused_by_field(app: TestApp) {
        for (path, body, field) in [
            ("/api/v1/auth/login", json!({"email": "a\u{0}", "password": "x"}), "email"),
            ("/api/v1/deals", json!({"title": "a\u{0}b"}), "title"),
            ("/api/v1/deals", json!({"title": "a\nb"}), "title"),
            ("/api/v1/deals", json!({"title": "a", "tactic": "a\u{0}"}), "tactic"),
            ("/api/v1/deals", json!({"title": "a", "need": {"text": "\u{7}"}}), "need.text"),
            ("/api/v1/deals", json!({"title": "a", "account_id": "\u{0}"}), "account_id"),
            ("/api/v1/accounts", json!({"name": "a", "city": "\u{1b}[1m"}), "city"),
        ] {
            let answer = app.post(NORTH, path, body).await.expect(422);
            assert_eq!(first_error(&answer), (field, "invalid_format"));
        }
        for (query, field) in [
            ("deals?q=%00", "q"),
            ("accounts?q=a%01", "q"),
            ("deals?owner_id=a,%00", "owner_id"),
        ] {
            let answer = app.get(NORTH, &format!("/api/v1/{query}")).await.expect(422);
            assert_eq!(first_error(&answer), (field, "invalid_format"));
        }
        let nothing = app.get(NORTH, "/api/v1/deals/a%00").await;
        assert_eq!(nothing.code(), "not_found");
        let long = json!({"title": "a", "tactic": "one\n\ttwo\r\nthree"});
        app.post(NORTH, "/api/v1/deals", long).await.expect(201);
    }

    async fn impossible_days_are_refused_by_field(app: TestApp) {
        for (query, field) in [
            ("deals?expected_close_from=%2B262142-12-31", "expected_close_from"),
            ("deals?created_to=0001-01-01", "created_to"),
            ("deals?closed_to=-262143-01-01", "closed_to"),
            ("analytics/summary?created_from=2201-01-01", "created_from"),
            ("exchange-rates?on=1899-12-31", "on"),
        ] {
            let answer = app.get(NORTH, &format!("/api/v1/{query}")).await.expect(422);
            assert_eq!(first_error(&answer), (field, "out_of_range"));
        }
        let path = "/api/v1/deals?created_from=1900-01-01&created_to=2200-12-31";
        app.get(NORTH, path).await.expect(200);
    }

    async fn a_wrong_method_is_told_from_a_wrong_path(app: TestApp) {
        let answer = app.call(NORTH, Method::DELETE, "/api/v1/deals", None).await;
        assert_eq!(answer.code(), "method_not_allowed");
        assert_eq!(answer.headers.get("allow").unwrap(), "GET, POST");
        let answer = app.post(NORTH, "/api/v1/deals/x", json!({})).await;
        assert_eq!(answer.headers.get("allow").unwrap(), "GET, PUT, PATCH, DELETE");
        assert_eq!(app.get(NORTH, "/api/v1/nothing").await.code(), "not_found");
    }
}
