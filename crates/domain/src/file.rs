//! Files that hang on a record: stored once by their content, versioned by their name, and seen by
//! whoever sees the record.

use serde::{Deserialize, Serialize};

use crate::id::{DealId, FileId, MaterialId, Ref};
use crate::text::fold;
use chrono::{DateTime, Utc};

/// Longest name in characters.
pub const MAX_NAME: usize = 200;
/// What a content is called when nothing better is known.
pub const UNKNOWN_TYPE: &str = "application/octet-stream";

/// The record that a file hangs on. Whoever sees it sees the file; whoever may change it may add and
/// remove files.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum FileOwner {
    /// A deal; also a closed one takes files.
    Deal(DealId),
    /// A material of the knowledge base.
    Material(MaterialId),
}

impl FileOwner {
    /// The kind of record, as the database keeps it.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Deal(_) => "deal",
            Self::Material(_) => "material",
        }
    }

    /// Identifier of the record.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Deal(id) => id.as_str(),
            Self::Material(id) => id.as_str(),
        }
    }

    /// The record that the database names by kind and identifier.
    #[must_use]
    pub fn read(kind: &str, id: String) -> Option<Self> {
        match kind {
            "deal" => Some(Self::Deal(DealId::new(id))),
            "material" => Some(Self::Material(MaterialId::new(id))),
            _ => None,
        }
    }
}

/// One version of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct File {
    /// Identifier.
    pub id: FileId,
    /// The record that it hangs on.
    pub owner: FileOwner,
    /// Its name, without a path.
    pub name: String,
    /// Counts the files of this name on this record, from 1.
    pub version: i32,
    /// How many versions of this name are there, without the removed ones.
    pub versions: i64,
    /// Size in bytes.
    pub size: i64,
    /// What the content is, as whoever sent it said.
    pub media_type: String,
    /// SHA-256 of the content in hexadecimal digits.
    pub sha256: String,
    /// When it was added.
    pub created_at: DateTime<Utc>,
    /// Who added it; `null` for the product itself.
    pub created_by: Option<Ref>,
    /// When it was removed.
    pub deleted_at: Option<DateTime<Utc>>,
}

/// A content that the store holds, with the name under which it is to be added to a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFile {
    /// Name of the file; [`clean_name`] is applied to it.
    pub name: String,
    /// What the content is; [`clean_media_type`] is applied to it.
    pub media_type: String,
    /// Size in bytes.
    pub size: i64,
    /// SHA-256 of the content in hexadecimal digits.
    pub sha256: String,
}

/// Filters of the files of a record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(default)]
pub struct FileFilter {
    /// `true`: all versions; else the newest one of each name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub versions: Option<bool>,
    /// Only the files of this name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Size of the page, 1 to 200.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// `next_cursor` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// The name of a file as it is kept: the last part of a path, whichever slashes it has, without
/// control and direction characters, at most [`MAX_NAME`] characters of which the ending stays.
/// `None` when nothing is left.
#[must_use]
pub fn clean_name(given: &str) -> Option<String> {
    let last = given.rsplit(['/', '\\']).next().unwrap_or(given);
    let kept: String = last.chars().filter(|c| !is_hidden(*c)).collect();
    let kept = kept.trim();
    if kept.chars().all(|c| c == '.') {
        return None;
    }
    Some(shortened(kept))
}

/// By what two files of a record have the same name: capital letters make no difference.
#[must_use]
pub fn name_key(name: &str) -> String {
    fold(name)
}

/// A media type as it is kept: `type/subtype` in lower case without parameters, or
/// [`UNKNOWN_TYPE`].
#[must_use]
pub fn clean_media_type(given: &str) -> String {
    let essence = given.split(';').next().unwrap_or_default().trim();
    let word = |text: &str| {
        !text.is_empty()
            && text
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "!#$&-^_.+".contains(c))
    };
    match essence.split_once('/') {
        Some((kind, subtype)) if essence.len() <= 100 && word(kind) && word(subtype) => {
            essence.to_ascii_lowercase()
        }
        _ => UNKNOWN_TYPE.to_owned(),
    }
}

/// The media type that a browser is told: that of the file when nothing in such a content can act,
/// else [`UNKNOWN_TYPE`].
#[must_use]
pub fn safe_media_type(media_type: &str) -> &str {
    let harmless = match media_type.split_once('/') {
        Some(("image", subtype)) => !subtype.starts_with("svg"),
        Some(("audio" | "video", _)) => true,
        Some(("text", subtype)) => matches!(subtype, "plain" | "csv"),
        Some(("application", subtype)) => {
            matches!(subtype, "pdf" | "msword" | "zip" | "json" | "rtf")
                || subtype.starts_with("vnd.") && !subtype.ends_with("xml")
        }
        _ => false,
    };
    if harmless { media_type } else { UNKNOWN_TYPE }
}

fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// At most [`MAX_NAME`] characters; what is cut lies before the ending.
fn shortened(name: &str) -> String {
    let length = name.chars().count();
    if length <= MAX_NAME {
        return name.to_owned();
    }
    let ending = name
        .rfind('.')
        .map(|at| &name[at..])
        .filter(|ending| ending.chars().count() <= 20)
        .unwrap_or_default();
    let kept = MAX_NAME - ending.chars().count();
    name.chars().take(kept).chain(ending.chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_paths_and_what_nobody_sees() {
        for (given, kept) in [
            ("report.pdf", Some("report.pdf")),
            ("../../etc/passwd", Some("passwd")),
            ("C:\\Users\\me\\Смета.xlsx", Some("Смета.xlsx")),
            ("  a\u{0}b\r\n.txt ", Some("ab.txt")),
            ("gpj\u{202e}exe.doc", Some("gpjexe.doc")),
            ("..", None),
            ("folder/", None),
            ("", None),
        ] {
            assert_eq!(clean_name(given).as_deref(), kept, "{given:?}");
        }
    }

    #[test]
    fn long_names_keep_their_ending() {
        let name = clean_name(&format!("{}.docx", "ж".repeat(300))).unwrap();
        assert_eq!(name.chars().count(), MAX_NAME);
        assert!(name.ends_with("ж.docx"));
    }

    #[test]
    fn media_types_are_plain_and_what_can_act_is_hidden() {
        assert_eq!(clean_media_type("Text/HTML; charset=utf-8"), "text/html");
        for odd in ["", "text", "text/", "a/b\r\nx: y", "text/html/x"] {
            assert_eq!(clean_media_type(odd), UNKNOWN_TYPE, "{odd:?}");
        }
        let sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        for kept in ["image/png", "application/pdf", "text/plain", sheet] {
            assert_eq!(safe_media_type(kept), kept);
        }
        for hidden in ["text/html", "image/svg+xml", "application/xhtml+xml"] {
            assert_eq!(safe_media_type(hidden), UNKNOWN_TYPE);
        }
    }
}
