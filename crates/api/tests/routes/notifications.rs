use chrono::{Duration, Utc};
use serde_json::{Value, json};

use crate::support::{TestApp, on_both};

const NORTH: &str = "north@test.example";
const NORTH2: &str = "north2@test.example";

/// Gives NORTH an activity, which tells him.
async fn assign(app: &TestApp, title: &str) {
    let body = json!({"kind": "task", "title": title, "due_on": "2190-01-01",
        "owner_id": app.user(NORTH).id});
    app.post(NORTH2, "/api/v1/activities", body)
        .await
        .expect(201);
}

async fn told(app: &TestApp, query: &str) -> Value {
    let uri = format!("/api/v1/notifications?totals=true&{query}");
    app.get(NORTH, &uri).await.expect(200)
}

on_both! {
    async fn who_is_given_something_is_told_and_reads_it(app: TestApp) {
        assign(&app, "first").await;
        assign(&app, "second").await;
        let all = told(&app, "").await;
        assert_eq!(all["totals"]["count"], 2);
        let newest = &all["items"][0];
        assert_eq!((&newest["kind"], &newest["entity"]), (&json!("activity_assigned"), &json!("activity")));
        assert_eq!((&newest["subject"]["name"], &newest["data"]["by"]), (&json!("second"), &json!("north2")));
        assert_eq!(newest["read_at"], Value::Null);
        let of_other = app.get(NORTH2, "/api/v1/notifications").await.expect(200);
        assert_eq!(of_other["items"], json!([]));
        let read = format!("/api/v1/notifications/{}/read", newest["id"].as_str().unwrap());
        app.post(NORTH2, &read, json!({})).await.expect(404);
        assert!(app.post(NORTH, &read, json!({})).await.expect(200)["read_at"].is_string());
        assert_eq!(told(&app, "unread=true").await["totals"]["count"], 1);
        app.post(NORTH, "/api/v1/notifications/read-all", json!({})).await.expect(204);
        assert_eq!(told(&app, "unread=true").await["totals"]["count"], 0);
        assert_eq!(told(&app, "").await["totals"]["count"], 2);
    }

    async fn what_is_put_off_leaves_the_list(app: TestApp) {
        assign(&app, "later").await;
        let id = told(&app, "").await["items"][0]["id"].as_str().unwrap().to_owned();
        let snooze = format!("/api/v1/notifications/{id}/snooze");
        for until in [Utc::now() - Duration::hours(1), Utc::now() + Duration::days(400)] {
            let refused = app.post(NORTH, &snooze, json!({"until": until})).await.expect(422);
            assert_eq!(refused["errors"][0]["field"], "until");
        }
        let until = Utc::now() + Duration::hours(1);
        let quiet = app.post(NORTH, &snooze, json!({"until": until})).await.expect(200);
        assert!(quiet["snoozed_until"].is_string());
        assert_eq!(told(&app, "").await["items"], json!([]));
    }
}
