//! The reports over the public set of opportunities: every figure that its reference has too.

use serde_json::Value;

use super::ADMIN;
use super::maven::{close, name};
use crate::support::TestApp;

const YEAR: &str = "from=2017-01-01&to=2017-12-31";
const QUARTERS: [(&str, &str); 4] = [
    ("2017-Q1", "from=2017-01-01&to=2017-03-31"),
    ("2017-Q2", "from=2017-04-01&to=2017-06-30"),
    ("2017-Q3", "from=2017-07-01&to=2017-09-30"),
    ("2017-Q4", "from=2017-10-01&to=2017-12-31"),
];

async fn report(app: &TestApp, report: &str, query: &str) -> Value {
    let path = format!("/api/v1/analytics/{report}?{query}");
    app.get(ADMIN, &path).await.expect(200)
}

fn dollars(amount: &Value) -> i64 {
    assert_eq!(amount["currency"], "USD");
    let text = amount["amount"].as_str().unwrap();
    text.strip_suffix(".00").unwrap().parse().unwrap()
}

/// One group of the win rate, compared with the reference.
fn same_rate(ours: &Value, theirs: &Value, what: &str) {
    assert_eq!(ours["won"]["deals"], theirs["won_count"], "{what}");
    assert_eq!(ours["lost"]["deals"], theirs["lost_count"], "{what}");
    let won = dollars(&ours["won"]["amount"]);
    assert_eq!(won, theirs["won_sum"].as_i64().unwrap(), "{what}");
    close(&ours["by_count"], &theirs["win_rate"], 1e-6, what);
    if let Some(rate) = ours["by_count"].as_f64() {
        let bound = |end: &str| ours["interval"][end].as_f64().unwrap();
        assert!(bound("low") < rate && rate < bound("high"), "{what}");
    }
}

/// The row of the reference with that name.
fn known<'a>(theirs: &'a Value, name: &str, what: &str) -> &'a Value {
    // The pipeline spells a product without the blank that the product list has.
    let spelt = [name.to_owned(), name.replace(' ', "")];
    let found = spelt.iter().find_map(|name| theirs.get(name));
    found.unwrap_or_else(|| panic!("{what} {name} is not in the reference"))
}

async fn compare_groups(app: &TestApp, reference: &Value) {
    for (dimension, group) in [
        ("owner", "by_agent"),
        ("department", "by_region"),
        ("product", "by_product"),
        ("industry", "by_sector"),
    ] {
        let theirs = &reference[group];
        let query = format!("group_by={dimension}&{YEAR}");
        let closed = theirs.as_object().unwrap().values();
        let closed = closed.filter(|row| !row["win_rate"].is_null()).count();
        let rates = report(app, "win-rate", &query).await;
        let rates = rates["groups"].as_array().unwrap();
        assert_eq!(rates.len(), closed, "{dimension}");
        for row in rates {
            let name = name(row);
            same_rate(row, known(theirs, &name, dimension), &name);
        }
        let cycles = report(app, "cycle", &query).await;
        let cycles = cycles["groups"].as_array().unwrap();
        assert_eq!(cycles.len(), closed, "{dimension}");
        for row in cycles {
            let name = name(row);
            let reference = &known(theirs, &name, dimension)["avg_cycle_days_won"];
            close(&row["average_days"], reference, 1e-4, &name);
        }
    }
}

async fn compare_periods(app: &TestApp, reference: &Value) {
    for (quarter, days) in QUARTERS {
        let theirs = &reference["by_close_quarter"][quarter];
        same_rate(
            &report(app, "win-rate", days).await["total"],
            theirs,
            quarter,
        );
        let cycle = report(app, "cycle", days).await;
        let average = &theirs["avg_cycle_days_won"];
        close(&cycle["won"]["average_days"], average, 1e-4, quarter);
        let forecast = report(app, "forecast", days).await;
        assert_eq!(forecast["total"]["closed_deals"], theirs["won_count"]);
        let closed = dollars(&forecast["total"]["closed"]);
        assert_eq!(closed, theirs["won_sum"].as_i64().unwrap(), "{quarter}");
        let leaders = report(app, "leaderboard", &format!("by=person&{days}")).await;
        for leader in leaders["leaders"].as_array().unwrap() {
            let sums = &reference["agent_won_sum_by_close_quarter"][name(leader)];
            // Who did nothing in the quarter has no place in the reference.
            let theirs = sums[quarter].as_i64().unwrap_or(0);
            assert_eq!(dollars(&leader["won_amount"]), theirs, "{}", name(leader));
        }
    }
    let dynamics = report(app, "dynamics", &format!("step=month&{YEAR}")).await;
    for point in dynamics["points"].as_array().unwrap() {
        let month = &point["from"].as_str().unwrap()[..7];
        let theirs = &reference["by_close_month"][month];
        let count = |field: &str| theirs[field].as_i64().unwrap_or(0);
        assert_eq!(point["won"]["deals"], count("won_count"), "{month}");
        assert_eq!(point["lost"]["deals"], count("lost_count"), "{month}");
        assert_eq!(
            dollars(&point["won"]["amount"]),
            count("won_sum"),
            "{month}"
        );
    }
}

async fn compare_leaders(app: &TestApp, reference: &Value) {
    let board = report(
        app,
        "leaderboard",
        &format!("by=person&measure=won_amount&{YEAR}"),
    )
    .await;
    let leaders = board["leaders"].as_array().unwrap();
    let top = reference["top10_agents_by_won_sum"].as_array().unwrap();
    for (ours, theirs) in leaders.iter().zip(top) {
        assert_eq!(name(ours), theirs["agent"].as_str().unwrap());
        assert_eq!(
            dollars(&ours["won_amount"]),
            theirs["won_sum"].as_i64().unwrap()
        );
    }
}

/// Compares every report with the reference, and some numbers with their rows.
pub(super) async fn compare(app: &TestApp, reference: &Value) {
    let totals = &reference["totals"];
    let rate = report(app, "win-rate", YEAR).await;
    same_rate(&rate["total"], totals, "all");
    let cycle = report(app, "cycle", YEAR).await;
    for (ours, theirs) in [
        (&cycle["won"]["average_days"], "avg_cycle_days_won"),
        (&cycle["won"]["median_days"], "median_cycle_days_won"),
        (&cycle["lost"]["average_days"], "avg_cycle_days_lost"),
        (&cycle["closed"]["average_days"], "avg_cycle_days_closed"),
        (&cycle["closed"]["median_days"], "median_cycle_days_closed"),
    ] {
        close(ours, &totals[theirs], 1e-6, theirs);
    }
    compare_groups(app, reference).await;
    compare_periods(app, reference).await;
    compare_leaders(app, reference).await;
    for (part, count) in [("won", "won_count"), ("lost", "lost_count")] {
        let query = format!("report=win_rate&part={part}&limit=1&{YEAR}");
        let rows = report(app, "rows", &query).await;
        assert_eq!(rows["count"], totals[count], "rows of {part}");
    }
    let funnel = report(app, "funnel", "mode=snapshot").await;
    for (stage, theirs) in [("potential", "Prospecting"), ("needs", "Engaging")] {
        let stages = funnel["stages"].as_array().unwrap();
        let ours = stages.iter().find(|each| each["stage"] == stage).unwrap();
        assert_eq!(ours["deals"], totals["by_stage"][theirs], "{stage}");
    }
}
