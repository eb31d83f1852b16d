use std::thread;

use actix_web::http::Method;
use etalon_domain::error::ErrorCode;
use etalon_domain::id::ProposalId;
use etalon_domain::proposal::ProposalCommand;
use etalon_domain::visa::{VisaComment, VisaDecision};
use etalon_persistence::{Error, proposals};
use serde_json::{Value, json};

use super::{
    ADMIN, DIRECTOR, NORTH, NORTH_HEAD, NORTH2, SOUTH_HEAD, VIEWER, approved, path, proposal,
    refused, step, usd,
};
use crate::support::{TestApp, on_both};

/// The names of those whose list of waiting visas has something.
async fn waiting(app: &TestApp) -> Vec<&'static str> {
    let mut found = Vec::new();
    for who in [NORTH, NORTH_HEAD, SOUTH_HEAD, DIRECTOR, ADMIN] {
        let page = app.get(who, "/api/v1/visas?mine=true").await.expect(200);
        if page["items"] != json!([]) {
            found.push(who);
        }
    }
    found
}

on_both! {
    async fn the_nearest_head_approves_and_a_change_voids_it(app: TestApp) {
        let made = proposal(&app, NORTH).await;
        let words = json!({"comment": "They decide on Friday."});
        let asked = step(&app, NORTH, &made, "submit", words).await;
        assert_eq!(asked["status"], "in_approval");
        assert_eq!(asked["visa"]["approvers"][0]["name"], "north.head");
        assert_eq!(asked["actions"], json!(["edit", "recall"]));
        assert_eq!(waiting(&app).await, [NORTH_HEAD]);
        let mine = app.get(NORTH_HEAD, "/api/v1/visas?mine=true").await.expect(200);
        let visa = &mine["items"][0];
        assert_eq!((&visa["document_name"], &visa["amount"]), (&json!("P-000001 · 1"), &usd("1140.00")));
        assert_eq!(visa["note"], "They decide on Friday.");
        assert_eq!(refused(&app, NORTH, &made, "send", json!({"channel": "email"})).await, "proposal_not_approved");
        let given = step(&app, NORTH_HEAD, &made, "approve", json!({"comment": "good"})).await;
        assert_eq!((&given["status"], &given["visa"]["state"]), (&json!("approved"), &json!("approved")));
        assert_eq!(given["visa"]["decided_by"]["name"], "north.head");
        assert!(waiting(&app).await.is_empty());
        let lines = json!({"lines": [{"title": "Control unit", "unit_price": usd("400.00")}]});
        let changed = app.call(NORTH, Method::PATCH, &path(&made), Some(lines)).await.expect(200);
        assert_eq!((&changed["status"], &changed["visa"]["state"]), (&json!("draft"), &json!("void")));
        assert_eq!(refused(&app, NORTH, &made, "send", json!({"channel": "email"})).await, "proposal_not_approved");
        step(&app, NORTH, &made, "submit", json!({})).await;
        let page = app.get(NORTH, "/api/v1/visas?state=void").await.expect(200);
        assert_eq!(page["items"].as_array().unwrap().len(), 1);
        let page = app.get(NORTH, "/api/v1/visas?state=waiting,approved").await.expect(200);
        assert_eq!(page["items"].as_array().unwrap().len(), 1);
        let timeline = format!("/api/v1/deals/{}/timeline", made["deal_id"].as_str().unwrap());
        let history = app.get(NORTH, &timeline).await.expect(200);
        let kinds: Vec<&Value> = history["items"].as_array().unwrap().iter().map(|e| &e["kind"]).collect();
        assert_eq!(kinds, ["proposal_submitted", "proposal_changed", "visa_given",
            "proposal_submitted", "proposal_changed", "created"]);
        let changed = &history["items"][1]["changes"];
        assert_eq!(changed[0]["to"]["name"], "P-000001 · 1");
        assert_eq!(changed[2]["from"]["name"], "Control unit: 2 × 500.00 USD − 5 % + 20 %");
        let own = app.get(NORTH, &format!("{}/timeline", path(&made))).await.expect(200);
        assert_eq!(own["items"].as_array().unwrap().len(), 5);
    }

    async fn who_may_not_is_refused_and_who_may_not_see_finds_nothing(app: TestApp) {
        let made = proposal(&app, NORTH).await;
        step(&app, NORTH, &made, "submit", json!({})).await;
        assert_eq!(refused(&app, NORTH, &made, "approve", json!({})).await, "forbidden");
        assert_eq!(refused(&app, VIEWER, &made, "approve", json!({})).await, "forbidden");
        for who in [NORTH2, SOUTH_HEAD] {
            assert_eq!(refused(&app, who, &made, "approve", json!({})).await, "not_found");
            assert_eq!(app.get(who, &path(&made)).await.code(), "not_found");
            let listed = format!("/api/v1/deals/{}/proposals", made["deal_id"].as_str().unwrap());
            assert_eq!(app.get(who, &listed).await.code(), "not_found");
        }
        let wordless = app.post(NORTH_HEAD, &format!("{}/reject", path(&made)), json!({"comment": " "})).await;
        assert_eq!(wordless.expect(422)["errors"][0]["field"], "comment");
        let no = json!({"comment": "too much discount"});
        let back = step(&app, NORTH_HEAD, &made, "reject", no).await;
        assert_eq!((&back["status"], &back["visa"]["comment"]), (&json!("rejected"), &json!("too much discount")));
        let patch = json!({"terms": "30 days"});
        let again = app.call(NORTH, Method::PATCH, &path(&made), Some(patch)).await.expect(200);
        assert_eq!((&again["status"], &again["visa"]["state"]), (&json!("draft"), &json!("rejected")));
        assert_eq!(refused(&app, NORTH_HEAD, &made, "approve", json!({})).await, "visa_not_waiting");
        step(&app, NORTH, &made, "submit", json!({})).await;
        let recalled = step(&app, NORTH, &made, "recall", json!({})).await;
        assert_eq!((&recalled["status"], &recalled["visa"]["state"]), (&json!("draft"), &json!("void")));
        assert!(waiting(&app).await.is_empty());
    }

    async fn nobody_but_an_administrator_approves_his_own_offer(app: TestApp) {
        let of_head = proposal(&app, NORTH_HEAD).await;
        let asked = step(&app, NORTH_HEAD, &of_head, "submit", json!({})).await;
        assert_eq!(asked["visa"]["approvers"][0]["name"], "director");
        assert_eq!(waiting(&app).await, [DIRECTOR]);
        assert_eq!(refused(&app, NORTH_HEAD, &of_head, "approve", json!({})).await, "forbidden");
        step(&app, DIRECTOR, &of_head, "approve", json!({})).await;
        let of_director = proposal(&app, DIRECTOR).await;
        step(&app, DIRECTOR, &of_director, "submit", json!({})).await;
        assert_eq!(waiting(&app).await, [ADMIN]);
        assert_eq!(refused(&app, DIRECTOR, &of_director, "approve", json!({})).await, "forbidden");
        let of_admin = proposal(&app, ADMIN).await;
        step(&app, ADMIN, &of_admin, "submit", json!({})).await;
        step(&app, ADMIN, &of_admin, "approve", json!({})).await;
    }

    async fn of_two_who_decide_at_once_one_is_told_so(app: TestApp) {
        for _ in 0..3 {
            let made = proposal(&app, NORTH).await;
            step(&app, NORTH, &made, "submit", json!({})).await;
            let id = ProposalId::new(made["id"].as_str().unwrap());
            let turns = [(NORTH_HEAD, VisaDecision::Approved), (DIRECTOR, VisaDecision::Rejected)]
                .map(|(who, decision)| (app.context(who), decision));
            let db = app.state.db();
            let outcomes = thread::scope(|scope| {
                let decided = turns.map(|(context, decision)| {
                    let words = VisaComment { comment: Some("done".into()) };
                    let command = ProposalCommand::Decide(decision, words);
                    let id = &id;
                    scope.spawn(move || db.write(|tx| proposals::execute(tx, &context, id, None, &command)))
                });
                decided.map(|turn| turn.join().unwrap())
            });
            let done = outcomes.iter().flatten().count();
            assert_eq!(done, 1, "{outcomes:?}");
            for error in outcomes.into_iter().filter_map(Result::err) {
                let Error::Domain(error) = error else { panic!("{error}") };
                let told = [ErrorCode::VisaNotWaiting, ErrorCode::StaleVersion];
                assert!(told.contains(&error.code()), "{error}");
            }
        }
    }

    async fn a_draft_can_be_removed_and_brought_back(app: TestApp) {
        let made = proposal(&app, NORTH).await;
        app.call(NORTH, Method::DELETE, &path(&made), None).await.expect(204);
        assert_eq!(app.get(NORTH, &path(&made)).await.code(), "not_found");
        let listed = format!("/api/v1/deals/{}/proposals", made["deal_id"].as_str().unwrap());
        assert_eq!(app.get(NORTH, &listed).await.expect(200)["items"], json!([]));
        let back = step(&app, NORTH, &made, "restore", json!({})).await;
        assert_eq!((&back["number"], &back["lines"]), (&made["number"], &made["lines"]));
        let given = approved(&app).await;
        let kept = app.call(NORTH, Method::DELETE, &path(&given), None).await;
        assert_eq!(kept.code(), "proposal_not_draft");
    }

    async fn an_empty_proposal_is_not_put_up_for_approval(app: TestApp) {
        let made = proposal(&app, NORTH).await;
        let empty = json!({"lines": []});
        app.call(NORTH, Method::PATCH, &path(&made), Some(empty)).await.expect(200);
        let uri = format!("{}/submit", path(&made));
        let refused = app.post(NORTH, &uri, json!({})).await.expect(422);
        assert_eq!(refused["errors"][0]["field"], "lines");
    }
}
