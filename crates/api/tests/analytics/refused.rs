//! What the reports refuse, by the name of what is wrong.

use serde_json::{Value, json};

use crate::support::{TestApp, on_both};

const DIRECTOR: &str = "director@test.example";

/// What is wrong first.
async fn refused(app: &TestApp, path: &str) -> Value {
    let refused = app.get(DIRECTOR, path).await.expect(422);
    refused["errors"][0].clone()
}

on_both! {
    async fn a_misspelt_number_is_refused_by_the_name_of_its_field(app: TestApp) {
        let rows = |query: &str| format!("/api/v1/analytics/rows?{query}");
        let registry = |query: &str| format!("/api/v1/deals?rows={query}");
        for (path, field) in [
            (rows("report=funnel&mode=cohort&stage=nonsense"), "stage"),
            (rows("report=funnel&stage=nonsense"), "stage"),
            (rows("report=stalling&stage=nonsense"), "stage"),
            (rows("report=win_rate&part=wno"), "part"),
            (registry("report%3Dwin_rate%26part%3Dwno"), "rows"),
            (registry("report%3Dfunnel%26category%3Dhuge"), "rows"),
            (registry("report%3Dfunnel%26deparment_id%3Dnone"), "rows"),
        ] {
            assert_eq!(refused(&app, &path).await["field"], json!(field), "{path}");
        }
        app.get(DIRECTOR, &rows("report=funnel&mode=cohort&stage=won")).await.expect(200);
    }

    async fn days_that_nobody_means_are_refused_by_every_report(app: TestApp) {
        for (report, query, field) in [
            ("funnel", "as_of=-262143-01-01", "as_of"),
            ("forecast", "from=%2B262142-12-01&to=%2B262142-12-31", "from"),
            ("targets", "from=2026-01-01&to=%2B262142-12-31", "to"),
            ("leaderboard", "from=0001-01-01&to=0001-01-31", "from"),
            ("pulse", "from=2026-02-01&to=2026-01-01", "to"),
            ("dynamics", "from=1950-01-01&to=2026-01-01", "to"),
        ] {
            let path = format!("/api/v1/analytics/{report}?{query}");
            assert_eq!(refused(&app, &path).await["field"], json!(field), "{path}");
        }
        let hidden = "/api/v1/deals?rows=report%3Dreasons%26reason%3D%2500";
        assert_eq!(refused(&app, hidden).await["field"], "rows");
    }

    async fn a_parameter_that_a_report_does_not_have_is_refused(app: TestApp) {
        for (report, query, name) in [
            ("funnel", "mode=flow&deparment_id=none", "deparment_id"),
            ("pulse", "mode=flow", "mode"),
            ("leaderboard", "owner=olivia", "owner"),
            ("win-rate", "by=owner", "by"),
            ("rows", "report=funnel&page=2", "page"),
            ("targets", "year=2026", "year"),
            ("summary", "group=owner", "group"),
        ] {
            let path = format!("/api/v1/analytics/{report}?{query}");
            let error = refused(&app, &path).await;
            assert_eq!(error["field"], json!(name), "{path}");
            assert_eq!(error["code"], "unknown_parameter", "{path}");
        }
        let all = "owner_id=none&department_id=none&subtree=false&source=Expo&category=small&product_id=none\
                   &industry=none&process_id=none&period=this_year&as_of=2026-01-01";
        for report in ["funnel?mode=cohort&", "pulse?", "forecast?step=quarter&", "rows?report=pulse&", "targets?"] {
            app.get(DIRECTOR, &format!("/api/v1/analytics/{report}{all}")).await.expect(200);
        }
    }
}
