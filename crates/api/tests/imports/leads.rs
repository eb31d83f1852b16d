//! Leads of another system.

use actix_web::http::Method;
use serde_json::{Value, json};

use super::{ADMIN, counts, imported, imported_from, problems};
use crate::support::on_both;

const FILE: &str = "Lead ID,Lead Name,Company,First Name,Last Name,Email,Phone,Lead Source,Lead Owner,Budget,Need,Decision Date,Created Date\n\
    L-1,Line 4,Northwind,Anna,Weber,anna@northwind.example,+49 30 1,web,north,50000,New controls,2190-03-01,2024-02-03\n\
    L-2,,Sol GmbH,,,info@sol.example,,fair,north,,,,\n";

on_both! {
    async fn leads_come_with_what_they_claim(app: TestApp) {
        let account = json!({"name": "Northwind"});
        let account = app.post(ADMIN, "/api/v1/accounts", account).await.expect(201);
        let import = imported_from(&app, ADMIN, "crm", "leads.csv", FILE).await;
        assert_eq!(import["files"][0]["kind"], "leads");
        assert_eq!(counts(&import, "leads"), [2, 2, 0, 0, 0, 0]);
        let uri = format!("/api/v1/leads?sort=title&import_id={}", import["id"].as_str().unwrap());
        let list = app.get(ADMIN, &uri).await.expect(200);
        let (first, second) = (&list["items"][0], &list["items"][1]);
        assert_eq!((&first["title"], &first["person_name"]), (&json!("Line 4"), &json!("Anna Weber")));
        assert_eq!((&first["account_id"], &first["owner_name"]), (&account["id"], &json!("north")));
        assert_eq!((&first["score"], &first["status"]), (&json!(36), &json!("qualifying")));
        assert_eq!(first["bant"]["budget"]["state"], "claimed");
        assert_eq!(first["bant"]["budget"]["value"]["amount"], "50000.00");
        assert!(first["created_at"].as_str().unwrap().starts_with("2024-02-03"));
        assert_eq!(first["external_id"], "L-1");
        assert_eq!((&second["title"], &second["account_id"]), (&json!("Sol GmbH"), &Value::Null));
        assert_eq!((&second["status"], &second["source"]), (&json!("new"), &json!("fair")));
    }

    async fn another_run_updates_and_leaves_what_was_confirmed_or_ended(app: TestApp) {
        let first = imported_from(&app, ADMIN, "crm", "leads.csv", FILE).await;
        let again = imported_from(&app, ADMIN, "crm", "leads.csv", FILE).await;
        assert_eq!(counts(&again, "leads"), [2, 0, 0, 2, 0, 0]);
        let uri = format!("/api/v1/leads?sort=title&import_id={}", first["id"].as_str().unwrap());
        let list = app.get(ADMIN, &uri).await.expect(200);
        let path = |at: usize| format!("/api/v1/leads/{}", list["items"][at]["id"].as_str().unwrap());
        let seen = json!({"state": "confirmed", "value": {"amount": "40000.00", "currency": "USD"}});
        app.call(ADMIN, Method::PUT, &format!("{}/bant/budget", path(0)), Some(seen)).await.expect(200);
        let out = json!({"reason": "no_budget"});
        app.post(ADMIN, &format!("{}/disqualify", path(1)), out).await.expect(200);
        let changed = FILE.replace("50000,New controls", "60000,New line").replace("fair", "call");
        let third = imported_from(&app, ADMIN, "crm", "leads.csv", &changed).await;
        assert_eq!(counts(&third, "leads"), [2, 0, 1, 1, 0, 0]);
        let lead = app.get(ADMIN, &path(0)).await.expect(200);
        assert_eq!(lead["bant"]["budget"]["value"]["amount"], "40000.00");
        assert_eq!(lead["bant"]["need"]["value"]["text"], "New line");
        let ended = app.get(ADMIN, &path(1)).await.expect(200);
        assert_eq!(ended["source"], "fair");
        let found = problems(&app, ADMIN, &third).await;
        assert!(found.iter().any(|(row, ..)| *row == 3), "{found:?}");
    }

    async fn russian_headers_and_missing_owners(app: TestApp) {
        let text = "Название лида;Компания;Имя;Фамилия;Телефон;Источник;Ответственный;Бюджет\n\
            Линия 4;Вектор;Анна;Иванова;8 495 123-45-67;сайт;north;1 200 000,50\n\
            Линия 5;Вектор;;;;;Никто;\n;;;;;;north;\n";
        let import = imported(&app, ADMIN, "лиды.csv", text).await;
        assert_eq!(import["files"][0]["kind"], "leads");
        assert_eq!(counts(&import, "leads"), [3, 1, 0, 0, 2, 0]);
        let list = app.get(ADMIN, "/api/v1/leads").await.expect(200);
        assert_eq!(list["items"][0]["person_name"], "Анна Иванова");
        assert_eq!(list["items"][0]["bant"]["budget"]["value"]["amount"], "1200000.50");
    }
}
