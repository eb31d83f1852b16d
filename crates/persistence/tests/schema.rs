//! The schema is the same on both databases and in `schema.rs`, and every migration can be taken
//! back.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use etalon_persistence::connection::AnyConnection;
use etalon_persistence::{introspect, migrate};

fn sqlite() -> AnyConnection {
    AnyConnection::Sqlite(SqliteConnection::establish(":memory:").unwrap())
}

/// A connection with an empty schema of its own; `None`, loudly, without a server for tests.
fn postgres(schema: &str) -> Option<AnyConnection> {
    let Ok(url) = std::env::var("ETALON_TEST_POSTGRES_URL") else {
        eprintln!("SKIPPED on PostgreSQL: ETALON_TEST_POSTGRES_URL is not set");
        return None;
    };
    let mut conn = PgConnection::establish(&url).unwrap();
    conn.batch_execute(&format!(
        "DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}; \
         CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public; \
         SET search_path TO {schema}, public"
    ))
    .unwrap();
    Some(AnyConnection::Postgres(conn))
}

fn migrated(mut conn: AnyConnection) -> Vec<introspect::Column> {
    let applied = migrate::run(&mut conn).unwrap();
    assert_eq!(applied.len(), migrate::MIGRATIONS.len());
    assert!(migrate::run(&mut conn).unwrap().is_empty());
    let columns = introspect::columns(&mut conn).unwrap();
    migrate::revert_all(&mut conn).unwrap();
    assert!(introspect::columns(&mut conn).unwrap().is_empty());
    migrate::run(&mut conn).unwrap();
    assert_eq!(introspect::columns(&mut conn).unwrap(), columns);
    columns
}

#[test]
fn schema_rs_is_what_sqlite_has() {
    let text = introspect::render(&migrated(sqlite()));
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/src/schema.rs");
    assert!(
        std::fs::read_to_string(file).unwrap() == text,
        "run `make schema`"
    );
}

#[test]
fn both_databases_have_the_same_schema() {
    let Some(conn) = postgres("schema_test") else {
        return;
    };
    let on_postgres = migrated(conn);
    let on_sqlite = migrated(sqlite());
    assert_eq!(
        introspect::render(&on_sqlite),
        introspect::render(&on_postgres)
    );
}

/// People, a contact and two deals as they were before there was a process.
const BEFORE_THE_PROCESS: &str = "
    INSERT INTO stages (code, position, name_en, name_ru, status, probability, forecast_category)
        VALUES ('old', 99, 'Old', 'Old', 'open', 10, 'pipeline');
    INSERT INTO users (id, name, search_text, role, active, language, time_zone, version, created_at, updated_at)
        VALUES ('u', 'U', 'u', 'manager', TRUE, 'en', 'UTC', 1, '2026-01-01 00:00:00', '2026-01-01 00:00:00');
    INSERT INTO contacts (id, name, name_key, search_text, version, created_at, updated_at)
        VALUES ('c', 'C', 'c', 'c', 1, '2026-01-01 00:00:00', '2026-01-01 00:00:00');
    INSERT INTO deals (id, title, search_text, contact_id, owner_id, stage, status, deal_type, probability,
            probability_manual, forecast_category, forecast_category_manual, pushes, stage_entered_at,
            version, created_at, updated_at)
        VALUES ('with', 'A', 'a', 'c', 'u', 'old', 'open', 'direct', 10, FALSE, 'pipeline', FALSE, 0,
            '2026-01-01 00:00:00', 1, '2026-01-01 00:00:00', '2026-01-01 00:00:00'),
        ('without', 'B', 'b', NULL, 'u', 'old', 'open', 'direct', 10, FALSE, 'pipeline', FALSE, 0,
            '2026-01-01 00:00:00', 1, '2026-01-01 00:00:00', '2026-01-01 00:00:00');";

fn key_contacts_after_the_process(mut conn: AnyConnection) {
    use etalon_persistence::schema::deal_contacts;

    migrate::run(&mut conn).unwrap();
    migrate::revert_from(&mut conn, "20261206_process").unwrap();
    conn.batch_execute(BEFORE_THE_PROCESS).unwrap();
    let names = migrate::MIGRATIONS.iter().map(|it| it.name);
    let taken_back: Vec<_> = names.skip_while(|it| *it != "20261206_process").collect();
    assert_eq!(migrate::run(&mut conn).unwrap(), taken_back);
    let found: Vec<(String, String, String)> = deal_contacts::table
        .select((
            deal_contacts::deal_id,
            deal_contacts::contact_id,
            deal_contacts::motivators,
        ))
        .load(&mut conn)
        .unwrap();
    assert_eq!(found, [("with".into(), "c".into(), "[]".into())]);
}

#[test]
fn main_contacts_of_deals_that_were_there_before_are_key_contacts() {
    key_contacts_after_the_process(sqlite());
    if let Some(conn) = postgres("key_contacts_test") {
        key_contacts_after_the_process(conn);
    }
}
