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
