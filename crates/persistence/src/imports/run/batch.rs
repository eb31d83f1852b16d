//! Goes through the rows of a file, some hundred per transaction.

use etalon_domain::import::{ImportFile, ImportKind, ImportProblem};
use etalon_import::rows::Row;
use etalon_import::{Parsed, Problems};

use super::step::{Step, Taken};
use super::{Run, keep_progress};
use crate::connection::Tx;
use crate::error::Result;

/// Rows per transaction.
const ROWS: usize = 400;

/// Takes every row by `take`, which answers what became of it. What the domain or a constraint of the
/// database refuses fails its row only, and leaves nothing of it behind.
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
        batch(run, file.kind, part, &mut problems, &take)?;
    }
    Ok(problems.into_sorted())
}

/// Takes some rows in one transaction.
fn batch<T: Row>(
    run: &mut Run<'_>,
    kind: ImportKind,
    rows: &[T],
    problems: &mut Problems,
    take: &impl Fn(&mut Step<'_, '_, '_>, &T) -> Result<Taken>,
) -> Result<()> {
    let dry = run.is_dry();
    let db = run.db;
    let work = |tx: &mut Tx<'_>| {
        for row in rows {
            let taken = one(run, tx, problems, row, take)?;
            let count = run.count(kind);
            match taken {
                Taken::Created => count.created += 1,
                Taken::Updated => count.updated += 1,
                Taken::Unchanged => count.unchanged += 1,
                Taken::Failed => count.failed += 1,
            }
        }
        run.done += i64::try_from(rows.len()).unwrap_or(0);
        if dry {
            run.links.forget_pending();
        } else {
            let now = etalon_domain::time::to_naive(run.context.now);
            run.links.flush(tx, &run.import.id, now)?;
            keep_progress(tx, run, run.done, true)?;
        }
        Ok(())
    };
    if dry {
        db.read(work)?;
        return db.write(|tx| keep_progress(tx, run, run.done, false));
    }
    db.write(work)
}

/// Takes one row, or nothing of it.
fn one<T: Row>(
    run: &mut Run<'_>,
    tx: &mut Tx<'_>,
    problems: &mut Problems,
    row: &T,
    take: &impl Fn(&mut Step<'_, '_, '_>, &T) -> Result<Taken>,
) -> Result<Taken> {
    let mut step = Step::begin(run, tx, row.number(), problems);
    let taken = match take(&mut step, row) {
        Ok(taken) => taken,
        Err(error) => step.refused(error)?,
    };
    step.end(taken)?;
    Ok(taken)
}
