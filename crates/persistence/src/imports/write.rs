use chrono::Duration;
use diesel::prelude::*;
use etalon_domain::error::{Error as DomainError, ErrorCode, FieldCode, FieldError};
use etalon_domain::id::{ImportFileId, ImportId};
use etalon_domain::import::{
    Import, ImportDraft, ImportFile, ImportKind, ImportOptions, ImportRun, ImportStatus,
};
use etalon_domain::time::to_naive;
use etalon_import::{Choice, Understood, understand, understand_again};

use super::row::{FileRow, ImportRow};
use super::{content, get, options, problems, require_importer};
use crate::connection::{Db, Tx};
use crate::context::{Context, new_id};
use crate::error::Result;
use crate::jobs::{self, Job};
use crate::record::refuse_stale;
use crate::schema::{import_files, imports};

/// Kind of the jobs that run imports.
pub const JOB: &str = "import";

/// An uploaded file.
#[derive(Clone, Debug)]
pub struct Upload {
    /// Its name.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Takes files in as a draft: each is understood, nothing is imported yet.
///
/// # Errors
/// `forbidden`, `too_large`, or invalid options.
pub fn upload(
    db: &Db,
    context: &Context,
    files: &[Upload],
    options: ImportOptions,
) -> Result<Import> {
    require_importer(&context.actor)?;
    let size: usize = files.iter().map(|file| file.bytes.len()).sum();
    if size > options::MAX_BYTES {
        return Err(ErrorCode::TooLarge.into());
    }
    if files.is_empty() || files.len() > options::MAX_FILES {
        let message = format!("must be 1 to {} files", options::MAX_FILES);
        let error = FieldError::new("files", FieldCode::OutOfRange, message);
        return Err(DomainError::Invalid(vec![error]).into());
    }
    let options = db.read(|tx| options::checked(tx, &context.actor, options))?;
    let settings = options::settings(&db.company(), &options);
    let understood: Vec<Understood> = files
        .iter()
        .map(|file| understand(&file.name, &file.bytes, &settings))
        .collect();
    db.write(|tx| {
        let row = draft_row(context, &options, &understood)?;
        diesel::insert_into(imports::table)
            .values(&row)
            .execute(tx.conn)?;
        for ((file, meaning), position) in files.iter().zip(&understood).zip(0..) {
            let file_row = file_row(&row.id, position, file).understood(meaning)?;
            diesel::insert_into(import_files::table)
                .values(&file_row)
                .execute(tx.conn)?;
            content::store(tx, &file_row.id, &file.bytes)?;
        }
        get(tx, &context.actor, &ImportId::new(row.id))
    })
}

fn draft_row(
    context: &Context,
    options: &ImportOptions,
    files: &[Understood],
) -> Result<ImportRow> {
    Ok(ImportRow {
        id: new_id(),
        status: ImportStatus::Draft.as_str().to_owned(),
        dry_run: false,
        source: options.source.clone(),
        options: serde_json::to_string(options)?,
        report: None,
        error: None,
        rows_done: 0,
        rows_total: files
            .iter()
            .filter(|f| is_used(f.kind))
            .map(|f| f.rows)
            .sum(),
        wrote: false,
        version: 1,
        created_at: to_naive(context.now),
        created_by: context.actor.user_id.as_str().to_owned(),
        started_at: None,
        finished_at: None,
        run_id: None,
        error_code: None,
    })
}

fn file_row(import: &str, position: i32, file: &Upload) -> FileRow {
    FileRow {
        id: new_id(),
        import_id: import.to_owned(),
        position,
        name: file.name.clone(),
        size: i64::try_from(file.bytes.len()).unwrap_or(i64::MAX),
        kind: String::new(),
        encoding: String::new(),
        delimiter: String::new(),
        row_count: 0,
        mapping: String::new(),
        stage_values: String::new(),
        preview: String::new(),
        problems: String::new(),
    }
}

fn is_used(kind: ImportKind) -> bool {
    kind != ImportKind::Unknown
}

/// Sets options and mappings; every file is understood anew by them. An import that ran becomes a
/// draft again.
///
/// # Errors
/// `forbidden`, `not_found`, `stale_version`, `import_busy` while it runs, or invalid options.
pub fn update(
    db: &Db,
    context: &Context,
    id: &ImportId,
    expected_version: Option<i64>,
    draft: &ImportDraft,
) -> Result<Import> {
    let (current, options, contents) = db.read(|tx| {
        let current = get(tx, &context.actor, id)?;
        require_open(&current)?;
        if expected_version.is_some_and(|version| version != current.version) {
            return Err(ErrorCode::StaleVersion.into());
        }
        refuse_unknown_files(&current, draft)?;
        let options = options::checked(tx, &context.actor, draft.options.clone())?;
        let mut contents = Vec::with_capacity(current.files.len());
        for file in &current.files {
            contents.push(content::load(tx, &file.id)?);
        }
        Ok((current, options, contents))
    })?;
    let settings = options::settings(&db.company(), &options);
    let understood: Vec<(ImportFileId, Understood)> = current
        .files
        .iter()
        .zip(&contents)
        .map(|(file, bytes)| {
            let meaning = reunderstand(file, draft, bytes, &settings);
            (file.id.clone(), meaning)
        })
        .collect();
    let used = understood.iter().filter(|(_, file)| is_used(file.kind));
    let total: i64 = used.map(|(_, file)| file.rows).sum();
    db.write(|tx| {
        let row = imports::table
            .filter(imports::id.eq(id.as_str()))
            .filter(imports::version.eq(current.version))
            .filter(imports::status.eq_any(open_states()));
        let changed = diesel::update(row)
            .set((
                imports::status.eq(ImportStatus::Draft.as_str()),
                imports::source.eq(&options.source),
                imports::options.eq(serde_json::to_string(&options)?),
                imports::rows_done.eq(0_i64),
                imports::rows_total.eq(total),
                imports::version.eq(current.version + 1),
            ))
            .execute(tx.conn)?;
        if changed == 0 {
            return Err(ErrorCode::StaleVersion.into());
        }
        for (file, meaning) in &understood {
            let stored = import_files::table.filter(import_files::id.eq(file.as_str()));
            let row: FileRow = stored.select(FileRow::as_select()).first(tx.conn)?;
            let row = row.understood(meaning)?;
            diesel::update(stored).set(&row).execute(tx.conn)?;
        }
        get(tx, &context.actor, id)
    })
}

fn refuse_unknown_files(current: &Import, draft: &ImportDraft) -> Result<()> {
    let known = |id: &ImportFileId| current.files.iter().any(|file| file.id == *id);
    let unknown = draft
        .files
        .iter()
        .enumerate()
        .filter(|(_, file)| !known(&file.id))
        .map(|(index, _)| FieldError::unknown(&format!("files.{index}.id")));
    let errors: Vec<FieldError> = unknown.collect();
    if errors.is_empty() {
        Ok(())
    } else {
        Err(DomainError::Invalid(errors).into())
    }
}

fn reunderstand(
    file: &ImportFile,
    draft: &ImportDraft,
    bytes: &[u8],
    settings: &etalon_import::Settings,
) -> Understood {
    use etalon_domain::import::{ImportColumnDraft, ImportFileDraft};
    let unchanged = || ImportFileDraft::from(file);
    let wanted = draft.files.iter().find(|f| f.id == file.id).cloned();
    let wanted = wanted.unwrap_or_else(unchanged);
    let same_shape = wanted.kind == file.kind
        && wanted.encoding == file.encoding
        && wanted.delimiter == file.delimiter;
    let columns: Option<&[ImportColumnDraft]> =
        (same_shape && !wanted.columns.is_empty()).then_some(&wanted.columns);
    let choice = Choice {
        kind: wanted.kind,
        encoding: wanted.encoding,
        delimiter: wanted.delimiter,
        columns,
    };
    understand_again(&file.name, bytes, choice, settings)
}

/// Begins a new run of an import that waits for a worker; to be followed by [`enqueue`] or
/// [`enqueue_claimed`] in the same transaction. What an earlier run reported is forgotten. Of two that
/// start at once one is refused.
///
/// # Errors
/// `forbidden`, `not_found`, `stale_version`, or `import_busy` when it waits or runs already.
pub fn start(
    tx: &mut Tx<'_>,
    context: &Context,
    id: &ImportId,
    expected_version: Option<i64>,
    run: ImportRun,
) -> Result<Import> {
    let import = get(tx, &context.actor, id)?;
    refuse_stale(import.version, expected_version)?;
    if !import.status.is_open() && jobs::is_waiting(tx, JOB, &payload(id))? {
        return Err(ErrorCode::ImportBusy.into());
    }
    // One that no worker has any more, because it died, may be started again.
    let before: Option<String> = imports::table
        .filter(imports::id.eq(id.as_str()))
        .select(imports::run_id)
        .first(tx.conn)?;
    let mut row = diesel::update(imports::table)
        .filter(imports::id.eq(id.as_str()))
        .filter(imports::status.eq(import.status.as_str()))
        .filter(imports::version.eq(import.version))
        .into_boxed();
    row = match before {
        Some(before) => row.filter(imports::run_id.eq(before)),
        None => row.filter(imports::run_id.is_null()),
    };
    let changed = row
        .set((
            imports::status.eq(ImportStatus::Queued.as_str()),
            imports::run_id.eq(Some(new_id())),
            imports::dry_run.eq(run.dry_run),
            imports::rows_done.eq(0_i64),
            imports::report.eq(None::<String>),
            imports::error.eq(None::<String>),
            imports::error_code.eq(None::<String>),
            imports::started_at.eq(None::<chrono::NaiveDateTime>),
            imports::finished_at.eq(None::<chrono::NaiveDateTime>),
        ))
        .execute(tx.conn)?;
    if changed == 0 {
        return Err(ErrorCode::ImportBusy.into());
    }
    problems::clear(tx, id)?;
    get(tx, &context.actor, &import.id)
}

/// Puts the job that runs an import into the queue of the workers.
///
/// # Errors
/// When the database cannot be written.
pub fn enqueue(tx: &mut Tx<'_>, context: &Context, id: &ImportId) -> Result<()> {
    jobs::enqueue(tx, JOB, &payload(id), context.now, context.now).map(|_| ())
}

/// Puts the job that runs an import into the queue for a caller who carries it out at once.
///
/// # Errors
/// When the database cannot be written.
pub fn enqueue_claimed(
    tx: &mut Tx<'_>,
    context: &Context,
    id: &ImportId,
    worker: &str,
    lease: Duration,
) -> Result<Job> {
    jobs::enqueue_claimed(tx, JOB, &payload(id), worker, lease, context.now)
}

fn payload(id: &ImportId) -> serde_json::Value {
    serde_json::json!({ "import_id": id })
}

/// The import that a job is to run; `None` when the payload is none of [`enqueue`].
#[must_use]
pub fn of_job(payload: &str) -> Option<ImportId> {
    let value: serde_json::Value = serde_json::from_str(payload).ok()?;
    Some(ImportId::new(value.get("import_id")?.as_str()?))
}

/// Throws away an import that wrote nothing, with its files.
///
/// # Errors
/// `forbidden`, `not_found`, `stale_version`, `import_busy` while it runs, or `in_use` when records
/// came from it.
pub fn delete(
    tx: &mut Tx<'_>,
    context: &Context,
    id: &ImportId,
    expected_version: Option<i64>,
) -> Result<()> {
    let import = get(tx, &context.actor, id)?;
    refuse_stale(import.version, expected_version)?;
    require_open(&import)?;
    let wrote: bool = imports::table
        .filter(imports::id.eq(id.as_str()))
        .select(imports::wrote)
        .first(tx.conn)?;
    if wrote {
        return Err(ErrorCode::InUse.into());
    }
    problems::clear(tx, id)?;
    for file in &import.files {
        content::remove(tx, &file.id)?;
    }
    diesel::delete(import_files::table.filter(import_files::import_id.eq(id.as_str())))
        .execute(tx.conn)?;
    let row = imports::table
        .filter(imports::id.eq(id.as_str()))
        .filter(imports::status.eq_any(open_states()));
    if diesel::delete(row).execute(tx.conn)? == 0 {
        return Err(ErrorCode::ImportBusy.into());
    }
    Ok(())
}

fn require_open(import: &Import) -> Result<()> {
    if import.status.is_open() {
        Ok(())
    } else {
        Err(ErrorCode::ImportBusy.into())
    }
}

fn open_states() -> Vec<&'static str> {
    let open = ImportStatus::ALL.iter().filter(|status| status.is_open());
    open.map(|status| status.as_str()).collect()
}
