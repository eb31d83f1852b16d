//! One run at a time, whoever begins it.

use std::cell::Cell;

use chrono::{Duration, Utc};
use etalon_domain::error::ErrorCode;
use etalon_domain::id::ImportId;
use etalon_domain::import::{ImportRun, ImportStatus};
use etalon_persistence::jobs::Lane;
use etalon_persistence::{Error, imports, jobs, notifications};
use serde_json::json;

use super::{ADMIN, counts, draft, run};
use crate::support::{TestApp, on_both};

const DEALS: &str = "id,title,stage,owner\n1,Roof,New,north\n2,Door,New,north\n";
const RUN: ImportRun = ImportRun { dry_run: false };

/// Starts a run as the command line does.
fn start(app: &TestApp, id: &ImportId, lease: Duration) -> etalon_persistence::Result<jobs::Job> {
    let context = app.context(ADMIN);
    app.state.db().write(|tx| {
        imports::start(tx, &context, id, None, RUN)?;
        imports::enqueue_claimed(tx, &context, id, "command line", lease)
    })
}

async fn uploaded(app: &TestApp) -> ImportId {
    let import = draft(app, ADMIN, "deals.csv", DEALS).await;
    ImportId::new(import["id"].as_str().unwrap())
}

fn status(app: &TestApp, id: &ImportId) -> ImportStatus {
    let actor = app.context(ADMIN).actor;
    let import = app.state.db().read(|tx| imports::get(tx, &actor, id));
    import.unwrap().status
}

on_both! {
    async fn a_run_of_the_command_line_is_not_started_again_by_the_app(app: TestApp) {
        let id = uploaded(&app).await;
        let db = app.state.db();
        let job = start(&app, &id, Duration::minutes(2)).unwrap();
        let path = format!("/api/v1/imports/{id}/run");
        let second = app.post(ADMIN, &path, json!({"dry_run": false})).await;
        assert_eq!(second.code(), "import_busy");
        let refused = start(&app, &id, Duration::minutes(2));
        assert!(matches!(refused, Err(Error::Domain(e)) if e.code() == ErrorCode::ImportBusy));
        let lease = Duration::minutes(2);
        let other = db.write(|tx| jobs::claim(tx, "app", Lane::Imports, lease, Utc::now())).unwrap();
        assert_eq!(other, None);
        imports::run(db, &id, &|| Ok(())).unwrap();
        assert!(db.write(|tx| jobs::finish(tx, &job, Utc::now())).unwrap());
        assert_eq!(status(&app, &id), ImportStatus::Done);
        let again = run(&app, ADMIN, &json!({"id": id}), false).await;
        assert_eq!(counts(&again, "deals"), [2, 0, 0, 2, 0, 0]);
    }

    async fn imports_letters_and_other_work_wait_for_each_other_no_more(app: TestApp) {
        let db = app.state.db();
        let now = Utc::now();
        for kind in [imports::JOB, notifications::MAIL_JOB, "reminders"] {
            db.write(|tx| jobs::enqueue(tx, kind, &json!({}), now, now)).unwrap();
        }
        let soon = now + Duration::seconds(1);
        for (lane, kind) in [(Lane::Other, "reminders"), (Lane::Letters, "mail"), (Lane::Imports, "import")] {
            assert!(db.read(|tx| jobs::is_due(tx, lane, soon)).unwrap());
            let claim = |worker: &str| {
                db.write(|tx| jobs::claim(tx, worker, lane, Duration::minutes(2), soon)).unwrap()
            };
            assert_eq!(claim("one server").unwrap().kind, kind);
            assert_eq!(claim("another server"), None);
            assert!(!db.read(|tx| jobs::is_due(tx, lane, soon)).unwrap());
        }
    }

    async fn a_run_whose_process_died_is_taken_over(app: TestApp) {
        let id = uploaded(&app).await;
        let db = app.state.db();
        let job = start(&app, &id, Duration::seconds(1)).unwrap();
        let later = Utc::now() + Duration::seconds(5);
        let lease = Duration::minutes(2);
        let taken = db.write(|tx| jobs::claim(tx, "app", Lane::Imports, lease, later)).unwrap().unwrap();
        assert_eq!((taken.id.as_str(), taken.attempts), (job.id.as_str(), 2));
        for held in [
            db.write(|tx| jobs::extend(tx, &job, lease, later)),
            db.write(|tx| jobs::finish(tx, &job, later)),
            db.write(|tx| jobs::fail(tx, &job, "too late", later)),
        ] {
            assert!(!held.unwrap());
        }
        assert!(db.write(|tx| jobs::extend(tx, &taken, lease, later)).unwrap());
        imports::run(db, &id, &|| Ok(())).unwrap();
        assert!(db.write(|tx| jobs::finish(tx, &taken, later)).unwrap());
        assert!(!db.write(|tx| jobs::finish(tx, &taken, later)).unwrap());
    }

    async fn who_was_taken_for_dead_writes_nothing_any_more(app: TestApp) {
        let id = uploaded(&app).await;
        let db = app.state.db();
        start(&app, &id, Duration::minutes(2)).unwrap();
        let first = Cell::new(true);
        // Before its first batch the first worker sleeps, and another one does all the work.
        let alive = || match first.replace(false) {
            true => imports::run(db, &id, &|| Ok(())),
            false => Ok(()),
        };
        imports::run(db, &id, &alive).unwrap();
        assert!(!first.get());
        let actor = app.context(ADMIN).actor;
        let import = db.read(|tx| imports::get(tx, &actor, &id)).unwrap();
        assert_eq!((import.status, import.error_code), (ImportStatus::Done, None));
        assert_eq!(import.report.unwrap().kinds[0].created, 2);
        let page = app.get(ADMIN, "/api/v1/deals").await.expect(200);
        assert_eq!(page["items"].as_array().unwrap().len(), 2);
    }

    async fn who_lost_the_claim_leaves_the_end_to_the_one_who_has_it(app: TestApp) {
        let id = uploaded(&app).await;
        start(&app, &id, Duration::minutes(2)).unwrap();
        let lost = || Err(ErrorCode::ImportBusy.into());
        imports::run(app.state.db(), &id, &lost).unwrap();
        assert_eq!(status(&app, &id), ImportStatus::Running);
        imports::run(app.state.db(), &id, &|| Ok(())).unwrap();
        assert_eq!(status(&app, &id), ImportStatus::Done);
    }

    async fn why_a_run_stopped_is_told_by_a_code(app: TestApp) {
        let id = uploaded(&app).await;
        start(&app, &id, Duration::minutes(2)).unwrap();
        let broken = || Err(Error::Corrupt("a disk".into()));
        imports::run(app.state.db(), &id, &broken).unwrap();
        let import = app.get(ADMIN, &format!("/api/v1/imports/{id}")).await.expect(200);
        assert_eq!((&import["status"], &import["error_code"]), (&json!("failed"), &json!("internal")));
        assert!(!import["error"].as_str().unwrap().contains("disk"));
    }
}
