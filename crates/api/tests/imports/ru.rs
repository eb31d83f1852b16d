//! A small Russian export with faults, in three encodings.

use serde_json::{Value, json};

use super::{ADMIN, counts, problems, run, sample_data, set_options, upload};
use crate::support::{TestApp, on_both};

const VARIANTS: [&str; 3] = [
    "deals_ru_headers.cp1251_semicolon_decimalcomma.csv",
    "deals_ru_headers.utf16le_tab.csv",
    "deals_ru_headers.utf8bom_semicolon_decimalcomma.csv",
];

/// What an import made of the deals, without what differs from run to run.
async fn deals(app: &TestApp, import: &Value) -> Vec<Value> {
    let path = format!("/api/v1/deals?import_id={}", import["id"].as_str().unwrap());
    let page = app.get(ADMIN, &path).await.expect(200);
    let mut found: Vec<Value> = page["items"].as_array().unwrap().clone();
    found.sort_by_key(|deal| deal["external_id"].to_string());
    found
        .into_iter()
        .map(|deal| {
            let kept = [
                "external_id",
                "title",
                "stage",
                "status",
                "owner_name",
                "account_name",
                "contact_name",
                "amount",
                "source",
                "created_at",
                "closed_at",
                "close_reason",
            ];
            Value::Object(
                kept.iter()
                    .map(|k| ((*k).to_owned(), deal[*k].clone()))
                    .collect(),
            )
        })
        .collect()
}

on_both! {
    async fn three_encodings_give_the_same_deals_and_problems(app: TestApp) {
        let Some(folder) = sample_data("ru_crm") else { return };
        let base = ["users.csv", "companies.csv", "contacts.csv"]
            .map(|name| (name, std::fs::read(folder.join(name)).unwrap()));
        let base: Vec<(&str, &[u8])> = base.iter().map(|(n, b)| (*n, b.as_slice())).collect();
        let records = upload(&app, ADMIN, &base).await.expect(201);
        let records = run(&app, ADMIN, &records, false).await;
        assert_eq!(counts(&records, "people"), [5, 5, 0, 0, 0, 0]);
        assert_eq!(counts(&records, "accounts"), [6, 5, 0, 0, 1, 0]);
        assert_eq!(counts(&records, "contacts"), [5, 5, 0, 0, 0, 0]);
        let mut found: Vec<String> = problems(&app, ADMIN, &records).await.into_iter().map(|p| p.2).collect();
        found.sort();
        assert_eq!(found, ["invalid_value", "required", "unknown_reference"]);

        let mut seen: Option<(Vec<Value>, Vec<_>)> = None;
        for (number, variant) in VARIANTS.iter().enumerate() {
            let bytes = std::fs::read(folder.join("derived").join(variant)).unwrap();
            let draft = upload(&app, ADMIN, &[("deals.csv", &bytes)]).await.expect(201);
            // Each under a source of its own, so that each makes deals of its own.
            let options = json!({
                "source": format!("variant {number}"),
                "time_zone": "+05:00",
                "currency": "RUB",
                "stage_mapping": {"В производстве": "contracting", "отгружено": "contracting"},
            });
            let draft = set_options(&app, ADMIN, &draft, options).await.expect(200);
            let import = run(&app, ADMIN, &draft, false).await;
            assert_eq!(counts(&import, "deals"), [12, 8, 0, 0, 3, 1], "{variant}");
            let got = (deals(&app, &import).await, problems(&app, ADMIN, &import).await);
            if let Some(seen) = &seen {
                assert_eq!(*seen, got, "{variant}");
            }
            seen = Some(got);
        }

        let (deals, found) = seen.unwrap();
        assert_eq!(deals[0]["external_id"], "D1001");
        assert_eq!(deals[0]["amount"], json!({"amount": "150000.00", "currency": "RUB"}));
        assert_eq!(deals[0]["created_at"], "2026-06-01T04:14:58Z");
        assert_eq!(deals[0]["account_name"], "ООО Альфа-Строй");
        let twice = deals.iter().find(|d| d["external_id"] == "D1008").unwrap();
        assert_eq!(twice["title"], "Дубль сделки измененный");
        let brief: Vec<_> = found.iter().map(|p| (p.0, p.1.as_str(), p.2.as_str())).collect();
        assert_eq!(
            brief,
            [
                (8, "error", "out_of_range"),
                (9, "warning", "duplicate_identifier"),
                (11, "error", "close_date_missing"),
                (12, "warning", "currency_assumed"),
                (13, "error", "unknown_stage"),
            ]
        );
    }

    async fn the_export_itself_falls_back_on_what_it_has(app: TestApp) {
        let Some(folder) = sample_data("ru_crm") else { return };
        let files = ["users.csv", "companies.csv", "contacts.csv", "deals.csv", "activities.csv"]
            .map(|name| (name, std::fs::read(folder.join(name)).unwrap()));
        let files: Vec<(&str, &[u8])> = files.iter().map(|(n, b)| (*n, b.as_slice())).collect();
        let draft = upload(&app, ADMIN, &files).await.expect(201);
        let options = json!({"time_zone": "+05:00", "currency": "RUB", "stage_mapping": {
            "PRODUCTION": "contracting", "SHIPPED": "contracting", "WAIT_CLIENT": "negotiation",
        }});
        let draft = set_options(&app, ADMIN, &draft, options).await.expect(200);
        let import = run(&app, ADMIN, &draft, false).await;
        // Below zero, and without an owner; the won one without a date takes that of its last change.
        assert_eq!(counts(&import, "deals"), [12, 9, 0, 0, 2, 1]);
        let found: Vec<(i64, String)> = problems(&app, ADMIN, &import).await.into_iter()
            .filter(|p| p.1 != "note" && p.0 >= 8)
            .map(|p| (p.0, p.2))
            .collect();
        let expected = [
            (8, "out_of_range"),
            (9, "duplicate_identifier"),
            (11, "close_date_assumed"),
            (12, "currency_assumed"),
            (12, "zone_assumed"),
            (13, "required"),
        ];
        assert_eq!(found, expected.map(|(row, code)| (row, code.to_owned())));
        let won = deals(&app, &import).await;
        let won = won.iter().find(|d| d["external_id"] == "D1009").unwrap();
        assert_eq!(won["closed_at"], "2026-06-12T12:00:00Z");
        let unzoned = deals(&app, &import).await;
        let unzoned = unzoned.iter().find(|d| d["external_id"] == "D1010").unwrap();
        assert_eq!(unzoned["created_at"], "2026-06-14T04:20:00Z");
        let left_out = import["files"].as_array().unwrap().iter().find(|f| f["name"] == "activities.csv");
        assert_eq!(left_out.unwrap()["kind"], "unknown");
    }
}
