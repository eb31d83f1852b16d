//! How files are understood, corrected, and what is reported.

use actix_web::http::Method;
use serde_json::{Value, json};

use super::{ADMIN, counts, draft, imported, only, problems, run, set_options, upload};
use crate::support::on_both;

fn mapped(import: &Value) -> Vec<(&str, &str)> {
    let columns = import["files"][0]["columns"].as_array().unwrap().iter();
    columns
        .map(|c| {
            (
                c["header"].as_str().unwrap(),
                c["field"].as_str().unwrap_or("-"),
            )
        })
        .collect()
}

on_both! {
    async fn a_draft_shows_how_a_file_is_understood(app: TestApp) {
        let text = "№;Сделка;Этап;Бюджет;Дата создания\n1;Луч;Договор;1 500,50;03.04.2025\n2;Мир;На Луне;7;04.04.2025\n";
        let import = draft(&app, ADMIN, "export.csv", text).await;
        assert_eq!(import["status"], "draft");
        let file = &import["files"][0];
        assert_eq!((&file["kind"], &file["delimiter"], &file["rows"]), (&json!("deals"), &json!("semicolon"), &json!(2)));
        assert_eq!(
            mapped(&import),
            [("№", "-"), ("Сделка", "title"), ("Этап", "stage"), ("Бюджет", "amount"), ("Дата создания", "created_at")]
        );
        let values = file["preview"][0]["values"].as_array().unwrap();
        let shown = |field: &str| values.iter().find(|v| v["field"] == field).unwrap()["value"].clone();
        assert_eq!(shown("amount"), "1500.50 USD");
        assert_eq!(shown("created_at"), "2025-04-03T12:00:00Z");
        assert_eq!(file["preview"][1]["problems"][0]["code"], "unknown_stage");
        assert_eq!(file["stage_values"][1], json!({"value": "На Луне", "count": 1, "stage": null}));
    }

    async fn mapping_and_options_are_changed_by_hand(app: TestApp) {
        let text = "№;Сделка;Этап;Бюджет\n1;Луч;На Луне;1.500\n";
        let import = draft(&app, ADMIN, "export.csv", text).await;
        let path = format!("/api/v1/imports/{}", import["id"].as_str().unwrap());
        let owner = app.user("north@test.example").id;
        let mut file = import["files"][0].clone();
        file["columns"][0]["field"] = json!("external_id");
        file["columns"][3]["decimal_mark"] = json!("point");
        let body = json!({
            "options": {
                "currency": "EUR",
                "default_owner_id": owner,
                "stage_mapping": {"На Луне": "contracting"},
            },
            "files": [file],
        });
        let changed = app.call(ADMIN, Method::PUT, &path, Some(body)).await.expect(200);
        assert_eq!(changed["version"], 2);
        assert_eq!(changed["files"][0]["stage_values"][0]["stage"], "contracting");
        let import = run(&app, ADMIN, &changed, false).await;
        assert_eq!(counts(&import, "deals"), [1, 1, 0, 0, 0, 0]);
        assert_eq!(problems(&app, ADMIN, &import).await[0].2, "owner_assumed");
        let deal = only(&app, ADMIN, "/api/v1/deals").await;
        assert_eq!(deal["external_id"], "1");
        assert_eq!(deal["stage"], "contracting");
        assert_eq!(deal["amount"], json!({"amount": "1.50", "currency": "EUR"}));
        assert_eq!(deal["owner_name"], "north");
    }

    async fn a_stale_draft_and_wrong_options_are_refused(app: TestApp) {
        let import = draft(&app, ADMIN, "d.csv", "deal name,stage,owner\nA,New,north\n").await;
        set_options(&app, ADMIN, &import, json!({})).await.expect(200);
        let path = format!("/api/v1/imports/{}", import["id"].as_str().unwrap());
        let request = actix_web::test::TestRequest::put()
            .uri(&path)
            .insert_header(("authorization", format!("Bearer {}", app.token(ADMIN))))
            .insert_header(("if-match", "\"1\""))
            .set_json(json!({"options": {}}));
        assert_eq!(app.send(request).await.code(), "stale_version");
        for (options, field) in [
            (json!({"time_zone": "Mars/Base"}), "options.time_zone"),
            (json!({"source": " "}), "options.source"),
            (json!({"stage_mapping": {"x": "nowhere"}}), "options.stage_mapping.x"),
            (json!({"default_owner_id": "nobody"}), "options.default_owner_id"),
        ] {
            let answer = set_options(&app, ADMIN, &import, options).await;
            assert_eq!(answer.code(), "invalid_fields", "{field}");
            assert_eq!(answer.json()["errors"][0]["field"], field);
        }
        let answer = upload(&app, ADMIN, &[]).await;
        assert_eq!(answer.status.as_u16(), 422);
    }

    async fn wrong_rows_are_listed_downloaded_and_imported_once_corrected(app: TestApp) {
        let text = "deal id,deal name,stage,owner,amount\n1,Good,New,north,5\n2,=Bad(),Moon,north,5\n3,Worse,New,nobody,x\n";
        let import = imported(&app, ADMIN, "deals.csv", text).await;
        assert_eq!(counts(&import, "deals"), [3, 1, 0, 0, 2, 0]);
        assert_eq!(import["report"]["errors"], 2);
        let found = problems(&app, ADMIN, &import).await;
        let brief: Vec<_> = found.iter().map(|p| (p.0, p.2.as_str(), p.3.as_str())).collect();
        assert_eq!(brief, [(3, "unknown_stage", "Moon"), (4, "invalid_number", "x")]);
        let id = import["id"].as_str().unwrap();
        let list = app.get(ADMIN, &format!("/api/v1/imports/{id}/problems.csv")).await;
        assert_eq!(list.headers.get("content-type").unwrap(), "text/csv; charset=utf-8");
        assert!(list.text.contains("deals.csv,3,stage,Moon,error,unknown_stage,"));
        let file = import["files"][0]["id"].as_str().unwrap();
        let path = format!("/api/v1/imports/{id}/files/{file}/failed-rows.csv");
        let failed = app.get(ADMIN, &path).await;
        assert_eq!(failed.status.as_u16(), 200);
        let corrected = failed.text.replace("Moon", "Proposal").replace("nobody,x", "north,7");
        let again = imported(&app, ADMIN, "failed.csv", &corrected).await;
        assert_eq!(counts(&again, "deals"), [2, 2, 0, 0, 0, 0]);
    }

    async fn the_database_refuses_one_row_and_takes_the_others(app: TestApp) {
        let taken = "name,team,email\nAnn Lee,South,ann@x.example\nBo Ray,South,south@test.example\nCy Fox,South,cy@x.example\n";
        let head = "north.head@test.example";
        let import = imported(&app, head, "team.csv", taken).await;
        assert_eq!(counts(&import, "people"), [3, 2, 0, 0, 1, 0]);
        let found = problems(&app, head, &import).await;
        assert_eq!((found[0].0, found[0].1.as_str()), (3, "error"));
    }

    async fn a_file_that_is_nothing_known_is_left_out_visibly(app: TestApp) {
        let import = imported(&app, ADMIN, "dictionary.csv", "Table,Field,Meaning\na,b,c\n").await;
        assert_eq!(import["status"], "done");
        assert_eq!(import["files"][0]["kind"], "unknown");
        assert_eq!(import["report"]["kinds"], json!([]));
        assert_eq!(problems(&app, ADMIN, &import).await[0].2, "unknown_kind");
    }
}
