//! A public set of 8,800 opportunities, compared with figures that somebody else computed.

use serde_json::Value;

use super::{ADMIN, NORTH_HEAD, counts, maven_reports, run, sample_data, upload};
use crate::support::{TestApp, on_both};

const FILES: [&str; 5] = [
    "sales_pipeline.csv",
    "data_dictionary.csv",
    "accounts.csv",
    "products.csv",
    "sales_teams.csv",
];

async fn import(app: &TestApp, who: &str, folder: &std::path::Path) -> Value {
    let contents = FILES.map(|name| (name, std::fs::read(folder.join(name)).unwrap()));
    let files: Vec<(&str, &[u8])> = contents
        .iter()
        .map(|(name, bytes)| (*name, bytes.as_slice()))
        .collect();
    let draft = upload(app, who, &files).await.expect(201);
    run(app, who, &draft, false).await
}

async fn groups(app: &TestApp, group: &str, filter: &str) -> Vec<Value> {
    let path = format!("/api/v1/analytics/summary?group_by={group}{filter}");
    let summary = app.get(ADMIN, &path).await.expect(200);
    summary["groups"].as_array().unwrap().clone()
}

pub(super) fn name(row: &Value) -> String {
    let text = row["name"].as_str().or(row["key"].as_str());
    text.unwrap_or("(none)").to_owned()
}

fn dollars(row: &Value) -> i64 {
    let amount = row["won_sum"]["amount"].as_str().unwrap();
    assert_eq!(row["won_sum"]["currency"], "USD");
    let (whole, cents) = amount.split_once('.').unwrap();
    assert_eq!(cents, "00");
    whole.parse().unwrap()
}

pub(super) fn close(ours: &Value, theirs: &Value, tolerance: f64, what: &str) {
    match (ours.as_f64(), theirs.as_f64()) {
        (Some(a), Some(b)) => assert!((a - b).abs() <= tolerance, "{what}: {a} is not {b}"),
        (a, b) => assert_eq!(a, b, "{what}"),
    }
}

/// Compares one group with the reference.
fn same(ours: &Value, theirs: &Value, what: &str) {
    for field in ["won_count", "lost_count", "open_count"] {
        assert_eq!(ours[field], theirs[field], "{what} {field}");
    }
    assert_eq!(dollars(ours), theirs["won_sum"].as_i64().unwrap(), "{what}");
    close(&ours["win_rate"], &theirs["win_rate"], 1e-6, what);
    close(&ours["average_won"], &theirs["avg_won_deal"], 1e-4, what);
    let cycle = &theirs["avg_cycle_days_won"];
    close(&ours["mean_cycle_days"], cycle, 1e-4, what);
}

fn same_groups(ours: &[Value], theirs: &Value, what: &str) {
    let theirs = theirs.as_object().unwrap();
    assert_eq!(ours.len(), theirs.len(), "{what}");
    for row in ours {
        let name = name(row);
        let reference = theirs
            .get(&name)
            // The pipeline spells a product without the blank that the product list has.
            .or_else(|| theirs.get(&name.replace(' ', "")))
            .unwrap_or_else(|| panic!("{what} {name} is not in the reference"));
        same(row, reference, &format!("{what} {name}"));
    }
}

/// Adds groups up by the key that `key` gives them.
fn added_up(rows: &[Value], key: impl Fn(&Value) -> Option<String>) -> Vec<(String, [i64; 4])> {
    let mut sums = std::collections::BTreeMap::<String, [i64; 4]>::new();
    for row in rows {
        let Some(key) = key(row) else { continue };
        let count = |field: &str| row[field].as_i64().unwrap();
        let add = [
            count("won_count"),
            count("lost_count"),
            count("open_count"),
            dollars(row),
        ];
        let sum = sums.entry(key).or_default();
        for (sum, add) in sum.iter_mut().zip(add) {
            *sum += add;
        }
    }
    sums.into_iter().collect()
}

fn same_sums(ours: &[(String, [i64; 4])], theirs: &Value, what: &str) {
    let theirs = theirs.as_object().unwrap();
    assert_eq!(ours.len(), theirs.len(), "{what}");
    for (name, sums) in ours {
        let reference = &theirs[name];
        let fields = ["won_count", "lost_count", "open_count", "won_sum"];
        let expected = fields.map(|field| reference[field].as_i64().unwrap());
        assert_eq!(*sums, expected, "{what} {name}");
    }
}

async fn compare_totals(app: &TestApp, reference: &Value) {
    let totals = &reference["totals"];
    let summary = app
        .get(ADMIN, "/api/v1/analytics/summary")
        .await
        .expect(200);
    let ours = &summary["total"];
    assert_eq!(ours["count"], totals["opportunities"]);
    assert_eq!(ours["won_count"], totals["won_count"]);
    assert_eq!(ours["lost_count"], totals["lost_count"]);
    assert_eq!(ours["open_count"], totals["open_count"]);
    assert_eq!(dollars(ours), 10_005_534);
    close(&ours["win_rate"], &totals["win_rate"], 1e-6, "win rate");
    close(
        &ours["average_won"],
        &totals["avg_won_deal_all_won"],
        1e-4,
        "average",
    );
    for (field, theirs) in [
        ("mean_cycle_days", "avg_cycle_days_won"),
        ("median_cycle_days", "median_cycle_days_won"),
        ("mean_cycle_days_lost", "avg_cycle_days_lost"),
        ("mean_cycle_days_closed", "avg_cycle_days_closed"),
        ("median_cycle_days_closed", "median_cycle_days_closed"),
    ] {
        close(&ours[field], &totals[theirs], 1e-6, field);
    }
    let stages = groups(app, "stage", "").await;
    for (stage, theirs) in [
        ("potential", "Prospecting"),
        ("needs", "Engaging"),
        ("won", "Won"),
        ("lost", "Lost"),
    ] {
        let row = stages.iter().find(|row| row["key"] == stage).unwrap();
        assert_eq!(row["count"], totals["by_stage"][theirs], "{stage}");
    }
}

async fn compare_people(app: &TestApp, reference: &Value) {
    let owners = groups(app, "owner", "").await;
    same_groups(&owners, &reference["by_agent"], "agent");
    let mut heads = std::collections::HashMap::new();
    let users = app.get(ADMIN, "/api/v1/users?limit=200").await.expect(200);
    let users = users["items"].as_array().unwrap();
    for user in users {
        let head = users.iter().find(|h| h["id"] == user["manager_id"]);
        if let Some(head) = head {
            assert_eq!(head["role"], "head");
            assert_eq!(head["department_id"], user["department_id"]);
            heads.insert(user["id"].to_string(), name(head));
        }
    }
    let by_head = added_up(&owners, |row| heads.get(&row["key"].to_string()).cloned());
    same_sums(&by_head, &reference["by_manager"], "manager");
    let departments = groups(app, "department", "").await;
    same_groups(&departments, &reference["by_region"], "region");
    for owner in &owners {
        let filter = format!("&owner_id={}", owner["key"].as_str().unwrap());
        let quarters = groups(app, "quarter", &filter).await;
        let theirs = &reference["agent_won_sum_by_close_quarter"][name(owner)];
        for (quarter, sum) in theirs.as_object().unwrap() {
            let row = quarters.iter().find(|row| row["key"] == quarter.as_str());
            let ours = row.map_or(0, dollars);
            assert_eq!(ours, sum.as_i64().unwrap(), "{} {quarter}", name(owner));
        }
    }
}

async fn compare_the_rest(app: &TestApp, reference: &Value) {
    same_groups(
        &groups(app, "product", "").await,
        &reference["by_product"],
        "product",
    );
    same_groups(
        &groups(app, "quarter", "").await,
        &reference["by_close_quarter"],
        "quarter",
    );
    let accounts = groups(app, "account", "").await;
    let top = reference["top10_accounts_by_won_sum"].as_array().unwrap();
    for (ours, theirs) in accounts.iter().zip(top) {
        assert_eq!(name(ours), theirs["account"].as_str().unwrap());
        assert_eq!(dollars(ours), theirs["won_sum"].as_i64().unwrap());
        assert_eq!(ours["won_count"], theirs["won_count"]);
    }
    let page = app
        .get(ADMIN, "/api/v1/accounts?limit=200")
        .await
        .expect(200);
    let page = page["items"].as_array().unwrap();
    assert_eq!(page.len(), 85);
    let by_sector = added_up(&accounts, |row| {
        let account = page.iter().find(|a| a["id"] == row["key"]);
        let sector = account.map(|a| a["industry"].as_str().unwrap().to_owned());
        Some(sector.unwrap_or_else(|| "(no account)".to_owned()))
    });
    same_sums(&by_sector, &reference["by_sector"], "sector");
}

on_both! {
    async fn the_figures_are_those_of_the_reference(app: TestApp) {
        let Some(folder) = sample_data("maven_crm") else { return };
        let text = std::fs::read_to_string(folder.join("reference.json")).unwrap();
        let reference: Value = serde_json::from_str(&text).unwrap();

        let first = import(&app, ADMIN, &folder).await;
        assert_eq!(first["status"], "done", "{first:#}");
        assert_eq!(counts(&first, "deals"), [8800, 8800, 0, 0, 0, 0]);
        assert_eq!(counts(&first, "accounts"), [85, 85, 0, 0, 0, 0]);
        assert_eq!(counts(&first, "products"), [7, 7, 0, 0, 0, 0]);
        assert_eq!(counts(&first, "people"), [35, 35, 0, 0, 0, 0]);
        compare_totals(&app, &reference).await;
        compare_people(&app, &reference).await;
        compare_the_rest(&app, &reference).await;
        maven_reports::compare(&app, &reference).await;

        let again = import(&app, ADMIN, &folder).await;
        assert_eq!(counts(&again, "deals"), [8800, 0, 0, 8800, 0, 0]);
        assert_eq!(counts(&again, "accounts"), [85, 0, 0, 85, 0, 0]);
        assert_eq!(counts(&again, "products"), [7, 0, 0, 7, 0, 0]);
        assert_eq!(counts(&again, "people"), [35, 0, 0, 35, 0, 0]);
        compare_totals(&app, &reference).await;
    }
}

// The rules are the same on both databases; one import of that size is enough.
#[actix_web::test]
async fn a_head_imports_it_below_the_own_department() {
    let Some(folder) = sample_data("maven_crm") else {
        return;
    };
    let app = TestApp::sqlite().await.with_company();
    let import = import(&app, NORTH_HEAD, &folder).await;
    assert_eq!(counts(&import, "deals"), [8800, 8800, 0, 0, 0, 0]);
    let seen = app
        .get(NORTH_HEAD, "/api/v1/deals?totals=true&limit=1")
        .await
        .expect(200);
    assert_eq!(seen["totals"]["count"], 8800);
    let director = "director@test.example";
    let seen = app
        .get(director, "/api/v1/deals?totals=true&limit=1")
        .await
        .expect(200);
    assert_eq!(seen["totals"]["count"], 8800);
    let deal = seen["items"][0]["id"].as_str().unwrap().to_owned();
    let south = "south.head@test.example";
    let none = app
        .get(south, "/api/v1/deals?totals=true")
        .await
        .expect(200);
    assert_eq!(none["totals"]["count"], 0);
    let path = format!("/api/v1/deals/{deal}");
    assert_eq!(app.get(south, &path).await.code(), "not_found");
}
