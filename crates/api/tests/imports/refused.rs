//! A row that fails leaves nothing behind, and the next ones do not stumble over it.

use serde_json::{Value, json};

use super::{ADMIN, NORTH_HEAD, counts, draft, imported, only, patch, problems, run};
use crate::support::{TestApp, on_both};

async fn names(app: &TestApp, path: &str) -> Vec<String> {
    let page = app.get(ADMIN, path).await.expect(200);
    let items = page["items"].as_array().unwrap().iter();
    items
        .map(|item| item["name"].as_str().unwrap().to_owned())
        .collect()
}

fn also(import: &Value) -> &Value {
    &import["report"]["also_created"]
}

on_both! {
    async fn what_a_refused_deal_mentions_is_not_created(app: TestApp) {
        let long = "x".repeat(201);
        let text = format!(
            "id,title,stage,owner,account,contact,product\n\
             1,{long},New,north,Luna,Eve Orr,AX 1\n\
             2,Roof,New,nobody,Sol,,\n\
             3,Door,New,north,Mars,,\n"
        );
        let import = draft(&app, ADMIN, "deals.csv", &text).await;
        let dry = run(&app, ADMIN, &import, true).await;
        let real = run(&app, ADMIN, &import, false).await;
        for import in [&dry, &real] {
            assert_eq!(counts(import, "deals"), [3, 1, 0, 0, 2, 0]);
            assert_eq!(*also(import), json!([{"record": "account", "count": 1}]));
        }
        assert_eq!(names(&app, "/api/v1/accounts").await, ["Mars"]);
        assert_eq!(names(&app, "/api/v1/contacts").await, [] as [&str; 0]);
        assert_eq!(names(&app, "/api/v1/products").await, [] as [&str; 0]);
    }

    async fn a_later_row_creates_what_a_refused_one_mentioned(app: TestApp) {
        let long = "x".repeat(201);
        let text = format!(
            "id,title,stage,owner,account,product\n1,{long},New,north,Luna,AX 1\n2,Roof,New,north,Luna,AX 1\n"
        );
        let import = imported(&app, ADMIN, "deals.csv", &text).await;
        assert_eq!(counts(&import, "deals"), [2, 1, 0, 0, 1, 0]);
        let once = json!([{"record": "product", "count": 1}, {"record": "account", "count": 1}]);
        assert_eq!(*also(&import), once);
        let roof = only(&app, ADMIN, "/api/v1/deals").await;
        assert_eq!((&roof["account_name"], &roof["product_name"]), (&json!("Luna"), &json!("AX 1")));
    }

    async fn a_person_whom_the_database_refuses_leaves_no_department(app: TestApp) {
        // The address belongs to somebody whom the head does not see.
        let text = "name,manager,team,email\n\
            Ann Lee,Bo Ray,Harbor,south@test.example\nCy Fox,,Dock,cy@x.example\n";
        let import = imported(&app, NORTH_HEAD, "team.csv", text).await;
        assert_eq!(counts(&import, "people"), [2, 1, 0, 0, 1, 0]);
        assert_eq!(*also(&import), json!([{"record": "department", "count": 1}]));
        let found = names(&app, "/api/v1/departments").await;
        assert!(found.contains(&"Dock".to_owned()) && !found.contains(&"Harbor".to_owned()));
        let nobody = app.get(ADMIN, "/api/v1/users?q=Bo%20Ray").await.expect(200);
        assert_eq!(nobody["items"], json!([]));
    }

    async fn a_refused_change_leaves_the_deal_as_it_was(app: TestApp) {
        imported(&app, ADMIN, "deals.csv", "id,title,stage,owner\n1,Roof,New,north\n").await;
        let before = only(&app, ADMIN, "/api/v1/deals").await;
        let long = "x".repeat(2001);
        // The edit is fine, the end is not: its reason is too long.
        let text = format!(
            "id,title,stage,owner,account,close date,close reason\n1,Door,Lost,north,Luna,2025-01-02,{long}\n"
        );
        let import = draft(&app, ADMIN, "deals.csv", &text).await;
        for dry_run in [true, false] {
            let import = run(&app, ADMIN, &import, dry_run).await;
            assert_eq!(counts(&import, "deals"), [1, 0, 0, 0, 1, 0], "{dry_run}");
            let found = problems(&app, ADMIN, &import).await;
            assert!(found.iter().any(|p| p.2 == "too_long"), "{found:?}");
        }
        assert_eq!(only(&app, ADMIN, "/api/v1/deals").await, before);
        assert_eq!(names(&app, "/api/v1/accounts").await, [] as [&str; 0]);
    }

    async fn a_row_that_changes_nothing_stays_so_after_a_refused_one(app: TestApp) {
        let text = "id,title,stage,owner,account\n1,Roof,New,north,Luna\n";
        imported(&app, ADMIN, "deals.csv", text).await;
        let luna = only(&app, ADMIN, "/api/v1/accounts").await;
        let path = format!("/api/v1/accounts/{}", luna["id"].as_str().unwrap());
        patch(&app, ADMIN, &path, json!({"industry": "retail"})).await;
        let text = format!("{text}2,{},New,north,Luna\n", "x".repeat(201));
        let import = imported(&app, ADMIN, "deals.csv", &text).await;
        assert_eq!(counts(&import, "deals"), [2, 0, 0, 1, 1, 0]);
        assert_eq!(app.get(ADMIN, &path).await.expect(200)["industry"], "retail");
    }
}
