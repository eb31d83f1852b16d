//! Where the time of a report goes: each of its statements alone, with its plan.

use std::path::Path;
use std::time::Instant;

use etalon_domain::policy::Actor;
use etalon_persistence::Db;

use crate::figures::Figure;
use crate::raw_sqlite;

/// Prints the statements of every report on a SQLite file, how many milliseconds each takes the second
/// time it is run, and the plans of those that take longer than the given.
///
/// # Errors
/// When a report fails or the database refuses a statement.
pub fn reports(db: &Db, file: &Path, actor: &Actor, millis: f64) -> Result<(), String> {
    let connection = raw_sqlite::open(file).map_err(|e| e.to_string())?;
    let failed = |e: rusqlite::Error| e.to_string();
    for figure in Figure::ALL {
        let began = Instant::now();
        let raw = figure.raw(db, actor)?;
        let took = began.elapsed().as_secs_f64() * 1000.0;
        println!("\n== {}: {took:.1} ms", figure.title());
        let is_report = |sql: &str| !sql.starts_with("BEGIN") && !sql.starts_with("COMMIT");
        let templates = raw.variants.iter().flatten().flatten();
        for template in templates.filter(|template| is_report(&template.sql)) {
            let one = std::slice::from_ref(template);
            raw_sqlite::run(&connection, one, 0).map_err(failed)?;
            let began = Instant::now();
            raw_sqlite::run(&connection, one, 0).map_err(failed)?;
            let took = began.elapsed().as_secs_f64() * 1000.0;
            println!("{took:8.1} ms  {}", template.sql.replace('\n', " "));
            if took > millis {
                println!("             {:?}", template.slots);
                for line in raw_sqlite::plan(&connection, template).map_err(failed)? {
                    println!("             | {line}");
                }
            }
        }
    }
    Ok(())
}
