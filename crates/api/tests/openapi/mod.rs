//! The description of the API holds to the conventions.

use etalon_domain::account::AccountDraft;
use etalon_domain::activity::{ActivityDraft, CompleteActivity};
use etalon_domain::auth::{PasswordChange, ProfileDraft, SetupDraft, SignIn};
use etalon_domain::contact::ContactDraft;
use etalon_domain::deal::{CloseDeal, DealDraft, MoveDeal, ReopenDeal};
use etalon_domain::department::DepartmentDraft;
use etalon_domain::error::{FieldError, validate};
use etalon_domain::import::{ImportDraft, ImportRun};
use etalon_domain::lead::LeadDraft;
use etalon_domain::lead_form::{FormSubmission, LeadFormDraft};
use etalon_domain::material::{DealMaterialDraft, MaterialDraft};
use etalon_domain::product::ProductDraft;
use etalon_domain::proposal::{AcceptProposal, DeclineProposal, ProposalDraft, SendProposal};
use etalon_domain::rate::ExchangeRateDraft;
use etalon_domain::user::UserDraft;
use etalon_domain::visa::VisaComment;
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
        // The own profile needs no identifier.
        let changes_one = path.contains("{id}")
            && method != "get"
            && !etalon_api::openapi::UNVERSIONED.contains(&name)
            || name == "replace_me";
        let signed_in = operation["security"]
            .as_array()
            .is_some_and(|list| !list.is_empty());
        let has = |name: &str| {
            operation["parameters"]
                .as_array()
                .is_some_and(|list| list.iter().any(|p| p["name"] == name))
        };
        assert_eq!(has("If-Match"), changes_one, "{at}: If-Match");
        assert_eq!(
            has("Idempotency-Key"),
            method == "post" && (signed_in || name == "submit_form"),
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
    }
}

/// The schema of a body, followed to where it is described.
fn schema<'a>(description: &'a Value, content: &Value, at: &str) -> &'a Value {
    let name = content["schema"]["$ref"]
        .as_str()
        .and_then(|r| r.rsplit('/').next());
    let name = name.unwrap_or_else(|| panic!("{at}: the body has no schema of its own"));
    &description["components"]["schemas"][name]
}

#[test]
fn every_request_and_every_answer_has_an_example() {
    let description = description();
    for (path, method, operation) in operations(&description) {
        let at = format!("{method} {path}");
        let request = operation["requestBody"]["content"].as_object();
        let responses = operation["responses"].as_object().unwrap();
        let answers = responses.iter().filter(|(s, _)| s.starts_with('2'));
        let answers = answers.filter_map(|(_, response)| response["content"].as_object());
        for (kind, content) in request.into_iter().chain(answers).flatten() {
            if !kind.ends_with("json") {
                continue;
            }
            let schema = schema(&description, content, &at);
            let example = schema["example"].as_object();
            let example = example.unwrap_or_else(|| panic!("{at}: no example of {content}"));
            for field in example.keys() {
                let known = schema["properties"][field].is_object();
                assert!(known, "{at}: the example has {field}, which is not there");
            }
            for field in schema["required"].as_array().into_iter().flatten() {
                let field = field.as_str().unwrap();
                assert!(
                    example.contains_key(field),
                    "{at}: the example lacks {field}"
                );
            }
        }
    }
}

#[test]
fn the_examples_of_requests_are_valid() {
    fn check<T: serde::de::DeserializeOwned>(name: &str, errors: impl Fn(&T) -> Vec<FieldError>) {
        let example = &description()["components"]["schemas"][name]["example"];
        let form: T = serde_json::from_value(example.clone()).unwrap();
        assert_eq!(errors(&form), [], "{name}");
    }
    check::<AcceptProposal>("AcceptProposal", validate);
    check::<AccountDraft>("AccountDraft", validate);
    check::<ActivityDraft>("ActivityDraft", validate);
    check::<CompleteActivity>("CompleteActivity", validate);
    check::<CloseDeal>("CloseDeal", validate);
    check::<ContactDraft>("ContactDraft", validate);
    check::<DealDraft>("DealDraft", validate);
    check::<DeclineProposal>("DeclineProposal", validate);
    check::<DepartmentDraft>("DepartmentDraft", validate);
    check::<ExchangeRateDraft>("ExchangeRateDraft", validate);
    check::<ImportDraft>("ImportDraft", validate);
    check::<ImportRun>("ImportRun", |_| Vec::new());
    check::<DealMaterialDraft>("DealMaterialDraft", |_| Vec::new());
    check::<MaterialDraft>("MaterialDraft", validate);
    check::<FormSubmission>("FormSubmission", validate);
    check::<LeadDraft>("LeadDraft", validate);
    check::<LeadFormDraft>("LeadFormDraft", validate);
    check::<MoveDeal>("MoveDeal", validate);
    check::<PasswordChange>("PasswordChange", validate);
    check::<ProductDraft>("ProductDraft", validate);
    check::<ProfileDraft>("ProfileDraft", validate);
    check::<ProposalDraft>("ProposalDraft", validate);
    check::<ReopenDeal>("ReopenDeal", validate);
    check::<SendProposal>("SendProposal", validate);
    check::<SetupDraft>("SetupDraft", validate);
    check::<SignIn>("SignIn", |_| Vec::new());
    check::<UserDraft>("UserDraft", validate);
    check::<VisaComment>("VisaComment", validate);
}
