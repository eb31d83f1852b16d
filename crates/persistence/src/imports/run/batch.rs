//! Goes through the rows of a file, some hundred per transaction.

use etalon_domain::import::{ImportFile, ImportKind, ImportProblem, ProblemCode};
use etalon_import::problems::Place;
use etalon_import::rows::Row;
use etalon_import::{Parsed, Problems};

use super::step::{Step, Taken};
use super::{Run, keep_progress};
use crate::connection::Tx;
use crate::error::{Error, Result};

/// Rows per transaction.
const ROWS: usize = 400;

/// Takes every row by `take`, which answers what became of it. A refusal of the domain fails its row
/// only; when the database refuses, the batch is rolled back and its rows are taken one by one, so
/// that only the guilty ones fail.
pub(super) fn rows<T: Row>(
    run: &mut Run<'_>,
    file: &ImportFile,
    parsed: Parsed<T>,
    take: impl Fn(&mut Step<'_, '_, '_>, &T) -> Result<Taken>,
) -> Result<Vec<ImportProblem>> {
    let Parsed {
        rows,
        failed,
        superseded,
        mut problems,
    } = parsed;
    let count = run.count(file.kind);
    count.rows += file.rows;
    count.failed += failed;
    count.superseded += superseded;
    run.done += failed + superseded;
    for part in rows.chunks(ROWS) {
        (run.alive)()?;
        if batch(run, file.kind, part, &mut problems, &take).is_ok() {
            continue;
        }
        run.reload()?;
        for row in part {
            let Err(error) = batch(
                run,
                file.kind,
                std::slice::from_ref(row),
                &mut problems,
                &take,
            ) else {
                continue;
            };
            run.reload()?;
            let mut only = problems.fresh();
            let failed = refused(row.number(), error, &mut only)?;
            problems.absorb(only);
            run.count(file.kind).failed += failed;
            run.done += 1;
        }
    }
    Ok(problems.into_sorted())
}

/// Turns the database's refusal of one row into a problem; how many rows failed. Anything but a
/// broken constraint stops the run.
fn refused(row: u32, error: Error, problems: &mut Problems) -> Result<i64> {
    use diesel::result::DatabaseErrorKind as Kind;
    use diesel::result::Error::DatabaseError;
    match error {
        Error::Database(DatabaseError(
            kind @ (Kind::UniqueViolation
            | Kind::ForeignKeyViolation
            | Kind::NotNullViolation
            | Kind::CheckViolation),
            info,
        )) => {
            log::warn!("row {row} is refused: {kind:?} {}", info.message());
            let message = "is refused by the database: it contradicts another record";
            problems.error(ProblemCode::Refused, Place::row(row), message);
            Ok(1)
        }
        other => Err(other),
    }
}

/// Takes some rows in one transaction; what they did is counted when it is committed.
fn batch<T: Row>(
    run: &mut Run<'_>,
    kind: ImportKind,
    rows: &[T],
    problems: &mut Problems,
    take: &impl Fn(&mut Step<'_, '_, '_>, &T) -> Result<Taken>,
) -> Result<()> {
    let mut found = problems.fresh();
    let counts = run.counts.clone();
    let also = run.also.clone();
    let dry = run.is_dry();
    let db = run.db;
    let work = |tx: &mut Tx<'_>| {
        for row in rows {
            let mut step = Step {
                run: &mut *run,
                tx: &mut *tx,
                row: row.number(),
                problems: &mut found,
            };
            let taken = match take(&mut step, row) {
                Ok(taken) => taken,
                Err(Error::Domain(error)) => step.refused(&error),
                Err(other) => return Err(other),
            };
            let count = run.count(kind);
            match taken {
                Taken::Created => count.created += 1,
                Taken::Updated => count.updated += 1,
                Taken::Unchanged => count.unchanged += 1,
                Taken::Failed => count.failed += 1,
            }
        }
        let done = run.done + i64::try_from(rows.len()).unwrap_or(0);
        if dry {
            run.links.forget_pending();
        } else {
            let now = etalon_domain::time::to_naive(run.context.now);
            let (source, id) = (run.import.options.source.clone(), run.import.id.clone());
            run.links.flush(tx, &source, &id, now)?;
            keep_progress(tx, &id, done, true)?;
        }
        Ok(done)
    };
    let result = if dry { db.read(work) } else { db.write(work) };
    match result {
        Ok(done) => {
            run.done = done;
            problems.absorb(found);
            if dry {
                let id = run.import.id.clone();
                db.write(|tx| keep_progress(tx, &id, done, false))?;
            }
            Ok(())
        }
        Err(error) => {
            run.counts = counts;
            run.also = also;
            Err(error)
        }
    }
}
