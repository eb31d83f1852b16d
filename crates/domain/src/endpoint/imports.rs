//! Imports. The upload itself is a multipart request to `/imports` and answers with an `Import`.

use super::{Endpoint, Method, encode_component, json, to_query};
use crate::import::{
    Import, ImportDraft, ImportFilter, ImportProblem, ImportRun, ImportSummary, ProblemFilter,
};
use crate::page::Page;

/// The imports, newest first.
#[derive(Clone, Debug)]
pub struct ListImports(
    /// Filters and page.
    pub ImportFilter,
);

impl Endpoint for ListImports {
    type Answer = Page<ImportSummary>;
    const METHOD: Method = Method::Get;

    fn path(&self) -> String {
        "/imports".to_owned()
    }

    fn query(&self) -> String {
        to_query(&self.0)
    }
}

/// One import.
#[derive(Clone, Debug)]
pub struct GetImport(
    /// Identifier of the import.
    pub String,
);

impl Endpoint for GetImport {
    type Answer = Import;
    const METHOD: Method = Method::Get;

    fn path(&self) -> String {
        format!("/imports/{}", encode_component(&self.0))
    }
}

/// Another understanding of the files of an import.
#[derive(Clone, Debug)]
pub struct UpdateImport {
    /// Identifier of the import.
    pub id: String,
    /// The version that the person has seen.
    pub version: Option<i64>,
    /// Options and mappings.
    pub draft: ImportDraft,
}

impl Endpoint for UpdateImport {
    type Answer = Import;
    const METHOD: Method = Method::Put;

    fn path(&self) -> String {
        format!("/imports/{}", encode_component(&self.id))
    }

    fn body(&self) -> Option<String> {
        json(&self.draft)
    }

    fn version(&self) -> Option<i64> {
        self.version
    }
}

/// Throws an import away that wrote nothing.
#[derive(Clone, Debug)]
pub struct DeleteImport(
    /// Identifier of the import.
    pub String,
);

impl Endpoint for DeleteImport {
    type Answer = ();
    const METHOD: Method = Method::Delete;

    fn path(&self) -> String {
        format!("/imports/{}", encode_component(&self.0))
    }
}

/// Starts a run.
#[derive(Clone, Debug)]
pub struct RunImport {
    /// Identifier of the import.
    pub id: String,
    /// How to run.
    pub run: ImportRun,
}

impl Endpoint for RunImport {
    type Answer = Import;
    const METHOD: Method = Method::Post;

    fn path(&self) -> String {
        format!("/imports/{}/run", encode_component(&self.id))
    }

    fn body(&self) -> Option<String> {
        json(&self.run)
    }
}

/// What a run found wrong.
#[derive(Clone, Debug)]
pub struct ListImportProblems {
    /// Identifier of the import.
    pub id: String,
    /// Filters and page.
    pub filter: ProblemFilter,
}

impl Endpoint for ListImportProblems {
    type Answer = Page<ImportProblem>;
    const METHOD: Method = Method::Get;

    fn path(&self) -> String {
        format!("/imports/{}/problems", encode_component(&self.id))
    }

    fn query(&self) -> String {
        to_query(&self.filter)
    }
}
