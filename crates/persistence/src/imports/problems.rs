//! What the last run of an import found wrong.

use std::collections::HashMap;

use diesel::prelude::*;
use etalon_domain::error::ErrorCode;
use etalon_domain::id::{ImportFileId, ImportId};
use etalon_domain::import::{ImportProblem, ProblemFilter, Severity};
use etalon_domain::page::Page;
use etalon_domain::policy::Actor;

use super::{content, get};
use crate::connection::{Db, Tx};
use crate::context::new_id;
use crate::error::Result;
use crate::page::{decode, encode, limit};
use crate::schema::import_problems;

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = import_problems)]
struct ProblemRow {
    id: String,
    import_id: String,
    position: i64,
    file_id: Option<String>,
    file: String,
    row_number: Option<i64>,
    column_name: Option<String>,
    cell: Option<String>,
    severity: String,
    code: String,
    message: String,
    occurrences: i64,
}

impl ProblemRow {
    fn into_problem(self) -> Result<ImportProblem> {
        Ok(ImportProblem {
            file: self.file,
            row: self.row_number,
            column: self.column_name,
            value: self.cell,
            severity: self.severity.parse()?,
            code: self.code.parse()?,
            message: self.message,
            count: self.occurrences,
        })
    }
}

/// A page of the problems, in the order of files and rows.
///
/// # Errors
/// `forbidden`, `not_found`, or `invalid_fields` for a wrong page.
pub fn list(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: &ImportId,
    filter: &ProblemFilter,
) -> Result<Page<ImportProblem>> {
    const ORDER: &str = "position";
    get(tx, actor, id)?;
    let wanted = limit(filter.limit)?;
    let cursor = decode::<i64>(ORDER, filter.cursor.as_deref())?;
    let mut query = import_problems::table
        .filter(import_problems::import_id.eq(id.as_str()))
        .order(import_problems::position)
        .limit(wanted as i64 + 1)
        .select(ProblemRow::as_select())
        .into_boxed();
    if let Some(severity) = filter.severity {
        query = query.filter(import_problems::severity.eq(severity.as_str()));
    }
    if let Some(after) = cursor.and_then(|c| c.value) {
        query = query.filter(import_problems::position.gt(after));
    }
    let mut rows: Vec<ProblemRow> = query.load(tx.conn)?;
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    let last = rows.last().filter(|_| more);
    let next_cursor = last.map(|row| encode(ORDER, Some(&row.position), &row.id));
    let items = rows.into_iter().map(ProblemRow::into_problem);
    Ok(Page {
        items: items.collect::<Result<_>>()?,
        next_cursor,
        totals: None,
    })
}

/// All problems, in the order of files and rows.
///
/// # Errors
/// `forbidden` or `not_found`.
pub fn all(tx: &mut Tx<'_>, actor: &Actor, id: &ImportId) -> Result<Vec<ImportProblem>> {
    get(tx, actor, id)?;
    let rows: Vec<ProblemRow> = import_problems::table
        .filter(import_problems::import_id.eq(id.as_str()))
        .order(import_problems::position)
        .select(ProblemRow::as_select())
        .load(tx.conn)?;
    rows.into_iter().map(ProblemRow::into_problem).collect()
}

/// The rows of a file that the last run could not take, as a CSV file with the reasons.
///
/// # Errors
/// `forbidden` or `not_found`.
pub fn failed_rows(
    db: &Db,
    actor: &Actor,
    id: &ImportId,
    file_id: &ImportFileId,
) -> Result<(String, String)> {
    let (file, bytes, found) = db.read(|tx| {
        let import = get(tx, actor, id)?;
        let file = import.files.into_iter().find(|f| f.id == *file_id);
        let file = file.ok_or(ErrorCode::NotFound)?;
        let found: Vec<(Option<i64>, Option<String>, String)> = import_problems::table
            .filter(import_problems::import_id.eq(id.as_str()))
            .filter(import_problems::file_id.eq(file_id.as_str()))
            .filter(import_problems::severity.eq(Severity::Error.as_str()))
            .order(import_problems::position)
            .select((
                import_problems::row_number,
                import_problems::column_name,
                import_problems::message,
            ))
            .load(tx.conn)?;
        Ok((file, content::load(tx, file_id)?, found))
    })?;
    let mut reasons: HashMap<u32, Vec<String>> = HashMap::new();
    for (row, column, message) in found {
        if let Some(row) = row.and_then(|row| u32::try_from(row).ok()) {
            let reason = match column {
                Some(column) => format!("{column} {message}"),
                None => message,
            };
            reasons.entry(row).or_default().push(reason);
        }
    }
    let table = etalon_import::read(
        &file.name,
        &bytes,
        Some(file.encoding),
        Some(file.delimiter),
    );
    let text = etalon_import::report::failed_rows_csv(&table, &reasons);
    Ok((file.name, text))
}

/// Forgets the problems of an import.
pub(super) fn clear(tx: &mut Tx<'_>, id: &ImportId) -> Result<()> {
    diesel::delete(import_problems::table.filter(import_problems::import_id.eq(id.as_str())))
        .execute(tx.conn)?;
    Ok(())
}

/// Adds problems of a file, the first at `position`.
pub(super) fn store(
    tx: &mut Tx<'_>,
    id: &ImportId,
    position: i64,
    file: &ImportFileId,
    problems: &[ImportProblem],
) -> Result<()> {
    for (problem, position) in problems.iter().zip(position..) {
        diesel::insert_into(import_problems::table)
            .values(ProblemRow {
                id: new_id(),
                import_id: id.as_str().to_owned(),
                position,
                file_id: Some(file.as_str().to_owned()),
                file: problem.file.clone(),
                row_number: problem.row,
                column_name: problem.column.clone(),
                cell: problem.value.clone(),
                severity: problem.severity.as_str().to_owned(),
                code: problem.code.as_str().to_owned(),
                message: problem.message.clone(),
                occurrences: problem.count,
            })
            .execute(tx.conn)?;
    }
    Ok(())
}
