//! Running again: nothing twice, changes once, a dry run like the real one.

use actix_web::http::Method;
use serde_json::{Value, json};

use super::{ADMIN, counts, draft, imported, only, problems, run, set_options, upload};
use crate::support::{TestApp, on_both};

const TEAM: &str = "name,manager,team\nAnn Lee,Bo Ray,Harbor\n";
const ACCOUNTS: &str = "company,industry,parent company\nLuna Ltd,retail,Sol AG\nSol AG,retail,\n";
const CONTACTS: &str = "contact id,name,company,email\nP1,Eve Orr,Luna Ltd,eve@luna.example\n";
const PRODUCTS: &str = "product,category,price\nAX 1,A,10\n";
const DEALS: &str = "deal id,stage,owner,account,contact,product,amount,engage date,close date\n\
    1,Prospecting,Ann Lee,,,AX1,,,\n\
    2,Engaging,Ann Lee,Luna Ltd,Eve Orr,AX 1,100,2025-01-10,\n\
    3,Won,Ann Lee,Luna Ltd,,AX 1,150.5,2025-01-10,2025-03-01\n\
    4,Lost,Ann Lee,New Co,,AX 1,0,2025-01-10,2025-03-02\n";

async fn everything(app: &TestApp) -> Value {
    let files: [(&str, &[u8]); 5] = [
        ("deals.csv", DEALS.as_bytes()),
        ("contacts.csv", CONTACTS.as_bytes()),
        ("accounts.csv", ACCOUNTS.as_bytes()),
        ("products.csv", PRODUCTS.as_bytes()),
        ("team.csv", TEAM.as_bytes()),
    ];
    upload(app, ADMIN, &files).await.expect(201)
}

async fn deal(app: &TestApp, title: &str) -> Value {
    let page = app.get(ADMIN, "/api/v1/deals?limit=200").await.expect(200);
    let items = page["items"].as_array().unwrap();
    let found = items.iter().find(|d| d["title"] == title);
    found.unwrap_or_else(|| panic!("{title}: {page:#}")).clone()
}

on_both! {
    async fn files_of_all_kinds_become_records_whatever_their_order(app: TestApp) {
        let import = run(&app, ADMIN, &everything(&app).await, false).await;
        assert_eq!(import["status"], "done", "{import:#}");
        assert_eq!(import["progress"], json!({"done": 9, "total": 9}));
        assert_eq!(counts(&import, "people"), [1, 1, 0, 0, 0, 0]);
        assert_eq!(counts(&import, "products"), [1, 1, 0, 0, 0, 0]);
        assert_eq!(counts(&import, "accounts"), [2, 2, 0, 0, 0, 0]);
        assert_eq!(counts(&import, "contacts"), [1, 1, 0, 0, 0, 0]);
        assert_eq!(counts(&import, "deals"), [4, 4, 0, 0, 0, 0]);
        assert_eq!(
            import["report"]["also_created"],
            json!([
                {"record": "department", "count": 1},
                {"record": "person", "count": 1},
                {"record": "account", "count": 1},
            ])
        );
        let first = deal(&app, "AX 1 – 1").await;
        assert_eq!(first["stage"], "potential");
        assert_eq!(first["owner_name"], "Ann Lee");
        assert_eq!(first["department_name"], "Harbor");
        let filter = format!("/api/v1/deals?import_id={}&totals=true", import["id"].as_str().unwrap());
        let page = app.get(ADMIN, &filter).await.expect(200);
        assert_eq!(page["totals"]["count"], 4);
        let luna = only(&app, ADMIN, "/api/v1/accounts?q=Luna").await;
        assert_eq!(luna["parent_name"], "Sol AG");
        assert_eq!(luna["import_id"], import["id"]);
    }

    async fn an_imported_deal_has_its_past(app: TestApp) {
        run(&app, ADMIN, &everything(&app).await, false).await;
        let page = app.get(ADMIN, "/api/v1/deals?status=won").await.expect(200);
        let won = &page["items"][0];
        assert_eq!(won["external_id"], "3");
        assert_eq!(won["amount"], json!({"amount": "150.50", "currency": "USD"}));
        assert_eq!(won["created_at"], "2025-01-10T12:00:00Z");
        assert_eq!(won["closed_at"], "2025-03-01T12:00:00Z");
        let path = format!("/api/v1/deals/{}/timeline", won["id"].as_str().unwrap());
        let history = app.get(ADMIN, &path).await.expect(200);
        let told: Vec<(&str, &str)> = history["items"].as_array().unwrap().iter()
            .map(|e| (e["kind"].as_str().unwrap(), e["at"].as_str().unwrap()))
            .collect();
        assert_eq!(
            told,
            [("closed", "2025-03-01T12:00:00Z"), ("created", "2025-01-10T12:00:00Z")]
        );
        assert_eq!(history["items"][0]["via"], "import");
    }

    async fn the_same_files_again_change_nothing(app: TestApp) {
        run(&app, ADMIN, &everything(&app).await, false).await;
        let before = app.get(ADMIN, "/api/v1/deals?sort=created_at").await.expect(200);
        let again = run(&app, ADMIN, &everything(&app).await, false).await;
        for (kind, rows) in [("people", 1), ("products", 1), ("accounts", 2), ("contacts", 1), ("deals", 4)] {
            assert_eq!(counts(&again, kind), [rows, 0, 0, rows, 0, 0], "{kind}");
        }
        assert_eq!(again["report"]["also_created"], json!([]));
        let after = app.get(ADMIN, "/api/v1/deals?sort=created_at").await.expect(200);
        assert_eq!(before, after);
    }

    async fn a_dry_run_reports_what_a_run_then_does(app: TestApp) {
        let import = everything(&app).await;
        let dry = run(&app, ADMIN, &import, true).await;
        assert_eq!(dry["status"], "checked");
        let none = app.get(ADMIN, "/api/v1/accounts").await.expect(200);
        assert_eq!(none["items"], json!([]));
        let real = run(&app, ADMIN, &import, false).await;
        assert_eq!(dry["report"]["kinds"], real["report"]["kinds"]);
        assert_eq!(dry["report"]["also_created"], real["report"]["also_created"]);
        let dry = run(&app, ADMIN, &import, true).await;
        assert_eq!(counts(&dry, "deals"), [4, 0, 0, 4, 0, 0]);
    }

    async fn changed_rows_change_their_records(app: TestApp) {
        run(&app, ADMIN, &everything(&app).await, false).await;
        let text = "deal id,stage,owner,account,product,amount,engage date,close date,lost reason\n\
            1,Proposal,Ann Lee,Luna Ltd,AX 1,70,,,\n\
            2,Lost,Ann Lee,Luna Ltd,AX 1,90,2025-01-10,2025-05-01,too dear\n\
            3,Won,Ann Lee,Luna Ltd,AX 1,999,2025-01-10,2025-03-01,\n";
        let import = imported(&app, ADMIN, "deals.csv", text).await;
        assert_eq!(counts(&import, "deals"), [3, 0, 2, 0, 1, 0]);
        let found = problems(&app, ADMIN, &import).await;
        assert_eq!((found[0].0, found[0].2.as_str()), (4, "refused"));
        let moved = deal(&app, "AX 1 – 1").await;
        assert_eq!(moved["stage"], "proposal");
        assert_eq!(moved["amount"]["amount"], "70.00");
        assert_eq!(moved["account_name"], "Luna Ltd");
        let lost = app.get(ADMIN, "/api/v1/deals?status=lost").await.expect(200);
        let lost = lost["items"].as_array().unwrap().iter().find(|d| d["external_id"] == "2").cloned().unwrap();
        assert_eq!(lost["close_reason"], "too dear");
        assert_eq!(lost["amount"]["amount"], "90.00");
        let again = imported(&app, ADMIN, "deals.csv", text).await;
        assert_eq!(counts(&again, "deals"), [3, 0, 0, 2, 1, 0]);
    }

    async fn what_people_changed_stays_while_the_file_says_the_same(app: TestApp) {
        run(&app, ADMIN, &everything(&app).await, false).await;
        let luna = only(&app, ADMIN, "/api/v1/accounts?q=Luna").await;
        let path = format!("/api/v1/accounts/{}", luna["id"].as_str().unwrap());
        let patch = json!({"industry": "space travel", "city": "Tycho"});
        app.call(ADMIN, Method::PATCH, &path, Some(patch)).await.expect(200);
        run(&app, ADMIN, &everything(&app).await, false).await;
        assert_eq!(app.get(ADMIN, &path).await.expect(200)["industry"], "space travel");
        let text = "company,industry,parent company\nLuna Ltd,mining,\n";
        let import = imported(&app, ADMIN, "accounts.csv", text).await;
        assert_eq!(counts(&import, "accounts"), [1, 0, 1, 0, 0, 0]);
        let luna = app.get(ADMIN, &path).await.expect(200);
        assert_eq!(luna["industry"], "mining");
        assert_eq!((&luna["city"], &luna["parent_name"]), (&json!("Tycho"), &json!("Sol AG")));
    }

    async fn what_is_in_the_bin_stays_there(app: TestApp) {
        run(&app, ADMIN, &everything(&app).await, false).await;
        let id = deal(&app, "AX 1 – 1").await["id"].as_str().unwrap().to_owned();
        let path = format!("/api/v1/deals/{id}");
        app.call(ADMIN, Method::DELETE, &path, None).await.expect(204);
        let text = "deal id,stage,owner,product\n1,Proposal,Ann Lee,AX 1\n";
        let import = imported(&app, ADMIN, "deals.csv", text).await;
        assert_eq!(counts(&import, "deals"), [1, 0, 0, 1, 0, 0]);
        assert_eq!(problems(&app, ADMIN, &import).await[0].2, "in_bin");
        assert_eq!(app.get(ADMIN, &path).await.code(), "not_found");
    }

    async fn two_systems_may_use_the_same_identifiers(app: TestApp) {
        let text = "deal id,deal name,stage,owner\n1,Ours,New,north\n";
        imported(&app, ADMIN, "deals.csv", text).await;
        let text = "deal id,deal name,stage,owner\n1,Theirs,New,north\n";
        let import = draft(&app, ADMIN, "deals.csv", text).await;
        let import = set_options(&app, ADMIN, &import, json!({"source": "other"})).await.expect(200);
        let import = run(&app, ADMIN, &import, false).await;
        assert_eq!(counts(&import, "deals"), [1, 1, 0, 0, 0, 0]);
        let page = app.get(ADMIN, "/api/v1/deals").await.expect(200);
        assert_eq!(page["items"].as_array().unwrap().len(), 2);
    }

    async fn deals_without_identifiers_do_not_double(app: TestApp) {
        let text = "deal name,stage,owner,account\nRoof,New,north,Luna\nRoof,New,north,Luna\nDoor,New,north,Luna\n";
        let first = imported(&app, ADMIN, "deals.csv", text).await;
        assert_eq!(counts(&first, "deals"), [3, 3, 0, 0, 0, 0]);
        let again = imported(&app, ADMIN, "deals.csv", text).await;
        assert_eq!(counts(&again, "deals"), [3, 0, 0, 3, 0, 0]);
    }
}
