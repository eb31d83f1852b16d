//! Measures the server under load on SQLite and PostgreSQL, beside the same SQL run without it.

mod capture;
mod copies;
mod explain;
mod figures;
mod http;
mod raw_postgres;
mod raw_sqlite;
mod repeat;
mod report;
mod run;
mod scenario;
mod server;
mod value;

use std::path::{Path, PathBuf};
use std::time::Instant;

use chrono::Utc;
use clap::{Parser, ValueEnum};
use diesel::RunQueryDsl as _;
use diesel::connection::SimpleConnection as _;
use etalon_demo::Bulk;
use etalon_domain::auth::DemoSignIn;
use etalon_domain::policy::Actor;
use etalon_persistence::{Backend, Db, PoolSize};

use figures::Figure;
use report::{FigureLine, Line, Results};
use run::Pace;
use scenario::{Operation, Raw, Stock};
use server::Server;

/// Measures the server under load, beside the same SQL run without it.
#[derive(Debug, Parser)]
struct Args {
    /// Deals to fill in
    #[arg(long, default_value_t = 100_000)]
    deals: usize,
    /// Seconds to measure each operation for
    #[arg(long, default_value_t = 8)]
    seconds: u64,
    /// Seconds before each measurement that do not count
    #[arg(long, default_value_t = 2)]
    warm_up: u64,
    /// Clients at once
    #[arg(long, default_value_t = 16)]
    clients: usize,
    /// How many of a hundred deals went through the stages one by one
    #[arg(long, default_value_t = 100)]
    moved: u8,
    /// Over how many days the deals were created
    #[arg(long, default_value_t = 1826)]
    days: u32,
    /// Only the reports, nothing else
    #[arg(long)]
    reports: bool,
    /// Keep the SQLite file in this folder, to look at it later
    #[arg(long, value_name = "FOLDER")]
    keep: Option<PathBuf>,
    /// Copies to add of every deal, by SQL; only the reports are measured then
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u8).range(0..=9))]
    copies: u8,
    /// Only fill in, measure nothing
    #[arg(long)]
    fill: bool,
    /// Only the reports, on a database that was filled in before
    #[arg(long)]
    filled: bool,
    /// Add to the results of another run instead of replacing them
    #[arg(long)]
    append: bool,
    /// Measure nothing, but tell where the time of each report goes on this SQLite file, which has a
    /// demo company in it
    #[arg(long, value_name = "FILE")]
    explain: Option<PathBuf>,
    /// Only this database
    #[arg(long, value_enum)]
    only: Option<Database>,
    /// The server's program
    #[arg(long, env = "ETALON_BIN", default_value = "target/release/etalon")]
    server: PathBuf,
    /// URL of an empty PostgreSQL database
    #[arg(long, env = "ETALON_BENCH_POSTGRES_URL", hide_env_values = true)]
    postgres_url: Option<String>,
    /// File to write the results to, besides the screen
    #[arg(long, default_value = "docs/BENCHMARKS.md")]
    output: PathBuf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Database {
    Sqlite,
    Postgres,
}

fn main() {
    if let Err(message) = measure(&Args::parse()) {
        eprintln!("etalon-bench: {message}");
        std::process::exit(1);
    }
}

fn measure(args: &Args) -> Result<(), String> {
    capture::prepare()?;
    if let Some(file) = &args.explain {
        let url = format!("sqlite://{}", file.display());
        let db = Db::open(&url, PoolSize::default()).map_err(|e| e.to_string())?;
        let actor = scenario::actor(&db, &etalon_demo::sign_ins()[0].email)?;
        return explain::reports(&db, file, &actor, 10.0);
    }
    let pace = Pace {
        clients: args.clients,
        warm_up: args.warm_up,
        seconds: args.seconds,
    };
    if args.only != Some(Database::Sqlite) && args.postgres_url.is_none() {
        return Err("ETALON_BENCH_POSTGRES_URL names no PostgreSQL database".to_owned());
    }
    let before = match args.append {
        true => std::fs::read_to_string(&args.output).unwrap_or_default(),
        false => String::new(),
    };
    let databases = [
        (args.only != Some(Database::Postgres)).then_some(None),
        (args.only != Some(Database::Sqlite)).then_some(args.postgres_url.as_deref()),
    ];
    let mut results = Vec::new();
    for url in databases.into_iter().flatten() {
        let Some(found) = on_database(args, &pace, url)? else {
            continue;
        };
        results.push(found);
        // After each database: what fails afterwards does not take it away.
        write(args, &before, &results, &pace)?;
    }
    Ok(())
}

/// Writes what was measured, after what stood there `before`.
fn write(args: &Args, before: &str, results: &[Results], pace: &Pace) -> Result<(), String> {
    let table = report::markdown(results, args.deals, args.copies, pace);
    println!("{table}");
    let document = match args.append {
        true => format!("{}\n\n{table}", before.trim_end()),
        false => report::document(&table, pace, &report::machine()),
    };
    std::fs::write(&args.output, document)
        .map_err(|e| format!("cannot write {}: {e}", args.output.display()))
}

/// Fills a database and measures every operation on it; without a URL on a new SQLite file.
fn on_database(
    args: &Args,
    pace: &Pace,
    postgres: Option<&str>,
) -> Result<Option<Results>, String> {
    let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
    let kept = args.keep.as_deref().unwrap_or(folder.path());
    let file = kept.join("bench.sqlite");
    let url = postgres.map_or_else(|| format!("sqlite://{}", file.display()), str::to_owned);
    let mut filled = None;
    if !args.filled {
        server::fill_demo(&args.server, &url, folder.path())?;
    }
    let db = Db::open(&url, PoolSize::default()).map_err(|e| e.to_string())?;
    if !args.filled {
        let began = Instant::now();
        eprintln!("Filling in {} deals ({:?})", args.deals, db.backend());
        let bulk = Bulk {
            moved_percent: args.moved,
            days: args.days,
            ..Bulk::new(args.deals, 42, Utc::now().date_naive())
        };
        let report = etalon_demo::deals(&db, &bulk).map_err(|e| e.to_string())?;
        let seconds = began.elapsed().as_secs_f64();
        eprintln!("Filled in within {seconds:.1} s");
        filled = Some((report, seconds));
        if args.copies > 0 {
            copies::add(&db, args.copies).map_err(|e| e.to_string())?;
        }
    }
    let version = settle(&db)?;
    if args.fill {
        return Ok(None);
    }
    let (versions, size) = extent(&db).map_err(|e| e.to_string())?;
    let server = Server::start(&args.server, &url, folder.path())?;
    let person = &etalon_demo::sign_ins()[0];
    let actor = scenario::actor(&db, &person.email)?;
    let idle = server.memory()?;
    let bench = Bench {
        db: &db,
        actor,
        server: &server,
        person,
        pace,
        raw_url: postgres,
        file: &file,
        folder: folder.path(),
    };
    let figures = (Figure::ALL.into_iter())
        .map(|figure| bench.figure(figure))
        .collect::<Result<_, _>>()?;
    let lines = match &filled {
        Some((report, _)) if !args.reports && args.copies == 0 => {
            let stock = Stock::new(&db, report, bench.actor.clone(), pace.clients)?;
            (Operation::ALL.into_iter())
                .map(|operation| bench.operation(&stock, operation))
                .collect::<Result<_, _>>()?
        }
        _ => Vec::new(),
    };
    Ok(Some(Results {
        database: version,
        filled_in: filled.map(|(_, seconds)| seconds),
        versions,
        size,
        idle,
        busy: server.memory()?,
        lines,
        figures,
    }))
}

/// A filled database with the server on it, to be measured on behalf of one person.
struct Bench<'a> {
    db: &'a Db,
    actor: Actor,
    server: &'a Server,
    person: &'a DemoSignIn,
    pace: &'a Pace,
    /// The PostgreSQL database; without it the SQLite file is meant.
    raw_url: Option<&'a str>,
    file: &'a Path,
    folder: &'a Path,
}

impl Bench<'_> {
    fn token(&self) -> Result<String, String> {
        (self.server).sign_in(&self.person.email, &self.person.password)
    }

    fn raw(&self, raw: &Raw) -> Result<f64, String> {
        match self.raw_url {
            Some(url) => raw_postgres::measure(url, raw, self.pace, self.folder),
            None => raw_sqlite::measure(self.file, raw, self.pace),
        }
    }

    /// A report for one client, for all of them at once, and raw.
    fn figure(&self, figure: Figure) -> Result<FigureLine, String> {
        eprintln!("Measuring: {}", figure.title());
        let request = vec![figure.request(&self.token()?)];
        let raw = figure.raw(self.db, &self.actor)?;
        let alone = Pace {
            clients: 1,
            ..*self.pace
        };
        let many = vec![request.clone(); self.pace.clients];
        Ok(FigureLine {
            figure,
            alone: run::load(self.server.address, &[request], &alone)?,
            together: run::load(self.server.address, &many, self.pace)?,
            raw: self.raw(&raw)?,
        })
    }

    /// An operation, and raw unless it leaves something behind that the next one reads, so that it
    /// cannot be repeated.
    fn operation(&self, stock: &Stock<'_>, operation: Operation) -> Result<Line, String> {
        eprintln!("Measuring: {}", operation.title());
        let requests = stock.requests(operation, &self.token()?)?;
        let measured = run::load(self.server.address, &requests, self.pace)?;
        eprintln!("  {:.0} requests/s", measured.rate);
        let raw = match stock.raw(operation) {
            Ok(raw) => Some(self.raw(&raw)?),
            Err(message) => {
                eprintln!("  not run raw: {message}");
                None
            }
        };
        Ok(Line {
            operation,
            server: measured,
            raw,
        })
    }
}

/// How many versions the deals have together, and how many bytes the whole database.
fn extent(db: &Db) -> etalon_persistence::Result<(i64, i64)> {
    #[derive(diesel::QueryableByName)]
    struct Number {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        number: i64,
    }
    let size = match db.backend() {
        Backend::Sqlite => {
            "SELECT page_count * page_size AS number FROM pragma_page_count(), pragma_page_size()"
        }
        Backend::Postgres => "SELECT pg_database_size(current_database()) AS number",
    };
    db.read(|tx| {
        let mut read = |sql: &str| diesel::sql_query(sql).get_result::<Number>(tx.conn);
        let versions = read("SELECT COUNT(*) AS number FROM deal_versions")?;
        Ok((versions.number, read(size)?.number))
    })
}

/// Lets the database come to rest after the filling in; returns its name and version.
fn settle(db: &Db) -> Result<String, String> {
    match db.backend() {
        Backend::Sqlite => Ok(format!("SQLite {}", rusqlite::version())),
        Backend::Postgres => {
            // What its own housekeeping does within minutes.
            db.read(|tx| Ok(tx.conn.batch_execute("VACUUM ANALYZE")?))
                .map_err(|e| e.to_string())?;
            Ok(format!(
                "PostgreSQL {}",
                postgres_version(Path::new("pgbench"))
            ))
        }
    }
}

fn postgres_version(pgbench: &Path) -> String {
    let output = std::process::Command::new(pgbench)
        .arg("--version")
        .output();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    let words = text.unwrap_or_default();
    words
        .split_whitespace()
        .nth(2)
        .unwrap_or_default()
        .to_owned()
}
