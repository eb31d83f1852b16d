//! Examples of answers. Requests have theirs beside their types, because they are written to be
//! copied; answers are records of the demo company, kept in `examples.json` by the name of their
//! schema.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use utoipa::openapi::{OpenApi, RefOr, Schema};

const EXAMPLES: &str = include_str!("examples.json");

/// Gives every schema of `examples.json` its example, and every page of such a record one with it.
pub(super) fn add(openapi: &mut OpenApi) {
    let examples: BTreeMap<String, Value> = serde_json::from_str(EXAMPLES).unwrap_or_default();
    let Some(components) = openapi.components.as_mut() else {
        return;
    };
    for (name, schema) in &mut components.schemas {
        let RefOr::T(Schema::Object(schema)) = schema else {
            continue;
        };
        if let Some(example) = examples.get(name) {
            schema.example = Some(example.clone());
        } else if let Some(example) = name.strip_prefix("Page_").and_then(|n| examples.get(n)) {
            schema.example = Some(json!({"items": [example], "next_cursor": null}));
        }
    }
}
