use actix_web::cookie::Cookie;
use actix_web::http::Method;
use actix_web::test::TestRequest;
use chrono::{Duration, Utc};
use diesel::prelude::*;
use etalon_persistence::schema::sign_in_attempts;
use etalon_persistence::throttle::{self, Throttle};
use futures_util::future::join_all;
use serde_json::json;

use crate::support::{Answer, PASSWORD, TestApp, on_both};

const NORTH: &str = "north@test.example";

async fn sign_in(app: &TestApp, email: &str, password: &str) -> Answer {
    let body = json!({"email": email, "password": password});
    app.post("", "/api/v1/auth/login", body).await
}

fn refresh_cookie(answer: &Answer) -> String {
    let header = answer.headers.get("set-cookie").unwrap().to_str().unwrap();
    let cookie = Cookie::parse(header.to_owned()).unwrap();
    assert!(cookie.http_only().unwrap());
    assert_eq!(cookie.same_site().unwrap().to_string(), "Strict");
    cookie.value().to_owned()
}

async fn refresh(app: &TestApp, token: &str) -> Answer {
    let request = TestRequest::default()
        .method(Method::POST)
        .uri("/api/v1/auth/refresh")
        .cookie(Cookie::new("etalon_refresh", token.to_owned()));
    app.send(request).await
}

async fn me(app: &TestApp, access: &str) -> Answer {
    let request = TestRequest::default()
        .uri("/api/v1/me")
        .insert_header(("authorization", format!("Bearer {access}")));
    app.send(request).await
}

on_both! {
    async fn signing_in_grants_a_token_that_names_the_person(app: TestApp) {
        let granted = sign_in(&app, "North@TEST.example ", PASSWORD).await.expect(200);
        assert_eq!(granted["token_type"], "Bearer");
        assert_eq!(granted["user"]["email"], NORTH);
        let me = me(&app, granted["access_token"].as_str().unwrap()).await.expect(200);
        assert_eq!(me["actor"]["role"], "manager");
        assert_eq!(me["base_currency"], "USD");
    }

    async fn a_refresh_token_rotates_and_its_reuse_ends_the_session(app: TestApp) {
        let first = refresh_cookie(&sign_in(&app, NORTH, PASSWORD).await);
        let answer = refresh(&app, &first).await;
        answer.expect(200);
        let second = refresh_cookie(&answer);
        assert_ne!(first, second);
        let third_answer = refresh(&app, &second).await;
        let access = third_answer.expect(200)["access_token"].as_str().unwrap().to_owned();
        let third = refresh_cookie(&third_answer);
        me(&app, &access).await.expect(200);
        // The first token was replaced twice: whoever still has it stole it.
        assert_eq!(refresh(&app, &first).await.code(), "session_ended");
        assert_eq!(refresh(&app, &third).await.code(), "session_ended");
        assert_eq!(me(&app, &access).await.code(), "unauthenticated");
    }

    async fn a_tab_that_renews_at_the_same_moment_is_not_thrown_out(app: TestApp) {
        let first = refresh_cookie(&sign_in(&app, NORTH, PASSWORD).await);
        refresh(&app, &first).await.expect(200);
        let again = refresh(&app, &first).await;
        again.expect(200);
        assert!(again.headers.get("set-cookie").is_none());
    }

    async fn signing_out_everywhere_ends_every_session_at_once(app: TestApp) {
        let one = sign_in(&app, NORTH, PASSWORD).await;
        let two = sign_in(&app, NORTH, PASSWORD).await;
        let access = |a: &Answer| a.json()["access_token"].as_str().unwrap().to_owned();
        let request = TestRequest::default()
            .method(Method::POST)
            .uri("/api/v1/auth/logout-everywhere")
            .insert_header(("authorization", format!("Bearer {}", access(&one))));
        assert_eq!(app.send(request).await.status.as_u16(), 204);
        assert_eq!(me(&app, &access(&one)).await.status.as_u16(), 401);
        assert_eq!(me(&app, &access(&two)).await.status.as_u16(), 401);
        assert_eq!(refresh(&app, &refresh_cookie(&two)).await.code(), "session_ended");
    }

    async fn repeated_failures_have_to_wait(app: TestApp) {
        for _ in 0..5 {
            assert_eq!(sign_in(&app, NORTH, "wrong").await.code(), "invalid_credentials");
        }
        let answer = sign_in(&app, NORTH, PASSWORD).await;
        assert_eq!(answer.code(), "too_many_attempts");
        let wait: u64 = answer.headers.get("retry-after").unwrap().to_str().unwrap().parse().unwrap();
        assert!(wait >= 1);
        // Somebody else is not held up.
        sign_in(&app, "south@test.example", PASSWORD).await.expect(200);
    }

    async fn of_simultaneous_attempts_only_the_free_ones_pass(app: TestApp) {
        let answers = join_all((0..12).map(|_| sign_in(&app, NORTH, "wrong"))).await;
        let count = |code: &str| answers.iter().filter(|a| a.code() == code).count();
        assert_eq!(count("invalid_credentials"), 5);
        assert_eq!(count("too_many_attempts"), 7);
    }

    async fn a_success_forgets_the_failures_before_it(app: TestApp) {
        for _ in 0..2 {
            for _ in 0..4 {
                assert_eq!(sign_in(&app, NORTH, "wrong").await.code(), "invalid_credentials");
            }
            sign_in(&app, NORTH, PASSWORD).await.expect(200);
        }
    }

    async fn a_network_address_waits_alone_also_behind_a_proxy(app: TestApp) {
        block(&app, "192.0.2.1");
        let from = async |forwarded: &str| {
            let body = json!({"email": NORTH, "password": PASSWORD});
            let request = app.request("", Method::POST, "/api/v1/auth/login");
            app.send(request.insert_header(("x-forwarded-for", forwarded)).set_json(body)).await
        };
        assert_eq!(from("192.0.2.1").await.code(), "too_many_attempts");
        // What the caller writes in front does not count.
        assert_eq!(from("192.0.2.7, 192.0.2.1").await.code(), "too_many_attempts");
        let granted = from("192.0.2.2").await.expect(200);
        let access = granted["access_token"].as_str().unwrap();
        let request = TestRequest::default()
            .uri("/api/v1/auth/sessions")
            .insert_header(("authorization", format!("Bearer {access}")));
        assert_eq!(app.send(request).await.expect(200)["items"][0]["ip"], "192.0.2.2");
        sign_in(&app, NORTH, PASSWORD).await.expect(200);
    }

    async fn attempts_that_are_refused_for_the_account_do_not_count_for_the_address(app: TestApp) {
        for _ in 0..20 {
            sign_in(&app, NORTH, "wrong").await;
        }
        let counted = app.state.db().read(|tx| {
            let of_addresses = sign_in_attempts::table.filter(sign_in_attempts::key.like("ip:%"));
            Ok(of_addresses.select(sign_in_attempts::failures).load::<i32>(tx.conn)?)
        });
        assert_eq!(counted.unwrap().iter().sum::<i32>(), 5);
    }

    async fn guessing_the_own_password_has_to_wait(app: TestApp) {
        let change = async |password: &str| {
            let body = json!({"current_password": password, "new_password": "another long one"});
            app.post(NORTH, "/api/v1/me/password", body).await
        };
        for _ in 0..5 {
            change("wrong").await.expect(422);
        }
        let answer = change(PASSWORD).await;
        assert_eq!(answer.code(), "too_many_attempts");
        assert!(answer.headers.contains_key("retry-after"));
        // Whoever guesses in a stolen session does not lock the owner out.
        sign_in(&app, NORTH, PASSWORD).await.expect(200);
    }

    async fn an_unknown_address_fails_like_a_wrong_password(app: TestApp) {
        let unknown = sign_in(&app, "nobody@test.example", PASSWORD).await;
        let wrong = sign_in(&app, NORTH, "wrong").await;
        assert_eq!(unknown.code(), wrong.code());
        assert_eq!(unknown.status, wrong.status);
    }

    async fn changing_the_password_keeps_this_session_and_ends_the_others(app: TestApp) {
        let other = sign_in(&app, NORTH, PASSWORD).await;
        let body = json!({"current_password": "wrong", "new_password": "another long one"});
        let refused = app.post(NORTH, "/api/v1/me/password", body).await.expect(422);
        assert_eq!(refused["errors"][0]["field"], "current_password");
        let token = app.token(NORTH);
        let request = TestRequest::default()
            .method(Method::POST)
            .uri("/api/v1/me/password")
            .insert_header(("authorization", format!("Bearer {token}")))
            .set_json(json!({"current_password": PASSWORD, "new_password": "another long one"}));
        assert_eq!(app.send(request).await.status.as_u16(), 204);
        me(&app, &token).await.expect(200);
        assert_eq!(refresh(&app, &refresh_cookie(&other)).await.code(), "session_ended");
        sign_in(&app, NORTH, "another long one").await.expect(200);
    }

    async fn a_deactivated_person_is_out_at_once(app: TestApp) {
        let token = app.token(NORTH);
        me(&app, &token).await.expect(200);
        let id = app.user(NORTH).id;
        let path = format!("/api/v1/users/{id}");
        let gone = app.call("admin@test.example", Method::DELETE, &path, None).await;
        assert_eq!(gone.status.as_u16(), 204);
        assert_eq!(me(&app, &token).await.code(), "unauthenticated");
        assert_eq!(sign_in(&app, NORTH, PASSWORD).await.code(), "invalid_credentials");
    }

    async fn the_own_profile_is_trimmed_checked_and_versioned(app: TestApp) {
        let put = async |version: &str, name: &str| {
            let body = json!({"name": name, "language": "ru", "time_zone": "Europe/Moscow"});
            let request = app.request(NORTH, Method::PUT, "/api/v1/me");
            app.send(request.insert_header(("if-match", version)).set_json(body)).await
        };
        let answer = app.get(NORTH, "/api/v1/me").await;
        let version = answer.headers.get("etag").unwrap().to_str().unwrap();
        for blank in ["", "   ", "\u{a0}"] {
            let refused = put(version, blank).await.expect(422);
            assert_eq!(refused["errors"][0]["field"], "name");
            assert_eq!(refused["errors"][0]["code"], "required");
        }
        let changed = put(version, "  North  ").await;
        assert_eq!(changed.expect(200)["user"]["name"], "North");
        assert_ne!(changed.headers.get("etag").unwrap(), version);
        assert_eq!(put(version, "Somebody").await.code(), "stale_version");
    }

    async fn nonsense_is_not_a_token(app: TestApp) {
        for bad in ["", "x", "a.b.c", "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0."] {
            assert_eq!(me(&app, bad).await.code(), "unauthenticated");
        }
        assert_eq!(refresh(&app, "nonsense").await.code(), "session_ended");
        assert_eq!(refresh(&app, "a.b").await.code(), "session_ended");
    }
}

/// Makes a network address fail so often that it has to wait for minutes.
fn block(app: &TestApp, ip: &str) {
    let now = Utc::now();
    // In this quarter of an hour, and in the next, should it begin meanwhile.
    for quarter in [now, now + Duration::minutes(15)] {
        let (address, mut at) = (Throttle::address(ip, quarter), now);
        let failed = app.state.db().write(|tx| {
            for _ in 0..208 {
                while let Some(seconds) = throttle::attempt(tx, &address, at)? {
                    at += Duration::seconds(seconds);
                }
            }
            Ok(())
        });
        failed.unwrap();
    }
}

#[actix_web::test]
async fn the_first_administrator_is_created_once_with_the_link() {
    let app = TestApp::sqlite().await;
    let token = etalon_api::setup::one_time_token(app.state.db())
        .unwrap()
        .unwrap();
    let body = |token: &str| {
        json!({"token": token, "company": "Ромашка", "base_currency": "RUB", "name": "Анна",
            "email": "anna@test.example", "password": "a long password", "language": "ru",
            "time_zone": "Europe/Moscow"})
    };
    let wrong = app.post("", "/api/v1/setup", body("wrong")).await;
    assert_eq!(wrong.code(), "setup_done");
    // Without the token nothing else is looked at.
    let mut empty = body("wrong");
    empty["password"] = "".into();
    let wrong = app.post("", "/api/v1/setup", empty).await;
    assert_eq!(wrong.code(), "setup_done");
    for field in ["company", "name"] {
        let mut blank = body(&token);
        blank[field] = "  ".into();
        let refused = app.post("", "/api/v1/setup", blank).await.expect(422);
        assert_eq!(refused["errors"][0]["field"], field);
    }
    let granted = app
        .post("", "/api/v1/setup", body(&token))
        .await
        .expect(200);
    assert_eq!(granted["user"]["role"], "admin");
    let again = app.post("", "/api/v1/setup", body(&token)).await;
    assert_eq!(again.code(), "setup_done");
    let me = app.get("anna@test.example", "/api/v1/me").await.expect(200);
    assert_eq!(me["base_currency"], "RUB");
    assert_eq!(me["company"], "Ромашка");
    let sessions = app
        .get("anna@test.example", "/api/v1/auth/sessions")
        .await
        .expect(200);
    let places: Vec<_> = sessions["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| &s["ip"])
        .collect();
    assert!(places.contains(&&json!("127.0.0.1")), "{places:?}");
    assert!(
        etalon_api::setup::one_time_token(app.state.db())
            .unwrap()
            .is_none()
    );
}
