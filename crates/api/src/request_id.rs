//! Every request has an identifier: in the answer's `X-Request-Id`, in problem documents, in the log
//! and in the history of whatever it changed.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;

tokio::task_local! {
    static CURRENT: String;
}

/// Name of the header.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The identifier of the request that this task answers; empty outside one.
#[must_use]
pub fn current() -> String {
    CURRENT.try_with(Clone::clone).unwrap_or_default()
}

/// Gives every request an identifier, logs how it was answered, and adds the headers that protect
/// the browser.
///
/// # Errors
/// Whatever the inner service fails with.
pub async fn middleware(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let id = uuid::Uuid::now_v7().simple().to_string();
    let begun = std::time::Instant::now();
    let line = log::log_enabled!(log::Level::Info)
        .then(|| format!("{} {}", request.method(), request.path()));
    let mut response = CURRENT.scope(id.clone(), next.call(request)).await?;
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(&id) {
        headers.insert(HEADER, value);
    }
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("x-frame-options", "DENY"),
    ] {
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    if let Some(line) = line {
        let millis = begun.elapsed().as_secs_f64() * 1000.0;
        log::info!(
            "[{id}] {line} {} {millis:.1} ms",
            response.status().as_u16()
        );
    }
    Ok(response)
}
