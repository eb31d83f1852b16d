//! The table of results.

use std::fmt::Write as _;

use crate::figures::Figure;
use crate::run::{Measured, Pace};
use crate::scenario::Operation;
use crate::server::Memory;

/// One line of the table.
pub struct Line {
    /// What was measured.
    pub operation: Operation,
    /// The server.
    pub server: Measured,
    /// Operations per second of the same SQL without the product; `None` when it cannot be repeated.
    pub raw: Option<f64>,
}

/// One report.
pub struct FigureLine {
    /// What was measured.
    pub figure: Figure,
    /// The server with one client.
    pub alone: Measured,
    /// The server with all clients at once.
    pub together: Measured,
    /// Reports per second of the same SQL without the product.
    pub raw: f64,
}

/// What was measured on one database.
pub struct Results {
    /// The database and its version.
    pub database: String,
    /// Seconds it took to fill in the deals; `None` when they were there already.
    pub filled_in: Option<f64>,
    /// How many versions the deals have together.
    pub versions: i64,
    /// Bytes of the whole database.
    pub size: i64,
    /// Memory of the server when it had just started.
    pub idle: Memory,
    /// Memory of the server in the end.
    pub busy: Memory,
    /// The lines.
    pub lines: Vec<Line>,
    /// The reports.
    pub figures: Vec<FigureLine>,
}

/// The results as Markdown; so many `copies` were made of each of the `written` deals.
#[must_use]
pub fn markdown(results: &[Results], written: usize, copies: u8, pace: &Pace) -> String {
    let deals = written * (1 + usize::from(copies));
    let copied = match copies {
        0 => String::new(),
        _ => {
            format!(" {written} of them are written by the product, the others are copies by SQL.")
        }
    };
    let mut text = format!(
        "## {deals} deals\n\n{} clients, {} s each after {} s of warming up.{copied}\n",
        pace.clients, pace.seconds, pace.warm_up
    );
    for result in results {
        let _ = write!(text, "\n### {}\n\n", result.database);
        figures(&mut text, result, pace);
        if !result.lines.is_empty() {
            text.push_str(
                "| operation | requests/s | p50 ms | p99 ms | raw SQL/s | ratio |\n\
                 |---|--:|--:|--:|--:|--:|\n",
            );
        }
        for line in &result.lines {
            let raw = line.raw.filter(|raw| *raw > 0.0);
            let _ = writeln!(
                text,
                "| {} | {} | {:.1} | {:.1} | {} | {} |",
                line.operation.title(),
                rate(line.server.rate),
                line.server.p50,
                line.server.p99,
                raw.map_or_else(dash, rate),
                raw.map_or_else(dash, |raw| format!("{:.2}", line.server.rate / raw))
            );
        }
        let _ = write!(
            text,
            "\n{:.2} versions a deal, {:.0} MB of database. Memory of the server: {:.0} MB at the start, \
             {:.0} MB in the end, {:.0} MB at its highest.",
            result.versions as f64 / deals as f64,
            result.size as f64 / 1e6,
            result.idle.resident,
            result.busy.resident,
            result.busy.peak,
        );
        text.push_str(&match result.filled_in {
            Some(seconds) => format!(" {written} deals were filled in within {seconds:.0} s.\n"),
            None => "\n".to_owned(),
        });
    }
    text
}

fn figures(text: &mut String, result: &Results, pace: &Pace) {
    let _ = write!(
        text,
        "| report | p50 ms, 1 client | p95 ms, 1 client | p95 ms, {} clients | reports/s | raw SQL/s \
         | ratio |\n|---|--:|--:|--:|--:|--:|--:|\n",
        pace.clients
    );
    for line in &result.figures {
        let raw = (line.raw > 0.0).then_some(line.raw);
        let _ = writeln!(
            text,
            "| {} | {:.1} | {:.1} | {:.0} | {} | {} | {} |",
            line.figure.title(),
            line.alone.p50,
            line.alone.p95,
            line.together.p95,
            rate(line.together.rate),
            raw.map_or_else(dash, rate),
            raw.map_or_else(dash, |raw| format!("{:.2}", line.together.rate / raw))
        );
    }
    text.push('\n');
}

fn dash() -> String {
    "–".to_owned()
}

fn rate(rate: f64) -> String {
    if rate < 100.0 {
        format!("{rate:.1}")
    } else {
        format!("{rate:.0}")
    }
}

/// The whole document.
#[must_use]
pub fn document(table: &str, pace: &Pace, machine: &str) -> String {
    format!(
        "# Benchmarks

`make bench` measures the release server over HTTP and, in the same run, the same SQL without the
server. The ratio says how much of the database's speed reaches a client.

- The server is a process of its own; each client keeps one connection open and sends one request
  after the other. Everything is done on behalf of the sales director, who sees all deals through
  her departments.
- The SQL is not written down here: it is recorded from the product's own functions while they
  serve the operation once, with its values, transactions included, and then run again. For
  PostgreSQL `pgbench` does this with as many clients over prepared statements and the server's
  settings; for SQLite two threads with one connection each, prepared statements, the product's
  PRAGMAs and its aggregate function (writes: one thread, since SQLite lets one write at a time).
- A dash stands for no figure: it cannot be repeated (see next), or not one run of the raw SQL ended within
  the time.
- A write after which the next one reads more than it did (a move plans activities that stay) cannot
  be repeated as it was recorded; it has no raw figure.
- Load generator and server share the cores of one machine, `pgbench` and PostgreSQL likewise; the
  server would reach more with clients elsewhere. The raw run on SQLite has no client at all.
- The fill-in writes every deal through the product's one write path, with its history and every stage
  it passed. The deals were created evenly over five years and take between three weeks and eight months
  each, so that some seven of a hundred are open now; a quarter of those that ended was won.

Run with `scripts/bench.sh --seconds {} --warm-up {} --clients {}` (`make bench`: 8, 2 and 16) on {machine}.

{table}",
        pace.seconds, pace.warm_up, pace.clients
    )
}

/// What the machine is, without its name.
#[must_use]
pub fn machine() -> String {
    let read = |path| std::fs::read_to_string(path).unwrap_or_default();
    let cpus = read("/proc/cpuinfo");
    let of = |name: &str| {
        let line = cpus.lines().find(|line| line.starts_with(name))?;
        Some(line.split_once(':')?.1.trim().to_owned())
    };
    let model = of("model name").unwrap_or_else(|| "an unknown processor".to_owned());
    let memory = read("/proc/meminfo");
    let memory = memory
        .lines()
        .find_map(|line| line.strip_prefix("MemTotal:")?.trim().strip_suffix(" kB"))
        .and_then(|kilobytes| kilobytes.parse::<f64>().ok())
        .map_or(0.0, |kilobytes| kilobytes / 1_048_576.0);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{cores} cores of {model}, {memory:.0} GB of memory")
}
