//! The description of the API holds to the conventions.

use serde_json::Value;

fn description() -> Value {
    serde_json::to_value(etalon_api::server::description()).unwrap()
}

fn operations(description: &Value) -> Vec<(String, String, Value)> {
    let mut found = Vec::new();
    for (path, item) in description["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            found.push((path.clone(), method.clone(), operation.clone()));
        }
    }
    found
}

#[test]
fn the_committed_file_is_current() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../openapi/openapi.json");
    let committed = std::fs::read_to_string(file).unwrap();
    let current = etalon_api::openapi::text(&etalon_api::server::description()).unwrap();
    assert!(
        committed == current,
        "run `make openapi` and commit openapi/openapi.json"
    );
}

#[test]
fn every_operation_has_a_summary_a_name_and_problem_answers() {
    let description = description();
    assert_eq!(description["openapi"], "3.1.0");
    let mut names = std::collections::BTreeSet::new();
    for (path, method, operation) in operations(&description) {
        let at = format!("{method} {path}");
        let name = operation["operationId"]
            .as_str()
            .unwrap_or_else(|| panic!("{at}: no name"));
        assert!(names.insert(name.to_owned()), "{at}: {name} is there twice");
        assert!(
            name.contains('_') || name == "set_up",
            "{at}: {name} is no verb_resource"
        );
        assert!(
            operation["summary"].as_str().is_some_and(|s| !s.is_empty()),
            "{at}: no summary"
        );
        assert!(
            operation["tags"].as_array().is_some_and(|t| t.len() == 1),
            "{at}: no tag"
        );
        let responses = operation["responses"].as_object().unwrap();
        assert!(
            responses.keys().any(|s| s.starts_with('2')),
            "{at}: no success"
        );
        assert!(
            responses.contains_key("401") && responses.contains_key("422"),
            "{at}"
        );
        for (status, response) in responses.iter().filter(|(s, _)| s.starts_with(['4', '5'])) {
            let content = &response["content"]["application/problem+json"];
            assert!(content.is_object(), "{at} {status}: no problem document");
        }
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let described = parameter["description"]
                .as_str()
                .is_some_and(|d| !d.is_empty());
            assert!(
                described,
                "{at}: parameter {} has no description",
                parameter["name"]
            );
        }
        let changes_one = path.contains("{id}") && method != "get";
        let has = |name: &str| {
            operation["parameters"]
                .as_array()
                .is_some_and(|list| list.iter().any(|p| p["name"] == name))
        };
        assert_eq!(has("If-Match"), changes_one, "{at}: If-Match");
        assert_eq!(
            has("Idempotency-Key"),
            method == "post",
            "{at}: Idempotency-Key"
        );
    }
}

#[test]
fn every_field_and_every_form_is_described() {
    let description = description();
    for (name, schema) in description["components"]["schemas"].as_object().unwrap() {
        for (field, property) in schema["properties"].as_object().into_iter().flatten() {
            let described = property["description"].is_string()
                || property["$ref"].is_string()
                || property["oneOf"].is_array();
            assert!(described, "{name}.{field} has no description");
        }
        if name.ends_with("Draft") && !name.starts_with("Import") {
            assert!(
                schema["example"].is_object() || schema["examples"].is_array(),
                "{name} has no example"
            );
        }
    }
}
