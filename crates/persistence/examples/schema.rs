//! Prints `schema.rs` for a fresh database with all migrations.

use diesel::prelude::*;
use etalon_persistence::connection::AnyConnection;
use etalon_persistence::{introspect, migrate};

fn main() {
    let text = SqliteConnection::establish(":memory:")
        .map_err(|e| e.to_string())
        .and_then(|connection| {
            let mut connection = AnyConnection::Sqlite(connection);
            migrate::run(&mut connection).map_err(|e| e.to_string())?;
            let columns = introspect::columns(&mut connection).map_err(|e| e.to_string())?;
            Ok(introspect::render(&columns))
        });
    match text {
        Ok(text) => print!("{text}"),
        Err(error) => {
            eprintln!("{error}");
            std::process::exit(1);
        }
    }
}
