//! Deals that are here already pass the gates of their process only as the import says.

use actix_web::http::Method;
use etalon_domain::process::{REFERENCE_PROCESS, REFERENCE_VERSION};
use serde_json::{Value, json};

use super::{ADMIN, counts, draft, imported, only, problems, run, set_options};
use crate::support::{TestApp, on_both};

async fn planned(app: &TestApp) -> Vec<String> {
    let page = app
        .get(
            ADMIN,
            "/api/v1/activities?origin=process&status=planned&sort=due_at",
        )
        .await
        .expect(200);
    let items = page["items"].as_array().unwrap().iter();
    items
        .map(|item| item["title"].as_str().unwrap().to_owned())
        .collect()
}

/// An imported deal that follows the reference process, in its first stage.
async fn present(app: &TestApp) -> Value {
    let usual = format!("/api/v1/processes/{REFERENCE_PROCESS}/default");
    app.call(ADMIN, Method::POST, &usual, None)
        .await
        .expect(200);
    let text = "id,title,stage,owner\n1,Roof,Prospecting,north\n";
    let import = imported(app, ADMIN, "deals.csv", text).await;
    assert_eq!(counts(&import, "deals"), [1, 1, 0, 0, 0, 0]);
    only(app, ADMIN, "/api/v1/deals").await
}

/// Imports a file that may pass what the process requires.
async fn passing(app: &TestApp, text: &str) -> Value {
    let import = draft(app, ADMIN, "deals.csv", text).await;
    let import = set_options(app, ADMIN, &import, json!({"pass_gates": true}))
        .await
        .expect(200);
    run(app, ADMIN, &import, false).await
}

const MOVED: &str = "id,title,stage,owner\n1,Roof,Proposal,north\n";

on_both! {
    async fn what_an_import_passes_is_recorded_and_the_process_goes_on(app: TestApp) {
        let deal = present(&app).await;
        let import = passing(&app, MOVED).await;
        assert_eq!(counts(&import, "deals"), [1, 0, 1, 0, 0, 0], "{import:#}");
        let history = format!("/api/v1/deals/{}/timeline?kind=gate_overridden", deal["id"].as_str().unwrap());
        let entries = app.get(ADMIN, &history).await.expect(200)["items"].clone();
        assert_eq!(entries.as_array().unwrap().len(), 1);
        assert_eq!(entries[0]["reason"], "Imported from the former system");
        assert_eq!(entries[0]["via"], "import");
        let at_proposal = planned(&app).await;
        assert_eq!(at_proposal.len(), 2, "{at_proposal:?}");
        let back = "id,title,stage,owner\n1,Roof,Needs analysis,north\n";
        imported(&app, ADMIN, "deals.csv", back).await;
        assert_eq!(planned(&app).await, ["Hold the needs interview"]);
        let won = "id,title,stage,owner,amount,close date\n1,Roof,Won,north,10,2026-01-02\n";
        passing(&app, won).await;
        assert_eq!(only(&app, ADMIN, "/api/v1/deals").await["status"], "won");
        assert_eq!(app.get(ADMIN, &history).await.expect(200)["items"].as_array().unwrap().len(), 2);
        assert!(planned(&app).await.is_empty());
        let posts = app.get(ADMIN, "/api/v1/posts").await.expect(200);
        assert_eq!(posts["items"], json!([]));
    }

    async fn a_row_that_would_pass_a_gate_is_reported_unless_the_import_is_told_to(app: TestApp) {
        present(&app).await;
        let import = draft(&app, ADMIN, "deals.csv", MOVED).await;
        assert_eq!(import["options"]["pass_gates"], false);
        for dry in [true, false] {
            let ran = run(&app, ADMIN, &import, dry).await;
            assert_eq!(counts(&ran, "deals"), [1, 0, 0, 0, 1, 0], "dry: {dry}");
            let found = problems(&app, ADMIN, &ran).await;
            assert_eq!((found[0].1.as_str(), found[0].2.as_str()), ("error", "refused"));
        }
        assert_eq!(only(&app, ADMIN, "/api/v1/deals").await["stage"], "potential");
    }

    async fn an_import_passes_only_what_the_importing_person_may_override(app: TestApp) {
        let version = format!("/api/v1/process-versions/{REFERENCE_VERSION}");
        let mut definition = app.get(ADMIN, &version).await.expect(200)["definition"].clone();
        definition["override_roles"] = json!(["head"]);
        let process = format!("/api/v1/processes/{REFERENCE_PROCESS}");
        app.call(ADMIN, Method::PUT, &format!("{process}/draft"), Some(definition)).await.expect(200);
        app.call(ADMIN, Method::POST, &format!("{process}/publish"), None).await.expect(200);
        present(&app).await;
        let refused = passing(&app, MOVED).await;
        assert_eq!(counts(&refused, "deals"), [1, 0, 0, 0, 1, 0]);
        let found = problems(&app, ADMIN, &refused).await;
        assert_eq!((found[0].1.as_str(), found[0].2.as_str()), ("error", "refused"));
        assert_eq!(only(&app, ADMIN, "/api/v1/deals").await["stage"], "potential");
    }
}
