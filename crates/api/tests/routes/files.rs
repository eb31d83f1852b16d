//! Files on deals: sent, listed, versioned, downloaded, removed, and who may.

use std::path::Path;

use actix_web::error::PayloadError;
use actix_web::http::Method;
use actix_web::test::TestRequest;
use actix_web::web::Bytes;
use chrono::{Duration, Utc};
use etalon_persistence::files;
use futures_util::stream;
use serde_json::{Value, json};

use crate::support::{Answer, MAX_FILE, TestApp, on_both};

const NORTH: &str = "north@test.example";
const NORTH2: &str = "north2@test.example";
const NORTH_HEAD: &str = "north.head@test.example";

async fn deal(app: &TestApp) -> String {
    let made = app
        .post(NORTH, "/api/v1/deals", json!({"title": "Line 4"}))
        .await;
    let id = made.expect(201)["id"].as_str().unwrap().to_owned();
    format!("/api/v1/deals/{id}")
}

fn form(app: &TestApp, who: &str, deal: &str, name: &str, content: &[u8]) -> TestRequest {
    let mut body = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         Content-Type: text/plain\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(content);
    body.extend_from_slice(b"\r\n--edge--\r\n");
    app.request(who, Method::POST, &format!("{deal}/files"))
        .insert_header(("content-type", "multipart/form-data; boundary=edge"))
        .set_payload(body)
}

pub(super) async fn add(app: &TestApp, deal: &str, name: &str, content: &[u8]) -> Value {
    app.send(form(app, NORTH, deal, name, content))
        .await
        .expect(201)
}

fn raw(app: &TestApp, deal: &str, query: &str) -> TestRequest {
    app.request(NORTH, Method::POST, &format!("{deal}/files{query}"))
}

async fn content(app: &TestApp, file: &Value) -> Answer {
    let id = file["id"].as_str().unwrap();
    app.get(NORTH, &format!("/api/v1/files/{id}/content")).await
}

async fn names(app: &TestApp, deal: &str, query: &str) -> Vec<(String, i64)> {
    let page = app
        .get(NORTH, &format!("{deal}/files{query}"))
        .await
        .expect(200);
    let files = page["items"].as_array().unwrap().iter();
    files
        .map(|file| {
            (
                file["name"].as_str().unwrap().into(),
                file["version"].as_i64().unwrap(),
            )
        })
        .collect()
}

/// How many files lie in a folder of the store, at any depth.
fn stored(folder: &Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return 0;
    };
    entries
        .map(|entry| entry.unwrap().path())
        .map(|path| if path.is_dir() { stored(&path) } else { 1 })
        .sum()
}

fn kept(app: &TestApp) -> usize {
    stored(&Path::new(&app.state.settings().files).join("content"))
}

on_both! {
    async fn a_file_comes_back_as_it_was_sent_whatever_it_is_called(app: TestApp) {
        let deal = deal(&app).await;
        let sent: Vec<u8> = (0..200_000_u32).map(|n| (n % 251) as u8).collect();
        let file = add(&app, &deal, "Смета & план.xlsx", &sent).await;
        assert_eq!(file["name"], "Смета & план.xlsx");
        assert_eq!((&file["version"], &file["size"]), (&json!(1), &json!(200_000)));
        assert_eq!(file["created_by"]["name"], "north");
        assert_eq!(file["owner"]["kind"], "deal");
        let answer = content(&app, &file).await;
        assert!(answer.status.is_success() && answer.bytes == sent);
        let header = |name: &str| answer.headers.get(name).unwrap().to_str().unwrap().to_owned();
        let disposition = header("content-disposition");
        assert!(disposition.starts_with("attachment; filename*=UTF-8''%D0%A1"), "{disposition}");
        assert_eq!(header("x-content-type-options"), "nosniff");
        let tag = header("etag");
        assert_eq!(tag, format!("{}", file["sha256"]));
        let path = format!("/api/v1/files/{}/content", file["id"].as_str().unwrap());
        let again = app.request(NORTH, Method::GET, &path).insert_header(("if-none-match", tag));
        assert_eq!(app.send(again).await.status.as_u16(), 304);
        let known = app.get(NORTH, &format!("/api/v1/files/{}", file["id"].as_str().unwrap())).await;
        assert_eq!(known.expect(200), file);
        let touched = app.get(NORTH, &deal).await.expect(200);
        assert_eq!(touched["last_touch_at"], file["created_at"]);
        assert_eq!(touched["version"], json!(1));
    }

    async fn what_could_act_in_a_browser_is_hidden_and_nothing_has_a_path(app: TestApp) {
        let deal = deal(&app).await;
        let page = raw(&app, &deal, "?name=..%2F..%2F..%2Fetc%2Fpage.html")
            .insert_header(("content-type", "text/html; charset=utf-8"))
            .set_payload("<script>alert(1)</script>");
        let file = app.send(page).await.expect(201);
        assert_eq!((&file["name"], &file["media_type"]), (&json!("page.html"), &json!("text/html")));
        let answer = content(&app, &file).await;
        assert_eq!(answer.headers.get("content-type").unwrap(), "application/octet-stream");
        let file = add(&app, &deal, "..\\\\..\\\\windows\\\\system.ini", b"x").await;
        assert_eq!(file["name"], "system.ini");
        for bad in ["?name=..", "?name=folder%2F", ""] {
            let refused = app.send(raw(&app, &deal, bad).set_payload("x")).await;
            assert_eq!(refused.expect(422)["errors"][0]["field"], "name", "{bad}");
        }
        assert_eq!(names(&app, &deal, "").await.len(), 2);
    }

    async fn files_are_versioned_by_name(app: TestApp) {
        let deal = deal(&app).await;
        add(&app, &deal, "Offer.pdf", b"one").await;
        add(&app, &deal, "notes.txt", b"one").await;
        let second = add(&app, &deal, "OFFER.pdf", b"two").await;
        assert_eq!((&second["version"], &second["versions"]), (&json!(2), &json!(2)));
        assert_eq!(names(&app, &deal, "").await, [("OFFER.pdf".into(), 2), ("notes.txt".into(), 1)]);
        let all = names(&app, &deal, "?versions=true&name=offer.PDF").await;
        assert_eq!(all, [("OFFER.pdf".into(), 2), ("Offer.pdf".into(), 1)]);
        let id = format!("/api/v1/files/{}", second["id"].as_str().unwrap());
        app.call(NORTH, Method::DELETE, &id, None).await.expect(204);
        app.get(NORTH, &id).await.expect(404);
        app.get(NORTH, &format!("{id}/content")).await.expect(404);
        assert_eq!(names(&app, &deal, "").await, [("notes.txt".into(), 1), ("Offer.pdf".into(), 1)]);
        // Numbers are not given twice.
        let third = add(&app, &deal, "Offer.pdf", b"three").await;
        assert_eq!(third["version"], 3);
        let back = app.post(NORTH, &format!("{id}/restore"), json!({})).await.expect(200);
        assert_eq!((&back["version"], &back["versions"]), (&json!(2), &json!(3)));
        let twice = app.post(NORTH, &format!("{id}/restore"), json!({})).await;
        assert_eq!((twice.status.as_u16(), twice.code()), (409, "not_deleted".into()));
        let history = app.get(NORTH, &format!("{deal}/timeline?kind=file_added,file_removed")).await;
        let history = history.expect(200);
        let entries = history["items"].as_array().unwrap();
        assert_eq!(entries.len(), 6);
        assert_eq!(entries[2]["kind"], "file_removed");
        assert_eq!(entries[2]["changes"][0]["from"]["name"], "OFFER.pdf");
    }

    async fn the_same_content_is_kept_once_and_an_empty_file_is_a_file(app: TestApp) {
        let deal = deal(&app).await;
        let one = add(&app, &deal, "a.txt", b"the same").await;
        let two = add(&app, &deal, "b.txt", b"the same").await;
        assert_eq!(one["sha256"], two["sha256"]);
        assert_eq!(kept(&app), 1);
        let empty = add(&app, &deal, "empty.txt", b"").await;
        assert_eq!(empty["size"], 0);
        let answer = content(&app, &empty).await;
        assert!(answer.status.is_success() && answer.bytes.is_empty());
    }

    async fn too_large_a_file_is_refused_before_its_end(app: TestApp) {
        let deal = deal(&app).await;
        let piece = Bytes::from(vec![7; 64 << 10]);
        // A body that never ends: whoever reads on is never done.
        let endless = stream::repeat_with(move || Ok(piece.clone()));
        let refused = app.send_stream(raw(&app, &deal, "?name=big.bin"), endless).await;
        assert_eq!((refused.status.as_u16(), refused.code()), (413, "too_large".into()));
        assert_eq!(refused.json()["detail"], "A file may have at most 1 MB.");
        let announced = raw(&app, &deal, "?name=big.bin").insert_header(("content-length", "9000000000"));
        let unread = app.send_stream(announced, stream::pending()).await;
        assert_eq!(unread.code(), "too_large");
        let over = vec![7; usize::try_from(MAX_FILE).unwrap() + 1];
        let refused = app.send(form(&app, NORTH, &deal, "big.bin", &over)).await;
        assert_eq!(refused.code(), "too_large");
        let exactly = add(&app, &deal, "big.bin", &over[1..]).await;
        assert_eq!(exactly["size"], json!(MAX_FILE));
        assert_eq!((names(&app, &deal, "").await.len(), kept(&app)), (1, 1));
    }

    async fn an_upload_that_breaks_off_leaves_nothing(app: TestApp) {
        let deal = deal(&app).await;
        let broken = || stream::iter([
            Ok(Bytes::from(vec![7; 64 << 10])),
            Err(PayloadError::Incomplete(None)),
        ]);
        let refused = app.send_stream(raw(&app, &deal, "?name=half.bin"), broken()).await;
        assert_eq!(refused.code(), "bad_request");
        let cut = form(&app, NORTH, &deal, "half.txt", b"whole").set_payload(
            "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"half.txt\"\r\n\r\nhal",
        );
        assert_eq!(app.send(cut).await.code(), "bad_request");
        let nothing = form(&app, NORTH, &deal, "x", b"").set_payload("--edge--\r\n");
        assert_eq!(app.send(nothing).await.expect(422)["errors"][0]["field"], "file");
        assert!(names(&app, &deal, "").await.is_empty());
        assert_eq!(stored(Path::new(&app.state.settings().files)), 0);
    }

    async fn a_file_is_seen_with_its_deal_and_changed_by_whoever_may_change_it(app: TestApp) {
        let deal = deal(&app).await;
        let file = add(&app, &deal, "offer.txt", b"an offer").await;
        let path = format!("/api/v1/files/{}", file["id"].as_str().unwrap());
        for hidden in [path.clone(), format!("{path}/content"), format!("{deal}/files")] {
            app.get(NORTH2, &hidden).await.expect(404);
            assert!(app.get(NORTH_HEAD, &hidden).await.status.is_success());
        }
        app.send(form(&app, NORTH2, &deal, "x.txt", b"x")).await.expect(404);
        app.call(NORTH2, Method::DELETE, &path, None).await.expect(404);
        // A closed deal takes files, one in the bin hides them.
        let close = json!({"outcome": "lost", "reason": "price"});
        app.post(NORTH, &format!("{deal}/close"), close).await.expect(200);
        add(&app, &deal, "letter.txt", b"thank you").await;
        app.call(NORTH_HEAD, Method::DELETE, &deal, None).await.expect(204);
        app.get(NORTH, &path).await.expect(404);
    }

    async fn a_repeated_upload_acts_once(app: TestApp) {
        let deal = deal(&app).await;
        let send = || form(&app, NORTH, &deal, "offer.txt", b"an offer")
            .insert_header(("idempotency-key", "one attempt"))
            .insert_header(("content-length", "170"));
        let first = app.send(send()).await.expect(201);
        let second = app.send(send()).await;
        assert_eq!(second.expect(201), first);
        assert!(second.headers.contains_key("idempotency-replayed"));
        assert_eq!(names(&app, &deal, "?versions=true").await.len(), 1);
    }

    async fn contents_that_nobody_needs_are_removed_after_a_day(app: TestApp) {
        let deal = deal(&app).await;
        add(&app, &deal, "offer.txt", b"an offer").await;
        let orphan = "ab".repeat(32);
        let now = Utc::now();
        let clean = |now| app.state.db().write(|tx| {
            let mut gone = Vec::new();
            files::clean_up(tx, now, |sha256| { gone.push(sha256.to_owned()); Ok(()) })?;
            Ok(gone)
        }).unwrap();
        app.state.db().write(|tx| files::keep(tx, &orphan, 3, now)).unwrap();
        assert!(clean(now + Duration::hours(23)).is_empty());
        // Sent once more: the day begins anew.
        app.state.db().write(|tx| files::keep(tx, &orphan, 3, now + Duration::hours(20))).unwrap();
        assert!(clean(now + Duration::hours(30)).is_empty());
        let refused = app.state.db().write(|tx| {
            files::clean_up(tx, now + Duration::hours(50), |_| Err("the disk is gone".into()))
        });
        assert!(refused.is_err());
        assert_eq!(clean(now + Duration::hours(50)), [orphan]);
        assert!(clean(now + Duration::hours(50)).is_empty());
    }
}
