//! What happened in the former system keeps its time; when it was recorded here is another matter.

use actix_web::http::Method;
use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};

use super::{ADMIN, counts, draft, imported, only, patch, problems, run};
use crate::support::{TestApp, on_both};

const OPEN: &str = "id,title,stage,owner,amount,engage date\n1,Roof,Engaging,north,5,2025-01-10\n";
const LOST: &str = "id,title,stage,owner,amount,engage date,close date\n\
    1,Roof,Lost,north,9,2025-01-10,2025-05-01\n";

fn is_recent(at: &Value) -> bool {
    let at: DateTime<Utc> = at.as_str().unwrap().parse().unwrap();
    (Utc::now() - at).abs() < Duration::minutes(10)
}

async fn history(app: &TestApp, deal: &Value) -> Vec<Value> {
    let path = format!("/api/v1/deals/{}/timeline", deal["id"].as_str().unwrap());
    let page = app.get(ADMIN, &path).await.expect(200);
    page["items"].as_array().unwrap().clone()
}

/// Speaks Russian from now on.
async fn in_russian(app: &TestApp) {
    let body = json!({"name": "admin", "language": "ru", "time_zone": "UTC"});
    app.call(ADMIN, Method::PUT, "/api/v1/me", Some(body))
        .await
        .expect(200);
}

on_both! {
    async fn an_end_in_the_former_system_is_recorded_now(app: TestApp) {
        imported(&app, ADMIN, "deals.csv", OPEN).await;
        let import = imported(&app, ADMIN, "deals.csv", LOST).await;
        assert_eq!(counts(&import, "deals"), [1, 0, 1, 0, 0, 0]);
        assert_eq!(problems(&app, ADMIN, &import).await, []);
        let deal = only(&app, ADMIN, "/api/v1/deals").await;
        assert_eq!(deal["closed_at"], "2025-05-01T12:00:00Z");
        assert_eq!(deal["stage_entered_at"], "2025-05-01T12:00:00Z");
        assert_eq!(deal["amount"]["amount"], "9.00");
        assert!(is_recent(&deal["updated_at"]));
        let history = history(&app, &deal).await;
        let told: Vec<(&str, &str)> = history.iter()
            .map(|e| (e["kind"].as_str().unwrap(), e["at"].as_str().unwrap()))
            .collect();
        assert_eq!(
            told,
            [
                ("closed", "2025-05-01T12:00:00Z"),
                ("updated", "2025-05-01T11:59:59.999Z"),
                ("created", "2025-01-10T12:00:00Z"),
            ]
        );
        assert!(history.iter().all(|entry| is_recent(&entry["recorded_at"])));
        let again = imported(&app, ADMIN, "deals.csv", LOST).await;
        assert_eq!(counts(&again, "deals"), [1, 0, 0, 1, 0, 0]);
    }

    async fn an_end_before_a_change_made_here_is_now_and_told(app: TestApp) {
        imported(&app, ADMIN, "deals.csv", OPEN).await;
        let deal = only(&app, ADMIN, "/api/v1/deals").await;
        let path = format!("/api/v1/deals/{}", deal["id"].as_str().unwrap());
        patch(&app, ADMIN, &path, json!({"amount": {"amount": "7.00", "currency": "USD"}})).await;
        let import = draft(&app, ADMIN, "deals.csv", LOST).await;
        for dry_run in [true, false] {
            let import = run(&app, ADMIN, &import, dry_run).await;
            assert_eq!(counts(&import, "deals"), [1, 0, 1, 0, 0, 0]);
            let told = ("warning".to_owned(), "out_of_range".to_owned(), "2025-05-01".to_owned());
            assert_eq!(problems(&app, ADMIN, &import).await, [(2, told.0, told.1, told.2)]);
        }
        assert!(is_recent(&app.get(ADMIN, &path).await.expect(200)["closed_at"]));
    }

    async fn what_the_former_system_does_not_say_is_said_in_the_language_of_the_importer(app: TestApp) {
        let open = "id,stage,owner\n1,New,north\n2,New,north\n";
        let closed = "id,stage,owner,close date\n1,Lost,north,2025-05-01\n2,Rerouted,north,2025-05-01\n";
        in_russian(&app).await;
        imported(&app, ADMIN, "deals.csv", open).await;
        let import = imported(&app, ADMIN, "deals.csv", closed).await;
        assert_eq!(counts(&import, "deals"), [2, 0, 2, 0, 0, 0]);
        let lost = only(&app, ADMIN, "/api/v1/deals?status=lost").await;
        assert_eq!((&lost["title"], &lost["close_reason"]), (&json!("Сделка – 1"), &json!("Закрыта в прежней системе")));
        let rerouted = only(&app, ADMIN, "/api/v1/deals?status=rerouted").await;
        assert_eq!(rerouted["rerouted_to"], "В прежней системе не указано");
    }

    async fn a_deal_without_title_and_account_is_called_by_product_and_day(app: TestApp) {
        let text = "id,stage,owner,product,engage date\n1,Engaging,north,AX 1,2025-01-10\n2,New,north,AX 1,\n";
        imported(&app, ADMIN, "deals.csv", text).await;
        let page = app.get(ADMIN, "/api/v1/deals?sort=title").await.expect(200);
        let items = page["items"].as_array().unwrap().iter();
        let titles: Vec<&str> = items.map(|deal| deal["title"].as_str().unwrap()).collect();
        assert_eq!(titles, ["AX 1 – 2", "AX 1 – 2025-01-10"]);
    }

    async fn accounts_and_contacts_keep_the_day_of_their_creation(app: TestApp) {
        let text = "id,company,industry,created at,updated at\n1,Luna,,2020-02-03,2024-05-06\n2,Sol,,2199-01-01,\n";
        let import = draft(&app, ADMIN, "accounts.csv", text).await;
        let shown = import["files"][0]["preview"][0]["values"].as_array().unwrap();
        let fields: Vec<&str> = shown.iter().map(|v| v["field"].as_str().unwrap()).collect();
        assert_eq!(fields, ["external_id", "name", "created_at"]);
        let import = run(&app, ADMIN, &import, false).await;
        assert_eq!(counts(&import, "accounts"), [2, 2, 0, 0, 0, 0]);
        let told: Vec<_> = problems(&app, ADMIN, &import).await.into_iter().map(|p| (p.0, p.2)).collect();
        assert_eq!(told, [(3, "out_of_range".to_owned())]);
        let luna = only(&app, ADMIN, "/api/v1/accounts?q=Luna").await;
        assert_eq!(luna["created_at"], "2020-02-03T12:00:00Z");
        assert!(is_recent(&luna["updated_at"]));
        assert!(is_recent(&only(&app, ADMIN, "/api/v1/accounts?q=Sol").await["created_at"]));
        let path = format!("/api/v1/accounts/{}/timeline", luna["id"].as_str().unwrap());
        let created = only(&app, ADMIN, &path).await;
        assert_eq!(created["at"], "2020-02-03T12:00:00Z");
        assert!(is_recent(&created["recorded_at"]));
        imported(&app, ADMIN, "contacts.csv", "name,company,email,created at\nEve Orr,Luna,,2021-02-03\n").await;
        assert_eq!(only(&app, ADMIN, "/api/v1/contacts").await["created_at"], "2021-02-03T12:00:00Z");
    }
}
