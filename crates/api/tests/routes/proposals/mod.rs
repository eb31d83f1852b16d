mod amounts;
mod approval;
mod customer;

use serde_json::{Value, json};

use crate::support::TestApp;

const NORTH: &str = "north@test.example";
const NORTH2: &str = "north2@test.example";
const NORTH_HEAD: &str = "north.head@test.example";
const SOUTH_HEAD: &str = "south.head@test.example";
const DIRECTOR: &str = "director@test.example";
const ADMIN: &str = "admin@test.example";
const VIEWER: &str = "viewer@test.example";

fn usd(amount: &str) -> Value {
    json!({"amount": amount, "currency": "USD"})
}

fn path(record: &Value) -> String {
    format!("/api/v1/proposals/{}", record["id"].as_str().unwrap())
}

/// A deal of somebody with a main contact.
async fn deal(app: &TestApp, who: &str) -> Value {
    let contact = app
        .post(who, "/api/v1/contacts", json!({"name": "Anna Weber"}))
        .await;
    let contact = contact.expect(201)["id"].clone();
    let body = json!({"title": "Line 4", "contact_id": contact, "amount": usd("1000.00")});
    app.post(who, "/api/v1/deals", body).await.expect(201)
}

fn of_deal(deal: &Value) -> String {
    format!("/api/v1/deals/{}/proposals", deal["id"].as_str().unwrap())
}

/// A proposal with one line in a fresh deal of somebody.
async fn proposal(app: &TestApp, who: &str) -> Value {
    let deal = deal(app, who).await;
    let line = json!({"title": "Control unit", "quantity": "2", "unit_price": usd("500.00"),
        "discount": "5", "vat_rate": "20"});
    let body = json!({"lines": [line], "valid_until": "2190-01-31"});
    app.post(who, &of_deal(&deal), body).await.expect(201)
}

async fn step(app: &TestApp, who: &str, proposal: &Value, step: &str, body: Value) -> Value {
    let uri = format!("{}/{step}", path(proposal));
    app.post(who, &uri, body).await.expect(200)
}

async fn refused(app: &TestApp, who: &str, proposal: &Value, step: &str, body: Value) -> String {
    let uri = format!("{}/{step}", path(proposal));
    app.post(who, &uri, body).await.code()
}

/// A proposal of the manager of North that was approved by the head.
async fn approved(app: &TestApp) -> Value {
    let proposal = proposal(app, NORTH).await;
    step(app, NORTH, &proposal, "submit", json!({})).await;
    step(app, NORTH_HEAD, &proposal, "approve", json!({})).await
}

/// A proposal of the manager of North that the customer has.
async fn sent(app: &TestApp) -> Value {
    let proposal = approved(app).await;
    step(app, NORTH, &proposal, "send", json!({"channel": "email"})).await
}
