//! Talks to the server: one typed call for every operation.

mod failure;
mod progress;
mod token;
mod transport;

pub use failure::Failure;
pub use progress::upload_with_progress;
pub use token::{forget_access, keep_access, renew_access};
pub use transport::{download, upload};

use etalon_domain::endpoint::{Endpoint, Method};

use transport::{Payload, Request};

/// Calls one operation of the API. An expired access token is renewed once on the way.
pub async fn call<E: Endpoint>(endpoint: E) -> Result<E::Answer, Failure> {
    let request = Request {
        method: E::METHOD.as_str(),
        url: url_of(&endpoint),
        payload: endpoint.body().map_or(Payload::Nothing, Payload::Json),
        version: endpoint.version(),
        idempotency_key: (E::METHOD == Method::Post).then(random_key),
    };
    let text = transport::send_signed_in(&request).await?;
    read(&text)
}

/// Calls an operation that needs no access token.
pub async fn call_public<E: Endpoint>(endpoint: E) -> Result<E::Answer, Failure> {
    let request = Request {
        method: E::METHOD.as_str(),
        url: url_of(&endpoint),
        payload: endpoint.body().map_or(Payload::Nothing, Payload::Json),
        version: None,
        idempotency_key: None,
    };
    let text = transport::send(&request, None).await?;
    read(&text)
}

/// Where an operation lies, with its query string.
pub fn url_of<E: Endpoint>(endpoint: &E) -> String {
    let mut url = format!("{}{}", etalon_domain::endpoint::BASE_PATH, endpoint.path());
    let query = endpoint.query();
    if !query.is_empty() {
        url.push('?');
        url.push_str(&query);
    }
    url
}

fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Failure> {
    let text = if text.is_empty() { "null" } else { text };
    serde_json::from_str(text).map_err(|_| Failure::Unreadable)
}

/// A key that no other request has, by which the server recognizes a repeated one.
fn random_key() -> String {
    let mut key = String::with_capacity(32);
    for _ in 0..4 {
        let part = (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
        key.push_str(&format!("{part:08x}"));
    }
    key
}
