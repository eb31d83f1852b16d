//! The knowledge base: written, published, found, versioned, and used in deals.

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::support::{TestApp, on_both};

const ADMIN: &str = "admin@test.example";
const NORTH: &str = "north@test.example";
const NORTH2: &str = "north2@test.example";
const NORTH_HEAD: &str = "north.head@test.example";
const VIEWER: &str = "viewer@test.example";

async fn write(app: &TestApp, body: Value) -> Value {
    app.post(NORTH, "/api/v1/materials", body).await.expect(201)
}

async fn published(app: &TestApp, title: &str) -> Value {
    write(app, json!({"title": title, "status": "published"})).await
}

fn path(material: &Value) -> String {
    format!("/api/v1/materials/{}", material["id"].as_str().unwrap())
}

async fn patch(app: &TestApp, who: &str, material: &Value, body: Value) -> Value {
    app.call(who, Method::PATCH, &path(material), Some(body))
        .await
        .expect(200)
}

/// The titles of a list.
async fn titles(app: &TestApp, who: &str, query: &str) -> Vec<String> {
    let page = app
        .get(who, &format!("/api/v1/materials?{query}"))
        .await
        .expect(200);
    let items = page["items"].as_array().unwrap().iter();
    items
        .map(|m| m["title"].as_str().unwrap().to_owned())
        .collect()
}

async fn deal(app: &TestApp, body: Value) -> String {
    let id = app.post(NORTH, "/api/v1/deals", body).await.expect(201)["id"].clone();
    format!("/api/v1/deals/{}", id.as_str().unwrap())
}

async fn product(app: &TestApp, name: &str) -> String {
    let made = app
        .post(ADMIN, "/api/v1/products", json!({"name": name}))
        .await;
    made.expect(201)["id"].as_str().unwrap().to_owned()
}

on_both! {
    async fn a_draft_is_its_authors_until_it_is_published(app: TestApp) {
        let draft = write(&app, json!({"title": "Price talk", "body": "# One\r\n\r\ntext\n\n",
            "tags": [" pricing ", "Pricing", "talk"], "industries": ["retail"]})).await;
        assert_eq!((&draft["status"], &draft["number"]), (&json!("draft"), &json!(0)));
        assert_eq!(draft["tags"], json!(["pricing", "talk"]));
        assert_eq!(draft["body"], "# One\n\ntext");
        assert_eq!(draft["author"]["name"], "north");
        for (who, status) in [(NORTH, 200), (NORTH_HEAD, 200), (ADMIN, 200), (NORTH2, 404), (VIEWER, 404)] {
            app.get(who, &path(&draft)).await.expect(status);
            let listed = titles(&app, who, "").await.len();
            assert_eq!(listed, usize::from(status == 200), "{who}");
        }
        let publish = json!({"status": "published"});
        for (who, status) in [(NORTH2, 404), (VIEWER, 404)] {
            app.call(who, Method::PATCH, &path(&draft), Some(publish.clone())).await.expect(status);
        }
        let public = patch(&app, NORTH, &draft, publish).await;
        assert_eq!((&public["status"], &public["number"]), (&json!("published"), &json!(1)));
        assert_eq!(app.get(VIEWER, &path(&draft)).await.expect(200)["body"], "# One\n\ntext");
        assert_eq!(titles(&app, VIEWER, "").await, ["Price talk"]);
        let change = json!({"title": "Mine"});
        for who in [NORTH2, VIEWER] {
            app.call(who, Method::PATCH, &path(&draft), Some(change.clone())).await.expect(403);
        }
        app.post(VIEWER, "/api/v1/materials", json!({"title": "x"})).await.expect(403);
        let back = app.call(NORTH, Method::PATCH, &path(&draft), Some(json!({"status": "draft"}))).await;
        assert_eq!(back.expect(422)["errors"][0]["field"], "status");
        patch(&app, NORTH_HEAD, &draft, json!({"status": "archived"})).await;
        assert!(titles(&app, NORTH, "").await.is_empty());
        assert_eq!(titles(&app, VIEWER, "status=archived").await, ["Price talk"]);
    }

    async fn every_change_of_a_published_material_is_a_version(app: TestApp) {
        let first = write(&app, json!({"title": "Answers", "body": "one", "status": "published"})).await;
        let second = patch(&app, NORTH, &first, json!({"body": "two"})).await;
        assert_eq!(second["number"], 2);
        let same = patch(&app, NORTH, &first, json!({"body": "two"})).await;
        assert_eq!((&same["number"], &same["version"]), (&json!(2), &second["version"]));
        let shelved = patch(&app, NORTH, &first, json!({"status": "archived"})).await;
        assert_eq!(shelved["number"], 2);
        let again = patch(&app, NORTH, &first, json!({"status": "published"})).await;
        assert_eq!(again["number"], 2);
        let versions = app.get(VIEWER, &format!("{}/versions", path(&first))).await.expect(200);
        let versions = versions["items"].as_array().unwrap();
        assert_eq!(versions.len(), 2);
        assert_eq!((&versions[0]["number"], &versions[0]["content"]["body"]), (&json!(2), &json!("")));
        let old = app.get(VIEWER, &format!("{}/versions/1", path(&first))).await.expect(200);
        assert_eq!(old["content"]["body"], "one");
        app.get(VIEWER, &format!("{}/versions/3", path(&first))).await.expect(404);
        let stale = app.request(NORTH, Method::PUT, &path(&first))
            .insert_header(("if-match", "\"1\""))
            .set_json(json!({"title": "Lost"}));
        assert_eq!(app.send(stale).await.code(), "stale_version");
        let history = app.get(NORTH, &format!("{}/timeline", path(&first))).await.expect(200);
        let entries = history["items"].as_array().unwrap();
        assert_eq!(entries.len(), 4);
        let change = &entries[2]["changes"][0];
        assert_eq!((&change["field"], &change["from"], &change["to"]), (&json!("body"), &json!(3), &json!(3)));
    }

    async fn a_search_finds_other_forms_of_a_word_titles_first(app: TestApp) {
        let body = json!({"title": "Первая встреча", "language": "ru", "status": "published",
            "body": "Этапы внедрения складской системы, ёмкости и сроки."});
        write(&app, body).await;
        let body = json!({"title": "Внедрение за сто дней", "language": "ru", "status": "published",
            "body": "План.", "tags": ["проект"]});
        write(&app, body).await;
        let body = json!({"title": "Objections", "summary": "What to say about prices", "status": "published",
            "body": "The price is 100% of the value; C:\\temp and 'quotes'."});
        write(&app, body).await;
        let q = |text: &str| format!("q={}", etalon_domain::endpoint::encode_component(text));
        assert_eq!(titles(&app, VIEWER, &q("внедрение")).await, ["Внедрение за сто дней", "Первая встреча"]);
        assert_eq!(titles(&app, VIEWER, &q("СКЛАДСКАЯ внедрений")).await, ["Первая встреча"]);
        assert_eq!(titles(&app, VIEWER, &q("емкость")).await, ["Первая встреча"]);
        assert_eq!(titles(&app, VIEWER, &q("проекты")).await, ["Внедрение за сто дней"]);
        assert_eq!(titles(&app, VIEWER, &q("pricing")).await, ["Objections"]);
        assert_eq!(titles(&app, VIEWER, &q("'quotes'")).await, ["Objections"]);
        assert_eq!(titles(&app, VIEWER, &q("C")).await, ["Objections"]);
        assert!(titles(&app, VIEWER, &q("%")).await.is_empty());
        assert!(titles(&app, VIEWER, &q("внедрение price")).await.is_empty());
        // The pages of a search go on where the last one ended.
        let first = app.get(VIEWER, &format!("/api/v1/materials?limit=1&{}", q("внедрение"))).await.expect(200);
        let cursor = first["next_cursor"].as_str().unwrap();
        assert_eq!(titles(&app, VIEWER, &format!("limit=1&{}&cursor={cursor}", q("внедрение"))).await, ["Первая встреча"]);
    }

    async fn materials_are_filtered_by_what_they_are_marked_with(app: TestApp) {
        let crane = product(&app, "Crane").await;
        let body = json!({"title": "A", "tags": ["Case study"], "product_ids": [crane],
            "industries": ["Retail"], "need_types": ["Growth"], "status": "published"});
        let a = write(&app, body).await;
        assert_eq!(a["products"][0]["name"], "Crane");
        write(&app, json!({"title": "B", "tags": ["case study", "Prices"], "language": "ru", "status": "published"})).await;
        write(&app, json!({"title": "C", "tags": ["hidden"]})).await;
        for (query, found) in [
            ("sort=title", vec!["A", "B", "C"]),
            ("sort=-title", vec!["C", "B", "A"]),
            ("tag=CASE%20STUDY&sort=title", vec!["A", "B"]),
            ("tag=prices,hidden&sort=title", vec!["B", "C"]),
            ("industry=retail", vec!["A"]),
            ("need_type=growth", vec!["A"]),
            ("language=ru", vec!["B"]),
            ("status=draft", vec!["C"]),
            ("q=crane", vec!["A"]),
        ] {
            assert_eq!(titles(&app, NORTH, query).await, found, "{query}");
        }
        assert_eq!(titles(&app, NORTH, &format!("product_id={crane}")).await, ["A"]);
        let labels = app.get(VIEWER, "/api/v1/materials/tags").await.expect(200);
        let tags: Vec<_> = labels["tags"].as_array().unwrap().iter()
            .map(|t| (t["name"].as_str().unwrap().to_lowercase(), t["count"].as_i64().unwrap()))
            .collect();
        assert_eq!(tags, [("case study".into(), 2), ("prices".into(), 1)]);
        let total = app.get(NORTH, "/api/v1/materials?totals=true&limit=1").await.expect(200);
        assert_eq!(total["totals"]["count"], 3);
        for (field, value) in [
            ("tags", json!(["a,b"])),
            ("language", json!("English")),
            ("product_ids", json!(["nothing"])),
            ("title", json!(" ")),
            ("body", json!("x".repeat(100_001))),
        ] {
            let mut body = json!({"title": "Bad"});
            body[field] = value;
            let refused = app.post(NORTH, "/api/v1/materials", body).await;
            assert_eq!(refused.expect(422)["errors"][0]["field"], field);
        }
    }

    async fn a_material_in_the_bin_comes_back(app: TestApp) {
        let material = published(&app, "Gone").await;
        app.call(NORTH2, Method::DELETE, &path(&material), None).await.expect(403);
        app.call(NORTH, Method::DELETE, &path(&material), None).await.expect(204);
        app.get(NORTH, &path(&material)).await.expect(404);
        assert!(titles(&app, NORTH, "").await.is_empty());
        assert_eq!(titles(&app, NORTH, "deleted=true").await, ["Gone"]);
        app.post(NORTH, &format!("{}/restore", path(&material)), json!({})).await.expect(200);
        assert_eq!(titles(&app, NORTH, "").await, ["Gone"]);
    }

    async fn files_of_a_material_are_seen_with_it(app: TestApp) {
        let draft = write(&app, json!({"title": "With a file"})).await;
        let files = format!("{}/files", path(&draft));
        let send = |who| app.request(who, Method::POST, &format!("{files}?name=slides.pdf")).set_payload("slides");
        let file = app.send(send(NORTH)).await.expect(201);
        assert_eq!(file["owner"]["kind"], "material");
        let content = format!("/api/v1/files/{}/content", file["id"].as_str().unwrap());
        app.get(NORTH2, &content).await.expect(404);
        app.get(NORTH2, &files).await.expect(404);
        assert_eq!(app.get(NORTH, &path(&draft)).await.expect(200)["files"], 1);
        patch(&app, NORTH, &draft, json!({"status": "published"})).await;
        assert_eq!(app.get(VIEWER, &content).await.text, "slides");
        app.send(send(NORTH2)).await.expect(403);
    }

    async fn what_is_shown_in_a_deal_counts_and_stands_in_its_history(app: TestApp) {
        let contact = app.post(NORTH, "/api/v1/contacts", json!({"name": "Anna"})).await.expect(201);
        let material = published(&app, "Story").await;
        let other = published(&app, "Tour").await;
        let deal = deal(&app, json!({"title": "Line 4"})).await;
        let uses = format!("{deal}/materials");
        let choose = |m: &Value| json!({"material_id": m["id"]});
        app.post(NORTH, &uses, choose(&material)).await.expect(200);
        app.post(NORTH, &uses, choose(&material)).await.expect(200);
        let chosen = app.post(NORTH, &uses, choose(&other)).await.expect(200);
        let chosen = chosen["items"].as_array().unwrap();
        assert_eq!(chosen.len(), 2);
        assert!(chosen.iter().all(|c| c["shown_at"].is_null()));
        assert_eq!(app.get(NORTH, &path(&material)).await.expect(200)["usage"]["deals"], 0);
        let shown = json!({"material_id": material["id"], "shown_at": "2026-01-02T10:00:00Z",
            "contact_ids": [contact["id"]]});
        let after = app.post(NORTH, &uses, shown.clone()).await.expect(200);
        let after = after["items"].as_array().unwrap();
        assert_eq!(after.len(), 2);
        let story = after.iter().find(|m| m["material"]["name"] == "Story").unwrap();
        assert_eq!(story["contacts"][0]["name"], "Anna");
        assert_eq!((&story["number"], &story["newest"]), (&json!(1), &json!(1)));
        let kept = app.call(NORTH, Method::DELETE, &format!("{uses}/{}", story["id"].as_str().unwrap()), None).await;
        assert_eq!(kept.code(), "in_use");
        let tour = after.iter().find(|m| m["material"]["name"] == "Tour").unwrap();
        let tour = format!("{uses}/{}", tour["id"].as_str().unwrap());
        app.call(NORTH, Method::DELETE, &tour, None).await.expect(204);
        app.call(NORTH, Method::DELETE, &tour, None).await.expect(404);
        app.post(NORTH, &format!("{deal}/close"), json!({"outcome": "won", "reason": "fit", "amount": {"amount": "10.00", "currency": "USD"}})).await;
        let usage = app.get(VIEWER, &path(&material)).await.expect(200)["usage"].clone();
        assert_eq!(usage["deals"], 1);
        assert_eq!(usage["last_used_at"], "2026-01-02T10:00:00Z");
        assert_eq!(titles(&app, NORTH, "sort=-used").await, ["Story", "Tour"]);
        let history = app.get(NORTH, &format!("{deal}/timeline?kind=material_shown,updated")).await.expect(200);
        let kinds: Vec<_> = history["items"].as_array().unwrap().iter()
            .map(|e| (e["kind"].as_str().unwrap().to_owned(), e["changes"][0]["field"].as_str().unwrap().to_owned()))
            .collect();
        let changed = ("updated".to_owned(), "materials".to_owned());
        let told = ("material_shown".to_owned(), "material".to_owned());
        assert_eq!(kinds, [changed.clone(), told, changed.clone(), changed]);
        let closed = app.post(NORTH, &uses, shown).await;
        assert_eq!(closed.code(), "deal_closed");
    }

    async fn a_use_is_refused_with_its_reason(app: TestApp) {
        let draft = write(&app, json!({"title": "Draft"})).await;
        let material = published(&app, "Story").await;
        let deal = deal(&app, json!({"title": "Line 4"})).await;
        let uses = format!("{deal}/materials");
        for (body, field, code) in [
            (json!({"material_id": draft["id"]}), "material_id", "inactive"),
            (json!({"material_id": "nothing"}), "material_id", "unknown_reference"),
            (json!({"material_id": material["id"], "shown_at": "2199-01-01T00:00:00Z"}), "shown_at", "out_of_range"),
            (json!({"material_id": material["id"], "shown_at": "2026-01-01T00:00:00Z", "contact_ids": ["x"]}), "contact_ids", "unknown_reference"),
        ] {
            let refused = app.post(NORTH, &uses, body).await.expect(422);
            assert_eq!((&refused["errors"][0]["field"], &refused["errors"][0]["code"]), (&json!(field), &json!(code)));
        }
        let body = json!({"material_id": material["id"]});
        app.post(NORTH2, &uses, body).await.expect(404);
        app.get(NORTH2, &uses).await.expect(404);
        app.get(NORTH2, &format!("{uses}/suggestions")).await.expect(404);
    }

    async fn what_fits_a_deal_is_suggested_best_first(app: TestApp) {
        let crane = product(&app, "Crane").await;
        let account = json!({"name": "Shop", "industry": "retail"});
        let account = app.post(NORTH, "/api/v1/accounts", account).await.expect(201);
        let all = json!({"title": "All of it", "product_ids": [crane], "industries": ["Retail"],
            "need_types": ["growth"], "status": "published"});
        write(&app, all).await;
        let one = write(&app, json!({"title": "Branch only", "industries": ["retail"], "language": "ru", "status": "published"})).await;
        write(&app, json!({"title": "Draft", "product_ids": [crane]})).await;
        published(&app, "Of no use").await;
        let body = json!({"title": "Line 4", "account_id": account["id"], "product_id": crane,
            "need": {"type": "Growth", "text": "more"}});
        let deal = deal(&app, body).await;
        let suggested = app.get(NORTH, &format!("{deal}/materials/suggestions")).await.expect(200);
        let suggested: Vec<_> = suggested["items"].as_array().unwrap().iter()
            .map(|s| (s["material"]["title"].as_str().unwrap(), s["reasons"].to_string()))
            .collect();
        assert_eq!(suggested, [
            ("All of it", r#"["product","need","industry","language"]"#.to_owned()),
            ("Branch only", r#"["industry"]"#.to_owned()),
        ]);
        assert_eq!(one["files"], 0);
    }
}
