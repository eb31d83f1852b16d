//! What a person enters of a material.

use serde::{Deserialize, Serialize};
use validator::{Validate, ValidationError};

use super::{Material, MaterialStatus};
use crate::error::{FieldCode, rule};
use crate::event::{FieldChange, diff};
use crate::id::ProductId;
use crate::text::{fold, non_empty};

/// Longest word of a list.
const MAX_WORD: usize = 60;

/// What a person enters of a material.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"title": "Why customers leave spreadsheets", "summary": "Three stories with numbers.", "body": "## Before\n\nOrders were typed twice.", "tags": ["case study"], "industries": ["manufacturing"], "language": "en", "status": "published"})))]
pub struct MaterialDraft {
    /// Title, 1 to 200 characters.
    #[validate(length(min = 1, max = 200))]
    pub title: String,
    /// What it is about, in a sentence or two.
    #[serde(default)]
    #[validate(length(max = 500))]
    pub summary: Option<String>,
    /// The text in Markdown, at most 100,000 characters.
    #[serde(default)]
    #[validate(length(max = 100_000))]
    pub body: String,
    /// Tags: at most 20 of at most 60 characters, without commas.
    #[serde(default)]
    #[validate(custom(function = words))]
    pub tags: Vec<String>,
    /// The products that it is about, at most 50.
    #[serde(default)]
    #[validate(length(max = 50))]
    pub product_ids: Vec<ProductId>,
    /// The branches of business that it is for, as accounts name theirs.
    #[serde(default)]
    #[validate(custom(function = words))]
    pub industries: Vec<String>,
    /// The kinds of need that it answers, as deals name theirs.
    #[serde(default)]
    #[validate(custom(function = words))]
    pub need_types: Vec<String>,
    /// Language of the text, ISO 639 in small letters (`en`).
    #[serde(default = "english")]
    #[validate(custom(function = language))]
    pub language: String,
    /// Whether it is for everybody. What was published once is archived, not made a draft again.
    #[serde(default = "in_work")]
    pub status: MaterialStatus,
}

fn english() -> String {
    "en".to_owned()
}

const fn in_work() -> MaterialStatus {
    MaterialStatus::Draft
}

fn words(words: &[String]) -> Result<(), ValidationError> {
    if words.len() > 20 {
        return Err(rule(FieldCode::TooLong, "must have at most 20 words"));
    }
    if words.iter().any(|word| word.chars().count() > MAX_WORD) {
        return Err(rule(
            FieldCode::TooLong,
            "must have words of at most 60 characters",
        ));
    }
    if words.iter().any(|word| word.contains(',')) {
        return Err(rule(
            FieldCode::InvalidFormat,
            "must have words without commas",
        ));
    }
    Ok(())
}

fn language(code: &str) -> Result<(), ValidationError> {
    let known = (2..=3).contains(&code.len()) && code.chars().all(|c| c.is_ascii_lowercase());
    if known {
        Ok(())
    } else {
        Err(rule(
            FieldCode::InvalidFormat,
            "must be a code of ISO 639 such as en",
        ))
    }
}

impl From<&Material> for MaterialDraft {
    fn from(m: &Material) -> Self {
        Self {
            title: m.title.clone(),
            summary: m.summary.clone(),
            body: m.body.clone(),
            tags: m.tags.clone(),
            product_ids: m
                .products
                .iter()
                .map(|p| ProductId::new(p.id.clone()))
                .collect(),
            industries: m.industries.clone(),
            need_types: m.need_types.clone(),
            language: m.language.clone(),
            status: m.status,
        }
    }
}

/// The form as it is stored: trimmed, without repetitions, with the line breaks of the web.
#[must_use]
pub fn normalized(draft: &MaterialDraft) -> MaterialDraft {
    let d = draft.clone();
    let mut product_ids: Vec<ProductId> = Vec::new();
    for id in d.product_ids {
        if !product_ids.contains(&id) {
            product_ids.push(id);
        }
    }
    MaterialDraft {
        title: d.title.trim().to_owned(),
        summary: non_empty(d.summary),
        body: d.body.replace("\r\n", "\n").trim_end().to_owned(),
        tags: distinct(d.tags),
        product_ids,
        industries: distinct(d.industries),
        need_types: distinct(d.need_types),
        ..d
    }
}

/// Words without blanks around them and without those that differ from an earlier one by case only.
fn distinct(words: Vec<String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for word in words {
        let word = word.split_whitespace().collect::<Vec<_>>().join(" ");
        let known = kept.iter().any(|other| fold(other) == fold(&word));
        if !word.is_empty() && !known {
            kept.push(word);
        }
    }
    kept
}

/// The number of the newest version after a form is stored: one more when it is published and says
/// something else than what was published before.
#[must_use]
pub fn number_after(current: Option<&Material>, draft: &MaterialDraft) -> i32 {
    let before = current.map_or(0, |material| material.number);
    if draft.status != MaterialStatus::Published {
        return before;
    }
    let same = current.is_some_and(|material| {
        let published = MaterialDraft {
            status: draft.status,
            ..MaterialDraft::from(material)
        };
        before > 0 && published == *draft
    });
    if same { before } else { before + 1 }
}

/// In which fields two forms differ, as the history keeps it: of the text, how long it was and is.
#[must_use]
pub fn content_changes(before: &MaterialDraft, after: &MaterialDraft) -> Vec<FieldChange> {
    let mut changes = diff(before, after);
    for change in changes.iter_mut().filter(|change| change.field == "body") {
        change.from = before.body.chars().count().into();
        change.to = after.body.chars().count().into();
    }
    changes
}
