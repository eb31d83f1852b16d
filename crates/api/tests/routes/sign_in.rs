use actix_web::cookie::Cookie;
use actix_web::http::Method;
use actix_web::test::TestRequest;
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

    async fn nonsense_is_not_a_token(app: TestApp) {
        for bad in ["", "x", "a.b.c", "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0."] {
            assert_eq!(me(&app, bad).await.code(), "unauthenticated");
        }
        assert_eq!(refresh(&app, "nonsense").await.code(), "session_ended");
        assert_eq!(refresh(&app, "a.b").await.code(), "session_ended");
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
    assert!(
        etalon_api::setup::one_time_token(app.state.db())
            .unwrap()
            .is_none()
    );
}
