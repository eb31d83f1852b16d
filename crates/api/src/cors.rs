//! Forms on other sites: the browser of a visitor may send them from there, as far as the form allows
//! its site. Nothing else of the API is open to other sites.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{HttpResponse, web};
use etalon_persistence::lead_forms;

use crate::state::State;

/// Where forms are sent to; the key follows.
pub const FORMS: &str = "/api/v1/forms/";
/// How long a browser need not ask again, in seconds.
const MAX_AGE: &str = "3600";

/// Tells browsers which sites may send a form, and answers them when they ask first.
///
/// # Errors
/// Whatever the inner service fails with.
pub async fn middleware(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let allowed = allowed_origin(&request).await;
    let asks_first = request.method() == Method::OPTIONS;
    let Some(allowed) = allowed else {
        return Ok(next.call(request).await?.map_into_boxed_body());
    };
    let mut response = if asks_first {
        let mut answer = HttpResponse::new(StatusCode::NO_CONTENT);
        let headers = answer.headers_mut();
        set(headers, header::ACCESS_CONTROL_ALLOW_METHODS, "POST");
        let names = "content-type, idempotency-key";
        set(headers, header::ACCESS_CONTROL_ALLOW_HEADERS, names);
        set(headers, header::ACCESS_CONTROL_MAX_AGE, MAX_AGE);
        request.into_response(answer)
    } else {
        next.call(request).await?.map_into_boxed_body()
    };
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, allowed);
    headers.append(header::VARY, HeaderValue::from_static("origin"));
    Ok(response)
}

fn set(headers: &mut HeaderMap, name: header::HeaderName, value: &'static str) {
    headers.insert(name, HeaderValue::from_static(value));
}

/// What the answer says of the site that a request for a form comes from; `None` for every other
/// request and for sites that the form does not allow.
async fn allowed_origin(request: &ServiceRequest) -> Option<HeaderValue> {
    let key = request.path().strip_prefix(FORMS)?.to_owned();
    let origin = request.headers().get(header::ORIGIN)?.clone();
    let state = request.app_data::<web::Data<State>>()?.clone();
    let form = state.read(move |tx| lead_forms::by_key(tx, &key)).await;
    let form = form.ok()?;
    if form.allowed_origins.is_empty() {
        return Some(HeaderValue::from_static("*"));
    }
    form.allows(origin.to_str().ok()?).then_some(origin)
}
