//! More deals than one has the patience to write through the product: copies in SQL of those that were.

use diesel::RunQueryDsl as _;
use diesel::connection::SimpleConnection as _;
use diesel::sql_types::Text;
use etalon_persistence::{Backend, Db, Result, Tx};

/// An index or a trigger.
#[derive(diesel::QueryableByName)]
struct Aside {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    sql: String,
}

#[derive(diesel::QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    name: String,
}

/// Adds copies of every deal with all its versions and touches, enough for the reports; what else hangs
/// on a deal, and its words in the search, stay with the original.
///
/// # Errors
/// When the database refuses it.
pub fn add(db: &Db, copies: u8) -> Result<()> {
    db.write(|tx| {
        let aside = put_aside(tx, db.backend())?;
        for copy in 1..=copies {
            for table in ["deals", "deal_versions", "deal_touches"] {
                copy_table(tx, db.backend(), table, copy)?;
            }
            eprintln!("  copy {copy} of {copies}");
        }
        for each in aside {
            tx.conn.batch_execute(&each.sql)?;
        }
        Ok(())
    })
}

/// Drops what would slow the copying down; returns how it is made again.
fn put_aside(tx: &mut Tx<'_>, backend: Backend) -> Result<Vec<Aside>> {
    let found = match backend {
        Backend::Sqlite => {
            "SELECT type || ' ' || name AS name, sql FROM sqlite_master WHERE sql IS NOT NULL AND \
             (type, tbl_name) IN (VALUES ('index', 'deal_versions'), ('index', 'deals'), \
             ('index', 'deal_touches'), ('trigger', 'deals'))"
        }
        Backend::Postgres => {
            "SELECT 'INDEX ' || indexname AS name, indexdef AS sql FROM pg_indexes WHERE tablename IN \
             ('deal_versions', 'deals', 'deal_touches') AND indexname NOT IN (SELECT conname FROM \
             pg_constraint)"
        }
    };
    let aside: Vec<Aside> = diesel::sql_query(found).load(tx.conn)?;
    for each in &aside {
        tx.conn.batch_execute(&format!("DROP {}", each.name))?;
    }
    Ok(aside)
}

/// Identifiers begin with a zero; those of a copy begin with its number.
fn copy_table(tx: &mut Tx<'_>, backend: Backend, table: &str, copy: u8) -> Result<()> {
    let columns = match backend {
        Backend::Sqlite => format!("SELECT name FROM pragma_table_info('{table}')"),
        Backend::Postgres => format!(
            "SELECT CAST(column_name AS TEXT) AS name FROM information_schema.columns WHERE \
             table_schema = current_schema() AND table_name = '{table}'"
        ),
    };
    let columns: Vec<Column> = diesel::sql_query(columns).load(tx.conn)?;
    let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    let key = if table == "deals" { "id" } else { "deal_id" };
    let values: Vec<String> = (names.iter())
        .map(|name| match *name {
            "id" | "deal_id" => format!("'{copy}' || substr({name}, 2)"),
            "number" => format!("number + {copy} * 10000000"),
            name => name.to_owned(),
        })
        .collect();
    tx.conn.batch_execute(&format!(
        "INSERT INTO {table} ({}) SELECT {} FROM {table} WHERE {key} LIKE '0%'",
        names.join(", "),
        values.join(", ")
    ))?;
    Ok(())
}
