//! Files. Adding one is an upload to the files of its record and answers with a `File`; its content
//! lies at [`content_path`].

use super::{Endpoint, Method, encode_component, to_query};
use crate::file::{File, FileFilter, FileOwner};
use crate::id::FileId;
use crate::page::Page;

/// Where the files of a record lie below the base path.
#[must_use]
pub fn files_path(owner: &FileOwner) -> String {
    let kind = match owner {
        FileOwner::Deal(_) => "deals",
        FileOwner::Material(_) => "materials",
    };
    format!("/{kind}/{}/files", encode_component(owner.id()))
}

/// Where the content of a file lies below the base path.
#[must_use]
pub fn content_path(id: &FileId) -> String {
    format!("/files/{}/content", encode_component(id.as_str()))
}

/// The files of a record, newest first.
#[derive(Clone, Debug)]
pub struct ListFiles {
    /// The record.
    pub owner: FileOwner,
    /// Which of them.
    pub filter: FileFilter,
}

impl Endpoint for ListFiles {
    type Answer = Page<File>;
    const METHOD: Method = Method::Get;

    fn path(&self) -> String {
        files_path(&self.owner)
    }

    fn query(&self) -> String {
        to_query(&self.filter)
    }
}

/// Removes a file.
#[derive(Clone, Debug)]
pub struct DeleteFile(
    /// Identifier of the file.
    pub FileId,
);

impl Endpoint for DeleteFile {
    type Answer = ();
    const METHOD: Method = Method::Delete;

    fn path(&self) -> String {
        format!("/files/{}", encode_component(self.0.as_str()))
    }
}

/// Brings a removed file back.
#[derive(Clone, Debug)]
pub struct RestoreFile(
    /// Identifier of the file.
    pub FileId,
);

impl Endpoint for RestoreFile {
    type Answer = File;
    const METHOD: Method = Method::Post;

    fn path(&self) -> String {
        format!("/files/{}/restore", encode_component(self.0.as_str()))
    }
}
