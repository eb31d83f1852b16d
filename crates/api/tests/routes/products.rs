use serde_json::json;

use crate::support::on_both;

const NORTH: &str = "north@test.example";

on_both! {
    async fn a_product_has_a_number_of_its_own_and_exact_details(app: TestApp) {
        let body = json!({"name": "Edge controller", "sku": " VE-100 ", "unit": "pcs",
            "price": {"amount": "4821.00", "currency": "USD"},
            "cost": {"amount": "3100.10", "currency": "EUR"}, "vat_rate": "7.25"});
        let product = app.post(NORTH, "/api/v1/products", body).await.expect(201);
        assert_eq!((&product["sku"], &product["vat_rate"]), (&json!("VE-100"), &json!("7.25")));
        assert_eq!(product["cost"], json!({"amount": "3100.10", "currency": "EUR"}));
        let twin = json!({"name": "Other", "sku": "ve-100"});
        let refused = app.post(NORTH, "/api/v1/products", twin).await;
        assert_eq!(refused.json()["errors"][0]["code"], "already_used", "{}", refused.text);
        for name in ["First without", "Second without"] {
            app.post(NORTH, "/api/v1/products", json!({"name": name})).await.expect(201);
        }
        let found = app.get(NORTH, "/api/v1/products?q=ve-1").await.expect(200);
        assert_eq!(found["items"].as_array().unwrap().len(), 1);
        let body = json!({"name": "Wrong", "vat_rate": "100.01", "unit": "x".repeat(21),
            "cost": {"amount": "-1.00", "currency": "USD"}});
        let refused = app.post(NORTH, "/api/v1/products", body).await.expect(422);
        let fields: Vec<_> = refused["errors"].as_array().unwrap().iter()
            .map(|e| (e["field"].as_str().unwrap(), e["code"].as_str().unwrap())).collect();
        let expected =
            [("cost", "out_of_range"), ("unit", "too_long"), ("vat_rate", "out_of_range")];
        assert_eq!(fields, expected);
        let exact = json!({"name": "Wrong", "vat_rate": "7.125"});
        let refused = app.post(NORTH, "/api/v1/products", exact).await.expect(422);
        assert_eq!(refused["errors"][0]["code"], "too_many_decimals");
    }
}
