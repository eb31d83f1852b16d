//! Departments form a tree; a head sees the subtree of his own.

use serde::{Deserialize, Serialize};
use validator::Validate;

use crate::id::DepartmentId;
use chrono::{DateTime, Utc};

/// A department.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Department {
    /// Identifier.
    pub id: DepartmentId,
    /// Name, unique below one parent.
    pub name: String,
    /// The department above; `null` for a root.
    pub parent_id: Option<DepartmentId>,
    /// Whether its managers see each other's deals.
    pub share_deals: bool,
    /// How many active people belong to it directly.
    pub people: i64,
    /// Counts changes, for `If-Match`.
    pub version: i64,
    /// When it was created.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// What a person enters of a department.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"name": "North", "share_deals": true})))]
pub struct DepartmentDraft {
    /// Name, 1 to 200 characters, unique below one parent.
    #[validate(length(min = 1, max = 200))]
    pub name: String,
    /// The department above; `null` for a root.
    #[serde(default)]
    pub parent_id: Option<DepartmentId>,
    /// Whether its managers see each other's deals.
    #[serde(default)]
    pub share_deals: bool,
}

impl From<&Department> for DepartmentDraft {
    fn from(department: &Department) -> Self {
        Self {
            name: department.name.clone(),
            parent_id: department.parent_id.clone(),
            share_deals: department.share_deals,
        }
    }
}

/// The departments below one, itself included. `tree` is (id, parent) of all departments.
#[must_use]
pub fn subtree(
    root: &DepartmentId,
    tree: &[(DepartmentId, Option<DepartmentId>)],
) -> Vec<DepartmentId> {
    let mut found = vec![root.clone()];
    let mut next = 0;
    while next < found.len() {
        let parent = found[next].clone();
        for (id, above) in tree {
            if above.as_ref() == Some(&parent) && !found.contains(id) {
                found.push(id.clone());
            }
        }
        next += 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subtree_has_all_generations_and_survives_a_cycle() {
        let id = DepartmentId::new;
        let tree = [
            (id("a"), None),
            (id("b"), Some(id("a"))),
            (id("c"), Some(id("b"))),
            (id("d"), None),
        ];
        assert_eq!(subtree(&id("a"), &tree), [id("a"), id("b"), id("c")]);
        let cycle = [(id("a"), Some(id("b"))), (id("b"), Some(id("a")))];
        assert_eq!(subtree(&id("a"), &cycle), [id("a"), id("b")]);
    }
}
