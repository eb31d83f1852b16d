use serde_json::{Value, json};

use crate::support::{TestApp, on_both};

const ADMIN: &str = "admin@test.example";
const DIRECTOR: &str = "director@test.example";
const NORTH: &str = "north@test.example";

async fn deal(app: &TestApp, who: &str) -> String {
    let body = json!({"title": "A", "amount": {"amount": "10.00", "currency": "USD"}});
    let deal = app.post(who, "/api/v1/deals", body).await.expect(201);
    format!("/api/v1/deals/{}", deal["id"].as_str().unwrap())
}

async fn summary(app: &TestApp, group: &str) -> Value {
    let path = format!("/api/v1/analytics/summary?group_by={group}");
    app.get(DIRECTOR, &path).await.expect(200)
}

on_both! {
    async fn the_total_is_over_everything_however_it_is_grouped(app: TestApp) {
        let won = deal(&app, NORTH).await;
        deal(&app, NORTH).await;
        let close = json!({"outcome": "won", "reason": "x"});
        app.post(NORTH, &format!("{won}/close"), close).await.expect(200);
        let whole = app.get(DIRECTOR, "/api/v1/analytics/summary").await.expect(200);
        assert_eq!((&whole["total"]["count"], &whole["total"]["won_count"]), (&json!(2), &json!(1)));
        for group in ["stage", "owner", "department", "account", "product", "quarter"] {
            assert_eq!(summary(&app, group).await["total"], whole["total"], "{group}");
        }
        let quarters = summary(&app, "quarter").await;
        assert_eq!(quarters["groups"].as_array().unwrap().len(), 1);
        assert_eq!(quarters["groups"][0]["count"], 1);
    }

    async fn a_department_counts_the_deals_that_its_filter_finds(app: TestApp) {
        deal(&app, NORTH).await;
        deal(&app, DIRECTOR).await;
        // Administrators belong to no department here, and neither does what they sell.
        deal(&app, ADMIN).await;
        let path = "/api/v1/analytics/summary?group_by=department";
        let groups = app.get(ADMIN, path).await.expect(200)["groups"].clone();
        assert_eq!(groups.as_array().unwrap().len(), 3);
        for group in groups.as_array().unwrap() {
            let id = group["key"].as_str().unwrap_or("none");
            let uri = format!("/api/v1/deals?department_id={id}&subtree=false&totals=true");
            let page = app.get(ADMIN, &uri).await.expect(200);
            assert_eq!(group["count"], 1, "{id}");
            assert_eq!(page["totals"]["count"], group["count"]);
            assert_eq!(page["totals"]["amount"], group["amount"]);
        }
        let sales = app.user(DIRECTOR).department_id.unwrap();
        let uri = format!("/api/v1/deals?department_id={sales}&totals=true");
        let page = app.get(DIRECTOR, &uri).await.expect(200);
        assert_eq!(page["totals"]["count"], 2);
    }
}
