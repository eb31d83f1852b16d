//! What the product does by itself when the time has come, on one server and on two.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::sync::mpsc;
use std::time::Duration as Wait;

use actix_web::http::Method;
use chrono::{Days, Duration, Utc};
use etalon_api::mail::Smtp;
use etalon_api::state::State;
use etalon_api::{jobs, server};
use etalon_persistence::reminders;
use serde_json::{Value, json};

use crate::support::{TestApp, on_both};

const NORTH: &str = "north@test.example";
const NORTH2: &str = "north2@test.example";

/// Another server on the same database.
fn another(app: &TestApp) -> State {
    server::state(app.state.settings().clone()).unwrap()
}

async fn call_with_reminder(app: &TestApp) -> Value {
    let now = Utc::now();
    let body = json!({"kind": "call", "title": "Ask who decides", "starts_at": now + Duration::hours(1),
        "remind_at": now - Duration::minutes(1), "participant_ids": [app.user(NORTH2).id]});
    app.post(NORTH, "/api/v1/activities", body)
        .await
        .expect(201)
}

async fn told(app: &TestApp, who: &str, kind: &str) -> Vec<Value> {
    let page = app.get(who, "/api/v1/notifications").await.expect(200);
    let items = page["items"].as_array().unwrap().iter();
    items.filter(|item| item["kind"] == kind).cloned().collect()
}

/// A mail server that takes every letter and hands on what was written.
fn mail_server() -> (String, mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let (sender, letters) = mpsc::channel();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut out = stream.try_clone().unwrap();
            let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
            let mut say = |text: &str| out.write_all(format!("{text}\r\n").as_bytes()).unwrap();
            say("220 ready");
            while let Some(line) = lines.next() {
                match line.split([' ', ':']).next().unwrap() {
                    "DATA" => {
                        say("354 go on");
                        let letter: Vec<String> =
                            lines.by_ref().take_while(|line| line != ".").collect();
                        let _ = sender.send(letter.join("\n"));
                        say("250 taken");
                    }
                    "QUIT" => {
                        say("221 bye");
                        break;
                    }
                    _ => say("250 fine"),
                }
            }
        }
    });
    (url, letters)
}

on_both! {
    async fn two_servers_on_one_database_remind_once(app: TestApp) {
        let call = call_with_reminder(&app).await;
        let other = another(&app);
        tokio::join!(jobs::run_due(&app.state), jobs::run_due(&other));
        for who in [NORTH, NORTH2] {
            let reminders = told(&app, who, "reminder").await;
            assert_eq!(reminders.len(), 1, "{who}");
            assert_eq!(reminders[0]["subject"]["id"], call["id"]);
        }
        // A server that was down looks once more, and somebody asks to be reminded again.
        let again = |state: &State| state.db().write(|tx| reminders::remind(tx, Utc::now())).unwrap();
        assert_eq!((again(&app.state), again(&other)), (0, 0));
        let patch = json!({"remind_at": Utc::now() - Duration::seconds(1)});
        let path = format!("/api/v1/activities/{}", call["id"].as_str().unwrap());
        app.call(NORTH, Method::PATCH, &path, Some(patch)).await.expect(200);
        let (first, second) = (app.state.db().clone(), other.db().clone());
        std::thread::scope(|scope| {
            for db in [&first, &second, &first, &second] {
                scope.spawn(move || db.write(|tx| reminders::remind(tx, Utc::now())).unwrap());
            }
        });
        assert_eq!(told(&app, NORTH, "reminder").await.len(), 2);
    }

    async fn nobody_is_reminded_of_what_is_done_or_called_off(app: TestApp) {
        for verb in ["complete", "cancel"] {
            let call = call_with_reminder(&app).await;
            let path = format!("/api/v1/activities/{}/{verb}", call["id"].as_str().unwrap());
            app.post(NORTH, &path, json!({})).await.expect(200);
        }
        jobs::run_due(&app.state).await;
        assert!(told(&app, NORTH, "reminder").await.is_empty());
    }

    async fn in_the_morning_everybody_is_told_once_what_is_overdue(app: TestApp) {
        let yesterday = Utc::now().date_naive() - Days::new(1);
        for title in ["one", "two"] {
            let body = json!({"kind": "task", "title": title, "due_on": yesterday});
            app.post(NORTH, "/api/v1/activities", body).await.expect(201);
        }
        let at = |hour| Utc::now().date_naive().and_hms_opt(hour, 0, 0).unwrap().and_utc();
        let tell = |hour| app.state.db().write(|tx| reminders::tell_overdue(tx, at(hour))).unwrap();
        tell(7);
        assert!(told(&app, NORTH, "activities_overdue").await.is_empty());
        tell(8);
        tell(9);
        // What is told at another hour of today may lie in the future of the list.
        let found = app.state.db().read(|tx| {
            let actor = etalon_persistence::users::actor(tx, &app.user(NORTH).id)?.unwrap();
            let filter = etalon_domain::notification::NotificationFilter::default();
            etalon_persistence::notifications::list(tx, &actor, &filter, at(23))
        }).unwrap();
        assert_eq!(found.items.len(), 1);
        assert_eq!(found.items[0].data["count"], 2);
        assert!(told(&app, NORTH2, "activities_overdue").await.is_empty());
    }

    async fn whoever_wants_mail_gets_a_letter_in_his_language(app: TestApp) {
        let (url, letters) = mail_server();
        let mut settings = app.state.settings().clone();
        settings.smtp = Some(Smtp::new(&url, "Etalon <etalon@test.example>").unwrap());
        settings.public_url = "https://sales.test.example".into();
        let with_mail = server::state(settings).unwrap();
        let profile = json!({"name": "north", "language": "ru", "time_zone": "UTC"});
        app.call(NORTH, Method::PUT, "/api/v1/me", Some(profile)).await.expect(200);
        let off = json!({"mail": false});
        app.call(NORTH2, Method::PUT, "/api/v1/me/preferences", Some(off)).await.expect(200);
        call_with_reminder(&app).await;
        // First the reminder, then the letter that it puts into the queue.
        jobs::run_due(&with_mail).await;
        let letter = letters.recv_timeout(Wait::from_secs(20)).unwrap();
        assert!(letter.contains("To: north <north@test.example>"), "{letter}");
        // The subject begins with the Russian word for a reminder, encoded.
        assert!(letter.contains("Subject: =?utf-8?b?0J3QsNC/0L7QvNC40L3QsNC90LjQ"), "{letter}");
        assert!(letter.contains("Message-ID: <"), "{letter}");
        jobs::run_due(&with_mail).await;
        let second = letters.recv_timeout(Wait::from_millis(300));
        assert!(second.is_err(), "somebody else got a letter, or the same one twice");
    }

    async fn a_calendar_is_read_by_its_secret_link_until_it_is_renewed(app: TestApp) {
        let deal = app.post(NORTH, "/api/v1/deals", json!({"title": "Line 4; phase 2"})).await.expect(201);
        let starts_at = "2199-02-01T09:30:00Z";
        for body in [
            json!({"kind": "call", "title": "far away", "starts_at": starts_at}),
            json!({"kind": "task", "title": "whole day", "due_on": Utc::now().date_naive()}),
            json!({"kind": "meeting", "title": "meeting", "deal_id": deal["id"],
                "starts_at": Utc::now() + Duration::hours(3), "duration_minutes": 60,
                "remind_at": Utc::now() + Duration::hours(2)}),
        ] {
            app.post(NORTH, "/api/v1/activities", body).await.expect(201);
        }
        let of_other = json!({"kind": "task", "title": "of somebody else", "due_on": Utc::now().date_naive()});
        let of_other = app.post(NORTH2, "/api/v1/activities", of_other).await.expect(201);
        let none = app.get(NORTH, "/api/v1/me/calendar").await.expect(200);
        assert_eq!(none["url"], Value::Null);
        let link = app.post(NORTH, "/api/v1/me/calendar/renew", json!({})).await.expect(200);
        let path = |link: &Value| link["url"].as_str().unwrap().replace("http://127.0.0.1", "");
        let feed = app.get("", &path(&link)).await;
        assert_eq!(feed.status.as_u16(), 200);
        assert!(feed.headers.get("content-type").unwrap().to_str().unwrap().starts_with("text/calendar"));
        let text = feed.text.replace("\r\n ", "");
        assert_eq!(text.matches("BEGIN:VEVENT").count(), 2, "{text}");
        for line in ["SUMMARY:meeting", "SUMMARY:whole day", "BEGIN:VALARM", "Line 4\\; phase 2",
            &format!("DTSTART;VALUE=DATE:{}", Utc::now().format("%Y%m%d"))] {
            assert!(text.contains(line), "{line}: {text}");
        }
        assert!(!text.contains(of_other["id"].as_str().unwrap()));
        let renewed = app.post(NORTH, "/api/v1/me/calendar/renew", json!({})).await.expect(200);
        app.get("", &path(&link)).await.expect(404);
        assert_eq!(app.get("", &path(&renewed)).await.status.as_u16(), 200);
        app.call(NORTH, Method::DELETE, "/api/v1/me/calendar", None).await.expect(204);
        app.get("", &path(&renewed)).await.expect(404);
    }
}
