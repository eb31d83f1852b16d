use actix_web::http::Method;
use actix_web::test::TestRequest;
use diesel::prelude::*;
use etalon_persistence::schema::deal_versions;
use serde_json::{Value, json};

use crate::support::{Answer, TestApp, on_both};

const ADMIN: &str = "admin@test.example";
const DIRECTOR: &str = "director@test.example";
const NORTH: &str = "north@test.example";
const NORTH2: &str = "north2@test.example";
const NORTH_HEAD: &str = "north.head@test.example";
const SOUTH: &str = "south@test.example";
const SOUTH_HEAD: &str = "south.head@test.example";
const VIEWER: &str = "viewer@test.example";

async fn deal(app: &TestApp, who: &str, body: Value) -> Value {
    app.post(who, "/api/v1/deals", body).await.expect(201)
}

fn path(deal: &Value) -> String {
    format!("/api/v1/deals/{}", deal["id"].as_str().unwrap())
}

async fn patch(app: &TestApp, who: &str, deal: &Value, body: Value) -> Answer {
    app.call(who, Method::PATCH, &path(deal), Some(body)).await
}

async fn act(app: &TestApp, who: &str, deal: &Value, verb: &str, body: Value) -> Answer {
    app.post(who, &format!("{}/{verb}", path(deal)), body).await
}

async fn history(app: &TestApp, who: &str, deal: &Value) -> Vec<Value> {
    let page = app
        .get(who, &format!("{}/timeline", path(deal)))
        .await
        .expect(200);
    page["items"].as_array().unwrap().clone()
}

type Interval = (
    chrono::NaiveDateTime,
    Option<chrono::NaiveDateTime>,
    String,
    String,
);

fn intervals(app: &TestApp, deal: &Value) -> Vec<Interval> {
    let id = deal["id"].as_str().unwrap().to_owned();
    app.state
        .db()
        .read(|tx| {
            Ok(deal_versions::table
                .filter(deal_versions::deal_id.eq(id))
                .order(deal_versions::valid_from)
                .select((
                    deal_versions::valid_from,
                    deal_versions::valid_to,
                    deal_versions::stage,
                    deal_versions::status,
                ))
                .load(tx.conn)?)
        })
        .unwrap()
}

fn usd(amount: &str) -> Value {
    json!({"amount": amount, "currency": "USD"})
}

on_both! {
    async fn a_new_deal_has_a_number_an_owner_and_the_first_stage(app: TestApp) {
        let answer = app.post(NORTH, "/api/v1/deals", json!({"title": "  Поставка  "})).await;
        let deal = answer.expect(201);
        assert_eq!(answer.headers.get("etag").unwrap(), "\"1\"");
        assert_eq!(answer.headers.get("location").unwrap().to_str().unwrap(), path(&deal));
        assert_eq!(deal["title"], "Поставка");
        assert!(deal["number"].as_str().unwrap().starts_with("D-0"));
        assert_eq!(deal["owner_name"], "north");
        assert_eq!(deal["department_name"], "North");
        assert_eq!(deal["stage"], "potential");
        assert_eq!(deal["probability"], 10);
        assert_eq!(deal["forecast_category"], "pipeline");
        assert_eq!(deal["version"], 1);
    }

    async fn bad_fields_are_named_and_nothing_is_written(app: TestApp) {
        let cases = [
            (json!({}), "title", "required"),
            (json!({"title": " "}), "title", "required"),
            (json!({"title": "x".repeat(201)}), "title", "too_long"),
            (json!({"title": 5}), "title", "invalid_format"),
            (json!({"title": "a", "probability": 101}), "probability", "out_of_range"),
            (json!({"title": "a", "amount": usd("-1")}), "amount", "out_of_range"),
            (json!({"title": "a", "amount": usd("1.001")}), "amount", "too_many_decimals"),
            (json!({"title": "a", "amount": {"amount": "1", "currency": "XAU"}}),
                "amount.currency", "unknown_currency"),
            (json!({"title": "a", "amount": {"amount": "abc", "currency": "USD"}}),
                "amount", "invalid_format"),
            (json!({"title": "a", "account_id": "nope"}), "account_id", "unknown_reference"),
            (json!({"title": "a", "contact_id": "nope"}), "contact_id", "unknown_reference"),
            (json!({"title": "a", "product_id": "nope"}), "product_id", "unknown_reference"),
            (json!({"title": "a", "owner_id": "nope"}), "owner_id", "unknown_reference"),
            (json!({"title": "a", "stage": "won"}), "stage", "unknown_reference"),
            (json!({"title": "a", "deal_type": "indirect"}), "deal_type", "invalid_format"),
            (json!({"title": "a", "expected_close_on": "2024-02-30"}),
                "expected_close_on", "invalid_format"),
            (json!({"title": "a", "expected_close_on": "0001-01-01"}),
                "expected_close_on", "out_of_range"),
        ];
        for (body, field, code) in cases {
            let answer = app.post(NORTH, "/api/v1/deals", body.clone()).await.expect(422);
            assert_eq!(answer["errors"][0]["field"], field, "{body}");
            assert_eq!(answer["errors"][0]["code"], code, "{body}");
        }
        let page = app.get(ADMIN, "/api/v1/deals?totals=true").await.expect(200);
        assert_eq!(page["totals"]["count"], 0);
    }

    async fn visibility_is_own_subtree_or_all(app: TestApp) {
        let south = deal(&app, SOUTH, json!({"title": "South"})).await;
        let north = deal(&app, NORTH, json!({"title": "North"})).await;
        for (who, sees_south, sees_north) in [
            (ADMIN, true, true), (DIRECTOR, true, true), (SOUTH, true, false),
            (SOUTH_HEAD, true, false), (NORTH, false, true), (NORTH2, false, false),
            (NORTH_HEAD, false, true), (VIEWER, false, true),
        ] {
            for (deal, seen) in [(&south, sees_south), (&north, sees_north)] {
                let status = if seen { 200 } else { 404 };
                assert_eq!(app.get(who, &path(deal)).await.status.as_u16(), status, "{who}");
                let timeline = format!("{}/timeline", path(deal));
                assert_eq!(app.get(who, &timeline).await.status.as_u16(), status, "{who}");
            }
            let expected = i64::from(sees_south) + i64::from(sees_north);
            let page = app.get(who, "/api/v1/deals?totals=true").await.expect(200);
            assert_eq!(page["totals"]["count"], expected, "{who}");
            assert_eq!(page["items"].as_array().unwrap().len() as i64, expected, "{who}");
            let summary = app.get(who, "/api/v1/analytics/summary").await.expect(200);
            assert_eq!(summary["total"]["count"], expected, "{who}");
            let found = app.get(who, "/api/v1/deals?q=south").await.expect(200);
            assert_eq!(found["items"].as_array().unwrap().len(), usize::from(sees_south), "{who}");
        }
    }

    async fn what_a_department_shares_may_be_read_but_not_changed(app: TestApp) {
        let north = deal(&app, NORTH, json!({"title": "North"})).await;
        assert_eq!(app.get(NORTH2, &path(&north)).await.status.as_u16(), 404);
        let id = app.user(NORTH).department_id.unwrap();
        let body = json!({"share_deals": true});
        let department = format!("/api/v1/departments/{id}");
        app.call(ADMIN, Method::PATCH, &department, Some(body)).await.expect(200);
        app.get(NORTH2, &path(&north)).await.expect(200);
        assert_eq!(patch(&app, NORTH2, &north, json!({"title": "x"})).await.code(), "forbidden");
        let moved = act(&app, NORTH2, &north, "stage", json!({"stage": "needs"})).await;
        assert_eq!(moved.code(), "forbidden");
        assert_eq!(app.get(SOUTH, &path(&north)).await.status.as_u16(), 404);
    }

    async fn only_heads_and_admins_hand_deals_to_others(app: TestApp) {
        let north = deal(&app, NORTH, json!({"title": "North"})).await;
        let to = |email: &str| json!({"owner_id": app.user(email).id});
        let answer = patch(&app, NORTH, &north, to(NORTH2)).await.expect(422);
        assert_eq!(answer["errors"][0]["field"], "owner_id");
        assert_eq!(answer["errors"][0]["code"], "not_allowed");
        // A head of North cannot give to South.
        patch(&app, NORTH_HEAD, &north, to(SOUTH)).await.expect(422);
        let moved = patch(&app, NORTH_HEAD, &north, to(NORTH2)).await.expect(200);
        assert_eq!(moved["owner_name"], "north2");
        let moved = patch(&app, DIRECTOR, &north, to(SOUTH)).await;
        assert_eq!(moved.status.as_u16(), 200);
        assert_eq!(app.get(NORTH, &path(&north)).await.status.as_u16(), 404);
        let south = app.get(SOUTH, &path(&north)).await.expect(200);
        assert_eq!(south["owner_name"], "south");
    }

    async fn moving_is_recorded_and_probability_follows_until_set_by_hand(app: TestApp) {
        let d = deal(&app, NORTH, json!({"title": "A"})).await;
        let moved = act(&app, NORTH, &d, "stage", json!({"stage": "proposal"})).await.expect(200);
        assert_eq!(moved["probability"], 60);
        assert_eq!(moved["forecast_category"], "best_case");
        patch(&app, NORTH, &d, json!({"probability": 42})).await.expect(200);
        let back = act(&app, NORTH, &d, "stage", json!({"stage": "needs", "reason": "budget"})).await;
        assert_eq!(back.expect(200)["probability"], 42);
        assert_eq!(back.json()["probability_manual"], true);
        let entries = history(&app, NORTH, &d).await;
        let kinds: Vec<&str> = entries.iter().map(|e| e["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["stage_returned", "updated", "stage_advanced", "created"]);
        assert_eq!(entries[0]["reason"], "budget");
        assert_eq!(entries[0]["actor"]["name"], "north");
        assert_eq!(entries[2]["changes"][0]["from"], "potential");
        assert_eq!(entries[2]["changes"][0]["to"], "proposal");
        assert!(entries[0]["request_id"].is_string());
    }

    async fn moves_that_make_no_sense_are_refused(app: TestApp) {
        let d = deal(&app, NORTH, json!({"title": "A"})).await;
        let code = async |stage: &str| act(&app, NORTH, &d, "stage", json!({"stage": stage})).await.code();
        assert_eq!(code("potential").await, "same_stage");
        assert_eq!(code("won").await, "close_instead");
        assert_eq!(code("nowhere").await, "invalid_fields");
    }

    async fn closing_needs_a_reason_and_makes_the_deal_read_only(app: TestApp) {
        let rival = app.post(NORTH, "/api/v1/accounts", json!({"name": "Rival", "kind": "competitor"}));
        let rival = rival.await.expect(201);
        let d = deal(&app, NORTH, json!({"title": "A", "amount": usd("100.00"), "stage": "needs"})).await;
        let no_reason = act(&app, NORTH, &d, "close", json!({"outcome": "lost", "reason": " "})).await;
        assert_eq!(no_reason.expect(422)["errors"][0]["field"], "reason");
        let nowhere = json!({"outcome": "rerouted", "reason": "r"});
        let nowhere = act(&app, NORTH, &d, "close", nowhere).await.expect(422);
        assert_eq!(nowhere["errors"][0]["field"], "rerouted_to");
        let body = json!({"outcome": "lost", "reason": "price", "winner_account_id": rival["id"],
            "next_contact_on": "2030-01-01"});
        let lost = act(&app, NORTH, &d, "close", body).await.expect(200);
        assert_eq!(lost["stage"], "lost");
        assert_eq!(lost["status"], "lost");
        assert_eq!(lost["probability"], 0);
        assert_eq!(lost["winner_account_name"], "Rival");
        assert_eq!(lost["closed_from_stage"], "needs");
        assert!(lost["closed_at"].is_string());
        assert_eq!(patch(&app, NORTH, &d, json!({"title": "B"})).await.code(), "deal_closed");
        let moved = act(&app, NORTH, &d, "stage", json!({"stage": "needs"})).await;
        assert_eq!(moved.code(), "deal_closed");
        let again = act(&app, NORTH, &d, "close", json!({"outcome": "won", "reason": "x"})).await;
        assert_eq!(again.code(), "deal_closed");
    }

    async fn reopening_is_for_heads_and_goes_back_to_the_stage(app: TestApp) {
        let d = deal(&app, NORTH, json!({"title": "A", "stage": "negotiation"})).await;
        let early = act(&app, NORTH_HEAD, &d, "reopen", json!({"reason": "x"})).await;
        assert_eq!(early.code(), "deal_open");
        act(&app, NORTH, &d, "close", json!({"outcome": "won", "reason": "best"})).await.expect(200);
        let own = act(&app, NORTH, &d, "reopen", json!({"reason": "x"})).await;
        assert_eq!(own.code(), "forbidden");
        act(&app, NORTH_HEAD, &d, "reopen", json!({"reason": ""})).await.expect(422);
        let open = act(&app, NORTH_HEAD, &d, "reopen", json!({"reason": "mistake"})).await.expect(200);
        assert_eq!(open["stage"], "negotiation");
        assert_eq!(open["status"], "open");
        assert_eq!(open["probability"], 80);
        assert_eq!(open["closed_at"], Value::Null);
        assert_eq!(open["close_reason"], Value::Null);
        assert_eq!(history(&app, NORTH, &d).await[0]["reason"], "mistake");
    }

    async fn the_past_has_neither_gap_nor_overlap(app: TestApp) {
        let d = deal(&app, NORTH, json!({"title": "A", "amount": usd("5.00")})).await;
        act(&app, NORTH, &d, "stage", json!({"stage": "presentation"})).await.expect(200);
        patch(&app, NORTH, &d, json!({"title": "only words change"})).await.expect(200);
        act(&app, NORTH, &d, "stage", json!({"stage": "needs"})).await.expect(200);
        patch(&app, NORTH, &d, json!({"amount": usd("6.00")})).await.expect(200);
        act(&app, NORTH, &d, "close", json!({"outcome": "lost", "reason": "p"})).await.expect(200);
        act(&app, DIRECTOR, &d, "reopen", json!({"reason": "p"})).await.expect(200);
        let all = intervals(&app, &d);
        let stages: Vec<&str> = all.iter().map(|i| i.2.as_str()).collect();
        assert_eq!(stages, ["potential", "presentation", "needs", "needs", "lost", "needs"]);
        for pair in all.windows(2) {
            assert_eq!(pair[0].1, Some(pair[1].0));
            assert!(pair[0].0 < pair[1].0);
        }
        assert_eq!(all.last().unwrap().1, None);
    }

    async fn a_stale_version_is_refused_and_nothing_is_lost(app: TestApp) {
        let d = deal(&app, NORTH, json!({"title": "A"})).await;
        let with = async |version: &str, title: &str| {
            let token = app.token(NORTH);
            let request = TestRequest::default()
                .method(Method::PATCH)
                .uri(&path(&d))
                .insert_header(("authorization", format!("Bearer {token}")))
                .insert_header(("if-match", version))
                .set_json(json!({"title": title}));
            app.send(request).await
        };
        with("\"1\"", "B").await.expect(200);
        assert_eq!(with("\"1\"", "C").await.code(), "stale_version");
        assert_eq!(with("nonsense", "C").await.code(), "stale_version");
        let now = app.get(NORTH, &path(&d)).await.expect(200);
        assert_eq!((&now["title"], &now["version"]), (&json!("B"), &json!(2)));
    }

    async fn an_edit_that_changes_nothing_leaves_no_trace(app: TestApp) {
        let d = deal(&app, NORTH, json!({"title": "A", "need": {"type": "x", "text": "y"}})).await;
        let same = app.call(NORTH, Method::PUT, &path(&d), Some(d.clone())).await.expect(200);
        assert_eq!(same["version"], 1);
        assert_eq!(history(&app, NORTH, &d).await.len(), 1);
    }

    async fn an_edit_cannot_move_a_deal(app: TestApp) {
        let d = deal(&app, NORTH, json!({"title": "A"})).await;
        let answer = patch(&app, NORTH, &d, json!({"stage": "contracting"})).await.expect(422);
        assert_eq!(answer["errors"][0]["field"], "stage");
    }

    async fn the_bin_hides_and_gives_back(app: TestApp) {
        let d = deal(&app, NORTH, json!({"title": "A", "amount": usd("7.00")})).await;
        let gone = app.call(NORTH, Method::DELETE, &path(&d), None).await;
        assert_eq!(gone.status.as_u16(), 204);
        assert_eq!(app.get(NORTH, &path(&d)).await.status.as_u16(), 404);
        let list = app.get(NORTH, "/api/v1/deals?totals=true").await.expect(200);
        assert_eq!(list["totals"]["count"], 0);
        let bin = app.get(NORTH, "/api/v1/deals?deleted=true").await.expect(200);
        assert_eq!(bin["items"][0]["id"], d["id"]);
        let other = app.get(SOUTH, "/api/v1/deals?deleted=true").await.expect(200);
        assert_eq!(other["items"].as_array().unwrap().len(), 0);
        act(&app, SOUTH, &d, "restore", json!({})).await.expect(404);
        act(&app, NORTH, &d, "restore", json!({})).await.expect(200);
        assert_eq!(act(&app, NORTH, &d, "restore", json!({})).await.code(), "not_deleted");
        app.get(NORTH, &path(&d)).await.expect(200);
    }

    async fn totals_are_over_everything_and_equal_the_rows(app: TestApp) {
        for (number, stage) in ["needs", "needs", "proposal"].iter().enumerate() {
            let amount = usd(&format!("{}.35", 100 + number));
            deal(&app, NORTH, json!({"title": "A", "amount": amount, "stage": stage})).await;
        }
        deal(&app, NORTH, json!({"title": "no amount"})).await;
        let page = app.get(NORTH, "/api/v1/deals?totals=true&limit=1").await.expect(200);
        assert_eq!(page["items"].as_array().unwrap().len(), 1);
        assert_eq!(page["totals"]["count"], 4);
        assert_eq!(page["totals"]["amount"], usd("304.05"));
        // 100.35 × 20 % + 101.35 × 20 % + 102.35 × 60 %, each rounded to cents.
        assert_eq!(page["totals"]["weighted"], usd("101.75"));
        let needs = page["totals"]["stages"].as_array().unwrap().iter()
            .find(|s| s["stage"] == "needs").unwrap().clone();
        assert_eq!((&needs["count"], &needs["amount"]), (&json!(2), &usd("201.70")));
    }

    async fn pages_have_every_deal_once_in_every_order(app: TestApp) {
        for number in 0..7 {
            let mut body = json!({"title": format!("Deal {}", number % 3)});
            if number % 2 == 0 {
                body["amount"] = usd(&format!("{}.00", number % 4));
                body["expected_close_on"] = json!(format!("2030-01-0{}", number % 3 + 1));
            }
            deal(&app, NORTH, body).await;
        }
        for sort in ["number", "title", "account", "owner", "stage", "amount", "probability",
            "expected_close_on", "next_step_on", "last_touch_at", "closed_at", "created_at",
            "updated_at"] {
            for sign in ["", "-"] {
                let mut seen = Vec::new();
                let mut cursor = String::new();
                loop {
                    let uri = format!("/api/v1/deals?limit=2&sort={sign}{sort}&cursor={cursor}");
                    let page = app.get(NORTH, &uri).await.expect(200);
                    for item in page["items"].as_array().unwrap() {
                        seen.push(item.clone());
                    }
                    match page["next_cursor"].as_str() {
                        Some(next) => next.clone_into(&mut cursor),
                        None => break,
                    }
                }
                assert_eq!(seen.len(), 7, "{sign}{sort}");
                let ids: std::collections::BTreeSet<_> =
                    seen.iter().map(|d| d["id"].to_string()).collect();
                assert_eq!(ids.len(), 7, "{sign}{sort}");
                if sort == "amount" {
                    let empty: Vec<bool> = seen.iter().map(|d| d["amount"].is_null()).collect();
                    assert!(empty.is_sorted(), "without an amount last: {sign}{sort}");
                }
            }
        }
    }

    async fn filters_narrow_and_refuse_nonsense(app: TestApp) {
        let account = app.post(NORTH, "/api/v1/accounts", json!({"name": "Завод «Ёлка»"}));
        let account = account.await.expect(201);
        deal(&app, NORTH, json!({"title": "Печь", "account_id": account["id"],
            "amount": usd("50.00"), "expected_close_on": "2030-05-05", "source": "web",
            "category": "small"})).await;
        deal(&app, NORTH, json!({"title": "Other", "stage": "needs"})).await;
        let account = account["id"].as_str().unwrap();
        for (filter, count) in [
            ("q=ПЕЧЬ", 1), ("q=елка", 1), ("q=пе", 1), ("q=%25", 0), ("q=\"", 0), ("q=D-000002", 1),
            ("stage=needs", 1), ("stage=needs,potential", 2), ("status=open", 2), ("status=won", 0),
            (&format!("account_id={account}"), 1), ("account_id=none", 1),
            ("amount_min=50", 1), ("amount_min=50.01", 0), ("amount_max=50", 1),
            ("expected_close_from=2030-05-05&expected_close_to=2030-05-05", 1),
            ("expected_close_from=2030-05-06", 0), ("source=web", 1), ("category=small", 1),
            ("created_from=2199-01-01", 0), ("created_to=2199-01-01", 2), ("owner_id=nobody", 0),
            ("department_id=nowhere", 0), ("overdue=true", 0), ("q=", 2),
        ] {
            let uri = format!("/api/v1/deals?totals=true&{}", filter.replace(' ', "+"));
            let uri = uri.chars().map(|c| if c.is_ascii() && c != '"' { c.to_string() } else {
                let mut buffer = [0; 4];
                c.encode_utf8(&mut buffer).bytes().map(|b| format!("%{b:02X}")).collect()
            }).collect::<String>();
            let page = app.get(NORTH, &uri).await.expect(200);
            assert_eq!(page["totals"]["count"], count, "{filter}");
            assert_eq!(page["items"].as_array().unwrap().len(), count, "{filter}");
        }
        for (filter, field) in [("limit=0", "limit"), ("limit=201", "limit"), ("limit=x", "limit"),
            ("sort=colour", "sort"), ("status=odd", "status"), ("cursor=odd", "cursor"),
            ("amount_min=1,5", "amount_min"), ("created_from=yesterday", "created_from"),
            ("totals=maybe", "totals")] {
            let answer = app.get(NORTH, &format!("/api/v1/deals?{filter}")).await.expect(422);
            assert_eq!(answer["errors"][0]["field"], field, "{filter}");
        }
    }

    async fn a_renamed_account_is_found_by_its_new_name(app: TestApp) {
        let account = app.post(NORTH, "/api/v1/accounts", json!({"name": "Before"})).await.expect(201);
        deal(&app, NORTH, json!({"title": "A", "account_id": account["id"]})).await;
        let uri = format!("/api/v1/accounts/{}", account["id"].as_str().unwrap());
        app.call(NORTH, Method::PATCH, &uri, Some(json!({"name": "After"}))).await.expect(200);
        for (q, count) in [("after", 1), ("before", 0)] {
            let page = app.get(NORTH, &format!("/api/v1/deals?q={q}")).await.expect(200);
            assert_eq!(page["items"].as_array().unwrap().len(), count, "{q}");
        }
    }

    async fn a_repeated_post_with_a_key_acts_once(app: TestApp) {
        let token = app.token(NORTH);
        let send = async |key: &str, title: &str| {
            let request = TestRequest::default()
                .method(Method::POST)
                .uri("/api/v1/deals")
                .insert_header(("authorization", format!("Bearer {token}")))
                .insert_header(("idempotency-key", key))
                .set_json(json!({"title": title}));
            app.send(request).await
        };
        let first = send("k", "A").await;
        let second = send("k", "A").await;
        assert_eq!(first.expect(201)["id"], second.expect(201)["id"]);
        assert_eq!(second.headers.get("idempotency-replayed").unwrap(), "true");
        assert_eq!(first.headers.get("etag"), second.headers.get("etag"));
        assert_eq!(send("k", "B").await.code(), "idempotency_conflict");
        assert_ne!(send("other", "A").await.expect(201)["id"], first.json()["id"]);
        let refused = send("r", "").await;
        refused.expect(422);
        send("r", "").await.expect(422);
        let page = app.get(NORTH, "/api/v1/deals?totals=true").await.expect(200);
        assert_eq!(page["totals"]["count"], 2);
    }

    async fn pushes_and_slipping_are_counted(app: TestApp) {
        let d = deal(&app, NORTH, json!({"title": "A", "expected_close_on": "2030-01-10"})).await;
        patch(&app, NORTH, &d, json!({"expected_close_on": "2030-01-20"})).await.expect(200);
        let d = patch(&app, NORTH, &d, json!({"expected_close_on": "2030-01-15"})).await.expect(200);
        assert_eq!(d["pushes"], 1);
        assert_eq!(d["first_expected_close_on"], "2030-01-10");
        assert_eq!(d["derived"]["slipped_days"], 5);
    }

    async fn history_cannot_be_changed_even_in_the_database(app: TestApp) {
        deal(&app, NORTH, json!({"title": "A"})).await;
        for sql in ["UPDATE timeline SET reason = 'x'", "DELETE FROM timeline"] {
            let outcome = app.state.db().write(|tx| Ok(diesel::sql_query(sql).execute(tx.conn)?));
            assert!(outcome.is_err(), "{sql}");
        }
    }
}
