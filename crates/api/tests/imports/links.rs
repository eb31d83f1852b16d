//! For whom a row of a file stands for a record that is there already.

use serde_json::{Value, json};

use super::{ADMIN, NORTH_HEAD, counts, imported, imported_from, only, patch, problems};
use crate::support::{TestApp, on_both};

const SOUTH_HEAD: &str = "south.head@test.example";

fn deals(owner: &str, amount: u32) -> String {
    format!("id,title,stage,owner,account,amount\n1,Roof,New,{owner},Luna,{amount}\n")
}

async fn all_deals(app: &TestApp, who: &str) -> Vec<Value> {
    let page = app.get(who, "/api/v1/deals").await.expect(200);
    page["items"].as_array().unwrap().clone()
}

on_both! {
    async fn two_heads_import_the_same_deals_each_for_the_own_department(app: TestApp) {
        for source in ["csv", "amo"] {
            let before = all_deals(&app, ADMIN).await.len();
            let north = deals("north", 5);
            let import = imported_from(&app, NORTH_HEAD, source, "deals.csv", &north).await;
            assert_eq!(counts(&import, "deals"), [1, 1, 0, 0, 0, 0], "{source}");
            let south = deals("south", 7);
            let import = imported_from(&app, SOUTH_HEAD, source, "deals.csv", &south).await;
            assert_eq!(counts(&import, "deals"), [1, 1, 0, 0, 0, 0], "{source}");
            assert_eq!(problems(&app, SOUTH_HEAD, &import).await, []);
            assert_eq!(all_deals(&app, ADMIN).await.len(), before + 2);
            for (who, text) in [(NORTH_HEAD, &north), (SOUTH_HEAD, &south)] {
                let again = imported_from(&app, who, source, "deals.csv", text).await;
                assert_eq!(counts(&again, "deals"), [1, 0, 0, 1, 0, 0], "{source}");
            }
        }
    }

    async fn two_heads_import_the_same_people_each_below_the_own_department(app: TestApp) {
        for source in ["csv", "amo"] {
            let text = format!("id,name,team\n1,Ann of {source},Harbor\n");
            for who in [NORTH_HEAD, SOUTH_HEAD] {
                let import = imported_from(&app, who, source, "team.csv", &text).await;
                assert_eq!(counts(&import, "people"), [1, 1, 0, 0, 0, 0], "{source}");
                let again = imported_from(&app, who, source, "team.csv", &text).await;
                assert_eq!(counts(&again, "people"), [1, 0, 0, 1, 0, 0], "{source}");
            }
        }
    }

    async fn files_of_another_system_leave_the_accounts_of_the_first_alone(app: TestApp) {
        let luna = "id,company,industry\n1,Luna,retail\n";
        let sol = "id,company,industry\n1,Sol,mining\n";
        imported(&app, NORTH_HEAD, "accounts.csv", luna).await;
        let import = imported(&app, SOUTH_HEAD, "accounts.csv", sol).await;
        assert_eq!(counts(&import, "accounts"), [1, 1, 0, 0, 0, 0]);
        let import = imported_from(&app, NORTH_HEAD, "second", "accounts.csv", "id,company,industry\n1,Mars,\n").await;
        assert_eq!(counts(&import, "accounts"), [1, 1, 0, 0, 0, 0]);
        for (name, industry) in [("Luna", json!("retail")), ("Sol", json!("mining")), ("Mars", json!(null))] {
            assert_eq!(only(&app, ADMIN, &format!("/api/v1/accounts?q={name}")).await["industry"], industry);
        }
        let again = imported(&app, NORTH_HEAD, "accounts.csv", luna).await;
        assert_eq!(counts(&again, "accounts"), [1, 0, 0, 1, 0, 0]);
    }

    async fn a_new_name_by_an_identifier_of_nobody_knows_which_system_is_told(app: TestApp) {
        imported(&app, ADMIN, "accounts.csv", "id,company,industry\n1,Luna,\n").await;
        let import = imported(&app, ADMIN, "accounts.csv", "id,company,industry\n1,Sol,\n").await;
        assert_eq!(counts(&import, "accounts"), [1, 0, 1, 0, 0, 0]);
        let told = ("warning".to_owned(), "similar_name".to_owned(), "Sol".to_owned());
        assert_eq!(problems(&app, ADMIN, &import).await, [(2, told.0, told.1, told.2)]);
        imported_from(&app, ADMIN, "amo", "accounts.csv", "id,company,industry\n1,Mars,\n").await;
        let import = imported_from(&app, ADMIN, "amo", "accounts.csv", "id,company,industry\n1,Venus,\n").await;
        assert_eq!(counts(&import, "accounts"), [1, 0, 1, 0, 0, 0]);
        assert_eq!(problems(&app, ADMIN, &import).await, []);
    }

    async fn a_named_system_is_shared_by_those_who_may_change_its_records(app: TestApp) {
        imported_from(&app, NORTH_HEAD, "amo", "deals.csv", &deals("north", 5)).await;
        for (who, amount) in [(ADMIN, 6), ("director@test.example", 7), (NORTH_HEAD, 8)] {
            let import = imported_from(&app, who, "amo", "deals.csv", &deals("north", amount)).await;
            assert_eq!(counts(&import, "deals"), [1, 0, 1, 0, 0, 0], "{who}");
        }
        assert_eq!(all_deals(&app, ADMIN).await.len(), 1);
    }

    async fn the_own_deal_that_was_taken_away_is_neither_doubled_nor_changed(app: TestApp) {
        imported(&app, NORTH_HEAD, "deals.csv", &deals("north", 5)).await;
        let id = all_deals(&app, ADMIN).await[0]["id"].as_str().unwrap().to_owned();
        let south = app.user("south@test.example");
        let to_south = json!({"owner_id": south.id, "department_id": south.department_id});
        patch(&app, ADMIN, &format!("/api/v1/deals/{id}"), to_south).await;
        let again = imported(&app, NORTH_HEAD, "deals.csv", &deals("north", 5)).await;
        assert_eq!(counts(&again, "deals"), [1, 0, 0, 1, 0, 0]);
        let changed = imported(&app, NORTH_HEAD, "deals.csv", &deals("north", 6)).await;
        assert_eq!(counts(&changed, "deals"), [1, 0, 0, 0, 1, 0]);
        assert_eq!(problems(&app, NORTH_HEAD, &changed).await[0].2, "not_allowed");
        assert_eq!(all_deals(&app, ADMIN).await.len(), 1);
    }

    async fn a_person_beyond_reach_is_an_error_of_the_row(app: TestApp) {
        let team = "id,name,team,email\n1,Ann Lee,Harbor,\n2,Bo Ray,Harbor,\n";
        imported(&app, NORTH_HEAD, "team.csv", team).await;
        let ann = only(&app, ADMIN, "/api/v1/users?q=Ann%20Lee").await;
        let path = format!("/api/v1/users/{}", ann["id"].as_str().unwrap());
        let south = app.user("south@test.example").department_id;
        patch(&app, ADMIN, &path, json!({"department_id": south})).await;
        let team = "id,name,team,email\n1,Ann Lee,Harbor,ann@x.example\n2,Bo Ray,Harbor,bo@x.example\n";
        let import = imported(&app, NORTH_HEAD, "team.csv", team).await;
        assert_eq!(counts(&import, "people"), [2, 0, 1, 0, 1, 0]);
        let told = ("error".to_owned(), "not_allowed".to_owned(), "Ann Lee".to_owned());
        assert_eq!(problems(&app, NORTH_HEAD, &import).await, [(2, told.0, told.1, told.2)]);
        assert_eq!(app.get(ADMIN, &path).await.expect(200)["email"], json!(null));
    }
}
