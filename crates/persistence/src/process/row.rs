use chrono::NaiveDateTime;
use diesel::prelude::*;
use etalon_domain::id::{ProcessId, ProcessVersionId};
use etalon_domain::process::ProcessVersion;
use etalon_domain::time::from_naive;

use crate::error::Result;
use crate::schema::process_versions;

/// A version as it is stored.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = process_versions)]
pub(super) struct VersionRow {
    pub id: String,
    pub process_id: String,
    pub number: i64,
    pub status: String,
    pub definition: String,
    pub version: i64,
    pub published_at: Option<NaiveDateTime>,
    pub published_by: Option<String>,
    pub created_at: NaiveDateTime,
    pub updated_at: NaiveDateTime,
}

impl VersionRow {
    pub(super) fn into_version(self) -> Result<ProcessVersion> {
        Ok(ProcessVersion {
            id: ProcessVersionId::new(self.id),
            process_id: ProcessId::new(self.process_id),
            number: self.number,
            status: self.status.parse()?,
            definition: serde_json::from_str(&self.definition)?,
            published_at: self.published_at.map(from_naive),
            version: self.version,
        })
    }
}
