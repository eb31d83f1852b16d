use actix_web::http::Method;
use serde_json::{Value, json};

use super::{ADMIN, NORTH, deal, of_deal, path, proposal, sent, step, usd};
use crate::support::{TestApp, on_both};

async fn rate(app: &TestApp, rate: f64, on: &str) {
    let body = json!({"base": "USD", "currency": "KWD", "on": on, "rate": rate});
    let made = app.post(ADMIN, "/api/v1/exchange-rates", body).await;
    made.expect(201);
}

on_both! {
    async fn the_server_computes_every_amount(app: TestApp) {
        let deal = deal(&app, NORTH).await;
        let product = json!({"name": "Edge controller", "unit": "pcs", "price": usd("19.99"),
            "vat_rate": "20"});
        let product = app.post(NORTH, "/api/v1/products", product).await.expect(201);
        let body = json!({"totals": {"total": usd("0.01")}, "lines": [
            {"product_id": product["id"], "quantity": "3", "discount": "10", "net": usd("0.01")},
            {"title": "Half a cent to the even one", "quantity": 0.5, "unit_price": usd("0.01")},
            {"title": "Travel", "quantity": "1.5", "unit_price": usd("80.00"), "vat_rate": "12.5"},
        ]});
        let made = app.post(NORTH, &of_deal(&deal), body).await.expect(201);
        assert_eq!(made["number"], "P-000001");
        assert_eq!((&made["revision"], &made["status"]), (&json!(1), &json!("draft")));
        assert_eq!((&made["currency"], &made["contact_name"]), (&json!("USD"), &json!("Anna Weber")));
        let amounts: Vec<(&str, &str)> = made["lines"].as_array().unwrap().iter()
            .map(|l| (l["net"]["amount"].as_str().unwrap(), l["vat"]["amount"].as_str().unwrap()))
            .collect();
        assert_eq!(amounts, [("53.97", "10.79"), ("0.00", "0.00"), ("120.00", "15.00")]);
        let first = &made["lines"][0];
        assert_eq!((&first["title"], &first["unit"]), (&json!("Edge controller"), &json!("pcs")));
        assert_eq!((&first["quantity"], &first["discount"]), (&json!("3"), &json!("10")));
        let expected = json!({"net": usd("173.97"), "vat": usd("25.79"), "total": usd("199.76"),
            "total_base": usd("199.76")});
        assert_eq!(made["totals"], expected);
        let again = app.get(NORTH, &path(&made)).await.expect(200);
        assert_eq!(again, made);
        let gone = format!("/api/v1/products/{}", product["id"].as_str().unwrap());
        let used = app.call(NORTH, Method::DELETE, &gone, None).await;
        assert_eq!(used.code(), "in_use");
    }

    async fn what_is_wrong_with_a_line_is_told_by_its_place(app: TestApp) {
        let deal = deal(&app, NORTH).await;
        let body = json!({"currency": "USD", "lines": [
            {"title": "fine", "unit_price": usd("1.00")},
            {"title": " ", "quantity": "0", "discount": "101"},
            {"title": "x", "unit_price": {"amount": "1", "currency": "JPY"}, "product_id": "no"},
        ]});
        let refused = app.post(NORTH, &of_deal(&deal), body).await.expect(422);
        let mut fields: Vec<_> = refused["errors"].as_array().unwrap().iter()
            .map(|e| format!("{} {}", e["field"], e["code"]).replace('"', "")).collect();
        fields.sort();
        assert_eq!(fields, [
            "lines.1.discount out_of_range",
            "lines.1.quantity out_of_range",
            "lines.1.title required",
            "lines.1.unit_price required",
            "lines.2.product_id unknown_reference",
            "lines.2.unit_price not_allowed",
        ]);
        for (quantity, code) in [("0.00001", "too_many_decimals"), ("1,5", "invalid_format")] {
            let body = json!({"lines": [{"title": "x", "quantity": quantity}]});
            let refused = app.post(NORTH, &of_deal(&deal), body).await.expect(422);
            let error = &refused["errors"][0];
            assert_eq!((&error["field"], &error["code"]), (&json!("lines[0].quantity"), &json!(code)));
        }
        let huge = json!({"title": "x", "quantity": "1000000000",
            "unit_price": usd("10000000000000.00")});
        let refused = app.post(NORTH, &of_deal(&deal), json!({"lines": [huge]})).await.expect(422);
        assert_eq!(refused["errors"][0]["code"], "out_of_range");
        let listed = app.get(NORTH, &of_deal(&deal)).await.expect(200);
        assert_eq!(listed["items"], json!([]));
    }

    async fn a_currency_with_three_decimals_keeps_the_rate_of_its_first_day(app: TestApp) {
        rate(&app, 0.5, "2024-01-01").await;
        let deal = deal(&app, NORTH).await;
        let kwd = |amount: &str| json!({"amount": amount, "currency": "KWD"});
        let line = json!({"title": "Pump", "quantity": "3", "unit_price": kwd("1.235"),
            "vat_rate": "5"});
        let body = json!({"currency": "KWD", "lines": [line.clone()]});
        let made = app.post(NORTH, &of_deal(&deal), body).await.expect(201);
        // 3.705 + 0.185 (of 0.18525) dinars, at two dollars each
        assert_eq!(made["totals"]["total"], kwd("3.890"));
        assert_eq!(made["totals"]["total_base"], usd("7.78"));
        assert_eq!(made["rate_to_base"], 2.0);
        rate(&app, 0.25, "2024-01-02").await;
        let patch = json!({"introduction": "Dear Anna"});
        let changed = app.call(NORTH, Method::PATCH, &path(&made), Some(patch)).await.expect(200);
        assert_eq!(changed["totals"]["total_base"], usd("7.78"));
        assert_eq!(changed["rate_to_base"], 2.0);
        let yen = json!({"currency": "JPY", "lines": [{"title": "Pump",
            "unit_price": {"amount": "333", "currency": "JPY"}, "discount": "33.33"}]});
        let changed = app.call(NORTH, Method::PATCH, &path(&made), Some(yen)).await.expect(200);
        assert_eq!(changed["totals"]["net"], json!({"amount": "222", "currency": "JPY"}));
        assert_eq!((&changed["rate_to_base"], &changed["totals"]["total_base"]), (&Value::Null, &Value::Null));
    }

    async fn a_new_version_freezes_the_rate_of_its_own_day(app: TestApp) {
        rate(&app, 0.5, "2024-01-01").await;
        let first = proposal(&app, NORTH).await;
        let line = json!({"title": "Pump", "unit_price": {"amount": "1.000", "currency": "KWD"}});
        let body = json!({"currency": "KWD", "lines": [line]});
        app.call(NORTH, Method::PATCH, &path(&first), Some(body)).await.expect(200);
        step(&app, NORTH, &first, "submit", json!({})).await;
        step(&app, ADMIN, &first, "approve", json!({})).await;
        step(&app, NORTH, &first, "send", json!({"channel": "email"})).await;
        rate(&app, 0.25, "2024-01-02").await;
        let second = app.post(NORTH, &format!("{}/revise", path(&first)), json!({})).await.expect(201);
        assert_eq!((&first["number"], &second["revision"]), (&second["number"], &json!(2)));
        assert_eq!(second["totals"]["total_base"], usd("4.00"));
        let first = app.get(NORTH, &path(&first)).await.expect(200);
        assert_eq!(first["totals"]["total_base"], usd("2.00"));
    }

    async fn a_stale_change_is_refused_and_an_empty_one_changes_nothing(app: TestApp) {
        let made = proposal(&app, NORTH).await;
        let patch = json!({"terms": "30 days"});
        let changed = app.call(NORTH, Method::PATCH, &path(&made), Some(patch.clone())).await;
        assert_eq!(changed.headers.get("etag").unwrap(), "\"2\"");
        let stale = app.request(NORTH, Method::PATCH, &path(&made))
            .insert_header(("if-match", "\"1\"")).set_json(json!({"terms": "60 days"}));
        assert_eq!(app.send(stale).await.expect(412)["code"], "stale_version");
        let same = app.call(NORTH, Method::PATCH, &path(&made), Some(patch)).await.expect(200);
        assert_eq!(same["version"], 2);
        let sent = sent(&app).await;
        let again = app.call(NORTH, Method::PUT, &path(&sent), Some(json!({}))).await;
        assert_eq!((again.status.as_u16(), again.code()), (409, "proposal_fixed".into()));
    }
}
