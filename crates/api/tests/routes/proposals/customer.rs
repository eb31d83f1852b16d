use actix_web::http::Method;
use chrono::{Days, Utc};
use etalon_domain::id::DealId;
use etalon_domain::proposal::ProposalStatus;
use etalon_persistence::proposals;
use serde_json::{Value, json};

use super::{NORTH, NORTH_HEAD, approved, path, proposal, refused, sent, step};
use crate::support::{TestApp, on_both};

fn day(ago: u64) -> String {
    (Utc::now().date_naive() - Days::new(ago)).to_string()
}

async fn revised(app: &TestApp, proposal: &Value) -> Value {
    let uri = format!("{}/revise", path(proposal));
    app.post(NORTH, &uri, json!({})).await.expect(201)
}

on_both! {
    async fn what_was_sent_is_never_changed_and_the_next_version_supersedes_it(app: TestApp) {
        let first = sent(&app).await;
        assert_eq!((&first["status"], &first["channel"]), (&json!("sent"), &json!("email")));
        assert_eq!((&first["sent_on"], &first["sent_to"]["name"]), (&json!(day(0)), &json!("Anna Weber")));
        assert_eq!(first["actions"], json!(["accept", "decline", "revise"]));
        for (method, body) in [(Method::PUT, Some(json!({}))), (Method::DELETE, None)] {
            let kept = app.call(NORTH, method, &path(&first), body).await;
            assert_eq!(kept.code(), "proposal_fixed");
        }
        assert_eq!(refused(&app, NORTH, &first, "submit", json!({})).await, "proposal_fixed");
        let second = revised(&app, &first).await;
        assert_eq!((&second["status"], &second["revision"]), (&json!("draft"), &json!(2)));
        assert_eq!((&second["lines"], &second["visa"]), (&first["lines"], &Value::Null));
        assert_eq!(refused(&app, NORTH, &first, "revise", json!({})).await, "proposal_revised");
        let still = app.get(NORTH, &path(&first)).await.expect(200);
        assert_eq!((&still["status"], &still["is_latest"]), (&json!("sent"), &json!(false)));
        step(&app, NORTH, &second, "submit", json!({})).await;
        step(&app, NORTH_HEAD, &second, "approve", json!({})).await;
        step(&app, NORTH, &second, "send", json!({"channel": "meeting", "sent_on": day(0)})).await;
        let gone = app.get(NORTH, &path(&first)).await.expect(200);
        assert_eq!((&gone["status"], &gone["actions"]), (&json!("superseded"), &json!([])));
        let accepted = step(&app, NORTH, &second, "accept", json!({"note": "order 4711"})).await;
        assert_eq!((&accepted["status"], &accepted["decision_note"]), (&json!("accepted"), &json!("order 4711")));
        let listed = format!("/api/v1/deals/{}/proposals", first["deal_id"].as_str().unwrap());
        let listed = app.get(NORTH, &listed).await.expect(200);
        let revisions: Vec<&Value> = listed["items"].as_array().unwrap().iter().map(|p| &p["revision"]).collect();
        assert_eq!(revisions, [&json!(2), &json!(1)]);
        let deal_id = DealId::new(first["deal_id"].as_str().unwrap());
        let facts = app.state.db().read(|tx| proposals::facts(tx, &deal_id)).unwrap();
        assert_eq!((facts[0].status, facts[0].approved), (ProposalStatus::Accepted, true));
        assert!(facts[0].sent_at.is_some());
    }

    async fn a_sent_proposal_expires_by_itself(app: TestApp) {
        let made = proposal(&app, NORTH).await;
        let body = json!({"valid_until": day(0)});
        app.call(NORTH, Method::PATCH, &path(&made), Some(body)).await.expect(200);
        step(&app, NORTH, &made, "submit", json!({})).await;
        step(&app, NORTH_HEAD, &made, "approve", json!({})).await;
        let tomorrow = json!({"channel": "email", "sent_on": "2190-01-01"});
        let uri = format!("{}/send", path(&made));
        let refused_day = app.post(NORTH, &uri, tomorrow).await.expect(422);
        assert_eq!(refused_day["errors"][0]["field"], "sent_on");
        step(&app, NORTH, &made, "send", json!({"channel": "email"})).await;
        let db = app.state.db();
        let context = app.context(NORTH);
        let id = etalon_domain::id::ProposalId::new(made["id"].as_str().unwrap());
        let later = Utc::now() + Days::new(3);
        let seen = db.read(|tx| proposals::get(tx, &context.actor, &id, later)).unwrap();
        assert_eq!(seen.status, ProposalStatus::Expired);
        let seen = db.read(|tx| proposals::get(tx, &context.actor, &id, Utc::now())).unwrap();
        assert_eq!(seen.status, ProposalStatus::Sent);
    }

    async fn a_proposal_needs_a_recipient_and_an_answer_a_day(app: TestApp) {
        let given = approved(&app).await;
        let nobody = json!({"channel": "email", "contact_id": "nobody"});
        let uri = format!("{}/send", path(&given));
        let unknown = app.post(NORTH, &uri, nobody).await.expect(422);
        assert_eq!(unknown["errors"][0]["code"], "unknown_reference");
        assert_eq!(refused(&app, NORTH, &given, "accept", json!({})).await, "proposal_not_sent");
        step(&app, NORTH, &given, "send", json!({"channel": "post", "sent_on": day(1)})).await;
        for on in [day(2), "2190-01-01".to_owned()] {
            let body = json!({"reason": "price", "decided_on": on});
            let uri = format!("{}/decline", path(&given));
            let wrong = app.post(NORTH, &uri, body).await.expect(422);
            assert_eq!(wrong["errors"][0]["field"], "decided_on");
        }
        let no = step(&app, NORTH, &given, "decline", json!({"reason": "price"})).await;
        assert_eq!((&no["status"], &no["decided_on"]), (&json!("declined"), &json!(day(0))));
        let next = revised(&app, &no).await;
        assert_eq!(next["revision"], 2);
    }

    async fn a_closed_deal_keeps_its_proposals_as_they_are(app: TestApp) {
        let draft = proposal(&app, NORTH).await;
        let deal = format!("/api/v1/deals/{}", draft["deal_id"].as_str().unwrap());
        let lost = json!({"outcome": "lost", "reason": "price"});
        app.post(NORTH, &format!("{deal}/close"), lost).await.expect(200);
        let seen = app.get(NORTH, &path(&draft)).await.expect(200);
        assert_eq!(seen["actions"], json!([]));
        let changed = app.call(NORTH, Method::PUT, &path(&draft), Some(json!({}))).await;
        assert_eq!((changed.status.as_u16(), changed.code()), (409, "deal_closed".into()));
        assert_eq!(refused(&app, NORTH, &draft, "submit", json!({})).await, "deal_closed");
        let new = app.post(NORTH, &format!("{deal}/proposals"), json!({})).await;
        assert_eq!(new.code(), "deal_closed");
    }
}
