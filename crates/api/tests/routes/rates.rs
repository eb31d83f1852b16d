use actix_web::http::Method;
use actix_web::test::TestRequest;
use serde_json::{Value, json};

use crate::support::{Answer, TestApp, on_both};

const ADMIN: &str = "admin@test.example";
const NORTH: &str = "north@test.example";

async fn upload(app: &TestApp, who: &str, content: &[u8]) -> Answer {
    let mut body = b"--edge\r\nContent-Disposition: form-data; name=\"file\"; \
        filename=\"rates.csv\"\r\nContent-Type: text/csv\r\n\r\n"
        .to_vec();
    body.extend_from_slice(content);
    body.extend_from_slice(b"\r\n--edge--\r\n");
    let token = app.token(who);
    let request = TestRequest::default()
        .method(Method::POST)
        .uri("/api/v1/exchange-rates/import")
        .insert_header(("authorization", format!("Bearer {token}")))
        .insert_header(("content-type", "multipart/form-data; boundary=edge"))
        .set_payload(body);
    app.send(request).await
}

async fn euro_deal(app: &TestApp, amount: &str) -> String {
    let body = json!({"title": "A", "amount": {"amount": amount, "currency": "EUR"}});
    let deal = app.post(NORTH, "/api/v1/deals", body).await.expect(201);
    format!("/api/v1/deals/{}", deal["id"].as_str().unwrap())
}

async fn base(app: &TestApp, uri: &str) -> Value {
    app.get(NORTH, uri).await.expect(200)["amount_base"].clone()
}

fn usd(amount: &str) -> Value {
    json!({"amount": amount, "currency": "USD"})
}

on_both! {
    async fn an_absurd_rate_is_refused_and_an_absurd_value_is_none(app: TestApp) {
        let body = json!({"base": "EUR", "currency": "USD", "on": "2024-01-02", "rate": 1e15});
        let refused = app.post(ADMIN, "/api/v1/exchange-rates", body).await;
        assert_eq!(refused.json()["errors"][0]["field"], "rate");
        let deal = euro_deal(&app, "9999999999999.00").await;
        let body = json!({"base": "EUR", "currency": "USD", "on": "2024-01-02", "rate": 1e9});
        app.post(ADMIN, "/api/v1/exchange-rates", body).await.expect(201);
        assert_eq!(base(&app, &deal).await, Value::Null);
        let other = euro_deal(&app, "9999999999999.00").await;
        assert_eq!(base(&app, &other).await, Value::Null);
        let totals = app.get(NORTH, "/api/v1/deals?totals=true").await.expect(200);
        assert_eq!(totals["totals"]["unconverted"], 2);
        app.get(NORTH, "/api/v1/analytics/summary").await.expect(200);
    }

    async fn a_deal_is_valued_alike_by_its_own_change_and_by_a_new_rate(app: TestApp) {
        // The rouble is no longer published; the pound is, every day.
        let file = b"Date,USD,RUB,GBP,\n2026-01-02,1.00,N/A,0.8,\n2022-03-01,1.25,100,0.9,\n";
        upload(&app, ADMIN, file).await.expect(200);
        let body = json!({"title": "A", "amount": {"amount": "1000.00", "currency": "RUB"}});
        let deal = app.post(NORTH, "/api/v1/deals", body).await.expect(201);
        assert_eq!(deal["amount_base"], usd("10.00"));
        let uri = format!("/api/v1/deals/{}", deal["id"].as_str().unwrap());
        let body = json!({"base": "EUR", "currency": "GBP", "on": "2026-01-03", "rate": 0.7});
        app.post(ADMIN, "/api/v1/exchange-rates", body).await.expect(201);
        assert_eq!(base(&app, &uri).await, usd("10.00"));
        let on = app.get(NORTH, "/api/v1/exchange-rates?on=2026-02-01").await.expect(200);
        let found: Vec<_> = (on["items"].as_array().unwrap().iter())
            .map(|rate| (rate["currency"].as_str().unwrap(), rate["on"].as_str().unwrap()))
            .collect();
        assert_eq!(found, [("GBP", "2026-01-03"), ("RUB", "2022-03-01"), ("USD", "2026-01-02")]);
        let first = app.get(NORTH, "/api/v1/exchange-rates?on=2026-02-01&limit=2").await.expect(200);
        let next = first["next_cursor"].as_str().unwrap();
        let uri = format!("/api/v1/exchange-rates?on=2026-02-01&limit=2&cursor={next}");
        let rest = app.get(NORTH, &uri).await.expect(200);
        assert_eq!(rest["items"][0]["currency"], "USD");
        assert_eq!(rest["next_cursor"], Value::Null);
    }

    async fn a_rate_of_tomorrow_counts_at_once(app: TestApp) {
        let deal = euro_deal(&app, "100.00").await;
        let tomorrow = chrono::Utc::now().date_naive().succ_opt().unwrap();
        let body = json!({"base": "EUR", "currency": "USD", "on": tomorrow, "rate": 2.0});
        app.post(ADMIN, "/api/v1/exchange-rates", body).await.expect(201);
        assert_eq!(base(&app, &deal).await, usd("200.00"));
        let other = euro_deal(&app, "100.00").await;
        assert_eq!(base(&app, &other).await, usd("200.00"));
        let currencies = app.get(NORTH, "/api/v1/currencies").await.expect(200);
        let mut known = currencies["items"].as_array().unwrap().iter();
        let euro = known.find(|currency| currency["code"] == "EUR").unwrap();
        assert_eq!(euro["rate_to_base"], 2.0);
        assert_eq!(euro["rate_on"], json!(tomorrow));
    }

    async fn open_deals_follow_the_rate_and_closed_ones_keep_theirs(app: TestApp) {
        let open = euro_deal(&app, "100.00").await;
        let closed = euro_deal(&app, "200.00").await;
        assert_eq!(base(&app, &open).await, Value::Null);
        let totals = app.get(NORTH, "/api/v1/deals?totals=true").await.expect(200);
        assert_eq!(totals["totals"]["unconverted"], 2);
        let first = upload(&app, ADMIN, b"Date,USD,\n2024-01-02,1.10,\n").await.expect(200);
        assert_eq!((&first["created"], &first["revalued_deals"]), (&json!(1), &json!(2)));
        assert_eq!(base(&app, &open).await, usd("110.00"));
        let close = json!({"outcome": "won", "reason": "x"});
        app.post(NORTH, &format!("{closed}/close"), close).await.expect(200);
        let body = json!({"base": "EUR", "currency": "USD", "on": "2024-01-03", "rate": 1.25});
        app.post(ADMIN, "/api/v1/exchange-rates", body).await.expect(201);
        assert_eq!(base(&app, &open).await, usd("125.00"));
        assert_eq!(base(&app, &closed).await, usd("220.00"));
        let totals = app.get(NORTH, "/api/v1/deals?totals=true").await.expect(200);
        assert_eq!(totals["totals"]["amount"], usd("345.00"));
        assert_eq!(totals["totals"]["unconverted"], 0);
        let summary = app.get(NORTH, "/api/v1/analytics/summary").await.expect(200);
        assert_eq!(summary["total"]["won_sum"], usd("220.00"));
    }

    async fn importing_the_same_rates_again_changes_nothing(app: TestApp) {
        let file = b"Date,USD,GBP,SIT,\n2024-01-03,1.1,0.8,N/A,\n2024-01-02,1.2,N/A,N/A,\n";
        let first = upload(&app, ADMIN, file).await.expect(200);
        assert_eq!((&first["created"], &first["missing"]), (&json!(3), &json!(1)));
        assert_eq!(first["skipped_columns"], json!(["SIT"]));
        let again = upload(&app, ADMIN, file).await.expect(200);
        assert_eq!((&again["created"], &again["unchanged"]), (&json!(0), &json!(3)));
    }

    async fn a_day_without_a_rate_takes_the_one_before(app: TestApp) {
        upload(&app, ADMIN, b"Date,USD\n2024-01-05,1.1\n2024-01-02,1.2\n").await.expect(200);
        for (day, rate) in [("2024-01-02", 1.2), ("2024-01-04", 1.2), ("2024-01-07", 1.1)] {
            let page = app.get(NORTH, &format!("/api/v1/exchange-rates?on={day}")).await.expect(200);
            assert_eq!(page["items"][0]["rate"], rate, "{day}");
        }
        let page = app.get(NORTH, "/api/v1/exchange-rates?limit=1").await.expect(200);
        let next = page["next_cursor"].as_str().unwrap();
        let uri = format!("/api/v1/exchange-rates?limit=1&cursor={next}");
        let page = app.get(NORTH, &uri).await.expect(200);
        assert_eq!(page["items"][0]["on"], "2024-01-02");
    }

    async fn rates_are_for_administrators_and_make_sense(app: TestApp) {
        assert_eq!(upload(&app, NORTH, b"Date,USD\n").await.code(), "forbidden");
        let bad = upload(&app, ADMIN, b"Date,USD\n2024-01-02,abc\n").await.expect(422);
        assert_eq!(bad["errors"][0]["field"], "file");
        for (body, field) in [
            (json!({"base": "EUR", "currency": "USD", "on": "2024-01-02", "rate": 0}), "rate"),
            (json!({"base": "EUR", "currency": "EUR", "on": "2024-01-02", "rate": 1}), "currency"),
            (json!({"base": "EUR", "currency": "USD", "on": "2999-01-02", "rate": 1}), "on"),
            (json!({"base": "EUR", "currency": "ABC", "on": "2024-01-02", "rate": 1}), "currency"),
        ] {
            let answer = app.post(ADMIN, "/api/v1/exchange-rates", body.clone()).await.expect(422);
            assert_eq!(answer["errors"][0]["field"], field, "{body}");
        }
    }
}

#[actix_web::test]
async fn the_file_of_the_central_bank_is_taken_as_it_is() {
    let Ok(samples) = std::env::var("ETALON_SAMPLE_DATA") else {
        eprintln!(
            "SKIPPED: ETALON_SAMPLE_DATA is not set, so the file of the central bank is not there"
        );
        return;
    };
    let folder = std::path::Path::new(&samples).join("ecb_fx");
    let app = TestApp::sqlite().await.with_company();
    let bytes = std::fs::read(folder.join("eurofxref-hist.csv")).unwrap();
    let done = upload(&app, ADMIN, &bytes).await.expect(200);
    assert_eq!(done["first_on"], "1999-01-04");
    assert_eq!(done["last_on"], "2025-01-24");
    let again = upload(&app, ADMIN, &bytes).await.expect(200);
    assert_eq!(
        (&again["created"], &again["updated"]),
        (&json!(0), &json!(0))
    );
    let reference: Value =
        serde_json::from_slice(&std::fs::read(folder.join("reference.json")).unwrap()).unwrap();
    for spot in reference["spot_conversions"].as_array().unwrap() {
        let on: chrono::NaiveDate = spot["date"].as_str().unwrap().parse().unwrap();
        let currency = |key: &str| {
            etalon_domain::money::Currency::from_code(spot[key].as_str().unwrap()).unwrap()
        };
        let (from, to) = (currency("from"), currency("to"));
        let table = app
            .state
            .db()
            .read(|tx| etalon_persistence::rates::table_on(tx, on, &[]))
            .unwrap();
        let (rate, _) = table.rate(from, to).unwrap();
        let result = spot["amount"].as_f64().unwrap() * rate;
        assert!(
            (result - spot["result"].as_f64().unwrap()).abs() < 1e-5,
            "{spot}"
        );
    }
}
