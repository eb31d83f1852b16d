use chrono::NaiveDateTime;
use diesel::prelude::*;
use etalon_domain::id::{ImportFileId, ImportId, Ref};
use etalon_domain::import::{Import, ImportFile, ImportOptions, ImportProgress, ImportSummary};
use etalon_domain::time::from_naive;
use etalon_import::Understood;

use crate::error::Result;
use crate::schema::{import_files, imports};

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = imports)]
pub(super) struct ImportRow {
    pub(super) id: String,
    pub(super) status: String,
    pub(super) dry_run: bool,
    pub(super) source: String,
    pub(super) options: String,
    pub(super) report: Option<String>,
    pub(super) error: Option<String>,
    pub(super) rows_done: i64,
    pub(super) rows_total: i64,
    pub(super) wrote: bool,
    pub(super) version: i64,
    pub(super) created_at: NaiveDateTime,
    pub(super) created_by: String,
    pub(super) started_at: Option<NaiveDateTime>,
    pub(super) finished_at: Option<NaiveDateTime>,
    pub(super) run_id: Option<String>,
    pub(super) error_code: Option<String>,
}

impl ImportRow {
    pub(super) fn into_import(self, by: String, files: Vec<ImportFile>) -> Result<Import> {
        let options: ImportOptions = serde_json::from_str(&self.options)?;
        let report = self.report.as_deref().map(serde_json::from_str);
        Ok(Import {
            id: ImportId::new(self.id),
            status: self.status.parse()?,
            dry_run: self.dry_run,
            options,
            files,
            progress: ImportProgress {
                done: self.rows_done,
                total: self.rows_total,
            },
            report: report.transpose()?,
            error_code: self.error_code.map(|code| code.parse()).transpose()?,
            error: self.error,
            created_by: Ref {
                id: self.created_by,
                name: by,
            },
            version: self.version,
            created_at: from_naive(self.created_at),
            started_at: self.started_at.map(from_naive),
            finished_at: self.finished_at.map(from_naive),
        })
    }

    pub(super) fn into_summary(self, by: String, file_names: Vec<String>) -> Result<ImportSummary> {
        let import = self.clone().into_import(by, Vec::new())?;
        Ok(ImportSummary {
            id: import.id,
            status: import.status,
            dry_run: import.dry_run,
            source: self.source,
            file_names,
            progress: import.progress,
            report: import.report,
            created_by: import.created_by,
            created_at: import.created_at,
            finished_at: import.finished_at,
        })
    }
}

#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = import_files)]
pub(super) struct FileRow {
    pub(super) id: String,
    pub(super) import_id: String,
    pub(super) position: i32,
    pub(super) name: String,
    pub(super) size: i64,
    pub(super) kind: String,
    pub(super) encoding: String,
    pub(super) delimiter: String,
    pub(super) row_count: i64,
    pub(super) mapping: String,
    pub(super) stage_values: String,
    pub(super) preview: String,
    pub(super) problems: String,
}

impl FileRow {
    pub(super) fn understood(mut self, file: &Understood) -> Result<Self> {
        self.kind = file.kind.as_str().to_owned();
        self.encoding = file.encoding.as_str().to_owned();
        self.delimiter = file.delimiter.as_str().to_owned();
        self.row_count = file.rows;
        self.mapping = serde_json::to_string(&file.columns)?;
        self.stage_values = serde_json::to_string(&file.stage_values)?;
        self.preview = serde_json::to_string(&file.preview)?;
        self.problems = serde_json::to_string(&file.problems)?;
        Ok(self)
    }

    pub(super) fn into_file(self) -> Result<ImportFile> {
        Ok(ImportFile {
            id: ImportFileId::new(self.id),
            name: self.name,
            size: self.size,
            kind: self.kind.parse()?,
            encoding: self.encoding.parse()?,
            delimiter: self.delimiter.parse()?,
            rows: self.row_count,
            columns: serde_json::from_str(&self.mapping)?,
            stage_values: serde_json::from_str(&self.stage_values)?,
            preview: serde_json::from_str(&self.preview)?,
            problems: serde_json::from_str(&self.problems)?,
        })
    }
}
