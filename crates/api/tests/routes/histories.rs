//! Whatever is done to a deal, its stays in the stages stay whole, and no gate is passed in silence.

use actix_web::http::Method;
use chrono::NaiveDateTime;
use diesel::prelude::*;
use etalon_domain::process::{REFERENCE_PROCESS, REFERENCE_VERSION};
use etalon_persistence::schema::deal_versions;
use serde_json::{Value, json};

use crate::support::{TestApp, on_both};

const NORTH: &str = "north@test.example";
const NORTH_HEAD: &str = "north.head@test.example";
const SOUTH: &str = "south@test.example";
const ADMIN: &str = "admin@test.example";
const STAGES: [&str; 7] = [
    "potential",
    "needs",
    "presentation",
    "key_contacts",
    "proposal",
    "negotiation",
    "contracting",
];

/// Numbers that are the same for a seed, whatever the day.
struct Row(u64);

impl Row {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }

    fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len() as u64) as usize]
    }
}

/// One stay as the database keeps it: stage, status, from, until.
type Stay = (String, String, NaiveDateTime, Option<NaiveDateTime>);

fn stays(app: &TestApp, id: &str) -> Vec<Stay> {
    let read = app.state.db().read(|tx| {
        Ok(deal_versions::table
            .filter(deal_versions::deal_id.eq(id))
            .order((deal_versions::valid_from, deal_versions::valid_to.is_null()))
            .select((
                deal_versions::stage,
                deal_versions::status,
                deal_versions::valid_from,
                deal_versions::valid_to,
            ))
            .load(tx.conn)?)
    });
    read.unwrap()
}

async fn overrides(app: &TestApp, deal: &str) -> usize {
    let page = app
        .get(
            NORTH,
            &format!("{deal}/timeline?kind=gate_overridden&limit=200"),
        )
        .await
        .expect(200);
    page["items"].as_array().unwrap().len()
}

/// What is not met on the way to a stage.
async fn unmet(app: &TestApp, deal: &str, to: &str) -> usize {
    let guide = app.get(NORTH, &format!("{deal}/guide?to={to}")).await;
    // The version may not have the stage, and then the deal cannot go there.
    if guide.code() == "invalid_fields" {
        return 0;
    }
    let guide = guide.expect(200);
    let requirements = guide["requirements"].as_array().unwrap().iter();
    requirements.filter(|r| r["met"] == false).count()
}

/// An answer to a step that the guide shows, good or bad.
async fn answer(app: &TestApp, row: &mut Row, who: &str, deal: &str) {
    let guide = app.get(NORTH, &format!("{deal}/guide")).await.expect(200);
    let steps = guide["steps"].as_array().unwrap().clone();
    if steps.is_empty() {
        return;
    }
    let step = row.pick(&steps);
    let input = match step["kind"].as_str().unwrap() {
        "decision" => {
            json!({"decision": row.pick(&["pursue", "pursue", "pursue", "reject"]), "reason": "so it is"})
        }
        "minutes" => {
            json!({"items": [{"text": "Drawings", "side": "ours"}], "sent": row.below(2) == 0})
        }
        "competitors" => json!({"nobody": true}),
        "question" => json!({"answer": "42", "confidence": row.pick(&["sure", "unsure"])}),
        _ => json!({"answer": "done"}),
    };
    let uri = format!("{deal}/steps/{}", step["id"].as_str().unwrap());
    app.post(who, &uri, input).await;
}

/// Does something to a deal. Returns whether it must have left an override: it went forward, and
/// something on the way was not met.
async fn act(app: &TestApp, row: &mut Row, deal: &str, id: &str, versions: &[String]) -> bool {
    // The manager of South is on the team.
    let who = *row.pick(&[NORTH, SOUTH, NORTH_HEAD]);
    let reason = (row.below(3) == 0).then_some("agreed with the board");
    let present = app.get(NORTH_HEAD, deal).await.json();
    match row.below(12) {
        0..=3 => answer(app, row, who, deal).await,
        4 | 5 => {
            let to = *row.pick(&STAGES);
            let missing = unmet(app, deal, to).await;
            let body = json!({"stage": to, "override_reason": reason});
            let moved = app.post(who, &format!("{deal}/stage"), body).await;
            let place = |code: &Value| STAGES.iter().position(|stage| *code == **stage);
            let forward = place(&json!(to)) > place(&present["stage"]);
            return moved.status.is_success() && forward && missing > 0;
        }
        6 => {
            let to = *row.pick(&STAGES);
            let missing = unmet(app, deal, to).await;
            let item = json!({"id": id, "stage": to, "override_reason": reason});
            let report = app
                .post(who, "/api/v1/deals/bulk", json!({"items": [item]}))
                .await;
            let place = |code: &Value| STAGES.iter().position(|stage| *code == **stage);
            let forward = place(&json!(to)) > place(&present["stage"]);
            let accepted = report.json()["items"][0]["problem"].is_null();
            return report.status.is_success() && accepted && forward && missing > 0;
        }
        7 => {
            let outcome = *row.pick(&["won", "lost", "rejected", "rerouted"]);
            let missing = unmet(app, deal, "won").await;
            let body = json!({"outcome": outcome, "reason": "so it is", "rerouted_to": "partner",
                "amount": {"amount": "10.00", "currency": "USD"}, "override_reason": reason});
            let closed = app.post(who, &format!("{deal}/close"), body).await;
            return closed.status.is_success() && outcome == "won" && missing > 0;
        }
        8 => {
            let to = *row.pick(&STAGES);
            let missing = unmet(app, deal, to).await;
            let body = json!({"reason": "they came back", "stage": to});
            let reopened = app.post(NORTH_HEAD, &format!("{deal}/reopen"), body).await;
            return reopened.status.is_success() && missing > 0;
        }
        9 => {
            // Only where the version lacks the present stage, another one may be named.
            let to = *row.pick(&["", "", "needs", "contracting"]);
            let stage = Some(to).filter(|to| !to.is_empty());
            let body = json!({"process_version_id": row.pick(versions), "stage": stage, "override_reason": reason});
            let followed = app.post(who, &format!("{deal}/process"), body).await;
            return followed.status.is_success() && to == "contracting" && present["stage"] != to;
        }
        10 if row.below(6) == 0 => {
            let uri = format!("/api/v1/process-versions/{}/migrate", row.pick(versions));
            app.post(ADMIN, &uri, json!({})).await.expect(200);
        }
        _ => {
            let fields = json!({"tactic": "price", "tactic_review_on": "2199-01-01",
                "need": {"type": row.pick(&["service", "modernization"]), "text": "line 4"},
                "probability": row.below(90)});
            app.call(who, Method::PATCH, deal, Some(fields)).await;
        }
    }
    false
}

/// Publishes two newer versions of the reference process: one without the stage in the middle, and one that
/// asks another question. All of them, the oldest first.
async fn versions(app: &TestApp) -> Vec<String> {
    let mut all = vec![REFERENCE_VERSION.to_owned()];
    let path = format!("/api/v1/process-versions/{REFERENCE_VERSION}");
    let mut definition = app.get(ADMIN, &path).await.expect(200)["definition"].clone();
    let process = format!("/api/v1/processes/{REFERENCE_PROCESS}");
    for change in ["stage", "question"] {
        let stages = definition["stages"].as_array_mut().unwrap();
        if change == "stage" {
            stages.retain(|stage| stage["code"] != "presentation");
        } else {
            let steps = stages[0]["steps"].as_array_mut().unwrap();
            steps.push(
                json!({"id": "export_control", "kind": "question", "mandatory": true,
                "title": {"en": "Is it under control?", "ru": "Есть ли контроль?"}}),
            );
        }
        let draft = format!("{process}/draft");
        app.call(ADMIN, Method::PUT, &draft, Some(definition.clone()))
            .await
            .expect(200);
        let publish = format!("{process}/publish");
        let published = app.call(ADMIN, Method::POST, &publish, None).await;
        all.push(published.expect(200)["id"].as_str().unwrap().to_owned());
    }
    all
}

fn assert_whole(stays: &[Stay], deal: &Value, told: &str) {
    let (last, past) = stays.split_last().unwrap();
    for pair in stays.windows(2) {
        assert_eq!(
            pair[0].3,
            Some(pair[1].2),
            "a gap or an overlap {told}: {stays:?}"
        );
    }
    assert!(past.iter().all(|stay| stay.3.is_some()), "{told}");
    assert_eq!(last.3, None, "{told}");
    assert_eq!(last.0, deal["stage"].as_str().unwrap(), "{told}");
    assert_eq!(last.1, deal["status"].as_str().unwrap(), "{told}");
}

on_both! {
    async fn no_sequence_of_commands_tears_a_history_or_passes_a_gate_in_silence(app: TestApp) {
        let mut deals = Vec::new();
        for _ in 0..6 {
            let body = json!({"title": "Line 4", "process_id": REFERENCE_PROCESS});
            let made = app.post(NORTH, "/api/v1/deals", body).await.expect(201);
            let id = made["id"].as_str().unwrap().to_owned();
            let member = json!({"user_id": app.user(SOUTH).id, "role": "co_owner"});
            app.post(NORTH, &format!("/api/v1/deals/{id}/team"), member).await.expect(200);
            deals.push(id);
        }
        // Only now, so that the deals begin under the oldest version.
        let versions = versions(&app).await;
        for (id, seed) in deals.into_iter().zip(1_u64..) {
            let mut row = Row(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
            let deal = format!("/api/v1/deals/{id}");
            for turn in 0..60 {
                let told = format!("seed {seed}, turn {turn}");
                let before = overrides(&app, &deal).await;
                let must = act(&app, &mut row, &deal, &id, &versions).await;
                let after = overrides(&app, &deal).await;
                if (after > before) != must {
                    let last = app.get(NORTH, &format!("{deal}/timeline?limit=3")).await;
                    panic!("{told}: must be overridden: {must}: {}", last.text);
                }
                let present = app.get(NORTH, &deal).await.expect(200);
                assert_whole(&stays(&app, &id), &present, &told);
                let guide = app.get(NORTH, &format!("{deal}/guide")).await.expect(200);
                let visits = guide["visits"].as_array().unwrap().clone();
                let open = visits.iter().filter(|visit| visit["left_at"].is_null()).count();
                assert_eq!(open, usize::from(present["status"] == "open"), "{told}");
            }
        }
    }
}
