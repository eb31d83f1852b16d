//! `etalon import`: files of other systems from the command line.

use etalon_domain::event::Via;
use etalon_domain::import::{
    Import, ImportKind, ImportOptions, ImportReport, ImportRun, ImportStatus, ProblemFilter,
};
use etalon_domain::money::Currency;
use etalon_domain::policy::Actor;
use etalon_persistence::imports::{self, Upload};
use etalon_persistence::{Context, Db, new_id, users};

use crate::config::{ImportArgs, Settings};
use crate::{jobs, server};

/// How many problems are printed; the app shows the others.
const PRINTED: u32 = 20;

/// Imports files on behalf of a person and prints what became of their rows.
///
/// # Errors
/// One sentence that says what is wrong.
pub fn run(settings: Settings, args: ImportArgs) -> Result<(), String> {
    let state = server::state(settings)?;
    let db = state.db();
    let actor = actor(db, &args.as_user)?;
    let options = options(&args, &actor)?;
    let files = args
        .files
        .iter()
        .map(|path| {
            let bytes = std::fs::read(path)
                .map_err(|e| format!("cannot read the file {}: {e}", path.display()))?;
            let name = path.file_name().unwrap_or(path.as_os_str());
            Ok(Upload {
                name: name.to_string_lossy().into_owned(),
                bytes,
            })
        })
        .collect::<Result<Vec<_>, String>>()?;
    let context = Context::new(actor, Via::Import, None);
    let say = |error: etalon_persistence::Error| error.to_string();
    let import = imports::upload(db, &context, &files, options).map_err(say)?;
    for file in &import.files {
        println!("{}: {} ({} rows)", file.name, file.kind, file.rows);
    }
    let run = ImportRun {
        dry_run: args.dry_run,
    };
    // The app sees the job and starts no second run; should this process die, a worker goes on.
    let worker = new_id();
    let job = db
        .write(|tx| {
            imports::start(tx, &context, &import.id, None, run)?;
            imports::enqueue_claimed(tx, &context, &import.id, &worker, jobs::lease())
        })
        .map_err(say)?;
    jobs::run_import(db, &job)?;
    let import = db
        .read(|tx| imports::get(tx, &context.actor, &import.id))
        .map_err(say)?;
    finish(db, &context, &import)
}

fn actor(db: &Db, email: &str) -> Result<Actor, String> {
    let found = db.read(|tx| {
        let person = users::by_email(tx, email)?;
        match person {
            Some(person) => users::actor(tx, &person.user.id),
            None => Ok(None),
        }
    });
    found
        .map_err(|e| e.to_string())?
        .ok_or_else(|| format!("there is no active person with the address {email}"))
}

fn options(args: &ImportArgs, actor: &Actor) -> Result<ImportOptions, String> {
    let defaults = ImportOptions::default();
    let currency = args.currency.as_deref().map(|code| {
        Currency::from_code(&code.to_uppercase())
            .ok_or_else(|| format!("{code} is not an ISO 4217 currency"))
    });
    Ok(ImportOptions {
        source: args.source.clone().unwrap_or(defaults.source),
        currency: currency.transpose()?,
        time_zone: args
            .time_zone
            .clone()
            .unwrap_or_else(|| actor.time_zone.clone()),
        pass_gates: args.pass_gates,
        ..ImportOptions::default()
    })
}

fn finish(db: &Db, context: &Context, import: &Import) -> Result<(), String> {
    if import.status == ImportStatus::Failed {
        let reason = import.error.as_deref().unwrap_or("for no known reason");
        return Err(format!("the import stopped: {reason}"));
    }
    if let Some(report) = &import.report {
        print(report);
    }
    let filter = ProblemFilter {
        limit: Some(PRINTED),
        ..ProblemFilter::default()
    };
    let page = db
        .read(|tx| imports::problems(tx, &context.actor, &import.id, &filter))
        .map_err(|e| e.to_string())?;
    for problem in &page.items {
        let row = problem.row.map(|row| format!(" row {row}"));
        let column = problem.column.as_ref().map(|column| format!(", {column}"));
        let value = problem.value.as_ref().map(|value| format!(" '{value}'"));
        let times = (problem.count > 1).then(|| format!(" ({} times)", problem.count));
        println!(
            "{} {}{}{}:{} {}{}",
            problem.severity,
            problem.file,
            row.unwrap_or_default(),
            column.unwrap_or_default(),
            value.unwrap_or_default(),
            problem.message,
            times.unwrap_or_default()
        );
    }
    if page.next_cursor.is_some() {
        println!("The app lists the other problems, under Settings, Imports.");
    }
    Ok(())
}

fn print(report: &ImportReport) {
    println!(
        "{:<12} {:>8} {:>8} {:>8} {:>9} {:>8} {:>10}",
        "", "rows", "created", "updated", "unchanged", "failed", "superseded"
    );
    for kind in &report.kinds {
        println!(
            "{:<12} {:>8} {:>8} {:>8} {:>9} {:>8} {:>10}",
            ImportKind::as_str(kind.kind),
            kind.rows,
            kind.created,
            kind.updated,
            kind.unchanged,
            kind.failed,
            kind.superseded
        );
    }
    for also in &report.also_created {
        println!("also created: {} of kind {}", also.count, also.record);
    }
    let seconds = report.milliseconds as f64 / 1000.0;
    let what = if report.dry_run {
        "Checked, nothing was written"
    } else {
        "Imported"
    };
    println!("{what} in {seconds:.1} s.");
}
