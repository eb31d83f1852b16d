//! A run of an import: every row of every file, in the order of kinds, some hundred per transaction.
//!
//! Writes go through the command function of each record, as everybody's do. What a row says is
//! remembered, so that a second run of the same files finds nothing to do and a run that was
//! interrupted goes on where it stopped. A row that fails leaves nothing behind.
//!
//! A run belongs to whoever began it last: every transaction makes sure of that, so that a worker that
//! was taken for dead cannot write beside the one that took over.

mod accounts;
mod batch;
mod contacts;
mod deal_changes;
mod deals;
mod directory;
mod leads;
mod mentions;
mod order;
mod people;
mod products;
mod savepoint;
mod step;
mod words;

use std::collections::BTreeMap;

use chrono::Utc;
use diesel::prelude::*;
use etalon_domain::error::ErrorCode;
use etalon_domain::event::Via;
use etalon_domain::id::{ImportId, UserId};
use etalon_domain::import::{
    AlsoCreated, Import, ImportFile, ImportKind, ImportProblem, ImportReport, ImportStatus,
    ImportedRecord, KindReport, Severity,
};
use etalon_domain::time::{to_naive, truncate};
use etalon_domain::user::Language;
use etalon_import::Settings;

use super::links::Links;
use super::{content, load, options, problems};
use crate::connection::{Db, Tx};
use crate::context::{Context, new_id};
use crate::error::{Error, Result};
use crate::schema::imports;
use directory::Directory;

/// How many problems are written per transaction.
const PROBLEMS_PER_WRITE: usize = 500;

/// Everything that one run knows and counts.
struct Run<'a> {
    db: &'a Db,
    /// What the import row says as long as the run is the present one.
    id: &'a str,
    import: Import,
    context: Context,
    settings: Settings,
    /// Language of the importing person: of new people, and of what the import writes by itself.
    language: Language,
    /// Records by name, so that rows find what they mention.
    directory: Directory,
    /// Rows that were taken before.
    links: Links,
    counts: BTreeMap<usize, KindReport>,
    also: BTreeMap<ImportedRecord, i64>,
    done: i64,
    warnings: i64,
    notes: i64,
    next_problem: i64,
    /// Called before every batch, so that a worker keeps its claim.
    alive: &'a dyn Fn() -> Result<()>,
}

impl Run<'_> {
    /// Whether nothing is written.
    fn is_dry(&self) -> bool {
        self.import.dry_run
    }

    /// The counts of a kind.
    fn count(&mut self, kind: ImportKind) -> &mut KindReport {
        let place = ImportKind::ORDER.iter().position(|k| *k == kind);
        self.counts
            .entry(place.unwrap_or(usize::MAX))
            .or_insert_with(|| KindReport::new(kind))
    }

    fn report(&self, milliseconds: i64) -> ImportReport {
        ImportReport {
            dry_run: self.is_dry(),
            kinds: self.counts.values().copied().collect(),
            also_created: self
                .also
                .iter()
                .map(|(record, count)| AlsoCreated {
                    record: *record,
                    count: *count,
                })
                .collect(),
            errors: self.counts.values().map(|c| c.failed).sum(),
            warnings: self.warnings,
            notes: self.notes,
            milliseconds,
        }
    }
}

/// Runs an import that waits: checks or writes every row and stores the report. Another worker may
/// call it again for an import that stopped halfway. `alive` is called before every batch of rows; an
/// error of it stops the run: `import_busy` says that another worker has the import by now.
///
/// # Errors
/// When the import cannot be read or its end cannot be written; whatever else goes wrong becomes the
/// import's own error.
pub fn run(db: &Db, id: &ImportId, alive: &dyn Fn() -> Result<()>) -> Result<()> {
    let run_id = new_id();
    let Some(import) = begin(db, id, &run_id)? else {
        return Ok(());
    };
    let started = std::time::Instant::now();
    let wrote = !import.dry_run;
    match go(db, &run_id, import, alive) {
        Ok(run) => {
            let milliseconds = i64::try_from(started.elapsed().as_millis()).unwrap_or(i64::MAX);
            finish(db, id, &run_id, &run.report(milliseconds))?;
        }
        // Whoever has the import now writes how it ends.
        Err(error) if is_lost(&error) => log::warn!("import {id} was taken over"),
        Err(error) => {
            log::error!("import {id} stopped: {error}");
            fail(db, id, &run_id, &error)?;
        }
    }
    if wrote {
        db.people_changed();
    }
    Ok(())
}

/// Whether a run stopped because the import is not its own any more.
fn is_lost(error: &Error) -> bool {
    matches!(error, Error::Domain(error) if error.code() == ErrorCode::ImportBusy)
}

/// Marks the import as running, by this run from now on; `None` when there is nothing to run.
fn begin(db: &Db, id: &ImportId, run_id: &str) -> Result<Option<Import>> {
    db.write(|tx| {
        let Some(import) = load(tx, id)? else {
            return Ok(None);
        };
        if !matches!(import.status, ImportStatus::Queued | ImportStatus::Running) {
            return Ok(None);
        }
        let files = import
            .files
            .iter()
            .filter(|f| f.kind != ImportKind::Unknown);
        let total: i64 = files.map(|f| f.rows).sum();
        let waiting = [ImportStatus::Queued, ImportStatus::Running].map(ImportStatus::as_str);
        let row = imports::table
            .filter(imports::id.eq(id.as_str()))
            .filter(imports::status.eq_any(waiting));
        let begun = diesel::update(row)
            .set((
                imports::status.eq(ImportStatus::Running.as_str()),
                imports::run_id.eq(Some(run_id)),
                imports::rows_done.eq(0_i64),
                imports::rows_total.eq(total),
                imports::started_at.eq(Some(to_naive(Utc::now()))),
            ))
            .execute(tx.conn)?;
        if begun == 0 {
            return Ok(None);
        }
        problems::clear(tx, id)?;
        Ok(Some(import))
    })
}

fn go<'a>(
    db: &'a Db,
    run_id: &'a str,
    import: Import,
    alive: &'a dyn Fn() -> Result<()>,
) -> Result<Run<'a>> {
    let creator = UserId::new(&import.created_by.id);
    let (context, language, directory, links) = db.read(|tx| {
        let actor = crate::users::actor(tx, &creator)?.ok_or(ErrorCode::Forbidden)?;
        let language = crate::users::get(tx, &creator)?.language;
        super::require_importer(&actor)?;
        let directory = Directory::load(tx, &actor)?;
        let manages = |id: &str| directory.person(id).is_some();
        let links = Links::load(tx, &import.options, &actor, manages)?;
        // What a file tells of happened in another system, whatever our process would have asked for.
        let context = Context {
            past: true,
            ..Context::new(actor, Via::Import, None)
        };
        Ok((context, language, directory, links))
    })?;
    let mut run = Run {
        db,
        id: run_id,
        settings: options::settings(&db.company(), &import.options),
        language,
        import,
        context,
        directory,
        links,
        counts: BTreeMap::new(),
        also: BTreeMap::new(),
        done: 0,
        warnings: 0,
        notes: 0,
        next_problem: 0,
        alive,
    };
    for kind in ImportKind::ORDER {
        let files: Vec<ImportFile> = run.import.files.clone();
        for file in files.iter().filter(|file| file.kind == kind) {
            let bytes = db.read(|tx| content::load(tx, &file.id))?;
            let table = etalon_import::read(
                &file.name,
                &bytes,
                Some(file.encoding),
                Some(file.delimiter),
            );
            drop(bytes);
            let found = match kind {
                ImportKind::People => people::import(&mut run, file, &table),
                ImportKind::Products => products::import(&mut run, file, &table),
                ImportKind::Accounts => accounts::import(&mut run, file, &table),
                ImportKind::Contacts => contacts::import(&mut run, file, &table),
                ImportKind::Leads => leads::import(&mut run, file, &table),
                ImportKind::Deals => deals::import(&mut run, file, &table),
                ImportKind::Unknown => continue,
            }?;
            keep_problems(&mut run, file, &found)?;
        }
    }
    let left_out: Vec<ImportFile> = run.import.files.clone();
    for file in left_out.iter().filter(|f| f.kind == ImportKind::Unknown) {
        keep_problems(&mut run, file, &file.problems)?;
    }
    Ok(run)
}

/// Stores the problems of a file and counts them.
fn keep_problems(run: &mut Run<'_>, file: &ImportFile, found: &[ImportProblem]) -> Result<()> {
    for problem in found {
        match problem.severity {
            Severity::Error => {}
            Severity::Warning => run.warnings += problem.count,
            Severity::Note => run.notes += problem.count,
        }
    }
    for part in found.chunks(PROBLEMS_PER_WRITE) {
        let position = run.next_problem;
        run.db.write(|tx| {
            keep_progress(tx, run, run.done, false)?;
            problems::store(tx, &run.import.id, position, &file.id, part)
        })?;
        run.next_problem += i64::try_from(part.len()).unwrap_or(0);
    }
    Ok(())
}

/// The row of an import as long as a run is its present one.
macro_rules! present {
    ($id:expr, $run_id:expr) => {
        imports::table
            .filter(imports::id.eq($id.as_str()))
            .filter(imports::run_id.eq($run_id))
    };
}

/// Writes how far the run is; an error when it is not the present one any more. The row is held, so
/// that nobody takes the run over before the transaction ends.
fn keep_progress(tx: &mut Tx<'_>, run: &Run<'_>, done: i64, wrote: bool) -> Result<()> {
    let row = present!(run.import.id, run.id);
    let held = if wrote {
        diesel::update(row)
            .set((imports::rows_done.eq(done), imports::wrote.eq(true)))
            .execute(tx.conn)?
    } else {
        diesel::update(row)
            .set(imports::rows_done.eq(done))
            .execute(tx.conn)?
    };
    if held == 0 {
        return Err(ErrorCode::ImportBusy.into());
    }
    Ok(())
}

fn finish(db: &Db, id: &ImportId, run_id: &str, report: &ImportReport) -> Result<()> {
    let status = if report.dry_run {
        ImportStatus::Checked
    } else {
        ImportStatus::Done
    };
    let text = serde_json::to_string(report)?;
    end(db, id, run_id, status, Some(text), None)
}

fn fail(db: &Db, id: &ImportId, run_id: &str, error: &Error) -> Result<()> {
    // What the database said is for the log; people read what they can act upon.
    let reason = match error {
        Error::Domain(error) => (error.code(), error.to_string()),
        _ => {
            let message = "the database failed; nothing of the present batch was written";
            (ErrorCode::Internal, message.to_owned())
        }
    };
    end(db, id, run_id, ImportStatus::Failed, None, Some(reason))
}

/// Ends the run, unless another one is the present one by now.
fn end(
    db: &Db,
    id: &ImportId,
    run_id: &str,
    status: ImportStatus,
    report: Option<String>,
    reason: Option<(ErrorCode, String)>,
) -> Result<()> {
    let now = to_naive(truncate(Utc::now()));
    let (code, message) = reason.unzip();
    db.write(|tx| {
        diesel::update(present!(id, run_id))
            .set((
                imports::status.eq(status.as_str()),
                imports::run_id.eq(None::<String>),
                imports::report.eq(report),
                imports::error.eq(message),
                imports::error_code.eq(code.map(ErrorCode::as_str)),
                imports::finished_at.eq(Some(now)),
            ))
            .execute(tx.conn)?;
        Ok(())
    })
}
