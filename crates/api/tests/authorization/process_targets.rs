//! Targets and bodies for the process and for what hangs on a deal.

use actix_web::http::Method;
use serde_json::{Value, json};

use super::targets::{ADMIN, OWNER, created};
use crate::support::TestApp;

/// The path of a record that hangs on a fresh deal, or of a fresh process.
pub(super) async fn address(app: &TestApp, path: &str, deal: &str, name: &str) -> Option<String> {
    let base = format!("/api/v1/deals/{deal}");
    let filled = if path.ends_with("/visa") {
        let step = format!("{base}/steps/contract_visa");
        app.post(OWNER, &step, json!({})).await.expect(200);
        path.replace("{step_id}", "contract_visa")
    } else if path.contains("{step_id}") {
        path.replace("{step_id}", "fit_solution")
    } else if path.contains("{user_id}") {
        let user = app.user("north2@test.example").id;
        let body = json!({"user_id": user, "role": "observer"});
        app.post(OWNER, &format!("{base}/team"), body)
            .await
            .expect(200);
        path.replace("{user_id}", user.as_str())
    } else if path.contains("{contact_id}") {
        let contact = created(app, OWNER, "contacts", json!({"name": name})).await;
        let body = json!({"contact_id": contact});
        app.post(OWNER, &format!("{base}/contacts"), body)
            .await
            .expect(201);
        path.replace("{contact_id}", &contact)
    } else if path.contains("{competitor_id}") {
        let account = created(app, OWNER, "accounts", json!({"name": name})).await;
        let body = json!({"account_id": account});
        let entry = app
            .post(OWNER, &format!("{base}/competitors"), body)
            .await
            .expect(201);
        path.replace("{competitor_id}", entry["id"].as_str().unwrap())
    } else if path.contains("{concession_id}") {
        let body = json!({"gave": name});
        let entry = app
            .post(OWNER, &format!("{base}/concessions"), body)
            .await
            .expect(200);
        path.replace("{concession_id}", entry["id"].as_str().unwrap())
    } else if path.contains("{version_id}") {
        path.replace("{version_id}", &current_version(app).await)
    } else {
        return None;
    };
    Some(filled.replace("{id}", deal))
}

/// The identifier of a fresh process with a draft, or of the version in use.
pub(super) async fn process(app: &TestApp, path: &str, operation: &str, name: &str) -> String {
    if path.contains("process-versions") || operation == "make_process_default" {
        let processes = app.get(ADMIN, "/api/v1/processes").await.expect(200);
        let usual = &processes["items"][0];
        let id = match operation {
            "make_process_default" => &usual["id"],
            _ => &usual["current_version_id"],
        };
        return id.as_str().unwrap().to_owned();
    }
    let body = json!({"name": {"en": name, "ru": name}});
    created(app, ADMIN, "processes", body).await
}

async fn current_version(app: &TestApp) -> String {
    let processes = app.get(ADMIN, "/api/v1/processes").await.expect(200);
    let id = processes["items"][0]["current_version_id"].as_str();
    id.unwrap().to_owned()
}

/// A valid body for an operation.
pub(super) async fn body(app: &TestApp, operation: &str, name: &str) -> Option<Value> {
    Some(match operation {
        "decide_step_visa" => json!({"decision": "approved"}),
        "answer_step" => json!({"answer": name}),
        "follow_process" => json!({"process_version_id": current_version(app).await}),
        "add_team_member" => {
            json!({"user_id": app.user("north2@test.example").id, "role": "observer"})
        }
        "add_key_contact" => {
            let contact = created(app, OWNER, "contacts", json!({"name": name})).await;
            json!({"contact_id": contact, "role": "decision_maker"})
        }
        "replace_key_contact" => json!({"role": "champion"}),
        "add_deal_competitor" | "replace_deal_competitor" => {
            let account = created(app, OWNER, "accounts", json!({"name": name})).await;
            json!({"account_id": account, "threat": "low"})
        }
        "add_concession" => json!({"gave": name}),
        "create_process" => json!({"name": {"en": name, "ru": name}}),
        "replace_process_draft" => {
            let version = current_version(app).await;
            let path = format!("/api/v1/process-versions/{version}");
            let answer = app.call(ADMIN, Method::GET, &path, None).await;
            answer.expect(200)["definition"].clone()
        }
        "bulk_update_deals" => json!({"items": [{"id": "unknown", "stage": "needs"}]}),
        _ => return None,
    })
}
