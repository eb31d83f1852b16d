//! Who may import what.

use actix_web::http::Method;
use serde_json::json;

use super::{ADMIN, NORTH_HEAD, counts, draft, imported, only, problems, set_options, upload};
use crate::support::on_both;

const TEAM: &str = "name,manager,team\nAnn Lee,Bo Ray,Harbor\nCy Fox,Bo Ray,Harbor\n";

on_both! {
    async fn managers_and_viewers_do_not_import(app: TestApp) {
        for who in ["north@test.example", "viewer@test.example"] {
            let answer = upload(&app, who, &[("team.csv", TEAM.as_bytes())]).await;
            assert_eq!(answer.code(), "forbidden");
            assert_eq!(app.get(who, "/api/v1/imports").await.code(), "forbidden");
        }
    }

    async fn a_head_sees_the_own_imports_and_an_administrator_all(app: TestApp) {
        let import = draft(&app, NORTH_HEAD, "team.csv", TEAM).await;
        let path = format!("/api/v1/imports/{}", import["id"].as_str().unwrap());
        app.get(ADMIN, &path).await.expect(200);
        let other = "south.head@test.example";
        assert_eq!(app.get(other, &path).await.code(), "not_found");
        let run = app.post(other, &format!("{path}/run"), json!({"dry_run": false})).await;
        assert_eq!(run.code(), "not_found");
        let list = app.get(other, "/api/v1/imports").await.expect(200);
        assert_eq!(list["items"], json!([]));
        assert_eq!(only(&app, ADMIN, "/api/v1/imports").await["file_names"], json!(["team.csv"]));
    }

    async fn a_head_imports_below_the_own_department(app: TestApp) {
        let import = imported(&app, NORTH_HEAD, "team.csv", TEAM).await;
        assert_eq!(counts(&import, "people"), [2, 2, 0, 0, 0, 0]);
        let departments = app.get(ADMIN, "/api/v1/departments").await.expect(200);
        let all = departments["items"].as_array().unwrap();
        let named = |name: &str| all.iter().find(|d| d["name"] == name).unwrap().clone();
        assert_eq!(named("Harbor")["parent_id"], named("North")["id"]);
        let ann = only(&app, ADMIN, "/api/v1/users?q=Ann%20Lee").await;
        let bo = only(&app, ADMIN, "/api/v1/users?q=Bo%20Ray").await;
        assert_eq!(ann["role"], "manager");
        assert_eq!(bo["role"], "head");
        assert_eq!(ann["manager_id"], bo["id"]);
        assert_eq!(ann["can_sign_in"], false);
        assert_eq!(ann["department_id"], named("Harbor")["id"]);
    }

    async fn a_head_gives_deals_only_to_people_of_the_own_department(app: TestApp) {
        let text = "id,title,stage,owner\n1,Ours,New,north\n2,Theirs,New,south\n3,Ours too,New,north2\n";
        let import = imported(&app, NORTH_HEAD, "deals.csv", text).await;
        assert_eq!(counts(&import, "deals"), [3, 2, 0, 0, 1, 0]);
        let found = problems(&app, NORTH_HEAD, &import).await;
        let south = ("error".to_owned(), "unknown_reference".to_owned(), "south".to_owned());
        assert_eq!(found, [(3, south.0, south.1, south.2)]);
    }

    async fn a_head_does_not_import_into_another_department(app: TestApp) {
        let import = draft(&app, NORTH_HEAD, "team.csv", TEAM).await;
        let south = app.user("south.head@test.example").department_id;
        let answer = set_options(&app, NORTH_HEAD, &import, json!({"parent_department_id": south})).await;
        assert_eq!(answer.code(), "invalid_fields");
        assert_eq!(answer.json()["errors"][0]["field"], "options.parent_department_id");
    }

    async fn nobody_but_an_administrator_imports_administrators(app: TestApp) {
        let text = "name,role,team\nAnn Lee,admin,Harbor\n";
        let import = imported(&app, NORTH_HEAD, "team.csv", text).await;
        assert_eq!(counts(&import, "people"), [1, 0, 0, 0, 1, 0]);
        let import = imported(&app, ADMIN, "team.csv", text).await;
        assert_eq!(counts(&import, "people"), [1, 1, 0, 0, 0, 0]);
    }

    async fn who_can_sign_in_is_not_changed(app: TestApp) {
        let text = "name,role,email\nnorth,head,north@test.example\n";
        let import = imported(&app, ADMIN, "people.csv", text).await;
        assert_eq!(counts(&import, "people"), [1, 0, 0, 1, 0, 0]);
        assert_eq!(problems(&app, ADMIN, &import).await[0].2, "kept_person");
        assert_eq!(app.user("north@test.example").role.as_str(), "manager");
    }

    async fn a_draft_can_be_thrown_away_and_an_import_that_wrote_not(app: TestApp) {
        let import = draft(&app, ADMIN, "team.csv", TEAM).await;
        let path = format!("/api/v1/imports/{}", import["id"].as_str().unwrap());
        app.call(ADMIN, Method::DELETE, &path, None).await.expect(204);
        assert_eq!(app.get(ADMIN, &path).await.code(), "not_found");
        let import = imported(&app, ADMIN, "team.csv", TEAM).await;
        let path = format!("/api/v1/imports/{}", import["id"].as_str().unwrap());
        let answer = app.call(ADMIN, Method::DELETE, &path, None).await;
        assert_eq!(answer.code(), "in_use");
    }
}
