//! The OpenAPI description: what the handlers say, completed with what holds for all of them.

mod examples;

use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::schema::{ObjectBuilder, SchemaType, Type};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{Content, OpenApi, PathItem, Ref, RefOr, Required, Response, Schema};
use utoipa::{Modify, OpenApi as _};

use etalon_domain::analytics::{Dimension, Preset, RowsPart, RowsReport, Step};
use etalon_domain::error::{ErrorCode, FieldCode, FieldError, Problem};

/// What all operations share.
#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Etalon",
        description = "The API of Etalon, a corporate sales system. Instants are RFC 3339 in UTC, \
                       dates ISO 8601, amounts decimal texts with their currency. Lists are paged \
                       by cursor. Refused requests are answered with `application/problem+json`. \
                       Every changeable record answers with its version as `ETag`, which \
                       `If-Match` gives back; every POST that needs a sign-in, and \
                       the forms of other sites, honor `Idempotency-Key`.",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
        contact()
    ),
    servers((url = "/", description = "This server")),
    // What only parameters name is not collected by itself.
    components(schemas(
        Problem, ErrorCode, FieldCode, FieldError, Dimension, Preset, RowsPart, RowsReport, Step
    )),
    tags(
        (name = "Sign-in", description = "Signing in, staying signed in, signing out"),
        (name = "Profile", description = "Your own profile"),
        (name = "Leads", description = "Interests that are not yet deals"),
        (name = "Web forms", description = "Forms on other sites that make leads"),
        (name = "Deals", description = "The registry of deals"),
        (name = "Activities", description = "Calls, meetings, tasks and e-mails to send; your day"),
        (name = "Notifications", description = "What the product tells you"),
        (name = "Accounts", description = "Companies"),
        (name = "Contacts", description = "People at companies"),
        (name = "Products", description = "What is sold"),
        (name = "Proposals", description = "Offers to customers, and the visas they need"),
        (name = "Users", description = "People who work with Etalon"),
        (name = "Knowledge", description = "Materials of the knowledge base and their use in deals"),
        (name = "Files", description = "Files on records"),
        (name = "Departments", description = "The tree of departments"),
        (name = "Process", description = "The stages of the sales process"),
        (name = "Currencies", description = "Currencies and exchange rates"),
        (name = "Imports", description = "Files of other systems"),
        (name = "Analytics", description = "Reports"),
        (name = "Server", description = "The server itself")
    ),
    modifiers(&Bearer)
)]
struct Base;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, openapi: &mut OpenApi) {
        let scheme = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        openapi
            .components
            .get_or_insert_with(Default::default)
            .add_security_scheme("access_token", scheme);
    }
}

/// The description before the operations are collected.
#[must_use]
pub fn base() -> OpenApi {
    Base::openapi()
}

/// Operations on one record that has no version: a session only ends, a form only takes, files and the
/// use of materials are only added and removed.
pub const UNVERSIONED: &[&str] = &[
    "delete_session",
    "create_deal_proposal",
    "add_deal_file",
    "add_material_file",
    "use_material",
    "delete_deal_material",
    "delete_file",
    "restore_file",
    "read_notification",
    "snooze_notification",
    "submit_form",
    "add_team_member",
    "remove_team_member",
    "add_key_contact",
    "remove_key_contact",
    "add_deal_competitor",
    "remove_deal_competitor",
    "add_concession",
    "remove_concession",
    "delete_process_draft",
    "make_process_default",
    "migrate_deals",
    "decide_step_visa",
];
/// Operations on one versioned record whose path has no identifier.
const VERSIONED: [&str; 1] = ["replace_me"];
/// Operations that try a password, or are open to robots.
const THROTTLED: [&str; 3] = ["sign_in", "change_password", "submit_form"];
/// POSTs that need no sign-in and still take an idempotency key.
const REPEATABLE: [&str; 1] = ["submit_form"];

/// What decides about the parameters and the answers of an operation.
struct Facts {
    keyed: bool,
    writes: bool,
    public: bool,
    has_id: bool,
    versioned: bool,
    throttled: bool,
}

impl Facts {
    fn of(path: &str, method: &str, operation: &Operation) -> Self {
        let name = operation.operation_id.as_deref().unwrap_or_default();
        let has_id = path.contains('{');
        let writes = method != "get";
        let nobody = SecurityRequirement::default();
        let security = operation.security.as_ref();
        // The empty requirement means: no token needed.
        let public = security.is_some_and(|list| list.contains(&nobody));
        Self {
            keyed: method == "post" && (!public || REPEATABLE.contains(&name)),
            writes,
            public,
            has_id,
            versioned: has_id && writes && !UNVERSIONED.contains(&name)
                || VERSIONED.contains(&name),
            throttled: THROTTLED.contains(&name),
        }
    }
}

/// Completes the collected description: every operation that is not public needs the access token
/// and names its problem answers, changes of versioned records take `If-Match`, POSTs that need a
/// sign-in take `Idempotency-Key`, and bodies have examples.
pub fn complete(openapi: &mut OpenApi) {
    for (path, item) in &mut openapi.paths.paths {
        for (method, operation) in operations(item) {
            let facts = Facts::of(path, method, operation);
            let token = SecurityRequirement::new::<_, [&str; 0], &str>("access_token", []);
            operation.security = Some(if facts.public {
                Vec::new()
            } else {
                vec![token]
            });
            add_headers(operation, &facts);
            add_problems(operation, &facts);
        }
    }
    describe_patches(openapi);
    examples::add(openapi);
}

/// A merge patch names any fields of a form: every `…Draft` that is patched gets a `…Patch` beside
/// it, the same with nothing required.
fn describe_patches(openapi: &mut OpenApi) {
    let mut patched = Vec::new();
    for item in openapi.paths.paths.values_mut() {
        let body = item.patch.as_mut().and_then(|o| o.request_body.as_mut());
        let Some(RefOr::T(body)) = body else {
            continue;
        };
        for content in body.content.values_mut() {
            let RefOr::T(Content { schema, .. }) = content else {
                continue;
            };
            if let Some(RefOr::Ref(form)) = schema
                && let Some(name) = form.ref_location.strip_prefix("#/components/schemas/")
                && let Some(record) = name.strip_suffix("Draft")
            {
                let patch = format!("{record}Patch");
                patched.push((name.to_owned(), patch.clone()));
                *form = Ref::from_schema_name(patch);
            }
        }
    }
    let Some(components) = openapi.components.as_mut() else {
        return;
    };
    for (form, patch) in patched {
        if let Some(RefOr::T(Schema::Object(form))) = components.schemas.get(&form) {
            let mut any = form.clone();
            any.required.clear();
            any.description = Some("Any fields of the form; those left out stay.".to_owned());
            components.schemas.insert(patch, RefOr::T(any.into()));
        }
    }
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = (&'static str, &mut Operation)> {
    [
        ("get", item.get.as_mut()),
        ("post", item.post.as_mut()),
        ("put", item.put.as_mut()),
        ("patch", item.patch.as_mut()),
        ("delete", item.delete.as_mut()),
    ]
    .into_iter()
    .filter_map(|(method, operation)| operation.map(|operation| (method, operation)))
}

fn header(name: &str, description: &str) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(description))
        .schema(Some(
            ObjectBuilder::new().schema_type(SchemaType::new(Type::String)),
        ))
        .build()
}

fn add_headers(operation: &mut Operation, facts: &Facts) {
    let parameters = operation.parameters.get_or_insert_default();
    if facts.keyed {
        parameters.push(RefOr::T(header(
            "Idempotency-Key",
            "A text of your choice, at most 200 characters: a repeated request with the same key is \
             answered like the first and acts only once. Kept for a day.",
        )));
    }
    if facts.versioned {
        parameters.push(RefOr::T(header(
            "If-Match",
            "The `ETag` that you have seen: the request is refused with 412 when somebody changed \
             the record since.",
        )));
    }
    if parameters.is_empty() {
        operation.parameters = None;
    }
}

fn add_problems(operation: &mut Operation, facts: &Facts) {
    let mut problems = vec![
        ("401", "Not signed in, or the sign-in was refused", true),
        ("403", "You may see this but not do it", !facts.public),
        ("404", "There is no such thing for you", facts.has_id),
        ("409", "The state does not allow it", facts.writes),
        (
            "412",
            "Somebody changed it in the meantime",
            facts.versioned,
        ),
        (
            "422",
            "Some fields are not valid; `errors` names them",
            true,
        ),
        (
            "429",
            "Too many attempts; `Retry-After` says when to try again",
            facts.throttled,
        ),
        (
            "500",
            "Something failed on the server; nothing was changed",
            true,
        ),
    ];
    problems.retain(|(_, _, applies)| *applies);
    for (status, description, _) in problems {
        operation
            .responses
            .responses
            .entry(status.to_owned())
            .or_insert_with(|| RefOr::T(problem(description)));
    }
}

fn problem(description: &str) -> Response {
    let schema = RefOr::Ref(Ref::from_schema_name("Problem"));
    ResponseBuilder::new()
        .description(description)
        .content("application/problem+json", Content::new(Some(schema)))
        .build()
}

/// The whole description as the file that is committed: pretty JSON with a line break at the end.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn text(openapi: &OpenApi) -> Result<String, serde_json::Error> {
    let value = serde_json::to_value(openapi)?;
    Ok(serde_json::to_string_pretty(&value)? + "\n")
}
