//! Requests and answers of the browser.

use etalon_domain::endpoint::BASE_PATH;
use etalon_domain::error::{ErrorCode, Problem};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{FormData, Headers, RequestCredentials, RequestInit, Response};

use super::{Failure, token};
use crate::i18n::language;

/// What a request carries.
pub(super) enum Payload {
    Nothing,
    Json(String),
    Form(FormData),
}

/// A request, whatever it asks for.
pub(super) struct Request {
    pub(super) method: &'static str,
    pub(super) url: String,
    pub(super) payload: Payload,
    pub(super) version: Option<i64>,
    pub(super) idempotency_key: Option<String>,
}

/// A file from the server: its object URL, to be revoked after use.
pub struct Blob(pub String);

/// Sends a form with files to a path below the base path and reads the answer.
pub async fn upload<T: serde::de::DeserializeOwned>(
    path: &str,
    form: FormData,
) -> Result<T, Failure> {
    let request = Request {
        method: "POST",
        url: format!("{BASE_PATH}{path}"),
        payload: Payload::Form(form),
        version: None,
        idempotency_key: Some(super::random_key()),
    };
    super::read(&send_signed_in(&request).await?)
}

/// Fetches a file from a path below the base path.
pub async fn download(path: &str) -> Result<Blob, Failure> {
    let request = Request {
        method: "GET",
        url: format!("{BASE_PATH}{path}"),
        payload: Payload::Nothing,
        version: None,
        idempotency_key: None,
    };
    let response = respond_signed_in(&request).await?;
    let blob = response.blob().map_err(|_| Failure::Offline)?;
    let blob: web_sys::Blob = JsFuture::from(blob)
        .await
        .map_err(|_| Failure::Offline)?
        .unchecked_into();
    web_sys::Url::create_object_url_with_blob(&blob)
        .map(Blob)
        .map_err(|_| Failure::Unreadable)
}

/// Sends a request with the access token; when that is missing or expired, renews it and tries once
/// more. A session that is over ends here.
pub(super) async fn send_signed_in(request: &Request) -> Result<String, Failure> {
    let response = respond_signed_in(request).await?;
    text_of(&response).await
}

/// Sends a request with the given access token and reads the answer's text.
pub(super) async fn send(request: &Request, access: Option<&str>) -> Result<String, Failure> {
    let response = respond(request, access).await?;
    text_of(&response).await
}

async fn respond_signed_in(request: &Request) -> Result<Response, Failure> {
    if token::access().is_none() {
        renew().await?;
    }
    let access = token::access();
    match respond(request, access.as_deref()).await {
        Err(failure) if failure.is(ErrorCode::Unauthenticated) => {
            if token::access() == access {
                renew().await?;
            }
            respond(request, token::access().as_deref()).await
        }
        outcome => outcome,
    }
}

/// Gets a new access token; a session that is over ends here.
pub(super) async fn renew() -> Result<(), Failure> {
    let outcome = token::renew_access().await;
    if outcome.as_ref().is_err_and(|f| f.code().is_some()) {
        crate::session::ended();
    }
    outcome
}

async fn respond(request: &Request, access: Option<&str>) -> Result<Response, Failure> {
    let init = RequestInit::new();
    init.set_method(request.method);
    init.set_credentials(RequestCredentials::SameOrigin);
    let headers = Headers::new().map_err(|_| Failure::Unreadable)?;
    set(&headers, "accept", "application/json");
    set(&headers, "accept-language", language().as_str());
    match &request.payload {
        Payload::Nothing => {}
        Payload::Json(text) => {
            let kind = if request.method == "PATCH" {
                "application/merge-patch+json"
            } else {
                "application/json"
            };
            set(&headers, "content-type", kind);
            init.set_body(&JsValue::from_str(text));
        }
        Payload::Form(form) => init.set_body(form),
    }
    if let Some(access) = access {
        set(&headers, "authorization", &format!("Bearer {access}"));
    }
    if let Some(version) = request.version {
        set(&headers, "if-match", &format!("\"{version}\""));
    }
    if let Some(key) = &request.idempotency_key {
        set(&headers, "idempotency-key", key);
    }
    init.set_headers(&headers);
    let window = web_sys::window().ok_or(Failure::Unreadable)?;
    let response: Response = JsFuture::from(window.fetch_with_str_and_init(&request.url, &init))
        .await
        .map_err(|_| Failure::Offline)?
        .unchecked_into();
    if response.ok() {
        return Ok(response);
    }
    let text = text_of(&response).await?;
    Err(match serde_json::from_str::<Problem>(&text) {
        Ok(problem) => Failure::Refused(Box::new(problem)),
        Err(_) if response.status() >= 502 => Failure::Offline,
        Err(_) => Failure::Unreadable,
    })
}

async fn text_of(response: &Response) -> Result<String, Failure> {
    let text = response.text().map_err(|_| Failure::Offline)?;
    let text = JsFuture::from(text).await.map_err(|_| Failure::Offline)?;
    Ok(text.as_string().unwrap_or_default())
}

fn set(headers: &Headers, name: &str, value: &str) {
    // Names are fixed and values ASCII, so the browser has nothing to object to.
    let _ = headers.set(name, value);
}
