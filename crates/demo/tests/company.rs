//! The demo company as a reader of the database finds it.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Text};
use etalon_demo::{Bulk, PASSWORD};
use etalon_persistence::{Db, PoolSize};
use tempfile::TempDir;

const STAGES: [&str; 11] = [
    "potential",
    "needs",
    "presentation",
    "key_contacts",
    "proposal",
    "negotiation",
    "contracting",
    "won",
    "lost",
    "rejected",
    "rerouted",
];

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 5, 20).unwrap()
}

struct Filled {
    folder: TempDir,
    db: Db,
}

impl Filled {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("demo.db").display());
        let db = Db::open(&url, PoolSize { readers: 2 }).unwrap();
        etalon_demo::fill(&db, today(), &|password| format!("hash of {password}")).unwrap();
        Self { folder, db }
    }

    fn connection(&self) -> SqliteConnection {
        let path = self.folder.path().join("demo.db");
        SqliteConnection::establish(path.to_str().unwrap()).unwrap()
    }

    fn number(&self, sql: &str) -> i64 {
        #[derive(QueryableByName)]
        struct Number {
            #[diesel(sql_type = BigInt)]
            n: i64,
        }
        let sql = format!("SELECT CAST(({sql}) AS BIGINT) AS n");
        sql_query(sql)
            .get_result::<Number>(&mut self.connection())
            .unwrap()
            .n
    }

    fn texts(&self, sql: &str) -> Vec<String> {
        #[derive(QueryableByName)]
        struct One {
            #[diesel(sql_type = Text)]
            t: String,
        }
        let rows: Vec<One> = sql_query(sql).load(&mut self.connection()).unwrap();
        rows.into_iter().map(|row| row.t).collect()
    }

    /// Figures that change when anything of the company does.
    fn figures(&self) -> Vec<i64> {
        [
            "SELECT COUNT(*) FROM deals",
            "SELECT SUM(amount_base) FROM deals",
            "SELECT SUM(amount_base * probability) FROM deals WHERE status = 'open'",
            "SELECT COUNT(*) FROM timeline",
            "SELECT SUM(score * version) FROM leads",
            "SELECT SUM(LENGTH(search_text)) FROM leads",
            "SELECT COUNT(*) FROM deal_versions",
            "SELECT SUM(LENGTH(changes)) FROM timeline WHERE entity = 'deal'",
            "SELECT SUM(CAST(strftime('%s', valid_from) AS BIGINT)) FROM deal_versions",
        ]
        .map(|sql| self.number(sql))
        .to_vec()
    }

    fn assert_stays_are_whole(&self) {
        let one_open = "SELECT COUNT(*) FROM deals d WHERE 1 <> (SELECT COUNT(*) FROM deal_versions v \
                        WHERE v.deal_id = d.id AND v.valid_to IS NULL)";
        assert_eq!(self.number(one_open), 0, "every deal has one present stay");
        let broken = "SELECT COUNT(*) FROM deal_versions v WHERE v.valid_to IS NOT NULL AND NOT EXISTS \
                      (SELECT 1 FROM deal_versions n WHERE n.deal_id = v.deal_id AND n.valid_from = v.valid_to)";
        assert_eq!(
            self.number(broken),
            0,
            "no gap and no overlap between stays"
        );
        let backwards = "SELECT COUNT(*) FROM deal_versions WHERE valid_to <= valid_from";
        assert_eq!(self.number(backwards), 0, "no stay ends before it begins");
        let other = "SELECT COUNT(*) FROM deals d JOIN deal_versions v ON v.deal_id = d.id \
                     AND v.valid_to IS NULL WHERE v.stage <> d.stage OR v.status <> d.status";
        assert_eq!(
            self.number(other),
            0,
            "the present stay is that of the deal"
        );
        let beginning = "SELECT COUNT(*) FROM deals d WHERE d.created_at <> \
                         (SELECT MIN(valid_from) FROM deal_versions v WHERE v.deal_id = d.id)";
        assert_eq!(self.number(beginning), 0, "stays begin with the deal");
    }
}

#[test]
fn the_company_shows_everything_a_sales_team_meets() {
    let company = Filled::new();
    company.assert_stays_are_whole();
    let present = company.texts("SELECT DISTINCT stage AS t FROM deals WHERE deleted_at IS NULL");
    for stage in STAGES {
        assert!(
            present.iter().any(|known| known == stage),
            "no deal in {stage}"
        );
    }
    let at_least = |minimum: i64, sql: &str| {
        let found = company.number(sql);
        assert!(found >= minimum, "{found} of {minimum}: {sql}");
    };
    at_least(220, "SELECT COUNT(*) FROM deals");
    at_least(60, "SELECT COUNT(*) FROM deals WHERE status = 'open'");
    at_least(60, "SELECT COUNT(*) FROM accounts");
    at_least(110, "SELECT COUNT(*) FROM contacts");
    at_least(12, "SELECT COUNT(*) FROM users WHERE email IS NOT NULL");
    at_least(8, "SELECT COUNT(*) FROM products");
    at_least(14, "SELECT COUNT(*) FROM materials");
    at_least(13, "SELECT COUNT(*) FROM material_versions");
    at_least(
        40,
        "SELECT COUNT(*) FROM deal_materials WHERE shown_at IS NOT NULL",
    );
    at_least(
        3,
        "SELECT COUNT(*) FROM deal_materials WHERE shown_at IS NULL",
    );
    at_least(40, "SELECT COUNT(*) FROM leads");
    for status in [
        "new",
        "qualifying",
        "qualified",
        "nurturing",
        "disqualified",
    ] {
        at_least(
            4,
            &format!("SELECT COUNT(*) FROM leads WHERE status = '{status}'"),
        );
    }
    at_least(6, "SELECT COUNT(DISTINCT disqualify_reason) FROM leads");
    at_least(
        5,
        "SELECT COUNT(DISTINCT score) FROM leads WHERE status = 'qualifying'",
    );
    at_least(
        1,
        "SELECT COUNT(*) FROM leads WHERE override_reason IS NOT NULL",
    );
    at_least(
        1,
        "SELECT COUNT(*) FROM leads WHERE nurture_until <= '2026-05-20'",
    );
    at_least(5, "SELECT COUNT(*) FROM leads WHERE form_id IS NOT NULL");
    at_least(1, "SELECT COUNT(*) FROM lead_forms");
    at_least(2, "SELECT COUNT(*) FROM deals WHERE deleted_at IS NOT NULL");
    at_least(5, "SELECT COUNT(*) FROM deals WHERE account_id IS NULL");
    at_least(20, "SELECT COUNT(*) FROM deals WHERE pushes > 0");
    at_least(
        10,
        "SELECT COUNT(*) FROM deals WHERE winner_account_id IS NOT NULL",
    );
    at_least(
        5,
        "SELECT COUNT(*) FROM timeline WHERE kind = 'stage_returned'",
    );
    at_least(1, "SELECT COUNT(*) FROM timeline WHERE kind = 'reopened'");
    for (minimum, what) in [
        (2, "timeline WHERE kind = 'gate_overridden'"),
        (200, "deal_steps WHERE done"),
        (5, "deal_steps WHERE confidence = 'unsure'"),
        (
            2,
            "deal_steps WHERE step_id = 'send_minutes' AND sent_at IS NULL",
        ),
        (
            3,
            "deal_steps WHERE step_id = 'send_minutes' AND sent_at IS NOT NULL",
        ),
        (10, "deal_team"),
        (20, "deal_contacts WHERE role = 'decision_maker'"),
        (5, "deal_competitors WHERE threat IS NOT NULL"),
        (1, "deal_competitors WHERE threat IS NULL"),
        (3, "deal_concessions"),
        (
            5,
            "activities WHERE origin = 'process' AND status = 'planned' AND due_at < '2026-05-20'",
        ),
        (3, "proposals WHERE status = 'draft'"),
        (5, "proposals WHERE status = 'sent'"),
    ] {
        at_least(minimum, &format!("SELECT COUNT(*) FROM {what}"));
    }
    at_least(5, "SELECT COUNT(DISTINCT currency) FROM deals");
    at_least(
        3,
        "SELECT COUNT(*) FROM deals WHERE status = 'open' AND expected_close_on < '2026-05-20'",
    );
    assert_eq!(
        company
            .number("SELECT COUNT(*) FROM deals WHERE amount IS NOT NULL AND amount_base IS NULL"),
        0,
        "every amount has a rate"
    );
    assert_eq!(
        company.number("SELECT COUNT(*) FROM timeline WHERE at > '2026-05-20 00:00:00'"),
        0,
        "nothing happens after this morning"
    );
}

#[test]
fn everybody_can_sign_in_and_a_second_company_is_refused() {
    let company = Filled::new();
    let shown = etalon_demo::sign_ins();
    assert_eq!(shown.first().unwrap().email, "olivia.hart@etalon.example");
    assert!(PASSWORD.chars().count() >= 10);
    for person in &shown {
        let hash = company
            .db
            .read(|tx| etalon_persistence::users::by_email(tx, &person.email))
            .unwrap()
            .unwrap()
            .password_hash;
        assert_eq!(hash.unwrap(), format!("hash of {PASSWORD}"));
    }
    assert!(!etalon_demo::is_empty(&company.db).unwrap());
    assert!(etalon_demo::fill(&company.db, today(), &|_| String::new()).is_err());
}

#[test]
fn the_company_does_not_depend_on_the_day_of_the_week() {
    let (sunday, monday) = (4, 5);
    for days in [sunday, monday] {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("demo.db").display());
        let db = Db::open(&url, PoolSize { readers: 1 }).unwrap();
        let day = today() + Days::new(days);
        etalon_demo::fill(&db, day, &|_| "hash".to_owned()).unwrap();
        Filled { folder, db }.assert_stays_are_whole();
    }
}

#[test]
fn company_and_bulk_deals_are_the_same_every_time() {
    let make = || {
        let company = Filled::new();
        let small = company.figures();
        let bulk = Bulk {
            chunk: 170,
            ..Bulk::new(600, 42, today())
        };
        let report = etalon_demo::deals(&company.db, &bulk).unwrap();
        assert_eq!(report.deals.len(), 600);
        company.assert_stays_are_whole();
        (small, company.figures())
    };
    assert_eq!(make(), make());
}
