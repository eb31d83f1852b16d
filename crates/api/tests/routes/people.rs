use actix_web::http::Method;
use serde_json::json;

use crate::support::on_both;

const ADMIN: &str = "admin@test.example";
const NORTH_HEAD: &str = "north.head@test.example";

on_both! {
    async fn a_head_manages_the_people_below_and_nobody_else(app: TestApp) {
        let north = app.user(NORTH_HEAD).department_id;
        let south = app.user("south@test.example").department_id;
        let new = |role: &str, at: &Option<_>, email: &str| json!({"name": "New", "role": role,
            "department_id": at, "email": email, "password": "a long password"});
        let made = app.post(NORTH_HEAD, "/api/v1/users", new("manager", &north, "a@x.example")).await;
        let made = made.expect(201);
        assert_eq!(made["can_sign_in"], true);
        for (role, at) in [("admin", &north), ("manager", &south), ("manager", &None)] {
            let refused = app.post(NORTH_HEAD, "/api/v1/users", new(role, at, "b@x.example")).await;
            assert_eq!(refused.code(), "forbidden", "{role} {at:?}");
        }
        let uri = format!("/api/v1/users/{}", made["id"].as_str().unwrap());
        let up = app.call(NORTH_HEAD, Method::PATCH, &uri, Some(json!({"role": "admin"}))).await;
        assert_eq!(up.code(), "forbidden");
        let away = json!({"department_id": south});
        assert_eq!(app.call(NORTH_HEAD, Method::PATCH, &uri, Some(away)).await.code(), "forbidden");
        let admin = format!("/api/v1/users/{}", app.user(ADMIN).id);
        let body = Some(json!({"name": "x"}));
        assert_eq!(app.call(NORTH_HEAD, Method::PATCH, &admin, body).await.code(), "forbidden");
    }

    async fn bad_people_are_refused_by_field(app: TestApp) {
        for (body, field, code) in [
            (json!({"role": "manager", "name": ""}), "name", "required"),
            (json!({"role": "king", "name": "A"}), "role", "invalid_format"),
            (json!({"role": "manager", "name": "A", "email": "x"}), "email", "invalid_email"),
            (json!({"role": "manager", "name": "A", "email": "NORTH@test.example"}),
                "email", "already_used"),
            (json!({"role": "manager", "name": "A", "password": "short"}), "password", "too_short"),
            (json!({"role": "manager", "name": "A", "time_zone": "Mars/One"}),
                "time_zone", "invalid_format"),
            (json!({"role": "manager", "name": "A", "department_id": "x"}),
                "department_id", "unknown_reference"),
        ] {
            let answer = app.post(ADMIN, "/api/v1/users", body.clone()).await.expect(422);
            assert_eq!(answer["errors"][0]["field"], field, "{body}");
            assert_eq!(answer["errors"][0]["code"], code, "{body}");
        }
    }

    async fn passwords_are_never_told(app: TestApp) {
        let body = json!({"name": "A", "role": "manager", "email": "a@x.example",
            "password": "a long password"});
        let made = app.post(ADMIN, "/api/v1/users", body).await;
        made.expect(201);
        assert!(!made.text.contains("password"));
        let uri = format!("/api/v1/users/{}/timeline", made.json()["id"].as_str().unwrap());
        let history = app.get(ADMIN, &uri).await;
        assert!(!history.text.contains("a long password") && !history.text.contains("argon2"));
    }

    async fn the_last_administrator_stays(app: TestApp) {
        let uri = format!("/api/v1/users/{}", app.user(ADMIN).id);
        let gone = app.call(ADMIN, Method::DELETE, &uri, None).await;
        assert_eq!(gone.code(), "last_admin");
        let down = app.call(ADMIN, Method::PATCH, &uri, Some(json!({"role": "viewer"}))).await;
        assert_eq!(down.code(), "last_admin");
    }

    async fn the_tree_of_departments_stays_a_tree(app: TestApp) {
        let list = app.get(ADMIN, "/api/v1/departments").await.expect(200);
        let id = |name: &str| {
            let items = list["items"].as_array().unwrap();
            let found = items.iter().find(|d| d["name"] == name).unwrap();
            found["id"].as_str().unwrap().to_owned()
        };
        let sales = format!("/api/v1/departments/{}", id("Sales"));
        let below = Some(json!({"parent_id": id("North")}));
        let cycle = app.call(ADMIN, Method::PATCH, &sales, below).await.expect(422);
        assert_eq!(cycle["errors"][0]["code"], "cycle");
        let twice = json!({"name": "north", "parent_id": id("Sales")});
        let twice = app.post(ADMIN, "/api/v1/departments", twice).await.expect(422);
        assert_eq!(twice["errors"][0]["code"], "already_used");
        assert_eq!(app.call(ADMIN, Method::DELETE, &sales, None).await.code(), "in_use");
        let east = json!({"name": "East", "parent_id": id("North")});
        let east = app.post(NORTH_HEAD, "/api/v1/departments", east).await.expect(201);
        let uri = format!("/api/v1/departments/{}", east["id"].as_str().unwrap());
        let gone = app.call(NORTH_HEAD, Method::DELETE, &uri, None).await;
        assert_eq!(gone.status.as_u16(), 204);
    }

    async fn a_head_changes_the_own_department_but_not_its_place(app: TestApp) {
        let uri = |email: &str| {
            format!("/api/v1/departments/{}", app.user(email).department_id.unwrap())
        };
        let own = uri(NORTH_HEAD);
        let body = json!({"name": "Far North", "share_deals": true});
        let changed = app.call(NORTH_HEAD, Method::PATCH, &own, Some(body)).await.expect(200);
        assert_eq!(changed["name"], "Far North");
        let up = app.call(NORTH_HEAD, Method::PATCH, &own, Some(json!({"parent_id": null}))).await;
        assert_eq!(up.code(), "forbidden");
        let other = uri("south@test.example");
        let body = Some(json!({"name": "Mine"}));
        assert_eq!(app.call(NORTH_HEAD, Method::PATCH, &other, body).await.code(), "forbidden");
    }

    async fn a_moved_department_takes_its_deals_out_of_sight_at_once(app: TestApp) {
        let deal = app.post("north@test.example", "/api/v1/deals", json!({"title": "A"})).await;
        let uri = format!("/api/v1/deals/{}", deal.expect(201)["id"].as_str().unwrap());
        app.get("director@test.example", &uri).await.expect(200);
        let north = app.user(NORTH_HEAD).department_id.unwrap();
        let path = format!("/api/v1/departments/{north}");
        app.call(ADMIN, Method::PATCH, &path, Some(json!({"parent_id": null}))).await.expect(200);
        assert_eq!(app.get("director@test.example", &uri).await.status.as_u16(), 404);
    }

    async fn a_reader_changes_nothing(app: TestApp) {
        for (path, body) in [
            ("/api/v1/deals", json!({"title": "A"})),
            ("/api/v1/accounts", json!({"name": "A"})),
            ("/api/v1/contacts", json!({"name": "A"})),
            ("/api/v1/products", json!({"name": "A"})),
            ("/api/v1/users", json!({"name": "A", "role": "manager"})),
            ("/api/v1/departments", json!({"name": "A"})),
        ] {
            let answer = app.post("viewer@test.example", path, body).await;
            assert_eq!(answer.code(), "forbidden", "{path}");
        }
    }
}
